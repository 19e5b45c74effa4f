"""The line to Slack over which events come, and how a dead one is noticed.

An event is acknowledged once it is durable. No thread waits for that: who writes a batch of them to
the disk acknowledges them all.
"""

from __future__ import annotations

import logging
import os
import socket
from http import HTTPStatus
from threading import Event
from time import monotonic, perf_counter, time
from typing import Any, Protocol

from slack_bolt import App, BoltResponse
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.adapter.socket_mode.internals import run_bolt_app, send_response
from slack_sdk.errors import SlackClientNotConnectedError
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.core.ports import Store
from bot.core.refusals import StoreFailed
from handlers import payloads
from handlers.meter import Meter, unmetered

logger = logging.getLogger(__name__)

WORKERS = 10
"""Threads that handle events; seldom does one wait for the disk, or for what Slack is asked."""
PING = 5
BUFFER = 64 * 1024
"""The SDK reads a message by recursion, one level for each buffer full."""
GRACE = 5.0
"""Seconds that the disk has for what was accepted, when all is to stop."""
SILENCE = 30.0
"""Seconds without a word or a pong after which we connect anew, as the SDK has not done before."""


class Missed(Protocol):
    def __call__(self, channel_id: str = "", since: str = "") -> None:
        """Note that events of a channel, or of all, may have been missed."""
        ...


class Connection:
    """Socket Mode through the SDK's own client, which opens a new socket before it closes one."""

    def __init__(
        self,
        app: App,
        app_token: str,
        store: Store,
        missed: Missed,
        meter: Meter = unmetered,
        silence: float = SILENCE,
    ) -> None:
        """What came before a new connection may be missed, and what could not be stored."""
        self._store = store
        self._missed = missed
        self._longest_silence = silence
        self._heard_at = self._tried_at = monotonic()
        self._pong: float | None = None
        self._handler = _Handler(
            app,
            app_token,
            store,
            missed,
            meter,
            concurrency=WORKERS,
            ping_interval=PING,
            receive_buffer_size=BUFFER,
        )
        self._handler.client.on_message_listeners.append(self._noticed)

    def open(self) -> bool:
        """Connect; returns once that is done, and raises what Slack answers where it is not."""
        self._handler.connect()  # type: ignore[no-untyped-call]
        self._heard_at = monotonic()
        return True

    def check(self) -> None:
        """Connect anew where Slack has hung up without a word, or is silent for long.

        The SDK notices that only after four pings went unanswered, and events are lost meanwhile.
        """
        client = self._handler.client
        session = client.current_session
        sock = session.sock if session else None
        if session and sock and _is_hung_up(sock):
            logger.warning("Slack hung up; connecting anew")
        elif min(self.silence(), monotonic() - self._tried_at) > self._longest_silence:
            logger.warning("Slack has been silent for %.0f s; connecting anew", self.silence())
        else:
            return
        self._tried_at = monotonic()
        if session:
            session.disconnect()
        client.connect_to_new_endpoint()

    def silence(self) -> float:
        """Return for how many seconds nothing came from Slack, not even the answer to a ping."""
        session = self._handler.client.current_session
        pong = session.last_ping_pong_time if session else None
        if pong and pong != self._pong:
            self._pong, self._heard_at = pong, monotonic()
        return monotonic() - self._heard_at

    def close(self) -> None:
        """Acknowledge what was accepted before hanging up, or Slack sends it again."""
        client = self._handler.client
        client.closed, client.auto_reconnect_enabled = True, False
        client.message_processor.shutdown()  # type: ignore[no-untyped-call]
        client.message_workers.shutdown()
        settled = Event()
        with self._store.flight() as flight:
            flight.then(lambda _: settled.set())
        settled.wait(GRACE)
        self._handler.close()  # type: ignore[no-untyped-call]

    def _noticed(self, message: str) -> None:
        self._heard_at = monotonic()
        if '"type":"hello"' in message[:200].replace(" ", ""):
            self._missed()


class _Handler(SocketModeHandler):
    def __init__(
        self,
        app: App,
        app_token: str,
        store: Store,
        missed: Missed,
        meter: Meter,
        **options: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(app, app_token, **options)
        self._store = store
        self._missed = missed
        self._meter = meter

    def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override]
        """Take in an event; what people do is answered here and now."""
        begun = perf_counter()
        if req.type != "events_api":
            super().handle(client, req)
            self._meter(req.payload, perf_counter() - begun)
            return
        with self._store.flight() as flight:
            response = run_bolt_app(self.app, req)
        flight.then(lambda failed: self._landed(client, req, response, failed, begun))

    def _landed(
        self,
        client: SocketModeClient,
        req: SocketModeRequest,
        response: BoltResponse,
        failed: StoreFailed | None,
        begun: float,
    ) -> None:
        acknowledged = response.status == HTTPStatus.OK and not failed
        self._meter(req.payload, perf_counter() - begun if acknowledged else None)
        if failed and response.status == HTTPStatus.OK:
            self._missed(payloads.channel_id(req.payload), payloads.message_ts(req.payload))
            logger.error("an event was not taken in; Slack will send it again: %s", failed)
            return
        try:
            send_response(client, req, response, time())
        except SlackClientNotConnectedError:
            logger.warning("an event was not acknowledged; Slack will send it again")


def _is_hung_up(sock: socket.socket) -> bool:
    """Tell whether the other end has closed the connection, without taking anything from it."""
    try:
        # A copy without TLS: an encrypted socket cannot be looked into.
        with socket.socket(fileno=os.dup(sock.fileno())) as bare:
            return bare.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True
