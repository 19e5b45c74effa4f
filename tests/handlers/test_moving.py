"""*Move it*: a new date, words that tell the customer, and who posts them, once."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.core.ledger import Standing
from bot.core.moving import spoken, wording
from bot.core.replies import Register
from handlers import ledger, promise_forms, promises, refusals
from tests.handlers import forms
from tests.local import (
    ACME,
    BEN,
    CLEO,
    DANA,
    GUS,
    RANDOM,
    TRIAGE,
    click,
    message,
    new_ts,
)

TOMORROW = datetime(2026, 3, 3, 15, tzinfo=UTC)
SAID = "I'll send you the report by 4pm today"


@pytest.fixture
def question(heard):
    """A customer's question; its `ts`."""
    asked = message(DANA, "Where is the report?", new_ts(-300))
    heard.hears(asked)
    return asked["event"]["ts"]


@pytest.fixture
def promise(heard, question):
    """A promise of Ben's in the thread of the question; its id."""
    heard.hears(message(BEN, SAID, new_ts(-200), thread_ts=question))
    return heard.store.owed()[0].id


@pytest.fixture
def form(heard, web, promise):
    """Press *Move it*, name a new time, and return the form with the words."""

    def opened(who=BEN, when="tomorrow 3pm"):
        heard.hears(click(who, ledger.MOVE, promise, f"{web.url}hook/1"))
        return sent(heard, who, forms.opened(web), when_words=when)["view"]

    return opened


def sent(heard, who, view, **values):
    """Send a form off, and return the answer to it."""
    response = heard.told(forms.submitted(who, view, **values))
    assert response.status == 200
    return json.loads(response.body) if response.body else {}


def words(view):
    """Return what stands in the field for the customer's words."""
    (field,) = [one["element"] for one in view["blocks"] if one["type"] == "input"]
    return field["initial_value"]


def test_the_new_date_is_asked_for_first(heard, web, promise):
    """The form shows the promise, and no date: what was said is no longer true."""
    heard.hears(click(BEN, ledger.MOVE, promise, f"{web.url}hook/1"))
    view = forms.opened(web)
    assert "send you the report" in forms.text(view)
    assert view["submit"]["text"] == "Next"
    assert not any("initial" in key for one in view["blocks"] for key in one.get("element", {}))


def test_then_come_words_for_the_customer(heard, promise, form):
    """They name the promise and the new date; nothing is changed yet."""
    view = form()
    assert words(view) == wording(
        Register.NEUTRAL, "I'll send you the report by 4pm today", TOMORROW
    )
    assert spoken(TOMORROW) in words(view)
    assert "Tue 3 Mar, 15:00" in forms.text(view)
    assert heard.store.promise(promise).standing is Standing.OPEN


@pytest.mark.parametrize("register", Register)
def test_they_are_as_formal_as_the_channel(heard, form, promise, register):
    """The channel's own register is chosen beforehand, and its button stands out."""
    heard.desk.channels.change(ACME, heard.now(), lambda c: replace(c, register=register))
    view = form()
    assert words(view) == wording(register, heard.store.promise(promise).words, TOMORROW)
    shown = [b for one in view["blocks"] if one["type"] == "actions" for b in one["elements"]]
    assert [b["value"] for b in shown if b.get("style") == "primary"] == [register]


@pytest.mark.parametrize("register", Register)
def test_other_words_are_a_press_away(heard, web, form, register):
    """The form is shown again with a new field, or Slack would keep the old words in it."""
    before = form()
    action = f"{promise_forms.REGISTER}.{register}"
    heard.hears(forms.pressed(BEN, before, action, register))
    (call,) = web.called("views.update")
    assert (call["view_id"], call["hash"]) == ("V0FORM00001", "1.abc")
    view = forms.read(call["view"])
    assert register.value in forms.fields(view)[0]
    assert words(view) == wording(register, SAID, TOMORROW)


def test_the_words_can_be_copied(heard, web, promise, form):
    """The new date is noted, and the words are shown sign by sign as they were changed."""
    text = "<!channel> *sorry* & `later` :tada:"
    heard.hears(forms.pressed(BEN, form(), promise_forms.COPY, "copy", text=text))
    view = forms.opened(web, "views.update")
    assert view["blocks"][1]["text"] == {"type": "plain_text", "text": text, "emoji": False}
    assert heard.store.promise(promise).standing is Standing.MOVED
    (now,) = heard.store.owed(by=BEN)
    assert now.due == TOMORROW
    assert web.called("chat.postMessage") == []


PRESSES = [promise_forms.COPY, f"{promise_forms.REGISTER}.formal"]


@pytest.mark.parametrize("action", PRESSES)
@pytest.mark.parametrize(
    ("ending", "said"), [(ledger.DONE, "nothing to change"), ("unknown", "no note")]
)
def test_words_for_what_is_ended_are_given_back(
    heard, web, promise, form, quiet, action, ending, said
):
    """A form left open too long says why, and what was written in it is not lost."""
    view = form()
    if ending == "unknown":
        facts = json.loads(view["private_metadata"])
        view["private_metadata"] = json.dumps({**facts, "promise": "gone"})
    heard.hears(click(BEN, ledger.DONE, promise, f"{web.url}hook/1"))
    heard.hears(forms.pressed(BEN, view, action, "formal", text="My words"))
    shown = forms.opened(web, "views.update")
    assert said in forms.text(shown)
    assert "My words" in forms.text(shown)
    assert heard.store.owed() == ()
    assert quiet() == []


@pytest.mark.parametrize("action", PRESSES)
@pytest.mark.parametrize("who", [DANA, GUS, "U0NOBODY", CLEO])
def test_only_colleagues_press_them(heard, web, promise, form, quiet, action, who):
    """Neither a customer, nor somebody of whom Slack does not say who it is, changes anything."""
    view = form()
    web.next["users.info"] = [500] if who == CLEO else []
    heard.hears(forms.pressed(who, view, action, "formal"))
    shown = forms.opened(web, "views.update")
    said = refusals.WHO_ARE_YOU if who == CLEO else refusals.CUSTOMER
    assert said in forms.text(shown)
    assert heard.store.promise(promise).standing is Standing.OPEN
    assert quiet() == []


PROBLEMS = {
    "empty": (BEN, {"text": "  "}, 0, "nothing to post"),
    "customer": (DANA, {}, 0, refusals.CUSTOMER),
    "guest": (GUS, {}, 0, refusals.CUSTOMER),
    "passed": (BEN, {}, 9 * 86_400, promises.TOO_LATE),
}


@pytest.mark.parametrize("name", PROBLEMS)
def test_what_cannot_be_posted_stays_in_the_form(heard, clock, form, name):
    """The problem stands beside the words, and nothing is posted."""
    who, values, later, said = PROBLEMS[name]
    view = form()
    clock.later(later)
    answer = sent(heard, who, view, **values)
    assert answer["response_action"] == "errors"
    assert answer["errors"] == {f"{promise_forms.TEXT}.neutral": said} or name == "empty"
    assert said in str(answer["errors"])
    assert not [out for out in heard.store.outbox() if out.reply]


@pytest.mark.parametrize("channel", ["D0BENHEARD1", RANDOM, TRIAGE])
def test_where_no_customer_reads_there_is_nothing_to_post(heard, web, channel):
    """A promise that was noted in private, or among colleagues, is moved, and that is all."""
    made = heard.asks(BEN, "promise tidy up by 4pm", channel)
    (one,) = heard.store.owed()
    container = {
        "type": "message",
        "message_ts": "1.0",
        "channel_id": channel,
        "is_ephemeral": True,
    }
    pressed = click(BEN, ledger.MOVE, one.id, f"{web.url}hook/1", container=container)
    pressed["actions"][0]["block_id"] = made["blocks"][-1]["block_id"]
    heard.hears(pressed)
    view = forms.opened(web)
    assert view["submit"]["text"] == "Save"
    assert sent(heard, BEN, view, when_words="tomorrow 3pm") == {}
    (now,) = heard.store.owed()
    assert now.due == TOMORROW
    (answer,) = web.answers
    assert answer["replace_original"] is True
    assert "Noted: " in answer["text"]
    assert heard.store.outbox() == ()


def test_a_promise_by_command_that_was_moved_stays_moved(heard, web):
    """What happens to it afterwards does not bring it back."""
    heard.asks(BEN, "promise tidy up by 4pm", RANDOM)
    (one,) = heard.store.owed()
    heard.desk.promises.moved(one.id, BEN, TOMORROW, heard.now())
    heard.hears(click(BEN, ledger.DROP, one.id, f"{web.url}hook/1"))
    assert [now.due for now in heard.store.owed()] == [TOMORROW]


ZONES = {"UTC": "UTC", "Europe/Berlin": "CET", "Asia/Dubai": "UTC+04", "Asia/Kathmandu": "UTC+0545"}


@pytest.mark.parametrize("zone", ZONES)
def test_customers_elsewhere_can_tell_when_that_is(zone):
    """The new time is named with its zone, also where that has no name."""
    assert spoken(TOMORROW.astimezone(ZoneInfo(zone))).endswith(f" {ZONES[zone]}")
