"""The two ways to say no: to the bot with Slack's codes, to a person with words."""

from typing import Any


class SlackError(Exception):
    """`{"ok": false, "error": code}`, with whatever Slack adds to it."""

    def __init__(self, code: str, **more: Any) -> None:
        super().__init__(code)
        self.code = code
        self.more = more


class Impossible(Exception):  # noqa: N818 - it is no fault, and the text is for people
    """What a person tried cannot be done; the text tells them what can."""
