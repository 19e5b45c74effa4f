"""Heard with a real Bolt app and a real store, and a Slack on this machine to ask."""

import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.local import Clock, Directory, Local, Office, directory, local_slack, office


@pytest.fixture
def clock() -> Clock:
    """A clock that stands still until it is moved."""
    return Clock()


@pytest.fixture(scope="session")
def server() -> Iterator[Directory]:
    """One server for all tests."""
    with directory() as running:
        yield running


@pytest.fixture
def web(server: Directory) -> Directory:
    """A Slack that answers single calls."""
    server.begin_anew()
    return server


@pytest.fixture
def heard(web: Directory, clock: Clock) -> Office:
    """Heard, listening to what the test hands it."""
    return office(f"{web.url}api/", clock.now)


@pytest.fixture
def slack() -> Iterator[Local]:
    """The demo's Slack on a Monday morning, without its story."""
    with local_slack() as local:
        yield local


@pytest.fixture
def quiet(caplog: pytest.LogCaptureFixture) -> Callable[[], list[str]]:
    """Return what was logged as an error so far."""
    caplog.set_level(logging.INFO)
    return lambda: [one.getMessage() for one in caplog.records if one.levelno >= logging.ERROR]


@pytest.fixture(scope="session")
def recorded() -> Path:
    """Where real payloads were collected; they are not part of the repository."""
    folder = Path(__file__).parents[3] / "shared" / "payloads"
    if not folder.is_dir():
        pytest.skip(f"the collected payloads are not here: {folder}")
    return folder
