"""The memory of a bot at rest, by its store and by what is in it: the process, nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing

from bot.core.decision import Decisions
from bot.core.model import moment
from bot.core.rounds import Rounds
from storage import open_store
from tests.benchmarks import loading, past
from tests.benchmarks.bots import settings
from tests.benchmarks.document import Table
from tests.benchmarks.places import MEMORY, places
from tests.benchmarks.start import started
from tests.benchmarks.table import Scale


def head(scale: Scale) -> tuple[str, ...]:
    return ("store", "nothing stored", f"{scale.sizes[-1]:,} conversations stored")


def tables(scale: Scale) -> Iterator[Table]:
    size = scale.sizes[-1]
    with places() as found, loading.slack() as slack:
        rows = tuple(
            (place.name, *(_megabytes(slack, place.fresh, some) for some in (0, size)))
            for place in found
            if place.fresh() != MEMORY
        )
    yield Table(head(scale), rows)


def _megabytes(slack: loading.Slack, fresh: Callable[[], str], size: int) -> str:
    url, policy = fresh(), settings(slack.api).policy
    with closing(open_store(url)) as store:
        past.fill(store, size, policy, open_of_ten=0)  # nothing falls due while it is measured
        Rounds(Decisions(store, policy)).reschedule(moment(f"{past.FIRST}.0"))
    return f"{started(slack, ['bot', 'run'], url).megabytes:.0f} MB"
