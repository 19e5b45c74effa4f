"""How a promise stands: the fold of its turns, and which of them moves which."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.ledger import (
    Fate,
    Promise,
    Standing,
    Turn,
    moved_by_later,
    overdue_first,
    turned,
    withdrawn,
)
from tests.make import at, stamp

OPEN, KEPT, MOVED, BROKEN, DROPPED = (
    Standing.OPEN, Standing.KEPT, Standing.MOVED, Standing.BROKEN, Standing.DROPPED
)  # fmt: skip


def promise(when: str = "Mon 10:00", due: str = "Tue 17:00", number: int = 0, **fields) -> Promise:
    """Make a promise of that moment; the same moment is the same message."""
    ts = stamp(at(when))
    facts = {"by": "UANA", "channel": "C1", "conversation": "C1:1", "words": "I'll do it", **fields}
    made = Turn(
        key="made", fate=Fate.MADE, by=facts["by"], at=at(when), due=at(due) if due else None
    )
    return turned(Promise(id=f"C1:{ts}/{number}", **{"ts": ts, **facts}), made)


def turn(text: str) -> Turn:
    """Read "kept Mon 11:00", "dated Mon 11:00 > Wed 17:00" or "moved Mon 11:00 > the next"."""
    said, _, what = text.partition(" > ")
    fate, _, when = said.partition(" ")
    to, due = (what, "") if fate == Fate.MOVED else ("", what)
    return Turn(
        key=text, fate=Fate(fate), by="UBEN", at=at(when), due=at(due) if due else None, to=to
    )


def page(one: Promise) -> tuple:
    """Return all that is said of a promise, but for the order in which it was heard."""
    return one.standing, one.due, one.ended_at, one.ended_by, one.late, one.successor


@pytest.mark.parametrize(
    ("turns", "standing", "due", "late"),
    [
        ((), OPEN, "Tue 17:00", False),
        # it ends
        (("kept Mon 11:00",), KEPT, "Tue 17:00", False),
        (("kept Tue 17:00",), KEPT, "Tue 17:00", False),
        (("kept Tue 17:00:01",), KEPT, "Tue 17:00", True),
        (("dropped Mon 11:00",), DROPPED, "Tue 17:00", False),
        (("moved Mon 11:00 > the next",), MOVED, "Tue 17:00", False),
        (("moved Tue 17:01 > the next",), BROKEN, "Tue 17:00", True),
        # its time passes
        (("missed Tue 17:00 > Tue 17:00",), BROKEN, "Tue 17:00", False),
        (("missed Tue 17:00 > Tue 17:00", "kept Wed 09:00"), KEPT, "Tue 17:00", True),
        (("missed Tue 17:00 > Tue 17:00", "dropped Wed 09:00"), DROPPED, "Tue 17:00", False),
        (("missed Tue 17:00 > Mon 17:00",), OPEN, "Tue 17:00", False),
        (("kept Tue 16:00", "missed Tue 17:00 > Tue 17:00"), KEPT, "Tue 17:00", False),
        # its date is put right
        (("dated Mon 11:00 > Wed 17:00",), OPEN, "Wed 17:00", False),
        (("dated Mon 11:00",), OPEN, None, False),
        (("dated Mon 11:00", "kept Fri 11:00"), KEPT, None, False),
        (("dated Mon 11:00 > Wed 17:00", "missed Tue 17:00 > Tue 17:00"), OPEN, "Wed 17:00", False),
        (("missed Tue 17:00 > Tue 17:00", "dated Wed 09:00 > Thu 17:00"), OPEN, "Thu 17:00", False),
        (("dated Mon 11:00 > Mon 12:00", "kept Mon 13:00"), KEPT, "Mon 12:00", True),
        # what ended has ended, but it is never too late to say that it was none
        (("kept Mon 11:00", "moved Mon 12:00 > the next"), KEPT, "Tue 17:00", False),
        (("kept Mon 11:00", "dated Mon 12:00 > Wed 17:00"), KEPT, "Tue 17:00", False),
        (("kept Mon 11:00", "kept Wed 12:00"), KEPT, "Tue 17:00", False),
        (("kept Mon 11:00", "dropped Mon 12:00"), DROPPED, "Tue 17:00", False),
        (("dropped Mon 11:00", "kept Mon 12:00"), DROPPED, "Tue 17:00", False),
        (("moved Mon 11:00 > the next", "kept Mon 12:00"), MOVED, "Tue 17:00", False),
        # and back again
        (("dropped Mon 11:00", "revived Mon 12:00"), OPEN, "Tue 17:00", False),
        (("dropped Mon 11:00", "revived Mon 12:00 > Wed 17:00"), OPEN, "Wed 17:00", False),
        (("dropped Mon 11:00", "revived Mon 12:00", "kept Mon 13:00"), KEPT, "Tue 17:00", False),
        (("revived Mon 11:00",), OPEN, "Tue 17:00", False),
    ],
)
def test_how_a_promise_stands(turns, standing, due, late):
    """Each turn does what its name says, in whatever order they are heard."""
    for heard in permutations(turns):
        after = turned(promise(), *map(turn, heard))
        assert (after.standing, after.late) == (standing, late)
        assert after.due == (at(due) if due else None)
        moved = any(one.startswith("moved") for one in turns)
        assert bool(after.successor) == (moved and standing is not KEPT)


FATES = ("kept", "dropped", "missed", "moved", "dated", "revived")
turns = st.builds(
    lambda fate, day, due: turn(
        f"{fate} {day} 11:00" + (f" > {due} 17:00" if due or fate == "moved" else "")
    ),
    st.sampled_from(FATES),
    st.sampled_from(["Mon", "Tue", "Wed", "Thu"]),
    st.sampled_from(["", "Mon", "Tue", "Wed"]),
)
many = st.lists(turns, max_size=7, unique_by=lambda one: one.key)
randoms = st.randoms(use_true_random=False)


@given(many, randoms)
def test_the_order_in_which_it_is_heard_does_not_matter(heard, random):
    """Shuffled and told again and again, the same turns lead to the same page of the ledger."""
    shuffled = random.sample(heard, len(heard)) + random.choices(heard or [turn("kept Mon 11:00")])
    one_by_one = promise()
    for each in shuffled:
        one_by_one = turned(one_by_one, each)
    assert page(one_by_one) == page(turned(promise(), *heard, *shuffled))


@given(many, st.data())
def test_what_is_taken_back_never_was(heard, data):
    """Without a turn that was taken back, all is as if it had not been."""
    if not heard:
        return
    gone = data.draw(st.sampled_from(heard))
    others = [one for one in heard if one is not gone]
    after = withdrawn(turned(promise(), *heard), gone.key, at("Fri 12:00"))
    assert page(after) == page(turned(promise(), *others))
    assert withdrawn(after, gone.key, at("Fri 13:00")) == after
    assert page(turned(after, gone)) == page(turned(promise(), *heard))


@given(many)
def test_what_is_open_has_not_ended(heard):
    """Something is owed as long as nobody has ended it, and only then."""
    after = turned(promise(), *heard)
    assert after.is_open == (after.ended_at is None)
    assert not (after.is_open and (after.successor or after.late))
    assert after.is_open == (
        after.standing is OPEN or (after.standing is BROKEN and not after.successor)
    )


def test_what_is_known_is_no_news():
    """A turn that is known leaves the very same promise, which need not be stored again."""
    kept = turned(promise(), turn("kept Mon 11:00"))
    assert turned(kept, turn("kept Mon 11:00")) is kept
    assert withdrawn(kept, "nothing", at("Mon 12:00")) is kept


def moves(*known: Promise) -> dict[str, Promise]:
    """Return what becomes of promises of one conversation, by the time at which they were made."""
    now = {one.id: one for one in known} | {one.id: one for one in moved_by_later(known)}
    assert not list(moved_by_later(now.values()))
    return {f"{one.made_at:%H}": one for one in now.values()}


EARLY, LATE = promise("Mon 10:00", "Mon 13:00"), promise("Mon 12:00", "Tue 17:00")


@pytest.mark.parametrize(
    ("later", "standing"),
    [
        (promise("Mon 12:00"), MOVED),
        (promise("Mon 14:00"), BROKEN),
        (promise("Mon 12:00", due=""), OPEN),
        (promise("Mon 12:00", by="UBEN"), OPEN),
        (promise("Mon 12:00", ts=""), OPEN),
        (promise("Mon 10:00", number=1), OPEN),
        (turned(promise("Mon 12:00"), turn("dropped Mon 12:30")), OPEN),
        (turned(promise("Mon 12:00", due=""), turn("dated Mon 12:30 > Wed 17:00")), MOVED),
        (turned(promise("Mon 12:00"), turn("kept Mon 12:30")), MOVED),
    ],
)
def test_what_moves_an_older_promise(later, standing):
    """A later message of the same person that names a date does, unless it was no promise."""
    for known in permutations((EARLY, later)):
        older = min(moves(*known).values(), key=lambda one: (one.made_at, one.id))
        assert older.standing is standing
        assert older.successor == ("" if standing is OPEN else later.id)


def test_the_next_date_takes_the_place():
    """Of several later ones the next one does, however they arrive, and is moved in its turn."""
    last = promise("Mon 13:30", "Wed 17:00")
    for known in permutations((EARLY, LATE, last)):
        after = moves(*known)
        assert after["10"].successor == LATE.id
        now = [one.standing for one in sorted(after.values(), key=lambda one: one.made_at)]
        assert now == [MOVED, MOVED, OPEN]
    before = moves(EARLY, last)
    assert before["10"].successor == last.id
    assert moves(*before.values(), LATE)["10"].successor == LATE.id


def test_what_was_moved_in_vain_is_given_back():
    """Where the later one turns out to be none, the older one is owed again, and back again."""
    after = moves(EARLY, LATE)
    assert after["10"].standing is MOVED
    gone = turned(after["12"], turn("dropped Mon 12:30"))
    assert moves(after["10"], gone)["10"].is_open
    again = turned(gone, turn("revived Mon 12:45"))
    assert moves(*moves(after["10"], gone).values(), again)["10"].successor == LATE.id


def test_what_ended_is_not_moved():
    """A later date changes nothing about what had been kept before it, and all about after."""
    before, after = turn("kept Mon 11:00"), turn("kept Mon 12:30")
    assert moves(turned(EARLY, before), LATE)["10"].standing is KEPT
    assert moves(turned(EARLY, after), LATE)["10"].standing is MOVED


def test_what_was_moved_by_hand_stays_moved():
    """Neither is it given back, nor does what stood beside it move along."""
    beside = promise("Mon 10:00", number=1)
    moved = turned(EARLY, turn("moved Mon 11:00 > new"))
    new = promise("Mon 11:00", ts="", number=9)
    after = {one.id: one for one in (moved, beside, new)}
    after |= {one.id: one for one in moved_by_later(after.values())}
    assert [one.standing for one in after.values()] == [MOVED, OPEN, OPEN]
    dropped = turned(new, turn("dropped Mon 12:00"))
    assert list(moved_by_later((moved, beside, dropped))) == []


def test_no_promise_takes_the_place_of_its_own_successor():
    """Where clocks differ, what was moved by hand may seem the later one; no circle comes of it."""
    moved = turned(LATE, turn(f"moved Mon 12:30 > {EARLY.id}"))
    assert list(moved_by_later((moved, EARLY))) == []


def test_the_most_urgent_comes_first():
    """What is due first is first; what has no date comes last, the oldest of it first."""
    undated = [promise("Mon 12:00", ""), promise("Mon 11:00", "")]
    listed = sorted([*undated, promise(due="Wed 17:00"), promise()], key=overdue_first)
    assert [one.due for one in listed] == [at("Tue 17:00"), at("Wed 17:00"), None, None]
    assert listed[2].made_at < listed[3].made_at
