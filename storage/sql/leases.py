"""Which workspaces a process looks after, where several share a PostgreSQL."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from time import monotonic
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Subquery,
    Text,
    any_,
    bindparam,
    cast,
    extract,
    func,
    literal,
    or_,
    select,
    update,
)

from bot.core.refusals import StoreFailed
from storage.records import microseconds
from storage.sql import questions
from storage.sql.database import Database
from storage.sql.questions import Question
from storage.sql.schema import workspaces

ENOUGH = 12.0
"""Seconds in which a message that was begun is done with: a call to Slack ends after 10."""
PACE = 1.0
"""Seconds for which nobody else sends after us: Slack takes one message a second for a channel."""

_SECOND = 1_000_000
_clock = cast(extract("epoch", func.clock_timestamp()) * _SECOND, BigInteger)
_me = bindparam("me", type_=Text)
_ours = workspaces.c.holder == _me
_free = workspaces.c.until <= _clock


def _seen(busy: Subquery) -> Question:
    which = workspaces.c.workspace == busy.c.workspace
    return select(busy.c.workspace, _ours, _free).join(workspaces, which)


_SEEN = (_seen(questions.SOME_BUSY), _seen(questions.ALL_BUSY))
_NAMED = (select(questions.SOME_BUSY), select(questions.ALL_BUSY))
_chosen = (
    select(workspaces.c.workspace)
    .where(workspaces.c.workspace == any_(bindparam("wanted", type_=ARRAY(Text))))
    .where(or_(_ours, _free))
    .order_by(workspaces.c.until)  # so that where there are too many, all have their turn
    .limit(bindparam("limit"))
    .with_for_update(skip_locked=True)
    .cte("chosen")
)
_TAKE = (
    update(workspaces)
    .where(workspaces.c.workspace == _chosen.c.workspace)
    .values(holder=_me, until=_clock + bindparam("lease", type_=BigInteger))
    .returning(workspaces.c.workspace)
)
_LET_GO = (
    update(workspaces)
    .where(_ours)
    .values(until=func.least(workspaces.c.until, _clock + literal(int(PACE * _SECOND))))
    .returning(workspaces.c.workspace)
)


class Unshared:
    """A process that shares with nobody looks after everything."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def take(self, now: datetime, limit: int) -> tuple[str, ...]:  # noqa: ARG002 - nobody else can
        values = {"now": microseconds(now)}
        return tuple(workspace for [workspace] in _busy(self._database, _NAMED, values))

    def holds(self, workspace: str) -> bool:  # noqa: ARG002 - as is everything
        return True

    def let_go(self) -> None: ...


class Leases:
    """Nothing is written while nothing is to be done, and for what is held, seldom.

    By our own clock we hold a workspace for a little less long than by the database's.
    """

    def __init__(self, database: Database, lease: float) -> None:
        self._database = database
        self._lease = lease
        self._enough = min(ENOUGH, lease * 0.4)
        self._me = secrets.token_hex(8)
        self._until: dict[str, float] = {}

    def take(self, now: datetime, limit: int) -> tuple[str, ...]:
        late = monotonic() + self._lease * 2 / 3
        ours, wanted = [], []
        values = {"now": microseconds(now), "me": self._me}
        for workspace, mine, free in _busy(self._database, _SEEN, values):
            if mine and self._until.get(workspace, 0) > late:
                ours.append(workspace)
            elif mine or free:
                wanted.append(workspace)
            else:
                self._until.pop(workspace, None)  # another process has it
        return (*ours, *self._take(wanted, limit - len(ours)))

    def holds(self, workspace: str) -> bool:
        return self._until.get(workspace, 0) - monotonic() >= self._enough

    def let_go(self) -> None:
        """Have others go on at once; where they cannot be told, they find out later."""
        held, self._until = self._until, {}
        if held:
            with suppress(StoreFailed):
                self._database.ask(_LET_GO, {"me": self._me})

    def _take(self, wanted: list[str], limit: int) -> list[str]:
        if not wanted or limit <= 0:
            return []
        lease: dict[str, Any] = {"me": self._me, "lease": int(self._lease * _SECOND)}
        until = monotonic() + self._lease
        taken = self._database.ask(_TAKE, {**lease, "wanted": wanted, "limit": limit})
        self._until.update(dict.fromkeys(taken, until))
        return taken


def _busy(
    database: Database, pair: tuple[Question, Question], values: dict[str, Any]
) -> Iterable[tuple[Any, ...]]:
    """Return the workspaces with something to do, each once."""
    some, every = pair
    found = database.rows(some, values)
    if len(found) >= questions.SOME:  # and who knows of whom the others are
        found = database.rows(every, values)
    return dict.fromkeys(found)
