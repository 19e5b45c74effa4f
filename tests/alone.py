"""A store that a test has made, as the part of the one workspace there is."""

from __future__ import annotations

import sys
from datetime import datetime

from bot.core.ports import Figures, Store


class Alone:
    """Implements `bot.core.ports.Stores` over one store."""

    def __init__(self, store: Store, workspace: str) -> None:
        self._store = store
        self._workspace = workspace

    def of(self, workspace: str) -> Store:
        return self._store

    def adopt(self, workspace: str) -> None: ...

    def workspaces(self) -> tuple[str, ...]:
        return (self._workspace,)

    def take(self, now: datetime, limit: int) -> tuple[str, ...]:
        store = self._store
        something = store.due(now, 1) or store.promises_due(now, 1) or store.outbox(1)
        return (self._workspace,) if something else ()

    def holds(self, workspace: str) -> bool:
        return True

    def figures(self, now: datetime) -> Figures:
        pending, owed = self._store.outbox(sys.maxsize), self._store.owed(limit=sys.maxsize)
        since = min((out.at for out in pending if out.at <= now), default=None)
        late = sum(bool(one.due and one.due < now) for one in owed)
        return Figures(len(pending), since, len(owed), late)

    def close(self) -> None:
        self._store.close()
