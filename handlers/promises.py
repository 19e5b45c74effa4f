"""What people do about promises: the buttons, the forms and the shortcut."""

from __future__ import annotations

import re
from datetime import datetime

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient
from slack_sdk.models.views import View

from bot.core.events import Entered
from bot.core.ledger import Promise
from bot.core.model import moment
from bot.core.outgoing import Reply
from bot.core.refusals import Refusal
from bot.core.replies import Register
from handlers import ledger, payloads, promise_forms, refusals, times
from handlers.calls import call
from handlers.edge import Edge
from handlers.markup import say
from handlers.payloads import Payload, facts, user
from handlers.promise_forms import TEXT, WHAT

TOO_LATE = "The new date has passed meanwhile. Please close this and choose another."


def register(app: App) -> None:
    for action_id in (ledger.RIGHT, ledger.DONE, ledger.DROP):
        app.action(action_id)(pressed)
    app.action(re.compile(rf"{re.escape(ledger.DATE)}\.\d"))(pressed)
    for action_id in (ledger.CHANGE, ledger.MOVE):
        app.action(action_id)(asked)
    app.action(re.compile(re.escape(promise_forms.REGISTER)))(reworded)
    app.action(promise_forms.COPY)(copied)
    app.shortcut(promise_forms.TRACK)(tracked)
    app.view(promise_forms.CHANGE)(changed)
    app.view(promise_forms.MOVE)(moved)
    app.view(promise_forms.TELL)(told)
    app.view(promise_forms.TRACK)(entered)


def pressed(ack: Ack, body: Payload, respond: Respond, edge: Edge) -> None:
    """Do it; the private word that asked gives way to what came of it."""
    problem = refusals.refused(edge, user(body))
    if not problem:
        try:
            words = ledger.settled(_done(body, edge))
        except Refusal as refusal:
            problem = refusals.words(refusal)
    if problem:
        words = say(problem)
    ack()
    edge.later(
        lambda: respond(
            text=words.text,
            blocks=words.blocks,
            response_type="ephemeral",
            replace_original=not problem and _gives_way(body),
        )
    )


def _done(body: Payload, edge: Edge) -> Promise:
    action_id, value = payloads.clicked(body)
    promise_id, _, date = value.partition("|")
    by, promises, now = user(body), edge.desk.promises, edge.now()
    if action_id == ledger.DONE:
        return promises.kept(promise_id, by, now)
    if action_id == ledger.DROP:
        return promises.dropped(promise_id, by, now)
    if date:
        return promises.dated(promise_id, by, datetime.fromisoformat(date), now)
    return promises.promise(promise_id)


def asked(ack: Ack, body: Payload, client: WebClient, respond: Respond, edge: Edge) -> None:
    """Open the form that asks for another date."""
    action_id, promise_id = payloads.clicked(body)
    problem = refusals.refused(edge, user(body))
    if not problem:
        try:
            promise = edge.desk.promises.owed(promise_id)
            zone = edge.zone(edge.person(user(body)))
            there = str(body.get("response_url") or "") if _gives_way(body) else ""
            if action_id == ledger.MOVE:
                tells = edge.desk.promises.is_read_by_customers(promise)
                view = promise_forms.move(promise, zone, there, tells=tells)
            else:
                view = promise_forms.change(promise, zone, there)
            problem = _opened(client, body, view)
        except Refusal as refusal:
            problem = refusals.words(refusal)
    ack()
    if problem:
        edge.later(lambda: respond(text=problem, response_type="ephemeral", replace_original=False))


def changed(ack: Ack, body: Payload, edge: Edge) -> None:
    """Take the right date; the question that it answers gives way."""
    promise_id = facts(body)["promise"]
    due = _due(body, edge, promise_id)
    if isinstance(due, datetime):
        try:
            promise = edge.desk.promises.dated(promise_id, user(body), due, edge.now())
        except Refusal as refusal:
            due = {times.WORDS: refusals.words(refusal)}
    if isinstance(due, dict):
        ack(response_action="errors", errors=due)
        return
    ack()
    _answer(body, edge, promise)


def moved(ack: Ack, body: Payload, edge: Edge) -> None:
    """Take the new date, and offer words to tell the customer where there is one to tell."""
    promise_id, by = facts(body)["promise"], user(body)
    due = _due(body, edge, promise_id)
    if isinstance(due, datetime):
        try:
            promise = edge.desk.promises.owed(promise_id)
            tells = edge.desk.promises.is_read_by_customers(promise)
            if not tells:
                promise = edge.desk.promises.moved(promise_id, by, due, edge.now())
        except Refusal as refusal:
            due = {times.WORDS: refusals.words(refusal)}
    if isinstance(due, dict):
        ack(response_action="errors", errors=due)
        return
    if tells:
        zone, how = edge.zone(edge.person(by)), edge.desk.replying.register(promise.channel)
        instead = edge.desk.promises.keepable(due, promise.channel, edge.now())
        ack(response_action="update", view=promise_forms.tell(promise, due, zone, how, instead))
        return
    ack()
    _answer(body, edge, promise)


def reworded(ack: Ack, body: Payload, client: WebClient, edge: Edge) -> None:
    """Show the words as formal as was chosen."""
    _, chosen = payloads.clicked(body)
    view, due = body["view"], datetime.fromisoformat(facts(body)["due"])
    problem = refusals.refused(edge, user(body))
    if not problem:
        try:
            promise = edge.desk.promises.owed(facts(body)["promise"])
        except Refusal as refusal:
            problem = refusals.words(refusal)
    if problem:
        shown = promise_forms.copy(problem, _text(view))
    else:
        zone = edge.zone(edge.person(user(body)))
        shown = promise_forms.tell(promise, due, zone, Register(chosen))
    call(client, "views.update", view_id=view["id"], hash=view["hash"], view=shown)
    ack()


def copied(ack: Ack, body: Payload, client: WebClient, edge: Edge) -> None:
    """Note the new date, and give the words to post by hand."""
    view, due = body["view"], datetime.fromisoformat(facts(body)["due"])
    head = refusals.refused(edge, user(body))
    if not head:
        try:
            edge.desk.promises.moved(facts(body)["promise"], user(body), due, edge.now())
            head = "The new date is noted. Copy these words and post them:"
        except Refusal as refusal:
            head = refusals.words(refusal)
    shown = promise_forms.copy(head, _text(view))
    call(client, "views.update", view_id=view["id"], hash=view["hash"], view=shown)
    ack()


def told(ack: Ack, body: Payload, edge: Edge) -> None:
    """Have the words posted; what they promise moves the old date."""
    view, by, now = body["view"], user(body), edge.now()
    text, due = _text(view).strip(), datetime.fromisoformat(facts(body)["due"])
    problem = refusals.refused(edge, user(body)) or (
        "" if text else "There is nothing to post yet."
    )
    problem = problem or ("" if due > now else TOO_LATE)
    if not problem:
        try:
            promise = edge.desk.promises.owed(facts(body)["promise"])
        except Refusal as refusal:
            problem = refusals.words(refusal)
    if problem:
        ack(response_action="errors", errors={f"{TEXT}.{facts(body)['register']}": problem})
        return
    reply = Reply(by=by, text=text, due=due, moves=promise.id)
    edge.desk.posting.post(str(view["id"]), reply, promise.channel, promise.thread, now)
    ack()


def tracked(ack: Ack, body: Payload, client: WebClient, respond: Respond, edge: Edge) -> None:
    """Open the form of the shortcut *Track a promise*, with what the message says in it."""
    problem = refusals.refused(edge, user(body))
    if not problem:
        found, by = payloads.shortcut(body), edge.person(user(body))
        said = edge.desk.promises.said(found.text, by, found.channel, moment(found.ts))
        due = said.due if said.due and said.due > edge.now() else None
        where = {
            "channel": found.channel,
            "ts": found.ts,
            "thread": found.thread,
            "author": found.user,
            "answer_to": str(body.get("response_url") or ""),
        }
        form = promise_forms.track(where, said.words, due, edge.zone(by))
        problem = _opened(client, body, form)
    ack()
    if problem:
        edge.later(lambda: respond(text=problem, response_type="ephemeral"))


def entered(ack: Ack, body: Payload, edge: Edge) -> None:
    """Enter what the form of the shortcut says."""
    by, values = user(body), body["view"]["state"]["values"]
    where = {name: fact for name, fact in facts(body).items() if name != "answer_to"}
    words = str(values[WHAT][WHAT].get("value") or "").strip()
    problem = refusals.refused(edge, user(body)) or ("" if words else "Say what you promise.")
    due: datetime | dict[str, str] = {WHAT: problem}
    if not problem:
        due = times.read(values, edge, edge.person(by), where["channel"])
    if isinstance(due, datetime):
        try:
            entry = Entered(by=by, words=words, due=due, **where)
            promise = edge.desk.promises.enter(entry, edge.now())
        except Refusal as refusal:
            due = {times.WORDS: refusals.words(refusal)}
    if isinstance(due, dict):
        ack(response_action="errors", errors=due)
        return
    ack()
    _answer(body, edge, promise)


def _gives_way(body: Payload) -> bool:
    """Tell whether a click was in a private message that is about nothing else."""
    return payloads.is_private(body) and payloads.block(body) == ledger.ALONE


def _answer(body: Payload, edge: Edge, promise: Promise) -> None:
    """Say what came of a form, where the question was asked; that gives way, if it may."""
    about = facts(body)
    if about["answer_to"]:
        zone = edge.zone(edge.person(user(body)))
        instead = edge.desk.promises.keepable(promise.due, promise.channel, edge.now())
        words = ledger.settled(promise, ledger.outside(instead, zone))
        respond = Respond(response_url=about["answer_to"])
        edge.later(
            lambda: respond(
                text=words.text,
                blocks=words.blocks,
                response_type="ephemeral",
                replace_original=body["view"]["callback_id"] != promise_forms.TRACK,
                thread_ts=about.get("thread") or None,
            )
        )


def _opened(client: WebClient, body: Payload, view: View) -> str:
    """Open a form; return what to say where Slack does not."""
    opened = call(client, "views.open", trigger_id=body.get("trigger_id"), view=view)
    return "" if opened.done else refusals.NOT_OPENED


def _due(body: Payload, edge: Edge, promise_id: str) -> datetime | dict[str, str]:
    if problem := refusals.refused(edge, user(body)):
        return {times.WORDS: problem}
    promise = edge.desk.store.promise(promise_id)
    values, by = body["view"]["state"]["values"], edge.person(user(body))
    return times.read(values, edge, by, promise.channel if promise else "")


def _text(view: Payload) -> str:
    values = view["state"]["values"]
    block = next(values[name] for name in values if name.startswith(TEXT))
    return str(block[TEXT].get("value") or "")
