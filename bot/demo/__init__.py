"""A small Slack on this machine, with a page in the browser: try the bot without an account."""

from .slack import DemoSlack

__all__ = ["DemoSlack"]
