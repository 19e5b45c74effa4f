"""The Web API's front door: who calls, with which arguments, whether they may, and what breaks."""

import asyncio
from collections import defaultdict
from dataclasses import dataclass, field
from time import monotonic

from aiohttp import web

from . import chat, conversations, directory, surfaces
from .cast import APP_TOKEN, BOT_TOKEN, Json
from .errors import SlackError
from .methods import Arguments, Method, Slack

RATE_LIMITED = "chat.postMessage"
BURST = 5
METHODS = chat.METHODS | conversations.METHODS | directory.METHODS | surfaces.METHODS


@dataclass(slots=True)
class Fault:
    """Something to break, for tests: how, and how often yet."""

    how: str
    times: int


@dataclass(slots=True)
class WebApi:
    """Answers the bot's calls, and remembers them all."""

    slack: Slack
    calls: list[Json] = field(default_factory=list)
    faults: dict[str, Fault] = field(default_factory=dict)
    closing: asyncio.Event = field(default_factory=asyncio.Event)
    _allowance: dict[str, tuple[float, float]] = field(
        default_factory=lambda: defaultdict(lambda: (float(BURST), 0.0))
    )

    async def call(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["method"]
        arguments = await _arguments(request)
        token = _token(request, arguments)
        now = self.slack.workspace.clock.now().isoformat()
        call = {"method": name, "arguments": dict(arguments), "at": now}
        self.calls.append(call)
        how = self._fault(name)
        if how not in ("", "lost"):
            return await self._broken(how, call)
        answer = self.answer(name, token, arguments)
        call["answer"] = answer
        if how == "lost" and request.transport:
            request.transport.close()
        if answer.get("error") == "ratelimited":
            return _too_many(answer)
        scopes = ",".join(sorted(self.slack.grants.scopes or {"chat:write"}))
        return web.json_response(answer, headers={"x-oauth-scopes": scopes})

    def answer(self, name: str, token: str, arguments: Arguments) -> Json:
        known = METHODS.get(name)
        if not known:
            return {"ok": False, "error": "unknown_method", "req_method": name}
        try:
            self._check(known, token)
            if name == RATE_LIMITED:
                self._spend_allowance(arguments.text("channel"))
            return {"ok": True, **known.run(self.slack, arguments)}
        except SlackError as error:
            return {"ok": False, "error": error.code, **error.more}

    def _check(self, known: Method, token: str) -> None:
        if not known.token:
            return
        if not token:
            raise SlackError("not_authed")
        if token not in (BOT_TOKEN, APP_TOKEN):
            raise SlackError("invalid_auth")
        if token != known.token:
            raise SlackError("not_allowed_token_type")
        grants = self.slack.grants
        if grants.lacks(known.scope):
            provided = ",".join(sorted(grants.scopes or ()))
            raise SlackError("missing_scope", needed=known.scope, provided=provided)

    def _spend_allowance(self, channel: str) -> None:
        """About one message a second in each channel, five at once at most; in real time."""
        left, since = self._allowance[channel]
        left = min(BURST, left + monotonic() - since)
        if left < 1:
            raise SlackError("ratelimited")
        self._allowance[channel] = (left - 1, monotonic())

    def _fault(self, name: str) -> str:
        fault = self.faults.get(name)
        if not fault or fault.times < 1:
            return ""
        fault.times -= 1
        return fault.how

    async def _broken(self, how: str, call: Json) -> web.StreamResponse:
        if how == "hang":
            await self.closing.wait()
        if how in ("500", "hang"):
            call["answer"] = {"ok": False, "error": "internal_error"}
            return web.Response(status=500, text="Internal Server Error")
        error = "ratelimited" if how == "429" else how.removeprefix("error:")
        call["answer"] = answer = {"ok": False, "error": error}
        return _too_many(answer) if how == "429" else web.json_response(answer)


def _too_many(answer: Json) -> web.Response:
    return web.json_response(answer, status=429, headers={"Retry-After": "1"})


async def _arguments(request: web.Request) -> Arguments:
    """From the query, a form or a JSON body: Slack takes all three."""
    arguments = Arguments(request.query)
    if request.content_type == "application/json":
        try:
            arguments.update(await request.json())
        except ValueError:
            arguments["token"] = arguments.get("token")
    elif request.method == "POST":
        arguments.update(await request.post())
    return arguments


def _token(request: web.Request, arguments: Arguments) -> str:
    header = request.headers.get("Authorization", "")
    sent = arguments.pop("token", None)
    return header.removeprefix("Bearer ").strip() or str(sent or "")
