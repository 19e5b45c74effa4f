"""The whole bot as a process of its own, beside a local Slack."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.local import ROOT, Local, eventually, local_slack
from tests.postgres import Server, postgres

COUNTS = pytest.StashKey[list[str]]()


class Process:
    """`python -m bot run`, which a test may stop, kill and start again."""

    def __init__(self, environment: dict[str, str], folder: Path) -> None:
        kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        self._environment = {**kept, "PYTHONPATH": str(ROOT), **environment}
        self._folder = folder
        self._log = folder / "log"
        self._running: subprocess.Popen[bytes] | None = None

    def start(self, *arguments: str) -> Process:
        return self.start_module("bot", *(arguments or ("run",)))

    def start_module(self, *arguments: str) -> Process:
        with self._log.open("ab") as log:
            self._running = subprocess.Popen(
                [sys.executable, "-m", *arguments],
                cwd=self._folder,
                env=self._environment,
                stdout=log,
                stderr=log,
            )
        return self

    @property
    def log(self) -> str:
        return self._log.read_text(encoding="utf-8") if self._log.exists() else ""

    @property
    def number(self) -> int:
        assert self._running
        return self._running.pid

    def is_running(self) -> bool:
        return self._running is not None and self._running.poll() is None

    def ends(self, within: float = 15) -> int:
        """Wait for it to end by itself; return its exit code."""
        assert self._running
        return self._running.wait(within)

    def terminate(self) -> int:
        self.asks_to_stop()
        return self.ends()

    def asks_to_stop(self) -> None:
        assert self._running
        self._running.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it this instant, as a power cut does."""
        assert self._running
        with suppress(ProcessLookupError):
            self._running.kill()
        self._running.wait()


@pytest.fixture
def slack() -> Iterator[Local]:
    """The demo's Slack, in the present: the bot in its own process goes by the real clock."""
    with local_slack(datetime.now(UTC)) as local:
        yield local


@pytest.fixture
def bot(slack: Local, tmp_path: Path) -> Iterator[Callable[..., Process]]:
    """Make a bot that keeps its memory in a file, by settings such as HEARD_NUDGE_AFTER."""
    made: list[Process] = []

    def make(**settings: str) -> Process:
        environment = {
            **slack.demo.environment,
            "DATABASE_URL": f"tinydb:///{tmp_path / 'heard.json'}",
            "HEARD_HOURS": "always",
            **settings,
        }
        made.append(Process(environment, tmp_path))
        return made[-1]

    yield make
    for process in made:
        if process.is_running():
            process.kill()


@pytest.fixture
def connected(slack: Local) -> Callable[[], bool]:
    """Wait until the bot is connected."""
    return lambda: eventually(slack.connected, 15, "the connection")


@pytest.fixture(scope="session")
def database() -> Iterator[Server]:
    """A PostgreSQL of these tests' own."""
    with postgres() as server:
        yield server


@pytest.fixture(params=["tinydb", "sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Name a new store of each kind."""
    if request.param == "postgresql":
        server: Server = request.getfixturevalue("database")
        return server.fresh_url()
    return f"{request.param}:///{tmp_path / 'heard'}"


@pytest.fixture
def counted(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Have a line of figures printed at the end of all tests."""
    lines = request.config.stash.setdefault(COUNTS, [])
    return lines.append


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    for line in config.stash.get(COUNTS, []):
        terminalreporter.write_line(f"FAULTS {line}")
