"""Every store that there is, for the tests of what all of them promise."""

import resource
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import count
from pathlib import Path

import pytest

from bot.core.ports import Store
from storage import open_store
from storage.tiny import TinyStore


@pytest.fixture
def fresh_path(tmp_path: Path) -> Callable[[], Path]:
    """Name a file in a folder of its own, again and again."""
    numbers = count()
    return lambda: tmp_path / str(next(numbers)) / "heard.json"


@pytest.fixture(params=["tinydb"])
def fresh_url(request, fresh_path: Callable[[], Path]) -> Callable[[], str]:
    """Name a place for a store that outlives its process."""
    return lambda: f"{request.param}:///{fresh_path()}"


@pytest.fixture(params=["memory", "file"])
def make_store(request, fresh_path: Callable[[], Path]) -> Iterator[Callable[[], Store]]:
    """Make as many empty stores as the test likes."""
    made: list[Store] = []

    def make() -> Store:
        memory = request.param == "memory"
        made.append(TinyStore.in_memory() if memory else open_store(f"tinydb:///{fresh_path()}"))
        return made[-1]

    yield make
    for store in made:
        store.close()


@pytest.fixture
def store(make_store: Callable[[], Store]) -> Store:
    return make_store()


@pytest.fixture
def full_disk() -> Callable[[Path], AbstractContextManager[None]]:
    """Refuse any file to grow more than a few bytes beyond the size of a certain one."""

    @contextmanager
    def full(journal: Path, room: int = 10) -> Iterator[None]:
        before, most = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (journal.stat().st_size + room, most))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (before, most))

    return full
