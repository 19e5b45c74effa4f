"""Whatever anybody does, nothing that Heard says is ever visible to a customer."""

import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from slack_bolt import BoltRequest

from bot.app import authenticate
from bot.config import Settings
from bot.core.model import State
from handlers import blocks, ledger, modals, promise_forms
from handlers.commands import COMMANDS
from handlers.refusals import CUSTOMER
from storage.tiny import TinyStore
from tests.local import (
    ACME,
    ANA,
    BEN,
    CLEO,
    COLLEAGUES,
    CUSTOMERS,
    DANA,
    GLOBEX,
    GUS,
    RANDOM,
    TRIAGE,
    Directory,
    Local,
    click,
    directory,
    eventually,
    link,
    local_slack,
)
from tests.whole import WholeBot

STEPS = 350
WORDS = (
    "Where is it?", "Any news?", "Thanks!", "This is unacceptable", "Let me check", "Here it is",
    "I'll get back to you by Friday", "I'll send it in 2 hours", "We'll ship the fix tomorrow",
    "I've just sent it", "I'll let you know soon. I'll call you in an hour.",
    "<!channel> help", "ok", "متى؟", "👍", "<@U0HEARDBOT1> help",
    "https://example.com", "x" * 3000,
)  # fmt: skip
NAMES = ("eyes", "white_check_mark", "alarm_clock", "pushpin", "no_bell", "tada", "handshake")
ACTIONS = (blocks.CLAIM, blocks.SNOOZE, blocks.DISMISS, blocks.RESOLVE, "nonsense.press")
LEDGER = (ledger.RIGHT, ledger.DONE, ledger.DROP, ledger.CHANGE, ledger.MOVE)
PLACES = {ACME: (*COLLEAGUES, DANA), GLOBEX: (*COLLEAGUES, GUS), TRIAGE: COLLEAGUES}


class World:
    """Everybody does something, by chance; the seed decides what."""

    def __init__(self, slack: Local, heard: WholeBot, store: TinyStore, web: Directory, seed: int):
        self.slack, self.heard, self.store, self.web = slack, heard, store, web
        self.chance = random.Random(seed)
        self.said: list[tuple[str, str, str]] = []
        self.posted: set[str] = set()
        """What agents have pressed *Post* for."""

    def goes_on(self) -> None:
        """Let Heard do what it does by itself, and a moment pass."""
        self.slack.demo.advance(1.5)
        workspace = self.heard.workspace
        if workspace.is_behind():
            workspace.catch_up()
        workspace.make_rounds()
        self.slack.demo.advance(1.5)
        workspace.deliver()

    def step(self) -> None:
        if self.chance.random() < 0.3:
            self.goes_on()
        does = (self.writes, self.writes, self.replies, self.reacts, self.edits, self.types)
        more = (self.presses, self.presses_a_card, self.posts, self.waits, self.moves_the_bot)
        self.chance.choice((*does, *does, *more))()

    def writes(self, thread: str = "", channel: str = "") -> None:
        channel = channel or self.chance.choice((ACME, GLOBEX, GLOBEX, ACME, TRIAGE))
        who = self.chance.choice((*PLACES[channel], PLACES[channel][-1]))
        words = self.chance.choice(WORDS)
        more = {"thread_ts": thread} if thread else {}
        answer = self.slack.does(who, "post", channel=channel, text=words, **more)
        if "ts" in answer:
            self.said.append((channel, answer["ts"], who))

    def replies(self) -> None:
        if self.said:
            channel, ts, _ = self.chance.choice(self.said[-20:])
            self.writes(ts, channel)

    def reacts(self) -> None:
        if self.said:
            channel, ts, _ = self.chance.choice(self.said[-20:])
            who, on = self.chance.choice(PLACES[channel]), self.chance.random() < 0.8
            self.slack.reacts(who, channel, ts, self.chance.choice(NAMES), on=on)

    def edits(self) -> None:
        if self.said:
            channel, ts, who = self.chance.choice(self.said[-20:])
            if self.chance.random() < 0.5:
                words = self.chance.choice(WORDS)
                self.slack.does(who, "edit", channel=channel, ts=ts, text=words)
            else:
                self.slack.does(who, "delete", channel=channel, ts=ts)

    def types(self) -> None:
        who, word = self.chance.choice((*COLLEAGUES, GUS)), self.chance.choice([*COMMANDS, "nons"])
        rest = ""
        if word in ("claim", "resolve", "snooze", "why") and self.said:
            rest = link(*self.chance.choice(self.said)[:2]) if self.chance.random() < 0.6 else ""
        if word == "owners":
            rest = self.chance.choice(("@ben", "@gus", "@dana", "@ana @cleo", "none", ""))
        text = f"/heard {word} {rest}".strip()
        self.slack.does(who, "command", channel=self.chance.choice((*PLACES, RANDOM)), text=text)

    def presses(self) -> None:
        """Send a click as somebody, seen or not: a customer's gets the refusal and nothing else."""
        known = [one.id for one in self.store.open()] or ["C0NOWHERE:1.0"]
        who = self.chance.choice((*COLLEAGUES, *CUSTOMERS))
        body = click(
            who, self.chance.choice(ACTIONS), self.chance.choice(known), f"{self.web.url}hook/{who}"
        )
        if self.chance.random() < 0.2:
            body = self._form(who)
        self._sends(body)
        owed = [one.id for one in self.store.owed()] or ["C0NOWHERE:1.0/0"]
        action, value = self.chance.choice(LEDGER), self.chance.choice(owed)
        self._sends(click(who, action, value, f"{self.web.url}hook/{who}"))

    def posts(self) -> None:
        """Press *Post* beneath words about a promise, which only an agent's press may send."""
        owed = self.store.owed()
        if owed:
            who, text = self.chance.choice((*COLLEAGUES, *CUSTOMERS)), f"Later: {len(self.posted)}"
            if who in COLLEAGUES:
                self.posted.add(text)
            else:
                text = f"Not to be read, by {who}"
            self._sends(self._told(who, text, self.chance.choice(owed).id))

    def _sends(self, body: dict) -> None:
        response = self.heard.app.dispatch(BoltRequest(mode="socket_mode", body=body))
        assert response.status == 200

    def _told(self, who: str, text: str, promise_id: str) -> dict:
        due = self.slack.demo.now() + timedelta(hours=self.chance.randrange(1, 30))
        block = f"{promise_forms.TEXT}.neutral"
        facts = {"promise": promise_id, "due": due.isoformat(), "register": "neutral"}
        values = {block: {promise_forms.TEXT: {"type": "plain_text_input", "value": text}}}
        view = {
            "id": f"V{self.chance.randrange(10**9)}",
            "type": "modal",
            "callback_id": promise_forms.TELL,
            "private_metadata": json.dumps(facts),
            "blocks": [{"type": "input", "block_id": block}],
            "state": {"values": values},
        }
        return {**click(who, "", "", ""), "type": "view_submission", "view": view}

    def _form(self, who: str) -> dict:
        names = [*modals.TARGETS, "hours", modals.CLOSING, modals.REGISTER]
        values = {"nudge": "5m", "hours": "always"}
        state = {n: {n: {"type": "plain_text_input", "value": values.get(n)}} for n in names}
        view = {
            "type": "modal",
            "callback_id": modals.CHANNEL,
            "private_metadata": ACME,
            "blocks": [{"type": "input", "block_id": n} for n in names],
            "state": {"values": state},
        }
        return {**click(who, "", "", ""), "type": "view_submission", "view": view}

    def presses_a_card(self) -> None:
        """Press a real button of what the bot wrote, as whoever sees it."""
        everything = self.slack.all()
        shown = [m for m in everything["messages"] if m.get("bot_id")]
        notes = everything["ephemerals"]
        found = [
            (one, block["block_id"], element["action_id"], element.get("value"))
            for one in shown[-10:] + notes[-10:]
            for block in one.get("blocks") or ()
            if block["type"] == "actions"
            for element in block["elements"]
        ]
        if found:
            one, block_id, action_id, value = self.chance.choice(found)
            for who in (one.get("to") or self.chance.choice(COLLEAGUES), *CUSTOMERS):
                self.slack.does(
                    who, "click", channel=one["channel"], ts=one["ts"], block_id=block_id,
                    action_id=action_id, value=value,
                )  # fmt: skip

    def waits(self) -> None:
        self.slack.demo.advance(self.chance.choice((60, 600, 1800, 7200, 86_400)))

    def moves_the_bot(self) -> None:
        if self.chance.random() < 0.3:
            who, channel = self.chance.choice(COLLEAGUES), self.chance.choice((ACME, GLOBEX))
            self.slack.does(who, "command", channel=channel, text="/remove @Heard")
            self.slack.does(who, "command", channel=channel, text="/invite @Heard")


@pytest.fixture
def web() -> Iterator[Directory]:
    """Where the answers to clicks are sent."""
    with directory() as server:
        yield server


@pytest.mark.parametrize("seed", [1, 2026])
def test_no_customer_ever_sees_a_word_of_heards(web, caplog, seed):
    """After hundreds of actions by everybody, customers saw nothing but refusals of their own."""
    store = TinyStore.in_memory()
    with local_slack(datetime.now(UTC)) as slack:
        settings = Settings.from_env(
            {**slack.demo.environment, "HEARD_HOURS": "always", "HEARD_GROUP_WINDOW": "1s"}
        )
        installation = authenticate(settings, lambda _: False)
        assert installation
        heard = WholeBot(settings, store, slack.demo, installation)
        try:
            heard.connection.open()
            world = World(slack, heard, store, web, seed)
            for _ in range(STEPS):
                world.step()
            slack.does(GUS, "command", channel=GLOBEX, text="/heard open")
            eventually(lambda: _settled(slack), 20, "the last acknowledgement")
            slack.demo.advance(3600)
            for _ in range(30):
                world.goes_on()
            everything = slack.all()
        finally:
            heard.stop()
    _check_messages(everything, world.posted)
    _check_answers(everything, web)
    conversations = store.touched(datetime(2020, 1, 1, tzinfo=UTC), 9999)
    assert len(conversations) > 6
    assert len(list(store._shelves.promises.table.ids())) > 8
    assert {one.state for one in conversations} <= set(State)
    for one in conversations:
        assert (one.wait is not None) or one.state is not State.WAITING
        assert (one.snooze is not None) == (one.state is State.SNOOZED)
        assert not one.state.closed or one.wait is None
    ours = [one for one in caplog.records if one.name.startswith(("bot", "handlers"))]
    assert [one.getMessage() for one in ours if one.levelname == "ERROR"] == []


def _settled(slack):
    return not [one for one in slack.unanswered() if one["attempts"] < 4]


def _check_messages(everything, posted):
    """In a customer's channel the bot wrote what agents had posted; it is in none with one."""
    spoken = [m for m in everything["messages"] if m.get("bot_id")]
    replies = [m for m in spoken if m["channel"] in (ACME, GLOBEX)]
    assert replies
    assert {m["text"] for m in replies} <= posted
    assert len(replies) == len({m["text"] for m in replies})
    spoken = [m for m in spoken if m not in replies]
    assert len(spoken) > 12
    assert {m["channel"] for m in spoken} <= {TRIAGE, *("D" + who[1:] for who in (ANA, BEN, CLEO))}
    assert not set(CUSTOMERS) & set(everything["directs"])
    assert not [m for m in everything["messages"] if "U0HEARDBOT1" in str(m.get("reactions"))]
    assert not set(CUSTOMERS) & {user for user, views in everything["views"].items() if views}


def _check_answers(everything, web):
    """Of what is said in private, a customer got the refusal only, once for each try."""
    refused = [n for n in everything["ephemerals"] if n["to"] in CUSTOMERS]
    assert refused
    assert {n["text"] for n in refused} == {CUSTOMER}
    assert {b["type"] for n in refused for b in n["blocks"]} <= {"section"}
    tried = [m for m in everything["calls"] if m["method"] == "chat.postEphemeral"]
    assert not [c for c in tried if c["arguments"]["user"] in CUSTOMERS]
    assert all(answer["response_type"] == "ephemeral" for answer in web.answers)
    clicked = [answer for answer in web.answers if answer["at"].endswith(CUSTOMERS)]
    assert clicked
    assert {answer["text"] for answer in clicked} == {CUSTOMER}
    assert {b["type"] for answer in clicked for b in answer.get("blocks") or ()} <= {"section"}
