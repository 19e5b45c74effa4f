"""`forget` and `export`: what there is of somebody is told, taken out, and not found again."""

import json
import os
import re
import subprocess
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import IO, Any

import pytest
from sqlalchemy import Select, Update, select, update

from bot.core.decision import Decisions
from bot.core.model import Action, Change, Person
from bot.core.refusals import StoreFailed
from bot.core.retention import Retention
from storage import export, open_store, open_stores
from storage.forgetting import look
from storage.moving import contents, move
from storage.sql import kinds, open_sql, schema
from storage.sql.store import SqlStore
from tests.local import ROOT
from tests.make import ACME, OTHER, Story, policy
from tests.storage.examples import conversation, put, said

SECRET = "xyzzy"
CLOSED = ("sh", "-c", 'exec "$@" >&-', "sh")
"""Has what comes after it say nothing to anybody."""


def lived(url: str) -> Story:
    """Let Dana and Emil write, and be answered, in two channels; Ana and Ben know of them."""
    store: Any = open_store(url)
    story = Story(rules=policy(leads=("ULEA",)), store=store)
    for name in ("dana", "emil", "ana"):
        person = Person(id=f"U{name.upper()}", name=f"{name} {SECRET}", team="T0", stranger=True)
        store.commit(Change(people=(person,)))
    asked = story.says("dana", f"Where is the invoice {SECRET}?")
    other = story.says("emil", f"Where is the receipt, <@UDANA>? plugh {SECRET}", into=OTHER)
    story.says("dana", f"I too look for it {SECRET}", under=other, into=OTHER)
    story.owned_by("ana", "ben")
    story.owned_by("ben", channel=OTHER)
    story.later("31m")
    story.does("ana", Action.CLAIM, asked)
    story.says("ana", f"I'll send you the report {SECRET} by Wednesday", under=asked)
    story.reacts("ana", "eyes", other, into=OTHER)
    story.says("ana", "I'll call you tomorrow", under=other, into=OTHER)
    story.says("ben", "I'll write to you by Thursday", under=other, into=OTHER)
    story.later("3h")
    story.says("dana", f"Any update {SECRET}?", under=asked)
    story.later("31m")
    story.posts("ben", f"Soon {SECRET}", under=asked)
    story.edits.clear()
    return story


def run(
    url: str,
    *arguments: str,
    answer: str = "",
    into: IO[str] | int = subprocess.PIPE,
    shell: tuple[str, ...] = (),
) -> subprocess.CompletedProcess[str]:
    """Start what somebody would type."""
    return subprocess.run(
        [*shell, sys.executable, "-m", "bot", *arguments],
        cwd=ROOT,
        env={"DATABASE_URL": url, "PYTHONUTF8": "1"},
        input=answer,
        stdout=into,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )


def exported(url: str, workspace: str = "") -> list[dict[str, Any]]:
    """Return all that is exported."""
    with closing(contents(url, there=True, frozen=True)) as store:
        return [json.loads(line) for line in export.lines(store, workspace)]


def spoil(url: str, statement: Update | Select[Any]) -> list[tuple[Any, ...]]:
    """Do to a database what nobody should; return what there is to see."""
    with closing(open_sql(url)) as store, store._database.transaction() as connection:
        done = connection.execute(statement)
        return [tuple(row) for row in done] if done.returns_rows else []


def modes(url: str) -> dict[str, str]:
    """Return who may do what with the files of a store."""
    folder = Path(url.partition(":///")[2]).parent
    return {file.name: oct(file.stat().st_mode & 0o777) for file in folder.iterdir()}


def in_files(url: str, *words: str) -> list[str]:
    """Return where in the files of a store there are some words."""
    if not url.startswith(("tinydb", "sqlite")):
        return []
    folder = Path(url.partition(":///")[2]).parent
    return [
        f"{word} in {file.name}"
        for file in folder.iterdir()
        for word in words
        if word.encode() in file.read_bytes()
    ]


def test_a_customer_is_forgotten(fresh_url):
    """Their conversations go with all that is about them; in those of others they are nobody."""
    url = fresh_url()
    lived(url).store.close()
    before = Counter(one["kind"] for one in exported(url))
    told = run(url, "forget", "UDANA", "--yes")
    assert told.returncode == 0, told.stderr
    assert "these go: 1 conversation, " in told.stdout
    assert "What stands in Slack stays there" in told.stdout
    after = exported(url)
    text = json.dumps(after)
    assert "UDANA" not in text
    left = {one.partition("xyzzy")[0][:20] for one in re.findall(rf"[^\"]*{SECRET}", text)}
    assert left == {"ana ", "emil ", "Where is the receipt"}
    assert Counter(one["kind"] for one in after)["conversation"] == before["conversation"] - 1
    assert in_files(url, "UDANA", "invoice", "Any update", "report", "look for it") == []
    story = Story(rules=policy(), store=open_store(url))  # type: ignore[arg-type]
    assert [c.customer for c in story.store.open()] == ["UEMIL"]
    story.later("9d")
    story.store.close()


def test_who_was_forgotten_is_not_read_about_again(fresh_url):
    """What history shows of them when Heard starts is not taken in; what they write now is."""
    url = fresh_url()
    store = lived(url).store
    (asked,) = (one.thread for one in store.open() if one.customer == "UDANA")
    more = [one.key for one in store.log(f"{ACME}:{asked}") if one.by == "UDANA"][-1]
    store.close()
    assert run(url, "forget", "UDANA", "--yes").returncode == 0
    with closing(open_store(url)) as left:
        story = Story("Mon 15:00", rules=policy(), store=left)  # type: ignore[arg-type]
        story.hears(
            story.message("dana", f"Where is the invoice {SECRET}?", asked),
            story.message("dana", f"Any update {SECRET}?", more, under=asked),
        )
        assert story.waiting() == []
        new = story.says("dana", "Where is the other invoice?")
        assert story.waiting() == [("dana", new)]


def test_a_file_stays_that_of_its_workspace(tmp_path):
    """Whoever is forgotten, no other workspace is taken for the one that a file is for."""
    url = f"tinydb:///{tmp_path / 'heard.json'}"
    with closing(open_stores(url)) as stores:
        stores.of("T1").commit(Change(people=(Person(id="UDANA"),)))
    assert run(url, "forget", "UDANA", "--yes").returncode == 0
    with closing(open_stores(url)) as stores:
        assert stores.workspaces() == ("T1",)
        assert stores.of("T1").person("UDANA") is None


def test_a_colleague_is_forgotten(fresh_url):
    """What they said and promised has no words and no name; what they had claimed is free."""
    url = fresh_url()
    lived(url).store.close()
    assert run(url, "forget", "UANA", "--yes").returncode == 0
    text = json.dumps(exported(url))
    assert "UANA" not in text
    assert "I'll call you" not in text
    assert in_files(url, "UANA", "report", "call you") == []
    story = Story(rules=policy(), store=open_store(url))  # type: ignore[arg-type]
    assert {c.claimer for c in story.store.open()} == {""}
    assert {p.by for p in story.store.owed()} == {"UBEN"}
    channel = story.store.channel(ACME)
    assert channel
    assert channel.owners == ("UBEN",)
    story.later("9d")
    story.store.close()


def test_a_channel_is_forgotten(fresh_url):
    """All of it goes, with what people were told about it; other channels stay as they are."""
    url = fresh_url()
    story = lived(url)
    story.store.commit(Change(facts=(("coached/UANA", "2026-03-02"),)))
    before = [story.desk.here(OTHER), story.store.owed(channel=OTHER), story.store.channel(OTHER)]
    story.store.close()
    told = run(url, "forget", ACME, "--yes")
    assert told.returncode == 0, told.stderr
    assert "Take Heard out of the channel" in told.stdout
    assert ACME not in json.dumps(exported(url))
    assert in_files(url, ACME, "invoice", "report") == []
    story = Story(rules=policy(), store=open_store(url))  # type: ignore[arg-type]
    there = [story.desk.here(OTHER), story.store.owed(channel=OTHER), story.store.channel(OTHER)]
    assert there == before
    assert story.store.fact("coached/UANA")
    story.store.close()


@pytest.mark.parametrize("kind", ["tinydb", "sqlite"])
def test_all_files_stay_private(urls, kind):
    """Whatever command writes them, and whatever the umask, only their owner can read them."""
    url, copy = urls(kind)(), urls(kind)()
    before = os.umask(0)
    try:
        lived(url).store.close()
        for command in (("move-store", url, copy), ("forget", ACME, "--yes"), ("export",)):
            assert run(copy, *command).returncode == 0
            assert set(modes(url).values()) | set(modes(copy).values()) == {"0o600"}
    finally:
        os.umask(before)


def test_it_asks_first(fresh_url):
    """Without a yes nothing is touched, and what would go is told."""
    url = fresh_url()
    lived(url).store.close()
    before = exported(url)
    for answer in ("", "n\n", "yeah\n"):
        told = run(url, "forget", "UDANA", answer=answer)
        assert told.returncode == 1
        assert "Of UDANA these go: 1 conversation, " in told.stdout
        assert "Nothing was erased." in told.stdout
        assert SECRET not in told.stdout + told.stderr
    assert exported(url) == before
    assert run(url, "forget", "UDANA", answer="y\n").returncode == 0
    assert exported(url) != before


@pytest.mark.parametrize(
    ("who", "code", "says"),
    [
        ("UNOBODY", 1, "There is nothing of UNOBODY in"),
        ("T0ELSE:UDANA", 1, "There is nothing of T0ELSE:UDANA in"),
        ("UDAN", 1, "There is nothing of UDAN in"),
        ("dana", 2, "'dana' is not the id of a person"),
        ("T0ELSE", 2, "is not the id of a person"),
    ],
)
def test_who_is_not_known_is_told(urls, who, code, says):
    """A mistyped id erases nothing, and says what to write."""
    url = urls("tinydb")()
    lived(url).store.close()
    told = run(url, "forget", who, "--yes")
    assert (told.returncode, says in told.stderr) == (code, True), told.stderr
    assert "UDANA" in json.dumps(exported(url))


def test_a_store_in_use_is_left_alone(urls):
    """While the bot runs on a file nothing is erased from it, nor exported."""
    for kind in ("tinydb", "sqlite"):
        url = urls(kind)()
        store = open_store(url)
        for command in (("forget", "UDANA", "--yes"), ("export",)):
            told = run(url, *command)
            assert told.returncode == 1
            assert "in use by another Heard" in told.stderr
        store.close()


def test_a_store_that_is_not_there_is_not_made(tmp_path):
    """A mistyped address is told."""
    told = run(f"tinydb:///{tmp_path}/typo.json", "forget", "UDANA", "--yes")
    assert (told.returncode, "There is no" in told.stderr) == (1, True)
    assert list(tmp_path.iterdir()) == []


def test_one_workspace_is_meant(fresh_sql_url):
    """Somebody who is known in two of them is forgotten in the one that is named."""
    url = fresh_sql_url()
    database = open_sql(url)._database
    for workspace in ("T1", "T2"):
        store = SqlStore(database, workspace)
        put(store, conversation(customer="UDANA"), said(by="UDANA", excerpt="Where?"))
    database.close()
    told = run(url, "forget", "UDANA", "--yes")
    assert told.returncode == 2
    assert "write T1:UDANA or T2:UDANA" in told.stderr
    assert run(url, "forget", "T2:UDANA", "--yes").returncode == 0
    assert {one["workspace"] for one in exported(url)} == {"T1"}
    assert exported(url, "T1") == exported(url)
    assert run(url, "export", "--workspace", "T2").returncode == 1


def test_an_export_can_be_read(urls):
    """Times are as people write them, defaults are left out, and any letter comes through."""
    url = urls("tinydb")()
    store = open_store(url)
    put(store, conversation("c1", waiting=5), said(excerpt="Où ? 👋 \ud83d"))
    store.commit(Change(facts=(("rules", "1"),)))
    store.close()
    told = run(url, "export")
    assert "Où ? 👋" in told.stdout
    lines = {one["kind"]: one for one in map(json.loads, told.stdout.splitlines())}
    assert lines["conversation"] == {
        "kind": "conversation",
        "workspace": "",
        "id": "c1",
        "channel": "C1",
        "thread": "c1.root",
        "customer": "UC",
        "state": "waiting",
        "wait": {"since": "2026-03-02T11:55:00+00:00", "ts": "1.0", "by": "UC"},
        "version": 1,
    }
    assert lines["message"]["excerpt"] == "Où ? 👋 \ud83d"
    assert lines["fact"] == {"kind": "fact", "workspace": "", "id": "rules", "text": "1"}


@pytest.mark.parametrize("command", [("export",), ("templates", "export"), ("forget", "UDANA")])
def test_output_that_nobody_can_keep(urls, command):
    """A full disk is told in a line, without a trace; nothing is erased without its being read."""
    url = urls("tinydb")()
    lived(url).store.close()
    before = exported(url)
    with Path("/dev/full").open("w") as full:
        told = run(url, *command, into=full)
    assert told.returncode == 1
    assert told.stderr == f"{command[0]}: there is no space for what it writes.\n"
    assert exported(url) == before


@pytest.mark.parametrize(
    "command", ["export", "templates export", "forget UDANA", "forget UDANA --yes", "inspect Hello"]
)
def test_output_that_nobody_reads(urls, command):
    """A pipe that was left and an output that is closed are told in a line; nothing is erased."""
    url = urls("tinydb")()
    lived(url).store.close()
    before = exported(url)
    words = command.split()
    reader, writer = os.pipe()
    os.close(reader)
    with open(writer, "w") as left:  # noqa: PTH123 - it has no path
        told = [run(url, *words, into=left), run(url, *words, shell=CLOSED)]
    assert {one.returncode for one in told} == {1}
    assert {one.stderr for one in told} == {f"{words[0]}: nobody reads what it writes.\n"}
    assert exported(url) == before


@pytest.mark.parametrize("table", ["conversations", "entries", "outbox", "cards", "people"])
def test_a_damaged_record_is_told(urls, table):
    """Whatever it lacks, it is named in a line, and nothing is erased."""
    url = urls("tinydb")()
    lived(url).store.close()
    open_store(url).close()  # which folds what is in the journal
    path = Path(url.removeprefix("tinydb:///"))
    content = json.loads(path.read_bytes())
    content[table]["spoilt"] = {}
    path.write_text(json.dumps(content))
    for command in (("export",), ("forget", "UDANA", "--yes")):
        told = run(url, *command)
        assert told.returncode == 1
        assert re.fullmatch(rf".*table {table} holds a damaged record .spoilt.*\n", told.stderr)
    assert json.loads(path.read_bytes()) == content


@pytest.mark.parametrize("kind", ["conversations", "entries", "outbox", "cards", "people", "facts"])
@pytest.mark.parametrize("spoilt", ["", "[]", "{}", '{"id": '])
def test_a_damaged_row_is_told(urls, kind, spoilt):
    """What cannot be read of a database is named by what its row is known by."""
    url = urls("sqlite")()
    lived(url).store.close()
    table = kinds.BY_NAME[kind].table
    own = [table.c[one] for one in kinds.BY_NAME[kind].key]
    spoil(url, update(table).values(record=spoilt))
    ((*known,),) = spoil(url, select(*own).order_by(*table.primary_key).limit(1))
    named = re.escape(f"table {kind} holds a damaged record ({'|'.join(known)}: ")
    with closing(contents(url)) as store:
        for read in (lambda: list(export.lines(store)), lambda: look(store, "UDANA")):
            with pytest.raises(StoreFailed, match=named):
                read()
    with pytest.raises(StoreFailed, match=named):
        move(url, urls("tinydb")(), print)


def test_a_damaged_part_is_told(urls):
    """A row that is known by its own words, and lacks others, is named as well."""
    url = urls("sqlite")()
    lived(url).store.close()
    act, fact = '{"is": "act", "conversation": "C1:1", "key": "2/eyes/U1"}', '{"id": "rules"}'
    spoil(url, update(schema.entries).values(record=act))
    spoil(url, update(schema.facts).values(record=fact))
    with closing(contents(url)) as store:
        for read in (lambda: list(export.lines(store)), lambda: look(store, "UDANA")):
            with pytest.raises(StoreFailed, match=r"record .C1:1.2/eyes/U1: "):
                read()
    with pytest.raises(StoreFailed, match=r"record .rules: KeyError"):
        move(url, urls("tinydb")(), print)


def test_retention_leaves_figures_alone(fresh_url):
    """What is forgotten in passing is not in the files either, once Heard has started again."""
    url = fresh_url()
    story = lived(url)
    for conversation_ in story.store.open():
        story.desk.act(conversation_.id, Action.RESOLVE, "UBEN", story.now)
    story.later("1h")
    retention = Retention(Decisions(story.store, policy()))
    for days in ("2d", "100d"):
        story.later(days)
        for _ in range(50):
            retention.look(story.now)
    story.store.close()
    open_store(url).close()
    left = Counter(one["kind"] for one in exported(url))
    assert left == {"tally": 2, "channel": 2, "fact": 1}
    assert in_files(url, "invoice", "receipt", "report", "UDANA") == []
