"""Whatever happens in whatever order, the ledger stays true, and nothing is said twice."""

from collections import Counter
from contextlib import suppress
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.cards import PromiseLine
from bot.core.events import MessageDeleted, MessagePosted
from bot.core.ledger import Promise, Standing
from bot.core.model import Action, State
from bot.core.refusals import DuePassed, Settled
from tests.make import ACME, Story, at, letters, policy, stamp

WORDS = (
    "I'll send you the report by Wednesday",
    "I'll send it by 3pm",
    "I'll call you on Friday. I'll send the logs today.",
    "I'll let you know soon",
    "Let me check",
    "Under Billing",
    "I've just sent it",
    "Thanks!",
)
DATED = WORDS[:2]
lines = st.lists(
    st.tuples(
        st.sampled_from(["ana", "ben"]),
        st.sampled_from(WORDS),
        st.sampled_from(["", "", *WORDS[:2]]),
        st.booleans(),
    ),
    min_size=1,
    max_size=5,
)
"""Who, what, what it is edited into, if it is, and whether it is deleted in the end."""


class Thread(Story):
    """A conversation that Dana has opened."""

    def __init__(self, **fields) -> None:
        super().__init__(**fields)
        self.root = self.says("dana", "Where do I find the invoices?")


def told(story: Thread, transcript, *, deletions: bool = True) -> list:
    """Return what Slack has to tell of a thread, in its true order."""
    events: list[MessagePosted | MessageDeleted] = []
    for who, text, edit, deleted in transcript:
        story.now += timedelta(minutes=1)
        ts = stamp(story.now)
        message = story.message(who, text, ts, under=story.root)
        events.append(message)
        if edit:
            again = story.message(who, edit, ts, under=story.root, edited=story.writes())
            events.append(again)
        if deleted and deletions:
            events.append(
                MessageDeleted(
                    channel=ACME, ts=ts, at=story.writes(), author=message.author.id,
                    thread=story.root,
                )
            )  # fmt: skip
    return events


def ledger(events: list) -> dict[str, tuple]:
    """Return what becomes of each promise once all of that was heard, and who owes something."""
    story = Thread()
    story.now += timedelta(hours=1)
    story.hears(*events)
    pages = {
        p.id: (p.by, p.words, p.standing, p.due, p.late, p.successor, p.since_words, p.at_once)
        for p in story.promises()
    }
    return {**pages, "": tuple(sorted(story.conversation(story.root).promisers))}


patient = settings(deadline=None)  # the machine may be busy
randoms = st.randoms(use_true_random=False)


@patient
@given(lines, randoms)
def test_told_twice(transcript, random):
    """Whatever Slack tells again, at once or at the end, changes nothing in the ledger."""
    events = told(Thread(), transcript)
    again = [event for event in events for _ in range(random.choice([1, 2]))]
    assert ledger([*again, *random.choices(events, k=3)]) == ledger(events)


promising = st.lists(
    st.tuples(
        st.sampled_from(["ana", "ben"]),
        st.sampled_from(DATED),
        st.sampled_from(["", *DATED]),
        st.just(value=False),
    ),
    min_size=1,
    max_size=4,
)


@patient
@given(promising, randoms)
def test_promises_told_in_any_order(transcript, random):
    """Promises and their edits come to the same, in whatever order they arrive."""
    events = told(Thread(), transcript)
    shuffled = random.sample(events, len(events))
    after, before = ledger(shuffled), ledger(events)
    assert after.pop("") == before.pop("")
    assert {one: page[:6] for one, page in after.items()} == {
        one: page[:6] for one, page in before.items()
    }


steps = st.lists(
    st.tuples(
        st.sampled_from(
            ["says", "says", "says", "Done", "Not a promise", "Change", "Move it", "tick",
             "untick", "shake", "unshake", "resolve", "edit", "delete", "waits", "waits", "down",
             "enters", "unwatch", "watch"]
        ),
        st.integers(0, 9),
        st.sampled_from(["ana", "ben"]),
    ),
    max_size=14,
)  # fmt: skip
WAITS = ("1m", "29m", "1h", "3h", "9h", "1d", "3d", "10s", "8h", "2d")
DUES = ("Mon 12:00", "Mon 17:00", "Tue 10:00", "Wed 21:00", "Sat 12:00", "next Mon 09:00")


class Chance(Thread):
    """A thread in which anything may happen to promises."""

    def does_any(self, what: str, number: int, who: str) -> None:
        known = self.promises()
        due = next((d for d in DUES[number % 3 :] if at(d) > self.now), "2026-12-01 12:00")
        match what:
            case "says":
                self.says(who, WORDS[number % len(WORDS)], under=self.root)
            case "enters":
                self.enters(who, "see to it", due, ts=self.root if number % 2 else "")
            case "resolve":
                self.does(who, Action.RESOLVE, on=self.root)
            case "waits":
                self.later(WAITS[number])
            case "down":
                self.now += timedelta(hours=7 * number)
                self.looks()
            case "watch" | "unwatch":
                self.sets(watched=what == "watch")
            case _ if known:
                self.does_to(known[number % len(known)], what, WORDS[number % len(WORDS)], who, due)

    def does_to(self, one: Promise, what: str, text: str, who: str, due: str) -> None:
        writer = one.by.removeprefix("U").lower()
        match what:
            case "Done" | "Not a promise" | "Change" | "Move it":
                with suppress(Settled):
                    self.presses(who, what, one, due)
            case "tick" | "untick" | "shake" | "unshake":
                emoji = "white_check_mark" if "tick" in what else "handshake"
                self.reacts(who, emoji, one.ts or self.root, added=not what.startswith("un"))
            case "edit" if one.ts:
                self.edits_to(writer, one.ts, text, under=self.root)
            case "delete" if one.ts:
                self.deletes(one.ts, by=writer, thread=self.root)


@settings(deadline=None, max_examples=150)
@given(steps)
def test_whatever_happens(happens):
    """Each promise stands in one of five ways, is looked at in time, and is spoken of once."""
    story = Chance(rules=policy(leads=("ULEA",)))
    said: Counter[tuple] = Counter()
    for what, number, who in happens:
        with suppress(DuePassed):
            story.does_any(what, number, who)
        story.looks()
        _check(story)
        for letter in letters(story):
            if letter.promises:
                assert letter.lines[0].rules.hours.is_open(letter.at)
            for line in letter.lines:
                if isinstance(line, PromiseLine):
                    assert line.promise.is_open
                    said[line.about, letter.to] += 1
    assert not [one for one, times in said.items() if times > 1]


def _check(story: Thread) -> None:
    promises = {one.id: one for one in story.promises()}
    owing = {p.by for p in promises.values() if p.is_open and p.conversation}
    for one in promises.values():
        assert one.standing in set(Standing)
        assert one.is_open == (one.ended_at is None)
        assert one.wake_at is None or (one.is_open and one.wake_at > story.now)
        assert not one.is_open or story.desk.promises.promise(one.id) == one
        if one.successor:
            assert promises[one.successor].made_at >= one.made_at
    conversation = story.conversation(story.root)
    assert conversation.state in set(State)
    assert set(conversation.promisers) == owing
