"""Defensive words: they blame the customer, tell them off, or defend ourselves."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.toning import defence, scolding
from bot.core.toning.defence import THE_CAUSE
from bot.core.toning.findings import Finding, Label
from bot.core.toning.rules import finding, is_cold, rule, rules

WHAT_NOW = "Let us put this right together. Which step shall we look at first?"
FAILED = (
    r"(?:asked|backed (?:it |this |that )?up|bothered|changed|checked|chosen|clicked|configured"
    r"|contacted|copied|deleted|done|entered|filed|followed|forgotten|given|included|informed"
    r"|kept|known|listened|looked|made|mentioned|messed|misconfigured|misread|misspelled|mistyped"
    r"|misunderstood|missed|noticed|opened|overlooked|paid|planned|provided|put|raised|read"
    r"|realised|realized|renewed|reported|run|said|saved|seen|set|skipped|specified|submitted"
    r"|tested|thought|told|tried|typed|updated|upgraded|used|waited|warned|written)"
)
"""What somebody is blamed for having done, or not."""
SYMPATHY = (
    r"(?! (?:felt|waited|wondered|hoped|wanted|preferred|liked|needed|expected|planned|worked))"
)
ANY_DEED = (
    rf"(?:{FAILED}|\w+ed|broken|hit|lost|left|moved|switched|turned|run|got|gone|taken|let"
    r"|had it|sent|bought|shut|cut|gotten|hidden|overwritten|overridden|rewritten|typed)"
)
YOU = r"(?:you|your (?:[\w-]+ ){0,2}[\w-]+|somebody|someone)"
BLAME = (
    rule(
        "It names what they did wrong; what helps them now is the next step.",
        WHAT_NOW,
        rf"you (?:should|could|ought to)(?: really| just| simply| at least| also"
        rf"| probably)?(?:n't| not)?(?:'ve| have) (?:just |simply |at least |already |first"
        rf" )?{FAILED}",
        r"you (?:should|could|ought to) (?:really )?know(?! that (?:we|i|it)| if| why| what (?:we"
        r"|i)"
        r"|,? (?:it )?before| about| how much we)",
        rf"you (?:probably|clearly|obviously|apparently) (?:have )?(?:just )?{FAILED}",
        rf"you must(?:'ve| have)(?: accidentally| just| somehow| not| never){{0,2}}{SYMPATHY}"
        rf" {ANY_DEED}(?! (?:before|first|on your|to))",
        rf"(?:if {YOU}(?:'d| had)|had {YOU})(?: only| just| actually| simply"
        rf"| not){{0,3}}(?:n't)?{SYMPATHY} {ANY_DEED}",
        r"you(?:'d| would) (?:already |have |not have ){0,3}(?:know|known|noticed|understand"
        r"|understood)(?= (?:this|it|already)|[.!]|\s*\Z)",
        r"you(?:'re| were| are) (?:not |really )?(?:supposed|meant) to|you are expected to",
        r"you (?:clearly|obviously|apparently|evidently|simply|just) (?:did not|didn't|do not"
        r"|don't|have not|haven't|are not|aren't|can't|cannot)",
        r"your (?:[\w-]+ ){1,3}should (?:not )?have been",
        r"you needed to(?! do nothing)",
        r"(?:not|don't|do not) (?:sure |know |understand )?what you(?:'ve| have)? (?:did|done"
        r"|changed|broke|touched|clicked)",
    ),
    rule(
        "It names what they left undone; what helps them now is the next step.",
        WHAT_NOW,
        r"you (?:did not|didn't|haven't|have not)(?: even| actually| properly| bother to"
        r"| yet)? (?:read|follow(?:ed)?|check(?:ed)?|tell|told|mention(?:ed)?|bother(?:ed)?"
        r"|listen(?:ed)?|ask(?:ed)?|test(?:ed)?|configure[d]?|back(?:ed)? up|inform(?:ed)?"
        r"|specif(?:y|ied)|pay|give|given|provide[d]?|answer(?:ed)?|reply|replied|set (?:it|this"
        r"|that)|understand|look|include[d]?|use (?:the|it)|update[d]?|do (?:it|what|this|that"
        r"|the)|renew|send|sent (?!you))",
        r"you (?:have )?(?:failed|forgot|forgotten|neglected|refused) (?:to|the|about|your)",
        r"you never (?:told|mentioned|said|asked|sent|replied|answered|responded|read|checked"
        r"|gave|provided|reported|raised|contacted|informed|tested|updated|set|confirmed|paid"
        r"|specified)",
        r"you(?:'ve| have)? (?:clearly |obviously |apparently |probably |simply "
        r"|just )?(?:misread|misunderstood|misconfigured|misused|broke|broken|ignored|overlooked"
        r"|skipped|disregarded|messed|mistyped|misspelled|neglected)",
        r"you(?:'ve| have)? (?:deleted|changed|entered|configured|broke|chose|set|typed"
        r"|disabled) (?:(?:it|this|that|them) (?:yourself|wrong|wrongly|incorrectly)|the wrong)",
        r"you (?:agreed|signed up|accepted|signed off|signed) (?:to|on|the|our|this|it|for)",
        r"you (?:chose|decided|insisted|opted|asked for|ordered|picked|wanted) (?:to|on|for|it"
        r"|this|that|the cheap\w*|the (?:basic|free|starter))(?= )(?! (?:be|know|hear))",
        r"you (?:keep|kept|always|constantly) (?!us |me |your |an? |the |it |in |on |to |have "
        r"|can |get )\w+(?:ing)?",
    ),
    rule(
        "It looks back at what cannot be changed; they need the way on from here.",
        WHAT_NOW,
        r"(?:wouldn't|would not|needn't|need not) have (?:happened|been (?:a problem|an issue"
        r"|necessary|needed)|broken|failed)|(?:could|would|can) (?:easily )?have been avoided"
        r"|(?:wouldn't|would not) be in this",
        r"you (?:finally|eventually)|if you (?:want|expect) (?:us|me|help|an answer)",
        r"(?:next time|in (?:the )?future),? (?:please|make sure|read|check|try to|try and"
        r"|you should|ensure|do |don't|maybe|just)",
        r"(?:i|we) can only (?:work with|go by|go on|help (?:you )?(?:if|when|once|with)"
        r"|answer what|act on|tell you)",
        r"(?:i|we)(?: was| were)? (?:told|thought|assumed|believed|under the impression|hoped"
        r"|expected)(?: that)? (?:you(?:'d| had| would| were| knew)|your (?:\w+ ){1,2}(?:had"
        r"|would|were|was|knew))",
        r"(?:nobody|no one) (?:forced|made|asked|told) you",
        r"you(?:'ve)? (?:had|were given) (?:plenty|ample|lots|enough (?:time|notice|warnings?"
        r"|chances?)|every (?:chance|opportunity)|(?:weeks|months|years|days) (?:to|of notice))",
        r"(?:gave|given|giving) you (?:plenty|enough|ample|weeks|months|fair|lots)(?: \w+){1,3}",
        r"(?:we|i)(?:'ve| have)? (?:announced|communicated|e-?mailed|sent|posted|notified"
        r"|published|documented|flagged|mentioned|told)(?: \w+){1,8} (?:(?:weeks?|months?|days?"
        r"|years?|ages) ago|in advance|beforehand|twice|already|(?:three|four|several|many"
        r"|multiple|two) times)",
        r"(?:this|that|it) was (?:announced|communicated|e-?mailed|posted|documented"
        r"|published)(?: \w+){0,6} (?:ago|in advance|beforehand|already|weeks|months)",
        r"without (?:telling|asking|informing|consulting|warning|letting) (?:us|me)"
        r"|without (?:reading|testing|checking|asking)(?: it| first| the)?",
        r"you(?:r team)?(?: have|'ve)? (?:gave|given|sent|provided|supplied|shared)(?: us"
        r"| me)? (?:the |an? |with )?(?:wrong|incorrect|incomplete|bad|broken|invalid)",
        r"(?:nobody|no one|you never|you didn't) (?:told|informed|tell|warned) (?:us|me)|(?:we"
        r"|i) (?:were|was)(?: not|n't|n't even) (?:told|informed|aware|involved)",
        r"because (?:you|your team)(?: \w+){0,2}?(?:'re|'ve| are| have| did"
        r"| had)?(?: \w+){0,2}? ?(?:wrong|wrongly|didn't|did not|never|not|without|forgot|failed"
        r"|incorrect\w*|haven't|changed|deleted|disabled|ignored|refuse\w*|missed|skipped|broke"
        r"|misconfigur\w+)",
        r"what you (?:asked for|asked us|told us|wanted|ordered|signed|requested)(?= ?[.,!]|\s*\Z"
        r"| to do)",
        r"(?:information|details?|logs?|context|\w+) (?:is|are|were|was) missing(?= (?:in"
        r"|from) your|[.!]| here)|(?:not|didn't|never) (?:\w+ )?(?:enough"
        r"|sufficient) (?:information|detail|details|context)",
        r"(?:explain|describe|phrase|formulate)(?: \w+){1,3} (?:better|properly|clearly"
        r"|more clearly)",
        r"your (?:question|report|description|ticket|request|message|explanation"
        r"|instructions?) (?:is|was|are|were|makes?|made) (?:\w+ )?(?:unclear|vague|incomplete"
        r"|confusing|wrong|poor|no sense|impossible)",
        r"(?:is|are|remains?|it's|'s) (?:\w+ )?(?:your|the customer's|the user's"
        r"|the client's) (?:own )?responsibility|you(?:'re| are) (?:solely "
        r"|fully )?responsible for|the onus is on|(?:not|isn't|aren't|cannot be held"
        r"|can't be held|no) (?:\w+ )?(?:responsible|liable|liability|responsibility)(?: for)?",
        r"(?:mistake|errors?|oversight|fault|slip|misunderstanding|misconfiguration"
        r"|problem|issue) (?:on|from) your (?:part|side|end)",
        r"time you(?:'ve| have)? (?:\w+ )?(?:asked|done|did|reported|complained|called|written"
        r"|forgotten|said)",
    ),
    rule(
        "It may sound as if the fault were theirs, even where you mean to help.",
        THE_CAUSE,
        r"(?:a |an )?you[- ](?:side|problem|issue|thing)",
        r"(?:that|this|it)(?:'s| is) (?:clearly |really |actually )?(?:an?|on|the|down to"
        r"|with) (?:aws|google|microsoft|azure|apple|slack|salesforce|cloudflare|github|chrome"
        r"|safari|firefox|windows|browser|vendor|provider|third[- ]party|isp|network|customer"
        r"|client|user|partner|hosting|shopify|stripe|okta|sap|oracle)(?:'s)? (?:problem|issue"
        r"|bug|fault|thing|side)",
        r"(?:problem|issue|bug|fault|mistake|misconfig\w*|responsibility|error|side|setup|end"
        r"|job),? (?:and )?not (?:ours|us|our|mine|my)(?: \w+)?",
        r"that (?:doesn't|does not) (?:sound|seem|look) right|(?:that|this|it) (?:can't|cannot"
        r"|can not) (?:be (?:right|true|it|correct|ours|us|happening)|possibly|really)"
        r"|makes? no sense|(?:find|found) (?:it|that|this) hard to believe|(?:i"
        r"|we)(?: \w+)? doubt (?:it|that|this)|(?:very|highly|extremely) unlikely"
        r"|are you (?:really |absolutely |quite |even )?sure (?:you|that|it|this)"
        r"|that's impossible",
        r"(?:take it up|complain|talk) (?:with|to) (?:aws|google|microsoft|azure|apple|them|your"
        r"|the|whoever)",
        r"you (?:seem|appear) to (?:have (?:\w+ )?(?:missed|misread|misunderstood|forgotten"
        r"|ignored|overlooked|changed|broken|deleted|skipped|not)|be (?:confused|mistaken"
        r"|confusing|doing|using|under|misreading|the only)|think|believe|misunderstand|not"
        r"|expect|assume)",
        r"(?<!not )(?<!isn't )(?<!wasn't )(?:entirely |all |clearly )?your (?:own )?(?:fault"
        r"|mistake|error|doing|oversight|negligence|carelessness)(?! (?:message|log|code|rate"
        r"|report|page|and))",
        r"(?:user|human|customer|operator) error(?! message)|pebkac",
        r"you(?:'re| are|'ve been| were| must be| keep)?(?: just| simply| clearly| probably"
        r"| still)? (?:doing|using|holding|reading|calling|configuring|running|setting|looking at"
        r"|entering) (?:\w+ ){0,4}?(?:wrong|wrongly|incorrectly|the wrong (?:way|place|one))",
        r"you(?:'re| are)(?: simply| just| clearly)? (?:wrong|mistaken|confused|confusing"
        r"|misreading|misunderstanding|misinformed|imagining)",
        r"(?:that|this|it)(?:'s| is| was) (?:entirely |all |completely |really )?(?:on"
        r"|down to) you",
        r"(?:did|done|caused|broke|broken|created)(?: \w+){0,3} (?:to )?yourself",
        r"(?:blame|blaming) (?:us|me|our|your|the)",
        r"(?:that|this)(?:'s| is) (?:simply |just |actually |plainly |clearly )?(?:not true"
        r"|untrue|false|nonsense|wrong|incorrect|not correct|not accurate|inaccurate|not (?:how"
        r"|what) (?:it|we|i|this|that)\b(?: works| said| wrote| agreed| promised)?)",
    ),
    rule(
        "It places the cause with them before you have looked at it together.",
        THE_CAUSE,
        r"(?:must|has to|have to|has got to|got to|can only|could only|should) be(?: (?:something"
        r"|a problem|an issue|wrong|a bug)){0,3} (?:in|on|at|from|wrong with|something with"
        r"|problem with|issue with|caused by) your (?:\w+ ?){1,2}",
        r"(?:the |your |this |that )?(?:problem|issue|fault|error|bug|mistake|cause"
        r"|failure)(?: (?:clearly|obviously|is|was|lies|seems|appears|to|be|must|here|entirely"
        r"|probably)){1,3} (?:in|on|with|at|from|by) your (?:side|end|code|setup|set-up|network"
        r"|environment|team|machine|browser|own|system|configuration|infrastructure|admin|it)",
        r"(?:something|anything|problem|issue|bug|error|fault|one|wrong"
        r"|mistake) (?:(?:is )?(?:wrong )?)?(?:on|at|in|with|from) your (?:side|end|env"
        r"|environment|own)",
        r"(?:that|this|it)(?:'s| is| was) (?:all |entirely |clearly |probably )?(?:on|at"
        r"|in) your (?:side|end|network|environment)(?! too)",
    ),
)
RULES = rules(*scolding.RULES, *BLAME, *defence.RULES)
COLD = rules(
    rule(
        "They may hear only blame in it, as there is no help beside it yet.",
        WHAT_NOW,
        rf"{YOU} (?:\w+ly )?(?:were|was|asked(?! (?:whether|if|about|how|what|when|where|why|me"
        rf"|us))|insisted|wanted|approved|agreed|changed|chose"
        rf"|decided|deleted|disabled"
        r"|removed|switched|turned|moved|sent|gave|(?:told|said)(?! (?:that|us|me))|signed|broke"
        r"|clicked|used|configured"
        r"|set|ignored|missed|skipped|left|took|let|made|went|put|entered|uploaded|installed"
        r"|upgraded|cancelled|waited|wrote(?! that)|kept|requested|ordered|picked|bought|confirmed"
        r"|exceeded|overwrote|rejected|refused|declined)",
        rf"{YOU} (?:\w+ly )?(?:can't|cannot|doesn't|don't|do not|does not) (?:expect|understand"
        rf"|know|seriously|blame|just"
        r"|listen|read|even|seem|get)",
        r"you(?:'re| are) (?:the one|still|not|asking|expecting|comparing|forgetting"
        r"|missing the point)|if you (?:had|hadn't|were|weren't)",
        r"(?:we|i)(?:'ve| have)? (?:never|always)|(?:we|i) (?:followed|do not appreciate"
        r"|don't appreciate)|works? (?:very |so |really )?hard",
        r"works? (?:fine |perfectly )?for (?:all|everyone|others|most|the rest)|(?:a )?misuse"
        r"|abuse|accus(?:e|ed|ing)|your facts|messenger|refrain from|right there"
        r"|next time(?=[?.!]|\s*\Z)|(?:did|do|done) (?:anything |nothing )?wrong|where you got"
        r"|(?:it|this|that) (?:is|was) (?:your|you who)|again, (?:this|it|that|the)",
    )
)
"""What is blame where the message has nothing else to give."""


def defensive(text: str, words: str) -> Iterator[Finding]:
    found = [finding(Label.DEFENSIVE, text, words, *held) for held in RULES.matches(words)]
    if not found and is_cold(text, words):
        found = [finding(Label.DEFENSIVE, text, words, *held) for held in COLD.matches(words)]
    yield from found
