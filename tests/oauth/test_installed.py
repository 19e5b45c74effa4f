"""What the database keeps of installations: sealed, apart, and gone when Heard is removed."""

import logging
from datetime import UTC, datetime

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.oauth.installation_store import Installation as SlackInstallation
from slack_sdk.web import WebClient
from sqlalchemy import inspect, select

from bot.core.model import Change
from bot.core.refusals import StoreFailed
from bot.vault import Vault
from handlers.installed import LOOK, LOOK_AGAIN, SECRETS, Installed
from storage.sql import schema
from storage.sql.register import Register
from storage.sql.stores import SqlStores
from tests.local import MONDAY
from tests.oauth.conftest import KEYS
from tests.oauth.slack import CLIENT, Place
from tests.storage.examples import outgoing

LIGHTHOUSE, HARBOUR = Place("T0LIGHT", "Lighthouse"), Place("T0HARBOUR", "Harbour", "E0SEA")
EVERYTHING = {
    "bot_token": "xoxb-secret",
    "bot_refresh_token": "xoxe-secret",
    "user_token": "xoxp-secret" * 40,
    "user_refresh_token": "xoxe-1-secret",
    "incoming_webhook_url": "https://hooks.slack.com/secret",
    "incoming_webhook_configuration_url": "https://light.slack.com/services/secret",
}


def contents(database, *tables) -> str:
    """Return all that the database holds, or some tables of it."""
    with database.transaction() as connection:
        rows = [
            row
            for table in tables or schema.metadata.sorted_tables
            for row in connection.execute(select(table)).all()
        ]
    return repr(rows)


@pytest.fixture
def seconds():
    """The clock by which looks are apart, to be moved."""
    return [0.0]


@pytest.fixture
def make(database, slack, seconds):
    """Make another process's view of the same database."""

    def one(*keys: str, client_id: str = CLIENT[0]) -> Installed:
        register = Register(database, client_id, SECRETS)
        client = WebClient(base_url=slack.api, retry_handlers=[])
        return Installed(register, Vault(keys or KEYS[:1]), client_id, client, lambda: seconds[0])

    return one


def installation(place: Place = LIGHTHOUSE, **more) -> SlackInstallation:
    """Make what Slack's SDK makes of an installation."""
    return SlackInstallation(
        app_id="A1",
        team_id=place.id,
        enterprise_id=place.enterprise or None,
        bot_user_id=place.bot,
        user_id="U1",
        **{"bot_token": f"xoxb-{place.id}", **more},
    )


def test_no_secret_is_readable(database, make):
    """A copy of the database gives nobody a token, long as it may be, or a webhook."""
    make().keep(installation(LIGHTHOUSE, **EVERYTHING), "https://light.slack.com/")
    whole = contents(database)
    assert "T0LIGHT" in whole
    assert "secret" not in whole
    assert "xox" not in whole
    with database.transaction() as connection:
        for table in (schema.slack_bots, schema.slack_installations):
            (row,) = connection.execute(select(table)).mappings()
            sealed = [name for name in EVERYTHING if name in table.c]
            assert [Vault(KEYS).open(row[name]) for name in sealed] == [
                EVERYTHING[name] for name in sealed
            ]


def test_installing_again_replaces(database, make):
    """The newest token counts at once, and of those before nothing is left."""
    one = make()
    for number in range(3):
        one.keep(installation(bot_token=f"xoxb-{number}"), f"https://{number}.slack.com/")
        found = one.find("T0LIGHT")
        assert found
        assert (found.token, found.url) == (f"xoxb-{number}", f"https://{number}.slack.com/")
    with database.transaction() as connection:
        for table in (schema.slack_bots, schema.slack_installations):
            assert len(connection.execute(select(table)).all()) == 1


def test_workspaces_are_apart(make):
    """Each has its own token; those of another app of Slack's are none of ours."""
    one, other = make(), make(client_id="1.2")
    one.keep(installation(LIGHTHOUSE), "")
    one.keep(installation(HARBOUR), "https://harbour.slack.com/")
    other.keep(installation(LIGHTHOUSE, bot_token="xoxb-other"), "")
    assert one.all() == ("T0HARBOUR", "T0LIGHT")
    assert other.all() == ("T0LIGHT",)
    found = [one.find("T0LIGHT"), one.find("T0HARBOUR"), other.find("T0LIGHT")]
    assert [(each.token, each.enterprise, each.url) for each in found if each] == [
        ("xoxb-T0LIGHT", "", "https://slack.com/"),
        ("xoxb-T0HARBOUR", "E0SEA", "https://harbour.slack.com/"),
        ("xoxb-other", "", "https://slack.com/"),
    ]
    assert one.find("T0NOWHERE") is None


def test_who_removes_heard_takes_the_token_along(database, make, store):
    """Nothing of the installation is left but when that was; with a new one, not even that."""
    one = make()
    one.keep(installation(LIGHTHOUSE), "")
    one.keep(installation(HARBOUR), "")
    one.left("T0LIGHT", MONDAY)
    assert one.find("T0LIGHT") is None
    assert one.all() == ("T0HARBOUR",)
    assert "T0LIGHT" not in contents(database, schema.slack_bots, schema.slack_installations)
    assert store("T0LIGHT").fact("left") == MONDAY.isoformat()
    assert store("T0HARBOUR").fact("left") == ""
    one.left("T0LIGHT", MONDAY.replace(hour=23))
    assert store("T0LIGHT").fact("left") == MONDAY.isoformat()
    one.keep(installation(LIGHTHOUSE), "")
    assert one.find("T0LIGHT")
    assert store("T0LIGHT").fact("left") == ""


def test_who_never_had_it_did_not_leave(make, store):
    """Word of a removal from where Heard was not, such as a whole organisation, changes nothing."""
    make().left("T0LIGHT", MONDAY)
    assert store("T0LIGHT").fact("left") == ""


def test_late_word_of_a_removal(heard, slack, store):
    """Slack may tell of it after Heard was installed anew: the new token works, and stays."""
    heard.browser.installs(slack, LIGHTHOUSE)
    heard.installed.left("T0LIGHT", MONDAY)
    assert heard.installed.find("T0LIGHT")
    assert store("T0LIGHT").fact("left") == ""
    slack.removes(LIGHTHOUSE)
    heard.installed.left("T0LIGHT", MONDAY)
    assert heard.installed.find("T0LIGHT") is None


def test_a_removal_from_before_a_return_by_another_process(heard, slack, start, store):
    """What another process has installed since is asked about, not the token known before."""
    heard.browser.installs(slack, LIGHTHOUSE)
    assert heard.installed.find("T0LIGHT")
    slack.removes(LIGHTHOUSE)
    other = start()
    other.browser.installs(slack, LIGHTHOUSE)
    heard.installed.left("T0LIGHT", MONDAY)
    assert other.installed.all() == ("T0LIGHT",)
    assert store("T0LIGHT").fact("left") == ""


@pytest.mark.parametrize("broken", ["answer", "line"])
def test_a_removal_that_slack_does_not_confirm(heard, slack, store, broken):
    """Who cannot ask Slack says so, and is told again later; until then all stays as it is."""
    heard.browser.installs(slack, LIGHTHOUSE)
    if broken == "line":
        slack.broken()
    else:
        slack.tokens.clear()
        slack.refusal = "internal_error"
    with pytest.raises((SlackApiError, OSError)):
        heard.installed.left("T0LIGHT", MONDAY)
    assert heard.installed.find("T0LIGHT")
    assert store("T0LIGHT").fact("left") == ""


def test_a_removal_is_whole_or_nothing(database, make):
    """Where the moment cannot be noted, the token stays, for the next try."""
    one = make()
    one.keep(installation(), "")
    with database.transaction() as connection:
        connection.exec_driver_sql("ALTER TABLE facts RENAME TO gone")
    with pytest.raises(StoreFailed):
        one.left("T0LIGHT", MONDAY)
    assert "T0LIGHT" in contents(database, schema.slack_bots)
    assert "T0LIGHT" in contents(database, schema.slack_installations)


def test_what_another_process_does_is_seen(make, slack, seconds):
    """A first installation at once, a new token, a removal or a return within seconds."""
    one, other = make(), make()
    other.keep(installation(), "")
    found = one.find("T0LIGHT")
    assert found
    other.keep(installation(bot_token="xoxb-new"), "")
    assert one.find("T0LIGHT") == found
    seconds[0] += LOOK + 1
    again = one.find("T0LIGHT")
    assert again
    assert again.token == "xoxb-new"
    other.left("T0LIGHT", MONDAY)
    seconds[0] += LOOK + 1
    assert one.find("T0LIGHT") is None
    other.keep(installation(), "")
    seconds[0] += LOOK_AGAIN + 1
    assert one.find("T0LIGHT")


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_nobody_looks_after_a_workspace_that_was_left(make, database):
    """What is due there takes no process's time and raises no alarm, until it is back."""
    stores, one, now = SqlStores(database, 30), make(), datetime.now(UTC)
    for place in (LIGHTHOUSE, HARBOUR):
        one.keep(installation(place), "")
        stores.of(place.id).commit(Change(outbox=(outgoing("o1"),)))
    assert sorted(stores.take(now, 9)) == ["T0HARBOUR", "T0LIGHT"]
    one.left("T0LIGHT", MONDAY)
    assert stores.take(now, 9) == ("T0HARBOUR",)
    assert not stores.holds("T0LIGHT")
    assert stores.figures(now).outbox == 1
    one.keep(installation(LIGHTHOUSE), "")
    assert sorted(stores.take(now, 9)) == ["T0HARBOUR", "T0LIGHT"]


def test_a_database_that_is_away(database, make, seconds):
    """What was known is known still; of the rest nobody says that Heard is not installed there."""
    one = make()
    one.keep(installation(), "")
    known = one.find("T0LIGHT")
    with database.transaction() as connection:
        connection.exec_driver_sql("ALTER TABLE slack_bots RENAME TO gone")
    seconds[0] += LOOK + 1
    assert one.find("T0LIGHT") == known
    with pytest.raises(StoreFailed):
        one.find("T0HARBOUR")
    with pytest.raises(StoreFailed):
        one.all()


def test_keys_are_rotated(database, make):
    """A new key in front, and all is sealed with it: then the old one may go."""
    old, new = KEYS
    make(old).keep(installation(LIGHTHOUSE, **EVERYTHING), "")
    make(old).keep(installation(HARBOUR), "")
    make(new, old).renew()
    before = contents(database)
    one = make(new)
    one.renew()
    assert contents(database) == before
    found = [one.find("T0LIGHT"), one.find("T0HARBOUR")]
    assert [each.token for each in found if each] == ["xoxb-secret", "xoxb-T0HARBOUR"]
    assert make(old).find("T0LIGHT") is None


def test_a_start_with_a_new_key_rotates(start, slack, database):
    """Nobody has to call for it: the next start does it."""
    start(KEYS[0]).browser.installs(slack, LIGHTHOUSE)
    start(KEYS[1], KEYS[0])
    found = start(KEYS[1]).installed.find("T0LIGHT")
    assert found
    assert found.token == slack.token(LIGHTHOUSE)


def test_a_lost_key_is_told(database, make, caplog):
    """The workspace that it locks is named once, with what to do; the others go on."""
    old, new = KEYS
    make(old).keep(installation(LIGHTHOUSE), "")
    one = make(new)
    one.keep(installation(HARBOUR), "")
    one.renew()
    assert [bool(one.find(place.id)) for place in (LIGHTHOUSE, HARBOUR)] == [False, True]
    assert one.all() == ("T0HARBOUR",)
    (told,) = [each.getMessage() for each in caplog.records if each.levelno >= logging.ERROR]
    assert "workspace T0LIGHT" in told
    assert "HEARD_SECRET_KEY" in told
    assert make(new, old).find("T0LIGHT")
    one.keep(installation(LIGHTHOUSE), "")
    assert one.find("T0LIGHT")


def test_tables_have_what_slacks_sdk_writes(database):
    """A column that a newer SDK writes, and ours lack, is told of before anybody installs."""
    from slack_sdk.oauth.installation_store.sqlalchemy import SQLAlchemyInstallationStore

    sdk = SQLAlchemyInstallationStore(CLIENT[0], database.changing)
    with database.transaction() as connection:
        found = inspect(connection)
        for table in (sdk.bots, sdk.installations):
            ours = {column["name"]: column for column in found.get_columns(table.name)}
            assert set(ours) == {column.name for column in table.c}
            assert all(ours[column.name]["nullable"] == column.nullable for column in table.c)
