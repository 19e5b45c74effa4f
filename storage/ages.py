"""Since when something is over, read from its record: by that it is found to be forgotten."""

from __future__ import annotations

from bot.core.ledger import Standing
from bot.core.model import State, moment
from storage.records import Record, microseconds

_RESTS = {State.ANSWERED, State.RESOLVED, State.DISMISSED}
_CLOSED = {state for state in State if state.closed}


def idle(conversation: Record) -> int | None:
    """Return since when nobody waits, nothing is owed, and the clock has nothing to do."""
    waits = conversation.get("state", State.DISMISSED) not in _RESTS
    if waits or conversation.get("promisers") or conversation.get("due_at") is not None:
        return None
    return _rested(conversation)


def wordy(conversation: Record) -> int | None:
    """Return since when it is closed, where words of it may be kept."""
    if conversation.get("state", State.DISMISSED) not in _CLOSED:
        return None
    rested = _rested(conversation)
    return None if conversation.get("blanked") == rested else rested


def _rested(conversation: Record) -> int | None:
    """Return what `Conversation.rested_at` says."""
    if conversation.get("last_at") is not None:
        return int(conversation["last_at"])
    try:
        return microseconds(moment(conversation["thread"]))
    except ValueError:  # then nobody knows
        return None


def is_open(promise: Record) -> bool:
    standing = promise.get("standing", Standing.OPEN)
    overdue = standing == Standing.BROKEN and not promise.get("successor")
    return overdue or standing == Standing.OPEN


def ended(promise: Record) -> int | None:
    """Return when something last came of a promise that is no longer open."""
    return None if is_open(promise) else max(turn["at"] for turn in promise["turns"])


def wordy_promise(promise: Record) -> int | None:
    words = promise.get("words") or promise.get("since_words")
    return ended(promise) if words else None


def replaced(card: Record) -> int | None:
    """Return when a card was sent that a newer one has replaced."""
    try:
        return microseconds(moment(card["ts"])) if card.get("replaced") else None
    except ValueError:
        return None


def kind_of(fact: str) -> str | None:
    """Return how a fact's name begins, where it is one of many."""
    kind, slash, _ = fact.partition("/")
    return kind if slash else None
