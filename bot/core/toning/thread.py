"""What a draft says twice, or otherwise than a colleague did."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from bot.core.promises import Noticed
from bot.core.prose import own_words, sentences
from bot.core.toning.findings import Context, Finding, Given, Label, Written, excerpt

WORD = re.compile(r"[\w'-]+")
GREETING = re.compile(
    r"\W*(?:hi|hello|hey|dear|good\s(?:morning|afternoon|evening)|thanks"
    r"|thank\syou)(?:\s[\w.'-]+){0,2}\s*[,!.\n–—-]+\s*"
)
ALIKE = 4
"""Words at the beginning that make two messages open alike."""
OWNS_UP = re.compile(
    r"\b(?:instead\sof|rather\sthan|not\s(?:on\s)?(?:mon|tues|wednes|thurs|fri|satur|sun"
    r"|to)\w*day|no\slonger|mov(?:e|ed|ing)|pushed|postpone\w*|delay\w*|(?:earl|lat)(?:ier"
    r"|er)\sthan|sooner\sthan|originally|(?:i|we)\ssaid|told\syou|wrong|changed|new\sdate|slip\w*"
    r"|one\smore\s(?:day|week)|unlike)\b"
)
"""Words by which a message owns that there was another date."""
ABOUT = re.compile(r"[a-z]{4,}")
SAME_THING = {
    **dict.fromkeys(
        ("patch", "hotfix", "release", "ship", "deploy", "correct", "build", "version"), "fix"
    ),
    **dict.fromkeys(
        ("news", "back", "word", "reply", "answer", "report", "know", "touch", "posted"), "update"
    ),
    **dict.fromkeys(("bill", "credit", "refund", "payment"), "invoice"),
}
NO_THING = frozenset(
    """
    also been check come days early evening expect from give going have hours into just keep late
    latest least look make minutes month morning next noon once plan ready send shall should sure
    take team tell that them then there they this today tomorrow tonight week what when will with
    work would your done able monday tuesday wednesday thursday friday saturday sunday afternoon
    """.split()  # noqa: SIM905 - they read best as a text
)
"""Words that name nothing that could be promised."""


def same_opening(text: str, words: str, context: Context) -> Iterator[Finding]:
    """Yield an opening that this customer has read before; a greeting is none."""
    if not context.earlier:
        return
    own, (start, end) = _opening(words)
    for written in context.earlier if len(own) >= ALIKE else ():
        theirs, _ = _opening(own_words(written.text[: len(words) + 200]))
        alike = sum(
            1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(own, theirs, strict=False))
        )
        if alike >= min(ALIKE + 1, len(own), len(theirs)) and alike >= ALIKE:
            rest, wrote = text[end:].strip(), f"{written.by} wrote{_when(written, context)}"
            yield Finding(
                label=Label.SAME_OPENING,
                words=(start, end),
                why=f"It begins in the same words as what {wrote}, and reads like a script.",
                kinder="Here is what has changed since then:"
                if not rest
                else "Here is where we are now:",
            )
            return


def _opening(words: str) -> tuple[list[str], tuple[int, int]]:
    """Return the words of the first sentence after the greeting, and where it is."""
    greeting = GREETING.match(words)
    begin = greeting.end() if greeting else 0
    for start, end in sentences(words[begin : begin + 600]):
        found = WORD.findall(words, begin + start, begin + end)
        if found:
            first = begin + start
            part = words[first : begin + end]
            return found, (first + len(part) - len(part.lstrip()), first + len(part.rstrip()))
    return [], (0, 0)


def _when(written: Written, context: Context) -> str:
    return f" on {context.day(written.at)}" if written.at else ""


def contradictions(
    text: str, words: str, promised: tuple[Noticed, ...], context: Context
) -> Iterator[Finding]:
    """Yield each date that is another than a colleague gave for the same thing."""
    if not context.now or not context.promises or OWNS_UP.search(words):
        return
    for promise in promised:
        if promise.due and (given := _other_date(text, promise, context)):
            day = context.day(given.due)
            yield Finding(
                label=Label.CONTRADICTION,
                words=promise.due.words,
                why=f"They were given another date by {given.by}, {day}: “{excerpt(given.words)}”.",
                kinder=f"As {given.by} wrote, it will be {day}.",
            )


def _other_date(text: str, promise: Noticed, context: Context) -> Given | None:
    due = promise.due
    if not due:
        return None
    about = _about(text[slice(*promise.words)])
    same = [
        given
        for given in context.promises
        if given.by != context.author
        and (not about or not (theirs := _about(given.words)) or about & theirs)
    ]
    days = {given.due.astimezone(context.zone).date() for given in same}
    return same[0] if same and due.at.astimezone(context.zone).date() not in days else None


def _about(text: str) -> set[str]:
    """Return the things that are promised, apart from when and by whom."""
    found = {word.rstrip("s") for word in ABOUT.findall(text.lower()) if word not in NO_THING}
    return {SAME_THING.get(word, word) for word in found}
