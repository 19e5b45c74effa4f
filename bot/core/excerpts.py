"""What is remembered of a message: how it begins."""

from __future__ import annotations

LONGEST = 160


def excerpt_of(text: str) -> str:
    """Return the beginning of a message, in one line."""
    line = " ".join(text[: LONGEST * 4].split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1].rstrip() + "…"
