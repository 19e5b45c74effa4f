"""Which instant the pieces of a time mean together, such as "Friday" and "3pm CET"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from bot.core.timing.clocks import LAST_THING, NOON
from bot.core.timing.durations import add_business_days
from bot.core.timing.timewords import Moment, Piece, Precision

HALF_DAY = timedelta(hours=12)
FIRST_MORNING_HOUR = 7
"""An hour before it, without am or pm, is taken for one of the afternoon."""
LAST_EVENING_HOUR = 21
FARTHEST = timedelta(days=5 * 366)
BEFORE = re.compile(r"\b(?:before|prior\sto|ahead\sof)\s(?:the\s)?\Z")
RANKS = (Precision.DAY, Precision.PART_OF_DAY, Precision.MINUTE)
"""Of two words for a time of day, the more exact one counts."""


@dataclass(frozen=True, slots=True)
class Named:
    """A run of words that names one time."""

    start: int
    end: int
    pieces: tuple[Piece, ...]

    @property
    def loose(self) -> bool:
        return all(piece.loose for piece in self.pieces)


def resolve(named: Named, part: str, moment: Moment) -> tuple[datetime, Precision]:
    """Return the instant, never before the moment, and how exact it is.

    Raises:
        ValueError: it is over, or too far away to be meant.
    """
    at, precision = _resolve(named, part, moment)
    if not moment.now <= at < moment.now + FARTHEST:
        raise ValueError("nobody promises that")
    return at, precision


def _resolve(named: Named, part: str, moment: Moment) -> tuple[datetime, Precision]:
    for piece in named.pieces:
        if piece.instant:
            return piece.instant, piece.precision
    day, precision = _day(named.pieces)
    clock = max(
        (piece for piece in named.pieces if piece.clock),
        key=lambda piece: (RANKS.index(piece.precision), not piece.loose),
        default=None,
    )
    if clock and not day and clock.precision is not Precision.DAY:
        return _next(clock, moment), clock.precision
    if day and not clock and BEFORE.search(part[max(0, named.start - 20) : named.start]):
        day = _day_before(day, precision, part[named.start : named.end], moment)
    day = day or moment.today
    if day < moment.today:
        raise ValueError("that day is over")
    if not clock:
        return _not_over(_at(day, moment.closing, moment), day, moment), precision
    at = _at(day, _hour(clock, named.pieces), moment, clock.zone)
    if clock.precision is Precision.MINUTE and at < moment.now:
        if clock.unsure and at + HALF_DAY >= moment.now:
            at += HALF_DAY  # "today at 9", said at ten
        elif moment.typed:
            raise ValueError("that hour of the day is over")
    return _not_over(at, day, moment), clock.precision


def _day(pieces: tuple[Piece, ...]) -> tuple[date | None, Precision]:
    """Return the day: of "Tuesday next week" that Tuesday, of "Friday, March 6th" that date."""
    days = [piece for piece in pieces if piece.day]
    if not days:
        return None, Precision.DAY
    exact = next((piece for piece in days if not piece.weekday), days[0])
    weekday = next((piece.day for piece in days if piece.weekday), None)
    if weekday and exact.day and exact.precision is Precision.WEEK:
        return exact.day + timedelta(days=weekday.weekday() - exact.day.weekday()), Precision.DAY
    return exact.day, exact.precision


def _day_before(day: date, precision: Precision, words: str, moment: Moment) -> date:
    """Return the last business day before a day or a week; the end of it is what it is."""
    if precision is Precision.MONTH or words.startswith(("end", "eo", "before", "late")):
        return day
    if precision is Precision.WEEK:
        day -= timedelta(days=day.weekday())
    return max(add_business_days(day, -1), moment.today)


def _hour(clock: Piece, pieces: tuple[Piece, ...]) -> time:
    """Return the time of day, of the morning or of the afternoon as the other words have it."""
    said = clock.clock or NOON
    part = next((piece.clock for piece in pieces if piece is not clock and piece.clock), None)
    afternoon = part > NOON if part else said.hour < FIRST_MORNING_HOUR
    return said.replace(hour=said.hour % 12 + 12) if clock.unsure and afternoon else said


def _next(clock: Piece, moment: Moment) -> datetime:
    """Return the next time that a clock shows that."""
    today = moment.now.astimezone(clock.zone or moment.zone).date()
    hour = _hour(clock, (clock,))
    at = _at(today, hour, moment, clock.zone)
    if at >= moment.now:
        return at
    later = at + HALF_DAY
    evening = later.astimezone(moment.zone).hour <= LAST_EVENING_HOUR
    if clock.unsure and later >= moment.now and evening:
        return later
    return _at(today + timedelta(days=1), hour, moment, clock.zone)


def _at(day: date, clock: time, moment: Moment, zone: tzinfo | None = None) -> datetime:
    at = datetime.combine(day, clock, zone or moment.zone)
    # Where the clocks go back, an hour comes twice: the second one counts if the first is over.
    first, second = at.astimezone(UTC), at.replace(fold=1).astimezone(UTC)
    return second if first < moment.now <= second else first


def _not_over(at: datetime, day: date, moment: Moment) -> datetime:
    """Return that instant, or the last minute of the day if it has passed."""
    return at if at >= moment.now else max(_at(day, LAST_THING, moment), moment.now.astimezone(UTC))
