"""Whether all is well, for a supervisor or a load balancer to ask: no names, no words."""

from __future__ import annotations

import json
import logging
from datetime import timedelta
from http import HTTPStatus
from wsgiref.types import WSGIEnvironment

from bot.app import Heard
from bot.core.ports import Clock
from bot.core.refusals import StoreFailed
from handlers.http import Answer

logger = logging.getLogger(__name__)

STUCK = timedelta(minutes=10)
"""For so long no message waits that Slack would take."""
SILENT = 60.0
"""Seconds; Slack answers a ping every few."""
JSON = (("Content-Type", "application/json"),)


class Health:
    def __init__(self, heard: Heard, clock: Clock) -> None:
        self._heard = heard
        self._clock = clock

    def live(self, _: WSGIEnvironment) -> Answer:
        """Tell whether it works at all; if not, a new process would."""
        return _told(self._heard.fault())

    def ready(self, _: WSGIEnvironment) -> Answer:
        return _told(self._heard.fault() or self._unready())

    def _unready(self) -> str:
        if not self._heard.loops:
            return "not started yet"
        if self._heard.connection.silence() > SILENT:
            return "nothing is heard of Slack"
        try:
            self._heard.stores.of("").fact("rules")
        except StoreFailed as failed:
            logger.warning("not ready: %s", failed)
            return "the store cannot be reached"
        now, since = self._clock.now(), self._heard.overdue()
        if since and now - since > STUCK:
            return f"a message could not be sent for {(now - since) // timedelta(minutes=1)} min"
        return ""


def _told(fault: str) -> Answer:
    status = HTTPStatus.SERVICE_UNAVAILABLE if fault else HTTPStatus.OK
    return Answer(status, json.dumps({"ok": not fault, "reason": fault or "all is well"}), JSON)
