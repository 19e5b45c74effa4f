"""What Slack sends when people fill in the forms that Heard opened, or press buttons in them."""

from __future__ import annotations

import json
from typing import Any

from bot.demo.blockkit import accepted_view
from tests.local import HOME, Directory, Json

INITIAL = {
    "plain_text_input": ("value", "initial_value"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "static_select": ("selected_option", "initial_option"),
}
SAYS = ("section", "context")


def read(value: Any) -> Any:
    """Return what an argument of the Web API holds, however it was encoded."""
    return json.loads(value) if isinstance(value, str) else value


def opened(web: Directory, method: str = "views.open") -> Json:
    """Return the form that Slack was last asked to show, and would."""
    view: Json = read(web.called(method)[-1]["view"])
    accepted_view(view)
    return view


def fields(view: Json, names: str = "block_id") -> list[str]:
    return [block[names] for block in view["blocks"] if block["type"] == "input"]


def text(view: Json) -> str:
    """Return all that a form says outside its fields."""
    said = [one.get("elements") or [one["text"]] for one in view["blocks"] if one["type"] in SAYS]
    return "\n".join(part["text"] for parts in said for part in parts)


def offered(view: Json) -> dict[str, str]:
    """Return the situation of each template that has a button of its own, with why it has."""
    blocks = view["blocks"]
    return {
        one["accessory"]["value"].partition(".")[0]: blocks[number + 1]["elements"][0]["text"]
        for number, one in enumerate(blocks)
        if one.get("accessory", {}).get("type") == "button"
    }


def filled(view: Json, **values: Any) -> Json:
    """Return a form as it was filled in: each value goes to the field of that block or action."""
    state = {}
    for number, block in enumerate(view["blocks"]):
        block.setdefault("block_id", f"b{number}")
        if block["type"] == "input":
            element = block["element"]
            key, initial = INITIAL[element["type"]]
            name = block["block_id"] if block["block_id"] in values else element["action_id"]
            value = values.get(name, element.get(initial))
            state[block["block_id"]] = {element["action_id"]: {"type": element["type"], key: value}}
    return {"id": "V0FORM00001", "hash": "1.abc", **view, "state": {"values": state}}


def submitted(who: str, view: Json, **values: Any) -> Json:
    """Make what Slack sends when a form is sent off; its id may be among the view's facts."""
    return {
        "type": "view_submission",
        "team": {"id": HOME, "domain": "lighthouse"},
        "user": {"id": who, "team_id": HOME},
        "api_app_id": "A0HEARDAPP1",
        "view": filled(view, **values),
        "response_urls": [],
    }


def pressed(who: str, view: Json, action_id: str, value: str = "", **values: Any) -> Json:
    """Make what Slack sends when a button in a form is pressed."""
    shown = filled(view, **values)
    return {
        "type": "block_actions",
        "team": {"id": HOME, "domain": "lighthouse"},
        "user": {"id": who, "team_id": HOME},
        "api_app_id": "A0HEARDAPP1",
        "container": {"type": "view", "view_id": shown["id"]},
        "trigger_id": "1.2.abc",
        "view": shown,
        "actions": [{"type": "button", "action_id": action_id, "value": value}],
    }


def chosen(who: str, callback_id: str, said: Json, answer_to: str) -> Json:
    """Make what Slack sends when a shortcut is chosen in the menu of a message."""
    return {
        "type": "message_action",
        "callback_id": callback_id,
        "team": {"id": HOME, "domain": "lighthouse"},
        "user": {"id": who, "team_id": HOME},
        "api_app_id": "A0HEARDAPP1",
        "channel": {"id": said["channel"], "name": "acme"},
        "message_ts": said["ts"],
        "message": said,
        "trigger_id": "1.2.abc",
        "response_url": answer_to,
    }
