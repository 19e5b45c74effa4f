"""What reads what people write, and what chooses replies and fills them in.

Each is loaded once it is first asked for: they hold hundreds of patterns, and to connect, none of
them is needed.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.core.choosing import Chosen, choose
    from bot.core.filling import NotFilled, example, fill, first_line, preview
    from bot.core.promises import Noticed, notice
    from bot.core.promising.commitments import Strength
    from bot.core.promising.deliveries import delivers
    from bot.core.signs import Asked, Standing
    from bot.core.tone import apologises, check
    from bot.core.understanding import is_holding, turn, understand
    from bot.core.when import read_due

__all__ = [
    "Asked",
    "Chosen",
    "NotFilled",
    "Noticed",
    "Standing",
    "Strength",
    "apologises",
    "check",
    "choose",
    "delivers",
    "example",
    "fill",
    "first_line",
    "is_holding",
    "notice",
    "preview",
    "read_due",
    "turn",
    "understand",
]

HOMES = {
    "Asked": "bot.core.signs",
    "Chosen": "bot.core.choosing",
    "NotFilled": "bot.core.filling",
    "Noticed": "bot.core.promises",
    "Standing": "bot.core.signs",
    "Strength": "bot.core.promising.commitments",
    "apologises": "bot.core.tone",
    "check": "bot.core.tone",
    "choose": "bot.core.choosing",
    "delivers": "bot.core.promising.deliveries",
    "example": "bot.core.filling",
    "fill": "bot.core.filling",
    "first_line": "bot.core.filling",
    "is_holding": "bot.core.understanding",
    "notice": "bot.core.promises",
    "preview": "bot.core.filling",
    "read_due": "bot.core.when",
    "turn": "bot.core.understanding",
    "understand": "bot.core.understanding",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - what it is, is said above
    if name not in HOMES:
        raise AttributeError(name)
    globals()[name] = found = getattr(import_module(HOMES[name]), name)
    return found


def warm() -> None:
    """Load all of them, so that no message has to wait for it."""
    for name in HOMES:
        __getattr__(name)
