"""Words without which a phrase cannot match: to look for them first costs far less."""

from __future__ import annotations

import re
from collections.abc import Iterator

PIECE = re.compile(
    r"(?P<group>\((?:\?(?P<look>[=!]|<[=!]|:))?)|(?P<end>\))|(?P<either>\|)"
    r"|(?P<loose>\[(?:\\.|[^\]\\])*\]|\\.|\.)|(?P<letter>[^\\\[()|.?*+{}])"
)
QUANTIFIER = re.compile(r"(?:[?*+]|\{(?P<least>\d*),?\d*\})\??")
COMMON = frozenset(
    """a an and are as at be by for get go have i in is it no not of on or our that the this to up
    us was we will with you your""".split()  # noqa: SIM905 - they read best as a sentence
)
FREQUENT = 40
"""What a common word costs, in rare ones: it is in nearly every message."""


def anchors(phrase: str) -> frozenset[str]:
    """Return words of which every match of a phrase has one; none if that cannot be told."""
    found, _ = _either(phrase, 0)
    return frozenset(found)


def _either(phrase: str, place: int) -> tuple[tuple[str, ...], int]:
    """Read alternatives up to where their group ends."""
    all_words: set[str] = set()
    is_sure = True
    while True:
        words, place = _sequence(phrase, place)
        is_sure = is_sure and bool(words)
        all_words.update(words)
        if phrase[place : place + 1] != "|":
            return (tuple(sorted(all_words)) if is_sure else ()), place
        place += 1


def _sequence(phrase: str, place: int) -> tuple[tuple[str, ...], int]:
    """Read one alternative; of the words that it cannot do without, keep the rarest."""
    found = list(_required(phrase, place))
    best = min((words for words, _ in found if words), key=_cost, default=())
    return best, found[-1][1]


def _required(phrase: str, place: int) -> Iterator[tuple[tuple[str, ...], int]]:
    word = ""
    while piece := PIECE.match(phrase, place):
        if piece["either"] or piece["end"]:
            break
        if piece["group"]:
            words, end = _either(phrase, piece.end())
            after, is_needed = _quantified(phrase, end + 1)
            yield _spoken(word), after
            word = ""
            yield (words if is_needed and piece["look"] in {None, ":"} else ()), after
        else:
            after, is_needed = _quantified(phrase, piece.end())
            is_letter = piece["letter"] not in {None, " "} and is_needed
            if is_letter:
                word += piece["letter"]
            if not is_letter or after > piece.end():
                yield _spoken(word), after
                word = ""
        place = after
    yield _spoken(word), place


def _spoken(word: str) -> tuple[str, ...]:
    return (word,) if len(word) > 1 else ()


def _quantified(phrase: str, place: int) -> tuple[int, bool]:
    """Return where a piece with its quantifier ends, and whether it is there at least once."""
    match = QUANTIFIER.match(phrase, place)
    if not match:
        return place, True
    is_needed = match[0][0] == "+" or (match["least"] or "0") != "0"
    return match.end(), is_needed


def _cost(words: tuple[str, ...]) -> int:
    return sum(FREQUENT if word in COMMON else 1 for word in words)
