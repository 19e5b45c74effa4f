"""A database: questions, changes, and what to say where it fails.

What SQLAlchemy and the drivers say may quote customers' words, so nothing of it is handed on but
the database's own short message.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

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
    complaint: Callable[[DBAPIError], str]
    """Says what happened, and what to do about it."""
    turn: AbstractContextManager[Any] = field(default_factory=nullcontext)
    """Taken to change anything, where only one at a time may."""
    let_go: Callable[[], None] = lambda: None
    """Called when it is closed, where other processes were kept away."""
    _over: bool = False

    @property
    def dialect(self) -> str:
        return self.changing.dialect.name

    def ask(self, question: Question, values: dict[str, Any]) -> Sequence[str]:
        """Return the first column of what is found."""
        with self.telling():
            for again in (True, False):
                try:
                    with self.asking.connect() as connection:
                        return connection.execute(question, values).scalars().all()
                except DBAPIError as error:
                    if not (again and error.connection_invalidated):
                        raise
        raise AssertionError("unreachable")

    def change(self, work: Callable[[Connection], None]) -> None:
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

    def close(self) -> None:
        """Let those who are changing something finish, and nobody begin."""
        with self.turn:
            if self._over:
                return
            self._over = True
            self.asking.dispose()
            self.changing.dispose()
        self.let_go()

    @contextmanager
    def telling(self) -> Iterator[None]:
        """Say plainly what fails within."""
        if self._over:
            raise StoreFailed("The store is closed: Heard is stopping")
        try:
            yield
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", None) in CONTENDED:
                raise Stale(self.name) from None
            raise StoreFailed(f"{self.name} {self.complaint(error)}") from None
        except NoConnectionFree:
            raise StoreFailed(f"{self.name} is too busy: no connection became free") from None
