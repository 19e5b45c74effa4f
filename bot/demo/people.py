"""What people do in the page: the JSON API under /demo/, used by the page and by tests."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable

from aiohttp import web

from .cast import BOT_NAME, BOT_USER, PEOPLE, Channel, Json, Person
from .clock import Clock
from .errors import Impossible, SlackError
from .interactions import Interactions
from .messages import Ephemeral, Message
from .sight import Sight
from .typed import as_written
from .views import View
from .workspace import Workspace

OURS = ("/invite", "/remove")
Action = Callable[[Person, Json], Awaitable[Json]]


class Changes:
    """Wakes the pages when there is something new to see."""

    def __init__(self) -> None:
        self.closed = False
        self._version = 0
        self._event = asyncio.Event()

    def notify(self) -> None:
        self._version += 1
        self._event.set()
        self._event = asyncio.Event()

    def close(self) -> None:
        self.closed = True
        self.notify()

    async def stream(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        )
        await response.prepare(request)
        seen = -1
        while not self.closed:
            line = b": still here\n\n" if seen == self._version else b"data: changed\n\n"
            seen = self._version
            try:
                await response.write(line)
            except ConnectionError:
                break
            if seen == self._version:
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(15):
                        await self._event.wait()
        return response


class People:
    """One action for each thing that a person can do."""

    def __init__(
        self, workspace: Workspace, interactions: Interactions, sight: Sight, clock: Clock
    ) -> None:
        self._workspace = workspace
        self._interactions = interactions
        self._sight = sight
        self._clock = clock
        self._actions: dict[str, Action] = {
            "post": self._post, "edit": self._edit, "delete": self._delete,
            "react": self._react, "command": self._command, "click": self._click,
            "submit": self._submit, "close": self._close, "shortcut": self._shortcut,
            "home": self._home, "read": self._read, "clock": self._turn_clock,
        }  # fmt: skip

    def knows(self, action: str) -> bool:
        return action in self._actions

    async def act(self, action: str, body: Json) -> Json:
        return await self._actions[action](acting(body.get("as")), body)

    def state(self, request: web.Request) -> Json:
        return self._sight.of(acting(request.query.get("as")))

    async def _post(self, person: Person, body: Json) -> Json:
        channel = self._channel(person, body)
        if channel.direct and not self._sight.grants.takes_messages:
            raise Impossible(f"sending messages to {BOT_NAME} has been turned off")
        text = _written(body, self._workspace)
        message = self._workspace.post(
            channel,
            person.id,
            text,
            thread_ts=body.get("thread_ts"),
            broadcast=bool(body.get("broadcast")),
        )
        self._workspace.mark_read(person.id, channel.id)
        return {"ts": message.ts}

    async def _edit(self, person: Person, body: Json) -> Json:
        self._workspace.edit(self._own(person, body), _written(body, self._workspace))
        return {}

    async def _delete(self, person: Person, body: Json) -> Json:
        self._workspace.delete(self._own(person, body))
        return {}

    async def _react(self, person: Person, body: Json) -> Json:
        message = self._message(person, body)
        name, on = str(_needed(body, "name")).strip(":"), bool(body.get("on", True))
        if (person.id in message.reactions.get(name, [])) != on:
            self._workspace.react(message, person.id, name, on=on)
        return {}

    async def _command(self, person: Person, body: Json) -> Json:
        channel = self._channel(person, body)
        command, _, rest = str(_needed(body, "text")).strip().partition(" ")
        if command in OURS:
            self._invite(person, channel, command, rest.strip())
            return {"acked": True}
        known = self._sight.commands(person)
        if not known:
            raise Impossible(f"{BOT_NAME} is not installed in {person.team.name}'s workspace")
        if command not in known:
            raise Impossible(f"{command} is none of {', '.join([*known, *OURS])}")
        if body.get("thread_ts"):
            raise Impossible(f"Slack runs no commands in threads: use {command} in the channel")
        text = rest.strip()
        if command in self._sight.grants.escaping:
            text = as_written(text, list(self._workspace.channels.values()), named=True)
        return {"acked": await self._interactions.command(person, channel, command, text)}

    def _invite(self, person: Person, channel: Channel, command: str, who: str) -> None:
        if who.lower() != f"@{BOT_NAME.lower()}" or channel.direct or not person.colleague:
            raise Impossible(f"colleagues can type {command} @{BOT_NAME} in a channel")
        inside = BOT_USER in channel.members
        if command == "/invite" and not inside:
            self._workspace.join(channel, BOT_USER, inviter=person.id)
        elif command == "/remove" and inside:
            self._workspace.leave(channel, BOT_USER, actor=person.id)

    async def _click(self, person: Person, body: Json) -> Json:
        where = str(_needed(body, "block_id")), str(_needed(body, "action_id"))
        raw = body.get("selected", body.get("value"))
        if body.get("view_id"):
            view = self._view(person, body)
            view.values = body.get("values") or view.values
            acked = await self._interactions.click_in_view(view, person, *where, raw)
        else:
            place = self._place(person, body)
            acked = await self._interactions.click(person, place, *where, raw)
        return {"acked": acked}

    async def _submit(self, person: Person, body: Json) -> Json:
        await self._interactions.submit(person, self._view(person, body), body.get("values") or {})
        return {}

    async def _close(self, person: Person, body: Json) -> Json:
        view = self._view(person, body)
        await self._interactions.close(person, view, whole=bool(body.get("clear")))
        return {}

    async def _shortcut(self, person: Person, body: Json) -> Json:
        if not self._sight.commands(person):
            raise Impossible(f"{BOT_NAME} is not installed in {person.team.name}'s workspace")
        message, callback_id = self._message(person, body), str(_needed(body, "callback_id"))
        return {"acked": await self._interactions.shortcut(person, message, callback_id)}

    async def _home(self, person: Person, body: Json) -> Json:
        """Opening the app tells it so, on either tab."""
        if not person.colleague:
            raise Impossible(f"only colleagues have {BOT_NAME} among their apps")
        channel = self._workspace.direct(person.id)
        event = {
            "type": "app_home_opened", "user": person.id, "channel": channel.id,
            "tab": body.get("tab", "home"), "event_ts": self._clock.stamp(),
        }  # fmt: skip
        home = self._interactions.views.homes.get(person.id)
        self._workspace.publish(event | ({"view": home.shown()} if home else {}), channel)
        return {}

    async def _read(self, person: Person, body: Json) -> Json:
        self._workspace.mark_read(person.id, self._channel(person, body).id)
        return {}

    async def _turn_clock(self, person: Person, body: Json) -> Json:  # noqa: ARG002
        if body.get("to") == "next_morning":
            self._clock.advance(self._clock.seconds_to_next_morning())
        elif isinstance(body.get("advance"), int | float) and body["advance"] >= 0:
            self._clock.advance(body["advance"])
        else:
            raise Impossible('send "advance": seconds (the clock only moves on) or'
                             ' "to": "next_morning"')  # fmt: skip
        self._workspace.changed()
        return {"now": self._clock.now().isoformat()}

    def _channel(self, person: Person, body: Json) -> Channel:
        wanted = _needed(body, "channel")
        mine = {channel.id: channel for channel in self._workspace.channels_of(person.id)}
        if wanted not in mine:
            raise Impossible(f"{person.name} is not in the channel {wanted}")
        return mine[wanted]

    def _message(self, person: Person, body: Json) -> Message:
        message = self._workspace.find(self._channel(person, body).id, _needed(body, "ts"))
        if not message or message.tombstone:
            raise Impossible("there is no such message: read the state again")
        return message

    def _own(self, person: Person, body: Json) -> Message:
        message = self._message(person, body)
        if message.user != person.id:
            raise Impossible("people change only what they wrote themselves")
        return message

    def _place(self, person: Person, body: Json) -> Message | Ephemeral:
        note = self._workspace.ephemerals.get(str(body.get("ts")))
        if note and note.to == person.id:
            return note
        return self._message(person, body)

    def _view(self, person: Person, body: Json) -> View:
        view = self._interactions.views.find(_needed(body, "view_id"))
        if not view or view.user != person.id:
            raise Impossible("that form is no longer open: read the state again")
        return view


def acting(user: object) -> Person:
    person = PEOPLE.get(str(user))
    if not person:
        raise Impossible(f'say who acts, "as": one of {", ".join(PEOPLE)}')
    return person


def _needed(body: Json, name: str) -> object:
    if body.get(name) in (None, ""):
        raise Impossible(f"send {name!r} too")
    return body[name]


def _written(body: Json, workspace: Workspace) -> str:
    return as_written(str(_needed(body, "text")), list(workspace.channels.values()))


def refusal(error: Impossible | SlackError) -> web.Response:
    return web.json_response({"error": str(error)}, status=400)
