"""Promises entered by hand from a message: the shortcut *Track a promise*, and 🤝."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.core.ledger import Standing
from handlers import promise_forms, refusals, times
from tests.handlers import forms
from tests.local import (
    ACME,
    BEN,
    BOT_ID,
    CLEO,
    DANA,
    GLOBEX,
    GUS,
    Breakable,
    message,
    new_ts,
    office,
    reaction,
)

FRIDAY = datetime(2026, 3, 6, 15, tzinfo=UTC)
LONG = ("All of this matters. " * 2000)[:40_000]


@pytest.fixture
def choose(heard, web):
    """Choose the shortcut on a message; return the form that opens, if one does."""

    def chosen(who, text="Call them by Friday 3pm", **fields):
        said = {**message(BEN, text)["event"], **fields}
        before = len(web.called("views.open"))
        body = forms.chosen(who, promise_forms.TRACK, said, f"{web.url}hook/menu")
        assert heard.told(body).status == 200
        return forms.opened(web) if len(web.called("views.open")) > before else None

    return chosen


def sent(heard, who, view, **values):
    """Send the form off, and return what is wrong with it."""
    response = heard.told(forms.submitted(who, view, **values))
    assert response.status == 200
    return json.loads(response.body)["errors"] if response.body else {}


def value(view, block_id):
    """Return what a field shows."""
    (element,) = [one["element"] for one in view["blocks"] if one.get("block_id") == block_id]
    return next((element[key] for key in element if key.startswith("initial")), None)


def only(heard):
    """Return the one promise that is owed."""
    (promise,) = heard.store.owed()
    return promise


MESSAGES: dict[str, dict[str, Any]] = {
    "his own": {"text": "I'll call you by Friday 3pm"},
    "a customer's": {"text": "Please call us by Friday 3pm", "user": DANA},
    "in a thread": {"text": "We call by Friday 3pm", "thread_ts": "1772445000.000100"},
    "a bot's": {"text": "Alert: by Friday 3pm", "user": None, "bot_id": "B0OTHERBOT"},
    "our own": {"text": "Due by Friday 3pm", "bot_id": BOT_ID},
    "in private": {"text": "Call by Friday 3pm", "channel": "D0SOMEBODY1"},
    "elsewhere": {"text": "Call by Friday 3pm", "channel": "C0NOTTHERE1"},
}


@pytest.mark.parametrize("name", MESSAGES)
def test_the_form_shows_what_the_message_says(heard, web, choose, name):
    """Words and time are filled in, whoever wrote it; sent off, the promise is the sender's."""
    fields = MESSAGES[name]
    view = choose(CLEO, **fields)
    assert "Friday" in value(view, promise_forms.WHAT) or "call you" in fields["text"]
    assert (value(view, times.DATE), value(view, times.TIME)) == ("2026-03-06", "15:00")
    assert sent(heard, CLEO, view) == {}
    one = only(heard)
    assert (one.by, one.due) == (CLEO, FRIDAY)
    assert (one.channel, one.ts) == (fields.get("channel", ACME), one.ts)
    assert one.thread == fields.get("thread_ts", one.ts)
    (answer,) = web.answers
    assert answer["at"] == "hook/menu"
    assert "Noted: " in answer["text"]
    assert answer.get("thread_ts") == fields.get("thread_ts")
    assert not answer.get("replace_original")


@pytest.mark.parametrize("text", ["", "Thanks!", "I called you yesterday", "🎉", LONG])
def test_what_names_no_time_is_shown_all_the_same(choose, text, quiet):
    """Neither a picture without words nor 40,000 characters keep the form from opening."""
    view = choose(BEN, text)
    assert len(value(view, promise_forms.WHAT) or "") <= promise_forms.LONGEST
    assert value(view, times.DATE) is None
    assert len(view["private_metadata"]) <= 3000
    assert quiet() == []


def test_a_time_that_has_passed_is_not_proposed(choose):
    """An old message may name a time that is over."""
    view = choose(BEN, ts="1768212000.000100", text="I'll call you tomorrow")
    assert value(view, times.DATE) is None


FAULTS: dict[str, tuple[dict[str, str | None], str, str]] = {
    "no words": ({"what": "  "}, promise_forms.WHAT, "Say what you promise"),
    "no time": ({"when_date": None, "when_time": None}, times.WORDS, "Say when"),
    "unreadable": ({"when_words": "one fine day"}, times.WORDS, "cannot read"),
    "past": ({"when_date": "2026-02-27"}, times.DATE, "has passed"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_what_is_wrong_stands_beside_its_field(heard, choose, name, quiet):
    """The form stays open with all that was written, and nothing is noted."""
    values, field, said = FAULTS[name]
    errors = sent(heard, BEN, choose(BEN), **values)
    assert list(errors) == [field]
    assert said in errors[field]
    assert heard.store.owed() == ()
    assert quiet() == []


def test_sent_twice_it_is_one_promise(heard, choose):
    """A form that Slack delivers again changes nothing; another of the same message puts right."""
    view = choose(BEN)
    sent(heard, BEN, view)
    sent(heard, BEN, view)
    assert only(heard).due == FRIDAY
    sent(heard, BEN, view, what="Write to them", when_words="tomorrow")
    assert (only(heard).words, only(heard).due.day) == ("Write to them", 3)


def test_a_promise_that_was_read_is_put_right(heard, choose):
    """The shortcut on one's own promise is about that one, and makes no second."""
    said = message(BEN, "I'll call you by Friday 3pm")
    heard.hears(message(DANA), said)
    view = choose(BEN, **said["event"])
    sent(heard, BEN, view, when_words="tomorrow 3pm")
    assert only(heard).due.day == 3


@pytest.mark.parametrize("who", [DANA, GUS, "U0NOBODY"])
def test_a_customer_gets_no_form(heard, web, choose, who):
    """They are refused in private; a form of theirs is refused too."""
    assert choose(who) is None
    assert web.answers[0]["text"] == refusals.CUSTOMER
    assert sent(heard, who, choose(BEN)) == {promise_forms.WHAT: refusals.CUSTOMER}


def test_while_slack_does_not_say_who_it_is(heard, web, choose):
    """Nothing is done, and whoever it was is asked to try again."""
    web.next["users.info"] = [500]
    assert choose(CLEO) is None
    assert web.answers[0]["text"] == refusals.WHO_ARE_YOU
    view = choose(BEN)
    web.next["users.info"] = [500]
    assert sent(heard, CLEO, view) == {promise_forms.WHAT: refusals.WHO_ARE_YOU}


@pytest.mark.parametrize("error", ["expired_trigger_id", "invalid_arguments", "internal_error"])
def test_a_form_that_does_not_open_is_explained(web, choose, error):
    """Where Slack does not open the form, whoever asked is told."""
    web.next["views.open"] = [{"ok": False, "error": error}]
    choose(BEN)
    assert web.answers[0]["text"] == refusals.NOT_OPENED


# 🤝


@pytest.fixture
def plain(heard, web):
    """A message of Ben's that promises nothing, in the thread of a question; its `ts`."""
    asked = message(DANA)
    said = message(BEN, "Report on Friday at 3pm", thread_ts=asked["event"]["ts"])
    heard.hears(asked, said)
    assert heard.store.owed() == ()
    web.messages[ACME, said["event"]["ts"]] = said["event"]
    return said["event"]["ts"]


def whispers(heard, web):
    """Deliver what is pending; return to whom it was said in private, and what."""
    heard.delivers()
    return [(one["user"], one["text"]) for one in web.called("chat.postEphemeral")]


def test_a_handshake_makes_a_promise(heard, web, plain):
    """🤝 on one's own message enters it, dated, and asks in private whether that is right."""
    heard.hears(reaction(BEN, "handshake", plain))
    one = only(heard)
    assert (one.by, one.ts, one.due, one.to) == (BEN, plain, FRIDAY, DANA)
    ((who, text),) = whispers(heard, web)
    assert who == BEN
    assert "Report on Friday" in text


def test_taking_it_off_undoes_it(heard, web, plain):
    """Off is no promise, on again is one; what is delivered twice counts once."""
    on, off = (reaction(BEN, "handshake", plain, added=added) for added in (True, False))
    heard.hears(on, on, off)
    assert heard.store.owed() == ()
    heard.hears(reaction(BEN, "handshake", plain, event_ts=new_ts(5)))
    assert only(heard).standing is Standing.OPEN
    assert len(heard.store.promises_at(ACME, plain)) == 1


@pytest.mark.parametrize("who", [CLEO, DANA, GUS, "U0NOBODY"])
def test_only_its_author_promises(heard, web, plain, who):
    """A colleague hears why not, in private; a customer's reaction is ignored."""
    heard.hears(reaction(who, "handshake", plain))
    assert heard.store.owed() == ()
    told = whispers(heard, web)
    assert [one for one, _ in told] == ([CLEO] if who == CLEO else [])
    assert all("Track a promise" in text for _, text in told)


def test_what_is_gone_or_a_bots_is_no_promise(heard, web, plain, quiet):
    """A message deleted meanwhile, or an app's, is left alone."""
    web.messages[ACME, plain] = {**web.messages[ACME, plain], "bot_id": "B0OTHERBOT"}
    heard.hears(reaction(BEN, "handshake", plain), reaction(BEN, "handshake", new_ts()))
    assert heard.store.owed() == ()
    assert quiet() == []


@pytest.mark.parametrize("method", ["conversations.replies", "users.info"])
def test_it_waits_for_a_slack_that_is_down(heard, web, plain, method):
    """Where the message, or its author, cannot be read now, Slack delivers the reaction again."""
    again = office(f"{web.url}api/", heard.now, Breakable.in_memory())
    web.next[method] = [500]
    shake = reaction(BEN, "handshake", plain)
    assert again.told(shake).status != 200
    again.hears(shake)
    assert only(again).due == FRIDAY


@pytest.mark.parametrize("channel", [ACME, GLOBEX])
def test_one_made_while_heard_was_away_is_found(slack, clock, channel):
    """Catching up finds 🤝 on messages; whose it is not hears nothing, however often it is read."""
    heard = office(slack.demo.environment["SLACK_API_URL"], clock.now)
    slack.says(DANA if channel == ACME else GUS, channel, "Where is it?")
    heard.catches_up()
    mine = slack.says(BEN, channel, "Report on Friday at 3pm")
    slack.reacts(BEN, channel, mine, "handshake")
    slack.reacts(CLEO, channel, mine, "handshake")
    slack.reacts(CLEO, channel, mine, "pushpin")
    for _ in range(3):
        heard.history.missed()
        assert heard.catches_up()
    owed = [one.ts for one in heard.store.owed()]
    assert owed == [mine]
    assert [out.only for out in heard.store.outbox()] == [BEN]
