"""A month of workspaces that share channels with their customers: who writes what, and when.

Nothing in it happened. The same seed makes the same month, to the microsecond. Customers write in
the hours of their own time zone, colleagues answer within the business hours of theirs.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import cached_property
from random import Random
from zoneinfo import ZoneInfo

from bot.core.events import MessagePosted, Reacted
from bot.core.hours import Hours, parse_week
from bot.core.model import Person, moment
from tests.benchmarks.words import ASKS, CHASES, FOLLOW_UPS, PROMISES, REPLIES, THANKS

FIRST = datetime(2026, 3, 1, tzinfo=UTC)  # a Sunday; America and Europe change their clocks later
ZONES = (
    *("America/New_York", "America/Los_Angeles", "America/Sao_Paulo", "Europe/London"),
    *("Europe/Berlin", "Asia/Kolkata", "Asia/Tokyo", "Australia/Sydney"),
)
WEEK = parse_week("Mon-Fri 09:00-17:00")
BY_HOUR = (0, 0, 0, 0, 0, 0, 1, 2, 6, 10, 12, 11, 7, 9, 11, 10, 8, 5, 3, 2, 1, 1, 0, 0)
"""How many customers write in each hour of their day, compared to the others."""
WEEKEND = 0.06
"""What comes on a day of the weekend, compared to a working day."""
REQUESTS = 1.5
"""On a working day, in an ordinary workspace; others get a third or three times as many."""
LARGE = 100
BURSTS = 3
"""Breakdowns in the month of a bursty workspace, in each of which many write at once."""
AT_ONCE = 60
WITHIN = 15 * 60
HOME, AWAY = "T0HOME", "T0CUSTOMER"
Event = MessagePosted | Reacted


class Kind(StrEnum):
    ORDINARY = "ordinary"
    BURSTY = "bursty"
    LARGE = "100 times larger"


@dataclass(frozen=True)
class Workspace:
    """One team, its colleagues, and its customers, each in a channel of their own."""

    number: int
    seed: int = 1

    @property
    def kind(self) -> Kind:
        if self.number == 0:
            return Kind.LARGE
        return Kind.BURSTY if self.number % 20 == 5 else Kind.ORDINARY

    @property
    def size(self) -> int:
        return LARGE if self.kind is Kind.LARGE else 1

    @cached_property
    def hours(self) -> Hours:
        return Hours(week=WEEK, zone=ZoneInfo(self._chance("zone").choice(ZONES)))

    @cached_property
    def colleagues(self) -> tuple[Person, ...]:
        zone = self.hours.zone.key
        return tuple(
            Person(id=f"U0COLLEAGUE{number}", name=f"colleague-{number}", team=HOME, zone=zone)
            for number in range(self._chance("colleagues").randint(3, 8) * min(self.size, 20))
        )

    @cached_property
    def channels(self) -> tuple[str, ...]:
        number = self._chance("channels").randint(4, 16) * min(self.size, 30)
        return tuple(f"C0CUSTOMER{number}" for number in range(number))

    def owners(self, channel: str) -> tuple[str, ...]:
        """Half of the channels have an owner."""
        chance = self._chance("owners", channel)
        return (chance.choice(self.colleagues).id,) if chance.random() < 0.5 else ()

    def month(self, days: int) -> list[Event]:
        """Return all that is written and done in it, in the order in which it happens."""
        return sorted((event for day in range(days) for event in self._day(day)), key=when)

    def _day(self, number: int) -> Iterator[Event]:
        chance = self._chance("day", number)
        day = FIRST + timedelta(days=number)
        usual = self._chance("size").lognormvariate(0, 0.5)
        mean = REQUESTS * self.size * (usual if self.size == 1 else 1)
        mean *= 1 if day.weekday() < 5 else WEEKEND
        for _ in range(_count(chance, mean)):
            channel = self.channels[int(len(self.channels) * chance.random() ** 2)]
            zone = ZoneInfo(self._chance("customer", channel).choice((*ZONES, *self._near)))
            (hour,) = chance.choices(range(24), BY_HOUR)
            at = day.replace(hour=hour, tzinfo=zone) + timedelta(seconds=chance.uniform(0, 3600))
            yield from self._thread(chance, channel, at.astimezone(UTC), median=12)
        if number in self._breakdowns:
            at = self.hours.next_opening(day) + timedelta(hours=chance.uniform(0, 7))
            for _ in range(AT_ONCE):
                asked = at + timedelta(seconds=chance.uniform(0, WITHIN))
                yield from self._thread(chance, chance.choice(self.channels), asked, median=60)

    @property
    def _near(self) -> tuple[str, ...]:
        """Most customers are where the team is."""
        return (self.hours.zone.key,) * 2 * len(ZONES)

    @cached_property
    def _breakdowns(self) -> frozenset[int]:
        days = range(2, 27) if self.kind is Kind.BURSTY else ()
        return frozenset(self._chance("breakdowns").sample(days, BURSTS) if days else ())

    def _thread(
        self, chance: Random, channel: str, at: datetime, *, median: float
    ) -> Iterator[Event]:
        """A request, and what comes of it; the median is that of the minutes until an answer."""
        customer = Person(id=f"U{channel[1:]}{chance.randrange(4)}", team=AWAY, stranger=True)
        us = chance.choice(self.colleagues)
        asked = _said(chance, channel, at, customer, ASKS)
        yield asked
        for _ in range(3):
            delay = timedelta(minutes=chance.lognormvariate(math.log(median), 1.2))
            answered = self.hours.add(at, delay)
            if delay > timedelta(hours=1) and chance.random() < 0.4:
                chased = at + delay / 2
                yield _said(chance, channel, chased, customer, CHASES, asked.ts)
            if chance.random() < 0.3:
                yield _reaction(channel, asked.ts, "eyes", us, max(at, answered - delay / 3))
            if chance.random() < 0.18:
                yield from self._promise(chance, asked, us, answered)
            else:
                yield _said(chance, channel, answered, us, REPLIES, asked.ts)
            at = answered + timedelta(minutes=chance.uniform(1, 40))
            if chance.random() > 0.3:
                break
            yield _said(chance, channel, at, customer, FOLLOW_UPS, asked.ts)
        if chance.random() < 0.5:
            yield _said(chance, channel, at, customer, THANKS, asked.ts)
        if chance.random() < 0.6:
            done = self.hours.add(at, timedelta(minutes=chance.uniform(1, 300)))
            yield _reaction(channel, asked.ts, "white_check_mark", us, done)

    def _promise(
        self, chance: Random, asked: MessagePosted, us: Person, at: datetime
    ) -> Iterator[Event]:
        """A date is given, and most of the time kept, by a tick on the words that gave it."""
        promised = _said(chance, asked.channel, at, us, PROMISES, asked.ts)
        yield promised
        if chance.random() < 0.9:
            done = self.hours.add(at, timedelta(hours=chance.lognormvariate(1.5, 0.8)))
            yield _said(chance, asked.channel, done, us, REPLIES, asked.ts)
            ticked = done + timedelta(seconds=chance.uniform(5, 90))
            yield _reaction(asked.channel, promised.ts, "white_check_mark", us, ticked)

    def _chance(self, *what: object) -> Random:
        """Return a source of chance of its own for everything, so that nothing shifts the rest."""
        return Random("/".join(map(str, (self.seed, self.number, *what))))


def when(event: Event) -> datetime:
    return moment(event.ts) if isinstance(event, MessagePosted) else event.at


def _said(
    chance: Random,
    channel: str,
    at: datetime,
    author: Person,
    texts: tuple[str, ...],
    thread: str = "",
) -> MessagePosted:
    text = chance.choice(texts).format(chance.randrange(1000, 100_000))
    ts = f"{int(at.timestamp())}.{chance.randrange(10**6):06}"
    return MessagePosted(
        channel=channel, ts=ts, author=author, text=text, thread=thread, shared=True
    )


def _reaction(channel: str, ts: str, name: str, by: Person, at: datetime) -> Reacted:
    return Reacted(channel=channel, ts=ts, name=name, by=by, at=at)


def _count(chance: Random, mean: float) -> int:
    """Return how many things happen that happen so often on average."""
    number, passed = -1, 0.0
    while passed < 1:
        number, passed = number + 1, passed + chance.expovariate(mean)
    return number
