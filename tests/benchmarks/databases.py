"""What a commit costs in SQLite and PostgreSQL when much is stored, compared to little."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing
from functools import partial

from sqlalchemy import text

from bot.core.ports import Store
from storage.sql.store import SqlStore
from tests.benchmarks import past
from tests.benchmarks.bots import settings
from tests.benchmarks.growth import Commits
from tests.benchmarks.places import Place, open_at, places
from tests.benchmarks.ratios import comparison
from tests.benchmarks.table import Row, Scale


def rows(scale: Scale) -> Iterator[Row]:
    with places() as found:
        for place in found:
            if place.name in {"SQLite", "PostgreSQL"}:
                yield from _rows(place, scale)


def _rows(place: Place, scale: Scale) -> Iterator[Row]:
    policy = settings("https://slack.com/api/").policy
    least = scale.sizes[0]
    with ExitStack() as stack:
        commits: dict[int, Commits] = {}
        for size in scale.sizes:
            store = stack.enter_context(closing(open_at(place.fresh())))
            past.fill(store, size, policy)
            settle(store)
            commits[size] = Commits(store)
        for size in scale.sizes[1:]:
            few, many = commits[least].work(scale.slice), commits[size].work(scale.slice)
            found = comparison(few, many, scale.pairs)
            row = partial(Row, aim="1.2")
            what = f"{place.name}, a commit at {size:,} conversations"
            costs = found.per_operation(scale.slice)
            yield row(f"{what}: CPU to {least:,}", found.cpu, costs=costs)
            yield row(f"{what}: time to {least:,}", found.wall)


def settle(store: Store) -> None:
    """Leave a database as it is after a while."""
    if not isinstance(store, SqlStore):
        return
    with store._database.changing.connect() as connection:
        if store._database.dialect == "postgresql":
            connection.execution_options(isolation_level="AUTOCOMMIT")
            connection.execute(text("VACUUM ANALYZE"))
            connection.execute(text("CHECKPOINT"))
