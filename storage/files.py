"""What is in a TinyDB store's files, for moving it."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from operator import itemgetter
from pathlib import Path

from bot.core.model import State
from bot.core.refusals import StoreFailed
from storage.journal import Journal
from storage.pieces import KINDS, MOVED, Piece
from storage.records import Record, damaged, known_by, name_of
from storage.recovery import Written, written

NAME = "workspace"
"""The fact that names the one workspace that a file is for."""

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

    @property
    def _workspace(self) -> str:
        return str(self._tables.get("facts", {}).get(NAME, {}).get("text", ""))

    def size(self, kind: str) -> int:
        closed = len(self._tables.get("closed", {})) if kind == "conversations" else 0
        named = int(kind == "facts" and bool(self._workspace))
        return len(self._tables.get(kind, {})) + closed - named

    def all(self, kind: str) -> Generator[Piece]:
        found = self._tables.get(kind, {})
        if kind == "conversations":
            found = found | self._tables.get("closed", {})
        if kind == "facts":
            known = (one for one in found.items() if one[0] != NAME)
            found = {one: {"id": one, **fact} for one, fact in known}
        for record in _in_order(kind, found):
            yield self._workspace, {name: value for name, value in record.items() if name != "nr"}

    def fill(self, origin: str, pieces: Callable[[str], Iterator[Piece]]) -> None:  # noqa: ARG002
        """Fill it in one step: there is never half of it to finish."""
        if any(any(pieces(kind)) for kind in MOVED if kind not in KINDS):
            raise StoreFailed(
                f"{self.name} cannot be filled: TinyDB is for one workspace, whose token is in"
                " SLACK_BOT_TOKEN, and has no place for others"
            )
        changes: Written = {}
        found: set[str] = set()
        for kind in KINDS:
            for number, (workspace, record) in enumerate(pieces(kind), 1):
                found.add(workspace)
                if len(found) > 1:
                    raise StoreFailed(f"{self.name} cannot be filled: TinyDB is for one workspace")
                with _telling(kind, record):
                    table, one, filed = _filed(kind, record, number)
                changes.setdefault(table, {})[one] = written(one, filed)
        if any(found):
            changes.setdefault("facts", {})[NAME] = written(NAME, {"text": found.pop()})
        self._journal.begin()
        self._journal.append(changes)
        self._journal.close()
        self._open()

    def seal(self) -> None: ...

    def revise(self, kind: str, workspace: str, after: Callable[[Record], Record | None]) -> None:
        """Change what is in memory; the files are changed in one step, by `scrub`."""
        pieces, named = list(self.all(kind)), self._tables.get("facts", {}).get(NAME)
        for name in ("conversations", "closed") if kind == "conversations" else (kind,):
            self._tables[name] = {}
        if kind == "facts" and named:
            self._tables[kind][NAME] = named
        for number, (own, record) in enumerate(pieces, 1):
            left = after(record) if own == workspace else record
            if left:
                with _telling(kind, record):
                    table, one, filed = _filed(kind, _next(record, left), number)
                self._tables[table][one] = filed

    def scrub(self) -> None:
        self._journal.rewrite(self._tables)

    def close(self) -> None:
        self._journal.close()


def _in_order(kind: str, found: dict[str, Record]) -> list[Record]:
    """Return records in their order.

    Raises:
        StoreFailed: one is damaged.
    """
    placed = []
    for one, record in found.items():
        try:
            own = known_by(record)
            placed.append(((int(record["nr"]),) if kind == "outbox" else own, record))
        except (KeyError, TypeError, ValueError) as error:
            raise damaged(kind, one, error) from error
    return [record for _, record in sorted(placed, key=itemgetter(0))]


@contextmanager
def _telling(kind: str, record: Record) -> Iterator[None]:
    """Name a record which turns out damaged within."""
    try:
        yield
    except (KeyError, TypeError) as error:
        raise damaged(kind, name_of(record), error) from error


def _next(record: Record, after: Record) -> Record:
    """Return what a record has become, with the next version where it has one."""
    versioned = "version" in after and after != record
    return {**after, "version": record["version"] + 1} if versioned else after


def _filed(kind: str, record: Record, number: int) -> tuple[str, str, Record]:
    """Return the table, the id and the form in which TinyDB keeps a record."""
    own = "|".join(known_by(record))
    match kind:
        case "conversations":
            closed = record.get("state", State.DISMISSED) in _CLOSED
            return "closed" if closed else kind, own, record
        case "outbox":
            return kind, own, {**record, "nr": number}
        case "facts":
            return kind, own, {"text": record["text"]}
    return kind, own, record
