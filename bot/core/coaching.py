"""A private word after a message that a customer may take badly, at most once a day."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.core import readers
from bot.core.decision import Decisions
from bot.core.events import MessagePosted
from bot.core.model import Change, moment
from bot.core.outgoing import Note, NoteKind, Outgoing
from bot.core.people import zone
from bot.core.toning.findings import Label

COACHED = frozenset({Label.DEFENSIVE, Label.DISMISSIVE})
ON_THE_SPOT = timedelta(minutes=15)


def coach(message: MessagePosted, decisions: Decisions, now: datetime) -> Change:
    """Return the word to a colleague about what they have just written by hand."""
    by, local = message.author, now.astimezone(zone(message.author, decisions.policy))
    fact, today = f"coached/{by.id}", local.date().isoformat()
    is_late = now - moment(message.ts) > ON_THE_SPOT
    if not decisions.policy.coach or message.edited or message.by_form or is_late:
        return Change()
    found = next((one for one in readers.check(message.text) if one.label in COACHED), None)
    if found is None or decisions.store.fact(fact) == today:
        return Change()
    start, end = found.words
    facts = {"words": message.text[start:end], "why": found.why, "kinder": found.kinder}
    out = Outgoing(
        id=f"{NoteKind.COACHED}/{message.channel}:{message.ts}",
        to=message.channel,
        only=by.id,
        thread=message.thread,
        at=now,
        note=Note(kind=NoteKind.COACHED, facts=facts),
    )
    return Change(outbox=(out,), facts=((fact, today),))
