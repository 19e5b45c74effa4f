"""What can go wrong, as a small tree: a person can put a refusal right, the rest is a fault."""

from __future__ import annotations

from datetime import datetime

from bot.core.model import State


class Refusal(Exception):  # noqa: N818 - a polite no is not an error
    """A person can put it right; what they read is worded at the edge."""


class AlreadyClaimed(Refusal):
    def __init__(self, claimer: str) -> None:
        super().__init__(claimer)
        self.claimer = claimer


class NotOpen(Refusal):
    """It is resolved or dismissed, so there is nothing to do to it."""

    def __init__(self, state: State) -> None:
        super().__init__(state)
        self.state = state


class Unknown(Refusal):
    """Nothing is known by that link or id."""


class UnknownPromise(Unknown):
    """No promise is known by that id."""


class Settled(Refusal):
    """Nothing is owed any more."""


class DuePassed(Refusal):
    """Nothing can be promised for a time that has passed."""

    def __init__(self, due: datetime) -> None:
        super().__init__(due)
        self.due = due


class Stale(Exception):  # noqa: N818 - it says what the record is
    """Somebody else changed the record meanwhile: decide again."""


class StoreFailed(Exception):  # noqa: N818 - it says what happened
    """The store could not be read or written; its text names it and says what to do."""


class Damaged(StoreFailed):
    """One record cannot be read; the others can."""


class StoreInUse(StoreFailed):
    """Another process has it."""


def will_pass(error: Exception) -> bool:
    """Tell whether the store fails as a whole: all else would fail, too, until it is put right."""
    return isinstance(error, StoreFailed) and not isinstance(error, Damaged)
