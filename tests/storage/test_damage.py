"""Whatever is wrong with the files is named, comes with a cure, and is left as it was."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.refusals import StoreFailed
from storage.tiny import TinyStore
from tests.storage.examples import conversation, put, said, version

ROOT = Path(__file__).parents[2]
COMMITS = 4


@pytest.fixture
def path(fresh_path):
    """Name the file of a store with one commit in it, and the others in the journal."""
    path = fresh_path()
    for batch in (range(1), range(1, COMMITS)):
        store = TinyStore.in_file(path)
        for number in batch:
            put(store, conversation(f"c{number}"), said(f"c{number}"))
        store.close()
    return path


def journal(path: Path) -> Path:
    """Name the journal beside a file."""
    return path.with_name("heard.json.journal")


def found(path: Path) -> list[str]:
    """Open a store and tell which conversations are whole in it."""
    store = TinyStore.in_file(path)
    numbers = [f"c{number}" for number in range(COMMITS)]
    there = [one for one in numbers if store.conversation(one)]
    assert there == [one for one in numbers if store.entry(one, "1.000001")]
    store.close()
    return there


def refused(path: Path, *words: str) -> None:
    """See a store refused with a text that has these words, and its files left as they were."""
    before = {file: file.read_bytes() for file in (path, journal(path)) if file.is_file()}
    with pytest.raises(StoreFailed) as refusal:
        TinyStore.in_file(path)
    for word in words:
        assert word in str(refusal.value)
    assert {file: file.read_bytes() for file in (path, journal(path)) if file.is_file()} == before


@pytest.mark.parametrize("torn", [b"", b"\0" * 4096, b'{"crc":"0000', b"\xff\xfe"])
def test_a_torn_end_is_left_out(path, torn, caplog):
    """What a crash cut short was never promised: the rest is read, and goes on."""
    lines = journal(path).read_bytes().splitlines(keepends=True)
    journal(path).write_bytes(b"".join(lines[:-1]) + lines[-1][:-9] + torn)
    assert found(path) == ["c0", "c1", "c2"]
    assert "cut short" in caplog.text
    assert found(path) == ["c0", "c1", "c2"]


def test_a_line_cut_anywhere_is_left_out(path):
    """Wherever the last line breaks off, all before it is read and nothing of it."""
    whole = journal(path).read_bytes()
    file = path.read_bytes()
    last = whole.rindex(b"\n", 0, -1) + 1
    for end in range(last, len(whole), 7):
        path.write_bytes(file)
        journal(path).write_bytes(whole[:end])
        assert found(path) == ["c0", "c1", "c2"]


def test_a_flipped_bit_before_the_last_line_is_refused(path):
    """Damage to what was stored is never taken for a torn end, wherever it is."""
    whole = journal(path).read_bytes()
    for position in range(whole.rindex(b"\n", 0, -1) + 1):
        for bit in (0x01, 0x10):
            damaged = bytearray(whole)
            damaged[position] ^= bit
            journal(path).write_bytes(damaged)
            refused(path, str(journal(path)), "damaged", "backup")
    journal(path).write_bytes(whole)
    assert len(found(path)) == COMMITS


def test_a_missing_line_is_refused(path):
    """A journal that lacks a line, at its beginning or further on, is not half believed."""
    lines = journal(path).read_bytes().splitlines(keepends=True)
    for missing in (0, 1):
        rest = lines[:missing] + lines[missing + 1 :]
        journal(path).write_bytes(b"".join(rest))
        refused(path, str(journal(path)), "backup")


def test_folded_lines_are_not_applied_twice(path):
    """A crash after the file was replaced, and before the journal was, changes nothing."""
    lines = journal(path).read_bytes()
    store = TinyStore.in_file(path)
    put(store, said("c1", "2.0"))
    store.close()
    later = journal(path).read_bytes()
    journal(path).write_bytes(lines + later)
    store = TinyStore.in_file(path)
    assert version(store, "c1") == 1
    assert len(store.log("c1")) == 2
    store.close()


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b'{"_default":{"1":{"name":"another"}}}', b"\xff", b'{"meta":{}}']
    + [b'{"meta":{"1":{"version":1,"seq":1}},"things":%b}' % odd for odd in (b"[]", b'{"a":1}')],
)
def test_a_file_that_is_no_store_is_refused(path, content):
    """A damaged file, or one of another program, is named and not written to."""
    path.write_bytes(content)
    refused(path, str(path), "backup")


@pytest.mark.parametrize(
    ("table", "record"),
    [
        ("conversations", {"id": "c9"}),
        ("conversations", {"id": "c9", "channel": "C1", "thread": "1.0", "last_at": "noon"}),
        ("closed", {"id": "c9", "channel": ["C1"], "thread": "1.0"}),
        ("entries", {"is": "said"}),
        ("cards", {"about": [7]}),
        ("outbox", {"id": "o1"}),
    ],
)
def test_a_damaged_record_is_refused(path, table, record):
    """A record that lacks what it is found by, as after an edit by hand, is named."""
    content = json.loads(path.read_bytes())
    content[table]["c9"] = record
    path.write_text(json.dumps(content))
    refused(path, table, "damaged record", "c9", "backup")


def test_a_damaged_record_keeps_its_words(path):
    """A fault is logged, and no log may hold what a customer wrote."""
    content = json.loads(path.read_bytes())
    content["conversations"]["c9"] = {"id": "c9", "wait": {"excerpt": "our secret"}}
    path.write_text(json.dumps(content))
    with pytest.raises(StoreFailed) as fault:
        TinyStore.in_file(path)
    assert "our secret" not in str(fault.value)


def test_a_record_that_cannot_be_read_is_shown(path):
    """Where anything else is wrong, whoever asks for it is told, and the rest can be read."""
    content = json.loads(path.read_bytes())
    content["closed"]["c0"]["state"] = "asleep"
    path.write_text(json.dumps(content))
    store = TinyStore.in_file(path)
    with pytest.raises(StoreFailed, match=r"table closed .*c0: KeyError"):
        store.conversation("c0")
    assert store.conversation("c1")
    store.close()


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_truncated_file_is_refused(path, data):
    """Wherever a file breaks off, it is refused."""
    whole = path.read_bytes()
    path.write_bytes(whole[: data.draw(st.integers(0, len(whole) - 2))])
    refused(path, str(path), "backup")
    path.write_bytes(whole)


def test_a_newer_version_is_refused(path):
    """What a newer Heard wrote is left to a newer Heard."""
    content = json.loads(path.read_bytes())
    content["meta"]["1"]["version"] = 99
    path.write_text(json.dumps(content))
    refused(path, str(path), "newer Heard", "format 99")


def test_a_journal_without_its_file_is_refused(path):
    """When the file is gone its journal is not taken for everything."""
    path.unlink()
    refused(path, str(path), "missing", "backup")


def test_a_folder_in_its_place_is_named(fresh_path):
    """A folder that has the file's name is left alone."""
    path = fresh_path()
    path.mkdir(parents=True)
    refused(path, str(path), "folder is in its place")
    assert list(path.iterdir()) == []


def test_a_file_where_the_folder_should_be_is_named(tmp_path):
    """The folder cannot be made inside of a file."""
    (tmp_path / "data").write_text("mine")
    refused(tmp_path / "data" / "heard.json", str(tmp_path / "data"), "name another")
    assert (tmp_path / "data").read_text() == "mine"


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write everywhere")
@pytest.mark.parametrize("locked", ["heard.json", "heard.json.journal", "."])
def test_what_may_not_be_used_is_named(path, locked):
    """Files of another user are named, with what to do."""
    target = path.parent / locked
    target.chmod(0)
    try:
        with pytest.raises(StoreFailed, match="Let the user"):
            TinyStore.in_file(path)
    finally:
        target.chmod(0o700)


def test_a_second_process_is_refused(path):
    """While one process has a store another is told which; when that is gone, it may."""
    script = (
        "import sys, pathlib; from storage.tiny import TinyStore;"
        "store = TinyStore.in_file(pathlib.Path(sys.argv[1])); print(flush=True); input()"
    )
    command = [sys.executable, "-c", script, str(path)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout
        process.stdout.readline()
        refused(path, str(path), f"in use by another Heard (process {process.pid})", "Stop")
        process.kill()
    assert len(found(path)) == COMMITS


def test_a_refused_store_can_be_opened_once_cured(path):
    """A refusal holds on to nothing."""
    whole = path.read_bytes()
    path.write_bytes(b"{")
    refused(path, str(path))
    path.write_bytes(whole)
    assert len(found(path)) == COMMITS
