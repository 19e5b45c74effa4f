"""Promises that say more than anybody can keep, or a time at which nobody works."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.core.promises import Noticed
from bot.core.promising.commitments import Strength
from bot.core.timing.timewords import Precision
from bot.core.toning.findings import Context, Finding, Label
from bot.core.toning.rules import finding, rule, rules
from bot.core.when import Due

MOMENT = timedelta(minutes=10)
"""Who has no more than that has promised it already late."""
INSTANT = timedelta(seconds=1)
OWNED = re.compile(r"\bshould\shave\s\w+(?:ed|en|nt)\b")
"""What was due, and was not done: a regret, and no promise."""
PREPOSITION = re.compile(r"[\s,]*(?:\b(?:by|on|at|in|before|within|until))?\s*\Z")
VOWS = rules(
    rule(
        "It promises what nobody can be sure of, and a broken vow costs more than none.",
        "I have changed what caused this, and I will tell you by {day} how it holds up.",
        r"(?<!can't )(?<!cannot )(?<!not )(?<!won't )(?<!n't )(?:i|we)(?: can| will|'ll| do"
        r"| fully| personally| absolutely){0,3} guarantee(?: (?:you|that|it|this))?|guaranteed to",
        r"(?:100 ?%|(?:one|a) hundred percent) (?:sure|certain|guarantee\w*|fix\w*|resolve\w*|be"
        r"|will|reliable|safe|secure|sorted|positive|done)",
        r"(?:will|'ll|would|is going to|can) (?:never|not(?: ever)?|never ever) (?:happen|occur"
        r"|break|fail|go down|recur|be a problem)(?: to you)?(?: ever)? ?(?:again)?",
        r"won't (?:ever )?(?:happen|occur|break|fail|recur)(?: \w+){0,2} (?:again|ever)"
        r"|never (?:ever )?(?:happen|occur|fail|break)s? again|never again",
        r"(?:will|'ll)(?: \w+){1,8},? (?:no matter what|without fail)|(?:i|we) swear",
    ),
)
"""More than anybody can keep, whatever the time."""


def overpromises(
    text: str, words: str, promised: tuple[Noticed, ...], context: Context
) -> Iterator[Finding]:
    for one, match in VOWS.matches(words):
        yield finding(Label.OVER_PROMISE, text, words, one, match)
    if not context.now:
        return
    for promise in promised:
        if OWNED.search(words, *promise.words):
            continue
        if promise.due and (why := _objection(promise, promise.due, context.now, context)):
            yield Finding(
                label=Label.OVER_PROMISE,
                words=promise.due.words,
                why=why,
                kinder=_moved(text, promise, promise.due, context.soonest()),
            )


def _objection(promise: Noticed, due: Due, now: datetime, context: Context) -> str:
    """Say why the time cannot be kept; empty if it can."""
    if due.at - now < MOMENT and promise.strength is not Strength.IMMEDIATE:
        return "That leaves almost no time; a longer promise that is kept does more good."
    if not _is_worked(due, now, context):
        time = f"{context.day(due.at)}, {due.at.astimezone(context.zone):%H:%M},"
        return f"{time} is outside your working hours, so nobody may be there to keep it."
    return ""


def _is_worked(due: Due, now: datetime, context: Context) -> bool:
    """Tell whether somebody works at that time; of a day, at any time of it that is left."""
    if not context.hours:
        return True
    if due.precision in {Precision.MINUTE, Precision.PART_OF_DAY}:
        return context.hours.is_open(due.at - INSTANT)
    local = due.at.astimezone(context.zone)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    return context.hours.elapsed(max(now, midnight), due.at) > timedelta(0)


def _moved(text: str, promise: Noticed, due: Due, day: str) -> str:
    """Return the promise as it was written, for another day."""
    (first, last), (start, end) = promise.words, due.words
    before, after = PREPOSITION.sub("", text[first:start]), text[end:last].strip(" ,")
    if not before:
        return f"By {day}, {after}."
    return f"{before} by {day}{' ' if after else ''}{after}."
