"""Who acts, by the words before "will": we, a colleague, what the customer waits for, or nobody."""

from __future__ import annotations

import re

from bot.core.promising import phrases
from bot.core.promising.phrases import at_end

US = at_end(phrases.US)
YOU = at_end("(?:you|u)")
THEIR_TEAM = at_end(rf"(?<!and\s)(?:your|their)\s(?:[\w-]+\s){{0,2}}{phrases.TEAM}")
THING = at_end(phrases.THING)
PERSON = re.compile(r"\b(?:he|she|who|you|they)\s?\Z|(?<![\w'-])(?:i|we)(?!\w)")
NOUN = re.compile(rf"(?<![\w'-]){phrases.NOUN}(?!\w)")
"""What the customer may wait for, anywhere before."""
THEY = re.compile(r"(?<![\w'-])(?:he|she|they)\s?\Z")
NAME = re.compile(
    r"(?:^|.*[,.;:–-]\s|.*\b(?:and|so|then)\s)\W*(?P<who>(?!(?:it|this|that|which)\b)[a-z]{3,})\s\Z",
    re.DOTALL,
)
"""A single word where a clause begins, as "Dana" in "I'm off, so Dana will call you"."""
OUR_PEOPLE = re.compile(
    rf"\b(?:{phrases.TEAM}|asked|looped|assigned|escalated|forwarded|passed|shared|pinged"
    r"|cc(?:'?d)?)\b"
)
"""Named before, "they" are some of us."""
OPENING = re.compile(
    r"""(?:[^\w]|\b(?:ok|okay|sure|yes|yeah|yep|yup|thanks?|thank\syou|thx|ty|hi|hey|hello|got\sit
        |noted|alright|all\sright|cool|great|perfect|np|no\sproblem|no\sworries|right|well|so|and
        |then|also|now|but|sorry|ah|oh|hmm+|understood|fixed|done|cheers|good\scatch|good\spoint
        |merged|indeed|im|looking|checking|on\sit|makes\ssense)\b)*\Z""",
    re.VERBOSE,
)
"""What may stand before words that leave out who acts."""
CLAUSE = re.compile(r"[.,;:–—(]|\s-\s")
CARRIED = re.compile(r"(?:\b(?:and|but|so|then|or)|[,&–-])\s*(?:\w+ly\s)?\Z")
"""After these, who acts may be whoever did before."""
SELF = re.compile(r"(?<![\w'-])(?:i|we|team|engineers)(?!\w)")
"""Whoever did before is one of us."""
OTHERS = re.compile(r"(?<![\w'-])(?:he|she|it|they|this|that)(?!\w)")
DOING = re.compile(r"\W*(?:\w+,?\s){0,2}\w+(?:ing|ed)\b")
"""A clause that leaves out who acts from its beginning: "Checked with Dana and will …"."""
