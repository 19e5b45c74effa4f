"""What takes a commitment back: a question, a condition, a doubt, an absence, a report."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

from bot.core.promising.commitments import Commitment
from bot.core.promising.phrases import after

NEGATED = after(r"(?:not|never|no\slonger|neither|hardly|rarely|n't)\b")
DOUBTED = re.compile(
    r"\b(?:hopefully|might|maybe|perhaps|possibly|fingers\scrossed|ideally|eventually|may\sbe"
    r"|(?:some|one)\s?day)\b"
)
UNKNOWN = re.compile(
    r"\b(?:not\s(?:sure|certain|clear)|unsure|(?:don't|do\snot|didn't)\s(?:think|believe|know|expect)"
    r"|doubt|wish|no\s(?:idea|eta|guarantee)|unlikely|unclear|wonder(?:ing)?"
    r"|(?:can't|cannot|can\snot|won't|unable\sto)\s(?:say|tell|promise|guarantee|commit))\b[^,;]*\Z"
)
SUBORDINATE = re.compile(r"\b(?:if|whether|when|what|how|why|where|who|until|than)\s\Z")
REPORTED = re.compile(
    r"\b(?:said|says?|told|tells|thought|mentioned|claims?|promised|wrote|asked|announced|heard)"
    r"(?:\s(?:that|me|us|you|him|them))*\s\Z"
)
ASKING = re.compile(
    r"\W*(?:(?:and|so|but|ok|also|or|hi|hey)\W+)*(?:do|does|did|can|could|would|will|shall|should"
    r"|is|are|was|were|have|has|what|when|how|why|who|where|which|any|may)\b"
)
TAG = re.compile(r"[,–—-]\s*[^,?]{1,30}\?\W*\Z|\b(?:ok|okay|right|alright)\s?\?\W*\Z")
ABSENT = (
    r"(?:leaving|travell?ing|flying|hosting|presenting|attending|having|holding|closing|seeing"
    r"|hanging|speaking|celebrating|missing|heading|managing|signing|logging|needing|wanting|going"
    r"|taking\s(?:time|a\s(?:break|day|week|few)|some|leave|off)|using|driving|running\slate|asking"
    r"|moving\s(?:to|house)|getting\soff|working\sfrom|waiting|offering|giving\saway|showing)\b"
)
PRESENT = (
    r"(?:able\sto|in\stouch|sure\sto|done|finished|ready|on\sit|with\syou|live|up\sand\srunning"
    r"|part\sof\syour|right\s(?:back|there|with)"
    r"|back\s(?:up|online|to\snormal|to\syou|with|in\s(?:touch|\d|an?\s|five|ten)"
    rf"|[^,.]{{0,30}}\swith\s(?:an?|the|your|some|more|news)\b)"
    r"|(?:on|online|there|here)\b[^,.]{0,40}\b(?:to\s(?!you|the)\w{2}|with\s(?:you|the|your|an?)\b)"
    rf"|(?!{ABSENT})\w+ing\b)"
)
NEED = (
    r"need(?!\s(?:until|till|about|another|an?\s|some\smore|\d"
    r"|to\s(?:check|ask|look|talk|speak|discuss|verify|confirm|investigate)\b"
    r"|the\s(?:weekend|day|week|afternoon|morning|night|rest)\b))"
)
"""To need something is no work; to need a while is to be at work until then."""
STATE = after(
    rf"""be\b(?!\s{PRESENT}) | {ABSENT}
      | see\b(?!\s(?:what|about|to\sit|(?:if|whether|how)\s(?:i|we)\b))
      | (?:accept|admit|agree|always|appreciate|assume|attend|believe|bet|celebrate|charge
        |consider|depend|end\sup|enjoy|expect|explain|find\sout\s(?:soon|eventually|together)
        |guess|hate|hear|hold|host|know
        |leave(?!\s(?:an?|this|it)\b)|like|lose|love|miss|{NEED}|never|prefer|present|quote|refuse|remain|remember|require
        |run\s(?:into|out)|say|skip|stick|think|wait|want)\b
      | close\b(?=\W*\Z|\s(?:at|on|early|for|from|over|between|tomorrow|today
          |this\s\w*(?:day|week|month|morning|afternoon|evening))\b)
      | have\sbeen\b
      | have\sto\s(?:disagree|agree|admit|say|refuse|go|leave|run|wait|see|be|pass|decline|stop
        |ask\syou)\b
      | have\s(?:our|the|an?)\s(?:[\w-]+\s){{0,3}}
        (?:meeting|hangout|webinar|call|holiday|party|break|workshop|session|demo|event|day\soff)\b
      | keep\s(?:this|that|it|your?\s\w+)\sin\smind | meet\b | open\sour
      | pass\b(?!\s(?:it|this|that|your|the|on|along))
      | go\sfrom\sthere
      | be\s(?:performing|doing|carrying\sout|running|having)\s(?:\w+\s){{0,3}}maintenance
      | let\s(?:you|them|him|her)\s(?!know\b|have\b)
      | stay\b(?!\s(?:on\s(?:this|it|top)|in\stouch))
      | (?:speak|talk)\s(?:to\syou\s)?(?:then|later|soon|tomorrow)
      | (?:the|a|an|my|our|your|this|that|it|you|we|i|they|there|of|to|in|on|at|by|for|with)\b
        (?!\s(?:least|turn|any|all|course|the\smean))"""
)
"""Not work for anybody, or no verb at all."""
OFFER = after(
    r"(?:be\s)?(?:(?:more\sthan|very|always|so)\s)?"
    r"(?:happy|glad|pleased|delighted|willing|here|around|available)\b"
)
CONDITION = re.compile(
    r"\b(?P<hard>if|in\scase|when|provided|assuming|as\slong\sas|should\syou|were\syou|whenever"
    r"|every\stime|each\stime|depending)\b|\b(?P<soft>once|after|as\ssoon\sas|until|till|upon)\b"
)
INDIRECT = re.compile(
    r"\b(?:sure|see|check(?:ing)?|sorry|wonder(?:ing)?|clear|confirm|verify|understand|remember"
    r"|certain|(?<!\blet me )(?<!\blet us )know|investigate|find\sout|figure\sout|look(?:ing)?|idea"
    r"|tell|ask|test|debug)(?:\s(?:you|us|me|them|into|it|this|internally|again|with\s[\w-]+(?:\s[\w-]+)?))?\s\Z"
)
"""Before "if", these ask whether; nothing hangs on it."""
OWN = re.compile(
    r"\s(?:i|we|our|my|nothing|no\s?one|nobody|all\s(?:goes|is|works)|everything|anything"
    r"|there\s(?:are|is)\sno|it|this|that|these|they|verified|confirmed|done|merged|approved|released"
    r"|the\s(?:fix|patch|release|build|team|version|issue|migration|work|change|pr)"
    r"|fixed|ready|finished|available|tested|reviewed)\b"
)
"""A condition that we see to ourselves."""
THEIRS = re.compile(r"\b(?:you|your|u|users?|customers?|clients?|someone|anyone|somebody|people)\b")
ITS = re.compile(r"\s(?:it|this|that|these|they)\b")
BREAK = re.compile(
    r"[,;–—]\s*(?:but|however|though|yet|in\sthe\smean\s?time|mean\s?while|either\sway|anyway)\b"
    r"|\bbut\b|;|\s[–—]\s"
)
REQUEST = re.compile(
    r"""(?:[^\w]|\b(?:please|pls|plz|kindly|just|hi|hey|hello|ok|okay|sure|and|so|also|then|or|thanks
          |otherwise|instead)\b)*
        (?:(?:can|could)\s(?:you|u)\s)?
        (?:send|share|dm|message|e-?mail|mail|open|file|create|submit|provide|give|post|drop|ping|tell
        |let\s(?:me|us)\sknow|contact|reach|raise|attach|upload|fill|click|try|run|check|reply|respond
        |comment|call|visit|join|make|point|hit|shoot|pm|log|feel\sfree|write|ask|add|use|set|choose
        |pick|select|install|go)\b(?!\s(?:me|us)\s(?:a\s)?(?:sec|min|moment))""",
    re.VERBOSE,
)
INVITED = re.compile(
    r"\b(?:(?:can|could|please|would)\b|(?:send|shoot|drop|dm|pm|message|write|e-?mail)\s)[^.]*"
    r"\b(?:dm|pm|(?:direct|private)\smessage|write\sin(?:to)?|e-?mail\sus|contact\s(?:us|support))\b"
)
"""Asks to be written to elsewhere, so that what follows hangs on it."""
AND_THEN = re.compile(r"(?:\b(?:and|so|then)|&|(?P<comma>,))\s(?:that\s)?(?:then\s)?\Z")
AFTERWARDS = re.compile(
    r"(?<!\beven\s)\b(?:if\s(?:you|u|needed|necessary|required|possible|that|anyone|someone|it"
    r"|(?:i|we)\s(?:get|have|find\stime|manage|can))"
    r"|(?:once|when(?:ever)?|after)\s(?:you|u|your)|(?:as\ssoon\sas|until)\s(?:you|u)|depending\son)\b"
    r"(?!(?:'re|\sare)\s(?:around|ok|okay|fine|available|free|there|online|happy|still)"
    r"|\sdon't\smind|\slike\b|\sslot)"
)
AGENT = re.compile(
    r"\bby\s(?:the|your|their|its)\s(?!end|close|time|week|month|quarter|year|start|beginning|middle"
    r"|first|\d|morning|afternoon|evening|following|next|coming|same|team|support|engineer|way)\w"
)
"""Who else acts in "it will be fixed by the carrier"."""
HABIT = re.compile(
    r"\b(?:automatically|(?:an?|the)\sautomat(?:ic|ed)|depending\son|by\sdefault|(?:all|every|each)\s(?:tickets?|messages?|requests?|e-?mails?|questions?)|every\stime|each\stime|always|usually|normally|typically)\b"
)
REACH = 40
"""Characters before a word that can belong to it."""
NEAREST = 4
"""Conditions that are looked at on either side."""
CLAUSE = re.compile(r"[,;:–—(]|\sbut\s")


@dataclass(frozen=True, slots=True)
class _Scene:
    """A commitment and the words around it."""

    sentence: str
    one: Commitment

    @property
    def before(self) -> str:
        return self.sentence[: self.one.start]

    @property
    def near(self) -> str:
        return self.before[-REACH:]

    @property
    def clause(self) -> str:
        return CLAUSE.split(self.before)[-1]

    @property
    def rest(self) -> str:
        return self.sentence[self.one.verb :]


Match = re.Match[str]
OBJECTIONS: tuple[tuple[str, Callable[[_Scene], Match | bool | None]], ...] = (
    ("it says that it will not happen", lambda it: NEGATED.match(it.rest)),
    (
        "it tells how things will be, not what we will do",
        lambda it: it.one.ours and (OFFER.match(it.rest) or STATE.match(it.rest)),
    ),
    (
        "it is a mere hope",
        lambda it: DOUBTED.search(it.clause) or DOUBTED.search(" ".join(it.rest.split()[:4])),
    ),
    ("it leaves open whether it will happen", lambda it: UNKNOWN.search(it.before)),
    ("it tells what somebody said", lambda it: REPORTED.search(it.near)),
    ("it is part of another thought", lambda it: SUBORDINATE.search(it.near)),
    ("it is a question", lambda it: _asks(it.sentence, it.one)),
    ("it depends on the customer", lambda it: _depends(it.before, it.rest, ours=it.one.ours)),
    ("somebody else is to do it", lambda it: not it.one.ours and AGENT.search(it.rest)),
    (
        "it tells what usually happens",
        lambda it: HABIT.search(it.rest) or HABIT.search(it.clause),
    ),
)


def objection(sentence: str, one: Commitment) -> str:
    """Say why the words promise nothing after all; empty if they do."""
    scene = _Scene(sentence, one)
    return next((why for why, holds in OBJECTIONS if holds(scene)), "")


def _asks(sentence: str, one: Commitment) -> bool:
    if not sentence.rstrip(" )'\"\n").endswith("?"):
        return False
    return ASKING.match(sentence) is not None or not TAG.search(sentence, one.verb)


def _depends(before: str, rest: str, *, ours: bool) -> bool:
    request = REQUEST.match(before)
    then = AND_THEN.search(before[-REACH:])
    # "Can you share the file, we will check it": checking is promised whatever they do.
    if request and then and not (then["comma"] and request[0].split()[-2:-1] in (["you"], ["u"])):
        return True
    for condition in list(CONDITION.finditer(before))[-NEAREST:]:
        of = before[condition.end() :]
        own = OWN.match(of) and not (condition[0] == "if" and ITS.match(of))
        if (
            own
            or BREAK.search(of)
            or INDIRECT.search(before[max(0, condition.start() - REACH) : condition.start()])
        ):
            continue
        if condition["hard"] or THEIRS.search(of):
            return True
    return ours and any(
        not INDIRECT.search(rest[max(0, condition.start() - REACH) : condition.start()])
        for condition in islice(AFTERWARDS.finditer(rest), NEAREST)
    )
