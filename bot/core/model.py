"""What Heard talks about: people, channels, conversations, and what happened in them.

All times are aware and in UTC; a `ts` is Slack's own message id, unique within its channel.
"""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from operator import attrgetter

from bot.core.ledger import Promise
from bot.core.outgoing import Card, Outgoing
from bot.core.replies import Kept
from bot.core.tallies import Tally
from bot.core.targets import OwnTargets
from bot.core.values import value

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@lru_cache(maxsize=4096)
def moment(ts: str) -> datetime:
    """Return the instant that a Slack `ts` names, exact to the microsecond."""
    seconds, _, fraction = ts.partition(".")
    return EPOCH + timedelta(0, int(seconds), int(fraction.ljust(6, "0")[:6] or 0))


class Role(StrEnum):
    COLLEAGUE = "colleague"
    CUSTOMER = "customer"
    BOT = "bot"


class State(StrEnum):
    WAITING = "waiting"
    ANSWERED = "answered"
    SNOOZED = "snoozed"
    RESOLVED = "resolved"
    DISMISSED = "dismissed"

    @property
    def closed(self) -> bool:
        return self in CLOSED


COLLEAGUE, CUSTOMER, BOT = Role
WAITING, ANSWERED, SNOOZED, RESOLVED, DISMISSED = State
"""To look for a member in its enum takes four times as long as one by a name of its own."""
CLOSED = frozenset({RESOLVED, DISMISSED})


class Action(StrEnum):
    """What a colleague does to a conversation, and what the passing of time does."""

    CLAIM = "claim"
    RESOLVE = "resolve"
    SNOOZE = "snooze"
    WAKE = "wake"
    TRACK = "track"
    DISMISS = "dismiss"


@value
class Person:
    id: str
    name: str = ""
    team: str = ""
    """Empty where Slack does not tell, as it does of some members of other organisations."""
    enterprise: str = ""
    email: str = ""
    zone: str = ""
    """The name of their time zone, as they have set it in Slack."""
    picture: str = ""
    """Where it is."""
    guest: bool = False
    stranger: bool = False
    bot: bool = False
    known: bool = True
    """False where Slack could not be asked: the facts are those of one event."""


@value
class Channel:
    id: str
    name: str = ""
    shared: bool = False
    """Shared with another organisation."""
    customers: bool = False
    """A customer has written here."""
    member: bool = True
    watched: bool | None = None
    """What a colleague asked for; None where nobody did."""
    invited_by: str = ""
    owners: tuple[str, ...] = ()
    targets: OwnTargets | None = None
    hours: str = ""
    closing: str = ""
    """When its business day ends, as "16:30"; empty for the usual hour."""
    register: str = ""
    """How formal we are there; empty for neutral."""
    latest: tuple[str, ...] = ()
    """The last few top-level messages, oldest first: each a `Word`, written."""
    read_to: str = ""
    """Everything up to this `ts` has been taken in."""
    forgotten: str = ""
    """What is not known up to this `ts` is forgotten, and is not taken in again."""
    version: int = 0


@value
class Said:
    """A message of a conversation, as it now stands."""

    conversation: str
    ts: str
    by: str
    role: Role
    excerpt: str = ""
    needs_reply: bool = True
    upset: bool = False
    holding: bool = False
    """A colleague's "let me check": more is owed."""
    asks: bool = False
    """A colleague's question."""
    answers: bool = False
    """A customer's "ok": it needs a reply only where we asked something."""
    why: str = ""
    edited: str = ""
    """The `ts` of the last edit taken in."""
    withdrawn: str = ""
    """The `ts` of its deletion, empty while it stands."""

    @property
    def key(self) -> str:
        return self.ts

    @property
    def at(self) -> datetime:
        return moment(self.ts)


@value
class Act:
    """Something done to a conversation, by reaction, button, command, or the clock."""

    conversation: str
    key: str
    action: Action
    by: str
    at: datetime
    said: str = ""
    """The `ts` of the message that it was done on."""
    excerpt: str = ""
    until: datetime | None = None
    takeover: bool = False
    """A claim that may replace a stale one."""
    withdrawn: str = ""


Entry = Said | Act


@value
class Wait:
    """A customer is waiting for us."""

    since: datetime
    ts: str
    by: str
    excerpt: str = ""
    chases: int = 0
    upset: bool = False


@value
class LastWord:
    """The last thing that a colleague told the customer."""

    ts: str
    by: str
    holding: bool = False
    asks: bool = False


@value
class Outcome:
    """How the last wait ended."""

    state: State
    by: str
    at: datetime


@value
class Snooze:
    by: str
    at: datetime
    until: datetime


@value
class Woken:
    """A snoozed conversation is back, and why."""

    by: str
    """Who had snoozed it, and is told."""
    at: datetime
    asked: bool
    """The customer wrote again; else its time was up."""


@value
class Told:
    """How far the nudges about one wait have gone."""

    since: datetime
    """The wait, the holding reply or the waking that they are about."""
    step: int
    at: datetime = EPOCH
    """When the last of them was decided."""


@value
class Conversation:
    id: str
    channel: str
    thread: str
    """The `ts` of the message under which its replies are."""
    customer: str
    state: State = State.DISMISSED
    wait: Wait | None = None
    claimer: str = ""
    claimed_at: datetime | None = None
    snooze: Snooze | None = None
    woken: Woken | None = None
    last_word: LastWord | None = None
    promisers: tuple[str, ...] = ()
    """Who has promised something that is still open."""
    outcome: Outcome | None = None
    last_at: datetime | None = None
    """When the last thing that counted happened."""
    last_key: str = ""
    nudged: Told | None = None
    updated: Told | None = None
    roused: Told | None = None
    due_at: datetime | None = None
    """When the clock next has something to do here."""
    blanked: datetime | None = None
    """Nothing that happened up to then is kept in words."""
    version: int = 0

    @property
    def rested_at(self) -> datetime:
        """When something last happened; the beginning where nothing has counted."""
        return self.last_at or moment(self.thread)


@value
class Change:
    """What one decision changes: all of it is stored, or nothing."""

    conversations: tuple[Conversation, ...] = ()
    entries: tuple[Entry, ...] = ()
    promises: tuple[Promise, ...] = ()
    channels: tuple[Channel, ...] = ()
    people: tuple[Person, ...] = ()
    outbox: tuple[Outgoing, ...] = ()
    sent: tuple[str, ...] = ()
    """Ids of outgoing messages that are done with."""
    cards: tuple[Card, ...] = ()
    templates: tuple[Kept, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    """Small things to remember, by name."""
    tallies: tuple[Tally, ...] = ()
    erased: tuple[Conversation | Entry | Promise | Card | Person, ...] = ()
    """What is forgotten, as it was read."""

    def __bool__(self) -> bool:
        return any(_PARTS(self))


_PARTS = attrgetter(*[part.name for part in fields(Change)])
