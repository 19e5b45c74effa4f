"""A commit that returned is on the disk, one that failed left no trace, and threads share syncs."""

import json
from contextlib import suppress
from threading import Event, Thread

import pytest

from bot.core.model import Change
from bot.core.refusals import StoreFailed
from storage.journal import FOLD_AFTER
from storage.tiny import TinyStore
from tests.storage.examples import NOON, conversation, ids, in_threads, outgoing, put, said, version


@pytest.fixture
def path(fresh_path):
    """Name a file."""
    return fresh_path()


@pytest.fixture
def journal(path):
    """Name the journal beside it."""
    return path.with_name("heard.json.journal")


def test_one_commit_alone_waits_for_the_disk_once(path):
    """Each commit of one thread is one sync, and one that changes nothing is none."""
    store = TinyStore.in_file(path)
    for number in range(10):
        put(store, conversation(f"c{number}"), said(f"c{number}"), outgoing())
    put(store, said("c1"))
    store.commit(Change())
    assert store.syncs == 10
    store.close()


def test_commits_at_the_same_time_share_their_wait(path):
    """With 50 threads there is at most one sync for twenty commits."""
    store = TinyStore.in_file(path)

    def commit(one):
        for number in range(40):
            put(store, said(f"c{one}", f"{number}.0"))

    in_threads(50, commit)
    assert store.syncs <= 0.05 * 50 * 40
    store.close()
    store = TinyStore.in_file(path)
    assert all(len(store.log(f"c{one}")) == 40 for one in range(50))
    store.close()


def test_a_commit_is_in_the_files_when_it_returns(path, journal, fresh_path):
    """Another process that reads copies of the files finds it."""
    store = TinyStore.in_file(path)
    put(store, conversation(), said())
    copy = fresh_path()
    copy.parent.mkdir()
    copy.write_bytes(path.read_bytes())
    copy.with_name("heard.json.journal").write_bytes(journal.read_bytes())
    other = TinyStore.in_file(copy)
    assert other.conversation("c1") == store.conversation("c1")
    other.close()
    store.close()


@pytest.mark.parametrize("words", ["Grüße, 客户 🎉", "cut in two: \ud83c", "\0\n\u2028\x7f"])
def test_any_text_is_kept(path, words):
    """What was said is read from the journal and from the file, even half of a character."""
    store = TinyStore.in_file(path)
    put(store, said(excerpt=words))
    for _ in range(2):  # the first opening folds
        store.close()
        store = TinyStore.in_file(path)
        assert store.log("c1") == (said(excerpt=words),)
    store.close()


def test_a_full_disk_is_named_and_survived(path, journal, full_disk):
    """A commit that finds no room says so and leaves no trace; with room the next is kept."""
    store = TinyStore.in_file(path)
    put(store, outgoing("o1"))
    size = journal.stat().st_size
    for _ in range(3):
        with full_disk(journal), pytest.raises(StoreFailed, match="limit on the size") as failure:
            put(store, conversation(), said(), outgoing("o2"))
        assert str(journal) in str(failure.value)
        assert journal.stat().st_size == size
        assert (store.conversation("c1"), store.log("c1")) == (None, ())
        assert ids(store.outbox()) == ["o1"]
    put(store, conversation())
    store.close()
    store = TinyStore.in_file(path)
    assert version(store, "c1") == 1
    store.close()


def test_all_threads_hear_of_a_full_disk(path, journal, full_disk):
    """Whoever shares a sync that fails is told; a message that may be lost is never handed out."""
    store = TinyStore.in_file(path)
    put(store, outgoing("o1"))
    over, seen = Event(), set()

    def watch():
        while not over.is_set():
            seen.update(ids(store.outbox()))
            seen.update(ids(store.due(NOON, 9)))

    def fail(one):
        for number in range(20):
            due = conversation(f"c{one}", waiting=9, due_at=NOON)
            with pytest.raises(StoreFailed):
                put(store, due, outgoing(f"o{one}.{number}"))

    watcher = Thread(target=watch)
    with full_disk(journal):
        watcher.start()
        in_threads(20, fail)
        over.set()
        watcher.join()
    assert seen == {"o1"}
    in_threads(20, lambda one: put(store, conversation(f"c{one}")))
    assert len(store.about("C1", "c1.root")) == 1
    store.close()
    store = TinyStore.in_file(path)
    assert all(version(store, f"c{one}") == 1 for one in range(20))
    store.close()


def test_repeating_what_is_not_stored_yet_fails_with_it(path, journal, full_disk):
    """Who commits what another thread has just committed depends on the same sync."""
    store = TinyStore.in_file(path)
    put(store, said())

    def repeat(one):
        for number in range(50):
            with pytest.raises(StoreFailed):
                put(store, said(ts=f"{number}.0"))

    with full_disk(journal):
        in_threads(20, repeat)
    assert len(store.log("c1")) == 1
    store.close()


def test_some_threads_may_succeed_while_others_fail(path, journal, full_disk):
    """With the disk coming and going, exactly what returned is there afterwards."""
    store = TinyStore.in_file(path)
    kept: set[tuple[int, int]] = set()

    def work(one):
        if one == 0:
            for number in range(30):
                with full_disk(journal, room=50 * number), suppress(StoreFailed):
                    put(store, said("other", "1.0", excerpt=str(number)))
            return
        for number in range(100):
            with suppress(StoreFailed):
                put(store, said(f"c{one}", f"{number}.0"))
                kept.add((one, number))

    in_threads(8, work)
    for _ in range(2):
        there = {(n, int(e.key[:-2])) for n in range(1, 8) for e in store.log(f"c{n}")}
        assert there == kept
        store.close()
        store = TinyStore.in_file(path)
    store.close()


def test_folding_keeps_everything_and_the_journal_short(path, journal):
    """However much is written, the journal stays about as small as the file."""
    store = TinyStore.in_file(path, fold_after=2000)
    for number in range(300):
        put(store, said("c1", f"{number % 7}.0", excerpt=str(number)))
    written = sum(file.stat().st_size for file in (path, journal))
    store.close()
    assert written < 300 * 200 / 2
    assert json.loads(path.read_bytes())["meta"]["1"]["seq"] > 100
    store = TinyStore.in_file(path)
    assert {int(entry.excerpt) for entry in store.log("c1")} == set(range(293, 300))
    store.close()


def test_what_was_forgotten_is_in_no_old_line_for_long(path, journal):
    """However little happens, words that have gone are in the files only until the next day."""
    for every, there in ((3600.0, True), (0.0, False)):
        store = TinyStore.in_file(path, fold_every=every)
        put(store, said(excerpt="my secret"))
        put(store, said())
        put(store, outgoing(f"o{every}"))
        store.close()
        files = path.read_bytes() + journal.read_bytes()
        assert (b"secret" in files) == there
        assert path.stat().st_mode & 0o777 == journal.stat().st_mode & 0o777 == 0o600


def test_a_fold_that_fails_costs_no_commit(path, journal, full_disk, caplog):
    """When there is no room for a new file, the journal goes on, and it is said."""
    store = TinyStore.in_file(path, fold_after=0)
    put(store, *(said("c1", f"{number}.0", excerpt="x" * 200) for number in range(20)))
    store.close()
    store = TinyStore.in_file(path, fold_after=0)
    while journal.stat().st_size < path.stat().st_size - 300:
        put(store, said("c2", f"{store.syncs}.0"))
    with full_disk(journal, room=1000):
        for number in range(4):
            put(store, said("c3", f"{number}.0"))
        store.close()
    assert "The journal keeps growing" in caplog.text
    store = TinyStore.in_file(path)
    assert (len(store.log("c1")), len(store.log("c3"))) == (20, 4)
    store.close()


def test_a_closed_store_stores_nothing(path):
    """After closing, a commit fails rather than vanish."""
    store = TinyStore.in_file(path, FOLD_AFTER)
    store.close()
    with pytest.raises(StoreFailed, match="closed"):
        put(store, said())
