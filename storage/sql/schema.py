"""The tables: each record as JSON, beside the columns by which it is looked for.

What is not looked for has NULL in its column, and no place in the index: so looking for what waits,
is owed or is due costs the same however much there once was. All that is stored carries its
workspace. A change here calls for a migration, and so does a new `records.VERSION`.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Identity,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

VERSION = "0001"
"""The last of the migrations."""

KEY = Text().with_variant(Text(collation="C"), "postgresql")  # sorts as Python does
NUMBER = BigInteger().with_variant(Integer, "sqlite")

metadata = MetaData()


def _table(name: str, *columns: Column[str] | Column[int], key: tuple[str, ...] = ("id",)) -> Table:
    return Table(
        name,
        metadata,
        Column("workspace", KEY, primary_key=True),
        *(Column(one, KEY, primary_key=True) for one in key),
        *columns,
        Column("record", Text, nullable=False),
        sqlite_with_rowid=False,
    )


def _version() -> Column[int]:
    return Column("version", NUMBER, nullable=False)


def _index(table: Table, wanted: str, *others: str) -> None:
    """Index the rows of each workspace that have the wanted column, with the id last."""
    columns = [table.c[name] for name in (wanted, *others) if name != "id"]
    there = table.c[wanted].is_not(None)
    Index(
        f"{table.name}_by_{wanted}",
        table.c.workspace,
        *columns,
        *([table.c.id] if "id" in table.c else []),
        postgresql_where=there,
        sqlite_where=there,
    )


conversations = _table(
    "conversations",
    Column("channel", KEY, nullable=False),
    Column("thread", KEY, nullable=False),
    Column("queue", KEY),  # the channel in which it waits or is snoozed
    Column("claimer", KEY),  # of an open one
    Column("since", NUMBER),  # an open one's place among the longest waiting
    Column("last_at", NUMBER),
    Column("due_at", NUMBER),
    _version(),
)
Index("conversations_by_thread", *(conversations.c[n] for n in ("workspace", "channel", "thread")))
_index(conversations, "queue", "since")
_index(conversations, "claimer", "since")
_index(conversations, "since")
_index(conversations, "due_at")
Index(
    "conversations_by_last_at",
    conversations.c.workspace,
    conversations.c.last_at.desc(),
    conversations.c.id,
    postgresql_where=conversations.c.last_at.is_not(None),
    sqlite_where=conversations.c.last_at.is_not(None),
)

entries = _table(
    "entries",
    Column("channel", KEY, nullable=False),  # by the conversation's id, while that is not stored
    Column("ts", KEY),  # of a message
    key=("conversation", "key"),
)
_index(entries, "ts")

promises = _table(
    "promises",
    Column("conversation", KEY),
    Column("channel", KEY, nullable=False),
    Column("ts", KEY),
    Column("debtor", KEY),  # of an open one
    Column("owed_in", KEY),  # an open one's channel
    Column("due", NUMBER),  # an open one's place among the most urgent
    Column("wake_at", NUMBER),
    _version(),
)
_index(promises, "conversation")
_index(promises, "ts", "channel")
_index(promises, "debtor", "due")
_index(promises, "owed_in", "due")
_index(promises, "due")
_index(promises, "wake_at")

channels = _table("channels", _version())
people = _table("people")
templates = _table("templates", _version())
facts = _table("facts")

cards = _table("cards", Column("channel", KEY, nullable=False), Column("ts", KEY, nullable=False))
Index("cards_by_place", *(cards.c[name] for name in ("workspace", "channel", "ts", "id")))

shown = Table(
    "shown",  # what the cards that have not been replaced are about
    metadata,
    Column("workspace", KEY, primary_key=True),
    Column("subject", KEY, primary_key=True),
    Column("card", KEY, primary_key=True),
    sqlite_with_rowid=False,
)
Index("shown_by_card", *(shown.c[name] for name in ("workspace", "card")))

outbox = Table(
    "outbox",
    metadata,
    Column("place", NUMBER, Identity(), primary_key=True),  # says which came first
    Column("workspace", KEY, nullable=False),
    Column("id", KEY, nullable=False),
    Column("record", Text, nullable=False),
    UniqueConstraint("workspace", "id", name="outbox_once"),
)
Index("outbox_by_place", outbox.c.workspace, outbox.c.place)
