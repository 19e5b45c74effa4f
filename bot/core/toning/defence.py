"""Words that defend us, or hide us behind a rule, while the customer still has the problem."""

from __future__ import annotations

from bot.core.toning.rules import rule

THE_CAUSE = "Let us find the cause together: could you show me the step where it goes wrong?"
RULES_OF_OURS = (
    r"(?:policy|policies|terms|t&cs?|tos|contract|agreement|sla|slas|rules|guidelines|eula"
    r"|terms and conditions|terms of (?:service|use))"
)
RULES = (
    rule(
        "It defends us, and they still have the problem.",
        THE_CAUSE,
        r"(?:not|isn't|wasn't|hardly|never) (?:really )?(?:our|my) (?:fault|bug|problem|issue"
        r"|responsibility|doing|mistake|error|concern)",
        r"(?:not|isn't|wasn't|nothing) (?:an? )?(?:bug|issue|problem|error"
        r"|fault)? ?(?:wrong )?(?:on|at|with|from|in) our (?:side|end|product|system|systems"
        r"|software|part)",
        r"(?:has |have |had |'s )?nothing to do with (?:us|our)",
        r"it(?:'s| is| was|wasn't| wasn't|isn't| isn't)(?: not|n't) (?:us|a bug\b(?! in your))",
        r"(?:nobody|no one|none of (?:our|the)|no other)(?: other| else| customers?| users?"
        r"| clients?){0,3} (?:has|have|is|are|was|were|reported|complained|had|sees?|seems)",
        r"(?:all|most|many) (?:of )?(?:our )?(?:other|others)(?: (?:customers|clients|users"
        r"|people|teams))?(?: (?:are|have|don't|do|manage|seem|can|understand|get|use|had))",
        r"(?:everyone|everybody|all the others|the others) (?:else )?(?:just )?(?:manages?|seems?"
        r"|gets?|can (?:do|manage|use|read|live|cope|set|work|wait)|copes?|understands?|does|did"
        r"|do|is (?:fine|happy|able)|figured|found|follows?"
        r"|reads?|had no|has no|waits?|knows?|works?|lives?|uses? it)(?! access)",
        r"(?:for|than|like|as) (?:everyone|everybody) else(?: (?:works?|it))?(?! on| in your)",
        r"you(?:'re| are) (?:literally |simply )?the (?:only|first) (?:one|customer|person|user"
        r"|client|team)(?: who| to| that)?",
        r"(?:works?|worked|working|runs?|running)(?: just| perfectly| completely| all"
        r"| totally)?(?: fine| perfectly| ok| okay| great| well)? (?:for|on|at|from) (?:us"
        r"|my (?:side|end)|our (?:side|end))(?! to| too)",
        r"(?:is|are|it's|was|everything|looks?|looked|all)(?: just| perfectly| completely| all"
        r"| totally)? (?:fine|perfect|ok|okay|good|green|normal|healthy) (?:for|on|at|from) (?:us"
        r"|my|our) ?(?:side|end|systems?)?",
        r"(?:we|i) (?:haven't|have not|didn't|did not) (?:changed?|touch(?:ed)?|do|done|break"
        r"|broken) (?:anything|it|that|this|a thing)",
    ),
    rule(
        "A rule alone sounds like a closed door; say what you can do for them.",
        "I cannot change that part, but I would like to help another way. What do you need most?",
        rf"(?:as |in line )?(?:per|under|with|according to|due to|based on|because of|against|by"
        rf"|outside|violates?|of) (?:our|the|company|standard"
        rf"|your)(?: \w+){{0,2}}? {RULES_OF_OURS}",
        rf"(?:our|company|the|your)(?: \w+){{0,2}}? {RULES_OF_OURS}(?: clearly| explicitly)?"
        r" (?:is|are|state|states|say|says (?!\\d)|do not|don't|does not|doesn't|prohibits?"
        r"|forbids?|requires?|only|covers?|limits?|prevents?|won't|clear|specif\w+)",
        rf"(?:that's|that is|it's|it is|this is|it was)(?: just| simply| all)? (?:our |company "
        rf"|the |in (?:the|our|your) |against (?:the|our) ){RULES_OF_OURS}",
        r"(?:company|it's|it is|that's) policy|rules are rules|policy is policy",
    ),
    rule(
        "It may well be true, and they are still waiting for an answer.",
        "You have waited long enough for this. You will hear from me by {day}.",
        r"in (?:our|my) defen[cs]e|to be fair(?: to (?:us|me))?",
        r"(?:we(?:'re| are)|i(?:'m| am)) (?:just |only |all |also "
        r"|still )?(?:an? (?:very )?(?:small|tiny) team|(?:only )?human|volunteers?|short-staffed"
        r"|short staffed|understaffed|(?:very|really|so|too|extremely|quite) busy|swamped"
        r"|not (?:mind readers|magicians|perfect|a charity))",
        r"(?:we(?:'re| are)|i(?:'m| am)) (?:already |all )?doing (?:our|my|the) best|(?:we"
        r"|i) (?:did|do) (?:our|my) best|it's not like (?:we|i)",
        r"(?:we|i) (?:never|didn't|did not) (?:said|say|promised?|agreed?|guaranteed?|told"
        r"|claimed?|commit\w*)",
        r"(?:like|as with) (?:any|all|every) (?:other )?(?:software|product|system|service)",
        r"(?:we|i) (?:can't|cannot|can not) (?:read (?:your )?minds?|help (?:you )?(?:if|unless"
        r"|when) you|know (?:if|unless|what) you)|(?:we|i) don't have a crystal ball",
        r"then (?:i|we)'d expect",
        r"not (?:something|anything) (?:that )?(?:we|i|our \w+)(?: have| has)? (?:caused|did|done"
        r"|broke"
        r"|changed)",
        r"(?:our|my) (?:side|end|systems?|servers?|setup) (?:is|are|looks?|works?|seems?)(?: all|"
        r" just"
        r"| perfectly)? (?:fine|ok|okay|good|green|clean)(?=[^.!?]{0,60} your)",
        r"(?:we|i) (?:don't|do not|can't|cannot) (?:control|influence) what (?:you|your)",
    ),
)
