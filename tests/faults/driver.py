"""A lean Heard for the tests to kill: its real intake, store, rounds and courier, without a socket.

Events come over a pipe, and their numbers go back once they are durable. The processes are forked
from one that has imported everything, since a start of the whole bot takes a second.
"""

from __future__ import annotations

import logging
import signal
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Lock

from bot.core.refusals import StoreFailed
from bot.scheduler import Loop
from storage import open_store
from tests.local import Json, office

WORKERS = 3
EVERY = 0.005
TIMEOUT = 2
READY = -1
"""Comes back before all others."""
_forks = get_context("forkserver")
_forks.set_forkserver_preload([__name__, "tests.faults.warmth"])


@dataclass(frozen=True)
class Haste:
    """A clock that goes faster than ours, and alike in every process."""

    begun: datetime
    times: float

    def now(self) -> datetime:
        return self.begun + (datetime.now(UTC) - self.begun) * self.times


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a process needs to begin."""

    url: str
    api: str
    clock: Haste
    settings: dict[str, str]
    log: Path


def drive(line: Connection, plan: Plan) -> None:
    """Be a Heard that takes in what comes over the line, until None comes."""
    logging.basicConfig(filename=plan.log, force=True)
    logging.getLogger("slack_bolt").setLevel(logging.ERROR)  # as `bot.logs` has it
    store, now = open_store(plan.url), plan.clock.now
    heard = office(plan.api, now, store, TIMEOUT, **plan.settings)
    turn = Lock()

    def acknowledge(number: int, failed: StoreFailed | None = None) -> None:
        if not failed:
            with turn:
                line.send(number)

    def take_in(number: int, event: Json) -> None:
        with store.flight() as flight:
            response = heard.told(event)
        if response.status == 200:
            flight.then(partial(acknowledge, number))

    loops = [
        Loop("rounds", lambda: heard.makes_rounds(now()), EVERY),
        Loop("outbox", lambda: heard.courier.deliver(now()), EVERY),
    ]
    for loop in loops:
        loop.start()
    acknowledge(READY)
    with ThreadPoolExecutor(WORKERS) as pool:
        while event := line.recv():
            pool.submit(take_in, *event)
    for loop in loops:
        loop.stop()
    store.close()


class Life:
    """One process, from its beginning to its end."""

    def __init__(self, plan: Plan) -> None:
        self._line, theirs = _forks.Pipe()
        self._process = _forks.Process(target=drive, args=(theirs, plan), daemon=True)
        self._process.start()
        theirs.close()

    def is_ready(self, within: float) -> bool:
        return self.acknowledged(within) == READY

    def tell(self, number: int, event: Json) -> None:
        self._line.send((number, event))

    def acknowledged(self, within: float) -> int | None:
        """Return the next number that comes back."""
        with suppress(EOFError, ConnectionResetError):
            if self._line.poll(within):
                number: int = self._line.recv()
                return number
        return None

    def kill(self, after: float) -> list[int]:
        """End it some time from now; return what it acknowledged until then."""
        self._process.join(after)
        self._process.kill()
        return self._ends(-signal.SIGKILL)

    def end(self) -> list[int]:
        """Let it finish what it has begun."""
        self._line.send(None)
        return self._ends(0)

    def _ends(self, how: int) -> list[int]:
        self._process.join()
        assert self._process.exitcode == how
        rest = list(iter(lambda: self.acknowledged(0), None))
        self._line.close()
        self._process.close()
        return rest
