"""Costs compared so that they can be had again on a noisy machine.

Short slices of both alternate in one process, in changing order, and each pair gives one ratio.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median, quantiles

Work = Callable[[], Callable[[], object]]
"""Prepares one slice, and returns what is to be timed."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds that one slice took."""

    cpu: float
    wall: float
    elsewhere: float = 0
    """What it took of the processor in other processes."""


@dataclass(frozen=True, slots=True)
class Spread:
    """The median of several figures, and between what the middle half of them lies."""

    median: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Comparison:
    baseline: Sequence[Cost]
    candidate: Sequence[Cost]

    @property
    def cpu(self) -> Spread:
        pairs = zip(self.baseline, self.candidate, strict=True)
        return spread([candidate.cpu / baseline.cpu for baseline, candidate in pairs])

    @property
    def wall(self) -> Spread:
        pairs = zip(self.baseline, self.candidate, strict=True)
        return spread([candidate.wall / baseline.wall for baseline, candidate in pairs])

    @property
    def everywhere(self) -> Spread:
        """Compare what both took of the processor, in all processes."""
        pairs = zip(self.baseline, self.candidate, strict=True)
        return spread([(c.cpu + c.elsewhere) / (b.cpu + b.elsewhere) for b, c in pairs])

    def per_operation(self, operations: int) -> str:
        """Say what one operation of a slice took of the processor: the baseline's, then ours."""
        costs = (median(one.cpu for one in each) for each in (self.baseline, self.candidate))
        return " / ".join(f"{cost / operations * 1e6:,.0f} us" for cost in costs)


def spread(figures: Sequence[float]) -> Spread:
    low, middle, high = quantiles(figures, n=4) if len(figures) > 1 else [figures[0]] * 3
    return Spread(middle, low, high)


def nowhere() -> float:
    return 0


def cost(work: Work, elsewhere: Callable[[], float] = nowhere) -> Cost:
    timed = work()
    cpu, wall, other = time.process_time(), time.perf_counter(), elsewhere()
    timed()
    took = time.process_time() - cpu, time.perf_counter() - wall
    return Cost(*took, elsewhere() - other)


def comparison(
    baseline: Work, candidate: Work, pairs: int, elsewhere: Callable[[], float] = nowhere
) -> Comparison:
    """Compare two kinds of work; the first slice of each only warms up.

    `elsewhere` tells what the work has taken of the processor in other processes by now.
    """
    cost(baseline)
    cost(candidate)
    gc.collect()
    gc.freeze()
    costs: tuple[list[Cost], list[Cost]] = [], []
    for pair in range(pairs):
        for which in (0, 1) if pair % 2 else (1, 0):
            costs[which].append(cost((baseline, candidate)[which], elsewhere))
    gc.unfreeze()
    return Comparison(*costs)
