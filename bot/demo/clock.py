"""The demo's clock: real time, plus an offset that only ever grows."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from .cast import BERLIN

SATURDAY = 5


class Clock:
    """Thread safe: the bot reads it while the visitor turns it."""

    def __init__(self, start: datetime) -> None:
        self._lock = threading.Lock()
        self._offset = start - datetime.now(UTC)
        self._last_stamp = 0
        self.on_advance: Callable[[], object] = lambda: None

    def now(self) -> datetime:
        with self._lock:
            return datetime.now(UTC) + self._offset

    def advance(self, seconds: float) -> None:
        if seconds < 0:
            message = "the demo's clock only moves forward"
            raise ValueError(message)
        with self._lock:
            self._offset += timedelta(seconds=seconds)
        self.on_advance()

    def stamp(self, moment: datetime | None = None) -> str:
        """A `ts`: unique, and in order unless a moment of the past is asked for."""
        micros = int((moment or self.now()).timestamp() * 1_000_000)
        if moment is None:
            micros = self._last_stamp = max(micros, self._last_stamp + 100)
        return f"{micros // 1_000_000}.{micros % 1_000_000:06d}"

    def seconds_to_next_morning(self) -> float:
        """Until just after nine on the next weekday, where the team's hours are kept."""
        here = self.now().astimezone(BERLIN)
        morning = here.replace(hour=9, minute=0, second=5, microsecond=0)
        while morning <= here or morning.weekday() >= SATURDAY:
            morning += timedelta(days=1)
        return (morning.astimezone(UTC) - here.astimezone(UTC)).total_seconds()


def ten_on_a_weekday() -> datetime:
    """Where the demo begins if nobody says otherwise: people are at work, in both hemispheres."""
    moment = datetime.now(BERLIN).replace(hour=10, minute=0, second=0, microsecond=0)
    while moment.weekday() >= SATURDAY:
        moment -= timedelta(days=1)
    return moment.astimezone(UTC)
