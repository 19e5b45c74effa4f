"""What colleagues do with promises: buttons, reactions, forms, and promises made by hand."""

from datetime import timedelta

import pytest

from bot.core.ledger import Fate, Standing
from bot.core.model import Action
from bot.core.refusals import DuePassed, Settled, Unknown
from tests.make import ACME, at, letters

REPORT, CALL = "I'll send you the report by Wednesday", "I'll call you on Friday"
TICK, SHAKE = "white_check_mark", "handshake"
OPEN, KEPT, MOVED, BROKEN, DROPPED = (
    Standing.OPEN, Standing.KEPT, Standing.MOVED, Standing.BROKEN, Standing.DROPPED
)  # fmt: skip


@pytest.fixture
def reply(story, question) -> str:
    """Return the message in which Ana has promised a report by Wednesday."""
    ts = story.says("ana", REPORT, under=question)
    story.looks()
    list(letters(story))
    return ts


# Buttons


@pytest.mark.parametrize(
    ("when", "button", "due", "standing", "late"),
    [
        ("Tue 10:00", "Done", "", KEPT, False),
        ("Thu 10:00", "Done", "", KEPT, True),
        ("Tue 10:00", "Not a promise", "", DROPPED, False),
        ("Thu 10:00", "Not a promise", "", DROPPED, False),
        ("Tue 10:00", "Change", "Thu 12:00", OPEN, False),
        ("Thu 10:00", "Change", "Thu 12:00", OPEN, False),
        ("Tue 10:00", "Move it", "Thu 12:00", MOVED, False),
        ("Thu 10:00", "Move it", "Thu 12:00", BROKEN, True),
    ],
)
def test_what_a_button_does(story, reply, when, button, due, standing, late):
    """Each button does what it says, and who pressed it when is in the ledger."""
    story.until(when)
    after = story.presses("ben", button, story.promise(reply), due)
    promise = story.promise(reply)
    assert (promise.standing, promise.late) == (standing, late)
    assert after.due == (at(due) if due else at("Wed 17:00"))
    last = max(promise.turns, key=lambda turn: turn.at)
    assert (last.by, last.at) == ("UBEN", at(when))
    assert story.promise(reply).is_open == (button == "Change")


def test_done_twice_is_done(story, reply):
    """A second click changes nothing of when and by whom it was kept."""
    first = story.presses("ana", "Done", story.promise(reply))
    story.later("1h")
    again = story.presses("ben", "Done", first)
    assert (again.ended_at, again.ended_by) == (first.ended_at, "UANA")


@pytest.mark.parametrize("button", ["Change", "Move it"])
@pytest.mark.parametrize("due", ["Mon 10:00", "Mon 09:59", "2025-12-24 12:00"])
def test_nothing_is_due_in_the_past(story, reply, button, due):
    """A date that has passed is refused, and nothing is changed."""
    before = story.promises()
    with pytest.raises(DuePassed):
        story.presses("ana", button, story.promise(reply), due)
    with pytest.raises(DuePassed):
        story.enters("ana", "send it", due)
    assert story.promises() == before


def test_an_unknown_promise(story, reply):
    """A button of what is not in the ledger is refused."""
    with pytest.raises(Unknown):
        story.desk.promises.kept("C0ACME:1.0/0", "UANA", story.now)


def test_a_card_of_what_was_moved(story, reply):
    """The buttons of an older card mean what has taken its place."""
    old = story.promise(reply)
    for due in ("Thu 12:00", "Fri 12:00"):
        story.later("1m")
        story.presses("ana", "Move it", old, due)
    assert [one.standing for one in story.promises()] == [MOVED, MOVED, OPEN]
    assert story.presses("ana", "Done", old).due == at("Fri 12:00")
    assert not any(one.is_open for one in story.promises())


@pytest.mark.parametrize("ending", ["Done", "Not a promise"])
def test_what_had_ended_is_not_moved(story, reply, ending):
    """What was kept, or was none, is given no new date: whoever tries is told."""
    story.presses("ana", ending, story.promise(reply))
    before = story.promises()
    with pytest.raises(Settled):
        story.presses("ana", "Move it", story.promise(reply), "Thu 12:00")
    assert story.promises() == before


def test_one_of_two_is_moved(story, question):
    """The other promise of the same message stays where it is."""
    reply = story.says("ana", f"{REPORT}. {CALL}.", under=question)
    story.later("1m")
    new = story.presses("ana", "Move it", story.promise(reply, 0), "Thu 12:00")
    assert story.promise(reply, 0).successor == new.id
    assert story.promise(reply, 1).standing is OPEN
    story.presses("ana", "Not a promise", new)
    assert [one.is_open for one in story.promises()] == [False, False, True]


# Reactions


def test_a_tick_keeps_and_takes_back(story, question, reply):
    """✅ on its message keeps a promise, and its conversation is not resolved; off, it is owed."""
    assert story.reacts("ben", TICK, on=reply)
    assert (story.promise(reply).standing, story.promise(reply).ended_by) == (KEPT, "UBEN")
    assert story.state(question) == "answered"
    assert story.conversation(question).promisers == ()
    assert story.unreacts("ben", TICK, on=reply)
    assert story.promise(reply).standing is OPEN
    assert story.conversation(question).promisers == ("UANA",)
    story.reacts("ben", TICK, on=reply)
    assert story.promise(reply).standing is KEPT


def test_ticks_told_late_and_twice(story, reply):
    """On and off in the wrong order, or again and again, come to what was done last."""
    start = story.now + timedelta(seconds=1)
    on, off, again = ({"at": start + timedelta(seconds=n)} for n in range(3))
    story.unreacts("ben", TICK, on=reply, **off)
    story.reacts("ben", TICK, on=reply, **on)
    story.unreacts("ben", TICK, on=reply, **off)
    assert story.promise(reply).standing is OPEN
    story.reacts("ben", TICK, on=reply, **again)
    for _ in range(2):
        story.unreacts("ben", TICK, on=reply, **off)
        story.reacts("ben", TICK, on=reply, **again)
    assert story.promise(reply).standing is KEPT


def test_a_tick_on_what_was_moved(story, question, reply):
    """What is ticked is done, wherever its date had been moved to; off, it is owed again."""
    story.later("1m")
    story.presses("ana", "Move it", story.promise(reply), "Thu 12:00")
    story.reacts("ana", TICK, on=reply)
    assert not any(one.is_open for one in story.promises())
    story.unreacts("ana", TICK, on=reply)
    assert [one.is_open for one in story.promises()] == [False, True]


def test_a_tick_on_what_was_none(story, question, reply):
    """Where there is no promise after all, ✅ means the conversation."""
    story.presses("ana", "Not a promise", story.promise(reply))
    story.reacts("ben", TICK, on=reply)
    assert story.state(question) == "resolved"
    assert story.promise(reply).standing is DROPPED


def test_a_customer_keeps_nothing(story, reply):
    """A customer's reaction says nothing about our promises."""
    for emoji in (TICK, SHAKE):
        assert story.reacts("dana", emoji, on=reply)
    assert story.promise(reply).standing is OPEN
    assert len(story.promise(reply).turns) == 1


@pytest.mark.parametrize(
    ("text", "due"),
    [("Consider it sent on Thursday", "Thu 17:00"), ("The report: mine!", "")],
)
def test_a_handshake_makes_a_promise(story, question, text, due):
    """🤝 on their own message makes a promise of it, with the date it names; off, it is none."""
    message = story.message("ana", text, story.writes(), under=question)
    story.hears(message)
    story.later("1h")
    story.shakes("ana", message)
    promise = story.promise(message.ts)
    assert (promise.by, promise.to, promise.due) == ("UANA", "UDANA", at(due) if due else None)
    assert promise.made_at < story.now
    assert (promise.standing, promise.by_hand) == (OPEN, True)
    story.looks()
    story.expect_note("ana", "promised", promises=promise.id)
    story.unreacts("ana", SHAKE, on=message.ts)
    assert story.promise(message.ts).standing is DROPPED
    story.reacts("ana", SHAKE, on=message.ts)
    assert (story.promise(message.ts).standing, len(story.promises())) == (OPEN, 1)


def test_a_handshake_after_not_a_promise(story, reply):
    """Who has second thoughts puts 🤝 on it; on what stands it changes nothing."""
    story.reacts("ana", SHAKE, on=reply)
    assert len(story.promise(reply).turns) == 1
    story.unreacts("ana", SHAKE, on=reply)
    assert story.promise(reply).standing is OPEN
    story.presses("ana", "Not a promise", story.promise(reply))
    story.reacts("ana", SHAKE, on=reply)
    assert (story.promise(reply).standing, story.promise(reply).due) == (OPEN, at("Wed 17:00"))


@pytest.mark.parametrize("writer", ["ana", "dana", "robot"])
def test_a_handshake_on_somebody_elses_message(story, question, writer):
    """Only who wrote a message can promise by it; who tries is told in private."""
    message = story.message(writer, "The report will follow", story.writes(), under=question)
    story.hears(message)
    before = [one.by for one in story.promises()]
    story.shakes("ben", message)
    assert [one.by for one in story.promises()] == before
    story.looks()
    assert story.expect_note("ben", "not_yours").seen_in == ACME


# Resolving


@pytest.mark.parametrize("how", ["button", "reaction"])
def test_resolving_keeps(story, question, reply, how):
    """What was promised in a resolved conversation is kept; by reaction it can be undone."""
    elsewhere = story.says("ana", CALL, under=story.says("emil", "And mine?"))
    if how == "button":
        story.does("ben", Action.RESOLVE, on=question)
    else:
        story.reacts("ben", TICK, on=question)
    assert story.promise(reply).standing is KEPT
    assert story.conversation(question).promisers == ()
    assert story.promise(elsewhere).standing is OPEN
    if how == "reaction":
        story.unreacts("ben", TICK, on=question)
        assert story.promise(reply).standing is OPEN
        assert story.conversation(question).promisers == ("UANA",)


def test_what_is_promised_later_is_not_resolved(story, question, reply):
    """Only what was promised before it was resolved is kept by that, and dismissing keeps none."""
    story.does("ben", Action.DISMISS, on=question)
    assert story.promise(reply).standing is OPEN
    story.does("ben", Action.RESOLVE, on=question)
    later = story.says("ana", CALL, under=question)
    assert (story.promise(reply).standing, story.promise(later).standing) == (KEPT, OPEN)


# By hand


def test_by_command(story):
    """A promise by command is of who gave it, needs no message, and can be moved and kept."""
    made = story.enters("ana", "send Acme the report", "Wed 15:00")
    assert (made.by, made.due, made.ts, made.by_hand) == ("UANA", at("Wed 15:00"), "", True)
    other = story.enters("ben", "send Acme the bill")
    assert len(story.promises()) == 2
    story.later("1m")
    moved = story.presses("ana", "Move it", made, "Thu 15:00")
    assert [one.is_open for one in (story.desk.promises.promise(made.id), other)] == [True, True]
    assert story.store.promise(made.id).standing is MOVED
    story.later("1m")
    again = story.presses("ana", "Move it", moved, "Fri 15:00")
    assert [one.id for one in story.store.owed(by="UANA")] == [again.id]


def test_what_is_posted_where_nobody_watches(story):
    """A "by when" that was filled in is a promise also in a channel that is not watched."""
    story.sets(watched=False)
    story.posts("ana", "You will have it by Wednesday.", "Wed 15:00")
    (made,) = story.store.owed()
    assert (made.by, made.due) == ("UANA", at("Wed 15:00"))
    story.until("Wed 14:30")
    assert [letter.to for letter in letters(story)] == ["ana"]


def test_a_new_date_that_is_posted(story):
    """Words posted to move a promise move it, wherever it was made, and whoever posts them."""
    story.sets(customers=True)
    made = story.enters("ana", "send Acme the report", "Wed 15:00")
    story.posts("ben", "It takes a day longer, sorry.", "Thu 15:00", moves=made.id)
    old, (new,) = story.desk.store.promise(made.id), story.desk.store.owed()
    assert old
    assert (old.standing, old.successor) == (MOVED, new.id)
    assert (new.by, new.due) == ("UBEN", at("Thu 15:00"))
    assert story.posted == ["It takes a day longer, sorry."]


def test_a_posted_reply_counts_once(story, question):
    """However often a button's press is told, its words are posted once."""
    for _ in range(2):
        story.posts("ana", "By noon", "Tue 12:00", under=question, press="V1")
        story.later("2s")
    assert story.posted == ["By noon"]
    assert story.promise().due == at("Tue 12:00")


def test_tracked_twice_is_one(story, question):
    """On one message one person has one promise by hand, whose words and date they may renew."""
    answer = story.says("ben", "The report will be yours", under=question)
    facts = {"ts": answer, "thread": question, "author": "UBEN"}
    for who in ("ana", "ana", "ben"):
        story.later("1m")
        story.enters(who, "see to the report", "Wed 15:00", **facts)
    assert len(story.promises()) == 2
    story.presses("ana", "Not a promise", story.store.owed(by="UANA")[0])
    story.later("1m")
    story.enters("ana", "the full report", "Thu 15:00", **facts)
    mine = story.store.owed(by="UANA")
    assert [(one.words, one.due) for one in mine] == [("the full report", at("Thu 15:00"))]
    assert mine[0].turns[-1].fate is Fate.DATED
    assert mine[0].conversation == story.conversation(question).id
