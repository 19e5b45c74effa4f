"""Finds what is over, the oldest first, so that it can be forgotten; keeps figures of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
AT_ONCE = 1000

Record = dict[str, Any]


def upgrade() -> None:
    for table, added in (
        ("conversations", ("idle", "wordy")),
        ("promises", ("ended", "wordy")),
        ("cards", ("replaced",)),
    ):
        for column in added:
            op.add_column(table, sa.Column(column, NUMBER))
    for column in ("kind", "text"):
        op.add_column("facts", sa.Column(column, KEY))
    op.create_table(
        "tallies",
        *(sa.Column(key, KEY, primary_key=True) for key in ("id", "workspace")),
        sa.Column("record", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )
    for table, ages in AGES.items():
        _fill(table, ages)
    for table, by, columns in (
        ("conversations", "idle", ["workspace", "idle", "id"]),
        ("conversations", "wordy", ["workspace", "wordy", "id"]),
        ("promises", "ended", ["workspace", "ended", "id"]),
        ("promises", "wordy", ["workspace", "wordy", "id"]),
        ("cards", "replaced", ["workspace", "replaced", "id"]),
        ("facts", "kind", ["kind", "workspace", "text", "id"]),
    ):
        there = sa.text(f"{by} IS NOT NULL")
        name = f"{table}_by_{by}"
        op.create_index(name, table, columns, postgresql_where=there, sqlite_where=there)


def _fill(name: str, ages: Callable[[Record], Record]) -> None:
    """Look at each record once, some at a time."""
    given = ages({"id": "", "turns": [{"at": 0}], "ts": "", "text": ""})
    columns = ("id", "workspace", "record", *given)
    table = sa.table(name, *(sa.column(one) for one in columns))
    its = (table.c.id == sa.bindparam("its_id"), table.c.workspace == sa.bindparam("its_workspace"))
    update = sa.update(table).where(*its).values({one: sa.bindparam(f"new_{one}") for one in given})
    key = sa.tuple_(table.c.id, table.c.workspace)
    query = sa.select(table.c.id, table.c.workspace, table.c.record).limit(AT_ONCE)
    query = query.order_by(table.c.id, table.c.workspace)
    rows = op.get_bind().execute(query).all()
    while rows:
        new = ((row, _read(ages, row.record)) for row in rows)
        found = [
            {
                "its_id": row.id,
                "its_workspace": row.workspace,
                **{f"new_{one}": value for one, value in values.items()},
            }
            for row, values in new
            if values
        ]
        if found:
            op.get_bind().execute(update, found)
        last = (rows[-1].id, rows[-1].workspace)
        rows = op.get_bind().execute(query.where(key > last)).all()


def _read(ages: Callable[[Record], Record], text: str) -> Record:
    """Return nothing of a damaged record: it is not forgotten before somebody has seen to it."""
    try:
        return ages(json.loads(text))
    except (KeyError, TypeError, ValueError, AttributeError):
        return {}


def _conversation(record: Record) -> Record:
    state, at = record.get("state", "dismissed"), record.get("last_at") or _at(record.get("thread"))
    busy = state in ("waiting", "snoozed") or record.get("promisers")
    return {
        "idle": None if busy or record.get("due_at") is not None else at,
        "wordy": at if state in ("resolved", "dismissed") else None,
    }


def _promise(record: Record) -> Record:
    standing = record.get("standing", "open")
    over = standing != "open" and (standing != "broken" or record.get("successor"))
    at = max(turn["at"] for turn in record["turns"]) if over else None
    return {"ended": at, "wordy": at if record.get("words") or record.get("since_words") else None}


def _card(record: Record) -> Record:
    return {"replaced": _at(record["ts"]) if record.get("replaced") else None}


def _fact(record: Record) -> Record:
    kind, slash, _ = record["id"].partition("/")
    return {"kind": kind if slash else None, "text": record["text"][:40] if slash else None}


def _at(ts: str | None) -> int | None:
    """Return the microsecond that Slack's id of a message names."""
    seconds, _, fraction = (ts or "").partition(".")
    if not (seconds.isdecimal() and (fraction or "0").isdecimal()):
        return None
    return int(seconds) * 1_000_000 + int(fraction.ljust(6, "0")[:6])


AGES: dict[str, Callable[[Record], Record]] = {
    "conversations": _conversation,
    "promises": _promise,
    "cards": _card,
    "facts": _fact,
}
