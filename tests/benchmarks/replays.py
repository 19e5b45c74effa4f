"""The month of many workspaces, one after the other, through the core on a store in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from statistics import fmean

from tests.benchmarks.document import Table
from tests.benchmarks.month import Kind, Workspace
from tests.benchmarks.replay import Replay, Tally
from tests.benchmarks.table import Scale

Figure = Callable[[Tally], str]

FIGURES: dict[str, Figure] = {
    "workspaces": lambda one: f"{one.workspaces:,}",
    "events in the month": lambda one: f"{len(one.events):,}",
    "CPU an event": lambda one: f"{fmean(one.events) * 1e3:.2f} ms",
    "the same, p99": lambda one: f"{_percentile(one.events, 99) * 1e3:.2f} ms",
    "events a second, alone": lambda one: f"{len(one.events) / sum(one.events):,.0f}",
    "events a second, with all that follows": lambda one: (
        f"{len(one.events) / sum(one.busy.values()):,.0f}"
    ),
    "busiest minute of a processor": lambda one: f"{max(one.busy.values()) / 60:.1%}",
    "calls to Slack": lambda one: f"{sum(one.calls.values()):,}",
    "CPU a call": lambda one: f"{one.deliveries / max(1, sum(one.calls.values())) * 1e3:.2f} ms",
    "calls that Slack put off": lambda one: f"{one.refused:,}",
    "most that waited to be sent": lambda one: f"{one.deepest:,}",
    "longest until all was sent": lambda one: f"{one.longest:,.0f} s",
    "nudges posted": lambda one: f"{len(one.late):,}",
    "late, p50": lambda one: f"{_percentile(one.late, 50):.1f} s",
    "late, p99": lambda one: f"{_percentile(one.late, 99):.1f} s",
    "late, at worst": lambda one: f"{max(one.late, default=0):.1f} s",
}


def head(scale: Scale) -> tuple[str, ...]:
    return (f"{scale.days} days", *Kind, "all")


def tables(scale: Scale) -> Iterator[Table]:
    tallies = {kind: Tally() for kind in Kind}
    for number in range(scale.workspaces):
        workspace = Workspace(number)
        tallies[workspace.kind].add(Replay(workspace).run(workspace.month(scale.days)))
    whole = Tally()
    for tally in tallies.values():
        whole.add(tally)
    columns = [*tallies.values(), whole]
    rows = ((name, *map(figure, columns)) for name, figure in FIGURES.items())
    yield Table(head(scale), tuple(rows))


def _percentile(figures: list[float], number: int) -> float:
    return sorted(figures)[len(figures) * number // 100] if figures else 0
