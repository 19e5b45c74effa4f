"""Modals and the app's Home: which of them each person has open, and what they put in."""

from dataclasses import dataclass, field
from secrets import token_hex
from time import monotonic
from typing import Any

from .blockkit import accepted_view
from .cast import APP_ID, BOT_ID, LIGHTHOUSE, Json, team_of
from .errors import Impossible, SlackError

TRIGGER_LASTS = 3.0
DEEPEST = 3

# Where Slack puts what a person chose, by the kind of element.
CHOSEN = {
    "plain_text_input": "value", "static_select": "selected_option",
    "radio_buttons": "selected_option", "overflow": "selected_option",
    "multi_static_select": "selected_options", "checkboxes": "selected_options",
    "users_select": "selected_user", "multi_users_select": "selected_users",
    "conversations_select": "selected_conversation", "channels_select": "selected_channel",
    "datepicker": "selected_date", "timepicker": "selected_time",
}  # fmt: skip


class Triggers:
    """Each opens one view, within three seconds of what the person did."""

    def __init__(self) -> None:
        self._open: dict[str, tuple[str, float]] = {}
        self._spent: set[str] = set()

    def new(self, user: str) -> str:
        trigger = f"{len(self._open) + 1}.{len(self._spent) + 1}.{token_hex(16)}"
        self._open[trigger] = (user, monotonic() + TRIGGER_LASTS)
        return trigger

    def spend(self, trigger: object) -> str:
        """The person who may now be shown a view."""
        if trigger in self._spent:
            raise SlackError("exchanged_trigger_id")
        user, until = self._open.get(str(trigger), ("", 0.0))
        if not user:
            raise SlackError("invalid_trigger_id")
        if monotonic() > until:
            raise SlackError("expired_trigger_id")
        self._spent.add(str(trigger))
        return user


@dataclass(slots=True)
class View:
    """One modal, or one Home; `errors` and `trouble` are what its person is told."""

    user: str
    content: Json
    id: str = ""
    root: str = ""
    previous: str | None = None
    hash: str = ""
    errors: dict[str, str] = field(default_factory=dict)
    trouble: str = ""
    values: Json = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.id = self.id or f"V0{token_hex(4).upper()}"
        self.root = self.root or self.id
        self.replace(self.content)

    def replace(self, content: Json) -> None:
        self.content, self.hash = content, f"{monotonic():.0f}.{token_hex(4)}"
        shown = {block["block_id"] for block in content["blocks"]}
        self.values = {name: put for name, put in self.values.items() if name in shown}
        self.errors, self.trouble = {}, ""

    def shown(self) -> Json:
        """As views.open answers, and as it stands in an interaction's payload."""
        return {
            "title": None, "submit": None, "close": None, "private_metadata": "",
            "callback_id": "", "external_id": "", "clear_on_close": False,
            "notify_on_close": False, **self.content,
            "id": self.id, "hash": self.hash, "team_id": team_of(self.user).id,
            "app_id": APP_ID, "bot_id": BOT_ID, "app_installed_team_id": LIGHTHOUSE.id,
            "root_view_id": self.root, "previous_view_id": self.previous,
            "state": {"values": state_values(self.content["blocks"], self.values)},
        }  # fmt: skip


class Views:
    """A stack of up to three modals, and one Home, for each person."""

    def __init__(self) -> None:
        self.stacks: dict[str, list[View]] = {}
        self.homes: dict[str, View] = {}

    def top(self, user: str) -> View | None:
        stack = self.stacks.get(user)
        return stack[-1] if stack else None

    def open(self, user: str, content: Json) -> View:
        view = View(user, content)
        self.stacks[user] = [view]
        return view

    def push(self, user: str, content: Json) -> View:
        stack = self.stacks.setdefault(user, [])
        if len(stack) >= DEEPEST:
            raise SlackError("push_limit_reached")
        view = View(user, content)
        if stack:
            view.root, view.previous = stack[0].id, stack[-1].id
        stack.append(view)
        return view

    def update(
        self, content: Any, *, view_id: object = None, external_id: object = None, token: Any = None
    ) -> View:
        view = self.find(view_id) if view_id else self._named(external_id)
        if not view:
            raise SlackError("not_found")
        if token and token != view.hash:
            raise SlackError("hash_conflict")
        view.replace(accepted_modal(content))
        return view

    def publish(self, user: str, content: Any) -> View:
        view = self.homes.get(user)
        accepted = accepted_view(content)
        if accepted["type"] != "home":
            raise SlackError("invalid_arguments")
        if view:
            view.replace(accepted)
        else:
            view = self.homes[user] = View(user, accepted)
        return view

    def find(self, view_id: object) -> View | None:
        views = [view for stack in self.stacks.values() for view in stack]
        return next((each for each in [*views, *self.homes.values()] if each.id == view_id), None)

    def close(self, view: View, *, whole: bool = False) -> None:
        stack = self.stacks.get(view.user, [])
        if whole:
            stack.clear()
        elif view in stack:
            stack.remove(view)

    def _named(self, external_id: object) -> View | None:
        views = [view for stack in self.stacks.values() for view in stack]
        return next(
            (v for v in views if external_id and v.content.get("external_id") == external_id), None
        )


def accepted_modal(content: Any) -> Json:
    accepted = accepted_view(content)
    if accepted["type"] != "modal":
        raise SlackError("invalid_arguments")
    return accepted


def elements_of(blocks: list[Json]) -> list[tuple[Json, Json]]:
    """Every interactive element, with the block it stands in."""
    return [
        (block, element)
        for block in blocks
        for element in [
            block.get("accessory"),
            block.get("element"),
            *(block["elements"] if block["type"] == "actions" else []),
        ]
        if element and element["type"] in {*CHOSEN, "button"}
    ]


def chosen(element: Json, raw: Any) -> Json:
    """What a person chose, in the shape that Slack gives it."""
    kind = element["type"]
    key = CHOSEN[kind]
    if key in ("selected_option", "selected_options"):
        raw = _options(element, raw, several=key == "selected_options")
    elif raw in ("", []) and kind != "multi_users_select":
        raw = None
    return {"type": kind, key: raw}


def state_values(blocks: list[Json], values: Json) -> Json:
    """`state.values`: what was put in, or else what the app proposed."""
    state: Json = {}
    for block, element in elements_of(blocks):
        if element["type"] in ("button", "overflow"):
            continue
        block_id, action_id = block["block_id"], element["action_id"]
        given = values.get(block_id, {})
        raw = given[action_id] if action_id in given else _initial(element)
        state.setdefault(block_id, {})[action_id] = chosen(element, raw)
    return state


def missing(blocks: list[Json], values: Json) -> dict[str, str]:
    """The inputs that must be filled and are not, as Slack's own page checks before it sends."""
    state = state_values(blocks, values)
    return {
        block["block_id"]: "Please complete this required field."
        for block, element in elements_of(blocks)
        if block["type"] == "input"
        and not block.get("optional")
        and not state[block["block_id"]][element["action_id"]][CHOSEN[element["type"]]]
    }


def _options(element: Json, raw: Any, *, several: bool) -> Any:
    grouped = [each for group in element.get("option_groups", []) for each in group["options"]]
    offered = {each["value"]: each for each in [*element.get("options", []), *grouped]}
    wanted = raw if isinstance(raw, list) else [raw] if raw else []
    unknown = [value for value in wanted if value not in offered]
    if unknown:
        raise Impossible(f"{unknown[0]!r} is not one of the options")
    options = [offered[value] for value in wanted]
    return options if several else next(iter(options), None)


def _initial(element: Json) -> Any:
    proposed = next((value for key, value in element.items() if key.startswith("initial_")), None)
    if isinstance(proposed, dict):
        return proposed["value"]
    if isinstance(proposed, list) and proposed and isinstance(proposed[0], dict):
        return [option["value"] for option in proposed]
    return proposed
