"""What will be done, by the words after "will": to act, to deliver, to be there."""

from __future__ import annotations

import re

from bot.core.promising import phrases
from bot.core.promising.phrases import after, one_of

ACTING = after(
    rf"{one_of(phrases.ACTS)}"
    r"|be\s(?:in\stouch|back\s(?:to|with|in)|right\s(?:back|with)|with\syou)\b"
)
"""Something is done for the customer."""
LOOKING = after(one_of(phrases.ACTS - phrases.NOT_LOOKING))
"""After "let me", it is done at once."""
ACTING_NOW = after(rf"(?!{phrases.NOT_ACTING})\w+ing\b")
COMING = after(r"(?:coming|landing|shipping|going\s(?:out|live)|rolling\sout|following|arriving)\b")
"""After "a fix is"."""
CONTACT = after(
    r"(?:(?:get|be|come|circle|report)\s(?:right\s)?back\s(?:to|with)|reach\sout\s(?:to|with)"
    r"|follow(?:ing)?\sup\swith|be\sin\stouch\swith|contact|call|e-?mail|update|send|help|assist"
    r"|let)\syou\b|take\s(?:it|this|over)\sfrom\shere|be\sin\stouch"
)
"""The customer hears from whoever is named."""
FREE = after(rf"(?:{phrases.OFFERED})\b")
"""After "I can", somebody is free to do it, and offers."""
ABLE = after(r"be\sable\sto\b")
RESULT = after(
    r"(?:have|be\s(?:able|done|finished|ready|in\sa\sposition)|finish|get|hear|know|see|receive"
    r"|reach)\b"
)
"""After "we should", we expect to get there."""
MADE = after(
    rf"(?:be|get|have\sbeen){phrases.ADVERB}\s{phrases.MADE}|go\s(?:out|live)\b"
    r"|(?:land|ship|release)\b"
)
"""Somebody of ours has to do it before it is so."""
THERE = after(
    rf"(?:be|get){phrases.ADVERB}\s(?:on\sits\sway|{phrases.PRESENT})"
    r"|(?:arrive|reach|come\s(?:out|in|with)|include|contain|have|fix|resolve|address|make\sit|drop"
    r"|hit|follow|work|appear|show\sup|happen|start|finish|take\splace)\b"
)
"""It will be there; that may be a promise, and may be how a product behaves."""
DELIVERED = after(
    r"be\s(?:with\syou|out\b(?!\sof)|in\s(?:the|our|v?\d|next|tonight|tomorrow|\w+day)"
    r"|part\sof\s(?:\S+\s){0,3}(?:v?\d|release|version|update|build|patch|sprint|upgrade|hotfix))"
    rf"|take\s(?:us|me)\b|be\s(?:an?|another|some|more)\s(?:\w+\s){{0,2}}{phrases.NOUN}\b"
)
"""It reaches the customer."""
PASSIVE = after(r"(?:be|get|go|arrive|come|have\sbeen|reach)\b")
RECEIVE = after(
    r"(?:to\s)?(?:have|get(?!\sit\s(?:done|working|right|to)\b)|receive|hear|an?|the|it|more|our"
    r"|another|some)\b"
)
FROM_US = re.compile(
    r"\b(?:hear|get|receive|have|update|answer|reply|response)\b.{0,40}\bfrom\s(?:us|me|our)\b"
)
NEGATED = re.compile(r"(?:n't|\bnot|\bnever|\bwould|'d)\s\Z")
TO_BE = re.compile(r"[^,.]{1,40}\sto\s(?:be|have|land|ship|go|arrive|come)\b")
"""After "we expect the fix"."""
IF = re.compile(r"\bif\b")
THAT = re.compile(r"\b(?:that|which|so)\s\Z")
