"""What somebody typed after `/heard`, and what a word of it does."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from slack_sdk import WebClient

from bot.core.values import value
from handlers.edge import Edge
from handlers.markup import Words


@value
class Asked:
    """What somebody typed after `/heard`, and where."""

    edge: Edge
    client: WebClient
    user: str
    channel: str
    rest: str
    trigger: str


class Command(NamedTuple):
    usage: str
    help: str
    answer: Callable[[Asked], Words | None]
