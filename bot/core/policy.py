"""The rules that a team has agreed on, and those that hold in one of its channels."""

from __future__ import annotations

from dataclasses import field, replace
from datetime import time, timedelta
from functools import lru_cache
from typing import NamedTuple

from bot.core.hours import Hours, parse_week
from bot.core.model import Channel
from bot.core.targets import Duration, Targets
from bot.core.values import value

CLOSING = time(17)


@value
class Policy:
    hours: Hours
    targets: Targets = field(default_factory=Targets)
    lead: Duration = field(default_factory=lambda: Duration(seconds=3600))
    """How long before a promise is due its promiser is reminded."""
    snooze: Duration = field(default_factory=lambda: Duration(seconds=3600))
    coach: bool = False
    """Whether colleagues hear in private of words that a customer may take badly."""
    group_window: timedelta = timedelta(minutes=5)
    retention: timedelta = timedelta(days=90)
    """How long is remembered what is over."""
    home: frozenset[str] = frozenset()
    """The ids of our own team and enterprise."""
    triage: str = ""
    leads: tuple[str, ...] = ()
    watch: frozenset[str] = frozenset()
    colleagues: frozenset[str] = frozenset()
    """User ids and e-mail domains of guests who count as colleagues."""
    customers: frozenset[str] = frozenset()

    def fingerprint(self) -> str:
        """Return a text that differs where times fall due differently."""
        hours = self.hours
        return f"{self.targets} {self.lead} {hours.week} {hours.zone.key} {hours.calendar}"


class Rules(NamedTuple):
    """The policy as it holds in one channel."""

    hours: Hours
    targets: Targets
    lead: Duration
    closing: time
    """When a business day ends for what is due on it."""
    owners: tuple[str, ...]
    invited_by: str
    triage: str
    leads: tuple[str, ...]


def rules(policy: Policy, channel: Channel) -> Rules:
    return Rules(
        hours=_hours(policy.hours, channel.hours) if channel.hours else policy.hours,
        targets=channel.targets.over(policy.targets) if channel.targets else policy.targets,
        lead=policy.lead,
        closing=time.fromisoformat(channel.closing) if channel.closing else CLOSING,
        owners=channel.owners,
        invited_by=channel.invited_by,
        triage=policy.triage,
        leads=policy.leads,
    )


@lru_cache(maxsize=256)
def _hours(base: Hours, text: str) -> Hours:
    return replace(base, week=parse_week(text))
