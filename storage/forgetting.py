"""Erases one person or one channel from a store, wherever in it they are.

It looks at every record, for it is rarely done. It can be done again after a crash.
"""

from __future__ import annotations

import json
import re
import secrets
from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from bot.core.conversations import channel_of
from storage import ages
from storage.pieces import KINDS, Contents
from storage.records import Record, damaged, name_of

PERSON = ("U", "W")


@dataclass(slots=True)
class Found:
    """What there is of somebody in one workspace."""

    erased: Counter[str] = field(default_factory=Counter)
    """How many of each kind go."""
    blanked: Counter[str] = field(default_factory=Counter)
    """How many others lose the id, and the words if these were theirs."""


def look(contents: Contents, who: str) -> dict[str, Found]:
    """Return what there is of a person or a channel, by workspace."""
    found: dict[str, Found] = {}
    for workspace in _workspaces(contents, who):
        rules = _Rules(contents, who, workspace)
        found[workspace] = told = Found()
        for kind in KINDS:
            for one, record in contents.all(kind):
                after = rules.after(kind, record) if one == workspace else record
                if after != record:
                    (told.blanked if after else told.erased)[kind] += 1
    return found


def forget(contents: Contents, who: str, workspace: str) -> None:
    """Erase a person or a channel from a workspace, so that the files have no trace of it."""
    rules = _Rules(contents, who, workspace)
    for kind in KINDS:
        contents.revise(kind, workspace, partial(rules.after, kind))
    contents.scrub()


def _workspaces(contents: Contents, who: str) -> set[str]:
    """Return the workspaces in which somebody is named anywhere."""
    named = _named(who)
    return {
        workspace
        for kind in KINDS
        for workspace, record in contents.all(kind)
        if named.search(json.dumps(record))
    }


def _named(who: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![A-Za-z0-9]){re.escape(who)}(?![A-Za-z0-9])")


class _Rules:
    """What becomes of each record of a workspace."""

    def __init__(self, contents: Contents, who: str, workspace: str) -> None:
        self._who = who
        self._is_person = who.startswith(PERSON)
        self._named = _named(who)
        self._stand_in = f"forgotten-{secrets.token_hex(4)}"
        self._gone: set[str] = set()  # conversations, promises and cards, by their ids
        for kind in ("conversations", "promises", "cards"):
            ours = (record for one, record in contents.all(kind) if one == workspace)
            self._gone |= {str(one.get("id")) for one in ours if self.after(kind, one) is None}
        self._said: dict[str, str] = {}  # by channel, up to when something of theirs was said
        for one, record in contents.all("entries"):
            home = str(record.get("conversation"))
            if one == workspace and home in self._gone and record.get("is") == "said":
                place, ts = channel_of(home), str(record.get("ts", ""))
                self._said[place] = max(ts, self._said.get(place, ""))

    def after(self, kind: str, record: Record) -> Record | None:
        """Return what stays of a record, which is not changed itself.

        Raises:
            StoreFailed: it is damaged.
        """
        try:
            stays, left = self._after(kind, record)
            return dict(self._scrubbed(left)) if stays else None
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise damaged(kind, name_of(record), error) from error

    def _after(self, kind: str, record: Record) -> tuple[bool, Record]:
        """Tell whether a record stays, and with what words."""
        match kind:
            case "conversations":
                stays = record["customer" if self._is_person else "channel"] != self._who
            case "entries":
                stays = self._stays_in(record["conversation"])
                if record["by"] == self._who:
                    record = {**record, "excerpt": ""}
            case "promises":
                stays, record = self._promised(record)
            case "cards" | "outbox":
                stays, record = self._sent(kind, record)
            case "channels":
                stays, record = record["id"] != self._who, self._closed(record)
            case "people":
                stays = record["id"] != self._who
            case "facts":
                stays = not self._named.search(json.dumps(record))
            case "tallies":
                stays = record["channel"] != self._who
            case _:
                stays = True
        return stays, record

    def _closed(self, record: Record) -> Record:
        """Return a channel whose history is not taken in again as far as it is forgotten."""
        said = self._said.get(record["id"], "")
        return {**record, "forgotten": said} if said > record.get("forgotten", "") else record

    def _stays_in(self, conversation: str) -> bool:
        return conversation not in self._gone and channel_of(conversation) != self._who

    def _promised(self, record: Record) -> tuple[bool, Record]:
        """Nobody can keep what a forgotten person still owes."""
        theirs = record["by"] == self._who
        stays = self._stays_in(record["conversation"]) and record["channel"] != self._who
        if theirs or record.get("to") == self._who:
            record = {**record, "words": "", "since_words": ""}
        return stays and not (theirs and ages.is_open(record)), record

    def _sent(self, kind: str, record: Record) -> tuple[bool, Record]:
        about = record.get("about", [])
        left = [one for one in about if not self._gone & {one.get("promise"), one["conversation"]}]
        record = {**record, "about": left} if about else record
        if kind == "cards":
            return self._who not in (record["to"], record["channel"]) and bool(left), record
        told = (record.get("note") or {}).get("facts", {}).get("promises", "").split()
        gone = self._gone.intersection((record.get("edits"), *told)) or (about and not left)
        return not gone and not self._named.search(json.dumps(record)), record

    def _scrubbed(self, value: Any) -> Any:  # noqa: ANN401 - any part of a record
        """Return it without the id: nobody instead, or a stand-in where it is a part of a text."""
        if isinstance(value, str):
            return "" if value == self._who else self._named.sub(self._stand_in, value)
        if isinstance(value, dict):
            return {name: self._scrubbed(one) for name, one in value.items()}
        if isinstance(value, list):
            left = (one for one in value if one != self._who)
            return [
                # one of many things, whose fields have their places
                [self._scrubbed(field) for field in one]
                if isinstance(one, list)
                else self._scrubbed(one)
                for one in left
            ]
        return value
