"""However Slack tells of what was said, late, shuffled or twice, it comes to the same."""

from dataclasses import dataclass, replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.core.events import MessageDeleted, MessagePosted
from bot.core.model import State
from tests.make import ACME, Story, stamp, user

WORDS = {
    "asks": "Where do I find the invoices?",
    "thanks": "Thanks!",
    "rages": "This is ridiculous",
    "answers": "Under Billing",
    "puts off": "Let me check",
    "asks back": "Shall I send them?",
    "agrees": "ok",
}


@dataclass(frozen=True)
class Line:
    """One message of a transcript: who, what, how long after the one before, and where."""

    who: str
    what: str
    pause: int
    under: int | None
    """The line in whose thread it is; None at top level."""
    fate: str
    """"edited" into thanks or "deleted" a moment later, or neither."""


def transcripts(
    *,
    customers: tuple[str, ...] = ("dana", "emil"),
    fates: tuple[str, ...] = ("",),
    threads: bool = True,
    soonest: int = 1,
):
    """Make up what is written in a channel, with pauses of up to a quarter of an hour."""
    customer = st.tuples(
        st.sampled_from(customers), st.sampled_from(["asks", "thanks", "rages", "agrees"])
    )
    colleague = st.tuples(st.just("ana"), st.sampled_from(["answers", "puts off", "asks back"]))
    under = st.one_of(st.none(), st.integers(0, 5)) if threads else st.none()
    line = st.builds(
        lambda words, *rest: Line(*words, *rest),
        st.one_of(customer, colleague),
        st.integers(soonest, 900),
        under,
        st.sampled_from(fates),
    )
    return st.lists(line, min_size=1, max_size=7)


def told(story: Story, lines: list[Line]) -> list[MessagePosted | MessageDeleted]:
    """Return what Slack has to tell of a transcript, in its true order."""
    now = story.now
    roots: list[str] = []
    events: list[MessagePosted | MessageDeleted] = []
    for line in lines:
        now += timedelta(seconds=line.pause)
        ts = stamp(now)
        root = roots[line.under % len(roots)] if line.under is not None and roots else ""
        roots.append(root or ts)
        thread = root if root != ts else ""
        events.append(story.message(line.who, WORDS[line.what], ts, under=thread))
        after = stamp(now + timedelta(microseconds=1))
        if line.fate == "edited":
            events.append(story.message(line.who, "Thanks", ts, under=thread, edited=after))
        elif line.fate == "deleted":
            events.append(
                MessageDeleted(channel=ACME, ts=ts, at=after, author=user(line.who), thread=thread)
            )
    return events


def outcome(events: list[MessagePosted | MessageDeleted]) -> dict[str, tuple]:
    """Return what became of each conversation that counts once all of that was heard."""
    story = Story()
    story.sets(customers=True)
    story.hears(*events)
    found = (story.conversation(thread) for thread in story.opened())
    return {c.thread: (c.state, c.wait) for c in found if c.state is not State.DISMISSED}


def who_waits(events: list[MessagePosted | MessageDeleted]) -> set[str]:
    """Return the customers who wait for us in the end."""
    return {wait.by for _, wait in outcome(events).values() if wait}


FATES = ("", "", "edited", "deleted")
randoms = st.randoms(use_true_random=False)


@given(transcripts(fates=FATES), randoms)
def test_told_twice(lines, random):
    """Whatever Slack tells again, at once or at the end, changes nothing."""
    events = told(Story(), lines)
    again = [event for event in events for _ in range(random.choice([1, 2]))]
    assert outcome([*again, *random.choices(events, k=3)]) == outcome(events)


@given(transcripts(fates=FATES), randoms, st.booleans())
def test_a_thread_told_in_any_order(lines, random, twice):
    """Once its question is known, a thread comes to the same in whatever order it is told."""
    lines = [replace(line, under=0) for line in lines]
    question, *replies = told(Story(), [Line("dana", "asks", 1, None, ""), *lines])
    shuffled = random.sample(replies, len(replies)) + (replies if twice else [])
    assert outcome([question, *shuffled]) == outcome([question, *replies])


def swapped(events: list, random) -> list:
    """Swap some neighbours: what happens close together may be told the wrong way round."""
    events, place = list(events), 0
    while place < len(events) - 1:
        if random.random() < 0.5:
            events[place : place + 2] = events[place + 1], events[place]
            place += 1
        place += 1
    return events


@given(transcripts(customers=("dana",), threads=False, soonest=301), randoms)
def test_top_level_told_the_wrong_way_round(lines, random):
    """Between one customer and the team, neighbours told in the wrong order come to the same."""
    events = told(Story(), lines)
    assert outcome(swapped(events, random)) == outcome(events)


@given(transcripts(customers=("dana",), threads=False, fates=FATES), randoms)
def test_nobody_is_forgotten_at_top_level(lines, random):
    """Even where it changes what belongs together, a customer who waits is never hidden."""
    events = told(Story(), lines)
    assert who_waits(swapped(events, random)) >= who_waits(events)


@given(transcripts(threads=False, soonest=301), randoms)
def test_no_customer_is_forgotten_for_another(lines, random):
    """Nor where several customers wait for an answer."""
    events = told(Story(), lines)
    assert who_waits(swapped(events, random)) >= who_waits(events)


@given(transcripts(customers=("dana",), fates=FATES, soonest=301), randoms)
def test_nobody_is_forgotten_in_threads(lines, random):
    """Nor where threads, edits and deletions overtake what they belong to.

    Within the group window there is one exception: a reply under thanks that overtakes a question
    at top level draws the question into its thread.
    """
    events = told(Story(), lines)
    assert who_waits(swapped(events, random)) >= who_waits(events)


def test_an_answer_that_overtakes_what_it_answers():
    """An answer to the newest question does not count for an older one of somebody else."""
    events = told(
        Story(),
        [
            Line("dana", "asks", 1, None, ""),
            Line("emil", "asks", 600, None, ""),
            Line("ana", "answers", 60, None, ""),
        ],
    )
    assert who_waits(events) == {"UDANA"}
    assert who_waits([events[0], events[2], events[1]]) == {"UDANA"}


def test_a_holding_reply_that_overtakes_its_question():
    """Who puts a customer off owes them news, in whatever order that is told."""
    story = Story()
    story.sets(customers=True)
    question, reply = told(
        story, [Line("dana", "asks", 1, None, ""), Line("ana", "puts off", 2, None, "")]
    )
    story.hears(reply, question)
    word = story.conversation(question.ts).last_word
    assert word
    assert word.holding
