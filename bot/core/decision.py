"""One decision: what it changes, with all that follows from that, committed in one step."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.core.model import Change, Channel, Conversation, Role
from bot.core.nudges import schedule
from bot.core.outgoing import Outgoing
from bot.core.people import is_watched, role
from bot.core.policy import Policy, Rules, rules
from bot.core.ports import Store
from bot.core.refusals import Stale

TRIES = 50
"""A record is contended by a handful of threads; so many losses in a row are a fault."""


class Decisions:
    def __init__(self, store: Store, policy: Policy) -> None:
        self.store = store
        self.policy = policy

    def make(self, decide: Callable[[], Change], now: datetime) -> Change:
        """Decide and commit; decide again where somebody else was quicker.

        Raises:
            StoreFailed: nothing was stored.
        """
        for attempt in range(TRIES):
            change = self._settled(decide(), now)
            try:
                if change:
                    self.store.commit(change)
            except Stale:
                if attempt == TRIES - 1:
                    raise
            else:
                return change
        raise AssertionError("unreachable")

    def channel(self, channel_id: str) -> Channel:
        return self.store.channel(channel_id) or Channel(id=channel_id)

    def rules(self, channel: Channel) -> Rules:
        return rules(self.policy, channel)

    def _settled(self, change: Change, now: datetime) -> Change:
        """Add when each conversation is next due, and the edits of the cards that show it."""
        if not change.conversations:
            return change
        changed = {channel.id: channel for channel in change.channels}
        conversations = tuple(
            self.due(c, changed.get(c.channel) or self.channel(c.channel))
            for c in change.conversations
        )
        return self.with_edits(replace(change, conversations=conversations), now)

    def with_edits(self, change: Change, now: datetime) -> Change:
        """Add the edits of the cards that show what changes."""
        edits = {
            card.id: Outgoing(id=f"edit/{card.id}", to=card.channel, at=now, edits=card.id)
            for conversation in change.conversations
            for card in (self.store.cards(conversation.id) if conversation.version else ())
        }
        return replace(change, outbox=(*change.outbox, *edits.values())) if edits else change

    def open_in(self, channel_id: str) -> tuple[Conversation, ...]:
        """Return all that is open in a channel; for rare occasions, since it looks at all."""
        return tuple(c for c in self.store.open(limit=sys.maxsize) if c.channel == channel_id)

    def triage(self) -> str:
        """Return the triage channel, unless customers could read what is said there."""
        triage = self.policy.triage
        return "" if triage and self.is_exposed(triage) else triage

    def is_exposed(self, to: str) -> bool:
        """Tell whether a customer would read what is sent to a channel or to a person."""
        channel, person = self.store.channel(to), self.store.person(to)
        if person:
            return role(person, self.policy) is not Role.COLLEAGUE
        return channel is not None and (channel.shared or channel.customers)

    def due(self, conversation: Conversation, channel: Channel) -> Conversation:
        """Return the conversation with its next due time: none where nobody watches."""
        if not is_watched(channel, self.policy):
            return replace(conversation, due_at=None)
        return schedule(conversation, self.rules(channel))
