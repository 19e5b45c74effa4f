"""What a draft risks with the customer who will read it, and kinder words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from bot.core.promises import notice
from bot.core.prose import own_words
from bot.core.toning.apologies import apologies, said_sorry
from bot.core.toning.blame import defensive
from bot.core.toning.brushoffs import dismissive
from bot.core.toning.findings import READS_WELL, Context, Finding, Given, Label, Written
from bot.core.toning.jargon import jargon
from bot.core.toning.overpromises import overpromises
from bot.core.toning.slots import placeholders
from bot.core.toning.thread import contradictions, same_opening
from bot.core.toning.vague import vague

__all__ = ["READS_WELL", "Context", "Finding", "Given", "Label", "Written", "check"]

LONGEST = 6_000
"""Characters that are read: twice what Slack takes in one form."""
DAY = "{day}"
"""Stands in kinder words for the next day on which somebody works."""
NOTHING_KNOWN = Context()
ANY_NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
"""A Tuesday: whether a time is named can be told at any moment."""


def check(draft: str, context: Context = NOTHING_KNOWN) -> tuple[Finding, ...]:
    """Return what the customer may read badly, in order; nothing if it reads well."""
    return tuple(_settled(one, context) for one in _apart(_found(draft[:LONGEST], context)))


def _found(text: str, context: Context) -> list[Finding]:
    words = own_words(text)
    promised = notice(text, context.now or ANY_NOON, context.zone, context.closing)
    unfilled = tuple(placeholders(text))
    return [
        *unfilled,
        *defensive(text, words),
        *dismissive(text, words),
        *apologies(text, words, promised, context),
        # What is not filled in yet may be the time.
        *(() if unfilled else vague(text, words, promised)),
        *overpromises(text, words, promised, context),
        *(() if unfilled else jargon(text, words, context.theirs)),
        *same_opening(text, words, context),
        *contradictions(text, words, promised, context),
    ]


def _settled(one: Finding, context: Context) -> Finding:
    """Name the day; and offer the writer's own words only if they read well by themselves."""
    day = context.soonest()
    kinder = one.kinder.replace(DAY, day)
    if one.otherwise and _found(kinder, context):
        kinder = one.otherwise.replace(DAY, day)
    return replace(one, kinder=kinder, otherwise="")


def apologises(text: str) -> bool:
    return bool(said_sorry(own_words(text)))


def _apart(found: Iterable[Finding]) -> list[Finding]:
    """Return the findings in order; of those that say the same of the same words, the first."""
    kept: list[Finding] = []
    for one in sorted(found, key=lambda one: one.words):
        before = next((other for other in reversed(kept) if other.label is one.label), None)
        if not before or one.words[0] >= before.words[1]:
            kept.append(one)
    return kept
