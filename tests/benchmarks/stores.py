"""The whole handling of a message in each store: how many a second, and what of the processor.

Compared to a default Bolt app whose one listener does nothing, as in `handling.py`. What a database
server takes is counted apart: it may well be on another machine.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from statistics import median

from handlers.connection import WORKERS
from tests.benchmarks.bots import IN_FLIGHT, Bot, heard, noop, slack, stopping
from tests.benchmarks.document import Table
from tests.benchmarks.places import Place, open_at, places
from tests.benchmarks.ratios import Comparison, comparison
from tests.benchmarks.table import Scale, number

MOST = 30_000 / 3600
"""Events a second that Slack sends at most for one workspace."""


def head(_: Scale) -> tuple[str, ...]:
    return (
        "store",
        "messages a second, one by one",
        f"{IN_FLIGHT} in flight",
        "Slack's most, so many times",
        "CPU a message",
        "to a bare Bolt dispatch",
        "with the server's CPU",
    )


def tables(scale: Scale) -> Iterator[Table]:
    with places() as found:
        yield Table(head(scale), tuple(_row(place, scale) for place in found))


def _row(place: Place, scale: Scale) -> tuple[str, ...]:
    many = max(scale.slice, 2 * IN_FLIGHT)
    with (
        slack() as server,
        closing(open_at(place.fresh())) as store,
        ThreadPoolExecutor(WORKERS) as pool,
    ):
        api = f"{server.url}api/"
        bot = heard(api, store)
        with stopping(bot):
            ours, bare = Bot(bot.app, store=store), noop(api)
            alone = comparison(bare.alone(scale.slice), ours.alone(scale.slice), scale.pairs)
            together = comparison(
                bare.together(many, pool), ours.together(many, pool), scale.pairs, place.elsewhere
            )
    cpu = median(one.cpu for one in together.candidate) / many
    return (
        place.name,
        f"{_rate(alone, scale.slice):,.0f}",
        f"{_rate(together, many):,.0f}",
        f"{_rate(together, many) / MOST:,.0f}",
        f"{cpu * 1e3:.2f} ms",
        number(together.cpu.median),
        number(together.everywhere.median) if any(c.elsewhere for c in together.candidate) else "",
    )


def _rate(found: Comparison, operations: int) -> float:
    return operations / median(one.wall for one in found.candidate)
