"""Plugs together where Heard is installed, and the pages by which it is; imported where needed."""

from __future__ import annotations

from dataclasses import dataclass

from bot.app import slack
from bot.config import Settings
from bot.core.ports import Clock
from bot.manifest import scopes
from bot.vault import Vault
from bot.web import Page
from handlers.installed import SECRETS, Installed
from handlers.installing import Installing
from handlers.pages import INSTALL, REDIRECT
from storage.sql.database import Database
from storage.sql.register import Register

QUICK = 2
"""Seconds that Slack has to say whether a token works, while it waits for us."""


@dataclass(frozen=True, slots=True)
class OAuth:
    installed: Installed
    pages: dict[str, Page]


def oauth(settings: Settings, database: Database, clock: Clock) -> OAuth:
    """Open what is installed, after sealing anew what old keys have sealed.

    Raises:
        StoreFailed: the database cannot be used.
    """
    register = Register(database, settings.client_id, SECRETS)
    installed = Installed(
        register, Vault(settings.secret_keys), settings.client_id, slack(settings, timeout=QUICK)
    )
    installed.renew()
    app = settings.client_id, settings.client_secret
    installing = Installing(installed, register, slack(settings), app, sorted(scopes()), clock.now)
    return OAuth(
        installed,
        {INSTALL: Page("GET", installing.begin), REDIRECT: Page("GET", installing.end)},
    )
