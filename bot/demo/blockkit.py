"""Which blocks and views Slack accepts: its types, its fields, its limits."""

import json
import re
from collections.abc import Callable
from secrets import token_urlsafe
from typing import Any

from .cast import Json
from .errors import SlackError

ID = 255
MOST_FIELDS = MOST_IN_CONTEXT = 10
MOST_ACTIONS = 25
PLAIN = ("plain_text",)
ANY_TEXT = ("plain_text", "mrkdwn")
MOMENTS = {
    "datepicker": ("initial_date", r"\d{4}-\d\d-\d\d"),
    "timepicker": ("initial_time", r"([01]\d|2[0-3]):[0-5]\d"),
}
COMMON_INPUT = "placeholder focus_on_load confirm"

# The fields each element may have; one that is unknown is refused, as a typing error would be.
ELEMENTS: dict[str, set[str]] = {
    name: {"type", "action_id", *fields.split()}
    for name, fields in {
        "button": "text url value style confirm accessibility_label",
        "overflow": "options confirm",
        "static_select": f"{COMMON_INPUT} options option_groups initial_option",
        "multi_static_select": f"{COMMON_INPUT} options option_groups initial_options"
        " max_selected_items",
        "users_select": f"{COMMON_INPUT} initial_user",
        "multi_users_select": f"{COMMON_INPUT} initial_users max_selected_items",
        "conversations_select": f"{COMMON_INPUT} initial_conversation filter"
        " default_to_current_conversation response_url_enabled",
        "channels_select": f"{COMMON_INPUT} initial_channel response_url_enabled",
        "datepicker": f"{COMMON_INPUT} initial_date",
        "timepicker": f"{COMMON_INPUT} initial_time timezone",
        "radio_buttons": "options initial_option confirm focus_on_load",
        "checkboxes": "options initial_options confirm focus_on_load",
        "plain_text_input": "initial_value multiline min_length max_length placeholder"
        " focus_on_load dispatch_action_config",
    }.items()
}
BLOCKS: dict[str, set[str]] = {
    name: {"type", "block_id", *fields.split()}
    for name, fields in {
        "section": "text fields accessory expand",
        "divider": "",
        "header": "text",
        "context": "elements",
        "actions": "elements",
        "input": "label element hint optional dispatch_action",
        "image": "image_url alt_text title",
        "rich_text": "elements",
    }.items()
}
VIEW_FIELDS = {
    "type", "title", "blocks", "close", "submit", "private_metadata", "callback_id",
    "clear_on_close", "notify_on_close", "external_id", "submit_disabled",
}  # fmt: skip


def accepted_blocks(blocks: Any, *, most: int = 50, error: str = "invalid_blocks") -> list[Json]:
    """The blocks, each with a block_id; or Slack's error, saying what and where."""
    if blocks in (None, ""):
        return []
    if not isinstance(blocks, list):
        raise SlackError("invalid_blocks_format")
    inspection = _Inspection()
    if len(blocks) > most:
        inspection.fault("/blocks", f"no more than {most} items allowed [json-pointer]")
    for index, block in enumerate(blocks):
        inspection.block(f"/blocks/{index}", block)
    inspection.report(error)
    return [_named(block) for block in blocks]


def _named(block: Json) -> Json:
    """With the ids that Slack gives to what the app left unnamed."""
    named = {"block_id": token_urlsafe(4), **block}
    if block["type"] == "actions":
        named["elements"] = [{"action_id": token_urlsafe(4), **each} for each in block["elements"]]
    for part in ("accessory", "element"):
        if part in block:
            named[part] = {"action_id": token_urlsafe(4), **block[part]}
    return named


def accepted_view(view: Any) -> Json:
    """The view with its blocks' ids; or invalid_arguments, saying what and where."""
    error = "invalid_arguments"
    if not isinstance(view, dict) or view.get("type") not in ("modal", "home"):
        raise SlackError(error, response_metadata={"messages": ["[ERROR] no view of a known type"]})
    inspection = _Inspection()
    inspection.fields("", view, VIEW_FIELDS)
    for part in ("title", "submit", "close"):
        if part in view or (part == "title" and view["type"] == "modal"):
            inspection.text(f"/{part}", view.get(part), 24, PLAIN)
    inspection.limit("/private_metadata", view.get("private_metadata"), 3000)
    inspection.limit("/callback_id", view.get("callback_id"), ID)
    inspection.limit("/external_id", view.get("external_id"), ID)
    if not isinstance(view.get("blocks"), list):
        inspection.fault("/blocks", "must be provided")
    elif view["type"] == "modal" and "submit" not in view and _asks(view["blocks"]):
        inspection.fault("", "must define `submit` to use an `input` block in modals")
    inspection.report(error)
    return {**view, "blocks": accepted_blocks(view["blocks"], most=100, error=error)}


def _asks(blocks: list[Json]) -> bool:
    return any(isinstance(block, dict) and block.get("type") == "input" for block in blocks)


class _Inspection:
    """Walks a list of blocks and notes every fault, with its place."""

    def __init__(self) -> None:
        self.faults: list[str] = []
        self.block_ids: set[str] = set()
        self.rules: dict[str, Callable[[str, Json], None]] = {
            "section": self._section,
            "header": lambda at, block: self.text(f"{at}/text", block.get("text"), 150, PLAIN),
            "context": self._context,
            "actions": self._actions,
            "input": self._input,
            "image": self._image,
        }

    def report(self, error: str) -> None:
        if self.faults:
            raise SlackError(error, response_metadata={"messages": self.faults})

    def fault(self, at: str, what: str) -> None:
        self.faults.append(f"[ERROR] {what} [json-pointer:{at}]")

    def limit(self, at: str, value: Any, most: int, least: int = 0) -> None:
        if value is None:
            return
        if not isinstance(value, str):
            self.fault(at, "should be a string")
        elif len(value) > most:
            self.fault(at, f"must be less than {most + 1} characters")
        elif len(value) < least:
            self.fault(at, f"must be more than {least - 1} characters")

    def fields(self, at: str, thing: Json, known: set[str]) -> None:
        for name in thing.keys() - known:
            self.fault(f"{at}/{name}", f"invalid additional property: {name}")

    def text(self, at: str, value: Any, most: int, kinds: tuple[str, ...] = ANY_TEXT) -> None:
        if not isinstance(value, dict) or value.get("type") not in kinds:
            self.fault(at, f"must be a text object of type {' or '.join(kinds)}")
            return
        self.fields(at, value, {"type", "text", "emoji", "verbatim"})
        self.limit(f"{at}/text", value.get("text", ""), most, least=1)

    def block(self, at: str, block: Any) -> None:
        kind = block.get("type") if isinstance(block, dict) else None
        if kind not in BLOCKS:
            self.fault(f"{at}/type", f"unsupported type: {kind}")
            return
        self.fields(at, block, BLOCKS[kind])
        block_id = block.get("block_id")
        self.limit(f"{at}/block_id", block_id, ID)
        if block_id in self.block_ids:
            self.fault(f"{at}/block_id", f"`block_id` {json.dumps(block_id)} already exists")
        if isinstance(block_id, str):
            self.block_ids.add(block_id)
        if kind in self.rules:
            self.rules[kind](at, block)

    def element(self, at: str, element: Any) -> None:
        kind = element.get("type") if isinstance(element, dict) else None
        if kind not in ELEMENTS:
            self.fault(f"{at}/type", f"unsupported type: {kind}")
            return
        self.fields(at, element, ELEMENTS[kind])
        self.limit(f"{at}/action_id", element.get("action_id"), ID)
        if kind == "button":
            self.text(f"{at}/text", element.get("text"), 75, PLAIN)
            self.limit(f"{at}/value", element.get("value"), 2000)
            self.limit(f"{at}/url", element.get("url"), 3000)
            if element.get("style") not in (None, "primary", "danger"):
                self.fault(f"{at}/style", "must be one of primary, danger")
        elif kind == "plain_text_input":
            self.limit(f"{at}/initial_value", element.get("initial_value"), 3000)
        elif kind in MOMENTS:
            field, shape = MOMENTS[kind]
            if field in element and not re.fullmatch(shape, str(element[field])):
                self.fault(f"{at}/{field}", f"failed to match {shape}")
        if "placeholder" in element:
            self.text(f"{at}/placeholder", element["placeholder"], 150, PLAIN)
        if "options" in ELEMENTS[kind]:
            self._options(at, element)

    def elements(self, at: str, elements: list[Any]) -> None:
        seen: set[str] = set()
        for index, element in enumerate(elements):
            self.element(f"{at}/{index}", element)
            action_id = str(element.get("action_id", "")) if isinstance(element, dict) else ""
            if action_id and action_id in seen:
                self.fault(f"{at}/{index}/action_id", f"`action_id` {action_id} already exists")
            seen.add(action_id)

    def _options(self, at: str, element: Json) -> None:
        options = element.get("options", [])
        for group in element.get("option_groups", []):
            self.text(f"{at}/option_groups", group.get("label"), 75, PLAIN)
            options = [*options, *group.get("options", [])]
        most = {"overflow": 5, "checkboxes": 10, "radio_buttons": 10}.get(element["type"], 100)
        if not 1 <= len(options) <= most:
            self.fault(f"{at}/options", f"must have from 1 to {most} options")
        for index, option in enumerate(options):
            self.text(f"{at}/options/{index}/text", option.get("text"), 75)
            self.limit(f"{at}/options/{index}/value", option.get("value"), 150, least=1)
            if "description" in option:
                self.text(f"{at}/options/{index}/description", option["description"], 75)
        initial = element.get("initial_options") or [element.get("initial_option")]
        values = [option.get("value") for option in options]
        if any(chosen and chosen.get("value") not in values for chosen in initial):
            self.fault(f"{at}/initial_option", "must exactly match one of the options")

    def _section(self, at: str, block: Json) -> None:
        fields = block.get("fields")
        if "text" in block or not fields:
            self.text(f"{at}/text", block.get("text"), 3000)
        if fields is not None and not 1 <= len(fields) <= MOST_FIELDS:
            self.fault(f"{at}/fields", "must have from 1 to 10 items")
        for index, text in enumerate(fields or []):
            self.text(f"{at}/fields/{index}", text, 2000)
        if "accessory" in block and block["accessory"].get("type") != "image":
            self.element(f"{at}/accessory", block["accessory"])

    def _context(self, at: str, block: Json) -> None:
        elements = block.get("elements") or []
        if not 1 <= len(elements) <= MOST_IN_CONTEXT:
            self.fault(f"{at}/elements", "must have from 1 to 10 items")
        for index, element in enumerate(elements):
            if element.get("type") != "image":
                self.text(f"{at}/elements/{index}", element, 3000)

    def _actions(self, at: str, block: Json) -> None:
        elements = block.get("elements") or []
        if not 1 <= len(elements) <= MOST_ACTIONS:
            self.fault(f"{at}/elements", "must have from 1 to 25 items")
        self.elements(f"{at}/elements", elements)

    def _input(self, at: str, block: Json) -> None:
        self.text(f"{at}/label", block.get("label"), 2000, PLAIN)
        if "hint" in block:
            self.text(f"{at}/hint", block["hint"], 2000, PLAIN)
        self.element(f"{at}/element", block.get("element"))

    def _image(self, at: str, block: Json) -> None:
        self.limit(f"{at}/image_url", block.get("image_url", ""), 3000, least=1)
        self.limit(f"{at}/alt_text", block.get("alt_text", ""), 2000, least=1)
