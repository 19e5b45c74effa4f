"""The forms that ask when: in words, by the calendar, unreadable, in the past, or not at all."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.core.ledger import Standing
from handlers import ledger, promise_forms, refusals, times
from tests.handlers import forms
from tests.local import ACME, BEN, CLEO, DANA, GUS, click, message, user

SAID = "I'll send you the report by Friday 3pm"
FRIDAY = datetime(2026, 3, 6, 15, tzinfo=UTC)
PRIVATE = {"type": "message", "message_ts": "1.0", "channel_id": ACME, "is_ephemeral": True}


@pytest.fixture
def promise(heard):
    """A promise of Ben's in the thread of a question; its id."""
    asked = message(DANA, "Where is the report?")
    ts = asked["event"]["ts"]
    heard.hears(asked, message(BEN, SAID, thread_ts=ts))
    return f"{ACME}:{heard.store.owed()[0].ts}/0"


@pytest.fixture
def form(heard, web, promise):
    """Press *Change*, and return the form that opens."""

    def opened(action=ledger.CHANGE, who=BEN, container=PRIVATE, block=ledger.ALONE):
        hook = f"{web.url}hook/question"
        heard.hears(click(who, action, promise, hook, container=container, block=block))
        return forms.opened(web)

    return opened


@pytest.fixture
def sends(heard):
    """Send a form off, and return what is wrong with it."""

    def sent(who, view, **values):
        response = heard.told(forms.submitted(who, view, **values))
        assert response.status == 200
        answer = json.loads(response.body) if response.body else {}
        assert set(answer) <= {"response_action", "errors"}
        return answer.get("errors", {})

    return sent


def only(heard):
    """Return the one promise that is owed."""
    (promise,) = heard.store.owed()
    return promise


def test_the_form_shows_what_is_known(web, form):
    """The words, and the date in the time zone of the reader."""
    web.users[CLEO] = user(CLEO, tz="America/New_York")
    view = form(who=CLEO)
    assert "send you the report" in forms.text(view)
    shown = {block["block_id"]: block["element"] for block in view["blocks"] if "element" in block}
    assert shown[times.DATE]["initial_date"] == "2026-03-06"
    assert shown[times.TIME]["initial_time"] == "10:00"


WRITTEN = [
    ("tomorrow 3pm", "2026-03-03T15:00"),
    ("Friday", "2026-03-06T17:00"),
    ("in 2 hours", "2026-03-02T12:00"),
    ("24 December 10:00", "2026-12-24T10:00"),
    ("TOMORROW at 9", "2026-03-03T09:00"),
    ("next week", "2026-03-13T17:00"),
]


@pytest.mark.parametrize(("words", "due"), WRITTEN)
def test_words_go_before_the_calendar(heard, form, sends, words, due):
    """What is written counts, also where the calendar shows the old date."""
    assert sends(BEN, form(), when_words=words) == {}
    assert f"{only(heard).due:%Y-%m-%dT%H:%M}" == due


PICKED = [
    ({"when_date": "2026-03-09", "when_time": "11:30"}, "2026-03-09T11:30"),
    ({"when_date": "2026-03-09", "when_time": None}, "2026-03-09T17:00"),
    ({"when_date": "2026-03-09"}, "2026-03-09T15:00"),
]


@pytest.mark.parametrize(("picked", "due"), PICKED, ids=str)
def test_the_calendar_counts(heard, form, sends, picked, due):
    """A day and a time, or the day alone: then it is due when that day closes."""
    assert sends(BEN, form(), **picked) == {}
    assert f"{only(heard).due:%Y-%m-%dT%H:%M}" == due


def test_a_day_ends_when_the_channel_closes(heard, form, sends):
    """A channel with a closing hour of its own has it in the form too."""
    heard.desk.channels.change(ACME, heard.now(), lambda c: replace(c, closing="16:30"))
    assert sends(BEN, form(), when_date="2026-03-09", when_time=None) == {}
    assert f"{only(heard).due:%H:%M}" == "16:30"


@pytest.mark.parametrize(
    ("zone", "due"),
    [
        ("America/New_York", "2026-03-09T15:00"),
        ("Asia/Kolkata", "2026-03-09T05:30"),
        ("Nowhere/Atall", "2026-03-09T11:00"),
    ],
)
def test_the_calendar_is_in_the_time_zone_of_its_reader(heard, web, form, sends, zone, due):
    """Cleo's eleven o'clock is hers, with daylight saving of that day."""
    web.users[CLEO] = user(CLEO, tz=zone)
    view = form(who=CLEO)
    assert sends(CLEO, view, when_date="2026-03-09", when_time="11:00") == {}
    assert f"{only(heard).due:%Y-%m-%dT%H:%M}" == due


EMPTY: dict[str, str | None] = {"when_words": None, "when_date": None, "when_time": None}
FAULTS: dict[str, tuple[dict[str, str | None], str, str]] = {
    "nothing": (EMPTY, times.WORDS, "Say when"),
    "blank": ({**EMPTY, "when_words": "  \n"}, times.WORDS, "Say when"),
    "no day": ({**EMPTY, "when_time": "10:00"}, times.DATE, "Choose the day"),
    "no time": ({"when_words": "when it is done"}, times.WORDS, "cannot read"),
    "right to left": ({"when_words": "\u202emorrowtomo"}, times.WORDS, "cannot read"),
    "emoji": ({"when_words": "🎉"}, times.WORDS, "cannot read"),
    "long": ({"when_words": "soon " * 8000}, times.WORDS, "cannot read"),
    "past day": ({"when_date": "2026-02-27"}, times.DATE, "has passed"),
    "earlier today": ({"when_date": "2026-03-02", "when_time": "09:59"}, times.DATE, "has passed"),
    "end of time": ({"when_date": "9999-12-31", "when_time": "23:59"}, times.DATE, "too far"),
}


@pytest.mark.parametrize("name", FAULTS)
@pytest.mark.parametrize("action", [ledger.CHANGE, ledger.MOVE])
def test_what_is_wrong_stands_beside_its_field(heard, form, sends, quiet, name, action):
    """The form stays open, says what is wrong with what was entered, and nothing is changed."""
    values, field, said = FAULTS[name]
    (at, problem), *others = sends(BEN, form(action), **{**EMPTY, **values}).items()
    assert not others
    assert at == field
    assert said in problem
    assert only(heard).due == FRIDAY
    assert quiet() == []


def test_far_west_the_end_of_time_is_no_fault(web, form, sends, quiet):
    """Where the calendar ends before the day does, too."""
    web.users[CLEO] = user(CLEO, tz="Pacific/Honolulu")
    assert sends(CLEO, form(who=CLEO), when_date="9999-12-31", when_time="23:59")
    assert quiet() == []


def test_the_question_gives_way_to_the_answer(web, form, sends):
    """Once saved, what asked for the date says which one holds."""
    sends(BEN, form(), when_words="tomorrow 3pm")
    (answer,) = web.answers
    assert answer["at"] == "hook/question"
    assert answer["replace_original"] is True
    assert "Noted: " in answer["text"]


@pytest.mark.parametrize(
    "place",
    [
        {"block": "b"},
        {"container": {"type": "message", "message_ts": "1.0", "channel_id": ACME}},
    ],
    ids=["list", "card"],
)
def test_a_list_or_a_card_does_not_give_way(web, form, sends, place):
    """Only a private question about one promise is replaced; cards are kept true anyway."""
    assert sends(BEN, form(**place), when_words="tomorrow 3pm") == {}
    assert web.answers == []


@pytest.mark.parametrize("action", [ledger.CHANGE, ledger.MOVE])
@pytest.mark.parametrize("who", [DANA, GUS, "U0NOBODY"])
def test_a_customer_cannot_send_it(heard, form, sends, action, who):
    """Whoever it is that sends the form: only colleagues change dates."""
    assert sends(who, form(action), when_words="tomorrow") == {times.WORDS: refusals.CUSTOMER}
    assert only(heard).due == FRIDAY


@pytest.mark.parametrize("action", [ledger.CHANGE, ledger.MOVE])
def test_while_slack_does_not_say_who_sends_it(heard, web, form, sends, action):
    """The form stays open to be sent again."""
    view = form(action)
    web.next["users.info"] = [500]
    assert sends(CLEO, view, when_words="tomorrow") == {times.WORDS: refusals.WHO_ARE_YOU}
    assert only(heard).due == FRIDAY


@pytest.mark.parametrize("action", [ledger.CHANGE, ledger.MOVE])
def test_what_was_kept_meanwhile_stays_so(heard, web, form, sends, promise, action):
    """A form left open while the promise was kept changes nothing."""
    view = form(action)
    heard.hears(click(BEN, ledger.DONE, promise, f"{web.url}hook/1"))
    sends(BEN, view, when_words="tomorrow")
    assert heard.store.promise(promise).standing is Standing.KEPT
    assert heard.store.owed() == ()


@pytest.mark.parametrize("callback_id", [promise_forms.CHANGE, promise_forms.MOVE])
def test_a_promise_that_is_unknown_by_now_is_explained(form, sends, quiet, callback_id):
    """A form about what was lost meanwhile says so, and stays open."""
    facts = json.dumps({"promise": "C0NOWHERE:1.0/0", "answer_to": ""})
    view = {**form(), "callback_id": callback_id, "private_metadata": facts}
    assert "no note" in sends(BEN, view, when_words="tomorrow")[times.WORDS]
    assert quiet() == []
