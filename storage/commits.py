"""Makes commits durable together: those of events in flight share one wait for the disk.

The first commit of a batch leads it. While the batch before is being written, others join; then the
leader writes for all. Who waits is let go one after the other, which spares the threads a stampede;
who is in a flight does not wait, and is told.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from threading import Lock, Thread, local
from time import monotonic
from types import TracebackType
from typing import Self

from bot.core.refusals import StoreFailed
from storage.journal import Keeper, Mark
from storage.recovery import Written
from storage.tables import Row, Tables

PATIENCE = 0.025
"""For how long after a batch its commits are expected back with the next, in seconds."""

Tell = Callable[[StoreFailed | None], object]

_log = logging.getLogger(__name__)


class Batch:
    """Commits that become durable together, or not at all."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.written: Written = {}  # each document once, as the last of the commits leaves it
        self.commits = 0
        self.wanted = 0  # how many the leader waits for
        self.full = Lock()  # let go when they are there
        self.full.acquire()
        self.over = Lock()  # let go when it is known how it ended
        self.over.acquire()
        self.stored = False
        self.failure: BaseException | None = None
        self._ended = False
        self._tells: deque[Tell] = deque()

    def end(self) -> None:
        """Let go who waits, and tell who does not, now that it is known how it ended."""
        self._ended = True
        self.over.release()
        self._tell()

    def then(self, tell: Tell) -> None:
        """Have it told how it ended, at once if it has."""
        self._tells.append(tell)
        if self._ended:
            self._tell()

    def _tell(self) -> None:
        """Two threads may do so at once, and yet each is told once."""
        while self._tells:
            try:
                tell = self._tells.popleft()
            except IndexError:
                return
            tell(self.outcome())

    def outcome(self) -> StoreFailed | None:
        """Return why a batch that is over was not stored."""
        if self.stored:
            return None
        text = str(self.failure or "") or "Nothing was stored, for Heard was interrupted"
        failed = StoreFailed(text)
        failed.__cause__ = self.failure
        return failed


class Flight:
    """Implements `bot.core.ports.Flight`."""

    def __init__(self, commits: Commits) -> None:
        self._commits = commits
        self.batches: list[Batch] = []

    def __enter__(self) -> Self:
        self._commits.flights.current = self
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._commits.flights.current = None

    def then(self, tell: Tell) -> None:
        """The batches are over in their order, so the last one is waited for."""
        if len(self.batches) == 1:
            self.batches[0].then(tell)
            return

        def told(failed: StoreFailed | None) -> None:
            for batch in self.batches:
                failed = failed or batch.outcome()
            tell(failed)

        batch = self.batches[-1] if self.batches else self._commits.latest()
        if batch:
            batch.then(told)
        else:
            tell(None)


class Commits:
    def __init__(
        self,
        keeper: Keeper,
        memory: Lock,
        undo: Callable[[list[Row]], None],
        snapshot: Callable[[], Tables],
        patience: float,
    ) -> None:
        """`memory` guards what `undo` and `snapshot` touch; they are called while it is held."""
        self._keeper = keeper
        self._memory = memory
        self._undo = undo
        self._snapshot = snapshot
        self._patience = patience
        self._writing = Lock()
        self._open: Batch | None = None  # may still be joined
        self._sealed: Batch | None = None  # is being written
        self._company = 1  # how many were committing when the last batch was done
        self._parted = 0.0
        self._folding: Thread | None = None
        self.flights = local()
        """`current` is that of the thread."""

    def join(self, rows: list[Row]) -> tuple[Batch, bool]:
        """Add the rows of a commit to the open batch, and tell whether the commit leads it.

        Memory is held. `settle` is to follow, once it no longer is.
        """
        written = [(table, one, self._keeper.written(one, new)) for table, one, _, new in rows]
        leads = self._open is None
        batch = self._open = self._open or Batch()
        batch.rows += rows
        for table, one, text in written:
            batch.written.setdefault(table, {})[one] = text
        batch.commits += 1
        if batch.commits == batch.wanted:
            batch.full.release()
        return batch, leads

    def latest(self) -> Batch | None:
        """Return the last batch that may still fail."""
        return self._open or self._sealed  # it is sealed before it is no longer open

    def settle(self, batch: Batch, *, leads: bool) -> None:
        """Return when a batch is durable, or raise StoreFailed when all of it has been undone.

        In a flight only who leads waits.
        """
        flight: Flight | None = getattr(self.flights, "current", None)
        if flight:
            flight.batches.append(batch)
        if leads:
            try:
                self._lead(batch)
            finally:
                batch.end()
        elif flight:
            return
        else:
            with batch.over:
                pass
        if failed := batch.outcome():
            raise failed

    def unsure(self, table: str) -> set[str]:
        """Return the ids of a table's documents that may still be undone. Memory is held."""
        flying = [batch for batch in (self._sealed, self._open) if batch]
        return {row[1] for batch in flying for row in batch.rows if row[0] == table}

    def close(self) -> None:
        """Let go of the keeper, once all that was committed is settled and no more can come."""
        with self._writing:
            if self._folding:
                self._folding.join()
            self._keeper.close()

    def _lead(self, batch: Batch) -> None:
        with self._writing:
            self._gather(batch)
            with self._memory:
                if batch.failure:  # it built upon a batch that could not be stored
                    return
                self._sealed, self._open = batch, None
                tables = self._snapshot() if self._keeper.grown and self._may_fold() else None
            try:
                mark = self._keeper.append(batch.written)
            except BaseException as failure:
                self._abandon(failure)
                if not isinstance(failure, StoreFailed):
                    raise
                return
            with self._memory:
                batch.stored, self._sealed = True, None
                self._company = batch.commits + (self._open.commits if self._open else 0)
            self._parted = monotonic()
            if tables is not None:
                folding = Thread(target=self._fold, args=(tables, mark), name="fold")
                with suppress(RuntimeError):  # the interpreter is going down: another time
                    folding.start()
                    self._folding = folding

    def _gather(self, batch: Batch) -> None:
        """Wait for those who committed with the last batch; who is alone never waits."""
        left = self._parted + self._patience - monotonic()
        with self._memory:
            if batch.commits >= self._company or left <= 0:
                return
            batch.wanted = self._company
        batch.full.acquire(timeout=left)

    def _abandon(self, failure: BaseException) -> None:
        """Undo what could not be stored, and whatever built upon it."""
        with self._memory:
            for batch in (self._open, self._sealed):
                if batch:
                    self._undo(batch.rows)
                    batch.failure = failure
            self._open = self._sealed = None

    def _may_fold(self) -> bool:
        return self._folding is None or not self._folding.is_alive()

    def _fold(self, tables: Tables, mark: Mark) -> None:
        """Fold in a thread of its own, so that no event waits for it."""
        try:
            self._keeper.fold(tables, mark)
        except (OSError, StoreFailed) as failure:  # everything is in the journal still
            _log.warning("The journal keeps growing: %s", failure)
