"""How the core's classes are made: of named values, which are never set again."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
def value(cls: type[T]) -> type[T]:
    """Make a dataclass that the type checker freezes.

    While Heard runs nothing holds a value still: that takes four times as long for each new one,
    of which a message makes dozens.
    """
    cls.__doc__ = cls.__doc__ or cls.__name__  # else `dataclass` works one out, which takes a while
    return dataclass(slots=True, kw_only=True, unsafe_hash=True)(cls)
