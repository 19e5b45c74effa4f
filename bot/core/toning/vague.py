"""Promises without a time: the customer can only wait, and ask again."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.core.promises import Noticed
from bot.core.promising.commitments import Strength
from bot.core.toning.findings import Context, Finding, Label
from bot.core.toning.rules import phrases, sentence_at

SOON = re.compile(
    r",?\s*\b(?:(?:very\s)?(?:soon|shortly)|as\ssoon\sas\s(?:possible|we\scan|i\scan)|asap"
    r"|a\.s\.a\.p|in\s(?:due\scourse|the\snear\sfuture|a\s(?:bit|while|moment|sec|minute))"
    r"|at\s(?:some|our\searliest)\s\w+|when\s(?:we|i)\scan|eventually|right\saway"
    r"|immediately)\W*\Z"
)
LATER = (
    r"(?:soon|shortly|in due course|in the near future|eventually|at some point|asap"
    r"|as soon as possible)"
)
SAYS_LITTLE = phrases(
    r"(?:we're|we are|i'm|i am|team is|team are|engineers are|developers are)(?: \w+ly| still"
    r"| now| all)? (?:looking (?:into|at)|investigating|working (?:on|hard)|checking|on (?:it"
    r"|this))(?: (?:it|this|that))?",
    r"(?:currently |still |actively |being ){1,3}(?:looking into|looked (?:at|into)"
    r"|investigat(?:ing|ed)|worked on|working on)",
    r"(?:raise|escalate|flag|pass|forward|take|mention|bring)(?: \w+){1,3} (?:internally|on|up"
    r"|along|to the team|to our team|upstairs)",
    r"(?:see|do) what (?:i|we) can(?: do)?",
    r"(?:is|it's|that's|have it|put (?:it|this|that)) on (?:our|my|the) (?:radar|list"
    r"|to-?do(?: list)?|agenda)",
    rf"(?:we|i|you|they|it|someone|somebody|team|colleague|engineers?|fix|update|news|answer"
    rf"|and)(?:'ll| will| should|'re going to| are going to)(?: [\w'-]+){{1,10}} {LATER}",
    r"(?:will|'ll) (?:keep you (?:posted|updated|in the loop|informed)|be in touch"
    r"|get back to you|follow up)",
    r"(?:someone|somebody|a colleague|the team)(?: \w+){0,4} (?:will|should) (?:get|come|be|reach"
    r"|look|contact|follow)",
    r"stay tuned|watch this space|more (?:news|info|information|details?) (?:soon|shortly"
    r"|to (?:come|follow))|updates? (?:to follow|soon|will follow)",
    rf"(?:coming|fixed|available|ready|done|resolved|sorted|back|news|update|out|there) {LATER}",
    r"(?:passed|escalated|forwarded|raised|flagged|handed)(?: \w+){0,3} (?:on )?(?:to"
    r"|with) (?:the |our )(?:\w+ )?team(?=[.!]|\s*\Z)",
)
LONGEST_ASIDE = 240
"""Characters of a message in which that can be all that is said."""
SHORTEST = 80
HANGS = re.compile(r"\W*(?:if|when|once|until|unless|while)\b")


def vague(
    text: str, words: str, promised: tuple[Noticed, ...], context: Context
) -> Iterator[Finding]:
    """Yield the first promise of a draft that names no time for anything it promises."""
    if any(one.due for one in promised):
        return
    kept = next((one for one in promised if _is_put_off(words, one)), None)
    span = kept.words if kept else _says_little(words)
    if span:
        by = context.soonest()
        yield Finding(
            label=Label.VAGUE_PROMISE,
            words=span,
            why="It promises something without a time, so they can only wait and ask again.",
            kinder=f"{_without_soon(text[slice(*span)])} by {by}."
            if kept
            else f"I am on it, and you will hear from me by {by}.",
        )


def _is_put_off(words: str, one: Noticed) -> bool:
    """Tell a promise from a moment's silence: "let me check" is one if it is all that is said."""
    if one.strength is not Strength.IMMEDIATE:
        return True
    return words.startswith("let ", one.words[0]) and len(words) <= SHORTEST and "?" not in words


def _says_little(words: str) -> tuple[int, int] | None:
    """Return words that put off without a promise that could be kept, or broken."""
    if len(words) > LONGEST_ASIDE:
        return None
    if said := SAYS_LITTLE.search(words):
        start, end = sentence_at(words, said.start())
        if not words[start:end].rstrip().endswith("?") and not HANGS.match(words, start):
            return said.span()
    return None


def _without_soon(promise: str) -> str:
    lower = promise.lower().replace("\u2019", "'")
    return promise[: len(SOON.sub("", lower))].rstrip(" .,;:!")
