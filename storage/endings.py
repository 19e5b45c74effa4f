"""What is over, the oldest first, so that it is found when it is to be forgotten."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from storage import ages
from storage.indexes import DueTimes, Ways
from storage.records import Record, damaged
from storage.tables import Row, Tables

Age = Callable[[Record], int | None]


class Ages(DueTimes):
    """Ids of one or two tables, by since when they are over."""

    def __init__(self, age: Age, *tables: dict[str, Record]) -> None:
        self._age = age
        self._records = tables
        super().__init__(self._now)

    def before(self, at: int, limit: int) -> list[str]:
        return self.until(at - 1, limit, set())

    def _now(self, one: str) -> int | None:
        record = next((found[one] for found in self._records if one in found), None)
        return self._age(record) if record else None


class Endings:
    def __init__(self, tables: Tables) -> None:
        both = [tables.setdefault(name, {}) for name in ("conversations", "closed")]
        promises, cards = tables.setdefault("promises", {}), tables.setdefault("cards", {})
        self.idle, self.wordy = Ages(ages.idle, *both), Ages(ages.wordy, *both)
        self.ended = Ages(ages.ended, promises)
        self.wordy_promises = Ages(ages.wordy_promise, promises)
        self.replaced = Ages(ages.replaced, cards)
        rests = Ways(lambda one: (ages.idle(one), ages.wordy(one)), self.idle, self.wordy)
        self._ways = {
            "conversations": rests,
            "closed": rests,
            "promises": Ways(
                lambda one: (ages.ended(one), ages.wordy_promise(one)),
                self.ended,
                self.wordy_promises,
            ),
            "cards": Ways(lambda one: (ages.replaced(one),), self.replaced),
        }
        for row in _rows(tables, self._ways):
            try:
                self.follow(row)
            except (KeyError, TypeError, ValueError, AttributeError) as error:
                raise damaged(row[0], row[3] or {}, error) from error

    def follow(self, row: Row) -> None:
        """Take in a change that the tables have seen."""
        table, document_id, old, new = row
        if ways := self._ways.get(table):
            ways.follow(document_id, old, new)


def _rows(tables: Tables, names: Iterable[str]) -> Iterator[Row]:
    for name in names:
        for document_id, record in tables[name].items():
            yield name, document_id, None, record
