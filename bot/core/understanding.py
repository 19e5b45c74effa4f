"""What a message means: whether it needs a reply, and whether its writer is upset.

Every sign found in it speaks for or against, and their weights are added up. When unsure, the
customer is still waiting.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from operator import attrgetter
from typing import NamedTuple

from bot.core.listening.anger import ANGER
from bot.core.listening.closing import APPROVAL, CLOSING
from bot.core.listening.haste import HASTE
from bot.core.listening.hints import HINTS
from bot.core.listening.impatience import IMPATIENCE
from bot.core.listening.irony import IRONY
from bot.core.listening.letdown import LETDOWN
from bot.core.listening.phrases import Found, Phrasebook
from bot.core.listening.signs import Kind, Sign
from bot.core.listening.waiting import WAITING
from bot.core.listening.words import ASKS, GREETINGS, MARKS, SMALL, words_of

LONGEST = 3000
"""Characters read of a message: nobody buries the first question deeper than that."""
NEEDS = (*WAITING, *CLOSING)
MOODS = (*ANGER, *IMPATIENCE, *LETDOWN, *IRONY, *HINTS)
BOOK = Phrasebook(NEEDS, MOODS, HASTE)
WEIGHT = attrgetter("weight")

WAITS = 1.0
"""Whoever writes waits for an answer, until the words say otherwise."""
QUIET = SMALL | MARKS
"""What stands beside the signs and tells nothing."""
UNEXPLAINED, MOST_UNEXPLAINED = 0.25, 2.5
"""For each word that no sign explains: thanks with a report are more than thanks."""
LONG_STORY, FURTHER = 25, 0.1
"""So many unexplained words are a story, and each further one adds this much."""
ASKED = Sign(Kind.INFO, 2.5, "it answers what we asked", "")
UNREAD = Sign(Kind.UNCLEAR, 99, "it is longer than I read", "")
ASIDE = Sign(Kind.CHATTER, -9.5, "it is meant for a colleague of theirs", "")
GREETS = Sign(Kind.GREETING, 0, "it greets, and waits to be greeted", "")
UNCLEAR = Sign(Kind.UNCLEAR, 0, "it is not clear that it needs no answer", "")

UPSET = 2.2
AGAIN = 0.35
"""Part of its weight that each further phrase of the same sign adds."""
PATIENT = 60
"""Words; of a longer message more harsh ones are asked."""
SHOUTED = re.compile(r"[A-Z](?<!\w.)[A-Z]{3,}\b")
"""Words of capitals only. It begins with one, so that the search can skip to the next."""
SHOUTS = Sign(Kind.COMPLAINT, 1.75, "it shouts", "")
LOUD = Sign(Kind.COMPLAINT, 1.25, "its punctuation is loud", "")

LAST_OFFER = frozenset({"else", "anymore", "further"})
HOLDING = re.compile(
    r"""\b(?:let\ me|i'?ll|i\ will|we'?ll|we\ will|i'?m|i\ am|we'?re|we\ are|going\ to|gonna)\b
          [^.?!]{0,40}\b(?:check|look|looking|investigat\w+|find\ out|dig|get\ back|come\ back
            |follow\ up|update\ you|keep\ you\ (?:posted|updated)|ask|escalat\w+|working\ on
            |on\ it)\b
      |\b(?:looking\ into|checking|bear\ with|hang\ on|one\ moment|stay\ tuned|on\ it)\b""",
    re.IGNORECASE | re.VERBOSE,
)


class Understanding(NamedTuple):
    needs_reply: bool
    upset: bool
    why: str
    kind: Kind = Kind.UNCLEAR
    pressed: bool = False
    """They are in a hurry, upset or not."""
    answers: bool = False
    """Had we asked them something, it would need a reply; else it needs none."""


class Turn(NamedTuple):
    """An earlier message, as far as the next one is understood by it."""

    ours: bool
    asks: bool = False


def turn(text: str, *, ours: bool) -> Turn:
    """Read an earlier message; "anything else?" asks for nothing."""
    words = words_of(text[-LONGEST:])
    return Turn(ours, asks=ASKS in words and LAST_OFFER.isdisjoint(words[-12:]))


def understand(text: str, context: Sequence[Turn] = (), *, aside: bool = False) -> Understanding:
    """Read one customer message, after some earlier ones, the last of them last.

    Without words, as a screenshot is, it needs a reply. `aside` says that it names a colleague of
    theirs first: then they talk among themselves.
    """
    beginning = text[:LONGEST]
    words = words_of(beginning)
    needs, moods, hurry = BOOK.read(words)
    signs, others = _parted(needs, words)
    if len(text) > LONGEST:
        signs.append(UNREAD)
    if aside:
        signs.append(ASIDE)
    if context and context[-1].ours and context[-1].asks:
        signs.append(ASKED)
    waits, sign = _need(signs, others)
    mood = _displeasure(moods, beginning, words)
    haste = _haste(hurry) if hurry else None
    upset = mood is not None
    needs_reply = waits or upset
    pressed = needs_reply and haste is not None
    best = (mood or haste or sign) if needs_reply else sign
    answers = not needs_reply and _need([*signs, ASKED], others)[0]
    return Understanding(needs_reply, upset, best.why, (mood or sign).kind, pressed, answers)


def _displeasure(found: Sequence[Found], text: str, words: Sequence[str]) -> Sign | None:
    """Return the sign that shows best that the writer is upset, if they are."""
    loud = "?!" in text or "!?" in text or "??" in text or ("!!!" in text and "not" in words)
    if not found and not loud:  # nobody is upset who only shouts
        return None
    weights: dict[Sign, float] = {}
    for sign, _, _ in found:
        weights[sign] = weights[sign] + AGAIN * sign.weight if sign in weights else sign.weight
    if len(shouted := SHOUTED.findall(text)) > 1 and len(shouted) * 3 >= len(text.split()):
        weights[SHOUTS] = SHOUTS.weight
    if loud:
        weights[LOUD] = LOUD.weight
    if sum(weights.values()) < UPSET + max(0, len(words) - PATIENT) / PATIENT:
        return None
    return max(weights, key=weights.__getitem__)


def _haste(found: Sequence[Found]) -> Sign | None:
    """Return the sign of a hurry, unless as much says that there is none."""
    signs = [sign for sign, _, _ in found]
    return max(signs, key=WEIGHT) if sum(map(WEIGHT, signs)) > 0 else None


def _need(signs: list[Sign], others: list[str]) -> tuple[bool, Sign]:
    """Tell whether signs and other words wait for an answer, and which sign shows it best."""
    if signs == [APPROVAL] and MARKS.issuperset(others):
        return False, APPROVAL
    telling = len(others) - sum(map(QUIET.__contains__, others))
    weight = WAITS + sum(map(WEIGHT, signs))
    weight += min(MOST_UNEXPLAINED, UNEXPLAINED * telling)
    weight += FURTHER * max(0, telling - LONG_STORY)
    if weight <= 0:
        return False, min(signs, key=WEIGHT)
    if not signs and not telling and not GREETINGS.isdisjoint(others):
        return True, GREETS
    return True, max((UNCLEAR, *signs), key=WEIGHT)


def _parted(found: Sequence[Found], words: Sequence[str]) -> tuple[list[Sign], list[str]]:
    """Return the signs found, each once, and the words and marks that are part of no phrase."""
    signs: list[Sign] = []
    others: list[str] = []
    here = 0
    for sign, start, end in found:
        if sign not in signs:
            signs.append(sign)
        others += words[here:start]
        here = end
    others += words[here:]
    return signs, others


def is_holding(text: str) -> bool:
    """Tell whether a colleague's message puts off the answer: more is owed."""
    return HOLDING.search(text[:LONGEST]) is not None
