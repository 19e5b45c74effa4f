"""The line to Slack over which events come, and how a dead one is noticed."""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Callable

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler

logger = logging.getLogger(__name__)

WORKERS = 50
"""Events handled at a time; those in flight share one write to the disk."""
PING = 5
BUFFER = 64 * 1024
"""The SDK reads a message by recursion, one level for each buffer full."""


class Connection:
    """Socket Mode through the SDK's own client, which opens a new socket before it closes one."""

    def __init__(self, app: App, app_token: str, greeted: Callable[[], None]) -> None:
        """`greeted` is called for each new connection: what came before it may be missed."""
        self._greeted = greeted
        self._handler = SocketModeHandler(
            app,
            app_token,
            concurrency=WORKERS,
            ping_interval=PING,
            receive_buffer_size=BUFFER,
        )
        self._handler.client.on_message_listeners.append(self._noticed)

    def open(self) -> bool:
        """Connect; returns once that is done, and raises what Slack answers where it is not."""
        self._handler.connect()  # type: ignore[no-untyped-call]
        return True

    def check(self) -> None:
        """Connect anew where Slack has hung up without a word.

        The SDK notices that only after four pings went unanswered, and events are lost meanwhile.
        """
        client = self._handler.client
        session = client.current_session
        sock = session.sock if session else None
        if session is None or sock is None or not _is_hung_up(sock):
            return
        logger.warning("Slack hung up; connecting anew")
        session.disconnect()
        client.connect_to_new_endpoint()

    def close(self) -> None:
        self._handler.close()  # type: ignore[no-untyped-call]

    def _noticed(self, message: str) -> None:
        if '"type":"hello"' in message[:200].replace(" ", ""):
            self._greeted()


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
