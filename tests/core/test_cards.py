"""What a nudge shows when its turn comes, and how it stays true afterwards."""

from datetime import timedelta

import pytest

from bot.core.cards import Later
from bot.core.model import Action
from bot.core.outgoing import Card, Outgoing
from tests.make import ACME, TRIAGE, Story, at, person, policy, user

QUESTION = "Where do I find the invoices?"


def decided(story: Story, moment: str = "Mon 10:31") -> Outgoing:
    """Make a round, deliver nothing, and return what is to be sent first."""
    story.now = at(moment)
    for conversation in story.rounds.due(story.now):
        story.rounds.attend(conversation, story.now)
    return story.cards.pending()[0]


# Before it is sent


def test_a_nudge_says_all_there_is(story, question):
    """A card knows the conversation, its channel, the rules that hold, and why it is told."""
    story.sets(name="acme")
    out = decided(story)
    view = story.cards.compose(out, story.now)
    [line] = view.lines
    assert (view.to, view.replaced, line.holds) == (TRIAGE, False, True)
    assert line.conversation == story.conversation(question)
    assert line.channel.name == "acme"
    assert line.rules.leads == ("ULEA",)
    assert line.about.reason == "triage"


@pytest.mark.parametrize(
    "ending", [Action.RESOLVE, Action.DISMISS, Action.SNOOZE, "answered", "deleted"]
)
def test_what_is_no_longer_true_is_not_sent(story, question, ending):
    """Nobody is nudged about what was dealt with in the meantime."""
    out = decided(story)
    if ending == "answered":
        story.says("ana", "Under Billing", under=question)
    elif ending == "deleted":
        story.deletes(question)
    else:
        story.does("ana", ending, question)
    assert story.cards.compose(out, story.now) is None
    story.looks()
    story.expect_silence()
    assert story.cards.pending() == ()


def test_a_nudge_about_an_earlier_wait_is_not_sent(story, question):
    """Answered and asked again, the old nudge is void: the clock started anew."""
    out = decided(story)
    story.says("ana", "Under Billing", under=question)
    story.says("dana", "I cannot see it", under=question)
    assert story.cards.compose(out, story.now) is None


@pytest.mark.parametrize(("claimer", "told"), [("ana", True), ("ben", False), ("", True)])
def test_a_claim_silences_the_teammates(story, question, claimer, told):
    """An owner is not told of what a colleague has claimed in the last moment."""
    story.owned_by("ana")
    out = decided(story)
    if claimer:
        story.reacts(claimer, "eyes", on=question)
    assert (story.cards.compose(out, story.now) is not None) is told


def test_a_claim_leaves_the_triage_card(story, question):
    """A card in the triage channel is sent all the same, and says who has it."""
    out = decided(story)
    story.reacts("ana", "eyes", on=question)
    assert story.cards.compose(out, story.now).lines[0].conversation.claimer == "UANA"


def test_a_snooze_that_was_dealt_with_wakes_nobody(story, question):
    """Who snoozed it is not told that it is back when it was answered as it woke."""
    story.reacts("ana", "alarm_clock", on=question)
    story.now = at("Mon 11:05")
    for conversation in story.rounds.due(story.now):
        story.rounds.attend(conversation, story.now)
    story.says("ben", "Under Billing", under=question)
    story.later("1m")
    story.expect_silence()


def test_an_update_that_was_given_is_not_asked_for(story, question):
    """Who gave news in the last moment is not asked for them."""
    story.reacts("ana", "eyes", on=question)
    story.says("ana", "Let me check", under=question)
    out = decided(story, "Wed 10:01")
    assert story.cards.compose(out, story.now).lines[0].holds
    story.says("ana", "Still looking into it", under=question)
    assert story.cards.compose(out, story.now) is None


@pytest.mark.parametrize(
    ("now", "opening"), [("Mon 17:00", "Tue 09:00"), ("Sat 12:00", "next Mon 09:00")]
)
def test_too_late_in_the_day_it_waits(story, question, now, opening):
    """What could not be sent during the hours is sent when they begin again."""
    out = decided(story)
    assert story.cards.compose(out, at(now)) == Later(at(opening))
    story.now = at(now)
    story.looks()
    story.expect_silence()
    story.until(opening)
    story.later("1s")
    story.expect_nudge("triage", question, at=opening)


def test_a_conversation_that_is_gone(story, question):
    """A nudge about a conversation that nobody knows any more is dropped."""
    out = decided(story)
    story.store = type(story.store).in_memory()
    story.reopened(policy())
    assert story.cards.compose(out, story.now) is None


# Tried, and not sure


def test_what_was_tried_is_not_doubted(story, question):
    """A message that may have arrived is looked for just as it was, even if it is true no more."""
    tried = story.cards.trying(decided(story), story.now)
    story.says("ana", "Under Billing", under=question)
    view = story.cards.compose(tried, story.now)
    assert [line.holds for line in view.lines] == [False]
    assert story.cards.pending()[0].unsure


def test_what_was_tried_joins_no_digest(story):
    """A message that may have arrived is left alone when others are put together."""
    for number in range(4):
        story.owned_by("ana", channel=f"C{number}")
        story.says("dana", QUESTION, into=f"C{number}")
    first = story.cards.trying(decided(story), story.now)
    pending = story.cards.pending()
    assert story.cards.gather(first, pending, story.now) == first
    digest = story.cards.gather(pending[1], pending, story.now)
    assert len(digest.about) == 3
    assert [out.id for out in story.cards.pending()] == [first.id, digest.id]


def test_what_did_not_arrive_is_tried_again_later(story, question):
    """What certainly did not arrive goes out after a while."""
    tried = story.cards.trying(decided(story), story.now)
    story.cards.put_back(tried, story.now, wait=timedelta(minutes=5))
    [out] = story.cards.pending()
    assert (out.unsure, out.at) == (False, at("Mon 10:36"))
    story.until("Mon 10:40")
    story.expect_nudge("triage", question, at="Mon 10:36")


# After it was sent


def test_a_card_is_edited_as_things_change(story, question):
    """Each change of its conversation brings a card up to date."""
    story.later("31m")
    card = story.expect_nudge("triage", question).id
    assert story.edits == [card]
    story.reacts("ana", "eyes", on=question)
    story.looks()
    assert story.edits == [card, card]
    story.says("ana", "Under Billing", under=question)
    edit = story.cards.pending()[0]
    [line] = story.cards.compose(edit, story.now).lines
    assert not line.holds
    assert line.conversation.outcome.by == "UANA"
    story.looks()
    assert story.edits == [card, card, card]
    assert story.cards.card(card).shown == "new"


def test_cards_are_edited_at_night_too(story, question):
    """A card tells the truth at any hour: an edit wakes nobody."""
    story.later("31m")
    story.expect_nudge("triage", question)
    story.until("Mon 22:00")
    before = len(story.edits)
    story.says("ana", "Under Billing", under=question)
    story.looks()
    assert len(story.edits) > before


def test_a_card_is_edited_when_a_snooze_is_over(story, question):
    """A card that says until when it is snoozed does not say so any longer once it woke."""
    story.later("31m")
    card = story.expect_nudge("triage", question).id
    story.reacts("ana", "alarm_clock", on=question)
    story.later("59m")
    before = len(story.edits)
    story.later("2m")
    story.expect_nudge("ana", question, why="snoozer")
    assert card in story.edits[before:]


def test_an_older_card_gives_way(story, question):
    """A repeat replaces the card before it, which says so and is edited no more."""
    story.later("31m")
    first = story.expect_nudge("triage", question).id
    story.until("Mon 12:01")
    second = story.expect_nudge("triage", question).id
    assert story.cards.card(first).replaced
    assert not story.cards.card(second).replaced
    edit = Outgoing(id="edit", to=TRIAGE, at=story.now, edits=first)
    assert story.cards.compose(edit, story.now).replaced
    before = len(story.edits)
    story.reacts("ana", "eyes", on=question)
    story.looks()
    assert story.edits[before:].count(first) == 0
    assert second in story.edits[before:]


def test_the_cards_of_others_stay(story, question):
    """Each reader has a card of their own, which others' cards do not replace."""
    story.owned_by("ana")
    story.until("Mon 12:01")
    cards = [story.expect_nudge(who, question).id for who in ("ana", "triage", "lea")]
    assert not any(story.cards.card(card).replaced for card in cards)
    story.says("ben", "Under Billing", under=question)
    before = len(story.edits)
    story.looks()
    assert set(story.edits[before:]) == set(cards)


def test_a_card_about_one_does_not_replace_a_digest(story):
    """A digest goes on showing its others when one of them is told again."""
    for number in range(3):
        story.owned_by("ana", channel=f"C{number}")
        story.says("dana", QUESTION, into=f"C{number}")
    story.later("31m")
    digest = story.expect("ana").id
    one = story.cards.card(digest).about[:1]
    alone = Card(id="alone", channel="DUANA", ts="9.9", to="UANA", about=one)
    out = Outgoing(id="alone", to="UANA", at=story.now, about=one)
    story.cards.delivered(out, alone, story.now)
    assert not story.cards.card(digest).replaced


def test_more_to_say_is_kept(story, question):
    """What changed while a card was being edited is edited again."""
    story.later("31m")
    card = story.expect_nudge("triage", question).id
    edit = Outgoing(id=f"edit/{card}", to=TRIAGE, at=story.now, edits=card)
    story.cards.again(edit, story.now)
    assert story.cards.pending() == (edit,)


def test_an_edit_of_a_card_that_is_gone(story):
    """An edit of what nobody knows any more is given up."""
    edit = Outgoing(id="edit/gone", to=TRIAGE, at=story.now, edits="gone")
    story.cards.again(edit, story.now)
    assert story.cards.compose(edit, story.now) is None
    story.cards.shown(edit, "new", story.now)
    assert story.cards.pending() == ()


# Who may read it


def test_a_triage_channel_that_customers_read(story, question):
    """Where customers could read it nothing is posted; those who are nearest are told instead."""
    story.sets(TRIAGE, shared=True)
    assert story.cards.is_exposed(TRIAGE)
    assert not story.cards.is_exposed("C0UNKNOWN")
    story.later("31m")
    story.expect_nudge("lea", question, why="fallback")
    story.expect_silence()


@pytest.mark.parametrize(("who", "exposed"), [("ana", False), ("gus", True), ("dana", True)])
def test_who_is_a_customer_is_known_before_sending(story, who, exposed):
    """A private message would be read by a customer where its reader has become one."""
    assert not story.cards.is_exposed(user(who))
    story.desk.met(person(who), story.now)
    assert story.cards.is_exposed(user(who)) is exposed


def test_a_triage_channel_in_which_a_customer_writes(story, question):
    """A guest who writes in the triage channel can read it, so nothing more is posted there."""
    story.says("gus", "Hello", into=TRIAGE)
    story.later("31m")
    story.expect_nudge("lea", question, why="fallback")
    story.expect_silence()


# What cannot be delivered


def test_triage_learns_what_somebody_missed(story, question):
    """Where somebody cannot be reached, triage is told whom, and gets the nudge itself."""
    story.owned_by("ana")
    story.undeliverable_to("ana")
    story.later("31m")
    story.expect_note("triage", "undelivered", to="UANA", error="account_inactive")
    story.expect_nudge("triage", question, why="triage")
    story.expect_silence()


def test_a_digest_that_cannot_be_delivered(story):
    """Each nudge of a digest gets a card of its own in the triage channel."""
    story.undeliverable_to("ana")
    asked = []
    for number in range(3):
        story.owned_by("ana", channel=f"C{number}")
        asked.append(story.says("dana", QUESTION, into=f"C{number}"))
    story.later("31m")
    story.expect_note("triage", "undelivered", to="UANA")
    for question in asked:
        story.expect_nudge("triage", question)
    story.expect_silence()


def test_a_triage_channel_that_cannot_be_reached(story, question):
    """Where the triage channel cannot be reached, the leads get what was meant for it."""
    story.undeliverable_to(TRIAGE)
    story.later("31m")
    story.expect_note("lea", "undelivered", to=TRIAGE)
    story.expect_nudge("lea", question, why="fallback")
    story.expect_silence()


def test_nobody_can_be_reached(story, question):
    """What is told in place of something else is tried once, and not for ever."""
    story.undeliverable_to(TRIAGE)
    story.undeliverable_to("lea")
    story.later("31m")
    story.expect_silence()
    assert story.cards.pending() == ()


def test_without_triage_nobody_learns_of_it():
    """Where no triage channel is named, what cannot be delivered is given up."""
    story = Story(rules=policy(triage=""))
    story.owned_by("ana")
    story.undeliverable_to("ana")
    story.says("dana", QUESTION)
    story.later("31m")
    story.expect_silence()
    assert story.cards.pending() == ()


def test_a_refusal_that_cannot_be_shown(story, question):
    """A word for one person's eyes is of no use to anybody else."""
    story.reacts("ana", "eyes", on=question)
    story.reacts("ben", "eyes", on=question)
    [note] = story.cards.pending()
    assert (note.to, note.only) == (ACME, "UBEN")
    story.cards.undeliverable(note, "user_not_in_channel", story.now)
    assert story.cards.pending() == ()
