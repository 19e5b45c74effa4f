"""What colleagues do to a conversation, by reaction or by button, and how it is undone."""

from datetime import timedelta

import pytest

from bot.core.hours import parse_duration
from bot.core.model import Action, State
from bot.core.refusals import AlreadyClaimed, NotOpen, Unknown
from tests.make import ACME, Story, at, policy

QUESTION = "Where do I find the invoices?"


@pytest.mark.parametrize(
    ("emoji", "state", "claimer"),
    [
        ("eyes", State.WAITING, "UANA"),
        ("white_check_mark", State.RESOLVED, ""),
        ("alarm_clock", State.SNOOZED, ""),
        ("pushpin", State.WAITING, ""),
        ("no_bell", State.DISMISSED, ""),
        ("tada", State.WAITING, ""),
    ],
)
def test_reactions(story, question, emoji, state, claimer):
    """Each of the five reactions does its work, others do none; taking it off undoes it."""
    before = story.conversation(question)
    assert story.reacts("ana", emoji, on=question)
    after = story.conversation(question)
    assert (after.state, after.claimer) == (state, claimer)
    assert story.unreacts("ana", emoji, on=question)
    undone = story.conversation(question)
    assert (undone.state, undone.claimer, undone.wait) == (State.WAITING, "", before.wait)


@pytest.mark.parametrize("where", ["question", "more", "answer"])
def test_any_message_takes_the_reaction(story, question, where):
    """A reaction on any message of the conversation counts, ours included."""
    messages = {"question": question}
    messages["more"] = story.says("dana", "And the receipts?")
    messages["answer"] = story.says("ben", "Under Billing", under=question)
    story.reacts("ana", "white_check_mark", on=messages[where])
    assert story.state(question) is State.RESOLVED


@pytest.mark.parametrize("who", ["dana", "gus", "robot"])
def test_only_colleagues_react(story, question, who):
    """The reactions of customers and robots are ignored."""
    assert story.reacts(who, "white_check_mark", on=question)
    assert story.state(question) is State.WAITING


def test_a_reaction_on_what_is_not_known(story):
    """Of a message that Heard does not know it says so, so that it can be fetched."""
    assert not story.reacts("ana", "eyes", on="1.000001")


# Claims


def test_the_second_claimer_is_told_who_has_it(story, question):
    """First come, first served: who comes second reads privately, on the spot, who was first."""
    story.reacts("ana", "eyes", on=question)
    story.reacts("ben", "eyes", on=question)
    assert story.conversation(question).claimer == "UANA"
    story.later("1s")
    letter = story.expect_note("ben", "already_claimed", claimer="UANA")
    assert letter.seen_in == ACME
    story.expect_silence()


def test_the_second_claimer_has_it_once_the_first_lets_go(story, question):
    """A claim that is taken back leaves it to who claimed next."""
    story.reacts("ana", "eyes", on=question)
    story.reacts("ben", "eyes", on=question)
    story.unreacts("ana", "eyes", on=question)
    assert story.conversation(question).claimer == "UBEN"


def test_claiming_twice_is_claiming_once(story, question):
    """Who has it already is told nothing and loses nothing."""
    story.reacts("ana", "eyes", on=question)
    story.does("ana", Action.CLAIM, question)
    story.later("1s")
    assert story.conversation(question).claimer == "UANA"
    story.expect_silence()


def test_a_claim_that_was_first_and_arrives_second(story, question):
    """Who really claimed first has it, and is not told that somebody else does."""
    first, second = story.now + timedelta(seconds=1), story.now + timedelta(seconds=2)
    story.reacts("ben", "eyes", on=question, at=second)
    story.reacts("ana", "eyes", on=question, at=first)
    assert story.conversation(question).claimer == "UANA"
    story.later("3s")
    story.expect_silence()


def test_the_button_refuses_a_second_claim(story, question):
    """Who presses Claim second reads who has it."""
    story.does("ana", Action.CLAIM, question)
    with pytest.raises(AlreadyClaimed) as refused:
        story.does("ben", Action.CLAIM, question)
    assert refused.value.claimer == "UANA"
    assert story.conversation(question).claimer == "UANA"


@pytest.mark.parametrize("by", ["button", "reaction"])
def test_a_stale_claim_is_taken_over(story, question, by):
    """Once it was escalated, a colleague may take it over, and the old claimer is told."""
    story.does("ana", Action.CLAIM, question)
    story.later("2h1m")
    if by == "button":
        story.does("ben", Action.CLAIM, question)
    else:
        story.reacts("ben", "eyes", on=question)
    assert story.conversation(question).claimer == "UBEN"
    story.later("1s")
    story.expect_nudge("ana", question, why="claimer", at="Mon 10:30")
    story.expect_note("ana", "taken_over", by="UBEN", channel=ACME, ts=question)


@pytest.mark.parametrize("by", ["button", "reaction"])
def test_a_fresh_claim_is_not_stale(story, question, by):
    """Who claims after the escalation has it, and a second claimer a moment later has not."""
    story.later("2h1m")
    story.does("ana", Action.CLAIM, question)
    story.later("5s")
    if by == "button":
        with pytest.raises(AlreadyClaimed):
            story.does("ben", Action.CLAIM, question)
    else:
        story.reacts("ben", "eyes", on=question)
    assert story.conversation(question).claimer == "UANA"


# Snoozing


def test_a_snooze_counts_business_time(story):
    """An hour of snooze ends in hours of business."""
    story.until("Fri 16:30")
    question = story.says("dana", QUESTION)
    snoozed = story.does("ana", Action.SNOOZE, question)
    assert snoozed.snooze
    assert snoozed.snooze.until - at("next Mon 09:30") < timedelta(seconds=1)
    assert snoozed.snooze.by == "UANA"


@pytest.mark.parametrize("end", ["white_check_mark", "no_bell"])
def test_what_is_closed_cannot_be_snoozed(story, question, end):
    """Who snoozes what is resolved or dismissed is told so, by button and by reaction."""
    story.reacts("ana", end, on=question)
    state = story.state(question)
    with pytest.raises(NotOpen) as refused:
        story.does("ben", Action.SNOOZE, question)
    assert refused.value.state is state
    story.reacts("ben", "alarm_clock", on=question)
    story.later("1s")
    story.expect_note("ben", "not_open", state=state)
    story.expect_silence()
    assert story.state(question) is state


# Tracking


def test_tracking_what_was_not_thought_a_request(story):
    """📌 on thanks makes it a request since it was written; taking it off undoes that."""
    ts = story.writes()
    thanks = story.message("dana", "Thanks! The export, then.", ts)
    story.hears(story.message("dana", "Thanks", ts))
    story.later("10m")
    assert not story.reacts("ana", "pushpin", on=ts)
    story.tracks("ana", thanks)
    story.tracks("ana", thanks)
    assert story.waiting() == [("dana", ts)]
    story.unreacts("ana", "pushpin", on=ts)
    assert story.waiting() == []


def test_a_tracked_message_is_quoted(story):
    """The nudge about a tracked message shows its words."""
    thanks = story.message("dana", "Thanks!", story.writes())
    story.tracks("ana", thanks)
    assert story.conversation(thanks.ts).wait.excerpt == "Thanks!"


def test_tracking_a_message_of_long_ago(story):
    """A message that Heard never saw is taken in first, and then tracked."""
    old = story.message("dana", QUESTION, story.writes())
    story.tracks("ana", old)
    assert story.waiting() == [("dana", old.ts)]
    assert story.conversation(old.ts).wait.excerpt == QUESTION


def test_tracking_our_own_message(story):
    """📌 on a colleague's message gets a polite private word, and opens nothing."""
    ours = story.message("ben", "Good morning", story.writes())
    story.tracks("ana", ours)
    story.later("1s")
    story.expect_note("ana", "not_a_customer", ts=ours.ts)
    assert story.opened() == []


def test_tracking_in_private(story):
    """A reaction in direct messages is answered there."""
    ours = story.message("ben", "Good morning", story.writes(), into="D0ANA")
    story.tracks("ana", ours)
    story.later("1s")
    assert story.expect_note("ana", "not_a_customer").seen_in == ""


def test_tracking_a_reply_in_a_thread(story):
    """📌 on thanks in an unknown thread makes a request of that thread."""
    announced = story.says("ben", "We have moved")
    reply = story.message("dana", "Thanks", story.writes(), under=announced)
    story.tracks("ana", reply)
    assert story.conversation(announced).wait.ts == reply.ts
    story.later("1m")
    story.unreacts("ana", "pushpin", on=reply.ts)
    assert story.waiting() == []


@pytest.mark.parametrize("what", ["the first", "a reply"])
def test_tracking_an_old_message_of_a_thread_that_waits(story, what):
    """📌 on what is older than the wait leaves it as it is, and nudges nobody."""
    first = story.writes()
    under, ts = ("", first) if what == "the first" else (first, story.writes())
    old = story.message("dana", QUESTION, ts, under=under)
    story.later("24h")
    asked = story.says("dana", "And where is the receipt?", under=first)
    wait = story.conversation(asked).wait
    story.later("1m")
    story.tracks("ana", old)
    story.later("1m")
    story.expect_silence()
    assert story.conversation(old.ts).wait == wait
    story.unreacts("ana", "pushpin", on=old.ts)
    assert story.conversation(old.ts).wait == wait


def test_tracking_an_old_message_of_a_thread_that_is_closed(story):
    """📌 opens it again, for the message that it is on; taken off, it is as it was."""
    first = story.writes()
    old = story.message("dana", QUESTION, story.writes(), under=first)
    story.later("1h")
    asked = story.says("dana", "And where is the receipt?", under=first)
    story.reacts("ben", "white_check_mark", on=asked)
    story.later("1m")
    story.tracks("ana", old)
    assert story.conversation(asked).wait.ts == old.ts
    story.later("1m")
    story.unreacts("ana", "pushpin", on=old.ts)
    assert story.state(asked) is State.RESOLVED


def test_untracking_what_is_not_known(story):
    """Taking 📌 off a message that was never tracked changes nothing."""
    assert not story.unreacts("ana", "pushpin", on="1.000001")
    assert story.opened() == []


# Twice, late, in any order


@pytest.mark.parametrize("order", ["on, off", "off, on", "on, off, on", "on, on, off, off"])
def test_a_reaction_and_its_removal_in_any_order(story, question, order):
    """Put on and taken off again is taken off, however Slack tells of it."""
    when = {"on": story.now + timedelta(seconds=1), "off": story.now + timedelta(seconds=2)}
    for event in order.split(", "):
        story.reacts("ana", "no_bell", on=question, at=when[event], added=event == "on")
    assert story.state(question) is State.WAITING


def test_a_reaction_put_on_again(story, question):
    """Put on, taken off and put on again is on."""
    story.reacts("ana", "eyes", on=question)
    story.unreacts("ana", "eyes", on=question)
    story.reacts("ana", "eyes", on=question)
    assert story.conversation(question).claimer == "UANA"


def test_a_refusal_is_told_once(story, question):
    """A reaction that Slack tells of twice is answered once."""
    story.reacts("ana", "eyes", on=question)
    when = story.now + timedelta(seconds=1)
    story.reacts("ben", "eyes", on=question, at=when)
    story.later("2s")
    story.expect_note("ben", "already_claimed")
    story.reacts("ben", "eyes", on=question, at=when)
    story.later("2s")
    story.expect_silence()


# Cards and buttons


def test_a_reaction_on_a_card(story, question):
    """A reaction on a card about one conversation is one on that conversation."""
    story.later("31m")
    letter = story.expect_nudge("triage", question)
    card = story.store.card(letter.id)
    story.reacts("ana", "white_check_mark", on=card.ts, into=card.channel)
    assert story.state(question) is State.RESOLVED


def test_a_reaction_on_a_digest(story):
    """A reaction on a card about several does not say which one it means, and does nothing."""
    asked = [story.says("dana", QUESTION, into=f"C{number}") for number in range(3)]
    for number in range(3):
        story.owned_by("ana", channel=f"C{number}")
    story.later("31m")
    card = story.store.card(story.expect("ana").id)
    assert len(card.about) == 3
    assert not story.reacts("ana", "white_check_mark", on=card.ts, into=card.channel)
    assert len(story.desk.queue()) == len(asked)


@pytest.mark.parametrize("action", [Action.CLAIM, Action.RESOLVE, Action.SNOOZE])
def test_a_button_about_what_is_not_known(story, action):
    """A button about a conversation that is gone says so."""
    with pytest.raises(Unknown):
        story.desk.act("C0ACME:1.0", action, "UANA", story.now)
    with pytest.raises(Unknown):
        story.desk.at(ACME, "1.0")


def test_buttons_in_quick_succession(story, question):
    """Pressed in the same instant, buttons count in the order in which they came."""
    conversation = story.conversation(question).id
    for action in (Action.RESOLVE, Action.TRACK, Action.DISMISS):
        last = story.desk.act(conversation, action, "UANA", story.now)
    assert last.state is State.DISMISSED


# What there is to do


def test_the_queue(story, question):
    """The queue has what is open, the longest waiting first, of everybody or of one claimer."""
    story.later("10m")
    other = story.says("emil", "Our exports fail")
    done = story.says("gus", "Who is my contact?")
    story.reacts("ana", "white_check_mark", on=done)
    story.reacts("ana", "eyes", on=other)
    assert [c.thread for c in story.desk.queue()] == [question, other]
    assert [c.thread for c in story.desk.queue(claimer="UANA")] == [other]
    assert [c.thread for c in story.desk.here(ACME)] == [question, other]


def test_the_snooze_is_a_setting():
    """A team decides how long ⏰ lasts."""
    story = Story(rules=policy(snooze=parse_duration("4h")))
    question = story.says("dana", QUESTION)
    story.reacts("ana", "alarm_clock", on=question)
    story.until("Mon 13:59")
    assert story.state(question) is State.SNOOZED
    story.until("Mon 14:01")
    assert story.state(question) is State.WAITING
