"""A database: questions, changes, and what to say where it fails.

What SQLAlchemy and the drivers say may quote customers' words, so nothing of it is handed on but
the database's own short message.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.engine import Compiled
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlalchemy.pool import PoolProxiedConnection

from bot.core.refusals import Stale, StoreFailed
from storage.sql.questions import Question

CONTENDED = {"40001", "40P01"}
"""What PostgreSQL says to one of two who waited for each other."""


@dataclass(slots=True, kw_only=True)
class Database:
    name: str
    """For people to read: without a password."""
    asking: Engine
    """Each question is a transaction of its own."""
    changing: Engine
    complaint: Callable[[BaseException | None], str]
    """Says of the driver's error what happened, and what to do about it."""
    turn: AbstractContextManager[Any] = field(default_factory=nullcontext)
    """Taken to change anything, where only one at a time may."""
    scrubbed: Callable[[Engine], None] = lambda _: None
    """Leaves nothing in the files of what was deleted, where there are any."""
    let_go: Callable[[], None] = lambda: None
    """Called when it is closed, where other processes were kept away."""
    _compiled: dict[Question, Compiled] = field(default_factory=dict)
    _over: bool = False

    @property
    def dialect(self) -> str:
        return self.changing.dialect.name

    def ask(self, question: Question, values: dict[str, Any]) -> list[str]:
        """Return what is found: all questions are for one column."""
        return list(chain.from_iterable(self.rows(question, values)))

    def rows(self, question: Question, values: dict[str, Any]) -> list[tuple[Any, ...]]:
        """Return what is found.

        An event asks about ten questions, so they go to the driver as they were once spelt out:
        that takes less than half the time.
        """
        with self.telling():
            spelt = self.spelt(question, values)
            for again in (True, False):
                connection = self.asking.raw_connection()
                cursor = connection.cursor()
                try:
                    cursor.execute(*spelt)
                    return cursor.fetchall()  # type: ignore[return-value]
                except self._error as error:
                    if not self._is_lost(error, connection, cursor) or not again:
                        raise
                    self.asking.dispose()  # as the others have been lost as well
                finally:
                    cursor.close()
                    connection.close()
        raise AssertionError("unreachable")

    def spelt(self, question: Question, values: dict[str, Any]) -> tuple[str, Any]:
        """Return a question in SQL, and its values as the driver takes them."""
        compiled = self._compiled.get(question)
        if compiled is None:
            compiled = self._compiled[question] = question.compile(self.asking)
        named = {**compiled.params, **values}
        order = getattr(compiled, "positiontup", None)
        return compiled.string, named if order is None else tuple(named[name] for name in order)

    def change(self, work: Callable[[Connection], object]) -> None:
        """Do the work in one transaction, durable when this returns.

        A connection that was lost since it was last used is replaced. One that is lost while it
        commits leaves open whether it did: whoever decides again finds out.

        Raises:
            Stale: others were quicker.
            StoreFailed: the database failed.
        """
        with self.telling(), self.turn:
            for again in (True, False):
                done = False
                try:
                    with self.changing.begin() as connection:
                        work(connection)
                        done = True
                except DBAPIError as error:
                    if done or not (again and error.connection_invalidated):
                        raise
                else:
                    return

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Lend a connection for more than a change; what is done is durable at the end."""
        with self.telling(), self.turn, self.changing.begin() as connection:
            yield connection

    def scrub(self) -> None:
        """Leave nothing in the files of what was deleted."""
        with self.telling(), self.turn:
            self.scrubbed(self.changing)

    def close(self) -> None:
        """Let those who are changing something finish, and nobody begin."""
        with self.turn:
            if self._over:
                return
            self._over = True
            self.asking.dispose()
            self.changing.dispose()
        self.let_go()

    @property
    def _error(self) -> type[Exception]:
        return self.asking.dialect.loaded_dbapi.Error

    def _is_lost(
        self, error: Exception, connection: PoolProxiedConnection, cursor: DBAPICursor
    ) -> bool:
        driver: Any = connection.driver_connection
        lost = self.asking.dialect.is_disconnect(error, driver, cursor)  # type: ignore[arg-type]
        if lost:
            connection.invalidate()
        return lost

    @contextmanager
    def telling(self) -> Iterator[None]:
        """Say plainly what fails within."""
        if self._over:
            raise StoreFailed("The store is closed: Heard is stopping")
        try:
            yield
        except (DBAPIError, self._error) as error:
            cause = error.orig if isinstance(error, DBAPIError) else error
            if getattr(cause, "sqlstate", None) in CONTENDED:
                raise Stale(self.name) from None
            raise StoreFailed(f"{self.name} {self.complaint(cause)}") from None
        except NoConnectionFree:
            raise StoreFailed(f"{self.name} is too busy: no connection became free") from None
