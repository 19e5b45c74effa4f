"""The least that a bot on Bolt's Socket Mode is, as a program: its arguments are Slack's API."""

from __future__ import annotations

import sys
from typing import Any

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

app = App(client=WebClient(token="xoxb-bare", base_url=sys.argv[1]))


@app.event("message")
def message(event: dict[str, Any]) -> None:
    """Do nothing."""


SocketModeHandler(app, "xapp-bare").start()
