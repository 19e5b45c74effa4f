"""Which three templates fit best, and why; or those that somebody looks for by a word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.core.filling import first_line
from bot.core.replies import Register, Template
from bot.core.signs import SIGNS, Asked, Sign, Standing, signs
from bot.core.values import value

MOST = 3
IN_A_WHY = 2
"""Reasons that are named: more would not be read."""
FOUND = 50
"""Points for a word that was looked for: more than all else can speak for another situation."""
KEYWORDS = {
    "acknowledge": "received receipt noted looking start",
    "clarify": "question ask unclear detail understand clarification",
    "apologise": "apology apologize sorry mistake fault",
    "delay": "late slow longer wait delayed",
    "no": "decline refuse refusal reject impossible cannot",
    "bug": "confirmed reproduced error defect broken problem",
    "fixed": "solved resolved repaired done shipped",
    "handover": "handoff colleague transfer forward escalate specialist",
    "holding": "progress status news interim",
    "moving": "postpone reschedule date later deadline",
    "calm": "angry frustrated complaint furious annoyed",
    "feedback": "suggestion idea praise feature thanks",
    "close": "closing goodbye bye thanks welcome finish",
    "out_of_hours": "weekend night holiday evening closed away office",
}
EMPTY = frozenset(("a", "an", "the", "to", "for", "of", "with", "reply", "template", "someone"))
SHORTEST_STEM = 3
"""Letters from which on the beginning of a word stands for it."""


@value
class Choice:
    template: Template
    why: str
    """A clause for people: "they chase, and your promise is overdue"."""
    first_line: str


@value
class Chosen:
    choices: tuple[Choice, ...]
    """Of different situations, the best first."""
    hint: str = ""
    """Says so where nothing is called by the words that were looked for."""


@dataclass(frozen=True, slots=True)
class _Scored:
    template: Template
    speaking: tuple[Sign, ...]
    points: float


def choose(
    templates: Sequence[Template],
    asked: Asked,
    standing: Standing,
    register: Register,
    words: str = "",
) -> Chosen:
    """Return what fits best; what the words look for comes first."""
    held = tuple(signs(asked, standing))
    sought = [word for word in re.findall(r"[\w-]+", words.lower()) if word not in EMPTY]
    best: dict[str, _Scored] = {}
    for template in _in_register(templates, register):
        one = _scored(template, (*_found(template, sought), *held))
        rival = best.get(template.situation)
        if rival is None or one.points > rival.points:
            best[template.situation] = one
    first = sorted(best.values(), key=lambda one: one.points, reverse=True)[:MOST]
    missed = sought and not any(one.points >= FOUND for one in first)
    return Chosen(
        choices=tuple(
            Choice(template=one.template, why=_why(one), first_line=first_line(one.template))
            for one in first
        ),
        hint=_hint(words, best.values()) if missed else "",
    )


def _in_register(templates: Sequence[Template], register: Register) -> list[Template]:
    """Return the templates of each situation in the register, or in the one that is nearest."""
    order = list(dict.fromkeys((register, Register.NEUTRAL, *Register)))
    nearest: dict[str, int] = {}
    for template in templates:
        far = order.index(template.register)
        nearest[template.situation] = min(far, nearest.get(template.situation, far))
    return [
        template
        for template in templates
        if template.register is order[nearest[template.situation]]
    ]


def _found(template: Template, sought: Iterable[str]) -> list[Sign]:
    """Return what the template is called by of the words that are looked for."""
    known = f"{template.situation} {template.id} {template.title} ".lower().replace("_", " ")
    names = set(re.findall(r"[\w-]+", known + KEYWORDS.get(template.situation, "")))
    return [
        Sign(f"you asked for “{word}”", {template.situation: FOUND})
        for word in sought
        if word in names
        or (len(word) >= SHORTEST_STEM and any(name.startswith(word) for name in names))
    ]


def _scored(template: Template, speaking: tuple[Sign, ...]) -> _Scored:
    points = sum(sign.points.get(template.situation, 0) for sign in speaking)
    return _Scored(template, speaking, points)


def _why(one: _Scored) -> str:
    points = {sign.why: sign.points.get(one.template.situation, 0) for sign in one.speaking}
    weighty = [why for why in points if points[why] > 0]
    own = [why for why in weighty if why != SIGNS["message"].why] or weighty
    return ", and ".join(sorted(own, key=points.__getitem__, reverse=True)[:IN_A_WHY])


def _hint(words: str, all_of_them: Iterable[_Scored]) -> str:
    titles = ", ".join(dict.fromkeys(one.template.title.lower() for one in all_of_them))
    return f"No template is called “{words.strip()}”; these fit best. There are: {titles}."
