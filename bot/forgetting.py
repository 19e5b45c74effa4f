"""The command `forget`: says what there is of a person or a channel, asks, and erases it."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable
from contextlib import closing

from storage import forgetting
from storage.forgetting import Found
from storage.moving import contents
from storage.pieces import Contents

DONE, NOT_DONE, UNCLEAR = 0, 1, 2
WHO = re.compile(r"(?:(T[A-Z0-9]+):)?([UWCG][A-Z0-9]+)")
NAMES = {  # by kind: one of them, and several
    "conversations": ("conversation", "conversations"),
    "entries": ("message or act", "messages and acts"),
    "promises": ("promise", "promises"),
    "channels": ("channel", "channels"),
    "people": ("person", "people"),
    "outbox": ("message still to be sent", "messages still to be sent"),
    "cards": ("card", "cards"),
    "templates": ("template", "templates"),
    "facts": ("mark", "marks"),
    "tallies": ("line of figures", "lines of figures"),
}


def forget(url: str, named: str, *, sure: bool, ask: Callable[[str], str] = input) -> int:
    """Erase somebody, and return the exit code.

    Raises:
        StoreFailed: the store cannot be used; it can be done again.
    """
    matched = WHO.fullmatch(named)
    if not matched:
        print(
            f"forget: {named!r} is not the id of a person, such as U0123ABCD, nor of a channel,"
            " such as C0123ABCD. Where there are several workspaces, write T0123ABCD:U0123ABCD.",
            file=sys.stderr,
        )
        return UNCLEAR
    workspace, who = matched.groups()
    with closing(contents(url, there=True, frozen=False)) as store:
        found = forgetting.look(store, who)
        there = [one for one in found if workspace in (None, one)]
        if len(there) == 1:
            return _forget(store, who, there[0], found[there[0]], ask=None if sure else ask)
        if there:
            named = " or ".join(f"{one}:{who}" for one in sorted(there))
            print(f"{who} is known in several workspaces: write {named}.", file=sys.stderr)
            return UNCLEAR
        store.scrub()  # a run before may have been cut short just before it got to that
    print(f"There is nothing of {named} in {store.name}.", file=sys.stderr)
    return NOT_DONE


def _forget(
    store: Contents, who: str, workspace: str, found: Found, ask: Callable[[str], str] | None
) -> int:
    where = f" in {workspace}" if workspace else ""
    print(f"Of {who}{where} these go: {_listed(found.erased)}.")
    print(f"These stay, without the id and its words: {_listed(found.blanked)}.")
    print("What stands in Slack stays there, Heard's own messages too.", flush=True)
    if ask and not _agreed(ask):
        print("Nothing was erased.")
        return NOT_DONE
    forgetting.forget(store, who, workspace)
    print(f"All of it is erased from {store.name}; copies that you made of it are yours to erase.")
    if who.startswith(("C", "G")):
        print("Take Heard out of the channel, or what is written there is taken in again.")
    return DONE


def _agreed(ask: Callable[[str], str]) -> bool:
    try:
        return ask("Erase it for good? [y/N] ").strip().lower() in ("y", "yes")
    except EOFError:
        print()
        return False


def _listed(counts: Counter[str]) -> str:
    told = [f"{number:,} {NAMES[one][number > 1]}" for one in NAMES if (number := counts[one])]
    return ", ".join(told) or "none"
