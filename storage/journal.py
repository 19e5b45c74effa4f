"""What makes changes durable: a JSON file in TinyDB's own shape, and a journal of what came since.

A line of the journal holds the commits that became durable together. Folding writes the file anew,
and then lets go of the lines that are in it. The file says which these are, so that a crash between
the two loses nothing and applies nothing twice.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import NamedTuple, Protocol

from bot.core.refusals import StoreFailed
from storage import disk, recovery
from storage.records import Record
from storage.recovery import Written
from storage.tables import Tables

FOLD_AFTER = 8 << 20
FOLD_EVERY = 24 * 3600.0
"""Seconds after which words that have been forgotten are in no old line any more."""


class Mark(NamedTuple):
    """A place in the journal."""

    seq: int
    size: int


class Keeper(Protocol):
    """Keeps changes. One thread may append, while another one folds."""

    syncs: int
    """How often the disk was waited for, to store changes."""

    @property
    def grown(self) -> bool:
        """Whether it is time to fold."""
        ...

    def written(self, document_id: str, document: Record | None) -> bytes:
        """Return a change as `append` takes it."""
        ...

    def append(self, changes: Written) -> Mark:
        """Make changes durable, or raise StoreFailed and leave no trace of them."""
        ...

    def fold(self, tables: Tables, mark: Mark) -> None:
        """Write the file anew, from the tables as they were at that mark."""
        ...

    def close(self) -> None: ...


class Nowhere:
    """Keeps nothing."""

    syncs = 0
    grown = False

    def written(self, document_id: str, document: Record | None) -> bytes:  # noqa: ARG002
        return b""

    def append(self, changes: Written) -> Mark:  # noqa: ARG002
        return Mark(0, 0)

    def fold(self, tables: Tables, mark: Mark) -> None: ...

    def close(self) -> None: ...


class Journal:
    def __init__(
        self, path: Path, fold_after: int = FOLD_AFTER, fold_every: float = FOLD_EVERY
    ) -> None:
        """Read what is stored into `tables`, and keep other processes away until `close`."""
        self.syncs = 0
        self._path = Path(os.path.realpath(path))  # a link stays, and what it leads to is replaced
        self._journal = self._path.with_name(f"{self._path.name}.journal")
        self._fold_after = fold_after
        self._fold_every = fold_every
        self._folded = monotonic()
        self._turn = Lock()  # to write into the journal, or to put another in its place
        self._torn = False
        self._file = -1
        self._lock = disk.hold(self._path.with_name(f"{self._path.name}.lock"))
        try:
            self.tables = self._load()
        except BaseException:
            self.close()
            raise

    def _load(self) -> Tables:
        stored = recovery.recover(self._path, self._journal)
        self._mark = Mark(stored.seq, stored.journal_size)
        self._fold_at = max(self._fold_after, stored.file_size or 0)
        self._in_order = stored.file_size is not None and not stored.journal_size
        return stored.tables

    def begin(self) -> None:
        """Write to the files for the first time, now that what is in them is known to be sound."""
        self._file = disk.open_private(self._journal)
        disk.sync_folder(self._journal)
        if not self._in_order:
            self.fold(self.tables, self._mark)

    @property
    def grown(self) -> bool:
        old = monotonic() - self._folded > self._fold_every
        return self._mark.size > (0 if old else self._fold_at)

    def written(self, document_id: str, document: Record | None) -> bytes:
        return recovery.written(document_id, document)

    def append(self, changes: Written) -> Mark:
        with self._turn:
            seq, size = self._mark
            line = recovery.line(seq + 1, changes)
            try:
                if self._torn:
                    os.ftruncate(self._file, size)
                self._torn = True
                self._write(line, size)
            except OSError as error:
                with suppress(OSError):  # else it is cut before the next line
                    os.ftruncate(self._file, size)
                raise disk.failed(self._journal, "written", error) from error
            self._torn = False
            self.syncs += 1
            self._mark = Mark(seq + 1, size + len(line))
            return self._mark

    def _write(self, line: bytes, at: int) -> None:
        written = 0
        while written < len(line):
            written += os.pwrite(self._file, line[written:], at + written)
        os.fdatasync(self._file)

    def fold(self, tables: Tables, mark: Mark) -> None:
        self._folded = monotonic()
        try:
            file = disk.replace(self._path, recovery.file(tables, mark.seq))
            size = os.fstat(file).st_size
            os.close(file)
            disk.sync_folder(self._path)  # before any line goes that the old file lacks
            self._restart(mark.size)
        except (OSError, StoreFailed):
            self._fold_at = self._mark.size + self._fold_after
            raise
        # Not before the journal outgrows the file: so all folding together writes at most as much
        # again as was appended, and no commit pays more the longer the history is.
        self._fold_at = max(self._fold_after, size)

    def rewrite(self, tables: Tables) -> None:
        """Put other tables in the place of all that is stored."""
        self.begin()
        self.fold(tables, self._mark)

    def _restart(self, folded: int) -> None:
        """Begin another journal with what came after the folded part, which is little."""
        with self._turn:
            seq, size = self._mark
            tail = os.pread(self._file, size - folded, folded)
            old, self._file = self._file, disk.replace(self._journal, [tail])
            self._mark, self._torn = Mark(seq, len(tail)), False
            os.close(old)
            disk.sync_folder(self._journal)

    def close(self) -> None:
        for opened in (self._file, self._lock):
            if opened >= 0:
                os.close(opened)
        self._file = self._lock = -1
