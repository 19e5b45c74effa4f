"""Words that plainly say that something promised has been done."""

from __future__ import annotations

import re

from bot.core.prose import own_words, sentences

LONGEST = 2_000
DONE = r"""(?:sent|shared|shipped|deployed|released|fixed|merged|pushed|published|uploaded|delivered
    |attached|posted|updated|resolved|enabled|completed|finished|rolled\sout|done|issued|refunded
    |restored|emailed|e-mailed|mailed|processed|added|set\sup|gone\sout|out)"""
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


def delivers(text: str) -> bool:
    """Tell whether a message plainly says that something is done; when unsure, it is not.

    One sentence has to say so without any reserve.
    """
    words = own_words(text[:LONGEST])
    return any(
        DELIVERED.search(words[start:end]) is not None and NOT_YET.search(words[start:end]) is None
        for start, end in sentences(words)
    )
