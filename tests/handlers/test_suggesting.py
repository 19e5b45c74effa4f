"""*Reply help*, *Suggest a reply* and `/heard reply`: what is offered, to whom, and why."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.core.replies import Register
from handlers import refusals, reply_forms, replying
from tests.handlers import forms
from tests.local import (
    ACME,
    BEN,
    CLEO,
    DANA,
    GUS,
    ROOT,
    TRIAGE,
    click,
    message,
    new_ts,
)

SHORTCUTS = json.loads((ROOT / "manifest.json").read_text())["features"]["shortcuts"]
ASKED = "The export fails with an error since this morning, can you look into it?"


@pytest.fixture
def question(heard):
    """A customer's question: Slack's event of it."""
    asked = message(DANA, ASKED, new_ts(-300))
    heard.hears(asked)
    heard.edge.person(BEN)
    return asked["event"]


def by_button(heard, web, question, who=BEN):
    """Press *Reply help* on a card, and return what is answered."""
    heard.hears(click(who, reply_forms.HELP, f"{ACME}:{question['ts']}", f"{web.url}hook/1"))
    return "".join(one["text"] for one in web.answers)


def by_shortcut(heard, web, question, who=BEN):
    """Choose *Suggest a reply* in the message's menu, and return what is answered."""
    heard.hears(forms.chosen(who, replying.SUGGEST, question, f"{web.url}hook/1"))
    return "".join(one["text"] for one in web.answers)


def by_command(heard, _, __, who=BEN):
    """Type the command, and return what is answered."""
    return heard.asks(who, "reply").get("text", "")


WAYS = [by_button, by_shortcut, by_command]


@pytest.mark.parametrize("way", WAYS)
def test_three_templates_are_offered(heard, web, question, way):
    """Whichever way it is asked for: their words, and three situations, each with its reason."""
    assert not way(heard, web, question)
    view = forms.opened(web)
    assert f"<@{DANA}> wrote:\n>{ASKED}" in forms.text(view)
    choices = forms.offered(view)
    assert len(choices) == 3
    assert "bug" in choices
    assert all(len(why) > len("Why: it") for why in choices.values())
    assert web.called("chat.postMessage") == []


@pytest.mark.parametrize("callback_id", [one["callback_id"] for one in SHORTCUTS])
def test_each_shortcut_of_the_manifest_opens_a_form(heard, web, question, callback_id):
    """What Slack shows in the menu of a message is no dead end."""
    heard.hears(forms.chosen(BEN, callback_id, question, f"{web.url}hook/1"))
    assert forms.opened(web)
    assert web.answers == []


@pytest.mark.parametrize("way", WAYS)
def test_nothing_is_looked_up_before_the_form_opens(heard, web, question, way):
    """Slack gives three seconds to open a form: nothing else is called before."""
    way(heard, web, question)
    calls = [name for name, _ in web.calls]
    assert calls[-1] == "views.open"
    assert set(calls[:-1]) <= {"users.info"}
    assert all(asked["user"] in (BEN, DANA) for asked in web.called("users.info"))
    web.calls.clear()
    way(heard, web, question)
    assert [name for name, _ in web.calls] == ["views.open"]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("who", [DANA, GUS, "U0NOBODY", CLEO])
def test_only_colleagues_are_helped(heard, web, question, quiet, way, who):
    """A customer reads a polite no; while Slack does not say who it is, it can be tried again."""
    web.next["users.info"] = [500] if who == CLEO else []
    said = way(heard, web, question, who)
    assert said == (refusals.WHO_ARE_YOU if who == CLEO else refusals.CUSTOMER)
    assert web.called("views.open") == []
    assert quiet() == []


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("how", [{"ok": False, "error": "expired_trigger_id"}, 500, 429])
def test_a_form_that_slack_does_not_open(heard, web, question, quiet, way, how):
    """Who asked for it reads so, and nothing is logged as a failure of ours."""
    web.next["views.open"] = [how]
    assert way(heard, web, question) == refusals.NOT_OPENED
    assert quiet() == []


def test_a_card_of_an_older_heard_says_what_it_can(heard, web):
    """A button for a conversation that nobody knows any more opens nothing."""
    assert by_button(heard, web, {"ts": "1.000001"}) == refusals.UNKNOWN


@pytest.mark.parametrize("register", Register)
def test_they_are_in_the_register_of_the_channel(heard, web, question, register):
    """Formal where we are formal."""
    heard.desk.channels.change(ACME, heard.now(), lambda c: replace(c, register=register))
    by_button(heard, web, question)
    buttons = [one["accessory"] for one in forms.opened(web)["blocks"] if "accessory" in one]
    assert [one["value"].partition(".")[2] for one in buttons[:3]] == [register] * 3


def test_any_other_can_be_chosen(heard, web, question):
    """All templates are in the menu below, however many."""
    by_button(heard, web, question)
    menu = forms.opened(web)["blocks"][-1]["accessory"]
    assert len(menu["options"]) == len(heard.desk.replying.templates())


def test_without_a_template_it_says_so(heard, web, question):
    """A team may remove them all; then the form says how to add one."""
    for template in heard.desk.replying.templates():
        heard.desk.replying.remove(template.id, BEN, heard.now())
    assert not by_button(heard, web, question)
    assert "/heard templates" in forms.text(forms.opened(web))


@pytest.mark.parametrize("inside", ["x", "\n", '"', "ß", "说", "😀", "\x01", "&", "\ud83d"])
def test_a_message_of_40000_characters(heard, web, inside):
    """Slack takes 3,000 characters of a form's facts, and as many in a paragraph of it."""
    said = message(DANA, "Why? " + inside * 40_000, new_ts(-300))
    by_shortcut(heard, web, said["event"])
    view = forms.opened(web)
    assert len(view["private_metadata"].encode(errors="replace")) <= 3000
    assert json.loads(view["private_metadata"])["text"].startswith("Why?")
    heard.hears(forms.pressed(BEN, view, f"{reply_forms.USE}.0", "bug.formal"))
    view = forms.opened(web, "views.update")
    assert len(view["private_metadata"].encode(errors="replace")) <= 3000
    assert not forms.text(view).endswith("&am…")


# What a message stands for


def test_a_message_in_a_thread_is_answered_there(heard, web, question):
    """The shortcut works in threads, where Slack runs no commands."""
    chase = message(DANA, "Any news?", new_ts(-100), thread_ts=question["ts"])
    heard.hears(chase)
    by_shortcut(heard, web, chase["event"])
    known = json.loads(forms.opened(web)["private_metadata"])
    assert (known["thread"], known["customer"], known["text"]) == (
        *(question["ts"], DANA),
        "Any news?",
    )


def test_a_message_that_nobody_counted_can_be_answered(heard, web):
    """One from before Heard came is answered in a thread of its own."""
    said = message(DANA, "Hello there", new_ts(-9999))["event"]
    by_shortcut(heard, web, said)
    known = json.loads(forms.opened(web)["private_metadata"])
    assert (known["channel"], known["thread"], known["text"]) == (ACME, said["ts"], "Hello there")


def test_a_colleagues_message_stands_for_the_customers(heard, web, question):
    """We answer what the customer wrote, not one another."""
    ours = message(CLEO, "Let me have a look", new_ts(-200), thread_ts=question["ts"])
    heard.hears(ours)
    by_shortcut(heard, web, ours["event"])
    known = json.loads(forms.opened(web)["private_metadata"])
    assert (known["thread"], known["customer"], known["text"]) == (question["ts"], DANA, ASKED)


def test_a_colleague_talking_to_nobody_is_not_quoted_as_a_customer(heard, web):
    """Without a conversation, nobody is called by a colleague's name."""
    ours = message(CLEO, "We were down this morning", new_ts(-200))
    heard.hears(ours)
    by_shortcut(heard, web, ours["event"])
    view = forms.opened(web)
    assert json.loads(view["private_metadata"])["customer"] == ""
    assert f"<@{CLEO}>" not in forms.text(view)


def test_a_card_stands_for_its_conversation(heard, web, clock, question):
    """The menu of a card in the triage channel leads to the customer's thread."""
    web.next["chat.postMessage"] = [{"ok": True, "channel": TRIAGE, "ts": "1772446000.000100"}]
    clock.later(3600)
    heard.delivers()
    card = {"ts": "1772446000.000100", "channel": TRIAGE, "bot_id": "B1", "text": "Dana waits"}
    by_shortcut(heard, web, card)
    known = json.loads(forms.opened(web)["private_metadata"])
    assert (known["channel"], known["thread"], known["text"]) == (ACME, question["ts"], ASKED)


# What the choosing knows of the conversation


def promised(heard, question, when):
    """Let Ben promise the fix."""
    ts = new_ts(-200)
    heard.hears(message(BEN, f"We'll ship the fix {when}", ts, thread_ts=question["ts"]))


def chased(heard, question, when=""):
    """Let Dana ask again, twice."""
    for text in ("Any update?", "Any news on this?"):
        heard.hears(message(DANA, text, new_ts(-50), thread_ts=question["ts"]))


def sorry(heard, question, when=""):
    """Let Cleo apologise."""
    text = "Sorry about that! We're restarting it."
    heard.hears(message(CLEO, text, new_ts(-100), thread_ts=question["ts"]))


STANDING: dict[str, tuple[list[Any], int, str, str]] = {
    "nothing": ([], 0, "bug", ""),
    "chased": ([chased], 0, "holding", "they have asked before"),
    "promised": ([promised], 0, "holding", "you have promised something"),
    "overdue": ([promised, chased], 5 * 86_400, "delay", "your promise is overdue"),
}


@pytest.mark.parametrize("name", STANDING)
def test_how_it_stands_is_known(heard, web, clock, question, name):
    """Chases and promises, open or overdue, change what is offered, and are named as reasons."""
    happened, later, situation, why = STANDING[name]
    for one in happened:
        one(heard, question, "by Friday")
    clock.later(later)
    heard.delivers()
    by_button(heard, web, question)
    choices = forms.offered(forms.opened(web))
    assert situation in choices, choices
    assert why in " ".join(choices.values())


def test_who_was_apologised_to_gets_no_second_sorry(heard, web, question):
    """An apology wears out by repeating."""
    angry = "This is unacceptable, I am so disappointed, the third time this week!"
    heard.hears(message(DANA, angry, new_ts(-250), thread_ts=question["ts"]))
    by_button(heard, web, question)
    assert "apologise" in forms.offered(forms.opened(web))
    sorry(heard, question)
    heard.hears(message(DANA, angry, new_ts(-20), thread_ts=question["ts"]))
    by_button(heard, web, question)
    assert "apologise" not in forms.offered(forms.opened(web))


def test_at_night_it_says_when_we_are_back(heard, web, clock, question):
    """Outside the channel's hours, the words for that are offered first."""
    hours = "Mon-Fri 09:00-17:00"
    heard.desk.channels.change(ACME, heard.now(), lambda c: replace(c, hours=hours))
    clock.at += timedelta(hours=12)
    by_button(heard, web, question)
    assert next(iter(forms.offered(forms.opened(web)))) == "out_of_hours"
