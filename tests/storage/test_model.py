"""Any sequence of changes leaves every store as it leaves a few plain dictionaries."""

from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.conversations import channel_of
from bot.core.model import Change, Person, Said, State
from bot.core.refusals import Stale, StoreFailed
from storage import open_store
from storage.tiny import TinyStore
from tests.storage.examples import NOON, act, card, channel, conversation, minutes, outgoing, said

TSS, IDS = ["1.0", "2.0", "3.0"], ["C1:1", "C1:2", "C2:1"]
CHANNELS = ["C1", "C2"]
DAYS = {d: NOON + minutes(d * 1000) for d in range(-3, 4)}

moments = st.sampled_from(list(DAYS.values()))
conversations = st.builds(
    conversation,
    st.sampled_from(IDS),
    channel=st.sampled_from(CHANNELS),
    thread=st.sampled_from(TSS),
    waiting=st.none() | st.integers(0, 2),
    state=st.sampled_from(State),
    claimer=st.sampled_from(["", "U1", "U2"]),
    last_at=st.none() | moments,
    due_at=st.none() | moments,
    version=st.sampled_from([0] * 8 + [1]),  # added to the true one
)
messages = st.builds(said, st.sampled_from(IDS), st.sampled_from(TSS), excerpt=st.text(max_size=3))
acts = st.builds(act, st.sampled_from(IDS), st.sampled_from(["reaction:1", "clock:2"]))
channels = st.builds(channel, st.sampled_from(CHANNELS), name=st.text(max_size=3))
people = st.builds(Person, id=st.sampled_from(["U1", "U2"]), name=st.text(max_size=3))
messages_out = st.builds(outgoing, st.sampled_from(["o1", "o2", "o3"]), unsure=st.booleans())
cards = st.builds(
    lambda one, some, replaced: card(one, *some, ts=f"{one}.0", replaced=replaced),
    st.sampled_from(["k1", "k2"]),
    st.lists(st.sampled_from(IDS), min_size=1, max_size=2),
    st.booleans(),
)


def some(things, key=lambda thing: thing.id):
    """Take up to two, no two of one id."""
    return st.lists(things, max_size=2, unique_by=key).map(tuple)


changes = st.builds(
    Change,
    conversations=some(conversations),
    entries=some(messages | acts, lambda entry: (entry.conversation, entry.key)),
    channels=some(channels),
    people=some(people),
    outbox=some(messages_out),
    sent=some(st.sampled_from(["o1", "o2", "o3"]), str),
    cards=some(cards),
    facts=some(st.tuples(st.sampled_from("ab"), st.sampled_from(["", "1", "2"])), lambda f: f[0]),
)


@dataclass
class Model:
    """The promises in their simplest form."""

    conversations: dict[str, Any] = field(default_factory=dict)
    entries: dict[tuple[str, str], Any] = field(default_factory=dict)
    channels: dict[str, Any] = field(default_factory=dict)
    people: dict[str, Any] = field(default_factory=dict)
    outbox: dict[str, Any] = field(default_factory=dict)
    cards: dict[str, Any] = field(default_factory=dict)
    facts: dict[str, str] = field(default_factory=dict)

    def prepare(self, change: Change) -> tuple[Change, bool]:
        """Give what is in a change the versions that were read, and tell whether one is stale."""
        stale = any(one.version for one in change.conversations)

        def version(of: dict, one: Any) -> Any:
            return replace(one, version=one.version + (of[one.id].version if one.id in of else 0))

        prepared = replace(
            change,
            conversations=tuple(version(self.conversations, one) for one in change.conversations),
            channels=tuple(version(self.channels, one) for one in change.channels),
        )
        return prepared, stale

    def commit(self, change: Change) -> None:
        for one in change.conversations:
            self.conversations[one.id] = replace(one, version=one.version + 1)
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
        "channels": {one.id: one for one in store.channels()},
        "people": {one: store.person(one) for one in ("U1", "U2")},
        "outbox": store.outbox(),
        "cards": {one: {c.id: c for c in store.cards(one)} for one in IDS},
        "card_at": {one: store.card_at("D1", f"{one}.0") for one in ("k1", "k2")},
        "facts": {one: store.fact(one) for one in "ab"},
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
        "channels": model.channels,
        "people": {one: model.people.get(one) for one in ("U1", "U2")},
        "outbox": tuple(model.outbox.values()),
        "cards": {
            one: {c.id: c for c in model.cards.values() if one in c.subjects and not c.replaced}
            for one in IDS
        },
        "card_at": {one: model.cards.get(one) for one in ("k1", "k2")},
        "facts": {one: model.facts.get(one, "") for one in "ab"},
    }


def follow(store, model: Model, steps: list[Change]) -> None:
    """Commit changes to both, and see the store refuse what was decided on something stale."""
    for step in steps:
        change, stale = model.prepare(step)
        try:
            store.commit(change)
        except Stale:
            assert stale
        else:
            assert not stale
            model.commit(change)


tolerant = settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@tolerant
@given(steps=st.lists(changes, max_size=12))
def test_every_answer_is_that_of_the_model(make_store, steps):
    """After any changes, every question is answered as by looking through everything."""
    store, model = make_store(), Model()
    follow(store, model, steps)
    assert everything(store) == expected(model)
    store.close()


@tolerant
@given(before=st.lists(changes, max_size=6), after=st.lists(changes, max_size=6))
def test_closing_and_opening_changes_nothing(fresh_url, before, after):
    """A store that was closed and opened again answers and goes on as if it never was."""
    url, model = fresh_url(), Model()
    for steps in (before, after):
        store = open_store(url)
        follow(store, model, steps)
        store.close()
        store = open_store(url)
        assert everything(store) == expected(model)
        store.close()


@tolerant
@given(before=st.lists(changes, max_size=6), lost=st.lists(changes, min_size=1, max_size=4))
def test_undoing_leaves_no_trace(fresh_path, full_disk, before, lost):
    """After changes that the disk refused every answer is what it was, and later ones are kept."""
    path, model = fresh_path(), Model()
    store = TinyStore.in_file(path)
    follow(store, model, before)
    was = everything(store)
    for step in lost:
        change, _ = model.prepare(step)
        with full_disk(path.with_name("heard.json.journal")), suppress(Stale, StoreFailed):
            store.commit(change)
        assert everything(store) == was
    follow(store, model, lost)
    assert everything(store) == expected(model)
    store.close()
    store = TinyStore.in_file(path)
    assert everything(store) == expected(model)
    store.close()
