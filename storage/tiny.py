"""Heard's memory in TinyDB: all of it at hand, and every change durable before it returns."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from heapq import nsmallest
from operator import itemgetter
from pathlib import Path
from threading import Lock
from typing import TypeVar

from bot.core.ledger import Promise, overdue_first
from bot.core.model import Change, Channel, Conversation, Entry, Person
from bot.core.outgoing import Card, Outgoing
from bot.core.ports import Figures
from bot.core.refusals import StoreFailed
from bot.core.replies import Kept
from bot.core.tallies import Tally
from storage.ages import kind_of
from storage.commits import PATIENCE, Batch, Commits, Flight
from storage.indexes import Indexes
from storage.journal import FOLD_AFTER, FOLD_EVERY, Journal, Keeper, Nowhere
from storage.records import Record, instant, microseconds, sound
from storage.shelves import Shelf, Shelves, Write
from storage.tables import Database, LiveStorage, Row, Tables
from storage.ways import Ages

T = TypeVar("T")

_NEVER = float("inf")


class TinyStore:
    """Implements `bot.core.ports.Store`, whose docstrings say what the methods promise."""

    def __init__(self, tables: Tables, keeper: Keeper, patience: float) -> None:
        """Use `in_file` or `in_memory`."""
        self._keeper = keeper
        self._storage = LiveStorage(tables, self._follow)
        self._rows: list[Row] = []  # what has changed since the last commit
        self._indexes = Indexes(self._storage.tables)
        self._shelves = Shelves(Database(self._storage), self._indexes.last_outgoing)
        self._lock = Lock()  # for all of the above
        self._commits = Commits(keeper, self._lock, self._undo, self._storage.snapshot, patience)
        self._over = False

    @classmethod
    def in_file(
        cls, path: Path, fold_after: int = FOLD_AFTER, fold_every: float = FOLD_EVERY
    ) -> TinyStore:
        """Open or begin a store in a file; no other process may use it meanwhile."""
        journal = Journal(path, fold_after, fold_every)
        try:
            store = cls(journal.tables, journal, PATIENCE)
            journal.begin()
        except BaseException:
            journal.close()
            raise
        return store

    @classmethod
    def in_memory(cls) -> TinyStore:
        return cls({}, Nowhere(), 0)

    @property
    def syncs(self) -> int:
        """How often the disk was waited for, to store changes."""
        return self._keeper.syncs

    def conversation(self, conversation_id: str) -> Conversation | None:
        opened = self._shelves.opened.at_hand(conversation_id)
        if opened is not None:
            return opened
        with self._lock:
            return self._shelves.conversation(conversation_id)

    def about(self, channel: str, ts: str) -> tuple[str, ...]:
        return tuple(self._indexes.about(channel, ts))

    def log(self, conversation_id: str) -> tuple[Entry, ...]:
        return self._all(self._shelves.entries.those, self._indexes.entries(conversation_id))

    def entry(self, conversation_id: str, key: str) -> Entry | None:
        with self._lock:
            return self._shelves.entries.get(f"{conversation_id}|{key}")

    def waiting(self, channel: str) -> tuple[Conversation, ...]:
        with self._lock:
            found = self._shelves.opened.table.records(self._indexes.waiting.of(channel))
            return self._shelves.opened.sound(_ids(sorted(found, key=_longest_waiting)))

    def open(self, *, claimer: str = "", limit: int = 1000) -> tuple[Conversation, ...]:
        table = self._shelves.opened.table
        with self._lock:
            found = table.records(self._indexes.claimed.of(claimer) if claimer else table.ids())
        first = nsmallest(limit, found, key=_longest_waiting)
        return tuple(sound(self._shelves.opened.read, first))

    def touched(self, since: datetime, limit: int) -> tuple[Conversation, ...]:
        with self._lock:
            found = self._indexes.since(microseconds(since), limit)
        return tuple(sound(self._shelves.opened.read, found))

    def due(self, now: datetime, limit: int) -> tuple[Conversation, ...]:
        with self._lock:
            unsure = self._commits.unsure("conversations") | self._commits.unsure("closed")
            found = self._indexes.due.until(microseconds(now), limit, unsure)
            either = sound(self._shelves.conversation, found)
            return tuple(one for one in either if one)

    def promise(self, promise_id: str) -> Promise | None:
        with self._lock:
            return self._shelves.promises.get(promise_id)

    def promises_at(self, channel: str, ts: str) -> tuple[Promise, ...]:
        with self._lock:
            found = self._indexes.promises.made_in.of((channel, ts)) if ts else ()
            return self._shelves.promises.those(sorted(found, key=lambda one: (len(one), one)))

    def promises_in(self, conversation_id: str) -> tuple[Promise, ...]:
        found = self._indexes.promises.within.of(conversation_id) if conversation_id else ()
        return self._all(self._shelves.promises.those, found)

    def owed(self, *, by: str = "", channel: str = "", limit: int = 1000) -> tuple[Promise, ...]:
        groups = self._indexes.promises
        with self._lock:
            if by:
                ids = list(groups.by.of(by))
            elif channel:
                ids = list(groups.owed_in.of(channel))
            else:
                ids = [one for those in groups.by.values() for one in those]
            found = self._shelves.promises.sound(ids)
        mine = (one for one in found if channel in ("", one.channel))
        return tuple(nsmallest(limit, mine, key=lambda one: (overdue_first(one), one.id)))

    def promises_due(self, now: datetime, limit: int) -> tuple[Promise, ...]:
        with self._lock:
            unsure = self._commits.unsure("promises")
            found = self._indexes.promises.due.until(microseconds(now), limit, unsure)
            return self._shelves.promises.sound(found)

    def channel(self, channel_id: str) -> Channel | None:
        return self._one(self._shelves.channels, channel_id)

    def channels(self) -> tuple[Channel, ...]:
        with self._lock:
            return self._shelves.channels.sound(sorted(self._shelves.channels.table.ids()))

    def person(self, person_id: str) -> Person | None:
        return self._one(self._shelves.people, person_id)

    def outbox(self, limit: int = 1000) -> tuple[Outgoing, ...]:
        table = self._shelves.outbox.table
        with self._lock:
            unsure = self._commits.unsure("outbox")
            sure = table.records(one for one in table.ids() if one not in unsure)
            return self._shelves.outbox.sound(_ids(nsmallest(limit, sure, key=itemgetter("nr"))))

    def is_busy(self, now: datetime) -> bool:
        """Tell whether something is due, or to be sent."""
        until = microseconds(now)
        with self._lock:
            heaps = self._indexes.due, self._indexes.promises.due
            if any(heap.until(until, 1, hidden=set()) for heap in heaps):
                return True
        return self._next(now) is not None

    def figures(self, now: datetime) -> Figures:
        first = self._next(now)
        with self._lock:
            pending = len(self._shelves.outbox.table.ids())
            by = self._indexes.promises.by.values()
            owed = self._shelves.promises.table.records(one for those in by for one in those)
        late = sum(record.get("due", _NEVER) < microseconds(now) for record in owed)
        return Figures(pending, first, len(owed), late)

    def _next(self, now: datetime) -> datetime | None:
        """Return the earliest time of what may be sent by now."""
        table = self._shelves.outbox.table
        with self._lock:
            times = [one["at"] for one in table.records(table.ids())]
        first = min((at for at in times if isinstance(at, int)), default=_NEVER)  # else damaged
        return instant(int(first)) if first <= microseconds(now) else None

    def cards(self, conversation_id: str) -> tuple[Card, ...]:
        return self._all(self._shelves.cards.sound, self._indexes.cards.of(conversation_id))

    def card_at(self, channel: str, ts: str) -> Card | None:
        with self._lock:
            return self._shelves.cards.get(self._indexes.card_at.get((channel, ts), ""))

    def card(self, card_id: str) -> Card | None:
        with self._lock:
            return self._shelves.cards.get(card_id)

    def templates(self) -> tuple[Kept, ...]:
        with self._lock:
            return self._shelves.templates.sound(sorted(self._shelves.templates.table.ids()))

    def fact(self, name: str) -> str:
        with self._lock:
            return self._shelves.facts.get(name) or ""

    def tally(self, tally_id: str) -> Tally | None:
        with self._lock:
            return self._shelves.tallies.get(tally_id)

    def wordy(self, before: datetime, limit: int) -> tuple[Conversation, ...]:
        return self._aged(self._indexes.wordy, self._shelves.closed.get, before, limit)

    def wordy_promises(self, before: datetime, limit: int) -> tuple[Promise, ...]:
        return self._aged(self._indexes.promises.wordy, self._shelves.promises.get, before, limit)

    def idle(self, before: datetime, limit: int) -> tuple[Conversation, ...]:
        return self._aged(self._indexes.idle, self._shelves.conversation, before, limit)

    def ended(self, before: datetime, limit: int) -> tuple[Promise, ...]:
        return self._aged(self._indexes.promises.ended, self._shelves.promises.get, before, limit)

    def replaced_cards(self, before: datetime, limit: int) -> tuple[Card, ...]:
        return self._aged(self._indexes.replaced, self._shelves.cards.get, before, limit)

    def _aged(
        self, ages: Ages, get: Callable[[str], T | None], before: datetime, limit: int
    ) -> tuple[T, ...]:
        with self._lock:
            found = sound(get, ages.before(microseconds(before), limit))
            return tuple(one for one in found if one is not None)

    def lapsed(self, kind: str, before: datetime, limit: int) -> tuple[str, ...]:
        facts, then = self._shelves.facts, before.isoformat()
        with self._lock:
            texts = {one: facts.get(one) or "" for one in facts.table.ids() if kind_of(one) == kind}
        found = (one for one, text in texts.items() if text < then)
        return tuple(nsmallest(limit, found, key=lambda one: (texts[one], one)))

    def clear(self, limit: int) -> bool:
        with self._lock:
            self._expect_open()
            some = self._shelves.some(limit)
            batch, leads = self._put(some)
        self._settle(batch, leads=leads)
        return bool(some)

    def commit(self, change: Change) -> None:
        writes = self._shelves.writes(change)
        with self._lock:
            self._expect_open()
            self._shelves.check(change)
            batch, leads = self._put(writes)
        self._settle(batch, leads=leads)

    def _expect_open(self) -> None:
        if self._over:
            raise StoreFailed("The store is closed: Heard is stopping")

    def _put(self, writes: list[Write]) -> tuple[Batch | None, bool]:
        self._shelves.put(writes)
        rows, self._rows = self._rows, []
        # Where all of it was there already, that may not be durable yet.
        joined = self._commits.join(rows) if rows else (self._commits.latest(), False)
        for shelf, one, _, thing in writes:
            shelf.keep(one, thing)
        return joined

    def _settle(self, batch: Batch | None, *, leads: bool) -> None:
        if batch:
            self._commits.settle(batch, leads=leads)

    def _follow(self, row: Row) -> None:
        self._indexes.follow(row)
        self._rows.append(row)

    def flight(self) -> Flight:
        return Flight(self._commits)

    def close(self) -> None:
        with self._lock:
            if self._over:
                return
            self._over = True
            batch = self._commits.latest()
        with suppress(StoreFailed):  # those who committed are told
            if batch:
                self._commits.settle(batch, leads=False)
        self._commits.close()

    def _one(self, shelf: Shelf[T], thing_id: str) -> T | None:
        """Wait for no lock where that can be helped: threads that queue take more than all else."""
        thing = shelf.at_hand(thing_id)
        if thing is not None:
            return thing
        with self._lock:
            return shelf.get(thing_id)

    def _all(
        self, read: Callable[[Iterable[str]], tuple[T, ...]], ids: Collection[str]
    ) -> tuple[T, ...]:
        """Read what there is of these ids, in their order."""
        if not ids:
            return ()
        with self._lock:
            return read(sorted(ids))

    def _undo(self, rows: list[Row]) -> None:
        for table, one, old, _ in reversed(rows):
            self._shelves.put_back(table, one, old)
        self._rows.clear()


def _ids(records: Iterable[Record]) -> Iterator[str]:
    return (record["id"] for record in records)


def _longest_waiting(record: Record) -> tuple[float, str]:
    wait = record.get("wait")
    return wait["since"] if wait else _NEVER, record["id"]
