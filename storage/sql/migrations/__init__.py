"""How the tables became what they are, and how those of an older Heard catch up."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, select, text

from bot.core.refusals import StoreFailed
from storage.sql import schema
from storage.sql.database import Database

FOLDER = Path(__file__).parent
LOCK = 0x4865617264  # any number will do that nobody else has: this one reads "Heard"


def migrate(database: Database) -> None:
    """Bring the tables up to date, one process at a time; all of it is done, or nothing.

    Raises:
        StoreFailed: they are those of a newer Heard.
    """
    with database.transaction() as connection:  # of SQLite's, there is but one at a time
        if database.dialect == "postgresql":
            connection.execute(text(f"SELECT pg_advisory_xact_lock({LOCK})"))
        found = version(connection)
        if found != schema.VERSION:
            upgrade(connection, found, database.name)


def version(connection: Connection) -> str:
    """Return the last migration that was made, or an empty string."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return str(connection.scalar(text("SELECT version_num FROM alembic_version")) or "")


def origin(database: Database) -> str:
    """Return the name of the store from which this one is being filled; empty if it is whole."""
    return next(iter(database.ask(select(schema.unfinished.c.origin), {})), "")


def upgrade(
    connection: Connection, found: str, name: str, to: str = "head", folder: Path = FOLDER
) -> None:
    # Only where there is something to do, for it takes long to import.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if found and found not in known:
        raise StoreFailed(
            f"{name} was written by a newer Heard (its tables are of version {found}, and this one"
            f" knows up to {schema.VERSION}). Nothing was touched. Run that one, or name another"
            " database for this one."
        )
    config.attributes["connection"] = connection
    command.upgrade(config, to)
