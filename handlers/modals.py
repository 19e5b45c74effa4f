"""The forms that open over Slack, and what comes back from them."""

from __future__ import annotations

from dataclasses import replace

from slack_bolt import Ack, App
from slack_sdk.models.blocks import (
    InputBlock,
    Option,
    PlainTextInputElement,
    StaticSelectElement,
)
from slack_sdk.models.views import View

from bot.core.hours import describe, parse_clock, parse_duration, parse_week
from bot.core.model import Channel
from bot.core.policy import Policy
from bot.core.replies import Register
from bot.core.targets import Duration, OwnTargets
from handlers.edge import Edge
from handlers.payloads import Payload
from handlers.roster import Unavailable

CHANNEL = "channel.settings"
CLOSING, REGISTER = "closing", "register"
TARGETS = {
    "nudge": "First nudge after",
    "escalate": "Escalation after",
    "repeat": "Then again every",
    "update": "News at the latest every",
}


def register(app: App) -> None:
    app.view(CHANNEL)(channel_set)


def channel(settings: Channel, policy: Policy) -> View:
    """Return the form for one channel's own targets and hours; empty means the team's."""
    targets = settings.targets
    blocks = [
        _field(
            name,
            label,
            value=describe_short(getattr(targets, name, None)),
            hint=f"The team's: {describe(getattr(policy.targets, name))}. Like 90s, 30m, 2h, 1d.",
        )
        for name, label in TARGETS.items()
    ]
    blocks.append(
        _field(
            "hours",
            "Business hours",
            value=settings.hours,
            hint='For example "Mon-Fri 09:00-17:00" or "always". Leave empty for the team\'s.',
        )
    )
    blocks.append(
        _field(
            CLOSING,
            "Closing hour",
            value=settings.closing,
            hint='When what is promised for a day is due on it, like "16:30". Usually 17:00.',
        )
    )
    registers = [Option(value=one, label=one.capitalize()) for one in Register]
    blocks.append(
        InputBlock(
            block_id=REGISTER,
            label="How we write here",
            optional=True,
            element=StaticSelectElement(
                action_id=REGISTER,
                options=registers,
                initial_option=next(
                    one for one in registers if one.value == (settings.register or Register.NEUTRAL)
                ),
            ),
        )
    )
    return View(
        type="modal",
        callback_id=CHANNEL,
        private_metadata=settings.id,
        title="This channel",
        submit="Save",
        close="Cancel",
        blocks=blocks,
    )


def _field(name: str, label: str, *, value: str, hint: str) -> InputBlock:
    return InputBlock(
        block_id=name,
        label=label,
        hint=hint,
        optional=True,
        element=PlainTextInputElement(action_id=name, initial_value=value or None),
    )


def describe_short(duration: Duration | None) -> str:
    """Write a duration as the form reads it."""
    if duration is None:
        return ""
    minutes, seconds = divmod(duration.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    parts = ((duration.days, "d"), (hours, "h"), (minutes, "m"), (seconds, "s"))
    return "".join(f"{number:.10g}{unit}" for number, unit in parts if number)


def channel_set(ack: Ack, body: Payload, edge: Edge) -> None:
    """Save the form, or keep it open with what is wrong beside each field."""
    view = body["view"]
    given = {name: one.get(name) or {} for name, one in view["state"]["values"].items()}
    values = {name: str(given[name].get("value") or "").strip() for name in (*TARGETS, "hours")}
    values[CLOSING] = str(given.get(CLOSING, {}).get("value") or "").strip()
    chosen = given.get(REGISTER, {}).get("selected_option") or {}
    errors = _faults(values)
    try:
        if not edge.is_colleague(str(body["user"]["id"])):
            errors = {"hours": "Only colleagues can change this."}
    except Unavailable:
        errors = {"hours": "Slack did not tell me who you are just now. Please save again."}
    if errors:
        ack(response_action="errors", errors=errors)
        return
    own = {name: parse_duration(values[name]) for name in TARGETS if values[name]}
    targets = OwnTargets(**own) if own else None
    edge.desk.channels.change(
        str(view["private_metadata"]),
        edge.now(),
        lambda channel: replace(
            channel,
            targets=targets,
            hours=values["hours"],
            closing=f"{parse_clock(values[CLOSING]):%H:%M}" if values[CLOSING] else "",
            register=str(chosen.get("value") or ""),
        ),
    )
    ack()


def _faults(values: dict[str, str]) -> dict[str, str]:
    faults: dict[str, str] = {}
    for name, value in values.items():
        try:
            if value and name == "hours":
                parse_week(value)
            elif value and name == CLOSING:
                parse_clock(value)
            elif value:
                parse_duration(value)
        except ValueError as error:
            faults[name] = str(error)
    return faults
