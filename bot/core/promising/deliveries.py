"""Words that plainly say that something promised has been done."""

from __future__ import annotations

import re

from bot.core.prose import own_words, sentences

LONGEST = 2_000
DONE = r"""(?:sent|shared|shipped|deployed|released|fixed|merged|pushed|published|uploaded|delivered
    |attached|posted|updated|resolved|enabled|completed|finished|rolled\sout|done|issued|refunded
    |restored|emailed|e-mailed|mailed|processed|added|set\sup|gone\sout|out)"""
DEED = re.compile(DONE, re.VERBOSE)
DELIVERED = re.compile(
    rf"""
      \b(?:i|we)(?:'ve|\shave)?\s(?:just\s|now\s|also\s|already\s)*(?!out\b|done\b){DONE}\b
    | \b(?:i|we)(?:'ve|\shave)\s(?:just\s|now\s)*(?:done|put\stogether)\b
    | \b(?:it|this|that|the(?:\s\w+){{1,4}}|everything)(?:'s|\sis|\sare|\shas\sbeen|\shave\sbeen
        |\swas|\swent)\s(?:all\s|now\s|just\s|also\s)*(?:{DONE}|live|ready|up|back|in\splace)\b
    | ^(?:\W*(?:ok|okay|hi|hey|hello|good\snews|update|and|so)\b)*\W*
        (?:done|sent|fixed|shipped|deployed|delivered|attached|all\sset|just\s{DONE})\b
    | \b(?:here|attached|enclosed)(?:'s|\sis|\sare|\syou\sgo)\b
    | \bplease\sfind\b | \bas\spromised\b | \byou\scan\snow\b
    """,
    re.VERBOSE,
)
NOT_YET = re.compile(
    r"""\b(?:not|n't|never|no|nothing|once|if|when|until|till|unless|before|after|will|should|would
        |could|may|might|almost|nearly|partly|partially|half|still|yesterday|last\s\w+|draft)\b
      | n't\b | \?\s*\Z""",
    re.VERBOSE,
)


COMMON = re.compile(
    r"""about|afternoon|again|all|already|also|and|are|attached|back|been|can|check|done|end
    |enclosed|everything|find|fine|for|from|get|going|good|got|had|has|have|here|him|how|just|know
    |let|live|look|more|morning|news|next|noon|now|once|our|out|over|please|promised|ready|right
    |see|send|set|side|soon|that|the|them|there|they|things|this|those|today|tomorrow|was|week
    |were|what|will|with|you|your|\w+day""",
    re.VERBOSE,
)
"""Words that name no particular thing."""
NAMES = re.compile(r"[a-z]{3,}")
ASIDE = re.compile(r"[,;:(–—]|\s-\s")


def delivers(text: str, promised: str | None = None) -> bool:
    """Tell whether a message plainly says that something is done; when unsure, it is not.

    One sentence has to say so without any reserve. Where the words of a promise are given, it may
    not be about another thing: "I've updated the ticket" sends no report.
    """
    words = own_words(text[:LONGEST])
    for start, end in sentences(words):
        sentence = words[start:end]
        if (said := DELIVERED.search(sentence)) and not NOT_YET.search(sentence):
            things = _things(ASIDE.split(sentence[said.end() :])[0]) | _things(said[0])
            if promised is None or not things or things & _things(promised.lower()):
                return True
    return False


def _things(words: str) -> set[str]:
    """Return what words name, in singular and plural alike, but for what was done to it."""
    named = (word for word in NAMES.findall(words) if not COMMON.fullmatch(word))
    return {word.rstrip("s")[:6] for word in named if not DEED.fullmatch(word)}
