"""What every store promises of forgetting: what is over is found, and goes together or not."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.ledger import Fate
from bot.core.model import Change, Person, State
from bot.core.refusals import Stale
from bot.core.tallies import Tally
from tests.storage.examples import (
    NOON,
    act,
    card,
    channel,
    conversation,
    ids,
    minutes,
    outgoing,
    promise,
    put,
    said,
    turn,
)

LONG = timedelta(days=400)
RESOLVED, ANSWERED = State.RESOLVED, State.ANSWERED


def again(store, one="c1", **fields):
    """Change a conversation as it is stored."""
    put(store, replace(store.conversation(one), **fields))


def test_what_rests_is_found_the_oldest_first(store):
    """Closed and answered ones are, in which nobody is owed anything, and nothing is due."""
    for one, ago, state in (("a", 5, RESOLVED), ("b", 9, ANSWERED), ("c", 7, State.DISMISSED)):
        put(store, conversation(one, state=state, last_at=NOON - minutes(ago)))
    put(store, conversation("d", waiting=20, last_at=NOON - minutes(20)))
    put(store, conversation("e", state=State.SNOOZED, last_at=NOON - minutes(20)))
    put(store, conversation("f", state=RESOLVED, last_at=NOON - LONG, promisers=("U1",)))
    put(store, conversation("g", state=ANSWERED, last_at=NOON - LONG, due_at=NOON))
    assert ids(store.idle(NOON, 9)) == ["b", "c", "a"]
    assert ids(store.idle(NOON, 2)) == ["b", "c"]
    assert ids(store.idle(NOON - minutes(7), 9)) == ["b"]
    again(store, "b", last_at=NOON)
    again(store, "f", promisers=())
    assert ids(store.idle(NOON, 9)) == ["f", "c", "a"]


def test_what_never_counted_rests_since_it_began(store):
    """A conversation whose messages were all withdrawn is as old as its thread."""
    put(store, conversation("a", thread=f"{(NOON - minutes(3)).timestamp():.6f}"))
    assert ids(store.idle(NOON, 9)) == ids(store.wordy(NOON, 9)) == ["a"]
    assert store.idle(NOON - minutes(3), 9) == ()


def test_words_are_looked_for_until_they_are_gone(store):
    """What is closed has words until it says that it has none, and again once more is said."""
    last = NOON - minutes(5)
    put(store, conversation("a", state=RESOLVED, last_at=last))
    put(store, conversation("b", state=ANSWERED, last_at=last))
    assert ids(store.wordy(NOON, 9)) == ["a"]
    assert store.wordy(last, 9) == ()
    again(store, "a", blanked=last)
    assert store.wordy(NOON, 9) == ()
    again(store, "a", last_at=last + minutes(1))
    assert ids(store.wordy(NOON, 9)) == ["a"]


def test_promises_that_ended_are_found(store):
    """What was kept, moved or dropped is, by what last came of it; what is still owed is not."""
    put(store, promise("open"), promise("kept", turns=(turn(Fate.KEPT, 5),)))
    put(store, promise("moved", turns=(turn(Fate.MOVED, 3, to="open"),), words=""))
    put(store, promise("undone", turns=(turn(Fate.KEPT, 1, withdrawn=NOON),)))
    later = NOON + minutes(9)
    assert ids(store.ended(later, 9)) == ["moved", "kept"]
    assert ids(store.ended(NOON + minutes(5), 9)) == ids(store.ended(later, 1)) == ["moved"]
    assert ids(store.wordy_promises(later, 9)) == ["kept"]
    put(store, replace(store.promise("kept"), words=""))
    put(store, replace(store.promise("moved"), since_words="Hi"))
    assert ids(store.wordy_promises(later, 9)) == ["moved"]


def test_replaced_cards_are_found_by_their_age(store):
    """A card that still is about something is not among them."""
    put(store, card("k1", ts="5.0"), card("k2", ts="3.0", replaced=True))
    put(store, card("k3", ts="2.0", replaced=True))
    assert ids(store.replaced_cards(NOON, 9)) == ["k3", "k2"]
    assert ids(store.replaced_cards(NOON, 1)) == ["k3"]
    put(store, card("k1", ts="5.0", replaced=True))
    assert ids(store.replaced_cards(NOON, 9)) == ["k3", "k2", "k1"]
    assert store.replaced_cards(NOON - LONG * 100, 9) == ()


def test_facts_lapse(store):
    """Those of one kind are found by the time in their text."""
    facts = {"a/1": NOON, "a/2": NOON - minutes(9), "a/3": NOON + minutes(9), "b/1": NOON}
    store.commit(Change(facts=tuple((name, at.isoformat()) for name, at in facts.items())))
    store.commit(Change(facts=(("a", "1970"), ("ab/1", "1970"))))
    assert store.lapsed("a", NOON, 9) == ("a/2",)
    assert store.lapsed("a", NOON + LONG, 2) == ("a/2", "a/1")
    store.commit(Change(facts=(("a/2", ""),)))
    assert store.lapsed("a", NOON, 9) == ()


def test_figures_are_kept(store):
    """They come back as they were given."""
    tally = Tally(id="f1", channel="C1", began_at=NOON, last_at=NOON, response=1.5, kept=2)
    store.commit(Change(tallies=(tally,)))
    assert store.tally("f1") == tally
    assert store.tally("f2") is None


def everything(store) -> tuple:
    """Fill a store with one of each, and return it as it is read."""
    put(store, conversation(state=RESOLVED), said(), act(), promise(), card())
    store.commit(Change(people=(Person(id="U1"),)))
    found = (store.conversation("c1"), *store.log("c1"), store.promise("p1"))
    return (*found, store.card("k1"), store.person("U1"))


@pytest.mark.parametrize("state", [RESOLVED, ANSWERED])
def test_what_is_erased_is_gone(store, state):
    """Nothing leads to it any more, and it can be begun anew."""
    put(store, conversation("c2", state=state, last_at=NOON, claimer="U1"), said("c2", "7.0"))
    put(store, card("k2", "c2", ts="3.0"))
    everything(store)
    again(store, "c1", state=state, last_at=NOON)
    gone = (store.conversation("c1"), *belongings(store))
    store.commit(Change(erased=gone))
    assert store.conversation("c1") is None
    assert (store.log("c1"), store.about("C1", "1.000001"), store.about("C1", "c1.root")) == (
        (), (), (),
    )  # fmt: skip
    assert (store.promise("p1"), store.promises_in("c1"), store.owed()) == (None, (), ())
    assert (store.card("k1"), store.cards("c1"), store.card_at("D1", "9.000001")) == (
        None,
        (),
        None,
    )
    assert store.person("U1") is None
    assert ids(store.idle(NOON + LONG, 9)) == ["c2"]
    assert (store.about("C1", "7.0"), ids(store.cards("c2"))) == (("c2",), ["k2"])
    everything(store)
    assert store.conversation("c1").version == 1
    assert store.about("C1", "1.000001") == ("c1",)


def belongings(store) -> tuple:
    """Return what belongs to the first conversation."""
    return (*store.log("c1"), store.promise("p1"), store.card("k1"), store.person("U1"))


def test_what_has_changed_meanwhile_stays(store):
    """Of a conversation or a promise that is not as it was read, nothing is erased."""
    seen = everything(store)
    again(store, claimer="U2")
    with pytest.raises(Stale):
        store.commit(Change(erased=seen, facts=(("cursor", "1"),)))
    seen = belongings(store)
    put(store, replace(store.promise("p1"), words="other"))
    with pytest.raises(Stale):
        store.commit(Change(erased=seen))
    assert (len(store.log("c1")), store.fact("cursor")) == (2, "")
    assert store.about("C1", "1.000001") == ("c1",)
    assert ids(store.cards("c1")) == ["k1"]


def test_what_is_gone_already_cannot_be_erased_again(store):
    """A conversation is erased once; a message, a card or a person as often as one likes."""
    seen = everything(store)
    store.commit(Change(erased=seen))
    with pytest.raises(Stale):
        store.commit(Change(erased=seen[:1]))
    store.commit(Change(erased=(said(), act(), card(), Person(id="U1"))))


def test_what_is_named_twice_is_erased_once(store):
    """Who decides to erase the same thing for two reasons need not look."""
    seen = everything(store)
    store.commit(Change(erased=(*seen, *seen)))
    assert store.conversation("c1") is None


def test_a_store_is_cleared_bit_by_bit(store):
    """Every call forgets some, the facts last, until nothing is left."""
    for number in range(2, 9):
        put(
            store,
            conversation(f"c{number}", last_at=NOON),
            said(f"c{number}"),
            outgoing(f"o{number}"),
        )
    everything(store)
    put(store, channel())
    store.commit(Change(facts=(("left", "1"),)))
    calls = 0
    while store.clear(limit=3):
        calls += 1
        assert store.fact("left") or not store.open()
    assert calls > 2
    assert (store.open(), store.outbox(), store.channels(), store.fact("left")) == ((), (), (), "")
    assert (store.person("U1"), store.card_at("D1", "9.000001"), store.cards("c1")) == (
        None,
        None,
        (),
    )
    assert (store.about("C1", "1.000001"), store.log("c1"), store.idle(NOON + LONG, 9)) == (
        (),
        (),
        (),
    )
    assert not store.clear(limit=3)
