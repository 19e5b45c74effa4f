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
    # by a table's name: columns, of which the first or, behind the workspace, the second is wanted
    "conversations": (
        ("queue", "workspace", "since", "id"),
        ("claimer", "workspace", "since", "id"),
        ("workspace", "since", "id"),
        ("workspace", "last_at DESC", "id"),
        ("workspace", "due_at", "id"),
    ),
    "entries": (("ts", "workspace"),),
    "promises": (
        ("conversation", "workspace", "id"),
        ("ts", "workspace", "channel", "id"),
        ("debtor", "workspace", "due", "id"),
        ("owed_in", "workspace", "due", "id"),
        ("workspace", "due", "id"),
        ("workspace", "wake_at", "id"),
    ),
}


def upgrade() -> None:
    for name, (keys, texts, numbers) in TABLES.items():
        op.create_table(
            name,
            *(sa.Column(key, KEY, primary_key=True) for key in (*keys, "workspace")),
            *(_column(one, KEY) for one in texts),
            *(_column(one, NUMBER) for one in numbers),
            sa.Column("record", sa.Text, nullable=False),
            sqlite_with_rowid=False,
        )
    op.create_table(
        "shown",
        *(sa.Column(key, KEY, primary_key=True) for key in ("subject", "card", "workspace")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "outbox",
        sa.Column("place", NUMBER, sa.Identity(), primary_key=True),
        sa.Column("id", KEY, nullable=False),
        sa.Column("workspace", KEY, nullable=False),
        sa.Column("record", sa.Text, nullable=False),
        sa.UniqueConstraint("id", "workspace", name="outbox_once"),
    )
    op.create_table(
        "unfinished",
        sa.Column("origin", sa.Text, primary_key=True),
        sqlite_with_rowid=False,
    )
    for name, indexes in INDEXES.items():
        for wanted in indexes:
            _index(name, wanted)
    for name, table, columns in (
        ("conversations_by_thread", "conversations", ["thread", "workspace", "channel", "id"]),
        ("cards_by_ts", "cards", ["ts", "workspace", "channel", "id"]),
        ("shown_by_card", "shown", ["card", "workspace"]),
        ("outbox_by_place", "outbox", ["workspace", "place"]),
    ):
        op.create_index(name, table, columns)


def _column(name: str, kind: sa.Text | sa.BigInteger) -> sa.Column[object]:
    return sa.Column(name.removesuffix("!"), kind, nullable=not name.endswith("!"))


def _index(table: str, columns: tuple[str, ...]) -> None:
    by = columns[columns[0] == "workspace"].removesuffix(" DESC")
    there = sa.text(f"{by} IS NOT NULL")
    op.create_index(
        f"{table}_by_{by}",
        table,
        [sa.text(column) if " " in column else column for column in columns],
        postgresql_where=there,
        sqlite_where=there,
    )
