"""The workspaces in which Heard was installed by OAuth, as the database has them.

Slack's SDK writes its own tables; here secrets are sealed before, and opened afterwards.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from copy import copy
from datetime import datetime
from threading import Lock
from time import monotonic
from typing import Any, Protocol

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.oauth.installation_store.models.installation import Installation as SlackInstallation
from slack_sdk.oauth.installation_store.sqlalchemy import SQLAlchemyInstallationStore

from bot.core.refusals import StoreFailed
from handlers.calls import REFUSED_TOKEN
from handlers.installations import Installation

logger = logging.getLogger(__name__)

SECRETS = (
    "bot_token",
    "bot_refresh_token",
    "user_token",
    "user_refresh_token",
    "incoming_webhook_url",
    "incoming_webhook_configuration_url",
)
LOOK, LOOK_AGAIN = 10.0, 1.0
"""Seconds between two looks at what other processes have installed or removed.

The second is for a workspace in which Heard was not: it may have something due all the same.
"""
LOCKED = (
    "no key in HEARD_SECRET_KEY opens the token of workspace %s: add the one that it was sealed"
    " with after a comma, or install Heard there again; nothing is done there until then"
)


class Locked(Exception):  # noqa: N818 - it says how it is
    """No key opens it."""


class Vault(Protocol):
    def seal(self, text: str) -> str: ...

    def open(self, sealed: str) -> str:
        """Return what was sealed.

        Raises:
            Locked: by another key than ours.
        """
        ...

    def renewed(self, sealed: str) -> str:
        """Return it as it is, or sealed by the newest key where it was by an older.

        Raises:
            Locked: by another key than ours.
        """
        ...


class Register(Protocol):
    """What the database knows; see `storage.sql.register`."""

    def stamp(self) -> str: ...

    def bots(self) -> dict[str, dict[str, str]]: ...

    def entering(
        self, workspace: str, facts: tuple[tuple[str, str], ...]
    ) -> AbstractContextManager[Any]: ...

    def strike(self, workspace: str, facts: tuple[tuple[str, str], ...]) -> None: ...

    def renew(self, renewed: Callable[[str, str], str]) -> int: ...


class Installed:
    """Implements `handlers.installations.Installations`."""

    def __init__(
        self,
        register: Register,
        vault: Vault,
        client_id: str,
        client: WebClient,
        seconds: Callable[[], float] = monotonic,
    ) -> None:
        self._register = register
        self._vault = vault
        self._client_id = client_id
        self._client = client
        self._seconds = seconds
        self._lock = Lock()
        self._stamp = ""
        self._looked = -LOOK
        self._found: dict[str, Installation] = {}
        self._missed: dict[str, float] = {}
        """When it was looked for what is not there."""
        self._told: set[str] = set()
        self._locked: frozenset[str] = frozenset()

    def find(self, workspace: str) -> Installation | None:
        """Return what an installation by any process came to at once, a removal soon.

        Raises:
            StoreFailed: it is not known, and the database cannot tell.
        """
        known, now = self._found.get(workspace), self._seconds()
        if known and now > self._looked + LOOK:
            with suppress(StoreFailed):
                self._look()
        elif known is None and now > self._missed.get(workspace, -LOOK) + LOOK_AGAIN:
            self._look()
            self._missed[workspace] = now
        return self._found.get(workspace)

    def all(self) -> tuple[str, ...]:
        self._look()
        return tuple(sorted(self._found))

    def locked(self) -> frozenset[str]:
        return self._locked

    def left(self, workspace: str, now: datetime) -> None:
        """Note it unless the token works: then it was installed anew, and Slack's word came late.

        Raises:
            SlackClientError, OSError: Slack cannot tell.
            StoreFailed: the database cannot.
        """
        self._look()  # another process may have installed it anew
        installation = self.find(workspace)
        if installation and self._works(installation.token):
            logger.info("Heard was removed from %s before it was installed there anew", workspace)
            return
        self._register.strike(workspace, (("left", now.isoformat()),))
        self._changed(workspace)
        logger.info("Heard was removed from %s, and its token deleted", workspace)

    def keep(self, installation: SlackInstallation, url: str) -> None:
        """Note that Heard was installed, or again, with its secrets sealed."""
        sealed = copy(installation)
        for name in SECRETS:
            if secret := getattr(installation, name):
                setattr(sealed, name, self._vault.seal(secret))
        workspace = str(installation.team_id)
        with self._register.entering(workspace, (("url", url), ("left", ""))) as engine:
            SQLAlchemyInstallationStore(self._client_id, engine).save(sealed)
        self._changed(workspace)

    def renew(self) -> None:
        """Seal anew what was sealed with an old key."""

        def renewed(workspace: str, sealed: str) -> str:
            try:
                return self._vault.renewed(sealed)
            except Locked:
                self._tell(workspace)
                return sealed

        if number := self._register.renew(renewed):
            logger.info("tokens sealed anew with the first key: those of %d rows", number)

    def _works(self, token: str) -> bool:
        try:
            self._client.auth_test(token=token)
        except SlackApiError as error:
            if error.response.get("error") in REFUSED_TOKEN:
                return False
            raise
        return True

    def _changed(self, workspace: str) -> None:
        with self._lock:
            self._found.pop(workspace, None)
            self._missed.pop(workspace, None)
            self._stamp = ""

    def _look(self) -> None:
        with self._lock:
            self._looked = self._seconds()  # also if it fails: others go on with what is known
            stamp = self._register.stamp()
            if stamp != self._stamp:
                bots = self._register.bots()
                opened = map(self._opened, bots.values())
                self._found = {one.workspace: one for one in opened if one}
                self._locked = frozenset(bots.keys() - self._found.keys())
                self._stamp = stamp

    def _opened(self, bot: dict[str, str]) -> Installation | None:
        try:
            token = self._vault.open(bot["token"])
        except Locked:
            self._tell(bot["workspace"])
            return None
        known = {name: text for name, text in bot.items() if text}
        return Installation(**{**known, "token": token})

    def _tell(self, workspace: str) -> None:
        if workspace not in self._told:
            self._told.add(workspace)
            logger.error(LOCKED, workspace)
