"""Who is told what, and when: stories of customers who wait."""

from collections import Counter
from datetime import timedelta

import pytest

from bot.core.model import Action, State
from tests.make import OTHER, TRIAGE, Story, at, lasting, letters, own_targets, policy, targets

QUESTION = "Where do I find the invoices?"
ANGRY = "This is ridiculous, nothing works"
LEADS = ("ULEA",)


# Steps


def test_a_customer_who_waits_is_never_forgotten(story, question):
    """A nudge after half an hour, an escalation after two, then a repeat every four, for ever."""
    story.until("Tue 18:00")
    story.expect_nudge("triage", question, why="triage", at="Mon 10:30")
    for moment in ("Mon 12:00", "Mon 16:00", "Tue 12:00", "Tue 16:00"):
        story.expect_nudge("triage", question, why="triage", at=moment)
        story.expect_nudge("lea", question, why="lead", at=moment)
    story.expect_silence()
    story.until("2026-05-29 18:00")
    assert sum(letter.to == "lea" for letter in letters(story)) == 2 * 63


def test_half_the_times_when_upset(story):
    """Nudge, escalation and repeat come in half the time to who is upset."""
    question = story.says("dana", ANGRY)
    story.until("Mon 15:30")
    for moment in ("Mon 10:15", "Mon 11:00", "Mon 13:00", "Mon 15:00"):
        story.expect_nudge("triage", question, at=moment)


def test_half_the_times_once_upset(story, question):
    """Who loses patience while they wait is heard sooner from then on."""
    story.later("20m")
    story.says("dana", ANGRY, under=question)
    story.until("Mon 11:30")
    story.expect_nudge("triage", question, at="Mon 10:20")
    story.expect_nudge("triage", question, at="Mon 11:00")
    story.expect_nudge("lea", question, at="Mon 11:00")
    story.expect_silence()


def test_the_steps_are_settings():
    """A team chooses its own times, of seconds if it likes."""
    rules = policy(targets=targets(nudge="5s", escalate="10s", repeat="20s", update="1d"))
    story = Story(rules=rules)
    question = story.says("dana", QUESTION)
    story.later("55s")
    for moment in ("Mon 10:00:05", "Mon 10:00:10", "Mon 10:00:30", "Mon 10:00:50"):
        story.expect_nudge("triage", question, at=moment)
    story.expect_silence()


def test_an_answer_ends_the_nudges(story, question):
    """Once answered, nobody is told; the next question starts from the first step."""
    story.later("31m")
    story.expect_nudge("triage", question)
    story.says("ana", "Under Billing", under=question)
    story.later("5h")
    story.expect_silence()
    story.says("dana", "I cannot see it", under=question)
    story.until("Mon 16:30")
    story.expect_nudge("triage", question, at="Mon 16:01")
    story.expect_silence()


def test_an_answer_that_is_deleted_says_nothing_twice(story, question):
    """Who waits again since the same message goes on from where the nudges were."""
    story.later("31m")
    story.expect_nudge("triage", question)
    answer = story.says("ana", "Under Billing", under=question)
    story.later("5m")
    story.deletes(answer, by="ana")
    story.until("Mon 11:59")
    story.expect_silence()
    story.until("Mon 12:01")
    story.expect_nudge("triage", question)


# Business hours


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("Mon 07:00", "Mon 09:30"),
        ("Mon 16:45", "Tue 09:15"),
        ("Mon 16:30", "Tue 09:00"),
        ("Fri 16:45", "next Mon 09:15"),
        ("Sat 12:00", "next Mon 09:30"),
    ],
)
def test_nobody_is_told_outside_business_hours(asked, told):
    """What falls due when nobody works is told when the hours begin."""
    story = Story(asked)
    question = story.says("dana", QUESTION)
    story.until(at(told) - timedelta(minutes=1))
    story.expect_silence()
    story.later("2m")
    story.expect_nudge("triage", question, at=told)


# Whom


def test_the_owners_are_told_first(story, question):
    """The owners of the channel get the first nudge, triage and the leads the next."""
    story.owned_by("ana", "ben")
    story.until("Mon 12:01")
    for owner in ("ana", "ben"):
        story.expect_nudge(owner, question, why="owner", at="Mon 10:30")
    story.expect_nudge("triage", question, why="triage", at="Mon 12:00")
    story.expect_nudge("lea", question, why="lead", at="Mon 12:00")
    story.expect_silence()


def test_the_claimer_is_told_instead(story, question):
    """A claim silences the teammates, never the clock; later triage learns who has it."""
    story.owned_by("ben")
    story.reacts("ana", "eyes", on=question)
    story.until("Mon 12:01")
    story.expect_nudge("ana", question, why="claimer", at="Mon 10:30")
    card = story.expect_nudge("triage", question, why="triage", at="Mon 12:00")
    assert card.lines[0].conversation.claimer == "UANA"
    story.expect_nudge("lea", question, why="lead", at="Mon 12:00")
    story.expect_silence()


@pytest.mark.parametrize(
    ("leads", "owners", "invited", "first", "second"),
    [
        (LEADS, (), "UBEN", {"lea"}, {"lea"}),
        (LEADS, ("ana",), "UBEN", {"ana"}, {"lea"}),
        ((), ("ana", "cleo"), "UBEN", {"ana", "cleo"}, {"ana", "cleo"}),
        ((), (), "UBEN", {"ben"}, {"ben"}),
        ((), (), "", set(), set()),
    ],
)
def test_without_a_triage_channel(leads, owners, invited, first, second):
    """Where a team has not named a triage channel, those who are nearest are told, once each."""
    story = Story(rules=policy(triage="", leads=leads))
    story.sets(invited_by=invited)
    story.owned_by(*owners)
    story.says("dana", QUESTION)
    story.until("Mon 10:31")
    told = [letter.to for letter in letters(story)]
    assert (set(told), len(told)) == (first, len(first))
    story.until("Mon 12:01")
    told = [letter.to for letter in letters(story)]
    assert (set(told), len(told)) == (second, len(second))


def test_with_nobody_else_the_claimer_hears_of_it(story):
    """Where there is neither triage nor lead, the claimer is told again: it never goes silent."""
    story = Story(rules=policy(triage=""))
    question = story.says("dana", QUESTION)
    story.reacts("ana", "eyes", on=question)
    story.until("Mon 16:01")
    for moment in ("Mon 10:30", "Mon 12:00", "Mon 16:00"):
        story.expect_nudge("ana", question, why="claimer", at=moment)
    story.expect_silence()


def test_a_lead_who_owns_the_channel_is_told_once_a_step(story, question):
    """Somebody with two reasons to be told gets one message."""
    story.owned_by("lea")
    story.down_until("Mon 13:00")
    story.expect_nudge("triage", question)
    story.expect_nudge("lea", question, why="owner")
    story.expect_silence()


# While Heard was down


def test_what_fell_due_while_down_is_told_once(story, question):
    """After a weekend off everybody concerned gets one message, and the steps go on as planned."""
    story.owned_by("ana")
    story.down_until("Wed 10:30")
    for who in ("triage", "ana", "lea"):
        story.expect_nudge(who, question, at="Wed 10:30")
    story.expect_silence()
    story.until("Wed 12:01")
    story.expect_nudge("triage", question, at="Wed 12:00")
    story.expect_nudge("lea", question, at="Wed 12:00")
    story.expect_silence()


def test_down_until_after_hours(story, question):
    """Who starts Heard in the evening wakes nobody until morning."""
    story.down_until("Mon 20:00")
    story.expect_silence()
    story.until("Tue 09:01")
    story.expect_nudge("triage", question, at="Tue 09:00")
    story.expect_nudge("lea", question, at="Tue 09:00")
    story.expect_silence()


def test_nothing_is_decided_twice(story, question):
    """The same round made twice decides once."""
    story.now = at("Mon 10:31")
    due = story.rounds.due(story.now)
    for conversation in (*due, *due, "C0ACME:1.0"):
        story.rounds.attend(conversation, story.now)
    assert len(story.store.outbox()) == 1
    story.looks()
    story.looks()
    story.expect_nudge("triage", question)
    story.expect_silence()


# Snoozes


def test_a_snooze_that_is_over(story, question):
    """Its time up, who snoozed it is told so; the clock ran on, so the owner is told as well."""
    story.owned_by("ben")
    story.reacts("ana", "alarm_clock", on=question)
    story.until("Mon 12:01")
    letter = story.expect_nudge("ana", question, why="snoozer", at="Mon 11:00")
    assert letter.lines[0].conversation.woken.asked is False
    assert letter.lines[0].conversation.state is State.WAITING
    story.expect_nudge("ben", question, why="owner", at="Mon 11:00")
    story.expect_nudge("triage", question, at="Mon 12:00")
    story.expect_nudge("lea", question, at="Mon 12:00")
    story.expect_silence()


def test_a_customer_who_writes_again_wakes_it(story, question):
    """Who snoozed it is told at once that the customer wrote again."""
    story.reacts("ana", "alarm_clock", on=question)
    story.later("10m")
    story.says("dana", "Any update?", under=question)
    story.later("5s")
    letter = story.expect_nudge("ana", question, why="snoozer", at="Mon 10:10")
    assert letter.lines[0].conversation.woken.asked is True
    story.expect_silence()


def test_woken_at_night(story, question):
    """A conversation that wakes when nobody works is told of in the morning."""
    story.until("Mon 16:59")
    list(letters(story))
    story.reacts("ana", "alarm_clock", on=question)
    story.until("Mon 22:00")
    story.says("dana", "Any update?", under=question)
    story.until("Tue 08:59")
    story.expect_silence()
    story.until("Tue 09:01")
    story.expect_nudge("ana", question, why="snoozer", at="Tue 09:00")


def test_an_answered_conversation_that_was_snoozed(story, question):
    """Where nobody waits, the alarm clock just rings."""
    story.says("ana", "Under Billing", under=question)
    story.reacts("ana", "alarm_clock", on=question)
    story.until("Mon 11:01")
    story.expect_nudge("ana", question, why="snoozer", at="Mon 11:00")
    assert story.state(question) is State.ANSWERED
    story.until("Fri 17:00")
    story.expect_silence()


def test_snoozed_again_it_wakes_again(story, question):
    """Each snooze ends with a message of its own."""
    story.reacts("ana", "alarm_clock", on=question)
    story.until("Mon 11:01")
    story.does("ana", Action.SNOOZE, question)
    story.until("Mon 12:59")
    mine = [letter for letter in letters(story) if letter.to == "ana"]
    assert [letter.reasons for letter in mine] == [("snoozer",), ("snoozer",)]
    assert mine[1].at - at("Mon 12:01") < timedelta(seconds=3)


def test_dealt_with_before_it_woke(story, question):
    """A snoozed conversation that is answered stays silent."""
    story.reacts("ana", "alarm_clock", on=question)
    story.says("ben", "Under Billing", under=question)
    story.until("Tue 17:00")
    story.expect_silence()


def test_a_snooze_taken_back(story, question):
    """Taking ⏰ off, the steps go on as if it had not been there."""
    story.reacts("ana", "alarm_clock", on=question)
    story.later("10m")
    story.unreacts("ana", "alarm_clock", on=question)
    story.until("Mon 11:30")
    story.expect_nudge("triage", question, at="Mon 10:30")
    story.expect_silence()


@pytest.mark.parametrize("leads", [LEADS, ()])
def test_the_snoozer_is_told_once(leads):
    """Who is woken and would be told for another reason, too, gets one message."""
    story = Story(rules=policy(triage="", leads=leads))
    story.sets(invited_by="ULEA")
    question = story.says("dana", QUESTION)
    story.reacts("lea", "alarm_clock", on=question)
    story.until("Mon 11:30")
    story.expect_nudge("lea", question, why="snoozer")
    story.expect_silence()


# Updates


def test_an_update_is_due_every_two_business_days(story, question):
    """Who claimed it and put the customer off is asked for news, even without any."""
    story.reacts("ana", "eyes", on=question)
    story.says("ana", "Let me check and get back to you", under=question)
    story.until("next Tue 10:00")
    for moment in ("Wed 10:00", "Fri 10:00"):
        story.expect_nudge("ana", question, why="update", at=moment)
    story.expect_silence()
    story.says("ana", "Still looking into it, sorry for the wait", under=question)
    story.until("2026-03-12 11:00")
    story.expect_nudge("ana", question, why="update", at="2026-03-12 10:00")
    story.expect_silence()


@pytest.mark.parametrize("ending", ["unclaimed", "answered", "resolved", "asked again"])
def test_no_update_is_due_where_nothing_is_owed(story, question, ending):
    """Only a claimed conversation whose last word was a holding reply owes an update."""
    story.reacts("ana", "eyes", on=question)
    story.says("ana", "Still looking into it", under=question)
    story.says("dana", "Thanks", under=question)
    if ending == "unclaimed":
        story.unreacts("ana", "eyes", on=question)
    elif ending == "answered":
        story.says("ben", "It is under Billing", under=question)
    elif ending == "resolved":
        story.reacts("ana", "white_check_mark", on=question)
    else:
        story.says("dana", "Any update?", under=question)
    story.until("Wed 17:00")
    assert all(letter.reasons != ("update",) for letter in letters(story))


def test_an_update_that_fell_due_while_down(story, question):
    """However long nobody looked, the claimer is asked once, and again in two days."""
    story.reacts("ana", "eyes", on=question)
    story.says("ana", "Let me check", under=question)
    story.down_until("2026-03-11 11:00")
    story.until("2026-03-12 09:59")
    story.expect_nudge("ana", question, why="update", at="2026-03-11 11:00")
    story.expect_silence()
    story.until("2026-03-12 10:01")
    story.expect_nudge("ana", question, why="update", at="2026-03-12 10:00")


# Rules that change


def test_other_rules_hold_for_all_that_waits(story, question):
    """A team that changes its settings need not wait for the old times to pass."""
    story.reopened(policy(targets=targets(nudge="10m")))
    story.later("11m")
    story.expect_nudge("triage", question, at="Mon 10:10")


def test_the_same_rules_change_nothing(story, question):
    """Started again with the same settings, Heard writes nothing to its store."""
    before = story.conversation(question).version
    story.reopened(policy(leads=LEADS))
    assert story.conversation(question).version == before


def test_longer_times_are_granted(story, question):
    """What would have been due by the old times waits for the new ones."""
    story.reopened(policy(targets=targets(nudge="1h")))
    story.later("59m")
    story.expect_silence()
    story.later("2m")
    story.expect_nudge("triage", question, at="Mon 11:00")


def test_sooner_updates_hold_for_all_that_is_owed(story, question):
    """A shorter time between updates holds for what was put off before, too."""
    story.reacts("ana", "eyes", on=question)
    story.says("ana", "Let me check", under=question)
    story.reopened(policy(targets=targets(update="1d")))
    story.until("Tue 10:01")
    story.expect_nudge("ana", question, why="update", at="Tue 10:00")


# Digests


def asked_in_many_channels(story: Story, number: int) -> list[str]:
    """Ask the same in several channels that Ana owns."""
    asked = []
    for channel in (f"C{n}" for n in range(number)):
        asked.append(story.says("dana", QUESTION, into=channel))
        story.owned_by("ana", channel=channel)
    return asked


def test_three_at_once_come_as_one(story):
    """Three nudges or more that one person is due at once come as one message."""
    asked = asked_in_many_channels(story, 4)
    story.later("31m")
    letter = story.expect("ana")
    assert letter.about == tuple(asked)
    story.expect_silence()


def test_two_at_once_come_as_two(story):
    """Two nudges are read faster one by one."""
    asked = asked_in_many_channels(story, 2)
    story.later("31m")
    for question in asked:
        story.expect_nudge("ana", question)
    story.expect_silence()


def test_in_triage_each_has_a_card_of_its_own(story):
    """A card in the triage channel is about one conversation, so that each has its thread."""
    asked = [story.says("dana", QUESTION, into=f"C{n}") for n in range(3)]
    story.later("31m")
    for question in asked:
        story.expect_nudge("triage", question)


def test_a_digest_leaves_out_what_was_answered(story):
    """What was answered in the last moment is not in it."""
    asked = asked_in_many_channels(story, 4)
    story.now = at("Mon 10:31")
    for conversation in story.rounds.due(story.now):
        story.rounds.attend(conversation, story.now)
    story.says("ben", "Under Billing", under=asked[1], into="C1")
    story.later("5s")
    assert story.expect("ana").about == (asked[0], asked[2], asked[3])
    story.expect_silence()


def test_a_digest_leaves_out_what_may_not_be_told_yet(story):
    """What has to wait for the hours of its own channel does not hold up the others."""
    early = story.says("emil", QUESTION, into="C9")
    story.owned_by("ana", channel="C9")
    story.sets("C9", hours="Mon-Fri 09:00-10:30", targets=own_targets(nudge="29m59s"))
    story.until("Mon 10:31")
    story.expect_silence()
    asked = asked_in_many_channels(story, 2)
    story.until("Mon 11:30")
    for question in asked:
        story.expect_nudge("ana", question)
    story.until("Tue 09:10")
    mine = [letter for letter in letters(story) if early in letter.about and letter.to == "ana"]
    assert [letter.at >= at("Tue 09:00") for letter in mine] == [True]


@pytest.mark.parametrize("asked_of", [1, 2, 4])
def test_what_could_not_be_sent_for_long_is_said_once(story, asked_of):
    """When Slack is back, each reader gets the last word on each conversation, and no others."""
    asked = asked_in_many_channels(story, asked_of)
    while story.now < at("Tue 11:00"):
        story.now += lasting("30m")
        for conversation in story.rounds.due(story.now):
            story.rounds.attend(conversation, story.now)
    story.later("5s")
    told = [(letter.to, one) for letter in letters(story) for one in letter.about]
    assert Counter(told) == Counter((to, one) for to in ("ana", "lea", "triage") for one in asked)


def test_channels_do_not_matter_to_each_other(story):
    """The nudges of one channel do not depend on those of another."""
    here, there = story.says("dana", QUESTION), story.says("emil", QUESTION, into=OTHER)
    story.sets(OTHER, watched=False)
    story.later("31m")
    story.expect_nudge("triage", here)
    assert story.state(there, OTHER) is State.WAITING
    story.expect_silence()
    assert story.store.channel(TRIAGE) is None
