"""How soon a customer should hear from us, and how long that is in business time."""

from __future__ import annotations

from dataclasses import fields, replace

from bot.core.values import value


@value
class Duration:
    """A length of business time; its days are business days."""

    days: float = 0
    seconds: float = 0

    def half(self) -> Duration:
        return Duration(days=self.days / 2, seconds=self.seconds / 2)


@value
class Targets:
    """How soon a customer should hear from us."""

    nudge: Duration = Duration(seconds=30 * 60)
    escalate: Duration = Duration(seconds=2 * 3600)
    repeat: Duration = Duration(seconds=4 * 3600)
    update: Duration = Duration(days=2)


@value
class OwnTargets:
    """What a channel has of its own; where it has nothing, the team's holds."""

    nudge: Duration | None = None
    escalate: Duration | None = None
    repeat: Duration | None = None
    update: Duration | None = None

    def over(self, team: Targets) -> Targets:
        own = {field.name: getattr(self, field.name) for field in fields(self)}
        return replace(team, **{name: target for name, target in own.items() if target})
