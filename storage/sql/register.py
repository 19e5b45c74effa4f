"""Where Heard is installed: the tables that Slack's SDK writes, and what else is asked of them.

The secrets in them are sealed before they come here, and are opened elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Table,
    Text,
    and_,
    cast,
    delete,
    func,
    insert,
    select,
    update,
)

from bot.core.model import Change
from storage.records import microseconds
from storage.sql import kinds
from storage.sql.database import Database
from storage.sql.schema import (
    NEVER,
    facts,
    slack_bots,
    slack_installations,
    slack_states,
    workspaces,
)
from storage.sql.writing import writing

TABLES = (slack_bots, slack_installations)
Facts = tuple[tuple[str, str], ...]


class Engine(NamedTuple):
    """As much of one as Slack's SDK needs to write, within a transaction that has begun."""

    begin: Callable[[], Any]


class Register:
    def __init__(self, database: Database, client_id: str, secrets: tuple[str, ...]) -> None:
        """See what one app of Slack's has; the secrets are the names of columns."""
        self._database = database
        self._writing = writing(database.dialect)
        self._secrets = secrets
        self._client = client_id
        bots = slack_bots.c
        self._bots = (
            select(
                bots.team_id.label("workspace"),
                func.coalesce(bots.enterprise_id, "").label("enterprise"),
                bots.bot_user_id.label("bot_user"),
                func.coalesce(bots.bot_id, "").label("bot_id"),
                bots.bot_token.label("token"),
                facts.c.record.label("url"),
            )
            .join(facts, and_(facts.c.workspace == bots.team_id, facts.c.id == "url"), isouter=True)
            .where(self._ours(slack_bots))
            .order_by(bots.installed_at, bots.id)
        )
        self._stamp = select(
            cast(func.coalesce(func.max(bots.id), 0), Text) + "/" + cast(func.count(), Text)
        ).where(self._ours(slack_bots))

    def stamp(self) -> str:
        """Return a text that is another one after an installation by any process, or a removal."""
        return self._database.ask(self._stamp, {})[0]

    def bots(self) -> dict[str, dict[str, str]]:
        """Return how each workspace has it installed, and its address if that is known."""
        with self._database.telling(), self._database.asking.connect() as connection:
            rows = [dict(row) for row in connection.execute(self._bots).mappings()]
        for row in rows:
            row["url"] = kinds.FACT.read(row["url"])[1] if row["url"] else ""
        return {row["workspace"]: row for row in rows}

    @contextmanager
    def entering(self, workspace: str, facts: Facts) -> Iterator[Engine]:
        """Have the SDK enter a workspace's installation, in the place of those before."""
        with self._database.transaction() as connection:
            before = {table: _last(connection, table) for table in TABLES}

            @contextmanager
            def begin() -> Iterator[Connection]:
                yield connection

            yield Engine(begin)
            for table, last in before.items():
                connection.execute(
                    delete(table).where(self._of(table, workspace), table.c.id <= last)
                )
            self._writing.write(connection, workspace, Change(facts=facts))
            _hand_over(connection, workspace, NEVER, until=0)

    def strike(self, workspace: str, facts: Facts) -> None:
        """Delete a workspace's installation, and note some facts there if there was one.

        Whatever falls due there, nobody looks after it until it is entered again.
        """
        with self._database.transaction() as connection:
            gone = [
                connection.execute(delete(table).where(self._of(table, workspace))).rowcount
                for table in TABLES
            ]
            if any(gone):
                self._writing.write(connection, workspace, Change(facts=facts))
                _hand_over(connection, workspace, 0, until=NEVER)

    def renew(self, renewed: Callable[[str, str], str]) -> int:
        """Put another text in the place of each secret; return in how many rows it is another."""
        with self._database.transaction() as connection:
            return sum(self._renew(connection, table, renewed) for table in TABLES)

    def _renew(
        self, connection: Connection, table: Table, renewed: Callable[[str, str], str]
    ) -> int:
        secrets = [table.c[name] for name in self._secrets if name in table.c]
        query = select(table.c.id, table.c.team_id, *secrets)
        number = 0
        for one, workspace, *texts in connection.execute(query.where(self._ours(table))).all():
            fresh = [text and renewed(workspace, text) for text in texts]
            if fresh != texts:
                values = dict(zip(secrets, fresh, strict=True))
                connection.execute(update(table).where(table.c.id == one).values(values))
                number += 1
        return number

    def issue(self, state: str, until: datetime, now: datetime) -> None:
        """Note that an installation was begun; forget those that were given up."""
        with self._database.transaction() as connection:
            connection.execute(
                delete(slack_states).where(slack_states.c.until <= microseconds(now))
            )
            row = {"state": state, "until": microseconds(until)}
            connection.execute(insert(slack_states), row)

    def consume(self, state: str, now: datetime) -> bool:
        """Tell whether an installation was begun like that, not long ago; true but once."""
        begun = and_(slack_states.c.state == state, slack_states.c.until > microseconds(now))
        with self._database.transaction() as connection:
            return connection.execute(delete(slack_states).where(begun)).rowcount == 1

    def _ours(self, table: Table) -> ColumnElement[bool]:
        return table.c.client_id == self._client

    def _of(self, table: Table, workspace: str) -> ColumnElement[bool]:
        return and_(self._ours(table), table.c.team_id == workspace)


def _hand_over(connection: Connection, workspace: str, since: int, *, until: int) -> None:
    """Have nobody look after a workspace until then, if it was taken for as long at least."""
    which = and_(workspaces.c.workspace == workspace, workspaces.c.until >= since)
    connection.execute(update(workspaces).where(which).values(holder="", until=until))


def _last(connection: Connection, table: Table) -> int:
    return connection.scalar(select(func.coalesce(func.max(table.c.id), 0))) or 0
