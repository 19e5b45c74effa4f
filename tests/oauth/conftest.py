"""Heard's pages for those who install it, in front of either database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from bot.config import Mode, Settings
from bot.oauth import OAuth, oauth
from bot.server import listening
from bot.web import Front
from handlers.installed import Installed
from storage.sql import opened
from storage.sql.database import Database
from storage.sql.migrations import migrate
from storage.sql.store import SqlStore
from storage.sql.stores import SqlStores
from tests.local import Clock
from tests.oauth.slack import CLIENT, Browser, Market, market
from tests.postgres import Server, postgres
from tests.web import SECRET

KEYS = tuple(Fernet.generate_key().decode() for _ in range(2))


def environment(url: str, slack: Market, *keys: str) -> dict[str, str]:
    """Return the least that has to be set."""
    return {
        "SLACK_CLIENT_ID": CLIENT[0],
        "SLACK_CLIENT_SECRET": CLIENT[1],
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_API_URL": slack.api,
        "HEARD_SECRET_KEY": ",".join(keys or KEYS[:1]),
        "DATABASE_URL": url,
    }


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL for all the tests here."""
    with postgres() as one:
        yield one


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path: Path) -> str:
    """An empty database."""
    if request.param == "postgresql":
        fresh: str = request.getfixturevalue("server").fresh_url()
        return fresh
    return f"sqlite:///{tmp_path / 'heard.db'}"


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    """The database, as Heard has it open."""
    one = opened(url, migrate)
    yield one
    one.close()


@pytest.fixture
def slack() -> Iterator[Market]:
    """A Slack in which Heard can be installed."""
    with market() as one:
        yield one


@pytest.fixture
def clock() -> Clock:
    """A clock that stands still until it is moved."""
    return Clock()


@dataclass
class Process:
    """One of Heard's processes."""

    oauth: OAuth
    port: int

    @property
    def installed(self) -> Installed:
        return self.oauth.installed

    @property
    def browser(self) -> Browser:
        """Return somebody's browser, in which nothing was opened before."""
        return Browser(self.port)


@pytest.fixture
def start(database, slack, clock, url) -> Iterator[Callable[..., Process]]:
    """Start a process, with the keys that are named or else the first."""
    with ExitStack() as stack:

        def begin(*keys: str) -> Process:
            settings = Settings.from_env(environment(url, slack, *keys), Mode.HTTP)
            one = oauth(settings, SqlStores(database, 30), clock)
            port = stack.enter_context(
                listening(Front(one.pages), "127.0.0.1", 0, "HEARD_HTTP_PORT")
            )
            return Process(one, port)

        yield begin


@pytest.fixture
def heard(start) -> Process:
    """Heard as it is first started."""
    return start()


@pytest.fixture
def store(database) -> Callable[[str], SqlStore]:
    """Return what is remembered of a workspace."""
    return lambda workspace: SqlStore(database, workspace)
