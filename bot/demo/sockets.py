"""Socket Mode: who is connected, what is sent to them, and again if nobody acknowledges it."""

import asyncio
import contextlib
import itertools
import json
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from aiohttp import WSMsgType, web

from .cast import APP_ID, Json
from .clock import Clock

ACK_WITHIN = 3.0
RETRY_AFTER = (0, 60, 300)
MOST_CONNECTIONS = 10
HOST = {"host": "applink-demo"}


class Unanswered(Exception):  # noqa: N818 - an outcome to handle, as Slack has it
    """No acknowledgement; the text is Slack's word for why."""


@dataclass(slots=True)
class Delivery:
    """How it went with one event, for tests to look at."""

    event_id: str
    type: str
    attempts: int = 0
    acknowledged: bool = False


@dataclass(slots=True, eq=False)
class Connection:
    """One open socket, and what was sent over it and not yet acknowledged."""

    socket: web.WebSocketResponse
    transport: asyncio.BaseTransport | None
    waiting: dict[str, asyncio.Future[Json]] = field(default_factory=dict)


class Sockets:
    """Every payload goes to one connection, whichever is next."""

    def __init__(self, clock: Clock, changed: Callable[[], None]) -> None:
        self.connections: list[Connection] = []
        self.deliveries: list[Delivery] = []
        self.holding = False
        self.on_hello: Callable[[], None] = lambda: None
        self._clock = clock
        self._changed = changed
        self._turn = itertools.count()
        self._tickets: set[str] = set()
        self._advanced = asyncio.Event()
        self._running: set[asyncio.Task[None]] = set()

    @property
    def connected(self) -> bool:
        return bool(self.connections) and not self.holding

    def ticket(self) -> str:
        """What a connection's address is opened with, once."""
        ticket = uuid4().hex
        self._tickets.add(ticket)
        return ticket

    def clock_advanced(self) -> None:
        self._advanced.set()

    async def link(self, request: web.Request) -> web.StreamResponse:
        ticket = request.query.get("ticket", "")
        if self.holding or ticket not in self._tickets:
            raise web.HTTPForbidden(text="this address was used already, or the demo is on hold")
        self._tickets.remove(ticket)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        if len(self.connections) >= MOST_CONNECTIONS:
            await self._say_goodbye(socket, "too_many_websockets")
            return socket
        connection = Connection(socket, request.transport)
        self.connections.append(connection)
        try:
            await self._greet(socket)
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._acknowledge(connection, message.data)
        finally:
            self.connections.remove(connection)
            for answer in connection.waiting.values():
                if not answer.done():
                    answer.cancel()
            self._changed()
        return socket

    def send_event(self, payload: Json) -> None:
        """Deliver it in the background, with Slack's three retries."""
        delivery = Delivery(payload["event_id"], payload["event"]["type"])
        self.deliveries.append(delivery)
        self.run(self._deliver(delivery, payload))

    async def ask(self, kind: str, payload: Json, *, listens: bool = False) -> Json:
        """Send a command or an interaction, once; the acknowledgement's payload comes back."""
        return await self._attempt({"type": kind, "accepts_response_payload": listens}, payload)

    async def settled(self) -> None:
        """Wait until what was sent is acknowledged, or given up."""
        others = self._running - {asyncio.current_task()}
        await asyncio.gather(*others, return_exceptions=True)

    def run(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def refresh(self, reason: str) -> None:
        """Ask the bot to reconnect, as Slack does every few hours."""
        for connection in list(self.connections):
            await connection.socket.send_json(_goodbye(reason))

    def drop(self) -> None:
        """Cut every connection without a word, as a network does."""
        for connection in self.connections:
            if isinstance(connection.transport, asyncio.WriteTransport):
                connection.transport.abort()

    async def close(self) -> None:
        for task in list(self._running):
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)
        for connection in list(self.connections):
            with contextlib.suppress(ConnectionError):
                await connection.socket.close()
        self.drop()

    async def _greet(self, socket: web.WebSocketResponse) -> None:
        await socket.send_json(
            {
                "type": "hello",
                "num_connections": len(self.connections),
                "debug_info": HOST | {"build_number": 1, "approximate_connection_time": 18060},
                "connection_info": {"app_id": APP_ID},
            }
        )
        self.on_hello()
        self._changed()

    async def _say_goodbye(self, socket: web.WebSocketResponse, reason: str) -> None:
        await socket.send_json(_goodbye(reason))
        await socket.close()

    def _acknowledge(self, connection: Connection, data: str) -> None:
        try:
            said = json.loads(data)
        except ValueError:
            return
        answer = connection.waiting.get(said.get("envelope_id", ""))
        if answer and not answer.done():
            answer.set_result(said.get("payload") or {})

    async def _deliver(self, delivery: Delivery, payload: Json) -> None:
        envelope: Json = {"type": "events_api", "accepts_response_payload": False}
        for attempt, wait in enumerate((*RETRY_AFTER, None), start=1):
            delivery.attempts = attempt
            try:
                await self._attempt(envelope, payload)
            except Unanswered as unanswered:
                if wait is None:
                    return
                reason = "timeout" if str(unanswered) == "operation_timeout" else "no_connection"
                envelope |= {"retry_attempt": attempt, "retry_reason": reason}
                self._changed()
                await self._until(self._clock.now() + timedelta(seconds=wait))
            else:
                delivery.acknowledged = True
                self._changed()
                return

    async def _attempt(self, envelope: Json, payload: Json) -> Json:
        if not self.connected:
            raise Unanswered("dispatch_failed")
        connection = self.connections[next(self._turn) % len(self.connections)]
        envelope_id = str(uuid4())
        answer = asyncio.get_running_loop().create_future()
        connection.waiting[envelope_id] = answer
        try:
            await connection.socket.send_json(
                {"envelope_id": envelope_id, "payload": payload, **envelope}
            )
            await asyncio.wait({answer}, timeout=ACK_WITHIN)
        except ConnectionError:
            answer.cancel()
        finally:
            del connection.waiting[envelope_id]
        if not answer.done() or answer.cancelled():
            raise Unanswered("operation_timeout")
        acknowledgement: Json = answer.result()
        return acknowledgement

    async def _until(self, moment: datetime) -> None:
        """The demo's clock is never slower than real time, so it alone decides."""
        while (left := (moment - self._clock.now()).total_seconds()) > 0:
            self._advanced.clear()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(left):
                    await self._advanced.wait()


def _goodbye(reason: str) -> Json:
    return {"type": "disconnect", "reason": reason, "debug_info": HOST}
