"""What people read about promises keeps within Slack's limits, however much there is to say."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.core.cards import PromiseLine, View
from bot.core.ledger import Fate, Promise, Standing, Turn, turned
from bot.core.model import Channel
from bot.core.outgoing import About, Reason
from bot.core.policy import rules
from bot.core.reminders import Instead
from bot.core.replies import Register
from bot.demo.views import accepted_modal
from handlers import blocks, ledger, promise_forms
from handlers.links import Links
from tests.handlers.test_blocks import NASTY, check
from tests.local import ACME, BEN, CLEO, DANA, MONDAY, URL

LINKS = Links(URL)
UTC = ZoneInfo("UTC")
DUE = MONDAY + timedelta(hours=3)
REASONS = [Reason.REMINDER, Reason.OVERDUE, Reason.BROKEN, Reason.FALLBACK]


def promise(words="Send the report", number=0, due=DUE, **fields):
    """Make a promise of Ben's to Dana."""
    made = Turn(key="made", fate=Fate.MADE, by=BEN, at=MONDAY, due=due)
    blank = Promise(
        id=f"{ACME}:1772445700.000100/{number}",
        channel=ACME,
        conversation=f"{ACME}:1.0",
        by=BEN,
        words=words[:160],
        thread="1772445600.000100",
        ts=f"{1772445700 + number}.000100",
        to=DANA,
        **fields,
    )
    return turned(blank, made)


def line(policy, one, reason=Reason.REMINDER, **fields):
    """Make a line about a promise."""
    about = About(promise=one.id, since=DUE, reason=reason, step=1)
    channel = Channel(id=ACME)
    facts = {"holds": True, **fields}
    return PromiseLine(
        about=about, promise=one, channel=channel, rules=rules(policy, channel), **facts
    )


@pytest.mark.parametrize("words", NASTY)
@pytest.mark.parametrize("many", [1, 2, 11, 20])
@pytest.mark.parametrize("kind", sorted(ledger.NOTICES))
def test_the_private_word_fits(heard, words, many, kind):
    """One promise or twenty of one message, dated or not, with all that can be said of each."""
    dates = Instead((DUE, DUE + timedelta(days=1)), holiday=True)
    lines = [
        line(heard.policy, promise(words, n, due=None if n % 2 else DUE), instead=dates, others=99)
        for n in range(many)
    ]
    check(ledger.notice(kind, lines, UTC))


@pytest.mark.parametrize("kind", sorted(ledger.NOTICES))
@pytest.mark.parametrize("many", [1, 2])
def test_only_what_stands_alone_may_be_replaced(heard, kind, many):
    """The buttons of one promise among several leave the others where they are."""
    words = ledger.notice(kind, [line(heard.policy, promise(number=n)) for n in range(many)], UTC)
    named = [one.get("block_id") for one in words.blocks if one["type"] == "actions"]
    assert named == ([ledger.ALONE] if many == 1 else [None, None])


@pytest.mark.parametrize("words", NASTY)
@pytest.mark.parametrize("reason", REASONS)
@pytest.mark.parametrize("many", [1, 3, 1000])
@pytest.mark.parametrize("holds", [True, False])
def test_a_card_fits(heard, words, reason, many, holds):
    """A reminder of one or of a thousand, with the words that were written since."""
    lines = tuple(
        line(heard.policy, promise(words, n, since_words=words[:160]), reason, holds=holds)
        for n in range(many)
    )
    check(blocks.card(View(to=BEN, lines=lines), LINKS))


@pytest.mark.parametrize(
    ("holding", "head"),
    [(2, "*2 of your promises are due*"), (1, "*One of your promises is due*"), (0, "*All of")],
)
def test_a_card_of_several_counts_what_is_open(heard, holding, head):
    """Its first line follows what is done meanwhile."""
    lines = tuple(line(heard.policy, promise(number=n), holds=n < holding) for n in range(2))
    assert blocks.card(View(to=BEN, lines=lines), LINKS).text.startswith(head)


FATES = {
    "kept": (Fate.KEPT, 1, "Kept by"),
    "kept late": (Fate.KEPT, 9, "late"),
    "dropped": (Fate.DROPPED, 1, "Not a promise"),
    "moved": (Fate.MOVED, 1, "Moved"),
    "moved late": (Fate.MOVED, 9, "after it was due"),
    "missed": (Fate.MISSED, 9, "Overdue"),
    "dated": (Fate.DATED, 1, "Due"),
}


@pytest.mark.parametrize("name", FATES)
@pytest.mark.parametrize("moved_to", [None, DUE + timedelta(days=1)])
def test_every_ending_has_its_words_and_no_buttons(heard, name, moved_to):
    """A card about what is settled says how, and by whom."""
    fate, hours, said = FATES[name]
    due = {Fate.DATED: DUE + timedelta(days=1), Fate.MISSED: DUE}.get(fate)
    at = MONDAY + timedelta(hours=hours)
    one = turned(promise(), Turn(key="t", fate=fate, by=CLEO, at=at, due=due, to="another"))
    words = blocks.card(
        View(to=BEN, lines=(line(heard.policy, one, holds=False, moved_to=moved_to),)), LINKS
    )
    check(words)
    assert said in words.text
    assert all(block["type"] != "actions" for block in words.blocks)


@pytest.mark.parametrize("standing", Standing)
@pytest.mark.parametrize("words", NASTY)
def test_however_it_stands_there_are_words_for_it(standing, words):
    """What is said after a press is a sentence that fits, whatever came of it."""
    one = replace(promise(words), standing=standing, ended_by=CLEO, late=True)
    for each in (one, replace(one, due=None, late=False)):
        check(ledger.settled(each))
        check(ledger.entered(each))
        assert ledger.account(each)


def test_what_is_promised_to_nobody_named_has_words(heard):
    """A promise made by command in private names no customer, no channel and no link."""
    one = replace(promise(), to="", channel="D0BENHEARD1", ts="", thread="", conversation="")
    for reason in REASONS:
        words = blocks.card(View(to=BEN, lines=(line(heard.policy, one, reason),)), LINKS)
        check(words)
        assert "<#D" not in words.text
        assert "Open" not in words.text


@pytest.mark.parametrize("standing", Standing)
def test_what_has_no_words_any_more_can_be_told(heard, standing):
    """Where the words, or who it was, have been forgotten, the rest still reads well."""
    one = replace(promise(words=""), standing=standing, ended_by="")
    for text in (ledger.settled(one).text, ledger.account(one)):
        assert "__" not in text
        assert "<@>" not in text
        assert "what was promised" in text


# The forms

FORMS = {
    "change": lambda one: promise_forms.change(one, UTC, "https://hooks.slack.com/" + "x" * 200),
    "move": lambda one: promise_forms.move(one, UTC, "https://hooks.slack.com/", tells=True),
    "save": lambda one: promise_forms.move(one, UTC, "", tells=False),
    "formal": lambda one: promise_forms.tell(one, DUE, UTC, Register.FORMAL),
    "neutral": lambda one: promise_forms.tell(one, DUE, UTC, Register.NEUTRAL),
    "informal": lambda one: promise_forms.tell(one, DUE, UTC, Register.INFORMAL),
    "copy": lambda one: promise_forms.copy("Noted.", one.words * 30),
    "nothing to copy": lambda _: promise_forms.copy("Noted.", ""),
    "track": lambda one: promise_forms.track({"channel": ACME}, one.words * 30, DUE, UTC),
}


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("words", NASTY)
def test_a_form_fits(name, words):
    """Slack, as far as the demo's knows it, takes every form, whatever was promised."""
    assert accepted_modal(FORMS[name](promise(words)).to_dict())
