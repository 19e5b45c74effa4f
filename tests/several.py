"""The bot as it serves several workspaces: one process, one database, and tokens to tell by."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import count
from threading import Event
from typing import Any

from slack_bolt import BoltRequest, BoltResponse

from bot.app import Heard
from bot.config import Mode, Settings
from bot.core.ports import Clock
from bot.core.refusals import StoreFailed
from bot.workspace import Workspace
from handlers.installations import Installation
from storage import LEASE
from storage.sql import opened
from storage.sql.database import Database
from storage.sql.migrations import migrate
from storage.sql.stores import SqlStores
from tests.local import (
    BOT,
    BOT_ID,
    COLLEAGUES,
    CUSTOMERS,
    HOME,
    TRIAGE,
    URL,
    Directory,
    Json,
    answering,
    command,
)
from tests.web import SECRET

AWAY = "T0BEACON001"
"""The other workspace."""
LONGEST = 20
"""Seconds until a Slack that a test holds up goes on all the same."""
SETTINGS = {"SLACK_SIGNING_SECRET": SECRET, "HEARD_TRIAGE": TRIAGE, "HEARD_HOURS": "always"}
EPOCH = datetime(2020, 1, 1, tzinfo=UTC)


class Slack(Directory):
    """A Slack of several workspaces: whose it is that calls, only the token tells."""

    def __init__(self) -> None:
        self.told: dict[str, list[tuple[str, Json]]] = defaultdict(list)
        """What was asked for under which token."""
        self.free: dict[str, Event] = {}
        """Under these tokens nothing can be posted before it is set."""
        self.fails: set[str] = set()
        """Under these tokens nothing can be posted."""
        self.revoked: set[str] = set()
        super().__init__()

    def answer(self, method: str, arguments: Json, token: str) -> tuple[int, Json]:
        self.told[token].append((method, arguments))
        if token in self.revoked:
            return 200, {"ok": False, "error": "account_inactive"}
        if method == "chat.postMessage":
            if token in self.free:
                self.free[token].wait(LONGEST)
            if token in self.fails:
                return 429, {"ok": False, "error": "ratelimited"}
            number = len(self.under(token, method))
            return 200, {"ok": True, "channel": arguments["channel"], "ts": f"{number}.000100"}
        if method == "conversations.open":
            return 200, {"ok": True, "channel": {"id": "D" + str(arguments["users"])[1:]}}
        status, found = super().answer(method, arguments, token)
        return status, json.loads(json.dumps(found).replace(HOME, _workspace(token)))

    def under(self, token: str, method: str) -> list[Json]:
        return [arguments for one, arguments in self.told[token] if one == method]


def installation(workspace: str, token: str = "") -> Installation:
    return Installation(
        workspace=workspace,
        bot_user=BOT,
        bot_id=BOT_ID,
        token=token or f"xoxb-{workspace}-1",
        url=URL,
    )


def _workspace(token: str) -> str:
    return token.split("-")[1]


class Installed:
    """Implements `handlers.installations.Installations`."""

    def __init__(self, *workspaces: str) -> None:
        self.where = {one: installation(one) for one in workspaces}
        self.broken: set[str] = set()

    def find(self, workspace: str) -> Installation | None:
        if workspace in self.broken:
            raise StoreFailed("its token cannot be read")
        return self.where.get(workspace)

    def all(self) -> tuple[str, ...]:
        return tuple(self.where)

    def locked(self) -> frozenset[str]:
        return frozenset()

    def left(self, workspace: str, now: datetime) -> None:
        del self.where[workspace]


class Shared(SqlStores):
    """The workspaces in one database, some of which another process may look after."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, LEASE)
        self.elsewhere: set[str] = set()

    def take(self, now: datetime, limit: int) -> tuple[str, ...]:
        return tuple(one for one in super().take(now, limit) if one not in self.elsewhere)

    def holds(self, workspace: str) -> bool:
        return workspace not in self.elsewhere


@dataclass
class Team:
    """One of the workspaces, told of what happens there as if there were no other."""

    heard: Heard
    slack: Slack
    id: str
    _numbers: Iterator[int] = field(default_factory=count)

    @property
    def token(self) -> str:
        return f"xoxb-{self.id}-1"

    @property
    def workspace(self) -> Workspace:
        found = self.heard.workspaces.find(self.id)
        assert found
        return found

    def told(self, body: Json) -> BoltResponse:
        own = json.loads(json.dumps(body).replace(HOME, self.id))
        return self.heard.app.dispatch(BoltRequest(mode="socket_mode", body=own))

    def hears(self, *bodies: Json) -> None:
        for body in bodies:
            assert self.told(body).status == 200

    def asks(self, who: str, words: str, **fields: Any) -> str:
        fields = {"trigger_id": f"{next(self._numbers)}.2.abc", **fields}
        return str(self.told(command(who, words, **fields)).body)

    def goes_on(self) -> None:
        """Do what is due, and send what may go."""
        self.workspace.make_rounds()
        self.workspace.deliver()

    def called(self, method: str) -> list[Json]:
        return self.slack.under(self.token, method)

    def calls(self) -> int:
        return len(self.slack.told[self.token])

    def everything(self) -> list[Any]:
        """Return all that is remembered of it."""
        store = self.workspace.store
        conversations = store.touched(EPOCH, 9999)
        return [
            conversations,
            [sorted(store.log(one.id), key=repr) for one in conversations],
            [store.promises_in(one.id) for one in conversations],
            [store.cards(one.id) for one in conversations],
            store.owed(),
            store.outbox(),
            store.channels(),
            [store.person(one) for one in (*COLLEAGUES, *CUSTOMERS)],
            store.templates(),
            store.fact("rules"),
        ]


@contextmanager
def slack() -> Iterator[Slack]:
    with answering(Slack()) as server:
        yield server


@contextmanager
def serving(
    url: str, api: str, clock: Clock, installed: Installed, **settings: str
) -> Iterator[tuple[Heard, Shared]]:
    """Have the bot serve all workspaces in which it is installed, without its loops."""
    database = opened(url, migrate)
    stores = Shared(database)
    read = Settings.from_env({**SETTINGS, **settings, "SLACK_API_URL": api})
    heard = Heard(replace(read, bot_token=""), installed, stores, clock, Mode.HTTP)
    try:
        yield heard, stores
    finally:
        heard.stop()
        stores.close()
