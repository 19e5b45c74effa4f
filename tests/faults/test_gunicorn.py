"""The bot in gunicorn, as the container runs it over HTTP: a real server, a real signature."""

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Event

import pytest

from storage import open_store
from tests.deployment import image_environment, instructions
from tests.local import AUTH, GLOBEX, GUS, Directory, directory, eventually, message, stamp
from tests.postgres import postgres
from tests.web import SECRET, Caller, free_port, is_up


@pytest.fixture(params=["tinydb", "postgresql"])
def store(request, tmp_path):
    """The URL of an empty store."""
    if request.param == "tinydb":
        yield f"tinydb:///{tmp_path / 'heard.json'}"
        return
    with postgres() as server:
        yield server.fresh_url()


@pytest.fixture
def caller() -> Caller:
    """Slack, as it calls."""
    return Caller(free_port())


@pytest.fixture
def figures() -> int:
    """The port for figures."""
    return free_port()


@pytest.fixture
def contained(bot, caller, figures) -> Callable:
    """Start gunicorn with the settings of the image, but for its ports and its folder."""

    def start(**settings: str):
        image = image_environment()["GUNICORN_CMD_ARGS"]
        process = bot(
            SLACK_APP_TOKEN="",
            SLACK_SIGNING_SECRET=SECRET,
            HEARD_METRICS_PORT=str(figures),
            GUNICORN_CMD_ARGS=image.replace("0.0.0.0:3000", f"127.0.0.1:{caller.port}"),
            **settings,
        )
        process.start_module("gunicorn", "bot.wsgi:application")
        eventually(lambda: is_up(caller.port, "/readyz"), 20, "that it listens")
        return process

    return start


def now() -> str:
    """Return the `ts` of a message of this moment."""
    return stamp(datetime.now(UTC))


def kept(url: str) -> list[str]:
    """Return which conversations a store holds after the end."""
    store = open_store(url)
    found = [one.thread for one in store.open()]
    store.close()
    return found


def test_gunicorn_runs_it(contained, caller, slack, store):
    """It takes in what Slack has signed, does what is due, ends with 0, and keeps all of it."""
    process = contained(DATABASE_URL=store, HEARD_NUDGE_AFTER="0.5s")
    asked = slack.says(GUS, GLOBEX, "Where is it?")
    question = message(GUS, "Where is it?", asked, channel=GLOBEX)
    assert caller.tells(question).status == 200
    assert caller.tells(question, **{"X-Slack-Signature": "v0=0"}).status == 401
    eventually(lambda: [one for one in slack.posted() if "Where is it?" in one["text"]], 20)
    assert process.terminate() == 0
    assert "Traceback" not in process.log
    assert kept(store) == [asked]


def test_it_finishes_what_was_begun(contained, caller, tmp_path):
    """Told to stop in the middle of a request, it answers, has it stored, and ends with 0."""
    url = f"tinydb:///{tmp_path / 'heard.json'}"
    with directory() as web:
        process, asked, go_on = _held_up(web, contained, url)
        with ThreadPoolExecutor(1) as pool:
            reply = pool.submit(caller.tells, message(GUS, ts=now()))
            assert asked.wait(10)
            process.asks_to_stop()
            eventually(lambda: "Handling signal: term" in process.log, what="the signal")
            assert not reply.done()
            go_on.set()
            assert reply.result(10).status == 200
        assert process.ends() == 0
    assert "Traceback" not in process.log
    assert len(kept(url)) == 1


def _held_up(web: Directory, contained: Callable, url: str) -> tuple:
    """Start a bot whose Slack does not say who somebody is until it is told to go on."""
    web.next["auth.test"] = [{"ok": True, **AUTH}]
    process = contained(SLACK_API_URL=f"{web.url}api/", DATABASE_URL=url)
    asked, go_on = Event(), Event()

    def slowly() -> int:
        asked.set()
        go_on.wait(10)
        return 200

    web.next["users.info"] = [slowly]
    return process, asked, go_on


def test_the_health_check_finds_it_alive(contained, figures):
    """The command of the image ends with 0 while it works, and not once it is gone."""
    process = contained()
    (check,) = instructions("HEALTHCHECK")

    def healthy() -> bool:
        run = [sys.executable, *check.command[1:]]
        env = {"HEARD_METRICS_PORT": str(figures)}
        return not subprocess.run(run, env=env, capture_output=True, check=False).returncode

    assert healthy()
    process.kill()
    eventually(lambda: not healthy(), 20, "that its workers have ended, too")
