"""Remembers in a SQL database: SQLite or PostgreSQL, by one implementation."""

from __future__ import annotations

from pathlib import Path

from storage.sql import postgres, sqlite
from storage.sql.database import Database
from storage.sql.migrations import migrate
from storage.sql.store import SqlStore


def open_sql(url: str) -> SqlStore:
    """Open the store in a database, and make its tables or bring them up to date.

    Raises:
        StoreFailed: it cannot be used.
    """
    return SqlStore(opened(url))


def opened(url: str) -> Database:
    database = connect(url)
    try:
        migrate(database)
    except BaseException:
        database.close()
        raise
    return database


def connect(url: str) -> Database:
    """Return a database as it is."""
    scheme, _, path = url.partition(":///")
    return sqlite.connect(Path(path)) if scheme == "sqlite" else postgres.connect(url)
