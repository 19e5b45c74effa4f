"""The whole set of listeners, dispatching a message, compared to one listener alone.

Both are our app, which finds an event's listener in a table. The message is one that nobody watches
for, so only Bolt's work is compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from slack_bolt import App

from storage.tiny import TinyStore
from tests.benchmarks import messages
from tests.benchmarks.bots import heard, slack, stopping
from tests.benchmarks.ratios import Work, comparison
from tests.benchmarks.table import Row, Scale


def rows(scale: Scale) -> Iterator[Row]:
    with slack() as server:
        whole, alone = (heard(f"{server.url}api/", TinyStore.in_memory()) for _ in range(2))
        with stopping(whole, alone):
            del alone.app._listeners[1:]
            found = comparison(
                _dispatch(alone.app, scale.slice), _dispatch(whole.app, scale.slice), scale.pairs
            )
    what = f"dispatch by {len(whole.app._listeners)} listeners: CPU to one listener"
    yield Row(what, found.cpu, "1.1", found.per_operation(scale.slice))


def _dispatch(app: App, number: int) -> Work:
    def work() -> Callable[[], object]:
        requests = [messages.request(_unwatched(one)) for one in range(number)]

        def timed() -> None:
            assert {app.dispatch(request).status for request in requests} == {200}

        return timed

    return work


def _unwatched(number: int) -> dict[str, Any]:
    body = messages.event(number)
    body["event"].update(channel="D0PERSONAL1", channel_type="im")
    return body
