"""Finds many phrases at once, each the sign of something, and says which."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bot.core.listening.signs import Sign
from bot.core.listening.words import MARKS

GAP = "…"
WIDEST = 3
"""Words that a gap stands for at most."""
GOES_ON = re.compile(r"/\s+")


@dataclass(slots=True, eq=False)
class Place:
    """Where a reader of one phrase stands after some of its words."""

    after: dict[str, list[Place]] = field(default_factory=dict)
    sign: Sign | None = None


@dataclass(frozen=True, slots=True)
class Found:
    sign: Sign
    start: int
    end: int


def phrases_of(sign: Sign) -> list[list[str]]:
    """Return the parts of each phrase of a sign."""
    return [phrase.split() for phrase in GOES_ON.sub("/", sign.phrases).split("|")]


class Phrasebook:
    """The phrases of many signs.

    Phrases are parted by `|`. In one, `a/b` is either word, `(a)` may be missing, and `…` is up to
    three words of the same sentence. Where several begin at one word, the longest counts, and of
    two that are as long, the later.
    """

    def __init__(self, signs: Iterable[Sign]) -> None:
        self.signs = tuple(signs)
        self._first = Place()
        for sign in self.signs:
            for phrase in phrases_of(sign):
                self._add(phrase, sign)

    def _add(self, phrase: list[str], sign: Sign) -> None:
        places = [self._first]
        for part in phrase:
            further = Place()
            for word in part.strip("()").split("/"):
                for place in places:
                    place.after.setdefault(word, []).append(further)
            places = [*places, further] if part.startswith("(") else [further]
        for place in places:
            place.sign = sign

    def read(self, words: Sequence[str]) -> list[Found]:
        """Return the phrases in order; none of them overlap, but for the mark between two."""
        found: list[Found] = []
        here = 0
        while here < len(words):
            sign, end = None, here
            for place in self._first.after.get(words[here], ()):
                longest, until = _longest(place, words, here + 1)
                if longest and until >= end:
                    sign, end = longest, until
            if sign is None:
                here += 1
                continue
            found.append(Found(sign, here, end))
            shared = end - here > 1 and words[end - 1] in MARKS
            here = end - 1 if shared else end
        return found


def _longest(place: Place, words: Sequence[str], here: int) -> tuple[Sign | None, int]:
    """Return the sign of the longest way on through a phrase, and where it ends."""
    best, end = place.sign, here
    if here == len(words):
        return best, end
    for further in place.after.get(words[here], ()):
        sign, until = _longest(further, words, here + 1)
        if sign and until > end:
            best, end = sign, until
    for after_gap in place.after.get(GAP, ()):
        for there in range(here, min(here + WIDEST + 1, len(words))):
            for further in after_gap.after.get(words[there], ()):
                sign, until = _longest(further, words, there + 1)
                if sign and until > end:
                    best, end = sign, until
            if words[there] in MARKS:
                break
    return best, end
