"""The grammar of commitment: who says that they will do what."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum

from bot.core.promising import actors, verbs
from bot.core.promising.modals import Kind, modals
from bot.core.values import value


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


@value
class Commitment:
    """Words that commit, unless those around them take it back; places are in the sentence."""

    why: str
    start: int = 0
    verb: int = 0
    """Where the words for what will be done begin."""
    needs: Needs = Needs.NOTHING
    strength: Strength = Strength.FIRM
    ours: bool = True
    """We are said to act; else something is said to happen."""


HEDGE = re.compile(
    r"\b(?:probably|likely|try(?:ing)?\sto|tentatively|should|attempt\sto|do\s(?:my|our)\sbest"
    r"|be\sable\sto)\b"
)
RESERVED = re.compile(
    r"\b(?:unless|i\sthink|(?:i|we)\sbelieve|if\s(?:nobody|no\sone|nothing|all\sgoes|everything))\b"
)
REACH = 90
"""Characters before the modal that are searched for who acts."""
PLAIN = {
    "ill": Commitment(why="it says what we will do"),
    "action": Commitment(why="it takes the matter on"),
    "idiom": Commitment(why="it takes the matter on", ours=False),
    "oath": Commitment(why="it promises", needs=Needs.TIME, ours=False),
    "eta": Commitment(why="it says when to expect it", needs=Needs.TIME, ours=False),
    "aimed": Commitment(
        why="it says when we mean to have it",
        needs=Needs.TIME,
        strength=Strength.HEDGED,
        ours=False,
    ),
    "wait": Commitment(why="it asks for a moment", strength=Strength.IMMEDIATE),
    "let": Commitment(why="it says what we do now", strength=Strength.IMMEDIATE),
}
"""What commits whoever is said to act."""
VERB_FOLLOWS = ("ill", "action", "idiom", "let")


def commitments(sentence: str, kinds: Iterable[Kind]) -> list[Commitment]:
    """Return all words of a sentence that may commit, in order, of these kinds."""
    found = (_commitment(sentence, kind, modal) for kind, modal in modals(sentence, kinds))
    return [one for one in found if one]


def _commitment(sentence: str, kind: str, modal: re.Match[str]) -> Commitment | None:
    if kind in PLAIN:
        return _plainly(sentence, modal, kind)
    first = max(0, modal.start() - REACH)
    before = sentence[first : modal.start()]
    us = actors.US.search(before)
    if us and not actors.THEIR_TEAM.search(before):
        return _by_us(sentence, modal, kind, first + us.start("who"))
    if kind in ("opener", "back", "doing"):
        return _opening(modal, kind, before)
    you = actors.YOU.search(before)
    if kind == "expect" or (you and kind in ("will", "should")):
        return _for_you(sentence, modal, first + you.start("who") if you else modal.start())
    if you or kind in ("can", "short"):
        return None
    return (
        _by_thing(sentence, modal, kind, first)
        or _by_colleague(sentence, modal, kind, first)
        or _left_out(sentence, modal, kind, first)
    )


def _plainly(sentence: str, modal: re.Match[str], kind: str) -> Commitment | None:
    """Read what needs no actor: "let me …", "give me a minute", "leave it with me", "ETA …"."""
    start, end = modal.span()
    plain = PLAIN[kind]
    if kind == "let" and not verbs.LOOKING.match(sentence, end):
        if not verbs.ACTING.match(sentence, end):
            return None
        plain = replace(plain, needs=Needs.HORIZON)
    if kind == "oath":
        return plain
    return replace(plain, start=start, verb=end if kind in VERB_FOLLOWS else start)


def _opening(modal: re.Match[str], kind: str, before: str) -> Commitment | None:
    """Read "on it", "back in 20", "sending it over this afternoon", said without "I am"."""
    if not actors.OPENING.match(actors.CLAUSE.split(before)[-1]):
        return None
    return Commitment(
        start=modal.start(),
        verb=modal.start(),
        needs={"opener": Needs.NOTHING, "doing": Needs.HORIZON}.get(kind, Needs.TIME),
        strength=Strength.FIRM if kind == "doing" else Strength.IMMEDIATE,
        ours=False,
        why="it takes the matter on",
    )


def _by_us(sentence: str, modal: re.Match[str], kind: str, start: int) -> Commitment | None:
    """Read what follows "we will", "I plan to", "our team should"."""
    end = modal.end()
    needs = {
        "will": Needs.HORIZON if verbs.ABLE.match(sentence, end) else Needs.NOTHING,
        "outlook": Needs.HORIZON,
        "should": Needs.HORIZON,
    }.get(kind, Needs.TIME)
    if _is_lacking(sentence, modal, kind, start):
        return None
    firmly = kind in ("will", "now", "short") and not _is_hedged(sentence, start)
    return Commitment(
        start=start,
        verb=end,
        needs=needs,
        strength=Strength.FIRM if firmly else Strength.HEDGED,
        ours=kind not in ("expect", "slated"),
        why="it says what we will do" if kind == "will" else "it says what we mean to do",
    )


def _is_lacking(sentence: str, modal: re.Match[str], kind: str, start: int) -> bool:
    """Tell whether "we can", "we should", "we are" go on with something else than our work."""
    end = modal.end()
    if kind == "can":
        offered = verbs.FREE.match(sentence, end) or verbs.IF.search(sentence, end)
        purpose = verbs.THAT.search(sentence[:start])
        return bool(offered or purpose) or not verbs.ACTING.match(sentence, end)
    if kind == "should":
        return not verbs.RESULT.match(sentence, end)
    if kind == "expect":
        refused = verbs.NEGATED.search(sentence[: modal.start()])
        return bool(refused) or not verbs.TO_BE.match(sentence, end)
    if kind in ("now", "short"):
        return not verbs.ACTING_NOW.match(sentence, end)
    return kind in ("would", "opener")


def _is_hedged(sentence: str, start: int) -> bool:
    return bool(HEDGE.search(sentence, start) or RESERVED.search(sentence))


def _for_you(sentence: str, modal: re.Match[str], start: int) -> Commitment | None:
    """Read "you will hear from us", "expect a fix by Friday"."""
    refused = verbs.NEGATED.search(sentence[: modal.start()])
    if refused or not verbs.RECEIVE.match(sentence, modal.end()):
        return None
    return Commitment(
        start=start,
        verb=modal.end(),
        needs=Needs.NOTHING if verbs.FROM_US.search(sentence, start) else Needs.HORIZON,
        strength=Strength.HEDGED if modal[0] == "should" else Strength.FIRM,
        ours=False,
        why="it says what they will get",
    )


def _by_thing(sentence: str, modal: re.Match[str], kind: str, first: int) -> Commitment | None:
    """Read "the fix will be out on Friday", "V2 is going to be published in May"."""
    before, end = sentence[first : modal.start()], modal.end()
    thing = actors.THING.search(before)
    made = verbs.MADE.match(sentence, end)
    there = verbs.THERE.match(sentence, end) or verbs.DELIVERED.match(sentence, end)
    if kind == "goes":
        if not (thing or (actors.CARRIED.search(before) and actors.NOUN.search(before))):
            return None
        needs = Needs.TIME
    elif kind == "would":
        if not (thing and made) or verbs.IF.search(sentence):
            return None
        needs = Needs.TIME
    elif kind in ("slated", "now"):
        if not thing or (kind == "now" and not verbs.COMING.match(sentence, end)):
            return None
        needs = Needs.TIME
    elif thing and (made or there) and kind in ("will", "should"):
        vague = thing["who"] in ("they", "which") and not actors.NOUN.search(before)
        if vague and not verbs.PASSIVE.match(sentence, end):
            return None
        sure = kind == "will"
        needs = Needs.NOTHING if made and sure else Needs.HORIZON if made or sure else Needs.TIME
    elif (
        (made or (there and verbs.DELIVERED.match(sentence, end)))
        and before.strip()[-1:].isalnum()
        and not actors.PERSON.search(before)
    ):
        needs = (
            Needs.HORIZON
            if actors.CARRIED.search(before) and actors.NOUN.search(before)
            else Needs.TIME
        )
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


def _by_colleague(sentence: str, modal: re.Match[str], kind: str, first: int) -> Commitment | None:
    """Read "I've asked Dana, she will call you", "Dana will get back to you"."""
    before, end = sentence[first : modal.start()], modal.end()
    if kind != "will" or not verbs.CONTACT.match(sentence, end):
        return None
    they = actors.THEY.search(before)
    who = (
        they
        if they and actors.OUR_PEOPLE.search(before)
        else None
        if they
        else actors.NAME.match(before)
    )
    if not who:
        return None
    start = first + (who.start() if who is they else who.start("who"))
    return Commitment(start=start, verb=end, why="it says what a colleague will do", ours=False)


def _left_out(sentence: str, modal: re.Match[str], kind: str, first: int) -> Commitment | None:
    """Read what leaves out who acts: "will check", "fixed, will be in tomorrow's build"."""
    before, end = sentence[first : modal.start()], modal.end()
    clause = actors.CLAUSE.split(before)[-1]
    opening = actors.OPENING.match(clause)
    carried = actors.CARRIED.search(before) and (
        actors.SELF.search(before)
        or (actors.DOING.match(clause) and not actors.OTHERS.search(clause))
    )
    named = actors.CARRIED.search(before) and actors.NOUN.search(before)
    if not (opening or carried or named):
        return None
    firmly = kind == "will" and not _is_hedged(sentence, end)
    strength = Strength.FIRM if firmly else Strength.HEDGED
    if kind == "will" and (opening or carried) and verbs.ACTING.match(sentence, end):
        why = "it says what we will do"
        return Commitment(start=modal.start(), verb=end, strength=strength, why=why)
    if (
        verbs.MADE.match(sentence, end)
        or verbs.DELIVERED.match(sentence, end)
        or (opening and verbs.THERE.match(sentence, end))
    ):
        needs, ours, why = Needs.HORIZON, False, "it says when it will be there"
    elif (kind == "should" and verbs.RESULT.match(sentence, end)) or (
        kind in ("outlook", "effort", "slated") and (carried or (opening and modal[0] != "try"))
    ):
        needs, ours, why = Needs.TIME, True, "it says what we mean to do"
    else:
        return None
    return Commitment(
        start=modal.start(), verb=end, needs=needs, strength=strength, ours=ours, why=why
    )
