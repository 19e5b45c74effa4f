"""`/heard promise` and `/heard promises`: what was typed, and what is owed."""

import re
from datetime import UTC, datetime

import pytest

from bot.core.ledger import Standing
from handlers import ledger, markup, refusals
from tests.handlers.test_blocks import check
from tests.local import (
    ACME,
    ANA,
    BEN,
    CLEO,
    DANA,
    GLOBEX,
    GUS,
    MONDAY,
    RANDOM,
    click,
    command,
    message,
    office,
)

FRIDAY = "2026-03-06T15:00"


def only(heard):
    """Return the one promise that is owed."""
    (promise,) = heard.store.owed()
    return promise


def plain(answer):
    """Return the words given back sign by sign."""
    texts = (one["text"] for one in answer["blocks"] if one["type"] == "section")
    return "\n".join(one["text"] for one in texts if one["type"] == "plain_text")


TYPED = {
    "send Acme the report by Friday 3pm": ("send Acme the report", FRIDAY),
    "send Acme the report BY Friday 3pm": ("send Acme the report", FRIDAY),
    "send a report written by Ana by Friday 3pm": ("send a report written by Ana", FRIDAY),
    "send the report\nby Friday 3pm": ("send the report", FRIDAY),
    "   send the report   by   Friday   3pm  ": ("send the report", FRIDAY),
    "ask <@U0CLEOAGNT1|cleo> for help by Friday 3pm": ("ask @cleo for help", FRIDAY),
    "fix &lt;b&gt; &amp; co by Friday 3pm": ("fix <b> & co", FRIDAY),
    'say "soon" to Acme by Friday 3pm': ('say "soon" to Acme', FRIDAY),
    "“get it done” by Friday 3pm": ("“get it done”", FRIDAY),
    "call them by Friday at 15:00 UTC": ("call them", FRIDAY),
    "call them Friday 3pm": ("call them Friday 3pm", FRIDAY),
    "call them in 2 hours": ("call them in 2 hours", "2026-03-02T12:00"),
    "stand by Acme tomorrow": ("stand by Acme tomorrow", "2026-03-03T17:00"),
    "\u202eetirw by Friday 3pm": ("\u202eetirw", FRIDAY),
    "send by Friday 3pm the report": ("send by Friday 3pm the report", FRIDAY),
    "call by the end of the day": ("call", "2026-03-02T17:00"),
    "x by tomorrow": ("x", "2026-03-03T17:00"),
}


@pytest.mark.parametrize("typed", TYPED)
def test_what_is_typed_is_noted(heard, typed):
    """What is promised, by when; the answer says so, and has buttons to change one's mind."""
    answer = heard.asks(BEN, f"promise {typed}")
    one = only(heard)
    assert (one.words, f"{one.due:%Y-%m-%dT%H:%M}") == TYPED[typed]
    assert (one.by, one.channel, one.ts) == (BEN, ACME, "")
    assert markup.when(one.due) in answer["text"]
    shown = [button["action_id"] for button in answer["blocks"][-1]["elements"]]
    assert shown == [ledger.DONE, ledger.MOVE, ledger.DROP]


UNREADABLE = {
    "nothing": ("", "Say what you promise, and by when"),
    "only when": ("by Friday", "Say what you promise, and by when"),
    "only a date": ("tomorrow at 9:00", "Say what you promise, and by when"),
    "no time": ("send the report", "By when?"),
    "no time, but by": ("send a report written by Ana", "I cannot read a time in “Ana”."),
    "nonsense": ("send it by 🎉 o'clock", "I cannot read a time"),
    "right to left": ("send it by \u202emp3 yadirF\u200f", "I cannot read a time"),
    "only a time": ("by", "By when?"),
    "vague": ("send it by and by", "I cannot read a time"),
    "markup": ("see <https://x.example|here> by <!channel>", "I cannot read a time"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_is_unclear_is_asked_back(heard, name, quiet):
    """The answer says what is missing, gives examples, and has all that was typed, to copy."""
    typed, said = UNREADABLE[name]
    answer = heard.asks(BEN, f"promise {typed}")
    assert said in answer["text"]
    assert "3pm" in answer["text"]
    assert "<!channel>" not in answer["text"]
    check(markup.Words(answer["text"], answer["blocks"]))
    assert heard.store.owed() == ()
    assert quiet() == []


@pytest.mark.parametrize("name", ["no time", "no time, but by", "vague"])
def test_what_was_typed_can_be_copied(heard, name):
    """It comes back as a command that works."""
    typed, _ = UNREADABLE[name]
    again = plain(heard.asks(BEN, f"promise {typed}"))
    assert again.startswith("/heard promise ")
    heard.asks(BEN, again.removeprefix("/heard "))
    assert only(heard).words in typed


@pytest.mark.parametrize("sign", ["x", "& ", "long words ", "\u202e"])
def test_three_thousand_characters_come_back_whole(heard, sign):
    """However much was typed, nothing of it is lost, and it is within Slack's limits."""
    typed = sign * (3000 // len(sign))
    answer = heard.asks(BEN, f"promise {typed}")
    check(markup.Words(answer["text"], answer["blocks"]))
    assert "".join(typed.split()) in "".join(plain(answer).split())
    heard.asks(BEN, f"promise {typed} by Friday 3pm")
    assert f"{only(heard).due:%Y-%m-%dT%H:%M}" == FRIDAY


def test_a_time_that_has_passed_is_asked_for_again(heard, clock):
    """It says what it understood, and that nothing is noted."""
    clock.at = datetime(2026, 3, 2, 23, 59, 30, tzinfo=UTC)
    answer = heard.asks(BEN, "promise send it by today")
    assert "has passed" in answer["text"]
    assert plain(answer) == "/heard promise send it by today by tomorrow 3pm"
    assert heard.store.owed() == ()


def test_a_promise_may_be_made_anywhere(heard):
    """In a private message there is no customer to name; it is noted all the same."""
    answer = heard.asks(BEN, "promise tidy up by Friday 3pm", "D0BENHEARD1")
    assert "tidy up" in answer["text"]
    assert only(heard).to == ""


@pytest.mark.parametrize("who", [DANA, GUS, "U0NOBODY"])
@pytest.mark.parametrize("words", ["promise it by Friday", "promises", "promises team"])
def test_customers_neither_promise_nor_look(heard, who, words):
    """A customer learns nothing of the ledger."""
    heard.asks(BEN, "promise secret plans by Friday 3pm")
    assert heard.asks(who, words)["text"] == refusals.CUSTOMER
    assert only(heard).by == BEN


# What is owed


def owes(heard, clock, who, what, channel=ACME):
    """Note a promise; each a second after the one before."""
    clock.later(1)
    heard.asks(who, f"promise {what}", channel)


@pytest.fixture
def ledger_of_three(heard, clock):
    """One of Ben's here, one of Ana's here, one of Cleo's elsewhere."""
    owes(heard, clock, BEN, "one thing by tomorrow")
    owes(heard, clock, ANA, "two things by Friday")
    owes(heard, clock, CLEO, "three things by Thursday", GLOBEX)


LISTS = {
    "": ("Your promises", "Promised here", "The others' promises"),
    "mine": ("Your promises",),
    "here": ("Promised here",),
    "team": ("The team's promises",),
    "TEAM": ("The team's promises",),
}
LISTED = {"": "one two three", "mine": "one", "here": "one two", "team": "one three two"}


@pytest.mark.parametrize("which", LISTS)
@pytest.mark.usefixtures("ledger_of_three")
def test_promises_are_listed(heard, which):
    """Mine, the channel's or the team's; without a word all of them, none of them twice."""
    answer = heard.asks(BEN, f"promises {which}")
    assert all(title in answer["text"] for title in LISTS[which])
    found = re.findall(r"\b(?:one|two|three)\b", answer["text"])
    assert found == LISTED[which.lower()].split()
    check(markup.Words(answer["text"], answer["blocks"]))


def test_what_is_overdue_comes_first(heard, clock):
    """Then what is due next; what has no date comes last."""
    heard.hears(message(DANA), message(BEN, "I'll look into that soon"))
    owes(heard, clock, BEN, "later by Friday")
    owes(heard, clock, BEN, "sooner by 11am")
    clock.later(2 * 3600)
    heard.delivers()
    lines = [one for one in heard.asks(BEN, "promises mine")["text"].splitlines() if "*" in one]
    assert ["Overdue" in lines[0], "Due" in lines[1], "No date" in lines[2]] == [True] * 3


@pytest.mark.parametrize("which", ["", "mine", "here", "team"])
def test_nothing_owed_is_said(heard, which):
    """An empty ledger is no empty answer."""
    assert "Nothing is owed" in heard.asks(BEN, f"promises {which}")["text"]


def test_an_unknown_list_is_explained(heard):
    """The lists that there are get named."""
    text = heard.asks(BEN, "promises <@U0ANALEAD01>")["text"]
    assert all(one in text for one in ("mine", "here", "team", "do not know"))
    assert "<@" not in text


@pytest.mark.parametrize("which", ["", "mine", "here", "team"])
def test_many_promises_fit(heard, clock, which):
    """Thirty in each list: the first are shown, the rest are counted, and Slack takes it."""
    for _ in range(30):
        owes(heard, clock, BEN, f"{'&' * 160} by Friday", RANDOM)
        owes(heard, clock, ANA, f"{'&' * 160} by Friday")
        owes(heard, clock, CLEO, f"{'&' * 160} by Friday", GLOBEX)
    answer = heard.asks(BEN, f"promises {which}")
    check(markup.Words(answer["text"], answer["blocks"]))
    assert "more" in answer["blocks"][-1]["elements"][0]["text"]


@pytest.mark.usefixtures("ledger_of_three")
def test_the_buttons_of_a_list_work(heard, web):
    """*Done* in a list is confirmed with the words that it is about, beside the list."""
    blocks = heard.asks(BEN, "promises")["blocks"]
    done = next(one["elements"][0] for one in blocks if one["type"] == "actions")
    container = {"type": "message", "channel_id": ACME, "is_ephemeral": True}
    heard.hears(
        click(CLEO, done["action_id"], done["value"], f"{web.url}hook/1", container=container)
    )
    (answer,) = web.answers
    assert "one thing" in answer["text"]
    assert not answer.get("replace_original")
    assert heard.store.promise(done["value"]).standing is Standing.KEPT


def test_a_command_that_comes_twice_promises_once(heard, web, clock):
    """Also where another process, or one that was started anew, is handed it again."""
    asked = command(BEN, "promise send Acme the report by Friday 3pm")
    heard.hears(asked)
    clock.later(60)
    another = office(f"{web.url}api/", clock.now, heard.store)
    another.hears(asked)
    assert only(heard).made_at == MONDAY
    another.desk.promises.dropped(only(heard).id, BEN, clock.now())
    office(f"{web.url}api/", clock.now, heard.store).hears(asked)
    assert heard.store.owed() == ()


def test_the_same_words_typed_twice_are_two_promises(heard):
    """Whoever types them again means it."""
    for _ in range(2):
        heard.asks(BEN, "promise send Acme the report by Friday 3pm")
    assert len(heard.store.owed()) == 2
