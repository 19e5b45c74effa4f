"""How long it takes to understand a customer's message, and to notice what a colleague promises."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from statistics import median
from zoneinfo import ZoneInfo

from dateparser.search import search_dates

from bot.core.promises import notice
from bot.core.understanding import understand
from tests.benchmarks.messages import TEXTS
from tests.benchmarks.ratios import Work, comparison, cost, spread
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
REPLIES = (
    "Thanks for the report! I'll look into it and get back to you by Friday.",
    "Could you send us the log of the failed export?",
    "Our team is on it, the fix should be out tomorrow at 3pm CET.",
    "That is expected: the key expires after 24 hours and is renewed by the next request.",
    "let me check",
    (
        "Hi Ana,\n\nthe invoice was corrected this morning. Finance will send you the credit note"
        " within 3 business days, and I'll make sure that it doesn't happen again.\n\nBest, Kim"
    ),
    "We fixed this in the last release, you can update whenever you like",
    "Happy to help! Let me know if there is anything else.",
)
SAID_AT = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)
HOME = ZoneInfo("Europe/Berlin")
LONG_REPLIES = {
    "will": "name, will ",
    "promises": "we will fix it tomorrow ",
    "conditions": "if you ",
    "ranges": "by friday or ",
    "quotes": '"',
}


def rows(scale: Scale) -> Iterator[Row]:
    yield from _understanding(scale)
    yield from _noticing(scale)


def _noticing(scale: Scale) -> Iterator[Row]:
    found = comparison(_dateparser(), _noticing_all(REPLIES), scale.pairs)
    costs = found.per_operation(len(REPLIES))
    yield Row("noticing promises: CPU to dateparser's search", found.cpu, "1.0", costs)
    each = [
        median(cost(_noticing_all((text,) * REPEATS)).cpu for _ in range(scale.pairs))
        / REPEATS
        * 1e6
        for text in REPLIES
    ]
    yield Row("noticing promises, at the median", spread(each), "200 us", unit=" us")
    worst = max(
        (cost(_noticing_all((part * (LONG // len(part)),))).cpu * 1e3, name)
        for name, part in LONG_REPLIES.items()
    )
    what = f"noticing promises in {LONG:,} characters, worst: {worst[1]}"
    yield Row(what, worst[0], "20 ms", unit=" ms")


def _noticing_all(texts: tuple[str, ...]) -> Work:
    def timed() -> None:
        for text in texts:
            notice(text, SAID_AT, HOME)

    return lambda: timed


def _dateparser() -> Work:
    def timed() -> None:
        for text in REPLIES:
            search_dates(text, languages=["en"])

    return lambda: timed


def _understanding(scale: Scale) -> Iterator[Row]:
    costs = [_cost(text, REPEATS, scale.pairs) * 1e6 for text in TEXTS]
    yield Row("reading a message, at the median", spread(costs), "50 us", unit=" us")
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
