"""What the core needs from outside. Each docstring is a promise that every implementation keeps."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import NamedTuple, Protocol

from bot.core.ledger import Promise
from bot.core.model import Change, Channel, Conversation, Entry, Person
from bot.core.outgoing import Card, Outgoing
from bot.core.refusals import StoreFailed
from bot.core.replies import Kept
from bot.core.tallies import Tally


class Clock(Protocol):
    def now(self) -> datetime:
        """Return the present moment, aware and in UTC."""
        ...


class Flight(Protocol):
    """The commits of a thread that does not wait for the disk."""

    def then(self, tell: Callable[[StoreFailed | None], object]) -> None:
        """Have it told once that all of them are durable, or why one of them is not.

        Where nothing was committed, what was read may still be undone: that is waited for instead.
        Whichever thread knows first tells, so to tell must be quick, and may not fail.
        """
        ...


class Store(Protocol):
    """Remembers. Reads see every commit that returned. Methods may be called from any thread."""

    def conversation(self, conversation_id: str) -> Conversation | None: ...

    def about(self, channel: str, ts: str) -> tuple[str, ...]:
        """Return the ids of the conversations that a message belongs to, newest first."""
        ...

    def log(self, conversation_id: str) -> tuple[Entry, ...]:
        """Return everything that happened in a conversation, withdrawn entries too, unordered."""
        ...

    def entry(self, conversation_id: str, key: str) -> Entry | None: ...

    def waiting(self, channel: str) -> tuple[Conversation, ...]:
        """Return a channel's waiting and snoozed conversations, the longest waiting first.

        Costs what it returns, however many others there are. Sorted by the conversation's id where
        nobody waits.
        """
        ...

    def open(self, *, claimer: str = "", limit: int = 1000) -> tuple[Conversation, ...]:
        """Return what is not closed, of one claimer if named, the longest waiting first."""
        ...

    def touched(self, since: datetime, limit: int) -> tuple[Conversation, ...]:
        """Return conversations, open or closed, with `last_at` from `since` on, newest first."""
        ...

    def due(self, now: datetime, limit: int) -> tuple[Conversation, ...]:
        """Return conversations with `due_at` up to `now`, earliest first, without a scan."""
        ...

    def promise(self, promise_id: str) -> Promise | None: ...

    def promises_at(self, channel: str, ts: str) -> tuple[Promise, ...]:
        """Return all promises made in one message, in order."""
        ...

    def promises_in(self, conversation_id: str) -> tuple[Promise, ...]:
        """Return all promises of a conversation, those that ended too, in order."""
        ...

    def owed(self, *, by: str = "", channel: str = "", limit: int = 1000) -> tuple[Promise, ...]:
        """Return open promises, of one person or channel if named, what is due first first.

        Costs what it returns where somebody is named, however many others there are.
        """
        ...

    def promises_due(self, now: datetime, limit: int) -> tuple[Promise, ...]:
        """Return promises with `wake_at` up to `now`, earliest first, without a scan."""
        ...

    def channel(self, channel_id: str) -> Channel | None: ...

    def channels(self) -> tuple[Channel, ...]: ...

    def person(self, person_id: str) -> Person | None: ...

    def outbox(self, limit: int = 1000) -> tuple[Outgoing, ...]:
        """Return what is to be sent, durable and in order.

        What had been committed comes before what was decided after that, in whatever process.
        """
        ...

    def cards(self, conversation_id: str) -> tuple[Card, ...]:
        """Return the delivered cards about a conversation that have not been replaced."""
        ...

    def card_at(self, channel: str, ts: str) -> Card | None: ...

    def card(self, card_id: str) -> Card | None: ...

    def templates(self) -> tuple[Kept, ...]:
        """Return the reply templates that the team has changed, those taken away too."""
        ...

    def fact(self, name: str) -> str:
        """Return what was remembered by that name, or an empty string."""
        ...

    def tally(self, tally_id: str) -> Tally | None: ...

    # What may be forgotten: each list begins with the oldest, and is found without a scan

    def wordy(self, before: datetime, limit: int) -> tuple[Conversation, ...]:
        """Return closed conversations of which words may be kept, that rested before then."""
        ...

    def wordy_promises(self, before: datetime, limit: int) -> tuple[Promise, ...]:
        """Return promises that ended, of which words are kept, and nothing came of since then."""
        ...

    def idle(self, before: datetime, limit: int) -> tuple[Conversation, ...]:
        """Return conversations, closed or answered, that rested before then.

        Nothing is owed there, and the clock has nothing to do.
        """
        ...

    def ended(self, before: datetime, limit: int) -> tuple[Promise, ...]:
        """Return promises that ended, and nothing came of since then."""
        ...

    def replaced_cards(self, before: datetime, limit: int) -> tuple[Card, ...]:
        """Return replaced cards that were sent before then."""
        ...

    def lapsed(self, kind: str, before: datetime, limit: int) -> tuple[str, ...]:
        """Return the names of facts called `kind/…` whose text is a time before then."""
        ...

    def clear(self, limit: int) -> bool:
        """Forget a limited part of all there is, facts last; tell whether there is more."""
        ...

    def commit(self, change: Change) -> None:
        """Make all of a change durable before returning, or none of it.

        A conversation, promise, channel or template must carry the version that was read (0 for a
        new one) and is stored with the next. An entry, card or outgoing message replaces the one of
        the same id. What is erased goes if it is there; a conversation or a promise must carry the
        version that was read here, too.

        Raises:
            Stale: one of them has another version than the one read.
            StoreFailed: nothing was stored; only where a database was lost at the very moment of
                storing, all of it may have been: whoever decides again finds out.
        """
        ...

    def flight(self) -> AbstractContextManager[Flight]:
        """Let the commits that this thread makes within it return before they are durable.

        Everybody reads at once what they changed; nobody else may hear of it before it is told.
        """
        ...

    def close(self) -> None:
        """Close it, and all that came of the same `Stores`."""
        ...


class Figures(NamedTuple):
    """How it stands in all workspaces together."""

    outbox: int
    """Messages to be sent, now or later."""
    due_since: datetime | None
    """Since when the oldest that may be sent now has waited."""
    promises: int
    """Open ones."""
    overdue: int
    """Those of them whose time has passed."""


class Stores(Protocol):
    """What is remembered of all workspaces, and who looks after which of them.

    To look after a workspace is to do what falls due in it, and to send. Where several processes
    share a database, one at a time does, so that messages keep their order and their pace. A
    process that dies loses its workspaces to the others when its lease ends.
    """

    def of(self, workspace: str) -> Store:
        """Return the part that is one workspace's, by the id of its team; always the same object.

        Raises:
            StoreFailed: it cannot be reached, or it is another workspace's alone.
        """
        ...

    def adopt(self, workspace: str) -> None:
        """Give a workspace what was stored before workspaces were told apart, if there is any.

        Raises:
            StoreFailed: the workspace has something already; nothing was touched.
        """
        ...

    def workspaces(self) -> tuple[str, ...]:
        """Return the workspaces that have a part; an empty one is for what concerns them all."""
        ...

    def take(self, now: datetime, limit: int) -> tuple[str, ...]:
        """Return workspaces in which something is due or to be sent by now, for us to look after.

        Ours are for nobody else until the lease ends, which each call makes longer where there is
        something to do. Where more than `limit` of them are busy, all have their turn. What falls
        due goes by `now`, leases by the one clock that all processes share.

        Called by one thread at a time.
        """
        ...

    def holds(self, workspace: str) -> bool:
        """Tell whether a workspace is ours for long enough to send one more message."""
        ...

    def figures(self, now: datetime) -> Figures:
        """Return counts that do not need everything to be read."""
        ...

    def close(self) -> None:
        """Let go of all workspaces, and close every store."""
        ...
