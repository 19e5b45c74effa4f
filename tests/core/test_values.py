"""Values are told apart by what they hold."""

from dataclasses import field
from typing import Any

import pytest

from bot.core.values import value


@value
class Ticket:
    id: str
    token: str = field(default="", repr=False)
    tags: tuple[str, ...] = field(default_factory=tuple)


@value
class Twin:
    id: str
    token: str = ""
    tags: tuple[str, ...] = ()


def test_values_that_hold_the_same_are_the_same():
    """The first object of a class is like all that follow, and never like one of another class."""
    first, same = Ticket(id="1"), Ticket(id="1", token="", tags=())
    others = [Ticket(id="2"), Ticket(id="1", tags=("urgent",)), Twin(id="1")]
    assert first == same
    assert len({first, same, *others}) == 4


def test_a_value_shows_what_is_no_secret():
    """Secrets are left out of what may come into a log."""
    assert repr(Ticket(id="1", token="xoxb-1")) == "Ticket(id='1', tags=())"


def test_a_value_takes_what_it_has_and_nothing_else():
    """A field that is missing or unknown is named, by the first object and by any later one."""
    ticket: Any = Ticket
    for _ in range(2):
        with pytest.raises(TypeError, match="'id'"):
            ticket()
        with pytest.raises(TypeError, match="'price'"):
            ticket(id="1", price=1)
