"""How Heard's classes are made: of named values, which are never set again."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, make_dataclass
from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
def value(cls: type[T]) -> type[T]:
    """Make a dataclass that the type checker freezes.

    While Heard runs nothing holds a value still: that takes four times as long for each new one,
    of which a message makes dozens. Nor is any code written for a class before it has an object:
    for all of them together, `dataclass` takes a tenth of the time until Heard is connected.
    """
    cls.__doc__ = cls.__doc__ or cls.__name__  # else `dataclass` works one out, which takes a while
    made: Any = dataclass(slots=True, kw_only=True, init=False, repr=False, eq=False)(cls)
    facts = fields(made)
    values = attrgetter(*(fact.name for fact in facts))

    def begin(self: T, **given: Any) -> None:  # noqa: ANN401
        made.__init__ = _written(made)
        made.__init__(self, **given)

    def is_like(self: T, other: object) -> bool:
        if self is other:
            return True
        return values(self) == values(other) if type(other) is made else NotImplemented

    def hashed(self: T) -> int:
        return hash(values(self))

    def shown(self: T) -> str:
        told = (f"{fact.name}={getattr(self, fact.name)!r}" for fact in facts if fact.repr)
        return f"{cls.__qualname__}({', '.join(told)})"

    made.__init__, made.__eq__, made.__hash__, made.__repr__ = begin, is_like, hashed, shown
    done: type[T] = made
    return done


def _written(cls: Any) -> Any:  # noqa: ANN401 - a class that was just made
    """Return the `__init__` that `dataclass` writes for a class with the same fields."""
    known = [(fact.name, fact.type, fact) for fact in fields(cls)]
    doc = {"__doc__": cls.__doc__}
    twin = make_dataclass(cls.__name__, known, kw_only=True, repr=False, eq=False, namespace=doc)
    return vars(twin)["__init__"]
