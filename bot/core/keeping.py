"""What colleagues do with the promises in the ledger, by reaction, button, command and form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

from bot.core import readers
from bot.core.conversations import conversation_id
from bot.core.decision import Decisions
from bot.core.events import Entered, MessagePosted, Reacted
from bot.core.excerpts import excerpt_of
from bot.core.ledger import Fate, Promise, Standing, Turn, moved, turned, withdrawn
from bot.core.marking import PROMISED, marked
from bot.core.model import Act, Change, Person, moment
from bot.core.outgoing import Note, NoteKind, Outgoing
from bot.core.people import zone
from bot.core.refusals import DuePassed, Settled, UnknownPromise
from bot.core.reminders import Instead, keepable

if TYPE_CHECKING:
    from bot.core.when import Due

INSTANT = timedelta(microseconds=1)


class Said(NamedTuple):
    """What a message promises, and by when."""

    words: str
    due: datetime | None


class Keeping:
    def __init__(self, decisions: Decisions) -> None:
        self._decisions = decisions
        self._store = decisions.store

    def promise(self, promise_id: str) -> Promise:
        """Return a promise, or the one that has taken its place.

        Raises:
            UnknownPromise: there is none.
        """
        promise = self._one(promise_id)
        while promise.successor:
            promise = self._one(promise.successor)
        return promise

    def _one(self, promise_id: str) -> Promise:
        promise = self._store.promise(promise_id)
        if promise is None:
            raise UnknownPromise(promise_id)
        return promise

    def owed(self, promise_id: str) -> Promise:
        """Return a promise as `promise` does, if it is still to be kept.

        Raises:
            Settled: it was kept or dropped.
            UnknownPromise: there is none.
        """
        promise = self.promise(promise_id)
        if not promise.is_open:
            raise Settled(promise_id)
        return promise

    def is_read_by_customers(self, promise: Promise) -> bool:
        """Tell whether there is a customer to tell, where it was made."""
        return self._decisions.is_exposed(promise.channel)

    def keepable(self, due: datetime | None, channel_id: str, now: datetime) -> Instead:
        """Return dates to give instead of one outside business hours, or of none."""
        return keepable(due, now, self._decisions.rules(self._decisions.channel(channel_id)))

    def closing(self, channel_id: str) -> time:
        """Return when a business day ends for what is promised in a channel."""
        return self._decisions.rules(self._decisions.channel(channel_id)).closing

    def when(self, text: str, by: Person, channel_id: str, now: datetime) -> Due | None:
        """Return the time that somebody wrote, as they mean it; None where it is not clear."""
        return readers.read_due(
            text, now, zone(by, self._decisions.policy), self.closing(channel_id)
        )

    def said(self, text: str, by: Person, channel_id: str, at: datetime) -> Said:
        """Return what a message of that moment promises, or all of it where it does not say."""
        there = zone(by, self._decisions.policy)
        found = readers.notice(text, at, there, self.closing(channel_id))
        if found and found[0].due:
            return Said(words=text[slice(*found[0].words)], due=found[0].due.at)
        words = text[slice(*found[0].words)] if found else text
        due = self.when(text, by, channel_id, at)
        return Said(words=words, due=due.at if due else None)

    def kept(self, promise_id: str, by: str, now: datetime) -> Promise:
        """Do what *Done* asks for.

        Raises:
            UnknownPromise: there is no such promise.
        """
        return self._turn(promise_id, Fate.KEPT, by, now)

    def dropped(self, promise_id: str, by: str, now: datetime) -> Promise:
        """Take it that it was no promise; what took its place may well be one.

        Raises:
            UnknownPromise: there is no such promise.
        """
        return self._turn(promise_id, Fate.DROPPED, by, now)

    def dated(self, promise_id: str, by: str, due: datetime, now: datetime) -> Promise:
        """Put the date right that was read, or not said.

        Raises:
            DuePassed: it lies in the past.
            UnknownPromise: there is no such promise.
        """
        return self._turn(promise_id, Fate.DATED, by, now, due)

    def moved(self, promise_id: str, by: str, due: datetime, now: datetime) -> Promise:
        """Give a promise a new date, of which the customer is told elsewhere or not at all.

        Raises:
            DuePassed: it lies in the past.
            Settled: it was kept or dropped.
            UnknownPromise: there is no such promise.
        """
        old = self.owed(promise_id)
        at = _after(old, now)
        entered = Entered(by=old.by, words=old.words, due=due, channel=old.channel)
        new = replace(
            self._entry(entered, old.conversation, at),
            id=f"{old.id}/{at.isoformat()}",
            to=old.to,
            thread=old.thread,
        )

        def decide() -> Change:
            return Change(promises=(moved(self.promise(old.id), new, by), new))

        self._decisions.make(decide, now)
        return new

    def enter(self, entered: Entered, now: datetime) -> Promise:
        """Enter a promise by hand; on one message, one person enters one.

        Raises:
            DuePassed: it is due in the past.
        """
        home = self._home(entered.channel, entered.thread or entered.ts) if entered.ts else ""
        new = self._entry(entered, home, now)

        def decide() -> Change:
            if entered.key and self._store.promise(new.id):
                return Change()
            return Change(promises=(self._entered(new, now),))

        self._decisions.make(decide, now)
        return self.promise(new.id)

    def settled(self, act: Act) -> tuple[Promise, ...]:
        """Return what is kept by resolving a conversation, or owed again once that is undone."""
        promises = self._store.promises_in(act.conversation)
        key = f"resolved/{act.key}"
        if act.withdrawn:
            at = moment(act.withdrawn)
            return tuple(q for p in promises if (q := withdrawn(p, key, at)) != p)
        kept = Turn(key=key, fate=Fate.KEPT, by=act.by, at=act.at)
        return tuple(turned(p, kept) for p in promises if p.is_open and p.made_at <= act.at)

    def reacted(self, reaction: Reacted, now: datetime) -> bool:
        """Do what ✅ and 🤝 say of promises; False where none is known in that message."""
        if not self._meant(reaction):
            return False

        def decide() -> Change:
            meant = self._meant(reaction)
            return Change(promises=tuple(q for p in meant if (q := marked(p, reaction)) != p))

        self._decisions.make(decide, now)
        return True

    def vouched(self, message: MessagePosted, reaction: Reacted, now: datetime) -> None:
        """Enter a message as a promise of its author's, who says so with 🤝."""
        by = reaction.by.id
        if message.author.id != by:
            self._whisper(message, by, Note(kind=NoteKind.NOT_YOURS), reaction, now)
            return
        at = moment(message.ts)
        said = self.said(message.text, message.author, message.channel, at)
        entered = Entered(
            by=by,
            words=said.words,
            due=said.due,
            channel=message.channel,
            ts=message.ts,
            thread=message.thread,
            author=by,
        )
        home = self._home(message.channel, message.thread or message.ts)
        new = replace(self._entry(entered, home, at), edited=message.edited)
        self._decisions.make(lambda: Change(promises=(self._entered(new, reaction.at),)), now)
        note = Note(kind=NoteKind.PROMISED, facts={"promises": new.id})
        self._whisper(message, by, note, reaction, now)

    def _turn(
        self, promise_id: str, fate: Fate, by: str, now: datetime, due: datetime | None = None
    ) -> Promise:
        if due and due <= now:
            raise DuePassed(due)

        find = self._one if fate is Fate.DROPPED else self.promise

        def decide() -> Change:
            before = find(promise_id)
            at = _after(before, now)
            turn = Turn(key=f"{fate}/{at.isoformat()}", fate=fate, by=by, at=at, due=due)
            return Change(promises=(turned(before, turn),))

        self._decisions.make(decide, now)
        return find(promise_id)

    def _entry(self, entered: Entered, home: str, at: datetime) -> Promise:
        if entered.due and entered.due <= at:
            raise DuePassed(entered.due)
        known = self._store.conversation(home)
        number = 0 if entered.author == entered.by else entered.by
        blank = Promise(
            id=f"{entered.channel}:{entered.ts or entered.key or f'{at.timestamp():.6f}'}/{number}",
            channel=entered.channel,
            conversation=home,
            by=entered.by,
            words=excerpt_of(entered.words),
            thread=entered.thread or entered.ts,
            ts=entered.ts,
            to=known.customer if known else "",
            by_hand=True,
            read=entered.due,
        )
        made = Turn(key="made", fate=Fate.MADE, by=entered.by, at=at, due=entered.due)
        return turned(blank, made)

    def _entered(self, new: Promise, at: datetime) -> Promise:
        """Return a new promise, or the one known of that message, which is one after all."""
        known = self._store.promise(new.id)
        if known is None:
            return new
        key, due = f"again/{at.isoformat()}", new.due or known.due
        again = Turn(key=key, fate=Fate.REVIVED, by=new.by, at=at, due=due)
        dated = Turn(key=f"{key}/due", fate=Fate.DATED, by=new.by, at=at, due=due)
        return replace(turned(known, again, dated), words=new.words)

    def _home(self, channel: str, ts: str) -> str:
        ids = self._store.about(channel, ts)
        return ids[0] if ids else conversation_id(channel, ts)

    def _meant(self, reaction: Reacted) -> list[Promise]:
        """Return the promises that a reaction is about, on their message or on a card.

        One that was moved since is kept together with what has taken its place.
        """
        promises = self._store.promises_at(reaction.channel, reaction.ts)
        if reaction.name == PROMISED:
            return [promise for promise in promises if promise.by == reaction.by.id]
        card = None if promises else self._store.card_at(reaction.channel, reaction.ts)
        if card and len(card.about) == 1 and card.about[0].promise:
            return [self.promise(card.about[0].promise)]
        found = {one.id: one for promise in promises for one in self._line(promise, reaction.at)}
        return [promise for promise in found.values() if promise.standing is not Standing.DROPPED]

    def _line(self, promise: Promise | None, at: datetime) -> Iterator[Promise]:
        """Yield a promise, and those that have taken its place by then."""
        while promise and promise.made_at <= at:
            yield promise
            promise = self._store.promise(promise.successor)

    def _whisper(
        self, message: MessagePosted, to: str, note: Note, reaction: Reacted, now: datetime
    ) -> None:
        out = Outgoing(
            id=f"{note.kind}/{message.ts}/{to}/{reaction.at.isoformat()}",
            to=message.channel,
            only=to,
            thread=message.thread,
            at=now,
            note=note,
        )
        self._decisions.make(lambda: Change(outbox=(out,)), now)


def _after(promise: Promise, now: datetime) -> datetime:
    """Return a moment after all that became of it: Slack's clock may be ahead of ours."""
    return max(now, promise.turned_at + INSTANT)
