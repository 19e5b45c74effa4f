"""Takes in what happens in Slack, in whatever order and however often Slack tells of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from bot.core import readers
from bot.core.coaching import coach
from bot.core.conversations import add, channel_of, conversation_id, follow, opened, step
from bot.core.copies import replace
from bot.core.decision import Decisions
from bot.core.events import MessageDeleted, MessagePosted
from bot.core.excerpts import excerpt_of
from bot.core.model import (
    BOT,
    COLLEAGUE,
    CUSTOMER,
    WAITING,
    Change,
    Channel,
    Conversation,
    Role,
    Said,
    moment,
)
from bot.core.noticing import Noticing
from bot.core.people import is_watched, role
from bot.core.recent import Word, answers_after, is_known, learnt, with_word

ORPHAN = timedelta(minutes=10)
"""A reply may arrive so long before the message that it replies to."""
EARLY = "early"
"""Begins the name of a fact: in that place there is something, and no conversation yet."""


class Intake:
    def __init__(self, decisions: Decisions) -> None:
        self._decisions = decisions
        self._store = decisions.store
        self._policy = decisions.policy
        self._noticing = Noticing(decisions)

    def posted(self, message: MessagePosted, now: datetime) -> Change:
        """Take in a message, or what it has become since an edit."""
        return self._decisions.make(lambda: self.taken_in(message, now), now)

    def deleted(self, message: MessageDeleted, now: datetime) -> Change:
        return self._decisions.make(lambda: self._deleted(message, now), now)

    def taken_in(self, message: MessagePosted, now: datetime) -> Change:
        """Return what a message changes."""
        who = role(message.author, self._policy)
        known = self._store.channel(message.channel) or Channel(id=message.channel)
        channel = learnt(known, message, who)
        if who is BOT:
            return Change()
        if not is_watched(channel, self._policy):
            if message.due:  # the form says that it is a promise, wherever it was posted
                home = self._home(message, [], Change())
                return self._noticing.read(message, home, channel, now)
            # Once a customer has written in the triage channel, nothing may be posted there.
            exposed = channel is not known and channel.id == self._policy.triage
            return Change(channels=(channel,)) if exposed else Change()
        said = self._known(message)
        if said:
            change = self._edited(said, message)
        elif self._is_over(message, channel):
            return Change()
        else:
            change = self._counted(message, who, channel)
            if channel is not known and not change.channels:
                change = replace(change, channels=(channel,))
        if who is not COLLEAGUE or any(_is_old(message, one) for one in said):
            return change
        home = self._home(message, said, change)
        noticed = self._noticing.read(message, home, channel, now)
        return _merged([change, noticed, coach(message, self._decisions, now)])

    def _is_over(self, message: MessagePosted, channel: Channel) -> bool:
        """Tell whether a message that is in no conversation was heard before."""
        if message.ts <= channel.forgotten:  # history shows it again, or somebody edits it
            return not self._store.promises_at(message.channel, message.ts)
        return not message.edited and is_known(channel, message.ts)

    def _counted(self, message: MessagePosted, who: Role, channel: Channel) -> Change:
        """Count a message that is new, and remember it of its channel."""
        if message.thread:
            change = self._in_thread(message, who, channel)
        elif who is CUSTOMER:
            change = self._asked(message, channel)
        else:
            change = self._answered(message, channel)
        if not message.thread:
            return replace(change, channels=(with_word(channel, message, who),))
        return replace(change, channels=(channel,)) if change else change

    def _home(self, message: MessagePosted, known: list[Said], change: Change) -> str:
        """Return the conversation that a colleague's message belongs to, or would open."""
        if message.thread:
            ids = self._store.about(message.channel, message.thread)
            return ids[0] if ids else conversation_id(message.channel, message.thread)
        said = [*(one.conversation for one in known), *(e.conversation for e in change.entries)]
        return max(said, default=conversation_id(message.channel, message.ts))

    def _known(self, message: MessagePosted) -> list[Said]:
        """Return the message as it stands in each conversation that it is part of."""
        return [
            entry
            for one in self._store.about(message.channel, message.ts)
            if isinstance(entry := self._store.entry(one, message.ts), Said)
        ]

    def _edited(self, known: list[Said], message: MessagePosted) -> Change:
        """Take the new words; unfurled links and repeated deliveries change nothing."""
        newer = [said for said in known if not _is_old(message, said)]
        changes = [
            self._entered(self._said(message, said.role, said.conversation)) for said in newer
        ]
        return _merged(changes)

    def _in_thread(self, message: MessagePosted, who: Role, channel: Channel) -> Change:
        ids = self._store.about(message.channel, message.thread)
        home = ids[0] if ids else conversation_id(message.channel, message.thread)
        said = self._said(message, who, home)
        if self._store.conversation(home):
            return self._entered(said)
        if who is CUSTOMER:
            thread = home.partition(":")[2]
            return self._opened(said, channel, thread) if said.needs_reply else Change()
        if said.at - moment(message.thread) >= ORPHAN:
            return Change()
        return _early(said)

    def _asked(self, message: MessagePosted, channel: Channel) -> Change:
        """A customer wrote at top level: more of the same, or a conversation of its own."""
        group = self._group(message, channel)
        if group:
            return self._entered(self._said(message, CUSTOMER, group))
        said = self._said(message, CUSTOMER, conversation_id(message.channel, message.ts))
        if self._store.conversation(said.conversation):
            return self._entered(said)  # a reply to it was quicker
        return self._opened(said, channel, message.ts) if said.needs_reply else Change()

    def _group(self, message: MessagePosted, channel: Channel) -> str:
        """Return the conversation that a top-level message continues, if any."""
        earliest = moment(message.ts) - self._policy.group_window
        for word in map(Word.read, reversed(channel.latest)):
            if word.ts >= message.ts:
                continue
            if word.role is COLLEAGUE or moment(word.ts) < earliest:
                return ""
            ids = self._store.about(channel.id, word.ts) if word.by == message.author.id else ()
            conversation = self._store.conversation(ids[0]) if ids else None
            if conversation:
                spoken = conversation.last_word
                return "" if spoken and spoken.ts > word.ts else conversation.id
        return ""

    def _opened(self, said: Said, channel: Channel, thread: str) -> Change:
        """Open a conversation; what had come before its turn is put in its place."""
        words, log = answers_after(channel, said, thread), self._store.log(said.conversation)
        if not words and not log:  # as most begin
            first = step(opened(channel.id, thread, said.by), said)
            return Change(conversations=(first,), entries=(said,))
        late = [
            Said(
                conversation=said.conversation,
                ts=word.ts,
                by=word.by,
                role=COLLEAGUE,
                holding=word.holding,
                asks=word.asks,
            )
            for word in words
        ]
        early = [entry for entry in log if entry.key != said.key]
        conversation = follow(opened(channel.id, thread, said.by), [*early, said, *late])
        opening = Change(conversations=(conversation,), entries=(said, *late))
        return _merged([opening, *self._given_back(words[0], said)]) if words else opening

    def _given_back(self, answer: Word, said: Said) -> Iterator[Change]:
        """Let others wait again, whom an answer was counted for until it met its question."""
        for other in self._store.about(channel_of(said.conversation), answer.ts):
            conversation = self._store.conversation(other)
            entry = self._store.entry(other, answer.ts)
            if conversation is None or not isinstance(entry, Said):
                continue
            if conversation.customer != said.by and moment(conversation.thread) < said.at:
                yield self._entered(replace(entry, withdrawn=said.ts))

    def _answered(self, message: MessagePosted, channel: Channel) -> Change:
        """A colleague wrote at top level: to the newest who waits, and all else of theirs."""
        at = moment(message.ts)
        waiting = [
            c
            for c in self._store.waiting(channel.id)
            if c.state is WAITING and c.wait and c.wait.since < at
        ]
        if not waiting:
            return Change()
        newest = max(waiting, key=lambda c: moment(c.thread))
        return _merged(
            [
                self._entered(self._said(message, COLLEAGUE, c.id), c)
                for c in waiting
                if c is newest or c.customer == newest.customer
            ]
        )

    def _deleted(self, message: MessageDeleted, now: datetime) -> Change:
        ids = self._store.about(message.channel, message.ts)
        if not ids and message.author:
            asked = self._noticing.deleted(message, now)
            return asked or self._deleted_early(message)
        entries = [self._store.entry(one, message.ts) for one in ids]
        return _merged(
            [
                *(
                    self._entered(replace(entry, withdrawn=message.at, excerpt=""))
                    for entry in entries
                    if isinstance(entry, Said) and not entry.withdrawn
                ),
                self._noticing.deleted(message, now),
            ]
        )

    def _deleted_early(self, message: MessageDeleted) -> Change:
        """Remember a deletion that overtook its message."""
        channel = self._store.channel(message.channel)
        if channel is None or moment(message.at) - moment(message.ts) > ORPHAN:
            return Change()
        home = conversation_id(message.channel, message.thread or message.ts)
        said = Said(
            conversation=home,
            ts=message.ts,
            by=message.author,
            role=CUSTOMER,
            withdrawn=message.at,
        )
        return _early(said)

    def _entered(self, said: Said, conversation: Conversation | None = None) -> Change:
        conversation = conversation or self._store.conversation(said.conversation)
        if conversation is None:
            return _early(said)
        after = add(conversation, said, lambda: self._store.log(said.conversation))
        return Change(conversations=(after,), entries=(said,))

    def _said(self, message: MessagePosted, who: Role, conversation: str) -> Said:
        text = message.text
        said = partial(
            Said,
            conversation=conversation,
            ts=message.ts,
            by=message.author.id,
            role=who,
            excerpt=excerpt_of(text),
            edited=message.edited,
        )
        if who is not CUSTOMER:
            asks = readers.turn(text, ours=True).asks
            return said(needs_reply=False, holding=readers.is_holding(text), asks=asks)
        words = readers.understand(text, aside=self._is_aside(message))
        return said(
            needs_reply=words.needs_reply,
            upset=words.upset or words.pressed,
            answers=words.answers,
            why=words.why,
        )

    def _is_aside(self, message: MessagePosted) -> bool:
        """Tell whether a customer names a colleague of theirs first."""
        person = self._store.person(message.named) if message.named else None
        return person is not None and role(person, self._policy) is CUSTOMER


def _is_old(message: MessagePosted, known: Said) -> bool:
    """Tell whether a message was taken in as it is, or as it has become since."""
    return bool(known.withdrawn) or message.edited <= known.edited


def _early(said: Said) -> Change:
    """Return a message whose conversation is not known yet, and may never be."""
    fact = f"{EARLY}/{said.conversation}", said.at.isoformat()
    return Change(entries=(said,), facts=(fact,))


def _merged(changes: list[Change]) -> Change:
    return Change(
        conversations=tuple(c for change in changes for c in change.conversations),
        entries=tuple(e for change in changes for e in change.entries),
        promises=tuple(p for change in changes for p in change.promises),
        channels=tuple(c for change in changes for c in change.channels),
        outbox=tuple(o for change in changes for o in change.outbox),
        facts=tuple(f for change in changes for f in change.facts),
    )
