"""The pages by which a workspace installs Heard: Bolt's own flow, in our words.

Bolt sees to the state, which works once, for ten minutes and in the browser that began.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from http import HTTPStatus
from secrets import token_urlsafe
from typing import Protocol
from wsgiref.types import WSGIEnvironment

from slack_bolt import BoltRequest, BoltResponse
from slack_bolt.error import BoltError
from slack_bolt.oauth import OAuthFlow
from slack_bolt.oauth.callback_options import CallbackOptions, FailureArgs, SuccessArgs
from slack_bolt.oauth.oauth_settings import OAuthSettings
from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError
from slack_sdk.oauth import InstallationStore, OAuthStateStore, OAuthStateUtils
from slack_sdk.oauth.installation_store import Installation

from bot.core.refusals import StoreFailed
from handlers import pages
from handlers.http import Answer
from handlers.installed import Installed
from handlers.pages import INSTALL, REDIRECT, Sheet

logger = logging.getLogger(__name__)

PATIENCE = timedelta(minutes=10)
SHEETS = {
    "access_denied": pages.CANCELLED,
    "invalid_browser": pages.TOO_LATE,
    "invalid_state": pages.TOO_LATE,
}


class States(Protocol):
    """Which installations were begun; see `storage.sql.register`."""

    def issue(self, state: str, until: datetime, now: datetime) -> None: ...

    def consume(self, state: str, now: datetime) -> bool: ...


class _Unsuitable(BoltError):  # noqa: N818 - it says what the installation is
    def __init__(self, sheet: Sheet) -> None:
        super().__init__(sheet.title)
        self.sheet = sheet


class _States(OAuthStateStore):
    """Of the SDK's own, two that come at once may both find a state, and none is ever forgotten."""

    def __init__(self, states: States, now: Callable[[], datetime]) -> None:
        self._states = states
        self._now = now

    def issue(self, *_: object, **__: object) -> str:
        state, now = token_urlsafe(), self._now()
        self._states.issue(state, now + PATIENCE, now)
        return state

    def consume(self, state: str) -> bool:
        return self._states.consume(state, self._now())


class Installing:
    def __init__(
        self,
        installed: Installed,
        states: States,
        client: WebClient,
        app: tuple[str, str],
        scopes: Sequence[str],
        now: Callable[[], datetime],
    ) -> None:
        """Install an app that is known by its id and its secret."""
        client_id, client_secret = app
        settings = OAuthSettings(
            client_id=client_id,
            client_secret=client_secret,
            scopes=scopes,
            user_scopes=(),
            install_path=INSTALL,
            redirect_uri_path=REDIRECT,
            authorization_url=f"{client.base_url.removesuffix('api/')}oauth/v2/authorize",
            installation_store=InstallationStore(),  # where Bolt finds nothing: it need not
            state_store=_States(states, now),
            state_expiration_seconds=int(PATIENCE.total_seconds()),
            callback_options=CallbackOptions(_done, _failed),
        )
        self._flow = _Flow(installed, client, settings)

    def begin(self, environ: WSGIEnvironment) -> Answer:
        return self._answer(self._flow.handle_installation, environ)

    def end(self, environ: WSGIEnvironment) -> Answer:
        return self._answer(self._flow.handle_callback, environ)

    @staticmethod
    def _answer(handle: Callable[[BoltRequest], BoltResponse], environ: WSGIEnvironment) -> Answer:
        query, cookie = environ.get("QUERY_STRING", ""), environ.get("HTTP_COOKIE", "")
        try:
            response = handle(BoltRequest(body="", query=query, headers={"cookie": cookie}))
        except StoreFailed as failed:
            logger.error("an installation could not be kept: %s", failed)  # noqa: TRY400 - no trace
            response = _response(pages.NOT_KEPT)
        headers = [(name, one) for name, many in response.headers.items() for one in many]
        return Answer(HTTPStatus(response.status), response.body, (*headers, *pages.HEADERS))


class _Flow(OAuthFlow):
    def __init__(self, installed: Installed, client: WebClient, settings: OAuthSettings) -> None:
        bolts = logging.getLogger("slack_bolt.oauth")
        bolts.addFilter(_without_code)
        super().__init__(client=client, logger=bolts, settings=settings)
        self._installed = installed

    def build_install_page_html(self, url: str, request: BoltRequest) -> str:  # noqa: ARG002
        return pages.begin(url).html()

    def run_installation(self, code: str) -> Installation | None:
        try:
            return super().run_installation(code)
        except (SlackClientError, OSError) as error:
            logger.warning("Slack could not be asked to install Heard: %s", error)
            return None

    def store_installation(self, request: BoltRequest, installation: Installation) -> None:  # noqa: ARG002
        if installation.is_enterprise_install or not installation.team_id:
            raise _Unsuitable(pages.WHOLE_ORGANISATION)
        if installation.bot_refresh_token or not installation.bot_token:
            raise _Unsuitable(pages.EXPIRING)
        try:
            auth = self.client.auth_test(token=installation.bot_token)
        except (SlackClientError, OSError) as error:
            logger.warning("Slack could not be asked for its address: %s", error)
            raise _Unsuitable(pages.NOT_CONFIRMED) from None
        self._installed.keep(installation, str(auth.get("url") or ""))
        logger.info("Heard was installed in workspace %s", installation.team_id)


def _without_code(record: logging.LogRecord) -> bool:
    """Bolt names the code of an installation that failed, which might yet be of use to others."""
    record.msg = re.sub(r"(?<=code: )\S+", "…", str(record.msg))
    return True


def _done(arguments: SuccessArgs) -> BoltResponse:
    one = arguments.installation
    name, workspace = one.team_name or "your workspace", str(one.team_id)
    return _response(pages.done(name, workspace, str(one.app_id)))


def _failed(arguments: FailureArgs) -> BoltResponse:
    if isinstance(arguments.error, _Unsuitable):
        sheet = arguments.error.sheet
    else:
        sheet = SHEETS.get(arguments.reason, pages.NOT_CONFIRMED)
    logger.warning("an installation came to nothing: %s", sheet.title)
    return _response(sheet)


def _response(sheet: Sheet) -> BoltResponse:
    headers: dict[str, str | Sequence[str]] = {
        "Content-Type": "text/html; charset=utf-8",
        "Set-Cookie": OAuthStateUtils().build_set_cookie_for_deletion(),
    }
    return BoltResponse(status=sheet.status, body=sheet.html(), headers=headers)
