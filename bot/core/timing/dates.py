"""Which day a written-out date names: "March 3rd", "24/12", "2027-01-15"."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?!\w)"
)
NTH = r"[0-3]?\d(?:st|nd|rd|th)?"
DATE = (
    rf"(?:{NTH}\s(?:of\s)?{MONTH}(?:,?\s20\d\d(?!\d))?"
    rf"|{MONTH}\.?\s(?:the\s)?{NTH}(?![\w:])(?:,?\s20\d\d(?!\d))?"
    r"|20\d\d-[01]\d-[0-3]\d|[0-3]?\d/[0-3]?\d(?:/(?:20)?\d\d)?|[0-3]?\d\.[01]?\d\.(?:20)?\d\d)"
    r"(?![\w/])"
)
"""A pattern for what `read_date` reads."""
YEAR = re.compile(r"20\d\d|\d[./]\d+[./]\d")
A_YEAR, SLIP = timedelta(days=366), timedelta(days=60)
"""A date that was over for less than that, said without its year, is not one of next year."""
MONTH_FIRST = frozenset(
    f"America/{city}"
    for city in ("New_York", "Chicago", "Denver", "Los_Angeles", "Phoenix", "Detroit", "Anchorage")
) | {"Pacific/Honolulu"}
"""Zones of people who write 3/4 for the fourth of March."""


@lru_cache(maxsize=64)
def read_date(words: str, today: date, zone: str) -> date | None:
    """Return the next day of that date, or None if there is none."""
    month_first = zone in MONTH_FIRST and "." not in words
    # From yesterday on, or a date of today would be one of next year.
    base = datetime.combine(today - timedelta(days=1), datetime.min.time())
    for order in ("MDY", "DMY") if month_first else ("DMY", "MDY"):
        if found := _reader(order, base).get_date_data(words).date_obj:
            day = found.date()
            over = A_YEAR - SLIP < day - today <= A_YEAR and not YEAR.search(words)
            return None if over else day
    return None


@lru_cache(maxsize=16)
def _reader(order: str, base: datetime) -> Any:  # noqa: ANN401 - it is imported only here
    # Late: it takes a quarter of a second, and 9 MB; few messages name a date.
    from dateparser.date import DateDataParser  # noqa: PLC0415

    return DateDataParser(
        languages=["en"],
        settings={
            "DATE_ORDER": order,
            "PARSERS": ["absolute-time"],
            "PREFER_DATES_FROM": "future",
            "RELATIVE_BASE": base,
            "REQUIRE_PARTS": ["day", "month"],
        },
    )
