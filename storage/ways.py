"""Ways to stored records by what they have in common, or by when something is the case."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable
from heapq import heapify, heappop, heappush
from typing import Any, Protocol, TypeVar

from storage.records import Record

Key = TypeVar("Key", bound=Hashable)


class Groups(defaultdict[Key, set[str]]):
    """Ids by what they have in common; a group that has become empty takes no memory."""

    def __init__(self) -> None:
        super().__init__(set)

    def move(self, one: str, old: Key | None, new: Key | None) -> None:
        """Move an id between groups; None is no group."""
        if old is not None:
            self[old].discard(one)
            if not self[old]:
                del self[old]
        if new is not None:
            self[new].add(one)

    def of(self, group: Key) -> Collection[str]:
        return self.get(group, ())


class DueTimes:
    """A heap, in which a due time that no longer holds stays until it surfaces, or many have."""

    def __init__(self, now_due: Callable[[str], int | None]) -> None:
        self._now_due = now_due
        self._heap: list[tuple[int, str]] = []
        self._valid = 0

    def move(self, one: str, old: int | None, new: int | None) -> None:
        self._valid += (new is not None) - (old is not None)
        if new is not None:
            heappush(self._heap, (new, one))
        if len(self._heap) > 2 * self._valid + 1000:
            self._heap = list({pair for pair in self._heap if self._now_due(pair[1]) == pair[0]})
            heapify(self._heap)

    def until(self, now: int, limit: int, hidden: set[str]) -> list[str]:
        """Return the ids that are due, earliest first, and leave them in the heap."""
        kept: list[tuple[int, str]] = []
        found: list[str] = []
        while self._heap and self._heap[0][0] <= now and len(found) < limit:
            pair = heappop(self._heap)
            again = bool(kept) and pair == kept[-1]  # it was due then, was not, and now is
            if not again and self._now_due(pair[1]) == pair[0]:
                kept.append(pair)
                if pair[1] not in hidden:
                    found.append(pair[1])
        for pair in kept:
            heappush(self._heap, pair)
        return found


class Ages(DueTimes):
    """Ids of one or two tables, by since when they are over: the oldest is forgotten first."""

    def __init__(self, age: Callable[[Record], int | None], *tables: dict[str, Record]) -> None:
        self._age = age
        self._records = tables
        super().__init__(self._now)

    def before(self, at: int, limit: int) -> list[str]:
        return self.until(at - 1, limit, set())

    def _now(self, one: str) -> int | None:
        record = next((found[one] for found in self._records if one in found), None)
        return self._age(record) if record else None


class Way(Protocol):
    def move(self, one: str, old: Any, new: Any) -> None:  # noqa: ANN401 - of any one kind
        """Find an id by another trait than before; None is no trait, and they differ."""
        ...


class Ways:
    """Several ways to the records of a table, each by one of their traits."""

    def __init__(self, traits: Callable[[Record], tuple[object, ...]], *ways: Way) -> None:
        self._traits = traits
        self._ways = ways
        self._none = (None,) * len(ways)

    def follow(self, one: str, old: Record | None, new: Record | None) -> None:
        before = self._traits(old) if old else self._none
        after = self._traits(new) if new else self._none
        for way, was, now in zip(self._ways, before, after, strict=True):
            if was != now:
                way.move(one, was, now)
