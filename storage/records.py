"""What is stored: core objects as plain JSON values, and back.

A field that has its default is left out, so a default that changes calls for a new `VERSION`. Times
are whole microseconds since 1970, which are exact and sort. A field that is not known is ignored.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import cache, cached_property, lru_cache
from types import NoneType, UnionType
from typing import Any, Generic, TypeVar, Union, get_args, get_origin, get_type_hints

from bot.core.ledger import Promise
from bot.core.model import Act, Channel, Conversation, Entry, Person, Said
from bot.core.outgoing import Card, Outgoing
from bot.core.recent import Word
from bot.core.refusals import Damaged
from bot.core.replies import Kept
from bot.core.tallies import Tally

VERSION = 1

Record = dict[str, Any]
T = TypeVar("T")
R = TypeVar("R")
Write = Callable[[T], Record]
Read = Callable[[Record], T]
Convert = Callable[[Any], Any] | None
"""None where the value is plain as it is."""
Way = tuple[str, Convert]
"""From a record into an object: the field, and how it is made whole."""

_log = logging.getLogger(__name__)
_1970 = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
UNNAMED = "it does not say which"
_PLAIN = (str, int, float, bool)
_UNSET = object()


class Form(Generic[T]):
    """How the objects of one class are written down, and read again; made when it is first used."""

    def __init__(self, make: Callable[[], tuple[Write[T], Read[T]]]) -> None:
        self._make = make

    @cached_property
    def write(self) -> Write[T]:
        return self._both[0]

    @cached_property
    def read(self) -> Read[T]:
        return self._both[1]

    @cached_property
    def _both(self) -> tuple[Write[T], Read[T]]:
        return self._make()


def damaged(table: str, which: str, error: Exception) -> Damaged:
    """Name a record that cannot be read, without the customer's words that may be in it."""
    return Damaged(
        f"The store's table {table} holds a damaged record ({which}: {type(error).__name__}). "
        "Put a backup of the store in its place."
    )


def known_by(record: Record) -> tuple[str, ...]:
    """Return what tells a record from the others of its kind in its workspace.

    Raises:
        KeyError, TypeError: it is damaged.
    """
    if "is" in record:
        return record["conversation"], record["ts" if record["is"] == "said" else "key"]
    return (record["id"],)


def name_of(record: Record) -> str:
    """Return what a record is known by, as far as it tells."""
    try:
        return "|".join(known_by(record))
    except (KeyError, TypeError):
        return UNNAMED


def sound(read: Callable[[R], T], found: Iterable[R]) -> Iterator[T]:
    """Read what can be read: the others shall not wait for a damaged record, which is named."""
    for one in found:
        try:
            yield read(one)
        except Damaged as fault:
            _complain(str(fault))


@lru_cache(1000)
def _complain(fault: str) -> None:
    """Say it once: what is due is looked for twice a second."""
    _log.error("%s Until then it is left out.", fault)


def microseconds(at: datetime) -> int:
    return (at - _1970) // _MICROSECOND


def instant(number: int) -> datetime:
    return _1970 + timedelta(microseconds=number)


def _default(field: Field[Any]) -> object:
    if field.default_factory is not MISSING:
        return field.default_factory()
    return _UNSET if field.default is MISSING else field.default


def form(cls: type[T], kind: str = "", /, **ways: Way) -> Form[T]:
    """Look at a dataclass once, so that no object has to be looked into.

    `kind` tells its records from others in the same table. `ways` says of a name in records, now or
    before, which field that is, and how it is read.
    """

    def make() -> tuple[Write[T], Read[T]]:
        hints = get_type_hints(cls)
        plain: dict[str, Convert] = {}
        back: dict[str, Way] = {}
        for field in _fields(cls):
            plain[field.name], whole = _conversion(hints[field.name])
            back[field.name] = field.name, whole
        return _writer(cls, plain, {"is": kind} if kind else {}), _reader(cls, back | ways)

    return Form(make)


def _reader(cls: type[T], ways: dict[str, Way]) -> Read[T]:
    def read(record: Record) -> T:
        given = {}
        for known, value in record.items():
            if known in ways:
                name, back = ways[known]
                given[name] = value if back is None else back(value)
        return cls(**given)

    return read


def _fields(cls: type[object]) -> tuple[Field[Any], ...]:
    return fields(cls)  # type: ignore[arg-type]


def _writer(cls: type[T], plain: dict[str, Convert], first: Record) -> Write[T]:
    """Spell out a function, as `dataclasses` does: a loop over the fields takes thrice the time.

    It tells a default by identity. An equal one that is another is written in vain, which is rare.
    """
    lines = ["def write(thing):", f"record = {first}"]
    names: dict[str, Any] = {}
    for field in _fields(cls):
        name = field.name
        names[f"{name}_default"], names[f"{name}_plain"] = _default(field), plain[name]
        value = f"{name}_plain(value)" if plain[name] else "value"
        lines.append(
            f"if (value := thing.{name}) is not {name}_default: record[{name!r}] = {value}"
        )
    exec("\n    ".join([*lines, "return record"]), names)  # noqa: S102 - of our own field names
    write: Write[T] = names["write"]
    return write


def _either(said: Form[Said], act: Form[Act]) -> Form[Entry]:
    """Tell the two kinds of entries apart by one more field."""

    def write(entry: Entry) -> Record:
        return said.write(entry) if isinstance(entry, Said) else act.write(entry)

    def read(record: Record) -> Entry:
        return said.read(record) if record["is"] == "said" else act.read(record)

    return Form(lambda: (write, read))


@cache
def _conversion(hint: Any) -> tuple[Convert, Convert]:  # noqa: ANN401, PLR0911 - a table of types
    """Return how a value of this type is made plain, and how it is made whole again."""
    if hint in _PLAIN:
        return None, None
    if hint is datetime:
        return microseconds, instant
    if get_origin(hint) in (Union, UnionType):
        return _optional(hint)
    if get_origin(hint) is tuple:
        return _tuple(get_args(hint)[0])
    if get_origin(hint) is dict and set(get_args(hint)) <= {*_PLAIN}:
        return dict, dict
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        # It is text already; but plain text spares the garbage collector a look at each record.
        texts = {member: str(member) for member in hint}
        return texts.__getitem__, {text: member for member, text in texts.items()}.__getitem__
    if is_dataclass(hint):
        part: Form[Any] = form(hint)  # type: ignore[arg-type]
        return part.write, part.read
    raise TypeError(f"{hint} cannot be stored: say here how it is written and read")


def _optional(hint: Any) -> tuple[Convert, Convert]:  # noqa: ANN401
    (inner,) = (one for one in get_args(hint) if one is not NoneType)
    plain, back = _conversion(inner)
    return (
        plain and (lambda value: None if value is None else plain(value)),
        back and (lambda value: None if value is None else back(value)),
    )


def _tuple(inner: Any) -> tuple[Convert, Convert]:  # noqa: ANN401
    plain, back = _conversion(inner)
    return (
        (lambda values: [plain(value) for value in values]) if plain else list,
        (lambda values: tuple(back(value) for value in values)) if back else tuple,
    )


def _latest(words: Iterable[Any]) -> tuple[str, ...]:
    """Read a channel's last messages: each was a record at first, then a row, and now is a text."""
    return tuple(_word(one).written() for one in words)


def _word(told: Any) -> Word:  # noqa: ANN401 - as it was at any time
    if isinstance(told, str):
        return Word.read(told)
    row = told if isinstance(told, dict) else zip(Word._fields, told, strict=False)
    return Word(**dict(row))


CONVERSATION = form(Conversation)
ENTRY = _either(form(Said, "said"), form(Act, "act"))
PROMISE = form(Promise)
CHANNEL = form(Channel, **dict.fromkeys(("recent", "words", "latest"), ("latest", _latest)))
PERSON = form(Person)
OUTGOING = form(Outgoing)
CARD = form(Card)
TEMPLATE = form(Kept)
TALLY = form(Tally)
FACT: Form[str] = Form(lambda: (lambda text: {"text": text}, lambda record: str(record["text"])))
