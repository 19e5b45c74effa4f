"""The tables: each record as JSON, beside the columns by which it is looked for.

What is not looked for has NULL in its column, and no place in the index: so looking for what waits,
is owed or is due costs the same however much there once was. All that is stored carries its
workspace. An index begins with what tells most, as SQLite believes that of whatever comes first.
A change here calls for a migration, and so does a new `records.VERSION`.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    DateTime,
    Identity,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

VERSION = "0004"
"""The last of the migrations."""

NEVER = 1 << 62
"""Sorts behind every time."""
KEY = Text().with_variant(Text(collation="C"), "postgresql")  # sorts as Python does
NUMBER = BigInteger().with_variant(Integer, "sqlite")

metadata = MetaData()


def _table(name: str, *columns: Column[str] | Column[int], key: tuple[str, ...] = ("id",)) -> Table:
    return Table(
        name,
        metadata,
        *(Column(one, KEY, primary_key=True) for one in (*key, "workspace")),
        *columns,
        Column("record", Text, nullable=False),
        sqlite_with_rowid=False,
    )


def _version() -> Column[int]:
    return Column("version", NUMBER, nullable=False)


def _grouped(table: Table, by: str, *order: str) -> None:
    _index(f"by_{by}", table.c[by], table.c.workspace, *(table.c[name] for name in order))


def _sorted(table: Table, by: str, order: ColumnElement[Any] | None = None) -> None:
    """Index a time, within each workspace."""
    first = table.c[by] if order is None else order
    _index(f"by_{by}", table.c[by], table.c.workspace, first, table.c.id, leads=False)


def _next(table: Table, by: str) -> None:
    """Index a time over all workspaces, to find those in which it has come."""
    _index(f"next_{by}", table.c[by], table.c.workspace)


def _index(name: str, by: Column[Any], *others: ColumnElement[Any], leads: bool = True) -> None:
    there = by.is_not(None) if by.nullable else None
    columns = (by, *others) if leads else others
    Index(f"{by.table.name}_{name}", *columns, postgresql_where=there, sqlite_where=there)


conversations = _table(
    "conversations",
    Column("channel", KEY, nullable=False),
    Column("thread", KEY, nullable=False),
    Column("queue", KEY),  # the channel in which it waits or is snoozed
    Column("claimer", KEY),  # of an open one
    Column("since", NUMBER),  # an open one's place among the longest waiting
    Column("last_at", NUMBER),
    Column("due_at", NUMBER),
    Column("idle", NUMBER),  # since when, see storage/ages.py, as `wordy`
    Column("wordy", NUMBER),
    _version(),
)
_grouped(conversations, "thread", "channel", "id")
_grouped(conversations, "queue", "since", "id")
_grouped(conversations, "claimer", "since", "id")
_sorted(conversations, "since")
_sorted(conversations, "last_at", conversations.c.last_at.desc())
_sorted(conversations, "due_at")
_next(conversations, "due_at")
_sorted(conversations, "idle")
_sorted(conversations, "wordy")

entries = _table(
    "entries",
    Column("channel", KEY, nullable=False),  # by the conversation's id, while that is not stored
    Column("ts", KEY),  # of a message
    key=("conversation", "key"),
)
_grouped(entries, "ts")

promises = _table(
    "promises",
    Column("conversation", KEY),
    Column("channel", KEY, nullable=False),
    Column("ts", KEY),
    Column("debtor", KEY),  # of an open one
    Column("owed_in", KEY),  # an open one's channel
    Column("due", NUMBER),  # an open one's place among the most urgent
    Column("wake_at", NUMBER),
    Column("ended", NUMBER),  # since when, as `wordy`
    Column("wordy", NUMBER),
    _version(),
)
_grouped(promises, "conversation", "id")
_grouped(promises, "ts", "channel", "id")
_grouped(promises, "debtor", "due", "id")
_grouped(promises, "owed_in", "due", "id")
_sorted(promises, "due")
_sorted(promises, "wake_at")
_next(promises, "wake_at")
_sorted(promises, "ended")
_sorted(promises, "wordy")

channels = _table("channels", _version())
people = _table("people")
templates = _table("templates", _version())
tallies = _table("tallies")

facts = _table(
    "facts",
    Column("kind", KEY),  # of one of many, and its text
    Column("text", KEY),
)
_grouped(facts, "kind", "text", "id")

cards = _table(
    "cards",
    Column("channel", KEY, nullable=False),
    Column("ts", KEY, nullable=False),
    Column("replaced", NUMBER),  # since when, at least
)
_grouped(cards, "ts", "channel", "id")
_sorted(cards, "replaced")

shown = Table(
    "shown",  # what the cards that have not been replaced are about
    metadata,
    *(Column(one, KEY, primary_key=True) for one in ("subject", "card", "workspace")),
    sqlite_with_rowid=False,
)
_grouped(shown, "card")

outbox = Table(
    "outbox",
    metadata,
    Column("place", NUMBER, Identity(), primary_key=True),  # says which came first
    Column("id", KEY, nullable=False),
    Column("workspace", KEY, nullable=False),
    Column("record", Text, nullable=False),
    Column("at", NUMBER, nullable=False, server_default="0"),
    UniqueConstraint("id", "workspace", name="outbox_once"),
)
Index("outbox_by_place", outbox.c.workspace, outbox.c.place)
Index("outbox_by_at", outbox.c.workspace, outbox.c.at)
_next(outbox, "at")

workspaces = Table(
    "workspaces",
    metadata,
    Column("workspace", KEY, primary_key=True),
    Column("holder", KEY, nullable=False, server_default=""),  # the process that looks after it
    Column("until", NUMBER, nullable=False, server_default="0"),  # by the database's clock
    sqlite_with_rowid=False,
)

unfinished = Table(
    "unfinished",  # holds the name of another store while this one is being filled from it
    metadata,
    Column("origin", Text, primary_key=True),
    sqlite_with_rowid=False,
)


def _slacks(name: str, *columns: str) -> Table:
    """Return a table as Slack's SDK knows it, but with room for tokens that are encrypted."""
    table = Table(
        name,
        metadata,
        Column("id", Integer, primary_key=True, autoincrement=True),
        *(_slacks_column(one) for one in columns),
        Column("is_enterprise_install", Boolean, nullable=False),
        Column("installed_at", DateTime, nullable=False),
    )
    Index(f"{name}_by_team", table.c.team_id, table.c.client_id)
    return table


def _slacks_column(name: str) -> Column[Any]:
    kind = DateTime() if name.endswith("_expires_at") else KEY
    return Column(name, kind, nullable=name not in {"client_id", "app_id", "user_id"})


_APP = ("client_id", "app_id", "enterprise_id", "enterprise_name", "team_id", "team_name")
_BOT = ("bot_token", "bot_id", "bot_user_id", "bot_scopes", "bot_refresh_token")

slack_bots = _slacks("slack_bots", *_APP, *_BOT, "bot_token_expires_at")
slack_installations = _slacks(
    "slack_installations",
    *_APP,
    "enterprise_url",
    *_BOT,
    "bot_token_expires_at",
    *("user_id", "user_token", "user_scopes", "user_refresh_token", "user_token_expires_at"),
    "incoming_webhook_url",
    "incoming_webhook_channel",
    "incoming_webhook_channel_id",
    "incoming_webhook_configuration_url",
    "token_type",
)
slack_states = Table(
    "slack_states",  # of installations that were begun
    metadata,
    Column("state", KEY, primary_key=True),
    Column("until", NUMBER, nullable=False),
    sqlite_with_rowid=False,
)
