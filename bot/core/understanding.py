"""What a message means: whether it needs a reply, and whether its writer is upset.

Every sign found in it speaks for or against, and their weights are added up. When unsure, the
customer is still waiting.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.listening.anger import ANGER
from bot.core.listening.closing import APPROVAL, CLOSING
from bot.core.listening.haste import HASTE
from bot.core.listening.hints import HINTS
from bot.core.listening.impatience import IMPATIENCE
from bot.core.listening.irony import IRONY
from bot.core.listening.letdown import LETDOWN
from bot.core.listening.phrases import Phrasebook
from bot.core.listening.signs import Kind, Sign
from bot.core.listening.waiting import WAITING
from bot.core.listening.words import ASKS, GREETINGS, MARKS, SMALL, words_of

LONGEST = 3000
"""Characters read of a message: nobody buries the first question deeper than that."""
NEEDS = Phrasebook((*WAITING, *CLOSING))
MOODS = Phrasebook((*ANGER, *IMPATIENCE, *LETDOWN, *IRONY, *HINTS))
HURRY = Phrasebook(HASTE)

WAITS = 1.0
"""Whoever writes waits for an answer, until the words say otherwise."""
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
SHOUTED = re.compile(r"\b[A-Z]{4,}\b")
SHOUTS = Sign(Kind.COMPLAINT, 1.75, "it shouts", "")
INSISTS = re.compile(r"\?!|!\?|\?\?")
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


@dataclass(frozen=True, slots=True)
class Understanding:
    needs_reply: bool
    upset: bool
    why: str
    kind: Kind = Kind.UNCLEAR
    pressed: bool = False
    """They are in a hurry, upset or not."""


@dataclass(frozen=True, slots=True)
class Turn:
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
    given = [UNREAD] * (len(text) > LONGEST) + [ASIDE] * aside
    if context and context[-1].ours and context[-1].asks:
        given.append(ASKED)
    text = text[:LONGEST]
    words = words_of(text)
    hurry = HURRY.read(words)
    pressed = sum(one.sign.weight for one in hurry) > 0
    mood = _displeasure(text, words)
    waits, sign = _need(words, given)
    hastiest = max((one.sign for one in hurry), key=lambda one: one.weight, default=sign)
    best = mood or (hastiest if waits and pressed else sign)
    return Understanding(
        needs_reply=waits or mood is not None,
        upset=mood is not None,
        why=best.why,
        kind=(mood or sign).kind,
        pressed=pressed and (waits or mood is not None),
    )


def _displeasure(text: str, words: Sequence[str]) -> Sign | None:
    """Return the sign that shows best that the writer is upset, if they are."""
    weights: dict[Sign, float] = {}
    for one in MOODS.read(words):
        weight = one.sign.weight
        weights[one.sign] = weights[one.sign] + AGAIN * weight if one.sign in weights else weight
    if len(shouted := SHOUTED.findall(text)) > 1 and len(shouted) * 3 >= len(text.split()):
        weights[SHOUTS] = SHOUTS.weight
    if INSISTS.search(text) or ("!!!" in text and "not" in words):
        weights[LOUD] = LOUD.weight
    if sum(weights.values()) < UPSET + max(0, len(words) - PATIENT) / PATIENT:
        return None
    return max(weights, key=weights.__getitem__)


def _need(words: Sequence[str], given: list[Sign]) -> tuple[bool, Sign]:
    """Tell whether the words wait for an answer, and which sign shows it best."""
    found = NEEDS.read(words)
    explained = {place for one in found for place in range(one.start, one.end)}
    others = [w for place, w in enumerate(words) if place not in explained and w not in MARKS]
    signs = [*dict.fromkeys(one.sign for one in found), *given]
    if signs == [APPROVAL] and not others:
        return False, APPROVAL
    telling = sum(word not in SMALL for word in others)
    weight = WAITS + sum(sign.weight for sign in signs)
    weight += min(MOST_UNEXPLAINED, UNEXPLAINED * telling)
    weight += FURTHER * max(0, telling - LONG_STORY)
    if weight <= 0:
        return False, min(signs, key=lambda sign: sign.weight)
    if not signs and not telling and not GREETINGS.isdisjoint(others):
        return True, GREETS
    return True, max((UNCLEAR, *signs), key=lambda sign: sign.weight)


def is_holding(text: str) -> bool:
    """Tell whether a colleague's message puts off the answer: more is owed."""
    return HOLDING.search(text[:LONGEST]) is not None
