"""Words for a length of time from now: "in 2 hours", "within a couple of days", "ETA 1-2 weeks"."""

from __future__ import annotations

import calendar
import math
import re
from datetime import UTC, date, timedelta

from bot.core.timing.timewords import NUMBERS, Moment, Piece, Precision, number, rule

ABOUT = (
    r"(?:(?:about|around|roughly|approximately|approx\.?|maybe|probably|like|~|under|at\smost"
    r"|up\sto|less\sthan|just|another|max|say)\s?)?"
)
LEAD = (
    r"(?:(?:(?:with)?in|over|during|for)\s(?:the\s)?(?:next|coming|following)"
    r"|the\s(?:next|coming)|next(?=\s(?:few|couple|\d))|coming(?=\sfew)|(?:with)?in"
    rf"|takes?\s(?:us|me)|brb(?:\sin)?|eta(?:\sis|\sof|:)?|(?:give|gimme|allow|need)(?:\s(?:me|us))?|another|~)\s{{0,3}}{ABOUT}"
)
COUNT = (
    r"(?:\d{1,4}(?:\.\d\d?)?|half\san?|(?:an?\s|one\s)?couple(?:\sof)?(?:\smore)?"
    rf"|(?:a\s|another\s)?(?:few|several)(?:\smore)?"
    rf"|(?:{'|'.join(sorted(NUMBERS, key=len, reverse=True))})(?!\w))"
)
UNIT = (
    r"(?P<unit>min(?:ute)?|m|hour|hr|h|day|d|fortnight|week|wk|w|month)'?s?'?(?!\w)"
    r"(?:(?P<or>\sor\s(?:two|2|three|3))(?!\w)|(?P<half>\sand\sa\shalf))?"
)
DURATION = (
    rf"(?P<lead>{LEAD})?(?P<low>{COUNT}\s?(?:-|–|to|or)\s?)?(?P<count>{COUNT})\s?"
    r"(?:(?:more|full|calendar|short)\s)?(?P<business>(?:business|working|work)\s)?"
    rf"{UNIT}(?P<tail>(?:\sof)?\stime|\sfrom\s(?:now|today)|\s(?:max|tops))?"
    r"(?!'?\s(?:ago|old|long|late|earlier|in\sadvance|each|per|of)\b)"
)
UNCOUNTED = (
    r"(?:(?:(?:with)?in|over|during)\sthe\s(?:next|coming|following)"
    rf"|(?:with)?in(?P<this>\sthe))\s{UNIT}"
)
MINUTES = (
    r"(?:(?<=\bback\sin\s)|(?<=\bbrb\sin\s)|(?<=\bgive\sme\s)|(?<=\bgimme\s))(?P<count>5|[1-4][05])"
    r"(?=\s*(?:[,.;!)–—-]|\Z|with\b|and\b|w/))"
)
"""What is counted there is minutes."""
SOME = 3
"""How many "the coming days" are."""


def _duration(match: re.Match[str], moment: Moment) -> Piece | None:
    count, unit = number(match["count"]), match["unit"]
    if match["half"]:
        count += 0.5
    elif match["or"]:
        count = number(match["or"].split()[-1])
    if match["count"] in ("a", "an", "one") and unit.startswith("m") and unit != "month":
        return None  # "in a minute" is soon
    piece = _after(count, unit, moment, business=bool(match["business"]))
    loose = not (match["lead"] or match["tail"])
    return _loose(piece) if loose and piece else piece


def _minutes(match: re.Match[str], moment: Moment) -> Piece:
    return _exact(timedelta(minutes=int(match["count"])), moment)


def _uncounted(match: re.Match[str], moment: Moment) -> Piece | None:
    unit, today = match["unit"], moment.today
    if match["or"]:
        return _after(number(match["or"].split()[-1]), unit, moment)
    if match["this"] and unit == "day":
        return Piece(precision=Precision.DAY, day=today)
    if match["this"] and unit in ("week", "month"):
        return None  # `days` reads it
    several = match[0].endswith(f"{unit}s")
    if several and unit not in ("day", "week"):
        return None
    return _after(SOME if several else 1, unit, moment)


def _loose(piece: Piece) -> Piece:
    return Piece(precision=piece.precision, day=piece.day, instant=piece.instant, loose=True)


def _after(count: float, unit: str, moment: Moment, *, business: bool = False) -> Piece | None:
    if unit in ("m", "min", "minute"):
        return _exact(timedelta(minutes=count), moment)
    if unit in ("h", "hr", "hour"):
        return _exact(timedelta(hours=count), moment)
    if unit == "month":
        return Piece(precision=Precision.MONTH, day=add_months(moment.today, math.ceil(count)))
    if unit == "fortnight":
        count, unit = 2 * count, "week"
    if unit in ("w", "wk", "week"):
        day = moment.today + timedelta(days=math.ceil(7 * count))
        return Piece(precision=Precision.WEEK, day=day)
    day = moment.today + timedelta(days=math.ceil(count))
    if business:
        day = add_business_days(moment.today, math.ceil(count))
    return Piece(precision=Precision.DAY, day=day)


def _exact(length: timedelta, moment: Moment) -> Piece:
    # By way of UTC: across a change of the clocks, two hours are two hours.
    instant = moment.now.astimezone(UTC) + length
    return Piece(precision=Precision.MINUTE, instant=instant)


def add_months(day: date, count: int) -> date:
    """Return the same day of a later month, or its last one."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def add_business_days(day: date, count: int) -> date:
    """Return the day after so many days from Monday to Friday; below zero, before."""
    weeks, rest = divmod(abs(count), 5)
    step = timedelta(days=1 if count > 0 else -1)
    day += weeks * 7 * step
    while rest:
        day += step
        rest -= day.weekday() < 5  # noqa: PLR2004 - Monday to Friday
    return day


RULES = (
    rule("back in|brb|give me|gimme|eta", MINUTES, _minutes),
    rule("min|hour|hr|day|week|wk|fortnight|month|0m|5m|1w|2w|3w|h|d", DURATION, _duration),
    rule("in the|over the|during the", UNCOUNTED, _uncounted),
)
