"""What is in a store, piece by piece, for whoever needs all of it."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from typing import Protocol

from storage.records import Record

KINDS = (
    "conversations",
    "entries",
    "promises",
    "channels",
    "people",
    "outbox",
    "cards",
    "templates",
    "facts",
    "tallies",
)
MOVED = (*KINDS, "bots", "installations")
"""All that moves along with them: what only databases have, of each workspace its tokens."""
Piece = tuple[str, Record]
"""The workspace of a record, and the record."""


class Contents(Protocol):
    """A store, seen as what is in it. Nothing else may use it meanwhile."""

    @property
    def name(self) -> str: ...

    @property
    def origin(self) -> str:
        """The name of the store from which it is being filled; empty where it is not."""
        ...

    def size(self, kind: str) -> int: ...

    def all(self, kind: str) -> Generator[Piece]:
        """Yield all of a kind by their ids, what is to be sent in its own order.

        Raises:
            StoreFailed: one is damaged so that nobody can tell which it is, or what is in it.
        """
        ...

    def fill(self, origin: str, pieces: Callable[[str], Iterator[Piece]]) -> None:
        """Put all of each kind in the place of whatever it holds.

        Until it is sealed, it is of no use as a store.
        """
        ...

    def seal(self) -> None: ...

    def revise(self, kind: str, workspace: str, after: Callable[[Record], Record | None]) -> None:
        """Put what is to be of each record of a workspace in its place; None removes it."""
        ...

    def scrub(self) -> None:
        """Make what was revised durable, and leave nothing in the files of what was before."""
        ...

    def close(self) -> None: ...
