"""Counts what is over, before it is forgotten."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from bot.core.conversations import opened, order, step
from bot.core.hours import Hours
from bot.core.ledger import Promise, Standing
from bot.core.model import EPOCH, Act, Action, Conversation, Entry, Role, Said
from bot.core.tallies import Tally

MICROSECOND = timedelta(microseconds=1)


def of_conversation(
    conversation: Conversation, log: Iterable[Entry], promises: Sequence[Promise], hours: Hours
) -> Tally:
    standing = sorted((entry for entry in log if not entry.withdrawn), key=order)
    began_at = standing[0].at if standing else conversation.rested_at
    since, answered_at, chases = _waited(conversation, standing)
    kept, broken = _promised(promises)
    return Tally(
        id=_id(conversation.id, began_at),
        channel=conversation.channel,
        began_at=began_at,
        answered_at=answered_at,
        last_at=conversation.rested_at,
        ended=str(conversation.state),
        response=hours.elapsed(since, answered_at).total_seconds()
        if since and answered_at
        else None,
        messages=sum(isinstance(entry, Said) for entry in standing),
        chases=chases,
        claimed=any(isinstance(e, Act) and e.action is Action.CLAIM for e in standing),
        kept=kept,
        broken=broken,
    )


def of_promises(promises: Sequence[Promise]) -> Tally:
    """Count promises on their own; there is at least one."""
    first = min(promises, key=lambda one: one.made_at)
    kept, broken = _promised(promises)
    return Tally(
        id=_id(first.conversation or first.channel, first.made_at),
        channel=first.channel,
        began_at=first.made_at,
        last_at=max(one.turned_at for one in promises),
        kept=kept,
        broken=broken,
    )


def _id(home: str, began_at: datetime) -> str:
    """Return an id of its own for each time that something begins in the same place."""
    return f"{home}/{(began_at - EPOCH) // MICROSECOND}"


def _waited(
    conversation: Conversation, standing: Iterable[Entry]
) -> tuple[datetime | None, datetime | None, int]:
    """Return since when the first answer was waited for, when it came, and all the chases."""
    since = answered_at = None
    chases = 0
    after = opened(conversation.channel, conversation.thread, conversation.customer)
    for entry in standing:
        before, after = after, step(after, entry)
        if before.wait and after.wait:
            chases += after.wait.chases - before.wait.chases
        elif before.wait and not answered_at and _is_answer(entry):
            since, answered_at = before.wait.since, entry.at
    return since, answered_at, chases


def _is_answer(entry: Entry) -> bool:
    return isinstance(entry, Said) and entry.role is Role.COLLEAGUE


def _promised(promises: Iterable[Promise]) -> tuple[int, int]:
    """Return how many were kept in time, and how many were not."""
    late = [one.late or one.standing is Standing.BROKEN for one in promises if _was_one(one)]
    return late.count(False), late.count(True)


def _was_one(promise: Promise) -> bool:
    """Tell a promise from what was none, and from what another one took the place of in time."""
    return promise.standing in (Standing.KEPT, Standing.BROKEN)
