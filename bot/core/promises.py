"""Which words of a colleague's message promise something, and by when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time
from itertools import islice, zip_longest
from zoneinfo import ZoneInfo

from bot.core.promising.commitments import Commitment, Needs, Strength, commitments
from bot.core.promising.modals import ALWAYS, WITH_A_TIME, Kind, kinds_in
from bot.core.promising.objections import INVITED, objection
from bot.core.prose import own_words, sentences
from bot.core.timing.clocks import AFTERNOON
from bot.core.timing.timewords import Moment
from bot.core.values import value
from bot.core.when import Due, may_name_time, moment_of, spoken_times

LONGEST = 8_000
MOST = 12
"""Candidates that are looked at in one message."""
HORIZON = re.compile(
    r"\b(?:soon|shortly|asap|as\ssoon\sas|(?:right\s)?away|immediately"
    r"|in\sa\s(?:bit|sec|second|moment|minute|while|few)"
    r"|(?:next|upcoming|coming|future|following)\s(?:\w+\s){0,2}"
    r"(?:release|version|update|build|patch|sprint|nightly|hotfix|months|weeks|days)"
    r"|in\s(?:v|version\s)?\d+\.\d)\b"
)
"""A time that is no date."""
CLAUSE_END = re.compile(
    r"\bbut\b|;|[,(–—]\s*(?:although|though|as|since|because|which|while|whereas|he|she|they|the|you"
    r"|your|my|our|it\s(?:is|was)|it's|there|i'm|we're|i\sam|we\sare)\b"
    r"|\b(?:because|since|caused\sby)\b"
)
"""What is named after it belongs to something else."""
BETWEEN = re.compile(
    r"(?:[\s,:–-]|\b(?:and|then|so|tops|max|still|sharp|it\sis|at\sthe\slatest|at\smost)\b)*"
)
"""Between such a time and the clause."""
LEADING = re.compile(
    r"(?:^|.*[.,;:!?–—-]|.*\b(?:and|so|but|then|ok|okay|yes|sure|hi|hey|hello))?\W*"
    r"(?:(?:by|on|at|around|before|from|then|so|and|but|first|starting|maybe|probably"
    r"|realistically|(?:worst|best)\scase(?:\sit(?:'s|\sis))?"
    r"|let's\s(?:do|say|meet|sync|talk|connect)"
    r"|(?:no|not)\slater\sthan)\s)*\Z",
    re.DOTALL,
)
"""Before a time that opens the clause: "By Friday we will …"."""
THEN = re.compile(r"\b(?:then|that\sday|there(?=\W*\Z)|when\si(?:'m|\sam|\sget)\sback)")
"""Points at a time named before."""
NEAR = 200
"""Characters back in which it is."""
REPORTING = re.compile(
    r"\s(?:(?:get|come|circle|report|loop)\sback|report|update|let\syou\sknow|follow\sup|keep\syou"
    r"|ping\syou|reply|respond|answer|have\s(?:an?|some|more)\s(?:answer|update|news|info\w*)"
    r"|be\s(?:back|in\stouch)|(?:try\sto\s)?do\s(?:this|that|it|so))\b"
)
"""Words that say when the customer hears of what was promised just before."""
TRAILING = re.compile(r"(?:[\s.,;:!?)–—-]|(?<=\s)(?:and|but|so|then|or)(?=\W*\Z))+\Z")
"""At the end of what was promised, what only leads on."""
THE_EVENT = re.compile(
    r"\s(?:\w+\s){0,2}(?:builds?|release|nightly|version|update|deploy(?:ment)?|call|meeting|sync"
    r"|sprint|standup|patch)\b"
)
"""After "tomorrow's", what happens then; all else is only named by its day."""


@value
class Noticed:
    words: tuple[int, int]
    due: Due | None
    strength: Strength
    why: str


def notice(
    text: str, said_at: datetime, zone: ZoneInfo, closing: time = AFTERNOON
) -> tuple[Noticed, ...]:
    """Return the promises of a colleague's message, in order."""
    text = text[:LONGEST]
    lower = text.lower().replace("\u2019", "'")
    timed = may_name_time(lower)
    always = kinds_in(lower, ALWAYS)
    beside_a_time = kinds_in(lower, WITH_A_TIME) if timed else ()
    if not (always or beside_a_time):
        return ()
    words = own_words(text)
    moment = moment_of(said_at, zone, closing)
    found: list[Noticed] = []
    event = False  # that something will happen was said just before, and not when
    for start, end, one in islice(_candidates(words, always, beside_a_time), MOST):
        due = _due(words, start, one, end, moment)
        if not due and (
            one.needs is Needs.TIME
            or (one.needs is Needs.HORIZON and not HORIZON.search(words, start + one.verb, end))
        ):
            continue
        found.append(_noticed(words, start, one, end, due))
        if due and (
            not one.ours or (event and len(found) > 1) or REPORTING.match(words, start + one.verb)
        ):
            _join_undated(found)
        event = not one.ours and not due
    return _settled(found)


def _candidates(
    words: str, always: tuple[Kind, ...], beside_a_time: tuple[Kind, ...]
) -> Iterator[tuple[int, int, Commitment]]:
    """Yield what commits, where its sentence begins, and where the next one takes over."""
    before = ""
    for start, end in sentences(words):
        sentence = words[start:end]
        timed = beside_a_time and may_name_time(sentence)
        here = always + beside_a_time if timed else always
        held = [one for one in commitments(sentence, here) if not objection(sentence, one)]
        if held and INVITED.search(before):
            held = [replace(one, needs=Needs.TIME) for one in held]
        before = sentence
        for one, following in zip_longest(held, held[1:]):
            yield start, start + following.start if following else end, one


def _join_undated(found: list[Noticed]) -> None:
    """Make one of the last promise and those without a time just before: it says when.

    "I'll fix it. Should be out on Friday." and "I'll ask. I'll get back to you tomorrow."
    """
    last = found.pop()
    first = last
    while found and not found[-1].due:
        first = found.pop()
    strength = last.strength if first.strength is Strength.IMMEDIATE else first.strength
    found.append(
        replace(first, words=(first.words[0], last.words[1]), due=last.due, strength=strength)
    )


def _settled(found: list[Noticed]) -> tuple[Noticed, ...]:
    """Return the promises without "let me check" beside them: it is what they are for."""
    if len(found) > 1 and found[0].due and found[0].strength is Strength.IMMEDIATE:
        # "Give me ten minutes, I'll fix it" says by when.
        wait, told = found[:2]
        found[:2] = [replace(told, words=(wait.words[0], told.words[1]), due=told.due or wait.due)]
    later = [one for one in found if one.strength is not Strength.IMMEDIATE]
    return tuple(later or found[:1])


def _noticed(words: str, offset: int, one: Commitment, until: int, due: Due | None) -> Noticed:
    start, end = offset + one.start, until
    if due:
        start, end = min(start, due.words[0]), max(end, due.words[1])
    end = start + len(TRAILING.sub("", words[start:end]))
    return Noticed(words=(start, end), due=due, strength=one.strength, why=one.why)


def _due(words: str, offset: int, one: Commitment, until: int, moment: Moment) -> Due | None:
    """Return the time that belongs to the commitment, said right before it or after it."""
    start = offset + one.start
    for spoken in spoken_times(words, offset, start, moment):
        if (
            (not spoken.loose or not words[offset : spoken.due.words[0]].strip())
            and BETWEEN.fullmatch(words, spoken.due.words[1], start)
            and LEADING.match(words[offset : spoken.due.words[0]])
        ):
            return spoken.due
    verb = offset + one.verb
    if cut := CLAUSE_END.search(words, verb, until):
        until = cut.start()
    for spoken in spoken_times(words, verb, until, moment):
        if not spoken.loose and _is_ahead(words, spoken.due):
            return spoken.due
    if THEN.search(words, verb, until):
        return _named_before(words, offset, start, moment)
    return None


def _named_before(words: str, offset: int, start: int, moment: Moment) -> Due | None:
    """Return the time that "then" points at."""
    named = [
        one.due
        for one in spoken_times(words, max(0, offset - NEAR), start, moment)
        if not one.loose
    ]
    return named[-1] if named else None


def _is_ahead(words: str, due: Due) -> bool:
    """Tell the time of doing it from that of something else: "the report of Monday"."""
    start, end = due.words
    possessive = words[start:end].endswith("'s")
    return not possessive or THE_EVENT.match(words, end) is not None
