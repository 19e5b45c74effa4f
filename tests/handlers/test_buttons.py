"""The buttons of cards and lists, and the channel's form."""

import json

import pytest

from bot.core.hours import parse_duration
from bot.core.model import State
from handlers import blocks, modals
from handlers.refusals import CUSTOMER, WHO_ARE_YOU
from tests.local import ACME, BEN, CLEO, DANA, GUS, HOME, TRIAGE, click, message, new_ts


@pytest.fixture
def conversation(heard):
    """A waiting conversation; its id."""
    heard.hears(message(DANA))
    return heard.conversations()[0].id


@pytest.fixture
def press(heard, web):
    """Press a button, and return what its presser reads in private."""

    def pressed(who, action, value, **fields):
        assert heard.told(click(who, action, value, f"{web.url}hook/1", **fields)).status == 200
        answer = web.answers.pop()
        assert web.answers == []
        assert answer["response_type"] == "ephemeral"
        assert not answer.get("replace_original")
        return answer

    return pressed


def only(heard):
    """Return the one conversation there is."""
    (conversation,) = heard.conversations()
    return conversation


STATES = {
    blocks.CLAIM: State.WAITING,
    blocks.SNOOZE: State.SNOOZED,
    blocks.DISMISS: State.DISMISSED,
    blocks.RESOLVE: State.RESOLVED,
}


@pytest.mark.parametrize(("action", "state"), STATES.items(), ids=STATES)
def test_each_button_does_what_it_says(heard, press, conversation, action, state):
    """A colleague's click moves the conversation and is confirmed in private."""
    assert press(BEN, action, conversation)["text"]
    assert only(heard).state is state
    assert only(heard).claimer == (BEN if action == blocks.CLAIM else "")


@pytest.mark.parametrize("action", STATES)
@pytest.mark.parametrize("who", [DANA, GUS, "U0NOBODY"])
def test_a_customers_click_is_refused(heard, press, conversation, action, who):
    """A customer gets one private refusal without buttons, and nothing happens."""
    answer = press(who, action, conversation)
    assert answer["text"] == CUSTOMER
    assert not answer.get("blocks")
    assert (only(heard).state, only(heard).claimer) == (State.WAITING, "")


@pytest.mark.parametrize("value", ["", "C0NOWHERE:1.0", "nonsense", "C0ACMESHRD1:", "🎉"])
def test_an_unknown_conversation_is_explained(press, conversation, value):
    """A button of a conversation that is no longer known says so."""
    assert "know of no conversation" in press(BEN, blocks.CLAIM, value)["text"]


def test_who_was_quicker_is_named(heard, press, conversation):
    """The second claimer learns who has it; the first may press again."""
    press(BEN, blocks.CLAIM, conversation)
    assert f"<@{BEN}> has that one already" in press(CLEO, blocks.CLAIM, conversation)["text"]
    press(BEN, blocks.CLAIM, conversation)
    assert only(heard).claimer == BEN


@pytest.mark.parametrize("action", [blocks.RESOLVE, blocks.DISMISS])
def test_what_is_over_cannot_be_snoozed(heard, press, conversation, action):
    """Snoozing what was resolved or dismissed is explained."""
    press(BEN, action, conversation)
    assert "nothing to snooze" in press(CLEO, blocks.SNOOZE, conversation)["text"]
    assert only(heard).state is STATES[action]


def test_who_cannot_be_looked_up_is_asked_to_try_again(heard, web, press, conversation):
    """While Slack does not say who clicked, nothing is done."""
    web.next["users.info"] = [500]
    assert press(BEN, blocks.CLAIM, conversation)["text"] == WHO_ARE_YOU
    assert only(heard).claimer == ""


def test_a_click_in_an_ephemeral_has_no_message(heard, press, conversation):
    """Lists are ephemeral, and their clicks come without the message."""
    container = {"type": "message", "message_ts": "1.0", "channel_id": ACME, "is_ephemeral": True}
    press(BEN, blocks.RESOLVE, conversation, container=container)
    assert only(heard).state is State.RESOLVED


def test_a_button_of_another_version_is_acknowledged(heard, web, quiet):
    """A button that nobody knows any more shows no error."""
    assert heard.told(click(BEN, "promise.keep", "1", f"{web.url}hook/1")).status == 200
    assert quiet() == []


def test_a_click_that_cannot_be_stored_is_acknowledged_and_not_done(heard, web, conversation):
    """A failing store changes nothing, and the next click works."""
    heard.edge.person(BEN)
    heard.store.fails = True
    heard.told(click(BEN, blocks.CLAIM, conversation, f"{web.url}hook/1"))
    heard.store.fails = False
    assert only(heard).claimer == ""


# The channel's form


def submission(who, values, channel=ACME):
    """Make what Slack sends when the form is saved."""
    names = [*modals.TARGETS, "hours", modals.CLOSING]
    state = {
        name: {name: {"type": "plain_text_input", "value": values.get(name)}} for name in names
    }
    chosen = {"value": values[modals.REGISTER]} if values.get(modals.REGISTER) else None
    state[modals.REGISTER] = {modals.REGISTER: {"type": "static_select", "selected_option": chosen}}
    return {
        "type": "view_submission",
        "team": {"id": HOME, "domain": "lighthouse"},
        "user": {"id": who, "team_id": HOME},
        "api_app_id": "A0HEARDAPP1",
        "view": {
            "type": "modal",
            "callback_id": modals.CHANNEL,
            "private_metadata": channel,
            "blocks": [{"type": "input", "block_id": name} for name in names],
            "state": {"values": state},
        },
    }


@pytest.fixture
def saves(heard, conversation):
    """Save the form, and return what is wrong with it."""

    def saved(who, **values):
        response = heard.told(submission(who, values))
        assert response.status == 200
        answer = json.loads(response.body) if response.body else {}
        assert answer.get("response_action", "errors") == "errors"
        return answer.get("errors", {})

    return saved


def test_a_channel_has_its_own_targets_and_hours(heard, saves):
    """What is saved holds from then on for what waits there already."""
    before = heard.conversations()[0].due_at
    assert saves(BEN, nudge="5m", hours="Mon-Fri 08:00-18:00") == {}
    channel = heard.store.channel(ACME)
    assert channel.targets.nudge == parse_duration("5m")
    assert channel.targets.escalate is None
    assert channel.hours == "Mon-Fri 08:00-18:00"
    assert heard.conversations()[0].due_at < before


def test_an_empty_form_means_the_teams(heard, saves):
    """Clearing every field takes the channel's own rules away."""
    saves(BEN, nudge="5m", hours="always")
    assert saves(BEN) == {}
    assert heard.store.channel(ACME).targets is None
    assert heard.store.channel(ACME).hours == ""


FAULTS = {
    "nudge": ["soon", "0m", "-5m", "5", "5 fortnights", "9" * 40 + "d", "1e3s"],
    "closing": [
        "25:00",
        "5pm",
        "24:00",
        "17",
        "1730",
        "17:60",
        "17:00:00",
        "17:00+02:00",
        "\u0661\u0667:\u0660\u0660",
    ],
    "hours": ["9-5", "Mon-Fri", "Mon-Fri 17:00-09:00", "Mon 09:00-17:00, Mon 10:00-11:00", "25:00"],
}


@pytest.mark.parametrize(("typed", "kept"), [("16:30", "16:30"), (" 9:05 ", "09:05"), ("", "")])
def test_a_channel_closes_when_it_says(heard, saves, typed, kept):
    """What is promised there for a day is due at that hour, and the form shows it again."""
    assert saves(BEN, closing=typed) == {}
    assert heard.store.channel(ACME).closing == kept
    heard.hears(message(BEN, "I'll send it tomorrow"))
    (promise,) = heard.store.owed()
    assert f"{promise.due:%H:%M}" == (kept or "17:00")


@pytest.mark.parametrize("register", ["formal", "neutral", "informal", ""])
def test_a_channel_has_its_own_register(heard, web, saves, register):
    """It is kept, and stands in the form; where nothing is chosen it is neutral."""
    assert saves(BEN, register=register) == {}
    assert heard.store.channel(ACME).register == register
    heard.asks(BEN, "channel")
    shown = web.called("views.open")[-1]["view"]
    blocks_ = (shown if isinstance(shown, dict) else json.loads(shown))["blocks"]
    assert blocks_[-1]["element"]["initial_option"]["value"] == (register or "neutral")


@pytest.mark.parametrize(
    ("field", "value"), [(field, value) for field, values in FAULTS.items() for value in values]
)
def test_what_is_wrong_stands_beside_its_field(heard, saves, field, value):
    """A faulty field keeps the form open with an explanation, and saves nothing of it."""
    errors = saves(BEN, **{"escalate": "3h", field: value})
    assert list(errors) == [field]
    assert len(errors[field]) <= 2000
    assert heard.store.channel(ACME).targets is None


@pytest.mark.parametrize("who", [DANA, GUS, "U0NOBODY"])
def test_a_customer_cannot_save_it(heard, saves, who):
    """A form sent by a customer, whatever team it names, is refused."""
    assert saves(who, nudge="5m")
    assert heard.store.channel(ACME).targets is None


def test_while_slack_does_not_say_who_saves_nothing_is(heard, web, saves):
    """The form stays open to be saved again."""
    web.next["users.info"] = [500]
    assert "again" in saves(BEN, nudge="5m")["hours"]
    assert saves(BEN, nudge="5m") == {}


@pytest.mark.parametrize(
    "text", ["90s", "31m", "1h30m", "2d", "1d4h", "300h", "8759h59m59s", "0.7h"]
)
def test_the_form_shows_what_it_can_read(heard, web, saves, text):
    """Opened again, the form shows what was saved; saving it unchanged changes nothing."""
    assert saves(BEN, nudge=text, hours="always") == {}
    before = heard.store.channel(ACME)
    assert heard.asks(BEN, "channel") == {}
    shown = web.called("views.open")[-1]["view"]
    view = shown if isinstance(shown, dict) else json.loads(shown)
    values = {b["block_id"]: b["element"].get("initial_value", "") for b in view["blocks"]}
    assert saves(BEN, **values) == {}
    after = heard.store.channel(ACME)
    assert (after.targets, after.hours) == (before.targets, before.hours)


def test_a_field_left_empty_follows_the_team(heard, web, saves):
    """Only what was filled in is the channel's own: the rest shows as the team's."""
    saves(BEN, nudge="5m")
    heard.asks(BEN, "channel")
    shown = web.called("views.open")[-1]["view"]
    view = shown if isinstance(shown, dict) else json.loads(shown)
    filled = [b["block_id"] for b in view["blocks"] if b["element"].get("initial_value")]
    assert filled == ["nudge"]


@pytest.mark.parametrize("error", ["expired_trigger_id", "invalid_arguments", "internal_error"])
def test_a_form_that_does_not_open_is_explained(heard, web, conversation, error):
    """Where Slack does not open the form, whoever asked is told."""
    web.next["views.open"] = [{"ok": False, "error": error}]
    assert "could not open" in heard.asks(BEN, "channel")["text"]


def test_the_form_is_refused_in_triage(heard, conversation):
    """There is nothing to set about a channel that is never watched."""
    assert "never watched" in heard.asks(BEN, "channel", TRIAGE)["text"]


def test_a_form_without_its_values_is_no_silence(heard, saves, quiet):
    """A broken form is answered with an explanation in it, and logged."""
    body = submission(BEN, {})
    body["view"]["state"]["values"] = {}
    assert heard.told(body).status == 200
    assert quiet()


def test_the_cards_own_time_is_untouched(heard, web, conversation):
    """Pressing a button long after the message is stored in the order of happening."""
    late = new_ts(3600)
    heard.hears(message(DANA, "Still there?", ts=late))
    heard.told(click(BEN, blocks.RESOLVE, conversation, f"{web.url}hook/1"))
    assert heard.store.conversation(conversation).state is State.RESOLVED
