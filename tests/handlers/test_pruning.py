"""The running bot forgets what is over, wherever it is at work, or was."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app import Heard
from bot.core.model import Change
from bot.core.refusals import Damaged
from tests.local import ACME, BEN, DANA, HOME, Clock, message
from tests.several import AWAY, Installed, Team, serving, slack

HOUR = 3600
DAYS = timedelta(days=1)


@pytest.fixture
def installed() -> Installed:
    """Two workspaces that have installed it."""
    return Installed(HOME, AWAY)


@pytest.fixture
def teams(tmp_path: Path, clock, installed) -> Iterator[tuple[Team, Team]]:
    """Serve two workspaces in one process."""
    url = f"sqlite:///{tmp_path / 'heard.db'}"
    with slack() as web, serving(url, f"{web.url}api/", clock, installed) as (heard, _):
        yield Team(heard, web, HOME), Team(heard, web, AWAY)


def asks_and_is_answered(team: Team) -> str:
    """Have a customer ask, and a colleague close it; return the conversation."""
    asked = message(DANA, "Where are the invoices?")
    team.hears(asked)
    team.asks(BEN, "resolve")
    return f"{ACME}:{asked['event']['ts']}"


def prunes(heard: Heard, clock: Clock, days: int) -> None:
    """Let days pass, and the bot do what it does by itself within two hours of them."""
    clock.at += days * DAYS
    for _ in range(60):
        heard.pruning.look()
        clock.later(HOUR / 30)


def test_words_go_in_a_day_and_all_but_figures_in_ninety(teams, clock):
    """In each workspace that it is at work in, by its own clock, and without anybody asking."""
    found = [(team, asks_and_is_answered(team)) for team in teams]
    prunes(teams[0].heard, clock, 0)
    for team, one in found:
        assert [entry.excerpt for entry in team.workspace.store.log(one) if entry.excerpt]
    prunes(teams[0].heard, clock, 1)
    for team, one in found:
        assert team.workspace.store.conversation(one)
        assert not [entry.excerpt for entry in team.workspace.store.log(one) if entry.excerpt]
    prunes(teams[0].heard, clock, 90)
    for team, one in found:
        assert team.workspace.store.conversation(one) is None


def test_a_workspace_that_removed_it_is_forgotten_in_ninety_days(teams, clock, installed):
    """Until then a team that comes back finds what it left; and nobody else loses anything."""
    home, away = teams
    asked = message(DANA, "Is anybody there?")
    home.hears(asked)
    goes, store = asks_and_is_answered(away), away.workspace.store
    installed.left(AWAY, clock.now())
    store.commit(Change(facts=(("left", clock.now().isoformat()),)))
    away.heard.workspaces.find(AWAY)
    prunes(home.heard, clock, 89)
    assert store.conversation(goes)
    prunes(home.heard, clock, 1)
    assert (store.conversation(goes), store.channels(), store.fact("left")) == (None, (), "")
    assert home.workspace.store.conversation(f"{ACME}:{asked['event']['ts']}")


def test_one_that_fails_holds_up_no_other(teams, clock, caplog):
    """Where something is damaged, that is told, and the other workspaces go on."""
    home, away = teams
    asks_and_is_answered(home)
    one = asks_and_is_answered(away)

    def look(_: object) -> None:
        raise Damaged("The store's table entries holds a damaged record")

    home.workspace.retention.look = look
    prunes(home.heard, clock, 91)
    assert away.workspace.store.conversation(one) is None
    assert f"not all that is over in {HOME} is forgotten: The store's table" in caplog.text
