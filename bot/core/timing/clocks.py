"""Words for a time of day: "3pm CET", "half past two", "noon", "this afternoon", "EOD"."""

from __future__ import annotations

import re
from datetime import time, timedelta, tzinfo

from bot.core.timing import zones
from bot.core.timing.timewords import Moment, Piece, Precision, number, rule

NOON, AFTERNOON, NIGHT = time(12), time(17), time(21)
FIRST_THING, LAST_THING = time(9), time(23, 59)
DAWN = 5
"""Before this hour, "in the morning" is of the same day."""

HOUR = "1[0-2]|[1-9]|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
DONE = (
    r"(?=\s*(?:[;!?)\-–—]|[.,](?!\d)|\Z|(?:on|today|tonight|tomorrow|sharp|your|my|our|and|or|so|but"
    r"|this|to\s[a-z]|with|in\sthe|at\sthe|latest|mon|tue|wed|thu|fri|sat|sun)))"
)
"""After a bare hour nothing may follow that it could count."""
CLOCK = (
    r"(?:(?:\d{1,2}(?:[:.][0-5]\d)?\s?(?:[ap]m\s?)?(?:-|–|to|and)\s?)?"
    r"(?:(?P<hour>1[0-2]|0?\d)(?:[:.](?P<minute>[0-5]\d))?\s?(?P<half>[ap])\.?m\b\.?"
    r"|(?P<hour24>[01]?\d|2[0-4]):(?P<minute24>[0-5]\d)(?:\s?(?:hrs|hours|h)\b)?)"
    rf"|(?P<oclock>{HOUR})\s?o'?\s?clock"
    r"|(?P<shift>half|(?:a\s)?quarter|five|ten|twenty|[1-5]\d?)\s(?P<side>past|after|to|till)\s"
    rf"(?P<near>{HOUR}){DONE}"
    rf"|(?<=\bat\s|\bby\s)half\s(?P<half_hour>{HOUR}){DONE}"
    rf"|(?<=\bat\s|\bby\s)(?P<bare>{HOUR})(?:ish)?{DONE})"
    rf"(?:\ssharp)?(?:\s?\(?(?P<zone>{zones.WORDS})\)?)?"
)
PARTS = {
    "morning": NOON,
    "lunch": NOON,
    "noon": NOON,
    "midday": NOON,
    "afternoon": AFTERNOON,
    "arvo": AFTERNOON,
    "evening": NIGHT,
    "night": NIGHT,
    "midnight": LAST_THING,
}
PART = (
    r"(?P<lead>(?:later\s)?(?:this|that)\s|in\sthe\s|(?:before|after|by|at|over|around)\s"
    r"(?:(?:the\s)?end\sof\s(?:the\s)?)?)?(?:early\s|late\s|mid[\s-]?(?!night|day)|my\s|your\s)?"
    rf"(?P<name>{'|'.join(PARTS)})(?:\s?(?:time|break))?"
)
CLOSING = (
    r"e\.?o\.?[db]\b\.?|c\.?o\.?b\b\.?|(?:end|close)[\s-]of[\s-](?:the\s|my\s|our\s|your\s)?"
    r"(?:(?:business|working|work)\s)?(?:day|business|play)"
)
CLOSING = rf"(?:{CLOSING})(?:\s\(?(?P<zone>{zones.WORDS})\)?)?"
FIRST = r"first\sthing(?:\sin\sthe\smorning)?"


def _clock(match: re.Match[str], moment: Moment) -> Piece:
    hour, minute, unsure = _hour(match)
    return Piece(
        precision=Precision.MINUTE,
        clock=LAST_THING if hour == 24 else time(hour, minute),  # noqa: PLR2004
        zone=_zone(match, moment),
        unsure=unsure and "utc" not in (match["zone"] or ""),
    )


def _zone(match: re.Match[str], moment: Moment) -> tzinfo | None:
    words = match["zone"]
    return zones.read_zone(words, moment.zone, moment.now) if words else None


def _hour(match: re.Match[str]) -> tuple[int, int, bool]:
    """Return hour, minute, and whether it may as well be twelve hours later."""
    if half := match["half"]:
        return int(match["hour"]) % 12 + 12 * (half == "p"), int(match["minute"] or 0), False
    if written := match["hour24"]:
        twelve = not written.startswith("0") and int(written) <= 12  # noqa: PLR2004
        return int(written), int(match["minute24"]), twelve
    if near := match["near"]:
        shift = match["shift"].removeprefix("a ")
        minutes = 30 if shift == "half" else 15 if shift == "quarter" else int(number(shift))
        if match["side"] in ("past", "after"):
            return int(number(near)), minutes, True
        return (int(number(near)) - 1) or 12, 60 - minutes, True
    hour = match["oclock"] or match["half_hour"] or match["bare"]
    return int(number(hour)), 30 if match["half_hour"] else 0, True


def _part(match: re.Match[str], moment: Moment) -> Piece:
    name, lead = match["name"], match["lead"] or ""
    clock, day = PARTS[name], None
    if lead == "after " and clock == NOON:
        clock = AFTERNOON
    if "this" in lead or "that" in lead:
        day = moment.today
    elif lead == "in the " and name == "morning":
        day = moment.today + timedelta(days=moment.now.hour >= DAWN)
    return Piece(precision=Precision.PART_OF_DAY, day=day, clock=clock, loose=not lead)


def _tonight(_: re.Match[str], moment: Moment) -> Piece:
    return Piece(precision=Precision.PART_OF_DAY, day=moment.today, clock=NIGHT)


def _closing(match: re.Match[str], moment: Moment) -> Piece:
    return Piece(precision=Precision.DAY, clock=moment.closing, zone=_zone(match, moment))


def _first(_: re.Match[str], __: Moment) -> Piece:
    return Piece(precision=Precision.PART_OF_DAY, clock=FIRST_THING)


RULES = (
    rule("am|pm|a.m|p.m|:|clock|half|quarter|past|at |by |to ", CLOCK, _clock),
    rule("morning|arvo|afternoon|evening|night|lunch|noon|midday", PART, _part),
    rule("tonight|overnight", r"(?:(?:later|late)\s)?(?:tonight|overnight)", _tonight),
    rule("eod|e.o|eob|cob|c.o.b|end of|end-of|close of", CLOSING, _closing),
    rule("first thing", FIRST, _first),
)
