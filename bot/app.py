"""Plugs everything together: settings in, a running bot out."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from slack_bolt import App, BoltRequest, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.middleware import Middleware
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web import SlackResponse

from bot import replies
from bot.config import ConfigError, Mode, Settings
from bot.core.cards import Cards
from bot.core.decision import Decisions
from bot.core.desk import Desk
from bot.core.ports import Clock, Store
from bot.core.retention import Retention
from bot.core.rounds import Rounds
from bot.core.timing import dates
from bot.scheduler import Loop
from handlers import buttons, commands, events, modals, payloads, promises, replying, templates
from handlers.calls import REFUSED_TOKEN, Answer, judge
from handlers.connection import Connection
from handlers.edge import Edge
from handlers.history import History
from handlers.http import Requests
from handlers.links import Links
from handlers.meter import Meter, unmetered
from handlers.outbox import Courier
from handlers.payloads import Message
from handlers.roster import Roster

logger = logging.getLogger(__name__)
T = TypeVar("T")

ROUND = 0.5
"""Seconds between two looks at the clock."""
RETENTION = 1
DELIVERY = 0.1
CATCH_UP = 0.5
CHECK = 1
PATIENCE = 300.0
ASIDE = timedelta(minutes=5)
TIMEOUT = 10


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


def slack(settings: Settings, *, timeout: int = TIMEOUT) -> WebClient:
    """Return a client that leaves retries to us: its own would repeat what may have arrived."""
    return WebClient(
        token=settings.bot_token, base_url=settings.api_url, timeout=timeout, retry_handlers=[]
    )


def authenticate(settings: Settings, wait: Callable[[float], bool]) -> dict[str, Any] | None:
    """Ask Slack who we are, for as long as it takes; None where we are to stop instead.

    Raises:
        ConfigError: Slack refuses the token.
    """
    client = slack(settings)
    return _patiently(lambda: _plain(client.auth_test()), "SLACK_BOT_TOKEN", wait)


def _plain(response: SlackResponse) -> dict[str, Any]:
    return response.data if isinstance(response.data, dict) else {}


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
    """The bot: Bolt's app in front, the desk behind it, and the loops beside."""

    def __init__(
        self,
        settings: Settings,
        store: Store,
        auth: Mapping[str, Any],
        clock: Clock,
        mode: Mode = Mode.SOCKET,
        meter: Meter = unmetered,
    ) -> None:
        self._settings = settings
        self._clock = clock
        policy = replace(settings.policy, home=payloads.home_teams(auth))
        decisions = Decisions(store, policy)
        links = Links(str(auth.get("url") or "https://slack.com/"))
        desk, self._rounds = Desk(decisions, replies.shipped), Rounds(decisions)
        quick = slack(settings, timeout=2)
        self._later = ThreadPoolExecutor(2, thread_name_prefix="answers")
        self.loops: list[Loop] = []
        self._pause = 1.0
        self._aside: dict[str, datetime] = {}
        self._catching_up = Loop("catching up", self._catch_up, CATCH_UP)
        self._retention = Retention(decisions)
        self.history = History(slack(settings), desk, clock.now, self._catching_up.wait)
        roster = Roster(quick, desk, clock.now)
        bot_user = str(auth.get("user_id") or "")
        self.edge = Edge(
            desk=desk,
            roster=roster,
            history=self.history,
            links=links,
            bot_user=bot_user,
            now=clock.now,
            later=self._later.submit,
        )
        self.courier = Courier(
            Cards(decisions), desk.posting, slack(settings), links, roster, bot_user
        )
        self.app = bolt(self.edge, slack(settings), auth, mode)
        line, secret = (
            (Requests, settings.signing_secret)
            if mode is Mode.HTTP
            else (Connection, settings.app_token)
        )
        self.connection = line(self.app, secret, store, self.history.missed, meter)
        self.history.missed()

    def start(self) -> None:
        """Begin what happens by itself."""
        self._rounds.reschedule(self._clock.now())
        self.loops = [
            Loop("rounds", self.make_rounds, ROUND),
            Loop("outbox", lambda: self.courier.deliver(self._clock.now()), DELIVERY),
            Loop("retention", lambda: self._retention.look(self._clock.now()), RETENTION),
            Loop("connection", self.connection.check, CHECK),
            self._catching_up,
        ]
        for loop in self.loops:
            loop.start()
        self._later.submit(dates.warm)

    def stop(self) -> None:
        """Finish what was begun and let go; nothing is lost by not stopping."""
        self.connection.close()
        for loop in self.loops:
            loop.stop()
        self._later.shutdown()

    def make_rounds(self) -> None:
        now, rounds = self._clock.now(), self._rounds
        for one in rounds.due(now):
            self._attend(one, rounds.attend, now)
        for one in rounds.promises_due(now):
            self._attend(one, rounds.remind, now)

    def _attend(self, one: str, attend: Callable[[str, datetime], None], now: datetime) -> None:
        if self._aside.get(one, now) > now:
            return
        try:
            attend(one, now)
        except Exception:  # one conversation that fails must not hold up all the others
            logger.exception("a conversation or a promise failed; it is looked at again later")
            self._aside[one] = now + ASIDE

    def _catch_up(self) -> None:
        if not self.history.is_behind():
            return
        complete = self.history.catch_up(self._take_in)
        self._pause = 1.0 if complete else min(self._pause * 2, PATIENCE)
        if not complete:
            self._catching_up.wait(self._pause)

    def _take_in(self, message: Message) -> None:
        events.take_in(message, self.edge)


def bolt(edge: Edge, client: WebClient, auth: Mapping[str, Any], mode: Mode = Mode.SOCKET) -> App:
    """Return Bolt's app with our listeners, which are given the edge by name.

    Listeners run before the acknowledgement.
    """
    ours = AuthorizeResult(
        enterprise_id=auth.get("enterprise_id"),
        team_id=auth.get("team_id"),
        bot_user_id=auth.get("user_id"),
        bot_id=auth.get("bot_id"),
        bot_token=client.token,
    )
    # Bolt warns that the token of the environment gives way to ours, as it should.
    logging.getLogger("slack_bolt").addFilter(lambda record: "`token`" not in str(record.msg))
    app = events.Reception(
        edge,
        name="heard",  # else Bolt looks through the stack for one, which takes a while
        logger=logging.getLogger("slack_bolt"),
        client=client,
        authorize=lambda **_: ours,
        process_before_response=True,
        token_verification_enabled=False,
        request_verification_enabled=False,  # that is done before anything is read
        ssl_check_enabled=mode is Mode.HTTP,
        url_verification_enabled=mode is Mode.HTTP,
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
    )

    def failed(error: Exception, body: dict[str, Any]) -> BoltResponse:
        number = secrets.token_hex(2)
        logger.error("failure %s", number, exc_info=error)
        return sorry(body, number)

    app.middleware(_Giving(edge))
    app.error(failed)
    for surface in (commands, modals, promises, replying, templates, buttons):
        surface.register(app)
    return app


class _Giving(Middleware):
    """Gives the edge to listeners: what the context holds, they can name as an argument.

    A class, since Bolt works out the arguments of a function anew for every event.
    """

    def __init__(self, edge: Edge) -> None:
        self._edge = edge

    def process(
        self,
        *,
        req: BoltRequest,
        resp: BoltResponse,  # noqa: ARG002 - as Bolt calls it
        next: Callable[[], BoltResponse],  # noqa: A002 - as Bolt calls it
    ) -> BoltResponse:
        req.context["edge"] = self._edge
        return next()


def sorry(body: Mapping[str, Any], number: str) -> BoltResponse:
    """Answer a person whose command, click or form failed; a form stays open with its words."""
    text = f"Something went wrong on my side (number {number}). Please try again in a moment."
    blocks = (body.get("view") or {}).get("blocks") or ()
    fields = [block["block_id"] for block in blocks if block["type"] == "input"]
    if fields:
        answer = {"response_action": "errors", "errors": {fields[0]: text}}
    else:
        answer = {"response_type": "ephemeral", "text": text} if "command" in body else {}
    return BoltResponse(status=200, body=answer or "")
