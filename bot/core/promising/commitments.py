"""The grammar of commitment: who says that they will do what."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from bot.core.promising import phrases
from bot.core.promising.modals import MODAL, MODAL_WITH_A_TIME
from bot.core.promising.phrases import after, at_end, one_of


class Strength(StrEnum):
    FIRM = "firm"
    HEDGED = "hedged"
    IMMEDIATE = "immediate"


class Needs(StrEnum):
    """What else has to be said for the words to promise anything."""

    NOTHING = "nothing"
    HORIZON = "horizon"
    """A time, be it as vague as "soon"."""
    TIME = "time"


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """Words that commit, unless those around them take it back; places are in the sentence."""

    start: int
    verb: int
    """Where the words for what will be done begin."""
    why: str
    needs: Needs = Needs.NOTHING
    strength: Strength = Strength.FIRM
    ours: bool = True
    """We are said to act; else something is said to happen."""


US = at_end(phrases.US)
YOU = at_end("(?:you|u)")
THING = at_end(phrases.THING)
PERSON = re.compile(r"\b(?:he|she|who|you|they)\s?\Z|(?<![\w'-])(?:i|we)(?!\w)")
NOUN = re.compile(rf"(?<![\w'-]){phrases.NOUN}(?!\w)")
OPENING = re.compile(
    r"""(?:[^\w]|\b(?:ok|okay|sure|yes|yeah|yep|yup|thanks?|thank\syou|thx|ty|hi|hey|hello|got\sit
        |noted|alright|all\sright|cool|great|perfect|np|no\sproblem|no\sworries|right|well|so|and
        |then|also|now|but|sorry|ah|oh|hmm+|understood|fixed|done|cheers|good\scatch|good\spoint
        |merged|indeed|looking|checking|on\sit|makes\ssense)\b)*\Z""",
    re.VERBOSE,
)
"""What may stand before words that leave out who acts."""
CLAUSE = re.compile(r"[.,;:–—(]|\s-\s")
CARRIED = re.compile(r"(?:\b(?:and|but|so|then|or)|[,&–-])\s*(?:\w+ly\s)?\Z")
"""After these, who acts may be whoever did before."""
SELF = re.compile(r"(?<![\w'-])(?:i|we)(?!\w)")
OTHERS = re.compile(r"(?<![\w'-])(?:he|she|it|they|this|that)(?!\w)")
DOING = re.compile(r"\W*(?:\w+,?\s){0,2}\w+(?:ing|ed)\b")

ACTING = after(
    rf"{one_of(phrases.ACTS)}|be\s(?:in\stouch|back\s(?:to|with|in)|right\s(?:back|with)|with\syou)\b"
)
LOOKING = after(one_of(phrases.ACTS - phrases.NOT_LOOKING))
ACTING_NOW = after(rf"(?!{phrases.NOT_ACTING})\w+ing\b")
COMING = after(r"(?:coming|landing|shipping|going\s(?:out|live)|rolling\sout|following|arriving)\b")
FREE = after(rf"(?:{phrases.OFFERED})\b")
ABLE = after(r"be\sable\sto\b")
RESULT = after(
    r"(?:have|be\s(?:able|done|finished|ready|in\sa\sposition)|finish|get|hear|know|see|receive|reach)\b"
)
MADE = after(
    rf"(?:be|get|have\sbeen){phrases.ADVERB}\s{phrases.MADE}|go\s(?:out|live)\b|(?:land|ship|release)\b"
)
THERE = after(
    rf"(?:be|get){phrases.ADVERB}\s(?:on\sits\sway|{phrases.PRESENT})"
    r"|(?:arrive|reach|come\s(?:out|in|with)|include|contain|have|fix|resolve|address|make\sit|drop"
    r"|hit|follow|work|appear|show\sup|happen|start|finish|take\splace)\b"
)
PASSIVE = after(r"(?:be|get|go|arrive|come|have\sbeen|reach)\b")
RECEIVE = after(r"(?:to\s)?(?:have|get|receive|hear|see|an?|the|it|more|our|another|some)\b")
FROM_US = re.compile(
    r"\b(?:hear|get|receive|have|update|answer|reply|response)\b.{0,40}\bfrom\s(?:us|me|our)\b"
)
HEDGE = re.compile(
    r"\b(?:probably|likely|try(?:ing)?\sto|tentatively|should|attempt\sto|do\s(?:my|our)\sbest"
    r"|be\sable\sto)\b"
)
RESERVED = re.compile(
    r"\b(?:unless|i\sthink|(?:i|we)\sbelieve|if\s(?:nobody|no\sone|nothing|all\sgoes|everything))\b"
)
MOST = 8
"""Words like "will" that are looked at in one sentence."""
REACH = 90
"""Characters before the modal that are searched for who acts."""


def commitments(sentence: str, *, timed: bool) -> list[Commitment]:
    """Return all words of a sentence that may commit, in order.

    Some do only in a sentence that names a time, such as "I can send it".
    """
    modals = (MODAL_WITH_A_TIME if timed else MODAL).finditer(sentence)
    found = (_commitment(sentence, modal) for modal in islice(modals, MOST))
    return [one for one in found if one]


def _commitment(sentence: str, modal: re.Match[str]) -> Commitment | None:
    kind = modal.lastgroup or ""
    if kind in ("let", "wait", "ill", "idiom", "aimed", "eta"):
        return _plainly(sentence, modal, kind)
    first = max(0, modal.start() - REACH)
    before = sentence[first : modal.start()]
    if us := US.search(before):
        return _by_us(sentence, modal, kind, first + us.start("who"))
    you = YOU.search(before)
    if kind == "expect" or (you and kind in ("will", "should")):
        return _for_you(sentence, modal, first + you.start("who") if you else modal.start())
    if you or kind in ("can", "short"):
        return None
    return _by_thing(sentence, modal, kind, first) or _left_out(sentence, modal, kind, first)


def _plainly(sentence: str, modal: re.Match[str], kind: str) -> Commitment | None:
    """Read what needs no actor: "let me …", "give me a minute", "leave it with me", "ETA …"."""
    start, end = modal.span()
    if kind == "ill":
        return Commitment(start=start, verb=end, why="it says what we will do")
    if kind == "idiom":
        return Commitment(start=start, verb=end, why="it takes the matter on")
    if kind == "eta":
        why = "it says when to expect it"
        return Commitment(start=start, verb=start, needs=Needs.TIME, ours=False, why=why)
    if kind == "aimed":
        why, hedged = "it says when we mean to have it", Strength.HEDGED
        return Commitment(
            start=start, verb=start, needs=Needs.TIME, strength=hedged, ours=False, why=why
        )
    if kind == "let" and not LOOKING.match(sentence, end):
        return None
    verb = end if kind == "let" else start
    why = "it asks for a moment"
    return Commitment(start=start, verb=verb, strength=Strength.IMMEDIATE, why=why)


def _by_us(sentence: str, modal: re.Match[str], kind: str, start: int) -> Commitment | None:
    """Read what follows "we will", "I plan to", "our team should"."""
    end = modal.end()
    needs = {
        "will": Needs.HORIZON if ABLE.match(sentence, end) else Needs.NOTHING,
        "outlook": Needs.HORIZON,
        "should": Needs.HORIZON,
    }.get(kind, Needs.TIME)
    lacking = (
        (kind == "should" and not RESULT.match(sentence, end))
        or (kind == "can" and (FREE.match(sentence, end) or not ACTING.match(sentence, end)))
        or (kind in ("now", "short") and not ACTING_NOW.match(sentence, end))
    )
    if lacking:
        return None
    firmly = kind in ("will", "now", "short") and not _is_hedged(sentence, start)
    return Commitment(
        start=start,
        verb=end,
        needs=needs,
        strength=Strength.FIRM if firmly else Strength.HEDGED,
        why="it says what we will do" if kind == "will" else "it says what we mean to do",
    )


def _is_hedged(sentence: str, start: int) -> bool:
    return bool(HEDGE.search(sentence, start) or RESERVED.search(sentence))


def _for_you(sentence: str, modal: re.Match[str], start: int) -> Commitment | None:
    """Read "you will hear from us", "expect a fix by Friday"."""
    if not RECEIVE.match(sentence, modal.end()):
        return None
    return Commitment(
        start=start,
        verb=modal.end(),
        needs=Needs.NOTHING if FROM_US.search(sentence, start) else Needs.HORIZON,
        strength=Strength.HEDGED if modal[0] == "should" else Strength.FIRM,
        ours=False,
        why="it says what they will get",
    )


def _by_thing(sentence: str, modal: re.Match[str], kind: str, first: int) -> Commitment | None:
    """Read "the fix will be out on Friday", "V2 is going to be published in May"."""
    before, end = sentence[first : modal.start()], modal.end()
    thing = THING.search(before)
    made, there = MADE.match(sentence, end), THERE.match(sentence, end)
    if kind in ("slated", "now"):
        if not thing or (kind == "now" and not COMING.match(sentence, end)):
            return None
        needs = Needs.TIME
    elif thing and (made or there) and kind in ("will", "should"):
        if thing["who"] in ("they", "which") and not PASSIVE.match(sentence, end):
            return None
        sure = kind == "will"
        needs = Needs.NOTHING if made and sure else Needs.HORIZON if made or sure else Needs.TIME
    elif made and before.strip()[-1:].isalnum() and not PERSON.search(before):
        needs = Needs.HORIZON if CARRIED.search(before) and NOUN.search(before) else Needs.TIME
    else:
        return None
    return Commitment(
        start=first + thing.start("who") if thing else modal.start(),
        verb=end,
        needs=needs,
        strength=Strength.FIRM if kind == "will" else Strength.HEDGED,
        ours=False,
        why="it says when it will be there",
    )


def _left_out(sentence: str, modal: re.Match[str], kind: str, first: int) -> Commitment | None:
    """Read what leaves out who acts: "will check", "fixed, will be in tomorrow's build"."""
    before, end = sentence[first : modal.start()], modal.end()
    clause = CLAUSE.split(before)[-1]
    opening = OPENING.match(clause)
    carried = CARRIED.search(before) and (
        SELF.search(before) or (DOING.match(clause) and not OTHERS.search(clause))
    )
    if not (opening or carried):
        return None
    firmly = kind == "will" and not _is_hedged(sentence, end)
    strength = Strength.FIRM if firmly else Strength.HEDGED
    if kind == "will" and ACTING.match(sentence, end):
        why = "it says what we will do"
        return Commitment(start=modal.start(), verb=end, strength=strength, why=why)
    if MADE.match(sentence, end) or (opening and THERE.match(sentence, end)):
        needs, ours, why = Needs.HORIZON, False, "it says when it will be there"
    elif (kind == "should" and RESULT.match(sentence, end)) or (
        kind in ("outlook", "effort", "slated") and opening
    ):
        needs, ours, why = Needs.TIME, True, "it says what we mean to do"
    else:
        return None
    return Commitment(
        start=modal.start(), verb=end, needs=needs, strength=strength, ours=ours, why=why
    )
