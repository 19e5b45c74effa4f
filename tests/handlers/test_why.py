"""`/heard why` says which promise was read in a message, and how that stands."""

import pytest

from handlers import ledger
from tests.local import ACME, BEN, CLEO, DANA, click, deleted, link, message

SAID = "I'll send you the report by 4pm"


@pytest.fixture
def said(heard):
    """A message of Ben's in which he promises something to Dana; its event."""
    asked = message(DANA, "Where is the report?")
    told = message(BEN, SAID, thread_ts=asked["event"]["ts"])
    heard.hears(asked, told)
    return told


def why(heard, event):
    """Ask why a message counted."""
    return heard.asks(CLEO, f"why {link(ACME, event['event']['ts'])}")["text"]


def by_button(action):
    """Return what presses a button on the promise."""

    def press(heard, web, clock):
        (promise,) = heard.store.owed()
        heard.hears(click(CLEO, action, promise.id, f"{web.url}hook/1"))

    return press


def in_time(heard, web, clock):
    """Give it another date in time."""
    (promise,) = heard.store.owed()
    due = promise.due.replace(day=4)
    heard.desk.promises.moved(promise.id, CLEO, due, clock.now())


def passes(heard, web, clock):
    """Let the time pass."""
    clock.later(9 * 3600)
    heard.delivers()


def too_late(heard, web, clock):
    """Keep it only then."""
    passes(heard, web, clock)
    by_button(ledger.DONE)(heard, web, clock)


BECAME = {
    "still open": lambda *_: None,
    f"kept by <@{CLEO}>": by_button(ledger.DONE),
    f"kept by <@{CLEO}>, late": too_late,
    f"taken out of the ledger by <@{CLEO}>": by_button(ledger.DROP),
    f"given another date by <@{CLEO}>": in_time,
    "overdue": passes,
}


@pytest.mark.parametrize("stands", BECAME)
def test_why_tells_what_was_promised(heard, web, clock, said, stands):
    """After why it counted: the words, when they are due, and what became of them."""
    BECAME[stands](heard, web, clock)
    first, *_, last = why(heard, said).splitlines()
    assert "an answer by our colleague" in first
    assert last.startswith("I read a promise in it: _I'll send you the report by 4pm_, due <!date")
    assert last.endswith(f": {stands}.")


def test_a_promise_without_a_date_is_said_to_be_one(heard, web):
    """Also where nobody was waiting when it was made."""
    told = message(BEN, "We'll fix that soon")
    heard.hears(message(DANA, "Thanks!"), told)
    web.messages[ACME, told["event"]["ts"]] = told["event"]
    answer = why(heard, told)
    assert "nobody was waiting" in answer
    assert "without a date: still open" in answer


def test_each_of_two_promises_is_told(heard):
    """One line for each."""
    told = message(BEN, "I'll send the report by Friday. We'll ship the fix on Thursday.")
    heard.hears(message(DANA), told)
    assert why(heard, told).count("I read a promise in it") == 2


@pytest.mark.parametrize("text", ["Here it is", "If you send the logs, I will look tomorrow"])
def test_where_there_is_none_none_is_told(heard, text):
    """Nothing is said of promises, where none was read."""
    told = message(BEN, text)
    heard.hears(message(DANA), told)
    assert "promise" not in why(heard, told)


def test_a_deleted_promise_is_still_told(heard, said):
    """It stands until its promiser says otherwise."""
    heard.hears(deleted(said))
    answer = why(heard, said)
    assert "deleted" in answer
    assert "still open" in answer


def test_words_of_a_promise_ping_nobody(heard):
    """They are shown as they were written."""
    told = message(BEN, "<!channel> we'll send it to <@U0CLEOAGNT1> by Friday")
    heard.hears(message(DANA), told)
    assert "<!channel>" not in why(heard, told)
