"""What somebody typed after `/heard`, and what a word of it does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from slack_sdk import WebClient

from handlers.edge import Edge
from handlers.markup import Words


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody typed after `/heard`, and where."""

    edge: Edge
    client: WebClient
    user: str
    channel: str
    rest: str
    trigger: str


@dataclass(frozen=True, slots=True)
class Command:
    usage: str
    help: str
    answer: Callable[[Asked], Words | None]
