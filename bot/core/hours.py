"""Business hours: open now, the next opening, and business time added or counted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import chain, groupby, pairwise
from zoneinfo import ZoneInfo

from bot.core.targets import Duration
from bot.core.values import value

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ZERO = timedelta(0)
INSTANT = timedelta(microseconds=1)
DAY = timedelta(days=1)
HORIZON = 3660
"""Days to look ahead: a schedule that never opens in ten years is a fault."""

Holiday = Callable[[date], bool]
Span = tuple[time, time | None]
"""An opening and a closing time; None closes at midnight."""
Window = tuple[datetime, datetime]


def no_holiday(_: date) -> bool:
    return False


@value
class Hours:
    """When a team works, in its own time zone. `week` has one tuple of spans a day from Monday."""

    week: tuple[tuple[Span, ...], ...]
    zone: ZoneInfo
    holiday: Holiday = no_holiday
    calendar: str = ""
    """The name of the calendar that `holiday` reads."""

    def is_open(self, now: datetime) -> bool:
        return any(start <= now < end for start, end in self._windows(now, days=1))

    def next_opening(self, now: datetime) -> datetime:
        """Return `now` while open, else the next moment of opening."""
        return next(max(start, now) for start, end in self._windows(now) if end > now)

    def add(self, start: datetime, length: timedelta) -> datetime:
        """Return the moment at which that much business time has passed since `start`.

        It is always within the hours: what ends at closing time is due at the next opening.
        """
        left = length
        for opening, closing in self._windows(start):
            begin = max(opening, start)
            if closing - begin > left:
                return begin + left
            left -= max(closing - begin, ZERO)
        raise AssertionError("unreachable: the windows never end")

    def before(self, end: datetime, length: timedelta) -> datetime:
        """Return the moment from which on that much business time is left until `end`."""
        left = length
        for opening, closing in self._windows_back(end):
            until = min(closing, end)
            if until - opening >= left:
                return until - left
            left -= max(until - opening, ZERO)
        raise AssertionError("unreachable: the windows never end")

    def covers(self, due: datetime) -> bool:
        """Tell whether something can be due then: closing time is still within the hours."""
        return self.is_open(due) or self.is_open(due - INSTANT)

    def is_holiday(self, due: datetime) -> bool:
        return self.holiday((due - INSTANT).astimezone(self.zone).date())

    def closings(self, now: datetime) -> Iterator[datetime]:
        """Yield when each business day ends, from that of `now` on."""
        by_day = groupby(self._windows(now), lambda one: one[0].astimezone(self.zone).date())
        for _, windows in by_day:
            *_, (_, closing) = windows
            yield closing

    def elapsed(self, start: datetime, end: datetime) -> timedelta:
        """Return how much business time lies between two moments."""
        total = ZERO
        for opening, closing in self._windows(start):
            if opening >= end:
                break
            total += max(min(closing, end) - max(opening, start), ZERO)
        return total

    def length(self, duration: Duration) -> timedelta:
        """Return a duration in business time; a day is this team's average day."""
        length = timedelta(seconds=duration.seconds)
        return length + duration.days * self._day() if duration.days else length

    def _day(self) -> timedelta:
        lengths = [
            sum((_length(span) for span in spans), start=ZERO) for spans in self.week if spans
        ]
        return sum(lengths, start=ZERO) / len(lengths)

    def _windows(self, around: datetime, days: int = HORIZON) -> Iterator[Window]:
        """Return the open windows, in UTC and in order, from the local day of `around` on."""
        first = around.astimezone(self.zone).toordinal()
        following = map(date.fromordinal, range(first, first + days))
        return chain.from_iterable(map(self._windows_of, following))

    def _windows_back(self, around: datetime) -> Iterator[Window]:
        """Yield the windows that begin before a moment, the latest first."""
        last = around.astimezone(self.zone).date()
        for n in range(HORIZON):
            windows = reversed(self._windows_of(last - timedelta(days=n)))
            yield from (window for window in windows if window[0] < around)

    def _windows_of(self, day: date) -> tuple[Window, ...]:
        spans = self.week[day.weekday()]
        return _windows_on(day, spans, self.zone) if spans and not self.holiday(day) else ()


@lru_cache(maxsize=4096)
def _windows_on(day: date, spans: tuple[Span, ...], zone: ZoneInfo) -> tuple[Window, ...]:
    midnight = day + DAY, time()
    return tuple(
        (_instant(day, opening, zone), _instant(*((day, closing) if closing else midnight), zone))
        for opening, closing in spans
    )


def _instant(day: date, clock: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, clock, zone).astimezone(UTC)


def _length(span: Span) -> timedelta:
    start = timedelta(hours=span[0].hour, minutes=span[0].minute)
    end = timedelta(hours=span[1].hour, minutes=span[1].minute) if span[1] else DAY
    return end - start


def parse_week(text: str) -> tuple[tuple[Span, ...], ...]:
    """Read "Mon-Fri 09:00-17:00", "Mon-Thu 9:00-17:00, Fri 9:00-15:00" or "always".

    Raises:
        ValueError: it says what is wrong and how to write it.
    """
    if text.strip().lower() == "always":
        return (((time(), None),),) * 7
    week: dict[int, list[Span]] = {day: [] for day in range(7)}
    for part in text.split(","):
        match = re.fullmatch(
            r"\s*(?P<first>[a-z]{3})[a-z]*(?:\s*-\s*(?P<last>[a-z]{3})[a-z]*)?\s+"
            r"(?P<spans>\d{1,2}:\d\d\s*-\s*\d{1,2}:\d\d(?:\s+\d{1,2}:\d\d\s*-\s*\d{1,2}:\d\d)*)\s*",
            part.lower(),
        )
        if not match:
            raise _unclear(text, part)
        for day in _days(match["first"], match["last"] or match["first"], text):
            for start, end in re.findall(r"(\d+:\d\d)\s*-\s*(\d+:\d\d)", match["spans"]):
                week[day].append(_span(start, end, text))
    for spans in week.values():
        spans.sort(key=lambda span: span[0])
        if any(before[1] is None or before[1] > after[0] for before, after in pairwise(spans)):
            raise ValueError(f"{text!r} names hours that overlap; list each hour of a day once")
    return tuple(tuple(week[day]) for day in range(7))


def _days(first: str, last: str, text: str) -> list[int]:
    if first not in DAYS or last not in DAYS:
        raise _unclear(text, f"{first}-{last}")
    start, end = DAYS.index(first), DAYS.index(last)
    return [day % 7 for day in range(start, end + 1 if end >= start else end + 8)]


def _span(start: str, end: str, text: str) -> Span:
    try:
        opening = time.fromisoformat(start.zfill(5))
        closing = None if end == "24:00" else time.fromisoformat(end.zfill(5))
    except ValueError:
        raise _unclear(text, f"{start}-{end}") from None
    if closing is not None and closing <= opening:
        raise ValueError(
            f"{start}-{end} closes before it opens; write hours past midnight as two days,"
            ' for example "Mon 22:00-24:00, Tue 00:00-06:00"'
        )
    return opening, closing


def _unclear(text: str, part: str) -> ValueError:
    return ValueError(
        f"{text!r} is not clear at {part.strip()!r}; write for example"
        ' "Mon-Fri 09:00-17:00", "Mon-Thu 09:00-17:00, Fri 09:00-15:00" or "always"'
    )


UNITS = {"s": 1, "m": 60, "h": 3600}


def parse_clock(text: str) -> time:
    """Read "16:30".

    Raises:
        ValueError: it says how to write it.
    """
    clock = re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)", text.strip(), re.ASCII)
    if clock is None:
        raise ValueError(f"{text!r} is not a time of day; write for example 16:30")
    return time(int(clock[1]), int(clock[2]))


def parse_duration(text: str) -> Duration:
    """Read "90s", "30m", "2h", "1d" or sums like "1h30m"; a day is a business day.

    Raises:
        ValueError: it says how to write it.
    """
    parts = re.findall(r"(\d+(?:\.\d+)?)\s*([smhd])", text.strip().lower())
    if not parts or "".join(f"{n}{unit}" for n, unit in parts) != re.sub(
        r"\s", "", text.strip().lower()
    ):
        raise ValueError(f"{text!r} is not a duration; write for example 90s, 30m, 2h or 1d")
    duration = Duration(
        days=sum(float(n) for n, unit in parts if unit == "d"),
        seconds=sum(float(n) * UNITS[unit] for n, unit in parts if unit != "d"),
    )
    if duration == Duration() or duration.days > 365 or duration.seconds > 365 * 24 * 3600:  # noqa: PLR2004
        raise ValueError(f"{text!r} must be more than nothing and at most a year")
    return duration


def describe(duration: Duration) -> str:
    """Say a duration as people do: "30 min", "2 h", "2 business days"."""
    parts = []
    if duration.days:
        parts.append(f"{duration.days:g} business day{'' if duration.days == 1 else 's'}")
    hours, seconds = divmod(round(duration.seconds), 3600)
    minutes, seconds = divmod(seconds, 60)
    parts += [f"{n} {unit}" for n, unit in ((hours, "h"), (minutes, "min"), (seconds, "s")) if n]
    return " ".join(parts)
