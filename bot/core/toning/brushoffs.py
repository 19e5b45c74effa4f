"""Dismissive words: they brush a matter off, or refuse it and leave it there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.core.toning.findings import Finding, Label
from bot.core.toning.refusals import bare_refusal
from bot.core.toning.rules import finding, is_cold, rule, rules

WHAT_I_CAN = "I know you hoped for more. Shall we look for the closest way that works now?"
TO_SEE = "I want to understand this fully. Could you show me the step where it happens?"
TO_FIND_OUT = "I do not know this yet. I will find out, and you will hear from me by {day}."
MATTERS = "I see why this matters to you. Which part of your work does it hold up most?"
IN_DOUBT = re.compile(r"\b(?:works?|working|reproduce|expected|intended|designed|design|normal)\b")
NOT_KNOWN = re.compile(r"\b(?:idea|clue|know)\b")

RULES = rules(
    rule(
        "It makes this sound small, and for them it is not.",
        MATTERS,
        r"(?:no|not|isn't|hardly)(?: an?| that| such a| really an?| really)? (?:big deal"
        r"|real (?:problem|issue)|non-issue|urgent|important|serious|major|critical)(?! (?:fix"
        r"|update))",
        r"(?:don't|do not|can't|fail to|not sure i|what's|what is)(?: really)? ?(?:see|understand"
        r"|get)? ?(?:what )?(?:the|why) (?:big deal|fuss|drama|problem(?= here|[.!]|\Z)"
        r"|issue(?= here|[.!]|\Z)|point|this matters|it matters|rush|hurry|urgency)",
        r"(?:could|might) be (?:a lot |much |far )?worse|worse things|at least (?:it's|it|you"
        r"|the) (?:not|works?|have|isn't|didn't|still)|be (?:glad|grateful|thankful"
        r"|happy) (?:that|it|you)|you'll (?:survive|live|be fine|manage)|count yourself"
        r"|if (?:it's|it is|this is) (?:so|that|really so) (?:important|urgent|bad|critical)",
        r"(?:please |just )?(?:relax|chill(?: out)?)(?=[.,!]|\s*\Z)|it's (?:just "
        r"|only )?(?:a )?(?:beta|free)(?= |[.,!])(?:,? (?:so|what|after all|you))",
        r"(?:too complicated|complicated|hard|technical) to explain|you wouldn't (?:understand"
        r"|get it)|long story|(?:i|we) (?:don't|do not|can't) (?:understand|get|see"
        r"|follow) (?:the|your) (?:question|point|issue|problem|request)",
        r"(?:not|isn't|low)(?: an?| our| my| really an?| a high| high| the| really)? priority",
        r"(?:is|are|it's|that's|this is)(?: really)? (?:just|only|merely|purely|simply|hardly"
        r"|pretty much) (?:an? )?(?:\w+ )?(?:warning|edge case|cosmetic|minor|detail|small|tiny"
        r"|visual|typo|nuisance|nitpick|inconvenience|glitch|problem|issue|nice-to-have|notice"
        r"|message|matter of taste)",
        r"(?:an?|such an?|very|quite|too|rather|really) (?:edge case|corner case|niche|rare"
        r"|unusual|exotic|trivial|minor) ?(?:case|use case|request|setup|issue|problem|thing"
        r"|one)?",
        r"(?:just |simply |please )+ignore (?:it|that|this|them|those|the)(?: \w+)?",
        r"(?<!not )(?<!n't )(?<!safely )(?<!can )ignore (?:it|that|this|them)",
        r"(?:it|that|this)(?:'s| is)(?:n't| not) (?:that|so|very|all that) (?:bad|hard|difficult"
        r"|complicated|serious|important|bad|slow|much|big|urgent)",
        r"(?:why|how|what) (?:does|would|should|is) (?:it|that|this) (?:really |even )?matter"
        r"|doesn't (?:really )?matter|does not (?:really )?matter|does it (?:really )?matter",
        r"(?:i |we )?(?:don't|wouldn't|do not|would not|shouldn't|no need to"
        r"|nothing to)(?: really)? (?:worry (?:about|too)|bother|overthink|lose sleep|make a fuss"
        r"|stress)(?: \w+)?(?![\s\S]{0,120}\b(?:i've|we've|i have|we have|i'll|we'll|i'm|we're)\b)",
        r"(?:you|users|people|customers|teams) (?:really )?(?:don't|do not|shouldn't"
        r"|should not)(?: really| actually| even)? need (?:it|that|this|to (?:know|worry|care))",
        r"(?:nobody|no one|hardly anyone|almost nobody|very few (?:people|customers"
        r"|users))(?: \w+)? (?:uses?|needs?(?! to)|wants?(?! to)|does|cares?|asked for|notices?)",
        r"most (?:people|users|customers|teams)(?: just)? (?:don't|never|are happy|just|manage"
        r"|live)",
        r"(?:not|isn't|hardly) (?:really )?worth (?:it|the|our|my|your|fixing|doing"
        r"|worrying)(?: \w+)?",
        r"so what(?=[.?!]|\s*\Z)|it's nothing|it is nothing|non-issue",
        r"(?:why would|who would) (?:you|anyone|anybody|one) (?:\w+ ){0,2}(?:want|need|do|use)",
    ),
    rule(
        "It leaves them to put up with it, and they hoped for a way out.",
        "You should not have to work like this. Shall we look for a way around it for now?",
        r"(?:have to |need to |must |can |just |should |to ){1,3}(?:live|deal|cope"
        r"|put up) with (?:it|that|this|them)?",
        r"it is what it is|that's life|too bad|bad luck|tough luck|tough|such is life"
        r"|(?:these )?things happen|(?:\A\W*|[.!?;,:] )"
        r"(?:it|that|stuff) happens(?=[.!,]|\s*\Z)|happens to (?:everyone"
        r"|all)",
        r"(?:that's|that is|this is|it's|it is)(?: just| simply| exactly)?(?: the way| how"
        r"| the nature of) (?:it|things|this|the|software|we)(?:\W?s)?(?: (?:works?|is|goes|are"
        r"|was|do|behaves?|system|product)){1,3}",
        r"how (?:it|this|that)(?:'s| has) always (?:been|worked)|bigger fish to fry",
        r"get (?:used to|over) (?:it|this|that)|(?:just |please |let's )(?:move on|get over)",
        r"(?:you'll|you will|you|you're going to|we)(?: just| simply)?(?: have| need| 'll"
        r"| must)? (?:to )?(?:just )?wait(?: for (?:your|it)| your turn| like everyone\w*"
        r"| until we| till we|(?: \w+){0,2} (?:like|as) (?:all )?(?:the (?:rest|others)|everyone"
        r"|everybody|others)|(?=[.!]|\Z))",
        r"(?:my|our) hands are (?:tied|bound)",
        r"(?:just|simply) wait",
        r"(?:please )?(?:just )?be patient|(?:\A\W*|a (?:little|bit of) )patience,? please",
        r"(?:nothing|not much|little|not a lot|not anything)(?: else| more| that"
        r"| further){0,3} (?:i|we|anyone|support)(?: really)? (?:can|could"
        r"|could have)(?: \w+)? (?:do|done|help|offer)(?: (?:about|for|here|to))?",
        r"(?:it )?(?:takes as long as it takes|(?:it's|is) (?:done|ready) when it's)|(?:\A\W*"
        r"|[.!?;:] |it'll be (?:done"
        r"|ready) )when (?:it's|it is) (?:done|ready)(?=[.!]|\s*\Z)|when we look at it|(?:get"
        r"|wait|back) in (?:line"
        r"|the queue)|first come,? first served|(?:that's |this is )?(?:the )?best (?:i"
        r"|we) can do(?! for you today)|that's all (?:i|we) can do|like everyone else",
        r"can(?:'t|not) be helped|nothing (?:to be|can be) done",
    ),
    rule(
        "It sends them on, and they came to you for the answer.",
        "I will ask the colleague who knows this best, and you will hear from me by {day}.",
        r"(?:just |try |simply ){0,3}(?:google|googling) (?:it|that|this|for)?|(?:let me google)",
        r"(?:just |please |simply ){1,3}(?:read|search|check|look at|look in|consult|see) (?:the"
        r"|our|through|it up) (?:docs?|documentation|manual|faqs?|forum|help center|help centre"
        r"|knowledge base|wiki|website)",
        r"(?:just|simply|please) (?:look|search) (?:it|that|this) up",
        r"(?:it's|that's|it is|that is|this is|is)(?: all| already)? in the (?:docs|documentation"
        r"|manual|faq)(?=[.!,]|\Z)",
        r"figure (?:it|that|this) out(?: (?:yourself|yourselves|on your own|for yourself))",
        r"(?:not|isn't)(?: really| quite)? (?:the |an? )?(?:right|correct|appropriate"
        r"|proper) (?:place|channel|forum|team|person|department)(?: (?:for|to) \w+)?",
        r"(?:the )?wrong (?:channel|forum|team|person|department)|(?:this is|that's|you're in"
        r"|you are in|come to|asked in|asking in) the wrong place",
        r"(?:not|isn't|never)(?: really)? (?:my|our) (?:problem|job|department|area|team"
        r"|responsibility|call|concern|thing|business|place|task|field|expertise)",
        r"(?<!there's )(?<!there is )(?:your|a you|you|their|somebody else's"
        r"|someone else's)(?: own)? problem(?=[.!,;]|\Z| not| to)",
        r"(?:ask|contact|try|take it to|speak to|talk to|go to|find|post)(?: it"
        r"| this)? (?:someone else|somebody else|elsewhere|your (?:own |local )?(?:admin|it"
        r"|administrator|team|provider|vendor|isp|developers?|engineers?|dba|manager)\b)(?: \w+)?",
        r"good luck(?: with (?:that|it|this))?(?=[.!,]|\Z)|above my pay ?grade",
        r"(?:you're |you are |feel )?(?:free|welcome|more than welcome) to (?:leave|switch|cancel"
        r"|go|look elsewhere|complain|find|use (?:another|something else|a different)|fork"
        r"|submit (?:a pr|a pull|one|a patch)|send (?:a pr|a pull|a patch)|open a (?:pr|pull)"
        r"|move to|try (?:another|a different|elsewhere))(?: \w+)?",
        r"(?:prs?|pull requests?|patches|contributions) (?:are )?(?:always )?welcome",
        r"(?:not|isn't|nothing|hardly)(?: really| quite)? (?:something|anything|a thing|an issue"
        r"|a question|one)? ?(?:that )?(?:we|i)(?: can|'re able to| could| will| 'll"
        r"| would)? ?(?:\w+ ?){0,2}(?:help|assist|support|do|handle|deal)(?: (?:you )?with| here"
        r"| for)?(?![\s\S]{0,250}\b(?:here's|here is|instead|what (?:i|we) can|you can))",
        r"(?:have|did) you (?:even |already |actually )?(?:read|tried|try|checked|check|looked at"
        r"|looked in|searched|search)(?: reading| checking| turning| searching)? (?:the|our|it"
        r"|through) ?(?:\w+ )?(?:docs?|documentation|manual|faq|guide|forum|off|help|wiki)"
        r"|have you (?:even |already )?tried (?:restarting|rebooting|googling|turning|switching)",
        r"you(?:'ll| will|'d| would)? (?:just |really )?(?:have to|need to|must|should|can|could"
        r"|might want to) take (?:it|that|this) (?:up )?(?:with|to)",
        r"first,? (?:read|check|consult|study) the (?:\w+ )?(?:docs?|documentation|manual|faq"
        r"|guide)",
        r"(?:then |just |please |could |you can |can ){1,3}(?:use|try|find|choose|buy|pick"
        r"|look for|go with) (?:another|other|something else|a different|different|an alternative"
        r"|someone else|a competitor)(?: \w+)?|plenty of (?:other )?(?:alternatives|options|tools"
        r"|products|providers)",
        r"(?:well )?(?:out of|outside|outside of|beyond) (?:our|my|support'?s?"
        r"|the team's) (?:scope|remit|control|hands|responsibility|area)",
        r"(?:get|buy|need|purchase|for|contact|paying for) (?:\w+ ){0,4}?(?:paid|premium"
        r"|commercial|enterprise) (?:support|partner|plan)|(?:you'd |you'll |you )?(?:have to"
        r"|need to|must|should) (?:upgrade (?:your plan|to)|pay (?:for|more)|buy)",
        r"(?:that|this|it)(?:'s| is| would be| sounds like)(?: really"
        r"| more)? (?:an? )?(?:question|matter|thing|issue|one|topic|something)? ?(?:for"
        r"|up to) (?:the |your |our )?(?:sales|billing|legal|finance|marketing|account manager"
        r"|another team|other team|someone else|somebody else|engineering|hosting|it department"
        r"|admin)(?: \w+)?",
        r"(?<!i'll )(?<!i will )(?<!we'll )(?<!let me )(?<!to )(?:ask|try|go to|bother|check with"
        r"|take (?:it|that|this) to) (?:the |your |our )?(?:sales|billing|legal|finance|marketing"
        r"|account manager|hosting provider|csm)(?: \w+)?|(?:i|we) (?:only|just) (?:do|handle"
        r"|deal with|look after|support)(?: \w+)?",
        r"beyond (?:our|my) (?:control|scope|remit)",
    ),
    rule(
        "It closes the matter, and for them it may still be open.",
        "I would like to see what is still open for you. Which part should we look at first?",
        r"(?:we'll |we will |let's |i'll )?(?:have to )?agree to disagree",
        r"(?:let's |we'll |i'll )?leave (?:it|this|that) (?:at that|there)|end of (?:story"
        r"|discussion|the matter)|case closed|take it or leave it|drop (?:it|this|the (?:subject"
        r"|matter))",
        r"(?:i'm|we're|i am|we are|i'll|we'll|i will|we will|going to)(?: now| be| just"
        r"| going to){0,3} clos(?:e|ing) (?:this|the|it|your)(?: (?:ticket|thread|issue|topic"
        r"|case|one|request|conversation|out|as \w+))?(?![\s\S]{0,120}(?:if|unless|once|when"
        r"|tomorrow|day|week|open it|reopen|brings? it|write|message))",
        r"closing (?:this|the|it|as) (?:ticket|thread|issue|topic|case|one|request|resolved|out"
        r"|wontfix|done|(?:can't|cannot|not|won't|no) \w+)(?![\s\S]{0,120}(?:if"
        r"|unless|once|when|tomorrow|day|week|open it|reopen|brings? it|write|message))",
        r"(?:ticket|case|issue|thread|request|topic) (?:is |has been |was )?closed(?=[.!,]|\Z)",
        r"(?:we|i) consider (?:this|it|the) (?:\w+ )?(?:closed|resolved|final|settled|done)",
        r"(?:that|this|the decision|our decision)(?:'s| is)(?: our| my)? final(?: answer"
        r"| decision| word)?",
        r"nothing (?:more|further|else) to (?:say|add|discuss)|(?:no|not) further (?:discussion"
        r"|comment|action|questions)",
        r"we(?:'re| are) done here|whatever(?=[.!,]|\Z)|that's (?:all )?(?:i|we) (?:have"
        r"|can) (?:to )?say",
    ),
    rule(
        "It is sorry for how they feel; they would rather hear it about what happened.",
        "I am sorry for what this has cost you. Which part should we put right first?",
        r"(?:sorry|apologi[sz]e|apologies|regret|unfortunate|shame)(?: if| that| for"
        r"|,)? (?:you(?:'re)?|to hear(?: that)? you(?:'re)?)(?: may| might| have| are| were"
        r"| still)? ?(?:feel|felt|see it|think|thought|find it|found it|aren't (?:happy"
        r"|satisfied)|are not (?:happy|satisfied)|not (?:happy|satisfied)|were(?:n't"
        r"| not) (?:happy|satisfied)|took|misunderst\w+|offended)(?: \w+)?",
        r"(?:sorry|apologi[sz]e|apologies) if (?:you|this|that|it|we|there|anyone|anything"
        r"|my)(?: \w+){0,4} (?:offen\w+|upset|inconvenienc\w+|annoy\w+|bother\w+|disappoint\w+"
        r"|hurt|any)",
        r"regret (?:that )?you(?:'re)?(?: \w+)? (?:aren't|are|were|not|feel|unhappy"
        r"|disappointed)(?: \w+)?",
    ),
    rule(
        "It puts this off with no end in sight; even an honest no is kinder.",
        "This has no date yet, and I would rather say so. What would help you in the meantime?",
        r"(?:don't|do not|haven't|won't|no)(?: have| got)?(?: the| any| enough)? (?:time"
        r"|bandwidth|resources|capacity|energy) (?:for|to|right now|now)(?: \w+)?",
        r"(?:if|when|whenever) (?:we|i)(?:'ll)? (?:get|find|have)(?: the| some| any)? (?:time"
        r"|a chance|around to|a moment|a minute)(?: \w+)?|(?:some ?day|maybe later|maybe one day)",
        r"(?:come|check|try|ask) (?:back |again )?(?:again )?later(?=[.!,]|\Z)|not now(?=[.!,]"
        r"|\Z)",
        r"(?:low on|bottom of|far down) (?:our|the|my) (?:list|priorities|backlog)"
        r"|(?:on the )?back ?burner",
        r"(?:your )?(?:feedback|suggestion|comment|request|complaint|concern)s? (?:has been"
        r"|have been|is|are|was) (?:duly )?(?:noted|logged|recorded|received|filed)(?=[.!]|\Z)",
        r"not interested in|(?:don't|do not) (?:really )?care",
    ),
)
COLD = rules(
    rule(
        "It stops before it helps: a reason, a step or a time is missing.",
        WHAT_I_CAN,
        r"(?:it's|it is|that's|that is|this is|is|was|they're|took) (?:only|just|merely|simply"
        r"|barely|perfectly|pretty|quite)? ?(?:normal|common|usual|minor|small|tiny|temporary"
        r"|a (?:few|couple|single|second|day|minor|small)|one|two|three|old news|enough|up to you"
        r"|nothing|standard|intended|irrelevant)",
        r"(?:it's|it is|that's|that is|this is|took) (?:only|merely) \w+",
        r"you(?:'re| are) better off|you (?:can|could) (?:always|just|simply)|(?:we|i)(?:'ve"
        r"| have)? decided (?:not|against)|(?:we|i)(?:'re| are|'m| am) aware|(?:we|i) (?:get|hear"
        r"|see) (?:this|that) (?:a lot|often|all the time)|but no|lose (?:any )?sleep",
        r"(?:that's|that is|this is|it's|falls|it is) (?:outside|beyond|up to|for) \w+|(?:has"
        r"|have|was|been) (?:been )?(?:already )?answered|(?:already )?(?:answered|covered"
        r"|discussed) (?:elsewhere|in another|above|before)",
        r"wait for|anything else\?",
        r"(?:we|i|they)(?:'re| are| am|'m)? (?:can't|cannot|don't|do not|won't|will not|not"
        r"|never) (?:really |usually |generally |normally )?(?:do|offer|support|provide|need"
        r"|think|see|take|accept|make|give|going|handle|track|deal|plan|work|allow|consider"
        r"|comment|discuss|have)",
        r"(?:not|isn't) (?:really )?(?:relevant|interesting|common|necessary|needed|required"
        r"|intended|recommended|for you|a thing|happening|so|up to us|how)",
    )
)
"""What brushes off where the message has nothing else to give."""


def dismissive(text: str, words: str) -> Iterator[Finding]:
    found = [finding(Label.DISMISSIVE, text, words, *held) for held in RULES.matches(words)]
    if refusal := bare_refusal(text, words):
        why = "It ends at no; add the reason, or what they can do instead."
        kinder = _instead_of(words[slice(*refusal)])
        found.append(Finding(label=Label.DISMISSIVE, words=refusal, why=why, kinder=kinder))
    if not found and is_cold(text, words):
        found = [finding(Label.DISMISSIVE, text, words, *held) for held in COLD.matches(words)]
    yield from found


def _instead_of(refusal: str) -> str:
    if IN_DOUBT.search(refusal):
        return TO_SEE
    return TO_FIND_OUT if NOT_KNOWN.search(refusal) else WHAT_I_CAN
