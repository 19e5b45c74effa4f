"""What becomes of a channel: joined, watched, shared, moved."""

from datetime import timedelta

import pytest

from bot.core.model import Channel, State
from bot.core.people import is_watched
from tests.make import ACME, OTHER, TRIAGE, own_targets, person, policy

QUESTION = "Where do I find the invoices?"


@pytest.mark.parametrize(
    ("facts", "watched"),
    [
        ({}, False),
        ({"shared": True}, True),
        ({"customers": True}, True),
        ({"id": OTHER}, True),
        ({"watched": True}, True),
        ({"shared": True, "customers": True, "watched": False}, False),
        ({"id": OTHER, "watched": False}, False),
        ({"shared": True, "member": False}, False),
        ({"id": TRIAGE, "shared": True, "customers": True, "watched": True}, False),
    ],
)
def test_which_channels_are_watched(facts, watched):
    """Those with customers and those that were named, unless somebody said no; never triage."""
    rules = policy(watch=frozenset({OTHER, TRIAGE}))
    assert is_watched(Channel(**{"id": ACME, **facts}), rules) is watched


# Joining


@pytest.mark.parametrize(
    ("channel", "shared", "watched", "triage"),
    [(ACME, True, "yes", ""), (ACME, False, "", ""), (TRIAGE, False, "", "yes")],
)
def test_who_invited_heard_is_told_privately(story, channel, shared, watched, triage):
    """Nothing is said in the channel; its inviter reads what Heard will do there."""
    assert story.invites("ana", into=channel, shared=shared).invited_by == "UANA"
    story.later("1s")
    letter = story.expect_note("ana", "invited", channel=channel, watched=watched, triage=triage)
    assert letter.seen_in == ""
    story.expect_silence()


def test_an_invitation_told_twice(story):
    """Slack may tell of it again, and of others who join: nobody is told twice."""
    story.invites("ana")
    story.invites("ana")
    story.invites(None)
    story.later("1s")
    story.expect_note("ana", "invited")
    story.expect_silence()
    assert story.store.channel(ACME).invited_by == "UANA"


def test_an_invitation_by_a_customer(story):
    """A customer who invites Heard hears nothing from it."""
    story.invites("dana", shared=True)
    story.later("1s")
    story.expect_silence()


def test_being_invited_again(story):
    """After Heard was removed, the next who invites it is told."""
    for _ in range(2):
        story.invites("ana")
        story.later("1h")
        story.expect_note("ana", "invited")
        story.sets(member=False)


# Listing, sharing


def test_what_slack_lists_is_remembered(story):
    """A name that is known stays where Slack tells none, and sharing may end."""
    story.desk.channels.listed(Channel(id=ACME, name="acme", shared=True), story.now)
    assert story.desk.channels.is_shared(ACME)
    story.desk.channels.listed(Channel(id=ACME), story.now)
    listed = story.store.channel(ACME)
    assert (listed.name, listed.shared, listed.member) == ("acme", False, True)
    version = listed.version
    story.desk.channels.listed(Channel(id=ACME), story.now)
    assert story.store.channel(ACME).version == version
    assert not story.desk.channels.is_shared("C0UNKNOWN")


def test_people_are_remembered(story):
    """What Slack says of somebody is kept, and told again costs nothing."""
    story.desk.met(person("dana"), story.now)
    story.desk.met(person("dana"), story.now)
    assert story.store.person("UDANA") == person("dana")


# Watching


def test_unwatched_nothing_counts(story):
    """In a channel that is not watched nobody is nudged, and nothing opens."""
    question = story.says("dana", QUESTION)
    story.sets(watched=False)
    story.later("5h")
    story.expect_silence()
    story.says("emil", "Our exports fail")
    assert story.opened() == [question]


def test_watched_again_what_waits_is_due(story):
    """Who still waits when a channel is watched again is not forgotten."""
    question = story.says("dana", QUESTION)
    story.sets(watched=False)
    story.later("25m")
    story.sets(watched=True)
    story.later("6m")
    story.expect_nudge("triage", question, at="Mon 10:30")


def test_unwatched_an_update_is_not_due(story):
    """Nor is anybody asked for news in a channel that is watched no more."""
    question = story.says("dana", QUESTION)
    story.reacts("ana", "eyes", on=question)
    story.says("ana", "Let me check", under=question)
    story.sets(watched=False)
    story.until("Fri 10:00")
    story.expect_silence()


def test_watched_again_an_update_is_due(story):
    """A holding reply is not forgotten when a channel is watched again."""
    question = story.says("dana", QUESTION)
    story.reacts("ana", "eyes", on=question)
    story.says("ana", "Let me check", under=question)
    story.sets(watched=False)
    story.until("Thu 10:00")
    story.sets(watched=True)
    story.later("10m")
    story.expect_nudge("ana", question, why="update")


def test_a_channel_that_was_left_and_joined(story):
    """Removed from a channel Heard is silent; back in it, it goes on."""
    question = story.says("dana", QUESTION)
    story.sets(member=False)
    story.later("2h1m")
    story.expect_silence()
    story.invites("ana")
    story.later("2s")
    story.expect_note("ana", "invited")
    story.expect_nudge("triage", question)


def test_a_channel_that_becomes_the_triage_channel(story):
    """What was still due there when the settings changed is nudged about no more."""
    question = story.says("dana", QUESTION)
    story.reopened(policy(triage=ACME, leads=("ULEA",)))
    story.later("5h")
    story.expect_silence()
    assert story.conversation(question).due_at is None


# Its own rules


def test_a_channel_has_its_own_targets(story):
    """New targets hold for what waits already."""
    question = story.says("dana", QUESTION)
    story.later("10m")
    story.sets(targets=own_targets(nudge="15m", escalate="20m"))
    story.later("30m")
    story.expect_nudge("triage", question, at="Mon 10:15")
    story.expect_nudge("triage", question, at="Mon 10:20")
    story.expect_nudge("lea", question, at="Mon 10:20")
    story.expect_silence()


def test_a_channel_has_its_own_hours(story):
    """A customer elsewhere is cared for at other hours."""
    story.sets(hours="Mon-Sun 12:00-20:00")
    question = story.says("dana", QUESTION)
    story.until("Mon 13:00")
    story.expect_nudge("triage", question, at="Mon 12:30")


# Moving


def test_a_channel_that_moves(story):
    """What waits in a channel follows it to its new id, with its claim and its clock."""
    story.owned_by("ben")
    question = story.says("dana", QUESTION)
    story.reacts("ana", "eyes", on=question)
    story.later("10m")
    snoozed = story.says("emil", "Our exports fail")
    story.reacts("ana", "alarm_clock", on=snoozed)
    story.desk.channels.moved(ACME, OTHER, story.now)
    assert story.waiting() == []
    assert story.waiting(OTHER) == [("dana", question), ("emil", snoozed)]
    assert story.conversation(question, OTHER).claimer == "UANA"
    assert story.state(snoozed, OTHER) is State.SNOOZED
    assert story.store.channel(OTHER).owners == ("UBEN",)
    story.says("ana", "Under Billing", under=question, into=OTHER)
    assert story.state(question, OTHER) is State.ANSWERED
    story.unreacts("ana", "alarm_clock", on=snoozed, into=OTHER)
    assert story.state(snoozed, OTHER) is State.WAITING


def test_a_moved_channel_nudges_once(story):
    """After the move only the new conversation nudges."""
    question = story.says("dana", QUESTION)
    story.desk.channels.moved(ACME, OTHER, story.now)
    story.later("31m")
    letter = story.expect("triage")
    assert [line.conversation.channel for line in letter.lines] == [OTHER]
    assert letter.about == (question,)
    story.expect_silence()


def test_a_move_from_nowhere(story):
    """A channel that Heard does not know moves without a trace."""
    story.desk.channels.moved(ACME, OTHER, story.now)
    assert story.store.channels() == ()


def test_a_move_told_twice(story):
    """Slack may tell of it again: the new channel is still watched."""
    question = story.says("dana", QUESTION)
    story.desk.channels.moved(ACME, OTHER, story.now)
    story.desk.channels.moved(ACME, OTHER, story.now)
    assert story.store.channel(OTHER).member
    story.later("31m")
    assert story.expect("triage").about == (question,)


def test_what_was_promised_moves_along(story):
    """Who claimed a conversation and put the customer off owes an update after a move, too."""
    question = story.says("dana", QUESTION)
    story.reacts("ana", "eyes", on=question)
    story.says("ana", "Let me check", under=question)
    story.desk.channels.moved(ACME, OTHER, story.now)
    story.until("Wed 11:00")
    letter = story.expect("ana")
    assert letter.reasons == ("update",)


def test_a_card_follows_a_move(story):
    """What is done on a card from before the move is done to what moved."""
    question = story.says("dana", QUESTION)
    story.later("31m")
    card = story.store.card(story.expect_nudge("triage", question).id)
    story.desk.channels.moved(ACME, OTHER, story.now)
    story.reacts("ana", "white_check_mark", on=card.ts, into=card.channel)
    assert story.state(question, OTHER) is State.RESOLVED


def test_a_move_to_where_somebody_wrote_already(story):
    """What was said in the new channel before Heard learnt of the move stays."""
    question = story.says("dana", QUESTION)
    later = story.says("emil", "Our exports fail", into=OTHER)
    story.desk.channels.moved(ACME, OTHER, story.now + timedelta(seconds=1))
    assert story.waiting(OTHER) == [("dana", question), ("emil", later)]
