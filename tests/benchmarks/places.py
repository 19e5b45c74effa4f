"""The places in which Heard remembers, each of them empty and ready to be measured."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.core.ports import Store
from storage import open_store
from storage.tiny import TinyStore
from tests.benchmarks.ratios import nowhere
from tests.postgres import Server, installed, running

MEMORY = ""
"""The URL of a store that is nowhere but in memory."""


@dataclass(frozen=True, slots=True)
class Place:
    name: str
    fresh: Callable[[], str]
    """Return the URL of a store in which nothing is."""
    elsewhere: Callable[[], float] = nowhere
    """The processor's time that it has taken outside of our process."""


@contextmanager
def places() -> Iterator[list[Place]]:
    with ExitStack() as stack:
        folder, numbers = stack.enter_context(TemporaryDirectory()), count()
        found = [
            Place("memory", lambda: MEMORY),
            Place("TinyDB", lambda: f"tinydb:///{folder}/{next(numbers)}.json"),
            Place("SQLite", lambda: f"sqlite:///{folder}/{next(numbers)}.db"),
        ]
        if programs := installed():
            server = stack.enter_context(running(programs))
            found.append(Place("PostgreSQL", server.fresh_url, Processor(server)))
        yield found


def open_at(url: str) -> Store:
    return open_store(url) if url else TinyStore.in_memory()


class Processor:
    """The processor's time that a server has taken, all of its processes together."""

    def __init__(self, server: Server) -> None:
        self._main = server.process
        self._spent: dict[str, int] = {}

    def __call__(self) -> float:
        children = Path(f"/proc/{self._main}/task/{self._main}/children").read_text()
        for one in children.split():
            with suppress(FileNotFoundError, ProcessLookupError):
                spent = Path(f"/proc/{one}/schedstat").read_text()
                self._spent[one] = int(spent.split()[0])
        return sum(self._spent.values()) / 1e9
