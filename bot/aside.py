"""What has failed, and is left alone for a while so that it holds up nothing else."""

from __future__ import annotations

from datetime import datetime, timedelta

FOR = timedelta(minutes=5)


class Aside:
    def __init__(self) -> None:
        self._since: dict[str, datetime] = {}

    def put(self, one: str, now: datetime) -> None:
        self._since[one] = now

    def holds(self, one: str, now: datetime) -> bool:
        """Tell whether it is to be left alone. A clock set back is not waited for."""
        since = self._since.get(one)
        if since is None or since <= now < since + FOR:
            return since is not None
        del self._since[one]
        return False
