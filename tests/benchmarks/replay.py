"""One workspace's month, lived through at full speed: its events, its rounds, and its outbox."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.app import LOOK, ROUND
from bot.core.cards import Cards
from bot.core.decision import Decisions
from bot.core.desk import Desk
from bot.core.events import MessagePosted
from bot.core.model import Change, Channel
from bot.core.outgoing import About
from bot.core.policy import Policy
from bot.core.rounds import AT_ONCE, Rounds
from handlers.links import Links
from handlers.outbox import Courier
from handlers.roster import Roster
from storage.journal import Nowhere
from storage.tiny import TinyStore
from tests.benchmarks.limits import Clock, Slack
from tests.benchmarks.month import FIRST, HOME, Event, Workspace, when

TRIAGE = "C0TRIAGE"
FAR = datetime(2100, 1, 1, tzinfo=UTC)
ROUNDS, DELIVERIES = timedelta(seconds=ROUND), timedelta(seconds=LOOK)


@dataclass
class Tally:
    """What was found, in one workspace or in several. All times are in seconds."""

    workspaces: int = 0
    events: list[float] = field(default_factory=list)
    """What each event took of the processor."""
    deliveries: float = 0
    """What all of them together took of it."""
    busy: Counter[datetime] = field(default_factory=Counter)
    """What everything took of it, minute by minute."""
    late: list[float] = field(default_factory=list)
    """How long after it was due each nudge was posted."""
    deepest: int = 0
    """The most that ever waited to be sent in one workspace."""
    longest: float = 0
    """For how long at most something was waiting there."""
    calls: Counter[str] = field(default_factory=Counter)
    refused: int = 0
    """Calls that went beyond Slack's limits."""

    def add(self, other: Tally) -> None:
        self.workspaces += other.workspaces
        self.events += other.events
        self.late += other.late
        self.busy.update(other.busy)
        self.deliveries += other.deliveries
        self.deepest = max(self.deepest, other.deepest)
        self.longest = max(self.longest, other.longest)
        self.calls += other.calls
        self.refused += other.refused


class Witness(TinyStore):
    """A store in memory that notes when each nudge was due and when it was posted."""

    def __init__(self, clock: Clock, tally: Tally) -> None:
        super().__init__({}, Nowhere(), 0)
        self.attending: datetime | None = None
        """When that was due about which something is being decided."""
        self.pending: dict[str, datetime] = {}
        """From when on each message that is to be sent may be."""
        self._clock, self._tally = clock, tally
        self._due: dict[tuple[About, str], datetime] = {}
        self._waiting_since: datetime | None = None
        self._next_due: datetime | None = None

    def commit(self, change: Change) -> None:
        super().commit(change)
        if change.conversations or change.promises:
            self._next_due = None
        for out in change.outbox:
            if out.id not in self.pending or out.at > self._clock.at:
                self.pending[out.id] = out.at
            if self.attending and not out.edits:
                self._due |= {(about, out.to): self.attending for about in out.about}
        for one in change.sent:
            self.pending.pop(one, None)
        for card in change.cards:
            for due in [self._due.pop((about, card.to), None) for about in card.about]:
                if due:
                    self._tally.late.append((self._clock.at - due).total_seconds())

    def next_due(self) -> datetime:
        """Return when something first falls due, or fell."""
        if not self._next_due:
            due = [one.due_at for one in self.due(FAR, 1)]
            due += [one.wake_at for one in self.promises_due(FAR, 1)]
            self._next_due = min((at for at in due if at), default=FAR)
        return self._next_due

    def look(self) -> None:
        """Note how much waits that Slack has not taken yet."""
        now, tally = self._clock.at, self._tally
        waiting = sum(at <= now for at in self.pending.values())
        self._waiting_since = (self._waiting_since or now) if waiting else None
        tally.deepest = max(tally.deepest, waiting)
        tally.longest = max(tally.longest, (now - (self._waiting_since or now)).total_seconds())


class Replay:
    def __init__(self, workspace: Workspace) -> None:
        self.tally = Tally(workspaces=1)
        self._hours = workspace.hours
        self._clock = Clock(FIRST)
        self._slack = Slack(self._clock)
        self.store = Witness(self._clock, self.tally)
        leads = tuple(one.id for one in workspace.colleagues[:2])
        policy = Policy(hours=self._hours, home=frozenset({HOME}), triage=TRIAGE, leads=leads)
        decisions = Decisions(self.store, policy)
        self._desk, self._rounds = Desk(decisions), Rounds(decisions)
        self._courier = Courier(
            Cards(decisions),
            self._desk.posting,
            self._slack,
            Links("https://month.slack.com/"),
            Roster(self._slack, self._desk, lambda: self._clock.at),
            "U0HEARD",
            lambda: 0,  # as the clock of the replay has it
        )
        self._round = self._delivery = FIRST
        channels = (
            Channel(id=one, shared=True, owners=workspace.owners(one)) for one in workspace.channels
        )
        self.store.commit(Change(channels=tuple(channels), people=workspace.colleagues))

    def run(self, events: list[Event]) -> Tally:
        """Live through these events, and a day more."""
        for event in events:
            self._until(when(event))
            self.tally.events.append(self._spent(self._take_in, event))
        self._until(self._clock.at + timedelta(days=1))
        self.tally.calls, self.tally.refused = self._slack.calls, self._slack.refused
        return self.tally

    def _take_in(self, event: Event) -> None:
        if isinstance(event, MessagePosted):
            self._desk.intake.posted(event, self._clock.at)
        else:
            self._desk.reacted(event, self._clock.at)

    def _until(self, end: datetime) -> None:
        """Make rounds and deliveries, as they come, until a moment."""
        while (at := min(due := self._next_round(), self._next_delivery())) <= end:
            self._clock.at = max(self._clock.at, at)
            if at == due:
                self._round = self._clock.at
                self._spent(self._make_round)
            else:
                self.store.look()
                self.tally.deliveries += self._spent(self._courier.deliver, self._clock.at)
                self._delivery = self._clock.at
                self.store.look()
        self._clock.at = max(self._clock.at, end)

    def _next_round(self) -> datetime:
        """Return when the bot first looks at the clock after something has fallen due."""
        first = max(self.store.next_due(), self._round + ROUNDS)
        return FIRST - (FIRST - first) // ROUNDS * ROUNDS

    def _next_delivery(self) -> datetime:
        first = min(self.store.pending.values(), default=FAR)
        return max(first, self._delivery + DELIVERIES)

    def _make_round(self) -> None:
        now, store = self._clock.at, self.store
        for one in store.due(now, AT_ONCE):
            store.attending = max(self._opening(one.due_at), one.last_at or FIRST)
            self._rounds.attend(one.id, now)
        for promise in store.promises_due(now, AT_ONCE):
            store.attending = max(self._opening(promise.wake_at), promise.turns[-1].at)
            self._rounds.remind(promise.id, now)
        store.attending = None

    def _opening(self, due: datetime | None) -> datetime:
        """Return from when on what is due may be said."""
        return self._hours.next_opening(due or FAR)

    def _spent(self, work: Callable[..., object], *arguments: object) -> float:
        """Return the seconds of the processor that some work takes."""
        minute = self._clock.at.replace(second=0, microsecond=0)
        begun = time.thread_time()
        work(*arguments)
        spent = time.thread_time() - begun
        self.tally.busy[minute] += spent  # type: ignore[assignment] # a Counter counts these too
        return spent
