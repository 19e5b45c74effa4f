"""Runs the bot, from the opening of the store to its closing, whichever way events come."""

from __future__ import annotations

import gc
import logging
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from threading import Event
from typing import TYPE_CHECKING

from bot.app import Heard, SystemClock, authenticate, connect
from bot.config import Mode, Settings
from bot.core.ports import Clock, Store
from bot.health import Health
from bot.web import Front, Page
from handlers.http import PATH, Requests
from handlers.meter import unmetered
from storage import open_store

if TYPE_CHECKING:
    from bot.metrics import Metrics

logger = logging.getLogger(__name__)

LOST = 300.0
"""Seconds without a sign of Slack's after which a new process is to try."""
STOPPED, GAVE_UP = 0, 1


def serve(
    settings: Settings, mode: Mode, stop: Event, clock: Clock | None = None, lost: float = LOST
) -> int:
    """Run the bot until it is to stop, or Slack is lost; return the exit code."""
    with ExitStack() as stack:
        started = stack.enter_context(running(settings, mode, stop.wait, clock or SystemClock()))
        if started is None:
            return STOPPED
        heard, front = started
        if mode is Mode.HTTP:
            stack.enter_context(_listening(front, settings, settings.http_port, "HEARD_HTTP_PORT"))
            logger.info("Heard listens on port %d", settings.http_port)
        else:
            logger.info("Heard is connected and listening")
        while not stop.wait(1):
            silence = heard.connection.silence()
            if silence > lost:
                logger.error("Slack was silent for %.0f s; ending, to be started anew", silence)
                return GAVE_UP
        logger.info("Heard is stopping")
        return STOPPED


@contextmanager
def running(
    settings: Settings, mode: Mode, wait: Callable[[float], bool], clock: Clock
) -> Iterator[tuple[Heard, Front] | None]:
    """Have the bot run within; None where it is to stop before it has begun."""
    with ExitStack() as stack:
        store = stack.enter_context(closing(open_store(settings.database_url)))
        auth = authenticate(settings, wait)
        if auth is None:
            yield None
            return
        metrics = _metrics(settings)
        counted = metrics.counting(store) if metrics else store
        meter = metrics.measured if metrics else unmetered
        heard = Heard(settings, counted, auth, clock, mode, meter)
        stack.callback(heard.stop)
        gc.freeze()  # the store stays: no collection need look through it again
        gc.set_threshold(10_000, 20, 20)
        if metrics:
            metrics.watch(store, heard.courier, clock)
            figures = Front({**_health(heard, store, clock), "/metrics": Page("GET", metrics.page)})
            port = settings.metrics_port
            stack.enter_context(_listening(figures, settings, port, "HEARD_METRICS_PORT"))
        yield (heard, front(heard, store, clock)) if connect(heard, wait) else None


def front(heard: Heard, store: Store, clock: Clock) -> Front:
    """Return what Slack and those who look after Heard may ask."""
    line, health = heard.connection, _health(heard, store, clock)
    slack = {PATH: Page("POST", line.answer)} if isinstance(line, Requests) else {}
    return Front({**slack, **health})


def _health(heard: Heard, store: Store, clock: Clock) -> dict[str, Page]:
    health = Health(heard, store, clock)
    return {"/healthz": Page("GET", health.live), "/readyz": Page("GET", health.ready)}


def _metrics(settings: Settings) -> Metrics | None:
    if not settings.metrics_port:
        return None
    from bot.metrics import Metrics  # noqa: PLC0415 - of an extra

    return Metrics()


def _listening(
    front: Front, settings: Settings, port: int, setting: str
) -> AbstractContextManager[int]:
    from bot.server import listening  # noqa: PLC0415 - of an extra

    return listening(front, settings.http_host, port, setting)
