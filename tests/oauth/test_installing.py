"""The pages by which Heard is installed: in a browser, against a Slack, in both databases."""

import json
import logging
from collections.abc import Callable
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import text

from handlers.installations import Installation
from handlers.installing import PATIENCE
from handlers.pages import INSTALL, REDIRECT
from tests.local import ROOT
from tests.oauth.slack import CLIENT, Place, no_secret_in, nothing_is_kept

LIGHTHOUSE = Place("T0LIGHT", "Lighthouse")
HARBOUR = Place("T0HARBOUR", "Harbour", "E0SEA")


@pytest.fixture(autouse=True)
def said(caplog) -> Callable[..., list[str]]:
    """All that is logged, as `--verbose` logs it."""
    for chatty in ("slack_bolt", "slack_sdk"):
        caplog.set_level(logging.WARNING, chatty)
    caplog.set_level(logging.DEBUG)

    def lines(level: int = logging.DEBUG) -> list[str]:
        return [one.getMessage() for one in caplog.records if one.levelno >= level]

    return lines


def test_the_first_page_leads_to_slack(heard):
    """Its button asks for the scopes in the manifest, and no others, of the app in the settings."""
    page = heard.browser.begins()
    assert (page.status, "Add Heard to Slack" in page.page) == (200, True)
    where = urlsplit(page.link)
    asked = {name: one for name, (one,) in parse_qs(where.query, keep_blank_values=True).items()}
    manifest = json.loads((ROOT / "manifest.json").read_text(encoding="utf-8"))
    assert where.path == "/oauth/v2/authorize"
    assert asked["client_id"] == CLIENT[0]
    assert sorted(asked["scope"].split(",")) == sorted(manifest["oauth_config"]["scopes"]["bot"])
    assert asked["user_scope"] == ""
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Referrer-Policy"] == "no-referrer"


def test_a_workspace_installs_heard(heard, slack, said):
    """Who says yes to Slack reads what to do next, and Heard has the token of their workspace."""
    page = heard.browser.installs(slack, HARBOUR)
    assert page.status == 200
    assert "Heard is in Harbour" in page.page
    assert "T0HARBOUR" in page.page
    assert page.link == "https://slack.com/app_redirect?app=A0HEARDAPP1&team=T0HARBOUR"
    assert heard.installed.find("T0HARBOUR") == Installation(
        workspace="T0HARBOUR",
        enterprise="E0SEA",
        bot_user=HARBOUR.bot,
        bot_id="BT0HARBOUR",
        token=slack.token(HARBOUR),
        url="https://harbour.slack.com/",
    )
    assert heard.installed.all() == ("T0HARBOUR",)
    assert "Heard was installed in workspace T0HARBOUR" in said()


def test_any_process_may_finish_what_another_began(start, slack):
    """The one that Slack sends the browser back to need not be the one that sent it away."""
    one, other = start(), start()
    browser = one.browser
    state = browser.begins().state
    browser.port = other.port
    assert browser.returns(state, slack.allows(LIGHTHOUSE)).status == 200
    found = one.installed.find("T0LIGHT")
    assert found
    assert found.token == slack.token(LIGHTHOUSE)


def test_who_changes_their_mind_is_thanked(heard, database):
    """A no to Slack is no error, and leaves nothing behind."""
    page = heard.browser.opens(f"{REDIRECT}?error=access_denied&state=x")
    assert (page.status, "that is fine" in page.page) == (200, True)
    assert page.link == INSTALL
    assert nothing_is_kept(database)


def test_a_state_expires(heard, slack, clock, database):
    """Ten minutes after it was begun, an installation has to begin again."""
    browser = heard.browser
    state = browser.begins().state
    clock.later(PATIENCE.total_seconds())
    page = browser.returns(state, slack.allows(LIGHTHOUSE))
    assert (page.status, "That took too long" in page.page) == (400, True)
    assert slack.calls == []
    assert nothing_is_kept(database)
    browser.begins()
    with database.transaction() as connection:
        assert connection.scalar(text("SELECT count(*) FROM slack_states")) == 1


def test_a_state_works_once(heard, slack):
    """A link that was used is of no use, also where the browser still has its cookie."""
    browser = heard.browser
    state = browser.begins().state
    cookie = browser.cookie
    assert browser.returns(state, slack.allows(LIGHTHOUSE)).status == 200
    browser.cookie = cookie
    assert browser.returns(state, slack.allows(HARBOUR)).status == 400
    assert heard.installed.all() == ("T0LIGHT",)


def test_of_two_at_once_one_gets_through(start, slack):
    """Two processes that are called with the same state at the same moment install but once."""
    processes = [start(), start()]
    browser = processes[0].browser
    state, cookie = browser.begins().state, browser.cookie
    found: list[int] = []

    def returns(number: int) -> None:
        own = processes[number % 2].browser
        own.cookie = cookie
        found.append(own.returns(state, slack.allows(LIGHTHOUSE)).status)

    threads = [Thread(target=returns, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [200, *[400] * 5]


def test_only_who_began_may_finish(heard, slack, database):
    """Whoever is lured to another's link installs nothing."""
    state = heard.browser.begins().state
    stranger = heard.browser
    assert stranger.returns(state, slack.allows(LIGHTHOUSE)).status == 400
    stranger.begins()
    assert stranger.returns(state, slack.allows(LIGHTHOUSE)).status == 400
    assert nothing_is_kept(database)


PEOPLES = Place("T0X", "X", more={"access_token": None})
EXPIRING = Place("T0X", "X", more={"refresh_token": "xoxe-1-secret", "expires_in": 43200})
WHOLE = Place("E0X", "X", "E0X", {"is_enterprise_install": True, "team": None})
UNKNOWN = "c0de.unknown"
UNCONFIRMED, LASTS = "Slack did not confirm it", "a bot&#x27;s token that lasts"


@pytest.mark.parametrize(
    ("attempt", "status", "words", "logged"),
    [
        (
            lambda one, _: one.returns(one.begins().state, UNKNOWN),
            400,
            UNCONFIRMED,
            "invalid_code",
        ),
        (lambda one, _: one.opens(f"{REDIRECT}?state={one.begins().state}"), 400, UNCONFIRMED, ""),
        (lambda one, _: one.opens(f"{REDIRECT}?error=%3Cscript%3E"), 400, UNCONFIRMED, ""),
        (lambda one, slack: one.installs(slack.broken(), LIGHTHOUSE), 400, UNCONFIRMED, "asked"),
        (lambda one, slack: one.installs(slack, PEOPLES), 400, LASTS, ""),
        (lambda one, slack: one.installs(slack, EXPIRING), 400, LASTS, ""),
        (lambda one, slack: one.installs(slack, WHOLE), 403, "whole organisation", ""),
    ],
)
def test_what_does_not_work_is_told(heard, slack, database, said, attempt, status, words, logged):
    """Each gets a page that says what happened, a line in the log, and leaves nothing behind."""
    page = attempt(heard.browser, slack)
    assert page.status == status
    assert words in page.page
    assert page.link == INSTALL
    assert "<script>" not in page.page
    assert nothing_is_kept(database)
    lines = " ".join(said(logging.WARNING))
    assert "came to nothing" in lines
    assert logged in lines
    assert no_secret_in(page.page, *said())


def test_a_database_that_is_away_is_told(heard, slack, database, said):
    """Who installs Heard just then is asked to come back, and no half of it is kept."""
    browser = heard.browser
    state = browser.begins().state
    with database.transaction() as connection:
        connection.execute(text("ALTER TABLE slack_installations RENAME TO gone"))
    page = browser.returns(state, slack.allows(LIGHTHOUSE))
    assert (page.status, "could not make a note" in page.page) == (503, True)
    assert "could not be kept" in " ".join(said(logging.ERROR))
    with database.transaction() as connection:
        assert connection.scalar(text("SELECT count(*) FROM slack_bots")) == 0
    assert no_secret_in(page.page, *said())


def test_no_secret_is_told(heard, slack, said):
    """Neither page nor log has a token, a code, a state or the app's own secret in it."""
    browser = heard.browser
    first = browser.begins()
    page = browser.returns(first.state, slack.allows(LIGHTHOUSE))
    heard.installed.find("T0LIGHT")
    assert no_secret_in(page.page, *said())
    assert first.state not in "".join((page.page, *said()))
    assert no_secret_in(repr(heard.installed.find("T0LIGHT")))
