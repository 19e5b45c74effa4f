"""Heard's memory in a SQL database: one transaction for each change."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from bot.core.ledger import Promise
from bot.core.model import Change, Channel, Conversation, Entry, Person
from bot.core.outgoing import Card, Outgoing
from bot.core.ports import Flight
from bot.core.refusals import StoreFailed
from bot.core.replies import Kept
from bot.core.tallies import Tally
from storage.records import microseconds, sound
from storage.sql import kinds, questions
from storage.sql.database import Database
from storage.sql.erasing import clear
from storage.sql.kinds import Kind
from storage.sql.questions import Question
from storage.sql.writing import writing

T = TypeVar("T")


class _Landed:
    """Implements `bot.core.ports.Flight` where a commit that returned is durable."""

    def then(self, tell: Callable[[StoreFailed | None], object]) -> None:
        tell(None)


_LANDED = _Landed()


class SqlStore:
    """Implements `bot.core.ports.Store`, whose docstrings say what the methods promise."""

    def __init__(self, database: Database, workspace: str = "") -> None:
        """See the part of a database that is one workspace's."""
        self._database = database
        self._workspace = workspace
        self._writing = writing(database.dialect)

    def conversation(self, conversation_id: str) -> Conversation | None:
        return self._one(kinds.CONVERSATION, questions.CONVERSATION, id=conversation_id)

    def about(self, channel: str, ts: str) -> tuple[str, ...]:
        return tuple(self._texts(questions.ABOUT, channel=channel, ts=ts))

    def log(self, conversation_id: str) -> tuple[Entry, ...]:
        return self._all(kinds.ENTRY, questions.LOG, conversation=conversation_id)

    def entry(self, conversation_id: str, key: str) -> Entry | None:
        return self._one(kinds.ENTRY, questions.ENTRY, conversation=conversation_id, key=key)

    def waiting(self, channel: str) -> tuple[Conversation, ...]:
        return self._sound(kinds.CONVERSATION, questions.WAITING, queue=channel)

    def open(self, *, claimer: str = "", limit: int = 1000) -> tuple[Conversation, ...]:
        if claimer:
            question, named = questions.CLAIMED, {"claimer": claimer}
        else:
            question, named = questions.OPEN, {}
        return self._sound(kinds.CONVERSATION, question, **named, limit=limit)

    def touched(self, since: datetime, limit: int) -> tuple[Conversation, ...]:
        values = {"from": microseconds(since), "limit": limit}
        return self._sound(kinds.CONVERSATION, questions.TOUCHED, **values)

    def due(self, now: datetime, limit: int) -> tuple[Conversation, ...]:
        return self._sound(kinds.CONVERSATION, questions.DUE, now=microseconds(now), limit=limit)

    def promise(self, promise_id: str) -> Promise | None:
        return self._one(kinds.PROMISE, questions.PROMISE, id=promise_id)

    def promises_at(self, channel: str, ts: str) -> tuple[Promise, ...]:
        return self._all(kinds.PROMISE, questions.PROMISES_AT, channel=channel, ts=ts)

    def promises_in(self, conversation_id: str) -> tuple[Promise, ...]:
        return self._all(kinds.PROMISE, questions.PROMISES_IN, conversation=conversation_id)

    def owed(self, *, by: str = "", channel: str = "", limit: int = 1000) -> tuple[Promise, ...]:
        question = {
            (False, False): questions.OWED,
            (True, False): questions.OWED_BY,
            (False, True): questions.OWED_IN,
            (True, True): questions.OWED_BY_IN,
        }[bool(by), bool(channel)]
        named = {name: one for name, one in (("by", by), ("channel", channel)) if one}
        return self._sound(kinds.PROMISE, question, **named, limit=limit)

    def promises_due(self, now: datetime, limit: int) -> tuple[Promise, ...]:
        values = {"now": microseconds(now), "limit": limit}
        return self._sound(kinds.PROMISE, questions.PROMISES_DUE, **values)

    def channel(self, channel_id: str) -> Channel | None:
        return self._one(kinds.CHANNEL, questions.CHANNEL, id=channel_id)

    def channels(self) -> tuple[Channel, ...]:
        return self._sound(kinds.CHANNEL, questions.CHANNELS)

    def person(self, person_id: str) -> Person | None:
        return self._one(kinds.PERSON, questions.PERSON, id=person_id)

    def outbox(self, limit: int = 1000) -> tuple[Outgoing, ...]:
        return self._sound(kinds.OUTGOING, questions.OUTBOX, limit=limit)

    def cards(self, conversation_id: str) -> tuple[Card, ...]:
        return self._sound(kinds.CARD, questions.CARDS, subject=conversation_id)

    def card_at(self, channel: str, ts: str) -> Card | None:
        return self._one(kinds.CARD, questions.CARD_AT, channel=channel, ts=ts)

    def card(self, card_id: str) -> Card | None:
        return self._one(kinds.CARD, questions.CARD, id=card_id)

    def templates(self) -> tuple[Kept, ...]:
        return self._sound(kinds.TEMPLATE, questions.TEMPLATES)

    def fact(self, name: str) -> str:
        found = self._one(kinds.FACT, questions.FACT, id=name)
        return found[1] if found else ""

    def tally(self, tally_id: str) -> Tally | None:
        return self._one(kinds.TALLY, questions.TALLY, id=tally_id)

    def wordy(self, before: datetime, limit: int) -> tuple[Conversation, ...]:
        return self._over(kinds.CONVERSATION, questions.WORDY, before, limit)

    def wordy_promises(self, before: datetime, limit: int) -> tuple[Promise, ...]:
        return self._over(kinds.PROMISE, questions.WORDY_PROMISES, before, limit)

    def idle(self, before: datetime, limit: int) -> tuple[Conversation, ...]:
        return self._over(kinds.CONVERSATION, questions.IDLE, before, limit)

    def ended(self, before: datetime, limit: int) -> tuple[Promise, ...]:
        return self._over(kinds.PROMISE, questions.ENDED, before, limit)

    def replaced_cards(self, before: datetime, limit: int) -> tuple[Card, ...]:
        return self._over(kinds.CARD, questions.REPLACED, before, limit)

    def lapsed(self, kind: str, before: datetime, limit: int) -> tuple[str, ...]:
        values = {"kind": kind, "before": before.isoformat(), "limit": limit}
        return tuple(self._texts(questions.LAPSED, **values))

    def clear(self, limit: int) -> bool:
        """Go by the index of what was touched; only what is left is then looked for."""
        with self._database.transaction() as connection:
            return clear(connection, self._workspace, limit)

    def commit(self, change: Change) -> None:
        if change:
            self._database.change(
                partial(self._writing.write, workspace=self._workspace, change=change)
            )

    def flight(self) -> AbstractContextManager[Flight]:
        return nullcontext(_LANDED)

    def close(self) -> None:
        self._database.close()

    def _texts(self, question: Question, **values: Any) -> list[str]:  # noqa: ANN401 - of its own
        return self._database.ask(question, {"workspace": self._workspace, **values})

    def _all(self, kind: Kind[T], question: Question, **values: Any) -> tuple[T, ...]:  # noqa: ANN401
        return tuple(map(kind.read, self._texts(question, **values)))

    def _sound(self, kind: Kind[T], question: Question, **values: Any) -> tuple[T, ...]:  # noqa: ANN401
        return tuple(sound(kind.read, self._texts(question, **values)))

    def _over(
        self, kind: Kind[T], question: Question, before: datetime, limit: int
    ) -> tuple[T, ...]:
        return self._sound(kind, question, before=microseconds(before), limit=limit)

    def _one(self, kind: Kind[T], question: Question, **values: Any) -> T | None:  # noqa: ANN401
        found = self._texts(question, **values)
        return kind.read(found[0]) if found else None
