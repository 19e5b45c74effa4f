"""The tables together with what their records mean, which are read into objects while in use.

What is at hand may be read by any thread at any time: an object is kept last, when all else that
was changed with it can be seen. The rest is done while the store's lock is held, but for `writes`.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any, Generic, TypeVar

from bot.core.copies import replace
from bot.core.ledger import Promise
from bot.core.model import Act, Change, Channel, Conversation, Entry, Person, Said
from bot.core.outgoing import Card, Outgoing
from bot.core.refusals import Stale
from bot.core.replies import Kept
from bot.core.tallies import Tally
from storage import records
from storage.records import Form, Record, damaged, name_of, sound
from storage.tables import Database, LiveTable

T = TypeVar("T")
V = TypeVar("V", bound=Conversation | Promise | Channel | Kept)

_REMEMBERED = 2000  # enough for what is in use, and a few megabytes at most


class Shelf(Generic[T]):
    def __init__(self, table: LiveTable, form: Form[T]) -> None:
        self.table = table
        self.form = form
        self._things: dict[str, T] = {}

    def at_hand(self, thing_id: str) -> T | None:
        """Return an object if it was in use before."""
        return self._things.get(thing_id)

    def get(self, thing_id: str) -> T | None:
        thing = self._things.get(thing_id)
        if thing is None and (record := self.table.record(thing_id)) is not None:
            thing = self.read(record)
            self.keep(thing_id, thing)
        return thing

    def those(self, ids: Iterable[str]) -> tuple[T, ...]:
        """Return what there is of these ids, in their order."""
        return tuple(thing for one in ids if (thing := self.get(one)) is not None)

    def sound(self, ids: Iterable[str]) -> tuple[T, ...]:
        """Return those of them that can be read."""
        found = sound(self.get, ids)
        return tuple(thing for thing in found if thing is not None)

    def read(self, record: Record) -> T:
        try:
            return self.form.read(record)
        except (KeyError, TypeError, ValueError, OverflowError) as error:
            raise damaged(self.table.name, name_of(record), error) from error

    def keep(self, thing_id: str, thing: T | None) -> None:
        """Have the object at hand that a record is of; None where it is to be read first."""
        if thing is None:
            self._things.pop(thing_id, None)
            return
        if len(self._things) >= _REMEMBERED:  # many at once: it takes a while to find the first
            for one in list(islice(self._things, _REMEMBERED // 10)):
                del self._things[one]
        self._things[thing_id] = thing


class VersionedShelf(Shelf[V]):
    def version(self, thing_id: str) -> int:
        """Return the version of what is stored, or 0 where nothing is."""
        record = self.table.record(thing_id)
        return record["version"] if record else 0


Write = tuple[Shelf[Any], str, Record | None, object]
"""Where a record goes, its id, the record, and the object that it is of, where it is to be at hand.

None in place of the record removes it.
"""


class Shelves:
    """All that is stored."""

    def __init__(self, database: Database, last_outgoing: int) -> None:
        self.opened = VersionedShelf(database.live("conversations"), records.CONVERSATION)
        self.closed = VersionedShelf(database.live("closed"), records.CONVERSATION)
        self.entries = Shelf(database.live("entries"), records.ENTRY)
        self.promises = VersionedShelf(database.live("promises"), records.PROMISE)
        self.channels = VersionedShelf(database.live("channels"), records.CHANNEL)
        self.people = Shelf(database.live("people"), records.PERSON)
        self.outbox = Shelf(database.live("outbox"), records.OUTGOING)
        self.cards = Shelf(database.live("cards"), records.CARD)
        self.templates = VersionedShelf(database.live("templates"), records.TEMPLATE)
        self.facts = Shelf(database.live("facts"), records.FACT)
        self.tallies = Shelf(database.live("tallies"), records.TALLY)
        self._by_table = {one.table.name: one for one in vars(self).values()}
        self._last_outgoing = last_outgoing

    def conversation(self, conversation_id: str) -> Conversation | None:
        return self.opened.get(conversation_id) or self.closed.get(conversation_id)

    def some(self, limit: int) -> list[Write]:
        """Return how to remove a limited part of all there is, the facts last."""
        shelves = sorted(self._by_table.values(), key=lambda shelf: shelf is self.facts)
        every = ((shelf, one, None, None) for shelf in shelves for one in shelf.table.ids())
        return list(islice(every, limit))

    def check(self, change: Change) -> None:
        """Raise Stale where a change was decided upon another version than the one stored."""
        for conversation in change.conversations:
            one = conversation.id
            if conversation.version != (self.opened.version(one) or self.closed.version(one)):
                raise Stale(one)
        for gone in change.erased:
            if isinstance(gone, Conversation | Promise):
                record = self._where(gone)[0].table.record(gone.id)
                if record is None or record["version"] != gone.version:
                    raise Stale(gone.id)
        for shelf, things in self._versioned(change):
            for thing in things:
                if thing.version != shelf.version(thing.id):
                    raise Stale(thing.id)

    def writes(self, change: Change) -> list[Write]:
        """Put a change into records; which of them are new is seen when they are put."""
        found: list[Write] = []
        for conversation in change.conversations:
            found += self._moved(conversation)
        for entry in change.entries:  # not remembered as objects: hardly any is read again
            found.append((self.entries, _entry_id(entry), self.entries.form.write(entry), None))
        for versioned, things in self._versioned(change):
            if things:
                found += [_next(versioned, one) for one in things]
        for shelf, others in self._plain(change):
            if others:
                found += [(shelf, one.id, shelf.form.write(one), one) for one in others]
        for name, text in change.facts:
            record = self.facts.form.write(text) if text else None
            found.append((self.facts, name, record, text or None))
        for one in change.sent:
            found.append((self.outbox, one, None, None))
        for gone in change.erased:
            found.append((*self._where(gone), None, None))
        return found

    def _moved(self, conversation: Conversation) -> tuple[Write, ...]:
        """Take it from the table that it may have been in before."""
        there, elsewhere = self.opened, self.closed
        if conversation.state.closed:
            there, elsewhere = elsewhere, there
        gone = ((elsewhere, conversation.id, None, None),) if conversation.version else ()
        return *gone, _next(there, conversation)

    def _where(
        self, thing: Conversation | Entry | Promise | Card | Person
    ) -> tuple[Shelf[Any], str]:
        match thing:
            case Said() | Act():
                return self.entries, _entry_id(thing)
            case Conversation():
                return self.closed if thing.state.closed else self.opened, thing.id
            case Promise():
                return self.promises, thing.id
            case Card():
                return self.cards, thing.id
            case Person():
                return self.people, thing.id

    def _plain(
        self, change: Change
    ) -> tuple[tuple[Shelf[Any], tuple[Person | Outgoing | Card | Tally, ...]], ...]:
        return (
            (self.people, change.people),
            (self.outbox, change.outbox),
            (self.cards, change.cards),
            (self.tallies, change.tallies),
        )

    def _versioned(
        self, change: Change
    ) -> tuple[tuple[VersionedShelf[Any], tuple[Promise | Channel | Kept, ...]], ...]:
        return (
            (self.promises, change.promises),
            (self.channels, change.channels),
            (self.templates, change.templates),
        )

    def put(self, writes: list[Write]) -> None:
        for shelf, one, record, _ in writes:
            if shelf is self.outbox and record:
                before = shelf.table.record(one)
                self._last_outgoing += 1
                record["nr"] = before["nr"] if before else self._last_outgoing  # it keeps its place
            shelf.table.put(one, record)

    def put_back(self, table: str, document_id: str, record: Record | None) -> None:
        shelf = self._by_table[table]
        shelf.table.put(document_id, record)
        shelf.keep(document_id, None)


def _next(shelf: Shelf[V], thing: V) -> Write:
    stored = replace(thing, version=thing.version + 1)
    return shelf, thing.id, shelf.form.write(stored), stored


def _entry_id(entry: Entry) -> str:
    return f"{entry.conversation}|{entry.key}"
