"""`/heard promise` and `/heard promises`."""

from __future__ import annotations

import re
from functools import reduce

from bot.core.events import Entered
from handlers import ledger, times
from handlers.asking import Asked
from handlers.markup import Words, both, escape, plain, quote, say, when

BY = re.compile(r"(?P<what>.*\S)\s+by\s+(?:the\s+)?(?P<when>\S.*)", re.IGNORECASE | re.DOTALL)
"""The last "by" divides."""
EXAMPLE = "`/heard promise send Acme the report by Friday 3pm`"
TIMES = "_tomorrow 3pm_, _Friday_, _in 2 hours_ or _24 December 10:00_"
NOTHING = f"Say what you promise, and by when: {EXAMPLE}."
WHEN = re.compile(r"\b(?:by|on|at|until|the)\b|\W", re.IGNORECASE)
"""What may stand around a time."""
BRIEF = 80
MINE, HERE, TEAM = "mine", "here", "team"


def promise(asked: Asked) -> Words:
    """Enter a promise, or ask back for its time with all that was typed."""
    text = plain(asked.rest)
    if not text:
        return say(NOTHING)
    now, promises = asked.edge.now(), asked.edge.desk.promises
    divided = BY.fullmatch(text)
    time = divided["when"] if divided else text
    by = asked.edge.person(asked.user)
    read = promises.when(time, by, asked.channel, now)
    if read is None:
        missing = f"I cannot read a time in “{_brief(time)}”." if divided else "By when?"
        return _again(f"{missing} Nothing is noted yet. Name a time such as {TIMES}", text)
    if wrong := times.fault(read.at, now):
        return _again(f"I read {when(read.at)} there. {wrong} Nothing is noted yet. Write it", text)
    if not divided and not _besides(text, read.words):
        return say(NOTHING)
    # "Stand by Acme tomorrow" is all of it what is promised.
    words = divided["what"] if divided and read.words == (0, len(time)) else text
    entered = Entered(by=by.id, words=words, due=read.at, channel=asked.channel, key=asked.trigger)
    made = promises.enter(entered, now)
    instead = promises.keepable(made.due, made.channel, now)
    return ledger.entered(made, ledger.outside(instead, asked.edge.zone(by)))


def _besides(text: str, words: tuple[int, int]) -> str:
    """Return what else is said than by when."""
    return WHEN.sub("", f"{text[: words[0]]} {text[words[1] :]}")


def _again(head: str, words: str) -> Words:
    return quote(f"{head}, like this:", f"/heard promise {words} by tomorrow 3pm")


def _brief(time: str) -> str:
    return escape(time if len(time) <= BRIEF else f"{time[:BRIEF]}…")


def promises(asked: Asked) -> Words:
    """List what is owed: mine, the channel's, the team's; what is overdue comes first."""
    wanted = asked.rest.lower()
    if wanted not in ("", MINE, HERE, TEAM):
        return say(
            f"I do not know `{escape(wanted[:40])}`. `/heard promises` lists yours, this channel's"
            f" and the team's. Add `{MINE}`, `{HERE}` or `{TEAM}` for one of them."
        )
    store, links = asked.edge.desk.store, asked.edge.links
    mine = store.owed(by=asked.user)
    here = store.owed(channel=asked.channel)
    team = store.owed()
    if not wanted:
        here = tuple(one for one in here if one.by != asked.user)
        shown = {one.id for one in (*mine, *here)}
        team = tuple(one for one in team if one.id not in shown)
    named = {MINE: ("Your promises", mine), HERE: ("Promised here", here)}
    named[TEAM] = ("The team's promises" if wanted else "The others' promises", team)
    chosen = [named[wanted]] if wanted else [*named.values()]
    found = list(ledger.sections(chosen, links, asked.edge.now(), reader=asked.user))
    if not found:
        return say(f"Nothing is owed. To note a promise: {EXAMPLE}.")
    return reduce(both, found)
