"""Slack over HTTP, through a real server: who may speak, and what is answered to whom."""

import json
import logging
from collections.abc import Callable, Iterator
from threading import Thread

import pytest

from bot.core.model import Channel
from handlers import blocks, modals
from handlers.http import LARGEST, Answer, Requests
from storage.tiny import TinyStore
from tests.disk import Disk
from tests.handlers.forms import submitted
from tests.local import (
    ACME,
    BEN,
    DANA,
    GUS,
    HOME,
    Breakable,
    click,
    command,
    eventually,
    message,
)
from tests.web import FORM, JSON, SECRET, Caller, Reply, retry, serving, signature, signed
from tests.whole import WholeBot

ANYTHING = b'{"event": {"type": "message", "channel": "C1", "ts": "1.0"}}'


@pytest.fixture
def store() -> TinyStore:
    """A store that can fail."""
    return Breakable.in_memory()


@pytest.fixture
def heard(store, web, clock) -> Iterator[tuple[WholeBot, Caller]]:
    """Heard, and who calls it."""
    with serving(store, f"{web.url}api/", clock) as both:
        yield both


@pytest.fixture
def bot(heard) -> WholeBot:
    """The bot that is called."""
    return heard[0]


@pytest.fixture
def slack(heard) -> Caller:
    """Slack, as it calls."""
    return heard[1]


@pytest.fixture
def disk() -> Disk:
    """A disk that is in order, to begin with."""
    return Disk()


def test_what_slack_signed_is_taken_in(slack, store):
    """A customer's question with Slack's signature opens a conversation, and gets a plain 200."""
    assert slack.tells(message(DANA)) == Reply(200, "")
    assert len(store.waiting(ACME)) == 1


FORGED: dict[str, Callable[[], dict[str, str]]] = {
    "another secret": lambda: signed(ANYTHING, secret="0" * 32),
    "another body": lambda: signed(b"{}"),
    "stale": lambda: signed(ANYTHING, age=301),
    "from the future": lambda: signed(ANYTHING, age=-310),
    "no signature": lambda: signed(ANYTHING) | {"X-Slack-Signature": ""},
    "an odd signature": lambda: signed(ANYTHING) | {"X-Slack-Signature": "v0=é"},
    "no time": lambda: signed(ANYTHING) | {"X-Slack-Request-Timestamp": ""},
    "no number": lambda: {
        "X-Slack-Request-Timestamp": "soon",
        "X-Slack-Signature": signature(ANYTHING, "soon"),
    },
    "a number like no time": lambda: {
        "X-Slack-Request-Timestamp": "9" * 400,
        "X-Slack-Signature": signature(ANYTHING, "9" * 400),
    },
    "an endless number": lambda: {
        "X-Slack-Request-Timestamp": "9" * 5000,
        "X-Slack-Signature": signature(ANYTHING, "9" * 5000),
    },
}


@pytest.mark.parametrize("forged", FORGED.values(), ids=FORGED)
def test_what_slack_did_not_sign_is_refused(bot, slack, caplog, forged):
    """Forged, altered and old requests get 401, move nothing, and leave no word of theirs."""
    with caplog.at_level(logging.DEBUG):
        assert slack.posts(ANYTHING, **forged()) == Reply(401, "")
    assert not bot.history.is_behind()
    assert not [one for one in caplog.records if "C1" in one.getMessage() or one.exc_info]


def test_a_request_of_five_minutes_ago_is_heard(slack, store):
    """Clocks differ, and networks are slow."""
    body = json.dumps(message(DANA)).encode()
    assert slack.posts(body, **signed(body, age=290)).status == 200
    assert len(store.waiting(ACME)) == 1


def test_a_request_that_is_replayed_counts_once(slack, store):
    """The very same request again, signature and all, is acknowledged and changes nothing."""
    body = json.dumps(message(DANA)).encode()
    headers = signed(body)
    assert slack.posts(body, **headers).status == 200
    before = store.waiting(ACME)
    assert slack.posts(body, **headers).status == 200
    assert store.waiting(ACME) == before


def test_what_is_too_large_is_not_even_read(slack):
    """More than a megabyte gets 413 before its body was sent."""
    assert slack.begins(f"Content-Length: {LARGEST + 1}").status == 413
    assert slack.begins(f"Content-Length: {10**30}").status == 413


def test_a_large_request_is_read(slack):
    """A megabyte is no reason to say no: here the signature is."""
    assert slack.posts(b"x" * LARGEST, **signed(b"")).status == 401


@pytest.mark.parametrize("length", ["", "-1", "many"])
def test_a_body_of_unknown_length_is_refused(length):
    """Whatever server hands it over, nothing is read of which nobody says how long it is."""
    requests = Requests(None, SECRET, None)  # type: ignore[arg-type]
    assert requests.answer({"CONTENT_LENGTH": length}) == Answer(411)  # type: ignore[arg-type]


def test_only_one_address_is_slacks(slack):
    """Other methods and other addresses get a plain no."""
    assert slack.gets("/slack/events").status == 405
    assert slack.call("POST", "/slack/install", b"").status == 404
    assert slack.call("HEAD", "/slack/events").status == 405
    assert slack.call("POST", "/healthz", b"").status == 405


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"", JSON),
        (b"secret", JSON),
        (b'["secret"]', JSON),
        (b"null", JSON),
        (b'{"event": "secret', JSON),
        (b'["secret",' * 20_000, JSON),
        (b'{"event": "secret \xff"}', JSON),
        (b"payload=secret", FORM),
        (b"payload=", FORM),
        (b"text=secret+\xff", FORM),
    ],
    ids=range(10),
)
def test_what_is_no_payload_is_refused(slack, caplog, body, content_type):
    """Signed, and yet no JSON object or form: 400, and a line in the log without a word of it."""
    assert slack.posts(body, content_type) == Reply(400, "")
    (told,) = [one for one in caplog.records if one.name != "slack_bolt"]
    assert "neither JSON nor a form" in told.getMessage()
    assert "secret" not in caplog.text
    assert not told.exc_info


def test_the_address_can_be_verified(slack):
    """Slack asks once whether the address is ours, and gets its challenge back."""
    asked = {"type": "url_verification", "challenge": "3eZbrw1aBm", "token": "x"}
    assert slack.tells(asked).json == {"challenge": "3eZbrw1aBm"}
    assert slack.asks({"ssl_check": "1", "token": "x"}).status == 200


def test_an_event_that_nobody_uses_is_acknowledged(slack):
    """Slack would send it again and again."""
    assert slack.tells({"type": "event_callback", "event": {"type": "of_the_future"}}).status == 200


def test_a_command_is_answered_at_once(slack, store):
    """The answer is in the response, for the asker's eyes only."""
    slack.tells(message(DANA))
    answer = slack.asks(command(BEN, "claim")).json
    assert "You have claimed" in answer["text"]
    assert answer["response_type"] == "ephemeral"
    assert store.waiting(ACME)[0].claimer == BEN


def test_a_command_may_speak_of_a_payload(slack):
    """A form with a word in it that means something to Bolt is a form all the same."""
    answer = slack.asks(command(BEN, "check The payload was lost. payload=1&x"))
    assert answer.status == 200
    assert answer.json["text"]


def test_a_button_is_answered_at_once(slack, store, web):
    """A click does what it says, and tells so where Slack wants to hear it."""
    slack.tells(message(DANA))
    one = store.waiting(ACME)[0].id
    assert slack.does(click(BEN, blocks.CLAIM, one, f"{web.url}hook/1")).status == 200
    assert store.waiting(ACME)[0].claimer == BEN
    eventually(lambda: web.answers, what="the word to who clicked")


def test_a_form_is_answered_at_once(bot, slack):
    """What is wrong in a form is said in the form, which stays open."""
    view = modals.channel(Channel(id=ACME), bot.edge.desk.policy).to_dict()
    view["blocks"] = [one for one in view["blocks"] if one["element"]["type"] != "static_select"]
    answer = slack.does(submitted(BEN, view, nudge="soon")).json
    assert answer["response_action"] == "errors"
    assert "nudge" in answer["errors"]


def test_what_could_not_be_stored_comes_again(bot, slack, store):
    """A store that fails makes Slack send again; then it counts, once, and after that no more."""
    question = message(DANA)
    store.fails = True
    assert slack.tells(question).status == 500
    assert slack.tells(question, **retry(1)).status == 500
    assert bot.history.is_behind()
    store.fails = False
    assert slack.tells(question, **retry(2)).status == 200
    assert slack.tells(question, **retry(3, "http_timeout")).status == 200
    (waiting,) = store.waiting(ACME)
    assert waiting.wait.chases == 0
    assert len(store.log(waiting.id)) == 1


def test_a_store_that_is_away_is_told_in_a_line(slack, store, caplog):
    """Each event that comes meanwhile leaves in the log what happened, and no traceback."""
    store.fails = True
    assert slack.tells(message(DANA)).status == 500
    (told,) = [one for one in caplog.records if one.levelno >= logging.ERROR]
    assert "the disk is full" in told.getMessage()
    assert not told.exc_info


def test_a_retry_tells_that_more_may_be_missing(bot, slack):
    """What could not be delivered once was not the only thing: the channel is read again."""
    assert slack.tells(message(DANA), **retry(1, "http_timeout")).status == 200
    assert not bot.history.is_behind()
    assert slack.tells(message(DANA), **retry(1, "connection_failed")).status == 200
    assert bot.history.is_behind()


def test_what_slack_left_out_is_read(bot, slack):
    """Slack sends 30,000 events an hour, and then only says so: the rest is in the history."""
    limited = {"type": "app_rate_limited", "team_id": HOME, "minute_rate_limited": 1518467820}
    assert slack.tells(limited) == Reply(200, "")
    assert bot.history.is_behind()


def test_a_command_that_fails_says_so(slack, store):
    """Who asked is told with a number, and Slack does not ask twice."""
    slack.tells(message(DANA))
    store.fails = True
    answer = slack.asks(command(BEN, "claim"))
    assert answer.status == 200
    assert "Something went wrong" in answer.json["text"]


def test_nothing_is_acknowledged_before_it_is_durable(disk, web, clock):
    """Slack waits as long as the disk does, also with what another request has brought before."""
    replies: list[Reply] = []
    with serving(disk.store(), f"{web.url}api/", clock) as (bot, slack):
        disk.hold()
        question = message(DANA)
        senders = [Thread(target=lambda: replies.append(slack.tells(question))) for _ in range(2)]
        senders[0].start()
        assert disk.busy.wait(10)
        senders[1].start()
        eventually(lambda: len(bot.edge.desk.store.waiting(ACME)) == 1, what="the question")
        assert replies == []
        disk.free.set()
        for sender in senders:
            sender.join()
        assert [one.status for one in replies] == [200, 200]
        assert len(bot.edge.desk.store.open()) == 1


def test_what_the_disk_refused_is_not_acknowledged(disk, web, clock):
    """All that was in flight gets 5xx and is undone; sent again, each counts once."""
    replies: list[Reply] = []
    asked = [message(DANA), message(GUS)]
    with serving(disk.store(), f"{web.url}api/", clock) as (bot, slack):
        disk.full = True
        disk.hold()
        senders = [Thread(target=lambda one=one: replies.append(slack.tells(one))) for one in asked]
        for sender in senders:
            sender.start()
        assert disk.busy.wait(10)
        disk.free.set()
        for sender in senders:
            sender.join()
        assert all(one.status >= 500 for one in replies)
        assert bot.edge.desk.store.open() == ()
        disk.full = False
        assert [slack.tells(one, **retry(1)).status for one in asked] == [200, 200]
        assert len(bot.edge.desk.store.open()) == 2


def test_a_form_that_slack_did_not_sign_opens_nothing(slack, store):
    """Commands and clicks are refused like events."""
    slack.tells(message(DANA))
    body = b"command=%2Fheard&text=claim&user_id=" + BEN.encode()
    assert slack.posts(body, FORM, **signed(b"")).status == 401
    assert store.waiting(ACME)[0].claimer == ""
