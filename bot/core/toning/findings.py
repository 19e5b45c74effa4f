"""What the check says of a draft, and what it may know besides the draft."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.core.hours import Hours
from bot.core.policy import CLOSING
from bot.core.values import value

READS_WELL = "It reads well."

UTC = ZoneInfo("UTC")


class Label(StrEnum):
    DEFENSIVE = "defensive"
    DISMISSIVE = "dismissive"
    OVER_APOLOGY = "over_apology"
    VAGUE_PROMISE = "vague_promise"
    JARGON = "jargon"
    PLACEHOLDER = "placeholder"
    OVER_PROMISE = "over_promise"
    SAME_OPENING = "same_opening"
    CONTRADICTION = "contradiction"


@value
class Finding:
    label: Label
    words: tuple[int, int]
    why: str
    kinder: str
    """Wording that can be used as it is, in place of the sentence that has the words."""
    otherwise: str = ""
    """The same, where kinder words made of the writer's own would read badly too."""


@value
class Written:
    """What a colleague wrote to this customer before."""

    by: str
    """Their name, as it goes on with a sentence."""
    text: str
    at: datetime | None = None


@value
class Given:
    """A date that a colleague gave to this customer."""

    by: str
    words: str
    due: datetime


@value
class Context:
    now: datetime | None = None
    """Without it, no time is looked at."""
    zone: ZoneInfo = UTC
    hours: Hours | None = None
    closing: time = CLOSING
    author: str = ""
    """Who writes the draft, named as `Written` and `Given` name people."""
    earlier: tuple[Written, ...] = ()
    promises: tuple[Given, ...] = ()
    theirs: str = ""
    """The customer's own words: a term that they use is no jargon to them."""

    def soonest(self) -> str:
        """Say the next day on which somebody works, as in "by tomorrow"."""
        if not self.now or not self.hours:
            return "tomorrow"
        tomorrow = (self.now + timedelta(days=1)).astimezone(self.hours.zone)
        day = self.hours.next_opening(tomorrow.replace(hour=0, minute=0, second=0, microsecond=0))
        local = day.astimezone(self.hours.zone)
        return "tomorrow" if local.date() == tomorrow.date() else f"{local:%A}"

    def day(self, at: datetime) -> str:
        return f"{at.astimezone(self.zone):%A %d %B}".replace(" 0", " ")


def excerpt(text: str, longest: int = 80) -> str:
    """Return the words on one line, cut short."""
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"
