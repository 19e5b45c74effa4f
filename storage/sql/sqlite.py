"""SQLite: a file beside a journal of its own, for one process."""

from __future__ import annotations

import os
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event

from storage import disk
from storage.sql.database import Database

PATIENCE = 5000
"""Milliseconds for which another program, such as a backup, may hold the file."""
THREADS = 20
_CURES = {
    "SQLITE_FULL": "Free some space on its disk.",
    "SQLITE_BUSY": "Another program is writing into it: let that finish, or end it.",
    "SQLITE_LOCKED": "Another program is writing into it: let that finish, or end it.",
    "SQLITE_READONLY": "Let the user that Heard runs as read and write it, and its folder.",
    "SQLITE_CANTOPEN": "Let the user that Heard runs as read and write it, and its folder.",
    "SQLITE_PERM": "Let the user that Heard runs as read and write it, and its folder.",
    "SQLITE_NOTADB": "It is no SQLite file: name another, or put a backup in its place.",
    "SQLITE_CORRUPT": "It is damaged: put a backup in its place.",
}


def connect(path: Path) -> Database:
    """Return the database in a file, and keep every other process away from it until it is closed.

    Raises:
        StoreInUse: another process has it.
        StoreFailed: it cannot be opened.
    """
    path = Path(os.path.realpath(path))
    lock = disk.hold(path.with_name(f"{path.name}.lock"))
    try:
        os.close(disk.open_private(path))  # SQLite makes its other files as private as this one
    except BaseException:
        os.close(lock)
        raise
    changing = _engine(path, pool_size=1, max_overflow=0)
    event.listen(changing, "begin", _begin)
    return Database(
        name=str(path),
        asking=_engine(path, pool_size=THREADS, isolation_level="AUTOCOMMIT"),
        changing=changing,
        complaint=_complaint,
        turn=Lock(),
        scrubbed=_scrub,
        let_go=lambda: os.close(lock),
    )


def _engine(path: Path, **how: Any) -> Engine:  # noqa: ANN401 - as SQLAlchemy takes them
    url = URL.create("sqlite+pysqlite", database=str(path))
    engine = create_engine(url, hide_parameters=True, **how)
    event.listen(engine, "connect", _prepare)
    return engine


def _prepare(connection: Any, _: object) -> None:  # noqa: ANN401 - the driver's
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "secure_delete=ON",
        f"busy_timeout={PATIENCE}",
    ):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin(connection: Connection) -> None:
    """Begin as a writer, where the driver would as a reader that may find itself too late."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _scrub(engine: Engine) -> None:
    """Write the file anew, and empty the journal: overwriting alone may leave a copy behind."""
    connection = engine.raw_connection()
    try:
        for order in ("VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
            connection.cursor().execute(order).fetchall()
    finally:
        connection.close()


def _complaint(error: BaseException | None) -> str:
    code = getattr(error, "sqlite_errorname", "")
    cures = (cure for name, cure in _CURES.items() if code.startswith(name))
    return f"cannot be used ({error}). {next(cures, 'See to its disk.')}"
