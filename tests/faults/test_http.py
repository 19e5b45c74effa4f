"""The bot as a process behind HTTP: killed, stopped, started wrongly, watched."""

import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Event

import pytest

from bot.core.model import Conversation
from storage.tiny import TinyStore
from tests.local import (
    ACME,
    AUTH,
    BEN,
    DANA,
    GLOBEX,
    GUS,
    Directory,
    directory,
    envelope,
    eventually,
    message,
    stamp,
)
from tests.web import SECRET, Caller, free_port, is_up, retry, samples


@pytest.fixture
def port() -> int:
    """A port that nobody uses."""
    return free_port()


@pytest.fixture
def caller(port: int) -> Caller:
    """Slack, as it calls."""
    return Caller(port)


@pytest.fixture
def over_http(bot, port) -> Callable:
    """Start a bot over HTTP, and wait until it listens."""

    def start(**settings: str):
        environment = {"SLACK_APP_TOKEN": "", "SLACK_SIGNING_SECRET": SECRET}
        process = bot(**environment, HEARD_HTTP_PORT=str(port), **settings).start("run", "--http")
        eventually(lambda: is_up(port), 15, "that it listens")
        return process

    return start


@pytest.fixture
def web() -> Iterator[Directory]:
    """A Slack that a test can hold up."""
    with directory() as server:
        server.next["auth.test"] = [{"ok": True, **AUTH}] * 9
        yield server


def now() -> str:
    """Return the `ts` of a message of this moment."""
    return stamp(datetime.now(UTC))


def kept(tmp_path) -> list[Conversation]:
    """Return what the file holds after the end."""
    store = TinyStore.in_file(tmp_path / "heard.json")
    found = store.open()
    store.close()
    return list(found)


def test_what_was_acknowledged_survives_a_kill(over_http, caller, web, tmp_path):
    """Killed at the very moment of the answer, again and again, it has all that it answered."""
    asked: list[str] = []
    for number in range(6):
        process = over_http(SLACK_API_URL=f"{web.url}api/", HEARD_GROUP_WINDOW="0.000001s")
        asked.append(now())
        question = message((DANA, GUS)[number % 2], f"Question {number}?", asked[-1])
        assert caller.tells(question).status == 200
        process.kill()
    found = kept(tmp_path)
    assert sorted(one.thread for one in found) == asked
    process.start("run", "--http")
    eventually(lambda: is_up(caller.port), 15, "that it listens")
    assert caller.tells(question, **retry(1, "http_timeout")).status == 200
    assert process.terminate() == 0
    assert [one.wait for one in kept(tmp_path)] == [one.wait for one in found]


def test_a_request_that_was_begun_is_finished(over_http, caller, web, tmp_path):
    """Told to stop in the middle of a request, it answers, has it stored, and ends with 0."""
    process = over_http(SLACK_API_URL=f"{web.url}api/")
    asked, go_on = Event(), Event()

    def slowly() -> int:
        asked.set()
        go_on.wait(10)
        return 200

    web.next["users.info"] = [slowly]
    with ThreadPoolExecutor(1) as pool:
        reply = pool.submit(caller.tells, message(GUS, ts=now()))
        assert asked.wait(10)
        process.asks_to_stop()
        eventually(lambda: "Heard is stopping" in process.log, what="the signal")
        assert not reply.done()
        go_on.set()
        assert reply.result(10).status == 200
    assert process.ends() == 0
    assert len(kept(tmp_path)) == 1
    assert "Traceback" not in process.log


@pytest.mark.parametrize("event", ["app_uninstalled", "tokens_revoked"])
def test_removed_from_its_workspace_it_ends(over_http, caller, event):
    """With 2, as without a token; other workspaces' removals are none of its business."""
    process = over_http()
    ours = envelope({"type": event}, authorizations=[])
    assert caller.tells(ours | {"team_id": "T0OTHER0001"}).status == 200
    assert caller.tells(ours).status == 200
    assert process.ends() == 2
    assert "SLACK_BOT_TOKEN" in process.log
    assert "Traceback" not in process.log


def test_it_ends_quickly_and_lets_go_of_its_port(over_http, caller, port):
    """SIGTERM ends it with 0, also with a line open on which nothing is said."""
    process = over_http()
    with socket.create_connection(("127.0.0.1", port)):
        assert process.terminate() == 0
    socket.create_server(("127.0.0.1", port)).close()
    assert "Traceback" not in process.log


def test_without_what_it_needs_it_does_not_start(bot):
    """Every fault is named at once, with its cure."""
    wrong = {"SLACK_SIGNING_SECRET": "", "HEARD_HTTP_PORT": "99999", "HEARD_METRICS_PORT": "http"}
    process = bot(**wrong, SLACK_BOT_TOKEN="", SLACK_APP_TOKEN="").start("run", "--http")
    assert process.ends() == 2
    assert [name for name in (*wrong, "SLACK_BOT_TOKEN") if name not in process.log] == []
    assert "'Over HTTP' in README.md" in process.log
    assert "Traceback" not in process.log


@pytest.mark.parametrize("setting", ["HEARD_HTTP_PORT", "HEARD_METRICS_PORT"])
def test_a_port_that_is_taken_is_named(bot, port, setting):
    """Another program has it: exit code 2, and which setting to change."""
    environment = {"SLACK_SIGNING_SECRET": SECRET, "HEARD_HTTP_PORT": str(free_port())}
    with socket.create_server(("0.0.0.0", port)):  # noqa: S104 - as the bot does
        process = bot(**{**environment, setting: str(port)}).start("run", "--http")
        assert process.ends() == 2
    assert f"{setting} is {port}, which cannot be used" in process.log
    assert "Traceback" not in process.log


def test_it_listens_where_it_is_told_to(over_http, port):
    """Both ports can be reached at the address that is set, and at no other."""
    figures = free_port()
    over_http(HEARD_HTTP_HOST="127.0.0.1", HEARD_METRICS_PORT=str(figures))
    for one in (port, figures):
        assert is_up(one)
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.2", one))


def test_an_address_of_another_machine_is_named(bot, port):
    """Nobody can listen at it: exit code 2, and which setting to change."""
    settings = {"SLACK_SIGNING_SECRET": SECRET, "HEARD_HTTP_HOST": "192.0.2.1"}
    for command in (["run", "--http"], ["check"]):
        process = bot(**settings, HEARD_HTTP_PORT=str(port)).start(*command)
        assert process.ends() == (2 if "run" in command else 1)
    assert process.log.count("HEARD_HTTP_HOST") == 2
    assert "Traceback" not in process.log


def test_check_looks_at_http_too(bot, over_http, port):
    """A free port is in order, and one where Heard listens; one of another program is not."""
    settings = {"SLACK_SIGNING_SECRET": SECRET, "HEARD_HTTP_PORT": str(port), "SLACK_APP_TOKEN": ""}
    process = bot(**settings).start("check")
    assert process.ends() == 0
    assert f"✓ HTTP at port {port}" in process.log
    assert "Socket Mode" not in process.log
    with socket.create_server(("127.0.0.1", port)):
        process = bot(**settings).start("check")
        assert process.ends() == 1
    assert f"✗ HTTP at port {port}" in process.log
    over_http()
    assert bot(**settings).start("check").ends() == 0
    assert "in use, by the Heard that is running)" in process.log


def test_any_wsgi_server_runs_it(bot, caller, port, slack, tmp_path):
    """`bot.wsgi` takes in, answers, and does by itself what is due, under another's command."""
    process = bot(SLACK_SIGNING_SECRET=SECRET, HEARD_NUDGE_AFTER="0.5s")
    process.start_module("waitress", f"--listen=127.0.0.1:{port}", "bot.wsgi:application")
    eventually(lambda: is_up(port, "/readyz"), 15, "that it listens")
    asked = slack.says(GUS, GLOBEX, "Where is it?")
    assert caller.tells(message(GUS, "Where is it?", asked, channel=GLOBEX)).status == 200
    eventually(lambda: [one for one in slack.posted() if "Where is it?" in one["text"]], 10)
    process.kill()
    assert [one.thread for one in kept(tmp_path)] == [asked]


def test_a_wrong_setting_ends_any_server(tmp_path):
    """Imported without what it needs, `bot.wsgi` says what is missing."""
    run = [sys.executable, "-c", "import bot.wsgi"]
    ended = subprocess.run(run, capture_output=True, text=True, check=False, env={})
    assert ended.returncode
    assert "SLACK_SIGNING_SECRET is not set" in ended.stderr


def test_figures_in_socket_mode(bot, connected, slack, port):
    """With a port of their own they are there in Socket Mode, too, and give nobody away."""
    process = bot(HEARD_METRICS_PORT=str(port), HEARD_NUDGE_AFTER="0.5s").start()
    connected()
    figures = Caller(port)
    root = slack.says(DANA, ACME, "Zanzibar is on fire")
    slack.says(BEN, ACME, "I'll send Zanzibar a ladder by Friday", thread_ts=root)
    slack.says(GUS, GLOBEX, "Is Zanzibar well?")
    eventually(lambda: samples(figures.gets("/metrics").text).get("heard_nudges_total"), 20)
    page = figures.gets("/metrics").text
    found = samples(page)
    assert found["heard_events_total{message}"] >= 3
    assert found["heard_acknowledgement_seconds_count"] >= 3
    assert found["heard_promises_open"] == 1
    for secret in (
        "Zanzibar",
        "fire",
        "ladder",
        ACME,
        GLOBEX,
        DANA,
        GUS,
        BEN,
        "Dana",
        "Gus",
        "acme",
    ):
        assert secret not in page
    assert "Zanzibar" not in process.log
    assert figures.gets("/readyz").status == 200
    assert figures.call("POST", "/slack/events", b"").status == 404
    assert process.terminate() == 0
