"""`replace`, as `dataclasses` has it, for frozen classes with slots: several times as quick."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from functools import cache
from typing import TYPE_CHECKING, Any

__all__ = ["replace"]

if TYPE_CHECKING:
    from dataclasses import replace  # by which names and types are checked
else:

    def replace(thing: object, /, **changes: object) -> object:
        """Return a copy with some fields changed."""
        return _copier(type(thing))(thing, changes)


@cache
def _copier(cls: type[Any]) -> Callable[[Any, dict[str, Any]], Any]:
    """Spell out a function, as `dataclasses` does, which fills the slots without `__init__`."""
    sets = {field.name: getattr(cls, field.name).__set__ for field in fields(cls)}
    names: dict[str, Any] = {f"set_{name}": fill for name, fill in sets.items()}
    lines = [
        "def copied(thing, changes):",
        "copy = new(cls)",
        *(f"set_{name}(copy, thing.{name})" for name in sets),
        "for name, value in changes.items(): sets[name](copy, value)",
        "return copy",
    ]
    names |= {"cls": cls, "new": object.__new__, "sets": sets}
    exec("\n    ".join(lines), names)  # noqa: S102 - of our own field names
    copied: Callable[[Any, dict[str, Any]], Any] = names["copied"]
    return copied
