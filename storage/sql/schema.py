"""The tables: each record as JSON, beside the columns by which it is looked for.

What is not looked for has NULL in its column, and no place in the index: so looking for what waits,
is owed or is due costs the same however much there once was. All that is stored carries its
workspace. An index begins with what tells most, as SQLite believes that of whatever comes first.
A change here calls for a migration, and so does a new `records.VERSION`.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Identity,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

VERSION = "0004"
"""The last of the migrations."""

KEY = Text().with_variant(Text(collation="C"), "postgresql")  # sorts as Python does
NUMBER = BigInteger().with_variant(Integer, "sqlite")

metadata = MetaData()


def _table(name: str, *columns: Column[str] | Column[int], key: tuple[str, ...] = ("id",)) -> Table:
    return Table(
        name,
        metadata,
        *(Column(one, KEY, primary_key=True) for one in (*key, "workspace")),
        *columns,
        Column("record", Text, nullable=False),
        sqlite_with_rowid=False,
    )


def _version() -> Column[int]:
    return Column("version", NUMBER, nullable=False)


def _grouped(table: Table, by: str, *order: str) -> None:
    _index(table, by, table.c[by], table.c.workspace, *(table.c[name] for name in order))


def _sorted(table: Table, by: str, order: ColumnElement[Any] | None = None) -> None:
    first = table.c[by] if order is None else order
    _index(table, by, table.c.workspace, first, table.c.id)


def _index(table: Table, by: str, *columns: ColumnElement[Any]) -> None:
    there = table.c[by].is_not(None) if table.c[by].nullable else None
    Index(f"{table.name}_by_{by}", *columns, postgresql_where=there, sqlite_where=there)


conversations = _table(
    "conversations",
    Column("channel", KEY, nullable=False),
    Column("thread", KEY, nullable=False),
    Column("queue", KEY),  # the channel in which it waits or is snoozed
    Column("claimer", KEY),  # of an open one
    Column("since", NUMBER),  # an open one's place among the longest waiting
    Column("last_at", NUMBER),
    Column("due_at", NUMBER),
    Column("idle", NUMBER),  # since when, see storage/ages.py, as `wordy`
    Column("wordy", NUMBER),
    _version(),
)
_grouped(conversations, "thread", "channel", "id")
_grouped(conversations, "queue", "since", "id")
_grouped(conversations, "claimer", "since", "id")
_sorted(conversations, "since")
_sorted(conversations, "last_at", conversations.c.last_at.desc())
_sorted(conversations, "due_at")
_sorted(conversations, "idle")
_sorted(conversations, "wordy")

entries = _table(
    "entries",
    Column("channel", KEY, nullable=False),  # by the conversation's id, while that is not stored
    Column("ts", KEY),  # of a message
    key=("conversation", "key"),
)
_grouped(entries, "ts")

promises = _table(
    "promises",
    Column("conversation", KEY),
    Column("channel", KEY, nullable=False),
    Column("ts", KEY),
    Column("debtor", KEY),  # of an open one
    Column("owed_in", KEY),  # an open one's channel
    Column("due", NUMBER),  # an open one's place among the most urgent
    Column("wake_at", NUMBER),
    Column("ended", NUMBER),  # since when, as `wordy`
    Column("wordy", NUMBER),
    _version(),
)
_grouped(promises, "conversation", "id")
_grouped(promises, "ts", "channel", "id")
_grouped(promises, "debtor", "due", "id")
_grouped(promises, "owed_in", "due", "id")
_sorted(promises, "due")
_sorted(promises, "wake_at")
_sorted(promises, "ended")
_sorted(promises, "wordy")

channels = _table("channels", _version())
people = _table("people")
templates = _table("templates", _version())
tallies = _table("tallies")

facts = _table(
    "facts",
    Column("kind", KEY),  # of one of many, and its text
    Column("text", KEY),
)
_grouped(facts, "kind", "text", "id")

cards = _table(
    "cards",
    Column("channel", KEY, nullable=False),
    Column("ts", KEY, nullable=False),
    Column("replaced", NUMBER),  # since when, at least
)
_grouped(cards, "ts", "channel", "id")
_sorted(cards, "replaced")

shown = Table(
    "shown",  # what the cards that have not been replaced are about
    metadata,
    *(Column(one, KEY, primary_key=True) for one in ("subject", "card", "workspace")),
    sqlite_with_rowid=False,
)
_grouped(shown, "card")

outbox = Table(
    "outbox",
    metadata,
    Column("place", NUMBER, Identity(), primary_key=True),  # says which came first
    Column("id", KEY, nullable=False),
    Column("workspace", KEY, nullable=False),
    Column("record", Text, nullable=False),
    UniqueConstraint("id", "workspace", name="outbox_once"),
)
Index("outbox_by_place", outbox.c.workspace, outbox.c.place)

unfinished = Table(
    "unfinished",  # holds the name of another store while this one is being filled from it
    metadata,
    Column("origin", Text, primary_key=True),
    sqlite_with_rowid=False,
)
