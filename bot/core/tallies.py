"""What stays of a conversation once it is long over: figures, without any words or people."""

from __future__ import annotations

from datetime import datetime

from bot.core.values import value


@value
class Tally:
    id: str
    channel: str
    began_at: datetime
    answered_at: datetime | None = None
    """When the customer first heard from us."""
    last_at: datetime
    ended: str = ""
    """The state in which it ended; empty for promises that belonged to no conversation."""
    response: float | None = None
    """Seconds of business time until the first answer."""
    messages: int = 0
    chases: int = 0
    claimed: bool = False
    kept: int = 0
    """Promises that were kept in time."""
    broken: int = 0
    """Promises whose time passed first."""
