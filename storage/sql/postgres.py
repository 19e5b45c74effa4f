"""PostgreSQL: a server, for as many processes as need be."""

from __future__ import annotations

from typing import Any

from sqlalchemy import URL, create_engine, make_url
from sqlalchemy.exc import ArgumentError

from bot.core.refusals import StoreFailed
from storage.sql.database import Database

CONNECTIONS = {"pool_size": 5, "max_overflow": 5, "pool_timeout": 10}
PARAMETERS = {
    "application_name": "heard",
    "client_encoding": "utf8",
    # Without these, a server that has vanished is waited for longer than Slack waits for us.
    "connect_timeout": "5",
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "10000",
}
_AWAY = (
    "See that it runs and can be reached, and that DATABASE_URL has the right user, password and"
    " database."
)
_CURES = {
    "25006": "It only lets itself be read: name the primary server in DATABASE_URL.",
    "42501": "Let Heard's user own its database.",
    "42P01": "A table of Heard's is missing: put a backup in its place, or name another database.",
    "42703": "A column of Heard's is missing: put a backup in its place, or name another database.",
    "53": "See to its disk, its memory and its max_connections.",
    "57": _AWAY,
    "08": _AWAY,
}


def connect(url: str) -> Database:
    """Return the database that a URL names; it is not called before it is asked something.

    Raises:
        StoreFailed: the URL is not understood.
    """
    try:
        parsed = make_url(url).set(drivername="postgresql+psycopg")
    except (ArgumentError, ValueError):  # whose text may quote the password
        raise StoreFailed(
            "It is not the address of a database: write postgresql://user:password@host/database,"
            " with %40 for @, %2F for / and %3A for : within the password"
        ) from None
    parsed = parsed.set(query={**PARAMETERS, **parsed.query})
    how: dict[str, Any] = {"hide_parameters": True, **CONNECTIONS}
    return Database(
        name=_name(parsed),
        asking=create_engine(parsed, isolation_level="AUTOCOMMIT", **how),
        changing=create_engine(parsed, isolation_level="READ COMMITTED", **how),
        complaint=_complaint,
    )


def _name(url: URL) -> str:
    host = url.host or url.query.get("host", "")
    port = f":{url.port}" if url.port else ""
    return f"PostgreSQL {host}{port}/{url.database or ''}"


def _complaint(error: BaseException | None) -> str:
    diagnosis = getattr(error, "diag", None)
    reason = getattr(diagnosis, "message_primary", "") or _first_line(str(error))
    state = getattr(error, "sqlstate", None) or "08"
    cures = (cure for begins, cure in _CURES.items() if state.startswith(begins))
    return f"cannot be used ({reason}). {next(cures, 'Its log says more.')}"


def _first_line(text: str) -> str:
    return text.strip().partition("\n")[0]
