"""What words about time can say: the terms that `clocks`, `durations` and `days` share."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.core.values import value


class Precision(StrEnum):
    MINUTE = "minute"
    PART_OF_DAY = "part_of_day"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@value
class Moment:
    """When and where something is said."""

    now: datetime
    """In the speaker's own zone."""
    zone: ZoneInfo
    closing: time
    typed: bool = False
    """By hand, as an answer to "when?", so that a slip is better asked about than guessed at."""

    @property
    def today(self) -> date:
        return self.now.date()


@value
class Piece:
    """What some words say: a day, a time of day, both, or an instant."""

    precision: Precision
    day: date | None = None
    clock: time | None = None
    instant: datetime | None = None
    zone: tzinfo | None = None
    weekday: bool = False
    """The day is named by its weekday only, so another word may say of which week."""
    loose: bool = False
    """It names a time only beside one that is plain, or where nothing else is said."""
    unsure: bool = False
    """The hour may be of the morning or of the afternoon."""


Reader = Callable[[re.Match[str], Moment], Piece | None]


@dataclass(frozen=True, slots=True)
class Rule:
    cues: tuple[str, ...]
    """Without one of these the pattern cannot match; looking for them costs far less."""
    pattern: re.Pattern[str]
    read: Reader


def rule(cues: str, pattern: str, read: Reader) -> Rule:
    """Return a rule for whole words; cues are separated by bars, and "'s" may follow the words."""
    words = re.compile(rf"(?<![\w.\-$€£#:])(?<!\d/)(?:{pattern})(?:'?s|-?ish)?(?!\w|[-.:]\w|/\d)")
    return Rule(tuple(cues.split("|")), words, read)


COUNTS = "a an one|two couple|three few several|four|five|six|seven|eight|nine|ten|eleven|twelve"
NUMBERS: dict[str, float] = {
    word: number
    for number, words in enumerate(COUNTS.split("|"), start=1)
    for word in words.split()
} | {"half": 0.5, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "sixty": 60}


def number(words: str) -> float:
    """Read "3", "1.5", "three", "a couple of", "half an"."""
    known = (NUMBERS[word] for word in reversed(words.split()) if word in NUMBERS)
    return (
        float(words) if words[0].isdigit() else NUMBERS["half"] if "half" in words else next(known)
    )
