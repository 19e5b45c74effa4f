"""The real parts of Heard, put together for the tests of its edges, and the Slacks they talk to.

There are two: the demo's, which keeps messages and delivers events, and `Directory`, which answers
single calls in any odd way that a test needs. Nothing here waits for a fixed time.
"""

from __future__ import annotations

import json
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

from slack_bolt import App, BoltRequest, BoltResponse
from slack_sdk import WebClient

from bot.config import Settings
from bot.core.cards import Cards
from bot.core.decision import Decisions
from bot.core.desk import Desk
from bot.core.model import Change, Conversation, State
from bot.core.policy import Policy
from bot.core.ports import Store
from bot.core.refusals import StoreFailed
from bot.core.rounds import Rounds
from bot.demo import DemoSlack
from bot.replies import shipped
from handlers import events, payloads
from handlers.edge import Edge
from handlers.history import History
from handlers.links import Links
from handlers.outbox import Courier
from handlers.reception import bolt
from handlers.roster import Roster
from storage.tiny import TinyStore

T = TypeVar("T")
Json = dict[str, Any]

ROOT = Path(__file__).parents[1]
HOME, ACME_TEAM = "T0LGHTHSE01", "T0ACMECORP1"
ANA, BEN, CLEO = "U0ANALEAD01", "U0BENAGENT1", "U0CLEOAGNT1"
COLLEAGUES = (ANA, BEN, CLEO)
DANA, GUS = "U0DANAACME1", "U0GUSGUEST1"
CUSTOMERS = (DANA, GUS)
BOT, BOT_ID = "U0HEARDBOT1", "B0HEARDAPP1"
ACME, GLOBEX, TRIAGE, RANDOM = "C0ACMESHRD1", "C0GLOBEX001", "C0TRIAGE001", "C0RANDOM001"
URL = "https://lighthouse.slack.com/"
AUTH = {"team_id": HOME, "user_id": BOT, "bot_id": BOT_ID, "url": URL}
MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
SETTINGS = {
    "SLACK_BOT_TOKEN": "xoxb-demo-heard",
    "SLACK_APP_TOKEN": "xapp-demo-heard",
    "HEARD_TRIAGE": TRIAGE,
    "HEARD_HOURS": "always",
}


def eventually(true: Callable[[], T], within: float = 10.0, what: str = "it") -> T:
    """Return what it gave, as soon as it gave something."""
    until, never = time.monotonic() + within, threading.Event()
    while not (found := true()):
        assert time.monotonic() < until, f"{what} did not happen within {within:g} s"
        never.wait(0.02)
    return found


def stamp(moment: datetime) -> str:
    """Return the `ts` that Slack gives to a message of that moment."""
    return f"{moment.timestamp():.6f}"


def link(channel: str, ts: str) -> str:
    return f"{URL}archives/{channel}/p{ts.replace('.', '')}"


class Local:
    """The demo's Slack: what people do in it, what can be broken, and what is to be seen."""

    def __init__(self, demo: DemoSlack) -> None:
        self.demo = demo

    def does(self, who: str, action: str, **body: Any) -> Json:
        """Do something as somebody; what Slack would not let them do comes back as its error."""
        request = urllib.request.Request(  # noqa: S310 - it is this machine
            f"{self.demo.url}demo/{action}",
            data=json.dumps({"as": who, **body}).encode(),
            headers={"Content-Type": "application/json"},
        )
        try:
            with urllib.request.urlopen(request) as answer:  # noqa: S310
                return json.load(answer)
        except urllib.error.HTTPError as refused:
            with refused:
                return json.load(refused)

    def says(self, who: str, channel: str, text: str, **more: Any) -> str:
        answer = self.does(who, "post", channel=channel, text=text, **more)
        assert "ts" in answer, answer
        return str(answer["ts"])

    def reacts(self, who: str, channel: str, ts: str, name: str, *, on: bool = True) -> None:
        self.does(who, "react", channel=channel, ts=ts, name=name, on=on)

    def breaks(self, method: str, how: str, times: int = 1) -> None:
        """Break the next calls: 429, 500, lost, hang, or error:code."""
        self.does(ANA, "faults", method=method, how=how, times=times)

    def holds(self, *, on: bool) -> None:
        """Keep new connections out, or let them in again."""
        self.does(ANA, "hold", on=on)

    def all(self) -> Json:
        with urllib.request.urlopen(f"{self.demo.url}demo/all") as answer:  # noqa: S310
            return json.load(answer)

    def posted(self, channel: str = "") -> list[Json]:
        """Return what the bot wrote, everywhere or in one channel."""
        return [
            message
            for message in self.all()["messages"]
            if message.get("bot_id") and channel in ("", message["channel"])
        ]

    def direct(self, user: str) -> list[Json]:
        """Return what the bot wrote to somebody in private."""
        return self.posted("D" + user[1:])

    def calls(self, method: str) -> list[Json]:
        return [call for call in self.all()["calls"] if call["method"] == method]

    def connected(self) -> bool:
        with urllib.request.urlopen(f"{self.demo.url}demo/state?as={ANA}") as answer:  # noqa: S310
            return bool(json.load(answer)["bot"]["connected"])

    def unanswered(self) -> list[Json]:
        """Return the events that the bot has not acknowledged yet."""
        return [each for each in self.all()["deliveries"] if not each["acknowledged"]]


@contextmanager
def local_slack(now: datetime = MONDAY) -> Iterator[Local]:
    with DemoSlack(story=False, now=now) as demo:
        yield Local(demo)


class Directory(ThreadingHTTPServer):
    """A Slack that answers calls one by one: who is who, single messages, and addresses to answer.

    `next` holds, by method, the answers that come before the usual one: a JSON body, a text that is
    none, a status, or something that gives one when its time has come.
    """

    daemon_threads = True

    def __init__(self) -> None:
        self.users: dict[str, Json] = {}
        self.messages: dict[tuple[str, str], Json] = {}
        self.next: dict[str, list[int | str | Json | Callable[[], int]]] = {}
        self.calls: list[tuple[str, Json]] = []
        self.answers: list[Json] = []
        super().__init__(("127.0.0.1", 0), _Desk)
        self.begin_anew()

    def begin_anew(self) -> None:
        """Forget everything but the people whom everybody knows."""
        for kept in (self.users, self.messages, self.next, self.calls, self.answers):
            kept.clear()
        self.users.update({one["id"]: one for one in USERS})
        self.joined = {ACME, GLOBEX, TRIAGE}

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/"

    def called(self, method: str) -> list[Json]:
        return [arguments for name, arguments in self.calls if name == method]

    def answer(self, method: str, arguments: Json, token: str) -> tuple[int, Json | str]:
        """Answer a call of the Web API: with what comes next, or as usual."""
        self.calls.append((method, arguments))
        special = self.next.get(method)
        if special:
            first = special.pop(0)
            if isinstance(first, dict | str):
                return 200, first
            status = first if isinstance(first, int) else first()
            if status == 200:
                return status, self._usual(method, arguments)
            return status, {"ok": False, "error": "ratelimited" if status == 429 else "broken"}
        return 200, self._usual(method, arguments)

    def _usual(self, method: str, arguments: Json) -> Json:
        if method == "users.info":
            user = self.users.get(str(arguments.get("user")))
            return {"ok": True, "user": user} if user else _no("user_not_found")
        if method == "conversations.info":
            channel = str(arguments.get("channel"))
            return {"ok": True, "channel": {"id": channel, "is_member": channel in self.joined}}
        if method in ("conversations.replies", "conversations.history"):
            place = str(arguments.get("channel")), str(arguments.get("ts") or arguments["latest"])
            found = self.messages.get(place)
            if not found and method == "conversations.replies":
                return _no("thread_not_found")
            return {"ok": True, "messages": [found] if found else []}
        return {"ok": True}


def _no(error: str) -> Json:
    return {"ok": False, "error": error}


class _Desk(BaseHTTPRequestHandler):
    server: Directory

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        read = self.rfile.read(length)
        if len(read) < length:  # who called was killed in the middle of it
            raise ConnectionAbortedError
        raw = read.decode()
        path, _, query = self.path.strip("/").partition("?")
        if "json" in (self.headers.get("Content-Type") or ""):
            arguments: Json = json.loads(raw or "{}")
        else:
            arguments = dict(urllib.parse.parse_qsl(f"{query}&{raw}"))
        answer: Json | str = {"ok": True}
        if path.startswith("hook"):
            self.server.answers.append({**arguments, "at": path})
            status = 200
        else:
            token = (self.headers.get("Authorization") or "").removeprefix("Bearer ")
            status, answer = self.server.answer(path.removeprefix("api/"), arguments, token)
        body = (answer if isinstance(answer, str) else json.dumps(answer)).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        if status == 429:
            self.send_header("Retry-After", "7")
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST  # noqa: N815 - as it is called

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name
        """Say nothing."""


Server = TypeVar("Server", bound=Directory)


@contextmanager
def directory() -> Iterator[Directory]:
    with answering(Directory()) as server:
        yield server


@contextmanager
def answering(made: Server) -> Iterator[Server]:
    with made as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def user(one: str, team: str = HOME, **fields: Any) -> Json:
    """Make a user object as `users.info` gives it."""
    profile = {"display_name": one.lower(), "team": team, **fields.pop("profile", {})}
    return {"id": one, "team_id": team, "is_bot": False, "profile": profile, **fields}


USERS = [
    *(user(one, is_restricted=False, is_ultra_restricted=False) for one in COLLEAGUES),
    user(DANA, ACME_TEAM, is_stranger=False),
    user(GUS, is_restricted=True, is_ultra_restricted=True),
    user(BOT, is_bot=True),
]


class Breakable(TinyStore):
    """A store that can fail: while `fails` is set it stores nothing and says so.

    `before` is called with each change that is about to be stored.
    """

    fails = False

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.before: Callable[[Change], object] = lambda _: None

    def commit(self, change: Change) -> None:
        self.before(change)
        if self.fails:
            raise StoreFailed("the disk is full")
        super().commit(change)


@dataclass
class Clock:
    """A clock that stands still until it is moved."""

    at: datetime = MONDAY

    def now(self) -> datetime:
        return self.at

    def later(self, seconds: float) -> datetime:
        self.at += timedelta(seconds=seconds)
        return self.at


@dataclass
class Office:
    """Heard without its socket and its loops: the test hands it payloads, and turns its clock."""

    store: Store
    api: str
    now: Callable[[], datetime]
    policy: Policy
    timeout: float
    app: App = field(init=False)
    pauses: list[float] = field(default_factory=list)
    """How long Heard would have waited for Slack; here nobody does."""

    def __post_init__(self) -> None:
        client = self.client()
        decisions = Decisions(self.store, self.policy)
        self.desk = Desk(decisions, shipped)
        self.rounds, self.cards = Rounds(decisions), Cards(decisions)
        self.history = History(client, self.desk, self.now, self._pause)
        links = Links(URL)
        self.edge = Edge(
            installation=payloads.installation(AUTH, SETTINGS["SLACK_BOT_TOKEN"]),
            desk=self.desk,
            roster=Roster(client, self.desk, self.now),
            history=self.history,
            links=links,
            now=self.now,
            later=lambda work: work(),
            left=lambda: None,
        )
        self.app = bolt(self, client)
        self.courier = self.another_courier()

    def of(self, body: Mapping[str, Any]) -> Edge:
        """Implement `handlers.edge.Edges`: all is for one workspace."""
        return self.edge

    def _pause(self, seconds: float) -> bool:
        self.pauses.append(seconds)
        return False

    def client(self) -> WebClient:
        return WebClient(
            token=SETTINGS["SLACK_BOT_TOKEN"],
            base_url=self.api,
            timeout=self.timeout,  # type: ignore[arg-type] # urllib takes parts of a second
            retry_handlers=[],
        )

    def another_courier(self, seconds: Callable[[], float] = lambda: 0) -> Courier:
        """Return the courier of a bot that was just started on this store."""
        posting, links = self.desk.posting, Links(URL)
        return Courier(self.cards, posting, self.client(), links, self.edge.roster, BOT, seconds)

    def told(self, body: Mapping[str, Any], **headers: Any) -> BoltResponse:
        """Hand a payload to Bolt, as Socket Mode does."""
        return self.app.dispatch(
            BoltRequest(mode="socket_mode", body=dict(body), headers=headers or None)
        )

    def hears(self, *bodies: Mapping[str, Any]) -> None:
        """Hand over payloads, each of which has to be acknowledged."""
        for body in bodies:
            assert self.told(body).status == 200

    def asks(self, who: str, words: str = "", channel: str = ACME, **fields: Any) -> Json:
        """Type `/heard` and return the answer, which nobody else may see."""
        response = self.told(command(who, words, channel, **fields))
        assert response.status == 200
        answer: Json = json.loads(response.body) if response.body else {}
        assert answer.get("response_type", "ephemeral") == "ephemeral"
        return answer

    def catches_up(self) -> bool:
        """Read from history what was missed, as the bot does after each new connection."""
        self.history.missed()
        return self.history.catch_up(lambda message: events.take_in(message, self.edge))

    def delivers(self, at: datetime | None = None) -> None:
        """Decide what is due and send what may go."""
        now = at or self.now()
        self.makes_rounds(now)
        self.courier.deliver(now)

    def makes_rounds(self, now: datetime) -> None:
        for one in self.rounds.due(now):
            self.rounds.attend(one, now)
        for one in self.rounds.promises_due(now):
            self.rounds.remind(one, now)

    def conversations(self) -> list[Conversation]:
        """Return all conversations, open and closed, the oldest first."""
        epoch = datetime(2020, 1, 1, tzinfo=UTC)
        return sorted(self.store.touched(epoch, 9999), key=lambda one: one.thread)

    def states(self) -> list[State]:
        return [one.state for one in self.conversations()]

    def waiting(self, channel: str = ACME) -> list[str]:
        """Return the messages since which somebody waits."""
        return [one.wait.ts for one in self.store.waiting(channel) if one.wait]


def office(
    api: str,
    now: Callable[[], datetime],
    store: Store | None = None,
    timeout: float = 2,
    **settings: str,
) -> Office:
    """Put the parts together by settings such as HEARD_LEADS."""
    read = Settings.from_env({**SETTINGS, **settings})
    policy = replace(read.policy, home=frozenset({HOME}))
    return Office(store or Breakable.in_memory(), api, now, policy, timeout)


NUMBERS = count(1)


def envelope(event: Json, **fields: Any) -> Json:
    """Wrap an event as Slack does, in a channel that is shared."""
    return {
        "type": "event_callback",
        "team_id": HOME,
        "api_app_id": "A0HEARDAPP1",
        "event_id": f"Ev{next(NUMBERS):011}",
        "event_time": 1772445600,
        "authorizations": [{"team_id": HOME, "user_id": BOT, "is_bot": True}],
        "is_ext_shared_channel": True,
        "event": event,
        **fields,
    }


def message(who: str, text: str = "The export fails", ts: str = "", **fields: Any) -> Json:
    """Make the event of a new message; Dana's comes with her team, as Connect's do."""
    team = {"team": ACME_TEAM if who == DANA else HOME}
    around = {name: fields.pop(name) for name in ("is_ext_shared_channel",) if name in fields}
    stamped = ts or new_ts()
    return envelope(
        {
            "type": "message",
            "channel": ACME,
            "channel_type": "channel",
            "user": who,
            "text": text,
            "ts": stamped,
            "event_ts": stamped,
            **team,
            **fields,
        },
        **around,
    )


def new_ts(seconds: float = 0) -> str:
    """Return a `ts` later than all before it."""
    return stamp(MONDAY + timedelta(seconds=seconds, microseconds=next(NUMBERS)))


def changed(after: Json, before: Json | None = None, **fields: Any) -> Json:
    at = new_ts(1)
    previous = {"previous_message": before} if before else {}
    return envelope(
        {
            "type": "message",
            "subtype": "message_changed",
            "hidden": True,
            "channel": ACME,
            "channel_type": "channel",
            "message": after,
            **previous,
            "ts": at,
            "event_ts": at,
            **fields,
        }
    )


def edited(original: Json, text: str, **fields: Any) -> Json:
    """Make the event by which Slack tells of new words; `edited=None` leaves that field out."""
    before = original["event"]
    mark = {"user": before["user"], "ts": new_ts(1)}
    after = {**before, "text": text, "edited": mark, **fields}
    return changed({k: v for k, v in after.items() if v is not None}, before)


def deleted(original: Json, **fields: Any) -> Json:
    before, at = original["event"], new_ts(1)
    return envelope(
        {
            "type": "message",
            "subtype": "message_deleted",
            "hidden": True,
            "channel": ACME,
            "channel_type": "channel",
            "deleted_ts": before["ts"],
            "previous_message": before,
            "ts": at,
            "event_ts": at,
            **fields,
        }
    )


def reaction(who: str, name: str, ts: str, *, added: bool = True, **fields: Any) -> Json:
    return envelope(
        {
            "type": "reaction_added" if added else "reaction_removed",
            "user": who,
            "reaction": name,
            "item": {"type": "message", "channel": ACME, "ts": ts},
            "item_user": DANA,
            "event_ts": new_ts(2),
            **fields,
        }
    )


def command(who: str, words: str = "", channel: str = ACME, **fields: Any) -> Json:
    return {
        "command": "/heard",
        "text": words,
        "user_id": who,
        "channel_id": channel,
        "team_id": HOME,
        "api_app_id": "A0HEARDAPP1",
        "trigger_id": f"{next(NUMBERS)}.2.abc",
        "response_url": "https://hooks.slack.com/commands/1",
        **fields,
    }


def click(who: str, action_id: str, value: str, answer_to: str, **fields: Any) -> Json:
    return {
        "type": "block_actions",
        "team": {"id": HOME, "domain": "lighthouse"},
        "user": {"id": who, "team_id": HOME},
        "api_app_id": "A0HEARDAPP1",
        "container": {"type": "message", "message_ts": "1.0", "channel_id": TRIAGE},
        "trigger_id": "1.2.abc",
        "response_url": answer_to,
        "actions": [
            {
                "type": "button",
                "action_id": action_id,
                "value": value,
                "block_id": fields.pop("block", "b"),
            }
        ],
        **fields,
    }
