"""Runs the bot in Socket Mode as one of several processes that share a database, for a test."""

import os
import signal
import sys
from threading import Event

from bot.config import Mode, Settings
from bot.logs import log
from bot.serving import serve

LEASE = 3.0
"""Short, so that the test sees many of them end."""

if __name__ == "__main__":
    log()
    stop = Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    settings = Settings.from_env(os.environ, Mode.SOCKET)
    sys.exit(serve(settings, Mode.SOCKET, stop, lease=LEASE))
