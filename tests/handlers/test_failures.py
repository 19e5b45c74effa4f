"""Slack or the store fails: what could not be taken in is not acknowledged, and succeeds later."""

import pytest

from bot.core.model import State
from tests.local import (
    ANA,
    BEN,
    DANA,
    GUS,
    Breakable,
    deleted,
    edited,
    message,
    office,
    reaction,
)

BROKEN = {
    "429": 429,
    "500": 500,
    "503": 503,
    "an error that passes": {"ok": False, "error": "internal_error"},
    "a token refused for now": {"ok": False, "error": "token_revoked"},
}


@pytest.mark.parametrize("how", BROKEN.values(), ids=BROKEN)
def test_an_author_nobody_can_look_up_comes_again(heard, web, how):
    """While Slack does not say who wrote, the event stays unacknowledged; sent again, it counts."""
    question = message(GUS)
    web.next["users.info"] = [how, how]
    assert heard.told(question).status != 200
    assert heard.told(question).status != 200
    assert heard.conversations() == []
    heard.hears(question)
    assert heard.states() == [State.WAITING]


def test_what_was_never_sent_again_is_read_from_history(heard, web):
    """A failed event leaves the bot knowing that it has a gap."""
    heard.history.catch_up(lambda _: None)
    web.next["users.info"] = [500]
    assert heard.told(message(GUS)).status != 200
    assert heard.history.is_behind()


def test_a_reaction_by_somebody_nobody_can_look_up_comes_again(heard, web):
    """The same for reactions."""
    question = message(DANA)
    heard.hears(question)
    claim = reaction(ANA, "eyes", question["event"]["ts"])
    web.next["users.info"] = [500]
    assert heard.told(claim).status != 200
    heard.hears(claim)
    assert heard.conversations()[0].claimer == ANA


def test_an_answer_nobody_can_look_up_does_not_end_the_wait(heard, web):
    """While it is not known who answered, the customer is still waiting."""
    question = message(DANA)
    answer = message(BEN, "Here", thread_ts=question["event"]["ts"])
    web.next["users.info"] = [429]
    heard.hears(question)
    assert heard.told(answer).status != 200
    assert heard.states() == [State.WAITING]
    heard.hears(answer)
    assert heard.states() == [State.ANSWERED]


def test_a_slack_that_cannot_be_reached_is_waited_for(clock):
    """Without any answer the event stays unacknowledged; who is surely foreign still counts."""
    heard = office("http://127.0.0.1:9/api/", clock.now)
    assert heard.told(message(GUS)).status != 200
    heard.hears(message(DANA))
    assert heard.states() == [State.WAITING]


EVENTS = {
    "a message": lambda asked: message(DANA, "Something else?", ts="1772449200.000100"),
    "a reply": lambda asked: message(BEN, "Here", thread_ts=asked["event"]["ts"]),
    "an edit": lambda asked: edited(asked, "Thank you"),
    "a deletion": deleted,
    "a claim": lambda asked: reaction(BEN, "eyes", asked["event"]["ts"]),
    "a tick": lambda asked: reaction(BEN, "white_check_mark", asked["event"]["ts"]),
}


@pytest.mark.parametrize("make", EVENTS.values(), ids=EVENTS)
def test_what_cannot_be_stored_is_not_acknowledged(heard, make):
    """While the store fails nothing is acknowledged or changed; sent again, it counts once."""
    asked = message(DANA)
    heard.hears(asked)
    heard.edge.person(BEN)
    before, event = heard.conversations(), make(asked)
    heard.store.fails = True
    assert heard.told(event).status != 200
    assert heard.told(event).status != 200
    assert heard.conversations() == before
    heard.store.fails = False
    heard.hears(event)
    after = heard.conversations()
    assert after != before
    heard.hears(event)
    assert heard.conversations() == after


def test_a_command_that_cannot_be_stored_says_so(heard, quiet):
    """Who typed it reads that it failed, with a number that is in the log too."""
    heard.hears(message(DANA))
    heard.edge.person(BEN)
    heard.store.fails = True
    answer = heard.asks(BEN, "claim")["text"]
    assert "went wrong" in answer
    (failure,) = quiet()
    assert failure.split()[1] in answer
    assert heard.conversations()[0].claimer == ""


def test_a_file_store_that_is_gone_is_not_acknowledged(web, clock, tmp_path):
    """A store that was closed beneath the bot acknowledges nothing; on a new one it all works."""
    store = Breakable.in_file(tmp_path / "heard.json")
    heard = office(f"{web.url}api/", clock.now, store)
    first, second = message(DANA), message(DANA, "And this?")
    heard.hears(first)
    store.close()
    assert heard.told(second).status != 200
    with_new = office(f"{web.url}api/", clock.now, Breakable.in_file(tmp_path / "heard.json"))
    with_new.hears(second)
    assert [one.wait and one.wait.chases for one in with_new.conversations()] == [1]
    with_new.store.close()
