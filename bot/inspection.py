"""`inspect`: what Heard understands of a message, and why."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.core.promises import Noticed, notice
from bot.core.understanding import Turn, turn, understand

AUTHORS = ("customer", "agent", "draft")
OURS = "agent:"
BETWEEN = "||"
"""Parts the lines of a context."""


class Unreadable(Exception):  # noqa: N818 - it says what the line is
    """A line is not what `inspect --jsonl` reads; its text says what is wrong."""


@dataclass(frozen=True, slots=True)
class Line:
    id: Any
    text: str
    author: str
    sent_at: datetime
    zone: ZoneInfo
    context: tuple[Turn, ...]


def explain(text: str, author: str, now: datetime) -> str:
    """Say in words what a message, written at `now` in UTC, means to Heard."""
    if author == "customer":
        return _asked(text)
    if author == "draft":
        return "A draft: nothing is read of it yet."
    promises = notice(text, now, ZoneInfo("UTC"))
    if not promises:
        return "It promises nothing."
    return "\n".join(_promised(text, one) for one in promises)


def _asked(text: str) -> str:
    found = understand(text)
    reply = "needs a reply" if found.needs_reply else "needs no reply"
    if found.upset:
        mood = "sounds upset, so the times are halved"
    elif found.pressed:
        mood = "is in a hurry, so the times are halved"
    else:
        mood = "does not sound upset"
    return f"It {reply}, and {mood}.\nWhy: {found.why}."


def _promised(text: str, one: Noticed) -> str:
    start, end = one.words
    due = f"due {one.due.at:%A %d %B %Y, %H:%M} UTC" if one.due else "without a date"
    marked = f"{text[:start]}[{text[start:end]}]{text[end:]}"
    return f"It is a promise, {due}.\n{marked}\nWhy: {one.why}"


def inspect(lines: Iterable[str], now: datetime) -> Iterator[str]:
    """Read JSON lines and yield one for each, as it comes; without `sent_at` it was written `now`.

    Raises:
        Unreadable: at the first line that is not understood.
    """
    for number, text in enumerate(lines, start=1):
        if not text.strip():
            continue
        line = _read(text, number, now)
        found: dict[str, Any] = {"id": line.id}
        if line.author == "customer":
            found |= _meaning(line)
        elif line.author == "agent":
            found |= _promise(line)
        yield json.dumps(found, ensure_ascii=False)


def _meaning(line: Line) -> dict[str, Any]:
    meaning = understand(line.text, line.context)
    return {
        "needs_reply": meaning.needs_reply,
        "upset": meaning.upset,
        "kind": meaning.kind,
        "why": meaning.why,
    }


def _promise(line: Line) -> dict[str, Any]:
    """Return the first promise of a message."""
    found = notice(line.text, line.sent_at, line.zone)
    one = found[0] if found else None
    due = one.due if one else None
    return {
        "promise": one is not None,
        "due": due.at.astimezone(line.zone).isoformat() if due else None,
        "precision": due.precision if due else None,
        "words": list(one.words) if one else None,
    }


def _read(text: str, number: int, now: datetime) -> Line:
    try:
        row = json.loads(text)
    except ValueError as error:
        raise Unreadable(f"line {number} is not JSON: {error}") from None
    if not isinstance(row, dict) or not isinstance(row.get("text"), str) or "id" not in row:
        raise Unreadable(f'line {number} needs {{"id": …, "text": "…", "author": "customer"}}')
    author = row.get("author", "customer")
    if author not in AUTHORS:
        raise Unreadable(f"line {number}: author is {author!r}, but must be one of {AUTHORS}")
    zone = _zone(row.get("tz") or "UTC", number)
    context = _context(row.get("context") or "", number)
    return Line(row["id"], row["text"], author, _sent_at(row, zone, number, now), zone, context)


def _context(lines: object, number: int) -> tuple[Turn, ...]:
    """Return what was said before: `agent: … || customer: …`, the last of it last."""
    if not isinstance(lines, str):
        raise Unreadable(f'line {number}: write the context like "agent: … || customer: …"')
    earlier = [line.strip() for line in lines.split(BETWEEN) if line.strip()]
    return tuple(turn(line, ours=line.startswith(OURS)) for line in earlier)


def _zone(name: object, number: int) -> ZoneInfo:
    try:
        return ZoneInfo(str(name))
    except (KeyError, OSError, ValueError):
        raise Unreadable(f"line {number}: tz is {name!r}; write one like Europe/Berlin") from None


def _sent_at(row: dict[str, Any], zone: ZoneInfo, number: int, now: datetime) -> datetime:
    """Return when a message was written; a time without an offset is one of its zone."""
    sent_at = row.get("sent_at")
    if not sent_at:
        return now
    try:
        at = datetime.fromisoformat(str(sent_at))
    except ValueError:
        raise Unreadable(
            f"line {number}: sent_at is {sent_at!r}; write one like 2026-03-02T10:00:00+01:00"
        ) from None
    return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)
