"""At what pace Slack takes what is sent, and how long a way to it rests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from bot.core.outgoing import Outgoing

AFTER_EACH = timedelta(seconds=1)
"""Slack takes about one message a second for each channel."""


class Pause(NamedTuple):
    begun: datetime
    over: datetime


class Pace:
    def __init__(self, seconds: Callable[[], float]) -> None:
        """`seconds` tells how long a turn takes."""
        self._seconds = seconds
        self._begun = 0.0
        self._pauses: dict[str, Pause] = {}

    def begin(self) -> None:
        """Note that a turn begins, whose `now` stays what it is at this moment."""
        self._begun = self._seconds()

    def is_busy(self, out: Outgoing, now: datetime) -> bool:
        """Tell whether Slack wants a pause. A clock set back is not waited for."""
        pauses = (self._pauses.get(key) for key in (lane(out), out.to, out.id))
        return any(pause.begun <= now < pause.over for pause in pauses if pause)

    def rest(self, to: str, now: datetime) -> None:
        """Send nothing more there for a moment; the turn may be slow."""
        passed = timedelta(seconds=self._seconds() - self._begun)
        self.pause(to, now, passed + AFTER_EACH)

    def pause(self, what: str, now: datetime, wait: timedelta) -> None:
        """Leave a message, a place or a lane alone for so long, by its id or name."""
        self._pauses[what] = Pause(now, now + wait)


def lane(out: Outgoing) -> str:
    """Return what shares a rate limit: Slack counts by method."""
    if out.edits:
        return "chat.update"
    return "chat.postEphemeral" if out.only else f"chat.postMessage/{out.to}"
