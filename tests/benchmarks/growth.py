"""What a commit and a message cost when much is stored, compared to little."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.core.conversations import conversation_id, follow, opened
from bot.core.model import Change, Role, Said
from bot.core.ports import Store
from tests.benchmarks import messages
from tests.benchmarks.bots import Bot, heard, settings, slack
from tests.benchmarks.past import fill, filled
from tests.benchmarks.ratios import Work, comparison
from tests.benchmarks.table import Row, Scale


def rows(scale: Scale) -> Iterator[Row]:
    least = scale.sizes[0]
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        api = f"{stack.enter_context(slack()).url}api/"
        policy = settings(api).policy
        stores = {size: filled(folder / f"{size}.json", size, policy, fill) for size in scale.sizes}
        bots = {}
        for size, store in stores.items():
            stack.callback(store.close)
            bot = heard(api, store)
            stack.callback(bot.stop)
            bots[size] = Bot(bot.app)
        commits = {size: Commits(store) for size, store in stores.items()}
        for size in scale.sizes[1:]:
            found = comparison(
                commits[least].work(scale.slice), commits[size].work(scale.slice), scale.pairs
            )
            what, costs = f"a commit at {size:,} conversations", found.per_operation(scale.slice)
            yield Row(f"{what}: CPU to {least:,}", found.cpu, "1.2", costs)
            yield Row(f"{what}: time to {least:,}", found.wall, "1.2")
        for size in scale.sizes[1:]:
            found = comparison(
                bots[least].alone(scale.slice), bots[size].alone(scale.slice), scale.pairs
            )
            what, costs = f"a message at {size:,} conversations", found.per_operation(scale.slice)
            yield Row(f"{what}: CPU to {least:,}", found.cpu, "1.2", costs)
            yield Row(f"{what}: time to {least:,}", found.wall, "1.2")


@dataclass
class Commits:
    """Commits of what a new request changes: a conversation, its first message, its channel."""

    store: Store
    numbers: Iterator[int] = field(default_factory=count)

    def work(self, number: int) -> Work:
        def work() -> Callable[[], object]:
            changes = [self._change(next(self.numbers)) for _ in range(number)]

            def timed() -> None:
                for change in changes:
                    self.store.commit(change)

            return timed

        return work

    def _change(self, number: int) -> Change:
        where, ts = f"C0COMMIT{number:06}", f"1791000000.{number:06}"
        said = Said(
            conversation=conversation_id(where, ts),
            ts=ts,
            by="U0CUSTOMER0000",
            role=Role.CUSTOMER,
            excerpt=messages.TEXTS[number % len(messages.TEXTS)],
        )
        return Change(conversations=(follow(opened(where, ts, said.by), [said]),), entries=(said,))
