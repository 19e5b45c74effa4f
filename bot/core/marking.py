"""What ✅ and 🤝 say of a promise, in whatever order Slack tells of them."""

from __future__ import annotations

from bot.core.events import Reacted
from bot.core.ledger import Fate, Promise, Turn, turned, withdrawn

DONE, PROMISED = "white_check_mark", "handshake"
REACTIONS = frozenset({DONE, PROMISED})


def marked(promise: Promise, reaction: Reacted) -> Promise:
    """Return the promise with a reaction on its message, or without one that was taken off."""
    key, by, at = f"{reaction.ts}/{reaction.name}/{reaction.by.id}", reaction.by.id, reaction.at
    if reaction.name == PROMISED:
        fate = Fate.REVIVED if reaction.added else Fate.DROPPED
        doubted = promise.by_hand or any(turn.fate is Fate.DROPPED for turn in promise.turns)
        turn = Turn(key=f"{key}/{at.isoformat()}", fate=fate, by=by, at=at, due=promise.due)
        return turned(promise, turn) if doubted else promise
    known = next((turn for turn in promise.turns if turn.key == key), None)
    last = (known.withdrawn or known.at) if known else None
    if last and (at < last or (at == last and (reaction.added or (known and known.withdrawn)))):
        return promise
    if known and not reaction.added:
        return withdrawn(promise, key, at)
    kept = Turn(key=key, fate=Fate.KEPT, by=by, at=at, withdrawn=None if reaction.added else at)
    return turned(promise, kept)
