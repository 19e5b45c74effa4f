"""One decision: what it changes, with all that follows from that, committed in one step."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime

from bot.core.copies import replace
from bot.core.ledger import Promise, moved_by_later
from bot.core.model import Change, Channel, Conversation, Role
from bot.core.nudges import schedule
from bot.core.outgoing import Card, Outgoing
from bot.core.people import is_followed, is_watched, role
from bot.core.policy import Policy, Rules, rules
from bot.core.ports import Store
from bot.core.refusals import Stale
from bot.core.reminders import schedule as schedule_promise

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
        """Add all that follows: what else moves, what is due when, and the edits of the cards."""
        if change.promises or self._owes_from_the_start(change):
            change = self._accounted(change)
            promises = [self.reminded(p, self._after(change, p.channel)) for p in change.promises]
            change = replace(change, promises=tuple(promises))
        if change.conversations:
            found = [self.due(c, self._after(change, c.channel)) for c in change.conversations]
            change = replace(change, conversations=tuple(found))
        return self.with_edits(change, now)

    def _after(self, change: Change, channel_id: str) -> Channel:
        """Return a channel as it is once a change is made."""
        for channel in change.channels:
            if channel.id == channel_id:
                return channel
        return self.channel(channel_id)

    def _owes_from_the_start(self, change: Change) -> bool:
        """Tell whether something was promised where a conversation only now begins."""
        return any(not c.version and self.store.promises_in(c.id) for c in change.conversations)

    def _accounted(self, change: Change) -> Change:
        """Add the promises that these move, and let conversations know who owes something."""
        conversations = {c.id: c for c in change.conversations}
        promises = {promise.id: promise for promise in change.promises}
        new = [c.id for c in change.conversations if not c.version]
        for one in dict.fromkeys([*(p.conversation for p in change.promises), *new]):
            known = {promise.id: promise for promise in self.store.promises_in(one)} if one else {}
            known |= {p.id: p for p in promises.values() if p.conversation == one}
            moved = {promise.id: promise for promise in moved_by_later(known.values())}
            promises |= moved
            debtors = {p.by: None for p in (known | moved).values() if p.is_open}
            conversation = conversations.get(one) or self.store.conversation(one)
            if conversation and conversation.promisers != tuple(debtors):
                conversations[one] = replace(conversation, promisers=tuple(debtors))
        return replace(
            change,
            conversations=tuple(conversations.values()),
            promises=tuple(promises.values()),
        )

    def with_edits(self, change: Change, now: datetime) -> Change:
        """Add the edits of the cards that show what changes."""
        cards: dict[str, Card] = {}
        for conversation in change.conversations:
            if conversation.version:
                cards |= self._cards(conversation.id)
        for promise in change.promises:
            if promise.version:
                cards |= self._cards(promise.id) | self._cards(promise.conversation)
        if not cards:
            return change
        edits = [
            Outgoing(id=f"edit/{one}", to=card.channel, at=now, edits=one)
            for one, card in cards.items()
        ]
        return replace(change, outbox=(*change.outbox, *edits))

    def _cards(self, about: str) -> dict[str, Card]:
        return {card.id: card for card in self.store.cards(about)}

    def reminded(self, promise: Promise, channel: Channel) -> Promise:
        """Return the promise with the moment at which it is next spoken of."""
        if not is_followed(promise, channel, self.policy):
            return replace(promise, wake_at=None)
        return schedule_promise(promise, self.rules(channel))

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
