"""A "no" that is all a message says: no reason to hope, and nothing to do next."""

from __future__ import annotations

import re

from bot.core.toning.rules import phrases

ADVERB = r"(?: really| just| simply| currently| actually| unfortunately| sadly| also| certainly)?"
NO = phrases(
    rf"(?:\A\W*|\b(?:sorry|no|but|so),? |(?:i|we|they|support|engineering|there)(?:'re|'m|'s| is"
    rf"| are| am)?{ADVERB} )"
    r"(?:can't|cannot|can not|couldn't|won't|will not|don't|do not|doesn't|does not"
    r"|aren't able to|are not able to|am not able to|'m not able to|'re not able to|unable to"
    r"|not able to|not going to|never going to|not planning to)"
    rf"{ADVERB} (?:be (?:able to )?)?(?:do|help|offer|support|fix|fixing|fixed|change|changing"
    rf"|give|provide|add|adding|added"
    r"|accommodate|make|extend|refund|grant|allow|assist|implement|build|happen|accept|cover"
    r"|handle|prioriti[sz]e|discuss|look into|doing|work on|comment|share|waive|issue|discount"
    r"|honou?r)(?: \w+){0,3}",
    r"(?:that's|that is|this is|it's|it is|is|are|was)(?: simply| just| currently| unfortunately"
    r"| really)?(?: not| n't)(?: something)? (?:possible|supported|available|planned|in scope"
    r"|an option|feasible|allowed|happening|on (?:the|our) roadmap|going to happen|covered"
    r"|eligible|negotiable)",
    r"(?:isn't|aren't|not) (?:possible|supported|available|planned|an option|feasible|on (?:the"
    r"|our) roadmap|going to happen|negotiable|covered|eligible)",
    r"(?:no|not any|without any|don't have any|have no|there are no) (?:current "
    r"|immediate )?plans? (?:to|for|on)(?: \w+)?",
    r"(?:out of|outside|not in) (?:\w+ )?scope|wont ?fix|(?:won't|will not) be (?:fix|add|chang"
    r"|implement)\w+",
    r"(?:request|refund|application|claim|ticket|proposal|suggestion) (?:is|was"
    r"|has been) (?:denied|declined|rejected|refused)",
    r"(?:can't|cannot|couldn't|could not|unable to) reproduce(?: (?:it|this|that|the \w+))?",
    r"(?:not|isn't) (?:my|our) (?:decision|choice)",
    r"(?:is|it's|that's|this is|works?|working|it is|that is)(?: \w+)? (?:an? )?(?:known (?:issue"
    r"|limitation|bug|problem)|limitation|feature,? not a bug|by design|expected(?: behaviou?r)?"
    r"|normal(?: behaviou?r)?|as (?:designed|intended|expected))|works? (?:fine )?(?:for me"
    r"|on my machine|here)|(?:by design|known (?:issue|limitation)|as (?:designed|intended)"
    r"|expected behaviou?r)(?=[.!,]|\s*\Z)",
    r"(?:i|we)(?:'d)? (?:have|has|know|'ve) (?:no|zero) (?:idea|clue)|no idea|(?:i|we) (?:don't"
    r"|do not) know",
    r"(?:feel free to|you can|you could|please|just|maybe) (?:always )?(?:open|file|submit|create"
    r"|raise|log|post) (?:an? |it as an? )?(?:\w+ )?(?:feature request|ticket|issue|request"
    r"|bug report|pr|idea)",
    r"\A\W*(?:open|file|submit|create|raise) (?:an? )?(?:\w+ )?(?:feature request|ticket|bug"
    r" report)",
    r"(?:you(?:'ll| can| will)? find|(?:is|are) all)(?: \w+){1,4} in (?:the|our) (?:docs?|faqs?"
    r"|documentation|manual|wiki|knowledge base|help cent(?:er|re))",
    r"(?:please |just |simply |try |go ){0,3}(?:read|check|consult|refer to|see|search|look at"
    r"|look in) (?:the|our)(?: \w+)? (?:docs?|documentation|manual|faqs?|forum|wiki"
    r"|knowledge base|help cent(?:er|re)|website)",
)
TRY = phrases(
    r"\A\W*(?:please |just |simply |then |maybe |you should |try ){0,3}(?:contact|ask|call|email"
    r"|consult|see|try|google|talk to|speak to|write to|phone|wait for|upgrade|buy"
    r"|switch to) (?:your|the|our|them|another|until|support|sales|stack overflow)(?: \w+){0,3}",
    r"\A\W*(?:just |simply |please |maybe |then ){0,3}(?:try |have you tried )?(?:restart|reboot"
    r"|reinstall|refresh|clear|clearing|restarting|rebooting|turn|turning|retry|wait"
    r"|google) (?:it|your \w+|the \w+|that|your browser cache)(?: (?:off and )?on again| again"
    r"| then)?",
    r"\A\W*(?:just |please )?(?:try again|retry|come back|check back)(?: later| tomorrow)?",
)
"""Steps that anybody would think of; as the whole answer they send the customer away."""
NEXT_STEP = re.compile(
    r"\?|https?:|\b(?:but|however|instead|alternative\w*|what\s(?:i|we)\scan|you\s(?:can|could"
    r"|may|might|will|should)|try|work-?around\w*|options?|i'll|we'll|i\swill|we\swill|(?:i"
    r"|we)(?:'ve|\shave)|i\scan|we\scan|let\sme|let\sus|let's|let\syou\sknow|here's|here\sis"
    r"|here\sare|happy\sto|glad\sto|if\syou|please|recommend\w*|suggest\w*|would\syou|meanwhile"
    r"|until|for\snow|could\sbe|one\s(?:way|approach)|(?:is|am|are)\s\w+ing|another\sway|rather"
    r"|today|consider\w*|(?:i|we)\s\w+ed|planned\sfor|roadmap\sfor|next\s(?:release|version|week"
    r"|month|quarter)|yet|unless|only|use|ask|send|set|add|remove|run|check|make)\b"
)
"""What may stand beside a "no" to make it an honest one."""
LONGEST_ASIDE = 280
"""Characters of a message in which a "no" can be all that is said."""
SHORTEST = 60
BARE = re.compile(
    r"\W*(?:sorry\W+)?(?:no|nope|nah|never|no\s?way|denied|wontfix|(?:duly\s)?noted|ok|okay|kk?"
    r"|fine|sure|whatever|meh|eh|and|so\swhat|see\sabove|same\s(?:answer\s)?as\s\w+(?:\s\w+)?"
    r"|as\sabove|lol"
    r"|¯.*)(?:\W+(?:sorry|thanks))?\W*\Z"
)


def bare_refusal(text: str, words: str) -> tuple[int, int] | None:
    """Return a "no" with no reason to hope and nothing to do next."""
    if len(words) <= 40 and BARE.match(words) and words.strip():  # noqa: PLR2004
        return len(words) - len(words.lstrip()), len(words.rstrip())
    if len(text) > LONGEST_ASIDE:
        return None
    refusal = NO.search(words) or (TRY.search(words) if len(text) <= SHORTEST else None)
    if not refusal:
        return None
    rest = text[: refusal.start()].lower() + " . " + text[refusal.end() :].lower()
    if NEXT_STEP.search(rest.replace("\u2019", "'")):
        return None
    return refusal.span()
