"""Any sequence of changes leaves every store as it leaves a few plain dictionaries."""

from contextlib import suppress

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.ledger import Fate
from bot.core.model import Change, Person, State
from bot.core.refusals import Stale, StoreFailed
from bot.core.tallies import Tally
from storage import open_store
from storage.tiny import TinyStore
from tests.storage.examples import (
    NOON,
    act,
    card,
    channel,
    conversation,
    minutes,
    outgoing,
    promise,
    said,
    turn,
)
from tests.storage.plain import CHANNELS, DAYS, FACTS, IDS, TSS, Model, everything, expected

LATE = (NOON + minutes(1)).isoformat()
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
    blanked=st.none() | moments,
    promisers=st.sampled_from([(), (), ("U1",)]),
    version=st.sampled_from([0] * 8 + [1]),  # added to the true one
)
messages = st.builds(said, st.sampled_from(IDS), st.sampled_from(TSS), excerpt=st.text(max_size=3))
acts = st.builds(act, st.sampled_from(IDS), st.sampled_from(["reaction:1", "clock:2"]))
promises = st.builds(
    promise,
    st.sampled_from(["p1", "p2", "p3"]),
    due=st.none() | st.integers(-1, 1),
    turns=st.lists(
        st.sampled_from([Fate.KEPT, Fate.MISSED, Fate.MOVED, Fate.DROPPED, Fate.REVIVED]).map(
            lambda fate: turn(fate, due=NOON if fate is Fate.MISSED else None, to="p0")
        ),
        max_size=1,
    ).map(tuple),
    channel=st.sampled_from(CHANNELS),
    conversation=st.sampled_from([*IDS, ""]),
    by=st.sampled_from(["U1", "U2"]),
    ts=st.sampled_from(["", *TSS]),
    wake_at=st.none() | moments,
    words=st.sampled_from(["", "I will"]),
    version=st.sampled_from([0] * 8 + [1]),  # added to the true one
)
channels = st.builds(channel, st.sampled_from(CHANNELS), name=st.text(max_size=3))
people = st.builds(Person, id=st.sampled_from(["U1", "U2"]), name=st.text(max_size=3))
messages_out = st.builds(outgoing, st.sampled_from(["o1", "o2", "o3"]), unsure=st.booleans())
cards = st.builds(
    lambda one, some, replaced: card(one, *some, ts=f"{one[1]}.0", replaced=replaced),
    st.sampled_from(["k1", "k2"]),
    st.lists(st.sampled_from(IDS), min_size=1, max_size=2),
    st.booleans(),
)


tallies = st.builds(
    Tally,
    id=st.sampled_from(["f1", "f2"]),
    channel=st.just("C1"),
    began_at=moments,
    last_at=moments,
    answered_at=st.none() | moments,
    response=st.none() | st.just(1.5),
)


def some(things, key=lambda thing: thing.id):
    """Take up to two, no two of one id."""
    return st.lists(things, max_size=2, unique_by=key).map(tuple)


changes = st.builds(
    Change,
    conversations=some(conversations),
    entries=some(messages | acts, lambda entry: (entry.conversation, entry.key)),
    promises=some(promises),
    channels=some(channels),
    people=some(people),
    outbox=some(messages_out),
    sent=some(st.sampled_from(["o1", "o2", "o3"]), str),
    cards=some(cards),
    facts=some(st.tuples(st.sampled_from(FACTS), st.sampled_from(["", "1", LATE])), lambda f: f[0]),
    tallies=some(tallies),
    erased=some(conversations | promises | messages | acts | people | cards, str),
)


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
fewer = settings(tolerant, max_examples=40)  # a database takes its time


@fewer
@given(steps=st.lists(changes, max_size=12))
def test_every_answer_is_that_of_the_model(make_store, steps):
    """After any changes, every question is answered as by looking through everything."""
    store, model = make_store(), Model()
    follow(store, model, steps)
    assert everything(store) == expected(model)
    store.close()


@fewer
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
