"""Many workspaces in one process: Heard as it runs, from the first installation to the last."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from functools import partial
from threading import Event

import pytest
from slack_sdk.oauth.installation_store import Installation

from bot.app import Heard, SystemClock
from bot.config import Mode, Settings
from bot.oauth import installed
from bot.presence import ALIVE
from bot.server import listening
from bot.serving import running
from tests.local import eventually
from tests.oauth.conftest import KEYS, environment
from tests.oauth.slack import APP, CUSTOMERS, Browser, Market, Place, no_secret_in
from tests.web import Caller

LIGHTHOUSE, HARBOUR = Place("T0LIGHT", "Lighthouse"), Place("T0HARBOUR", "Harbour", "E0SEA")
TRIAGE = {LIGHTHOUSE.id: "C0LIGHTTRI", HARBOUR.id: "C0HARBOURT"}
SHARED = "C0SHARED01"
"""A channel that both workspaces share with a customer, and with each other."""


class Running:
    """Heard, and what Slack does to it."""

    def __init__(self, heard: Heard, port: int, slack: Market) -> None:
        self.heard = heard
        self.browser = Browser(port)
        self._slack = slack
        self._caller = Caller(port)
        self._number = 0

    def asks(self, place: Place, text: str = "The export fails", status: int = 200) -> None:
        """Have another customer write in the shared channel, as one workspace is told of it."""
        self._number += 1
        ts = f"{SystemClock().now().timestamp():.0f}.{self._number:06}"
        event = {
            "type": "message",
            "channel": SHARED,
            "channel_type": "channel",
            "user": f"U0DANA{self._number}",
            "team": CUSTOMERS,
            "text": text,
            "ts": ts,
            "event_ts": ts,
        }
        self.hears(place, event, status, is_ext_shared_channel=True)

    def hears(self, place: Place, event: dict, status: int = 200, **more: object) -> None:
        authorized = {"team_id": place.id, "user_id": place.bot, "is_bot": True}
        body = {
            "type": "event_callback",
            "team_id": CUSTOMERS,
            "event_id": f"Ev{self._number}",
            "authorizations": [authorized],
            "event": event,
            **more,
        }
        assert self._caller.tells(body).status == status

    def leaves(self, place: Place) -> None:
        """Have somebody remove Heard from a workspace: Slack tells of both, in any order."""
        self._slack.removes(place)
        tokens = {"oauth": [], "bot": [place.bot]}
        for event in ({"type": "tokens_revoked", "tokens": tokens}, {"type": "app_uninstalled"}):
            body = {"type": "event_callback", "team_id": place.id, "event": event}
            assert self._caller.tells(body).status == 200

    def cards(self, place: Place) -> list[str]:
        """Return the tokens with which something was posted in a workspace's triage channel."""
        return [
            token
            for token, arguments in self._slack.called("chat.postMessage")
            if arguments["channel"] == TRIAGE[place.id]
        ]


@pytest.fixture
def process(url, slack) -> Iterator[Running]:
    """Heard as `run --http` has it, in a hurry to nudge."""
    settings = Settings.from_env(
        {
            **environment(url, slack),
            "HEARD_TRIAGE": ",".join(f"{team}:{channel}" for team, channel in TRIAGE.items()),
            "HEARD_HOURS": "always",
            "HEARD_NUDGE_AFTER": "1s",
            "HEARD_ESCALATE_AFTER": "1h",
        },
        Mode.HTTP,
    )
    with running(settings, Mode.HTTP, Event().wait, SystemClock()) as started:
        assert started
        heard, front = started
        with listening(front, "127.0.0.1", 0, "HEARD_HTTP_PORT") as port:
            yield Running(heard, port, slack)


def test_from_the_first_installation_to_the_last(process, slack, caplog):
    """Each workspace is served with its own token, until it removes Heard, and again from then."""
    caplog.set_level(logging.INFO)
    for place in (LIGHTHOUSE, HARBOUR):
        assert process.browser.installs(slack, place).status == 200
        process.asks(place)
    for place in (LIGHTHOUSE, HARBOUR):
        eventually(partial(process.cards, place), what=f"the card in {place.name}")
        assert process.cards(place) == [slack.token(place)]

    process.asks(LIGHTHOUSE, "And the import fails, too")
    process.leaves(LIGHTHOUSE)
    process.asks(LIGHTHOUSE, "Hello?")
    process.asks(HARBOUR, "Is it only me?")
    eventually(lambda: len(process.cards(HARBOUR)) > 1, what="the next card in Harbour")
    assert len(process.cards(LIGHTHOUSE)) == 1
    assert process.heard.workspaces.find(LIGHTHOUSE.id) is None

    assert process.browser.installs(slack, LIGHTHOUSE).status == 200
    process.asks(LIGHTHOUSE, "Here we are again")
    eventually(lambda: len(process.cards(LIGHTHOUSE)) > 1, what="the next card in Lighthouse")
    assert process.cards(LIGHTHOUSE)[-1] == slack.token(LIGHTHOUSE)
    assert set(process.cards(HARBOUR)) == {slack.token(HARBOUR)}
    assert no_secret_in(caplog.text)


def test_what_comes_for_a_locked_workspace_comes_again(process, url, slack):
    """Nothing is acknowledged for it, nor counted as heard: a key may turn up."""
    elsewhere = Settings.from_env(environment(url, slack, KEYS[1]), Mode.HTTP)
    sealed = Installation(
        app_id=APP,
        team_id=LIGHTHOUSE.id,
        bot_user_id=LIGHTHOUSE.bot,
        bot_token="xoxb-1",
        user_id="U1",
    )
    installed(elsewhere, process.heard.stores).keep(sealed, "")
    assert process.browser.installs(slack, HARBOUR).status == 200
    process.asks(LIGHTHOUSE, status=503)
    process.asks(HARBOUR)
    alive_at = process.heard.stores.of("").fact(ALIVE)
    process.heard.beat()
    assert process.heard.stores.of("").fact(ALIVE) == alive_at
    assert process.browser.installs(slack, LIGHTHOUSE).status == 200
    process.asks(LIGHTHOUSE)
