"""Moves all that one store holds into another, so that it can be done again whatever happens."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import closing
from itertools import zip_longest
from pathlib import Path

from bot.core.refusals import StoreFailed
from storage import check
from storage.files import TinyContents
from storage.pieces import MOVED, Contents, Piece

OFTEN = 1000
"""How many records there are between two words about the progress."""

Tell = Callable[[str, int, int], object]
"""Told what is being done, with how many of how many."""


def move(origin: str, target: str, tell: Tell) -> dict[str, int]:
    """Copy everything, compare everything, and return how much there is of each kind.

    A copy that is there already is left as it is; one that was cut short is begun anew.

    Raises:
        ValueError: a URL is not understood.
        StoreFailed: one of the two cannot be used, or the target holds something else.
    """
    with (
        closing(contents(origin, there=True, frozen=True)) as source,
        closing(contents(target)) as copy,
    ):
        if copy.origin not in ("", source.name):
            raise StoreFailed(
                f"{copy.name} is half filled from {copy.origin}: finish that first, or name an"
                " empty store. Nothing was touched"
            )
        if copy.origin or not any(map(copy.size, MOVED)):
            copy.fill(source.name, lambda kind: _counted(source, kind, f"{kind} copied", tell))
            if where := _difference(source, copy, tell):
                raise StoreFailed(
                    f"{copy.name} came out different, in its {where}: empty it and try again"
                )
            copy.seal()
        elif _difference(source, copy, tell):
            raise StoreFailed(
                f"{copy.name} holds something else already: name an empty store. Nothing was"
                " touched"
            )
        return {kind: source.size(kind) for kind in MOVED}


def contents(url: str, *, there: bool = False, frozen: bool = False) -> Contents:
    """Look into the store that a URL names, which may have to be there already, and whole.

    It is seen as it is now, whatever others do to it meanwhile, if it is frozen.
    """
    check(url)
    scheme, _, path = url.partition(":///")
    if there and scheme in ("tinydb", "sqlite") and not Path(path).exists():
        raise StoreFailed(f"There is no {path}: name the store that there is")
    if scheme == "tinydb":
        return TinyContents(Path(path))
    from storage.sql.contents import SqlContents  # noqa: PLC0415 - SQLAlchemy only for who uses it

    found = SqlContents(url, frozen=frozen)
    if there and found.origin:
        with closing(found):
            raise StoreFailed(f"{found.name} is half filled from {found.origin}: finish that first")
    return found


def _difference(source: Contents, copy: Contents, tell: Tell) -> str:
    """Return the kind in which two stores differ, or an empty string where they are alike."""
    for kind in MOVED:
        ours = _counted(source, kind, f"{kind} compared", tell)
        with closing(ours), closing(copy.all(kind)) as theirs:
            if any(one != other for one, other in zip_longest(ours, theirs)):
                return kind
    return ""


def _counted(source: Contents, kind: str, what: str, tell: Tell) -> Generator[Piece]:
    size = source.size(kind)
    with closing(source.all(kind)) as pieces:
        for number, piece in enumerate(pieces, 1):
            yield piece
            if number % OFTEN == 0 or number == size:
                tell(what, number, size)
