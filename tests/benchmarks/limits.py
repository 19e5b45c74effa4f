"""Slack as it limits its callers, by a clock that is moved by hand: nothing is sent anywhere.

https://docs.slack.dev/apis/web-api/rate-limits: one message a second to a channel, where a few at
once are let through, and so many calls a minute to a method.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict, deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

TAKES = timedelta(seconds=0.1)
"""Until Slack has answered a call."""
A_MINUTE = {
    "chat.postMessage": 300,  # "several hundred"
    "chat.postEphemeral": 100,
    "chat.update": 50,
    "conversations.open": 50,
}
A_CHANNEL = 3, timedelta(seconds=3)
Limit = tuple[str, int, timedelta]
"""What it is for, how many calls, within what."""


@dataclass
class Clock:
    at: datetime


class Slack(WebClient):
    def __init__(self, clock: Clock) -> None:
        super().__init__(token="xoxb-month")
        self.calls: Counter[str] = Counter()
        self.refused = 0
        self._clock = clock
        self._numbers = count(1)
        self._windows: defaultdict[str, Window] = defaultdict(Window)

    def api_call(self, api_method: str, **arguments: Any) -> SlackResponse:
        self._clock.at += TAKES
        body = arguments.get("json") or arguments.get("params") or arguments.get("data") or {}
        self.calls[api_method] += 1
        limits: list[Limit] = [(api_method, A_MINUTE[api_method], timedelta(minutes=1))]
        if api_method == "chat.postMessage":
            limits.append((body["channel"], *A_CHANNEL))
        at = self._clock.at
        waits = [self._windows[name].wait(at, calls, span) for name, calls, span in limits]
        if wait := max(waits):
            self.refused += 1
            seconds = {"Retry-After": str(math.ceil(wait.total_seconds()))}
            answer = self._answer(api_method, {"ok": False, "error": "ratelimited"}, 429, seconds)
            raise SlackApiError("ratelimited", answer)
        for name, *_ in limits:
            self._windows[name].passed.append(at)
        return self._answer(api_method, self._done(api_method, body))

    def _done(self, method: str, body: dict[str, Any]) -> dict[str, Any]:
        if method == "conversations.open":
            return {"ok": True, "channel": {"id": f"D{body['users'][1:]}"}}
        ts = f"{int(self._clock.at.timestamp())}.{next(self._numbers):06}"
        return {"ok": True, "channel": body["channel"], "ts": ts}

    def _answer(
        self,
        method: str,
        data: dict[str, Any],
        status: int = 200,
        headers: dict[str, str] | None = None,
    ) -> SlackResponse:
        return SlackResponse(
            client=self,
            http_verb="POST",
            api_url=method,
            req_args={},
            data=data,
            headers=headers or {},
            status_code=status,
        )


@dataclass
class Window:
    passed: deque[datetime] = field(default_factory=deque)

    def wait(self, at: datetime, number: int, span: timedelta) -> timedelta:
        """Return how long to wait until fewer than so many have passed within the span."""
        while self.passed and self.passed[0] <= at - span:
            self.passed.popleft()
        return self.passed[0] + span - at if len(self.passed) >= number else timedelta()
