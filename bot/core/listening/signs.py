"""What a sign in a message speaks for, and how loudly."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

PLAIN, CLEAR, HALF, SLIGHT = 5.0, 3.5, 1.75, 0.75
"""Displeasure that thanks do not hide, that stands by itself, that needs another sign, or more."""


class Kind(StrEnum):
    """What a message mostly is."""

    QUESTION = "question"
    REQUEST = "request"
    PROBLEM = "problem"
    COMPLAINT = "complaint"
    CHASE = "chase"
    INFO = "info"
    GREETING = "greeting"
    UNCLEAR = "unclear"
    THANKS = "thanks"
    ACKNOWLEDGEMENT = "acknowledgement"
    RESOLVED = "resolved"
    WILL_ACT = "will_act"
    PRAISE = "praise"
    CHATTER = "chatter"


@dataclass(frozen=True, slots=True, eq=False)
class Sign:
    """Phrases that tell the same; how they are written, `Phrasebook` says."""

    kind: Kind
    weight: float
    why: str
    phrases: str
