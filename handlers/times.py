"""The fields of a form that ask when, in words or from a calendar."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import (
    DatePickerElement,
    InputBlock,
    PlainTextInputElement,
    TimePickerElement,
)

from bot.core.model import Person
from handlers.edge import Edge

WORDS, DATE, TIME = "when_words", "when_date", "when_time"
EXAMPLES = "tomorrow 3pm, Friday, in 2 hours, 24 December 10:00"
PASSED = "That has passed already. Choose a time to come."
TOO_FAR = "That is too far away. Choose a time within the next five years."
FARTHEST = timedelta(days=5 * 366)
LONGEST = 200


def fields(due: datetime | None, zone: ZoneInfo, words: str = "") -> list[InputBlock]:
    """Return the fields, with what is known of it in them; `zone` is the reader's."""
    there = due.astimezone(zone) if due else None
    return [
        InputBlock(
            block_id=WORDS,
            label="When, in your words",
            hint=f"For example: {EXAMPLES}. What you write here counts, not the calendar.",
            optional=True,
            element=PlainTextInputElement(
                action_id=WORDS, initial_value=words or None, max_length=LONGEST
            ),
        ),
        InputBlock(
            block_id=DATE,
            label="or the day",
            optional=True,
            element=DatePickerElement(
                action_id=DATE, initial_date=f"{there:%Y-%m-%d}" if there else None
            ),
        ),
        InputBlock(
            block_id=TIME,
            label="and the time",
            optional=True,
            element=TimePickerElement(
                action_id=TIME, initial_time=f"{there:%H:%M}" if there else None
            ),
        ),
    ]


def read(
    values: Mapping[str, Any], edge: Edge, by: Person, channel: str
) -> datetime | dict[str, str]:
    """Return the moment that a form names, or what is wrong with it beside its field."""
    now = edge.now()
    words = _value(values, WORDS, "value").strip()
    day, clock = _value(values, DATE, "selected_date"), _value(values, TIME, "selected_time")
    if words:
        read = edge.desk.promises.when(words, by, channel, now)
        if read is None:
            return {WORDS: f"I cannot read a time in that. Write one like: {EXAMPLES}."}
        due, field = read.at, WORDS
    elif day:
        at = time.fromisoformat(clock) if clock else edge.desk.promises.closing(channel)
        try:
            due = datetime.combine(date.fromisoformat(day), at, edge.zone(by)).astimezone(UTC)
        except OverflowError:
            return {DATE: TOO_FAR}
        field = DATE
    elif clock:
        return {DATE: "Choose the day too."}
    else:
        return {WORDS: f"Say when, in words or with the calendar. For example: {EXAMPLES}."}
    wrong = fault(due, now)
    return {field: wrong} if wrong else due


def fault(due: datetime, now: datetime) -> str:
    """Return why nothing can be promised for that time; empty where it can."""
    if due <= now:
        return PASSED
    return TOO_FAR if due - now > FARTHEST else ""


def _value(values: Mapping[str, Any], name: str, key: str) -> str:
    return str(((values.get(name) or {}).get(name) or {}).get(key) or "")
