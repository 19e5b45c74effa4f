"""Remembers in a SQL database: SQLite or PostgreSQL, by one implementation."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from bot.core.refusals import StoreFailed
from storage.sql import postgres, sqlite
from storage.sql.database import Database
from storage.sql.migrations import migrate, origin
from storage.sql.store import SqlStore
from storage.sql.stores import SqlStores


def open_stores(url: str, lease: float) -> SqlStores:
    """Open the stores in a database, and make its tables or bring them up to date.

    Raises:
        StoreFailed: it cannot be used.
    """
    return SqlStores(opened(url, migrate, _is_whole), lease)


def open_sql(url: str) -> SqlStore:
    """Open the part that is no workspace's."""
    return open_stores(url, 0).of("")


def opened(url: str, *checks: Callable[[Database], None]) -> Database:
    """Return a database that has passed some checks."""
    database = connect(url)
    try:
        for check in checks:
            check(database)
    except BaseException:
        database.close()
        raise
    return database


def connect(url: str) -> Database:
    """Return a database as it is."""
    scheme, _, path = url.partition(":///")
    return sqlite.connect(Path(path)) if scheme == "sqlite" else postgres.connect(url)


def _is_whole(database: Database) -> None:
    if unfinished := origin(database):
        raise StoreFailed(
            f"{database.name} holds only a part of what was to be moved into it: run"
            f" 'python -m bot move-store' from {unfinished} again"
        )
