"""Runs what happens by itself, again and again."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from time import monotonic

from bot.core.refusals import will_pass

logger = logging.getLogger(__name__)

GRACE = 5.0
"""Seconds that a loop has for what it has begun, when all is to stop."""
REST = 1.0
"""Seconds until what failed is tried again."""
LONGEST = 600.0
"""Seconds after which a turn that neither ends nor pauses will do so no more."""


class Loop:
    """Calls `work` at once and then at least every `every` seconds, on a thread of its own.

    What goes wrong in one turn is logged, and the next turn comes all the same.
    """

    def __init__(self, name: str, work: Callable[[], object], every: float) -> None:
        self.name, self.work, self.every = name, work, every
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._turned = 0.0

    def start(self) -> None:
        self._turned = monotonic()
        self._thread = threading.Thread(target=self._run, name=self.name, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        if self._thread:
            self._thread.join(GRACE)

    def is_alive(self) -> bool:
        turning = monotonic() - self._turned < LONGEST
        return self._thread is not None and self._thread.is_alive() and turning

    def _run(self) -> None:
        while not self._stop.is_set():
            self._turned, pause = monotonic(), self.every
            try:
                self.work()
            except Exception as error:  # noqa: BLE001 - whatever it is, the next turn comes
                complain(self.name, error)
                pause = max(pause, REST)
            self._stop.wait(pause)


def complain(name: str, error: Exception) -> None:
    """Log why a turn failed; where the store is away, its own words say it all."""
    if will_pass(error):
        logger.error("%s: %s", name, error)
    else:
        logger.error("%s failed; it goes on", name, exc_info=error)
