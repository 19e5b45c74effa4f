"""A disk that a test holds up or fills."""

from __future__ import annotations

from threading import Event

from bot.core.refusals import StoreFailed
from storage.commits import PATIENCE
from storage.journal import Mark, Nowhere
from storage.recovery import Written
from storage.tiny import TinyStore

LONGEST = 20
"""Seconds until a test that forgot to let go of its disk goes on all the same."""


class Disk(Nowhere):
    """Keeps nothing, and says when; a store on it has what a test committed in memory."""

    def __init__(self) -> None:
        self.free = Event()
        self.free.set()
        self.busy = Event()
        """Set once somebody writes."""
        self.full = False

    def hold(self) -> None:
        self.free.clear()
        self.busy.clear()

    def append(self, changes: Written) -> Mark:
        self.busy.set()
        self.free.wait(LONGEST)
        if self.full:
            raise StoreFailed("the disk is full")
        return super().append(changes)

    def store(self) -> TinyStore:
        return TinyStore({}, self, PATIENCE)
