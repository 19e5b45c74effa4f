"""Links to messages: built for our own workspace, read from any."""

from __future__ import annotations

import re

LINK = re.compile(
    r"https?://[^/\s|>]+/archives/(?P<channel>[A-Z0-9]+)/p(?P<seconds>\d{10})(?P<micros>\d{6})"
)


class Links:
    """Builds what `chat.getPermalink` would answer; all our readers are of this workspace."""

    def __init__(self, workspace_url: str) -> None:
        self._base = workspace_url.rstrip("/")

    def message(self, channel: str, ts: str, thread: str) -> str:
        link = f"{self._base}/archives/{channel}/p{ts.replace('.', '')}"
        return link if ts == thread else f"{link}?thread_ts={thread}&cid={channel}"


def read(text: str) -> tuple[str, str] | None:
    """Return the channel and the `ts` of the first link to a message, if there is one."""
    match = LINK.search(text)
    return (match["channel"], f"{match['seconds']}.{match['micros']}") if match else None
