"""The workspaces in which Heard is at work, each made when it is first needed."""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Lock

from bot.core.refusals import StoreFailed
from bot.workspace import Workspace
from handlers import envelopes
from handlers.edge import Edge
from handlers.installations import Installation, Installations
from handlers.payloads import Payload

logger = logging.getLogger(__name__)


class Workspaces:
    """Implements `handlers.edge.Edges`. Methods may be called from any thread."""

    def __init__(
        self, installations: Installations, make: Callable[[Installation], Workspace]
    ) -> None:
        self._installations = installations
        self._make = make
        self._made: dict[str, Workspace] = {}
        self._lock = Lock()
        self._has_warned = False

    def of(self, body: Payload) -> Edge | None:
        named = envelopes.workspace(body)
        found = self.find(named)
        if found:
            return found.edge
        if named in self._installations.locked():
            raise StoreFailed(f"no key opens the token of workspace {named}")
        if named:
            logger.debug("Heard is not installed in %s, of which it was told something", named)
        elif envelopes.is_for_all(body) and not self._has_warned:
            self._has_warned = True
            logger.warning(
                "Heard was installed for a whole Enterprise Grid organisation, which it cannot"
                " serve: install it in each workspace that is to have it"
            )
        return None

    def find(self, workspace: str) -> Workspace | None:
        """Return a workspace as it is installed now; None where it is not, or no longer."""
        installation = self._installations.find(workspace)
        if installation is None:
            with self._lock:
                self._made.pop(workspace, None)
            return None
        found = self._made.get(installation.workspace)
        if found and found.installation == installation:
            return found
        with self._lock:
            before = self._made.get(installation.workspace)
            if before and before.installation == installation:
                return before
            found = self._made[installation.workspace] = self._make(installation)
            if before:  # under another token: what it has missed, nobody would read
                found.history.missed()
            return found

    def at_work(self) -> tuple[Workspace, ...]:
        with self._lock:
            return tuple(self._made.values())
