"""Runs the bot, from the opening of the store to its closing, whichever way events come."""

from __future__ import annotations

import gc
import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from threading import Event
from typing import TYPE_CHECKING

from bot.app import Heard, SystemClock, authenticate, connect
from bot.config import Mode, Settings
from bot.core.ports import Clock, Stores
from bot.health import Health
from bot.single import Single
from bot.web import SEEN, Front, Page
from handlers.http import PATH, Requests
from handlers.installations import Installations
from handlers.meter import unmetered
from storage import LEASE, open_stores

if TYPE_CHECKING:
    from bot.metrics import Metrics

logger = logging.getLogger(__name__)
Pages = Mapping[str, Page]

LOST = 300.0
"""Seconds without a sign of Slack's after which a new process is to try."""
STOPPED, GAVE_UP, REMOVED = 0, 1, 2


def serve(
    settings: Settings,
    mode: Mode,
    stop: Event,
    clock: Clock | None = None,
    *,
    lost: float = LOST,
    lease: float = LEASE,
) -> int:
    """Run the bot until it is to stop, or Slack is lost, or ends it; return the exit code."""
    with ExitStack() as stack:
        run = running(settings, mode, stop.wait, clock or SystemClock(), lease)
        started = stack.enter_context(run)
        if started is None:
            return STOPPED
        heard, front = started
        if mode is Mode.HTTP:
            stack.enter_context(_listening(front, settings, settings.http_port, "HEARD_HTTP_PORT"))
            logger.info("Heard listens on port %d", settings.http_port)
        else:
            logger.info("Heard is connected and listening")
        while not stop.wait(1):
            if heard.is_removed():
                return REMOVED
            silence = heard.connection.silence()
            if silence > lost:
                logger.error("Slack was silent for %.0f s; ending, to be started anew", silence)
                return GAVE_UP
        logger.info("Heard is stopping")
        return STOPPED


@contextmanager
def running(
    settings: Settings,
    mode: Mode,
    wait: Callable[[float], bool],
    clock: Clock,
    lease: float = LEASE,
) -> Iterator[tuple[Heard, Front] | None]:
    """Have the bot run within; None where it is to stop before it has begun."""
    with ExitStack() as stack:
        stores = stack.enter_context(closing(open_stores(settings.database_url, lease)))
        doors = _doors(settings, stores, wait, clock)
        if doors is None:
            yield None
            return
        installations, pages = doors
        metrics = _metrics(settings)
        counted = metrics.counting(stores) if metrics else stores
        meter = metrics.measured if metrics else unmetered
        heard = Heard(settings, installations, counted, clock, mode, meter)
        stack.callback(heard.stop)
        gc.freeze()  # the store stays: no collection need look through it again
        if metrics:
            metrics.watch(stores, heard.overdue, clock)
            figures = Front({**_health(heard, clock), "/metrics": Page(SEEN, metrics.page)})
            stack.enter_context(
                _listening(figures, settings, settings.metrics_port, "HEARD_METRICS_PORT")
            )
        yield (heard, front(heard, clock, pages)) if connect(heard, wait) else None


def _doors(
    settings: Settings, stores: Stores, wait: Callable[[float], bool], clock: Clock
) -> tuple[Installations, Pages] | None:
    """Return where Heard is installed, and the pages by which it can be.

    None where it is to stop before that is known.
    """
    if settings.client_id:
        from bot.oauth import oauth  # noqa: PLC0415 - of an extra

        return oauth(settings, stores, clock)
    installation = authenticate(settings, wait)
    if installation is None:
        return None
    stores.adopt(installation.workspace)
    return Single(installation), {}


def front(heard: Heard, clock: Clock, pages: Pages) -> Front:
    """Return what Slack may ask, those who look after Heard, and those who install it."""
    line, health = heard.connection, _health(heard, clock)
    slack = {PATH: Page(("POST",), line.answer)} if isinstance(line, Requests) else {}
    return Front({**slack, **health, **pages})


def _health(heard: Heard, clock: Clock) -> dict[str, Page]:
    health = Health(heard, clock)
    return {"/healthz": Page(SEEN, health.live), "/readyz": Page(SEEN, health.ready)}


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
