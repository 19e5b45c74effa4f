"""Business hours: every clock and calendar that people live by."""

import os
import re
import time as machine
from datetime import UTC, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.hours import Hours, describe, parse_duration, parse_week
from bot.core.targets import Duration
from tests.make import OFFICE, at, hours, lasting

SPLIT = "Mon-Fri 09:00-12:00 13:00-17:00"
NIGHT = "Mon 22:00-24:00, Tue 00:00-06:00"


@pytest.mark.parametrize(
    ("week", "zone", "holidays", "start", "length", "end"),
    [
        # within a day, and over its end
        (OFFICE, "UTC", (), "Mon 10:00", "30m", "Mon 10:30"),
        (OFFICE, "UTC", (), "Mon 16:45", "30m", "Tue 09:15"),
        (OFFICE, "UTC", (), "Mon 16:30", "30m", "Tue 09:00"),
        (OFFICE, "UTC", (), "Mon 17:00", "1s", "Tue 09:00:01"),
        (OFFICE, "UTC", (), "Mon 16:59", "59s", "Mon 16:59:59"),
        (OFFICE, "UTC", (), "Mon 09:00", "24h", "Thu 09:00"),
        # before opening, at night, over the weekend
        (OFFICE, "UTC", (), "Mon 07:00", "30m", "Mon 09:30"),
        (OFFICE, "UTC", (), "Mon 23:00", "30m", "Tue 09:30"),
        (OFFICE, "UTC", (), "Fri 16:45", "30m", "next Mon 09:15"),
        (OFFICE, "UTC", (), "Sat 12:00", "30m", "next Mon 09:30"),
        (OFFICE, "UTC", (), "Sun 23:59", "8h", "next Tue 09:00"),
        # holidays
        (OFFICE, "UTC", ("2026-03-03",), "Mon 16:45", "30m", "Wed 09:15"),
        (OFFICE, "UTC", ("2026-03-06", "2026-03-09"), "Thu 16:45", "30m", "next Tue 09:15"),
        (OFFICE, "UTC", ("2026-03-02",), "Mon 10:00", "30m", "Tue 09:30"),
        # several spans a day, and spans that meet
        (SPLIT, "UTC", (), "Mon 11:45", "30m", "Mon 13:15"),
        (SPLIT, "UTC", (), "Mon 12:30", "30m", "Mon 13:30"),
        (SPLIT, "UTC", (), "Mon 11:30", "30m", "Mon 13:00"),
        (NIGHT, "UTC", (), "Mon 23:00", "2h", "Tue 01:00"),
        (NIGHT, "UTC", (), "Tue 05:00", "1h", "next Mon 22:00"),
        ("Sat-Mon 10:00-11:00", "UTC", (), "Sat 10:30", "1h", "Sun 10:30"),
        # always
        ("always", "UTC", (), "Sat 23:30", "1h", "Sun 00:30"),
        ("always", "UTC", (), "Mon 10:00", "72h", "Thu 10:00"),
        # ends of months and years, and a leap day
        (OFFICE, "UTC", (), "2026-03-31 16:30", "1h", "2026-04-01 09:30"),
        (OFFICE, "UTC", (), "2026-12-31 16:30", "1h", "2027-01-01 09:30"),
        (OFFICE, "UTC", (), "2028-02-28 16:30", "1h", "2028-02-29 09:30"),
        (OFFICE, "UTC", (), "2028-02-29 16:30", "1h", "2028-03-01 09:30"),
        (OFFICE, "UTC", (), "2027-02-26 16:30", "1h", "2027-03-01 09:30"),
        # other zones: another day there, and half hours
        (OFFICE, "America/New_York", (), "Mon 10:00", "1h", "Mon 15:00"),
        (OFFICE, "Asia/Kolkata", (), "Mon 03:30", "1h", "Mon 04:30"),
        (OFFICE, "Pacific/Auckland", (), "Sun 19:00", "1h", "Sun 21:00"),
        # clocks go forward on 29 March 2026 and back on 25 October 2026 in Berlin
        (OFFICE, "Europe/Berlin", (), "2026-03-27 15:30", "1h", "2026-03-30 07:30"),
        (OFFICE, "Europe/Berlin", (), "2026-10-23 14:30", "1h", "2026-10-26 08:30"),
        ("Sun 01:00-04:00", "Europe/Berlin", (), "2026-03-29 00:00", "90m", "2026-03-29 01:30"),
        ("Sun 01:00-04:00", "Europe/Berlin", (), "2026-03-29 00:00", "2h", "2026-04-04 23:00"),
        ("Sun 01:00-04:00", "Europe/Berlin", (), "2026-10-24 23:00", "3h30m", "2026-10-25 02:30"),
        ("always", "Europe/Berlin", (), "2026-03-28 12:00", "24h", "2026-03-29 12:00"),
        # in Santiago, midnight itself is skipped
        ("always", "America/Santiago", (), "2026-09-06 03:00", "2h", "2026-09-06 05:00"),
    ],
)
def test_business_time_is_added(week, zone, holidays, start, length, end):
    """So much business time after the start is the end, and back again it is the same length."""
    ours = hours(week, zone, holidays)
    assert ours.add(at(start), lasting(length)) == at(end)
    assert ours.elapsed(at(start), at(end)) == lasting(length)


@pytest.mark.parametrize(
    ("start", "end", "passed"),
    [
        ("Mon 10:00", "Mon 10:00", "0h"),
        ("Mon 17:00", "Tue 09:00", "0h"),
        ("Fri 17:00", "next Mon 09:00", "0h"),
        ("Fri 12:00", "next Mon 12:00", "8h"),
        ("Mon 00:00", "next Mon 00:00", "40h"),
        ("Mon 08:00", "Mon 18:00", "8h"),
        ("Tue 12:00", "Mon 12:00", "0h"),
        ("2028-02-28 09:00", "2028-03-01 09:00", "16h"),
    ],
)
def test_business_time_is_counted(start, end, passed):
    """Only the hours of business between two moments count."""
    expected = timedelta(hours=int(passed.removesuffix("h")))
    assert hours().elapsed(at(start), at(end)) == expected


@pytest.mark.parametrize(
    ("week", "now", "opening"),
    [
        (OFFICE, "Mon 08:59:59", "Mon 09:00"),
        (OFFICE, "Mon 09:00", "Mon 09:00"),
        (OFFICE, "Mon 16:59:59", "Mon 16:59:59"),
        (OFFICE, "Mon 17:00", "Tue 09:00"),
        (OFFICE, "Fri 17:00", "next Mon 09:00"),
        (OFFICE, "Sat 10:00", "next Mon 09:00"),
        (SPLIT, "Mon 12:00", "Mon 13:00"),
        (SPLIT, "Mon 11:59:59", "Mon 11:59:59"),
        (NIGHT, "Mon 23:59:59", "Mon 23:59:59"),
        (NIGHT, "Tue 00:00", "Tue 00:00"),
        (NIGHT, "Tue 06:00", "next Mon 22:00"),
        ("always", "Sun 03:00", "Sun 03:00"),
    ],
)
def test_the_next_opening(week, now, opening):
    """It is this very moment while open, and else the next moment of opening."""
    ours = hours(week)
    assert ours.next_opening(at(now)) == at(opening)
    assert ours.is_open(at(now)) == (now == opening)


def test_holidays_are_closed():
    """Nobody works on a holiday, as the team's own calendar counts days."""
    ours = hours(OFFICE, "Pacific/Auckland", ("2026-03-03",))
    assert ours.is_open(at("Tue 10:00", "Pacific/Auckland")) is False
    assert ours.is_open(at("Tue 10:00")) is False  # it is 23:00 there
    assert ours.is_open(at("Mon 10:00", "Pacific/Auckland"))
    assert ours.next_opening(at("Mon 18:00", "Pacific/Auckland")) == at(
        "Wed 09:00", "Pacific/Auckland"
    )


@pytest.mark.parametrize(
    ("week", "text", "length"),
    [
        (OFFICE, "2d", "16h"),
        (OFFICE, "1d30m", "8h30m"),
        (SPLIT, "1d", "7h"),
        ("always", "1d", "24h"),
        ("Mon-Thu 09:00-17:00, Fri 09:00-13:00", "5d", "36h"),
        (OFFICE, "0.5d", "4h"),
    ],
)
def test_a_day_is_a_business_day(week, text, length):
    """A duration in days counts days as long as this team's are."""
    assert hours(week).length(parse_duration(text)) == lasting(length)


def test_half_a_duration():
    """Half of days and hours is half of both."""
    assert parse_duration("1d3h").half() == Duration(days=0.5, seconds=5400)


def test_a_wait_of_many_years():
    """Who looks ten years back and more still counts ten years at least."""
    passed = hours("always").elapsed(at("2026-01-01 00:00"), at("2046-01-01 00:00"))
    assert passed >= timedelta(days=3652)


@pytest.mark.parametrize(
    ("text", "open_at", "closed_at"),
    [
        ("Mon-Fri 09:00-17:00", ["Mon 09:00", "Fri 16:59"], ["Sat 10:00", "Mon 17:00"]),
        ("mon-fri 9:00 - 17:00", ["Mon 09:00", "Fri 16:59"], ["Sat 10:00", "Mon 17:00"]),
        ("Monday - Friday 09:00-17:00", ["Mon 09:00", "Fri 16:59"], ["Sat 10:00"]),
        ("Mon-Thu 9:00-17:00, Fri 9:00-15:00", ["Thu 16:00", "Fri 14:59"], ["Fri 15:00"]),
        ("Sat-Mon 10:00-11:00", ["Sat 10:00", "Sun 10:00", "Mon 10:00"], ["Tue 10:00"]),
        ("Mon 13:00-17:00 09:00-12:00", ["Mon 09:00", "Mon 13:00"], ["Mon 12:30"]),
        ("Mon 9:00-12:00, Mon 12:00-17:00", ["Mon 11:59", "Mon 12:00"], ["Mon 17:00"]),
        ("Wed 00:00-24:00", ["Wed 00:00", "Wed 23:59:59"], ["Tue 23:59", "Thu 00:00"]),
        (" ALWAYS ", ["Sun 00:00", "Sun 23:59:59"], []),
    ],
)
def test_hours_as_people_write_them(text, open_at, closed_at):
    """Names of days in full or in short, one or several spans, and weeks that wrap are read."""
    ours = hours(text)
    assert all(ours.is_open(at(moment)) for moment in open_at)
    assert not any(ours.is_open(at(moment)) for moment in closed_at)


@pytest.mark.parametrize(
    ("text", "cure"),
    [
        ("", 'write for example "Mon-Fri 09:00-17:00"'),
        ("9-5", 'write for example "Mon-Fri 09:00-17:00"'),
        ("Mon-Fri", "is not clear at 'Mon-Fri'; write"),
        ("Mon-Fri 9-17", "is not clear at 'Mon-Fri 9-17'; write"),
        ("Mon-Fri 09:00-17:00,", "is not clear at ''; write"),
        ("Mon-Fri 09:00-17:00, Sam 10:00-12:00", "is not clear at 'sam-sam'; write"),
        ("Foo-Fri 09:00-17:00", "is not clear at 'foo-fri'; write"),
        ("Mon 09:00-25:00", "is not clear at '09:00-25:00'; write"),
        ("Mon 09:61-17:00", "is not clear at '09:61-17:00'; write"),
        ("Mon 17:00-09:00", "closes before it opens; write hours past midnight as two days"),
        ("Mon 09:00-09:00", '"Mon 22:00-24:00, Tue 00:00-06:00"'),
        ("Mon 09:00-12:00 11:00-17:00", "overlap; list each hour of a day once"),
        ("Mon-Fri 09:00-17:00, Wed 10:00-11:00", "overlap; list each hour of a day once"),
        ("Mon 22:00-24:00 23:00-23:30", "overlap; list each hour of a day once"),
    ],
)
def test_unclear_hours_are_refused(text, cure):
    """What cannot be read, or contradicts itself, is refused with how to write it."""
    with pytest.raises(ValueError, match=re.escape(cure)):
        parse_week(text)


@pytest.mark.parametrize(
    ("text", "days", "seconds", "words"),
    [
        ("90s", 0, 90, "1 min 30 s"),
        ("30m", 0, 1800, "30 min"),
        ("2h", 0, 7200, "2 h"),
        ("1h30m", 0, 5400, "1 h 30 min"),
        (" 1 H 30 M ", 0, 5400, "1 h 30 min"),
        ("1.5h", 0, 5400, "1 h 30 min"),
        ("1d", 1, 0, "1 business day"),
        ("2d", 2, 0, "2 business days"),
        ("0.5d", 0.5, 0, "0.5 business days"),
        ("1d2h3m4s", 1, 7384, "1 business day 2 h 3 min 4 s"),
        ("365d", 365, 0, "365 business days"),
    ],
)
def test_durations(text, days, seconds, words):
    """Durations are read as people write them and said as people say them."""
    assert parse_duration(text) == Duration(days=days, seconds=seconds)
    assert describe(parse_duration(text)) == words


@pytest.mark.parametrize(
    ("text", "cure"),
    [
        ("", "write for example 90s, 30m, 2h or 1d"),
        ("30", "write for example 90s, 30m, 2h or 1d"),
        ("30 minutes", "write for example 90s, 30m, 2h or 1d"),
        ("half an hour", "write for example 90s, 30m, 2h or 1d"),
        ("-30m", "write for example 90s, 30m, 2h or 1d"),
        ("1w", "write for example 90s, 30m, 2h or 1d"),
        ("0s", "must be more than nothing and at most a year"),
        ("0d", "must be more than nothing and at most a year"),
        ("366d", "must be more than nothing and at most a year"),
        ("9999h", "must be more than nothing and at most a year"),
    ],
)
def test_unclear_durations_are_refused(text, cure):
    """What is no duration, none at all, or beyond measure is refused with how to write it."""
    with pytest.raises(ValueError, match=f"{text!r} .*{cure}"):
        parse_duration(text)


WEEKS = (
    "always",
    OFFICE,
    SPLIT,
    NIGHT,
    "Sat-Mon 10:00-11:00",
    "Sun 01:00-04:00",
    "Mon-Sun 00:00-24:00",
)
ZONES = (
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "America/Santiago",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
)
HOLIDAYS = ((), ("2026-03-03",), ("2026-12-24", "2026-12-25", "2027-01-01"))
CALENDARS = [hours(week, zone, days) for week in WEEKS for zone in ZONES for days in HOLIDAYS]

anyone = st.sampled_from(CALENDARS)
moments = st.timedeltas(timedelta(0), timedelta(days=1000)).map(at("2026-01-01 00:00").__add__)
lengths = st.timedeltas(timedelta(0), timedelta(hours=60))


@given(anyone, moments, lengths)
def test_adding_ends_within_hours(ours: Hours, start, length):
    """Whatever is added, it ends while somebody works."""
    assert ours.is_open(ours.add(start, length))


@given(anyone, moments, lengths, lengths)
def test_adding_more_ends_later(ours: Hours, start, length, more):
    """More business time never ends earlier, and any at all ends later than none."""
    assert ours.add(start, length) <= ours.add(start, length + more)
    assert ours.add(start, timedelta(0)) == ours.next_opening(start)


@given(anyone, moments, st.timedeltas(timedelta(0), timedelta(days=9)), lengths)
def test_starting_later_ends_later(ours: Hours, start, delay, length):
    """Who starts later never ends earlier."""
    assert ours.add(start, length) <= ours.add(start + delay, length)


@given(anyone, moments, lengths)
def test_what_was_added_has_passed(ours: Hours, start, length):
    """Counting returns what was added."""
    assert ours.elapsed(start, ours.add(start, length)) == length


@given(anyone, moments, lengths, lengths)
def test_adding_in_two_steps(ours: Hours, start, first, second):
    """Two lengths one after the other are their sum."""
    assert ours.add(ours.add(start, first), second) == ours.add(start, first + second)


@given(anyone, moments, st.timedeltas(timedelta(0), timedelta(days=40)))
def test_open_time_is_counted(ours: Hours, start, length):
    """No more passes than the clock shows, and nothing until the next opening."""
    end = start + length
    assert timedelta(0) <= ours.elapsed(start, end) <= length
    assert ours.elapsed(start, ours.next_opening(start)) == timedelta(0)


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/Los_Angeles"])
def test_the_zone_of_the_machine_does_not_matter(zone, monkeypatch):
    """A server anywhere in the world counts the same hours."""
    with monkeypatch.context() as there:
        there.setitem(os.environ, "TZ", zone)
        machine.tzset()
        ours = hours(OFFICE, "Europe/Berlin")
        due = ours.add(at("2026-03-27 15:30"), timedelta(hours=1))
    machine.tzset()
    assert due == at("2026-03-30 07:30")
    assert due.tzinfo is UTC
