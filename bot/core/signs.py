"""What speaks for a reply: what the customer wrote, and how the conversation stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.core.values import value

LONGEST = 1_000
"""Characters that are read of what the customer wrote."""
FEW = 6
"""Words: a problem told in fewer leaves much open."""


@value
class Asked:
    """What the customer wrote, and what has been understood of it."""

    text: str = ""
    kind: str = ""
    """Such as question, problem, chase; empty where it is not known."""
    needs_reply: bool = True
    upset: bool = False


@value
class Standing:
    """How the conversation stands."""

    answered: bool = False
    """We have written in it before."""
    chases: int = 0
    promised: bool = False
    """A promise is open."""
    overdue: bool = False
    apologised: bool = False
    out_of_hours: bool = False


@dataclass(frozen=True, slots=True)
class Sign:
    """Something that is so, said in a clause, and the situations that it speaks for or against."""

    why: str
    points: dict[str, float]


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(patterns)})\b", re.VERBOSE)


SIGNS = {
    "message": Sign(
        "it suits almost any message", {"acknowledge": 2, "clarify": 1.5, "handover": 1}
    ),
    # what kind of message it is
    "question": Sign("they ask something", {"acknowledge": 2, "clarify": 2, "handover": 1}),
    "problem": Sign(
        "something does not work for them", {"bug": 4, "acknowledge": 2.5, "clarify": 2}
    ),
    "complaint": Sign("they complain", {"calm": 4, "apologise": 5, "handover": 1.5, "delay": 1}),
    "chase": Sign(
        "they chase", {"holding": 5.5, "delay": 5, "fixed": 3, "apologise": 1, "acknowledge": -2}
    ),
    "thanks": Sign("they say thanks", {"close": 6, "feedback": 3, "holding": 2, "acknowledge": -1}),
    "acknowledgement": Sign("they have taken note", {"close": 4, "holding": 2}),
    "resolved": Sign("it works for them again", {"close": 7, "feedback": 3, "fixed": 2.5}),
    "request": Sign("they want something done", {"acknowledge": 3, "no": 2.5, "clarify": 2}),
    "info": Sign("they add to what they told you", {"acknowledge": 3, "holding": 2.5, "bug": 1.5}),
    "greeting": Sign("they have only said hello", {"clarify": 4, "acknowledge": 2}),
    "praise": Sign("they tell you what they think", {"feedback": 7, "close": 2}),
    # what else their words tell
    "wish": Sign("they wish for what may not exist", {"no": 6, "feedback": 5}),
    "favour": Sign("they ask for an exception", {"no": 6, "handover": 3}),
    "fault": Sign("they name a fault", {"bug": 3, "apologise": 1}),
    "charged": Sign(
        "money is at stake", {"apologise": 5, "acknowledge": 2.5, "handover": 1.5, "no": -2}
    ),
    "fixed": Sign("they ask whether it is fixed", {"fixed": 5, "holding": 3, "delay": 1}),
    "others": Sign("they ask for somebody else", {"handover": 7, "acknowledge": 1}),
    "vague": Sign("it leaves open what exactly is wrong", {"clarify": 4}),
    "upset": Sign("they are upset", {"calm": 6, "apologise": 4, "clarify": -1}),
    "quiet": Sign("it needs no answer", {"close": 3, "feedback": 1}),
    # how the conversation stands
    "chased": Sign("they have asked before", {"holding": 3, "delay": 3, "acknowledge": -2}),
    "overdue": Sign(
        "your promise is overdue",
        {"delay": 4, "apologise": 3, "moving": 2.5, "holding": 1, "acknowledge": -2},
    ),
    "promised": Sign(
        "you have promised something", {"moving": 3, "holding": 2.5, "fixed": 1, "acknowledge": -2}
    ),
    "answered": Sign("you are already talking", {"holding": 1, "fixed": 1, "acknowledge": -1}),
    "out_of_hours": Sign("it is outside your hours", {"out_of_hours": 9}),
    "apologised": Sign(
        "you have already apologised", {"apologise": -9, "holding": 1, "delay": 1, "calm": 0.5}
    ),
}

SAID = {
    "chase": _any(
        r"any\ (?:update|news|progress|word|luck|movement|eta) | status\b.{0,20}\? | eta\?",
        r"still\ (?:waiting|no|nothing|not|haven'?t|open|pending) | following\ up | follow-?up\ on",
        r"checking\ (?:in|back) | bump\w* | how\ much\ longer | heard\ (?:back|nothing|anything)",
        r"where\ (?:are\ we|do\ we\ stand|is\ (?:this|it|my|our))",
        r"you\ (?:said|promised|told\ us) | (?:was|were)\ (?:supposed|meant|promised)\ to",
    ),
    "thanks": _any("thanks? | thank\\ you | thx | cheers | ty | appreciated | appreciate\\ it"),
    "resolved": _any(
        r"(?<!not\ )(?<!n't\ )(?<!stopped\ )(?:works?|working|running|fixed|solved|resolved|sorted)"
        r"\ (?:now|again|fine|perfectly)",
        r"(?:all|everything|it|that)(?:'s|\ is|\ has)?\ (?:been\ )?(?:good|fine|sorted|solved"
        r"|resolved|back)",
        r"(?:that|this|it)\ (?:did\ (?:it|the\ trick)|worked|helped)",
        r"(?:can|you)\ close\ (?:this|it)",
    ),
    "praise": _any(
        "loves? | loving | impressed | fan\\ of | delighted | enjoy\\w* | feedback | suggestion",
        r"(?:great|fantastic|brilliant|excellent|superb|amazing)"
        r"\ (?:job|work|service|support|tool|feature|release|team)",
        r"made\ (?:my|our)\ (?:day|week) | one\ thought",
    ),
    "wish": _any(
        r"(?:would|it'd)\ be\ (?:great|nice|good|lovely|useful|helpful|cool)\ (?:if|to)",
        r"feature\ request | wish\ (?:it|we|you|there) | any\ (?:plans?|chance)\ (?:to|for|of)",
        r"on\ (?:the|your)\ roadmap | could\ you\ (?:add|build|support) | integrat(?:e|ion)\ with",
        r"(?:do|does|will)\ (?:you|it)\ (?:plan|support|offer)\w*",
    ),
    "favour": _any(
        r"discount\w* | waive | exception\ for | for\ free | refund\w*",
        r"custom\ (?:build|contract)",
        r"extend\w*\ (?:our|my|the)\ (?:trial|deadline|contract)",
    ),
    "charged": _any(r"charged | billed | overcharg\w+ | refund\w* | paid\ twice"),
    "fixed": _any(
        r"(?:is|has|was)\ (?:it|this|that|the\ [\w\ ]{1,30}?)\ (?:been\ )?"
        r"(?:fixed|resolved|solved|deployed|released|live|out|done)",
        r"fix(?:ed)?\ (?:out|live|released|deployed)\ (?:yet|already)",
    ),
    "others": _any(
        r"(?:speak|talk)\ (?:to|with)\ (?:an?|your|the|some\w+) | someone\ else | right\ person",
        r"(?:your|an?)\ (?:manager|supervisor|account\ manager|engineer|developer"
        r"|(?:technical|security|sales|finance|legal)\ (?:team|person|contact))",
        r"escalate\w* | who\ (?:can|could|should|handles|looks|is\ (?:the|our|responsible))",
    ),
    "complaint": _any(
        r"unacceptable | not\ acceptable | disappoint\w* | frustrat\w+ | ridiculous | fed\ up",
        r"let\ (?:us|me)\ down | complain\w* | waste\ of | poor\ (?:service|support) | yet\ again",
        r"(?:second|third|fourth|fifth)\ time | every\ (?:single\ )?time | nobody | no\ one",
        r"terrible | awful | worst",
    ),
    "fault": _any(
        r"error\w* | bug | crash\w* | exception | fail(?:s|ed|ing|ures?)? | broken | stuck",
        r"times?\ ?out | timeouts? | [45]\d\d | blank | missing | wrong | duplicate\w*",
        r"stop(?:s|ped) | freez\w+ | (?:does|do|is|did|are|ca|wo)n'?t | cannot",
        "unable | down | slow",
        r"not\ (?:work|load|sav|sync|show|arriv|receiv|send)\w*",
    ),
    "request": _any(
        r"please | (?:can|could|would)\ you | kindly | requesting | i'd\ like",
        r"(?:we|i)\ (?:need|want|would\ like)",
    ),
    "question": re.compile(r"\?|\b(?:how|what|when|where|which|why) (?:do|is|are|can|should|to)\b"),
}
GREETING = re.compile(r"\W*(?:hi|hello|hey|good\ (?:morning|afternoon|evening))\b[^?]{0,20}")
FIRST_OF = ("resolved", "chase", "complaint", "fault", "request", "question", "thanks")
"""Which of several kinds a message is of."""
DETAILS = ("wish", "favour", "charged", "fixed", "others", "praise")
"""What is looked for besides the kind."""
KINDS = frozenset(FIRST_OF) - {"fault"} | {
    *("problem", "acknowledgement", "info", "greeting", "praise"),
}


def signs(asked: Asked, standing: Standing) -> Iterator[Sign]:
    """Yield all that speaks for or against a reply."""
    words = asked.text[:LONGEST].lower().replace("\u2019", "'")
    kind = asked.kind if asked.kind in KINDS else _kind(words)
    held = {
        "message": True,
        **{name: SAID[name].search(words) for name in DETAILS},
        kind: True,
        "vague": kind == "problem" and len(words.split()) <= FEW,
        "fault": kind != "problem" and SAID["fault"].search(words),
        "upset": asked.upset,
        "quiet": not asked.needs_reply,
        "chased": standing.chases,
        "overdue": standing.overdue,
        "promised": standing.promised and not standing.overdue,
        "answered": standing.answered,
        "out_of_hours": standing.out_of_hours,
        "apologised": standing.apologised,
    }
    yield from (SIGNS[name] for name, holds in held.items() if holds and name in SIGNS)


def _kind(words: str) -> str:
    """Return what kind of message it seems to be; empty if nothing tells."""
    if GREETING.fullmatch(words.strip()):
        return "greeting"
    kind = next((name for name in FIRST_OF if SAID[name].search(words)), "")
    return "problem" if kind == "fault" else kind
