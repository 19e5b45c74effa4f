"""Heard's memory in TinyDB: all of it at hand, and every change durable before it returns."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
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
from bot.core.refusals import StoreFailed
from bot.core.replies import Kept
from storage.commits import PATIENCE, Commits, Flight
from storage.indexes import Indexes
from storage.journal import FOLD_AFTER, Journal, Keeper, Nowhere
from storage.records import Record, microseconds
from storage.shelves import Shelf, Shelves
from storage.tables import Database, LiveStorage, Row, Tables

_NEVER = float("inf")

T = TypeVar("T")


class TinyStore:
    """Implements `bot.core.ports.Store`, whose docstrings say what the methods promise."""

    def __init__(self, tables: Tables, keeper: Keeper, patience: float) -> None:
        """Use `in_file` or `in_memory`."""
        self._keeper = keeper
        self._storage = LiveStorage(tables)
        self._indexes = Indexes(self._storage.tables)
        self._shelves = Shelves(Database(self._storage), self._indexes.last_outgoing)
        self._lock = Lock()  # for all of the above
        self._commits = Commits(keeper, self._lock, self._undo, self._storage.snapshot, patience)
        self._over = False

    @classmethod
    def in_file(cls, path: Path, fold_after: int = FOLD_AFTER) -> TinyStore:
        """Open or begin a store in a file; no other process may use it meanwhile."""
        journal = Journal(path, fold_after)
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
        return self._all(self._shelves.entries, self._indexes.entries(conversation_id))

    def entry(self, conversation_id: str, key: str) -> Entry | None:
        with self._lock:
            return self._shelves.entries.get(f"{conversation_id}|{key}")

    def waiting(self, channel: str) -> tuple[Conversation, ...]:
        with self._lock:
            found = self._shelves.opened.table.records(self._indexes.waiting.of(channel))
            return self._shelves.opened.those(_ids(sorted(found, key=_longest_waiting)))

    def open(self, *, claimer: str = "", limit: int = 1000) -> tuple[Conversation, ...]:
        table = self._shelves.opened.table
        with self._lock:
            found = table.records(self._indexes.claimed.of(claimer) if claimer else table.ids())
        return tuple(map(self._shelves.opened.read, nsmallest(limit, found, key=_longest_waiting)))

    def touched(self, since: datetime, limit: int) -> tuple[Conversation, ...]:
        with self._lock:
            found = self._indexes.since(microseconds(since), limit)
        return tuple(map(self._shelves.opened.read, found))

    def due(self, now: datetime, limit: int) -> tuple[Conversation, ...]:
        with self._lock:
            unsure = self._commits.unsure("conversations") | self._commits.unsure("closed")
            found = self._indexes.due.until(microseconds(now), limit, unsure)
            either = map(self._shelves.conversation, found)
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
        return self._all(self._shelves.promises, found)

    def owed(self, *, by: str = "", channel: str = "", limit: int = 1000) -> tuple[Promise, ...]:
        groups = self._indexes.promises
        with self._lock:
            if by:
                ids = list(groups.by.of(by))
            elif channel:
                ids = list(groups.owed_in.of(channel))
            else:
                ids = [one for those in groups.by.values() for one in those]
            found = self._shelves.promises.those(ids)
        mine = (one for one in found if channel in ("", one.channel))
        return tuple(nsmallest(limit, mine, key=lambda one: (overdue_first(one), one.id)))

    def promises_due(self, now: datetime, limit: int) -> tuple[Promise, ...]:
        with self._lock:
            unsure = self._commits.unsure("promises")
            found = self._indexes.promises.due.until(microseconds(now), limit, unsure)
            return self._shelves.promises.those(found)

    def channel(self, channel_id: str) -> Channel | None:
        return self._one(self._shelves.channels, channel_id)

    def channels(self) -> tuple[Channel, ...]:
        with self._lock:
            return self._shelves.channels.those(sorted(self._shelves.channels.table.ids()))

    def person(self, person_id: str) -> Person | None:
        return self._one(self._shelves.people, person_id)

    def outbox(self, limit: int = 1000) -> tuple[Outgoing, ...]:
        table = self._shelves.outbox.table
        with self._lock:
            unsure = self._commits.unsure("outbox")
            sure = table.records(one for one in table.ids() if one not in unsure)
            return self._shelves.outbox.those(_ids(nsmallest(limit, sure, key=itemgetter("nr"))))

    def cards(self, conversation_id: str) -> tuple[Card, ...]:
        return self._all(self._shelves.cards, self._indexes.cards.of(conversation_id))

    def card_at(self, channel: str, ts: str) -> Card | None:
        with self._lock:
            return self._shelves.cards.get(self._indexes.card_at.get((channel, ts), ""))

    def card(self, card_id: str) -> Card | None:
        with self._lock:
            return self._shelves.cards.get(card_id)

    def templates(self) -> tuple[Kept, ...]:
        with self._lock:
            return self._shelves.templates.those(sorted(self._shelves.templates.table.ids()))

    def fact(self, name: str) -> str:
        with self._lock:
            return self._shelves.facts.get(name) or ""

    def commit(self, change: Change) -> None:
        if not change:
            return
        writes = list(self._shelves.writes(change))
        with self._lock:
            if self._over:
                raise StoreFailed("The store is closed: Heard is stopping")
            self._shelves.check(change)
            for write in writes:
                self._shelves.put(write)
            rows = self._storage.take_rows()
            for row in rows:
                self._indexes.follow(row)
            # Where all of it was there already, that may not be durable yet.
            batch, leads = self._commits.join(rows) if rows else (self._commits.latest(), False)
            for write in writes:
                write.shelf.keep(write.id, write.thing)
        if batch:
            self._commits.settle(batch, leads=leads)

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

    def _all(self, shelf: Shelf[T], ids: Collection[str]) -> tuple[T, ...]:
        """Return what there is of these ids, in their order."""
        if not ids:
            return ()
        with self._lock:
            return shelf.those(sorted(ids))

    def _undo(self, rows: list[Row]) -> None:
        for table, one, old, new in reversed(rows):
            self._shelves.put_back(table, one, old)
            self._indexes.follow((table, one, new, old))
        self._storage.take_rows()


def _ids(records: Iterable[Record]) -> Iterator[str]:
    return (record["id"] for record in records)


def _longest_waiting(record: Record) -> tuple[float, str]:
    wait = record.get("wait")
    return wait["since"] if wait else _NEVER, record["id"]
