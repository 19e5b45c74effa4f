"""The whole handling of a customer's message, until it may be acknowledged: it is durable.

Compared to a default Bolt app whose one listener does nothing, on the same events. Those in flight
are dispatched by as many threads as `Connection` has, for both. As over Socket Mode, a thread that
dispatched one of ours goes on to the next, and it is done once it is durable.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

from handlers.connection import WORKERS
from storage.tiny import TinyStore
from tests.benchmarks.bots import IN_FLIGHT, Bot, heard, noop, slack, stopping
from tests.benchmarks.ratios import comparison
from tests.benchmarks.table import Row, Scale


def rows(scale: Scale) -> Iterator[Row]:
    with TemporaryDirectory() as folder, slack() as server, ThreadPoolExecutor(WORKERS) as pool:
        store = TinyStore.in_file(Path(folder) / "heard.json")
        bot = heard(f"{server.url}api/", store)
        with stopping(bot):
            ours, baseline = Bot(bot.app, store=store), noop(f"{server.url}api/")
            yield from _alone(ours, baseline, store, scale)
            yield from _together(ours, baseline, store, scale, pool)
        store.close()


def _alone(ours: Bot, baseline: Bot, store: TinyStore, scale: Scale) -> Iterator[Row]:
    before = store.syncs
    found = comparison(baseline.alone(scale.slice), ours.alone(scale.slice), scale.pairs)
    costs = found.per_operation(scale.slice)
    yield Row("a message, one in flight: CPU to a no-op dispatch", found.cpu, "", costs)
    yield Row("a message, one in flight: time to a no-op dispatch", found.wall)
    syncs = (store.syncs - before) / (scale.slice * (scale.pairs + 1))
    yield Row("fsyncs a message, one in flight", syncs, "1")


def _together(
    ours: Bot, baseline: Bot, store: TinyStore, scale: Scale, pool: ThreadPoolExecutor
) -> Iterator[Row]:
    number = max(scale.slice, 2 * IN_FLIGHT)
    before = store.syncs
    found = comparison(baseline.together(number, pool), ours.together(number, pool), scale.pairs)
    costs = found.per_operation(number)
    yield Row("a message, 50 in flight: CPU to a no-op dispatch", found.cpu, "2.0", costs)
    yield Row("a message, 50 in flight: time to a no-op dispatch", found.wall)
    syncs = (store.syncs - before) / (number * (scale.pairs + 1))
    yield Row("fsyncs a message, 50 in flight", syncs, "0.05")
