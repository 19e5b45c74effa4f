"""Core objects survive being written down, and newer and older records are read alike."""

import json
from contextlib import suppress
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, datetime
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.ledger import Fate, Promise, Turn
from bot.core.model import Act, Channel, Conversation, Person, Role, Said
from bot.core.outgoing import Card, Outgoing
from bot.core.recent import Word
from bot.core.targets import OwnTargets
from storage import records
from tests.storage.examples import NOON, conversation, minutes, promise, said

FORMS: dict[type, records.Form[Any]] = {
    Conversation: records.CONVERSATION,
    Said: records.ENTRY,
    Act: records.ENTRY,
    Promise: records.PROMISE,
    Channel: records.CHANNEL,
    Person: records.PERSON,
    Outgoing: records.OUTGOING,
    Card: records.CARD,
}

st.register_type_strategy(datetime, st.datetimes(timezones=st.just(UTC)))
st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))


def begin(hint):
    """Have what a value is made of written, which Hypothesis looks at: the first object does."""
    for inner in (hint, *get_args(hint)):
        if is_dataclass(inner):
            made: Any = inner
            with suppress(TypeError):
                made()
            for further in get_type_hints(inner).values():
                begin(further)
        elif inner is not hint:
            begin(inner)


def anything(cls):
    """Make objects with every field filled in."""
    hints = get_type_hints(cls)
    for hint in hints.values():
        begin(hint)
    parts = {field.name: st.from_type(hints[field.name]) for field in fields(cls)}
    if cls is Channel:
        words = st.builds(Word, ts=st.from_regex(r"[0-9]+\.[0-9]{6}", fullmatch=True))
        parts["latest"] = st.lists(words.map(Word.written)).map(tuple)
    return st.builds(cls, **parts)


@given(st.one_of([anything(cls) for cls in FORMS]))
def test_anything_is_read_as_it_was_written(thing):
    """Whatever a field may hold comes back equal, from JSON and from memory alike."""
    form = FORMS[type(thing)]
    record = form.write(thing)
    assert form.read(record) == thing
    assert form.read(json.loads(json.dumps(record))) == thing
    assert json.loads(json.dumps(record)) == record


def test_what_has_its_default_takes_no_room():
    """A fresh conversation is four fields long, a time is a number."""
    record = records.CONVERSATION.write(conversation(waiting=0, due_at=NOON))
    expected = {"id", "channel", "thread", "customer", "state", "wait", "due_at"}
    assert set(record) == expected
    assert record["due_at"] == NOON.timestamp() * 1_000_000


def test_a_promise_without_a_date_is_short():
    """A promise is as long as what is known of it, and its one turn."""
    record = records.PROMISE.write(promise())
    assert set(record) == {"id", "channel", "conversation", "by", "words", "turns"}
    assert set(record["turns"][0]) == {"key", "fate", "by", "at"}
    assert records.PROMISE.read(record).turns == (
        Turn(key="made", fate=Fate.MADE, by="U1", at=NOON - minutes(60)),
    )


def test_a_field_of_a_later_version_is_ignored():
    """A record with fields that are not known yet is read without them, at any depth."""
    record = records.CHANNEL.write(Channel(id="C1", targets=OwnTargets()))
    record["mood"] = "sunny"
    record["targets"]["weather"] = {"deep": True}
    assert records.CHANNEL.read(record) == Channel(id="C1", targets=OwnTargets())


@pytest.mark.parametrize(
    "before",
    [
        {
            "recent": [
                {"ts": "1.0", "by": "U1", "role": "customer"},
                {"ts": "2.0", "by": "U2", "role": "colleague", "asks": True},
            ]
        },
        {"words": [["1.0", "U1", "customer"], ["2.0", "U2", "colleague", False, True]]},
        {"words": [["1.0", "U1", "customer"], ["2.0", "U2", "colleague", False, True, "sunny"]]},
    ],
    ids=["records", "rows", "longer rows"],
)
def test_the_last_messages_of_a_channel_are_read_as_they_were_once_written(before):
    """They were records at first, then rows, and each time by another name."""
    words = Word("1.0", "U1", Role.CUSTOMER), Word("2.0", "U2", Role.COLLEAGUE, asks=True)
    latest = tuple(word.written() for word in words)
    assert records.CHANNEL.read({"id": "C1", **before}) == Channel(id="C1", latest=latest)


def test_the_two_kinds_of_entries_are_told_apart():
    """A message stays a message, though an act could have the same fields."""
    assert isinstance(records.ENTRY.read(records.ENTRY.write(said())), Said)


def test_a_type_nobody_thought_of_is_refused():
    """A field that could not be read back is refused whatever an object holds in it."""

    @dataclass(frozen=True)
    class Odd:
        members: set[str]

    Odd.__annotations__["members"] = set[str]
    with pytest.raises(TypeError, match="cannot be stored"):
        records.form(Odd).read({})
