"""`inspect`: what Heard understands of a message, and why."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.core.promises import Noticed, notice
from bot.core.tone import READS_WELL, Context, Written, check
from bot.core.understanding import turn, understand

AUTHORS = ("customer", "agent", "draft")
OURS, THEIRS = "agent:", "customer:"
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
    context: tuple[str, ...]
    """What was written before, the last of it last, each beginning with "agent:" or "customer:"."""


def explain(text: str, author: str, now: datetime) -> str:
    """Say in words what a message, written at `now` in UTC, means to Heard."""
    if author == "customer":
        return _asked(text)
    if author == "draft":
        return _checked(text, Context(now=now))
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


def _checked(text: str, context: Context) -> str:
    found = check(text, context)
    if not found:
        return READS_WELL
    return "\n\n".join(
        f"It sounds {one.label.replace('_', ' ')}.\n{_marked(text, one.words)}\n"
        f"Why: {one.why}\nKinder: {one.kinder}"
        for one in found
    )


def _marked(text: str, words: tuple[int, int]) -> str:
    start, end = words
    return f"{text[:start]}[{text[start:end]}]{text[end:]}"


def _promised(text: str, one: Noticed) -> str:
    due = f"due {one.due.at:%A %d %B %Y, %H:%M} UTC" if one.due else "without a date"
    return f"It is a promise, {due}.\n{_marked(text, one.words)}\nWhy: {one.why}"


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
        else:
            found |= _findings(line)
        yield json.dumps(found, ensure_ascii=False)


def _meaning(line: Line) -> dict[str, Any]:
    earlier = tuple(turn(one, ours=one.startswith(OURS)) for one in line.context)
    meaning = understand(line.text, earlier)
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


def _findings(line: Line) -> dict[str, Any]:
    found = check(line.text, _context_of(line))
    return {
        "labels": sorted({one.label for one in found}),
        "findings": [
            {"label": one.label, "words": one.words, "why": one.why, "kinder": one.kinder}
            for one in found
        ],
    }


def _context_of(line: Line) -> Context:
    """Return what a draft is checked against: whatever is not the customer's is ours."""
    theirs = [one for one in line.context if one.startswith(THEIRS)]
    earlier = tuple(
        Written(by="A colleague", text=one.removeprefix(OURS).strip())
        for one in line.context
        if one not in theirs
    )
    said = " ".join(one.removeprefix(THEIRS).strip() for one in theirs)
    return Context(now=line.sent_at, zone=line.zone, earlier=earlier, theirs=said)


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
    sent_at = _sent_at(row, zone, number, now)
    return Line(row["id"], row["text"], author, sent_at, zone, _context(row, number))


def _context(row: dict[str, Any], number: int) -> tuple[str, ...]:
    """Return what was said before: a list of lines, or one like `agent: … || customer: …`."""
    lines = row.get("context") or []
    if isinstance(lines, str):
        lines = lines.split(BETWEEN)
    if not isinstance(lines, list) or not all(isinstance(line, str) for line in lines):
        raise Unreadable(
            f'line {number}: write the context as a list of earlier lines, or "agent: … || …"'
        )
    return tuple(line.strip() for line in lines if line.strip())


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
