"""Puts a change into statements: one for all things of a kind that are new, one for the known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Delete,
    Table,
    Update,
    and_,
    bindparam,
    delete,
    insert,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import Insert

from bot.core.model import Change
from bot.core.refusals import Stale
from storage.sql import erasing, kinds, schema
from storage.sql.kinds import Kind, Row

Upsert = postgresql.Insert | sqlite.Insert

INSERT: dict[str, Callable[[Table], Upsert]] = {
    "postgresql": postgresql.insert,
    "sqlite": sqlite.insert,
}
VERSIONED = (kinds.CONVERSATION, kinds.PROMISE, kinds.CHANNEL, kinds.TEMPLATE)
PLAIN = (kinds.ENTRY, kinds.PERSON, kinds.CARD, kinds.OUTGOING, kinds.FACT, kinds.TALLY)


@cache
def writing(dialect: str) -> Writing:
    """Return the statements of a dialect, which all workspaces share."""
    return Writing(dialect)


class Writing:
    def __init__(self, dialect: str) -> None:
        new = INSERT[dialect]
        self._begin = {
            kind: new(kind.table).on_conflict_do_nothing().execution_options(preserve_rowcount=True)
            for kind in VERSIONED
        }
        self._go_on = {kind: _next(kind.table) for kind in VERSIONED}
        self._put = {kind: _put(new(kind.table).inline(), kind) for kind in PLAIN}

    def write(self, connection: Connection, workspace: str, change: Change) -> None:
        """Store a change within a transaction.

        Raises:
            Stale: something in it has another version than the one read.
        """
        # All who change something do it in this order, so that nobody waits in a circle.
        erasing.erase(connection, workspace, change.erased, erasing.VERSIONED)
        self._next(connection, workspace, kinds.CONVERSATION, change.conversations)
        self._next(connection, workspace, kinds.PROMISE, change.promises)
        self._next(connection, workspace, kinds.CHANNEL, change.channels)
        self._next(connection, workspace, kinds.TEMPLATE, change.templates)
        self._replace(connection, workspace, kinds.ENTRY, change.entries)
        self._replace(connection, workspace, kinds.PERSON, change.people)
        self._replace(connection, workspace, kinds.OUTGOING, change.outbox)
        _forget(connection, workspace, schema.outbox, change.sent)
        records = self._replace(connection, workspace, kinds.CARD, change.cards)
        show(connection, workspace, records)
        facts = dict(change.facts)
        kept = [fact for fact in facts.items() if fact[1]]
        self._replace(connection, workspace, kinds.FACT, kept)
        emptied = [name for name, text in facts.items() if not text]
        _forget(connection, workspace, schema.facts, emptied)
        self._replace(connection, workspace, kinds.TALLY, change.tallies)
        erasing.erase(connection, workspace, change.erased, erasing.PLAIN)

    def _next(
        self, connection: Connection, workspace: str, kind: Kind[Any], things: Iterable[Any]
    ) -> None:
        """Store the next versions of things, in an order in which nobody waits for each other."""
        new, known, named = [], [], []
        for one, thing in sorted({thing.id: thing for thing in things}.items()):
            record = kind.write(thing)
            record["version"] = thing.version + 1
            row = kind.row(workspace, record)
            if thing.version:
                which = {"its_workspace": row.pop("workspace"), "its_id": row.pop("id")}
                known.append({**row, **which, "version_read": thing.version})
            else:
                new.append(row)
            named.append(one)
        for statement, rows in ((self._begin, new), (self._go_on, known)):
            if rows and _run(connection, statement[kind], rows) != len(rows):
                raise Stale(", ".join(named))

    def _replace(
        self, connection: Connection, workspace: str, kind: Kind[Any], things: Iterable[Any]
    ) -> list[dict[str, Any]]:
        """Put things in the place of those of the same ids; return their records."""
        records = [kind.write(thing) for thing in things]
        rows = [kind.row(workspace, record) for record in records]
        if rows:
            last = {tuple(row[name] for name in kind.key): row for row in rows}
            if kind is not kinds.OUTGOING:  # which has an order of its own
                last = dict(sorted(last.items()))
            _run(connection, self._put[kind], list(last.values()))
        return records


def _forget(connection: Connection, workspace: str, table: Table, ids: Iterable[str]) -> None:
    rows = [{"its_workspace": workspace, "its_id": one} for one in ids]
    if rows:
        _run(connection, _REMOVE[table], rows)


def show(connection: Connection, workspace: str, cards: Iterable[Mapping[str, Any]]) -> None:
    """Note what these cards are about, and forget what they were."""
    last = {card["id"]: kinds.shows(dict(card)) for card in cards}
    if not last:
        return
    _run(connection, _HIDE, [{"its_workspace": workspace, "its_card": card} for card in last])
    rows = [
        {"workspace": workspace, "subject": subject, "card": card}
        for card, subjects in last.items()
        for subject in sorted(subjects)
    ]
    if rows:
        _run(connection, _SHOW, rows)


def _run(connection: Connection, statement: Insert | Update | Delete, rows: list[Row]) -> int:
    """Send all rows at once; return how many there were to change."""
    return connection.execute(statement, rows if len(rows) > 1 else rows[0]).rowcount


def _its(table: Table) -> ColumnElement[bool]:
    return and_(table.c.workspace == bindparam("its_workspace"), table.c.id == bindparam("its_id"))


def _next(table: Table) -> Update:
    """Update what still has the version that was read; the columns are those of the rows."""
    return update(table).where(_its(table), table.c.version == bindparam("version_read"))


def _put(new: Upsert, kind: Kind[Any]) -> Insert:
    own = {"place", "workspace", *kind.key}
    values = {column.name: column for column in new.excluded if column.name not in own}
    return new.on_conflict_do_update(index_elements=["workspace", *kind.key], set_=values)


_REMOVE = {table: delete(table).where(_its(table)) for table in (schema.outbox, schema.facts)}
_SHOW = insert(schema.shown)
_HIDE = delete(schema.shown).where(
    schema.shown.c.workspace == bindparam("its_workspace"),
    schema.shown.c.card == bindparam("its_card"),
)
