"""Takes away what is to be forgotten."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Delete, Table, bindparam, delete, select

from bot.core.ledger import Promise
from bot.core.model import Act, Conversation, Entry, Person, Said
from bot.core.outgoing import Card
from bot.core.refusals import Stale
from storage.sql import kinds, schema

Row = dict[str, Any]
Thing = Conversation | Entry | Promise | Card | Person

_TABLES: dict[type[Thing], Table] = {
    Conversation: schema.conversations,
    Promise: schema.promises,
    Said: schema.entries,
    Act: schema.entries,
    Card: schema.cards,
    Person: schema.people,
}


def _gone(table: Table) -> Delete:
    """Delete by workspace and key, and by the version where there is one."""
    named = [column.name for column in table.primary_key]
    named += ["version"] if "version" in table.c else []
    return delete(table).where(*(table.c[name] == bindparam(f"its_{name}") for name in named))


_DELETE = {table: _gone(table) for table in _TABLES.values()}
VERSIONED = (schema.conversations, schema.promises)
PLAIN = (schema.entries, schema.people, schema.cards)
_HIDE = delete(schema.shown).where(
    schema.shown.c.workspace == bindparam("its_workspace"),
    schema.shown.c.card == bindparam("its_id"),
)


def erase(
    connection: Connection, workspace: str, things: Iterable[Thing], tables: tuple[Table, ...]
) -> None:
    """Delete those of the things that are in some tables, all of a table at once.

    Raises:
        Stale: one of them has another version than the one read.
    """
    rows: dict[Table, dict[str, Row]] = {}
    for thing in things:
        row = {"its_workspace": workspace, **_which(thing)}
        rows.setdefault(_TABLES[type(thing)], {})[str(row)] = row
    for table in tables:
        some = [row for _, row in sorted(rows.get(table, {}).items())]
        if table is schema.cards and some:
            connection.execute(_HIDE, some)
        gone = connection.execute(_DELETE[table], some).rowcount if some else 0
        if gone != len(some) and "version" in table.c:
            raise Stale(", ".join(row["its_id"] for row in some))


def _which(thing: Thing) -> Row:
    if isinstance(thing, Said | Act):
        return {"its_conversation": thing.conversation, "its_key": thing.key}
    if isinstance(thing, Conversation | Promise):
        return {"its_id": thing.id, "its_version": thing.version}
    return {"its_id": thing.id}


def clear(connection: Connection, workspace: str, limit: int) -> bool:
    """Delete a workspace's last conversations with what is in them; once there are none, all else.

    Returns:
        Whether there is more.
    """
    own, entries, promises = schema.conversations, schema.entries, schema.promises
    latest = select(own.c.id).where(own.c.workspace == workspace, own.c.last_at.is_not(None))
    ids = connection.scalars(latest.order_by(own.c.last_at.desc(), own.c.id).limit(limit)).all()
    if not ids:
        for table in (schema.shown, *(kind.table for kind in kinds.BY_NAME.values())):
            connection.execute(delete(table).where(table.c.workspace == workspace))
        return False
    for column in (entries.c.conversation, promises.c.conversation, own.c.id):
        table = column.table
        connection.execute(delete(table).where(table.c.workspace == workspace, column.in_(ids)))
    return True
