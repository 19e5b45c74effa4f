"""What Heard has to say: messages to send, the cards that were sent, and why somebody is told."""

from __future__ import annotations

from dataclasses import field
from datetime import datetime
from enum import StrEnum

from bot.core.values import value


class Reason(StrEnum):
    """Why somebody is told."""

    CLAIMER = "claimer"
    OWNER = "owner"
    TRIAGE = "triage"
    LEAD = "lead"
    FALLBACK = "fallback"
    SNOOZER = "snoozer"
    UPDATE = "update"
    REMINDER = "reminder"
    """A promise of the reader's is due soon."""
    OVERDUE = "overdue"
    BROKEN = "broken"
    """A colleague's promise is overdue for too long."""


@value
class About:
    """One conversation, or one promise, that a nudge is about, and why its reader is told."""

    conversation: str = ""
    promise: str = ""
    since: datetime
    """The wait, the holding reply, the waking or the due time that it is about."""
    reason: Reason
    step: int

    @property
    def subject(self) -> str:
        return self.promise or self.conversation


class NoteKind(StrEnum):
    ALREADY_CLAIMED = "already_claimed"
    TAKEN_OVER = "taken_over"
    NOT_OPEN = "not_open"
    NOT_A_CUSTOMER = "not_a_customer"
    INVITED = "invited"
    UNDELIVERED = "undelivered"
    PROMISED = "promised"
    """What was read as a promise, for who made it to say whether that is right."""
    PROMISE_UNSAID = "promise_unsaid"
    """Its message was edited, and says it no longer."""
    PROMISE_DELETED = "promise_deleted"
    NOT_YOURS = "not_yours"
    """Only who wrote a message can make a promise of it."""
    NOT_POSTED = "not_posted"
    COACHED = "coached"


@value
class Note:
    """A short private word, outside any card."""

    kind: NoteKind
    facts: dict[str, str] = field(default_factory=dict)


@value
class Reply:
    """A colleague's own words to a customer, posted by us because they pressed the button."""

    by: str
    text: str
    due: datetime | None = None
    """What they promise in it is due then."""
    moves: str = ""
    """The promise whose new date that is."""
    resolves: bool = False
    """Nothing is left to do once it is posted."""


@value
class Outgoing:
    """A message to Slack that has been decided and not yet been delivered."""

    id: str
    """Says what it is about, so that deciding it twice sends it once."""
    to: str
    """A channel, or a person, who gets a direct message."""
    at: datetime
    """Not to be sent before."""
    about: tuple[About, ...] = ()
    """Empty for a note."""
    edits: str = ""
    """The card that this brings up to date."""
    note: Note | None = None
    reply: Reply | None = None
    """The one thing that customers may see."""
    only: str = ""
    """The one person in the channel who sees it."""
    thread: str = ""
    unsure: bool = False
    """It was tried, and the answer was lost."""


@value
class Card:
    """A nudge that was delivered, and is kept true."""

    id: str
    channel: str
    ts: str
    to: str
    about: tuple[About, ...]
    shown: str = ""
    """A fingerprint of what it shows."""
    replaced: bool = False
    """A newer card took its place."""

    @property
    def subjects(self) -> tuple[str, ...]:
        """The ids of the conversations and promises that it is about."""
        return tuple(about.subject for about in self.about)
