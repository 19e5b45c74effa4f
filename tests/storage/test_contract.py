"""What every store promises: the docstrings of `bot.core.ports.Store`, one by one."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.model import Change, Person, Snooze, State, Woken
from bot.core.outgoing import Note, NoteKind
from bot.core.refusals import Stale
from tests.storage.examples import (
    NOON,
    about,
    act,
    card,
    channel,
    conversation,
    ids,
    keys,
    minutes,
    outgoing,
    put,
    said,
)

LONG = timedelta(days=400)


def test_nothing_is_known_at_first(store):
    """An empty store answers everything, with nothing."""
    assert store.conversation("c1") is None
    assert store.entry("c1", "1.0") is None
    assert store.channel("C1") is None
    assert store.person("U1") is None
    assert store.card("k1") is None
    assert store.card_at("D1", "9.0") is None
    assert store.fact("cursor") == ""
    lists = [store.about("C1", "1.0"), store.log("c1"), store.waiting("C1"), store.open()]
    lists += [store.touched(NOON, 9), store.due(NOON, 9), store.channels(), store.outbox()]
    lists += [store.promises_at("C1", "1.0"), store.promises_in("c1"), store.owed()]
    lists += [store.promises_due(NOON, 9), store.cards("c1")]
    assert lists == [()] * 13
    assert store.promise("p1") is None


def test_what_was_committed_is_read(store):
    """Everything comes back as it was given, but for the version."""
    first = conversation(
        waiting=5,
        claimer="U1",
        claimed_at=NOON,
        snooze=Snooze(by="U1", at=NOON, until=NOON + LONG),
        woken=Woken(by="U1", at=NOON, asked=True),
        due_at=NOON.replace(microsecond=123_457),
    )
    private = Note(kind=NoteKind.ALREADY_CLAIMED, facts={"by": "Zoë 👋 \ud83d"})
    change = Change(
        conversations=(first,),
        entries=(said(excerpt="Où est-il ?\u2028\x00"), act(until=NOON)),
        channels=(channel(owners=("U1", "U2"), watched=False),),
        people=(Person(id="U1", name="Ada", guest=True),),
        outbox=(outgoing(note=private, about=(about(), about("c2"))),),
        cards=(card(),),
        facts=(("cursor", "17"),),
    )
    store.commit(change)
    assert store.conversation("c1") == replace(first, version=1)
    assert store.channel("C1") == replace(change.channels[0], version=1)
    assert store.entry("c1", "1.000001") == change.entries[0]
    assert store.entry("c1", "reaction:1") == change.entries[1]
    assert sorted(store.log("c1"), key=str) == sorted(change.entries, key=str)
    assert store.person("U1") == change.people[0]
    assert store.outbox() == change.outbox
    assert store.card("k1") == change.cards[0]
    assert store.fact("cursor") == "17"


def test_the_version_rises_by_one(store):
    """A conversation or channel is stored with the version after the one that was read."""
    put(store, conversation(), channel())
    put(store, replace(store.conversation("c1"), claimer="U1"))
    assert store.conversation("c1").version == 2
    assert store.channel("C1").version == 1


@pytest.mark.parametrize("stale", [conversation(claimer="U9"), channel(name="other")])
def test_a_stale_change_is_refused_whole(store, stale):
    """Who decided on what has changed meanwhile is told, and nothing of the change is stored."""
    put(store, conversation(), channel())
    change = Change(entries=(said(),), outbox=(outgoing(),), facts=(("cursor", "1"),))
    kind = "conversations" if hasattr(stale, "state") else "channels"
    with pytest.raises(Stale):
        store.commit(replace(change, **{kind: (stale,)}))
    assert store.conversation("c1").claimer == ""
    assert store.channel("C1").name == ""
    assert (store.log("c1"), store.outbox(), store.fact("cursor")) == ((), (), "")
    assert store.about("C1", "1.000001") == ()


def test_a_version_ahead_is_stale_too(store):
    """A conversation that is not stored cannot have been read with a version."""
    with pytest.raises(Stale):
        put(store, conversation(version=3))


def test_a_closed_conversation_moves_and_comes_back(store):
    """It is found by its id wherever it is, among the open ones only while it is open."""
    put(store, conversation(waiting=5, claimer="U1"), said())
    assert ids(store.open()) == ids(store.open(claimer="U1")) == ids(store.waiting("C1")) == ["c1"]
    put(store, replace(store.conversation("c1"), state=State.RESOLVED, wait=None))
    assert store.open() == store.open(claimer="U1") == store.waiting("C1") == ()
    assert store.conversation("c1").state is State.RESOLVED
    assert store.about("C1", "1.000001") == store.about("C1", "c1.root") == ("c1",)
    put(store, replace(store.conversation("c1"), state=State.ANSWERED))
    assert ids(store.open()) == ["c1"]
    assert store.waiting("C1") == ()
    assert store.conversation("c1").version == 3
    assert store.about("C1", "1.000001") == ("c1",)


def test_a_message_leads_to_its_conversations(store):
    """A conversation is found by its thread and by each message in it, the latest thread first."""
    put(store, conversation("c1", thread="1.0"), conversation("c2", thread="2.0"))
    put(store, said("c1", "3.0"), said("c2", "3.0"), said("c1", "4.0"), act("c1", "5.0"))
    assert store.about("C1", "1.0") == store.about("C1", "4.0") == ("c1",)
    assert store.about("C1", "3.0") == ("c2", "c1")
    assert store.about("C1", "5.0") == store.about("C2", "1.0") == ()


def test_a_message_is_found_before_its_conversation_is(store):
    """What is in the log of a conversation that is not stored yet leads to it all the same."""
    put(store, said("C1:1.0", "1.0"), said("C1:1.0", "2.0"))
    assert store.about("C1", "1.0") == store.about("C1", "2.0") == ("C1:1.0",)
    put(store, conversation("C1:1.0", thread="1.0"))
    assert store.about("C1", "1.0") == store.about("C1", "2.0") == ("C1:1.0",)


def test_an_entry_replaces_the_one_of_its_key(store):
    """An edited message is there once; those of other conversations are not in the log."""
    put(store, conversation(), said(excerpt="Hello"), said("c2"))
    put(store, said(excerpt="Hello?", edited="2.0"), act())
    assert keys(store.log("c1")) == ["1.000001", "reaction:1"]
    assert store.entry("c1", "1.000001").excerpt == "Hello?"


def test_the_longest_waiting_comes_first(store):
    """A channel's waiting and snoozed ones are in the order in which they began to wait."""
    put(store, conversation("a", waiting=1), conversation("b", waiting=9, state=State.SNOOZED))
    put(store, conversation("d", state=State.SNOOZED), conversation("c", state=State.SNOOZED))
    put(store, conversation("x", state=State.ANSWERED), conversation("y", waiting=3, channel="C2"))
    assert ids(store.waiting("C1")) == ["b", "a", "c", "d"]
    assert ids(store.open()) == ["b", "y", "a", "c", "d", "x"]
    assert ids(store.open(limit=2)) == ["b", "y"]


def test_a_claimer_has_their_own_list(store):
    """Only what is open and claimed by them is in it."""
    put(store, conversation("a", waiting=1, claimer="U1"), conversation("b", waiting=2))
    put(store, conversation("c", waiting=3, claimer="U1"), conversation("d", claimer="U1"))
    assert ids(store.open(claimer="U1")) == ["c", "a"]
    put(store, replace(store.conversation("c"), claimer="U2"))
    assert ids(store.open(claimer="U1", limit=1)) == ["a"]
    assert ids(store.open(claimer="U2")) == ["c"]


def test_the_last_touched_comes_first(store):
    """Open and closed ones alike are listed back to a moment, that moment included."""
    for one, ago in (("a", 5000), ("b", 10), ("c", 3000), ("d", 1)):
        put(store, conversation(one, last_at=NOON - minutes(ago)))
    put(store, conversation("e"), conversation("f", waiting=1, last_at=NOON - minutes(20)))
    assert ids(store.touched(NOON - LONG, 9)) == ["d", "b", "f", "c", "a"]
    assert ids(store.touched(NOON - minutes(3000), 9)) == ["d", "b", "f", "c"]
    assert ids(store.touched(NOON - LONG, 2)) == ["d", "b"]
    put(store, replace(store.conversation("a"), last_at=NOON))
    assert ids(store.touched(NOON - LONG, 2)) == ["a", "d"]


def test_what_is_due_stays_due_until_it_is_changed(store):
    """The earliest comes first, what is due right now is included, and reading takes nothing."""
    for one, minute in (("a", 0), ("b", -2), ("c", 1), ("d", -1)):
        put(store, conversation(one, waiting=1, due_at=NOON + minutes(minute)))
    put(store, conversation("e", waiting=1))
    assert ids(store.due(NOON, 9)) == ids(store.due(NOON, 9)) == ["b", "d", "a"]
    assert ids(store.due(NOON, 1)) == ["b"]
    put(store, replace(store.conversation("b"), due_at=NOON + minutes(2)))
    put(store, replace(store.conversation("d"), due_at=None, state=State.RESOLVED))
    assert ids(store.due(NOON, 9)) == ["a"]
    put(store, replace(store.conversation("b"), due_at=NOON - minutes(2)))
    put(store, replace(store.conversation("a"), due_at=None))
    put(store, replace(store.conversation("a"), due_at=NOON))
    assert ids(store.due(NOON + minutes(1), 9)) == ["b", "a", "c"]


def test_channels_are_all_listed(store):
    """All channels are there, once."""
    put(store, channel("C2"), channel("C1"))
    put(store, replace(store.channel("C2"), name="ext"))
    assert sorted(one.id + one.name for one in store.channels()) == ["C1", "C2ext"]


def test_the_outbox_keeps_its_order(store):
    """A message that is decided again keeps its place; one that is done with is gone."""
    put(store, outgoing("z"), outgoing("m"))
    put(store, outgoing("a"))
    put(store, outgoing("z", unsure=True))
    assert ids(store.outbox()) == ["z", "m", "a"]
    assert store.outbox(limit=1)[0].unsure
    store.commit(Change(sent=("m", "never there")))
    assert ids(store.outbox()) == ["z", "a"]
    put(store, outgoing("m"))
    assert ids(store.outbox()) == ["z", "a", "m"]


def test_sending_one_and_deciding_the_next_is_one_change(store):
    """What is done with leaves in the same step in which its card arrives."""
    put(store, outgoing("o1"))
    store.commit(Change(sent=("o1",), cards=(card("k1", "c1", "c2"),)))
    assert store.outbox() == ()
    assert ids(store.cards("c1")) == ids(store.cards("c2")) == ["k1"]


def test_replaced_cards_are_not_about_anything(store):
    """A card is found by its place for ever, and by its conversations until it is replaced."""
    put(store, card("k1", "c1", "c2"), card("k2", "c1", ts="9.2"))
    assert sorted(ids(store.cards("c1"))) == ["k1", "k2"]
    put(store, card("k1", "c1", "c2", replaced=True), card("k2", "c3", ts="9.2"))
    assert store.cards("c1") == store.cards("c2") == ()
    assert ids(store.cards("c3")) == ["k2"]
    assert store.card_at("D1", "9.000001").id == "k1"
    assert store.card_at("D1", "9.2").id == "k2"
    assert store.card_at("D2", "9.2") is None


def test_facts_are_remembered_and_forgotten(store):
    """The last word about a name counts; an empty one is as good as none."""
    store.commit(Change(facts=(("cursor", "1"), ("other", "x"))))
    store.commit(Change(facts=(("cursor", "2"),)))
    assert (store.fact("cursor"), store.fact("other")) == ("2", "x")
    store.commit(Change(facts=(("cursor", ""),)))
    assert (store.fact("cursor"), store.fact("other")) == ("", "x")


def test_nothing_to_change_changes_nothing(store):
    """An empty change is no change, and one that repeats what is known can be made again."""
    store.commit(Change())
    put(store, said(), outgoing())
    put(store, said(), outgoing())
    assert keys(store.log("c1")) == ["1.000001"]
    assert ids(store.outbox()) == ["o1"]


def test_closing_twice_is_closing(store):
    """Closing is safe to repeat."""
    store.close()
    store.close()
