"""The kinds of things that are stored: which table each is in, and what it is looked for by."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Generic, TypeVar

from sqlalchemy import Table

from bot.core.conversations import channel_of
from bot.core.model import State
from storage import ages, records
from storage.records import UNNAMED, Form, Record, damaged, name_of
from storage.sql import schema

T = TypeVar("T")
Row = dict[str, Any]

UNDATED = 1 << 61
"""Added to when a promise was made that has no date."""

LONGEST = 40
"""Characters by which a fact is looked for: those of a time are fewer."""

_REMEMBERED = 2000  # enough for what is in use, and a few megabytes at most
_QUEUED = {State.WAITING, State.SNOOZED}
_CLOSED = {state for state in State if state.closed}

_encode = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode  # in plain ASCII


class Kind(Generic[T]):
    def __init__(self, table: Table, form: Form[T], traits: Callable[[Record], Row]) -> None:
        self.table = table
        self.key = ("conversation", "key") if "key" in table.c else ("id",)
        self._form = form
        self._traits = traits
        # The same text is the same thing for ever, whoever has written it.
        self.read = lru_cache(_REMEMBERED)(self._read)

    def write(self, thing: T) -> Record:
        return self._form.write(thing)

    def row(self, workspace: str, record: Record) -> Row:
        """Return the columns of a record's row.

        Raises:
            StoreFailed: it is damaged.
        """
        try:
            traits = self._traits(record)
        except (KeyError, TypeError, ValueError) as error:
            raise damaged(self.table.name, name_of(record), error) from error
        return {"workspace": workspace, **traits, "record": _encode(record)}

    def record(self, text: str) -> Record:
        try:
            return dict(json.loads(text))
        except (ValueError, TypeError) as error:
            raise damaged(self.table.name, UNNAMED, error) from error

    def _read(self, text: str) -> T:
        record = self.record(text)
        try:
            return self._form.read(record)
        except (KeyError, TypeError, ValueError, OverflowError, AttributeError) as error:
            raise damaged(self.table.name, name_of(record), error) from error


def _conversation(record: Record) -> Row:
    state = record.get("state", State.DISMISSED)
    wait = record.get("wait")
    is_open = state not in _CLOSED
    return {
        "id": record["id"],
        "channel": record["channel"],
        "thread": record["thread"],
        "queue": record["channel"] if state in _QUEUED else None,
        "claimer": record.get("claimer") or None if is_open else None,
        "since": (wait["since"] if wait else schema.NEVER) if is_open else None,
        "last_at": record.get("last_at"),
        "due_at": record.get("due_at"),
        "idle": ages.idle(record),
        "wordy": ages.wordy(record),
        "version": record["version"],
    }


def _entry(record: Record) -> Row:
    said = record["is"] == "said"
    return {
        "conversation": record["conversation"],
        "key": record["ts"] if said else record["key"],
        "channel": channel_of(record["conversation"]),
        "ts": record["ts"] if said else None,
    }


def _promise(record: Record) -> Row:
    is_open = ages.is_open(record)
    due = record.get("due")
    urgency = due if due is not None else UNDATED + record["turns"][0]["at"]
    return {
        "id": record["id"],
        "conversation": record["conversation"] or None,
        "channel": record["channel"],
        "ts": record.get("ts") or None,
        "debtor": record["by"] if is_open else None,
        "owed_in": record["channel"] if is_open else None,
        "due": urgency if is_open else None,
        "wake_at": record.get("wake_at"),
        "ended": ages.ended(record),
        "wordy": ages.wordy_promise(record),
        "version": record["version"],
    }


def _card(record: Record) -> Row:
    return {
        "id": record["id"],
        "channel": record["channel"],
        "ts": record["ts"],
        "replaced": ages.replaced(record),
    }


def _remembered(record: Record) -> Row:
    kind = ages.kind_of(record["id"])
    return {"id": record["id"], "kind": kind, "text": record["text"][:LONGEST] if kind else None}


def _outgoing(record: Record) -> Row:
    return {"id": record["id"], "at": record["at"]}


def _versioned(record: Record) -> Row:
    return {"id": record["id"], "version": record["version"]}


def _named(record: Record) -> Row:
    return {"id": record["id"]}


def shows(record: Record) -> set[str]:
    """Return what a card is about: nothing once it has been replaced."""
    if record.get("replaced"):
        return set()
    return {about.get("promise") or about["conversation"] for about in record["about"]}


def _fact(pair: tuple[str, str]) -> Record:
    return {"id": pair[0], "text": pair[1]}


CONVERSATION = Kind(schema.conversations, records.CONVERSATION, _conversation)
ENTRY = Kind(schema.entries, records.ENTRY, _entry)
PROMISE = Kind(schema.promises, records.PROMISE, _promise)
CHANNEL = Kind(schema.channels, records.CHANNEL, _versioned)
PERSON = Kind(schema.people, records.PERSON, _named)
OUTGOING = Kind(schema.outbox, records.OUTGOING, _outgoing)
CARD = Kind(schema.cards, records.CARD, _card)
TEMPLATE = Kind(schema.templates, records.TEMPLATE, _versioned)
FACT = Kind(
    schema.facts,
    Form(lambda: (_fact, lambda fact: (fact["id"], str(fact["text"])))),
    _remembered,
)
TALLY = Kind(schema.tallies, records.TALLY, _named)

BY_NAME: dict[str, Kind[Any]] = {
    kind.table.name: kind
    for kind in (
        CONVERSATION,
        ENTRY,
        PROMISE,
        CHANNEL,
        PERSON,
        OUTGOING,
        CARD,
        TEMPLATE,
        FACT,
        TALLY,
    )
}
