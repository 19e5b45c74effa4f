"""A rule of tone: words that a customer reads badly, why, and what to write instead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from bot.core.prose import sentences
from bot.core.toning.anchors import anchors
from bot.core.toning.findings import Finding, Label
from bot.core.values import value

AROUND = re.compile(r"^[\s,;:.!–—-]*(?:and\s|but\s|so\s|that\s)?\s*|[\s,;:–—-]+$", re.IGNORECASE)
WHEN_SAID = re.compile(
    r"\s(?:on|in|at|during|to|earlier|last|this|yesterday|before|above|already|twice|several|two"
    r"|many|here|a)\b[^,.;:\n]{0,40},"
)
"""After "as I said": where and when."""
FEWEST = 3
"""Words that a sentence needs to stand without those that were taken out of it."""
CARE = re.compile(
    r"\?|https?:|\d:\d|\b(?:thank(?:s|\syou)|sorry|apolog\w+|glad|happy|let\s(?:me|us)|let's"
    r"|here(?:'s|\sis|\sare)|attached|(?:i|we)(?:'ll|\swill|\scan\b(?!\sonly)|'m|'re|\sam|\sare|'d)"
    r"|(?:i|we)(?:'ve|\shave)\s(?!never|always|told|already|explained|said|decided)|instead|if\syou"
    r"|yet|right|you\scan\snow|so\s(?:that\s)?you|fixed|resolved|live|restored|our\s(?:delay|side)"
    r"|(?:our|my)\s(?:mistake|fault|error)|(?:good|fair|great)\s\w+|understand|congrat\w+|welcome"
    r"|please|could|would|workaround|however|help|hope|now|ready|today|tomorrow)\b"
)
"""Signs that a message gives something: an answer, a step, a time, a thank-you."""
COLDEST = 200
"""Characters of a message that can be cold as a whole."""


@dataclass(frozen=True)
class Phrase:
    pattern: str

    @cached_property
    def anchors(self) -> frozenset[str]:
        """Return words of which every match has one; none if that cannot be told."""
        return anchors(self.pattern)

    def search(self, words: str) -> re.Match[str] | None:
        return compiled(self.pattern).search(words)


@dataclass(frozen=True, slots=True)
class Phrases:
    all: tuple[Phrase, ...]

    def search(self, words: str) -> re.Match[str] | None:
        """Return the first phrase that is found."""
        for one in self.all:
            if (not one.anchors or any(map(words.__contains__, one.anchors))) and (
                match := one.search(words)
            ):
                return match
        return None


@value
class Rule:
    why: str
    kinder: str
    phrases: Phrases
    is_filler: bool = False
    """The sentence says the same without the words."""


@dataclass(frozen=True)
class Rules:
    all: tuple[Rule, ...]

    @cached_property
    def _phrases(self) -> tuple[tuple[Rule, Phrase], ...]:
        return tuple((rule, phrase) for rule in self.all for phrase in rule.phrases.all)

    @cached_property
    def _anchored(self) -> dict[str, list[int]]:
        """Return the places of the phrases that a word can bring; those without one at ""."""
        places: dict[str, list[int]] = {}
        for place, (_, phrase) in enumerate(self._phrases):
            for anchor in phrase.anchors or ("",):
                places.setdefault(anchor, []).append(place)
        return places

    def matches(self, words: str) -> Iterator[tuple[Rule, re.Match[str]]]:
        """Yield each rule that holds, with the words of its first phrase that is found."""
        brought = [places for anchor, places in self._anchored.items() if anchor in words]
        held: Rule | None = None
        for place in sorted({place for places in brought for place in places}):
            rule, phrase = self._phrases[place]
            if rule is not held and (match := phrase.search(words)):
                held = rule
                yield rule, match


def phrases(*patterns: str) -> Phrases:
    return Phrases(tuple(map(Phrase, patterns)))


def rule(why: str, kinder: str, *patterns: str, is_filler: bool = False) -> Rule:
    return Rule(why=why, kinder=kinder, phrases=phrases(*patterns), is_filler=is_filler)


def rules(*several: Rule) -> Rules:
    return Rules(several)


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """Return the pattern for whole words; a space in it is any one space."""
    spaced = pattern.replace(" ", r"\s")
    return re.compile(rf"(?<![\w'-])(?:{spaced})(?!\w)")


def finding(label: Label, text: str, words: str, one: Rule, match: re.Match[str]) -> Finding:
    start, end = match.span()
    kinder = _without(text, words, start, end) if one.is_filler else ""
    return Finding(
        label=label,
        words=(start, end),
        why=one.why,
        kinder=kinder or one.kinder,
        otherwise=one.kinder if kinder else "",
    )


def _without(text: str, words: str, start: int, end: int) -> str:
    """Return the rest of the sentence, in the writer's own words, if it stands on its own."""
    first, last = sentence_at(words, start)
    if end > last:
        return ""
    told = WHEN_SAID.match(words, end, last)
    before = text[first:start].strip()
    after = AROUND.sub("", text[told.end() if told else end : last])
    rest = f"{before} {after}" if before else after
    return rest[0].upper() + rest[1:] if len(rest.split()) >= FEWEST else ""


def sentence_at(words: str, place: int) -> tuple[int, int]:
    """Return where the sentence begins and ends that has the place."""
    for start, end in sentences(words):
        if start <= place < end:
            return start, end
    return 0, len(words)


def is_cold(text: str, words: str) -> bool:
    """Tell whether nothing in a short message helps or thanks whoever reads it."""
    return len(words) <= COLDEST and "http" not in text and not CARE.search(words)
