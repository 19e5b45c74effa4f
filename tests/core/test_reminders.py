"""When promises are spoken of again, and to whom: before they are due, then, and after."""

import pytest

from bot.core.hours import parse_duration
from bot.core.ledger import Standing
from tests.make import (
    OTHER,
    TRIAGE,
    Story,
    at,
    hours,
    letters,
    own_targets,
    policy,
    targets,
)

REPORT, CALL = "I'll send you the report by Wednesday", "I'll call you on Friday"
SOON = "I'll let you know soon"


def unread(story: Story) -> list[tuple[str, ...]]:
    """Return who was told what of promises, and when, oldest first."""
    return [
        (letter.to, "/".join(letter.reasons), f"{letter.at:%a %H:%M}")
        for letter in letters(story)
        if letter.promises
    ]


# Steps


@pytest.mark.parametrize(
    ("start", "due", "reminded"),
    [
        ("Mon 10:00", "Mon 15:00", "Mon 14:00"),
        ("Mon 10:00", "Mon 17:00", "Mon 16:00"),
        ("Mon 10:00", "Tue 09:00", "Mon 16:00"),
        ("Mon 10:00", "Tue 09:30", "Mon 16:30"),
        ("Mon 10:00", "Tue 21:00", "Tue 16:00"),
        ("Mon 10:00", "Sat 17:00", "Fri 16:00"),
        ("Mon 10:00", "next Mon 09:30", "Fri 16:30"),
        ("Mon 10:00", "Wed 12:00", "Tue 16:00"),  # Wednesday is a holiday
        ("Mon 10:00", "Thu 09:30", "Tue 16:30"),
        # less time than that was given
        ("Mon 10:00", "Mon 11:00", "Mon 10:30"),
        ("Mon 10:00", "Mon 10:40", "Mon 10:20"),
        ("Mon 16:30", "Mon 17:00", "Mon 16:45"),
        ("Sun 20:00", "next Mon 09:30", "next Mon 09:00"),
        ("Sat 12:00", "Sun 12:00", None),
        # hardly any at all
        ("Mon 10:00", "Mon 10:09", None),
        ("Mon 16:55", "Mon 17:00", None),
    ],
)
def test_reminded_in_good_time(start, due, reminded):
    """An hour of business time before it is due, else half-way; minutes need no reminder."""
    story = Story(start, rules=policy(hours=hours(holidays=("2026-03-04",))))
    promise = story.enters("ana", "send the report", due)
    story.until(due)
    mine = [one for one in letters(story) if one.reasons == ("reminder",)]
    assert [one.at.replace(second=0) for one in mine] == ([at(reminded)] if reminded else [])
    assert {one.promises for one in mine} <= {(promise.id,)}


@pytest.mark.parametrize(
    ("due", "overdue", "broken"),
    [
        ("Mon 14:00", "Mon 14:00", "Mon 16:00"),
        ("Mon 16:00", "Mon 16:00", "Tue 10:00"),
        ("Mon 17:00", "Tue 09:00", "Tue 11:00"),
        ("Mon 21:00", "Tue 09:00", "Tue 11:00"),
        ("Sat 12:00", "Mon 09:00", "Mon 11:00"),
    ],
)
def test_overdue(story, due, overdue, broken):
    """Its promiser is told when it is, its team two hours later; then there is nothing to add."""
    story.enters("ana", "send the report", due)
    story.until("2026-03-20 17:00")
    told = [one for one in unread(story) if one[1] != "reminder"]
    assert told == [("ana", "overdue", overdue), ("triage", "broken", broken)]
    assert story.promise().standing is Standing.BROKEN


@pytest.mark.parametrize(
    ("rules", "facts", "told"),
    [
        ({"leads": ("ULEA",)}, {}, ["triage"]),
        ({"triage": "", "leads": ("ULEA", "UBEN")}, {}, ["lea", "ben"]),
        ({"triage": "", "leads": ("ULEA", "UANA")}, {}, ["lea"]),
        ({"triage": ""}, {"owners": ("UBEN",), "invited_by": "ULEA"}, ["ben"]),
        ({"triage": ""}, {"invited_by": "ULEA"}, ["lea"]),
        ({"triage": ""}, {}, []),
        ({"leads": ("ULEA",), "exposed": True}, {}, ["lea"]),
    ],
)
def test_who_hears_of_what_is_broken(rules, facts, told):
    """The triage channel, unless a customer reads it; else the nearest, but for the promiser."""
    exposed = rules.pop("exposed", False)
    story = Story(rules=policy(**rules))
    story.sets(customers=True, **facts)
    if exposed:
        story.sets(TRIAGE, shared=True)
    story.says("ana", "I'll send it by 11am")
    story.until("Mon 17:00")
    assert [one[0] for one in unread(story) if one[1] == "broken"] == told


def test_a_team_sets_its_own_times():
    """How long before and how long after are settings, also of one channel, in seconds too."""
    rules = policy(lead=parse_duration("20s"), targets=targets(escalate="30s"))
    story = Story(rules=rules)
    for channel, own in (("C0ACME", None), (OTHER, own_targets(escalate="1m"))):
        story.sets(channel, customers=True, targets=own)
        story.enters("ana", "send it", "Mon 10:10", channel=channel)
    story.until("Mon 10:12")
    assert [f"{one.at:%M:%S}" for one in letters(story) for _ in one.lines] == [
        "09:41",
        "09:41",
        "10:01",
        "10:01",
        "10:31",
        "11:01",
    ]


# Only what is true


@pytest.mark.parametrize("step", ["Mon 14:00", "Mon 15:00", "Mon 17:00"])
@pytest.mark.parametrize("button", ["Done", "Not a promise", "Change", "Move it"])
def test_nobody_is_told_what_is_no_longer_so(story, step, button):
    """What was kept, dropped or given another date in the last moment is not spoken of."""
    promise = story.enters("ana", "send the report", "Mon 15:00")
    story.until(at(step).replace(hour=at(step).hour - 1))
    list(letters(story))
    story.now = at(step)
    for one in story.rounds.promises_due(story.now):
        story.rounds.remind(one, story.now)
    story.presses("ana", button, promise, "Wed 12:00")
    story.later("1m")
    story.expect_silence()


def test_another_date_begins_anew(story, question):
    """Who edits the date of what they were reminded of is reminded of the new one, once."""
    reply = story.says("ana", "I'll send it by 3pm", under=question)
    story.until("Mon 14:30")
    story.edits_to("ana", reply, "I'll send it by 4pm", under=question)
    story.until("Tue 17:00")
    assert unread(story) == [
        ("ana", "reminder", "Mon 14:00"),
        ("ana", "reminder", "Mon 15:00"),
        ("ana", "overdue", "Mon 16:00"),
        ("triage", "broken", "Tue 10:00"),
    ]


def test_what_was_moved_is_reminded_of_by_its_new_date(story, question):
    """The old date is past speaking of, whether a message or a button has moved it."""
    story.says("ana", "I'll send it by 3pm", under=question)
    story.says("ana", "Sorry, I'll send it by 4pm", under=question)
    story.presses("ana", "Move it", story.promises()[1], "Mon 16:30")
    story.until("Tue 17:00")
    reasons = [("ana", "reminder", "Mon 15:30"), ("ana", "overdue", "Mon 16:30")]
    assert unread(story) == [*reasons, ("triage", "broken", "Tue 10:30")]


def test_down_for_days(story):
    """Each thing that fell due meanwhile is said once, and nothing that is past."""
    story.enters("ana", "send the report", "Tue 12:00")
    kept = story.enters("ben", "call them", "Thu 12:00")
    story.down_until("Thu 11:30")
    story.presses("ben", "Done", kept)
    story.until("next Fri 17:00")
    assert unread(story) == [
        ("ana", "overdue", "Thu 11:30"),
        ("triage", "broken", "Thu 11:30"),
        ("ben", "reminder", "Thu 11:30"),
    ]


def test_a_channel_that_is_left_alone(story, question):
    """What was read is not spoken of while nobody watches there; what was given by hand is."""
    read = story.says("ana", "I'll send it by 3pm", under=question)
    by_hand = story.enters("ben", "call them", "Mon 15:00")
    story.sets(watched=False)
    story.until("Mon 14:01")
    story.expect_note("ana", "promised")
    story.expect_reminder("ben", by_hand)
    story.expect_silence()
    story.sets(watched=True)
    story.later("1m")
    story.expect_reminder("ana", story.promise(read))


def test_other_settings_hold_for_what_was_promised(story):
    """A team that wants to be reminded sooner need not wait for the next promise."""
    story.enters("ana", "send the report", "Mon 15:00")
    story.reopened(policy(lead=parse_duration("3h")))
    story.until("Mon 13:00")
    assert unread(story) == [("ana", "reminder", "Mon 12:00")]


# Cards


def test_one_living_card(story):
    """The card of a promise gives way to the next, and each is brought up to date as it ends."""
    promise = story.enters("ana", "send the report", "Mon 15:00")
    story.until("Tue 10:00")
    cards = {card.id: card.to for card in story.store.cards(promise.id)}
    assert sorted(cards.values()) == [TRIAGE, "UANA"]
    assert len(list(letters(story))) == 3
    story.edits.clear()
    story.presses("ana", "Done", promise)
    story.later("2s")
    assert set(story.edits) == set(cards)
    story.expect_silence()


def test_several_at_once_come_as_one(story):
    """Two promises due together come as one message, in the triage channel each as its own."""
    both = [story.enters("ana", what, "Mon 15:00", ts=f"{n}.0") for n, what in enumerate("ab", 1)]
    story.until("Mon 14:01")
    letter = story.expect("ana")
    assert letter.promises == tuple(one.id for one in both)
    story.presses("ana", "Done", both[0])
    story.until("Tue 10:00")
    story.expect_reminder("ana", both[1], why="overdue")
    story.expect_reminder("triage", both[1], why="broken")
    story.expect_silence()


def test_a_nudge_and_a_promise_come_as_two(story, question):
    """Two are read faster one by one where they are of different kinds; three come as one."""
    story.owned_by("ana")
    story.enters("ana", "send it", "Mon 11:30", ts="1.0")
    story.until("Mon 10:31")
    assert [len(one.lines) for one in letters(story)] == [1, 1]
    other = story.says("emil", "And mine?", into=OTHER)
    story.owned_by("ana", channel=OTHER)
    for what in "ab":
        story.enters("ana", what, "Mon 12:01", ts=f"{what}2.0")
    story.until("Mon 11:02")
    assert story.expect("ana").about == (story.desk.at(OTHER, other).thread,)


# Rule four: news, even without any


@pytest.mark.parametrize(
    ("claimer", "text", "told"),
    [("", SOON, "ana"), ("", CALL, "ana"), ("", "Let me check", "ana"), ("ben", CALL, "ben")],
)
def test_no_customer_waits_without_news(story, question, claimer, text, told):
    """While something is owed, somebody is asked for news every two days, the claimer if any."""
    if claimer:
        story.reacts(claimer, "eyes", on=question)
    story.says("ana", text, under=question)
    story.until("Fri 09:59")
    updates = [one for one in letters(story) if "update" in one.reasons]
    assert [(one.to, f"{one.at:%a %H:%M}") for one in updates] == [(told, "Wed 10:00")]


@pytest.mark.parametrize("ending", ["Done", "Not a promise", "news", "thread"])
def test_nothing_owed_needs_no_news(story, question, ending):
    """What was kept or dropped ends it; who writes to the customer begins it anew."""
    story.says("ana", CALL, under=question)
    story.until("Tue 10:00")
    if ending in ("Done", "Not a promise"):
        story.presses("ana", ending, story.promise())
    elif ending == "news":
        story.says("ben", "We have not forgotten you", under=question)
    else:
        story.reacts("ben", "white_check_mark", on=question)
    story.until("Thu 09:59")
    assert not [one for one in letters(story) if "update" in one.reasons]


def test_a_promise_before_its_question_was_heard(story):
    """Where a promise was read before what it answers, its customer is owed news all the same."""
    story.sets(customers=True)
    asked = story.message("dana", "Where is the report?", story.writes())
    story.says("ana", CALL, under=asked.ts)
    story.hears(asked)
    assert story.conversation(asked.ts).promisers == ("UANA",)
    story.until("Wed 10:01")
    assert [one.to for one in letters(story) if "update" in one.reasons] == ["ana"]
