"""How Slack writes people, places, moments and paragraphs, in what people read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from slack_sdk.models.blocks import Block, ContextBlock, MarkdownTextObject, SectionBlock

Blocks = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Words:
    """A message: its text is what notifications and screen readers say."""

    text: str
    blocks: Blocks


def escape(text: str) -> str:
    """Make a person's words harmless: no pings, no links of their making."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def when(at: datetime, *, beside: datetime | None = None) -> str:
    """Say a moment in the reader's own time zone; with its day unless `beside` is close."""
    near = beside is not None and abs(at - beside) < timedelta(hours=12)
    shape = "{time}" if near else "{date_short_pretty} at {time}"
    return f"<!date^{int(at.timestamp())}^{shape}|{at:%Y-%m-%d %H:%M} UTC>"


def person(person_id: str) -> str:
    return f"<@{person_id}>"


def place(channel_id: str) -> str:
    return f"<#{channel_id}>"


def both(first: Words, second: Words) -> Words:
    return Words(f"{first.text}\n{second.text}", [*first.blocks, *second.blocks])


def say(text: str) -> Words:
    """Say something in one paragraph."""
    return Words(text, built([section(text)]))


def section(text: str) -> SectionBlock:
    return SectionBlock(text=MarkdownTextObject(text=text[:3000]))


def context(text: str) -> ContextBlock:
    return ContextBlock(elements=[MarkdownTextObject(text=text[:3000])])


def built(blocks: Iterable[Block]) -> Blocks:
    return [block.to_dict() for block in blocks]
