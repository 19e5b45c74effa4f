"""Plugs everything together: settings in, a running bot out."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from threading import Event
from typing import TypeVar

from slack_sdk.errors import SlackApiError, SlackClientError

from bot.config import ConfigError, Mode, Settings
from bot.core import readers
from bot.core.ports import Clock, Stores
from bot.presence import Presence
from bot.pruning import Pruning
from bot.scheduler import Loop
from bot.turns import Turns
from bot.workspace import Means, Workspace
from bot.workspaces import Workspaces
from handlers import payloads
from handlers.calls import REFUSED_TOKEN, Answer, judge, slack
from handlers.connection import Connection
from handlers.http import Requests
from handlers.installations import Installation, Installations
from handlers.meter import Meter, unmetered
from handlers.reception import bolt

logger = logging.getLogger(__name__)
T = TypeVar("T")

LOOK = 0.1
"""Seconds between two looks at what there is to do."""
ROUND, CATCH_UP = 0.5, 0.5
CHECK, RETENTION, HEARTBEAT = 1, 1, 20
AT_ONCE = 100
"""Workspaces looked after at a time; the others follow in the next look."""
THREADS, ROUNDS = 16, 4


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


def authenticate(settings: Settings, wait: Callable[[float], bool]) -> Installation | None:
    """Ask Slack who we are, for as long as it takes; None where we are to stop instead.

    Raises:
        ConfigError: Slack refuses the token.
    """
    client = slack(settings.bot_token, settings.api_url)
    answer = _patiently(client.auth_test, "SLACK_BOT_TOKEN", wait)
    if answer is None:
        return None
    auth = answer.data if isinstance(answer.data, dict) else {}
    return payloads.installation(auth, settings.bot_token)


def connect(heard: Heard, wait: Callable[[float], bool]) -> bool:
    """Start the bot, for as long as it takes; False where we are to stop instead.

    Raises:
        ConfigError: Slack refuses the token.
    """
    connected = _patiently(heard.connection.open, "SLACK_APP_TOKEN", wait)
    if connected:
        heard.start()
    return bool(connected)


def _patiently(call: Callable[[], T], token: str, wait: Callable[[float], bool]) -> T | None:
    pause = 1.0
    while True:
        try:
            return call()
        except SlackApiError as error:
            result = judge(error)
            if result.answer is Answer.NEVER or result.error in REFUSED_TOKEN:
                cure = "copy it again as 'Connect it to Slack' in README.md says"
                raise ConfigError([f"Slack refuses {token} ({result.error}): {cure}."]) from None
            pause = result.wait.total_seconds() if result.wait else pause
            logger.warning("Slack says %s, trying again in %.0f s", result.error, pause)
        except (SlackClientError, OSError) as error:
            logger.warning("Slack cannot be reached (%s), trying again in %.0f s", error, pause)
        if wait(pause):
            return None
        pause = min(pause * 2, 60)


class Heard:
    """The bot: Bolt's app in front, the workspaces behind it, and what it does by itself beside."""

    def __init__(
        self,
        settings: Settings,
        installations: Installations,
        stores: Stores,
        clock: Clock,
        mode: Mode = Mode.SOCKET,
        meter: Meter = unmetered,
    ) -> None:
        self.settings = settings
        self.stores = stores
        self._installations = installations
        self._clock = clock
        self._is_single = bool(settings.bot_token)
        presence = None if self._is_single else Presence(stores.of(""), clock)
        self._presence = presence
        self._was_away = presence is None or presence.was_interrupted()
        self._unvisited: set[str] | None = None
        self._stopping = Event()
        self._later = ThreadPoolExecutor(THREADS, thread_name_prefix="answers")
        self._rounds = Turns("rounds", ROUNDS, ROUND)
        self._couriers = Turns("outbox", THREADS, LOOK)
        self._readers = Turns("catching up", THREADS, CATCH_UP)
        self.loops: list[Loop] = []
        self._means = Means(
            settings=settings,
            clock=clock,
            later=self._later.submit,
            pause=self._readers.wait,
            may_send=self._may_send,
            left=self._left,
            presence=presence,
        )
        self.workspaces = Workspaces(installations, self._made)
        self.pruning = Pruning(
            stores, self.workspaces, installations, clock, settings.policy.retention
        )
        handshakes = mode is Mode.HTTP
        self.app = bolt(self.workspaces, slack("", settings.api_url), handshakes=handshakes)
        self.connection = self._line(mode, meter)

    def _line(self, mode: Mode, meter: Meter) -> Connection | Requests:
        """Return the line to Slack; over Socket Mode it is that of one workspace."""
        if mode is Mode.HTTP:
            return Requests(self.app, self.settings.signing_secret, self.workspaces, meter)
        (only,) = filter(None, map(self.workspaces.find, self._installations.all()))
        return Connection(self.app, self.settings.app_token, only.store, only.history.missed, meter)

    def _made(self, installation: Installation) -> Workspace:
        store = self.stores.of(installation.workspace)
        workspace = Workspace(installation, store, self._means)
        workspace.history.missed()
        if not self._was_away:
            workspace.history.covered()
        return workspace

    def start(self) -> None:
        """Begin what happens by itself."""
        self.loops = [
            Loop("looking after workspaces", self.look_after, LOOK),
            Loop("connection", self.connection.check, CHECK),
            Loop("retention", self.pruning.look, RETENTION),
        ]
        if self._presence:
            self.loops.append(Loop("heartbeat", self.beat, HEARTBEAT))
        for loop in self.loops:
            loop.start()
        self._later.submit(readers.warm)

    def stop(self) -> None:
        """Finish what was begun and let go; nothing is lost by not stopping."""
        self._stopping.set()
        self.connection.close()
        for one in self._doing():
            one.stop()
        self._later.shutdown()

    def is_removed(self) -> bool:
        """Tell whether Heard is no longer installed in the only workspace that it is for."""
        return self._is_single and not self._installations.all()

    def fault(self) -> str:
        """Return what no longer works, for which a new process is needed; empty if all does."""
        if self.is_removed():
            return "Heard was removed from its workspace"
        dead = [one.name for one in self._doing() if not one.is_alive()]
        return f"these do not go on: {', '.join(dead)}" if dead else ""

    def overdue(self) -> datetime | None:
        """Return since when a message should be gone that is still there, in any workspace."""
        ours = (one for one in self.workspaces.at_work() if self.stores.holds(one.id))
        return min((since for one in ours if (since := one.courier.overdue)), default=None)

    def look_after(self) -> None:
        """Give turns to all workspaces in which something is to be done."""
        if self._unvisited is None:
            self._unvisited = set(self._installations.all())
        taken = self.stores.take(self._clock.now(), AT_ONCE)
        for one in {*self._unvisited, *taken}:
            self._rounds.give(one, partial(self._make_rounds, one))
        for one in taken:
            self._couriers.give(one, partial(self._deliver, one))
        for workspace in self.workspaces.at_work():
            if workspace.is_behind():
                self._readers.give(workspace.id, workspace.catch_up)

    def _make_rounds(self, one: str) -> None:
        if workspace := self.workspaces.find(one):
            workspace.make_rounds()
        if self._unvisited:
            self._unvisited.discard(one)

    def _deliver(self, one: str) -> None:
        if workspace := self.workspaces.find(one):
            workspace.deliver()

    def _may_send(self, workspace: str) -> bool:
        is_ours = self.stores.holds(workspace) and self._installations.find(workspace) is not None
        return is_ours and not self._stopping.is_set()

    def _left(self, workspace: str) -> None:
        self._installations.left(workspace, self._clock.now())
        self.workspaces.find(workspace)

    def beat(self) -> None:
        """Tell that somebody listens, unless something was missed that is not read yet."""
        behind = any(one.history.is_behind() for one in self.workspaces.at_work())
        behind = behind or bool(self._installations.locked())
        if self._presence and self._unvisited is not None and not self._unvisited and not behind:
            self._presence.listening()

    def _doing(self) -> tuple[Loop | Turns, ...]:
        return *self.loops, self._rounds, self._couriers, self._readers
