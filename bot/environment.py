"""What is written in the environment, read setting by setting; all that is wrong is collected."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import timedelta
from ipaddress import ip_address
from typing import NamedTuple, TypeVar
from zoneinfo import ZoneInfo

import storage
from bot.calendars import holidays_of
from bot.core.hours import Hours, no_holiday, parse_duration, parse_week
from bot.core.targets import Duration

logger = logging.getLogger(__name__)

T = TypeVar("T")
TOKENS = "see 'Connect it to Slack' in README.md"
OVER_HTTP = "see 'Over HTTP' in README.md"
MANY = "see 'Many workspaces' in README.md"
NEW_KEY = (
    'python -c "from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())"'
)


class Named(NamedTuple):
    """An id, or the domain of e-mail addresses."""

    workspace: str
    """Where it holds; everywhere if empty."""
    id: str


class Environment:
    def __init__(self, variables: Mapping[str, str], defaults: Mapping[str, str]) -> None:
        self.faults: list[str] = []
        self._variables = variables
        self._defaults = defaults

    def text(self, name: str) -> str:
        return self._variables.get(name, "").strip() or self._defaults[name]

    def token(self, name: str, prefix: str) -> str:
        value = self.text(name)
        if value and not value.startswith(prefix):
            self.faults.append(f"{name} does not start with {prefix}: {TOKENS}.")
        return value

    def secret(self, name: str, where: str) -> str:
        value = self.text(name)
        if not re.fullmatch(r"([0-9a-f]{16,})?", value):
            self.faults.append(f"{name} is none: it has digits and letters from a to f; {where}.")
        return value

    def client(self, name: str) -> str:
        value = self.text(name)
        if not re.fullmatch(r"(\d+\.\d+)?", value):
            self.faults.append(f"{name} is none: it has two numbers with a dot between; {MANY}.")
        return value

    def keys(self, name: str) -> tuple[str, ...]:
        keys = _parts(self.text(name))
        if not all(re.fullmatch(r"[\w-]{43}=", key, re.ASCII) for key in keys):
            self.faults.append(f"{name} has one that is no key: make one with {NEW_KEY}.")
        return keys

    def port(self, name: str) -> int:
        value = self.text(name)
        if not re.fullmatch(r"(\d{1,5})?", value) or not 0 < int(value or 1) < 65536:  # noqa: PLR2004
            self.faults.append(f"{name} is {value!r}: write a number from 1 to 65535.")
            return 0
        return int(value or 0)

    def address(self, name: str) -> str:
        value = self.text(name)
        try:
            return str(ip_address(value))
        except ValueError:
            self.faults.append(
                f"{name} is {value!r}: write the address of one of this machine's networks, such as"
                " 127.0.0.1, or 0.0.0.0 for all."
            )
            return ""

    def url(self, name: str) -> str:
        value = self.text(name)
        if not re.match(r"https?://[^/\s]+", value):
            self.faults.append(f"{name} is not an address: write https://… or remove it.")
        return value.rstrip("/") + "/"

    def database(self, name: str) -> str:
        value = self.text(name)
        if not storage.understood(value):
            self.faults.append(
                f"{name} is {storage.without_password(value)!r}, which this version does not know:"
                " write tinydb:///data/heard.json, or tinydb:////absolute/path.json;"
                " sqlite:///data/heard.db; or postgresql://user:password@host/database."
            )
        elif missing := storage.missing(value):
            self.faults.append(
                f"{name} names a database, and {missing} is not installed:"
                " pip install '.[sql]' in Heard's folder."
            )
        return value

    def duration(self, name: str) -> Duration:
        return self._read(name, parse_duration) or Duration(seconds=1)

    def retention(self, name: str) -> timedelta:
        found = self._read(name, parse_duration) or Duration(days=1)
        plain = timedelta(days=found.days, seconds=found.seconds)
        if plain < timedelta(days=1):
            self.faults.append(f"{name} is {self.text(name)!r}: write a day or more, such as 90d.")
        return plain

    def switch(self, name: str) -> bool:
        value = self.text(name).lower()
        if value not in ("on", "off"):
            self.faults.append(f"{name} is {value!r}: write on or off.")
        return value == "on"

    def hours(self) -> Hours:
        week = self._read("HEARD_HOURS", parse_week) or parse_week("always")
        zone = self._read("HEARD_TIMEZONE", _zone) or ZoneInfo("UTC")
        code = self.text("HEARD_HOLIDAYS")
        holiday = self._read("HEARD_HOLIDAYS", holidays_of) if code else None
        return Hours(week=week, zone=zone, holiday=holiday or no_holiday, calendar=code)

    def ids(self, name: str, kinds: str) -> tuple[Named, ...]:
        found = self._named(name)
        for one in found:
            if not re.fullmatch(rf"[{kinds}][A-Z0-9]+", one.id):
                what = "channel" if "C" in kinds else "user"
                self.faults.append(
                    f"{name} has {one.id!r}, which is not the id of a {what}: copy it from the end"
                    f" of the {what}'s details in Slack, such as {kinds[0]}0123ABCD."
                )
        return found

    def single(self, name: str, kinds: str) -> tuple[Named, ...]:
        """Read ids of which there may be one for each workspace."""
        found = self.ids(name, kinds)
        for workspace, number in Counter(one.workspace for one in found).items():
            if number > 1:
                of = f" of a workspace, and of {workspace}" if workspace else ""
                self.faults.append(f"{name} takes one id{of}; it has {number}.")
        return found

    def people(self, name: str) -> tuple[Named, ...]:
        found = self._named(name)
        for one in found:
            if not re.fullmatch(r"[UW][A-Z0-9]+|[\w-]+(\.[\w-]+)+", one.id):
                self.faults.append(
                    f"{name} has {one.id!r}: write user ids, such as U0123ABCD, or e-mail domains,"
                    " such as example.com."
                )
        return found

    def _named(self, name: str) -> tuple[Named, ...]:
        """Split what may be written as `T0123:C0456`; a person may begin with an @."""
        found = []
        for part in _parts(self.text(name)):
            workspace, colon, rest = part.rpartition(":")
            if colon and not re.fullmatch(r"T[A-Z0-9]+", workspace):
                self.faults.append(
                    f"{name} has {part!r}: write the id of a workspace before the colon, such as"
                    f" T0123ABCD:{rest}."
                )
            one = rest.removeprefix("@")
            found.append(Named(workspace, one.lower() if "." in one else one))
        return tuple(found)

    def warn_of_typos(self) -> None:
        names = self._defaults
        for name in self._variables:
            if name.startswith("HEARD_") and name not in names:
                import difflib  # noqa: PLC0415 - only for who has mistyped

                near = difflib.get_close_matches(name, names, n=1)
                hint = f"; did you mean {near[0]}?" if near else ""
                logger.warning("%s is not a setting%s", name, hint)

    def _read(self, name: str, parse: Callable[[str], T]) -> T | None:
        try:
            return parse(self.text(name))
        except ValueError as error:
            self.faults.append(f"{name}: {error}.")
            return None


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part for part in re.split(r"[,\s]+", text) if part)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, OSError, ValueError):
        raise ValueError(
            f"{name!r} is not a time zone; write one like Europe/Berlin or America/New_York"
        ) from None
