"""Every payload that was ever captured from Slack can be taken in."""

import json
import logging
from pathlib import Path
from typing import Any

import pytest

from bot.core.model import Role
from bot.core.people import role
from handlers import payloads
from tests.local import envelope

FOLDER = Path(__file__).parents[3] / "shared" / "payloads"
OTHERS = {"message_action", "view_closed", "view_submission"}
"""Shortcuts and forms of other apps: Heard has none of that name, and Slack would send it none."""


def captured() -> list[Any]:
    """List what Slack sends over a socket, as it comes out of its envelope."""
    cases = []
    for path in sorted(FOLDER.glob("*/*.json")):
        if path.parent.name == "webapi" or path.name.startswith("users.info"):
            continue
        content = json.loads(path.read_text(encoding="utf-8"))
        found = [one["payload"] for one in content] if isinstance(content, list) else [content]
        for number, one in enumerate(found):
            body = one.get("payload", one)
            name = f"{path.parent.name}/{path.stem}" + (f"-{number}" if number else "")
            if _is_ours(body):
                cases.append(pytest.param(_as_sent(body), id=name))
    return cases or [pytest.param({}, marks=pytest.mark.skip(reason=f"{FOLDER} is not here"))]


def _is_ours(body: dict[str, Any]) -> bool:
    """Leave out what the socket client keeps to itself, and what only comes over HTTP."""
    kind = body.get("type")
    return kind not in {"hello", "disconnect", "app_rate_limited"} | OTHERS


def _as_sent(body: dict[str, Any]) -> dict[str, Any]:
    """Wrap an event that was noted bare; give a command our name, for it is its shape we want."""
    if "command" in body:
        return {**body, "command": "/heard", "text": "open"}
    return body if body.get("type") in {"event_callback", "block_actions"} else envelope(body)


@pytest.mark.parametrize("body", captured())
def test_it_is_acknowledged_without_a_fault(heard, quiet, body):
    """What Slack really sends is acknowledged, and nothing is logged as an error."""
    assert heard.told(body).status == 200
    assert quiet() == []


@pytest.mark.parametrize("body", captured())
def test_it_is_acknowledged_when_it_comes_again(heard, caplog, body):
    """A repeated delivery is acknowledged and changes nothing."""
    caplog.set_level(logging.ERROR)
    heard.told(body)
    before = heard.conversations()
    assert heard.told(body).status == 200
    assert heard.conversations() == before


def test_an_external_stranger_is_a_customer(recorded, heard):
    """The abridged user object of another organisation's member makes a customer."""
    answer = json.loads((recorded / "docs/users.info.external_stranger.json").read_text())
    assert role(payloads.person(answer["user"]), heard.policy) is Role.CUSTOMER


def test_users_channels_and_history_are_read_as_documented(recorded):
    """The documented answers of the Web API have the fields that are read from them."""
    user = json.loads((recorded / "webapi/users.info.ok.json").read_text())["user"]
    person = payloads.person(user)
    assert (person.id, person.team, person.email) == (
        "W012A3CDE",
        "T012AB3C4",
        "person@example.com",
    )
    listing = json.loads((recorded / "webapi/users.conversations.ok.json").read_text())["channels"]
    assert all(payloads.channel(one).id for one in listing)
    history = json.loads((recorded / "webapi/conversations.history.ok.json").read_text())
    said = [payloads.spoken(one, "C1", shared=True) for one in history["messages"]]
    assert any(said)
