"""Killed two hundred times in the middle of its work, no store loses or repeats anything."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import count
from random import Random
from time import monotonic

from bot.core.model import State
from storage import open_store
from tests.faults.driver import Haste, Life, Plan
from tests.faults.recording import Recorder
from tests.local import (
    ACME,
    BEN,
    DANA,
    GLOBEX,
    GUS,
    Json,
    answering,
    eventually,
    message,
    reaction,
    stamp,
)

KILLS = 200
BEGINNING, MOMENT = 0.1, 0.01
"""Seconds until a kill: of every fifth process while it begins, of the others after some events."""
PATIENCE = 60
MOST = 5
"""So many events, if not fewer, are acknowledged before a kill."""
QUESTION = r"Question \d+\?"
AT_ONCE = 8
"""Events on their way: Slack does not wait for one before it sends the next."""
SEED = 20261121
SETTINGS = {
    "HEARD_NUDGE_AFTER": "5s",
    "HEARD_ESCALATE_AFTER": "100h",
    "HEARD_GROUP_WINDOW": "0.000001s",
}


class Traffic:
    """Makes events up, and keeps in mind what must come of those that were acknowledged."""

    def __init__(self, chance: Random, clock: Haste) -> None:
        self._chance = chance
        self._clock = clock
        self._numbers = count(1)
        self._untouched: list[str] = []
        self.open: dict[int, Json] = {}
        """What has not been acknowledged, which is told again."""
        self.acknowledged = 0
        self.asked: dict[str, str] = {}
        """The words of each question, by the conversation's id."""
        self.answered: set[str] = set()
        self.claimed: set[str] = set()
        self.promised: dict[str, str] = {}
        """The conversation of each promise, by the message that it was made in."""

    @property
    def waiting(self) -> set[str]:
        """The words of the questions that were not answered."""
        return {words for one, words in self.asked.items() if one not in self.answered}

    def next(self) -> tuple[int, Json]:
        number = next(self._numbers)
        self.open[number] = self._made(number)
        return number, self.open[number]

    def settle(self, number: int) -> None:
        """Take note of an acknowledgement."""
        event = self.open.pop(number, {}).get("event")
        if not event:
            return
        self.acknowledged += 1
        place = event.get("item") or event
        one = f"{place['channel']}:{place.get('thread_ts') or place['ts']}"
        if "item" in event:
            self.claimed.add(one)
        elif "thread_ts" not in event:
            self.asked[one] = event["text"]
            self._untouched.append(one)
        else:
            self.answered.add(one)
            if "I'll" in event["text"]:
                self.promised[event["ts"]] = one

    def _made(self, number: int) -> Json:
        ts, chance = stamp(self._clock.now()), self._chance
        if not self._untouched or chance.random() < 0.7:
            who, channel = chance.choice(((DANA, ACME), (DANA, ACME), (GUS, GLOBEX)))
            return message(who, f"Question {number}?", ts, channel=channel)
        one = self._untouched.pop(chance.randrange(len(self._untouched)))
        channel, _, thread = one.partition(":")
        words = chance.choice(("Here it is", f"I'll send you file {number} tomorrow", ""))
        if words:
            return message(BEN, words, ts, channel=channel, thread_ts=thread)
        item = {"type": "message", "channel": channel, "ts": thread}
        return reaction(BEN, "eyes", thread, item=item, event_ts=ts)


def test_no_kill_loses_an_event_or_repeats_a_nudge(url, tmp_path, counted):
    """After 200 kills all that was acknowledged is there, and each question was told of once."""
    chance, clock, begun = Random(SEED), Haste(datetime.now(UTC), 60), monotonic()
    traffic, log = Traffic(chance, clock), tmp_path / "log"
    with answering(Recorder(clock.now)) as slack:
        plan = Plan(url=url, api=f"{slack.url}api/", clock=clock, settings=SETTINGS, log=log)
        for number in range(KILLS):
            life = Life(plan)
            if number % 5:
                assert life.is_ready(PATIENCE)
                _work(life, traffic, chance.randint(0, MOST))
            for one in life.kill(after=chance.uniform(0, MOMENT if number % 5 else BEGINNING)):
                traffic.settle(one)
        life = Life(plan)
        assert life.is_ready(PATIENCE)
        _work(life, traffic, len(traffic.open), at_once=0)
        eventually(
            lambda: slack.told(QUESTION).keys() >= traffic.waiting, PATIENCE, "the last nudge"
        )
        life.end()
    _check_state(url, traffic)
    told = slack.told(QUESTION)
    assert set(told.values()) == {1}
    assert slack.leaked() == []
    assert log.read_text() == ""
    kind, seconds = url.partition(":")[0], monotonic() - begun
    counted(
        f"{KILLS} kills on {kind}, in {seconds:.0f} s: of {traffic.acknowledged} acknowledged"
        f" events none lost; of {len(traffic.waiting)} nudges due each sent once; none leaked"
    )


def _work(life: Life, traffic: Traffic, acknowledgements: int, at_once: int = AT_ONCE) -> None:
    """Tell events, those first that were told before, until some were acknowledged."""
    for one in traffic.open.items():
        life.tell(*one)
    for _ in range(acknowledgements):
        while len(traffic.open) < at_once:
            life.tell(*traffic.next())
        number = life.acknowledged(PATIENCE)
        assert number is not None
        traffic.settle(number)


def _check_state(url: str, traffic: Traffic) -> None:
    """See in the store what was acknowledged, and nothing else."""
    store = open_store(url)
    found = {one.id: one for one in store.touched(datetime(2020, 1, 1, tzinfo=UTC), 99_999)}
    made = [promise for one in found for promise in store.promises_in(one)]
    left = store.outbox()
    store.close()
    assert traffic.open == {}
    assert found.keys() == traffic.asked.keys()
    for one, conversation in found.items():
        assert conversation.state is (State.ANSWERED if one in traffic.answered else State.WAITING)
    assert {one for one, conversation in found.items() if conversation.claimer} == traffic.claimed
    assert {promise.ts: promise.conversation for promise in made} == traffic.promised
    assert [out for out in left if out.about] == []
