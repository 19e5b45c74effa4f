"""`inspect`: what Heard understands of a message, and why."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from bot.core.understanding import understand

AUTHORS = ("customer", "agent", "draft")


class Unreadable(Exception):  # noqa: N818 - it says what the line is
    """A line is not what `inspect --jsonl` reads; its text says what is wrong."""


@dataclass(frozen=True, slots=True)
class Line:
    id: Any
    text: str
    author: str


def explain(text: str, author: str) -> str:
    """Say in words what a message means to Heard."""
    if author != "customer":
        return "An agent's message: it answers whoever waits. Nothing more is read of it yet."
    found = understand(text)
    reply = "needs a reply" if found.needs_reply else "needs no reply"
    mood = (
        "sounds upset or pressed, so the times are halved"
        if found.upset
        else "does not sound upset"
    )
    return f"It {reply}, and {mood}.\nWhy: {found.why}."


def inspect(lines: Iterable[str]) -> Iterator[str]:
    """Read JSON lines and yield one for each, as it comes.

    Raises:
        Unreadable: at the first line that is not understood.
    """
    for number, text in enumerate(lines, start=1):
        if not text.strip():
            continue
        line = _read(text, number)
        found: dict[str, Any] = {"id": line.id}
        if line.author == "customer":
            meaning = understand(line.text)
            found |= {"needs_reply": meaning.needs_reply, "upset": meaning.upset}
        yield json.dumps(found, ensure_ascii=False)


def _read(text: str, number: int) -> Line:
    try:
        row = json.loads(text)
    except ValueError as error:
        raise Unreadable(f"line {number} is not JSON: {error}") from None
    if not isinstance(row, dict) or not isinstance(row.get("text"), str) or "id" not in row:
        raise Unreadable(f'line {number} needs {{"id": …, "text": "…", "author": "customer"}}')
    author = row.get("author", "customer")
    if author not in AUTHORS:
        raise Unreadable(f"line {number}: author is {author!r}, but must be one of {AUTHORS}")
    return Line(row["id"], row["text"], author)
