"""Promises without a time: the customer can only wait, and ask again."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.core.promises import Noticed
from bot.core.promising.commitments import Strength
from bot.core.toning.findings import Finding, Label
from bot.core.toning.rules import phrases, sentence_at

SOON = re.compile(
    r",?\s*\b(?:as\ssoon\sas\s(?:possible|we\scan|i\scan|(?:he|she|they)\scan)|asap|a\.s\.a\.p\.?"
    r"|(?:(?:very|quite|real|pretty)\s)?(?:soon|shortly)(?!\sas\b)"
    r"|in\s(?:due\scourse|the\snear\sfuture|a\s(?:bit|while|moment|sec|minute))"
    r"|at\s(?:some|our\searliest)\s\w+|when\s(?:we|i)\scan|eventually|right\saway"
    r"|immediately)\b(?!-)"
)
AUXILIARY = re.compile(r"(?:\bwill|['\u2019]ll|\bgoing\sto|\bbe)\Z", re.IGNORECASE)
"""Before "soon", where the time cannot take its place."""
LASTS = re.compile(
    r"\b(?:let\s(?:me|us)|leave|keep|stay|remain|monitor|watch|continue|be\s\w+ing"
    r"|work(?:ing)?\son|see"
    r"\swhat|try|do\s(?:my|our)\sbest|when|once|until|while|as\ssoon\sas|if|make\ssure|ensure"
    r"|will\sdo)\b",
    re.IGNORECASE,
)
"""What goes on for a while, or waits for something, cannot be done "by" a day."""
ASIDE = re.compile(
    r"(?:,\s[A-Z][\w-]+)?(?:\s?[,–—-]\s?(?i:(?:and\s)?(?:thank|sorry|apolog|cheers|please"
    r"|no\s(?:worries"
    r"|problem)|ok|hope|in\sthe\smeantime|meanwhile|promise)\w*\b.*))?\Z",
    re.DOTALL,
)
"""The name of the reader and a courtesy, after which no time is named."""
TIME = re.compile(
    r"\b(?:\d{1,2}:\d\d|(?:mon|tues|wednes|thurs|fri|satur|sun|to)day|tomorrow|noon)\b"
)
MARKS = " \t\r\n.,;:!?*•–—-"
ANYWAY = "I am on it, and you will hear from me by {day}."
LATER = (
    r"(?:soon|shortly|in due course|in the near future|eventually|at some point|asap"
    r"|as soon as possible)"
)
SAYS_LITTLE = phrases(
    r"(?:we're|we are|i'm|i am|team is|team are|(?:engineers"
    r"|developers|devs|colleagues|people|folks) are)(?: \w+ly| still"
    r"| now| all)? (?:looking (?:into|at)|investigating|working (?:on|hard)|checking|on (?:it"
    r"|this))(?: (?:it|this|that))?",
    r"(?:currently |still |actively |being ){1,3}(?:looking into|looked (?:at|into)"
    r"|investigat(?:ing|ed)|worked on|working on)",
    r"(?:raise|escalate|flag|pass|forward|(?<!have to )(?<!need to )take|mention|bring)(?:"
    r" \w+){1,3} (?:internally|on|up"
    r"|along|to the team|to our team|upstairs)",
    r"(?:see|do) what (?:i|we) can(?: do)?",
    r"(?:is|it's|that's|have it|put (?:it|this|that)) on (?:our|my|the) (?:radar|list"
    r"|to-?do(?: list)?|agenda|road-?map(?! for))",
    rf"(?:we|i|you|they|it|someone|somebody|team|colleague|engineers?|fix|update|news|answer"
    rf"|and)(?:'ll| will| should|'re going to| are going to)(?: [\w'-]+){{1,10}} {LATER}",
    r"(?:will|'ll) (?:keep you (?:posted|updated|in the loop|informed)|be in touch"
    r"|get back to you|follow up)",
    r"(?:someone|somebody|a colleague|the team)(?: \w+){0,4} (?:will|should) (?:get|come|be|reach"
    r"|look|contact|follow)",
    r"stay tuned|watch this space|more (?:news|info|information|details?) (?:soon|shortly"
    r"|to (?:come|follow))|updates? (?:to follow|soon|will follow)",
    rf"(?:coming|fixed|available|ready|done|resolved|sorted|back|news|update|out|there) {LATER}",
    r"(?:passed|escalated|forwarded|raised|flagged|handed|reported)(?: \w+){0,3} (?:to|with)"
    r" (?:the |our |my )?(?:\w+ )?(?:team|developers?|devs|engineers?|engineering|colleagues?"
    r"|product|specialists?|experts?|finance|billing|management|department)(?=[.!]|\s*\Z)",
    r"give (?:us|me) (?:a |some |just |little |bit |few |more |of ){1,4}(?:time|while|moments?"
    r"|days)",
    r"aware (?:of (?:it|this|that|the \w+),? )?and (?:are |we're |we are )?(?:working|looking)",
    r"(?:once|when|as soon as) (?:i|we) (?:know|have|hear) (?:more|something|anything|news|an"
    r" update)",
    r"\A\W*(?:already )?on it(?=\W*\Z)|bear with (?:us|me)|(?:hang|sit|hold) tight|stand"
    r" by(?=[.!]|\s*\Z)",
)
LONGEST_ASIDE = 240
"""Characters of a message in which that can be all that is said."""
SHORTEST = 80
HANGS = re.compile(r"\W*(?:if|when|once|until|unless|while)\b")


def vague(text: str, words: str, promised: tuple[Noticed, ...]) -> Iterator[Finding]:
    """Yield the first promise of a draft that names no time for anything it promises."""
    if any(one.due for one in promised):
        return
    put_off = [one for one in promised if _is_put_off(words, one) and not _is_timed(words, one)]
    kept = next((one for one in put_off if SOON.search(words, *one.words)), None) or next(
        iter(put_off), None
    )
    span = kept.words if kept else _says_little(words)
    if span:
        yield Finding(
            label=Label.VAGUE_PROMISE,
            words=span,
            why="There is no time in it yet, so they can only wait and ask again.",
            kinder=_dated(text, words, kept.words) if kept else ANYWAY,
            otherwise=ANYWAY if kept else "",
        )


def _is_put_off(words: str, one: Noticed) -> bool:
    """Tell a promise from a moment's silence: "let me check" is one if it is all that is said."""
    if one.strength is not Strength.IMMEDIATE:
        return True
    return words.startswith("let ", one.words[0]) and len(words) <= SHORTEST and "?" not in words


def _is_timed(words: str, one: Noticed) -> bool:
    """Tell whether the sentence says when, though not by when: "Ben is here from 8:00"."""
    return TIME.search(words, *sentence_at(words, one.words[0])) is not None


def _says_little(words: str) -> tuple[int, int] | None:
    """Return words that put off without a promise that could be kept, or broken."""
    if len(words) > LONGEST_ASIDE:
        return None
    if said := SAYS_LITTLE.search(words):
        start, end = sentence_at(words, said.start())
        if not words[start:end].rstrip().endswith("?") and not HANGS.match(words, start):
            return said.span()
    return None


def _dated(text: str, words: str, promise: tuple[int, int]) -> str:
    """Return the sentence as it was written, with a time for what it promises."""
    first, last = sentence_at(words, promise[0])
    start, end = promise[0], min(promise[1], last)
    soon = SOON.search(words, start, last)
    if soon and not AUXILIARY.search(words, start, soon.start()):
        said = _with_time(text[first : soon.start()], text[soon.end() : last])
    elif soon:
        said = _with_time(
            f"{text[first : soon.start()].rstrip()}{text[soon.end() : end]}", text[end:last]
        )
    elif LASTS.search(words, start, last):
        said = _with_time(text[first:last], "", ", and you will hear from me")
    else:
        said = _with_time(text[first:end], text[end:last])
    return said[0].upper() + said[1:]


def _with_time(before: str, after: str, told: str = "") -> str:
    aside = ASIDE.search(before := before.strip(MARKS))
    said = before[: aside.start()] if aside and not after.strip(MARKS) else before
    rest = f"{before[len(said) :]}{after}".rstrip(MARKS)
    return f"{said.rstrip(MARKS)}{told} by {{day}}{rest}.".strip()
