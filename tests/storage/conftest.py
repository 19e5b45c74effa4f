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
from tests.postgres import Server, postgres


@pytest.fixture
def fresh_path(tmp_path: Path) -> Callable[[], Path]:
    """Name a file in a folder of its own, again and again."""
    numbers = count()
    return lambda: tmp_path / str(next(numbers)) / "heard.json"


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL for all the tests that need one."""
    with postgres() as one:
        yield one


@pytest.fixture
def urls(request, fresh_path: Callable[[], Path]) -> Callable[[str], Callable[[], str]]:
    """Name places for stores of one kind that outlive their process."""

    def of(kind: str) -> Callable[[], str]:
        if kind == "postgresql":
            fresh: Callable[[], str] = request.getfixturevalue("server").fresh_url
            return fresh
        return lambda: f"{kind}:///{fresh_path()}"

    return of


@pytest.fixture(params=["tinydb", "sqlite", "postgresql"])
def fresh_url(request, urls: Callable[[str], Callable[[], str]]) -> Callable[[], str]:
    """Name a place for a store that outlives its process."""
    return urls(request.param)


@pytest.fixture(params=["sqlite", "postgresql"])
def fresh_sql_url(request, urls: Callable[[str], Callable[[], str]]) -> Callable[[], str]:
    """Name a place for a store in a database."""
    return urls(request.param)


@pytest.fixture(params=["memory", "tinydb", "sqlite", "postgresql"])
def make_store(request, urls: Callable[[str], Callable[[], str]]) -> Iterator[Callable[[], Store]]:
    """Make as many empty stores as the test likes."""
    made: list[Store] = []
    memory = request.param == "memory"
    fresh_url = (lambda: "") if memory else urls(request.param)

    def make() -> Store:
        made.append(TinyStore.in_memory() if memory else open_store(fresh_url()))
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
