"""Words of our workshop that the reader has to look up, and nobody explained."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.core.toning.findings import Finding, Label, excerpt
from bot.core.toning.terms import HEAVY, KNOWN, LIGHT

WORD = re.compile(r"[a-z0-9](?:[\w+]|[.'/-](?=\w))*")
ENDING = re.compile(r"(?:'s|es|s|ing|ed|d)\Z")
ACRONYM = re.compile(r"(?<![\w/.#@^-])(?!V\d)[A-Z][A-Z0-9]{1,4}s?(?![\w/-])")
BEGINNINGS = frozenset(term.partition(" ")[0] for term in HEAVY | LIGHT)
EXPLAINED = re.compile(
    r"\W{0,3}\s?(?:[\w-]+\s){0,3}?(?:\((?!s\))[^()]{8,}|[,–—-]\s?(?:which|that\sis|meaning|i\.e"
    r"|in\sother\swords|the\s\w+\s(?:that|which|where)|so)\b|\b(?:means|meaning|stands\sfor)\b)"
)
HEAVY_WEIGHT, CAPITALS_WEIGHT, LIGHT_WEIGHT = 6, 3, 2
ENOUGH = 6
DENSEST = 5
"""Ordinary words that each unit of weight may be spread over."""
PLAINLY = "This is how we say it among ourselves. Shall I tell you plainly what it means for you?"


def jargon(text: str, words: str, theirs: str) -> Iterator[Finding]:
    """Yield the first term of a draft that has too many which nobody explained."""
    known = {match[0].replace("-", "") for match in WORD.finditer(theirs.lower())}
    found: dict[str, tuple[int, int]] = {}
    weight = 0
    for term, start, end, one in _terms(text, words):
        if term in found or known.issuperset(term.split()) or EXPLAINED.match(words, end):
            continue
        found[term] = (start, end)
        weight += one
    if weight < ENOUGH or weight * DENSEST < words.count(" "):
        return
    names = [f"“{excerpt(text[start:end], 30)}”" for start, end in list(found.values())[:3]]
    known_to_us = " or ".join((", ".join(names[:-1]), names[-1]) if names[1:] else names)
    yield Finding(
        label=Label.JARGON,
        words=next(iter(found.values())),
        why=f"They may not know {known_to_us}; tell them what it means for their work.",
        kinder=PLAINLY,
    )


def _terms(text: str, words: str) -> Iterator[tuple[str, int, int, int]]:
    """Yield each term, where it is, and what it weighs; two or three words may make one."""
    spoken = [(match[0].replace("-", ""), *match.span()) for match in WORD.finditer(words)]
    until = 0
    for place, (word, start, _) in enumerate(spoken):
        if start < until or (word not in BEGINNINGS and ENDING.sub("", word) not in BEGINNINGS):
            continue
        for length in (3, 2, 1):
            part = spoken[place : place + length]
            term = " ".join(one for one, _, _ in part)
            if weight := _weight(term):
                until = part[-1][2]
                yield term, start, until, weight
                break
    for match in ACRONYM.finditer(text):
        term = match[0].lower()
        if (
            match[0].rstrip("s") not in KNOWN
            and words[slice(*match.span())] == term
            and not _weight(term)
        ):
            yield term, *match.span(), CAPITALS_WEIGHT


def _weight(term: str) -> int:
    for one in (term, ENDING.sub("", term)):
        if one in HEAVY:
            return HEAVY_WEIGHT
        if one in LIGHT:
            return LIGHT_WEIGHT
    return 0
