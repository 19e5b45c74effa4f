"""What a listener is given besides Slack's payload."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.core.desk import Desk
from bot.core.model import Person, Role
from bot.core.people import zone
from bot.core.values import value
from handlers.answers import Answers
from handlers.history import History
from handlers.installations import Installation
from handlers.links import Links
from handlers.looks import Looks
from handlers.payloads import Payload
from handlers.roster import Roster


@value
class Edge:
    """What there is in one workspace."""

    installation: Installation
    desk: Desk
    roster: Roster
    history: History
    links: Links
    now: Callable[[], datetime]
    later: Callable[[Callable[[], object]], object]
    """Runs what an acknowledgement must not wait for."""
    left: Callable[[], object]
    """Called when Heard was removed from the workspace."""
    looks: Looks = field(default_factory=Looks)
    answers: Answers = field(default_factory=Answers)

    @property
    def bot_user(self) -> str:
        return self.installation.bot_user

    def is_colleague(self, person_id: str) -> bool:
        """Tell whether somebody may use Heard.

        Raises:
            Unavailable: Slack could not be asked who they are.
        """
        return self.desk.role(self.roster.person(person_id)) is Role.COLLEAGUE

    def person(self, person_id: str) -> Person:
        return self.roster.person(person_id)

    def zone(self, person: Person) -> ZoneInfo:
        """Return the time zone in which somebody reads and names times."""
        return zone(person, self.desk.policy)


class Edges(Protocol):
    """The workspaces in which Heard is installed."""

    def of(self, body: Payload) -> Edge | None:
        """Return the edge of the workspace that a payload is for; None where Heard is not there.

        Raises:
            StoreFailed: nobody can tell now.
        """
        ...
