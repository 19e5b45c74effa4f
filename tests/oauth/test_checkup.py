"""What `check` says of many workspaces: one after the other, each by its own settings."""

import pytest

from bot.checkup import check
from bot.config import Settings
from tests.oauth.conftest import KEYS, environment
from tests.oauth.slack import Place
from tests.web import free_port

LIGHTHOUSE, HARBOUR = Place("T0LIGHT", "Lighthouse"), Place("T0HARBOUR", "Harbour")


@pytest.fixture
def looked(url, slack, database):
    """Look at all of it, by some more settings, as nobody else has the database open."""
    database.close()

    def look(*keys: str, **more: str) -> list[str]:
        port = {"HEARD_HTTP_PORT": str(free_port())}
        settings = Settings.from_env({**environment(url, slack, *keys), **port, **more})
        return [str(finding) for finding in check(settings)]

    return look


@pytest.fixture
def everywhere(heard, slack) -> None:
    """Heard is in two workspaces."""
    for place in (LIGHTHOUSE, HARBOUR):
        assert heard.browser.installs(slack, place).status == 200


def test_each_workspace_is_looked_at(everywhere, looked):
    """Each line names its workspace, and looks at the channels and people that are its own."""
    found = looked(
        HEARD_TRIAGE="T0LIGHT:C0TRIAGE",
        HEARD_LEADS="T0LIGHT:U0LEA",
        HEARD_WATCH="C0ANYWHERE T0HARBOUR:C0ACME",
    )
    assert found[0].startswith("✓ store ")
    assert found[1].startswith("✓ HTTP at port")
    harbour = [one for one in found if "T0HARBOUR: " in one]
    lighthouse = [one for one in found if "T0LIGHT: " in one]
    assert len(found) == 2 + len(harbour) + len(lighthouse)
    assert any("triage channel C0TRIAGE (#c0triage)" in one for one in lighthouse)
    assert any("lead U0LEA" in one for one in lighthouse)
    assert any("none is set; leads and owners are told" in one for one in harbour)
    assert any("watched channel C0ACME (#c0acme)" in one for one in harbour)
    assert "C0ANYWHERE" not in "".join(found)


def test_a_token_that_slack_refuses(everywhere, looked, slack):
    """Whoever sees it is sent to the page where Heard can be installed again."""
    slack.removes(HARBOUR)
    [told] = [one for one in looked() if "T0HARBOUR" in one]
    assert "account_inactive" in told
    assert "/slack/install" in told


def test_a_token_that_no_key_opens(everywhere, looked, caplog):
    """Nothing is sealed anew, or said to be in order, by a key that opens nothing."""
    found = looked(KEYS[1])
    assert "installed in none" in found[-1]
    assert "workspace T0LIGHT" in caplog.text


def test_nothing_is_installed_yet(looked):
    """The address at which to begin is told."""
    assert "https://your-address/slack/install" in looked()[-1]
