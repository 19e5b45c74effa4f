"""A minimal Slack in a process of its own, which sends messages over Socket Mode.

It is told by lines on its standard input, "BOT NUMBER FIRST": send so many messages to that bot,
with at most 50 of them unacknowledged. It answers in lines of JSON: its port, which bot has
connected, and the seconds until all were acknowledged.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time

from aiohttp import WSMsgType, web

from tests.benchmarks import messages
from tests.benchmarks.bots import IN_FLIGHT
from tests.local import AUTH


class Load:
    def __init__(self) -> None:
        self.port = 0
        self._links: dict[str, web.WebSocketResponse] = {}
        self._room = asyncio.Semaphore(IN_FLIGHT)

    def application(self) -> web.Application:
        application = web.Application()
        application.router.add_route("*", "/api/{method}", self._call)
        application.router.add_get("/link/{bot}", self._link)
        return application

    async def _call(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        answer = {"ok": True, **(AUTH if method == "auth.test" else {})}
        if method == "apps.connections.open":
            bot = request.headers["Authorization"].rpartition("xapp-")[2]
            answer["url"] = f"ws://127.0.0.1:{self.port}/link/{bot}"
        return web.json_response(answer)

    async def _link(self, request: web.Request) -> web.StreamResponse:
        bot = request.match_info["bot"]
        link = web.WebSocketResponse()
        await link.prepare(request)
        await link.send_json({"type": "hello", "num_connections": 1})
        self._links[bot] = link
        tell(connected=bot)
        async for message in link:
            if message.type is WSMsgType.TEXT and "envelope_id" in message.data:
                self._room.release()
        return link

    async def send(self, bot: str, number: int, first: int) -> None:
        link = self._links[bot]
        texts = [_envelope(one) for one in range(first, first + number)]
        start = time.perf_counter()
        for text in texts:
            await self._room.acquire()
            await link.send_str(text)
        for _ in range(IN_FLIGHT):
            await self._room.acquire()
        tell(seconds=time.perf_counter() - start)
        for _ in range(IN_FLIGHT):
            self._room.release()


def tell(**facts: object) -> None:
    print(json.dumps(facts), flush=True)


def _envelope(number: int) -> str:
    return json.dumps(
        {
            "envelope_id": f"{number:032}",
            "type": "events_api",
            "accepts_response_payload": False,
            "payload": messages.event(number),
        }
    )


async def serve() -> None:
    load = Load()
    runner = web.AppRunner(load.application(), access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    load.port = runner.addresses[0][1]
    tell(port=load.port)
    while line := await asyncio.to_thread(sys.stdin.readline):
        bot, number, first = line.split()
        await load.send(bot, int(number), int(first))
    await runner.cleanup()


if __name__ == "__main__":
    asyncio.run(serve())
