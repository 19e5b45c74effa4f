"""Turns of work: one at a time for each workspace, so that a slow one holds up no other."""

from __future__ import annotations

import threading
from collections.abc import Callable
from queue import SimpleQueue
from time import monotonic

from bot.scheduler import GRACE, LONGEST, REST, complain


class Turns:
    """Does work for workspaces on a few threads, which begin when they are needed.

    What goes wrong in one turn is logged, and the next turn comes all the same.
    """

    def __init__(self, name: str, threads: int, every: float) -> None:
        """A workspace has a turn at most `every` so many seconds."""
        self.name = name
        self._most = threads
        self._every = every
        self._asked: SimpleQueue[tuple[str, Callable[[], object]] | None] = SimpleQueue()
        self._threads: list[threading.Thread] = []
        self._begun: dict[str, float] = {}
        self._again: dict[str, float] = {}
        self._lock = threading.Lock()
        self._stop = threading.Event()

    def give(self, workspace: str, work: Callable[[], object]) -> None:
        """Have a workspace take a turn, unless it is at it, or had one a moment ago."""
        now = monotonic()
        with self._lock:
            is_early = workspace in self._begun or now < self._again.get(workspace, 0)
            if is_early or self._stop.is_set():
                return
            self._begun[workspace] = now
            if len(self._threads) < min(len(self._begun), self._most):
                thread = threading.Thread(target=self._run, name=self.name, daemon=True)
                self._threads.append(thread)
                thread.start()
        self._asked.put((workspace, work))

    def wait(self, workspace: str, seconds: float) -> bool:
        """Pause inside a turn; True where it is to stop."""
        stopping = self._stop.wait(seconds)
        with self._lock:
            if workspace in self._begun:
                self._begun[workspace] = monotonic()
        return stopping

    def is_alive(self) -> bool:
        with self._lock:
            return monotonic() - min(self._begun.values(), default=monotonic()) < LONGEST

    def stop(self) -> None:
        """Let those who are at it finish, for a while, and nobody begin."""
        self._stop.set()
        with self._lock:
            threads = tuple(self._threads)
        for _ in threads:
            self._asked.put(None)
        until = monotonic() + GRACE
        for thread in threads:
            thread.join(max(0, until - monotonic()))

    def _run(self) -> None:
        while turn := self._asked.get():
            workspace, work = turn
            rest = self._every
            try:
                if not self._stop.is_set():
                    work()
            except Exception as error:  # noqa: BLE001 - whatever it is, the next turn comes
                complain(self.name, error)
                rest = max(rest, REST)
            with self._lock:
                self._again[workspace] = self._begun.pop(workspace) + rest
