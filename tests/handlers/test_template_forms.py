"""`/heard templates`: what the team does with its words, which holds at once and is not lost."""

import json
from dataclasses import replace

import pytest

from bot.core.replies import Register
from handlers import refusals
from handlers.template_forms import ADD, CHANGE, MENU, REGISTER, SEE, TAKE_AWAY
from tests.handlers import forms
from tests.local import ACME, ANA, BEN, CLEO, DANA, GUS, message, new_ts

DELAY = "delay.neutral"
TEXT = "We are late, {name?}: {issue}. I will {action}, and you hear from me {when}."


@pytest.fixture
def listing(heard, web):
    """Open the list."""

    def opened(who=BEN):
        assert heard.asks(who, "templates") == {}
        return forms.opened(web)

    return opened


@pytest.fixture
def chosen(heard, web, listing):
    """Choose something in the menu of a template, and return what is shown."""

    def menu(what, template=DELAY, who=BEN):
        shown = listing()
        before = len(web.called("views.push"))
        heard.hears(forms.pressed(who, shown, MENU, f"{what}|{template}"))
        return forms.opened(web, "views.push") if web.called("views.push")[before:] else None

    return menu


def saves(heard, view, who=BEN, how="neutral", **values):
    """Send the form off, and return what it answers; the list lies beneath it."""
    option = {"value": how, "text": {"type": "plain_text", "text": how.capitalize()}}
    sent = forms.submitted(who, view, register=option, **values)
    sent["view"]["previous_view_id"] = "V0LIST00001"
    response = heard.told(sent)
    assert response.status == 200
    return json.loads(response.body) if response.body else {}


def shown(view):
    """Return the ids of the templates in a list."""
    menus = [one["accessory"] for one in view["blocks"] if "accessory" in one]
    return [
        one["options"][0]["value"].partition("|")[2] for one in menus if one["type"] == "overflow"
    ]


@pytest.mark.parametrize("register", Register)
def test_the_list_shows_one_register(heard, web, listing, register):
    """That of the channel first; another is a choice away."""
    heard.desk.channels.change(ACME, heard.now(), lambda c: replace(c, register=register))
    assert len(shown(listing())) == 14
    assert {one.partition(".")[2] for one in shown(listing())} == {register}
    for other in Register:
        heard.hears(forms.pressed(BEN, listing(), REGISTER, other))
        view = forms.opened(web, "views.update")
        assert {one.partition(".")[2] for one in shown(view)} == {other}


@pytest.mark.parametrize("who", [DANA, GUS, CLEO])
def test_only_colleagues_see_it(heard, web, who):
    """A customer reads a polite no."""
    web.next["users.info"] = [500] if who == CLEO else []
    said = heard.asks(who, "templates")["text"]
    assert said == (refusals.WHO_ARE_YOU if who == CLEO else refusals.CUSTOMER)
    assert web.called("views.open") == []


@pytest.mark.parametrize("how", [{"ok": False, "error": "expired_trigger_id"}, 500])
def test_a_list_that_slack_does_not_open(heard, web, how):
    """Who asked for it reads so."""
    web.next["views.open"] = [how]
    assert heard.asks(BEN, "templates")["text"] == refusals.NOT_OPENED


@pytest.mark.parametrize("who", [DANA, GUS, CLEO])
@pytest.mark.parametrize("action", [REGISTER, ADD, MENU])
def test_only_colleagues_press_anything(heard, web, listing, quiet, action, who):
    """Nothing more is shown to anybody else."""
    view = listing()
    web.next["users.info"] = [500] if who == CLEO else []
    value = f"{SEE}|{DELAY}" if action == MENU else "neutral"
    heard.hears(forms.pressed(who, view, action, value))
    assert not web.called("views.push")
    assert not web.called("views.update")
    assert quiet() == []


def test_a_preview_shows_it_filled_in(heard, chosen):
    """With the examples of its slots, and nothing of a history that it does not have."""
    view = chosen(SEE)
    template = heard.desk.replying.template(DELAY)
    assert template.title in forms.text(view)
    assert template.slot("reason").example in forms.text(view)
    assert "‹" not in forms.text(view)
    assert "Written" not in forms.text(view)


def test_a_changed_one_keeps_its_history(heard, clock, chosen):
    """Who changed it, when, and to which words; also that it was removed, and came back."""
    assert saves(heard, chosen(CHANGE), text=TEXT) == {}
    clock.later(60)
    heard.desk.replying.remove(DELAY, ANA, heard.now())
    clock.later(60)
    view = chosen(SEE, DELAY) or {}
    assert view == {}
    template = replace(heard.desk.replying.once(DELAY), title="Late <again>")
    heard.desk.replying.keep(template, "", heard.now())
    said = forms.text(chosen(SEE))
    assert "*Late &lt;again&gt;* (neutral)" in said
    assert f"Written by <@{BEN}>" in said
    assert f"Removed by <@{ANA}>" in said
    assert "Written by the command line" in said
    assert said.index("command line") < said.index(ANA) < said.index(BEN)
    assert TEXT in said


def test_an_edit_holds_at_once(heard, web, chosen):
    """The form has what there is; what is saved is offered in the next reply, and listed."""
    view = chosen(CHANGE)
    inputs = {one["block_id"]: one["element"] for one in view["blocks"] if one["type"] == "input"}
    template = heard.desk.replying.template(DELAY)
    assert inputs["text"]["initial_value"] == template.text
    assert inputs["title"]["initial_value"] == template.title
    assert inputs["register"]["initial_option"]["value"] == "neutral"
    assert saves(heard, view, text=TEXT, title="We are late") == {}
    assert "We are late" in forms.text(forms.opened(web, "views.update"))
    assert web.called("views.update")[-1]["view_id"] == "V0LIST00001"
    heard.hears(message(DANA, "Any news?", new_ts(-100)))
    heard.asks(BEN, "reply late")
    assert "We are late" in forms.text(forms.opened(web))


def test_its_own_hints_survive_an_edit(heard, chosen):
    """A template may word a slot in its own way; the form does not ask for that."""
    own = heard.desk.replying.template("no.informal").slot("issue")
    assert own != heard.desk.replying.template(DELAY).slot("issue")
    assert saves(heard, chosen(CHANGE, "no.informal"), how="informal", title="No") == {}
    assert heard.desk.replying.template("no.informal").slot("issue") == own


def test_one_is_added(heard, web, listing, chosen):
    """In the register that was looked at, with the slots that its words name."""
    heard.hears(forms.pressed(BEN, listing(), ADD, "informal"))
    view = forms.opened(web, "views.push")
    assert "`{issue}` what they told you" in forms.text(view)
    values = {"title": "Delay by weather", "situation": "Delay", "text": TEXT}
    assert saves(heard, view, how="informal", **values) == {}
    added = heard.desk.replying.template("delay.informal.2")
    assert (added.situation, added.register, added.text) == ("delay", "informal", TEXT)
    assert [slot.name for slot in added.slots] == ["name", "issue", "action", "when"]
    assert "Delay by weather" in forms.text(forms.opened(web, "views.update"))


FAULTS = {
    "no title": ({"title": "  "}, "title", "The title must have 1 to 75 characters."),
    "no situation": (
        *({"situation": "a delay!"}, "situation"),
        "The situation must be a short lower-case name, such as delay.",
    ),
    "no issue": ({"text": "Hello!"}, "text", "{issue} is missing"),
    "no words": ({"text": "{issue}"}, "text", "no words of its own"),
    "unknown": ({"text": "{issue}: {wether}"}, "text", "{wether} is no known slot."),
    "brace": ({"text": "{issue}: {"}, "text", "a slot is written {issue}"),
    "hidden": ({"text": "{issue} is\u202e so"}, "text", "invisible characters"),
    "long": ({"text": "{issue} " + "x" * 2990}, "text", "Slack takes 3,000."),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_stands_beside_its_field(heard, web, listing, name):
    """Nothing is kept, and nothing that was typed is lost."""
    wrong, field, says = FAULTS[name]
    heard.hears(forms.pressed(BEN, listing(), ADD, "neutral"))
    values = {"title": "Late", "situation": "late", "text": TEXT, **wrong}
    answer = saves(heard, forms.opened(web, "views.push"), **values)
    assert answer["response_action"] == "errors"
    assert answer["errors"].keys() == {field}
    assert says in answer["errors"][field]
    assert heard.store.templates() == ()


@pytest.mark.parametrize("who", [DANA, GUS, CLEO])
def test_only_colleagues_save_or_remove(heard, web, chosen, who):
    """The forms stay open and say why."""
    form, question = chosen(CHANGE), chosen(TAKE_AWAY)
    said = refusals.WHO_ARE_YOU if who == CLEO else refusals.CUSTOMER
    web.next["users.info"] = [500, 500] if who == CLEO else []
    assert saves(heard, form, who, text=TEXT)["errors"] == {"title": said}
    answer = heard.told(forms.submitted(who, question))
    assert said in forms.text(json.loads(answer.body)["view"])
    assert heard.store.templates() == ()


def test_one_is_removed(heard, web, chosen):
    """After a question; then nobody is offered it."""
    view = chosen(TAKE_AWAY)
    assert "Remove *A delay* (neutral)?" in forms.text(view)
    sent = forms.submitted(BEN, view)
    sent["view"]["previous_view_id"] = "V0LIST00001"
    heard.hears(sent)
    assert DELAY not in shown(forms.opened(web, "views.update"))
    assert DELAY not in [one.id for one in heard.desk.replying.templates()]
    heard.hears(forms.submitted(BEN, view))
    assert len(heard.desk.replying.history(DELAY)) == 1


@pytest.mark.parametrize("what", [SEE, CHANGE, TAKE_AWAY])
def test_one_that_a_colleague_has_removed_meanwhile(heard, web, chosen, what):
    """The list shows how it is now."""
    heard.desk.replying.remove(DELAY, ANA, heard.now())
    assert chosen(what) is None
    assert DELAY not in shown(forms.opened(web, "views.update"))


def test_two_colleagues_edit_one(heard, chosen):
    """The last one holds, also after a removal; what the other wrote is in its history."""
    first, second = chosen(CHANGE), chosen(CHANGE)
    saves(heard, first, ANA, title="Ana's")
    heard.desk.replying.remove(DELAY, CLEO, heard.now())
    saves(heard, second, BEN, title="Ben's")
    assert heard.desk.replying.template(DELAY).title == "Ben's"
    edits = heard.desk.replying.history(DELAY)
    assert [one.template and one.template.title for one in edits] == ["Ana's", None, "Ben's"]
