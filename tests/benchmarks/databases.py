"""SQLite and PostgreSQL: what they cost when much is stored, and beside hand-written SQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import text

from storage.records import microseconds
from storage.sql import open_sql
from storage.sql.store import SqlStore
from tests.benchmarks import past
from tests.benchmarks.bots import settings
from tests.benchmarks.growth import Commits
from tests.benchmarks.ratios import Comparison, comparison
from tests.benchmarks.table import Row, Scale
from tests.benchmarks.ticks import DUE, LOOKS, Clockwork
from tests.postgres import installed, running

RAW = (
    "SELECT record FROM conversations WHERE workspace = {0} AND due_at <= {0}"
    " ORDER BY due_at, id LIMIT {0}"
)
AT_ONCE = 500
"""As many as a round looks for."""


def rows(scale: Scale) -> Iterator[Row]:
    with TemporaryDirectory() as folder:
        names = (f"sqlite:///{folder}/{size}.db" for size in scale.sizes)
        yield from _rows("SQLite", dict(zip(scale.sizes, names, strict=True)), scale)
    if programs := installed():
        with running(programs) as server:
            urls = {size: server.fresh_url() for size in scale.sizes}
            yield from _rows("PostgreSQL", urls, scale)


def _rows(kind: str, urls: dict[int, str], scale: Scale) -> Iterator[Row]:
    policy = settings("https://slack.com/api/").policy
    least = scale.sizes[0]
    with ExitStack() as stack:
        stores: dict[int, SqlStore] = {}
        for size, url in urls.items():
            stores[size] = stack.enter_context(closing(open_sql(url)))
            past.fill(stores[size], size, policy, all_open=True)
            _settle(stores[size])
        works = {size: Clockwork(store, policy) for size, store in stores.items()}
        for size, work in works.items():
            raw = stack.enter_context(closing(Raw(stores[size], work)))
            found = comparison(raw.looks, work.looks, scale.pairs)
            what = f"{kind}, look for the due, {DUE} of {size:,} open"
            yield from _both(f"{what}: {{}} to raw SQL", found, "1.5", LOOKS)
        for size in scale.sizes[1:]:
            found = comparison(works[least].looks, works[size].looks, scale.pairs)
            what = f"{kind}, look for the due, {DUE} of {size:,} open"
            yield from _both(f"{what}: {{}} to {least:,}", found, "flat", LOOKS)
        commits = {size: Commits(store) for size, store in stores.items()}
        for size in scale.sizes[1:]:
            few, many = commits[least].work(scale.slice), commits[size].work(scale.slice)
            found = comparison(few, many, scale.pairs)
            what = f"{kind}, a commit at {size:,} conversations: {{}} to {least:,}"
            yield from _both(what, found, "1.2", scale.slice)


def _both(what: str, found: Comparison, aim: str, operations: int) -> Iterator[Row]:
    yield Row(what.format("CPU"), found.cpu, aim, found.per_operation(operations))
    yield Row(what.format("time"), found.wall, aim)


def _settle(store: SqlStore) -> None:
    """Leave a database as it is after a while."""
    with store._database.changing.connect() as connection:
        if store._database.dialect == "postgresql":
            connection.execution_options(isolation_level="AUTOCOMMIT")
            connection.execute(text("VACUUM ANALYZE"))
            connection.execute(text("CHECKPOINT"))


class Raw:
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
