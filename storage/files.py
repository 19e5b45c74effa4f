"""What is in a TinyDB store's files, for moving it."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from pathlib import Path

from bot.core.model import State
from bot.core.refusals import StoreFailed
from storage.journal import Journal
from storage.pieces import KINDS, Piece
from storage.records import Record
from storage.tables import Tables

_CLOSED = {state for state in State if state.closed}


class TinyContents:
    """Implements `storage.pieces.Contents`."""

    origin = ""

    def __init__(self, path: Path) -> None:
        self.name = str(path.absolute())
        self._path = path
        self._open()

    def _open(self) -> None:
        self._journal = Journal(self._path)
        self._tables = self._journal.tables

    def size(self, kind: str) -> int:
        closed = len(self._tables.get("closed", {})) if kind == "conversations" else 0
        return len(self._tables.get(kind, {})) + closed

    def all(self, kind: str) -> Generator[Piece]:
        found = self._tables.get(kind, {})
        if kind == "conversations":
            found = found | self._tables.get("closed", {})
        if kind == "facts":
            found = {one: {"id": one, **fact} for one, fact in found.items()}
        for record in sorted(found.values(), key=_place if kind == "outbox" else _id):
            yield "", {name: value for name, value in record.items() if name != "nr"}

    def fill(self, origin: str, pieces: Callable[[str], Iterator[Piece]]) -> None:  # noqa: ARG002
        """Fill it in one step: there is never half of it to finish."""
        tables: Tables = {}
        for kind in KINDS:
            for number, (workspace, record) in enumerate(pieces(kind), 1):
                if workspace:
                    raise StoreFailed(f"{self.name} cannot be filled: TinyDB is for one workspace")
                table, one, filed = _filed(kind, record, number)
                tables.setdefault(table, {})[one] = filed
        self._journal.begin()
        self._journal.append(dict(tables))
        self._journal.close()
        self._open()

    def seal(self) -> None: ...

    def revise(self, kind: str, workspace: str, after: Callable[[Record], Record | None]) -> None:
        """Change what is in memory; the files are changed in one step, by `scrub`."""
        pieces = list(self.all(kind))
        for name in ("conversations", "closed") if kind == "conversations" else (kind,):
            self._tables[name] = {}
        for number, (own, record) in enumerate(pieces, 1):
            left = after(record) if own == workspace else record
            if left:
                table, one, filed = _filed(kind, _next(record, left), number)
                self._tables[table][one] = filed

    def scrub(self) -> None:
        self._journal.rewrite(self._tables)

    def close(self) -> None:
        self._journal.close()


def _id(record: Record) -> tuple[str, str]:
    if "is" in record:
        return record["conversation"], record["ts"] if record["is"] == "said" else record["key"]
    return record["id"], ""


def _next(record: Record, after: Record) -> Record:
    """Return what a record has become, with the next version where it has one."""
    versioned = "version" in after and after != record
    return {**after, "version": record["version"] + 1} if versioned else after


def _place(record: Record) -> int:
    place: int = record["nr"]
    return place


def _filed(kind: str, record: Record, number: int) -> tuple[str, str, Record]:
    """Return the table, the id and the form in which TinyDB keeps a record."""
    first, second = _id(record)
    match kind:
        case "conversations":
            closed = record.get("state", State.DISMISSED) in _CLOSED
            return "closed" if closed else kind, first, record
        case "entries":
            return kind, f"{first}|{second}", record
        case "outbox":
            return kind, first, {**record, "nr": number}
        case "facts":
            return kind, first, {"text": record["text"]}
    return kind, first, record
