"""Why Heard did, or did not, count a message."""

from __future__ import annotations

from bot.core import readers
from bot.core.desk import Explanation
from bot.core.model import Act, Role, Said
from handlers import ledger
from handlers.edge import Edge
from handlers.history import Unreadable
from handlers.markup import person, place, when

TOLD = 12
"""Happenings told of one conversation, the last ones."""


def why(channel_id: str, ts: str, edge: Edge) -> str:
    """Explain a message; one that was not counted is looked up and read again.

    Raises:
        Unavailable: Slack did not say who wrote it.
    """
    found = edge.desk.why(channel_id, ts)
    first = _counted(found.said, found) if found.said else _not_counted(found, channel_id, ts, edge)
    promised = [f"I read a promise in it: {ledger.account(one)}." for one in found.promises]
    return "\n".join((first, *promised))


def _counted(said: Said, found: Explanation) -> str:
    conversation = found.conversation
    if said.withdrawn:
        first = "That message was deleted, so it no longer counts."
    elif said.role == "customer":
        counts = "needs a reply" if said.needs_reply else "needs no reply"
        if said.answers:
            counts += ", but to a question of ours"
        upset = ", from somebody upset or pressed" if said.upset else ""
        first = f"I counted that as a customer's message that {counts}{upset}: {said.why}."
    else:
        first = f"I counted that as an answer by our colleague {person(said.by)}."
    lines = [first]
    if conversation:
        lines.append(f"Its conversation is *{conversation.state}*.")
        lines += [f"• {when(entry.at)}: {_happened(entry)}" for entry in found.history[-TOLD:]]
        if conversation.due_at:
            lines.append(f"I look at it again {when(conversation.due_at)}.")
    return "\n".join(lines)


def _happened(entry: Said | Act) -> str:
    gone = " (taken back)" if entry.withdrawn else ""
    if isinstance(entry, Act):
        return f"{person(entry.by)}: {entry.action}{gone}"
    if entry.role == "customer":
        what = "asked" if entry.needs_reply else "needs no reply"
        return f"{person(entry.by)} wrote: {what}, since {entry.why}{gone}"
    more = ", with more to come" if entry.holding else ""
    return f"{person(entry.by)} answered{more}{gone}"


def _not_counted(found: Explanation, channel_id: str, ts: str, edge: Edge) -> str:
    where = place(channel_id)
    if not found.watched:
        return f"I do not watch {where}, so I count nothing there. `/heard watch` in it starts."
    try:
        message = edge.history.message(channel_id, ts)
    except Unreadable:
        return "I cannot read that message from here, and have no note of it."
    if message is None:
        return "That is not a person's message: bots and workflows are not counted, or it is gone."
    if edge.desk.role(edge.roster.person(message.user, message.teams)) is Role.COLLEAGUE:
        return "That is a colleague's message, and nobody was waiting when it was written."
    words = readers.understand(message.text)
    if words.needs_reply:
        return (
            "I have no note of that message: it was over for so long that I have forgotten it, or"
            " it is older than my time in the channel. React with :pushpin: and I will track it."
        )
    return f"I did not count that: {words.why}. If it does need an answer, react with :pushpin:."
