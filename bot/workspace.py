"""One workspace: whom Heard talks to there, what it remembers, and what it does by itself."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from time import monotonic

from bot.aside import Aside
from bot.config import Settings
from bot.core.cards import Cards
from bot.core.decision import Decisions
from bot.core.desk import Desk
from bot.core.policy import Policy
from bot.core.ports import Clock, Store
from bot.core.refusals import will_pass
from bot.core.replies import Template
from bot.core.retention import Retention
from bot.core.rounds import Rounds
from bot.core.values import value
from bot.presence import Presence
from handlers import events
from handlers.calls import call, slack
from handlers.edge import Edge
from handlers.history import History, Unreadable
from handlers.installations import Installation
from handlers.links import Links
from handlers.outbox import Courier
from handlers.payloads import Message
from handlers.roster import Roster, Unavailable

logger = logging.getLogger(__name__)

QUICK = 2
"""Seconds that Slack has where an acknowledgement waits for it."""
TURN = 10.0
"""Seconds after which a courier lets others have their turn."""
PATIENCE = 300.0
REVOKED = frozenset({"account_inactive", "token_revoked"})
"""What Slack says of the token of an app that was removed."""


@value
class Means:
    """What all workspaces share."""

    settings: Settings
    clock: Clock
    later: Callable[[Callable[[], object]], object]
    pause: Callable[[str, float], bool]
    """Waits within the turn of a workspace; True where it is to stop."""
    may_send: Callable[[str], bool]
    left: Callable[[str], object]
    presence: Presence | None
    """None where there is no other process."""


class Workspace:
    def __init__(self, installation: Installation, store: Store, means: Means) -> None:
        self.id = installation.workspace
        self.installation = installation
        self.store = store
        self._means = means
        self._now = means.clock.now
        decisions = Decisions(store, _policy(installation, means.settings))
        desk = Desk(decisions, _shipped)
        client = partial(slack, installation.token, means.settings.api_url)
        links = Links(installation.url)
        roster = Roster(client(QUICK), desk, self._now)
        self._client = client()
        self.history = History(self._client, desk, self._now, partial(means.pause, self.id))
        self.edge = Edge(
            installation=installation,
            desk=desk,
            roster=roster,
            history=self.history,
            links=links,
            now=self._now,
            later=means.later,
            left=partial(means.left, self.id),
        )
        self.courier = Courier(
            Cards(decisions), desk.posting, client(), links, roster, installation.bot_user
        )
        self.retention = Retention(decisions, f"{self.id}/{os.getpid()}")
        self._rounds = Rounds(decisions)
        self._has_begun = False
        self._aside = Aside()
        self._pause, self._tries_again = 1.0, 0.0

    def make_rounds(self) -> None:
        """Do what is due by now."""
        now, rounds = self._now(), self._rounds
        if not self._has_begun:
            for one in rounds.reschedule(now):
                logger.error("%s cannot be scheduled by the new rules", one)
            self._has_begun = True
        for one in rounds.due(now):
            self._attend(one, rounds.attend, now)
        for one in rounds.promises_due(now):
            self._attend(one, rounds.remind, now)

    def deliver(self) -> None:
        """Send what may go, for a while."""
        until, may_send = monotonic() + TURN, self._means.may_send
        self.courier.deliver(self._now(), lambda: monotonic() < until and may_send(self.id))

    def is_behind(self) -> bool:
        """Tell whether something was missed, and may be read now."""
        return self.history.is_behind() and monotonic() >= self._tries_again

    def catch_up(self) -> None:
        """Read what was missed, unless another process has just done so."""
        presence = self._means.presence
        if presence and presence.is_caught_up(self.store) and self.history.covered():
            return
        if self.history.catch_up(self._take_in):
            self._pause = 1.0
            if presence:
                presence.caught_up(self.store)
        else:
            self._pause = min(self._pause * 2, PATIENCE)
            self._tries_again = monotonic() + self._pause
            if presence and call(self._client, "auth.test").error in REVOKED:
                self.edge.left()  # which Slack told while nobody listened

    def _take_in(self, message: Message) -> None:
        try:
            events.take_in(message, self.edge)
        except (Unavailable, Unreadable):
            raise
        except Exception as error:  # one that fails must not hold up all the others
            if will_pass(error):
                raise
            logger.exception("%s in %s was not taken in", message.ts, message.channel)

    def _attend(self, one: str, attend: Callable[[str, datetime], None], now: datetime) -> None:
        if self._aside.holds(one, now):
            return
        try:
            attend(one, now)
        except Exception as error:  # one that fails must not hold up all the others
            if will_pass(error):
                raise
            logger.exception("%s failed; it is looked at again later", one)
            self._aside.put(one, now)


def _shipped() -> tuple[Template, ...]:
    from bot.replies import shipped  # noqa: PLC0415 - nobody may ever ask for a template

    return shipped()


def _policy(installation: Installation, settings: Settings) -> Policy:
    """Return the rules that hold in a workspace."""
    home = frozenset(filter(None, (installation.workspace, installation.enterprise)))
    return replace(settings.policy_of(installation.workspace), home=home)
