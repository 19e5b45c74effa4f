"""A store of one workspace, which one process has for itself: there is nobody to share it with."""

from __future__ import annotations

from datetime import datetime

from bot.core.ports import Store


class Alone:
    """Implements `bot.core.ports.Stores` over one store."""

    def __init__(self, store: Store, workspace: str) -> None:
        self._store = store
        self._workspace = workspace

    def of(self, workspace: str) -> Store:  # noqa: ARG002 - there is but one
        return self._store

    def take(self, now: datetime, limit: int) -> tuple[str, ...]:  # noqa: ARG002
        store = self._store
        something = store.due(now, 1) or store.promises_due(now, 1) or store.outbox(1)
        return (self._workspace,) if something else ()

    def holds(self, workspace: str) -> bool:  # noqa: ARG002
        return True

    def close(self) -> None:
        self._store.close()
