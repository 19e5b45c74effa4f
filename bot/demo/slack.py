"""The demo itself: a small Slack that serves from a thread of its own."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from datetime import datetime
from types import TracebackType
from typing import Self

from aiohttp import web

from .cast import ANA, APP_TOKEN, BOT_TOKEN
from .clock import Clock, ten_on_a_weekday
from .server import HOST, Server


class DemoSlack:
    """A Slack for one visitor, on this machine only."""

    def __init__(self, port: int = 0, *, story: bool = True, now: datetime | None = None) -> None:
        self._port = port
        self._with_story = story
        self._clock = Clock(now or ten_on_a_weekday())
        self._thread: threading.Thread | None = None
        self._stop: Callable[[], object] = lambda: None

    def start(self) -> None:
        """Returns once it listens; raises OSError if the port is taken."""
        listening: Future[int] = Future()
        self._thread = threading.Thread(
            target=self._run, args=(listening,), name="demo-slack", daemon=True
        )
        self._thread.start()
        try:
            self._port = listening.result()
        except BaseException:
            self._thread.join()
            self._thread = None
            raise

    def stop(self) -> None:
        if self._thread:
            self._stop()
            self._thread.join()
            self._thread = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()

    def now(self) -> datetime:
        return self._clock.now()

    def advance(self, seconds: float) -> None:
        self._clock.advance(seconds)

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self._port}/"

    @property
    def environment(self) -> dict[str, str]:
        """The settings with which the bot connects here."""
        return {
            "SLACK_BOT_TOKEN": BOT_TOKEN,
            "SLACK_APP_TOKEN": APP_TOKEN,
            "SLACK_API_URL": f"{self.url}api/",
            "HEARD_TRIAGE": "C0TRIAGE001",
            "HEARD_LEADS": ANA.id,
            "HEARD_TIMEZONE": "Europe/Berlin",
            "HEARD_HOURS": "Mon-Fri 09:00-17:00",
        }

    def _run(self, listening: "Future[int]") -> None:
        try:
            asyncio.run(self._serve(listening))
        except OSError as error:  # for start(), which waits in the other thread
            listening.set_exception(error)

    async def _serve(self, listening: "Future[int]") -> None:
        loop, stopping = asyncio.get_running_loop(), asyncio.Event()
        server = Server(self._clock, with_story=self._with_story)
        runner = web.AppRunner(
            server.application(), handle_signals=False, access_log=None, shutdown_timeout=1.0
        )
        await runner.setup()
        try:
            await web.TCPSite(runner, HOST, self._port).start()
            port = runner.addresses[0][1]
            server.listens_on(f"http://{HOST}:{port}")
            self._stop = lambda: loop.call_soon_threadsafe(stopping.set)
            self._clock.on_advance = lambda: loop.call_soon_threadsafe(server.clock_advanced)
            listening.set_result(port)
            await stopping.wait()
        finally:
            self._clock.on_advance = lambda: None
            await server.close()
            await runner.cleanup()
