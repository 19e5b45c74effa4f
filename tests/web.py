"""Slack as it calls over HTTP: requests with real signatures, to a real server."""

from __future__ import annotations

import hashlib
import hmac
import json
import socket
import time
import urllib.parse
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import Any

from bot.config import Mode, Settings
from bot.core.ports import Clock, Store
from bot.server import listening
from bot.serving import front
from tests.local import SETTINGS, Json
from tests.whole import WholeBot

SECRET = "8f742231b10e8888abcd99aaabbb85a5"
EVENTS = "/slack/events"
JSON, FORM = "application/json", "application/x-www-form-urlencoded"


def signature(body: bytes, timestamp: str, secret: str = SECRET) -> str:
    """Sign a request as Slack's documentation says."""
    signed = b":".join((b"v0", timestamp.encode(), body))
    return f"v0={hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()}"


def signed(body: bytes, secret: str = SECRET, age: float = 0) -> dict[str, str]:
    timestamp = str(int(time.time() - age))
    return {
        "X-Slack-Request-Timestamp": timestamp,
        "X-Slack-Signature": signature(body, timestamp, secret),
    }


def retry(number: int, reason: str = "http_error") -> dict[str, str]:
    return {"X-Slack-Retry-Num": str(number), "X-Slack-Retry-Reason": reason}


@dataclass(frozen=True)
class Reply:
    status: int
    text: str

    @property
    def json(self) -> Json:
        found: Json = json.loads(self.text)
        return found


@dataclass(frozen=True)
class Caller:
    """Calls one port of this machine."""

    port: int

    def call(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Reply:
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=20)) as line:
            line.request(method, path, body, headers)
            answer = line.getresponse()
            return Reply(answer.status, answer.read().decode())

    def gets(self, path: str) -> Reply:
        return self.call("GET", path)

    def posts(self, body: bytes, content_type: str = JSON, **headers: str) -> Reply:
        """Send what Slack has signed just now, unless other signatures are named."""
        whole = {"Content-Type": content_type, **signed(body), **headers}
        return self.call("POST", EVENTS, body, **whole)

    def tells(self, event: Json, **headers: str) -> Reply:
        return self.posts(json.dumps(event).encode(), **headers)

    def asks(self, command: Json) -> Reply:
        """Send a slash command, which is a form."""
        return self.posts(urllib.parse.urlencode(command).encode(), FORM)

    def does(self, interaction: Json) -> Reply:
        """Send a click or a form, which is JSON in a form."""
        return self.asks({"payload": json.dumps(interaction)})

    def begins(self, *headers: str, request: str = f"POST {EVENTS}") -> Reply:
        """Send the head of a request and nothing of its body."""
        head = "\r\n".join([f"{request} HTTP/1.1", "Host: heard", *headers, "", ""])
        with socket.create_connection(("127.0.0.1", self.port), 20) as line:
            line.sendall(head.encode())
            answer = line.makefile(encoding="latin-1").read()
        return Reply(int(answer.split()[1]), answer)


@contextmanager
def serving(store: Store, api: str, clock: Clock) -> Iterator[tuple[WholeBot, Caller]]:
    """Plug Heard together for HTTP, without its loops, behind its own server."""
    settings = Settings.from_env(
        {**SETTINGS, "SLACK_SIGNING_SECRET": SECRET, "SLACK_API_URL": api}, Mode.HTTP
    )
    heard = WholeBot(settings, store, clock, mode=Mode.HTTP)
    heard.history.catch_up(lambda _: None)
    try:
        with listening(front(heard, clock, {}), "127.0.0.1", 0, "HEARD_HTTP_PORT") as port:
            yield heard, Caller(port)
    finally:
        heard.stop()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
        return port


def is_up(port: int, path: str = "/healthz") -> bool:
    try:
        return Caller(port).gets(path).status == 200
    except OSError:
        return False


def samples(page: str) -> dict[str, float]:
    """Read a page of Prometheus's by its own parser: each figure by its name and labels."""
    from prometheus_client.parser import text_string_to_metric_families

    found: dict[str, float] = {}
    for family in text_string_to_metric_families(page):
        for sample in family.samples:
            labels: Any = ",".join(sample.labels.values())
            found[f"{sample.name}{{{labels}}}" if labels else sample.name] = sample.value
    return found
