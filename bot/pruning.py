"""Forgets what is over, little by little, wherever Heard is at work, or was."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from bot.core.ports import Clock, Stores
from bot.core.refusals import StoreFailed
from bot.core.retention import EVERY, leave
from bot.workspaces import Workspaces
from handlers.installations import Installations

logger = logging.getLogger(__name__)


class Pruning:
    """Several processes may do it at a time: what one has forgotten, another finds no more."""

    def __init__(
        self,
        stores: Stores,
        workspaces: Workspaces,
        installations: Installations,
        clock: Clock,
        retention: timedelta,
    ) -> None:
        self._stores = stores
        self._workspaces = workspaces
        self._installations = installations
        self._clock = clock
        self._retention = retention
        self._left: list[str] = []
        self._looked: datetime | None = None

    def look(self) -> None:
        """Take one small step in each workspace."""
        now = self._clock.now()
        for workspace in self._workspaces.at_work():
            try:
                workspace.retention.look(now)
            except StoreFailed as fault:
                logger.error("not all that is over in %s is forgotten: %s", workspace.id, fault)  # noqa: TRY400
            except Exception:  # one workspace must not hold up the others
                logger.exception("what is over in %s is not forgotten", workspace.id)
        self._leave(now)

    def _leave(self, now: datetime) -> None:
        """Forget workspaces that have removed Heard."""
        if self._looked is None or not self._looked <= now < self._looked + EVERY:
            self._looked = now
            self._left = sorted({*self._stores.workspaces()} - {*self._installations.all()} - {""})
        if self._left:
            one = self._left.pop()
            if leave(self._stores.of(one), self._retention, now):
                self._left.append(one)
