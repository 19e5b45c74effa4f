"""What is in a database, for moving it."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from itertools import islice
from typing import Any

from sqlalchemy import (
    Connection,
    Row,
    Select,
    delete,
    func,
    insert,
    select,
    text,
    tuple_,
    union,
    update,
)

from storage.pieces import MOVED, Piece
from storage.records import Record, damaged, known_by
from storage.sql import kinds, opened, rows, schema
from storage.sql.kinds import Kind
from storage.sql.migrations import migrate, origin
from storage.sql.writing import show

AT_ONCE = 1000


class SqlContents:
    """Implements `storage.pieces.Contents`."""

    def __init__(self, url: str, *, frozen: bool = False) -> None:
        """Look at it as it is now, whatever others do to it meanwhile, if it is frozen."""
        self._database = opened(url, migrate)
        self._frozen: Connection | None = None
        if frozen:
            with self._database.telling():
                self._frozen = self._fresh()
                if self._database.dialect == "postgresql":
                    self._frozen.execution_options(isolation_level="REPEATABLE READ")

    @property
    def name(self) -> str:
        return self._database.name

    @property
    def origin(self) -> str:
        return origin(self._database)

    def size(self, kind: str) -> int:
        with self._reading() as connection:
            query = select(func.count()).select_from(_asked(kind)[0].order_by(None).subquery())
            return connection.scalar(query) or 0

    def all(self, kind: str) -> Generator[Piece]:
        query, piece = _asked(kind)
        with self._reading() as connection:
            how = {"yield_per": AT_ONCE}
            with connection.execute(query, execution_options=how) as found:
                yield from map(piece, found)

    def fill(self, origin: str, pieces: Callable[[str], Iterator[Piece]]) -> None:
        with self._database.transaction() as connection:
            for table in schema.metadata.sorted_tables:
                connection.execute(delete(table))
            connection.execute(insert(schema.unfinished), {"origin": origin})
        for kind in MOVED:
            rest = pieces(kind)
            while some := list(islice(rest, AT_ONCE)):
                with self._database.transaction() as connection:
                    _add(connection, kind, some)

    def seal(self) -> None:
        with self._database.transaction() as connection:
            connection.execute(delete(schema.unfinished))
            parts = (select(one.table.c.workspace) for one in kinds.BY_NAME.values())
            connection.execute(insert(schema.workspaces).from_select(["workspace"], union(*parts)))
            left = select(schema.facts.c.workspace).where(schema.facts.c.id == "left")
            gone = schema.workspaces.c.workspace.in_(left)
            connection.execute(update(schema.workspaces).where(gone).values(until=schema.NEVER))
            if self._database.dialect == "postgresql":  # else it would plan as if it was empty
                connection.execute(text("ANALYZE"))

    def revise(self, kind: str, workspace: str, after: Callable[[Record], Record | None]) -> None:
        found, table = kinds.BY_NAME[kind], kinds.BY_NAME[kind].table
        key = list(table.primary_key)
        query = select(*key, table.c.record).where(table.c.workspace == workspace)
        query = query.order_by(*key).limit(AT_ONCE).with_for_update()
        past = query
        while True:
            with self._database.transaction() as connection:
                rows = connection.execute(past).all()
                for row in rows:
                    _revise(connection, found, workspace, row, after)
            if not rows:
                return
            past = query.where(tuple_(*key) > tuple(rows[-1][:-1]))

    def scrub(self) -> None:
        self._database.scrub()

    def close(self) -> None:
        if self._frozen:
            self._frozen.close()
        self._database.close()

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self._database.telling(), self._connection() as connection:
            yield connection

    def _connection(self) -> AbstractContextManager[Connection]:
        return nullcontext(self._frozen) if self._frozen else self._fresh()

    def _fresh(self) -> Connection:
        return self._database.changing.connect()


def _asked(name: str) -> tuple[Select[Any], Callable[[Row[Any]], Piece]]:
    """Return how all of a kind is asked for, and how a row is read."""
    if name in rows.TABLES:
        return rows.query(rows.TABLES[name]), rows.piece
    kind, table = kinds.BY_NAME[name], kinds.BY_NAME[name].table
    own = (table.c[one] for one in kind.key)
    query = select(table.c.workspace, *own, table.c.record).order_by(*table.primary_key)
    return query, partial(_piece, name)


def _piece(name: str, row: Sequence[Any]) -> Piece:
    workspace, *own, text = row
    try:
        record = dict(json.loads(text))
        known_by(record)
    except (ValueError, TypeError, KeyError) as error:
        raise damaged(name, "|".join(own), error) from error
    return workspace, record


def _add(connection: Connection, name: str, pieces: list[Piece]) -> None:
    if name in rows.TABLES:
        connection.execute(insert(rows.TABLES[name]), [rows.row(*piece) for piece in pieces])
        return
    kind = kinds.BY_NAME[name]
    connection.execute(insert(kind.table), [kind.row(*piece) for piece in pieces])
    if kind is kinds.CARD:
        for workspace in {workspace for workspace, _ in pieces}:
            show(connection, workspace, [card for one, card in pieces if one == workspace])


def _revise(
    connection: Connection,
    kind: Kind[Any],
    workspace: str,
    row: Any,  # noqa: ANN401 - its key, and the record
    after: Callable[[Record], Record | None],
) -> None:
    """Put what is to be of one record in its place, with the next version if it has one."""
    table, record = kind.table, kind.record(row.record)
    left = after(record)
    if left == record:
        return
    key = {column.name: value for column, value in zip(table.primary_key, row, strict=False)}
    connection.execute(delete(table).where(*(table.c[name] == key[name] for name in key)))
    if kind is kinds.CARD:
        show(connection, workspace, [left or {**record, "replaced": True}])
    if left:
        if "version" in left:
            left = {**left, "version": left["version"] + 1}
        place = {"place": key["place"]} if "place" in key else {}
        connection.execute(insert(table), {**kind.row(workspace, left), **place})
