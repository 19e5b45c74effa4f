"""`inspect` says what Heard understands, of one message or of a stream of them."""

import json
from datetime import UTC, datetime

import pytest

from bot.inspection import Unreadable, explain, inspect

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def _one(**line):
    row = {"id": 1, "text": "Any news?", "author": "customer", **line}
    return json.loads(next(inspect([json.dumps(row)], MONDAY)))


def test_a_customers_message():
    """Whether it needs a reply, whether its writer is upset, what it is, and why so."""
    assert _one() == {
        "id": 1,
        "needs_reply": True,
        "upset": False,
        "kind": "chase",
        "why": "it asks where the answer is",
    }


def test_a_message_is_read_after_what_was_said_before():
    """The same "ok" is an answer after our question, and an end after our statement."""
    assert _one(text="ok", context="customer: Hi || agent: Shall I restart it?")["needs_reply"]
    assert not _one(text="ok", context="agent: Shall I? || agent: I restarted it.")["needs_reply"]
    assert not _one(text="ok", context="customer: Shall I restart it?")["needs_reply"]


def test_a_promise_is_due_in_the_promisers_time():
    """The due time carries the offset of their zone, also across a change of the clocks."""
    found = _one(
        text="I'll send it on Monday.",
        author="agent",
        sent_at="2026-03-27T10:00:00+01:00",
        tz="Europe/Berlin",
    )
    assert found["promise"] is True
    assert found["due"] == "2026-03-30T17:00:00+02:00"
    assert found["precision"] == "day"


@pytest.mark.parametrize("text", ["It is fixed.", "Could you send the logs tomorrow?"])
def test_no_promise(text):
    """What is done, and what the customer should do, is none."""
    found = _one(text=text, author="agent")
    assert found == {"id": 1, "promise": False, "due": None, "precision": None, "words": None}


def test_without_a_time_it_was_written_now():
    """A line needs no more than its words."""
    assert _one(text="I'll check by tomorrow.", author="agent")["due"].startswith(
        "2026-03-03T17:00"
    )


def test_a_draft_is_checked():
    """What a draft risks comes with the words, why, and kinder ones."""
    found = _one(text="As I said, the export is ready.", author="draft")
    assert found["labels"] == ["defensive"]
    (one,) = found["findings"]
    assert one["label"] == "defensive"
    assert one["words"] == [0, 9]
    assert one["why"].endswith(".")
    assert one["kinder"] == "The export is ready."


def test_a_good_draft():
    """There is nothing to say of it."""
    found = _one(text="The export is ready.", author="draft")
    assert found == {"id": 1, "labels": [], "findings": []}


@pytest.mark.parametrize(
    "context",
    [
        ["agent: Sorry for the delay!", "customer: any news?"],
        "agent: Sorry for the delay! || customer: any news?",
        ["Sorry for the delay!"],
    ],
)
def test_a_draft_after_earlier_lines(context):
    """Lines before the draft are a colleague's, unless they say that they are the customer's."""
    text = "Sorry again, Kim. The export is ready."
    assert _one(text=text, author="draft")["labels"] == []
    assert _one(text=text, author="draft", context=context)["labels"] == ["over_apology"]
    customers = ["customer: Sorry for the late answer! Which shard was it?"]
    text = "The shard was slow, sorry. It is fast again."
    assert _one(text=text, author="draft", context=customers)["labels"] == []


def test_lines_come_out_as_they_come_in():
    """Each line is answered before the next is read, and empty ones are passed over."""
    given = iter(['{"id": 1, "text": "Hello"}', "", '{"id": 2, "text": "Thanks!"}'])
    answers = inspect(given, MONDAY)
    assert json.loads(next(answers))["id"] == 1
    assert next(given) == ""
    second = json.loads(next(answers))
    assert (second["id"], second["needs_reply"], second["upset"]) == (2, False, False)


@pytest.mark.parametrize(
    ("line", "cure"),
    [
        ("{", "not JSON"),
        ("[]", "needs"),
        ('{"id": 1}', "needs"),
        ('{"id": 1, "text": "x", "author": "robot"}', "one of"),
        ('{"id": 1, "text": "x", "tz": "Mars"}', "Europe/Berlin"),
        ('{"id": 1, "text": "x", "sent_at": "soon"}', "2026-03-02T10:00"),
        ('{"id": 1, "text": "x", "context": 7}', "earlier lines"),
    ],
)
def test_a_faulty_line_is_named(line, cure):
    """The fault says in which line it is, and what to write."""
    with pytest.raises(Unreadable, match="line 1") as fault:
        list(inspect([line], MONDAY))
    assert cure in str(fault.value)


def test_a_promise_is_marked_for_people():
    """On a terminal the words that promise stand in brackets, with the due time and the reason."""
    said = explain("Sorry. I'll fix it by Friday.", "agent", MONDAY)
    assert "due Friday 06 March 2026, 17:00 UTC" in said
    assert "[I'll fix it by Friday]" in said
    assert "Why:" in said


def test_a_draft_is_marked_for_people():
    """On a terminal each finding stands with its words in brackets; a good draft reads well."""
    said = explain("As I said, the export is ready.", "draft", MONDAY)
    assert "[As I said], the export is ready." in said
    assert "Kinder: The export is ready." in said
    assert explain("The export is ready.", "draft", MONDAY) == "It reads well."


@pytest.mark.parametrize(
    ("text", "mood"),
    [
        ("This is unacceptable", "sounds upset, so the times are halved"),
        ("We need this ASAP", "is in a hurry, so the times are halved"),
        ("Where is the menu?", "does not sound upset"),
    ],
)
def test_the_mood_is_told_to_people(text, mood):
    """On a terminal an upset customer and one in a hurry are told apart, each with a reason."""
    said = explain(text, "customer", MONDAY)
    assert mood in said
    assert "Why: it " in said
