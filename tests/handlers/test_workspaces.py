"""Many workspaces in one process: each has its own, and nothing reaches across."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest

from bot.core.model import Channel
from handlers import blocks, modals
from handlers.template_forms import MENU
from tests.handlers import forms
from tests.local import (
    ACME,
    ANA,
    BEN,
    BOT,
    CLEO,
    DANA,
    GLOBEX,
    GUS,
    HOME,
    Clock,
    click,
    command,
    envelope,
    eventually,
    message,
    reaction,
)
from tests.postgres import postgres
from tests.several import AWAY, EPOCH, Installed, Slack, Team, installation, serving, slack

DELAY = "delay.neutral"


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path: Path) -> Iterator[str]:
    """Name one database for all workspaces."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'heard.db'}"
        return
    with postgres() as server:
        yield server.fresh_url()


@pytest.fixture
def sqlite(tmp_path: Path) -> str:
    """Name a database where it matters little which kind it is of."""
    return f"sqlite:///{tmp_path / 'heard.db'}"


@pytest.fixture
def web() -> Iterator[Slack]:
    """A Slack that tells workspaces by their tokens."""
    with slack() as server:
        yield server


@pytest.fixture
def installed() -> Installed:
    """Two workspaces that have installed it."""
    return Installed(HOME, AWAY)


@pytest.fixture
def teams(sqlite, web, clock, installed) -> Iterator[tuple[Team, Team]]:
    """Serve two workspaces in one process."""
    with serving(sqlite, f"{web.url}api/", clock, installed) as (heard, _):
        yield Team(heard, web, HOME), Team(heard, web, AWAY)


def a_day(team: Team, clock: Clock, hook: str) -> None:
    """Let everything happen that people do, with the same ids whichever workspace it is."""
    ts = ["1772445601.000100", "1772445602.000100", "1772445603.000100"]
    asked = message(DANA, "The export fails", ts[0])
    team.hears(asked, reaction(BEN, "eyes", ts[0], event_ts="1772445601.000200"))
    team.hears(message(DANA, "And the import", ts[1], channel="C0GLOBEX001"))
    team.asks(BEN, f"owners <@{ANA}>")
    team.asks(BEN, "resolve")
    team.hears(click(CLEO, blocks.CLAIM, f"C0GLOBEX001:{ts[1]}", hook))
    team.hears(message(DANA, "It fails again!", ts[2], thread_ts=ts[0]))
    team.asks(BEN, "promise send Dana the report in 2 hours")
    team.asks(BEN, "channel")
    view = forms.read(team.called("views.open")[-1]["view"])
    team.hears(forms.submitted(BEN, view, nudge="20m"))
    team.asks(BEN, "templates")
    view = forms.read(team.called("views.open")[-1]["view"])
    team.hears(forms.pressed(BEN, view, MENU, f"take_away|{DELAY}"))
    team.hears(forms.submitted(BEN, forms.read(team.called("views.push")[-1]["view"])))
    for _ in range(8):
        clock.later(1200)
        team.goes_on()


def test_nothing_reaches_across(url, web, clock, installed):
    """The same day with the same ids leaves the same behind in each, and no trace in the other."""
    with serving(url, f"{web.url}api/", clock, installed) as (heard, _):
        home, away = Team(heard, web, HOME), Team(heard, web, AWAY)
        begun, empty = clock.now(), away.everything()
        a_day(home, clock, f"{web.url}hook/home")
        remembered, calls = home.everything(), home.calls()
        assert not [number for number, one in enumerate(remembered) if not one]
        assert len(home.called("chat.postMessage")) > 4
        assert away.everything() == empty
        assert away.calls() == 0
        clock.at = begun
        a_day(away, clock, f"{web.url}hook/away")
        assert home.everything() == remembered
        assert home.calls() == calls
        assert set(web.told) == {home.token, away.token}
        alike = json.loads(json.dumps(web.told[away.token]).replace(AWAY, HOME))
        assert alike == [list(one) for one in web.told[home.token]]
        assert repr(away.everything()).replace(AWAY, HOME) == repr(remembered)


def test_a_button_of_another_workspace_does_nothing(teams, web):
    """The id of a conversation over there is that of none here."""
    home, away = teams
    asked = message(DANA)
    home.hears(asked)
    before = home.everything()
    away.hears(click(BEN, blocks.RESOLVE, f"{ACME}:{asked['event']['ts']}", f"{web.url}hook/1"))
    assert home.everything() == before
    assert away.workspace.store.touched(EPOCH, 99) == ()


def test_in_a_shared_channel_the_authorization_names_the_workspace(teams):
    """Whatever other ids an event has, of the customer's team or of the channel's other side."""
    home, away = teams
    ours = [{"team_id": HOME, "user_id": BOT, "is_bot": True, "is_enterprise_install": False}]
    asked = message(DANA) | {"team_id": AWAY, "context_team_id": AWAY, "authorizations": ours}
    home.hears(asked)
    assert len(home.workspace.store.waiting(ACME)) == 1
    assert away.workspace.store.waiting(ACME) == ()


def test_a_form_goes_to_the_workspace_that_opened_it(teams):
    """Somebody of another team who sends it off is named as of theirs, the form as ours."""
    home, away = teams
    view = modals.channel(Channel(id=ACME), home.workspace.edge.desk.policy).to_dict()
    sent = forms.submitted(BEN, view | {"app_installed_team_id": HOME}, nudge="5m")
    home.hears(sent | {"team": {"id": AWAY}, "user": {"id": BEN, "team_id": AWAY}})
    (channel,) = home.workspace.store.channels()
    assert channel.targets
    assert away.workspace.store.channels() == ()


@pytest.mark.parametrize("body", [message(DANA), command(BEN), click(BEN, blocks.CLAIM, "x", "")])
def test_what_is_not_for_us_is_acknowledged_without_a_word(teams, web, quiet, body):
    """A workspace that has not installed Heard: no answer, no call, nothing in the log."""
    elsewhere = Team(teams[0].heard, web, "T0STRANGER1")
    response = elsewhere.told(body)
    assert (response.status, response.body) == (200, "")
    assert not web.told
    assert quiet() == []


def test_an_installation_for_a_whole_organisation_is_refused(teams, caplog):
    """It is acknowledged, and the log says once what to do instead."""
    home, _ = teams
    whole = [{"team_id": HOME, "user_id": BOT, "is_bot": True, "is_enterprise_install": True}]
    home.hears(message(DANA) | {"authorizations": whole})
    assert home.asks(BEN, "open", is_enterprise_install="true") == ""
    assert home.workspace.store.channels() == ()
    (said,) = [one.getMessage() for one in caplog.records if one.levelname == "WARNING"]
    assert "install it in each workspace" in said


def test_slack_is_shaken_hands_with_whoever_it_is(teams):
    """The address can be entered in Slack before the first workspace has installed Heard."""
    body = {"type": "url_verification", "challenge": "3eZbrw1aB"}
    assert "3eZbrw1aB" in teams[0].told(body).body


def test_installed_again_it_goes_by_the_new_token(teams, web, installed):
    """Nothing is called under the old one any more, and what was missed meanwhile is read."""
    home, away = teams
    home.hears(message(BEN))
    before = home.calls()
    installed.where[HOME] = installation(HOME, f"xoxb-{HOME}-2")
    assert home.workspace.is_behind()
    home.hears(message(CLEO))
    assert home.calls() == before
    assert web.under(f"xoxb-{HOME}-2", "users.info") == [{"user": CLEO}]
    assert away.calls() == 0


REMOVED = [
    envelope({"type": "app_uninstalled"}),
    envelope({"type": "tokens_revoked", "tokens": {"bot": [BOT]}}),
    envelope({"type": "tokens_revoked"}),
    envelope({"type": "app_uninstalled"}, authorizations=[]),
]


@pytest.mark.parametrize("body", REMOVED)
def test_removed_from_a_workspace_it_stops_there(teams, clock, installed, body):
    """Its nudges are not sent, while the other workspace's are."""
    home, away = teams
    for team in teams:
        team.hears(message(DANA))
    home.hears(body)
    assert installed.all() == (AWAY,)
    away.heard.start()
    clock.later(1801)
    eventually(lambda: away.called("chat.postMessage"), what="the nudge")
    assert home.heard.workspaces.find(HOME) is None
    assert home.calls() == 0
    assert not away.heard.fault()


def test_a_removal_of_which_nobody_was_told_is_found_out(teams, web, installed):
    """While Heard was down it was removed: what Slack says of the token tells as much."""
    home, away = teams
    web.revoked.add(home.token)
    home.heard.start()
    eventually(lambda: installed.all() == (AWAY,), what="that it is noticed")
    eventually(lambda: not away.workspace.history.is_behind(), what="the other's history")


@pytest.mark.parametrize("tokens", [{"oauth": [BEN]}, {"bot": ["U0OTHERBOT1"]}])
def test_a_token_of_somebody_else_may_be_revoked(teams, installed, tokens):
    """Only the bot's own ends its work."""
    teams[0].hears(envelope({"type": "tokens_revoked", "tokens": tokens}))
    assert installed.all() == (HOME, AWAY)


def test_a_slow_slack_holds_up_its_own_workspace_only(teams, web, clock):
    """While nothing can be posted in one, the other gets its nudges, again and again."""
    home, away = teams
    web.free[home.token] = Event()
    for team in teams:
        team.hears(message(DANA))
    home.heard.start()
    clock.later(1801)
    eventually(lambda: away.called("chat.postMessage"), what="the nudge")
    eventually(lambda: home.called("chat.postMessage"), what="its own, which is held up")
    away.hears(message(DANA, channel=GLOBEX))
    clock.later(1801)
    eventually(lambda: len(away.called("chat.postMessage")) > 1, what="another")
    assert len(home.called("chat.postMessage")) == 1
    web.free[home.token].set()
    eventually(lambda: not home.workspace.store.outbox(), what="the end of its own")


def test_a_workspace_that_fails_holds_up_no_other(teams, clock, installed):
    """Where nobody can tell how one is installed, the others get their nudges."""
    home, away = teams
    for team in teams:
        team.hears(message(DANA))
    installed.broken.add(HOME)
    home.heard.start()
    clock.later(1801)
    eventually(lambda: away.called("chat.postMessage"), what="the nudge")
    assert home.called("chat.postMessage") == []


def test_a_message_stuck_in_any_workspace_makes_it_unready(sqlite, web, clock, installed):
    """Unless another process looks after that one: whether it can send, that one tells."""
    with serving(sqlite, f"{web.url}api/", clock, installed) as (heard, stores):
        away = Team(heard, web, AWAY)
        away.hears(message(GUS))
        clock.later(1801)
        web.fails.add(away.token)
        away.goes_on()
        assert heard.overdue() == clock.now()
        clock.later(601)
        away.goes_on()
        assert clock.now() - heard.overdue() == timedelta(seconds=601)
        stores.elsewhere.add(AWAY)
        assert heard.overdue() is None


def test_what_another_process_looks_after_is_left_to_it(sqlite, web, clock, installed):
    """Nothing is decided or sent there; as soon as it is ours, it is."""
    with serving(sqlite, f"{web.url}api/", clock, installed) as (heard, stores):
        home = Team(heard, web, HOME)
        heard.start()
        home.hears(message(DANA))
        stores.elsewhere.add(HOME)
        clock.later(1801)
        home.workspace.deliver()
        assert home.workspace.store.outbox() == ()
        home.workspace.make_rounds()
        home.workspace.deliver()
        assert len(home.workspace.store.outbox()) == 1
        assert home.called("chat.postMessage") == []
        stores.elsewhere.clear()
        eventually(lambda: home.called("chat.postMessage"), what="the nudge")


def test_only_what_nobody_listened_to_is_read_from_history(sqlite, web, clock, installed):
    """A process that comes beside others trusts them; after a silence each workspace is read."""

    def reads(of: tuple[str, ...], after: float) -> None:
        clock.later(after)
        web.told.clear()
        with serving(sqlite, f"{web.url}api/", clock, installed) as (heard, _):
            teams = [Team(heard, web, one) for one in installed.all()]
            heard.start()
            eventually(lambda: len(heard.workspaces.at_work()) == 2, what="the first look")
            eventually(
                lambda: not [one for one in teams if one.workspace.history.is_behind()],
                what="the end of it",
            )
            assert {one.id for one in teams if one.called("users.conversations")} == set(of)
            heard.beat()
            for team in teams:
                assert team.workspace.history.is_whole(ACME) is (team.id not in of)

    reads((HOME, AWAY), 0)
    reads((), 50)
    reads((), 300)
    reads((HOME, AWAY), 1000)


def test_what_a_process_has_missed_itself_is_read(sqlite, web, clock, installed):
    """That another one has caught up a moment ago is no reason not to."""
    with serving(sqlite, f"{web.url}api/", clock, installed) as (heard, _):
        heard.start()
        eventually(lambda: len(heard.workspaces.at_work()) == 2, what="the first look")
        eventually(
            lambda: not [one for one in heard.workspaces.at_work() if one.history.is_behind()],
            what="the end of it",
        )
        heard.beat()
    clock.later(30)
    with serving(sqlite, f"{web.url}api/", clock, installed) as (heard, _):
        home = Team(heard, web, HOME)
        assert not home.workspace.is_behind()
        web.told.clear()
        home.hears(envelope({"type": "channel_shared", "channel": ACME}))
        home.workspace.catch_up()
        assert home.called("users.conversations")
