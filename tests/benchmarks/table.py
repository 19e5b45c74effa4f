"""What a benchmark found, and the table in which it is shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tests.benchmarks.ratios import Spread

HEADING = ("what", "found", "middle half", "aim", "baseline / ours")
WIDTHS = (64, 9, 13, 8, 0)


@dataclass(frozen=True, slots=True)
class Row:
    what: str
    found: float | Spread
    aim: str = ""
    costs: str = ""
    """What lies behind a ratio."""
    unit: str = ""

    def cells(self) -> tuple[str, ...]:
        found, spread = self.found, ""
        if isinstance(found, Spread):
            spread = f"{number(found.low)}..{number(found.high)}"
            found = found.median
        return self.what, f"{number(found)}{self.unit}", spread, self.aim, self.costs


@dataclass(frozen=True, slots=True)
class Scale:
    """How much is measured."""

    pairs: int
    slice: int
    """Operations in a slice."""
    sizes: tuple[int, ...]
    """Conversations in a store; the first is what the others are compared to."""
    processes: int
    many: tuple[int, ...]
    """Open conversations among which the due ones are looked for."""
    workspaces: int
    """Those whose month is replayed, and for so many days."""
    days: int


FULL = Scale(
    pairs=30,
    slice=100,
    sizes=(1_000, 10_000, 100_000),
    processes=5,
    many=(10_000, 100_000, 1_000_000),
    workspaces=500,
    days=31,
)
QUICK = Scale(
    pairs=5, slice=20, sizes=(300, 1_000), processes=1, many=(300, 1_000), workspaces=26, days=4
)


def heading() -> str:
    return f"{line(HEADING)}\n{'-' * (sum(WIDTHS) + 2 * len(WIDTHS) + len(HEADING[-1]))}"


def lines(rows: Iterable[Row]) -> Iterable[str]:
    return (line(row.cells()) for row in rows)


def line(cells: tuple[str, ...]) -> str:
    padded = (cell.ljust(width) for cell, width in zip(cells, WIDTHS, strict=True))
    return "  ".join(padded).rstrip()


def number(number: float) -> str:
    return f"{number:.3g}" if 0 < number < 1 else f"{number:,.2f}".removesuffix(".00")
