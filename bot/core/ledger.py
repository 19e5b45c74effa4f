"""The ledger of promises: who promised what to whom, by when, and everything that became of it.

A promise is the fold of its turns, in the order in which they happened, as a conversation is of
its entries: what arrives late, twice, or is taken back leads to the same page in the ledger.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import TypedDict

from bot.core.values import value


class Standing(StrEnum):
    """How a promise stands."""

    OPEN = "open"
    KEPT = "kept"
    MOVED = "moved"
    """A new date was given in time."""
    BROKEN = "broken"
    """Its time passed first; open all the same until it is kept or given a new date."""
    DROPPED = "dropped"
    """It was none."""


class Fate(StrEnum):
    """What becomes of a promise."""

    MADE = "made"
    DATED = "dated"
    """Its date was read, or written, wrong: this is the right one."""
    MISSED = "missed"
    MOVED = "moved"
    KEPT = "kept"
    DROPPED = "dropped"
    REVIVED = "revived"
    """It is one after all."""


@value
class Turn:
    key: str
    """Says what it is, so that what comes twice counts once."""
    fate: Fate
    by: str
    """Empty where time did it."""
    at: datetime
    due: datetime | None = None
    to: str = ""
    """The promise that takes the place of one that was moved."""
    withdrawn: datetime | None = None


@value
class Reminded:
    """How far the reminders of one due time have gone."""

    due: datetime
    step: int


@value
class Promise:
    id: str
    channel: str
    conversation: str
    """Where it belongs to; nothing may be known there. Empty where it was made in no channel."""
    by: str
    words: str
    thread: str = ""
    """The `ts` under which the customer is answered; empty at top level."""
    ts: str = ""
    """The message that it was made in; empty for one made by command."""
    to: str = ""
    """The customer; empty where it is for everybody in the channel."""
    at_once: bool = False
    """A "let me check" without a time: the next real answer keeps it."""
    by_hand: bool = False
    read: datetime | None = None
    """The due time that was read in the message, before anybody put it right."""
    edited: str = ""
    """The `ts` of the last edit, or the deletion, of the message that was taken in."""
    turns: tuple[Turn, ...] = ()
    since: str = ""
    """The `ts` of the last that they wrote to the customer afterwards, and its words."""
    since_words: str = ""
    reminded: Reminded | None = None
    wake_at: datetime | None = None
    """When the clock next has something to do about it."""
    standing: Standing = Standing.OPEN
    due: datetime | None = None
    ended_at: datetime | None = None
    ended_by: str = ""
    late: bool = False
    """It was kept, or given a new date, only after it was due."""
    successor: str = ""
    version: int = 0

    @property
    def made_at(self) -> datetime:
        return self.turns[0].at

    @property
    def turned_at(self) -> datetime:
        """When something last became of it."""
        return max(turn.at for turn in self.turns)

    @property
    def is_open(self) -> bool:
        """Something is still owed."""
        overdue = self.standing is Standing.BROKEN and not self.successor
        return overdue or self.standing is Standing.OPEN


class Page(TypedDict, total=False):
    """What one turn changes of a promise."""

    standing: Standing
    due: datetime | None
    ended_at: datetime | None
    ended_by: str
    late: bool
    successor: str


LATER = "later/"
"""Begins the key of the turn that a later message brought."""
BLANK = Page(standing=Standing.OPEN, due=None, ended_at=None, ended_by="", late=False, successor="")


def turned(promise: Promise, *turns: Turn) -> Promise:
    """Return the promise with more turns; one whose key is known takes the place of that one."""
    known = {turn.key: turn for turn in (*promise.turns, *turns)}
    if tuple(known.values()) == promise.turns:
        return promise
    return _folded(replace(promise, turns=tuple(known.values())))


def withdrawn(promise: Promise, key: str, at: datetime) -> Promise:
    """Return the promise without a turn that was taken back."""
    turns = tuple(
        replace(turn, withdrawn=at) if turn.key == key and not turn.withdrawn else turn
        for turn in promise.turns
    )
    return promise if turns == promise.turns else _folded(replace(promise, turns=turns))


def moved(promise: Promise, to: Promise, by: str) -> Promise:
    """Return the promise, to which somebody gave another date, whoever had made it."""
    turn = Turn(key=f"moved/{to.id}", fate=Fate.MOVED, by=by, at=to.made_at, to=to.id)
    return turned(promise, turn)


def _folded(promise: Promise) -> Promise:
    first, *others = (turn for turn in promise.turns if not turn.withdrawn)
    promise = replace(replace(promise, **BLANK), due=first.due)
    for turn in sorted(others, key=lambda turn: (turn.at, turn.key)):
        promise = replace(promise, **_page(promise, turn))
    return promise


def _page(promise: Promise, turn: Turn) -> Page:  # noqa: PLR0911 - one page for each fate
    late = promise.due is not None and turn.at > promise.due
    ended = Page(ended_at=turn.at, ended_by=turn.by)
    match turn.fate:
        case Fate.DROPPED:
            return {**ended, "standing": Standing.DROPPED}
        case Fate.REVIVED if not promise.is_open:
            return {**BLANK, "due": turn.due or promise.due}
        case _ if not promise.is_open:
            return {}
        case Fate.DATED:
            return {"standing": Standing.OPEN, "due": turn.due}
        case Fate.MISSED if promise.due == turn.due:
            return {"standing": Standing.BROKEN}
        case Fate.MOVED:
            standing = Standing.BROKEN if late else Standing.MOVED
            return {**ended, "standing": standing, "late": late, "successor": turn.to}
        case Fate.KEPT:
            return {**ended, "standing": Standing.KEPT, "late": late}
    return {}


def moved_by_later(promises: Iterable[Promise]) -> Iterator[Promise]:
    """Yield those promises of one conversation that change because a later one moves them.

    A newer message of the same person with a date takes the place of what they had promised, and
    gives it back when it turns out to be no promise. Two promises in one message stand side by
    side; what was moved by hand stays moved.
    """
    known = list(promises)
    for one in known:
        later = [
            other
            for other in known
            if other.by == one.by
            and other.ts not in ("", one.ts)
            and other.made_at > one.made_at
            and other.due
            and other.successor != one.id
            and other.standing is not Standing.DROPPED
        ]
        successor = min(later, key=lambda other: (other.made_at, other.id), default=None)
        now = _moved_to(one, successor)
        if now != one:
            yield now


def _moved_to(promise: Promise, successor: Promise | None) -> Promise:
    key = f"{LATER}{successor.id}" if successor else ""
    for turn in promise.turns:
        if turn.key.startswith(LATER) and turn.key != key:
            promise = withdrawn(promise, turn.key, turn.at)
    if successor is None:
        return promise
    at, by = successor.made_at, successor.by
    return turned(promise, Turn(key=key, fate=Fate.MOVED, by=by, at=at, to=successor.id))


def overdue_first(promise: Promise) -> tuple[bool, datetime]:
    """Sort by what is due first; what has no date comes last."""
    return promise.due is None, promise.due or promise.made_at
