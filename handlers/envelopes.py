"""What Slack writes around what happened: for which workspace we are told."""

from __future__ import annotations

from typing import Any, cast

from slack_bolt.request.internals import extract_is_enterprise_install, extract_team_id

from handlers.payloads import Payload


def workspace(body: Payload) -> str:
    """Return the id of the workspace for which we are told; empty where it is for none, or all.

    In Slack Connect some fields name the team of whoever did it: Bolt knows which to trust.
    """
    named = None if is_for_all(body) else extract_team_id(cast("dict[str, Any]", body))
    return str(named or "")


def is_for_all(body: Payload) -> bool:
    """Tell whether the app was installed in all workspaces of an organisation at once."""
    return bool(extract_is_enterprise_install(cast("dict[str, Any]", body)))


def is_handshake(body: Payload) -> bool:
    """Tell whether Slack only asks if we are there."""
    return "ssl_check" in body or body.get("type") in {"url_verification", "ssl_check"}


def is_limited(body: Payload) -> bool:
    """Tell whether Slack says that it left out events, because there were too many."""
    return body.get("type") == "app_rate_limited"


def is_revoked(body: Payload, bot_user: str) -> bool:
    """Tell whether the bot's own token was revoked, and not only people's."""
    tokens = body["event"].get("tokens") or {}
    return not tokens or bot_user in (tokens.get("bot") or ())
