"""Figures for Prometheus: they count what happens, and give nobody away."""

from datetime import datetime

import pytest

from bot.core.ports import Figures
from bot.core.refusals import StoreFailed
from bot.metrics import Metrics
from storage.parts import MemoryStores
from storage.tiny import TinyStore
from tests.local import (
    ACME,
    AUTH,
    BEN,
    DANA,
    HOME,
    Clock,
    Office,
    command,
    link,
    message,
    office,
)
from tests.several import AWAY
from tests.web import samples
from tests.whole import Alone


class Measured:
    """Heard with a store that counts, and the page that tells."""

    def __init__(self, api: str, clock: Clock) -> None:
        self.metrics = Metrics()
        self.store = TinyStore.in_memory()
        stores = self.metrics.counting(Alone(self.store, HOME))
        self.office: Office = office(api, clock.now, stores.of(""))
        self.metrics.watch(stores, lambda: self.office.courier.overdue, clock)

    def hears(self, body: dict) -> None:
        self.office.hears(body)
        self.metrics.measured(body, 0.002)

    @property
    def page(self) -> str:
        return self.metrics.page({}).body

    @property
    def figures(self) -> dict[str, float]:
        return samples(self.page)


@pytest.fixture
def heard(web, clock) -> Measured:
    """Heard, which is measured."""
    return Measured(f"{web.url}api/", clock)


def test_what_slack_sends_is_counted_by_its_type(heard):
    """Types that Heard does not know, whoever made them up, count as others."""
    heard.hears(message(DANA))
    heard.hears(command(BEN))
    heard.metrics.measured({"type": "event_callback", "event": {"type": "acme_secret"}}, None)
    found = heard.figures
    assert found["heard_events_total{message}"] == 1
    assert found["heard_events_total{command}"] == 1
    assert found["heard_events_total{other}"] == 1
    assert found["heard_acknowledgement_seconds_count"] == 2
    assert found["heard_acknowledgement_seconds_bucket{0.0025}"] == 2


def test_nudges_and_the_outbox(heard, web, clock):
    """A nudge waits, ages while Slack is away, and counts once it was sent."""
    heard.hears(message(DANA))
    heard.office.delivers(clock.later(1700))
    assert heard.figures["heard_nudges_total"] == 0
    web.next["chat.postMessage"] = [429, {"ok": True, "channel": "C0TRIAGE001", "ts": "9.9"}]
    heard.office.delivers(clock.later(200))
    clock.later(60)
    assert heard.figures["heard_outbox_messages"] == 1
    assert heard.figures["heard_outbox_age_seconds"] == 60
    heard.office.delivers()
    found = heard.figures
    assert found["heard_nudges_total"] == 1
    assert found["heard_reminders_total"] == 0
    assert found["heard_outbox_age_seconds"] == 0


def test_promises(heard, web, clock):
    """They are open, overdue, broken, kept; a reminder of one is no nudge."""
    question = message(DANA)
    root = question["event"]["ts"]
    heard.hears(question)
    heard.hears(message(BEN, "I'll send it in 2 hours", thread_ts=root))
    found = heard.figures
    assert (found["heard_promises_open"], found["heard_promises_overdue"]) == (1, 0)
    sent = {"ok": True, "channel": "D1", "ts": "9.9"}
    web.next["conversations.open"] = [{"ok": True, "channel": {"id": "D1"}}] * 9
    web.next["chat.postMessage"] = [sent | {"ts": f"9.{number}"} for number in range(9)]
    for seconds in (3700, 2):
        heard.office.delivers(clock.later(seconds))
    assert heard.figures["heard_reminders_total"] == 1
    heard.office.delivers(clock.later(3700))
    found = heard.figures
    assert (found["heard_promises_open"], found["heard_promises_overdue"]) == (1, 1)
    assert found["heard_promises_broken_total"] == 1
    link_to_it = link(ACME, root)
    heard.office.asks(BEN, f"resolve {link_to_it}")
    found = heard.figures
    assert (found["heard_promises_open"], found["heard_promises_kept_total"]) == (0, 1)


def test_all_workspaces_are_counted_together(web, clock):
    """Each with its own store; which of them it is that waits, the page does not tell."""
    metrics, stores = Metrics(), MemoryStores()
    both = [office(f"{web.url}api/", clock.now, stores.of(one)) for one in (HOME, AWAY)]
    metrics.watch(stores, lambda: both[1].courier.overdue, clock)
    for one in both:
        asked = message(DANA)
        one.hears(asked, message(BEN, "I'll send it today", thread_ts=asked["event"]["ts"]))
    web.next["chat.postEphemeral"] = [429]
    both[1].delivers()
    clock.later(5)
    found = samples(metrics.page({}).body)
    assert found["heard_promises_open"] == 2
    assert found["heard_outbox_messages"] == sum(len(one.store.outbox()) for one in both)
    assert found["heard_outbox_age_seconds"] == 5


def test_nobody_is_given_away(heard):
    """No word of a message, no name and no id is on the page."""
    question = message(DANA, "The Zanzibar export fails")
    heard.hears(question)
    heard.hears(message(BEN, "I'll send Zanzibar by Friday", thread_ts=question["event"]["ts"]))
    heard.hears(command(BEN, "why Zanzibar"))
    for secret in ("Zanzibar", "export", ACME, DANA, BEN, "dana", AUTH["team_id"]):
        assert secret not in heard.page


def test_a_store_that_is_away_leaves_the_counters(heard, clock):
    """What happened is told all the same."""

    class Away(MemoryStores):
        def figures(self, _: datetime) -> Figures:
            raise StoreFailed("it is away")

    metrics = Metrics()
    metrics.watch(Away(), lambda: None, clock)
    found = samples(metrics.page({}).body)
    assert found["heard_nudges_total"] == 0
    assert "heard_promises_open" not in found
