"""`HEARD_COACH=on`: a private word after a message that may hurt, once a day, and never again."""

from datetime import UTC, datetime

import pytest

from bot.core.outgoing import Reply
from tests.local import ACME, BEN, CLEO, DANA, edited, message, office, stamp, user

HARSH = "As I said before, you should have read the guide."
BRUSHED = "That's not our problem."
JARGON = "Sorry, sorry, sorry! The PV of the k8s pod lost its mTLS cert, I'll look into it soon."


@pytest.fixture
def heard(web, clock):
    """Heard with coaching on, and a customer who has asked something."""
    web.users[CLEO] = user(CLEO, tz="Pacific/Auckland")
    heard = office(f"{web.url}api/", clock.now, HEARD_COACH="on")
    heard.hears(message(DANA, "Can you help?", stamp(clock.now())))
    return heard


@pytest.fixture
def thread(heard):
    """Return the `ts` of the question."""
    return heard.conversations()[0].thread


@pytest.fixture
def told(heard, web, clock):
    """Have what is to be said delivered, and return what each was told and where."""

    def said():
        clock.later(2)
        heard.delivers()
        calls = [
            one for one in web.called("chat.postEphemeral") if "Only you see this" in one["text"]
        ]
        return [(one["user"], one["channel"], one.get("thread_ts"), one["text"]) for one in calls]

    return said


def writes(heard, clock, text, who=BEN, **fields):
    """Let somebody write now, and return the event of it."""
    clock.later(1)
    said = message(who, text, stamp(clock.now()), **fields)
    heard.hears(said)
    return said


@pytest.mark.parametrize(
    ("text", "words"), [(HARSH, "As I said before"), (BRUSHED, "not our problem")]
)
def test_the_writer_alone_is_told(heard, clock, thread, told, text, words):
    """In the thread: which words, why, and what could be said instead."""
    writes(heard, clock, text, thread_ts=thread)
    ((who, channel, where, said),) = told()
    assert (who, channel, where) == (BEN, ACME, thread)
    assert f"Only you see this. “{words}”: " in said
    assert "\nKinder: _" in said
    assert not [one for one in heard.store.outbox() if one.note]


def test_at_top_level_it_is_said_in_the_channel(heard, clock, told):
    """There is no thread to say it in."""
    writes(heard, clock, HARSH)
    ((who, channel, where, _),) = told()
    assert (who, channel, where) == (BEN, ACME, None)


def test_only_what_may_hurt_is_spoken_of(heard, clock, thread, told):
    """A loud apology, jargon and a vague promise are no reason to interrupt anybody."""
    writes(heard, clock, JARGON, thread_ts=thread)
    writes(heard, clock, "Here it is, have a good day!", thread_ts=thread)
    writes(heard, clock, HARSH, DANA, thread_ts=thread)
    assert told() == []


def test_it_is_off_by_default(web, clock):
    """Nobody is corrected who has not asked for it."""
    heard = office(f"{web.url}api/", clock.now)
    heard.hears(message(DANA, "Can you help?", stamp(clock.now())))
    writes(heard, clock, HARSH)
    heard.delivers()
    assert not [one for one in web.called("chat.postEphemeral") if "Only you" in one["text"]]


def test_once_a_day_for_each_person(heard, clock, thread, told):
    """A day is that of the person: Cleo's ends at 11:00 of the team's."""
    for who in (BEN, CLEO, BEN, CLEO):
        writes(heard, clock, HARSH, who, thread_ts=thread)
    assert [one[0] for one in told()] == [BEN, CLEO]
    clock.at = datetime(2026, 3, 2, 11, 30, tzinfo=UTC)
    for who in (BEN, CLEO):
        writes(heard, clock, BRUSHED, who, thread_ts=thread)
    assert [one[0] for one in told()] == [BEN, CLEO, CLEO]
    clock.at = datetime(2026, 3, 3, 0, 30, tzinfo=UTC)
    writes(heard, clock, HARSH, thread_ts=thread)
    assert [one[0] for one in told()] == [BEN, CLEO, CLEO, BEN]


def test_a_message_that_slack_delivers_again(heard, clock, thread, told):
    """It is spoken of once, in a thread and at top level."""
    for more in ({"thread_ts": thread}, {}):
        said = writes(heard, clock, HARSH, **more)
        assert len(told()) == 1
        heard.hears(said, {**said, "event_id": "Ev-again"})
        assert len(told()) == 1


def test_an_edit_is_let_alone(heard, clock, thread, told):
    """Who changes their words is thinking about them already."""
    said = writes(heard, clock, "Here it is", thread_ts=thread)
    heard.hears(edited(said, HARSH))
    assert told() == []


def test_what_was_written_while_heard_was_down(heard, web, clock, thread, told):
    """It is too late to speak of it."""
    clock.later(3600)
    heard.hears(message(BEN, HARSH, stamp(clock.now()), thread_ts=thread))
    assert len(told()) == 1
    clock.later(86_400)
    old = message(BEN, BRUSHED, stamp(clock.now()), thread_ts=thread)
    clock.later(1200)
    heard.hears(old)
    assert len(told()) == 1


@pytest.mark.parametrize("due", [None, datetime(2026, 3, 3, 15, tzinfo=UTC)])
def test_what_was_posted_from_a_form(heard, web, clock, thread, told, due):
    """The form has shown what it risks, and was told to post it all the same."""
    heard.desk.posting.post("V1", Reply(by=BEN, text=HARSH, due=due), ACME, thread, clock.now())
    web.next["chat.postMessage"] = [{"ok": True, "channel": ACME, "ts": stamp(clock.now())}]
    assert told() == []
    assert heard.store.outbox() == ()
    writes(heard, clock, HARSH, thread_ts=thread)
    assert len(told()) == 1


def test_outside_the_watched_channels_nothing_is_read(heard, clock, told):
    """Among colleagues they may write as they like."""
    event = message(
        BEN, HARSH, stamp(clock.now()), channel="C0RANDOM001", is_ext_shared_channel=False
    )
    heard.hears(event)
    assert told() == []
