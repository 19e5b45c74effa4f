"""The look for what is due among many open conversations, beside the same look written by hand.

In SQL that is one statement to the driver, in memory a heap of due times beside a table of records.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from heapq import heappop, heappush
from statistics import median
from typing import Any, Protocol

from bot.core.policy import Policy
from bot.core.ports import Store
from bot.core.rounds import AT_ONCE
from storage.records import Record, microseconds
from storage.sql.store import SqlStore
from storage.tiny import TinyStore
from tests.benchmarks import past
from tests.benchmarks.bots import settings
from tests.benchmarks.databases import settle
from tests.benchmarks.document import Table
from tests.benchmarks.places import MEMORY, Place, open_at, places
from tests.benchmarks.ratios import comparison
from tests.benchmarks.table import Scale, number
from tests.benchmarks.ticks import DUE, LOOKS, Clockwork

RAW = (
    "SELECT record FROM conversations WHERE workspace = {0} AND due_at <= {0}"
    " ORDER BY due_at, id LIMIT {0}"
)


class Raw(Protocol):
    def looks(self) -> Callable[[], object]: ...
    def close(self) -> None: ...


class Statement:
    """The driver itself, asked in SQL that is written by hand for the same rows."""

    def __init__(self, store: SqlStore, work: Clockwork) -> None:
        self._connection: Any = store._database.asking.raw_connection()
        self._driver: Any = self._connection.driver_connection
        mark = "?" if store._database.dialect == "sqlite" else "%s"
        self._asked = RAW.format(mark), ("", microseconds(work.now), AT_ONCE)

    def looks(self) -> Callable[[], object]:
        return lambda: [self._driver.execute(*self._asked).fetchall() for _ in range(LOOKS)]

    def close(self) -> None:
        self._connection.close()


class Heap:
    """A table in memory, beside a heap of its due times."""

    def __init__(self, store: TinyStore, work: Clockwork) -> None:
        self._table = store._storage.tables["conversations"]
        self._due = sorted((record["due_at"], one) for one, record in self._table.items())
        self._now = microseconds(work.now)

    def looks(self) -> Callable[[], object]:
        return lambda: [self._look() for _ in range(LOOKS)]

    def _look(self) -> list[Record]:
        found: list[tuple[int, str]] = []
        while self._due[0][0] <= self._now and len(found) < AT_ONCE:
            found.append(heappop(self._due))
        for pair in found:
            heappush(self._due, pair)
        return [self._table[one] for _, one in found]

    def close(self) -> None:
        """Nothing was opened."""


def head(scale: Scale) -> tuple[str, ...]:
    return (f"the {DUE} due of", *(f"{size:,} open" for size in scale.many))


def tables(scale: Scale) -> Iterator[Table]:
    policy = settings("https://slack.com/api/").policy
    with places() as found:
        rows = tuple(
            (place.name, *(_cell(place, size, policy, scale.pairs) for size in scale.many))
            for place in found
            if place.fresh() != MEMORY
        )
    yield Table(head(scale), rows)


def _cell(place: Place, size: int, policy: Policy, pairs: int) -> str:
    # What is looked for in a file of TinyDB's is in memory, and is made sooner there.
    with closing(open_at(MEMORY if place.name == "TinyDB" else place.fresh())) as store:
        past.fill_open(store, size, policy)
        settle(store)
        work = Clockwork(store, policy)
        with closing(_by_hand(store, work)) as raw:
            found = comparison(raw.looks, work.looks, pairs)
    time = median(one.wall for one in found.candidate) / LOOKS
    return f"{time * 1e3:.2f} ms, {number(found.wall.median)} times"


def _by_hand(store: Store, work: Clockwork) -> Raw:
    if isinstance(store, TinyStore):
        return Heap(store, work)
    assert isinstance(store, SqlStore)
    return Statement(store, work)
