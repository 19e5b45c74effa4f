"""The rounds that the clock makes: wakes what was snoozed, decides the nudges and reminders due."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.core.conversations import add
from bot.core.decision import Decisions
from bot.core.model import Act, Action, Change, Conversation, State
from bot.core.nudges import decide
from bot.core.people import is_followed, is_watched
from bot.core.refusals import Stale, will_pass
from bot.core.reminders import remind

AT_ONCE = 500


class Rounds:
    def __init__(self, decisions: Decisions) -> None:
        self._decisions = decisions
        self._store = decisions.store

    def due(self, now: datetime) -> tuple[str, ...]:
        """Return the ids of the conversations that need attention, the most overdue first."""
        return tuple(c.id for c in self._store.due(now, AT_ONCE))

    def attend(self, conversation_id: str, now: datetime) -> None:
        """Do what is due in one conversation. What changed meanwhile is left to the next round."""
        conversation = self._store.conversation(conversation_id)
        if conversation is None or conversation.due_at is None or conversation.due_at > now:
            return
        try:
            change = self._attended(conversation, now)
            self._store.commit(self._decisions.with_edits(change, now))
        except Stale:
            return

    def promises_due(self, now: datetime) -> tuple[str, ...]:
        """Return the ids of the promises that need attention, the most overdue first."""
        return tuple(p.id for p in self._store.promises_due(now, AT_ONCE))

    def remind(self, promise_id: str, now: datetime) -> None:
        """Do what is due about one promise."""
        promise = self._store.promise(promise_id)
        if promise is None or promise.wake_at is None or promise.wake_at > now:
            return
        channel = self._decisions.channel(promise.channel)
        rules = self._decisions.rules(channel)._replace(triage=self._decisions.triage())
        if is_followed(promise, channel, self._decisions.policy):
            after, outgoing = remind(promise, now, rules)
        else:
            after, outgoing = replace(promise, wake_at=None), []
        change = Change(promises=(after,), outbox=tuple(outgoing))
        try:
            self._store.commit(self._decisions.with_edits(change, now))
        except Stale:
            return

    def _attended(self, conversation: Conversation, now: datetime) -> Change:
        channel = self._decisions.channel(conversation.channel)
        if not is_watched(channel, self._decisions.policy):
            return Change(conversations=(replace(conversation, due_at=None),))
        rules = self._decisions.rules(channel)._replace(triage=self._decisions.triage())
        entries: tuple[Act, ...] = ()
        snooze = conversation.snooze
        if conversation.state is State.SNOOZED and snooze and snooze.until <= now:
            wake = Act(
                conversation=conversation.id,
                key=f"{Action.WAKE}/{snooze.until.isoformat()}",
                action=Action.WAKE,
                by=snooze.by,
                at=max(now, conversation.last_at or now),
            )
            conversation = add(conversation, wake, lambda: self._store.log(wake.conversation))
            entries = (wake,)
        after, outgoing = decide(conversation, now, rules)
        return Change(conversations=(after,), entries=entries, outbox=tuple(outgoing))

    def reschedule(self, now: datetime) -> list[str]:
        """Set all due times anew where the rules differ from those of the last run.

        Return the ids of what fails, which keeps the time that it has.
        """
        fingerprint = self._decisions.policy.fingerprint()
        if self._store.fact("rules") == fingerprint:
            return []
        failed: list[str] = []
        ids = [c.id for c in self._store.open(limit=sys.maxsize)]
        for start in range(0, len(ids), AT_ONCE):
            failed += self._schedule(self._anew, ids[start : start + AT_ONCE], now)
        owed = [promise.id for promise in self._store.owed(limit=sys.maxsize)]
        failed += self._schedule(self._owed_anew, owed, now)
        self._decisions.make(lambda: Change(facts=(("rules", fingerprint),)), now)
        return failed

    def _schedule(
        self, anew: Callable[[list[str]], Callable[[], Change]], ids: list[str], now: datetime
    ) -> list[str]:
        """Schedule all but those which fail, and return these."""
        try:
            self._decisions.make(anew(ids), now)
        except Exception as error:
            if will_pass(error):
                raise
            middle = len(ids) // 2
            if not middle:
                return ids
            first, second = (
                self._schedule(anew, half, now) for half in (ids[:middle], ids[middle:])
            )
            return first + second
        return []

    def _anew(self, ids: list[str]) -> Callable[[], Change]:
        """Return the decision that schedules conversations anew."""

        def decide() -> Change:
            found = (self._store.conversation(one) for one in ids)
            return Change(conversations=tuple(one for one in found if one))

        return decide

    def _owed_anew(self, ids: list[str]) -> Callable[[], Change]:
        """Return the decision that schedules promises anew."""

        def decide() -> Change:
            found = (self._store.promise(one) for one in ids)
            return Change(promises=tuple(one for one in found if one))

        return decide
