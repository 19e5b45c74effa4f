"""How long it takes to understand a message."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from statistics import median

from bot.core.understanding import understand
from tests.benchmarks.messages import TEXTS
from tests.benchmarks.ratios import Work, cost, spread
from tests.benchmarks.table import Row, Scale

LONG = 40_000
REPEATS = 20
LONG_ONES = {
    "one letter": "a",
    "words": "the export of last night ",
    "thanks": "thanks ",
    "signs of approval": ":+1:",
    "question marks": "?",
    "hints of anger": "still yet no one time ",
    "code": "```a ``b` ",
    "gaps": "you said not for the first time, was told no one ",
    "empty lines": " \n",
}


def rows(scale: Scale) -> Iterator[Row]:
    costs = [_cost(text, REPEATS, scale.pairs) * 1e6 for text in TEXTS]
    yield Row("reading a message, at the median", spread(costs), "200 us", unit=" us")
    worst = max(
        (_cost(part * (LONG // len(part)), 1, max(3, scale.pairs // 5)) * 1e3, name)
        for name, part in LONG_ONES.items()
    )
    yield Row(f"reading {LONG:,} characters, worst: {worst[1]}", worst[0], "20 ms", unit=" ms")


def _cost(text: str, repeats: int, times: int) -> float:
    """Return the seconds that one reading takes at the median."""
    return median(cost(_reading(text, repeats)).cpu for _ in range(times)) / repeats


def _reading(text: str, repeats: int) -> Work:
    def timed() -> None:
        for _ in range(repeats):
            understand(text)

    def work() -> Callable[[], object]:
        return timed

    return work
