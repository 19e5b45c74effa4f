"""A store in its simplest form: a few plain dictionaries, which are looked through."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from bot.core.conversations import channel_of
from bot.core.ledger import Promise, overdue_first
from bot.core.model import Act, Change, Conversation, Said, State
from tests.storage.examples import NOON, minutes

TSS, IDS = ["1.0", "2.0", "3.0"], ["C1:1", "C1:2", "C2:1"]
CHANNELS = ["C1", "C2"]
FACTS = ["a", "b", "a/1", "a/2"]
DAYS = {d: NOON + minutes(d * 1000) for d in range(-3, 4)}
ENDS = {d: DAYS[d] for d in (0, 2)}


@dataclass
class Model:
    """The promises in their simplest form."""

    conversations: dict[str, Any] = field(default_factory=dict)
    entries: dict[tuple[str, str], Any] = field(default_factory=dict)
    promises: dict[str, Any] = field(default_factory=dict)
    channels: dict[str, Any] = field(default_factory=dict)
    people: dict[str, Any] = field(default_factory=dict)
    outbox: dict[str, Any] = field(default_factory=dict)
    cards: dict[str, Any] = field(default_factory=dict)
    facts: dict[str, str] = field(default_factory=dict)
    tallies: dict[str, Any] = field(default_factory=dict)

    def prepare(self, change: Change) -> tuple[Change, bool]:
        """Give what is in a change the versions that were read, and tell whether one is stale."""
        versions = [one.version for one in change.conversations]
        stale = any((*versions, *(one.version for one in change.promises)))
        touched = {*(one.id for one in change.conversations), *(p.id for p in change.promises)}

        def version(of: dict, one: Any) -> Any:
            return replace(one, version=one.version + (of[one.id].version if one.id in of else 0))

        def gone(one: Any) -> Any:
            """Return what is stored in place of what is to be erased, if it can be."""
            if isinstance(one, Conversation | Promise):
                there = self.conversations.get(one.id) or self.promises.get(one.id)
                return there if there and there.id not in touched else None
            return one

        prepared = replace(
            change,
            conversations=tuple(version(self.conversations, one) for one in change.conversations),
            promises=tuple(version(self.promises, one) for one in change.promises),
            channels=tuple(version(self.channels, one) for one in change.channels),
            erased=tuple(filter(None, map(gone, change.erased))),
        )
        return prepared, stale

    def commit(self, change: Change) -> None:
        for one in change.conversations:
            self.conversations[one.id] = replace(one, version=one.version + 1)
        for promised in change.promises:
            self.promises[promised.id] = replace(promised, version=promised.version + 1)
        for entry in change.entries:
            self.entries[entry.conversation, entry.key] = entry
        for there in change.channels:
            self.channels[there.id] = replace(there, version=there.version + 1)
        self.people.update({one.id: one for one in change.people})
        self.outbox.update({one.id: one for one in change.outbox})
        for sent in change.sent:
            self.outbox.pop(sent, None)
        self.cards.update({one.id: one for one in change.cards})
        self.facts.update(change.facts)
        self.tallies.update({one.id: one for one in change.tallies})
        for thing in change.erased:
            if isinstance(thing, Said | Act):
                self.entries.pop((thing.conversation, thing.key), None)
            else:
                for kind in (self.conversations, self.promises, self.people, self.cards):
                    if type(kind.get(thing.id)) is type(thing):
                        del kind[thing.id]

    def about(self, channel_id: str, ts: str) -> tuple[str, ...]:
        found = []
        for one in IDS:
            subject = self.conversations.get(one)
            thread = subject.thread if subject else ""
            its = thread == ts or isinstance(self.entries.get((one, ts)), Said)
            if its and channel_id == (subject.channel if subject else channel_of(one)):
                found.append((thread, one))
        return tuple(one for _, one in sorted(found, reverse=True))

    def open(self, **fields: str) -> tuple:
        found = [
            one
            for one in self.conversations.values()
            if not one.state.closed
            and all(getattr(one, name) == value for name, value in fields.items())
        ]
        return tuple(
            sorted(found, key=lambda c: (c.wait.since if c.wait else NOON + minutes(9), c.id))
        )

    def over(self, since: Callable[[Any], Any], before: datetime) -> tuple:
        every = [*self.conversations.values(), *self.promises.values()]
        found = [(at, one.id, one) for one in every if (at := since(one)) and at < before]
        return tuple(one for _, _, one in sorted(found, key=lambda pair: pair[:2]))

    def idle(self, one: Any) -> datetime | None:
        rests = isinstance(one, Conversation) and one.state not in (State.WAITING, State.SNOOZED)
        return one.rested_at if rests and not one.promisers and one.due_at is None else None

    def wordy(self, one: Any) -> datetime | None:
        closed = isinstance(one, Conversation) and one.state.closed
        return one.rested_at if closed and one.blanked != one.rested_at else None

    def ended(self, one: Any) -> datetime | None:
        return one.turned_at if isinstance(one, Promise) and not one.is_open else None

    def lapsed(self, before: datetime) -> tuple[str, ...]:
        found = [(text, name) for name, text in self.facts.items() if name.startswith("a/")]
        return tuple(name for text, name in sorted(found) if text and text < before.isoformat())

    def owed(self, **fields: str) -> tuple:
        found = [
            one
            for one in self.promises.values()
            if one.is_open and all(getattr(one, name) == value for name, value in fields.items())
        ]
        return tuple(sorted(found, key=lambda one: (overdue_first(one), one.id)))

    def promised(self, **fields: str) -> tuple:
        found = (self.promises[one] for one in sorted(self.promises))
        return tuple(
            one
            for one in found
            if all(getattr(one, name) == value != "" for name, value in fields.items())
        )


def everything(store):
    """Ask a store all that there is to ask."""
    return {
        "conversations": {one: store.conversation(one) for one in IDS},
        "about": {(c, ts): store.about(c, ts) for c in CHANNELS for ts in TSS},
        "logs": {one: {entry.key: entry for entry in store.log(one)} for one in IDS},
        "entries": {(one, ts): store.entry(one, ts) for one in IDS for ts in TSS},
        "waiting": {one: store.waiting(one) for one in CHANNELS},
        "open": store.open(),
        "claimed": {one: store.open(claimer=one) for one in ("U1", "U2")},
        "touched": {d: store.touched(day, 99) for d, day in DAYS.items()},
        "due": {d: set(store.due(day, 99)) for d, day in DAYS.items()},
        "promises": {one: store.promise(one) for one in ("p1", "p2", "p3")},
        "promised": {(c, ts): store.promises_at(c, ts) for c in CHANNELS for ts in ("", *TSS)},
        "promised in": {one: store.promises_in(one) for one in ("", *IDS)},
        "owed": store.owed(),
        "owed by": {one: store.owed(by=one) for one in ("U1", "U2")},
        "owed in": {
            (c, one): store.owed(by=one, channel=c) for c in CHANNELS for one in ("", "U1")
        },
        "reminded": {d: set(store.promises_due(day, 99)) for d, day in DAYS.items()},
        "channels": {one.id: one for one in store.channels()},
        "people": {one: store.person(one) for one in ("U1", "U2")},
        "outbox": store.outbox(),
        "cards": {one: {c.id: c for c in store.cards(one)} for one in IDS},
        "card_at": {one: store.card_at("D1", f"{one[1]}.0") for one in ("k1", "k2")},
        "facts": {one: store.fact(one) for one in FACTS},
        "tallies": {one: store.tally(one) for one in ("f1", "f2")},
        "idle": {d: store.idle(day, 99) for d, day in ENDS.items()},
        "wordy": {d: store.wordy(day, 99) for d, day in ENDS.items()},
        "ended": {d: store.ended(day, 99) for d, day in ENDS.items()},
        "wordy promises": {d: store.wordy_promises(day, 99) for d, day in ENDS.items()},
        "replaced": store.replaced_cards(NOON, 99),
        "lapsed": {one: store.lapsed("a", NOON, one) for one in (1, 9)},
    }


def expected(model: Model):
    """Answer the same questions by looking through everything."""
    every = model.conversations.values()
    return {
        "conversations": {one: model.conversations.get(one) for one in IDS},
        "about": {(c, ts): model.about(c, ts) for c in CHANNELS for ts in TSS},
        "logs": {
            one: {key: e for (owner, key), e in model.entries.items() if owner == one}
            for one in IDS
        },
        "entries": {(one, ts): model.entries.get((one, ts)) for one in IDS for ts in TSS},
        "waiting": {
            c: tuple(
                one for one in model.open(channel=c) if one.state in (State.WAITING, State.SNOOZED)
            )
            for c in CHANNELS
        },
        "open": model.open(),
        "claimed": {one: model.open(claimer=one) for one in ("U1", "U2")},
        "touched": {
            d: tuple(
                sorted(
                    (one for one in every if one.last_at and one.last_at >= day),
                    key=lambda one: (NOON - one.last_at, one.id),
                )
            )
            for d, day in DAYS.items()
        },
        "due": {d: {c for c in every if c.due_at and c.due_at <= day} for d, day in DAYS.items()},
        "promises": {one: model.promises.get(one) for one in ("p1", "p2", "p3")},
        "promised": {
            (c, ts): model.promised(channel=c, ts=ts) for c in CHANNELS for ts in ("", *TSS)
        },
        "promised in": {one: model.promised(conversation=one) for one in ("", *IDS)},
        "owed": model.owed(),
        "owed by": {one: model.owed(by=one) for one in ("U1", "U2")},
        "owed in": {
            (c, one): model.owed(channel=c, **({"by": one} if one else {}))
            for c in CHANNELS
            for one in ("", "U1")
        },
        "reminded": {
            d: {p for p in model.promises.values() if p.wake_at and p.wake_at <= day}
            for d, day in DAYS.items()
        },
        "channels": model.channels,
        "people": {one: model.people.get(one) for one in ("U1", "U2")},
        "outbox": tuple(model.outbox.values()),
        "cards": {
            one: {c.id: c for c in model.cards.values() if one in c.subjects and not c.replaced}
            for one in IDS
        },
        "card_at": {one: model.cards.get(one) for one in ("k1", "k2")},
        "facts": {one: model.facts.get(one, "") for one in FACTS},
        "tallies": {one: model.tallies.get(one) for one in ("f1", "f2")},
        "idle": {d: model.over(model.idle, day) for d, day in ENDS.items()},
        "wordy": {d: model.over(model.wordy, day) for d, day in ENDS.items()},
        "ended": {d: model.over(model.ended, day) for d, day in ENDS.items()},
        "wordy promises": {
            d: tuple(p for p in model.over(model.ended, day) if p.words or p.since_words)
            for d, day in ENDS.items()
        },
        "replaced": tuple(one for _, one in sorted(model.cards.items()) if one.replaced),
        "lapsed": {n: model.lapsed(NOON)[:n] for n in (1, 9)},
    }
