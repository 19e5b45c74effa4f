"""When something is due: words like "tomorrow by 3pm CET" become an instant.

A day ends at the closing hour, and so does "this afternoon"; "this morning" ends at noon,
"tonight" at 21:00, a week with its Friday. Of a range, the later end counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time
from functools import lru_cache
from itertools import islice
from zoneinfo import ZoneInfo

from bot.core.prose import own_words
from bot.core.timing import clocks, days, durations, typed
from bot.core.timing.clocks import AFTERNOON
from bot.core.timing.instants import Named, resolve
from bot.core.timing.timewords import Moment, Piece, Precision, Rule
from bot.core.values import value

__all__ = ["Due", "Precision", "Spoken", "may_name_time", "moment_of", "read_due", "spoken_times"]

RULES = (*days.RULES, *clocks.RULES, *durations.RULES)
TYPED = (*typed.RULES, *RULES)
LONGEST_TYPED = 60
"""A text up to this long may be nothing but a time."""
LONGEST = 8_000
"""Characters that are read."""
MOST = 4
"""Times that one rule reads in one part of a sentence."""
STEMS = (
    *("day", "week", "tomo", "tommo", "tmr", "tmw", "night", "month", "hour", "minute", "noon"),
    *("morning", "evening", "lunch", "quarter", "clock", "year", "first thing", "arvo", "half "),
    *("eod", "eob", "eow", "eom", "eoq", "eoy", "e.o", "cob", "c.o", "close of", "q1", "q2", "q3"),
    *("q4", " mon", " tue", " wed", " thu", " fri", " sat", " sun", " wk", " hr", " min", "jan"),
    *("feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"),
)
DIGITS = re.compile(r"\d(?:st|nd|rd|th|\s?[aphdmw]|[:/.-]\d)|(?<=[ty]\s)\d")
JOINT = re.compile(r"[\s,(]*(?:(?:on|at|by|of|in\sthe|the|around|about|before|from|@|-|–)[\s(]+)*")
"""Between two words that say one time."""
OR = re.compile(
    r"\s*(?:,?\s?(?:or|latest|maybe)|/|-|–|to|and)\s*"
    r"(?:(?:by|on|at|maybe|possibly|early|latest|in|the)\s+)*"
)
"""Between the two ends of a range."""
NOTHING_ELSE = re.compile(r"(?:\W|\b(?:about|around|at|by|for|in|on|the|until)\b)*")
NOT_AHEAD = re.compile(
    r"\b(?:every|each|last|since|past|previous|until\snow|as\sof|yesterday|earlier)\s(?:the\s)?\Z"
)


@value
class Due:
    at: datetime
    """In UTC."""
    precision: Precision
    words: tuple[int, int]
    """Where the time is named."""


@value
class Spoken:
    """A time that a text names; loose if only the context can tell that it does."""

    due: Due
    loose: bool


def may_name_time(words: str) -> bool:
    """Tell quickly whether lower-case words can name a time at all; most do not."""
    return any(map(words.__contains__, STEMS)) or DIGITS.search(words) is not None


def read_due(text: str, said_at: datetime, zone: ZoneInfo, closing: time = AFTERNOON) -> Due | None:
    """Return the first time that the text names; "2 days" is one if nothing else is said."""
    words = typed.TIDY.sub(" ", own_words(text[:LONGEST]))
    typed_in = len(words) <= LONGEST_TYPED
    moment = replace(moment_of(said_at, zone, closing), typed=typed_in)
    for spoken in spoken_times(words, 0, len(words), moment):
        start, end = spoken.due.words
        if not spoken.loose or NOTHING_ELSE.fullmatch(words[:start] + words[end:]):
            return spoken.due
    return None


def moment_of(said_at: datetime, zone: ZoneInfo, closing: time) -> Moment:
    return Moment(now=said_at.astimezone(zone), zone=zone, closing=closing)


def spoken_times(words: str, start: int, end: int, moment: Moment) -> Iterator[Spoken]:
    """Yield the times named in a part of `own_words`, in order."""
    part = words[start:end]
    last: Spoken | None = None
    rules = _rules_for(words, typed_in=moment.typed)
    for named in _joined(part, _pieces(part, rules, moment)):
        if NOT_AHEAD.search(part[max(0, named.start - 20) : named.start]):
            continue
        try:
            at, precision = resolve(named, part, moment)
        except (OverflowError, ValueError):
            continue
        span = (start + named.start, start + named.end)
        spoken = Spoken(due=Due(at=at, precision=precision, words=span), loose=named.loose)
        if last and OR.fullmatch(words, last.due.words[1], span[0]):
            last = _later(last, spoken)
            continue
        if last:
            yield last
        last = spoken
    if last:
        yield last


def _later(one: Spoken, other: Spoken) -> Spoken:
    """Return the later end of a range, said by all of its words."""
    late = max(one.due, other.due, key=lambda due: due.at)
    span = (one.due.words[0], other.due.words[1])
    due = Due(at=late.at, precision=late.precision, words=span)
    return Spoken(due=due, loose=one.loose and other.loose)


@lru_cache(maxsize=4)
def _rules_for(words: str, *, typed_in: bool) -> tuple[Rule, ...]:
    """Return the rules that can match; a message is asked about again for each of its parts."""
    rules = TYPED if typed_in else RULES
    return tuple(rule for rule in rules if any(map(words.__contains__, rule.cues)))


def _pieces(part: str, rules: tuple[Rule, ...], moment: Moment) -> list[Named]:
    """Return what each of the words says; of words that overlap, the longer first ones."""
    found = []
    for rule in rules:
        for match in islice(rule.pattern.finditer(part), MOST):
            try:
                piece = rule.read(match, moment)
            except (OverflowError, ValueError):
                continue  # beyond the calendar
            if piece:
                found.append(Named(match.start(), match.end(), (piece,)))
    found.sort(key=lambda one: (one.start, -one.end))
    kept: list[Named] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _joined(part: str, found: list[Named]) -> Iterator[Named]:
    """Yield the pieces, those put together that say one time: "Friday", "by 3pm"."""
    last: Named | None = None
    for one in found:
        if last and JOINT.fullmatch(part, last.end, one.start) and _fit(last.pieces, one.pieces[0]):
            last = Named(last.start, one.end, (*last.pieces, *one.pieces))
            continue
        if last:
            yield last
        last = one
    if last:
        yield last


def _fit(pieces: tuple[Piece, ...], new: Piece) -> bool:
    """Tell whether a piece adds to what the others say, rather than saying another time."""
    if new.instant or any(piece.instant for piece in pieces):
        return False
    if new.day and any(
        piece.day and piece.day != new.day and piece.weekday is new.weekday for piece in pieces
    ):
        return False
    precisions = {piece.precision for piece in pieces if piece.clock}
    return not (new.clock and precisions) or new.loose or new.precision not in precisions
