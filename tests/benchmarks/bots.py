"""The bots that are compared: Heard as it runs, and one on a default Bolt app that does nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from itertools import count, islice
from queue import SimpleQueue
from typing import Any

from slack_bolt import App, BoltRequest
from slack_sdk import WebClient

from bot.app import SystemClock
from bot.config import Settings
from bot.core.ports import Store
from tests.benchmarks import messages
from tests.benchmarks.ratios import Work
from tests.local import AUTH, SETTINGS, Directory, directory
from tests.whole import WholeBot

IN_FLIGHT = 50


@dataclass
class Bot:
    app: App
    settled: Callable[[int], object] = lambda _: None
    """Waits until so many listeners have run, where Bolt acknowledges before they do."""
    store: Store | None = None
    """What must be durable before a message counts as handled."""
    numbers: Iterator[int] = field(default_factory=count)

    def requests(self, number: int) -> list[Any]:
        """Return the next messages of all, which the bot has not seen."""
        return [messages.request(messages.event(one)) for one in islice(self.numbers, number)]

    def alone(self, number: int) -> Work:
        """Handle so many messages, one after the other."""

        def work() -> Callable[[], object]:
            requests = self.requests(number)
            return lambda: self._handled(map(self.app.dispatch, requests), number)

        return work

    def together(self, number: int, pool: ThreadPoolExecutor) -> Work:
        """Handle so many messages, at most `IN_FLIGHT` of them at a time."""
        done: SimpleQueue[int] = SimpleQueue()

        def work() -> Callable[[], object]:
            requests = self.requests(number)

            def timed() -> None:
                for at, request in enumerate(requests):
                    if at >= IN_FLIGHT:
                        assert done.get() == HTTPStatus.OK
                    pool.submit(self._handle, request, done.put)
                rest = min(number, IN_FLIGHT)
                assert {done.get() for _ in range(rest)} == {HTTPStatus.OK}
                self.settled(number)

            return timed

        return work

    def _handle(self, request: BoltRequest, done: Callable[[int], object]) -> None:
        """Dispatch as over Socket Mode: a thread is free for the next one before it is durable."""
        if self.store is None:
            done(self.app.dispatch(request).status)
            return
        with self.store.flight() as flight:
            status = self.app.dispatch(request).status
        flight.then(lambda failed: done(0 if failed else status))

    def _handled(self, responses: Iterator[Any], number: int) -> None:
        assert {response.status for response in responses} == {200}
        self.settled(number)


def noop(api: str) -> Bot:
    """Return a bot on `App(token=…, token_verification_enabled=False)`, all else by default."""
    client = WebClient(token=SETTINGS["SLACK_BOT_TOKEN"], base_url=api)
    app = App(client=client, token_verification_enabled=False)
    done: SimpleQueue[None] = SimpleQueue()

    @app.event("message")
    def message(event: dict[str, Any]) -> None:
        done.put(None)

    return Bot(app, settled=lambda number: [done.get() for _ in range(number)])


def heard(api: str, store: Store) -> WholeBot:
    """Put the real bot together, without starting its loops."""
    bot = WholeBot(settings(api), store, SystemClock())
    caught_up(bot)
    return bot


def caught_up(bot: WholeBot) -> None:
    """Leave the bot as it is once it has read history: no channel has a gap."""
    bot.history.covered()


def settings(api: str) -> Settings:
    return Settings.from_env({**SETTINGS, "SLACK_API_URL": api})


@contextmanager
def slack() -> Iterator[Directory]:
    """Run the Slack that answers the few calls that the bots make, and counts them."""
    with directory() as server:
        server.next["auth.test"] = [{"ok": True, **AUTH}]
        yield server


@contextmanager
def stopping(*bots: WholeBot) -> Iterator[None]:
    with ExitStack() as stack:
        for bot in bots:
            stack.callback(bot.stop)
        yield
