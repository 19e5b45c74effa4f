"""All workspaces in one database."""

from __future__ import annotations

from datetime import datetime
from threading import Lock

from sqlalchemy import Connection, delete, exists, or_, select, text, update

from bot.core.ports import Figures
from bot.core.refusals import StoreFailed
from storage.records import instant, microseconds
from storage.sql import kinds, questions, schema
from storage.sql.database import Database
from storage.sql.leases import Leases, Unshared
from storage.sql.migrations import LOCK
from storage.sql.register import Register
from storage.sql.store import SqlStore
from storage.sql.writing import INSERT

_APART = [
    table
    for table in schema.metadata.sorted_tables
    if "workspace" in table.c and table is not schema.workspaces
]
_LIVED = [kind.table for kind in kinds.BY_NAME.values() if kind is not kinds.FACT]
"""Where nothing is in these, nothing is lost with the facts."""


class SqlStores:
    """Implements `bot.core.ports.Stores`, whose docstrings say what the methods promise."""

    def __init__(self, database: Database, lease: float) -> None:
        self._database = database
        shared = database.dialect == "postgresql"
        self._leases = Leases(database, lease) if shared else Unshared(database)
        self._stores: dict[str, SqlStore] = {}
        self._opening = Lock()

    def of(self, workspace: str) -> SqlStore:
        found = self._stores.get(workspace)
        return found or self._opened(workspace)

    def _opened(self, workspace: str) -> SqlStore:
        new = INSERT[self._database.dialect](schema.workspaces).values(workspace=workspace)
        with self._opening:
            if workspace not in self._stores:
                self._database.change(lambda c: c.execute(new.on_conflict_do_nothing()))
                self._stores[workspace] = SqlStore(self._database, workspace)
            return self._stores[workspace]

    def adopt(self, workspace: str) -> None:
        with self._database.transaction() as connection:
            if self._database.dialect == "postgresql":
                connection.execute(text(f"SELECT pg_advisory_xact_lock({LOCK})"))
            unnamed = schema.workspaces.c.workspace == ""
            if connection.scalar(select(exists().where(unnamed))):
                self._give(connection, workspace)
                connection.execute(delete(schema.workspaces).where(unnamed))
        self._stores.pop("", None)
        self.of(workspace)

    def _give(self, connection: Connection, workspace: str) -> None:
        if not _lives(connection, ""):
            return
        if _lives(connection, workspace):
            raise StoreFailed(
                f"{self._database.name} holds something of workspace {workspace}, and something"
                " from before workspaces were told apart, which cannot be put together. Nothing was"
                " touched: name another store for this workspace in DATABASE_URL"
            )
        facts = schema.facts
        connection.execute(delete(facts).where(facts.c.workspace == workspace))
        for table in _APART:
            unnamed = update(table).where(table.c.workspace == "")
            connection.execute(unnamed.values(workspace=workspace))

    def workspaces(self) -> tuple[str, ...]:
        return tuple(self._database.ask(questions.WORKSPACES, {}))

    def take(self, now: datetime, limit: int) -> tuple[str, ...]:
        return self._leases.take(now, limit)

    def holds(self, workspace: str) -> bool:
        return self._leases.holds(workspace)

    def figures(self, now: datetime) -> Figures:
        [found] = self._database.rows(questions.FIGURES, {"now": microseconds(now)})
        outbox, since, promises, overdue = found
        return Figures(outbox, None if since is None else instant(since), promises, overdue)

    def register(self, client_id: str, secrets: tuple[str, ...]) -> Register:
        """Return where an app of Slack's is installed."""
        return Register(self._database, client_id, secrets)

    def close(self) -> None:
        self._leases.let_go()
        self._database.close()


def _lives(connection: Connection, workspace: str) -> bool:
    there = (exists().where(table.c.workspace == workspace) for table in _LIVED)
    return bool(connection.scalar(select(or_(*there))))
