"""Runs the bot in Socket Mode as a process that gives up on Slack within seconds."""

import os
import sys
from threading import Event

from bot.config import Mode, Settings
from bot.logs import log
from bot.serving import serve
from handlers.connection import PING

if __name__ == "__main__":
    log()
    settings = Settings.from_env(os.environ, Mode.SOCKET)
    sys.exit(serve(settings, Mode.SOCKET, Event(), lost=PING + 3))
