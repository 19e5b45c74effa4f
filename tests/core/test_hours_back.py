"""Business hours, counted back from when something is due, and the ends of business days."""

from datetime import timedelta
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.hours import Hours
from tests.core.test_hours import NIGHT, SPLIT, anyone, lengths, moments
from tests.make import OFFICE, at, hours, lasting

INSTANT = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("week", "end", "length", "start"),
    [
        (OFFICE, "Mon 15:00", "1h", "Mon 14:00"),
        (OFFICE, "Mon 17:00", "1h", "Mon 16:00"),
        (OFFICE, "Mon 17:00", "8h", "Mon 09:00"),
        (OFFICE, "Tue 09:00", "1h", "Mon 16:00"),
        (OFFICE, "Tue 09:30", "1h", "Mon 16:30"),
        (OFFICE, "Tue 03:00", "1h", "Mon 16:00"),
        (OFFICE, "next Mon 09:30", "1h", "Fri 16:30"),
        (OFFICE, "Sun 12:00", "9h", "Thu 16:00"),
        (OFFICE, "Mon 12:00", "0s", "Mon 12:00"),
        (OFFICE, "Sat 12:00", "0s", "Fri 17:00"),
        (SPLIT, "Mon 13:30", "1h", "Mon 11:30"),
        (NIGHT, "Tue 01:00", "2h", "Mon 23:00"),
        ("always", "Sun 00:30", "1h", "Sat 23:30"),
    ],
)
def test_business_time_before(week, end, length, start):
    """So much business time is left from that moment on."""
    duration = timedelta(0) if length == "0s" else lasting(length)
    assert hours(week).before(at(end), duration) == at(start)


@given(anyone, moments, lengths)
def test_as_much_is_left_as_was_asked_for(ours: Hours, end, length):
    """Between that moment and the end lies that length, and it begins while somebody works."""
    start = ours.before(end, length)
    assert start <= end
    assert ours.elapsed(start, end) == length
    assert ours.covers(start)


@given(anyone, moments, st.timedeltas(timedelta(seconds=1), timedelta(hours=60)))
def test_before_undoes_adding(ours: Hours, start, length):
    """Counting back from what was added returns to the start, or to the opening after it."""
    there = ours.add(start, length)
    back = ours.before(there, length)
    assert ours.next_opening(back) == ours.next_opening(start)
    assert ours.add(back, length) == there


@pytest.mark.parametrize(
    ("moment", "covered"),
    [
        ("Mon 08:59", False),
        ("Mon 09:00", True),
        ("Mon 12:00", True),
        ("Mon 17:00", True),
        ("Mon 17:00:01", False),
        ("Sat 12:00", False),
    ],
)
def test_what_can_be_due(moment, covered):
    """Anything from opening time to closing time, both included."""
    assert hours().covers(at(moment)) is covered


@pytest.mark.parametrize(
    ("week", "now", "ends"),
    [
        (OFFICE, "Mon 10:00", ["Mon 17:00", "Tue 17:00", "Wed 17:00"]),
        (OFFICE, "Fri 18:00", ["Fri 17:00", "next Mon 17:00", "next Tue 17:00"]),
        (OFFICE, "Sat 12:00", ["next Mon 17:00", "next Tue 17:00", "next Wed 17:00"]),
        (SPLIT, "Mon 10:00", ["Mon 17:00", "Tue 17:00", "Wed 17:00"]),
        (NIGHT, "Mon 10:00", ["Tue 00:00", "Tue 06:00", "next Tue 00:00"]),
        ("always", "Mon 10:00", ["Tue 00:00", "Wed 00:00", "Thu 00:00"]),
        ("Mon 09:00-12:00 22:00-24:00, Tue 09:00-17:00", "Mon 10:00", ["Tue 00:00", "Tue 17:00"]),
    ],
)
def test_the_ends_of_business_days(week, now, ends):
    """Each day on which somebody works ends once, when its last hours end."""
    assert list(islice(hours(week).closings(at(now)), len(ends))) == [at(end) for end in ends]


@given(anyone, moments)
def test_every_business_day_ends(ours: Hours, now):
    """The ends rise, each can be due, and between two of them lies one local day or more."""
    ends = list(islice(ours.closings(now), 4))
    assert ends == sorted(set(ends))
    assert all(ours.covers(end) for end in ends)
    days = [(end - INSTANT).astimezone(ours.zone).date() for end in ends]
    assert days == sorted(set(days))
    assert days[0] >= now.astimezone(ours.zone).date()
