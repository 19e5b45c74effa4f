"""What every store promises of the ledger: the docstrings of `bot.core.ports.Store`."""

from dataclasses import replace

import pytest

from bot.core.ledger import Fate, Reminded
from bot.core.model import Change
from bot.core.outgoing import About, Reason, Reply
from bot.core.refusals import Stale
from tests.storage.examples import (
    NOON,
    card,
    conversation,
    ids,
    minutes,
    outgoing,
    promise,
    put,
    turn,
)


def again(store, one="p1", **fields):
    """Change a promise as it is stored."""
    put(store, replace(store.promise(one), **fields))


def test_all_of_a_promise_is_kept(store):
    """Every turn and every time comes back as it was, but for the version."""
    one = promise(
        due=5,
        turns=(turn(Fate.MISSED, 5, due=NOON + minutes(5)), turn(Fate.KEPT, 9, withdrawn=NOON)),
        ts="1.0",
        to="UC",
        at_once=True,
        since="2.0",
        since_words="Où est-il ?",
        reminded=Reminded(due=NOON, step=2),
        wake_at=NOON.replace(microsecond=123_457),
    )
    put(store, one)
    assert store.promise("p1") == replace(one, version=1)
    reply = Reply(by="U1", text="By noon", due=NOON, moves="p1")
    put(store, outgoing(about=(), reply=reply, only="U1", thread="1.0"))
    assert store.outbox()[0].reply == reply


def test_a_stale_promise_is_refused_whole(store):
    """Who decided on what has changed meanwhile is told, and nothing of the change is stored."""
    put(store, promise())
    for stale in (promise(words="other"), promise(version=2), promise("p2", version=1)):
        with pytest.raises(Stale):
            store.commit(Change(promises=(stale,), facts=(("cursor", "1"),)))
    assert (store.promise("p1").words, store.fact("cursor")) == ("I will", "")
    assert store.promise("p2") is None


def test_the_promises_of_a_message_are_in_order(store):
    """The eleventh comes after the second; those of other messages and channels are others."""
    made = [promise(f"m/{number}", ts="1.0") for number in range(12)]
    put(store, *reversed(made))
    put(store, promise("x", ts="2.0"), promise("y", ts="1.0", channel="C2"), promise("z"))
    assert ids(store.promises_at("C1", "1.0")) == [one.id for one in made]
    assert store.promises_at("C1", "") == ()


def test_a_conversation_has_all_its_promises(store):
    """Those that ended are among them, and what belongs nowhere is not asked for."""
    put(store, promise("a"), promise("b", turns=(turn(Fate.KEPT),)), promise("c", conversation=""))
    assert ids(store.promises_in("c1")) == ["a", "b"]
    assert store.promises_in("") == ()
    again(store, "a", conversation="c2")
    assert (ids(store.promises_in("c1")), ids(store.promises_in("c2"))) == (["b"], ["a"])


def test_what_is_owed(store):
    """Open and broken ones are, by anybody or one, what is due first first, the undated last."""
    put(store, promise("late", due=9), promise("none"), promise("soon", due=1, by="U2"))
    put(store, promise("broken", due=-9, turns=(turn(Fate.MISSED, due=NOON - minutes(9)),)))
    for fate in (Fate.KEPT, Fate.DROPPED, Fate.MOVED):
        put(store, promise(fate, due=5, turns=(turn(fate, 9, to="late"),)))
    assert ids(store.owed()) == ["broken", "soon", "late", "none"]
    assert ids(store.owed(by="U1")) == ["broken", "late", "none"]
    assert ids(store.owed(by="U1", limit=1)) == ["broken"]
    again(store, "late", channel="C2")
    assert ids(store.owed(channel="C2")) == ids(store.owed(by="U1", channel="C2")) == ["late"]
    assert ids(store.owed(channel="C1")) == ["broken", "soon", "none"]


def test_what_has_to_be_looked_at(store):
    """The earliest comes first, that very moment included, until it is changed."""
    for one, minute in (("a", 0), ("b", -2), ("c", 1)):
        put(store, promise(one, wake_at=NOON + minutes(minute)))
    put(store, promise("d"))
    assert ids(store.promises_due(NOON, 9)) == ids(store.promises_due(NOON, 9)) == ["b", "a"]
    assert ids(store.promises_due(NOON, 1)) == ["b"]
    again(store, "b", wake_at=None)
    again(store, "a", wake_at=NOON + minutes(2))
    assert ids(store.promises_due(NOON + minutes(1), 9)) == ["c"]


def test_a_card_is_found_by_its_promises(store):
    """A card of promises and conversations is about each of them, until it is replaced."""
    about = About(promise="p1", since=NOON, reason=Reason.REMINDER, step=1)
    both = card("k1", "c1")
    put(store, replace(both, about=(*both.about, about)), conversation(), promise())
    assert ids(store.cards("p1")) == ids(store.cards("c1")) == ["k1"]
    put(store, replace(both, about=(about,), replaced=True))
    assert store.cards("p1") == store.cards("c1") == ()
