"""All that is asked of the database, each question one statement that an index answers."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BindParameter,
    Column,
    ColumnElement,
    Select,
    Table,
    and_,
    bindparam,
    func,
    or_,
    select,
    union,
    union_all,
)
from sqlalchemy.sql.dml import ReturningUpdate

from storage.sql.schema import (
    NEVER,
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
    workspaces,
)

Question = Select[Any] | ReturningUpdate[Any]

_workspace: BindParameter[str] = bindparam("workspace")
_limit: BindParameter[int] = bindparam("limit")


def _of(table: Table, *where: ColumnElement[bool]) -> Select[Any]:
    return select(table.c.record).where(table.c.workspace == _workspace, *where)


def _one(table: Table, *by: str) -> Select[Any]:
    return _of(table, *(table.c[name] == bindparam(name) for name in by or ("id",)))


def _first(table: Table, *order: ColumnElement[Any], **by: str) -> Select[Any]:
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

WORKSPACES = select(workspaces.c.workspace).order_by(workspaces.c.workspace)
SOME = 200
"""So many things that are due are looked at before all workspaces are."""

_now: BindParameter[int] = bindparam("now")
_times = (conversations.c.due_at, promises.c.wake_at, outbox.c.at)
_some = (
    select(time.table.c.workspace).where(time <= _now).order_by(time).limit(SOME) for time in _times
)
SOME_BUSY = union_all(*(select(one.subquery().c.workspace) for one in _some)).subquery("busy")
"""Of the first things that are due, the workspaces: once for each."""


def _first_time(time: Column[int]) -> ColumnElement[int]:
    """Return the earliest time in a workspace.

    Where it is asked for by its bounds and in its order, no planner is tempted by the index over
    all workspaces, of which it would read all that is due in another.
    """
    its = time.table.c.workspace
    query = select(time).where(its.between(workspaces.c.workspace, workspaces.c.workspace))
    return query.where(time.is_not(None)).order_by(its, time).limit(1).scalar_subquery()


ALL_BUSY = (
    select(workspaces.c.workspace)
    .where(or_(*(_first_time(time) <= _now for time in _times)))
    .subquery("busy")
)
"""However much is due in one of them, this costs the same for each."""


def _at_work(table: Table) -> ColumnElement[bool]:
    """Leave out the workspaces that nobody looks after any more."""
    left = select(workspaces.c.workspace).where(workspaces.c.until >= NEVER)
    return table.c.workspace.not_in(left)


_owed = select(func.count()).where(promises.c.due.is_not(None), _at_work(promises))
_pending = select(func.count()).where(_at_work(outbox))
_next = select(func.min(outbox.c.at)).where(outbox.c.at <= _now, _at_work(outbox))
FIGURES = select(
    _pending.scalar_subquery(),
    _next.scalar_subquery(),
    _owed.scalar_subquery(),
    _owed.where(promises.c.due < _now).scalar_subquery(),
)
