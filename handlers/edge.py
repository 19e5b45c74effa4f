"""What a listener is given besides Slack's payload."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.core.desk import Desk
from bot.core.model import Person, Role
from bot.core.people import zone
from handlers.answers import Answers
from handlers.history import History
from handlers.links import Links
from handlers.looks import Looks
from handlers.roster import Roster


@dataclass(frozen=True, slots=True)
class Edge:
    desk: Desk
    roster: Roster
    history: History
    links: Links
    bot_user: str
    now: Callable[[], datetime]
    later: Callable[[Callable[[], object]], object]
    """Runs what an acknowledgement must not wait for."""
    looks: Looks = field(default_factory=Looks)
    answers: Answers = field(default_factory=Answers)

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
