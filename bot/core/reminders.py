"""When a promise is spoken of again: before it is due, when it is overdue, and who is told.

A due time has steps: the reminder, the word that it is overdue, and the card in the triage channel.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta
from itertools import islice
from typing import NamedTuple

from bot.core.hours import Hours
from bot.core.ledger import Fate, Promise, Reminded, Standing, Turn, turned
from bot.core.model import EPOCH
from bot.core.nudges import TOGETHER, Recipient, triage
from bot.core.outgoing import About, Outgoing, Reason
from bot.core.policy import Rules

REMINDER, OVERDUE, BROKEN = 1, 2, 3
SHORT = timedelta(minutes=10)
"""What is due so soon after it was promised needs no reminder before."""
SOON = timedelta(hours=1)
"""Nobody is proposed a date that is nearer than this."""


def schedule(promise: Promise, rules: Rules) -> Promise:
    """Return the promise with the moment at which it next needs the clock."""
    wake_at = _wake_at(promise, rules) if promise.is_open and promise.due else None
    return promise if wake_at == promise.wake_at else replace(promise, wake_at=wake_at)


def _wake_at(promise: Promise, rules: Rules) -> datetime | None:
    due, told = promise.due, _told(promise)
    if due is None or told >= BROKEN:
        return None
    if promise.standing is Standing.OPEN:
        remind = _remind_at(promise, due, rules) if told < REMINDER else None
        return min(remind, due) if remind else due
    if told < OVERDUE:
        return rules.hours.next_opening(due)
    return _escalate_at(due, rules)


def _told(promise: Promise) -> int:
    """Return the last step of its due time that was sent."""
    reminded = promise.reminded
    return reminded.step if reminded and reminded.due == promise.due else 0


def _remind_at(promise: Promise, due: datetime, rules: Rules) -> datetime | None:
    """Return when the promiser is reminded: in good time, or half-way if there is less of it."""
    given = max(turn.at for turn in promise.turns if turn.due == due)
    at = rules.hours.before(due, rules.hours.length(rules.lead))
    if at > given:
        return at
    return given + (due - given) / 2 if due - given >= SHORT else None


def _escalate_at(due: datetime, rules: Rules) -> datetime:
    return rules.hours.add(due, rules.hours.length(rules.targets.escalate))


def remind(promise: Promise, now: datetime, rules: Rules) -> tuple[Promise, list[Outgoing]]:
    """Return what is to be sent at `now`, and the promise once it is.

    A time that passes is seen at once; what there is to say waits for business hours.
    """
    due = promise.due
    if due is None or not promise.is_open:
        return replace(promise, wake_at=None), []
    if due <= now:
        key = f"missed/{due.isoformat()}/{len(promise.turns)}"
        missed = Turn(key=key, fate=Fate.MISSED, by="", at=max(due, promise.turned_at), due=due)
        if promise.standing is Standing.OPEN:
            promise = turned(promise, missed)
    before = _told(promise)
    reached = max(before, _reached(promise, due, now, rules))
    if reached == before:
        return schedule(promise, rules), []
    if not rules.hours.is_open(now):
        opening = rules.hours.next_opening(now)
        return replace(promise, wake_at=min(opening, due) if due > now else opening), []
    outgoing = [
        _outgoing(promise, due, recipient, step, now)
        for step in _steps(before, reached)
        for recipient in _audience(promise, step, rules)
    ]
    told = replace(promise, reminded=Reminded(due=due, step=reached))
    return schedule(told, rules), outgoing


def _reached(promise: Promise, due: datetime, now: datetime, rules: Rules) -> int:
    if now >= _escalate_at(due, rules):
        return BROKEN
    if now >= due:
        return OVERDUE
    at = _remind_at(promise, due, rules)
    return REMINDER if at and now >= at else 0


def _steps(before: int, reached: int) -> Iterator[int]:
    """Yield the steps to speak of: who is told that it is overdue need not hear it was due."""
    first = OVERDUE if reached >= OVERDUE else REMINDER
    yield from range(max(first, before + 1), reached + 1)


def _audience(promise: Promise, step: int, rules: Rules) -> list[Recipient]:
    if step == BROKEN:
        return [Recipient(one.to, Reason.BROKEN) for one in triage(rules) if one.to != promise.by]
    return [Recipient(promise.by, Reason.REMINDER if step == REMINDER else Reason.OVERDUE)]


def _outgoing(
    promise: Promise, due: datetime, recipient: Recipient, step: int, now: datetime
) -> Outgoing:
    about = About(promise=promise.id, since=due, reason=recipient.reason, step=step)
    return Outgoing(
        id=f"{recipient.reason}/{promise.id}/{(due - EPOCH) // timedelta(microseconds=1)}"
        f"/{recipient.to}",
        to=recipient.to,
        at=now + TOGETHER,
        about=(about,),
    )


def still_due(about: About, promise: Promise, *, told: bool) -> bool:
    """Tell whether what was said, or is to be said, of a promise is still true.

    Once it is overdue nobody is reminded of it; who was before has it to do all the same.
    """
    if not promise.is_open or promise.due != about.since:
        return False
    return told or about.reason is not Reason.REMINDER or promise.standing is Standing.OPEN


class Instead(NamedTuple):
    """Two dates to give in place of one that can hardly be kept, or of none."""

    dates: tuple[datetime, ...] = ()
    holiday: bool = False
    """What is wrong with the date is the day, rather than the hour."""


FINE = Instead()
"""The date can be kept."""


def keepable(due: datetime | None, now: datetime, rules: Rules) -> Instead:
    """Return what to give instead of a date that lies outside business hours, or of none."""
    hours = rules.hours
    if due and hours.covers(due):
        return FINE
    if due is None:
        return Instead(tuple(islice(_ends(now + SOON, hours, rules.closing), 2)))
    before = hours.before(due, timedelta(0))
    after = islice(_ends(due, hours, rules.closing), 2)
    dates = [one for one in (before, *after) if one >= now + SOON][:2]
    return Instead(tuple(dates), holiday=hours.is_holiday(due))


def _ends(start: datetime, hours: Hours, closing: time) -> Iterator[datetime]:
    """Yield the ends of the business days, the first of them after `start`."""
    for end in hours.closings(start):
        day = (end - timedelta(microseconds=1)).astimezone(hours.zone)
        usual = datetime.combine(day.date(), closing, hours.zone).astimezone(end.tzinfo)
        at = usual if hours.covers(usual) else end
        if at > start:
            yield at
