"""The words that turn a sentence to the future: "will", "plan to", "should", "let me", "ETA"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from operator import itemgetter

from bot.core.promising.phrases import ACTS, one_of


@dataclass(frozen=True, slots=True)
class Kind:
    """Words that are read alike."""

    name: str
    cues: tuple[str, ...]
    """Without one of these the pattern cannot match; looking for them costs far less."""
    pattern: re.Pattern[str]


def _kind(name: str, cues: str, pattern: str) -> Kind:
    """Return a kind of whole words or of endings such as "'ll"; cues are separated by bars."""
    words = re.compile(rf"\b(?:{pattern})(?!\w)", re.VERBOSE)
    return Kind(name, tuple(cues.split("|")), words)


COUNT = r"(?:an?|one|two|three|five|ten|fifteen|twenty|thirty|some|\d+|until|till)"
DELIVERING = (
    r"(?:sending|shipping|pushing|deploying|releasing|merging|publishing|uploading|posting|handing"
    r"|forwarding|e-?mailing|fixing|patching|doing(?=\s(?:it|this|that)\b))"
)

ALWAYS = (
    _kind(
        "will",
        "'ll|wil|shall|gonna|gunna|going to",
        r"'ll | will | wil | shall | gonna | gunna | going\sto",
    ),
    _kind(
        "idiom",
        "leave|consider|my word|our word|count on|on it|on this|owe you|care of|got this|all over",
        r"""leave\s(?:it|this|that)\s(?:with|to)\s(?:me|us) | consider\s(?:it|this)\sdone
          | (?:i|we)\sowe\syou\san?\s(?:answer|update|reply|response)
          | (?:i|we)\scan\stake\scare\sof | (?:i|we)(?:'ve)?\sgot\sthis(?=\W*\Z)
          | you\shave\s(?:my|our)\sword | count\son\s(?:me|us|it|having|getting|hearing)
          | (?:i'm|we're|i\sam|we\sare)\s(?:all\sover|on)\s(?:it|this)""",
    ),
    _kind("oath", "promise", r"(?<=,\s)promised?(?=\W*\Z)"),
    _kind(
        "opener",
        "on it|hold |hang ",
        r"""(?:hold|hang)\s(?:on|tight)(?=[,.;:!])
          | on\sit(?=\W*\Z|[,.;:!]|\s(?:[–—-]|now|right\snow|asap))""",
    ),
    _kind(
        "doing",
        "sending|shipping|pushing|deploying|releasing|merging|publishing|uploading|posting|handing"
        "|forwarding|mailing|fixing|patching|doing ",
        rf"{DELIVERING}(?=\s)",
    ),
    _kind(
        "action",
        "action|todo",
        r"""(?:(?<=\#)action(?:\sitem)?|action(?:\sitem)?\s?[\]:)–-]|todo\s?:)\s*
            (?:[\w-]+(?:\s(?:and|&)\s[\w-]+)?\s)?\s*to(?=\s\w)""",
    ),
    _kind(
        "outlook",
        "about to|promise to|commit|plan|aim|intend|hope|hoping|expect|prepar|schedul|set to"
        "|on track|shooting|target|tentative",
        r"""(?:about|promise|commit(?:ted)?|plan(?:ning|s)?|aim(?:ing|s)?|intend(?:ing|s)?
              |hop(?:e|ing)|expect(?:ing|s)?|prepar(?:e|ing)|scheduled|set|on\strack)\sto
          | plan(?:ning)?\son | (?:aim(?:ing)?|hop(?:e|ing)|shooting|on\strack)\sfor
          | targeting | tentatively""",
    ),
    _kind("should", "should", "should"),
    _kind("expect", "expect", r"expect(?=\s(?:an?|the|it|this|to\shear|more|our|some|another)\b)"),
    _kind(
        "wait",
        "allow|give|gimme|one sec|one mo|one min|1 sec|1 min|just a|a quick|brb|bear",
        rf"""(?:(?:give|allow)(?:\sme|\sus)|gimme|allow(?=\ssome))
              \s(?:(?:just|about|like|maybe|up\sto)\s)?{COUNT}(?=[\s-]\w|\W*\Z|[,.!])
          | (?<!\bin\s)(?:one|1|just\sa|gimme\sa|a\squick)\s(?:sec|second|moment|min|minute|mo)
          | bear(?:ing)?\swith\s(?:me|us) | brb""",
    ),
    _kind("let", "let me|let us|lemme|allow", r"(?:let|allow)\s(?:me|us)|lemme"),
    _kind("ill", "ill |il |i'l ", rf"(?:ill?|i'l)(?=\s(?:be|{one_of(ACTS)}))"),
)
WITH_A_TIME = (
    _kind("short", "'m |'re ", r"(?:(?<=\bi)'m|(?<=\bwe)'re)(?=\s\w+ing\b)"),
    _kind(
        "aimed",
        "plan|goal|target|aim|intention|owe|need|back ",
        r"""(?:our|my|the)\s(?:current\s)?(?:plan|goal|target|aim|intention)\sis
          | (?:we|i)\s(?:owe|need(?=\s(?:until|till|another|about|an?\s|some\smore|two|three|\d)))
          | back(?=\sto\syou\b|\s(?:in|by|at|within|to)\s[^,.]{0,40}\b(?:with|to\syou)\b)""",
    ),
    _kind("back", "back in", r"back\sin(?=\s\d)"),
    _kind(
        "goes",
        "goes |comes |ships|lands|rolls |follows",
        r"(?:goes|comes)\s(?:out|live)|follows|ships|lands|rolls\sout",
    ),
    _kind(
        "effort",
        "try|want|looking|working|continu",
        r"(?:try|trying|want|looking|working|continue|continuing)\s(?:to|on)|try(?=\s\w)",
    ),
    _kind("can", "i can|we can|team can", "can"),
    _kind("would", "would", "would"),
    _kind(
        "eta",
        "eta|update|by |before |within ",
        r"""eta | (?:next|another)\supdate
          | (?:yes|yep|yup|yeah|sure|ok|okay)[,.!]?\s(?:by|before|within)""",
    ),
    _kind(
        "slated",
        "schedul|planned|expected|slated|target|set |due |slotted|booked|pencil|lined|blocked"
        "| list |agenda|calendar|plate|radar",
        r"""(?:scheduled|planned|expected|slated|targeted|(?<!all\s)set)\s(?:to|for|on|by)
          | due\s(?:to|out) | blocked\s(?:out|off)
          | (?:scheduled|planned|slotted|booked|pencill?ed|lined)\s(?:\w+\s){1,6}?(?:for|on)
          | on\s(?:my|our|the)\s(?:\w+\s)?(?:list|agenda|calendar|plate|schedule|radar)\sfor""",
    ),
    _kind(
        "now",
        "we are |i am |coming|landing|shipping|rolling|following|arriving|going ",
        r"(?:am|are|is)(?=\s\w+ing\b)",
    ),
)
"""These commit only beside a time."""
MOST = 8
"""Such words that are looked at in one sentence."""


def kinds_in(words: str, kinds: tuple[Kind, ...]) -> tuple[Kind, ...]:
    """Return those of the kinds that the words may contain; most messages have none."""
    return tuple(kind for kind in kinds if any(map(words.__contains__, kind.cues)))


def modals(sentence: str, kinds: Iterable[Kind]) -> list[tuple[str, re.Match[str]]]:
    """Return the words that may turn a sentence to the future, in order, and of what kind."""
    found = [
        (match.start(), order, kind.name, match)
        for order, kind in enumerate(kinds)
        for match in islice(kind.pattern.finditer(sentence), MOST)
    ]
    found.sort(key=itemgetter(0, 1))
    kept: list[tuple[str, re.Match[str]]] = []
    for start, _, name, match in found:
        if not kept or start >= kept[-1][1].end():
            kept.append((name, match))
    return kept[:MOST]
