"""What was answered to a command: Slack may hand one over twice, and it must not be done twice."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from threading import Lock

from handlers.markup import Words

MOST = 1000
"""Commands that are remembered: many more than come within the minutes in which Slack retries."""
LONGEST = 10
"""Seconds to wait for an answer that somebody else is giving."""

Answer = Words | None


class Answers:
    def __init__(self) -> None:
        self._given: dict[str, Future[Answer]] = {}
        self._lock = Lock()

    def once(self, trigger: str, answer: Callable[[], Answer]) -> Answer:
        """Return the answer that was given to this trigger; what failed is tried again."""
        mine: Future[Answer] = Future()
        with self._lock:
            given = self._given.setdefault(trigger, mine) if trigger else mine
            if len(self._given) > MOST:
                del self._given[next(iter(self._given))]
        if given is not mine:
            return given.result(LONGEST)
        try:
            mine.set_result(answer())
        except BaseException as error:
            self._given.pop(trigger, None)
            mine.set_exception(error)
            raise
        return mine.result()
