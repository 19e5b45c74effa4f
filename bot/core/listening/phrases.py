"""Finds many phrases at once, each the sign of something, and says which."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from bot.core.listening.signs import Sign
from bot.core.listening.words import MARKS

GAP = "…"
WIDEST = 3
"""Words that a gap stands for at most."""
END = "\n"
"""Comes after the last word, and is none itself."""
NO_GAP = MARKS | {END}
GOES_ON = re.compile(r"/\s+")


Reader = tuple[int, int, int]
"""How far a phrase is read: its number, which of its parts comes next, and how many words that
stood for already, if it is a gap."""


Found = tuple[Sign, int, int]
"""What a phrase is a sign of, where it starts, and where it ends."""


class Part(NamedTuple):
    """One step of a phrase: any of some words."""

    words: tuple[str, ...]
    needed: bool


class Phrase(NamedTuple):
    sign: Sign
    chapter: int
    parts: tuple[Part, ...]
    least: int
    """Parts up to the last that is needed."""


@dataclass(slots=True, eq=False)
class Place:
    """How far all the phrases are read that may still come, and where each further word leads."""

    readers: frozenset[Reader]
    ends: tuple[tuple[int, Sign], ...] = ()
    """The chapters in which a phrase may end here, and the sign that it is of."""
    after: dict[str, Place | None] | None = None
    otherwise: Place | None = None
    """After any word that `after` does not name."""


def phrases_of(sign: Sign) -> list[list[str]]:
    """Return the parts of each phrase of a sign."""
    return [phrase.split() for phrase in GOES_ON.sub("/", sign.phrases).split("|")]


class Phrasebook:
    """The phrases of many signs, in chapters that are read at once, but know nothing of each other.

    Phrases are parted by `|`. In one, `a/b` is either word, `(a)` may be missing, and `…` is up to
    three words of the same sentence. Where several begin at one word, the longest counts, and of
    two that are as long, the later.

    All phrases are followed together, as one look-up a word: whatever they have in common leads to
    one place. There are some thousands of places, and few are ever come to, so that each is worked
    out when a message first leads there.
    """

    def __init__(self, *chapters: Sequence[Sign]) -> None:
        self.chapters = chapters
        self._places: dict[frozenset[Reader], Place] = {}

    def read(self, words: Sequence[str]) -> list[list[Found]]:
        """Return the phrases of each chapter in order.

        None of a chapter overlap, but for the mark between two.
        """
        longest: dict[tuple[int, int], tuple[Sign, int]] = {}
        ahead = [*words, END]
        for start, opening in enumerate(map(self._first.get, words)):
            here, place = start, opening
            while place is not None:
                here += 1
                if place.ends:  # few have any
                    for chapter, sign in place.ends:
                        longest[start, chapter] = sign, here
                after = place.after
                if after is None:
                    after = self._open(place)
                place = after.get(ahead[here], place.otherwise)
        found: list[list[Found]] = [[] for _ in self.chapters]
        free = [0] * len(found)
        for (start, chapter), (sign, end) in longest.items():
            if start >= free[chapter]:
                found[chapter].append((sign, start, end))
                shared = end - start > 1 and words[end - 1] in MARKS
                free[chapter] = end - shared
        return found

    @cached_property
    def _phrases(self) -> list[Phrase]:
        return [
            _phrase(sign, chapter, parts)
            for chapter, signs in enumerate(self.chapters)
            for sign in signs
            for parts in phrases_of(sign)
        ]

    @cached_property
    def _first(self) -> dict[str, Place | None]:
        return self._open(Place(frozenset((number, 0, 0) for number in range(len(self._phrases)))))

    def _open(self, place: Place) -> dict[str, Place | None]:
        """Work out where each word leads from a place.

        Should two threads do so at once, both come to the same, and `after` is set last.
        """
        named: dict[str, list[Reader]] = {}
        waiting: list[Reader] = []
        for reader in place.readers:
            self._go_on(reader, named, waiting)
        if waiting:
            named |= {mark: named.get(mark, []) for mark in NO_GAP}
            place.otherwise = self._place(waiting)
        place.after = {
            word: self._place(readers if word in NO_GAP else readers + waiting)
            for word, readers in named.items()
        }
        return place.after

    def _go_on(self, reader: Reader, named: dict[str, list[Reader]], waiting: list[Reader]) -> None:
        """Add how far a phrase is read after each word it may go on with, and after any other."""
        number, at, skipped = reader
        parts = self._phrases[number].parts
        in_gap = at == 0  # no phrase begins with a gap
        for following, part in enumerate(parts[at:], at + 1):
            if part.words == (GAP,):
                if in_gap:
                    return
                in_gap = True
                if skipped < WIDEST:
                    waiting.append((number, following - 1, skipped + 1))
                continue
            further = (number, following, 0)
            for word in part.words:
                named.setdefault(word, []).append(further)
            if part.needed:
                return

    def _place(self, readers: Sequence[Reader]) -> Place | None:
        if not readers:
            return None
        key = frozenset(readers)
        if key not in self._places:
            ended = [number for number, at, _ in sorted(key) if at >= self._phrases[number].least]
            ends = {self._phrases[one].chapter: self._phrases[one].sign for one in ended}
            self._places[key] = Place(key, tuple(ends.items()))
        return self._places[key]


def _phrase(sign: Sign, chapter: int, parts: Iterable[str]) -> Phrase:
    steps = tuple(
        Part(tuple((one[1:-1] if one[0] == "(" else one).split("/")), one[0] != "(")
        for one in parts
    )
    least = max(number for number, part in enumerate(steps, 1) if part.needed)
    return Phrase(sign, chapter, steps, least)
