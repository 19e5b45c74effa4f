"""Everything that is stored, a JSON object a line, for people and their programs to read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import MISSING, fields, is_dataclass
from datetime import datetime
from typing import Any

from bot.core.model import Act
from storage import records
from storage.pieces import KINDS, Contents
from storage.records import Form, damaged, name_of

_KINDS: dict[str, tuple[str, Form[Any]]] = {
    "conversations": ("conversation", records.CONVERSATION),
    "entries": ("message", records.ENTRY),
    "promises": ("promise", records.PROMISE),
    "channels": ("channel", records.CHANNEL),
    "people": ("person", records.PERSON),
    "outbox": ("outgoing", records.OUTGOING),
    "cards": ("card", records.CARD),
    "templates": ("template", records.TEMPLATE),
    "tallies": ("tally", records.TALLY),
}


def lines(contents: Contents, workspace: str = "") -> Iterator[str]:
    """Yield all of a workspace, or of all of them; what has its default is left out.

    Raises:
        StoreFailed: a record is damaged.
    """
    for kind in KINDS:
        for one, record in contents.all(kind):
            if workspace in ("", one):
                yield json.dumps(_line(kind, one, record), ensure_ascii=False)


def _line(kind: str, workspace: str, record: records.Record) -> dict[str, Any]:
    if kind == "facts":
        return {"kind": "fact", "workspace": workspace, **record}
    name, form = _KINDS[kind]
    try:
        thing = form.read(record)
    except (KeyError, TypeError, ValueError, OverflowError, AttributeError) as error:
        raise damaged(kind, name_of(record), error) from error
    name = "act" if isinstance(thing, Act) else name
    return {"kind": name, "workspace": workspace, **_readable(thing)}


def _readable(value: Any) -> Any:  # noqa: ANN401 - any part of what is stored
    if isinstance(value, datetime):
        return value.isoformat()
    if is_dataclass(value):
        told = {field.name: getattr(value, field.name) for field in fields(value)}
        usual = {field.name: field.default for field in fields(value)}
    elif hasattr(value, "_asdict"):
        told, usual = value._asdict(), value._field_defaults
    else:
        return [_readable(one) for one in value] if isinstance(value, tuple) else value
    return {
        name: _readable(one)
        for name, one in told.items()
        if usual.get(name, MISSING) is MISSING or one != usual[name]
    }
