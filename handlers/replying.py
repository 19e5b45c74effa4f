"""Help with a reply, from a card, a message's menu or the command, until it is posted."""

from __future__ import annotations

import re
from datetime import datetime

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient
from slack_sdk.models.views import View

from bot.core import readers
from bot.core.model import Person, Role
from bot.core.outgoing import Reply
from bot.core.refusals import Refusal
from bot.core.replies import Kind, Template
from bot.core.replying import Place
from bot.core.toning.findings import READS_WELL
from handlers import payloads, promise_forms, refusals, reply_forms, times
from handlers.asking import Asked
from handlers.calls import call
from handlers.edge import Edge
from handlers.links import read as read_link
from handlers.markup import Words, both, escape, indented, plain, say
from handlers.payloads import Payload, Shortcut, facts, user
from handlers.reply_forms import KEPT, SLOT
from handlers.roster import Unavailable

SUGGEST = "reply.suggest"
FIRST_NAME = re.compile(r"[^\W\d_][\w'’-]*")
LINE = re.compile(r"\S(?:.*\S)?")
COPIED = "Copy these words and post them in the thread:"
TAKEN_AWAY = "That template has just been removed. These are left:"
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
        problem = _open(client, body, edge, _meant(payloads.shortcut(body), edge))
    _answer(ack, respond, edge, problem)


def reply(asked: Asked) -> Words | None:
    """Open the form for the conversation that waits here longest."""
    desk = asked.edge.desk
    link = read_link(asked.rest)
    here = desk.here(asked.channel)
    if not link and not here:
        return say(
            "Nobody waits here. To answer another message, choose _Suggest a reply_ in its menu, or"
            " give me its link: `/heard reply <link>`."
        )
    conversation = desk.at(*link) if link else here[0]
    view = _pick(desk.replying.place(conversation), asked.edge, "" if link else asked.rest)
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
    words = indented(_marked(draft, [finding.words for finding in findings]))
    for finding in reply_forms.told(findings, draft):
        words = both(words, say(finding))
    return words


def _marked(draft: str, spans: list[tuple[int, int]]) -> str:
    """Return the draft with what was found in bold, overlapping words once, and nothing else."""
    marked, end = "", 0
    for start, stop in sorted(spans):
        if start >= end:
            bold = LINE.sub(r"*\g<0>*", _without_bold(draft[start:stop]))
            marked += f"{_without_bold(draft[end:start])}{bold}"
            end = stop
    return f"{marked}{_without_bold(draft[end:])}"


def _without_bold(text: str) -> str:
    return escape(text.replace("*", ""))


def used(ack: Ack, body: Payload, client: WebClient, edge: Edge) -> None:
    """Show the form of the template that was chosen."""
    _, template_id = payloads.clicked(body)
    place, problem = _place(body), refusals.refused(edge, user(body))
    try:
        template = edge.desk.replying.template(template_id)
    except Refusal:
        problem = problem or TAKEN_AWAY
    if problem:
        form = _pick(place, edge, hint=problem)
    else:
        form = reply_forms.fill(place, template, {"name": _first_name(place.customer, edge)})
    _update(client, body, form)
    ack()


def looked(ack: Ack, body: Payload, client: WebClient, edge: Edge) -> None:
    """Show the message as it stands, and what it risks; another register keeps what was typed."""
    action_id, chosen = payloads.clicked(body)
    view, at = body["view"], payloads.clicked_at(body)
    edge.looks.is_newest(view["id"], at)
    template = _template(body, edge)
    if action_id == reply_forms.REGISTER:
        template = edge.desk.replying.in_register(template, chosen)
    if not refusals.refused(edge, user(body)):
        form = _form(body, template, edge)
        changed = form.private_metadata != view["private_metadata"]
        # Without its hash: while somebody types, the form that they look at is never the last one.
        if changed and edge.looks.is_newest(view["id"], at):
            call(client, "views.update", view_id=view["id"], view=form)
    ack()


def copied(ack: Ack, body: Payload, client: WebClient, edge: Edge) -> None:
    """Give the words to post by hand, once nothing is missing."""
    template, values = _template(body, edge), _values(body)
    says = [refusals.refused(edge, user(body))]
    try:
        words = "" if any(says) else readers.fill(template, values).plain
    except readers.NotFilled as missing:
        says, words = reply_forms.missing(template, missing.faults), ""
    if words:
        view = promise_forms.copy(COPIED, words, "Your reply")
    else:
        view = reply_forms.fill(_place(body), template, values, None, *says)
    _update(client, body, view)
    ack()


def posted(ack: Ack, body: Payload, edge: Edge) -> None:
    """Have the reply posted, once nothing is missing and what it risks has been seen."""
    place, values, by, press = _place(body), _values(body), user(body), str(body["view"]["id"])
    if edge.desk.posting.is_posted(press):
        ack()  # Slack did not hear the first one
        return
    problem = refusals.refused(edge, by)
    template = _template(body, edge)
    if problem:
        ack(response_action="errors", errors={template.slots[0].name: problem})
        return
    if reply_forms.version(template) != facts(body)["words"]:
        ack(response_action="update", view=_form(body, template, edge, reply_forms.CHANGED))
        return
    author = edge.person(by)
    try:
        filled = readers.fill(template, values)
        due = _due(template, values, author, place, edge)
    except readers.NotFilled as missing:
        ack(response_action="errors", errors=missing.faults)
        return
    findings = edge.desk.replying.check(filled.plain, place, author, edge.now())
    if findings and reply_forms.fingerprint(findings) != facts(body)["seen"]:
        ack(response_action="update", view=_form(body, template, edge, reply_forms.STOPPED))
        return
    words = Reply(by=by, text=filled.plain, due=due, resolves=template.resolves)
    edge.desk.posting.post(press, words, place.channel, place.thread, edge.now())
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
        raise readers.NotFilled({slot: UNREADABLE.format(examples=times.EXAMPLES)})
    if wrong := times.fault(read.at, edge.now()):
        raise readers.NotFilled({slot: wrong})
    return read.at


def _form(body: Payload, template: Template, edge: Edge, *says: str) -> View:
    """Return the form as it was filled in, with what the message risks once it is whole."""
    place, values, findings = _place(body), _values(body), None
    try:
        draft = readers.fill(template, values).plain
    except readers.NotFilled:
        pass
    else:
        findings = edge.desk.replying.check(draft, place, edge.person(user(body)), edge.now())
    return reply_forms.fill(place, template, values, findings, *says)


def _meant(found: Shortcut, edge: Edge) -> Place:
    """Return what to answer: a card, or our own words, stand for the customer's."""
    desk = edge.desk
    author = desk.store.person(found.user)
    try:
        conversation = desk.at(found.channel, found.thread or found.ts)
    except Refusal:
        conversation = None
    is_ours = not found.user or (author is not None and desk.role(author) is not Role.CUSTOMER)
    if conversation and (is_ours or conversation.channel != found.channel):
        return desk.replying.place(conversation)
    return Place(
        channel=found.channel,
        thread=conversation.thread if conversation else found.thread or found.ts,
        customer="" if is_ours else found.user,
        text=found.text,
    )


def _pick(place: Place, edge: Edge, words: str = "", hint: str = "") -> View:
    """Return the form with what fits."""
    chosen = edge.desk.replying.suggest(place, edge.now(), words)
    return reply_forms.pick(place, chosen, edge.desk.replying.templates(), hint)


def _open(client: WebClient, body: Payload, edge: Edge, place: Place) -> str:
    """Open the form with what fits; return what to say where Slack does not."""
    view = _pick(place, edge)
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
    """Return what was typed into the slots, also into those that this register does not have."""
    values = body["view"]["state"]["values"]
    typed = {name: str(one[SLOT].get("value") or "") for name, one in values.items() if SLOT in one}
    known = {name: fact for name, fact in facts(body).items() if name.startswith(KEPT)}
    return {name.removeprefix(KEPT): fact for name, fact in known.items()} | typed


def _first_name(person_id: str, edge: Edge) -> str:
    """Return what a customer is called, as far as Slack says so in time."""
    try:
        name = edge.person(person_id).name if person_id else ""
    except Unavailable:
        return ""
    first = FIRST_NAME.search(name)
    return f"{first[0][0].upper()}{first[0][1:]}" if first else ""
