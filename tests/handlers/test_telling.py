"""What an agent has posted to a customer: once, under their own name, and as their own answer."""

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.core.ledger import Standing
from bot.core.model import Change, Person, State
from bot.core.outgoing import Outgoing, Reply
from bot.core.replies import Register
from handlers import promise_forms
from tests.handlers import forms
from tests.local import ACME, BEN, CLEO, DANA, HOME, TRIAGE, Clock, message, office

TOMORROW = datetime(2026, 3, 3, 15, tzinfo=UTC)
SAID = "I'll send you the report by 4pm today"
WORDS = "It takes until tomorrow, sorry!"


@pytest.fixture
def clock() -> Clock:
    """A clock that stands still until it is moved."""
    return Clock()


@pytest.fixture
def heard(slack, clock):
    """Heard beside the demo's Slack."""
    return office(slack.demo.environment["SLACK_API_URL"], clock.now, timeout=0.3)


@pytest.fixture
def thread(heard, slack):
    """A customer's question and what Ben promised about it; the question's `ts`."""
    ts = slack.says(DANA, ACME, "Where is the report?")
    heard.hears(message(DANA, "Where is the report?", ts))
    said = slack.says(BEN, ACME, SAID, thread_ts=ts)
    heard.hears(message(BEN, SAID, said, thread_ts=ts))
    return ts


@pytest.fixture
def promise(heard, thread):
    """What Ben promised."""
    (promise,) = heard.store.promises_in(f"{ACME}:{thread}")
    return promise


def tells(heard, promise, who=BEN, text=WORDS):
    """Press *Post*, and return the form's answer."""
    view = promise_forms.tell(promise, TOMORROW, ZoneInfo("UTC"), Register.NEUTRAL).to_dict()
    response = heard.told(forms.submitted(who, view, text=text))
    assert response.status == 200
    return response.body


def goes_on(heard, clock, seconds=10):
    """Let some time pass, delivering all the while."""
    for _ in range(seconds):
        clock.later(1)
        heard.delivers()


def posted(slack):
    """Return what customers read of the bot's."""
    return slack.posted(ACME)


def test_the_words_are_posted_under_the_agents_name(heard, slack, clock, thread, promise):
    """They stand in the customer's thread, with name and picture, and no buttons."""
    ben = replace(heard.edge.person(BEN), name="Ben", picture="https://lighthouse.example/ben.png")
    heard.desk.met(ben, clock.now())
    assert not tells(heard, promise)
    goes_on(heard, clock)
    (reply,) = posted(slack)
    assert (reply["text"], reply["thread_ts"]) == (WORDS, thread)
    assert (reply["username"], reply["icons"]) == ("Ben", {"image_48": ben.picture})
    assert not reply.get("blocks")


def test_they_count_as_the_agents_answer(heard, slack, clock, thread, promise):
    """The customer has heard from us, and the new date takes the place of the old one."""
    chase = slack.says(DANA, ACME, "Any news?", thread_ts=thread)
    heard.hears(message(DANA, "Any news?", chase, thread_ts=thread))
    assert heard.states() == [State.WAITING]
    tells(heard, promise)
    goes_on(heard, clock)
    assert heard.states() == [State.ANSWERED]
    old = heard.store.promise(promise.id)
    assert (old.standing, old.late) == (Standing.MOVED, False)
    (now,) = heard.store.owed()
    assert (now.id, now.by, now.due) == (old.successor, BEN, TOMORROW)
    assert heard.conversations()[0].promisers == (BEN,)


def test_a_colleague_may_move_it(heard, clock, promise):
    """Ben's promise is moved to the one that Cleo makes in her own words, and stays so."""
    tells(heard, promise, CLEO)
    goes_on(heard, clock)
    assert heard.store.promise(promise.id).standing is Standing.MOVED
    assert [now.by for now in heard.store.owed()] == [CLEO]
    heard.hears(message(BEN, "Thanks, Cleo", thread_ts=promise.thread))
    assert [now.by for now in heard.store.owed()] == [CLEO]
    assert heard.conversations()[0].promisers == (CLEO,)


def test_a_promise_by_command_is_moved_too(heard, clock, slack, thread):
    """It belongs to no thread, so the words are posted at top level."""
    heard.asks(BEN, "promise tell Acme about the price by 5pm")
    (made,) = [one for one in heard.store.owed() if not one.ts]
    tells(heard, made)
    goes_on(heard, clock)
    assert not posted(slack)[0].get("thread_ts")
    assert heard.store.promise(made.id).standing is Standing.MOVED
    assert TOMORROW in [one.due for one in heard.store.owed()]


def test_told_only_when_it_is_late_it_was_broken(heard, slack, clock, promise):
    """A new date after the old one has passed is given, and remembered as late."""
    clock.later(8 * 3600)
    slack.demo.advance(8 * 3600)
    heard.delivers()
    tells(heard, promise)
    goes_on(heard, clock)
    old = heard.store.promise(promise.id)
    assert (old.standing, old.late, old.is_open) == (Standing.BROKEN, True, False)
    assert [one.due for one in heard.store.owed()] == [TOMORROW]


@pytest.mark.parametrize("how", ["lost", "500", "hang"])
def test_a_lost_answer_is_looked_for_in_the_thread(heard, slack, clock, promise, how):
    """Whether or not Slack carried it out: the customer reads it once."""
    tells(heard, promise)
    slack.breaks("chat.postMessage", how)
    goes_on(heard, clock)
    assert len(posted(slack)) == 1
    assert slack.calls("conversations.replies")
    assert len(slack.calls("chat.postMessage")) == (1 if how == "lost" else 2)
    assert heard.store.promise(promise.id).standing is Standing.MOVED
    assert heard.store.outbox() == ()


def test_a_bot_that_crashed_while_posting_looks_too(heard, slack, clock, promise):
    """Another bot on the same store finds what the first one posted."""
    tells(heard, promise)
    slack.breaks("chat.postMessage", "lost")
    heard.delivers()
    heard.courier = heard.another_courier()
    goes_on(heard, clock)
    assert len(posted(slack)) == 1
    assert heard.store.promise(promise.id).standing is Standing.MOVED


@pytest.mark.parametrize("error", ["missing_scope", "is_archived", "not_in_channel", "no_text"])
def test_what_slack_refuses_comes_back_to_the_agent(heard, slack, clock, promise, error):
    """They read why, and have their words to post by hand; the promise is as it was."""
    text = "*Sorry* & `later` <!channel> " + "x" * 2900
    tells(heard, promise, text=text)
    slack.breaks("chat.postMessage", f"error:{error}")
    goes_on(heard, clock)
    assert posted(slack) == []
    (note,) = slack.direct(BEN)
    assert "could not post" in note["text"]
    assert note["blocks"][1]["text"]["text"] == text.strip()
    assert note["blocks"][1]["text"]["type"] == "plain_text"
    assert heard.store.promise(promise.id).standing is Standing.OPEN


def test_pressed_twice_it_is_posted_once(heard, slack, clock, promise):
    """Neither a double click nor a form that Slack delivers again posts it again."""
    tells(heard, promise)
    tells(heard, promise)
    goes_on(heard, clock)
    tells(heard, promise)
    goes_on(heard, clock)
    assert len(posted(slack)) == 1


def test_who_became_a_guest_posts_nothing(heard, slack, clock, promise):
    """Nothing of a customer's is posted for them; the triage channel hears that they are one."""
    tells(heard, promise)
    heard.desk.met(Person(id=BEN, team=HOME, guest=True), clock.now())
    goes_on(heard, clock)
    assert posted(slack) == []
    assert slack.direct(BEN) == []
    (told,) = slack.posted(TRIAGE)
    assert "count as a customer" in told["text"]


HARMLESS = {
    "<!channel> & <@U0CLEOAGNT1>": "&lt;!channel&gt; &amp; &lt;@U0CLEOAGNT1&gt;",
    "a < b && c > d": "a &lt; b &amp;&amp; c &gt; d",
    "<https://evil.example|our site>": "&lt;https://evil.example|our site&gt;",
    "&" * 3000: "&amp;" * 3000,
    "\u202egnihtemos": "\u202egnihtemos",
}


@pytest.mark.parametrize("text", HARMLESS, ids=range(len(HARMLESS)))
def test_their_words_are_posted_as_they_stand(heard, slack, clock, promise, text):
    """They ping nobody and hide no link, and long ones come whole."""
    tells(heard, promise, text=text)
    goes_on(heard, clock)
    assert posted(slack)[0]["text"] == HARMLESS[text]


@pytest.mark.parametrize("gap", [1, 3600, 86_400])
def test_reading_history_leaves_the_reply_alone(heard, slack, clock, thread, promise, gap):
    """What we posted is a bot's message to Slack, and their answer to us, also afterwards."""
    chase = slack.says(DANA, ACME, "Any news?", thread_ts=thread)
    heard.hears(message(DANA, "Any news?", chase, thread_ts=thread))
    heard.catches_up()
    tells(heard, promise)
    goes_on(heard, clock)
    heard.history.missed()
    slack.demo.advance(gap)
    clock.later(gap)
    assert heard.catches_up()
    assert heard.states() == [State.ANSWERED]
    assert heard.store.promise(promise.id).standing is Standing.MOVED
    assert [one.due for one in heard.store.owed()] == [TOMORROW]


def test_while_slack_does_not_say_who_it_is_nothing_is_posted(web, clock, quiet):
    """It is posted as soon as Slack says, and the wait is no failure."""
    heard = office(f"{web.url}api/", clock.now)
    reply = Reply(by=CLEO, text=WORDS)
    heard.store.commit(Change(outbox=(Outgoing(id="r", to=ACME, at=clock.now(), reply=reply),)))
    web.next["users.info"] = [500]
    web.next["chat.postMessage"] = [{"ok": True, "channel": ACME, "ts": "1772445999.000100"}]
    heard.delivers()
    assert not web.called("chat.postMessage")
    goes_on(heard, clock, 3)
    assert len(web.called("chat.postMessage")) == 1
    assert heard.store.outbox() == ()
    assert quiet() == []
