"""*Post*: nothing half filled leaves the form, and what leaves it is posted once and kept."""

import json
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.core.model import Person, State
from bot.core.replying import Place
from handlers import refusals, reply_forms, times
from tests.handlers import forms
from tests.local import ACME, ANA, BEN, CLEO, DANA, GUS, HOME, Clock, message, office

ASKED = "The export fails since this morning, can you look into it?"
VALUES = {
    "name": "Dana",
    "issue": "your export fails",
    "action": "call you within two hours and ship the fix on Thursday",
    "when": "tomorrow 3pm",
}
POSTED = (
    "This one is with me now, Dana. You’re telling us that your export fails.\nI’ll call you within"
    " two hours and ship the fix on Thursday, and I’ll let you know here by tomorrow 3pm what I"
    " find."
)
RISKY = VALUES | {"issue": "it only fails sometimes, so it's not a big deal"}
TOMORROW = datetime(2026, 3, 3, 15, tzinfo=ZoneInfo("Europe/Berlin"))
"""At 3pm where Ben is."""


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
    """A customer's question; its `ts`."""
    ts = slack.says(DANA, ACME, ASKED)
    heard.hears(message(DANA, ASKED, ts))
    return ts


@pytest.fixture
def form(heard, thread):
    """Return the form of a template, with nothing in it yet."""

    def filled(template="acknowledge.neutral"):
        place = Place(channel=ACME, thread=thread, customer=DANA, text=ASKED)
        return reply_forms.fill(place, heard.desk.replying.template(template), {}).to_dict()

    return filled


def posts(heard, view, who=BEN, /, **values):
    """Press *Post*, and return the form's answer."""
    response = heard.told(forms.submitted(who, view, **values))
    assert response.status == 200
    return json.loads(response.body) if response.body else {}


def goes_on(heard, clock, seconds=5):
    """Let some time pass, delivering all the while."""
    for _ in range(seconds):
        clock.later(1)
        heard.delivers()


# What keeps the form open

PROBLEMS = {
    "empty": ({"issue": ""}, "It is empty. In your own words"),
    "blank": ({"action": " \u200b \n"}, "It is empty. The very next step"),
    "the example": ({"issue": "The export stops at 10,000 rows."}, "It is still the example"),
    "no time": ({"when": "when the moon is full"}, "I cannot read a time in that"),
    "soon": ({"when": "soon"}, "I cannot read a time in that"),
    "passed": ({"when": "in 0 minutes"}, times.PASSED),
    "long passed": ({"when": "yesterday 3pm"}, "I cannot read a time in that"),
    "long": ({"action": "x" * 301}, "It has 301 characters, and 300 fit"),
}


@pytest.mark.parametrize("name", PROBLEMS)
def test_a_problem_stands_beside_its_field(heard, form, name):
    """The form stays open with all that was typed, and nothing is posted."""
    values, says = PROBLEMS[name]
    answer = posts(heard, form(), **VALUES | values)
    assert answer["response_action"] == "errors"
    assert answer["errors"].keys() == values.keys()
    assert says in "".join(answer["errors"].values())
    assert heard.store.outbox() == ()


def test_all_problems_are_told_at_once(heard, form):
    """Nobody has to press *Post* three times to learn of three."""
    answer = posts(heard, form(), **dict.fromkeys(VALUES, ""))
    assert answer["errors"].keys() == {"issue", "action", "when"}


def test_words_too_long_for_slack_are_told_of(heard, form):
    """Slack takes 3,000 characters, counted as it is given them."""
    template = heard.desk.replying.template("acknowledge.neutral")
    text = f"{template.text} {{action}} {{action}}"
    heard.desk.replying.keep(replace(template, text=text), ANA, heard.now())
    answer = posts(heard, form(), **VALUES | {"action": "x" + "&" * 299})
    assert "too long by" in answer["errors"]["action"]


@pytest.mark.parametrize("who", [DANA, GUS, "U0NOBODY", CLEO])
def test_only_colleagues_post(heard, slack, form, quiet, who):
    """Whoever is no colleague, or cannot be looked up, posts nothing."""
    if who == CLEO:
        slack.breaks("users.info", "error:internal_error")
    answer = posts(heard, form(), who, **VALUES)
    said = refusals.WHO_ARE_YOU if who == CLEO else refusals.CUSTOMER
    assert answer["errors"] == {"name": said}
    assert heard.store.outbox() == ()
    assert quiet() == []


def test_what_it_risks_is_shown_once(heard, form):
    """Before it is posted; whoever presses *Post* again means it."""
    answer = posts(heard, form(), **RISKY)
    assert answer["response_action"] == "update"
    assert reply_forms.STOPPED in forms.text(answer["view"])
    assert "Kinder: _" in forms.text(answer["view"])
    assert heard.store.outbox() == ()
    assert posts(heard, answer["view"], **RISKY) == {}
    (out,) = heard.store.outbox()
    assert RISKY["issue"] in out.reply.text


def test_another_risk_is_shown_too(heard, form):
    """What was seen is what was found, not that something was."""
    view = posts(heard, form(), **RISKY)["view"]
    worse = RISKY | {"action": "ask you why you should have told us sooner"}
    assert posts(heard, view, **worse)["response_action"] == "update"


def test_a_template_changed_meanwhile_is_read_again(heard, form):
    """Nobody posts words that they have not seen; the new ones ask for what they need."""
    view = form()
    template = heard.desk.replying.template("acknowledge.neutral")
    text = template.text.replace("This one is with me now", "On it")
    heard.desk.replying.keep(replace(template, text=text), ANA, heard.now())
    answer = posts(heard, view, **VALUES)
    assert answer["response_action"] == "update"
    assert reply_forms.CHANGED in forms.text(answer["view"])
    assert "On it, Dana" in forms.text(answer["view"])
    assert posts(heard, answer["view"], **VALUES) == {}
    assert "On it, Dana" in heard.store.outbox()[0].reply.text


def test_a_template_removed_meanwhile_is_posted(heard, form):
    """Its words were seen, and are good."""
    view = form()
    heard.desk.replying.remove("acknowledge.neutral", ANA, heard.now())
    assert posts(heard, view, **VALUES) == {}
    assert heard.store.outbox()[0].reply.text == POSTED


# What is posted


def test_it_is_posted_as_the_agents_answer(heard, slack, clock, thread, form):
    """In the thread, under their name and picture; the customer sees nothing else."""
    ben = replace(heard.edge.person(BEN), name="Ben", picture="https://lighthouse.example/ben.png")
    heard.desk.met(ben, clock.now())
    assert posts(heard, form(), **VALUES) == {}
    goes_on(heard, clock)
    (reply,) = slack.posted(ACME)
    assert (reply["text"], reply["thread_ts"]) == (POSTED, thread)
    assert (reply["username"], reply["icons"]) == ("Ben", {"image_48": ben.picture})
    assert heard.states() == [State.ANSWERED]


def test_its_time_is_the_promise(heard, slack, clock, thread, form):
    """Whatever else the words name; and nobody is asked whether that is right: they said so."""
    posts(heard, form(), **VALUES)
    goes_on(heard, clock)
    (promise,) = heard.store.promises_in(f"{ACME}:{thread}")
    assert (promise.by, promise.to, promise.due) == (BEN, DANA, TOMORROW)
    assert "let you know here by tomorrow 3pm" in promise.words
    assert heard.conversations()[0].promisers == (BEN,)
    assert slack.all()["ephemerals"] == []


def test_words_without_a_time_promise_nothing(heard, clock, thread, form):
    """A question is a question."""
    values = {"name": "", "issue": "it fails", "question": "Which one?", "action": "try it out"}
    assert posts(heard, form("clarify.neutral"), **values) == {}
    goes_on(heard, clock)
    assert heard.store.promises_in(f"{ACME}:{thread}") == ()
    assert heard.states() == [State.ANSWERED]


def test_a_closing_reply_resolves(heard, slack, clock, thread, form):
    """It is its author's act; the next word of the customer's opens it again."""
    posts(heard, form("close.neutral"), name="Dana", issue="your exports arrive")
    goes_on(heard, clock)
    (conversation,) = heard.conversations()
    assert conversation.state is State.RESOLVED
    chase = slack.says(DANA, ACME, "It fails again!", thread_ts=thread)
    heard.hears(message(DANA, "It fails again!", chase, thread_ts=thread))
    assert heard.states() == [State.WAITING]


def test_a_closing_reply_that_crossed_a_question(heard, slack, clock, thread, form):
    """It resolves nothing: when unsure, the customer is still waiting."""
    posts(heard, form("close.neutral"), name="Dana", issue="your exports arrive")
    asked = slack.says(DANA, ACME, "One more thing: how do I?", thread_ts=thread)
    slack.breaks("chat.postMessage", "lost")
    heard.delivers()
    late = slack.says(DANA, ACME, "And why?", thread_ts=thread)
    for ts, text in ((asked, "One more thing: how do I?"), (late, "And why?")):
        heard.hears(message(DANA, text, ts, thread_ts=thread))
    goes_on(heard, clock)
    assert len(slack.posted(ACME)) == 1
    assert heard.states() == [State.WAITING]


@pytest.mark.parametrize("how", ["lost", "500", "hang"])
def test_a_lost_answer_is_looked_for(heard, slack, clock, thread, form, how):
    """Whether or not Slack posted it: the customer reads it once, and one promise is kept."""
    posts(heard, form(), **VALUES)
    slack.breaks("chat.postMessage", how)
    heard.delivers()
    heard.courier = heard.another_courier()  # as after a crash
    goes_on(heard, clock)
    assert [one["text"] for one in slack.posted(ACME)] == [POSTED]
    assert len(heard.store.promises_in(f"{ACME}:{thread}")) == 1
    assert heard.store.outbox() == ()


def test_a_form_that_slack_delivers_again_posts_once(heard, slack, clock, form):
    """The form itself is what counts, before and after it was posted."""
    view = form()
    for _ in range(2):
        assert posts(heard, view, **VALUES) == {}
    goes_on(heard, clock)
    assert posts(heard, view, **VALUES) == {}
    goes_on(heard, clock)
    assert len(slack.posted(ACME)) == 1


@pytest.mark.parametrize("error", ["missing_scope", "not_in_channel", "msg_too_long"])
def test_words_that_slack_refuses_come_back(heard, slack, clock, thread, form, error):
    """Who wrote them reads why, and has them to copy; nothing is promised or answered."""
    posts(heard, form(), **VALUES)
    slack.breaks("chat.postMessage", f"error:{error}")
    goes_on(heard, clock)
    assert slack.posted(ACME) == []
    (note,) = slack.direct(BEN)
    assert "could not post your words" in note["text"]
    assert error != "missing_scope" or "not allowed to post under your name" in note["text"]
    assert note["blocks"][1]["text"] == {"type": "plain_text", "text": POSTED, "emoji": False}
    assert heard.store.promises_in(f"{ACME}:{thread}") == ()
    assert heard.states() == [State.WAITING]


def test_who_became_a_guest_meanwhile_posts_nothing(heard, slack, clock, form):
    """It is asked again when it is sent."""
    posts(heard, form(), **VALUES)
    heard.desk.met(Person(id=BEN, team=HOME, guest=True), clock.now())
    goes_on(heard, clock)
    assert slack.posted(ACME) == []
