"""The private word about a promise, its buttons, and the form that puts its date right."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.core.ledger import Standing
from handlers import ledger, refusals
from handlers.markup import when
from tests.handlers import forms
from tests.local import (
    ACME,
    BEN,
    CLEO,
    DANA,
    GUS,
    click,
    deleted,
    edited,
    message,
    office,
)

FRIDAY = datetime(2026, 3, 6, 15, tzinfo=UTC)
SAID = "I'll send you the report by Friday 3pm"


@pytest.fixture
def question(heard):
    """A customer's question; its `ts`."""
    asked = message(DANA, "Where is the report?")
    heard.hears(asked)
    return asked["event"]["ts"]


@pytest.fixture
def notices(heard, web):
    """Deliver what is pending, and return the private words in channels so far."""

    def shown():
        heard.delivers()
        return [
            {**one, "blocks": forms.read(one["blocks"])} for one in web.called("chat.postEphemeral")
        ]

    return shown


@pytest.fixture
def promise(heard, question):
    """A promise of Ben's in the thread of a question; its id."""
    heard.hears(message(BEN, SAID, thread_ts=question))
    return only(heard).id


@pytest.fixture
def press(heard, web):
    """Press a button in the private word about one promise; return what comes of it."""

    def pressed(who, action, value, **fields):
        body = click(who, action, value, f"{web.url}hook/1", **private(), **fields)
        assert heard.told(body).status == 200
        return web.answers.pop() if web.answers else None

    return pressed


def private(block=ledger.ALONE):
    """Return what marks a click in a message that only its reader sees."""
    container = {"type": "message", "message_ts": "1.0", "channel_id": ACME, "is_ephemeral": True}
    return {"container": container, "block": block}


def only(heard):
    """Return the one promise there is, open or not."""
    (promise,) = promises_of(heard)
    return promise


def promises_of(heard):
    """Return all promises in the thread of the one question."""
    (conversation,) = heard.conversations()
    return heard.store.promises_in(conversation.id)


def buttons(notice):
    """Return the buttons of a message: their labels by action."""
    return {
        one["action_id"]: one["text"]["text"]
        for block in notice["blocks"]
        if block["type"] == "actions"
        for one in block["elements"]
    }


# The private word


def test_a_promise_is_told_to_its_promiser_alone(question, promise, notices):
    """Ben, and nobody else, reads in the thread what was noted, to whom, and when it is due."""
    (notice,) = notices()
    assert (notice["channel"], notice["user"], notice["thread_ts"]) == (ACME, BEN, question)
    assert "send you the report" in notice["text"]
    assert f"<@{DANA}>" in notice["text"]
    assert when(FRIDAY) in notice["text"]
    assert buttons(notice) == {
        ledger.RIGHT: "Right",
        ledger.CHANGE: "Change",
        ledger.DROP: "Not a promise",
    }


def test_a_promise_at_top_level_is_told_at_top_level(heard, question, notices):
    """Where there is no thread, the word appears in the channel."""
    heard.hears(message(BEN, SAID))
    assert not notices()[0].get("thread_ts")


@pytest.mark.parametrize(
    ("said", "dates"),
    [("I'll fix it soon", 2), ("We'll send it on Saturday at 11am", 2), (SAID, 0)],
)
def test_a_date_that_can_be_kept_is_offered(web, clock, said, dates):
    """Without a date, or with one outside business hours, two come as buttons in their own time."""
    heard = office(f"{web.url}api/", clock.now, HEARD_HOURS="Mon-Fri 09:00-17:00")
    heard.hears(message(DANA), message(BEN, said))
    heard.delivers()
    (notice,) = web.called("chat.postEphemeral")
    shown = buttons({"blocks": forms.read(notice["blocks"])})
    assert sum(one.startswith(ledger.DATE) for one in shown) == dates
    assert ("You could keep" in notice["text"]) == bool(dates)


def test_a_holiday_is_named_as_one(web, clock):
    """To say that Good Friday morning is outside of the hours would only puzzle."""
    hours = "Mon-Fri 09:00-17:00"
    heard = office(f"{web.url}api/", clock.now, HEARD_HOURS=hours, HEARD_HOLIDAYS="DE")
    heard.hears(message(DANA), message(BEN, "We'll send it on 3 April at 11am"))
    heard.delivers()
    (notice,) = web.called("chat.postEphemeral")
    assert ", on a holiday. You could keep" in notice["text"]
    typed = heard.asks(BEN, "promise call Acme by 3 April 11am")
    assert "That is on a holiday." in typed["text"]


@pytest.mark.parametrize("hours", ["always", "Mon-Fri 09:00-17:00", "Sun 10:00-10:30"])
def test_whatever_the_hours_there_are_dates_to_offer(web, clock, hours):
    """The word about a promise without a date never stops short."""
    heard = office(f"{web.url}api/", clock.now, HEARD_HOURS=hours)
    heard.hears(message(DANA), message(BEN, "I'll fix it soon"))
    heard.delivers()
    assert "keep ." not in web.called("chat.postEphemeral")[0]["text"]


def test_two_promises_come_in_one_word(heard, question, notices):
    """Each has its own buttons."""
    heard.hears(message(BEN, "I'll send the report by Friday. We'll ship the fix on Thursday."))
    (notice,) = notices()
    assert [block["type"] for block in notice["blocks"]] == ["section", "actions"] * 2


def test_a_full_day_is_mentioned(heard, clock, question, notices):
    """Who owes five other things that day hears so."""
    for number in range(5):
        clock.later(1)
        heard.asks(BEN, f"promise thing {number} by Friday 3pm")
    heard.hears(message(BEN, SAID))
    assert "5 other promises" in notices()[-1]["text"]


@pytest.mark.parametrize(
    ("change", "how"),
    [
        (lambda said: edited(said, "See above"), "Your message no longer says what you promised"),
        (deleted, "Your message was deleted, in which you promised"),
    ],
)
def test_a_promise_that_is_gone_is_asked_about(heard, question, notices, change, how):
    """It stands until its promiser says otherwise, and there are buttons to say so."""
    said = message(BEN, SAID)
    heard.hears(said, change(said))
    notice = notices()[-1]
    assert how in notice["text"]
    assert "Does it still stand?" in notice["text"]
    assert set(buttons(notice)) == {ledger.RIGHT, ledger.DONE, ledger.DROP}


@pytest.mark.parametrize("answer", [429, 500, {"ok": False, "error": "user_not_in_channel"}])
def test_a_word_that_is_lost_changes_nothing(heard, web, promise, notices, answer, quiet):
    """Unanswered, unseen or never shown: the promise stands."""
    web.next["chat.postEphemeral"] = [answer]
    notices()
    assert only(heard).standing is Standing.OPEN
    assert quiet() == []


# Its buttons

OUTCOMES = {
    ledger.RIGHT: (Standing.OPEN, "Noted: "),
    ledger.DONE: (Standing.KEPT, "well done"),
    ledger.DROP: (Standing.DROPPED, "no promise"),
}


@pytest.mark.parametrize("action", OUTCOMES)
def test_a_button_does_what_it_says(heard, promise, press, action):
    """The question gives way to what came of it, with the words that it is about."""
    standing, said = OUTCOMES[action]
    answer = press(BEN, action, promise)
    assert answer["replace_original"] is True
    assert said in answer["text"]
    assert "send you the report" in answer["text"]
    assert only(heard).standing is standing


def test_a_date_is_taken_over(heard, promise, press):
    """A press on a proposed date puts it right."""
    later = FRIDAY + timedelta(days=3)
    answer = press(BEN, f"{ledger.DATE}.1", f"{promise}|{later.isoformat()}")
    assert answer["replace_original"] is True
    assert only(heard).due == later


def test_a_date_that_has_passed_is_not_taken(heard, clock, promise, press):
    """A button pressed days later leaves the question, whose other buttons still work."""
    clock.later(7 * 86_400)
    answer = press(BEN, f"{ledger.DATE}.0", f"{promise}|{FRIDAY.isoformat()}")
    assert "has passed" in answer["text"]
    assert not answer.get("replace_original")


@pytest.mark.parametrize("block", ["", "xYz"])
def test_a_list_of_promises_stays(promise, press, heard, web, block):
    """What comes of one of several promises does not replace them all."""
    body = click(BEN, ledger.DONE, promise, f"{web.url}hook/1", **private(block))
    heard.hears(body)
    assert not web.answers.pop().get("replace_original")


def test_overdue_is_not_called_due(heard, clock, promise, press):
    """Who says *Right* only when it is late reads that it is overdue."""
    clock.later(7 * 86_400)
    heard.delivers()
    assert "Overdue" in press(BEN, ledger.RIGHT, promise)["text"]


def test_not_a_promise_leaves_the_newer_one(heard, question, promise, press):
    """The old question is about the old promise, whatever has taken its place since."""
    heard.hears(message(BEN, "I'll send it on Thursday", thread_ts=question))
    press(BEN, ledger.DROP, promise)
    assert [one.standing for one in promises_of(heard)] == [Standing.DROPPED, Standing.OPEN]


ACTIONS = [*OUTCOMES, f"{ledger.DATE}.0", ledger.CHANGE, ledger.MOVE]


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("who", [DANA, GUS, "U0NOBODY"])
def test_a_customers_click_is_refused(heard, web, promise, press, action, who):
    """A customer gets one private refusal, and nothing happens."""
    answer = press(who, action, promise)
    assert answer["text"] == refusals.CUSTOMER
    assert not answer.get("replace_original")
    assert not web.called("views.open")
    assert only(heard).standing is Standing.OPEN


@pytest.mark.parametrize("action", ACTIONS)
def test_while_slack_does_not_say_who_it_is_nothing_is_done(web, promise, press, action, heard):
    """The question stays, to be answered again."""
    web.next["users.info"] = [500]
    answer = press(CLEO, action, promise)
    assert answer["text"] == refusals.WHO_ARE_YOU
    assert not answer.get("replace_original")
    assert only(heard).standing is Standing.OPEN


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("value", ["", "nonsense", "🎉"])
def test_an_unknown_promise_is_explained(question, press, quiet, action, value):
    """A button of a promise that is no longer known says so."""
    assert "no note of that promise" in press(BEN, action, value)["text"]
    assert quiet() == []


@pytest.mark.parametrize("action", [ledger.CHANGE, ledger.MOVE])
@pytest.mark.parametrize("ending", [ledger.DONE, ledger.DROP])
def test_what_is_ended_gets_no_other_date(web, promise, press, action, ending):
    """No form opens for what is kept or was no promise."""
    press(BEN, ending, promise)
    assert "nothing to change" in press(BEN, action, promise)["text"]
    assert not web.called("views.open")


@pytest.mark.parametrize("action", [ledger.CHANGE, ledger.MOVE])
def test_a_form_that_does_not_open_is_explained(web, promise, press, action):
    """Where Slack does not open the form, whoever asked is told, and the question stays."""
    web.next["views.open"] = [{"ok": False, "error": "expired_trigger_id"}]
    answer = press(BEN, action, promise)
    assert answer["text"] == refusals.NOT_OPENED
    assert not answer.get("replace_original")
