"""Who is who in Slack: asked once of each person, then remembered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from slack_sdk import WebClient

from bot.core.desk import Desk
from bot.core.model import Person
from bot.core.policy import Policy
from handlers import payloads
from handlers.calls import Answer, call


class Unavailable(Exception):  # noqa: N818 - it says what Slack is
    """Slack could not be asked just now; what depends on the answer must come again."""


class Roster:
    def __init__(self, client: WebClient, desk: Desk, now: Callable[[], datetime]) -> None:
        self._client = client
        self._desk = desk
        self._now = now
        self._may_be_ours = _may_be_ours(desk.policy)

    def person(self, person_id: str, teams: frozenset[str] = frozenset()) -> Person:
        """Return who somebody is; `teams` is what the event itself tells of them.

        Raises:
            Unavailable: Slack did not say, and the event alone does not tell.
        """
        elsewhere = teams - self._desk.policy.home
        foreign = Person(id=person_id, team=min(elsewhere), known=False) if elsewhere else None
        if foreign and not self._may_be_ours:
            return foreign
        known = self._desk.store.person(person_id)
        if known:
            return known
        result = call(self._client, "users.info", user=person_id)
        if not result.done:
            if foreign or result.answer is Answer.NEVER:
                return foreign or Person(id=person_id, known=False)
            raise Unavailable(f"users.info: {result.error}")
        person = payloads.person(result.data.get("user") or {"id": person_id})
        self._desk.met(person, self._now())
        return person

    def name(self, person_id: str) -> str:
        """Return what somebody is called, of our team or not; empty where Slack does not say."""
        known = self._desk.store.person(person_id)
        if known is None and person_id:
            result = call(self._client, "users.info", user=person_id)
            known = payloads.person(result.data.get("user") or {})
        return known.name if known else ""


def _may_be_ours(policy: Policy) -> bool:
    """Tell whether somebody of another team may count as a colleague.

    On Enterprise Grid they may be of a sister workspace; a setting may name their e-mail.
    """
    return any(team.startswith("E") for team in policy.home) or any(
        "." in name for name in policy.colleagues
    )
