"""Which time zone a word names: PST, CET, "UTC+2", "Berlin time"."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

NAMES = {
    "utc gmt z": "UTC",
    "et est edt eastern": "America/New_York",
    "ct cst cdt central": "America/Chicago",
    "mt mst mdt mountain": "America/Denver",
    "pt pst pdt pacific": "America/Los_Angeles",
    "bst london uk": "Europe/London",
    "wet west lisbon": "Europe/Lisbon",
    "cet cest berlin german": "Europe/Berlin",
    "paris french": "Europe/Paris",
    "eet eest": "Europe/Athens",
    "msk moscow": "Europe/Moscow",
    "ist india bangalore": "Asia/Kolkata",
    "sgt singapore": "Asia/Singapore",
    "hkt": "Asia/Hong_Kong",
    "jst tokyo": "Asia/Tokyo",
    "kst": "Asia/Seoul",
    "aest aedt aet sydney": "Australia/Sydney",
    "acst acdt": "Australia/Adelaide",
    "awst perth": "Australia/Perth",
    "nzst nzdt nzt": "Pacific/Auckland",
    "brt": "America/Sao_Paulo",
    "sast": "Africa/Johannesburg",
}
ZONES = {word: name for words, name in NAMES.items() for word in words.split()}
PLACES = "london|uk|lisbon|berlin|german|paris|french|moscow|india|bangalore|singapore|tokyo|sydney"
REGIONS = "eastern|central|mountain|pacific"
WORDS = (
    r"(?:(?:utc|gmt)\s?[+-]\s?\d{1,2}(?::?[0-5]\d)?"
    rf"|(?:{REGIONS})(?:\s(?:standard\s|daylight\s)?time)?|(?:{PLACES})\stime"
    r"|in\s(?:utc|gmt)"
    rf"|(?:{'|'.join(word for word in ZONES if word not in f'{PLACES}|{REGIONS}'.split('|'))})"
    r"(?:\stime)?)(?!\w)"
)
"""A pattern for what `read_zone` reads."""
OFFSET = re.compile(r"(?:utc|gmt)\s?([+-])\s?(\d{1,2}):?([0-5]\d)?")


def read_zone(words: str, home: ZoneInfo, now: datetime) -> tzinfo:
    """Return the zone that the words name.

    An abbreviation that the speaker's own zone goes by, in summer or winter, means that zone: IST
    is Israel's to who writes from Jerusalem. "PST" said in summer means the time in Los Angeles,
    as people do, though it is then called PDT.
    """
    if offset := OFFSET.fullmatch(words):
        length = timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0))
        return timezone(length if offset[1] == "+" else -length) if length.days < 1 else home
    word = words.removeprefix("in ").split()[0]
    seasons = (now.replace(month=month, day=1) for month in (1, 7))
    if word in {(season.replace(tzinfo=home).tzname() or "").lower() for season in seasons}:
        return home
    return ZoneInfo(ZONES[word])
