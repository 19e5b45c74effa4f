"""A message over Socket Mode on this machine, until it is acknowledged, 50 in flight.

Heard and a default Bolt bot that does nothing are connected side by side; who sends is in another
process, so the CPU that is counted is that of the bots.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from slack_bolt.adapter.socket_mode import SocketModeHandler

from storage.tiny import TinyStore
from tests.benchmarks import loading
from tests.benchmarks.bots import caught_up, heard, noop
from tests.benchmarks.ratios import Work, comparison
from tests.benchmarks.table import Row, Scale
from tests.local import SETTINGS

OURS = SETTINGS["SLACK_APP_TOKEN"].removeprefix("xapp-")
BASELINE = "noop"


def rows(scale: Scale) -> Iterator[Row]:
    number = max(scale.slice, 100)
    with TemporaryDirectory() as folder, loading.slack() as slack:
        store = TinyStore.in_file(Path(folder) / "heard.json")
        bot, other = heard(slack.api, store), noop(slack.api)
        handler = SocketModeHandler(other.app, f"xapp-{BASELINE}")
        try:
            bot.connection.open()
            handler.connect()
            assert {slack.hears()["connected"] for _ in range(2)} == {OURS, BASELINE}
            caught_up(bot)
            baseline = _work(slack, BASELINE, number, other.settled)
            found = comparison(baseline, _work(slack, OURS, number), scale.pairs)
        finally:
            handler.close()
            bot.stop()
            store.close()
    costs = found.per_operation(number)
    yield Row("a message over Socket Mode: CPU to a no-op bot", found.cpu, "1.75", costs)
    yield Row("a message over Socket Mode: time to a no-op bot", found.wall, "1.75")


def _work(
    slack: loading.Slack, bot: str, number: int, settled: Callable[[int], object] = lambda _: None
) -> Work:
    firsts = count(0, number)

    def timed() -> None:
        slack.sends(bot, number, next(firsts))
        settled(number)

    return lambda: timed
