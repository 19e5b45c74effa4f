"""How Slack writes people, places, moments and paragraphs, in what people read."""

from __future__ import annotations

import hashlib
import json
import re
import textwrap
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from slack_sdk.models.blocks import (
    Block,
    ContextBlock,
    InteractiveElement,
    MarkdownTextObject,
    PlainTextObject,
    SectionBlock,
)

HALF = re.compile(r"&\w*\Z")
MARKUP = re.compile(r"<([^<>]+)>")
Blocks = list[dict[str, Any]]

LONGEST = 3000
"""Slack takes no more in one paragraph."""


class Words(NamedTuple):
    """A message: its text is what notifications and screen readers say."""

    text: str
    blocks: Blocks

    @property
    def fingerprint(self) -> str:
        """Differs where something else is shown."""
        return hashlib.sha256(json.dumps(self.blocks).encode()).hexdigest()[:16]


def escape(text: str) -> str:
    """Make a person's words harmless: no pings, no links of their making."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def plain(text: str) -> str:
    """Return the words of a message as people read them, without Slack's markup.

    Nobody is pinged by the words that are left, wherever they are quoted.
    """
    if "<" in text:
        text = MARKUP.sub(_shown, text)
    if "&" in text:
        text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return text


def _shown(markup: re.Match[str]) -> str:
    """Return what Slack shows in the place of a mention, a link or a date."""
    inside, _, label = markup[1].partition("|")
    if inside.startswith(("@", "!subteam")):
        return f"@{label.lstrip('@')}" if label else "@someone"
    if inside.startswith("!"):
        return label or f"@{inside[1:].partition('^')[0]}"
    return f"#{label}" if inside.startswith("#") else label or inside


def when(at: datetime, *, beside: datetime | None = None) -> str:
    """Say a moment in the reader's own time zone; with its day unless `beside` is close."""
    near = beside is not None and abs(at - beside) < timedelta(hours=12)
    shape = "{time}" if near else "{date_short_pretty} at {time}"
    return f"<!date^{int(at.timestamp())}^{shape}|{at:%Y-%m-%d %H:%M} UTC>"


def person(person_id: str) -> str:
    return f"<@{person_id}>" if person_id else "somebody"


def place(channel_id: str) -> str:
    return f"<#{channel_id}>"


def both(first: Words, second: Words) -> Words:
    return Words(f"{first.text}\n{second.text}", [*first.blocks, *second.blocks])


def say(text: str) -> Words:
    return Words(text, built(map(section, _paragraphs(text))))


def indented(text: str) -> Words:
    """Show a text as a quotation, however long it is."""
    parts = [f">{part}".replace("\n", "\n>") for part in _paragraphs(text)]
    return Words("\n".join(parts), built(map(section, parts)))


def quote(head: str, text: str) -> Words:
    """Give somebody's own words back, sign by sign, so that they can be copied."""
    return Words(f"{head}\n{escape(text)}", built([section(head), *verbatim(text)]))


def verbatim(text: str) -> list[SectionBlock]:
    parts = _paragraphs(text)
    return [SectionBlock(text=PlainTextObject(text=one, emoji=False)) for one in parts if one]


def _paragraphs(text: str) -> list[str]:
    if len(text) <= LONGEST:
        return [text]
    return textwrap.wrap(
        text, LONGEST, expand_tabs=False, replace_whitespace=False, break_on_hyphens=False
    )


def section(text: str, accessory: InteractiveElement | None = None) -> SectionBlock:
    return SectionBlock(text=MarkdownTextObject(text=_cut(text)), accessory=accessory)


def context(text: str) -> ContextBlock:
    return ContextBlock(elements=[MarkdownTextObject(text=_cut(text))])


def _cut(text: str) -> str:
    """Return what Slack takes, without half of an escaped character at its end."""
    return text if len(text) <= LONGEST else HALF.sub("", text[: LONGEST - 1]) + "…"


def built(blocks: Iterable[Block]) -> Blocks:
    return [block.to_dict() for block in blocks]
