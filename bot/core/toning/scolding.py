"""Words that tell the customer off, or that they should have listened."""

from __future__ import annotations

from bot.core.toning.rules import rule

ALREADY = r"(?:already|previously|clearly|repeatedly|just|also|literally)"
WE_HAVE = r"(?:i|we)(?:'ve| have| had)?"
TOLD = (
    r"(?:advised|answered|asked|clarified|communicated|explained|indicated|informed|mentioned"
    r"|noted|pointed out|replied|said|stated|told|warned|written|wrote)"
)
PAPERS = (
    r"(?:docs?|documentation|manual|faq|readme|release notes|changelog|contract|terms|e-?mail"
    r"|agreement|sla|policy|guide|instructions|announcement|newsletter|pricing page|invoice)"
)
RULES = (
    rule(
        "It sounds like a reproach for not listening; the sentence says the same without it.",
        "I can go through it with you step by step. Where shall we begin?",
        rf"(?:as|like) {WE_HAVE} (?:have )?(?:{ALREADY} )?(?:been )?{TOLD}(?: (?:you|this|it"
        rf"|that))?"
        r"(?: (?:before|already|earlier|above|previously|(?:many|several|two|three) times))?",
        rf"as (?:{ALREADY} ){TOLD}(?: (?:before|above|earlier))?",
        rf"as {TOLD} (?:before|already|previously|several|many|multiple|repeatedly|numerous"
        r"|in (?:my|our) (?:last|previous|first|earlier))",
        r"(?:as )?per (?:my|our) (?:last|previous|earlier|prior|first)(?: (?:e-?mail|message"
        r"|reply|note|answer|post|response|comment))?",
        r"(?:i|we) (?:must |have to |will )?(?:repeat|reiterate)(?: (?:myself|ourselves|that))?",
        r"to (?:repeat|reiterate)(?: myself| ourselves)?",
        rf"as {TOLD} in (?:the|our|your) (?:\w+ )?{PAPERS}(?! (?:at|here|below|of|under))",
        r"let me (?:repeat|reiterate|be clear|say (?:it|this) again)(?: myself)?",
        is_filler=True,
    ),
    rule(
        "They may have missed it the first time; a clearer answer helps more than a reminder.",
        "I should have made this clearer. Which part shall I go through with you?",
        rf"{WE_HAVE} (?:have )?(?:already|previously|clearly|repeatedly|literally) (?:{TOLD}"
        rf"|covered|been (?:over|through)|gone over"
        r"|given you|sent you|provided|shared|been clear|discussed)(?: (?:you|this|that|it"
        r"|to you))?",
        rf"{WE_HAVE}(?: (?:thought|think|believe|was sure|am sure))?(?: (?:i|we))?(?: was| were"
        r"| been| am| are)?(?: (?:very|quite|perfectly|always|pretty|really|more than)){0,2}"
        r" clear (?:about|on|that|enough|from|with|in)|(?:made|making) (?:it|this|that|myself"
        r"|ourselves) (?:very |quite |perfectly |abundantly )?clear",
        r"(?:i|we) (?:said|wrote|meant|asked for) (?:\w+ ?){1,3}, not",
        r"(?:i|we) did (?:already )?(?:tell|warn|say|mention|explain|inform|send|ask|answer"
        r"|state)(?: (?:you|this|that|it))?",
        r"(?:i|we)(?:'ve| have| had)? (?:told|warned|asked|informed"
        r"|reminded) you(?!.{0,60}\b(?:wrong|mistake|incorrect|sorry|my error))",
        r"you (?:were|have been|had been|'ve been) (?:already )?(?:told|warned|informed|reminded"
        r"|notified|given)(?! (?:the )?(?:wrong|something|two|different|conflicting))",
        r"(?:we've|we have) (?:already )?(?:been over|gone over|been through"
        r"|had) this(?: (?:before|already|conversation|discussion))?",
        r"(?:this|that|it|your question) (?:has|was)(?: been)? already (?:been )?(?:answered"
        r"|explained|covered|discussed|addressed)",
    ),
    rule(
        "It sounds like “you should have read it”, and they came to you for help.",
        "The part that matters is easy to miss. Shall I go through it with you?",
        r"(?:is|are|was|were|it's|that's)(?: all| very| quite| pretty)? (?:clearly|plainly"
        r"|explicitly|well|already) (?:stated|documented|mentioned|described|explained|written"
        r"|marked|shown|said|communicated|labell?ed|visible|listed)",
        r"(?:clearly|plainly|explicitly) (?:states?|stated|says?|said|shows?|explains?|mentions?"
        r"|mentioned|documented|described|written|told|explained)",
        rf"(?:it|this|that|everything)(?:'s| is| was)(?: all| right there| clearly| literally"
        rf"| already| written| documented){{0,3}} in (?:the|our"
        rf"|your) (?:\w+ )?{PAPERS}(?! (?:below|above"
        r"|at "
        rf"|here|of ))",
        r"(?:did|have) you (?:even|actually|really|bother(?:ed)? to|at all)(?: \w+)?",
        r"(?:please )?(?:re-?read|read (?:again|carefully|properly))",
        r"(?:please )?read (?:the|our|my) [\w ]{1,30}? (?:again|carefully|properly|first|before"
        r"|more)",
        r"rtfm|(?:people|users|customers|nobody|no one) (?:don't read|never read|do not read"
        r"|didn't read|reads)"
        r" (?:the |our |their )?(?:docs?|documentation|manual|instructions|guides?|e-?mails?)",
    ),
    rule(
        "It sounds like a telling-off, even if you are right.",
        "Thank you for telling me. What would help you most right now?",
        r"(?:not sure|don't (?:see|know|understand|get)|do not (?:see|know|understand)|unsure"
        r"|(?:no idea)|can't (?:see|think)|fail to see|wonder) why you(?:'re|'d| are| would| keep"
        r"| think| thought| expect\w*| need| want| did| didn't| were| have)?",
        r"(?:what|how)(?: \w+)? (?:else |more |exactly )?do you (?:want|expect)(?: (?:me|us))?"
        r"|not sure what (?:else |more )?you(?:'re| are|'d| want| expect)(?: \w+)?|how is (?:this"
        r"|that|it) (?:our|my)|(?:i|we) don't know what (?:else|more) (?:to (?:tell|say)|you)"
        r"|is it (?:really |so )?(?:that |so )hard to",
        r"(?:i'm|we're|i am|we are|i|we)(?: \w+)? (?:not (?:going to|gonna)|won't|don't (?:have"
        r"|need) to) (?:argue|repeat|discuss (?:this|it)|justify|explain (?:this|it|myself"
        r"|ourselves)|debate)",
        r"that's (?:exactly |precisely )?(?:why we (?:have|ask|asked|told|tell|sent|send|document"
        r"|recommend|advise)|what (?:the |our )?[\w -]{1,30} (?:is|are) for)",
        r"if you (?:look|looked|scroll|scrolled|read|check|checked|listen"
        r"|listened)(?: \w+)? (?:closely|carefully|properly|again|up|above|back|at (?:the|our"
        r"|my) (?:docs|documentation|message|manual|contract|email))|scroll up|any (?:competent"
        r"|experienced|decent|normal)|a (?:simple|quick) (?:search|google|look|glance"
        r"|read) (?:would|will|should)",
        r"(?:not|isn't|hardly) rocket science|don't shoot the messenger|(?:i"
        r"|we) don't make the rules|(?:i|we) just work here|(?:(?:i'm|i am|we're|we are)"
        r" )?(?:only|just) (?:the|a)"
        r" messengers?|(?:i|we) can only tell you what|obviously,? (?:you (?:didn't|did not|have"
        r" to|need to|must|should|can't|haven't|never|forgot|missed)|your|any\w*|the \w+(?: \w+)?"
        r" (?:has|have|needs?|must|should|won't|can't|doesn't|is))|before my time|(?:that|this"
        r"|it) was(?:n't me| not me| (?:sales|my colleague|another team|marketing"
        r"|the other team))|(?:our|my) (?:logs|records|data|monitoring|metrics|systems"
        r"|dashboards?|status page|side) (?:clearly )?(?:shows?|says?|indicates?"
        r"|suggests?) (?:otherwise|no|nothing|everything|that (?:you|your)|you|all)",
        r"(?:did|do|have|can) you not|(?<!why )(?:don't|haven't|didn't|can't|aren't"
        r"|couldn't) you (?!want|have to|think|need)",
        r"\A\W*(?:please |kindly )?(?:stop \w+ing|refrain from)|check your facts",
        r"why (?:(?:did|didn't|would|wouldn't|don't) you|are you (?:even|still|always"
        r"|not)) (?:not |even |still |ever |always )?\w+",
        r"what did you expect|what do you expect",
        r"(?:please )?calm down",
        r"(?:mind|watch|your|that|change) (?:your )?(?:tone|language)(?= (?:is|isn't|please|with"
        r"|and)|[.!,]|\Z)",
        r"(?:please )?(?:stop|quit) (?:spamming|tagging|pinging|asking|complaining|shouting"
        r"|chasing|messaging|bumping|posting|writing|emailing|e-mailing|mentioning|sending"
        r"|blaming|being)",
        r"(?:please )?(?:don't|do not|refrain from|avoid|no need to) (?:be (?:rude|impatient|so)"
        r"|tag(?:ging)?|spam(?:ming)?|ping(?:ing)?|shout(?:ing)?|yell(?:ing)?|bump(?:ing)?|dm"
        r"|dming|chas(?:e|ing)|cross-?post(?:ing)?|double-?post(?:ing)?|repeat(?:ing)?"
        r"|hijack(?:ing)?|take that tone|blame|rush us|keep \w+ing|post(?:ing)? the same"
        r"|open(?:ing)? (?:multiple|duplicate|several)|get (?:upset|angry|worked up)"
        r"|panic(?:king)?)",
        r"(?:you|please)(?: just| simply| really)? (?:need|have|must"
        r"|ought)?(?: to)? ?(?:(?:understand|realise|realize|appreciate) (?:that )?"
        r"|accept that )(?:we|our|i|this|it|there|not)",
        r"(?:try to |please )?(?<!are )be (?:more )?(?:patient|reasonable|respectful|realistic)",
        r"(?:we|i) (?:do |also )?have (?:many |lots of |plenty of )?(?:other"
        r"|more important) (?:customers|clients|users|tickets|things|priorities|work|issues)",
        r"with (?:all )?(?:due )?respect",
        r"(?:it's |it is |that's |that is |this is )(?:pretty |quite |just |rather )?(?:obvious"
        r"|common sense|self-explanatory|self-evident)",
        r"(?:well,? )?there(?:'s| is) your (?:problem|mistake|answer)",
        r"(?:as|like) you (?:should|must|surely|well|already|clearly)(?: already| well)? (?:know"
        r"|see|saw|been told)",
        r"surely you|you people|as any (?:\w+ )?(?:user|developer|engineer|admin)",
        r"for the (?:last|nth|umpteenth|hundredth) time|how many times"
        r"|once again,? (?:this|it|we|i|the|please|as|you)",
        # What fails "for the third time" is ours; what is said for the third time tells off.
        r"(?<![a-z0-9,] )for the (?:second|third|fourth|fifth) time",
        r"(?:ask|tell|say|writ|explain|repeat|answer)\w*(?: \w+){0,3} for the (?:second|third"
        r"|fourth|fifth) time",
        r"you get what you pa(?:y|id)(?: for)?|what you paid for",
        r"you(?:'re| are) (?:being )?(?:overreacting|unreasonable|rude|impatient|demanding"
        r"|aggressive|unfair|exaggerating|overthinking|not listening|asking too much)",
    ),
)
