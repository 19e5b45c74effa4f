"""What happens to channels: the bot joins and leaves, people set rules, Slack renames and moves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.core.conversations import conversation_id
from bot.core.decision import Decisions
from bot.core.events import ChannelJoined
from bot.core.model import Change, Channel, Role, State
from bot.core.outgoing import Card, Note, NoteKind, Outgoing
from bot.core.people import is_watched, role
from bot.core.policy import Rules


class Channels:
    def __init__(self, decisions: Decisions) -> None:
        self._decisions = decisions
        self._store = decisions.store
        self._policy = decisions.policy

    def is_shared(self, channel_id: str) -> bool:
        return self._decisions.channel(channel_id).shared

    def change(self, channel_id: str, now: datetime, edit: Callable[[Channel], Channel]) -> Channel:
        """Change a channel; all that waits in it is due by its new rules."""

        def decide() -> Change:
            before = self._decisions.channel(channel_id)
            after = edit(before)
            if after == before:
                return Change()
            if self._ruled(before) == self._ruled(after):
                return Change(channels=(after,))
            return Change(
                channels=(after,),
                conversations=tuple(
                    conversation
                    for conversation in self._decisions.open_in(channel_id)
                    if self._decisions.due(conversation, after).due_at != conversation.due_at
                ),
                promises=tuple(
                    promise
                    for promise in self._store.owed(channel=channel_id)
                    if self._decisions.reminded(promise, after).wake_at != promise.wake_at
                ),
            )

        self._decisions.make(decide, now)
        return self._decisions.channel(channel_id)

    def _ruled(self, channel: Channel) -> tuple[Rules, bool]:
        """Return what decides when something in a channel is due."""
        return self._decisions.rules(channel), is_watched(channel, self._policy)

    def listed(self, facts: Channel, now: datetime) -> Channel:
        """Remember what Slack lists of a channel that the bot is in."""
        return self.change(
            facts.id,
            now,
            lambda channel: replace(
                channel, member=True, name=facts.name or channel.name, shared=facts.shared
            ),
        )

    def joined(self, event: ChannelJoined, now: datetime) -> Channel:
        """Remember who invited the bot, and tell them privately what it will do there."""
        inviter = event.inviter
        if inviter and role(inviter, self._policy) is not Role.COLLEAGUE:
            inviter = None

        def edit(channel: Channel) -> Channel:
            return replace(
                channel,
                member=True,
                shared=channel.shared or event.shared,
                invited_by=inviter.id if inviter else channel.invited_by,
            )

        before = self._store.channel(event.channel)
        channel = self.change(event.channel, now, edit)
        again = before is not None and before.member and before.invited_by == channel.invited_by
        if inviter and not again:
            watched = "yes" if is_watched(channel, self._policy) else ""
            triage = "yes" if channel.id == self._policy.triage else ""
            note = Note(
                kind=NoteKind.INVITED,
                facts={"channel": channel.id, "watched": watched, "triage": triage},
            )
            stamp = f"{now.timestamp():.6f}"
            out = Outgoing(id=f"invited/{channel.id}/{stamp}", to=inviter.id, at=now, note=note)
            self._decisions.make(lambda: Change(outbox=(out,)), now)
        return channel

    def moved(self, old: str, new: str, now: datetime) -> None:
        """Follow a channel to its new id, with all that waits there."""

        def decide() -> Change:
            before, there = self._store.channel(old), self._store.channel(new)
            if before is None or not before.member:
                return Change()
            waiting = self._decisions.open_in(old)
            here = tuple(
                replace(c, id=conversation_id(new, c.thread), channel=new, version=0)
                for c in waiting
                if self._store.conversation(conversation_id(new, c.thread)) is None
            )
            gone = tuple(
                replace(c, state=State.DISMISSED, wait=None, snooze=None, due_at=None)
                for c in waiting
            )
            entries = tuple(
                replace(entry, conversation=conversation_id(new, c.thread))
                for c in waiting
                for entry in self._store.log(c.id)
            )
            follows = replace(before, id=new, version=there.version if there else 0)
            left = replace(before, member=False)
            ids = {c.id: conversation_id(new, c.thread) for c in waiting}
            owed = tuple(
                replace(p, channel=new, conversation=ids.get(p.conversation, p.conversation))
                for p in self._store.owed(channel=old)
            )
            cards = {card.id: card for c in waiting for card in self._store.cards(c.id)}
            return Change(
                channels=(follows, left),
                conversations=(*here, *gone),
                entries=entries,
                promises=owed,
                cards=tuple(_renamed(card, ids) for card in cards.values()),
            )

        self._decisions.make(decide, now)


def _renamed(card: Card, ids: dict[str, str]) -> Card:
    """Return a card about the same conversations under their new ids."""
    about = (replace(a, conversation=ids.get(a.conversation, a.conversation)) for a in card.about)
    return replace(card, about=tuple(about))
