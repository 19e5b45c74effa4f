"""Apologies: one with a plan helps; many, loud ones, or one with nothing behind it, do not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.core.promises import Noticed
from bot.core.prose import sentences
from bot.core.toning.findings import Context, Finding, Label, excerpt
from bot.core.toning.rules import FEWEST, phrases, sentence_at

APOLOGY = re.compile(
    r"\b(?:sorry|apolog(?:y|ies|i[sz]e[sd]?|i[sz]ing|etic)|forgive(?:\s(?:us|me)|ness)|mea\sculpa"
    r"|my\sbad|pardon\s(?:us|me)|(?:i|we)\s(?:\w+\s)?regret\s(?:this|the|any|what|our|it|how))\b"
)
NOT_OURS = re.compile(
    r"(?:\b(?:no\sneed\sto|don't\s(?:have\sto\s)?(?:be|say)?|do\snot|not|never|nothing\sto\s(?:be"
    r"|feel)|needn't|no)(?:\s(?:be|feel|say))?\s)\Z"
)
"""Before "sorry", it is not we who are: "no need to apologise"."""
HINTS = ("sorry", "apolog", "forgiv", "regret", "mea culpa", "my bad", "pardon")
EFFUSIVE = phrases(
    r"(?:(?:so|very|really|truly|deeply),? ){2,}(?:sorry|apologetic)|sorry,? sorry",
    r"(?:thousand|million|endless|countless|humblest|deepest) apolog(?:y|ies)",
)
"""Too much even beside a plan."""
LOUD = phrases(
    r"(?:so,? ){2,}(?:very )?sorry|so (?:very|incredibly|terribly|extremely|deeply) sorry",
    r"(?:terribly|incredibly|deeply|truly|extremely|profoundly|awfully|genuinely|sincerely"
    r"|dreadfully|unbelievably|very,? very|really,? really|beyond|immensely|tremendously"
    r"|endlessly|eternally|humbly|wholeheartedly) (?:\w+ )?(?:sorry|apologi[sz]e|apologetic"
    r"|regret)",
    r"(?:sincerest|deepest|humblest|heartfelt|most sincere|most humble|profound|sincere|profuse"
    r"|countless|endless|thousand|million|utmost|unreserved)(?:,? (?:and )?\w+)? apolog(?:y|ies)",
    r"(?:can't|cannot|can not|could not|couldn't) (?:possibly )?(?:apologi[sz]e|say sorry"
    r"|say how sorry|express|begin to)(?: \w+){0,3} (?:enough|sorry|regret|apolog\w+)",
    r"no words|words (?:can't|cannot)|(?:i|we)(?:'m|'re| am| are)? (?:feel |are |feeling )?(?:so "
    r"|absolutely |truly |deeply |really |just ){0,3}(?:mortified|ashamed|embarrassed|devastated"
    r"|gutted|heartbroken|horrified|terrible|awful|horrible|dreadful)(?: \w+)?",
    r"(?:please|beg you to|hope you can|kindly|ask you to|can you)(?: please| ever"
    r"| find it in your heart to)? forgive (?:us|me)|beg (?:your|for) (?:forgiveness|pardon)"
    r"|(?:inexcusable|unforgivable)",
    r"apologi[sz]e (?:again|profusely|unreservedly|wholeheartedly|from the bottom|once (?:again"
    r"|more)|so much|a thousand|sincerely|deeply|very much)|sorry,? sorry|sorry (?:again"
    r"|once (?:again|more))",
    r"(?:how|so much) sorry (?:i|we) (?:am|are|really)",
)
LOUD_HINTS = (
    *HINTS,
    "mortified",
    "ashamed",
    "embarrass",
    "devastat",
    "gutted",
    "heartbroken",
    "horrified",
    "no words",
    "words can",
    "feel terrible",
    "feel awful",
    "feel horrible",
    "inexcusable",
    "terrible about",
)
PLAN = re.compile(
    r"\b(?:(?:i|we)(?:'ve|\shave)\s(?:\w+\s){0,2}?\w+(?:ed|en|nt|ut|ade|one|ut)|(?:i"
    r"|we)\s(?:\w+ly\s)?(?:just\s|now\s|already\s)?(?:fixed|restarted|sent|found|added|changed"
    r"|credited|refunded|restored|put|reset|replaced|removed|updated|shipped|raised|moved|asked"
    r"|released|rolled|extended|corrected|set|spoke|opened|escalated|filed|cancelled|canceled"
    r"|rewrote|re-?sent)|(?:is|are|has|was|been|it's|now)\s(?:now\s|been\s|already\s)?(?:fixed"
    r"|back|resolved|restored|live|refunded|credited|deployed|corrected|ready|attached|solved"
    r"|running|working|on\sits\sway)|i'm\s\w+ing|we're\s\w+ing|i\sam\s\w+ing|we\sare\s\w+ing"
    r"|i\scan|we\scan|let\sme|you\scan|you\sshould\snow|please\s(?!forgive|accept|know"
    r"|be\sassured)|try)\b|\?|https?:"
)
FILLER = re.compile(
    r"\W*(?:(?:hi|hello|hey|dear|good\s(?:morning|afternoon|evening))\b.{0,30}\Z|(?:thanks"
    r"|thank\syou|(?:we|i)\s(?:\w+\s)?(?:messed|screwed|dropped\sthe|failed|forgot|let\syou)"
    r"|regards|best|cheers|please\s(?:forgive|accept)|(?:i|we)\s(?:value|appreciate"
    r"|understand)|(?:this|that|it)\s(?:is|was)\s(?:\w+\s)?(?:our|my|unacceptable|inexcusable"
    r"|terrible|awful|frustrating|annoying|bad|wrong|unfortunate|right|okay|ok|(?:not"
    r"|never)\s(?:the"
    r"|what|how|good|acceptable|like)))\b)"
)
"""Sentences that say no more than the apology does."""
REFUSED = re.compile(
    r"\b(?:not\sbe\w*\sable|unable|can't|cannot|couldn't|won't|(?<!oh\s)no|not\s(?:my|our)"
    r"|you\s(?:feel|aren't|are\snot))\b"
)
"""Then it is no apology, but a no."""
BEFOREHAND = re.compile(
    r"\W*(?:(?:i'm|i\sam|we're|we\sare|oh\sno),?\s)?(?:(?:so|very|really|truly|my|our)\s)*"
    r"(?:sorry|apologies)(?:\s(?:again|once\s(?:more|again)))?"
    r"(?:,?\s(?!for\b|about\b|that\b|to\b|it\b|this\b|the\b|i\b|we\b)[\w-]+)?\s?[,:;–—-]\s*"
)
FEW, MANY = 2, 3
NUMBERS = {3: "three", 4: "four", 5: "five"}
ONE_STEP = "I am sorry about this. I am on it now, and you will hear from me by {day}."
ONCE = "Thank you for staying with us on this. You will hear from me by {day}, in any case."


def apologies(
    text: str, words: str, promised: tuple[Noticed, ...], context: Context
) -> Iterator[Finding]:
    """Yield what is too much of an apology: too loud, too often, alone, or not the first."""
    if not any(map(words.__contains__, LOUD_HINTS)):
        return
    found, first = said_sorry(words), _earlier(context)
    if found and first:
        own = _without(text, words, found[0][0])
        yield Finding(
            label=Label.OVER_APOLOGY,
            words=found[0],
            why=first,
            kinder=own or ONCE,
            otherwise=ONCE,
        )
        return
    kinder = ONCE if first else ONE_STEP
    if effusive := EFFUSIVE.search(words):
        why = "Said this strongly it sounds less sincere; once, and plainly, is enough."
        yield Finding(label=Label.OVER_APOLOGY, words=effusive.span(), why=why, kinder=kinder)
        return
    loud = LOUD.search(words)
    dated = (one for one in promised if one.due and not APOLOGY.search(words, *one.words))
    has_plan = any(dated) or PLAN.search(words) is not None
    if len(found) >= MANY or (len(found) >= FEW and not has_plan):
        why = f"It says sorry {_often(len(found))}; once, with what happens next, says more."
        yield Finding(label=Label.OVER_APOLOGY, words=found[1], why=why, kinder=kinder)
    elif loud and not has_plan:
        why = "It is a big apology, and they still do not know what happens next."
        yield Finding(label=Label.OVER_APOLOGY, words=loud.span(), why=why, kinder=kinder)
    elif found and not has_plan and _is_all(words) and not REFUSED.search(words):
        why = "It says sorry; add what you are doing about it, and by when."
        yield Finding(label=Label.OVER_APOLOGY, words=found[0], why=why, kinder=kinder)


def _often(times: int) -> str:
    return "twice" if times == FEW else f"{NUMBERS.get(times, 'many')} times"


def said_sorry(words: str) -> list[tuple[int, int]]:
    return [
        match.span()
        for match in APOLOGY.finditer(words)
        if not NOT_OURS.search(words, max(0, match.start() - 30), match.start())
    ]


def _without(text: str, words: str, place: int) -> str:
    """Return the sentence without the apology before it, if it stands on its own."""
    start, end = sentence_at(words, place)
    sorry = BEFOREHAND.match(words, start, end)
    rest = text[sorry.end() : end].strip() if sorry else ""
    return rest[0].upper() + rest[1:] if len(rest.split()) >= FEWEST else ""


def _is_all(words: str) -> bool:
    """Tell whether nothing is said but the apology."""
    return all(
        APOLOGY.search(words, start, end) or FILLER.match(words, start, end) or end - start < 4  # noqa: PLR2004
        for start, end in sentences(words)
    )


def _earlier(context: Context) -> str:
    """Say who apologised before; empty if nobody did."""
    for written in context.earlier:
        lower = written.text.lower().replace("\u2019", "'")
        if found := said_sorry(lower):
            start, end = next(
                (start, end) for start, end in sentences(lower) if start <= found[0][0] < end
            )
            when = f" on {context.day(written.at)}" if written.at else ""
            quote = excerpt(written.text[start:end])
            return f"“{quote}”, {written.by} said{when}; said again, it means less."
    return ""
