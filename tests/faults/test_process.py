"""The bot as a process: how it starts, ends, and loses its connection."""

import re
import socket
import time

import pytest

from storage.tiny import TinyStore
from tests.local import ACME, ANA, BEN, DANA, GLOBEX, GUS, TRIAGE, eventually

SOON = {"HEARD_NUDGE_AFTER": "0.2s", "HEARD_ESCALATE_AFTER": "1h"}


def test_it_ends_quickly_when_asked_to(bot, connected, tmp_path):
    """SIGTERM ends it with 0 within a few seconds, and its store can be opened again at once."""
    process = bot().start()
    connected()
    before = time.monotonic()
    assert process.terminate() == 0
    assert time.monotonic() - before < 5
    TinyStore.in_file(tmp_path / "heard.json").close()
    assert "Traceback" not in process.log


def test_it_ends_when_asked_to_before_it_is_connected(bot):
    """While Slack cannot be reached it tries again, and still ends with 0 when asked to."""
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/api/"
        process = bot(SLACK_API_URL=url).start()
        eventually(lambda: "trying again" in process.log, what="the first try")
        assert process.terminate() == 0


def test_it_waits_for_a_slack_that_is_out_of_order(bot, slack, connected):
    """Failures while it starts are waited out."""
    slack.breaks("auth.test", "500")
    slack.breaks("apps.connections.open", "429")
    process = bot().start()
    connected()
    assert process.terminate() == 0


def test_a_second_bot_on_the_same_store_is_refused(bot, connected, tmp_path):
    """Two processes would spoil each other's memory: the second says so and ends with 1."""
    first = bot().start()
    connected()
    before = len(first.log)
    second = bot().start()
    assert second.ends() == 1
    said = second.log[before:]
    assert str(tmp_path / "heard.json") in said
    assert "Traceback" not in said
    assert first.is_running()


@pytest.mark.parametrize("content", ["", "{", '{"_default": {}}', "\x00\x01", "[]"])
def test_a_damaged_store_is_left_alone(bot, tmp_path, content):
    """A store that cannot be read is named and not touched, and the exit code is 1."""
    path = tmp_path / "heard.json"
    path.write_text(content)
    process = bot().start()
    assert process.ends() == 1
    assert str(path) in process.log
    assert "Traceback" not in process.log
    assert path.read_text() == content


def test_a_store_in_a_place_that_is_none_is_named(bot, tmp_path):
    """A folder that is a file: exit code 1, and what to do."""
    (tmp_path / "file").write_text("")
    process = bot(DATABASE_URL=f"tinydb:///{tmp_path}/file/heard.json").start()
    assert process.ends() == 1
    assert "Traceback" not in process.log


def test_all_wrong_settings_are_named_at_once(bot):
    """Every fault is listed with its cure; nothing is started, and the exit code is 2."""
    wrong = {
        "SLACK_BOT_TOKEN": "xoxp-wrong",
        "SLACK_API_URL": "slack.com",
        "DATABASE_URL": "mysql://root:secret@db/heard",
        "HEARD_TRIAGE": "#triage",
        "HEARD_LEADS": "ana",
        "HEARD_COLLEAGUES": "@@",
        "HEARD_NUDGE_AFTER": "soon",
        "HEARD_GROUP_WINDOW": "0s",
        "HEARD_HOURS": "9-5",
        "HEARD_TIMEZONE": "Berlin",
        "HEARD_HOLIDAYS": "XX",
    }
    process = bot(**wrong).start()
    assert process.ends() == 2
    assert [name for name in wrong if name not in process.log] == []
    assert "secret" not in process.log
    assert "Traceback" not in process.log


@pytest.mark.parametrize("name", ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"])
def test_a_refused_token_is_named(bot, name):
    """A token that Slack refuses: exit code 2, and where to find the right one."""
    token = "xoxb-refused" if name == "SLACK_BOT_TOKEN" else "xapp-refused"
    process = bot(**{name: token}).start()
    assert process.ends() == 2
    assert name in process.log
    assert "README" in process.log
    assert token not in process.log
    assert "Traceback" not in process.log


def test_without_tokens_it_says_how_to_get_them(bot):
    """Started with nothing set, it names the demo and where the tokens are."""
    process = bot(SLACK_BOT_TOKEN="", SLACK_APP_TOKEN="").start()
    assert process.ends() == 2
    assert "python -m bot demo" in process.log


def test_check_ends_with_what_is_to_be_put_right(bot):
    """`check` ends with 0 where all is in order, and with 1 where the triage channel is not."""
    assert bot().start("check").ends() == 0
    process = bot(HEARD_TRIAGE="C0NOWHERE").start("check")
    assert process.ends() == 1
    assert "C0NOWHERE" in process.log


def test_a_dropped_connection_loses_nothing(bot, slack, connected):
    """What is written around a cut connection is taken in once it is back, and counts once."""
    process = bot(**SOON).start()
    connected()
    slack.says(DANA, ACME, "Before")
    eventually(lambda: _about(slack, "Before"), what="the first nudge")
    for number in range(2):
        slack.does(ANA, "disconnect")
        slack.says(GUS, GLOBEX, f"Meanwhile {number}")
        slack.says(BEN, GLOBEX, "Note to separate them")
        asked = slack.says(GUS, GLOBEX, f"After {number}")
        connected()
        _wait_for(slack, f"After {number}")
        slack.says(BEN, GLOBEX, "Here", thread_ts=asked)
    assert len(_about(slack, "Before")) == 1
    assert len(_about(slack, "After 1")) == 1
    assert process.terminate() == 0


def test_being_asked_to_reconnect_interrupts_nothing(bot, slack, connected):
    """Slack refreshes connections every few hours; questions around it are nudged once."""
    process = bot(**SOON).start()
    connected()
    slack.says(DANA, ACME, "Before")
    slack.does(ANA, "disconnect", reason="refresh_requested")
    slack.says(GUS, GLOBEX, "After")
    eventually(lambda: _about(slack, "Before") and _about(slack, "After"), 20, "the nudges")
    assert len(_about(slack, "Before")) == len(_about(slack, "After")) == 1
    assert process.terminate() == 0


def test_slack_out_of_reach_for_long_ends_it(bot, slack, connected, tmp_path):
    """It tries to connect anew, then says so and ends with 1, for a supervisor to start it."""
    process = bot().start_module("tests.faults.impatient")
    connected()
    slack.holds(on=True)
    slack.does(ANA, "disconnect")
    assert process.ends(40) == 1
    assert "Slack hung up; connecting anew" in process.log
    assert re.search(r"ERROR bot.serving: Slack was silent for \d+ s; ending", process.log)
    TinyStore.in_file(tmp_path / "heard.json").close()


def test_slack_out_of_reach_for_a_while_is_waited_for(bot, slack, connected):
    """Back in time, it is connected to, and what was written meanwhile is taken in."""
    process = bot(**SOON).start_module("tests.faults.impatient")
    connected()
    slack.holds(on=True)
    slack.does(ANA, "disconnect")
    slack.says(GUS, GLOBEX, "Anybody?")
    eventually(lambda: "connecting anew" in process.log, what="the first try")
    slack.holds(on=False)
    connected()
    _wait_for(slack, "Anybody?")
    assert process.is_running()


def test_what_was_written_while_it_was_down_is_taken_in(bot, slack, connected):
    """Killed, and started long after Slack gave up retrying: nothing was missed."""
    process = bot(**SOON).start()
    connected()
    known = slack.says(DANA, ACME, "Known")
    eventually(lambda: _about(slack, "Known"), what="the first nudge")
    process.kill()
    slack.says(BEN, ACME, "Here", thread_ts=known)
    slack.says(GUS, GLOBEX, "While you were away")
    process.start()
    connected()
    eventually(lambda: _about(slack, "While you were away"), 20, "the nudge")
    eventually(lambda: "Answered by" in slack.posted(TRIAGE)[0]["text"], 10, "the edit")
    assert process.terminate() == 0
    assert process.log.count("Traceback") == 0


def _about(slack, words):
    return [one for one in slack.posted() if words in one["text"]]


def _wait_for(slack, words):
    eventually(lambda: _about(slack, words), 20, "a nudge")
