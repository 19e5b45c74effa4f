"""One round of the clock with 100 conversations due, among few and among many that are open."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.core.decision import Decisions
from bot.core.model import Change, moment
from bot.core.policy import Policy
from bot.core.ports import Store
from bot.core.rounds import Rounds
from tests.benchmarks import past
from tests.benchmarks.bots import settings
from tests.benchmarks.ratios import comparison
from tests.benchmarks.table import Row, Scale

DUE = 100
LOOKS = 100


class Clockwork:
    """A store at the moment at which 100 conversations are due, and again after each round."""

    def __init__(self, store: Store, policy: Policy) -> None:
        self._store = store
        self._rounds = Rounds(Decisions(store, policy))
        wait = timedelta(seconds=policy.targets.nudge.seconds)
        self.now = moment(f"{past.FIRST + DUE - 1}.999999") + wait
        self._due = store.due(self.now, sys.maxsize)
        assert len(self._due) == DUE

    def looks(self) -> Callable[[], object]:
        return lambda: [self._rounds.due(self.now) for _ in range(LOOKS)]

    def round(self) -> Callable[[], object]:
        self._put_back()
        return self._make_round

    def _make_round(self) -> None:
        due = self._rounds.due(self.now)
        assert len(due) == DUE
        for one in due:
            self._rounds.attend(one, self.now)

    def _put_back(self) -> None:
        stored = [(one, self._store.conversation(one.id)) for one in self._due]
        before = [replace(one, version=now.version) for one, now in stored if now]
        sent = tuple(out.id for out in self._store.outbox())
        self._store.commit(Change(conversations=tuple(before), sent=sent))


def rows(scale: Scale) -> Iterator[Row]:
    policy = settings("https://slack.com/api/").policy
    least = scale.sizes[0]
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        works: dict[int, Clockwork] = {}
        for size in scale.sizes:
            store = past.filled(folder / f"{size}.json", size, policy, past.fill_open)
            stack.callback(store.close)
            works[size] = Clockwork(store, policy)
        for size in scale.sizes[1:]:
            found = comparison(works[least].round, works[size].round, scale.pairs)
            what = f"due tick, {DUE} of {size:,} open: CPU to {least:,}"
            yield Row(what, found.cpu, "flat", found.per_operation(DUE))
