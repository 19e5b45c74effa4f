"""Times as their promisers mean them, and dates to give that can be kept."""

import pytest

from bot.core.model import Channel
from bot.core.outgoing import Note, NoteKind, Outgoing
from bot.core.policy import rules
from bot.core.reminders import keepable
from tests.make import ACME, OFFICE, Story, at, hours, person, policy


@pytest.mark.parametrize(
    ("now", "due", "dates"),
    [
        # no date at all: the ends of this day and the next, where there is an hour left
        ("Mon 10:00", "", ["Mon 17:00", "Tue 17:00"]),
        ("Mon 15:59", "", ["Mon 17:00", "Tue 17:00"]),
        ("Mon 16:00", "", ["Tue 17:00", "Thu 17:00"]),  # Wednesday is a holiday
        ("Mon 23:00", "", ["Tue 17:00", "Thu 17:00"]),
        ("Fri 16:30", "", ["next Mon 17:00", "next Tue 17:00"]),
        ("Sat 12:00", "", ["next Mon 17:00", "next Tue 17:00"]),
        # within the hours
        ("Mon 10:00", "Mon 10:30", []),
        ("Mon 10:00", "Tue 09:00", []),
        ("Mon 10:00", "Tue 17:00", []),
        # at night, at the weekend, on a holiday: the last moment before, and the end of the next
        ("Mon 10:00", "Mon 21:00", ["Mon 17:00", "Tue 17:00"]),
        ("Mon 10:00", "Mon 17:01", ["Mon 17:00", "Tue 17:00"]),
        ("Mon 10:00", "Tue 08:59", ["Mon 17:00", "Tue 17:00"]),
        ("Mon 10:00", "Sat 17:00", ["Fri 17:00", "next Mon 17:00"]),
        ("Mon 10:00", "Sun 17:00", ["Fri 17:00", "next Mon 17:00"]),
        ("Mon 10:00", "Wed 17:00", ["Tue 17:00", "Thu 17:00"]),
        # too late for the moment before
        ("Mon 16:30", "Mon 21:00", ["Tue 17:00", "Thu 17:00"]),
        ("Sat 10:00", "Sat 17:00", ["next Mon 17:00", "next Tue 17:00"]),
    ],
)
def test_dates_that_can_be_kept(now, due, dates):
    """Two business moments are proposed, an hour ahead at least, where none was named."""
    ours = rules(policy(hours=hours(holidays=("2026-03-04",))), Channel(id=ACME))
    assert keepable(at(due) if due else None, at(now), ours).dates == tuple(map(at, dates))


@pytest.mark.parametrize(
    ("due", "holiday"),
    [
        ("Wed 10:00", True),
        ("Wed 23:59", True),
        ("Tue 21:00", False),
        ("Thu 08:00", False),
        ("Thu 10:00", False),
        ("Sat 10:00", False),
        ("", False),
    ],
)
def test_a_holiday_is_told_from_the_night(due, holiday):
    """Whoever named it may not have known."""
    ours = rules(policy(hours=hours(holidays=("2026-03-04",))), Channel(id=ACME))
    assert keepable(at(due) if due else None, at("Mon 10:00"), ours).holiday == holiday


@pytest.mark.parametrize(
    ("week", "closing", "due", "dates"),
    [
        (OFFICE, "16:00", "", ["Mon 16:00", "Tue 16:00"]),
        (OFFICE, "20:00", "", ["Mon 17:00", "Tue 17:00"]),
        ("always", "", "", ["Mon 17:00", "Tue 17:00"]),
        ("always", "", "Sun 03:00", []),
        ("Mon-Fri 09:00-12:00 13:00-15:00", "", "", ["Mon 15:00", "Tue 15:00"]),
        ("Mon-Fri 09:00-12:00 13:00-15:00", "", "Tue 12:30", ["Tue 12:00", "Tue 15:00"]),
        ("Mon-Tue 22:00-24:00", "", "", ["Tue 00:00", "Wed 00:00"]),
    ],
)
def test_dates_by_the_hours_of_the_channel(week, closing, due, dates):
    """The closing hour counts where the day lasts as long as that, else the day's own end."""
    story = Story()
    story.sets(hours=week, closing=closing)
    promise = story.enters("ana", "send it", due)
    note = Note(kind=NoteKind.PROMISED, facts={"promises": promise.id})
    word = Outgoing(id="o", to=ACME, at=story.now, note=note)
    (line,) = story.cards.noted(word, story.now)
    assert line.instead.dates == tuple(map(at, dates))
    story.presses("ana", "Done", promise)
    assert story.cards.noted(word, story.now) == ()


def test_many_on_one_day():
    """What else is due on that day, as its promiser counts days, is said; what ended is not."""
    story = Story()
    story.desk.met(person("ana", zone="America/New_York"), story.now)
    times = ("Tue 05:00", "Tue 15:00", "Wed 04:59", "Wed 05:00", "Thu 12:00", "")
    made = [story.enters("ana", "do it", due, ts=f"{n}.0") for n, due in enumerate(times)]
    kept = story.enters("ana", "do it", "Tue 16:00", ts="9.0")
    story.enters("ben", "do it", "Tue 16:00", ts="8.0")
    story.presses("ana", "Done", kept)
    ids = " ".join(one.id for one in made)
    note = Note(kind=NoteKind.PROMISED, facts={"promises": ids})
    lines = story.cards.noted(Outgoing(id="o", to=ACME, at=story.now, note=note), story.now)
    assert [line.others for line in lines] == [2, 2, 2, 0, 0, 0]


@pytest.mark.parametrize(
    ("start", "zone", "text", "due"),
    [
        ("Mon 10:00", "", "I'll send it by 3pm", "Mon 15:00"),
        ("Mon 15:00", "America/New_York", "I'll send it by 3pm", "Mon 20:00"),
        ("Mon 15:00", "America/New_York", "I'll send it tomorrow", "Tue 22:00"),
        ("Mon 23:30", "Asia/Tokyo", "I'll send it today", "Tue 08:00"),
        ("Mon 15:00", "America/New_York", "I'll send it by 3pm UTC", "Tue 15:00"),
        ("Mon 10:00", "Mars/Olympus", "I'll send it by 3pm", "Mon 15:00"),
        # the clocks of Berlin go forward on 29 March and back on 25 October 2026
        ("2026-03-27 10:00", "Europe/Berlin", "I'll send it today", "2026-03-27 16:00"),
        ("2026-03-27 10:00", "Europe/Berlin", "I'll send it on Monday", "2026-03-30 15:00"),
        ("2026-10-23 10:00", "Europe/Berlin", "I'll send it on Monday", "2026-10-26 16:00"),
        ("2026-03-27 10:00", "Europe/Berlin", "I'll send it in 72 hours", "2026-03-30 10:00"),
    ],
)
def test_the_clock_of_who_promised(start, zone, text, due):
    """Times are those of the promiser's own zone, as it is on that day; a named zone wins."""
    story = Story(start)
    story.sets(customers=True)
    story.says("ana", text, author=person("ana", zone=zone))
    made = story.promise().due
    assert made is not None
    assert made.replace(microsecond=0) == at(due)


def test_the_closing_hour_of_a_channel():
    """A day ends with the closing hour of the channel in which it was named, then as later."""
    story = Story()
    story.sets(customers=True, closing="16:30")
    ts = story.says("ana", "I'll send it tomorrow")
    assert story.promise(ts).due == at("Tue 16:30")
    story.sets(closing="12:00")
    assert story.promise(ts).due == at("Tue 16:30")
    read = story.desk.promises.when("tomorrow", person("ana"), ACME, story.now)
    assert read is not None
    assert read.at == at("Tue 12:00")


@pytest.mark.parametrize(
    ("text", "due"),
    [("tomorrow 3pm", "Tue 20:00"), ("in 2 hours", "Mon 12:00"), ("the blue one", None)],
)
def test_a_time_is_read_as_its_writer_means_it(text, due):
    """Times that are typed are those of the typist's own zone; what is unclear is no time."""
    story, ana = Story(), person("ana", zone="America/New_York")
    read = story.desk.promises.when(text, ana, ACME, story.now)
    assert (read and read.at) == (at(due) if due else None)
