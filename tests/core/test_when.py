"""Which instant words about time mean, given when and where they are said."""

import os
import time as clock
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.when import Precision, read_due

BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")
LONDON = ZoneInfo("Europe/London")
KOLKATA = ZoneInfo("Asia/Kolkata")
WEDNESDAY = datetime(2026, 3, 4, 10, 0, tzinfo=BERLIN)


def local(words: str, said_at: datetime, zone: ZoneInfo = BERLIN) -> str | None:
    """Return when that is due, as a clock on the speaker's wall would show it."""
    due = read_due(words, said_at, zone)
    return f"{due.at.astimezone(zone):%a %Y-%m-%d %H:%M}" if due else None


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("today", "Wed 2026-03-04 17:00"),
        ("later today", "Wed 2026-03-04 17:00"),
        ("EOD", "Wed 2026-03-04 17:00"),
        ("by C.O.B.", "Wed 2026-03-04 17:00"),
        ("by the end of the day", "Wed 2026-03-04 17:00"),
        ("by close of business", "Wed 2026-03-04 17:00"),
        ("within the day", "Wed 2026-03-04 17:00"),
        ("this morning", "Wed 2026-03-04 12:00"),
        ("before lunch", "Wed 2026-03-04 12:00"),
        ("by noon", "Wed 2026-03-04 12:00"),
        ("after lunch", "Wed 2026-03-04 17:00"),
        ("this afternoon", "Wed 2026-03-04 17:00"),
        ("this arvo", "Wed 2026-03-04 17:00"),
        ("this evening", "Wed 2026-03-04 21:00"),
        ("tonight", "Wed 2026-03-04 21:00"),
        ("by midnight", "Wed 2026-03-04 23:59"),
        ("in the morning", "Thu 2026-03-05 12:00"),
        ("tomorrow", "Thu 2026-03-05 17:00"),
        ("tmrw", "Thu 2026-03-05 17:00"),
        ("tomorrow's build", "Thu 2026-03-05 17:00"),
        ("tomorrow morning", "Thu 2026-03-05 12:00"),
        ("tomorrow night", "Thu 2026-03-05 21:00"),
        ("first thing", "Thu 2026-03-05 09:00"),
        ("first thing tomorrow morning", "Thu 2026-03-05 09:00"),
        ("first thing on Monday", "Mon 2026-03-09 09:00"),
        ("EOD tomorrow", "Thu 2026-03-05 17:00"),
        ("the day after tomorrow", "Fri 2026-03-06 17:00"),
    ],
)
def test_days_and_their_parts(words, due):
    """A day ends when the business closes; its parts end at noon, five and nine."""
    assert local(words, WEDNESDAY) == due


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("by Friday", "Fri 2026-03-06 17:00"),
        ("on Tues", "Tue 2026-03-10 17:00"),
        ("by wed", "Wed 2026-03-11 17:00"),
        ("this Friday", "Fri 2026-03-06 17:00"),
        ("this coming Monday", "Mon 2026-03-09 17:00"),
        ("this Wednesday", "Wed 2026-03-04 17:00"),
        ("next Friday", "Fri 2026-03-13 17:00"),
        ("next Tuesday", "Tue 2026-03-10 17:00"),
        ("Tuesday next week", "Tue 2026-03-10 17:00"),
        ("next week on Thursday", "Thu 2026-03-12 17:00"),
        ("Friday morning", "Fri 2026-03-06 12:00"),
        ("before Monday", "Fri 2026-03-06 17:00"),
        ("before Thursday", "Wed 2026-03-04 17:00"),
        ("before next week", "Fri 2026-03-06 17:00"),
        ("before the weekend", "Fri 2026-03-06 17:00"),
        ("before the end of the week", "Fri 2026-03-06 17:00"),
        ("before the end of March", "Tue 2026-03-31 17:00"),
        ("this week", "Fri 2026-03-06 17:00"),
        ("later this week", "Fri 2026-03-06 17:00"),
        ("early this week", "Wed 2026-03-04 17:00"),
        ("EOW", "Fri 2026-03-06 17:00"),
        ("end of week", "Fri 2026-03-06 17:00"),
        ("within the week", "Fri 2026-03-06 17:00"),
        ("over the weekend", "Sun 2026-03-08 17:00"),
        ("next weekend", "Sun 2026-03-15 17:00"),
        ("next week", "Fri 2026-03-13 17:00"),
        ("early next week", "Tue 2026-03-10 17:00"),
        ("mid next week", "Wed 2026-03-11 17:00"),
        ("by the end of next week", "Fri 2026-03-13 17:00"),
        ("this month", "Tue 2026-03-31 17:00"),
        ("within the month", "Tue 2026-03-31 17:00"),
        ("end of month", "Tue 2026-03-31 17:00"),
        ("next month", "Thu 2026-04-30 17:00"),
        ("early next month", "Fri 2026-04-10 17:00"),
        ("mid April", "Wed 2026-04-15 17:00"),
        ("in June", "Tue 2026-06-30 17:00"),
        ("in February", "Sun 2027-02-28 17:00"),
        ("by end of Q2", "Tue 2026-06-30 17:00"),
        ("in Q1 2027", "Wed 2027-03-31 17:00"),
        ("this quarter", "Tue 2026-03-31 17:00"),
        ("end of the year", "Thu 2026-12-31 17:00"),
        ("EOY", "Thu 2026-12-31 17:00"),
    ],
)
def test_weekdays_weeks_and_months(words, due):
    """A weekday is the next one, a week ends with its Friday, a month with its last day."""
    assert local(words, WEDNESDAY) == due


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("in 10 min", "Wed 2026-03-04 10:10"),
        ("give me ten minutes", "Wed 2026-03-04 10:10"),
        ("in half an hour", "Wed 2026-03-04 10:30"),
        ("in 1.5 hours", "Wed 2026-03-04 11:30"),
        ("in an hour and a half", "Wed 2026-03-04 11:30"),
        ("in an hour or two", "Wed 2026-03-04 12:00"),
        ("within the hour", "Wed 2026-03-04 11:00"),
        ("in the next hour", "Wed 2026-03-04 11:00"),
        ("in about two hours", "Wed 2026-03-04 12:00"),
        ("two hours from now", "Wed 2026-03-04 12:00"),
        ("in two hours, at noon", "Wed 2026-03-04 12:00"),
        ("2h", "Wed 2026-03-04 12:00"),
        ("within 24-48 hours", "Fri 2026-03-06 10:00"),
        ("ETA 1 day", "Thu 2026-03-05 17:00"),
        ("in a couple of days", "Fri 2026-03-06 17:00"),
        ("in the next few days", "Sat 2026-03-07 17:00"),
        ("over the coming days", "Sat 2026-03-07 17:00"),
        ("over the next day or two", "Fri 2026-03-06 17:00"),
        ("in 3 business days", "Mon 2026-03-09 17:00"),
        ("in 5-7 business days", "Fri 2026-03-13 17:00"),
        ("within a week", "Wed 2026-03-11 17:00"),
        ("in two weeks' time", "Wed 2026-03-18 17:00"),
        ("1 to 2 weeks", "Wed 2026-03-18 17:00"),
        ("over the next week", "Wed 2026-03-11 17:00"),
        ("in 3 months", "Thu 2026-06-04 17:00"),
    ],
)
def test_lengths_of_time(words, due):
    """Minutes and hours are exact; days and weeks end with the last one's business hours."""
    assert local(words, WEDNESDAY) == due


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("3pm", "Wed 2026-03-04 15:00"),
        ("9am", "Thu 2026-03-05 09:00"),
        ("at 3.30 p.m.", "Wed 2026-03-04 15:30"),
        ("12am", "Thu 2026-03-05 00:00"),
        ("by 15:45", "Wed 2026-03-04 15:45"),
        ("by 24:00 today", "Wed 2026-03-04 23:59"),
        ("at 3", "Wed 2026-03-04 15:00"),
        ("by 11", "Wed 2026-03-04 11:00"),
        ("by 9", "Wed 2026-03-04 21:00"),
        ("by 4:30", "Wed 2026-03-04 16:30"),
        ("five o'clock", "Wed 2026-03-04 17:00"),
        ("half past two", "Wed 2026-03-04 14:30"),
        ("at half two", "Wed 2026-03-04 14:30"),
        ("quarter to four", "Wed 2026-03-04 15:45"),
        ("twenty past 4", "Wed 2026-03-04 16:20"),
        ("tomorrow at 9", "Thu 2026-03-05 09:00"),
        ("tonight at 8", "Wed 2026-03-04 20:00"),
        ("tomorrow morning by 6", "Thu 2026-03-05 06:00"),
        ("Friday by 3pm", "Fri 2026-03-06 15:00"),
        ("5pm on Friday", "Fri 2026-03-06 17:00"),
        ("Thursday afternoon, 1pm", "Thu 2026-03-05 13:00"),
    ],
)
def test_clock_times(words, due):
    """A clock time is exact; an hour without am or pm is the likelier of the two."""
    assert local(words, WEDNESDAY) == due


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("March 12", "Thu 2026-03-12 17:00"),
        ("12th of March at 2pm", "Thu 2026-03-12 14:00"),
        ("Friday, March 13th", "Fri 2026-03-13 17:00"),
        ("Friday the 13th", "Fri 2026-03-13 17:00"),
        ("Jan 3", "Sun 2027-01-03 17:00"),
        ("1 May 2027", "Sat 2027-05-01 17:00"),
        ("2026-12-24", "Thu 2026-12-24 17:00"),
        ("by the 14th", "Sat 2026-03-14 17:00"),
        ("by the 3rd", "Fri 2026-04-03 17:00"),
        ("on the 31st of next month", "Sun 2026-05-31 17:00"),
        ("on 10/4", "Fri 2026-04-10 17:00"),
        ("3/4", "Fri 2026-04-03 17:00"),
    ],
)
def test_dates(words, due):
    """A written date is the next one of that name."""
    assert local(words, WEDNESDAY) == due


def test_months_go_first_in_america():
    """Whoever writes from New York means the tenth of April by 4/10."""
    said_at = WEDNESDAY.astimezone(NEW_YORK)
    assert local("by 4/10", said_at, NEW_YORK) == "Fri 2026-04-10 17:00"
    assert local("by 4/10", WEDNESDAY) == "Sun 2026-10-04 17:00"


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("today or tomorrow", "Thu 2026-03-05 17:00"),
        ("tonight or tomorrow", "Thu 2026-03-05 17:00"),
        ("Thursday/Friday", "Fri 2026-03-06 17:00"),
        ("Friday or Monday", "Mon 2026-03-09 17:00"),
        ("between 2pm and 4pm", "Wed 2026-03-04 16:00"),
        ("tomorrow, Friday at the latest", "Thu 2026-03-05 17:00"),
    ],
)
def test_of_a_range_the_later_end_counts(words, due):
    """Whoever says today or tomorrow is not late before tomorrow."""
    assert local(words, WEDNESDAY) == due


@pytest.mark.parametrize(
    ("words", "at"),
    [
        ("3pm PST", "23:00"),
        ("3pm PT", "23:00"),
        ("3 pm (Eastern time)", "20:00"),
        ("15:00 UTC", "15:00"),
        ("3:00 UTC", "03:00"),
        ("15:00 GMT+2", "13:00"),
        ("15:00 UTC-03:30", "18:30"),
        ("15:00 UTC+99", "14:00"),
        ("15:00 CET", "14:00"),
        ("3pm Tokyo time", "06:00"),
        ("15:00 in UTC", "15:00"),
        ("15:00 IST", "09:30"),
        ("EOD PST", "01:00"),
    ],
)
def test_a_zone_in_the_text_wins(words, at):
    """A time with a zone is of that zone, wherever it is said."""
    due = read_due(f"on Thursday {words}", WEDNESDAY, BERLIN)
    assert due
    assert f"{due.at:%H:%M}" == at


def test_an_abbreviation_means_the_speakers_own_zone():
    """IST is Israel's to somebody there, and India's to everybody else; PST follows the summer."""
    jerusalem = ZoneInfo("Asia/Jerusalem")
    assert local("15:00 IST", WEDNESDAY, jerusalem) == "Wed 2026-03-04 15:00"
    assert local("3pm PST", datetime(2026, 7, 1, 9, tzinfo=BERLIN)) == "Thu 2026-07-02 00:00"


@pytest.mark.parametrize(
    ("words", "said_at", "zone", "due"),
    [
        ("tomorrow 9am", "2026-03-28T18:00+01:00", BERLIN, "2026-03-29T07:00+00:00"),
        ("in 24 hours", "2026-03-28T18:00+01:00", BERLIN, "2026-03-29T17:00+00:00"),
        ("in 2 hours", "2026-03-29T00:30+01:00", BERLIN, "2026-03-29T01:30+00:00"),
        ("on Sunday at 2:30 am", "2026-03-27T12:00+01:00", BERLIN, "2026-03-29T01:30+00:00"),
        ("tomorrow 9am", "2026-10-24T18:00+02:00", BERLIN, "2026-10-25T08:00+00:00"),
        ("in 72 hours", "2026-10-24T18:00+02:00", BERLIN, "2026-10-27T16:00+00:00"),
        ("at 2:45 am", "2026-10-25T02:50+02:00", BERLIN, "2026-10-25T01:45+00:00"),
        ("next week", "2026-03-06T12:00-05:00", NEW_YORK, "2026-03-13T21:00+00:00"),
        ("tomorrow", "2026-10-31T12:00-04:00", NEW_YORK, "2026-11-01T22:00+00:00"),
        ("tomorrow", "2026-10-24T12:00+01:00", LONDON, "2026-10-25T17:00+00:00"),
        ("3pm", "2026-03-29T09:00+05:30", KOLKATA, "2026-03-29T09:30+00:00"),
    ],
)
def test_daylight_saving(words, said_at, zone, due):
    """A clock time follows the clocks as they change, a length of time does not."""
    found = read_due(words, datetime.fromisoformat(said_at), zone)
    assert found
    assert found.at == datetime.fromisoformat(due)


@pytest.mark.parametrize(
    ("words", "said_at", "due"),
    [
        ("by Friday", "2026-03-06 09:00", "Fri 2026-03-13 17:00"),
        ("this Friday", "2026-03-06 09:00", "Fri 2026-03-06 17:00"),
        ("next Friday", "2026-03-06 09:00", "Fri 2026-03-13 17:00"),
        ("before the weekend", "2026-03-06 09:00", "Fri 2026-03-06 17:00"),
        ("tomorrow", "2026-03-04 00:30", "Thu 2026-03-05 17:00"),
        ("in the morning", "2026-03-04 00:30", "Wed 2026-03-04 12:00"),
        ("EOD", "2026-03-04 17:30", "Wed 2026-03-04 23:59"),
        ("today", "2026-03-04 18:00", "Wed 2026-03-04 23:59"),
        ("this afternoon", "2026-03-04 18:00", "Wed 2026-03-04 23:59"),
        ("tonight", "2026-03-04 22:00", "Wed 2026-03-04 23:59"),
        ("today at 9", "2026-03-04 10:00", "Wed 2026-03-04 21:00"),
        ("3pm", "2026-03-04 16:00", "Thu 2026-03-05 15:00"),
        ("by noon", "2026-03-04 16:00", "Thu 2026-03-05 12:00"),
        ("this week", "2026-03-07 12:00", "Fri 2026-03-13 17:00"),
        ("this weekend", "2026-03-08 12:00", "Sun 2026-03-08 17:00"),
        ("next week", "2026-03-08 12:00", "Fri 2026-03-13 17:00"),
        ("before Monday", "2026-03-08 12:00", "Sun 2026-03-08 17:00"),
        ("tomorrow", "2026-02-28 12:00", "Sun 2026-03-01 17:00"),
        ("tomorrow", "2028-02-28 12:00", "Tue 2028-02-29 17:00"),
        ("in a month", "2026-01-31 12:00", "Sat 2026-02-28 17:00"),
        ("in a month", "2028-01-31 12:00", "Tue 2028-02-29 17:00"),
        ("end of February", "2028-01-31 12:00", "Tue 2028-02-29 17:00"),
        ("February 29th", "2026-03-04 12:00", "Tue 2028-02-29 17:00"),
        ("by the 31st", "2026-04-10 12:00", "Sun 2026-05-31 17:00"),
        ("tomorrow", "2026-12-31 12:00", "Fri 2027-01-01 17:00"),
        ("January 5", "2026-12-30 12:00", "Tue 2027-01-05 17:00"),
        ("next month", "2026-12-30 12:00", "Sun 2027-01-31 17:00"),
        ("next quarter", "2026-12-30 12:00", "Wed 2027-03-31 17:00"),
        ("in 2 business days", "2026-12-31 12:00", "Mon 2027-01-04 17:00"),
    ],
)
def test_edges_of_days_weeks_months_and_years(words, said_at, due):
    """Friday said on a Friday is the next one, and what has passed today is due by midnight."""
    assert local(words, datetime.fromisoformat(said_at).replace(tzinfo=BERLIN)) == due


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("tomorrow 3pm", "Thu 2026-03-05 15:00"),
        ("fri 15:00", "Fri 2026-03-06 15:00"),
        ("next tue", "Tue 2026-03-10 17:00"),
        ("2 days", "Fri 2026-03-06 17:00"),
        ("24 Dec", "Thu 2026-12-24 17:00"),
        ("2026-12-24 15:00", "Thu 2026-12-24 15:00"),
        ("2026-12-24T15:00", "Thu 2026-12-24 15:00"),
        ("12/24", "Thu 2026-12-24 17:00"),
        ("24.12.", "Thu 2026-12-24 17:00"),
        ("monday morning", "Mon 2026-03-09 12:00"),
        ("monday week", "Mon 2026-03-16 17:00"),
        ("half past four", "Wed 2026-03-04 16:30"),
        ("half four", "Wed 2026-03-04 16:30"),
        ("1500", "Wed 2026-03-04 15:00"),
        ("15h", "Wed 2026-03-04 15:00"),
        ("15h30", "Wed 2026-03-04 15:30"),
        ("17.30", "Wed 2026-03-04 17:30"),
        ("at 15", "Wed 2026-03-04 15:00"),
        ("tomorrow 1500 CET", "Thu 2026-03-05 15:00"),
        ("mon 9", "Mon 2026-03-09 09:00"),
        ("friday 3", "Fri 2026-03-06 15:00"),
        ("friday 3-4pm", "Fri 2026-03-06 16:00"),
        ("tomorrow am", "Thu 2026-03-05 12:00"),
        ("2h", "Wed 2026-03-04 12:00"),
        ("1w", "Wed 2026-03-11 17:00"),
        ("Acme wants 1500 seats by Friday", "Fri 2026-03-06 17:00"),
        ("today 09:00", None),
        ("3 March", None),
        ("2026-02-30", None),
        ("25:00", None),
        ("2030", None),
        ("3", None),
    ],
)
def test_typed_by_hand(words, due):
    """Where a time is asked for, people type it in their own way; a slip is asked about."""
    assert local(words, WEDNESDAY) == due


def test_the_closing_hour_is_the_channels():
    """Where the business closes at six, so does the day."""
    due = read_due("EOD", WEDNESDAY, BERLIN, time(18, 30))
    assert due
    assert due.at == datetime(2026, 3, 4, 17, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "precision"),
    [
        ("in 20 minutes", Precision.MINUTE),
        ("tomorrow 3pm", Precision.MINUTE),
        ("tonight", Precision.PART_OF_DAY),
        ("tomorrow morning", Precision.PART_OF_DAY),
        ("EOD Friday", Precision.DAY),
        ("early next week", Precision.DAY),
        ("next week", Precision.WEEK),
        ("in two weeks", Precision.WEEK),
        ("next month", Precision.MONTH),
    ],
)
def test_how_exact_it_is(words, precision):
    """It is kept how exactly the time was named."""
    due = read_due(words, WEDNESDAY, BERLIN)
    assert due
    assert due.precision is precision


def test_the_words_are_marked():
    """Whoever asks why is shown the words."""
    text = "Send Acme the İstanbul report by Friday 3pm, please"
    due = read_due(text, WEDNESDAY, BERLIN)
    assert due
    assert text[slice(*due.words)] == "Friday 3pm"


@pytest.mark.parametrize(
    "words",
    [
        "",
        "soon",
        "ASAP",
        "in a minute",
        "in a sec",
        "in the coming months",
        "every Friday",
        "last Friday",
        "since Monday",
        "2 days ago",
        "two weeks old",
        "24/7",
        "we may need a second one",
        "version 1.10.22",
        "at 3 sites",
        "the sun sat",
        "the week",
        "the month",
        "by the 39th",
        "March was long",
        "in 9999 months",
        "9999 weeks from now",
        "31 February",
        "by the 31st of February",
        "the end",
        "about 3/4 of all the messages that were sent",
        "2020-01-01",
        "> by Friday",
        "`tomorrow`",
        "https://example.com/2026-12-24",
        '"tomorrow"',
    ],
)
def test_what_names_no_time_ahead(words):
    """What is over, usual, vague, counted, quoted or code is no due time."""
    assert read_due(words, WEDNESDAY, BERLIN) is None


def test_the_calendar_ends():
    """Nothing is due after the last day of all."""
    assert read_due("in 3 months", datetime(9999, 12, 1, tzinfo=UTC), BERLIN) is None


WORDS = (
    *(
        "today",
        "tonight",
        "tomorrow",
        "next",
        "this",
        "week",
        "month",
        "Friday",
        "Mon",
        "EOD",
        "by",
    ),
    *("before", "in", "within", "2", "3pm", "12:30", "hours", "days", "or", "-", "the", "end of"),
    *(
        "CET",
        "UTC+3",
        "March",
        "31st",
        "29 Feb",
        "half",
        "past",
        "two",
        "first thing",
        "noon",
        "q3",
    ),
    *(
        "a few",
        "1-2",
        "business days",
        "weekend",
        "morning",
        "at",
        "/",
        ",",
        "9999",
        "24:00",
        "02:30",
    ),
)
TEXTS = st.one_of(st.text(), st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join))
ZONES = st.sampled_from(
    [
        *(BERLIN, NEW_YORK, LONDON, KOLKATA, ZoneInfo("UTC"), ZoneInfo("Pacific/Apia")),
        *(ZoneInfo("Australia/Lord_Howe"), ZoneInfo("Africa/Cairo"), ZoneInfo("America/Sao_Paulo")),
    ]
)
MOMENTS = st.integers(946_684_800, 4_102_444_800).map(lambda at: datetime.fromtimestamp(at, UTC))


@given(TEXTS, MOMENTS, ZONES)
def test_never_before_the_message(text, said_at, zone):
    """No words of the world are due before they are said, nor in years that nobody means."""
    due = read_due(text, said_at, zone)
    if due:
        assert said_at <= due.at < said_at + timedelta(days=5 * 366)
        assert due.at.tzinfo is UTC
        assert 0 <= due.words[0] < due.words[1] <= len(text)


@given(TEXTS, MOMENTS, ZONES)
def test_where_the_machine_stands_does_not_matter(text, said_at, zone):
    """A server in Tokyo reads what a server in Los Angeles reads."""
    before = os.environ.get("TZ")
    found = []
    try:
        for machine in ("Asia/Tokyo", "America/Los_Angeles"):
            os.environ["TZ"] = machine
            clock.tzset()
            found.append(read_due(text, said_at, zone))
    finally:
        os.environ.pop("TZ")
        if before is not None:
            os.environ["TZ"] = before
        clock.tzset()
    assert found[0] == found[1]


@given(MOMENTS, ZONES)
def test_more_time_is_never_less(said_at, zone):
    """What is asked in a longer time is not due sooner."""
    words = ["in 5 minutes", "in 2 hours", "tomorrow", "in 3 days", "in 2 weeks", "in 3 months"]
    found = [due.at for text in words if (due := read_due(text, said_at, zone))]
    assert found == sorted(found)
    assert len(found) == len(words)
