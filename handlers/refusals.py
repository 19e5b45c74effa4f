"""What people read when Heard cannot do what they ask, and what they can do about it."""

from __future__ import annotations

from bot.core.refusals import (
    AlreadyClaimed,
    DuePassed,
    NotOpen,
    Refusal,
    Settled,
    UnknownPromise,
)
from handlers.edge import Edge
from handlers.markup import person
from handlers.roster import Unavailable

CUSTOMER = (
    "Heard is here for the team that looks after this channel, so I cannot do that for you."
    " Just write your message: they will see it."
)
WHO_ARE_YOU = "Slack did not tell me who you are just now. Nothing was changed; please try again."
NOT_OPENED = "Slack could not open the form just now. Nothing was changed; please try again."
UNKNOWN = "I know of no conversation there. `/heard open` lists those that wait."
WHO_IS_THAT = "Slack did not tell me who that is just now. Nothing was changed; please try again."


def words(refusal: Refusal | Unavailable) -> str:  # noqa: PLR0911 - one sentence for each
    """Word a refusal for the one whose click or command it answers."""
    match refusal:
        case Unavailable():
            return WHO_IS_THAT
        case AlreadyClaimed():
            return f"{person(refusal.claimer)} has that one already. Nothing changed."
        case NotOpen():
            return (
                f"That conversation is {refusal.state}, so there is nothing to snooze."
                " If it needs an answer after all, react to it with :pushpin:."
            )
        case DuePassed():
            return "That time has passed already. Nothing was changed: choose one to come."
        case Settled():
            return (
                "That promise is kept, or taken out of the ledger, so there is nothing to change."
            )
        case UnknownPromise():
            return "I have no note of that promise. `/heard promises` lists what is owed."
        case _:
            return UNKNOWN


def refused(edge: Edge, person_id: str) -> str:
    """Return why somebody may not use Heard; empty where they may."""
    try:
        return "" if edge.is_colleague(person_id) else CUSTOMER
    except Unavailable:
        return WHO_ARE_YOU
