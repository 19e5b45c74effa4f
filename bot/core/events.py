"""What Slack tells us, freed of Slack's shapes."""

from __future__ import annotations

from datetime import datetime

from bot.core.model import Person
from bot.core.values import value


@value
class MessagePosted:
    """A message as it stands; with `edited` set, as it stands since that edit."""

    channel: str
    ts: str
    author: Person
    text: str = ""
    named: str = ""
    """The person whom it names before anything else."""
    thread: str = ""
    """The `ts` of the thread's first message; empty at top level."""
    edited: str = ""
    shared: bool = False
    in_order: bool = False
    """Everything before it in the channel has been taken in."""
    due: datetime | None = None
    """When what it promises is due, where its author has said so in a form."""
    moves: str = ""
    """The promise that it takes the place of, as they have said there."""
    by_form: bool = False
    """It was posted from a form of ours, which has shown what it risks."""


@value
class MessageDeleted:
    channel: str
    ts: str
    at: str
    """The `ts` of the deletion."""
    author: str = ""
    thread: str = ""


@value
class Reacted:
    channel: str
    ts: str
    name: str
    """Without its colons and skin tone."""
    by: Person
    at: datetime
    added: bool = True


@value
class ChannelJoined:
    """The bot was added to a channel."""

    channel: str
    inviter: Person | None
    shared: bool = False


@value
class Entered:
    """A promise that somebody enters by hand."""

    by: str
    words: str
    due: datetime | None
    channel: str
    ts: str = ""
    """The message that it is about; empty where there is none."""
    thread: str = ""
    author: str = ""
    """Who wrote that message."""
    key: str = ""
    """Without a message, says what it is, so that what comes twice counts once."""
