"""Lets processes share the workspaces: who looks after which, and which have something to do."""

from __future__ import annotations

import json
from contextlib import suppress

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")

PLACES = sa.text("SELECT place, record FROM outbox")
PLACED = sa.text("UPDATE outbox SET at = :at WHERE place = :place")
WORKSPACES = """
INSERT INTO workspaces (workspace)
SELECT workspace FROM conversations
UNION SELECT workspace FROM promises UNION SELECT workspace FROM outbox
"""


def upgrade() -> None:
    op.create_table(
        "workspaces",
        sa.Column("workspace", KEY, primary_key=True),
        sa.Column("holder", KEY, nullable=False, server_default=""),
        sa.Column("until", NUMBER, nullable=False, server_default="0"),
        sqlite_with_rowid=False,
    )
    op.execute(WORKSPACES)
    op.add_column("outbox", sa.Column("at", NUMBER, nullable=False, server_default="0"))
    connection = op.get_bind()
    for place, record in connection.execute(PLACES).all():
        with suppress(ValueError, KeyError, TypeError):  # a damaged one is told by who reads it
            at = int(json.loads(record)["at"])
            connection.execute(PLACED, {"at": at, "place": place})
    op.create_index("outbox_by_at", "outbox", ["workspace", "at"])
    for table, time in (("conversations", "due_at"), ("promises", "wake_at"), ("outbox", "at")):
        there = sa.text(f"{time} IS NOT NULL") if time != "at" else None
        op.create_index(
            f"{table}_next_{time}",
            table,
            [time, "workspace"],
            postgresql_where=there,
            sqlite_where=there,
        )
