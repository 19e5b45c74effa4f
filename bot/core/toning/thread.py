"""What a draft says twice, or otherwise than a colleague did."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile
from typing import NamedTuple

from bot.core.promises import Noticed
from bot.core.prose import own_words, sentences
from bot.core.toning.findings import Context, Finding, Given, Label, Written, excerpt

WORD = re.compile(r"[\w'-]+")
GREETING = re.compile(
    r"\W*(?:hi|hello|hey|dear|good\s(?:morning|afternoon|evening)|thanks"
    r"|thank\syou)(?:\s[\w.'-]+){0,2}\s*[,!.\n–—-]+\s*"
)
ANYTHING_NEW = "What has changed for you since then?"
ALIKE = 4
"""Words at the beginning that make two messages open alike."""
SHORTEST = 3
"""Words of a whole clause, or sentence, that do so too."""
PAUSE = re.compile(r"[:;!?.…–—]|\s-\s|,(?=\s[\w'-]+\W*\Z)|,(?=\s[\w'-]+\s?[:;!?.…–—])")
"""Where the first clause ends; the name of the reader after it is not of it."""
STOCK = re.compile(
    r"\W*(?:(?:great|good|fair|excellent)\s(?:question|point|catch|news|spot)|got\sit"
    r"|(?:well|nicely)\s(?:spotted|put))\b"
)
"""So short, and yet a formula."""
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
    own = _opening(words)
    for written in context.earlier:
        by = f"{written.by} wrote{_when(written, context)}"
        if own.is_like(_opening(own_words(written.text[: len(words) + 200]))):
            yield Finding(
                label=Label.SAME_OPENING,
                words=own.span,
                why=f"It begins in the same words as what {by};"
                " said twice, it sounds like a script.",
                kinder="This follows on from our last message."
                if text[own.span[1] :].strip()
                else ANYTHING_NEW,
                otherwise=ANYTHING_NEW,
            )
            return


class Opening(NamedTuple):
    words: list[str]
    """Of the first sentence after the greeting."""
    clause: list[str]
    """Those before its first pause."""
    span: tuple[int, int]

    def is_like(self, other: Opening) -> bool:
        pairs = zip(self.words, other.words, strict=False)
        alike = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
        if alike >= max(ALIKE, min(ALIKE + 1, len(self.words), len(other.words))):
            return True
        is_formula = len(self.clause) >= SHORTEST or bool(STOCK.match(" ".join(self.clause)))
        return is_formula and self.clause == other.clause


def _opening(words: str) -> Opening:
    greeting = GREETING.match(words)
    begin = greeting.end() if greeting else 0
    for start, end in sentences(words[begin : begin + 600]):
        first, last = begin + start, begin + end
        if found := WORD.findall(words, first, last):
            part = words[first:last]
            first += len(part) - len(part.lstrip())
            pause = PAUSE.search(words, first, last)
            clause = WORD.findall(words, first, pause.start() if pause else last)
            return Opening(found, clause, (first, begin + start + len(part.rstrip())))
    return Opening([], [], (0, 0))


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
