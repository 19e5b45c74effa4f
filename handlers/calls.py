"""One call to Slack, and what is known afterwards: done, not done, never, or nobody can tell."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from datetime import timedelta
from enum import Enum, auto
from http.client import HTTPException
from typing import Any, NamedTuple
from urllib.error import URLError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

logger = logging.getLogger(__name__)

TIMEOUT = 10
"""Seconds that a call to Slack may take."""
PASSING = frozenset(
    {"internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org"}
)
REFUSED_TOKEN = frozenset(
    {"invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive"}
)


class Answer(Enum):
    DONE = auto()
    NOT_DONE = auto()
    """It certainly had no effect, and may be tried again."""
    LOST = auto()
    """It may or may not have had its effect: the answer did not arrive, or Slack broke."""
    NEVER = auto()
    """Slack will not do it, however often it is asked."""


class Result(NamedTuple):
    answer: Answer
    data: Mapping[str, Any] = {}
    error: str = ""
    wait: timedelta | None = None
    """How long Slack wants to be left alone."""

    @property
    def done(self) -> bool:
        return self.answer is Answer.DONE


def slack(token: str, url: str, timeout: int = TIMEOUT) -> WebClient:
    """Return a client that leaves retries to us: its own would repeat what may have arrived."""
    return WebClient(token=token, base_url=url, timeout=timeout, retry_handlers=[])


def call(client: WebClient, method: str, **arguments: Any) -> Result:  # noqa: ANN401 - Slack's
    """Call a method of the Web API, in the encoding that it wants, without ever raising."""
    try:
        answer = getattr(client, method.replace(".", "_"))(**arguments)
    except SlackApiError as error:
        return judge(error)
    except URLError as error:
        refused = isinstance(error.reason, ConnectionRefusedError)
        return Result(
            Answer.NOT_DONE if refused else Answer.LOST, error=f"{method}: {error.reason}"
        )
    except (SlackClientError, HTTPException, OSError, ValueError) as error:
        return Result(Answer.LOST, error=f"{method}: {type(error).__name__}")
    return Result(Answer.DONE, answer.data if isinstance(answer.data, dict) else {})


def judge(error: SlackApiError) -> Result:
    """Tell what an error of Slack's means for the call that it answers."""
    response = error.response
    status, reason = response.status_code, str(response.get("error") or "")
    if status == 429 or reason == "ratelimited":  # noqa: PLR2004 - HTTP's own numbers
        wait = timedelta(seconds=float(response.headers.get("Retry-After", 1)))
        return Result(Answer.NOT_DONE, error="ratelimited", wait=wait)
    if reason in REFUSED_TOKEN:
        logger.error("Slack refuses the token (%s): `python -m bot check` says what to do", reason)
        return Result(Answer.NOT_DONE, error=reason)
    if status >= 500 or reason in PASSING or not re.fullmatch(r"[a-z0-9_]+", reason):  # noqa: PLR2004
        return Result(Answer.LOST, error=f"HTTP {status}" if status >= 500 else "a broken answer")  # noqa: PLR2004
    return Result(Answer.NEVER, error=reason)
