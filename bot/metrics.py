"""Figures for Prometheus: how many, how long, never who or what."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from datetime import datetime
from http import HTTPStatus
from typing import Any, cast
from wsgiref.types import WSGIEnvironment

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from bot.core.ledger import Promise, Standing
from bot.core.model import Change
from bot.core.ports import Clock, Store, Stores
from bot.core.refusals import StoreFailed
from handlers.http import Answer
from handlers.meter import kind
from handlers.payloads import Payload

logger = logging.getLogger(__name__)
disable_created_metrics()  # type: ignore[no-untyped-call]

ACKNOWLEDGED = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3)
"""Seconds; Slack sends again what was not acknowledged after three."""


class Metrics:
    """What happened since the start, and how it stands."""

    def __init__(self) -> None:
        self._all = CollectorRegistry()
        self._events = self._counter("events", "What Slack sent, by type.", "type")
        self._seconds = Histogram(
            "heard_acknowledgement_seconds",
            "From reading what Slack sent to acknowledging it.",
            buckets=ACKNOWLEDGED,
            registry=self._all,
        )
        self._nudges = self._counter("nudges", "Nudges sent.")
        self._reminders = self._counter("reminders", "Messages about promises sent.")
        self._ended = {
            Standing.KEPT: self._counter("promises_kept", "Promises kept."),
            Standing.BROKEN: self._counter("promises_broken", "Promises whose time passed first."),
        }
        ProcessCollector(registry=self._all)

    def _counter(self, name: str, what: str, *labels: str) -> Counter:
        return Counter(f"heard_{name}", what, labels, registry=self._all)

    def measured(self, payload: Payload, seconds: float | None) -> None:
        self._events.labels(kind(payload)).inc()
        if seconds is not None:
            self._seconds.observe(seconds)

    def counting(self, stores: Stores) -> Stores:
        """Return the stores, which tell from now on what is committed to them."""
        return cast("Stores", _CountingStores(stores, self))

    def committed(self, change: Change, before: list[Promise | None]) -> None:
        for old, new in zip(before, change.promises, strict=True):
            if new.standing in self._ended and not (old and old.standing is new.standing):
                self._ended[new.standing].inc()
        for card in change.cards:
            if card.id in change.sent:
                about_promises = all(about.promise for about in card.about)
                (self._reminders if about_promises else self._nudges).inc()

    def watch(self, stores: Stores, overdue: Callable[[], datetime | None], clock: Clock) -> None:
        """Have the page tell how it stands, too, in all workspaces together.

        What was put off, the stores do not find overdue, but we know since when it is.
        """
        self._all.register(_Standings(stores, overdue, clock))

    def page(self, _: WSGIEnvironment) -> Answer:
        text = generate_latest(self._all).decode()
        return Answer(HTTPStatus.OK, text, (("Content-Type", CONTENT_TYPE_LATEST),))


class _Counting:
    """A store but for `commit`, which is counted, though the disk may yet refuse it in flight."""

    def __init__(self, store: Store, metrics: Metrics) -> None:
        self._store = store
        self._metrics = metrics

    def commit(self, change: Change) -> None:
        before = [self._store.promise(one.id) for one in change.promises]
        self._store.commit(change)
        self._metrics.committed(change, before)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the store has
        return getattr(self._store, name)


class _CountingStores:
    """Stores, each of which is counted."""

    def __init__(self, stores: Stores, metrics: Metrics) -> None:
        self._stores = stores
        self._metrics = metrics

    def of(self, workspace: str) -> Store:
        return cast("Store", _Counting(self._stores.of(workspace), self._metrics))

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the stores have
        return getattr(self._stores, name)


class _Standings(Collector):
    def __init__(
        self, stores: Stores, overdue: Callable[[], datetime | None], clock: Clock
    ) -> None:
        self._stores = stores
        self._overdue = overdue
        self._clock = clock

    def collect(self) -> Iterator[GaugeMetricFamily]:
        now = self._clock.now()
        try:
            found = self._stores.figures(now)
        except StoreFailed as failed:
            logger.warning("some figures are missing: %s", failed)
            return
        since = min(filter(None, (found.due_since, self._overdue())), default=now)
        waits = (now - since).total_seconds()
        yield _gauge("outbox_messages", "Messages to be sent, now or later.", found.outbox)
        yield _gauge("outbox_age_seconds", "How long the oldest that is due has waited.", waits)
        yield _gauge("promises_open", "Promises not kept yet.", found.promises)
        yield _gauge("promises_overdue", "Those of them whose time has passed.", found.overdue)


def _gauge(name: str, what: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"heard_{name}", what, value)
