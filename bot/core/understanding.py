"""What a message means: whether it needs a reply, and whether its writer is upset.

A first, plain reading by words. Thanks and acknowledgements need no reply; everything else does:
when unsure, the customer is still waiting.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

LONGEST = 4000
"""Characters read of a message: nobody buries the first question deeper than that."""


@dataclass(frozen=True, slots=True)
class Understanding:
    needs_reply: bool
    upset: bool
    why: str


THANKS = r"""
    (?:(?:many|much|big|great|ok|okay)\ )?
    (?:thanks?|thank\ (?:you|u)|thankyou|thx|thnx|tnx|tysm|ty|cheers|(?:much\ )?appreciated
      |(?:(?:i|we)\ (?:really\ )?)?appreciate\ (?:it|that|this|you\w*(?:\ \w+)?|the\ \w+))
    (?:\ (?:so|very|a\ lot|a\ bunch|a\ million|much|again|guys|all|everyone|team|both|you|u|man|mate
      |tons|loads|indeed
      |for\ (?:the|your|all|that|this|it|confirming|letting|looking|checking|getting|clarifying
        |sharing|explaining|helping|taking)(?:\ \w+){0,6}))*
    (?:\ \w+)?"""
ACKNOWLEDGED = r"""
    (?:ok|okay|okey|kk?|oki|alright|all\ right|sure|sure\ thing|yep|yup|got\ it|gotcha|understood
      |noted|roger|copy(?:\ that)?|will\ do|makes\ (?:(?:total|perfect)\ )?sense
      |(?:i|we)\ see|fair\ enough|sounds\ (?:good|great|fine|perfect|like\ a\ plan)
      |(?:looks|works)\ (?:good|great|fine|perfect)
      |(?:that|it|this)(?:'s|\ is|s)\ (?:great|good|perfect|fine|awesome|helpful|clear|all)
      |(?:it|that|this|all|everything)?(?:'s|\ is)?\ ?(?:now\ )?
        (?:works?|working|fixed|resolved|solved|sorted)
        (?:\ (?:now|fine|great|perfectly|again|for\ (?:me|us)))*
      |that\ (?:worked|works|did\ it|did\ the\ trick|fixed\ it|solved\ it|helps?|helped)(?:\ \w+)?
      |(?:(?:very|super|really)\ )?
        (?:great|good|perfect|awesome|excellent|amazing|cool|nice|lovely|fantastic|wonderful
          |brilliant|superb|helpful|fine|neat|sweet)
        (?:\ (?:work|job|stuff|one|news|idea|answer|response|support|help|day|weekend
          |to\ (?:know|hear|see|be\ here|be\ on\ board|meet\ you(?:\ all)?)))?
      |no\ (?:problem|worries|rush|need)|np|nvm|never\ ?mind|you\ too|likewise|same\ to\ you|my\ bad
      |have\ a\ (?:great|good|nice|lovely)\ (?:day|one|weekend|evening|week)
      |happy\ (?:friday|monday)|well\ done|lgtm|wow|yay|haha+|lol|love\ it
      |i'?ll\ (?:try|check|test|have\ a\ look|take\ a\ look|let\ you\ know|do\ that)
        (?:\ \w+){0,6})"""
FILLER = r"""
    (?:oh|ah|aha|hey|hi|hello|great|ok|okay|perfect|awesome|cool|yes|yeah|and|so|again|guys|all|team
      |everyone)"""
QUIET = re.compile(
    rf"(?:{FILLER}\ )*(?:{THANKS}|{ACKNOWLEDGED})(?:\ (?:{FILLER}\ )*(?:{THANKS}|{ACKNOWLEDGED}))*"
    rf"(?:\ {FILLER})*",
    re.VERBOSE,
)
LONGEST_QUIET = 16
"""Words: who writes more than that does more than thank. QUIET takes twice as long per word."""
NOT_A_WORD = re.compile(
    r":[a-z0-9_+'-]+:(?::skin-tone-\d:)?|<@[^>]+>|@\w+|[^\w\s'?]|[\U00010000-\U0010ffff]"
)
APPROVAL = re.compile(
    r"""(?: :(?:\+1|thumbsup|pray|ok|ok_hand|white_check_mark|heavy_check_mark|tada|heart|smile
        |smiley|grin|grinning|joy|blush|slightly_smiling_face|100|raised_hands|clap|rocket|fire|muscle
        |handshake|heart_eyes|star|sparkles|saluting_face|skin-tone-\d):
      | [\u2705\u2714\u2728\u2764\u2b50\u263a\ufe0f\u200d\s\U0001f3fb-\U0001f3ff]
      | [👍🙏👌🆗🎉💙💚💛🧡💜🖤😀😃😄😁😆😊🙂😉😂🤣💯🙌👏🚀🔥😍🤩💪🤝🌟🫡🥳😎🤗] )+""",
    re.VERBOSE,
)
ASKING = re.compile(
    r"""\? | \b(?: (?:could|can|would|will)\ (?:you|someone|somebody|anyone|we|i) | please
      | any\ (?:update|news|progress|idea)s? | but | however | still | except | unfortunately
      | although | how | what | when\ (?:will|can|is) | why | where )\b""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Rule:
    """Words that tell a mood. Without one of its hints a rule cannot hold: they cost far less."""

    why: str
    hints: tuple[str, ...]
    words: re.Pattern[str]


def _rule(why: str, hints: str, words: str) -> Rule:
    return Rule(why, tuple(hints.split("|")), re.compile(words, re.VERBOSE))


UPSET = (
    _rule(
        "it is a strong complaint",
        "accept|ridicul|believ|joke|fed up|sick of",
        r"\b(?:(?:un|not\ )acceptable|ridiculous|unbelievable|joke|fed\ up|sick\ of)\b",
    ),
    _rule(
        "it says that they are frustrated",
        "frustrat|disappoint|annoy|infuriat|appal|terribl|awful|horribl|useless|pathetic|disgrace"
        "|worst|poor|wast",
        r"""\b(?:frustrat|disappoint|annoy|infuriat|appall?)\w*
            |\b(?:terrible|awful|horrible|useless|pathetic|disgrace\w*|worst|poor(?:ly)?)\ ?
              (?:service|support|experience|handled|communication|ever)?\b
            |\bwast(?:e|ed|ing)\ (?:of\ )?(?:my|our|so\ much)?\ ?time\b""",
    ),
    _rule(
        "they have waited too often or too long",
        "still|yet|nobody|no one|noone| time|how m|ignor",
        r"""\b(?:
            (?:still|yet)\ (?:no|nothing|not\ (?:a\ single|one)|waiting)\b
            |nobody\ (?:answers?|answered|replied|cares|responds?)\b
            |no\ ?(?:one|body)\ (?:has\ )?(?:answer|repl|respond|got\ back|gotten\ back|helped)\w*
            |(?:second|third|fourth|fifth|nth|2nd|3rd|4th|5th)\ time\b
            |how\ (?:much\ longer|many\ (?:more\ )?times)\b
            |ignor(?:ed|ing)\ (?:me|us|this|my|our)\b)""",
    ),
    _rule(
        "it sounds angry",
        "wtf|ffs|omfg|damn|bloody|crap|fuck|bullshit|?!|!?|???",
        r"\b(?:wtf|ffs|omfg|damn|bloody|crap(?:py)?|fuck\w*|bullshit)\b|\?!|!\?|\?{3,}",
    ),
    _rule(
        "they think of leaving",
        "cancel|terminat|switch|mov|losing",
        r"""\b(?:cancel(?:ling|ing)?|terminat\w+)\ (?:our|my|the)
              \ (?:contract|subscription|account|plan)\b
            |\b(?:switch(?:ing)?|mov(?:e|ing))\ to\ (?:(?:a|another)\ )?
              (?:competitor|provider|vendor)\b
            |\blosing\ (?:money|customers|business)\b""",
    ),
    _rule(
        "it is urgent",
        "urgent|asap|immediately|emergency|right now|down|block",
        r"""\b(?:urgent(?:ly)?|asap|immediately|emergency|right\ now
            |production\ (?:is\ )?down|block(?:ed|ing)\ (?:us|our|production))\b""",
    ),
)
HOLDING = re.compile(
    r"""\b(?:let\ me|i'?ll|i\ will|we'?ll|we\ will|i'?m|i\ am|we'?re|we\ are|going\ to|gonna)\b
          [^.?!]{0,40}\b(?:check|look|looking|investigat\w+|find\ out|dig|get\ back|come\ back
            |follow\ up|update\ you|keep\ you\ (?:posted|updated)|ask|escalat\w+|working\ on
            |on\ it)\b
      |\b(?:looking\ into|checking|bear\ with|hang\ on|one\ moment|stay\ tuned|on\ it)\b""",
    re.IGNORECASE | re.VERBOSE,
)


def understand(text: str) -> Understanding:
    """Read one customer message. A message without words, such as a screenshot, needs a reply."""
    text = text[:LONGEST]
    lower = text.lower()
    for rule in UPSET:
        if any(map(lower.__contains__, rule.hints)) and rule.words.search(lower):
            return Understanding(needs_reply=True, upset=True, why=rule.why)
    if APPROVAL.fullmatch(text) and text.strip():
        return Understanding(needs_reply=False, upset=False, why="it is only a sign of approval")
    if ASKING.search(lower):
        return Understanding(needs_reply=True, upset=False, why="it asks for something")
    words = NOT_A_WORD.sub(" ", text.replace("\u2019", "'")).lower().split()
    if len(words) <= LONGEST_QUIET and QUIET.fullmatch(" ".join(words)):
        return Understanding(needs_reply=False, upset=False, why="it only thanks or acknowledges")
    return Understanding(
        needs_reply=True, upset=False, why="it is not clear that it needs no answer"
    )


def is_holding(text: str) -> bool:
    """Tell whether a colleague's message puts off the answer: more is owed."""
    return HOLDING.search(text[:LONGEST]) is not None
