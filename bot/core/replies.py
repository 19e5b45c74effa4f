"""Reply templates: words with gaps that only the agent can fill, and what makes one sound."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from bot.core.values import value

LONGEST = 3_000
"""Characters that one block of a Slack message holds."""
LONGEST_LABEL = 75
LONGEST_HINT = 150
"""What Slack shows of a hint, and of an example that is a field's placeholder."""
HEART = "issue"
"""A template without it is a script: what this customer said, in the agent's words."""
CLOSING = "close"
ID = re.compile(r"[a-z][a-z0-9_.-]{0,59}")
GAP = re.compile(r"\{([a-z][a-z0-9_]*)(\??)\}")
HIDDEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u200b\u2028-\u202e\u2060-\u206f\ufeff"
    r"\u115f\u1160\u2800\u3164\uffa0\ufff9-\ufffb]"
)
"""Controls, halves of characters, what turns the direction of writing, and blanks in disguise."""


class Register(StrEnum):
    """How formal a channel is."""

    FORMAL = "formal"
    NEUTRAL = "neutral"
    INFORMAL = "informal"


class Kind(StrEnum):
    """How what is filled in goes on with the sentence around it."""

    CLAUSE = "clause"
    """A short sentence, after "you told us that" or "because"."""
    VERB = "verb"
    """What is done, after "I will", "you can" or "we have"."""
    TIME = "time"
    NAME = "name"
    LINES = "lines"
    """Whole sentences, on lines of their own."""

    @property
    def longest(self) -> int:
        return LONGEST_BY_KIND[self]


LONGEST_BY_KIND = {
    Kind.CLAUSE: 300,
    Kind.VERB: 300,
    Kind.TIME: 60,
    Kind.NAME: 60,
    Kind.LINES: 1_000,
}


@value
class Slot:
    """What an agent is asked for."""

    name: str
    label: str
    """Names it in a form and in a preview: "what they told you"."""
    hint: str
    """Says how it goes on with the sentence."""
    example: str
    kind: Kind = Kind.CLAUSE


class Gap(NamedTuple):
    """Where a template's text names a slot: `{issue}`, or `{name?}` if it may stay empty."""

    slot: str
    optional: bool


Part = str | Gap


@value
class Template:
    id: str
    situation: str
    register: Register
    title: str
    text: str
    slots: tuple[Slot, ...]
    """In the order in which the text asks for them."""

    @property
    def mandatory(self) -> frozenset[str]:
        return frozenset(gap.slot for gap in gaps(self.text) if not gap.optional)

    @property
    def named(self) -> frozenset[str]:
        """The names of its slots."""
        return frozenset(slot.name for slot in self.slots)

    @property
    def resolves(self) -> bool:
        """Nothing is left to do once it is posted."""
        return self.situation == CLOSING

    def slot(self, name: str) -> Slot:
        return next(slot for slot in self.slots if slot.name == name)


@value
class Edit:
    """One change of a template: what it became, or that it was taken away."""

    template: Template | None
    by: str
    at: datetime


@value
class Kept:
    """What the team has made of a template: all its changes, the newest last."""

    id: str
    edits: tuple[Edit, ...]
    version: int = 0

    @property
    def template(self) -> Template | None:
        return self.edits[-1].template


class Flaw(NamedTuple):
    """What is wrong with a template, and in which of its fields or slots."""

    field: str
    says: str


@lru_cache(maxsize=512)
def parts(text: str) -> tuple[Part, ...]:
    """Return a template's words and gaps, in order: the one time that its text is read."""
    found: list[Part] = []
    end = 0
    for match in GAP.finditer(text):
        found += (text[end : match.start()], Gap(match[1], optional=bool(match[2])))
        end = match.end()
    return (*found, text[end:])


def in_force(shipped: Iterable[Template], kept: Iterable[Kept]) -> tuple[Template, ...]:
    """Return the templates as the team has changed them."""
    templates: dict[str, Template | None] = {one.id: one for one in shipped}
    templates |= {one.id: one.template for one in kept}
    return tuple(template for template in templates.values() if template)


def gaps(text: str) -> tuple[Gap, ...]:
    return tuple(part for part in parts(text) if isinstance(part, Gap))


def asked_for(text: str) -> tuple[str, ...]:
    """Return the names of the slots in a template's text, in order, each once."""
    return tuple(dict.fromkeys(gap.slot for gap in gaps(text)))


def flaws(template: Template) -> Iterator[Flaw]:
    """Yield what keeps a template from being used, each with its cure."""
    for field, such_as in (("id", "delay.formal"), ("situation", "delay")):
        if not ID.fullmatch(getattr(template, field)):
            yield Flaw(field, f"the {field} must be a short lower-case name, such as {such_as}")
    if not 0 < len(template.title.strip()) <= LONGEST_LABEL:
        yield Flaw("title", f"the title must have 1 to {LONGEST_LABEL} characters")
    yield from _text_flaws(template)
    for slot in template.slots:
        yield from slot_flaws(slot)


def _text_flaws(template: Template) -> Iterator[Flaw]:
    text = template.text
    words = "".join(part for part in parts(text) if isinstance(part, str))
    if not words.strip():
        yield Flaw("text", "the text has no words of its own")
    if "{" in words or "}" in words:
        yield Flaw("text", "a { or } stands alone: a slot is written {issue}, or {name?}")
    if HIDDEN.search(text):
        yield Flaw("text", "the text has invisible characters: type it anew, without copying")
    size = len(words) + sum(len(slot.example) for slot in template.slots)
    if size > LONGEST:
        yield Flaw(
            "text", f"the text has {size:,} characters with its examples; Slack takes {LONGEST:,}"
        )
    asked, known = asked_for(text), {slot.name for slot in template.slots}
    for name in asked:
        if name not in known:
            yield Flaw("text", f"{{{name}}} is no known slot")
    for name in sorted(known.difference(asked)):
        yield Flaw(name, f"the slot {name} is nowhere in the text: write {{{name}}}")
    if HEART not in template.mandatory:
        yield Flaw("text", f"{{{HEART}}} is missing: what the customer said makes it an answer")


def slot_flaws(slot: Slot) -> Iterator[Flaw]:
    for field, most in (
        ("label", LONGEST_LABEL),
        ("hint", LONGEST_HINT),
        ("example", min(LONGEST_HINT, slot.kind.longest)),
    ):
        size = len(getattr(slot, field).strip())
        if not size:
            yield Flaw(slot.name, f"the slot {slot.name} has no {field}")
        elif size > most:
            yield Flaw(slot.name, f"the {field} of the slot {slot.name} has over {most} characters")
