"""`python -m bot templates`: the team's words out of the store, into an editor, and back."""

import os
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.core.decision import Decisions
from bot.core.replying import Replying
from bot.replies import loads, shipped
from storage.tiny import TinyStore
from tests.make import policy

ROOT = Path(__file__).parents[1]
NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
OURS = """\
[[templates]]
id = "weather.informal"
situation = "weather"
register = "informal"
title = "Snowed in"
text = "We are snowed in, {name?}: {issue} has to wait."
"""
BAD = """\
[[templates]]
id = "weather.informal"
situation = "weather"
register = "cosy"
title = "Snowed in"
text = "We are snowed in."

[[templates]]
id = "rain"
situation = "rain"
register = "formal"
title = "Rain"
text = "It rains: {issue}, {whim}."
"""

FAULTS = [
    f"ours.toml, line {line}: {says}"
    for line, says in (
        (4, "weather.informal: the register is one of formal, neutral, informal."),
        (6, "weather.informal: {issue} is missing: what the customer said makes it an answer."),
        (13, "rain: {whim} is no known slot."),
    )
]


@pytest.fixture
def store(tmp_path):
    """Where the store is, or will be."""
    return tmp_path / "heard.json"


@pytest.fixture
def bot(store, tmp_path):
    """Run a command of the bot's in a process of its own."""

    def run(*arguments, file=""):
        path = tmp_path / "ours.toml"
        path.write_text(file, encoding="utf-8")
        return subprocess.run(
            [sys.executable, "-m", "bot", "templates", *arguments],
            cwd=tmp_path,
            env={
                "PATH": os.environ["PATH"],
                "PYTHONPATH": str(ROOT),
                "PYTHONUTF8": "1",
                "DATABASE_URL": f"tinydb:///{store}",
            },
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return run


def replying(opened):
    """Return what changes and gives the templates of a store."""
    return Replying(Decisions(opened, policy()), shipped)


def in_store(path):
    """Return the templates in force in a store."""
    with closing(TinyStore.in_file(path)) as opened:
        return replying(opened).templates()


def test_what_is_exported_can_be_imported(bot, store):
    """Nothing is new in what was just written, so nothing is kept; then the change is."""
    written = bot("export")
    assert (written.returncode, written.stderr) == (0, "")
    assert loads(written.stdout) == shipped()
    again = bot("import", "ours.toml", file=written.stdout)
    assert again.stdout == "New or changed, and kept now: 0 of 42 templates.\n"
    changed = written.stdout.replace('title = "A delay"', 'title = "Ein Verzug: „später“ 说"')
    assert bot("import", "ours.toml", file=changed).stdout.endswith(" 3 of 42 templates.\n")
    assert [one.title for one in in_store(store) if one.situation == "delay"] == [
        "Ein Verzug: „später“ 说"
    ] * 3
    assert loads(bot("export").stdout) == in_store(store)


def test_a_file_adds_to_what_there_is(bot, store):
    """What it does not name stays, changed or removed by the team."""
    with closing(TinyStore.in_file(store)) as opened:
        replying(opened).remove("delay.formal", "U0BENAGENT1", NOW)
    said = bot("import", "ours.toml", file=OURS)
    assert said.stdout == "New or changed, and kept now: 1 of 1 templates.\n"
    known = {one.id for one in in_store(store)}
    assert known == {one.id for one in shipped()} - {"delay.formal"} | {"weather.informal"}
    with closing(TinyStore.in_file(store)) as opened:
        (edit,) = replying(opened).history("weather.informal")
    assert edit.by == ""


def test_a_bad_file_is_told_in_full(bot, store):
    """Every fault with its line, exit code 2, and nothing of it is kept."""
    said = bot("import", "ours.toml", file=BAD)
    assert (said.returncode, said.stdout) == (2, "")
    assert said.stderr.splitlines() == ["Nothing was kept.", *FAULTS]
    assert in_store(store) == shipped()


@pytest.mark.parametrize(
    ("path", "says"), [("none.toml", "none.toml cannot be read"), (".", "cannot be read")]
)
def test_a_file_that_is_not_there(bot, path, says):
    """It is named, without a traceback."""
    said = bot("import", path)
    assert said.returncode == 2
    assert said.stderr.startswith("Nothing was kept.\n")
    assert says in said.stderr
    assert "Traceback" not in said.stderr


@pytest.mark.parametrize("what", [["export"], ["import", "ours.toml"]])
def test_a_store_in_use_is_let_alone(bot, store, what):
    """While the bot runs, it says which process has the store, and what to do."""
    with closing(TinyStore.in_file(store)):
        said = bot(*what, file=OURS)
    assert (said.returncode, said.stdout) == (1, "")
    assert "The store cannot be used" in said.stderr
    assert f"is in use by another Heard (process {os.getpid()})" in said.stderr
    assert "Traceback" not in said.stderr


@pytest.mark.parametrize("what", [[], ["import"], ["exprt"]])
def test_what_cannot_be_meant_is_told_of(bot, what):
    """The command line says what there is."""
    said = bot(*what)
    assert said.returncode == 2
    assert "usage: python -m bot templates" in said.stderr
