"""All that is asked of the database, each question one statement that an index answers."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    Table,
    and_,
    bindparam,
    func,
    select,
    union,
)

from storage.sql.schema import (
    cards,
    channels,
    conversations,
    entries,
    facts,
    outbox,
    people,
    promises,
    shown,
    tallies,
    templates,
)

Question = Select[Any]

_workspace: BindParameter[str] = bindparam("workspace")
_limit: BindParameter[int] = bindparam("limit")


def _of(table: Table, *where: ColumnElement[bool]) -> Question:
    return select(table.c.record).where(table.c.workspace == _workspace, *where)


def _one(table: Table, *by: str) -> Question:
    return _of(table, *(table.c[name] == bindparam(name) for name in by or ("id",)))


def _first(table: Table, *order: ColumnElement[Any], **by: str) -> Question:
    where = (table.c[column] == bindparam(name) for column, name in by.items())
    return _of(table, *where).order_by(*order, table.c.id).limit(_limit)


CONVERSATION = _one(conversations)
ENTRY = _one(entries, "conversation", "key")
PROMISE = _one(promises)
CHANNEL = _one(channels)
PERSON = _one(people)
CARD = _one(cards)
FACT = _one(facts)
TALLY = _one(tallies)

LOG = _one(entries, "conversation")
CHANNELS = _of(channels).order_by(channels.c.id)
TEMPLATES = _of(templates).order_by(templates.c.id)
OUTBOX = _of(outbox).order_by(outbox.c.place).limit(_limit)

WAITING = _one(conversations, "queue").order_by(conversations.c.since, conversations.c.id)
OPEN = _first(conversations, conversations.c.since).where(conversations.c.since.is_not(None))
CLAIMED = _first(conversations, conversations.c.since, claimer="claimer")
TOUCHED = _first(conversations, conversations.c.last_at.desc()).where(
    conversations.c.last_at >= bindparam("from")
)
DUE = _first(conversations, conversations.c.due_at).where(
    conversations.c.due_at <= bindparam("now")
)

PROMISES_AT = _one(promises, "ts", "channel").order_by(func.length(promises.c.id), promises.c.id)
PROMISES_IN = _one(promises, "conversation").order_by(promises.c.id)
OWED = _first(promises, promises.c.due).where(promises.c.due.is_not(None))
OWED_BY = _first(promises, promises.c.due, debtor="by")
OWED_IN = _first(promises, promises.c.due, owed_in="channel")
OWED_BY_IN = OWED_BY.where(promises.c.channel == bindparam("channel"))
PROMISES_DUE = _first(promises, promises.c.wake_at).where(promises.c.wake_at <= bindparam("now"))


def _over(table: Table, since: str) -> Question:
    return _first(table, table.c[since]).where(table.c[since] < bindparam("before"))


IDLE = _over(conversations, "idle")
WORDY = _over(conversations, "wordy")
ENDED = _over(promises, "ended")
WORDY_PROMISES = _over(promises, "wordy")
REPLACED = _over(cards, "replaced")
LAPSED = (
    select(facts.c.id)
    .where(
        facts.c.workspace == _workspace,
        facts.c.kind == bindparam("kind"),
        facts.c.text < bindparam("before"),
    )
    .order_by(facts.c.text, facts.c.id)
    .limit(_limit)
)

_shown = and_(shown.c.workspace == cards.c.workspace, shown.c.card == cards.c.id)
CARDS = (
    select(cards.c.record)
    .join(shown, _shown)
    .where(shown.c.workspace == _workspace, shown.c.subject == bindparam("subject"))
    .order_by(cards.c.id)
)
CARD_AT = _one(cards, "channel", "ts").order_by(cards.c.id.desc()).limit(1)

_home = and_(
    conversations.c.workspace == entries.c.workspace, conversations.c.id == entries.c.conversation
)
_begun = select(conversations.c.id, conversations.c.thread).where(
    conversations.c.workspace == _workspace,
    conversations.c.channel == bindparam("channel"),
    conversations.c.thread == bindparam("ts"),
)
_continued = (
    select(entries.c.conversation, func.coalesce(conversations.c.thread, "").label("thread"))
    .select_from(entries.outerjoin(conversations, _home))
    .where(
        entries.c.workspace == _workspace,
        entries.c.ts == bindparam("ts"),
        func.coalesce(conversations.c.channel, entries.c.channel) == bindparam("channel"),
    )
)
_about = union(_begun, _continued).subquery()
ABOUT = select(_about.c.id).order_by(_about.c.thread.desc(), _about.c.id.desc())
