"""Heard for any WSGI server, such as `gunicorn --threads 10 bot.wsgi`; begins when imported.

A store for one process wants a server with one worker. What is wrong is raised, and ends it.
"""

from __future__ import annotations

import atexit
import gc
from contextlib import ExitStack
from threading import Event

from bot.__main__ import surroundings
from bot.app import SystemClock
from bot.config import Mode, Settings
from bot.logs import log
from bot.serving import running
from bot.web import Front


def _begun() -> Front:
    """Start the bot, which stops when the process ends."""
    gc.set_threshold(10_000, 20, 20)  # as `bot.__main__` has it
    log()
    settings = Settings.from_env(surroundings(), Mode.HTTP)
    stack, never = ExitStack(), Event()
    atexit.register(stack.close)
    started = stack.enter_context(running(settings, Mode.HTTP, never.wait, SystemClock()))
    assert started  # noqa: S101 - it waits for Slack for as long as it takes
    return started[1]


application = _begun()
