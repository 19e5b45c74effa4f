"""In which workspaces Heard is installed, and with what token."""

from __future__ import annotations

from dataclasses import field
from datetime import datetime
from typing import Protocol

from bot.core.values import value


@value
class Installation:
    workspace: str
    """The id of the team, `T…`."""
    enterprise: str = ""
    """The id of the Grid organisation that the workspace belongs to, `E…`."""
    bot_user: str
    bot_id: str = ""
    token: str = field(repr=False)
    url: str = "https://slack.com/"
    """Begins the links to messages."""


class Installations(Protocol):
    """Methods may be called from any thread."""

    def find(self, workspace: str) -> Installation | None:
        """Return how Heard is installed there; None where it is not, or no longer.

        Costs next to nothing the second time: it is asked for every event.
        """
        ...

    def all(self) -> tuple[str, ...]:
        """Return the workspaces in which Heard is installed."""
        ...

    def locked(self) -> frozenset[str]:
        """Return those of them whose token cannot be read, which another process may be able to."""
        ...

    def left(self, workspace: str, now: datetime) -> None:
        """Note that Heard was removed from a workspace, or that its token was revoked."""
        ...
