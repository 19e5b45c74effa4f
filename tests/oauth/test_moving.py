"""Moving a store takes along where Heard is installed, its tokens sealed as they are."""

from typing import Any

import pytest
from sqlalchemy import select

from bot.config import Settings
from bot.core.model import Change
from bot.core.refusals import StoreFailed
from bot.oauth import installed
from storage import open_store, open_stores
from storage.moving import move
from storage.sql.schema import slack_installations
from tests.oauth.conftest import KEYS, environment
from tests.oauth.slack import Place
from tests.storage.examples import NOON, outgoing

LIGHTHOUSE, HARBOUR = Place("T0LIGHT", "Lighthouse"), Place("T0HARBOUR", "Harbour", "E0SEA")


@pytest.fixture
def full(heard, slack, database):
    """A database with two workspaces in it, which nobody has open."""
    for place in (LIGHTHOUSE, HARBOUR):
        assert heard.browser.installs(slack, place).status == 200
    with database.transaction() as connection:
        rows = connection.execute(select(slack_installations)).mappings().all()
    database.close()
    return {row["team_id"]: dict(row) for row in rows}


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_installations_move_along(url, full, server, slack, tmp_path, kind):
    """The new database knows of each workspace what the old one did, and can be moved to again."""
    target = server.fresh_url() if kind == "postgresql" else f"sqlite:///{tmp_path / 'new.db'}"
    for _ in range(2):
        moved = move(url, target, lambda *_: None)
        assert (moved["bots"], moved["installations"]) == (2, 2)
    stores: Any = open_stores(target)
    found = installed(Settings.from_env(environment(target, slack, *KEYS)), stores)
    for place in (LIGHTHOUSE, HARBOUR):
        one = found.find(place.id)
        assert one
        assert (one.token, one.enterprise) == (slack.token(place), place.enterprise)
        assert one.url == f"https://{place.name.lower()}.slack.com/"
    with stores._database.transaction() as connection:
        rows = connection.execute(select(slack_installations)).mappings().all()
    for row in rows:
        assert {**row, "id": 0} == {**full[row["team_id"]], "id": 0}
    stores.close()


def test_a_workspace_that_was_left_stays_so(heard, store, database, url, tmp_path, slack):
    """What was due there when Heard was removed raises no alarm in the new database either."""
    assert heard.browser.installs(slack, LIGHTHOUSE).status == 200
    store(LIGHTHOUSE.id).commit(Change(outbox=(outgoing("o1"),)))
    slack.removes(LIGHTHOUSE)
    heard.installed.left(LIGHTHOUSE.id, NOON)
    database.close()
    target = f"sqlite:///{tmp_path / 'new.db'}"
    assert move(url, target, lambda *_: None)["outbox"] == 1
    stores = open_stores(target)
    assert stores.figures(NOON).outbox == 0
    stores.close()


def test_a_file_of_tinydb_takes_none(url, full, tmp_path):
    """It is for one workspace, whose token is a setting; nothing is written into it."""
    with pytest.raises(StoreFailed, match="TinyDB is for one workspace"):
        move(url, f"tinydb:///{tmp_path / 'heard.json'}", lambda *_: None)
    store = open_store(f"tinydb:///{tmp_path / 'heard.json'}")
    assert store.fact("url") == ""
    store.close()
