"""The demo itself: one small server in a thread of its own, and everything plugged together."""

from collections.abc import Awaitable, Callable
from pathlib import Path

from aiohttp import web

from .cast import Json
from .clock import Clock
from .errors import Impossible, SlackError
from .events import Events
from .hooks import Hooks
from .interactions import Interactions
from .manifest import read_grants
from .methods import Slack
from .people import Changes, People, refusal
from .sight import Sight
from .sockets import Sockets
from .story import Story
from .views import Triggers, Views
from .webapi import Fault, WebApi
from .workspace import Workspace

HOST = "127.0.0.1"
PAGE = Path(__file__).parent / "page"
POLICY = "default-src 'self'; img-src 'self' https: data:; style-src 'self' 'unsafe-inline'"
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Server:
    """The parts, joined; and the addresses they answer at."""

    def __init__(self, clock: Clock, *, with_story: bool) -> None:
        grants = read_grants()
        self.origin = ""
        self.changes = Changes()
        self.workspace = Workspace(clock, changed=self.changes.notify)
        self.sockets = Sockets(clock, self.changes.notify)
        self.workspace.publish = Events(self.sockets, grants).publish
        views, triggers, self.hooks = Views(), Triggers(), Hooks(self.workspace)
        slack = Slack(
            workspace=self.workspace, views=views, triggers=triggers, grants=grants,
            new_socket=self._new_socket,
        )  # fmt: skip
        self.api = WebApi(slack)
        story = Story(self.workspace)
        if with_story:
            self.sockets.on_hello = lambda: self._play(story)
        self.sight = Sight(self.workspace, views, self.sockets, story, grants)
        interactions = Interactions(
            workspace=self.workspace, sockets=self.sockets, hooks=self.hooks, views=views,
            triggers=triggers,
        )  # fmt: skip
        self.people = People(self.workspace, interactions, self.sight, clock)

    def application(self) -> web.Application:
        application = web.Application(middlewares=[self._guard])
        application.add_routes(
            [
                web.get("/", _page),
                web.get(r"/page/{name:\w+\.(?:js|css)}", _page_file),
                web.route("*", "/api/{method}", self.api.call),
                web.get("/link", self.sockets.link),
                web.post("/hooks/{key}", self._hook),
                web.get("/demo/events", self.changes.stream),
                web.get("/demo/{look:state|all}", self._look),
                web.post("/demo/{action}", self._act),
            ]
        )
        return application

    def _play(self, story: Story) -> None:
        """Let it happen once; whoever claims something has read it before, and so has the bot."""

        async def claimed() -> None:
            await self.sockets.settled()
            story.claim()

        if not story.has_begun:
            story.begin()
            self.sockets.run(claimed())

    def listens_on(self, origin: str) -> None:
        self.origin = self.hooks.base = origin

    def clock_advanced(self) -> None:
        self.sockets.clock_advanced()
        self.changes.notify()

    async def close(self) -> None:
        self.api.closing.set()
        self.changes.close()
        await self.sockets.close()

    def _new_socket(self) -> str:
        return f"ws{self.origin.removeprefix('http')}/link?ticket={self.sockets.ticket()}"

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Other sites in the visitor's browser must not reach in: not by name, not by script."""
        origin = request.headers.get("Origin", self.origin)
        if request.host.split(":")[0] != HOST or origin != self.origin:
            return web.json_response({"error": f"only {self.origin} is served"}, status=403)
        return await handler(request)

    async def _look(self, request: web.Request) -> web.Response:
        try:
            if request.match_info["look"] == "all":
                return web.json_response(self.sight.all(self.api.calls))
            return web.json_response(self.people.state(request))
        except Impossible as error:
            return refusal(error)

    async def _act(self, request: web.Request) -> web.Response:
        action = request.match_info["action"]
        try:
            body = await request.json() if request.can_read_body else {}
            if self.people.knows(action):
                return web.json_response({"ok": True, **await self.people.act(action, body)})
            await self._break(action, body)
            return web.json_response({"ok": True})
        except (Impossible, SlackError) as error:
            return refusal(error)
        except (ValueError, AttributeError):
            return refusal(Impossible("send a JSON object"))

    async def _break(self, action: str, body: Json) -> None:
        """For tests: make the Web API fail, cut the sockets, or keep new ones out."""
        match action:
            case "faults":
                fault = Fault(str(body.get("how")), int(body.get("times", 1)))
                self.api.faults[str(body.get("method"))] = fault
            case "disconnect" if body.get("reason"):
                await self.sockets.refresh(str(body["reason"]))
            case "disconnect":
                self.sockets.drop()
            case "hold":
                self.sockets.holding = bool(body.get("on"))
                self.changes.notify()
            case _:
                raise Impossible(f"there is no /demo/{action}")

    async def _hook(self, request: web.Request) -> web.Response:
        try:
            self.hooks.answer(request.match_info["key"], await request.json())
        except SlackError as error:
            return web.json_response({"ok": False, "error": error.code, **error.more}, status=404)
        return web.Response(text="ok")


async def _page(_request: web.Request) -> web.StreamResponse:
    return await _file("page.html")


async def _page_file(request: web.Request) -> web.StreamResponse:
    return await _file(request.match_info["name"])


async def _file(name: str) -> web.StreamResponse:
    if not (PAGE / name).is_file():
        raise web.HTTPNotFound
    headers = {"Content-Security-Policy": POLICY, "Cache-Control": "no-cache"}
    return web.FileResponse(PAGE / name, headers=headers)
