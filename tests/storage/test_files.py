"""Where the files are, who may read them, and that others can make sense of them."""

import os
import stat

import pytest
from tinydb import TinyDB, where
from tinydb.table import Table

from storage.tiny import TinyStore
from tests.storage.examples import conversation, put, said, version


@pytest.fixture
def path(fresh_path):
    """Name a file."""
    return fresh_path()


def test_all_files_are_private(fresh_path):
    """Only their owner can read them, whatever the umask, and whatever they were before."""
    path = fresh_path()
    before = os.umask(0)
    try:
        for _ in range(2):
            store = TinyStore.in_file(path)
            put(store, said())
            store.close()
            modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
            assert sorted(modes) == ["heard.json", "heard.json.journal", "heard.json.lock"]
            assert set(modes.values()) == {0o600}
            for file in path.parent.iterdir():
                file.chmod(0o644)
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_file_left_by_a_crash_is_private_again(path):
    """What takes the place of an old file is nobody else's, whoever could read a leftover."""
    TinyStore.in_file(path).close()
    for name in ("heard.json.new", "heard.json.journal.new"):
        left = path.with_name(name)
        left.touch(0o666)
        left.chmod(0o666)
    store = TinyStore.in_file(path, fold_after=0)
    for number in range(3):
        put(store, said(ts=f"{number}.0"))
    store.close()
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    assert sorted(modes) == ["heard.json", "heard.json.journal", "heard.json.lock"]
    assert set(modes.values()) == {0o600}


def test_a_link_stays_a_link(path, tmp_path):
    """A store that is reached by a link is kept where the link leads."""
    link = tmp_path / "link.json"
    link.symlink_to(path)
    for number in range(2):
        store = TinyStore.in_file(link)
        assert version(store, "c1") == number
        put(store, conversation("c1", version=number))
        store.close()
    assert link.is_symlink()
    assert not link.with_name("link.json.journal").exists()


def test_tinydb_itself_can_read_the_file(path):
    """The file has TinyDB's own shape, for whoever wants to look into it."""

    class TextTable(Table):
        document_id_class = str  # type: ignore[assignment]

    class Reader(TinyDB):
        table_class = TextTable

    for _ in range(2):  # it is folded when opened again
        store = TinyStore.in_file(path)
        put(store, said())
        store.close()
    with Reader(path, access_mode="r") as database:
        assert database.table("entries").get(where("by") == "UC")["ts"] == "1.000001"
        assert database.table("meta").all() == [{"version": 1, "seq": 1}]
