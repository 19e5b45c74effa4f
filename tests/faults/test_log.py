"""What the log of a whole day holds, at its most talkative: no words, no names, no tokens."""

import json
import re
import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from bot.demo import cast
from handlers import blocks, ledger, modals, promise_forms, replying
from handlers.commands import COMMANDS
from tests.faults.conftest import Process
from tests.local import (
    ACME,
    ANA,
    AUTH,
    BEN,
    CLEO,
    DANA,
    GLOBEX,
    GUS,
    Directory,
    Local,
    click,
    command,
    directory,
    eventually,
    link,
    message,
    new_ts,
)
from tests.postgres import PASSWORD, postgres
from tests.web import FORM, SECRET, Caller, free_port, is_up

WORD = "Zanzibar"
SAID = (
    f"Where is {WORD}?",
    f"This is the third time I ask for {WORD}, {WORD}!",
    f"I'll send {WORD} by Friday 3pm",
    f"Let me check {WORD}",
)
NAMES = {word for one in cast.PEOPLE.values() for word in (one.name, *one.real_name.split())}
PLACES = {"Acme", "acme-", "globex", "lighthouse"}
TOKENS = {cast.BOT_TOKEN, cast.APP_TOKEN, cast.VERIFICATION_TOKEN, SECRET, PASSWORD}
TICKETS = {"ticket=", "/hooks/", "token="}


def told(log: str) -> set[str]:
    """Return what a log gives away."""
    found = {one for one in NAMES | PLACES | TOKENS | TICKETS if re.search(rf"\b{one}", log)}
    return found | set(re.findall(WORD, log, re.IGNORECASE))


@contextmanager
def full(process: Process, size: int) -> Iterator[None]:
    """Let no file of a process grow beyond a size within, as where the disk is full."""
    before = resource.prlimit(process.number, resource.RLIMIT_FSIZE, (size, -1))
    try:
        yield
    finally:
        resource.prlimit(process.number, resource.RLIMIT_FSIZE, before)


class Day:
    """Everybody at work in the demo's Slack, with the marked word in all that they write."""

    def __init__(self, slack: Local) -> None:
        self._slack = slack

    def passes(self) -> None:
        said = [self._slack.says(DANA, ACME, SAID[0]), self._slack.says(GUS, GLOBEX, SAID[1])]
        promised = [
            self._slack.says(BEN, place, SAID[2], thread_ts=ts)
            for place, ts in zip((ACME, GLOBEX), said, strict=True)
        ]
        self.types(said[0])
        for name in ("eyes", "pushpin", "handshake", "alarm_clock", WORD.lower()):
            self._slack.reacts(BEN, ACME, said[0], name)
            self._slack.reacts(BEN, ACME, promised[0], name)
        for shortcut in (replying.SUGGEST, promise_forms.TRACK, WORD):
            self._slack.does(BEN, "shortcut", channel=ACME, ts=said[0], callback_id=shortcut)
            self.fills_in()
        self._slack.does(DANA, "edit", channel=ACME, ts=said[0], text=f"{SAID[1]} Now!")
        self._slack.does(BEN, "edit", channel=ACME, ts=promised[0], text=SAID[3])
        self._slack.does(BEN, "delete", channel=GLOBEX, ts=promised[1])
        self.presses()
        self._slack.does(DANA, "delete", channel=ACME, ts=said[0])

    def types(self, ts: str) -> None:
        words = (f"send {WORD} the report by tomorrow", link(ACME, ts))
        for word in (*COMMANDS, WORD):
            for rest in words:
                text = f"/heard {word} {rest}".strip()
                self._slack.does(ANA, "command", channel=ACME, text=text)
                self.fills_in()
        self._slack.does(GUS, "command", channel=GLOBEX, text=f"/heard check {WORD}")

    def presses(self) -> None:
        """Press every button that Heard has shown, and fill in what opens."""
        shown = self._slack.all()
        for one in [m for m in shown["messages"] if m.get("bot_id")] + shown["ephemerals"]:
            for block in one.get("blocks") or ():
                for element in block["elements"] if block["type"] == "actions" else ():
                    where = {"channel": one["channel"], "ts": one["ts"]}
                    which = {"block_id": block["block_id"], "action_id": element["action_id"]}
                    who = one.get("to") or CLEO
                    self._slack.does(who, "click", **where, **which, value=element.get("value"))
                    self.fills_in()

    def fills_in(self) -> None:
        """Write the marked word into whatever form is open, send it off, and close it."""
        for who, views in self._slack.all()["views"].items():
            for view in reversed(views):
                values = {
                    one["block_id"]: {one["element"]["action_id"]: f"{WORD} by Friday"}
                    for one in view["blocks"]
                    if one["type"] == "input" and one["element"]["type"] == "plain_text_input"
                }
                self._slack.does(who, "submit", view_id=view["id"], values=values)
                self._slack.does(who, "close", view_id=view["id"], clear=True)


def test_the_log_of_a_day_gives_nobody_away(bot, connected, slack, tmp_path):
    """Over Socket Mode, whatever is written, pressed and filled in, and whatever fails."""
    process = bot(
        DATABASE_URL=f"sqlite:///{tmp_path / 'heard.db'}",
        HEARD_NUDGE_AFTER="0.5s",
        HEARD_GROUP_WINDOW="0.1s",
        HEARD_COACH="on",
    ).start("--verbose", "run")
    connected()
    day = Day(slack)
    day.passes()
    slack.says(GUS, GLOBEX, SAID[0])
    eventually(slack.posted, 20, "a nudge")
    day.presses()
    for method in ("chat.postMessage", "chat.postEphemeral", "chat.update", "views.open"):
        slack.breaks(method, "500", 2)
        slack.breaks(method, "429")
        slack.breaks(method, "lost")
        slack.breaks(method, "error:invalid_blocks")
    slack.does(ANA, "disconnect")
    day.passes()
    connected()
    with full(process, 2**16):
        for number in range(20):
            slack.says(DANA, ACME, f"{SAID[0]} {number}")
            slack.does(BEN, "command", channel=ACME, text=f"/heard promise {SAID[2]}")
        eventually(lambda: "cannot be used" in process.log, 10, "the full disk")
    assert process.terminate() == 0
    assert told(process.log) == set()


@pytest.fixture(params=["tinydb", "postgresql"])
def broken(request, tmp_path) -> Iterator[tuple[str, Callable[[Process], Any]]]:
    """A store, and what breaks it: a full disk, or a row that the database quotes and refuses."""
    if request.param == "tinydb":
        journal = tmp_path / "heard.json.journal"
        url = f"tinydb:///{tmp_path / 'heard.json'}"
        yield url, lambda process: full(process, journal.stat().st_size)
        return
    with postgres() as server:
        url = server.fresh_url()
        (place,) = re.findall(r"heard_\d+", url)

        @contextmanager
        def refusing(_: Process) -> Iterator[None]:
            server.execute(f"ALTER TABLE {place}.entries ADD CONSTRAINT no CHECK (false) NOT VALID")
            yield
            server.execute(f"ALTER TABLE {place}.entries DROP CONSTRAINT no")

        yield url, refusing


def test_the_log_over_http_gives_nobody_away(bot, broken, tmp_path):
    """What nobody has signed, what makes no sense, a Slack that breaks off, a store that fails."""
    url, failing = broken
    caller, figures = Caller(free_port()), Caller(free_port())
    with directory() as web:
        web.next["auth.test"] = [{"ok": True, **AUTH}]
        process = bot(
            DATABASE_URL=url,
            SLACK_APP_TOKEN="",
            SLACK_API_URL=f"{web.url}api/",
            SLACK_SIGNING_SECRET=SECRET,
            HEARD_HTTP_PORT=str(caller.port),
            HEARD_METRICS_PORT=str(figures.port),
            HEARD_NUDGE_AFTER="0.1s",
        ).start("--verbose", "run", "--http")
        eventually(lambda: is_up(caller.port), 15, "that it listens")
        for _ in range(20):
            assert caller.tells(message(DANA, SAID[0])).status == 200
        with failing(process):
            assert caller.tells(message(DANA, SAID[1])).status >= 500
            caller.asks(command(BEN, f"promise {WORD} by tomorrow"))
        confuse(caller, web)
        assert figures.gets("/metrics").status == 200
        assert process.terminate() == 0
    assert process.log.count("Traceback") > 3
    assert "was not signed by Slack" in process.log
    assert "cannot be" in process.log
    assert told(process.log) == set()


def confuse(caller: Caller, web: Directory) -> None:
    """Send what no Slack would, and have Slack break off in the middle of its answers."""
    cut = json.dumps({"ok": True, "user": {"id": GUS, "name": WORD}, "messages": [SAID]})[:-9]
    for method in ("users.info", "chat.postMessage", "chat.update", "conversations.history"):
        web.next[method] = [cut, {"ok": False, "error": f"not {WORD}"}, 500]
    forged = message(DANA, SAID[0])
    assert caller.tells(forged, **{"X-Slack-Signature": f"v0={WORD}"}).status == 401
    caller.posts(WORD.encode())
    caller.posts(f"payload={WORD}".encode(), FORM)
    caller.call("GET", f"/{WORD}?{WORD}")
    for fields in (
        {"ts": WORD},
        {"user": {"name": WORD}},
        {"text": {WORD: WORD}},
        {"blocks": WORD},
        {"blocks": [{"type": "rich_text", "elements": [WORD]}]},
        {"files": WORD},
        {"edited": WORD, "subtype": "message_changed", "message": WORD},
        {"channel": [WORD]},
    ):
        caller.tells({**forged, "event": {**forged["event"], "ts": new_ts(), **fields}})
    for name in ("reaction_added", "user_change", "channel_rename", WORD):
        caller.tells({**forged, "event": {"type": name, "user": WORD, "item": WORD, "ts": WORD}})
    for value in (WORD, f"{ACME}:{WORD}", f"{ACME}:{new_ts()}/{WORD}"):
        for action in (blocks.CLAIM, ledger.MOVE, ledger.DONE, WORD):
            caller.does(click(BEN, action, value, f"{web.url}hook/{WORD}"))
    for callback in (modals.CHANNEL, promise_forms.TELL, WORD):
        view = {"id": WORD, "callback_id": callback, "private_metadata": WORD, "state": WORD}
        caller.does({**click(BEN, "", "", ""), "type": "view_submission", "view": view})
    caller.does({**click(BEN, "", "", ""), "type": "message_action", "callback_id": WORD})
    caller.asks({**command(BEN, WORD), "command": f"/{WORD}"})
