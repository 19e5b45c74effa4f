"""What a nudge shows when its turn comes, and how it is kept true after it was sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.core.decision import Decisions
from bot.core.ledger import Promise, overdue_first
from bot.core.model import Change, Channel, Conversation, Person
from bot.core.nudges import DIGEST, TOGETHER, digest, still_holds
from bot.core.outgoing import About, Card, Note, NoteKind, Outgoing, Reason
from bot.core.people import zone
from bot.core.policy import Rules
from bot.core.reminders import FINE, Instead, keepable, still_due
from bot.core.values import value

INSTEAD = "instead/"
"""Begins the id of what is told in place of something else: that is done only once."""


@value
class Line:
    """One conversation as a card shows it."""

    about: About
    conversation: Conversation
    channel: Channel
    rules: Rules
    holds: bool
    """What the reader was told is still so; else the line says how it ended."""
    owed: tuple[Promise, ...] = ()
    """What was promised there, where the reader is to give an update: what is due first, first."""


@value
class PromiseLine:
    """One promise as a card, or the word to who made it, shows it."""

    about: About
    promise: Promise
    channel: Channel
    rules: Rules
    holds: bool
    instead: Instead = FINE
    """Dates to give that can be kept, where it has none, or one outside business hours."""
    others: int = 0
    """What else its promiser owes on that day."""
    moved_to: datetime | None = None
    """When what took its place is due."""


@value
class View:
    """All that there is to say on a card."""

    to: str
    lines: tuple[Line | PromiseLine, ...]
    replaced: bool = False


class Later(NamedTuple):
    """It may not be sent before this moment."""

    at: datetime


class Cards:
    def __init__(self, decisions: Decisions) -> None:
        self._decisions = decisions
        self._store = decisions.store

    def pending(self) -> tuple[Outgoing, ...]:
        return self._store.outbox()

    def gather(self, first: Outgoing, pending: tuple[Outgoing, ...], now: datetime) -> Outgoing:
        """Return the message to send: all nudges to one person in one, if they are many.

        Of several about the same, the last says it all. One that was tried already is left alone:
        it may have arrived.
        """
        if first.unsure or not first.about:
            return first
        waiting = [
            out
            for out in pending
            if out.to == first.to and out.about and not out.unsure and out.at <= now + TOGETHER
        ]
        last = {_matters(out): out for out in waiting}
        together = [last.get(_matters(first), first)]
        if not _is_place(first.to) and len(last) >= DIGEST:
            together = list(last.values())
        elif not _is_place(first.to) and _is_promised(first):
            # Several promises come as one, without anything else.
            together = [out for out in last.values() if _is_promised(out)]
        one = digest(together) if len(together) > 1 else together[0]
        if one is first:
            return first
        said = set(map(_matters, together))
        done = tuple(out.id for out in waiting if out is not one and _matters(out) in said)
        self._decisions.make(lambda: Change(outbox=(one,), sent=done), now)
        return one

    def compose(self, out: Outgoing, now: datetime) -> View | Later | None:
        """Return what to show, when to come back, or None where it is no longer true."""
        if out.edits:
            card = self._store.card(out.edits)
            return self._view(card.to, card.about, shown=card) if card else None
        view = self._view(out.to, out.about)
        if out.unsure:
            return view
        holding = tuple(line for line in view.lines if line.holds)
        if not holding:
            return None
        hours = holding[0].rules.hours
        if not hours.is_open(now):
            return Later(hours.next_opening(now))
        return replace(view, lines=holding)

    def trying(self, out: Outgoing, now: datetime) -> Outgoing:
        """Remember that a message is about to be tried: a crash from here on leaves it unsure."""
        tried = replace(out, unsure=True)
        self._decisions.make(lambda: Change(outbox=(tried,)), now)
        return tried

    def put_back(self, out: Outgoing, now: datetime, *, wait: timedelta) -> None:
        """Try again later what certainly did not arrive."""
        again = replace(out, unsure=False, at=now + wait)
        self._decisions.make(lambda: Change(outbox=(again,)), now)

    def dropped(self, out: Outgoing, now: datetime) -> None:
        self._decisions.make(lambda: Change(sent=(out.id,)), now)

    def delivered(self, out: Outgoing, card: Card, now: datetime) -> None:
        """Remember where a nudge is, so that it is kept true; older ones give way to it."""

        def decide() -> Change:
            older = {
                old.id: replace(old, replaced=True)
                for subject in card.subjects
                for old in self._store.cards(subject)
                if old.to == card.to
                and old.id != card.id
                and set(old.subjects) <= set(card.subjects)
            }
            edits = tuple(
                Outgoing(id=f"edit/{one}", to=card.channel, at=now, edits=one)
                for one in (card.id, *older)
            )
            return Change(sent=(out.id,), cards=(card, *older.values()), outbox=edits)

        self._decisions.make(decide, now)

    def shown(self, out: Outgoing, fingerprint: str, now: datetime) -> None:
        """Remember what a card shows by now."""
        card = self._store.card(out.edits)
        cards = (replace(card, shown=fingerprint),) if card else ()
        self._decisions.make(lambda: Change(sent=(out.id,), cards=cards), now)

    def again(self, out: Outgoing, now: datetime) -> None:
        """Keep in the outbox what more has to be said about."""
        self._decisions.make(lambda: Change(outbox=(out,)), now)

    def is_exposed(self, to: str) -> bool:
        """Tell whether a customer would read what is sent there."""
        return self._decisions.is_exposed(to)

    def card(self, card_id: str) -> Card | None:
        return self._store.card(card_id)

    def undeliverable(self, out: Outgoing, error: str, now: datetime) -> None:
        """Give up on a message, and tell the triage channel what its reader missed.

        Where it was for the triage channel itself, or there is none, the leads are told.
        """
        triage, leads = self._decisions.triage(), self._decisions.policy.leads
        instead = (triage,) if triage and out.to != triage else leads
        again = tuple(
            message
            for to in instead
            if to != out.to and not out.only and not out.id.startswith(INSTEAD)
            for message in _instead(out, to, error, now)
        )
        self._decisions.make(lambda: Change(sent=(out.id,), outbox=again), now)

    def zone(self, person: Person) -> ZoneInfo:
        return zone(person, self._decisions.policy)

    def noted(self, out: Outgoing, now: datetime) -> tuple[PromiseLine, ...]:
        """Return the promises that a private word is about, as far as they still stand."""
        ids = out.note.facts.get("promises", "").split() if out.note else []
        found = (self._store.promise(one) for one in ids)
        return tuple(self._noted(promise, now) for promise in found if promise and promise.is_open)

    def _view(self, to: str, about: tuple[About, ...], *, shown: Card | None = None) -> View:
        lines = (
            self._promise_line(one, told=shown is not None) if one.promise else self._line(one, to)
            for one in about
        )
        replaced = shown is not None and shown.replaced
        return View(to=to, lines=tuple(line for line in lines if line), replaced=replaced)

    def _line(self, about: About, to: str) -> Line | None:
        conversation = self._store.conversation(about.conversation)
        if conversation is None:
            return None
        channel = self._decisions.channel(conversation.channel)
        promised = self._store.promises_in(conversation.id) if about.reason is Reason.UPDATE else ()
        return Line(
            about=about,
            conversation=conversation,
            channel=channel,
            rules=self._decisions.rules(channel),
            holds=still_holds(about, conversation, to),
            owed=tuple(sorted((one for one in promised if one.is_open), key=overdue_first)),
        )

    def _promise_line(self, about: About, *, told: bool) -> PromiseLine | None:
        promise = self._store.promise(about.promise)
        if promise is None:
            return None
        channel = self._decisions.channel(promise.channel)
        successor = self._store.promise(promise.successor)
        return PromiseLine(
            about=about,
            promise=promise,
            channel=channel,
            rules=self._decisions.rules(channel),
            holds=still_due(about, promise, told=told),
            moved_to=successor.due if successor else None,
        )

    def _noted(self, promise: Promise, now: datetime) -> PromiseLine:
        channel = self._decisions.channel(promise.channel)
        rules = self._decisions.rules(channel)
        about = About(promise=promise.id, since=promise.made_at, reason=Reason.REMINDER, step=0)
        return PromiseLine(
            about=about,
            promise=promise,
            channel=channel,
            rules=rules,
            holds=True,
            instead=keepable(promise.due, now, rules),
            others=self._others_that_day(promise),
        )

    def _others_that_day(self, promise: Promise) -> int:
        by = self._store.person(promise.by)
        there = zone(by, self._decisions.policy) if by else self._decisions.policy.hours.zone
        if promise.due is None:
            return 0
        day = promise.due.astimezone(there).date()
        return sum(
            one.due is not None and one.due.astimezone(there).date() == day
            for one in self._store.owed(by=promise.by)
            if one.id != promise.id
        )


def _instead(out: Outgoing, to: str, error: str, now: datetime) -> list[Outgoing]:
    """Return what somebody else is told in place of a message that cannot be delivered."""
    reason = Reason.TRIAGE if _is_place(to) else Reason.FALLBACK
    more = "yes" if out.about else ""
    note = Note(kind=NoteKind.UNDELIVERED, facts={"to": out.to, "error": error, "more": more})
    told = Outgoing(id=f"{INSTEAD}{to}/{out.id}", to=to, at=now, note=note)
    cards = [
        replace(
            out,
            id=f"{INSTEAD}{to}/{out.id}/{number}",
            to=to,
            about=(replace(about, reason=reason),),
            at=now,
            unsure=False,
        )
        for number, about in enumerate(out.about)
    ]
    return [told, *cards]


def _matters(out: Outgoing) -> tuple[tuple[str, Reason], ...]:
    """Return what a nudge is about, and why its reader is told."""
    return tuple((about.subject, about.reason) for about in out.about)


def _is_promised(out: Outgoing) -> bool:
    return all(about.promise for about in out.about)


def _is_place(to: str) -> bool:
    return to.startswith(("C", "G"))
