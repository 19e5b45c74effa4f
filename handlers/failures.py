"""Which messages could not be delivered so far: how often they failed, and since when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from bot.core.outgoing import Outgoing


class _Failing(NamedTuple):
    times: int
    since: datetime


class Failures:
    """Written by one thread, read by any."""

    def __init__(self) -> None:
        self._failing: dict[str, _Failing] = {}

    def keep(self, pending: Iterable[Outgoing]) -> None:
        """Forget what is no longer pending."""
        ids = {out.id for out in pending}
        self._failing = {one: failing for one, failing in self._failing.items() if one in ids}

    def add(self, out: Outgoing, now: datetime) -> int:
        """Note one more failure; return how many there were."""
        failing = self._failing.get(out.id, _Failing(0, now))
        self._failing[out.id] = _Failing(failing.times + 1, failing.since)
        return failing.times + 1

    def forget(self, out: Outgoing) -> None:
        self._failing.pop(out.id, None)

    def overdue_since(self, pending: Iterable[Outgoing], now: datetime) -> datetime | None:
        """Return since when something pending should be gone; None where nothing should.

        What failed is put off again and again: it should be gone since it failed first.
        """
        failing = self._failing
        since = (failing[out.id].since if out.id in failing else out.at for out in pending)
        return min((at for at in since if at <= now), default=None)
