"""What Slack may send finds its listener, and every listener gets what it asks for by name."""

import inspect
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

import pytest
from slack_bolt import App, BoltRequest, BoltResponse
from slack_bolt.kwargs_injection.args import Args
from slack_bolt.listener import CustomListener

from bot.config import Settings
from bot.core.hours import Hours, parse_week
from bot.core.ledger import Fate, Promise, Turn, turned
from bot.core.model import Channel, Conversation
from bot.core.policy import Policy
from bot.core.replies import Register
from handlers import (
    blocks,
    buttons,
    commands,
    events,
    ledger,
    modals,
    promise_forms,
    promises,
)
from storage.tiny import TinyStore
from tests.whole import WholeBot

MANIFEST = json.loads((Path(__file__).parents[1] / "manifest.json").read_text(encoding="utf-8"))
EVENTS = MANIFEST["settings"]["event_subscriptions"]["bot_events"]
POLICY = Policy(hours=Hours(week=parse_week("always"), zone=ZoneInfo("UTC")))
CARD = Conversation(id="C1:1.0", channel="C1", thread="1.0", customer="U1")
DUE = datetime(2026, 3, 2, 13, tzinfo=UTC)
PROMISE = turned(
    Promise(id="C1:1.0/0", channel="C1", conversation="C1:1.0", by="U1", words="Send it"),
    Turn(key="made", fate=Fate.MADE, by="U1", at=DUE, due=DUE),
)
TELL = promise_forms.tell(PROMISE, DUE, ZoneInfo("UTC"), Register.FORMAL)
BUTTONS = [
    *(button["action_id"] for button in blocks.actions(CARD).to_dict()["elements"]),
    *(value for name, value in vars(blocks).items() if name.isupper() and isinstance(value, str)),
    *(button["action_id"] for button in ledger.actions(PROMISE).to_dict()["elements"]),
    *(ledger.RIGHT, ledger.CHANGE, f"{ledger.DATE}.0", f"{ledger.DATE}.1"),
    *(
        button["action_id"]
        for block in TELL.to_dict()["blocks"]
        if block["type"] == "actions"
        for button in block["elements"]
    ),
]
FORMS = {
    modals.channel_set: modals.channel(Channel(id="C1"), POLICY),
    promises.changed: promise_forms.change(PROMISE, ZoneInfo("UTC"), ""),
    promises.moved: promise_forms.move(PROMISE, ZoneInfo("UTC"), "", tells=True),
    promises.told: TELL,
    promises.entered: promise_forms.track({}, "Send it", None, ZoneInfo("UTC")),
}


class Noon:
    """A clock that stands still."""

    def now(self) -> datetime:
        return datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def app() -> Iterator[App]:
    """Plug the real bot together, and leave it at that: Slack is not called."""
    tokens = {"SLACK_BOT_TOKEN": "xoxb-nobody", "SLACK_APP_TOKEN": "xapp-nobody"}
    heard = WholeBot(Settings.from_env(tokens), TinyStore.in_memory(), Noon())
    yield heard.app
    heard.stop()


@pytest.fixture(scope="module")
def listeners(app: App) -> list[CustomListener]:
    """Return what Bolt tries, in its order."""
    return cast("list[CustomListener]", app._listeners)


def request(body: dict[str, Any]) -> BoltRequest:
    """Wrap a payload as Socket Mode does."""
    return BoltRequest(mode="socket_mode", body={"team_id": "T1", "api_app_id": "A1", **body})


def heard_by(listeners: list[CustomListener], body: dict[str, Any]) -> Callable[..., Any] | None:
    """Return the function that Bolt would call: that of the first listener that matches."""
    for listener in listeners:
        if listener.matches(req=request(body), resp=BoltResponse(status=404)):
            return listener.ack_function
    return None


def test_every_argument_is_one_that_bolt_gives(listeners: list[CustomListener]):
    """A name that Bolt does not know arrives as None, with no more than a warning."""
    known = {*Args.__annotations__, "args", "edge"}
    asked = [one.arg_names for one in listeners]
    assert asked
    assert all(set(names) <= known for names in asked)


def test_no_listener_has_keyword_only_arguments(listeners: list[CustomListener]):
    """Bolt does not see those, and calls the listener without them."""
    for listener in listeners:
        for argument in inspect.signature(listener.ack_function).parameters.values():
            assert argument.kind is inspect.Parameter.POSITIONAL_OR_KEYWORD


@pytest.mark.parametrize("name", EVENTS)
def test_every_event_of_the_manifest_is_used(name: str):
    """What Heard subscribes to does more than to be acknowledged."""
    assert events.LISTENERS[name.partition(".")[0]] is not events.anything


def test_the_slash_command_is_answered(listeners: list[CustomListener]):
    """The manifest's one command has its listener."""
    (command,) = MANIFEST["features"]["slash_commands"]
    assert heard_by(listeners, {"command": command["command"], "text": ""}) is commands.heard


@pytest.mark.parametrize("action_id", sorted(set(BUTTONS)))
def test_every_button_works(listeners: list[CustomListener], action_id: str):
    """No button on a card ends in the listener for those of an older Heard."""
    pressed = {"type": "block_actions", "actions": [{"type": "button", "action_id": action_id}]}
    assert heard_by(listeners, pressed) not in (None, buttons.unknown)


def test_a_button_of_an_older_heard_is_acknowledged(listeners: list[CustomListener]):
    """A card that was posted before an update does not show an error when it is clicked."""
    pressed = {"type": "block_actions", "actions": [{"type": "button", "action_id": "long.gone"}]}
    assert heard_by(listeners, pressed) is buttons.unknown


@pytest.mark.parametrize("read_by", FORMS)
def test_every_form_is_read(listeners: list[CustomListener], read_by: Callable[..., Any]):
    """The form that opens is the one whose answer is waited for."""
    sent = {"type": "view_submission", "view": FORMS[read_by].to_dict()}
    assert heard_by(listeners, sent) is read_by


@pytest.mark.parametrize("shortcut", MANIFEST["features"]["shortcuts"], ids=lambda one: one["name"])
def test_every_shortcut_of_the_manifest_works(
    listeners: list[CustomListener], shortcut: dict[str, str]
):
    """What is in the menu of a message does something."""
    chosen = {"type": "message_action", "callback_id": shortcut["callback_id"]}
    assert heard_by(listeners, chosen) not in (None, buttons.unknown)


@pytest.mark.parametrize("name", ["event_of_the_future", None])
def test_an_unknown_event_is_acknowledged(app: App, name: str | None):
    """Slack would send again, for minutes, what nobody answers."""
    body = {"type": "event_callback", "event": {"type": name}}
    assert app.dispatch(request(body)).status == 200
