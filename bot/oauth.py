"""Plugs together where Heard is installed, and the pages by which it is; imported where needed."""

from __future__ import annotations

import logging
from typing import NamedTuple, cast

from bot.config import Settings
from bot.core.ports import Clock, Stores
from bot.manifest import scopes
from bot.vault import Vault
from bot.web import Page
from handlers.calls import slack
from handlers.installed import SECRETS, Installed
from handlers.installing import Installing
from handlers.pages import INSTALL, REDIRECT
from storage.sql.register import Register
from storage.sql.stores import SqlStores

logger = logging.getLogger(__name__)

QUICK = 2
"""Seconds that Slack has to say whether a token works, while it waits for us."""


class OAuth(NamedTuple):
    installed: Installed
    pages: dict[str, Page]


def oauth(settings: Settings, stores: Stores, clock: Clock) -> OAuth:
    """Open what is installed, after sealing anew what old keys have sealed.

    Raises:
        StoreFailed: the database cannot be used.
    """
    register, found = _register(settings, stores), installed(settings, stores)
    found.renew()
    logger.info("Heard is installed in %d workspaces", len(found.all()))
    installing = Installing(
        found,
        register,
        slack("", settings.api_url),
        (settings.client_id, settings.client_secret),
        sorted(scopes()),
        clock.now,
    )
    only = ("GET",)  # a link's preview shall not use up what works once
    pages = {INSTALL: Page(only, installing.begin), REDIRECT: Page(only, installing.end)}
    return OAuth(found, pages)


def installed(settings: Settings, stores: Stores) -> Installed:
    quick = slack("", settings.api_url, QUICK)
    vault = Vault(settings.secret_keys)
    return Installed(_register(settings, stores), vault, settings.client_id, quick)


def _register(settings: Settings, stores: Stores) -> Register:
    return cast("SqlStores", stores).register(settings.client_id, SECRETS)
