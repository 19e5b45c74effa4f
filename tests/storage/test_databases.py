"""What is said where a database fails, and that Heard goes on by itself once it is back."""

import os
import stat
import subprocess
import sys
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import pytest

from bot.checkup import check
from bot.config import Settings
from bot.core.model import Change
from bot.core.refusals import Stale, StoreFailed, StoreInUse
from storage import open_store, open_stores
from storage.sql import open_sql
from tests.local import ROOT
from tests.postgres import PASSWORD
from tests.storage.examples import (
    channel,
    conversation,
    ids,
    in_threads,
    outgoing,
    put,
    said,
    version,
)


@pytest.fixture
def path(fresh_path):
    """Name a file."""
    return fresh_path().with_suffix(".db")


def test_a_server_that_is_away_is_named(server):
    """Reading and writing fail with a text that says which server, but never the password."""
    store = open_store(server.fresh_url())
    put(store, conversation())
    server.stop()
    try:
        for work in (lambda: store.conversation("c1"), lambda: put(store, said())):
            with pytest.raises(StoreFailed) as failure:
                work()
            told = str(failure.value)
            assert f"PostgreSQL 127.0.0.1:{server.port}/postgres cannot be used" in told
            assert "See that it runs" in told
            assert PASSWORD not in told
            assert failure.value.__cause__ is None
    finally:
        server.start()
    assert store.log("c1") == ()
    put(store, said())
    assert store.entry("c1", "1.000001")
    store.close()


def test_a_server_that_was_away_for_a_moment_is_not_noticed(server):
    """Connections that were cut while nobody used them are made anew, and nothing fails."""
    store = open_store(server.fresh_url())
    put(store, conversation())
    for number in range(3):
        server.stop()
        server.start()
        if number % 2:
            put(store, said(ts=f"{number}.0"))
        assert store.conversation("c1")
        put(store, outgoing(f"o{number}"))
    assert len(store.outbox()) == 3
    store.close()


def test_a_wrong_password_is_refused_without_telling_it(server):
    """Whoever mistyped it reads that, and where to look."""
    url = server.fresh_url().replace("heard:", "heard:wr0ng")
    with pytest.raises(StoreFailed, match=r"password authentication failed .* DATABASE_URL") as no:
        open_store(url)
    assert "wr0ng" not in str(no.value)


def test_a_database_that_is_not_there_is_named(server):
    """Heard makes its tables, but no databases."""
    with pytest.raises(StoreFailed, match=r'"nowhere" does not exist'):
        open_store(server.url("nowhere"))


def test_check_names_the_store_without_its_password(server):
    """What `check` prints can be shown to anybody."""
    settings = Settings.from_env({"DATABASE_URL": server.fresh_url()})
    found = str(next(iter(check(settings))))
    assert found.startswith(f"✓ store postgresql://…@127.0.0.1:{server.port}/postgres")
    assert quote(PASSWORD, safe="") not in found


def test_what_fails_within_a_change_is_told_without_its_words(fresh_sql_url):
    """A customer's words that the database chokes on are in no message."""
    store = open_sql(fresh_sql_url())
    with store._database.transaction() as connection:
        connection.exec_driver_sql("DROP TABLE facts")
    change = Change(entries=(said(excerpt="my secret"),), facts=(("words", "my secret"),))
    with pytest.raises(StoreFailed) as failure:
        store.commit(change)
    assert "facts" in str(failure.value)
    assert "secret" not in str(failure.value)
    assert store.log("c1") == ()
    store.close()


def test_two_processes_never_overwrite_each_other(server):
    """Of two that decide upon the same version, in whatever order, one is told to decide again."""
    url = server.fresh_url()
    stores: list[Any] = [open_store(url) for _ in range(4)]
    put(stores[0], conversation("c1"), conversation("c2"), channel())

    def claim(number):
        store = stores[number]
        for step in range(25):
            while True:
                seen = [store.conversation(one) for one in ("c1", "c2")]
                mine = [replace(one, last_key=f"{number}.{step}") for one in seen]
                try:
                    put(
                        store,
                        *(mine if number % 2 else reversed(mine)),
                        said(ts=f"{number}.{step}"),
                    )
                except Stale:
                    continue
                break

    in_threads(4, claim)
    assert {stores[0].conversation(one).version for one in ("c1", "c2")} == {101}
    assert len(stores[1].log("c1")) == 100
    for store in stores:
        store.close()


def test_workspaces_never_see_each_other(fresh_sql_url):
    """The same ids in two workspaces of one database are two things."""
    url = fresh_sql_url()
    stores = open_stores(url)
    ours: Any = stores.of("T1")
    theirs: Any = stores.of("T2")
    everything = (conversation(waiting=1, claimer="U1"), said(), channel(), outgoing())
    put(theirs, *everything)
    theirs.commit(Change(facts=(("rules", "theirs"),)))
    nothing = (ours.about("C1", "1.000001"), ours.waiting("C1"), ours.open(), ours.outbox())
    assert nothing == ((), (), (), ())
    assert (ours.conversation("c1"), ours.channel("C1"), ours.fact("rules")) == (None, None, "")
    put(ours, *everything)
    ours.commit(Change(sent=("o1",), facts=(("rules", ""),)))
    put(ours, replace(ours.conversation("c1"), claimer="U2"))
    assert theirs.conversation("c1").claimer == "U1"
    assert theirs.conversation("c1").version == 1
    assert ids(theirs.outbox()) == ["o1"]
    assert theirs.fact("rules") == "theirs"
    ours.close()


def test_a_file_is_for_one_process(path):
    """A second Heard on the same SQLite file is refused, until the first has let go."""
    script = "import sys; from storage import open_store; open_store(sys.argv[1]).close()"
    second = [sys.executable, "-c", script, f"sqlite:///{path}"]
    store = open_store(f"sqlite:///{path}")
    with pytest.raises(StoreInUse, match=f"{path} is in use by another Heard"):
        open_store(f"sqlite:///{path}")
    refused = subprocess.run(second, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (
        f"StoreInUse: {path} is in use by another Heard (process {os.getpid()})" in refused.stderr
    )
    store.close()
    assert subprocess.run(second, cwd=ROOT, check=False).returncode == 0


def test_all_files_are_private(path):
    """Only their owner can read them, whatever the umask."""
    before = os.umask(0)
    try:
        store = open_store(f"sqlite:///{path}")
        put(store, said())
        modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    finally:
        os.umask(before)
    assert sorted(modes) == [f"heard.db{end}" for end in ("", "-shm", "-wal", ".lock")]
    assert set(modes.values()) == {0o600}
    store.close()


def test_a_full_disk_is_named_and_survived(path, full_disk):
    """A commit that finds no room says so and leaves no trace; with room the next is kept."""
    store = open_store(f"sqlite:///{path}")
    put(store, outgoing("o1"))
    for _ in range(3):
        with full_disk(path.with_name("heard.db-wal")):
            with pytest.raises(StoreFailed, match=f"{path} cannot be used .* disk") as failure:
                put(store, conversation(), said(excerpt="my secret"), outgoing("o2"))
            assert ids(store.outbox()) == ["o1"]
        assert "secret" not in str(failure.value)
        assert (store.conversation("c1"), store.log("c1")) == (None, ())
    put(store, conversation())
    store.close()
    store = open_store(f"sqlite:///{path}")
    assert version(store, "c1") == 1
    store.close()


def test_another_file_is_left_alone(path):
    """What is no SQLite file is named, and stays as it is."""
    path.parent.mkdir()
    path.write_bytes(b"Dear diary, " * 100)
    for _ in range(2):
        with pytest.raises(StoreFailed, match=f"{path} cannot be used .*no SQLite file"):
            open_store(f"sqlite:///{path}")
    assert path.read_bytes() == b"Dear diary, " * 100


def test_a_damaged_record_is_named(fresh_sql_url):
    """A record that cannot be read is told by its table and its error, without its words."""
    store = open_sql(fresh_sql_url())
    put(store, said(excerpt="my secret"))
    for damage in ('{"my secret', '{"is": "said", "ts": "my secret"}', "[]"):
        with store._database.transaction() as connection:
            connection.exec_driver_sql(f"UPDATE entries SET record = '{damage}'")  # noqa: S608
        with pytest.raises(StoreFailed, match="table entries holds a damaged record") as failure:
            store.log("c1")
        assert "excerpt" not in str(failure.value)
    store.close()


def test_a_closed_store_does_nothing(fresh_sql_url):
    """After closing, a commit fails rather than open the database again."""
    store = open_sql(fresh_sql_url())
    store.close()
    for work in (lambda: put(store, said()), lambda: store.fact("rules")):
        with pytest.raises(StoreFailed, match="closed"):
            work()
