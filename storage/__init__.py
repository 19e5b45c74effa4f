"""Remembers: implements the core's `Store` and `Stores`."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path

from bot.core.ports import Store, Stores
from bot.core.refusals import StoreFailed

LEASE = 30.0
"""Seconds after which others go on where a process has died."""
NEEDS = {"sqlite": ("sqlalchemy", "alembic"), "postgresql": ("sqlalchemy", "alembic", "psycopg")}


def open_stores(url: str, lease: float = LEASE) -> Stores:
    """Open the stores that a URL names, and begin them if there are none.

    Raises:
        ValueError: the URL is not understood.
        StoreFailed: they cannot be used; the text says why, and what to do.
    """
    check(url)
    if url.startswith("tinydb"):
        from storage.parts import FileStores  # noqa: PLC0415 - TinyDB only for who uses it

        return FileStores(Path(url.partition(":///")[2]))
    from storage import sql  # noqa: PLC0415 - SQLAlchemy only for who uses it

    return sql.open_stores(url, lease)


def open_store(url: str) -> Store:
    """Open the store of the one workspace that there is; raise what `open_stores` raises."""
    stores = open_stores(url)
    named = [workspace for workspace in stores.workspaces() if workspace]
    if len(named) > 1:
        stores.close()
        raise StoreFailed(
            f"{without_password(url)} holds more than one workspace: {', '.join(named)}"
        )
    return stores.of(*named or [""])


def check(url: str) -> None:
    """Raise what `open_stores` raises for a URL alone."""
    if not understood(url):
        raise ValueError(
            f"{without_password(url)!r} names no store. Understood are tinydb:///heard.json, a file"
            " named from the folder in which Heard is started, tinydb:////srv/heard.json, one named"
            " in full, sqlite:///heard.db, and postgresql://user:password@host/database"
        )
    if missing(url):
        raise StoreFailed(
            f"{missing(url)} is not installed: pip install '.[sql]' in Heard's folder"
        )


def understood(url: str) -> bool:
    return bool(re.fullmatch(r"(tinydb|sqlite):///.*[^/]|postgresql://[^/]*/[^/?]+(\?.*)?", url))


def missing(url: str) -> str:
    """Return the package that a store needs and that is not installed; empty if there is none."""
    needs = NEEDS.get(url.partition(":")[0], ())
    return next((name for name in needs if find_spec(name) is None), "")


def without_password(url: str) -> str:
    return re.sub(r"//.*@", "//…@", re.sub(r"password=[^&]*", "password=…", url))
