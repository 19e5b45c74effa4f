"""The form with a template's slots: alive while it is filled in, and nothing in it is lost."""

import json
from dataclasses import replace

import pytest

from bot.core.replies import Register
from handlers import refusals, reply_forms, replying
from handlers.reply_forms import COPY, LOOK, OTHER, REGISTER, SLOT, USE
from tests.handlers import forms
from tests.local import ACME, ACME_TEAM, ANA, BEN, CLEO, DANA, GUS, click, message, new_ts, user

ASKED = "The export fails with an error since this morning, can you look into it?"
VALUES = {
    "issue": "your export fails",
    "action": "run it row by row",
    "when": "tomorrow 3pm",
    "name": "Dana",
}
DISMISSIVE = VALUES | {"issue": "it only fails sometimes, so it's not a big deal"}


@pytest.fixture
def question(heard):
    """A customer's question; its `ts`."""
    asked = message(DANA, ASKED, new_ts(-300))
    heard.hears(asked)
    return asked["event"]["ts"]


@pytest.fixture
def picking(heard, web, question):
    """The form with the three that fit."""
    heard.hears(click(BEN, reply_forms.HELP, f"{ACME}:{question}", f"{web.url}hook/1"))
    return forms.opened(web)


@pytest.fixture
def form(heard, web, picking):
    """Choose a template, and return the form to fill in."""

    def chosen(template="acknowledge.neutral"):
        heard.hears(forms.pressed(BEN, picking, f"{USE}.0", template))
        return forms.opened(web, "views.update")

    return chosen


@pytest.fixture
def types(heard, web):
    """Fill in a form so far, and return what it is then."""

    def typed(view, press=SLOT, value="x", who=BEN, /, **values):
        before = len(web.called("views.update"))
        heard.hears(forms.pressed(who, view, press, value, **values))
        return forms.opened(web, "views.update") if web.called("views.update")[before:] else None

    return typed


def in_fields(view):
    """Return what stands in the fields beforehand."""
    inputs = [one for one in view["blocks"] if one["type"] == "input"]
    return {one["block_id"]: one["element"].get("initial_value", "") for one in inputs}


@pytest.mark.parametrize("action", [f"{USE}.0", f"{USE}.2", OTHER])
def test_the_form_asks_for_the_slots(heard, web, picking, action):
    """It has the customer's words on top, a hint and an example with each slot, and a preview."""
    heard.hears(forms.pressed(BEN, picking, action, "acknowledge.neutral"))
    view = forms.opened(web, "views.update")
    (call,) = web.called("views.update")
    assert (call["view_id"], call["hash"]) == ("V0FORM00001", "1.abc")
    assert forms.fields(view) == ["name", "issue", "action", "when"]
    assert ASKED in forms.text(view)
    assert "‹what they told you›" in forms.text(view)
    inputs = {one["block_id"]: one for one in view["blocks"] if one["type"] == "input"}
    assert all(one["hint"] and one["element"]["placeholder"] for one in inputs.values())
    assert [name for name, one in inputs.items() if one["optional"]] == ["name"]
    assert (view["submit"]["text"], view["title"]["text"]) == ("Post", "Your reply")


NAMES = {
    "dana": "Dana",
    "Dana Smith": "Dana",
    "@dana.smith | Acme": "Dana",
    "O'Neil": "O'Neil",
    "McKay": "McKay",
    "Zoë": "Zoë",
    "李 小龙": "李",
    "🌻 Dana": "Dana",
    "": "",
    "42": "",
}


@pytest.mark.parametrize("name", NAMES)
def test_the_name_is_there_and_the_issue_never(web, form, name):
    """Slack is asked for the customer's name; what they said has to be in the agent's words."""
    web.users[DANA] = user(DANA, ACME_TEAM, profile={"display_name": name}, is_stranger=True)
    known = in_fields(form())
    assert known == {"name": NAMES[name], "issue": "", "action": "", "when": ""}


@pytest.mark.parametrize("how", [500, 429, {"ok": False, "error": "user_not_found"}])
def test_where_slack_names_nobody_the_name_is_left_open(web, form, quiet, how):
    """It may stay empty anyway."""
    web.next["users.info"] = [how]
    assert in_fields(form())["name"] == ""
    assert quiet() == []


def test_the_preview_is_alive(form, types):
    """Every character is shown in its place, and can ping nobody."""
    view = types(form(), issue="your export <!channel> fails", name="Dana")
    assert "your export &lt;!channel&gt; fails" in forms.text(view)
    assert "Dana" in forms.text(view)
    assert "‹by when›" in forms.text(view)
    assert "reads well" not in forms.text(view)
    view = types(view, **VALUES)
    assert "by tomorrow 3pm" in forms.text(view)
    assert "It reads well." in forms.text(view)
    assert in_fields(view) == VALUES


def test_fields_tell_of_each_character(form):
    """Slack sends what is typed while it is typed."""
    inputs = [one for one in form()["blocks"] if one["type"] == "input"]
    config = {"trigger_actions_on": ["on_character_entered"]}
    assert all(one["dispatch_action"] for one in inputs)
    assert all(one["element"]["dispatch_action_config"] == config for one in inputs)


@pytest.mark.parametrize("more", ["", " ", ".", "\n"])
def test_what_changes_nothing_is_not_shown_again(form, types, more):
    """A space at the end is no reason to draw the form anew."""
    view = types(form(), **VALUES)
    assert types(view, **VALUES | {"issue": VALUES["issue"] + more}) is None


@pytest.mark.parametrize(
    "how", [{"ok": False, "error": "hash_conflict"}, {"ok": False, "error": "not_found"}, 500, 429]
)
@pytest.mark.parametrize("action", [SLOT, REGISTER, LOOK, COPY])
def test_a_form_that_slack_does_not_show_anew_is_left_alone(form, types, web, quiet, action, how):
    """Somebody was typing on, or has closed it: nothing is lost, and it is no failure."""
    view = form()
    web.next["views.update"] = [how]
    types(view, action, "formal", **VALUES)
    assert quiet() == []


def test_an_example_left_as_it_is_does_not_read_well(heard, form, types):
    """What is not whole is not judged."""
    example = heard.desk.replying.template("acknowledge.neutral").slot("issue").example
    view = types(form(), **VALUES | {"issue": example})
    assert "reads well" not in forms.text(view)


def test_what_it_risks_is_said_while_it_is_typed(form, types):
    """With the reason, and kinder words."""
    view = types(form(), **DISMISSIVE)
    assert ":warning:" in forms.text(view)
    assert "Kinder: _" in forms.text(view)
    assert "reads well" not in forms.text(view)


@pytest.mark.parametrize("register", Register)
def test_another_register_keeps_what_was_typed(heard, form, types, register):
    """Also the name, where one register calls nobody by it."""
    view = types(form("clarify.neutral"), REGISTER, "formal", name="Dana", issue="it fails")
    assert json.loads(view["private_metadata"])["template"] == "clarify.formal"
    assert "name" not in forms.fields(view)
    view = types(view, **in_fields(view) | {"action": "look"})
    view = types(view, REGISTER, register, **in_fields(view)) or view
    view = types(view, REGISTER, "neutral", **in_fields(view)) or view
    assert in_fields(view) == {
        "name": "Dana",
        "issue": "it fails",
        "question": "",
        "action": "look",
    }


def test_a_register_that_has_no_words_changes_nothing(heard, form, types):
    """The team may have removed those."""
    heard.desk.replying.remove("acknowledge.formal", ANA, heard.now())
    assert types(form(), REGISTER, "formal") is None


def test_a_look_shows_what_the_preview_may_have_missed(form, types):
    """*Check it* draws the form with the last characters, too."""
    view = types(form(), **VALUES | {"when": "tomorr"})
    assert "by tomorrow 3pm" in forms.text(types(view, LOOK, "look", **VALUES))


def test_the_words_can_be_copied(heard, form, types, web):
    """They are shown sign by sign; nothing is posted, and nothing promised."""
    view = types(form(), COPY, "copy", **VALUES | {"issue": "*it* `fails` & <!here> :tada:"})
    words = view["blocks"][1]["text"]
    assert words["type"] == "plain_text"
    assert "*it* `fails` & <!here> :tada:" in words["text"]
    assert "by tomorrow 3pm" in words["text"]
    assert view["title"]["text"] == "Your reply"
    assert heard.store.outbox() == ()
    assert heard.store.owed() == ()


def test_what_is_missing_is_not_copied(form, types):
    """The form stays, and says what to fill in."""
    view = types(form(), COPY, "copy", name="", issue="it fails", when="tomorrow")
    assert "*what you will do*: It is empty" in forms.text(view)
    assert in_fields(view) == {"name": "", "issue": "it fails", "action": "", "when": "tomorrow"}


def test_a_template_removed_before_it_was_chosen(heard, picking, types):
    """What is left is offered, and why."""
    heard.desk.replying.remove("bug.neutral", ANA, heard.now())
    view = types(picking, f"{USE}.0", "bug.neutral")
    assert replying.TAKEN_AWAY in forms.text(view)
    assert "bug" not in forms.offered(view) or len(forms.offered(view)) == 3


@pytest.mark.parametrize("action", [SLOT, REGISTER, LOOK, COPY])
def test_a_template_removed_while_it_is_filled_in(heard, form, types, action):
    """What was begun can be finished."""
    view = form()
    heard.desk.replying.remove("acknowledge.neutral", ANA, heard.now())
    shown = types(view, action, "neutral", **VALUES)
    assert "your export fails" in json.dumps(shown["blocks"])


@pytest.mark.parametrize("who", [DANA, GUS, "U0NOBODY", CLEO])
@pytest.mark.parametrize("action", [f"{USE}.0", SLOT, REGISTER, LOOK, COPY])
def test_only_colleagues_go_on(picking, form, types, web, quiet, action, who):
    """A form shows a customer nothing more; who cannot be looked up loses nothing of it."""
    view = picking if action.startswith(USE) else form()
    web.next["users.info"] = [500] if who == CLEO else []
    shown = types(view, action, "clarify.formal", who, **VALUES)
    if action in (SLOT, REGISTER, LOOK):
        assert shown is None
    else:
        said = refusals.WHO_ARE_YOU if who == CLEO else refusals.CUSTOMER
        assert said in forms.text(shown)
        assert action != COPY or in_fields(shown) == VALUES
    assert quiet() == []


@pytest.mark.parametrize("inside", ["&", "说", "😀", "<!channel> ", "\u202e", "{issue}", '"\\'])
def test_long_words_fit_into_slacks_form(heard, form, types, inside):
    """However they are written: the paragraphs of the form, and its facts, stay within limits."""
    long = (inside * 300)[:300]
    view = types(form(), **VALUES | {"issue": long, "action": long})
    assert view is not None
    view = types(view, REGISTER, "formal", **VALUES | {"issue": long, "action": long})
    assert len(view["private_metadata"].encode()) <= 3000
    assert in_fields(view)["issue"] == long


def test_a_changed_slot_takes_what_fits(heard, form, types):
    """Where somebody has made a slot shorter meanwhile, the form can still be shown."""
    view = form()
    template = heard.desk.replying.template("acknowledge.neutral")
    slots = tuple(replace(slot, label="x" * 75) for slot in template.slots)
    heard.desk.replying.keep(replace(template, slots=slots), ANA, heard.now())
    assert in_fields(types(view, **VALUES)) == VALUES


def test_the_newest_look_is_shown(heard, web, form):
    """Where an older look is answered after a newer one, the form shows the newer."""
    view = form()
    looks = [
        forms.pressed(BEN, view, SLOT, **VALUES | {"issue": words})
        for words in ("the export stops", "the export stops at 10,000 rows")
    ]
    for at, look in enumerate(looks, 1):
        look["actions"][0]["action_ts"] = f"1772445600.00000{at}"
    web.calls.clear()
    heard.hears(*reversed(looks))
    (call,) = web.called("views.update")
    assert "10,000 rows" in forms.text(call["view"])
    assert "hash" not in call
