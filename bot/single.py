"""The one workspace whose token is in the settings."""

from __future__ import annotations

import logging
from datetime import datetime

from handlers.installations import Installation

logger = logging.getLogger(__name__)


class Single:
    """Implements `handlers.installations.Installations`, whichever workspace is asked for.

    What Slack tells of other workspaces comes over channels that they share with ours.
    """

    def __init__(self, installation: Installation) -> None:
        self._installed: tuple[Installation, ...] = (installation,)

    def find(self, workspace: str) -> Installation | None:  # noqa: ARG002 - there is but one
        return self._installed[0] if self._installed else None

    def all(self) -> tuple[str, ...]:
        return tuple(one.workspace for one in self._installed)

    def locked(self) -> frozenset[str]:
        return frozenset()

    def left(self, workspace: str, now: datetime) -> None:  # noqa: ARG002
        self._installed = ()
        logger.error(
            "Heard was removed from %s, or its token was revoked: install the app again, and copy"
            " its token to SLACK_BOT_TOKEN, as 'Connect it to Slack' in README.md says",
            workspace,
        )
