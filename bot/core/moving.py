"""Words that tell a customer, before it is late, that something will take longer."""

from __future__ import annotations

from datetime import datetime

from bot.core.replies import Register

WORDINGS = {
    Register.FORMAL: (
        "About “{words}”: this needs more time than I had planned, for which I apologise."
        " You will hear from me by {when}."
    ),
    Register.NEUTRAL: (
        "About “{words}”: it takes longer than I thought, and I would rather tell you now."
        " Sorry about that. I will get back to you by {when}."
    ),
    Register.INFORMAL: (
        "Quick heads-up on “{words}”: it's taking me longer than I thought, sorry!"
        " I'll get back to you by {when}."
    ),
}


def spoken(at: datetime) -> str:
    """Say a local moment so that somebody elsewhere can tell when it is."""
    zone = f"{at:%Z}"
    named = zone if zone.isalpha() else f"UTC{zone}"
    return f"{at:%A} {at.day} {at:%B} at {at:%H:%M} {named}"


def wording(register: Register, words: str, due: datetime) -> str:
    """Return the words to send; `due` is in the time zone of who sends them."""
    said = words.strip(" .!") or "what I promised"
    return WORDINGS[register].format(words=said, when=spoken(due))
