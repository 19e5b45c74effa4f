"""Which look at a form is the newest: typing asks for many, and threads may answer out of turn."""

from __future__ import annotations

from threading import Lock

MOST = 1000
"""Forms that are remembered: many more than are open at a time."""


class Looks:
    def __init__(self) -> None:
        self._newest: dict[str, str] = {}
        self._lock = Lock()

    def is_newest(self, view_id: str, at: str) -> bool:
        """Remember a look, by the time that Slack gives to it; False where a newer one is known."""
        with self._lock:
            newest = max(at, self._newest.pop(view_id, ""))
            self._newest[view_id] = newest
            if len(self._newest) > MOST:
                del self._newest[next(iter(self._newest))]
            return newest == at
