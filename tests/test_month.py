"""The month that the benchmarks replay, and the Slack that limits them."""

from datetime import timedelta

import pytest
from slack_sdk.errors import SlackApiError

from bot.core.events import MessagePosted
from tests.benchmarks.limits import A_MINUTE, Clock, Slack
from tests.benchmarks.month import AT_ONCE, FIRST, HOME, Kind, Workspace, when
from tests.benchmarks.replay import Replay

DAYS = 9
ORDINARY, BURSTY, LARGE = Workspace(7), Workspace(5), Workspace(0)


def asked(workspace, days=DAYS):
    """Return the requests that customers make."""
    return [
        event
        for event in workspace.month(days)
        if isinstance(event, MessagePosted) and event.author.team != HOME and not event.thread
    ]


def test_the_same_seed_makes_the_same_month():
    """What was measured can be measured again, to the microsecond."""
    assert ORDINARY.month(DAYS) == Workspace(7).month(DAYS)
    assert ORDINARY.month(DAYS) != Workspace(7, seed=2).month(DAYS)


def test_workspaces_differ():
    """No two workspaces have the same month, and there are three kinds of them."""
    assert ORDINARY.month(DAYS) != Workspace(8).month(DAYS)
    assert [one.kind for one in (LARGE, BURSTY, ORDINARY)] == [
        Kind.LARGE,
        Kind.BURSTY,
        Kind.ORDINARY,
    ]


def test_a_month_is_in_order():
    """Whoever replays it moves the time forward only."""
    moments = [when(event) for event in ORDINARY.month(DAYS)]
    assert moments == sorted(moments)
    assert moments[0] >= FIRST - timedelta(days=1)


def test_colleagues_answer_within_their_hours():
    """Nobody of ours writes at night or on a weekend, wherever their customers are."""
    events = LARGE.month(DAYS)
    ours = [one for one in events if isinstance(one, MessagePosted) and one.author.team == HOME]
    assert ours
    assert all(LARGE.hours.is_open(when(event)) for event in ours)


def test_customers_write_less_at_weekends():
    """On a Sunday there are a few requests, on a Monday many."""
    days = [when(event).weekday() for event in asked(LARGE)]
    assert 0 < days.count(6) < days.count(0) / 4


def test_one_workspace_is_a_hundred_times_larger():
    """It has about a hundred times the requests of all the others on average."""
    others = [len(asked(Workspace(number))) for number in range(21, 41) if number != 25]
    assert 60 < len(asked(LARGE)) / (sum(others) / len(others)) < 140


def test_many_write_at_once_where_there_are_bursts():
    """A breakdown brings dozens of requests within a quarter of an hour."""
    moments = [when(event) for event in asked(BURSTY, 31)]
    quarter = timedelta(minutes=15)
    most = max(sum(at <= one <= at + quarter for one in moments) for at in moments)
    assert AT_ONCE <= most < 2 * AT_ONCE


def test_slack_puts_off_what_goes_beyond_a_methods_limit():
    """Who edits too often within a minute is told how long to wait, and is served after that."""
    clock = Clock(FIRST)
    slack = Slack(clock)
    for _ in range(A_MINUTE["chat.update"]):
        slack.chat_update(channel="C1", ts="1.0", text="x")
    with pytest.raises(SlackApiError) as refused:
        slack.chat_update(channel="C1", ts="1.0", text="x")
    assert refused.value.response.status_code == 429
    clock.at += timedelta(seconds=int(refused.value.response.headers["Retry-After"]))
    slack.chat_update(channel="C1", ts="1.0", text="x")


def test_slack_takes_one_message_a_second_for_a_channel():
    """A few at once are let through, the next is put off; other channels do not suffer."""
    slack = Slack(Clock(FIRST))
    for _ in range(3):
        slack.chat_postMessage(channel="C1", text="x")
    with pytest.raises(SlackApiError):
        slack.chat_postMessage(channel="C1", text="x")
    slack.chat_postMessage(channel="C2", text="x")


def test_a_replay_takes_in_everything_and_sends_all_nudges():
    """At its end nothing waits to be sent, and no nudge was late by more than seconds."""
    events = BURSTY.month(DAYS)
    replay = Replay(BURSTY)
    tally = replay.run(events)
    assert len(tally.events) == len(events)
    assert not replay.store.outbox()
    assert replay.store.touched(FIRST, 9999)
    assert tally.late
    assert 0 <= min(tally.late) <= max(tally.late) < 60
    assert tally.calls["chat.postMessage"] >= len(set(tally.late))
