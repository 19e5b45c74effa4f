"""`check`: whether tokens, scopes, channels and the store are in order, and what to do if not."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from http.client import HTTPConnection, HTTPException
from importlib.util import find_spec
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.config import EXTRA, Settings
from bot.core.refusals import StoreFailed, StoreInUse
from bot.manifest import scopes
from handlers.calls import slack
from handlers.http import PATH
from handlers.pages import INSTALL
from storage import open_stores, without_password


@dataclass(frozen=True, slots=True)
class Finding:
    what: str
    fault: str = ""
    """Empty where it is in order."""
    cure: str = ""

    def __str__(self) -> str:
        return f"✗ {self.what}: {self.fault}\n  → {self.cure}" if self.fault else f"✓ {self.what}"


def check(settings: Settings) -> Iterator[Finding]:
    """Look at one thing after another; what needs a token that does not work is left out."""
    yield _store(settings)
    if settings.client_id:
        yield _http(settings)
        yield from _workspaces(settings)
    else:
        yield from _workspace(settings, slack(settings.bot_token, settings.api_url), "")


def _workspaces(settings: Settings) -> Iterator[Finding]:
    from bot.oauth import installed  # noqa: PLC0415 - of an extra

    try:
        with closing(open_stores(settings.database_url)) as stores:
            found = installed(settings, stores)
            everywhere = [one for one in map(found.find, found.all()) if one]
    except StoreFailed:
        yield Finding("workspaces (not looked at: the store cannot be read now)")
        return
    if not everywhere:
        cure = f"open https://your-address{INSTALL} in a browser"
        yield Finding("workspaces", "Heard is installed in none", cure)
    for one in everywhere:
        for finding in _workspace(settings, slack(one.token, settings.api_url), one.workspace):
            yield replace(finding, what=f"{one.workspace}: {finding.what}")


def _workspace(settings: Settings, client: WebClient, workspace: str) -> Iterator[Finding]:
    policy = settings.policy_of(workspace)
    try:
        auth = client.auth_test()
    except SlackApiError as error:
        cure = f"install it there again: open https://your-address{INSTALL} in a browser"
        if not workspace:
            cure = "install the app again and copy its token (OAuth & Permissions) to"
            cure += " SLACK_BOT_TOKEN"
        yield Finding("bot token", f"Slack refuses it: {error.response.get('error')}", cure)
        return
    except (SlackClientError, OSError) as error:
        yield Finding("Slack", f"cannot be reached: {error}", "check the network and SLACK_API_URL")
        return
    yield Finding(f"bot token: {auth.get('user')} in {auth.get('team')}")
    named = policy.colleagues | policy.customers
    yield _scopes(auth, scopes(email=any("." in name for name in named)))
    if settings.app_token and not workspace:
        yield _socket(settings, client)
    if settings.signing_secret and not workspace:
        yield _http(settings)
    if not policy.triage:
        cure = "make a channel for the team, invite the bot, and put its id into HEARD_TRIAGE"
        yield Finding("triage channel", "none is set; leads and owners are told instead", cure)
    everywhere = settings.policy.watch if workspace else frozenset()
    for channel in filter(None, (policy.triage, *sorted(policy.watch - everywhere))):
        yield _channel(channel, client, triage=channel == policy.triage)
    for lead in policy.leads:
        yield _lead(lead, client)


def _store(settings: Settings) -> Finding:
    what = f"store {without_password(settings.database_url)}"
    try:
        open_stores(settings.database_url).close()
    except StoreInUse:
        return Finding(f"{what} (in use, by the Heard that is running)")
    except (StoreFailed, ValueError) as error:
        return Finding(what, str(error), "put that right, or name another in DATABASE_URL")
    return Finding(what)


def _scopes(auth: Any, needed: frozenset[str]) -> Finding:  # noqa: ANN401 - Slack's answer
    headers = {name.lower(): value for name, value in auth.headers.items()}
    granted = frozenset(
        scope.strip()
        for scope in str(headers.get("x-oauth-scopes", "")).split(",")
        if scope.strip()
    )
    missing = sorted(needed - granted)
    if granted and missing:
        cure = "paste manifest.json at api.slack.com/apps (App Manifest), save, and reinstall"
        return Finding("scopes", f"missing {', '.join(missing)}", cure)
    return Finding("scopes" if granted else "scopes (Slack did not list them)")


def _socket(settings: Settings, client: WebClient) -> Finding:
    try:
        client.apps_connections_open(app_token=settings.app_token)
    except SlackApiError as error:
        cure = (
            "make an app-level token with connections:write (Basic Information), copy it to"
            " SLACK_APP_TOKEN, and switch Socket Mode on"
        )
        return Finding("Socket Mode", f"Slack refuses: {error.response.get('error')}", cure)
    except (SlackClientError, OSError) as error:
        return Finding("Socket Mode", f"cannot be reached: {error}", "check the network")
    return Finding("Socket Mode")


def _http(settings: Settings) -> Finding:
    host, port = settings.http_host, settings.http_port
    what = f"HTTP at port {port}, which Slack has to reach as https://your-address{PATH}"
    if not find_spec("waitress"):
        return Finding(what, "waitress is not installed", EXTRA)
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        socket.create_server((host, port), family=family).close()
    except OSError as error:
        if _is_heard(host, port):
            return Finding(f"{what} (in use, by the Heard that is running)")
        return Finding(
            what, str(error.strerror), "write another to HEARD_HTTP_PORT, or HEARD_HTTP_HOST"
        )
    return Finding(what)


def _is_heard(host: str, port: int) -> bool:
    with closing(HTTPConnection(host, port, timeout=2)) as line:
        try:
            line.request("GET", "/healthz")
            return line.getresponse().read(8).startswith(b'{"ok": ')
        except (OSError, HTTPException):
            return False


def _channel(channel: str, client: WebClient, *, triage: bool) -> Finding:
    what = f"triage channel {channel}" if triage else f"watched channel {channel}"
    try:
        info = client.conversations_info(channel=channel)["channel"]
    except (SlackApiError, SlackClientError, OSError) as error:
        reason = error.response.get("error") if isinstance(error, SlackApiError) else error
        return Finding(what, f"Slack says {reason}", "check its id, and invite the bot to it")
    if not info.get("is_member", True):
        return Finding(what, "the bot is not in it", f"type /invite @heard in #{info.get('name')}")
    if triage and info.get("is_ext_shared"):
        fault = "it is shared with customers, who would read what is said there"
        return Finding(what, fault, "use a channel of the team's own for HEARD_TRIAGE")
    return Finding(f"{what} (#{info.get('name')})")


def _lead(lead: str, client: WebClient) -> Finding:
    try:
        user = client.users_info(user=lead)["user"]
    except (SlackApiError, SlackClientError, OSError) as error:
        reason = error.response.get("error") if isinstance(error, SlackApiError) else error
        return Finding(f"lead {lead}", f"Slack says {reason}", "check the id in HEARD_LEADS")
    if user.get("deleted"):
        return Finding(f"lead {lead}", "the account is deactivated", "name another in HEARD_LEADS")
    return Finding(f"lead {lead}")
