"""The store fails beneath a bot at work: nothing acknowledged is lost, and it goes on by itself."""

from __future__ import annotations

import subprocess
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage import open_store
from tests.local import ACME, DANA, GLOBEX, GUS, Local, eventually
from tests.web import Caller, free_port

AWAY = 10
"""Seconds without a database."""
SETTINGS = {
    "HEARD_NUDGE_AFTER": "0.5s",
    "HEARD_ESCALATE_AFTER": "1h",
    "HEARD_GROUP_WINDOW": "0.000001s",
}


@contextmanager
def questions(slack: Local, every: float = 0.9) -> Iterator[dict[str, str]]:
    """Have customers ask all the while; give what they asked, and where."""
    asked: dict[str, str] = {}
    enough = threading.Event()

    def ask() -> None:
        while not enough.wait(every):
            who, channel = ((DANA, ACME), (GUS, GLOBEX))[len(asked) % 2]
            words = f"Question {len(asked):03}?"
            asked[words] = f"{channel}:{slack.says(who, channel, words)}"

    asking = threading.Thread(target=ask)
    asking.start()
    try:
        yield asked
    finally:
        enough.set()
        asking.join()


def told(slack: Local, asked: dict[str, str]) -> Counter[str]:
    """Count the messages about each question."""
    texts = [str(one["blocks"]) for one in slack.posted()]
    return Counter({words: sum(words in text for text in texts) for words in asked})


def check(url: str, slack: Local, asked: dict[str, str]) -> None:
    """See each question in the store, a nudge about each, and nothing where customers are."""
    store = open_store(url)
    found = {one.id for one in store.touched(datetime(2020, 1, 1, tzinfo=UTC), 9999)}
    store.close()
    assert found == set(asked.values())
    assert set(told(slack, asked).values()) == {1}
    assert not slack.posted(ACME)
    assert not slack.posted(GLOBEX)


def test_a_database_that_is_away_for_a_while(bot, connected, slack, database, counted):
    """Ten seconds without it: what was not stored is not acknowledged, and taken in afterwards."""
    url, port = database.fresh_url(), free_port()
    process = bot(DATABASE_URL=url, HEARD_METRICS_PORT=str(port), **SETTINGS).start()
    connected()
    health = Caller(port)
    with questions(slack) as asked:
        eventually(lambda: any(told(slack, asked).values()), 30, "the first nudge")
        database.stop()
        threading.Event().wait(AWAY)
        missed = len(slack.unanswered())
        refused = health.gets("/readyz")
        database.start()
        eventually(lambda: health.gets("/readyz").status == 200, 30, "that it is ready again")
    eventually(lambda: all(told(slack, asked).values()), 60, "a nudge about every question")
    assert missed
    assert (refused.status, refused.json["reason"]) == (503, "the store cannot be reached")
    slack.demo.advance(60)
    eventually(lambda: not slack.unanswered(), 20, "that Slack is rid of the events it sent again")
    assert process.terminate() == 0
    check(url, slack, asked)
    counted(
        f"a database away for {AWAY} s: of {len(asked)} questions {missed} were refused meanwhile,"
        " and all taken in; each nudge sent once"
    )


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of a few megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=4m", "none", folder], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("only root may mount a small disk; tests/storage limits the size of files")
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)


def filled(folder: Path) -> Path:
    """Leave no room on a disk; return the file that takes it all."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file, suppress(OSError):
        while file.write(bytes(4096)):
            pass
    return ballast


@pytest.mark.parametrize("kind", ["tinydb", "sqlite"])
def test_a_disk_that_is_full_for_a_while(small_disk, bot, connected, slack, counted, kind):
    """What has no room is not acknowledged; the log says why; with room again it is taken in."""
    url = f"{kind}:///{small_disk / 'heard'}"
    process = bot(DATABASE_URL=url, **SETTINGS).start()
    connected()
    with questions(slack) as asked:
        eventually(lambda: any(told(slack, asked).values()), 30, "the first nudge")
        ballast = filled(small_disk)
        eventually(lambda: "Free some space on its disk" in process.log, 20, "the complaint")
        before = len(asked)
        eventually(lambda: len(asked) > before + 3, what="some more questions")
        missed = len(slack.unanswered())
        ballast.unlink()
    eventually(lambda: all(told(slack, asked).values()), 60, "a nudge about every question")
    assert missed
    slack.demo.advance(60)
    eventually(lambda: not slack.unanswered(), 20, "that Slack is rid of the events it sent again")
    assert process.terminate() == 0
    check(url, slack, asked)
    counted(
        f"a full disk beneath {kind}: of {len(asked)} questions {missed} were refused meanwhile,"
        " and all taken in; each nudge sent once"
    )
