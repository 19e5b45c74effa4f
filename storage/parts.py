"""All workspaces where one process looks after them: one in a file, or any number in memory."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from threading import Lock

from bot.core.model import Change
from bot.core.ports import Figures
from bot.core.refusals import StoreFailed
from storage.files import NAME
from storage.tiny import TinyStore


class MemoryStores:
    """Implements `bot.core.ports.Stores`, whose docstrings say what the methods promise."""

    def __init__(self) -> None:
        self._stores: dict[str, TinyStore] = {}

    def of(self, workspace: str) -> TinyStore:
        return self._stores.get(workspace) or self._stores.setdefault(
            workspace, TinyStore.in_memory()
        )

    def adopt(self, workspace: str) -> None:
        self.of(workspace)

    def workspaces(self) -> tuple[str, ...]:
        return tuple(sorted(self._stores))

    def take(self, now: datetime, limit: int) -> tuple[str, ...]:  # noqa: ARG002 - nobody else can
        return tuple(one for one, store in sorted(self._stores.items()) if store.is_busy(now))

    def holds(self, workspace: str) -> bool:  # noqa: ARG002 - as is everything
        return True

    def figures(self, now: datetime) -> Figures:
        found = [store.figures(now) for store in tuple(self._stores.values())]
        since = (one.due_since for one in found if one.due_since)
        return Figures(
            sum(one.outbox for one in found),
            min(since, default=None),
            sum(one.promises for one in found),
            sum(one.overdue for one in found),
        )

    def close(self) -> None:
        for store in self._stores.values():
            store.close()


class FileStores(MemoryStores):
    """A file is for one workspace: the first that is named. What concerns all is in there, too."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._store = TinyStore.in_file(path)
        self._naming = Lock()
        self._stores[self._store.fact(NAME)] = self._store

    def of(self, workspace: str) -> TinyStore:
        with self._naming:
            named = self._store.fact(NAME)
            if workspace and not named:
                self._store.commit(Change(facts=((NAME, workspace),)))
                self._stores = {workspace: self._store}
            elif workspace not in ("", named):
                raise StoreFailed(
                    f"{self._path} is for one workspace, which is {named}, and this is"
                    f" {workspace}: name another store for it in DATABASE_URL"
                )
        return self._store
