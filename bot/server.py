"""The server of `run --http` and of the figures: waitress, in the process of the bot.

It is all Python and needs no other process, as the one that owns a TinyDB file has to have; and it
reads a request to its end before it takes up a thread, so that the slow do not hold up Slack.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from threading import Thread
from typing import Any

from waitress import create_server, wasyncore

from bot.config import ConfigError
from bot.web import Front
from handlers.connection import WORKERS
from handlers.http import LARGEST

GRACE = 5
"""Seconds that requests have which were begun, when all is to stop."""
IDLE = 30
"""Seconds after which a connection that says nothing makes room for another."""


@contextmanager
def listening(front: Front, host: str, port: int, setting: str) -> Iterator[int]:
    """Answer requests within, at the port that is given back; at the end, finish those begun.

    Raises:
        ConfigError: the port cannot be used.
    """
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    sockets: dict[int, Any] = {}
    try:
        server = create_server(
            front,
            map=sockets,
            host=host,
            port=port,
            threads=WORKERS,
            connection_limit=1000,
            channel_timeout=IDLE,
            max_request_body_size=LARGEST + 1,
            asyncore_use_poll=True,
            ident="",
        )
    except OSError as error:
        fault = (
            f"{setting} is {port}, which cannot be used at {host} ({error.strerror}):"
            " write another, or another address to HEARD_HTTP_HOST."
        )
        raise ConfigError([fault]) from None
    thread = Thread(target=server.run, name=f"port {port}", daemon=True)
    thread.start()
    try:
        yield int(server.effective_port)
    finally:
        server.task_dispatcher.shutdown(timeout=GRACE)
        with suppress(OSError):  # whoever ends a request just then has all closed before we pull
            server.trigger.pull_trigger(partial(wasyncore.close_all, sockets))
        thread.join(GRACE)
