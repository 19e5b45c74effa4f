"""The tables of docs/scaling.md: the benchmarks print them as they stand there."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tests.local import ROOT

SCALING = ROOT / "docs" / "scaling.md"


@dataclass(frozen=True, slots=True)
class Table:
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def title(self) -> str:
        """The line by which it is found."""
        return _line(self.head)

    def __str__(self) -> str:
        return "\n".join([self.title, "|---" * len(self.head) + "|", *map(_line, self.rows)])


def write(tables: Iterable[Table], path: Path = SCALING) -> None:
    """Put tables in the place of those with the same heads."""
    text = path.read_text(encoding="utf-8")
    for table in tables:
        text, found = re.subn(
            rf"^{re.escape(table.title)}$(\n\|.*$)*",
            lambda _: str(table),  # noqa: B023 - it is called at once
            text,
            flags=re.MULTILINE,
        )
        assert found == 1, f"{path.name} has not one table with the head {table.title}"
    path.write_text(text, encoding="utf-8")


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
