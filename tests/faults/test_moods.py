"""Slack in every mood, and a clock that is set back: each nudge arrives once, and in time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from itertools import pairwise
from random import Random
from threading import Event

from bot.aside import Aside
from bot.core.model import moment
from storage.tiny import TinyStore
from tests.faults.recording import Recorder
from tests.local import (
    ACME,
    BEN,
    CLEO,
    DANA,
    GLOBEX,
    GUS,
    Clock,
    Json,
    Office,
    answering,
    message,
    office,
    reaction,
    stamp,
)

QUESTION = r"Question \d+\?"
QUESTIONS = 300
SEED = 20261121
TIMEOUT = 0.5
PACE = timedelta(seconds=1)
MOODS = {"": 60, "limit": 10, "refuse": 9, "break": 9, "lose": 10, "hang": 1, "hang in vain": 1}
"""Of a hundred calls, how many meet it in each."""
RETRY_AFTER = timedelta(seconds=7)
HOUR = timedelta(hours=1)


class Moody(Recorder):
    """Does what it is asked for or not, and says so or not."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__(now)
        self._chance = Random(SEED)
        self.moods: Counter[str] = Counter()
        self._limited: dict[str, datetime] = {}
        self.hasty: list[Json] = []
        """What was sent while Slack wanted a pause."""

    def answer(self, method: str, arguments: Json, *more: str) -> tuple[int, Json | str]:
        if method == "chat.postMessage":
            until = self._limited.get(arguments["channel"], self._now())
            self.hasty += [arguments] if self._now() < until else []
        (mood,) = self._chance.choices(list(MOODS), list(MOODS.values()))
        mood = "" if method == "users.info" else mood
        self.moods[mood] += 1
        if mood == "limit":
            self._limited[str(arguments.get("channel"))] = self._now() + RETRY_AFTER
            return HTTPStatus.TOO_MANY_REQUESTS, {"ok": False, "error": "ratelimited"}
        if mood in ("refuse", "hang in vain"):
            answer: tuple[int, Json | str] = 500, {"ok": False, "error": "internal_error"}
        else:
            answer = super().answer(method, arguments, *more)
        if mood.startswith("hang"):
            Event().wait(2 * TIMEOUT)
        if mood in ("lose", "hang", "hang in vain"):
            raise ConnectionAbortedError
        return (500, {"ok": False, "error": "internal_error"}) if mood == "break" else answer


def test_slack_in_every_mood_gets_each_nudge_once(counted):
    """Limited, broken, hanging, silent about what it did: each nudge is there once, at its pace."""
    clock, chance = Clock(), Random(SEED)
    with answering(Moody(clock.now)) as slack:
        heard = _office(slack, clock.now)
        heard.asks(BEN, f"owners <@{BEN}> <@{CLEO}>", GLOBEX)
        readers: dict[str, int] = {}
        answered = set()
        for number in range(QUESTIONS):
            words, ts = f"Question {number}?", stamp(clock.later(1))
            who, channel, readers[words] = (DANA, ACME, 1) if number % 6 else (GUS, GLOBEX, 2)
            heard.hears(message(who, words, ts, channel=channel))
            _goes_on(heard, clock, chance)
            if chance.random() < 0.2:
                heard.hears(message(BEN, "Here", stamp(clock.now()), channel=channel, thread_ts=ts))
                answered.add(words)
        while heard.store.outbox():
            _goes_on(heard, clock, chance)
    told = slack.told(QUESTION)
    assert told <= Counter(readers)
    assert (Counter(readers) - told).keys() <= answered
    assert slack.hasty == slack.leaked() == []
    for channel in {post["channel"] for post in slack.posts}:
        sent = [moment(post["ts"]) for post in slack.posts if post["channel"] == channel]
        assert all(later - sooner >= PACE for sooner, later in pairwise(sent))
    assert slack.moods.keys() == MOODS.keys()
    counted(
        f"{slack.moods.total() - slack.moods['']} of Slack's {slack.moods.total()} answers late,"
        f" lost or a refusal: each of {len(slack.posts)} messages was sent once, at its pace"
    )


def _goes_on(heard: Office, clock: Clock, chance: Random) -> None:
    clock.later(chance.uniform(0.2, 2))
    heard.delivers()


def _office(slack: Recorder, now: Callable[[], datetime], **settings: str) -> Office:
    settings = {"HEARD_NUDGE_AFTER": "5s", "HEARD_ESCALATE_AFTER": "10h", **settings}
    group = {"HEARD_GROUP_WINDOW": "0.000001s"}
    return office(f"{slack.url}api/", now, TinyStore.in_memory(), TIMEOUT, **group, **settings)


@dataclass
class Wrong:
    """A clock that is as wrong as somebody has set it."""

    right: Clock
    by: timedelta = timedelta(0)

    def now(self) -> datetime:
        return self.right.now() + self.by


def test_a_clock_set_back_repeats_nothing_and_silences_nobody_for_long(counted):
    """Set back in the midst of everything, nothing is said twice, and nothing over an hour late."""
    clock, asked = Clock(), dict[str, datetime]()
    wrong = Wrong(clock)
    with answering(Recorder(clock.now)) as slack:
        heard = _office(slack, wrong.now, HEARD_NUDGE_AFTER="10m", HEARD_SNOOZE="20m")
        for step in range(2000):
            clock.later(5)
            if step < 400 and step % 10 == 0:
                words, ts = f"Question {len(asked)}?", stamp(clock.now())
                asked[words] = clock.now()
                heard.hears(message(DANA, words, ts))
                if step % 50 == 0:
                    heard.hears(reaction(BEN, "alarm_clock", ts))
            if step % 9 == 0:
                slack.next["chat.postMessage"] = [429]
            if step == 200:
                wrong.by, set_back = -HOUR, clock.now()
                long_ago = stamp(clock.now() - HOUR - timedelta(minutes=11))
                heard.hears(message(DANA, "Does it pause for an hour?", long_ago))
            heard.delivers()
    (at_once,) = slack.posted("Does it pause for an hour?")
    assert moment(at_once["ts"]) - set_back < timedelta(minutes=1)
    for words, at in asked.items():
        posts = slack.posted(words)
        assert 0 < len(posts) == len({post["channel"] for post in posts})
        due = at + timedelta(minutes=10 * len(posts))  # whoever snoozed it is told, too, and later
        assert all(moment(post["ts"]) - due < HOUR + timedelta(minutes=1) for post in posts)
    counted(f"a clock set back an hour: {len(asked)} nudges, each once, none over an hour late")


def test_what_failed_is_left_alone_for_minutes_whatever_the_clock_says():
    """It is looked at again after five minutes, and at once where the clock was set back."""
    aside, clock = Aside(), Clock()
    aside.put("one", clock.now())
    assert aside.holds("one", clock.later(299))
    assert not aside.holds("another", clock.now())
    assert not aside.holds("one", clock.later(1))
    aside.put("one", clock.now())
    assert not aside.holds("one", clock.later(-3600))
