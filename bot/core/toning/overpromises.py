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
        "Nobody can be sure of that; a careful promise that you keep is worth more.",
        "I expect it to hold, and I will tell you by {day} how it goes.",
        r"(?<!can't )(?<!cannot )(?<!not )(?<!won't )(?<!n't )(?:i|we)(?: can| will|'ll| do"
        r"| fully| personally| absolutely){0,3} guarantee(?! (?:the|this|your|our|a|an|that|these"
        r"|those)(?: \w+)? (?:prices?|rates?|discounts?"
        r"|terms?|slots?|seats?|place|offer|response)\b)(?: (?:you|that|it|this))?|guaranteed to",
        r"(?<!not )(?<!n't )(?<!never )(?<!not be )(?:100 ?%|100 per ?cent|(?:one |a )?hundred"
        r" per ?cent) (?:sure|certain|guarantee\w*|fix\w*|resolve\w*|be"
        r"|will|reliable|safe|secure|sorted|positive|done)",
        r"(?:will|'ll|would|is going to|can) (?:never|not(?: ever)?|never ever) (?:happen|occur"
        r"|break|fail|go down|recur|be a problem)(?: to you)?(?: ever)? ?(?:again)?",
        r"won't (?:ever )?(?:happen|occur|break|fail|recur)(?: \w+){0,2} (?:again|ever)"
        r"|never (?:ever )?(?:happen|occur|fail|break)s? again|never again",
        r"(?:\w+'ll|will|going to)(?: \w+){1,8},? (?:no matter what|without fail|come what may)"
        r"|no matter what it takes"
        r"|whatever it takes|at all costs|(?:i|we) swear",
        r"(?:you (?:have|'ve got|can have)|(?:give|giving) you) (?:my|our) word",
        r"(?<=ll )never (?:ever )?(?:again )?(?:have to |need to )?(?:see|experience|face|get|have"
        r"|run into|lose|notice|encounter|hear of|go|crash|worry|deal)(?! (?:your|you|these|this)"
        r" (?:password|card|key|data|secret))",
        r"(?:no|not|nothing|nobody|never)(?: \w+){0,3} will (?:ever|never)",
        r"always be (?:up|available|online|there|on time|right|fast|fine|safe)(?! (?:for|if|when))",
        r"be (?:no|any) (?:more|further) (?:outages?|problems?|issues?|errors?|surprises|bugs?"
        r"|delays?|interruptions?|failures?|downtimes?|trouble)",
        r"(?:work|hold|happen|fixed|ready|done|be)(?: \w+){0,2} for sure|(?:won't be|without) a"
        r" single"
        r" (?:problem|issue|error|outage|hiccup|hitch|delay)|nothing (?:can|will|could)"
        r" (?:possibly )?"
        r"(?:go wrong|break|fail)|(?:we|i) always (?:deliver|keep our|meet)|promise(?: you)?(?:"
        r" that)?"
        r" (?:it|this|everything)(?:'ll| will) be (?:perfect|flawless|smooth|fine)",
        r"impossible (?:for|that) (?:\w+ ){1,4}(?:to )?(?:go wrong|fail|break|happen|recur|lose"
        r"|crash)",
        r"(?:it|this|that) (?:can't|cannot|can not) (?:possibly )?(?:fail|break|go wrong|crash)"
        r"(?= (?:this|any|now|again)|[.!]|\s*\Z)",
        r"(?<!to be )(?<!not )(?<!n't )(?:absolutely|completely|totally|entirely|dead|utterly)"
        r" (?:certain|sure|positive|confident)(?! (?:why|what|how|whether|if|which|yet))",
        r"(?:zero|no|without any|not any) risk (?:at all|whatsoever)|zero risk|(?:fool|bullet"
        r"|fail)-?"
        r"(?:proof|safe)|rest assured(?: \w+){0,6} (?:never|not|won't|always)",
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
                otherwise="I am on it, and you will hear from me by {day}.",
            )


def _objection(promise: Noticed, due: Due, now: datetime, context: Context) -> str:
    """Say why the time cannot be kept; empty if it can."""
    if due.at - now < MOMENT and promise.strength is not Strength.IMMEDIATE:
        return "That leaves you almost no time; a later promise that you keep does more good."
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
    if due.precision is not Precision.DAY:
        return context.hours.elapsed(now, due.at) > timedelta(0)
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
