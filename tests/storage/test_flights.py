"""Who commits in a flight does not wait for the disk, and is told how it went."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from threading import Thread

import pytest

from bot.core.refusals import StoreFailed
from storage.tiny import TinyStore
from tests.disk import Disk
from tests.local import eventually
from tests.storage.examples import ids, in_threads, outgoing, put, said


@pytest.fixture
def disk() -> Disk:
    """A disk that is in order, to begin with."""
    return Disk()


@pytest.fixture
def store(disk: Disk) -> Iterator[TinyStore]:
    """An empty store on that disk."""
    opened = disk.store()
    yield opened
    opened.close()


@contextmanager
def slow(disk: Disk, store: TinyStore) -> Iterator[None]:
    """Hold up the disk while one batch is written and another one has begun."""

    def write(number: int) -> None:
        with suppress(StoreFailed):
            put(store, said("before", f"{number}.0"))

    disk.hold()
    threads = [Thread(target=write, args=(number,)) for number in range(2)]
    threads[0].start()
    assert disk.busy.wait(5)
    threads[1].start()
    eventually(lambda: store.entry("before", "1.0"), what="the next batch")
    try:
        yield
    finally:
        disk.free.set()
        for thread in threads:
            thread.join()


def test_a_flight_does_not_wait_for_the_disk(disk, store):
    """Its commits return at once and can be read; it is told when they are durable."""
    told: list[StoreFailed | None] = []
    with slow(disk, store):
        with store.flight() as flight:
            put(store, said("c1", "1.0"), outgoing("o1"))
            put(store, said("c1", "2.0"))
        flight.then(told.append)
        assert store.entry("c1", "2.0")
        assert store.outbox() == ()
        assert told == []
    assert told == [None]
    assert ids(store.outbox()) == ["o1"]


def test_flights_are_told_in_their_order(disk, store):
    """Whoever committed first is told first."""
    told: list[int] = []
    with slow(disk, store):
        for number in range(20):
            with store.flight() as flight:
                put(store, said("c1", f"{number}.0"))
            flight.then(partial(_note, told, number))
    assert told == list(range(20))


def test_a_flight_that_failed_is_told_why(disk, store):
    """Where the disk fails, it is told so, and nothing of it is left."""
    told: list[StoreFailed | None] = []
    with slow(disk, store):
        with store.flight() as flight:
            put(store, said("c1", "1.0"))
        flight.then(told.append)
        disk.full = True
    assert [str(failed) for failed in told] == ["the disk is full"]
    assert store.log("c1") == ()


def test_what_was_only_read_may_be_undone(disk, store):
    """A flight that found everything there already is told when that is durable, or that not."""
    told: list[StoreFailed | None] = []
    with slow(disk, store):
        with store.flight() as flight:
            assert store.entry("before", "0.0")
        flight.then(told.append)
        assert told == []
        disk.full = True
    assert [str(failed) for failed in told] == ["the disk is full"]
    with store.flight() as flight:
        assert not store.entry("before", "0.0")
    flight.then(told.append)
    assert told[1:] == [None]


def test_the_first_of_a_batch_writes_it(disk, store):
    """With nobody else about, a flight's commit is durable when it returns, or fails there."""
    told: list[StoreFailed | None] = []
    with store.flight() as flight:
        put(store, said("c1", "1.0"))
    flight.then(told.append)
    assert told == [None]
    disk.full = True
    with store.flight() as flight, pytest.raises(StoreFailed):
        put(store, said("c1", "2.0"))
    flight.then(told.append)
    assert [str(failed) for failed in told[1:]] == ["the disk is full"]


def test_a_flight_is_over_with_its_block(disk, store):
    """What the thread commits later waits for the disk again."""
    with store.flight():
        pass
    disk.hold()
    disk.full = True
    disk.free.set()
    with pytest.raises(StoreFailed):
        put(store, said("c1", "1.0"))


def test_killed_at_any_moment_what_was_told_is_there(tmp_path: Path):
    """A copy of the files, as a kill would leave them, holds all that was told to be durable."""
    store = TinyStore.in_file(tmp_path / "heard.json")
    told: list[tuple[str, str]] = []

    def fly(one: int) -> None:
        for number in range(60):
            if one == 0:
                known = list(told)
                copy = tmp_path / f"killed{number}"
                copy.mkdir()
                for file in tmp_path.glob("heard.json*"):
                    shutil.copy(file, copy)
                killed = TinyStore.in_file(copy / "heard.json")
                assert [key for key in known if not killed.entry(*key)] == []
                killed.close()
                continue
            key = f"c{one}", f"{number}.0"
            with store.flight() as flight:
                put(store, said(*key))
            flight.then(partial(_note, told, key))

    in_threads(6, fly)
    store.close()
    assert len(set(told)) == 5 * 60


def _note(told, what, failed):
    if failed is None:
        told.append(what)
