"""The settings: what they mean, what is assumed, and what is said about each fault."""

import logging
from datetime import date, timedelta

import pytest

from bot.calendars import holidays_of
from bot.config import ConfigError, Mode, Settings
from bot.core.targets import Duration, Targets
from tests.make import at

TOKENS = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}
SECRET = "0123456789abcdef0123456789abcdef"


def faults(**settings: str) -> list[str]:
    """Return what is said about settings, of which at least one is faulty."""
    with pytest.raises(ConfigError) as refused:
        Settings.from_env({**TOKENS, **settings})
    assert str(refused.value) == "\n".join(refused.value.faults)
    return refused.value.faults


def test_nothing_needs_to_be_set():
    """With an empty environment everything has its default, and there are no tokens."""
    settings = Settings.from_env({})
    assert (settings.bot_token, settings.app_token) == ("", "")
    assert settings.api_url == "https://slack.com/api/"
    assert settings.database_url == "tinydb:///data/heard.json"
    assert (settings.http_port, settings.metrics_port) == (3000, 0)
    policy = settings.policy
    assert policy.targets == Targets(
        nudge=Duration(seconds=1800),
        escalate=Duration(seconds=7200),
        repeat=Duration(seconds=14400),
        update=Duration(days=2),
    )
    assert (policy.snooze, policy.group_window) == (Duration(seconds=3600), timedelta(minutes=5))
    assert policy.retention == timedelta(days=90)
    assert (policy.triage, policy.leads, policy.watch) == ("", (), frozenset())
    assert (policy.colleagues, policy.customers) == (frozenset(), frozenset())
    assert policy.hours.is_open(at("Fri 16:59"))
    assert not policy.hours.is_open(at("Sat 12:00"))
    assert policy.hours.zone.key == "UTC"


def test_everything_can_be_set():
    """Each setting is read; spaces and empty lines are forgiven."""
    settings = Settings.from_env(
        {
            **TOKENS,
            "SLACK_SIGNING_SECRET": SECRET,
            "SLACK_API_URL": "http://localhost:8080/api",
            "DATABASE_URL": "tinydb:////var/heard.json",
            "HEARD_HTTP_HOST": "127.0.0.1",
            "HEARD_HTTP_PORT": "8080",
            "HEARD_METRICS_PORT": "9464",
            "HEARD_TRIAGE": " C0TRIAGE ",
            "HEARD_LEADS": "U0LEA, W0KIM",
            "HEARD_WATCH": "C0ACME G0OTHER,",
            "HEARD_COLLEAGUES": "U0GUS, @Partner.Example",
            "HEARD_CUSTOMERS": "acme.example",
            "HEARD_NUDGE_AFTER": "90s",
            "HEARD_ESCALATE_AFTER": "1h30m",
            "HEARD_REPEAT_EVERY": "1d",
            "HEARD_UPDATE_EVERY": "3d",
            "HEARD_SNOOZE": "15m",
            "HEARD_GROUP_WINDOW": "30s",
            "HEARD_RETENTION": "30d",
            "HEARD_HOURS": "Mon-Thu 08:00-16:00",
            "HEARD_TIMEZONE": "Europe/Berlin",
            "HEARD_HOLIDAYS": "",
        }
    )
    policy = settings.policy
    assert (settings.bot_token, settings.signing_secret) == ("xoxb-1", SECRET)
    assert settings.http_host == "127.0.0.1"
    assert (settings.http_port, settings.metrics_port) == (8080, 9464)
    assert settings.api_url == "http://localhost:8080/api/"
    assert settings.database_url == "tinydb:////var/heard.json"
    assert (policy.triage, policy.leads) == ("C0TRIAGE", ("U0LEA", "W0KIM"))
    assert policy.watch == {"C0ACME", "G0OTHER"}
    assert policy.colleagues == {"U0GUS", "partner.example"}
    assert policy.customers == {"acme.example"}
    assert policy.targets.nudge == Duration(seconds=90)
    assert policy.targets.escalate == Duration(seconds=5400)
    assert policy.targets.repeat == Duration(days=1)
    assert policy.targets.update == Duration(days=3)
    assert (policy.snooze, policy.group_window) == (Duration(seconds=900), timedelta(seconds=30))
    assert policy.retention == timedelta(days=30)
    assert policy.hours.is_open(at("Thu 15:59", "Europe/Berlin"))
    assert not policy.hours.is_open(at("Fri 12:00", "Europe/Berlin"))


@pytest.mark.parametrize(
    ("name", "value", "cure"),
    [
        ("SLACK_BOT_TOKEN", "xoxp-1", "does not start with xoxb-: see 'Connect it to Slack'"),
        ("SLACK_APP_TOKEN", "1234", "does not start with xapp-: see 'Connect it to Slack'"),
        ("SLACK_BOT_TOKEN", "", "is not set, and Socket Mode needs both: see 'Connect it"),
        ("SLACK_APP_TOKEN", "", "is not set, and Socket Mode needs both: see 'Connect it"),
        ("SLACK_SIGNING_SECRET", "xoxb-1", "is none: it has digits and letters from a to f; see"),
        ("HEARD_HTTP_HOST", "localhost", "such as 127.0.0.1, or 0.0.0.0 for all"),
        ("HEARD_HTTP_PORT", "http", "write a number from 1 to 65535"),
        ("HEARD_HTTP_PORT", "65536", "write a number from 1 to 65535"),
        ("HEARD_METRICS_PORT", "0", "write a number from 1 to 65535"),
        ("SLACK_API_URL", "slack.com/api", "is not an address: write https://"),
        ("SLACK_API_URL", "ftp://slack.com", "is not an address: write https://"),
        ("DATABASE_URL", "mysql://heard@host/heard", "write tinydb:///data/heard.json"),
        ("DATABASE_URL", "heard.json", "write tinydb:///data/heard.json"),
        ("DATABASE_URL", "tinydb:///", "write tinydb:///data/heard.json"),
        ("DATABASE_URL", "sqlite://heard.db", "sqlite:///data/heard.db"),
        ("DATABASE_URL", "postgres://host/heard", "postgresql://user:password@host/database"),
        ("HEARD_TRIAGE", "#triage", "is not the id of a channel: copy it from the end"),
        ("HEARD_TRIAGE", "C0ONE, C0TWO", "takes one id; it has 2"),
        ("HEARD_LEADS", "@lea", "is not the id of a user: copy it from the end"),
        ("HEARD_LEADS", "C0LEA", "such as U0123ABCD"),
        ("HEARD_WATCH", "acme", "such as C0123ABCD"),
        ("HEARD_COLLEAGUES", "Kim", "write user ids, such as U0123ABCD, or e-mail domains"),
        ("HEARD_CUSTOMERS", "acme", "write user ids, such as U0123ABCD, or e-mail domains"),
        ("HEARD_NUDGE_AFTER", "soon", "write for example 90s, 30m, 2h or 1d"),
        ("HEARD_ESCALATE_AFTER", "0m", "must be more than nothing and at most a year"),
        ("HEARD_REPEAT_EVERY", "9999d", "must be more than nothing and at most a year"),
        ("HEARD_UPDATE_EVERY", "2 days", "write for example 90s, 30m, 2h or 1d"),
        ("HEARD_SNOOZE", "-1h", "write for example 90s, 30m, 2h or 1d"),
        ("HEARD_RETENTION", "12h", "write a day or more, such as 90d"),
        ("HEARD_RETENTION", "never", "write for example 90s, 30m, 2h or 1d"),
        ("HEARD_GROUP_WINDOW", "5", "write for example 90s, 30m, 2h or 1d"),
        ("HEARD_HOURS", "9-17", 'write for example "Mon-Fri 09:00-17:00"'),
        ("HEARD_TIMEZONE", "Berlin", "is not a time zone; write one like Europe/Berlin"),
        ("HEARD_TIMEZONE", "../etc/passwd", "is not a time zone; write one like Europe/Berlin"),
        ("HEARD_TIMEZONE", "Europe", "is not a time zone; write one like Europe/Berlin"),
        ("HEARD_HOLIDAYS", "XX", "is not known; write a country's two letters"),
        ("HEARD_HOLIDAYS", "DE-XX", "is not known; write a country's two letters"),
    ],
)
def test_each_fault_has_its_cure(name, value, cure):
    """What is wrong names its setting and says what to write instead, in one sentence."""
    [fault] = faults(**{name: value})
    assert fault.startswith(name)
    assert cure in fault
    assert fault.endswith(".")


@pytest.mark.parametrize(
    ("mode", "names", "said"),
    [
        (Mode.SOCKET, "SLACK_BOT_TOKEN SLACK_APP_TOKEN", ""),
        (Mode.SOCKET, "", ""),
        (Mode.SOCKET, "SLACK_BOT_TOKEN SLACK_SIGNING_SECRET", "SLACK_APP_TOKEN or --http"),
        (Mode.SOCKET, "SLACK_SIGNING_SECRET SLACK_APP_TOKEN", "SLACK_BOT_TOKEN"),
        (Mode.HTTP, "SLACK_BOT_TOKEN SLACK_SIGNING_SECRET", ""),
        (Mode.HTTP, "SLACK_BOT_TOKEN SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"),
        (Mode.HTTP, "", "SLACK_BOT_TOKEN SLACK_SIGNING_SECRET"),
        (None, "SLACK_BOT_TOKEN SLACK_SIGNING_SECRET", ""),
        (None, "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"),
    ],
)
def test_each_mode_has_its_own_needs(mode, names, said):
    """What is missing is named; where no mode is, what suffices for any is enough."""
    known = {**TOKENS, "SLACK_SIGNING_SECRET": SECRET}
    found: list[str] = []
    try:
        Settings.from_env({name: known[name] for name in names.split()}, mode)
    except ConfigError as error:
        found = error.faults
    told = " ".join(found)
    assert len(found) == len([one for one in said.split() if one.startswith("SLACK")])
    assert all(one in told for one in said.split())


def test_secrets_are_not_shown():
    """Settings that are printed by mistake tell no token, no secret and no password."""
    shown = repr(
        Settings.from_env(
            {**TOKENS, "SLACK_SIGNING_SECRET": SECRET, "DATABASE_URL": "postgresql://h:pw@host/h"}
        )
    )
    assert not [one for one in ("xoxb-1", "xapp-1", SECRET, ":pw@") if one in shown]


def test_both_ports_at_once():
    """Figures have a port of their own."""
    with pytest.raises(ConfigError, match="HEARD_METRICS_PORT is that of HEARD_HTTP_PORT"):
        Settings.from_env(
            {**TOKENS, "SLACK_SIGNING_SECRET": SECRET, "HEARD_METRICS_PORT": "3000"}, Mode.HTTP
        )


def test_all_faults_at_once():
    """Whoever sets up Heard reads everything that is wrong the first time."""
    found = faults(
        SLACK_BOT_TOKEN="1",
        SLACK_API_URL="x",
        DATABASE_URL="x",
        HEARD_TRIAGE="x, y",
        HEARD_LEADS="x",
        HEARD_COLLEAGUES="x",
        HEARD_NUDGE_AFTER="x",
        HEARD_HOURS="x",
        HEARD_TIMEZONE="x",
        HEARD_HOLIDAYS="x",
    )
    names = {fault.partition(" ")[0].rstrip(":") for fault in found}
    assert len(found) == 12
    assert len(names) == 10


def test_a_password_is_not_shown():
    """A faulty address of a database is quoted without its password."""
    [fault] = faults(DATABASE_URL="mysql://heard:secret@host/heard")
    assert "secret" not in fault
    assert "//…@host" in fault


def test_a_token_is_not_shown():
    """A faulty token is not quoted at all."""
    [fault] = faults(SLACK_BOT_TOKEN="secret")
    assert "secret" not in fault


def test_names_that_mean_nothing(caplog):
    """A name that is no setting is pointed out, with the one that was meant; others' are not."""
    strays = {"HEARD_TRIGE": "C0TRIAGE", "HEARD_ZZZZZZ": "1", "HEARD_PROMISE_LEAD": "1h"}
    with caplog.at_level(logging.WARNING):
        Settings.from_env({**strays, "PATH": "/bin", "HOME": "/root"})
    assert [record.getMessage() for record in caplog.records] == [
        "HEARD_TRIGE is not a setting; did you mean HEARD_TRIAGE?",
        "HEARD_ZZZZZZ is not a setting",
    ]


def test_holidays():
    """A country's holidays are kept, and a region's, in whatever letters they are written."""
    national, bavarian = holidays_of("DE"), holidays_of("de-by")
    epiphany, unity = date(2027, 1, 6), date(2026, 10, 3)
    assert national(unity)
    assert bavarian(unity)
    assert bavarian(epiphany)
    assert not national(epiphany)
    assert not national(date(2026, 10, 5))


def test_nobody_works_on_holidays():
    """HEARD_HOLIDAYS closes the day, in the team's own time zone."""
    settings = Settings.from_env({"HEARD_HOLIDAYS": "US-CA", "HEARD_TIMEZONE": "US/Pacific"})
    hours = settings.policy.hours
    assert hours.next_opening(at("2026-07-02 18:00", "US/Pacific")) == at(
        "2026-07-06 09:00", "US/Pacific"
    )


def test_rules_that_differ_are_told_apart():
    """Whatever makes things due at other times is another set of rules; a new lead is not."""
    prints = {
        Settings.from_env(environment).policy.fingerprint()
        for environment in (
            {},
            {"HEARD_NUDGE_AFTER": "5m"},
            {"HEARD_HOURS": "always"},
            {"HEARD_TIMEZONE": "Europe/Berlin"},
            {"HEARD_HOLIDAYS": "DE"},
        )
    }
    assert len(prints) == 5
    assert Settings.from_env({"HEARD_LEADS": "U0LEA"}).policy.fingerprint() in prints
