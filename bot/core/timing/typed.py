"""What people type where a time is asked for, and nowhere else: "1500", "17.30", "fri 9"."""

from __future__ import annotations

import re
from datetime import time

from bot.core.timing import zones
from bot.core.timing.clocks import AFTERNOON, HOUR, NOON
from bot.core.timing.dates import read_date
from bot.core.timing.timewords import Moment, Piece, Precision, number, rule

ZONE = rf"(?:\s?\(?(?P<zone>{zones.WORDS})\)?)?"
TIDY = re.compile(r"(?<=\d)t(?=\d\d:)")
"""Between the date and the time of an ISO timestamp."""
AFTER_DAY = r"(?:(?<=(?:day|row|mrw|urs|ues)\s)|(?<=\b(?:mon|tue|wed|thu|fri|sat|sun|tmr)\s))"
HOURS = (
    r"(?!20[23]\d)(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)",
    r"(?P<hour>[01]?\d|2[0-3])[.h](?P<minute>[0-5]\d)",
    r"(?P<hour>1[3-9]|2[0-3])h",
    r"(?<=\bat\s)(?P<hour>1[3-9]|2[0-3])",
    rf"{AFTER_DAY}(?P<hour>1[0-2]|[1-9])",
)
"""A year is no time of day; nor is the 13th in "Friday 13"."""
HALF_PAST = rf"half\s(?P<near>{HOUR})"
HALF = rf"{AFTER_DAY}(?P<half>[ap])\.?m\b\.?"
DAY = r"(?:[0-3]?\d\.(?:1[0-2]|0?[1-9])\.|(?:2[4-9]|3[01])\.(?:1[0-2]|0?[1-9])|[0-3]?\d\.[1-9])"


def _hour(match: re.Match[str], moment: Moment) -> Piece:
    said = match.groupdict()
    hour, zone = int(said["hour"]), said.get("zone")
    return Piece(
        precision=Precision.MINUTE,
        clock=time(hour, int(said.get("minute") or 0)),
        zone=zones.read_zone(zone, moment.zone, moment.now) if zone else None,
        loose=True,
        unsure="minute" not in said and hour <= 12,  # noqa: PLR2004
    )


def _half_past(match: re.Match[str], _: Moment) -> Piece:
    clock = time(int(number(match["near"])), 30)
    return Piece(precision=Precision.MINUTE, clock=clock, loose=True, unsure=True)


def _half(match: re.Match[str], _: Moment) -> Piece:
    clock = NOON if match["half"] == "a" else AFTERNOON
    return Piece(precision=Precision.PART_OF_DAY, clock=clock, loose=True)


def _day(match: re.Match[str], moment: Moment) -> Piece | None:
    day = read_date(match[0].rstrip("."), moment.today, moment.zone.key)
    return Piece(precision=Precision.DAY, day=day, loose=True) if day else None


RULES = (
    *(rule("|".join("0123456789"), hour + ZONE, _hour) for hour in HOURS),
    rule("half ", HALF_PAST, _half_past),
    rule("am|pm|a.m|p.m", HALF, _half),
    rule(".", DAY, _day),
)
