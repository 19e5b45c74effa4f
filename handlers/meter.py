"""What is measured at the edge: what Slack sent, and how long its acknowledgement took."""

from __future__ import annotations

from collections.abc import Callable

from handlers.events import LISTENERS
from handlers.payloads import Payload

Meter = Callable[[Payload, float | None], object]
"""Is given a payload and the seconds until its acknowledgement; None where there was none."""

OTHER = "other"
INTERACTIONS = frozenset({"block_actions", "view_submission", "view_closed", "message_action"})


def unmetered(payload: Payload, seconds: float | None) -> None:
    """Measure nothing."""


def kind(payload: Payload) -> str:
    """Return what Slack calls what it sent, as far as Heard uses it: never a word of anybody's."""
    if "command" in payload:
        return "command"
    name = (payload.get("event") or payload).get("type")
    return name if name in LISTENERS or name in INTERACTIONS else OTHER
