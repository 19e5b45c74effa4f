"""What is over, the oldest first, so that it is found when it is to be forgotten."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from storage import ages
from storage.indexes import DueTimes
from storage.records import Record, damaged
from storage.tables import Row, Tables

Age = Callable[[Record], int | None]


class Ages(DueTimes):
    """Ids of one or two tables, by since when they are over."""

    def __init__(self, age: Age, *tables: dict[str, Record]) -> None:
        self._age = age
        self._records = tables
        super().__init__(self._now)

    def follow(self, one: str, old: Record | None, new: Record | None) -> None:
        self.move(one, self._age(old) if old else None, self._age(new) if new else None)

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
        self._of = {
            "conversations": (self.idle, self.wordy),
            "closed": (self.idle, self.wordy),
            "promises": (self.ended, self.wordy_promises),
            "cards": (self.replaced,),
        }
        for row in _rows(tables, self._of):
            try:
                self.follow(row)
            except (KeyError, TypeError, ValueError, AttributeError) as error:
                raise damaged(row[0], row[3] or {}, error) from error

    def follow(self, row: Row) -> None:
        """Take in a change that the tables have seen."""
        table, document_id, old, new = row
        for one in self._of.get(table, ()):
            one.follow(document_id, old, new)


def _rows(tables: Tables, names: dict[str, tuple[Ages, ...]]) -> Iterator[Row]:
    for name in names:
        for document_id, record in tables[name].items():
            yield name, document_id, None, record
