"""The settings: read once from the environment, all faults reported at once, each with its cure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from datetime import timedelta
from enum import Enum, auto
from importlib.util import find_spec
from typing import NamedTuple

from bot.core.policy import Policy
from bot.core.targets import Targets
from bot.core.values import value
from bot.environment import MANY, NEW_KEY, OVER_HTTP, TOKENS, Environment, Named

EXTRA = "pip install '.[http]' in Heard's folder"
EVERYWHERE = "0.0.0.0"  # noqa: S104 - a proxy, or Prometheus, may be on another machine
OAUTH = "pip install '.[oauth]' in Heard's folder"


class Mode(Enum):
    """How events come from Slack."""

    SOCKET = auto()
    HTTP = auto()


class ConfigError(Exception):
    """The settings are faulty; `faults` has one sentence for each, with its cure."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


class Setting(NamedTuple):
    """One row of the table in the README and of `.env.example`."""

    name: str
    default: str
    help: str


SETTINGS = (
    Setting("SLACK_BOT_TOKEN", "", "the bot's token, `xoxb-…`"),
    Setting("SLACK_APP_TOKEN", "", "the app-level token for Socket Mode, `xapp-…`"),
    Setting("SLACK_SIGNING_SECRET", "", "for HTTP instead of Socket Mode: proves that Slack asks"),
    Setting("SLACK_CLIENT_ID", "", "for many workspaces instead of a bot's token: the app's id"),
    Setting("SLACK_CLIENT_SECRET", "", "the secret that belongs to it"),
    Setting("HEARD_SECRET_KEY", "", "encrypts the workspaces' tokens; old keys after a comma"),
    Setting("SLACK_API_URL", "https://slack.com/api/", "where Slack is; for a local Slack"),
    Setting("DATABASE_URL", "tinydb:///data/heard.json", "where Heard remembers"),
    Setting(
        "HEARD_HTTP_HOST", EVERYWHERE, "who can reach both ports: `127.0.0.1` for this machine"
    ),
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


@value
class Settings:
    bot_token: str = field(repr=False)
    app_token: str = field(repr=False)
    signing_secret: str = field(repr=False)
    client_id: str
    """With one, Heard is installed in any number of workspaces; else there is the bot's token."""
    client_secret: str = field(repr=False)
    secret_keys: tuple[str, ...] = field(repr=False)
    """The first encrypts."""
    api_url: str
    database_url: str = field(repr=False)
    http_host: str
    http_port: int
    metrics_port: int
    """0 for none."""
    rules: Policy
    """The policy, but for what is named."""
    named: Mapping[str, tuple[Named, ...]]

    @property
    def policy(self) -> Policy:
        """The policy where it is not known which workspace it is."""
        return self.policy_of("")

    def policy_of(self, workspace: str) -> Policy:
        def here(name: str) -> tuple[str, ...]:
            own, shared = (
                [one.id for one in self.named[name] if one.workspace == where]
                for where in (workspace or None, "")
            )
            return (*own, *shared)

        return replace(
            self.rules,
            triage=next(iter(here("HEARD_TRIAGE")), ""),
            leads=here("HEARD_LEADS"),
            watch=frozenset(here("HEARD_WATCH")),
            colleagues=frozenset(here("HEARD_COLLEAGUES")),
            customers=frozenset(here("HEARD_CUSTOMERS")),
        )

    @classmethod
    def from_env(cls, environment: Mapping[str, str], mode: Mode | None = None) -> Settings:
        """Read the settings; a name that is not set, or empty, has its default.

        Without a mode, it is enough that there is one in which Heard could run.

        Raises:
            ConfigError: with every fault there is.
        """
        reader = Environment(environment, {one.name: one.default for one in SETTINGS})
        settings = cls(
            bot_token=reader.token("SLACK_BOT_TOKEN", "xoxb-"),
            app_token=reader.token("SLACK_APP_TOKEN", "xapp-"),
            signing_secret=reader.secret("SLACK_SIGNING_SECRET", OVER_HTTP),
            client_id=reader.client("SLACK_CLIENT_ID"),
            client_secret=reader.secret("SLACK_CLIENT_SECRET", MANY),
            secret_keys=reader.keys("HEARD_SECRET_KEY"),
            api_url=reader.url("SLACK_API_URL"),
            database_url=reader.database("DATABASE_URL"),
            http_host=reader.address("HEARD_HTTP_HOST"),
            http_port=reader.port("HEARD_HTTP_PORT"),
            metrics_port=reader.port("HEARD_METRICS_PORT"),
            rules=_rules(reader),
            named={
                "HEARD_TRIAGE": reader.single("HEARD_TRIAGE", "CG"),
                "HEARD_LEADS": reader.ids("HEARD_LEADS", "UW"),
                "HEARD_WATCH": reader.ids("HEARD_WATCH", "CG"),
                "HEARD_COLLEAGUES": reader.people("HEARD_COLLEAGUES"),
                "HEARD_CUSTOMERS": reader.people("HEARD_CUSTOMERS"),
            },
        )
        reader.faults += _missing(settings, mode)
        reader.faults += _unfit(settings, mode)
        reader.warn_of_typos()
        if reader.faults:
            raise ConfigError(reader.faults)
        return settings


def _missing(settings: Settings, mode: Mode | None) -> Iterator[str]:
    """Yield what is said about each token or package that there has to be."""
    bot, app, secret = settings.bot_token, settings.app_token, settings.signing_secret
    many = settings.client_id
    if mode is Mode.HTTP:
        if not (bot or many):
            yield f"SLACK_BOT_TOKEN is not set, and HTTP needs it: {TOKENS}."
        if not secret:
            yield f"SLACK_SIGNING_SECRET is not set, and HTTP needs it: {OVER_HTTP}."
    elif bool(bot) != bool(app) and not many and (mode or not (bot and secret)):
        missing = "SLACK_APP_TOKEN" if bot else "SLACK_BOT_TOKEN"
        hint = ", or start it with --http" if bot and secret else ""
        yield f"{missing} is not set, and Socket Mode needs both: {TOKENS}{hint}."
    if mode is Mode.HTTP and not find_spec("waitress"):
        yield f"--http needs waitress, which is not installed: {EXTRA}."
    if settings.metrics_port and not find_spec("prometheus_client"):
        yield f"HEARD_METRICS_PORT needs prometheus-client, which is not installed: {EXTRA}."
    if mode is Mode.HTTP and settings.metrics_port == settings.http_port:
        yield "HEARD_METRICS_PORT is that of HEARD_HTTP_PORT: write another, such as 9464."


def _unfit(settings: Settings, mode: Mode | None) -> Iterator[str]:
    """Yield what does not go with being installed in many workspaces, or is missing for it."""
    one, other = "SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET"
    if bool(settings.client_id) != bool(settings.client_secret):
        there, missing = (one, other) if settings.client_id else (other, one)
        yield f"{missing} is not set, and {there} needs it: {MANY}."
    if not settings.client_id:
        return
    if settings.bot_token:
        yield f"{one} is for many workspaces and SLACK_BOT_TOKEN for one: remove one; {MANY}."
    if mode is Mode.SOCKET:
        yield f"{one} is for HTTP: start it with --http; {MANY}."
    if mode is not Mode.HTTP and not settings.signing_secret:
        yield f"SLACK_SIGNING_SECRET is not set, and {one} needs it: {OVER_HTTP}."
    if settings.database_url.startswith("tinydb:"):
        yield (
            "DATABASE_URL names a file of TinyDB, which is for one workspace: write"
            " sqlite:///data/heard.db or postgresql://user:password@host/database."
        )
    if not settings.secret_keys:
        yield f"HEARD_SECRET_KEY is not set, and encrypts all tokens: make one with {NEW_KEY}."
    if not find_spec("cryptography"):
        yield f"{one} needs cryptography, which is not installed: {OAUTH}."
    yield from _homeless(settings)


def _homeless(settings: Settings) -> Iterator[str]:
    for name, such in (("HEARD_TRIAGE", "C0456EFGH"), ("HEARD_LEADS", "U0456EFGH")):
        if lost := [one.id for one in settings.named[name] if not one.workspace]:
            yield (
                f"{name} does not tell the workspace of {', '.join(lost)}: write it before, such as"
                f" T0123ABCD:{such}."
            )


def _rules(reader: Environment) -> Policy:
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
    )
