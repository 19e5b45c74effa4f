"""The line to Slack over HTTP: who sent a request is made sure of before it is read.

Bolt's own middleware checks the signature only of what it could read, and fails over odd headers;
so the same verifier of Slack's SDK stands in front of Bolt. As over Socket Mode, an event is
acknowledged once it is durable; otherwise the answer makes Slack send it again.
"""

from __future__ import annotations

import json
import logging
from http import HTTPStatus
from queue import SimpleQueue
from time import perf_counter
from typing import Any, NamedTuple
from urllib.parse import parse_qsl
from wsgiref.types import WSGIEnvironment

from slack_bolt import App, BoltRequest, BoltResponse
from slack_sdk.signature import SignatureVerifier

from bot.core.refusals import StoreFailed
from handlers import payloads
from handlers.edge import Edge, Edges
from handlers.meter import Meter, unmetered

logger = logging.getLogger(__name__)

PATH = "/slack/events"
"""Takes events, commands and whatever people press."""
LARGEST = 1024 * 1024
"""Bytes of a request; those of Slack have a few thousand."""
TIMED_OUT = "http_timeout"


class Answer(NamedTuple):
    status: HTTPStatus
    body: str = ""
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "text/plain; charset=utf-8"),)


class Requests:
    """Slack's requests; whichever server there is hands them over, each on a thread of its own."""

    def __init__(
        self,
        app: App,
        signing_secret: str,
        edges: Edges,
        meter: Meter = unmetered,
    ) -> None:
        self._app = app
        self._verifier = SignatureVerifier(signing_secret)
        self._edges = edges
        self._meter = meter

    def open(self) -> bool:
        """Slack calls us: nothing has to be opened, looked after or closed."""
        return True

    def check(self) -> None: ...

    def silence(self) -> float:
        return 0

    def close(self) -> None: ...

    def answer(self, environ: WSGIEnvironment) -> Answer:
        begun = perf_counter()
        length = environ.get("CONTENT_LENGTH") or ""
        if not length.isdecimal():
            return Answer(HTTPStatus.LENGTH_REQUIRED)
        if len(length) > len(str(LARGEST)) or int(length) > LARGEST:
            return Answer(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        try:
            body = environ["wsgi.input"].read(int(length)).decode()
            if not self._is_slacks(body, environ):
                logger.warning("a request was not signed by Slack, or long ago, and was refused")
                return Answer(HTTPStatus.UNAUTHORIZED)
            payload = _read(body, environ.get("CONTENT_TYPE") or "")
        except (ValueError, RecursionError):  # the latter where brackets open without end
            logger.warning("a request was neither JSON nor a form, and was refused")
            return Answer(HTTPStatus.BAD_REQUEST)
        reason = environ.get("HTTP_X_SLACK_RETRY_REASON", TIMED_OUT)
        response = self._response(payload, reason)
        acknowledged = response.status == HTTPStatus.OK
        self._meter(payload, perf_counter() - begun if acknowledged else None)
        headers = [(name, one) for name, many in response.headers.items() for one in many]
        return Answer(HTTPStatus(response.status), response.body, tuple(headers))

    def _is_slacks(self, body: str, environ: WSGIEnvironment) -> bool:
        """Tell whether Slack signed it, within the last five minutes."""
        timestamp = environ.get("HTTP_X_SLACK_REQUEST_TIMESTAMP") or ""
        signature = environ.get("HTTP_X_SLACK_SIGNATURE") or ""
        try:
            return self._verifier.is_valid(body, timestamp, signature)
        except (ValueError, TypeError, OverflowError):  # no time, no text, or no signature at all
            return False

    def _response(self, payload: dict[str, Any], retry_reason: str) -> BoltResponse:
        try:
            edge = self._edges.of(payload) if "event" in payload else None
            return self._taken_in(payload, retry_reason, edge) if edge else self._dispatch(payload)
        except StoreFailed as failed:
            logger.error("nobody can tell whose it was that Slack sent: %s", failed)  # noqa: TRY400
            return BoltResponse(status=HTTPStatus.SERVICE_UNAVAILABLE)

    def _dispatch(self, payload: dict[str, Any]) -> BoltResponse:
        """Answer what somebody does, which is durable by then.

        To Bolt it comes as over Socket Mode: its own reader of forms loses a command that has the
        word "payload" in it.
        """
        return self._app.dispatch(BoltRequest(mode="socket_mode", body=payload))

    def _taken_in(self, payload: dict[str, Any], retry_reason: str, edge: Edge) -> BoltResponse:
        """Take in an event, and wait for the disk, also where another request has taken it in."""
        place = payloads.channel_id(payload), payloads.message_ts(payload)
        if retry_reason != TIMED_OUT:
            edge.history.missed(*place)  # what else did not arrive?
        landed: SimpleQueue[StoreFailed | None] = SimpleQueue()
        with edge.desk.store.flight() as flight:
            response = self._dispatch(payload)
        flight.then(landed.put)
        failed = landed.get()
        if failed and response.status == HTTPStatus.OK:
            edge.history.missed(*place)
            logger.error("an event was not taken in; Slack will send it again: %s", failed)
            return BoltResponse(status=HTTPStatus.SERVICE_UNAVAILABLE)
        return response


def _read(body: str, content_type: str) -> dict[str, Any]:
    """Read JSON, a form, or JSON in a form.

    Raises:
        ValueError: it is none of them.
    """
    if "json" not in content_type:
        form: dict[str, Any] = dict(parse_qsl(body, keep_blank_values=True))
        if "payload" not in form:
            return form
        body = form["payload"]
    payload = json.loads(body)
    if not isinstance(payload, dict):
        raise ValueError("a payload is an object")  # noqa: TRY004 - of no use to whoever sent it
    return payload
