"""What colleagues' messages do to the ledger: promises made in them, put right, or delivered."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.core import readers
from bot.core.conversations import conversation_id
from bot.core.decision import Decisions
from bot.core.events import MessageDeleted, MessagePosted
from bot.core.excerpts import excerpt_of
from bot.core.ledger import Fate, Promise, Turn, moved, turned, withdrawn
from bot.core.model import Change, Channel, Person, moment
from bot.core.outgoing import Note, NoteKind, Outgoing
from bot.core.people import zone

if TYPE_CHECKING:
    from bot.core.promises import Noticed

ON_THE_SPOT = timedelta(minutes=15)
"""Whoever wrote it is asked about it only so soon afterwards."""


class Noticing:
    def __init__(self, decisions: Decisions) -> None:
        self._decisions = decisions
        self._store = decisions.store

    def found(self, message: MessagePosted, channel: Channel) -> tuple[Noticed, ...]:
        """Return the promises in a message; one whose author has said when it is due holds one."""
        at, closing = moment(message.ts), self._decisions.rules(channel).closing
        found = readers.notice(
            message.text, at, zone(message.author, self._decisions.policy), closing
        )
        if message.due:
            whole = readers.Noticed(
                words=(0, len(message.text)), due=None, strength=readers.Strength.FIRM, why=""
            )
            dated = [(abs(one.due.at - message.due), one) for one in found if one.due]
            return (min(dated, key=lambda one: one[0])[1] if dated else (*found, whole)[0],)
        return found

    def read(
        self, message: MessagePosted, conversation: str, channel: Channel, now: datetime
    ) -> Change:
        """Return what a colleague's message, or an edit of it, changes in the ledger."""
        known = self._known(message.channel, message.ts, message.author.id)
        if known and message.edited <= max(one.edited for one in known):
            return Change()
        found = self.found(message, channel)
        followed = self._followed(message, conversation, found)
        if known:
            change = self._read_again(message, known, found, now)
            return replace(change, promises=(*change.promises, *followed))
        made = [self._made(message, conversation, number, one) for number, one in enumerate(found)]
        if message.moves and made:
            followed = self._moved(message, made[0], followed)
        asked = [promise for promise in made if not promise.at_once]
        return Change(
            promises=(*made, *followed), outbox=self._noted(message, asked, NoteKind.PROMISED, now)
        )

    def deleted(self, message: MessageDeleted, now: datetime) -> Change:
        """Ask whether what was promised in it still stands; what it had delivered is owed again."""
        changed = {
            promise.id: undone
            for one in (
                *self._store.about(message.channel, message.ts),
                conversation_id(message.channel, message.thread or message.ts),
            )
            for promise in self._store.promises_in(one)
            if (undone := _without(promise, message.ts, moment(message.at))) != promise
        }
        gone = self._store.promises_at(message.channel, message.ts)
        mine = [p for p in gone if p.is_open and p.by == (message.author or p.by)]
        deleted = tuple(replace(p, edited=message.at) for p in mine if p.edited < message.at)
        posted = MessagePosted(
            channel=message.channel,
            ts=message.ts,
            author=Person(id=mine[0].by if mine else ""),
            thread=message.thread,
            edited=message.at,
        )
        notes = self._noted(posted, [*deleted], NoteKind.PROMISE_DELETED, now)
        return Change(promises=(*deleted, *changed.values()), outbox=notes)

    def _known(self, channel: str, ts: str, by: str) -> list[Promise]:
        return [one for one in self._store.promises_at(channel, ts) if one.by == by]

    def _made(
        self, message: MessagePosted, conversation: str, number: int, one: Noticed
    ) -> Promise:
        known = self._store.conversation(conversation)
        start, end = one.words
        due = message.due or (one.due.at if one.due else None)
        made = Turn(
            key="made", fate=Fate.MADE, by=message.author.id, at=moment(message.ts), due=due
        )
        blank = Promise(
            id=f"{message.channel}:{message.ts}/{number}",
            channel=message.channel,
            conversation=conversation,
            by=message.author.id,
            words=excerpt_of(message.text[start:end]),
            thread=message.thread or message.ts,
            ts=message.ts,
            to=known.customer if known else "",
            by_hand=message.due is not None,
            at_once=one.strength is readers.Strength.IMMEDIATE and not due,
            read=due,
            edited=message.edited,
        )
        return turned(blank, made)

    def _read_again(
        self,
        message: MessagePosted,
        known: list[Promise],
        found: tuple[Noticed, ...],
        now: datetime,
    ) -> Change:
        """Follow an edit: another date is taken over; what is gone is asked about."""
        home = known[0].conversation
        pairs = _paired(known, found, message.text)
        again = [_edited(promise, message, one) for promise, one in pairs]
        kept = [promise for promise, _ in pairs]
        rest = [replace(one, edited=message.edited) for one in known if one not in kept]
        added = [one for one in found if one not in [other for _, other in pairs]]
        new = [self._made(message, home, *one) for one in enumerate(added, len(known))]
        redated = [
            after for before, after in zip(kept, again, strict=True) if before.due != after.due
        ]
        gone = [promise for promise in rest if promise.is_open and not promise.by_hand]
        return Change(
            promises=(*again, *rest, *new),
            outbox=(
                *self._noted(message, [*redated, *new], NoteKind.PROMISED, now),
                *self._noted(message, gone, NoteKind.PROMISE_UNSAID, now),
            ),
        )

    def _followed(
        self, message: MessagePosted, conversation: str, found: tuple[Noticed, ...]
    ) -> tuple[Promise, ...]:
        """Return earlier promises, with what was written since; what it plainly keeps is kept."""
        by, at, key = message.author.id, moment(message.ts), f"delivered/{message.ts}"
        there = self._store.promises_in(conversation)
        given_back = [
            again
            for one in there
            if message.edited and (again := withdrawn(one, key, moment(message.edited))) != one
        ]
        owed = self._store.owed(by=by, channel=message.channel)
        earlier = {
            p.id: p
            for p in (*owed, *there, *given_back)
            if p.is_open and p.made_at < at and (message.edited or p.since != message.ts)
        }
        mine = [
            promise
            for promise in earlier.values()
            if promise.by == by and (promise.conversation == conversation or not message.thread)
        ]
        text = message.text
        said = not found and not readers.is_holding(text)
        kept = [p for p in mine if said and len(mine) == 1 and readers.delivers(text, p.words)]
        if said and (readers.understand(text).needs_reply or readers.delivers(text)):
            kept = [*kept, *(p for p in earlier.values() if _answers(message, conversation, p))]
        words = excerpt_of(text)
        followed = {one.id: one for one in given_back}
        followed |= {one.id: _since(one, message.ts, words) for one in mine}
        for one in kept:
            turn = Turn(key=key, fate=Fate.KEPT, by=by, at=at)
            followed[one.id] = turned(followed.get(one.id, one), turn)
        return tuple(followed.values())

    def _moved(
        self, message: MessagePosted, new: Promise, followed: tuple[Promise, ...]
    ) -> tuple[Promise, ...]:
        """Let what a message was posted to move give way to what that promises."""
        known = {one.id: one for one in followed}
        old = known.get(message.moves) or self._store.promise(message.moves)
        if old is None:
            return followed
        return tuple({**known, old.id: moved(old, new, message.author.id)}.values())

    def _noted(
        self, message: MessagePosted, promises: list[Promise], kind: NoteKind, now: datetime
    ) -> tuple[Outgoing, ...]:
        """Return the private word about promises to who made them, while they are around.

        It may get lost, so nothing depends on it: unanswered, a promise stands.
        """
        said = moment(message.edited or message.ts)
        if not promises or message.due or now - said > ON_THE_SPOT:
            return ()
        ids = " ".join(promise.id for promise in promises)
        note = Outgoing(
            id=f"{kind}/{message.channel}:{message.ts}/{message.edited}",
            to=message.channel,
            only=promises[0].by,
            thread=message.thread,
            at=now,
            note=Note(kind=kind, facts={"promises": ids}),
        )
        return (note,)


def _answers(message: MessagePosted, conversation: str, promise: Promise) -> bool:
    """Tell whether a real answer there is the one that a "let me check" has put off."""
    if not promise.at_once or promise.due:
        return False
    nobody_else = conversation == conversation_id(message.channel, message.ts)
    aside = nobody_else and promise.thread == promise.ts and promise.by == message.author.id
    return promise.conversation == conversation or aside


def _since(promise: Promise, ts: str, words: str) -> Promise:
    if ts < promise.since:
        return promise
    return replace(promise, since=ts, since_words=words)


def _paired(
    known: list[Promise], found: tuple[Noticed, ...], text: str
) -> list[tuple[Promise, Noticed]]:
    """Find what was promised in the edited message: by its words, all others in their order."""
    by_words = {excerpt_of(text[slice(*one.words)]): one for one in found}
    same = {one.id: by_words[one.words] for one in known if one.words in by_words}
    others = iter([one for one in found if one not in same.values()])
    either = ((promise, same.get(promise.id) or next(others, None)) for promise in known)
    return [(promise, one) for promise, one in either if one]


def _edited(promise: Promise, message: MessagePosted, one: Noticed) -> Promise:
    """Return the promise as it now stands in its message; a date that was put right stays."""
    start, end = one.words
    due = one.due.at if one.due else None
    after = replace(
        promise,
        words=excerpt_of(message.text[start:end]),
        at_once=one.strength is readers.Strength.IMMEDIATE and not due and not promise.by_hand,
        read=due,
        edited=message.edited,
    )
    if due == promise.read:
        return after
    key, at = f"edited/{message.edited}", moment(message.edited)
    return turned(after, Turn(key=key, fate=Fate.DATED, by=promise.by, at=at, due=due))


def _without(promise: Promise, ts: str, at: datetime) -> Promise:
    """Return the promise as if a later message had not been written."""
    if promise.since == ts:
        promise = replace(promise, since="", since_words="")
    return withdrawn(promise, f"delivered/{ts}", at)
