"""Whether all is well: green, red with a reason, and green again; never a name or a word."""

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.core.refusals import StoreFailed
from bot.scheduler import Loop
from storage.tiny import TinyStore
from tests.local import GUS, eventually, message
from tests.web import Caller, Reply, serving
from tests.whole import WholeBot

WELL = Reply(200, '{"ok": true, "reason": "all is well"}')


class Unreadable(TinyStore):
    """A store that cannot be read while `fails` is set, as a database that is away."""

    fails = False

    def fact(self, name: str) -> str:
        if self.fails:
            raise StoreFailed("postgresql://acme:secret@db is away")
        return super().fact(name)


@pytest.fixture
def store() -> TinyStore:
    """A store that can be away."""
    return Unreadable.in_memory()


@pytest.fixture
def heard(store, web, clock) -> Iterator[tuple[WholeBot, Caller]]:
    """Heard, with its loops, and who asks how it is."""
    with serving(store, f"{web.url}api/", clock) as (heard, caller):
        heard.start()
        yield heard, caller


def reason(caller: Caller) -> str:
    """Return why it is not ready, in one line of JSON."""
    reply = caller.gets("/readyz")
    assert reply.status == 503
    assert "\n" not in reply.text
    assert not json.loads(reply.text)["ok"]
    return str(json.loads(reply.text)["reason"])


def test_all_is_well(heard):
    """Both say so, with 200."""
    assert heard[1].gets("/healthz") == heard[1].gets("/readyz") == WELL


def test_it_can_be_asked_without_a_body(heard, store):
    """HEAD, which uptime checks send, is answered as GET is, but for the body."""
    well = heard[1].begins("Connection: close", request="HEAD /healthz")
    assert well.status == 200
    assert f"Content-Length: {len(WELL.text)}\n" in well.text
    assert well.text.endswith("\n\n")
    store.fails = True
    assert heard[1].call("HEAD", "/readyz") == Reply(503, "")


def test_a_store_that_is_away_makes_it_unready(heard, store):
    """It lives and is not ready; which store it is stays in the log."""
    store.fails = True
    assert reason(heard[1]) == "the store cannot be reached"
    assert heard[1].gets("/healthz") == WELL
    store.fails = False
    assert heard[1].gets("/readyz") == WELL


def test_a_message_that_cannot_be_sent_makes_it_unready(heard, web, clock):
    """Put off again and again for more than ten minutes, it turns red until it is sent."""
    bot, caller = heard
    web.next["chat.postMessage"] = [429] * 1000
    caller.tells(message(GUS))
    clock.later(1801)
    eventually(lambda: web.called("chat.postMessage"), what="the first try")
    assert caller.gets("/readyz") == WELL
    for _ in range(11):
        clock.later(60)
        tries = len(web.called("chat.postMessage"))
        eventually(lambda: len(web.called("chat.postMessage")) > tries, what="another")  # noqa: B023
    assert reason(caller) == "a message could not be sent for 11 min"
    assert caller.gets("/healthz") == WELL
    web.next["chat.postMessage"] = [{"ok": True, "channel": "D1", "ts": "9.9"}] * 9
    clock.later(60)
    eventually(lambda: bot.courier.overdue is None, what="its sending")
    assert caller.gets("/readyz") == WELL


def test_what_waits_for_the_morning_is_not_stuck(heard, store, clock):
    """A message for later is none that could not be sent."""
    heard[1].tells(message(GUS))
    clock.at -= timedelta(hours=1)
    assert heard[1].gets("/readyz") == WELL


def test_a_loop_that_ended_makes_it_dead(heard):
    """Without its rounds it neither lives nor is ready, until somebody starts it again."""
    bot, caller = heard
    rounds = bot.loops[0]
    rounds.stop()
    assert reason(caller) == "these do not go on: looking after workspaces"
    assert caller.gets("/healthz").status == 503
    bot.loops[0] = Loop(rounds.name, rounds.work, rounds.every)
    bot.loops[0].start()
    assert caller.gets("/healthz") == caller.gets("/readyz") == WELL


def test_it_is_not_ready_before_it_has_begun(store, web, clock):
    """Whoever asks early is told so."""
    with serving(store, f"{web.url}api/", clock) as (_, caller):
        assert reason(caller) == "not started yet"
        assert caller.gets("/healthz") == WELL
