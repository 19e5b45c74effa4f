"""What people do about promises: the buttons, the forms and the shortcut."""

from __future__ import annotations

import re
from datetime import datetime

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient
from slack_sdk.models.views import View

from bot.core.keeping import Entered
from bot.core.model import moment
from bot.core.moving import Register
from bot.core.outgoing import Reply
from bot.core.refusals import Refusal
from handlers import ledger, payloads, promise_forms, refusals, times
from handlers.calls import call
from handlers.edge import Edge
from handlers.ledger import is_place
from handlers.markup import Words, say
from handlers.payloads import Payload, facts, user
from handlers.promise_forms import TEXT, WHAT
from handlers.roster import Unavailable

NOT_OPENED = "Slack could not open the form just now. Nothing was changed; please try again."
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
    words = _done(body, edge)
    ack()
    edge.later(
        lambda: respond(
            text=words.text,
            blocks=words.blocks,
            response_type="ephemeral",
            replace_original=payloads.is_private(body),
        )
    )


def _done(body: Payload, edge: Edge) -> Words:
    action_id, value = payloads.clicked(body)
    promise_id, _, date = value.partition("|")
    by, promises, now = user(body), edge.desk.promises, edge.now()
    if refused := _refused(body, edge):
        return say(refused)
    try:
        if action_id == ledger.DONE:
            promise = promises.kept(promise_id, by, now)
        elif action_id == ledger.DROP:
            promise = promises.dropped(promise_id, by, now)
        elif date:
            promise = promises.dated(promise_id, by, datetime.fromisoformat(date), now)
        else:
            promise = promises.promise(promise_id)
    except Refusal as refusal:
        return say(refusals.words(refusal))
    return ledger.settled(promise)


def asked(ack: Ack, body: Payload, client: WebClient, respond: Respond, edge: Edge) -> None:
    """Open the form that asks for another date."""
    action_id, promise_id = payloads.clicked(body)
    problem = _refused(body, edge)
    if not problem:
        try:
            promise = edge.desk.promises.promise(promise_id)
            zone = edge.zone(edge.person(user(body)))
            if action_id == ledger.MOVE:
                view = promise_forms.move(promise, zone)
            else:
                there = str(body.get("response_url") or "") if payloads.is_private(body) else ""
                view = promise_forms.change(promise, zone, there)
            problem = _opened(client, body, view)
        except Refusal as refusal:
            problem = refusals.words(refusal)
    ack()
    if problem:
        edge.later(lambda: respond(text=problem, response_type="ephemeral", replace_original=False))


def changed(ack: Ack, body: Payload, edge: Edge) -> None:
    """Take the right date; the question that it answers gives way."""
    promise_id, answer_to = facts(body)["promise"], facts(body)["answer_to"]
    due = _due(body, edge, promise_id)
    if isinstance(due, datetime):
        try:
            words = ledger.settled(
                edge.desk.promises.dated(promise_id, user(body), due, edge.now())
            )
        except Refusal as refusal:
            due = {times.WORDS: refusals.words(refusal)}
    if isinstance(due, dict):
        ack(response_action="errors", errors=due)
        return
    ack()
    if answer_to:
        answer = Respond(response_url=answer_to)
        edge.later(lambda: answer(text=words.text, blocks=words.blocks, replace_original=True))


def moved(ack: Ack, body: Payload, edge: Edge) -> None:
    """Take the new date, and offer words to tell the customer where there is one to tell."""
    promise_id, by = facts(body)["promise"], user(body)
    due = _due(body, edge, promise_id)
    if isinstance(due, datetime):
        try:
            promise = edge.desk.promises.promise(promise_id)
            if not is_place(promise):
                edge.desk.promises.moved(promise_id, by, due, edge.now())
        except Refusal as refusal:
            due = {times.WORDS: refusals.words(refusal)}
    if isinstance(due, dict):
        ack(response_action="errors", errors=due)
    elif is_place(promise):
        zone, how = edge.zone(edge.person(by)), edge.desk.register(promise.channel)
        ack(response_action="update", view=promise_forms.tell(promise, due, zone, how))
    else:
        ack()


def reworded(ack: Ack, body: Payload, client: WebClient, edge: Edge) -> None:
    """Show the words as formal as was chosen."""
    _, chosen = payloads.clicked(body)
    view, due = body["view"], datetime.fromisoformat(facts(body)["due"])
    promise = edge.desk.promises.promise(facts(body)["promise"])
    again = promise_forms.tell(promise, due, edge.zone(edge.person(user(body))), Register(chosen))
    call(client, "views.update", view_id=view["id"], hash=view["hash"], view=again)
    ack()


def copied(ack: Ack, body: Payload, client: WebClient, edge: Edge) -> None:
    """Note the new date, and give the words to post by hand."""
    view, due = body["view"], datetime.fromisoformat(facts(body)["due"])
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
    problem = _refused(body, edge) or ("" if text else "There is nothing to post yet.")
    problem = problem or ("" if due > now else TOO_LATE)
    if not problem:
        try:
            promise = edge.desk.promises.promise(facts(body)["promise"])
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
    problem = _refused(body, edge)
    if not problem:
        found, by = payloads.shortcut(body), edge.person(user(body))
        said = edge.desk.promises.said(found.text, by, found.channel, moment(found.ts))
        due = said.due if said.due and said.due > edge.now() else None
        where = {
            "channel": found.channel,
            "ts": found.ts,
            "thread": found.thread,
            "author": found.user,
        }
        form = promise_forms.track(where, said.words, due, edge.zone(by))
        problem = _opened(client, body, form)
    ack()
    if problem:
        edge.later(lambda: respond(text=problem, response_type="ephemeral"))


def entered(ack: Ack, body: Payload, edge: Edge) -> None:
    """Enter what the form of the shortcut says."""
    where, by, values = facts(body), user(body), body["view"]["state"]["values"]
    problem = _refused(body, edge)
    errors = {WHAT: problem} if problem else {}
    if not problem:
        due = times.read(values, edge, edge.person(by), where["channel"])
        errors = due if isinstance(due, dict) else {}
    if errors or isinstance(due, dict):
        ack(response_action="errors", errors=errors)
        return
    words = str(values[WHAT][WHAT].get("value") or "")
    edge.desk.promises.enter(Entered(by=by, words=words, due=due, **where), edge.now())
    ack()


def _opened(client: WebClient, body: Payload, view: View) -> str:
    """Open a form; return what to say where Slack does not."""
    opened = call(client, "views.open", trigger_id=body.get("trigger_id"), view=view)
    return "" if opened.done else NOT_OPENED


def _refused(body: Payload, edge: Edge) -> str:
    """Return why somebody may not do this; empty where they may."""
    try:
        return "" if edge.is_colleague(user(body)) else refusals.CUSTOMER
    except Unavailable:
        return refusals.WHO_ARE_YOU


def _due(body: Payload, edge: Edge, promise_id: str) -> datetime | dict[str, str]:
    if problem := _refused(body, edge):
        return {times.WORDS: problem}
    promise = edge.desk.store.promise(promise_id)
    values, by = body["view"]["state"]["values"], edge.person(user(body))
    return times.read(values, edge, by, promise.channel if promise else "")


def _text(view: Payload) -> str:
    values = view["state"]["values"]
    block = next(values[name] for name in values if name.startswith(TEXT))
    return str(block[TEXT].get("value") or "")
