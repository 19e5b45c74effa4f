"""The settings: read once from the environment, all faults reported at once, each with its cure."""

from __future__ import annotations

import difflib
import logging
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto
from importlib.util import find_spec
from typing import TypeVar
from zoneinfo import ZoneInfo

import storage
from bot.calendars import holidays_of
from bot.core.hours import Hours, no_holiday, parse_duration, parse_week
from bot.core.policy import Policy
from bot.core.targets import Duration, Targets

logger = logging.getLogger(__name__)

T = TypeVar("T")
TOKENS = "see 'Connect it to Slack' in README.md"
OVER_HTTP = "see 'Over HTTP' in README.md"
EXTRA = "pip install '.[http]' in Heard's folder"


class Mode(Enum):
    """How events come from Slack."""

    SOCKET = auto()
    HTTP = auto()


class ConfigError(Exception):
    """The settings are faulty; `faults` has one sentence for each, with its cure."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the table in the README and of `.env.example`."""

    name: str
    default: str
    help: str


SETTINGS = (
    Setting("SLACK_BOT_TOKEN", "", "the bot's token, `xoxb-…`"),
    Setting("SLACK_APP_TOKEN", "", "the app-level token for Socket Mode, `xapp-…`"),
    Setting("SLACK_SIGNING_SECRET", "", "for HTTP instead of Socket Mode: proves that Slack asks"),
    Setting("SLACK_API_URL", "https://slack.com/api/", "where Slack is; for a local Slack"),
    Setting("DATABASE_URL", "tinydb:///data/heard.json", "where Heard remembers"),
    Setting("HEARD_HTTP_PORT", "3000", "where `run --http` listens"),
    Setting(
        "HEARD_METRICS_PORT", "", "where `/metrics` is served, for Prometheus; not at all if empty"
    ),
    Setting("HEARD_TRIAGE", "", "the channel for what nobody owns and for escalations: its id"),
    Setting("HEARD_LEADS", "", "who is told of escalations: user ids"),
    Setting("HEARD_WATCH", "", "channels to watch besides those with customers: ids"),
    Setting("HEARD_COLLEAGUES", "", "guests who are colleagues: user ids or e-mail domains"),
    Setting("HEARD_CUSTOMERS", "", "members who are customers: user ids or e-mail domains"),
    Setting("HEARD_NUDGE_AFTER", "30m", "how long a customer waits before somebody is nudged"),
    Setting(
        "HEARD_ESCALATE_AFTER", "2h", "how long before it is escalated to triage and the leads"
    ),
    Setting("HEARD_REPEAT_EVERY", "4h", "how often it is said again after that"),
    Setting("HEARD_UPDATE_EVERY", "2d", "news at least this often while we owe something"),
    Setting("HEARD_PROMISE_LEAD", "1h", "how long before a promise is due you are reminded"),
    Setting("HEARD_SNOOZE", "1h", "how long ⏰ puts a conversation off"),
    Setting("HEARD_COACH", "off", "`on`: a private word after a message that may hurt, once a day"),
    Setting(
        "HEARD_GROUP_WINDOW", "5m", "messages of one customer this close together count as one"
    ),
    Setting("HEARD_HOURS", "Mon-Fri 09:00-17:00", "business hours, or `always`"),
    Setting("HEARD_TIMEZONE", "UTC", "the time zone of the hours, such as `Europe/Berlin`"),
    Setting("HEARD_HOLIDAYS", "", "a country or a part of one: `DE` or `DE-BY`"),
    Setting(
        "HEARD_RETENTION",
        "90d",
        "how long what is over is remembered, in days of the calendar; then only figures are",
    ),
)
LATER = frozenset({"HEARD_SECRET_KEY"})
"""Agreed names of features to come: set early, they are no mistake."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    bot_token: str
    app_token: str
    signing_secret: str
    api_url: str
    database_url: str
    http_port: int
    metrics_port: int
    """0 for none."""
    policy: Policy

    @classmethod
    def from_env(cls, environment: Mapping[str, str], mode: Mode | None = None) -> Settings:
        """Read the settings; a name that is not set, or empty, has its default.

        Without a mode, it is enough that there is one in which Heard could run.

        Raises:
            ConfigError: with every fault there is.
        """
        reader = _Reader(environment)
        settings = cls(
            bot_token=reader.token("SLACK_BOT_TOKEN", "xoxb-"),
            app_token=reader.token("SLACK_APP_TOKEN", "xapp-"),
            signing_secret=reader.secret("SLACK_SIGNING_SECRET"),
            api_url=reader.url("SLACK_API_URL"),
            database_url=reader.database("DATABASE_URL"),
            http_port=reader.port("HEARD_HTTP_PORT"),
            metrics_port=reader.port("HEARD_METRICS_PORT"),
            policy=_policy(reader),
        )
        reader.faults += _missing(settings, mode)
        reader.warn_of_typos()
        if reader.faults:
            raise ConfigError(reader.faults)
        return settings


def _missing(settings: Settings, mode: Mode | None) -> Iterator[str]:
    """Yield what is said about each token or package that there has to be."""
    bot, app, secret = settings.bot_token, settings.app_token, settings.signing_secret
    if mode is Mode.HTTP:
        if not bot:
            yield f"SLACK_BOT_TOKEN is not set, and HTTP needs it: {TOKENS}."
        if not secret:
            yield f"SLACK_SIGNING_SECRET is not set, and HTTP needs it: {OVER_HTTP}."
    elif bool(bot) != bool(app) and (mode or not (bot and secret)):
        missing = "SLACK_APP_TOKEN" if bot else "SLACK_BOT_TOKEN"
        hint = ", or start it with --http" if bot and secret else ""
        yield f"{missing} is not set, and Socket Mode needs both: {TOKENS}{hint}."
    if mode is Mode.HTTP and not find_spec("waitress"):
        yield f"--http needs waitress, which is not installed: {EXTRA}."
    if settings.metrics_port and not find_spec("prometheus_client"):
        yield f"HEARD_METRICS_PORT needs prometheus-client, which is not installed: {EXTRA}."
    if mode is Mode.HTTP and settings.metrics_port == settings.http_port:
        yield "HEARD_METRICS_PORT is that of HEARD_HTTP_PORT: write another, such as 9464."


def _policy(reader: _Reader) -> Policy:
    seconds = reader.duration("HEARD_GROUP_WINDOW")
    return Policy(
        hours=reader.hours(),
        targets=Targets(
            nudge=reader.duration("HEARD_NUDGE_AFTER"),
            escalate=reader.duration("HEARD_ESCALATE_AFTER"),
            repeat=reader.duration("HEARD_REPEAT_EVERY"),
            update=reader.duration("HEARD_UPDATE_EVERY"),
        ),
        lead=reader.duration("HEARD_PROMISE_LEAD"),
        snooze=reader.duration("HEARD_SNOOZE"),
        coach=reader.switch("HEARD_COACH"),
        group_window=timedelta(days=seconds.days, seconds=seconds.seconds),
        retention=reader.retention("HEARD_RETENTION"),
        triage=next(iter(reader.ids("HEARD_TRIAGE", "CG", most=1)), ""),
        leads=reader.ids("HEARD_LEADS", "UW"),
        watch=frozenset(reader.ids("HEARD_WATCH", "CG")),
        colleagues=reader.people("HEARD_COLLEAGUES"),
        customers=reader.people("HEARD_CUSTOMERS"),
    )


class _Reader:
    """Reads settings one by one and collects what is wrong with them."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.faults: list[str] = []
        self._environment = environment
        self._defaults = {setting.name: setting.default for setting in SETTINGS}

    def text(self, name: str) -> str:
        return self._environment.get(name, "").strip() or self._defaults[name]

    def token(self, name: str, prefix: str) -> str:
        value = self.text(name)
        if value and not value.startswith(prefix):
            self.faults.append(f"{name} does not start with {prefix}: {TOKENS}.")
        return value

    def secret(self, name: str) -> str:
        value = self.text(name)
        if not re.fullmatch(r"([0-9a-f]{16,})?", value):
            self.faults.append(
                f"{name} is none: it has digits and letters from a to f; {OVER_HTTP}."
            )
        return value

    def port(self, name: str) -> int:
        value = self.text(name)
        if not re.fullmatch(r"(\d{1,5})?", value) or not 0 < int(value or 1) < 65536:  # noqa: PLR2004
            self.faults.append(f"{name} is {value!r}: write a number from 1 to 65535.")
            return 0
        return int(value or 0)

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

    def ids(self, name: str, kinds: str, most: int = 1000) -> tuple[str, ...]:
        found = tuple(part for part in re.split(r"[,\s]+", self.text(name)) if part)
        for part in found:
            if not re.fullmatch(rf"[{kinds}][A-Z0-9]+", part):
                what = "channel" if "C" in kinds else "user"
                self.faults.append(
                    f"{name} has {part!r}, which is not the id of a {what}: copy it from the end of"
                    f" the {what}'s details in Slack, such as {kinds[0]}0123ABCD."
                )
        if len(found) > most:
            self.faults.append(f"{name} takes one id; it has {len(found)}.")
        return found

    def people(self, name: str) -> frozenset[str]:
        found = [part.lstrip("@") for part in re.split(r"[,\s]+", self.text(name)) if part]
        for part in found:
            if not re.fullmatch(r"[UW][A-Z0-9]+|[\w-]+(\.[\w-]+)+", part):
                self.faults.append(
                    f"{name} has {part!r}: write user ids, such as U0123ABCD, or e-mail domains,"
                    " such as example.com."
                )
        return frozenset(part.lower() if "." in part else part for part in found)

    def warn_of_typos(self) -> None:
        names = {*self._defaults, *LATER}
        for name in self._environment:
            if name.startswith("HEARD_") and name not in names:
                near = difflib.get_close_matches(name, names, n=1)
                hint = f"; did you mean {near[0]}?" if near else ""
                logger.warning("%s is not a setting%s", name, hint)

    def _read(self, name: str, parse: Callable[[str], T]) -> T | None:
        try:
            return parse(self.text(name))
        except ValueError as error:
            self.faults.append(f"{name}: {error}.")
            return None


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, OSError, ValueError):
        raise ValueError(
            f"{name!r} is not a time zone; write one like Europe/Berlin or America/New_York"
        ) from None
