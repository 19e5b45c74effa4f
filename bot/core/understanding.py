"""What a message means for the one who waits: does it need a reply, is its writer upset?

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


THANKS = (
    r"(?:many |much |big |great |ok |okay )?(?:thanks?|thank you|thank u|thankyou|thx|thnx|tnx|ty"
    r"|tysm|cheers|appreciated|much appreciated|appreciate (?:it|that|this|the \w+|you\w*)"
    r"|(?:i|we) (?:really )?appreciate (?:it|that|this|the \w+|you\w*(?: \w+)?))"
    r"(?:[ ,]+(?:so|very|a lot|a bunch|a million|much|again|guys|all|everyone|team|both|you|u|man"
    r"|mate|tons|loads|indeed|for (?:the|your|all|that|this|it|confirming|letting|looking|checking"
    r"|getting|clarifying|sharing|explaining|helping|taking)(?: \w+){0,6}))*(?: \w+)?"
)
ACKNOWLEDGED = (
    r"(?:ok|okay|okey|kk?|oki|alright|all right|sure|sure thing|yep|yup|got it|gotcha|understood"
    r"|noted|roger|copy(?: that)?|will do|makes (?:total |perfect )?sense|(?:i|we) see|fair enough"
    r"|sounds (?:good|great|fine|perfect|like a plan)|(?:looks|works) (?:good|great|fine|perfect)"
    r"|(?:that|it|this)(?:'s| is|s) (?:great|good|perfect|fine|awesome|helpful|clear|all)"
    r"|(?:it|that|this|all|everything)?(?:'s| is)? ?(?:now )?(?:works?|working|fixed|resolved|solved|sorted)"
    r"(?: (?:now|fine|great|perfectly|again|for (?:me|us)))*"
    r"|that (?:worked|works|did it|did the trick|fixed it|solved it|helps?|helped)(?: \w+)?"
    r"|(?:very |super |really )?(?:great|good|perfect|awesome|excellent|amazing|cool|nice|lovely|fantastic"
    r"|wonderful|brilliant|superb|helpful|fine|neat|sweet)(?: (?:work|job|stuff|one|news|to know|to hear|idea|answer|response"
    r"|support|help|day|weekend))?"
    r"|no (?:problem|worries|rush|need)|np|nvm|never ?mind|you too|likewise|same to you|my bad"
    r"|have a (?:great|good|nice|lovely) (?:day|one|weekend|evening|week)|happy (?:friday|monday)"
    r"|well done|lgtm|wow|yay|haha+|lol|love it|i'?ll (?:try|check|test|have a look|take a look|let you know|do that)"
    r"(?: \w+){0,6})"
)
FILLER = r"(?:oh|ah|aha|hey|hi|hello|great|ok|okay|perfect|awesome|cool|yes|yeah|and|so|again|guys|all|team|everyone)"
NOT_A_WORD = re.compile(r":[a-z0-9_+'-]+:(?::skin-tone-\d:)?|<@[^>]+>|@\w+|[^\w\s'?]|[\U00010000-\U0010ffff]")
QUIET = re.compile(rf"(?:{FILLER}\s+)*(?:{THANKS}|{ACKNOWLEDGED})(?:\s+(?:{FILLER}\s+)*(?:{THANKS}|{ACKNOWLEDGED}))*(?:\s+{FILLER})*")
APPROVAL = re.compile(
    r"(?::(?:\+1|thumbsup|pray|ok|ok_hand|white_check_mark|heavy_check_mark|tada|heart|smile|smiley|grin|grinning|joy|blush"
    r"|slightly_smiling_face|100|raised_hands|clap|rocket|fire|muscle|handshake|heart_eyes|star|sparkles|saluting_face|skin-tone-\d):"
    r"|[\u2705\u2714\u2728\u2764\u2b50\u263a\ufe0f\u200d\s\U0001f3fb-\U0001f3ff]"
    r"|[👍🙏👌🆗🎉💙💚💛🧡💜🖤😀😃😄😁😆😊🙂😉😂🤣💯🙌👏🚀🔥😍🤩💪🤝🌟🫡🥳😎🤗])+"
)
ASKING = re.compile(
    r"\?|\b(?:could|can|would|will) (?:you|someone|somebody|anyone|we|i)\b|\bplease\b|\bany (?:update|news|progress|idea)s?\b"
    r"|\b(?:but|however|still|except|unfortunately|although)\b|\bhow\b|\bwhat\b|\bwhen (?:will|can|is)\b|\bwhy\b|\bwhere\b",
    re.IGNORECASE,
)
UPSET = (
    (r"\b(?:un|not )acceptable\b|\bridiculous\b|\bunbelievable\b|\bjoke\b|\bfed up\b|\bsick of\b", "it is a strong complaint"),
    (r"\b(?:frustrat|disappoint|annoy|infuriat|appall?)\w*|\b(?:terrible|awful|horrible|useless|pathetic|disgrace\w*|worst|poor(?:ly)?) ?"
     r"(?:service|support|experience|handled|communication|ever)?\b|\bwast(?:e|ed|ing) (?:of )?(?:my|our|so much)? ?time\b", "it says that they are frustrated"),
    (r"\b(?:still|yet) (?:no|nothing|not (?:a single|one)|waiting)\b|\bnobody (?:answers?|answered|replied|cares|responds?)\b|\bno ?(?:one|body) (?:has )?"
     r"(?:answer|repl|respond|got back|gotten back|helped)\w*|\b(?:third|fourth|fifth|3rd|4th|5th|nth|second|2nd) time\b|\bhow (?:much longer|many (?:more )?times)\b"
     r"|\bignor(?:ed|ing) (?:me|us|this|my|our)\b|\b(?:for|after) (?:days|weeks|months)\b.*\b(?:wait|nothing|no)\w*", "they have waited too often or too long"),
    (r"\bwtf\b|\bffs\b|\bomfg\b|\bdamn\b|\bbloody\b|\bcrap(?:py)?\b|\bfuck\w*|\bbullshit\b|\?!|!\?|\?{3,}", "it sounds angry"),
    (r"\b(?:cancel(?:ling|ing)?|terminat\w+) (?:our|my|the) (?:contract|subscription|account|plan)\b|\b(?:switch(?:ing)?|mov(?:e|ing)) to (?:a |another )?(?:competitor|provider|vendor)\b"
     r"|\brefund\b.*\bnow\b|\blosing (?:money|customers|business)\b", "they think of leaving"),
    (r"\burgent(?:ly)?\b|\basap\b|\bimmediately\b|\bemergency\b|\bright now\b|\bcritical\b.*\b(?:production|prod|down)\b|\bproduction (?:is )?down\b|\bblock(?:ed|ing) (?:us|our|production)\b", "it is urgent"),
)
UPSET_RULES = tuple((re.compile(pattern, re.IGNORECASE), why) for pattern, why in UPSET)
HOLDING = re.compile(
    r"\b(?:let me|i'?ll|i will|we'?ll|we will|i'?m|i am|we'?re|we are|going to|gonna)\b[^.?!]{0,40}\b(?:check|look|looking|investigat\w+|find out|dig|get back|come back|"
    r"follow up|update you|keep you (?:posted|updated)|ask|escalat\w+|working on|on it)\b|\b(?:looking into|checking|bear with|hang on|one moment|stay tuned|on it)\b",
    re.IGNORECASE,
)


def understand(text: str) -> Understanding:
    """Read one customer message. A message without words, such as a screenshot, needs a reply."""
    text = text[:LONGEST]
    upset = next((why for rule, why in UPSET_RULES if rule.search(text)), "")
    if upset:
        return Understanding(needs_reply=True, upset=True, why=upset)
    if APPROVAL.fullmatch(text) and text.strip():
        return Understanding(needs_reply=False, upset=False, why="it is only a sign of approval")
    if ASKING.search(text):
        return Understanding(needs_reply=True, upset=False, why="it asks for something")
    words = " ".join(NOT_A_WORD.sub(" ", text.replace("\u2019", "'")).lower().split())
    if len(words) < 200 and words and QUIET.fullmatch(words):  # noqa: PLR2004 - long is not mere thanks
        return Understanding(needs_reply=False, upset=False, why="it only thanks or acknowledges")
    return Understanding(
        needs_reply=True, upset=False, why="it is not clear that it needs no answer"
    )


def is_holding(text: str) -> bool:
    """Tell whether a colleague's message puts off the answer: more is owed."""
    return HOLDING.search(text[:LONGEST]) is not None
