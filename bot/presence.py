"""Whether there was always some process of Heard's to listen: what came meanwhile was missed."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.core.model import Change
from bot.core.ports import Clock, Store

ALIVE, CAUGHT_UP = "alive_at", "caught_up_at"
INTERRUPTED = timedelta(minutes=1)
"""Slack hands over again what nobody took in for so long."""
LATELY = timedelta(minutes=10)


class Presence:
    """What the processes that share a database tell each other. A single one has no need of it."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def was_interrupted(self) -> bool:
        """Tell whether nobody listened lately."""
        return not self._is_since(self._store, ALIVE, INTERRUPTED)

    def listening(self) -> None:
        self._note(self._store, ALIVE)

    def is_caught_up(self, workspace: Store) -> bool:
        """Tell whether somebody has just read what was missed in a workspace."""
        return self._is_since(workspace, CAUGHT_UP, LATELY)

    def caught_up(self, workspace: Store) -> None:
        self._note(workspace, CAUGHT_UP)

    def _note(self, store: Store, fact: str) -> None:
        store.commit(Change(facts=((fact, self._clock.now().isoformat()),)))

    def _is_since(self, store: Store, fact: str, age: timedelta) -> bool:
        """Tell whether something was noted within that time; a clock set back is not believed."""
        noted = store.fact(fact)
        return bool(noted) and abs(self._clock.now() - datetime.fromisoformat(noted)) < age
