"""Begins: the tables as they first were. What has once been released never changes here."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")

TABLES: dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    # name: its key, its other columns (! where there is always something in it), its numbers
    "conversations": (
        ("id",),
        ("channel!", "thread!", "queue", "claimer"),
        ("since", "last_at", "due_at", "version!"),
    ),
    "entries": (("conversation", "key"), ("channel!", "ts"), ()),
    "promises": (
        ("id",),
        ("conversation", "channel!", "ts", "debtor", "owed_in"),
        ("due", "wake_at", "version!"),
    ),
    "channels": (("id",), (), ("version!",)),
    "people": (("id",), (), ()),
    "templates": (("id",), (), ("version!",)),
    "facts": (("id",), (), ()),
    "cards": (("id",), ("channel!", "ts!"), ()),
}
INDEXES: dict[str, tuple[tuple[str, ...], ...]] = {
    "conversations": (
        ("queue", "since", "id"),
        ("claimer", "since", "id"),
        ("since", "id"),
        ("due_at", "id"),
    ),
    "entries": (("ts",),),
    "promises": (
        ("conversation", "id"),
        ("ts", "channel", "id"),
        ("debtor", "due", "id"),
        ("owed_in", "due", "id"),
        ("due", "id"),
        ("wake_at", "id"),
    ),
}


def upgrade() -> None:
    for name, (keys, texts, numbers) in TABLES.items():
        op.create_table(
            name,
            *(sa.Column(key, KEY, primary_key=True) for key in ("workspace", *keys)),
            *(_column(one, KEY) for one in texts),
            *(_column(one, NUMBER) for one in numbers),
            sa.Column("record", sa.Text, nullable=False),
            sqlite_with_rowid=False,
        )
    op.create_table(
        "shown",
        *(sa.Column(key, KEY, primary_key=True) for key in ("workspace", "subject", "card")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "outbox",
        sa.Column("place", NUMBER, sa.Identity(), primary_key=True),
        sa.Column("workspace", KEY, nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("record", sa.Text, nullable=False),
        sa.UniqueConstraint("workspace", "id", name="outbox_once"),
    )
    for name, indexes in INDEXES.items():
        for columns in indexes:
            _index(name, columns[0], *columns)
    _index("conversations", "last_at", sa.text("last_at DESC"), "id")
    op.create_index("conversations_by_thread", "conversations", ["workspace", "channel", "thread"])
    op.create_index("cards_by_place", "cards", ["workspace", "channel", "ts", "id"])
    op.create_index("shown_by_card", "shown", ["workspace", "card"])
    op.create_index("outbox_by_place", "outbox", ["workspace", "place"])


def _column(name: str, kind: sa.Text | sa.BigInteger) -> sa.Column[object]:
    return sa.Column(name.removesuffix("!"), kind, nullable=not name.endswith("!"))


def _index(table: str, wanted: str, *columns: str | sa.TextClause) -> None:
    there = sa.text(f"{wanted} IS NOT NULL")
    op.create_index(
        f"{table}_by_{wanted}",
        table,
        ["workspace", *columns],
        postgresql_where=there,
        sqlite_where=there,
    )
