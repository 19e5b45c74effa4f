"""A Slack that remembers what was posted, whoever posts it, and by its own clock when."""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from tests.local import BOT, COLLEAGUES, TRIAGE, Directory, Json, stamp

INSTANT = timedelta(microseconds=1)


class Recorder(Directory):
    """Keeps messages so that they are found again; `now` is its clock."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._now = now
        self._turn = threading.Lock()
        self._last = now()
        self.posts: list[Json] = []

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: who was killed in the middle of a call does not wait for its answer."""

    def posted(self, words: str) -> list[Json]:
        """Return the messages that say something."""
        return [post for post in list(self.posts) if words in post["text"] + str(post["blocks"])]

    def told(self, pattern: str) -> Counter[str]:
        """Count in how many messages each thing is that a pattern finds."""
        texts = [post["text"] + str(post["blocks"]) for post in list(self.posts)]
        return Counter(one for text in texts for one in set(re.findall(pattern, text)))

    def leaked(self) -> list[Json]:
        """Return the calls that somebody else than colleagues would have seen something of."""
        private = {TRIAGE, *("D" + one[1:] for one in COLLEAGUES)}
        return [
            arguments
            for method, arguments in self.calls
            if method.startswith("chat.")
            and arguments["channel"] not in private
            and (method != "chat.postEphemeral" or arguments["user"] not in COLLEAGUES)
        ]

    def _usual(self, method: str, arguments: Json) -> Json:
        if method == "chat.postMessage":
            return {"ok": True, "channel": arguments["channel"], "ts": self._post(arguments)}
        if method == "conversations.open":
            return {"ok": True, "channel": {"id": "D" + arguments["users"][1:]}}
        if method == "conversations.history":
            return {"ok": True, "messages": self._found(**arguments)}
        return super()._usual(method, arguments)

    def _post(self, arguments: Json) -> str:
        with self._turn:
            self._last = max(self._now(), self._last + INSTANT)
            self.posts.append({"blocks": [], **arguments, "ts": stamp(self._last)})
            return stamp(self._last)

    def _found(self, channel: str, oldest: str, **_: Any) -> list[Json]:
        return [
            {"user": BOT, "ts": post["ts"], "text": post["text"], "metadata": post["metadata"]}
            for post in list(self.posts)
            if post["channel"] == channel and post["ts"] >= oldest
        ]
