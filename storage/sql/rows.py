"""The tables of Slack's SDK, seen as records, to move them: whole rows, but for their numbers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, Table, select

from storage.pieces import Piece
from storage.records import Record
from storage.sql.schema import slack_bots, slack_installations

TABLES = {"bots": slack_bots, "installations": slack_installations}


def query(table: Table) -> Select[Any]:
    columns = [one for one in table.c if one.name not in {"id", "team_id"}]
    return select(table.c.team_id, *columns).order_by(
        table.c.team_id, table.c.client_id, table.c.installed_at
    )


def piece(row: Row[Any]) -> Piece:
    workspace, *_ = row
    record = {
        name: one.isoformat() if isinstance(one, datetime) else one
        for name, one in row._mapping.items()  # noqa: SLF001 - the name that SQLAlchemy gives it
        if name != "team_id"
    }
    return workspace, record


def row(workspace: str, record: Record) -> dict[str, Any]:
    times = ("installed_at", "bot_token_expires_at", "user_token_expires_at")
    read = {name: datetime.fromisoformat(record[name]) for name in times if record.get(name)}
    return {**record, **read, "team_id": workspace}
