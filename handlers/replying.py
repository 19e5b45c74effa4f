"""Help with a reply, from a card, a message's menu or the command, until it is posted."""

from __future__ import annotations

import re
from datetime import datetime

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient
from slack_sdk.models.views import View

from bot.core.filling import NotFilled, fill
from bot.core.model import Person
from bot.core.outgoing import Reply
from bot.core.refusals import Refusal
from bot.core.replies import Kind, Template
from bot.core.replying import Place
from bot.core.toning.findings import READS_WELL, Finding
from handlers import payloads, promise_forms, refusals, reply_forms, times
from handlers.asking import Asked
from handlers.calls import call
from handlers.edge import Edge
from handlers.links import read as read_link
from handlers.markup import Words, both, escape, plain, say
from handlers.payloads import Payload, facts, user
from handlers.reply_forms import SLOT

SUGGEST = "reply.suggest"
UNREADABLE = "I cannot read a time in that. Write one like: {examples}."


def register(app: App) -> None:
    app.action(reply_forms.HELP)(helped)
    app.shortcut(SUGGEST)(suggested)
    app.action(re.compile(re.escape(reply_forms.USE)))(used)
    app.action(reply_forms.OTHER)(used)
    for action_id in (reply_forms.REGISTER, reply_forms.SLOT, reply_forms.LOOK):
        app.action(action_id)(looked)
    app.action(reply_forms.COPY)(copied)
    app.view(reply_forms.FILL)(posted)


def helped(ack: Ack, body: Payload, client: WebClient, respond: Respond, edge: Edge) -> None:
    """Open the form from a card's *Reply help*."""
    _, conversation_id = payloads.clicked(body)
    problem = refusals.refused(edge, user(body))
    conversation = edge.desk.store.conversation(conversation_id)
    if not problem and conversation is None:
        problem = refusals.UNKNOWN
    if not problem and conversation:
        problem = _open(client, body, edge, edge.desk.replying.place(conversation))
    _answer(ack, respond, edge, problem)


def suggested(ack: Ack, body: Payload, client: WebClient, respond: Respond, edge: Edge) -> None:
    """Open the form from the menu of a message."""
    problem = refusals.refused(edge, user(body))
    if not problem:
        found = payloads.shortcut(body)
        place = Place(
            channel=found.channel,
            thread=edge.desk.thread(found.channel, found.thread or found.ts),
            customer=found.user,
            text=found.text,
        )
        problem = _open(client, body, edge, place)
    _answer(ack, respond, edge, problem)


def reply(asked: Asked) -> Words | None:
    """Open the form for the conversation that waits here longest."""
    desk, now = asked.edge.desk, asked.edge.now()
    link = read_link(asked.rest)
    here = desk.here(asked.channel)
    if not link and not here:
        return say(
            "Nobody waits here. To answer another message, choose _Suggest a reply_ in its menu, or"
            " give me its link: `/heard reply <link>`."
        )
    conversation = desk.at(*link) if link else here[0]
    place = desk.replying.place(conversation)
    chosen = desk.replying.suggest(place, now, "" if link else asked.rest)
    view = reply_forms.pick(place, chosen, desk.replying.templates())
    opened = call(asked.client, "views.open", trigger_id=asked.trigger, view=view)
    return None if opened.done else say(refusals.NOT_OPENED)


def check(asked: Asked) -> Words:
    """Say what a draft risks, and what could be said instead."""
    draft = plain(asked.rest)
    if not draft:
        return say("Give me the draft: `/heard check <draft>`. Only you will see what I think.")
    desk, edge = asked.edge.desk, asked.edge
    here = desk.here(asked.channel)
    place = desk.replying.place(here[0]) if here else Place(channel=asked.channel, thread="")
    findings = desk.replying.check(draft, place, edge.person(asked.user), edge.now())
    if not findings:
        return say(f":white_check_mark: {READS_WELL}")
    words = say(_marked(draft, [finding.words for finding in findings]))
    for finding in findings:
        words = both(words, say(reply_forms.found(finding)))
    return words


def _marked(draft: str, spans: list[tuple[int, int]]) -> str:
    """Return the draft with what was found in bold, overlapping words once."""
    marked, end = "", 0
    for start, stop in sorted(spans):
        if start >= end:
            marked += f"{escape(draft[end:start])}*{escape(draft[start:stop].strip('*'))}*"
            end = stop
    return f">{marked}{escape(draft[end:])}".replace("\n", "\n>")


def used(ack: Ack, body: Payload, client: WebClient, edge: Edge) -> None:
    """Show the form of the template that was chosen."""
    _, template_id = payloads.clicked(body)
    place = _place(body)
    try:
        template = edge.desk.replying.template(template_id)
        name = _first_name(place.customer, edge)
        form = reply_forms.fill(place, template, {"name": name} if name else {})
    except Refusal:
        chosen = edge.desk.replying.suggest(place, edge.now())
        form = reply_forms.pick(place, chosen, edge.desk.replying.templates())
    _update(client, body, form)
    ack()


def looked(ack: Ack, body: Payload, client: WebClient, edge: Edge) -> None:
    """Show the message as it stands, and what it risks; another register keeps what was typed."""
    action_id, chosen = payloads.clicked(body)
    place, values = _place(body), _values(body)
    template = _template(body, edge)
    if action_id == reply_forms.REGISTER:
        template = edge.desk.replying.in_register(template, chosen)
    findings = _findings(template, values, place, edge.person(user(body)), edge)
    _update(client, body, reply_forms.fill(place, template, values, findings))
    ack()


def copied(ack: Ack, body: Payload, client: WebClient, edge: Edge) -> None:
    """Give the words to post by hand, once nothing is missing."""
    place, values = _place(body), _values(body)
    template = _template(body, edge)
    try:
        words = fill(template, values).plain
        view = promise_forms.copy("Copy these words and post them in the thread:", words)
    except NotFilled as missing:
        view = reply_forms.fill(place, template, values, missing=missing.faults)
    _update(client, body, view)
    ack()


def posted(ack: Ack, body: Payload, edge: Edge) -> None:
    """Have the reply posted, once nothing is missing and what it risks has been seen."""
    place, values, by = _place(body), _values(body), user(body)
    problem = refusals.refused(edge, by)
    template = _template(body, edge)
    if problem:
        ack(response_action="errors", errors={template.slots[0].name: problem})
        return
    author = edge.person(by)
    try:
        filled = fill(template, values)
        due = _due(template, values, author, place, edge)
    except NotFilled as missing:
        ack(response_action="errors", errors=missing.faults)
        return
    findings = edge.desk.replying.check(filled.plain, place, author, edge.now())
    if findings and reply_forms.fingerprint(findings) != facts(body)["seen"]:
        form = reply_forms.fill(place, template, values, findings, stopped=True)
        ack(response_action="update", view=form)
        return
    words = Reply(by=by, text=filled.plain, due=due)
    edge.desk.posting.post(str(body["view"]["id"]), words, place.channel, place.thread, edge.now())
    ack()


def _due(
    template: Template, values: dict[str, str], by: Person, place: Place, edge: Edge
) -> datetime | None:
    """Return when what the reply promises is due.

    Raises:
        NotFilled: its time cannot be read, or has passed.
    """
    slot = next((slot.name for slot in template.slots if slot.kind is Kind.TIME), "")
    words = values.get(slot, "").strip()
    if not words:
        return None
    read = edge.desk.promises.when(words, by, place.channel, edge.now())
    if read is None:
        raise NotFilled({slot: UNREADABLE.format(examples=times.EXAMPLES)})
    if wrong := times.fault(read.at, edge.now()):
        raise NotFilled({slot: wrong})
    return read.at


def _findings(
    template: Template, values: dict[str, str], place: Place, by: Person, edge: Edge
) -> tuple[Finding, ...]:
    """Return what the message risks, once it is whole."""
    try:
        filled = fill(template, values)
    except NotFilled:
        return ()
    return edge.desk.replying.check(filled.plain, place, by, edge.now())


def _open(client: WebClient, body: Payload, edge: Edge, place: Place) -> str:
    """Open the form with what fits; return what to say where Slack does not."""
    chosen = edge.desk.replying.suggest(place, edge.now())
    view = reply_forms.pick(place, chosen, edge.desk.replying.templates())
    opened = call(client, "views.open", trigger_id=body.get("trigger_id"), view=view)
    return "" if opened.done else refusals.NOT_OPENED


def _answer(ack: Ack, respond: Respond, edge: Edge, problem: str) -> None:
    ack()
    if problem:
        edge.later(lambda: respond(text=problem, response_type="ephemeral", replace_original=False))


def _update(client: WebClient, body: Payload, view: View) -> None:
    """Show the form anew, unless somebody has typed on since."""
    there = body["view"]
    call(client, "views.update", view_id=there["id"], hash=there["hash"], view=view)


def _template(body: Payload, edge: Edge) -> Template:
    """Return the form's template, though it may have been taken away meanwhile."""
    return edge.desk.replying.once(facts(body)["template"])


def _place(body: Payload) -> Place:
    known = facts(body)
    return Place(**{field: known[field] for field in ("channel", "thread", "customer", "text")})


def _values(body: Payload) -> dict[str, str]:
    values = body["view"]["state"]["values"]
    return {name: str((one.get(SLOT) or {}).get("value") or "") for name, one in values.items()}


def _first_name(person_id: str, edge: Edge) -> str:
    known = edge.desk.store.person(person_id)
    return known.name.split()[0].capitalize() if known and known.name.strip() else ""
