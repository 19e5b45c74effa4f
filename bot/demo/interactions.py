"""What people do with the bot: commands, clicks, shortcuts and forms, and how its answers land."""

from dataclasses import dataclass
from typing import Any

from .cast import APP_ID, LIGHTHOUSE, SLACKBOT, VERIFICATION_TOKEN, Channel, Json, Person
from .errors import Impossible, SlackError
from .hooks import Hooks
from .messages import Ephemeral, Message
from .sockets import Sockets, Unanswered
from .views import Triggers, View, Views, accepted_modal, chosen, elements_of, missing, state_values
from .workspace import Workspace

TROUBLE = "We had some trouble connecting. Try again?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Interactions:
    """Sends each to the bot, once; Slack retries none of them."""

    workspace: Workspace
    sockets: Sockets
    hooks: Hooks
    views: Views
    triggers: Triggers

    async def command(self, person: Person, channel: Channel, command: str, text: str) -> bool:
        payload = {
            "token": VERIFICATION_TOKEN,
            "team_id": LIGHTHOUSE.id,
            "team_domain": LIGHTHOUSE.domain,
            "channel_id": channel.id,
            "channel_name": "directmessage" if channel.direct else channel.name,
            "user_id": person.id,
            "user_name": person.handle,
            "command": command,
            "text": text,
            "api_app_id": APP_ID,
            "is_enterprise_install": "false",
            "response_url": self.hooks.new(person.id, channel.id),
            "trigger_id": self.triggers.new(person.id),
        }
        try:
            said = await self.sockets.ask("slash_commands", payload, listens=True)
            self.hooks.acknowledged_with(person.id, channel.id, said)
        except (Unanswered, SlackError) as failed:
            self.workspace.whisper(
                channel.id, person.id, f"{command} failed with the error `{failed}`", [],
                user=SLACKBOT,
            )  # fmt: skip
            return False
        return True

    async def click(
        self, person: Person, place: Message | Ephemeral, block_id: str, action_id: str, raw: Any
    ) -> bool:
        """A click or a choice in a message."""
        whispered = isinstance(place, Ephemeral)
        payload = self._payload("block_actions", person) | {
            "container": {
                "type": "message", "message_ts": place.ts, "channel_id": place.channel,
                "is_ephemeral": whispered,
                **({"thread_ts": place.thread_ts} if place.thread_ts else {}),
            },
            "channel": self._named(place.channel),
            "state": {"values": state_values(place.all_blocks, {block_id: {action_id: raw}})},
            "response_url": self.hooks.new(person.id, place.channel, place, place.thread_ts),
            "actions": [self._action(place.all_blocks, block_id, action_id, raw)],
        }  # fmt: skip
        if isinstance(place, Message):
            payload["message"] = place.shown()
        return await self._sent(payload)

    async def click_in_view(
        self, view: View, person: Person, block_id: str, action_id: str, raw: Any
    ) -> bool:
        action = self._action(view.content["blocks"], block_id, action_id, raw)
        payload = self._payload("block_actions", person) | {
            "container": {"type": "view", "view_id": view.id},
            "view": view.shown(),
            "actions": [action],
        }
        return await self._sent(payload)

    async def shortcut(self, person: Person, message: Message, callback_id: str) -> bool:
        thread = message.thread_ts
        payload = self._payload("message_action", person) | {
            "callback_id": callback_id,
            "channel": self._named(message.channel),
            "message_ts": message.ts,
            "message": message.shown(),
            "action_ts": self.workspace.clock.stamp(),
            "response_url": self.hooks.new(person.id, message.channel, None, thread),
        }
        return await self._sent(payload)

    async def submit(self, person: Person, view: View, values: Json) -> None:
        view.values = values
        view.errors, view.trouble = missing(view.content["blocks"], values), ""
        if not view.errors:
            payload = self._payload("view_submission", person) | {
                "view": view.shown(),
                "response_urls": [],
            }
            try:
                answer = await self.sockets.ask("interactive", payload, listens=True)
                self._respond(view, answer)
            except (Unanswered, SlackError):
                view.trouble = TROUBLE
        self.workspace.changed()

    async def close(self, person: Person, view: View, *, whole: bool) -> None:
        self.views.close(view, whole=whole)
        self.workspace.changed()
        if view.content.get("notify_on_close"):
            payload = self._payload("view_closed", person) | {"view": view.shown()}
            del payload["trigger_id"]
            await self._sent(payload | {"is_cleared": whole})

    def _respond(self, view: View, answer: Json) -> None:
        """What the acknowledgement of a form may do: nothing closes it."""
        match answer.get("response_action"):
            case None:
                self.views.close(view)
            case "clear":
                self.views.close(view, whole=True)
            case "update":
                self.views.update(answer.get("view"), view_id=view.id)
            case "push":
                self.views.push(view.user, accepted_modal(answer.get("view")))
            case "errors" if self._are_inputs(view, answer.get("errors")):
                view.errors = answer["errors"]
            case _:
                raise SlackError("invalid_response_action")

    def _are_inputs(self, view: View, errors: Any) -> bool:
        """Slack shows errors beside inputs only; others it does not understand."""
        inputs = {each["block_id"] for each in view.content["blocks"] if each["type"] == "input"}
        return isinstance(errors, dict) and bool(errors) and errors.keys() <= inputs

    def _payload(self, kind: str, person: Person) -> Json:
        return {
            "type": kind,
            "token": VERIFICATION_TOKEN,
            "team": {"id": person.team.id, "domain": person.team.domain},
            "user": {
                "id": person.id, "username": person.handle, "name": person.handle,
                "team_id": person.team.id,
            },
            "api_app_id": APP_ID,
            "trigger_id": self.triggers.new(person.id),
            "enterprise": None,
            "is_enterprise_install": False,
        }  # fmt: skip

    def _named(self, channel_id: str) -> Json:
        channel = self.workspace.channel(channel_id)
        return {"id": channel.id, "name": "directmessage" if channel.direct else channel.name}

    def _action(self, blocks: list[Json], block_id: str, action_id: str, raw: Any) -> Json:
        for block, element in elements_of(blocks):
            if (block["block_id"], element["action_id"]) != (block_id, action_id):
                continue
            action = {
                "type": element["type"], "block_id": block_id, "action_id": action_id,
                "action_ts": self.workspace.clock.stamp(),
            }  # fmt: skip
            if element["type"] != "button":
                return action | chosen(element, raw)
            value = {"value": element["value"]} if "value" in element else {}
            return action | {"text": element["text"], **value}
        raise Impossible("that button is no longer there: read the state again")

    async def _sent(self, payload: Json) -> bool:
        """Whether the bot acknowledged it; if not, the page says so to the person."""
        try:
            await self.sockets.ask("interactive", payload)
        except Unanswered:
            return False
        return True
