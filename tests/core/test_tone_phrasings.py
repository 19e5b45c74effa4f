"""Everyday phrasings of what a customer reads badly, and good drafts, as people write them."""

import tomllib
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import hypothesis
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.filling import example
from bot.core.hours import Hours, parse_week
from bot.core.tone import Context, Label, Written, check
from bot.replies import shipped

BERLIN = ZoneInfo("Europe/Berlin")
TUESDAY = datetime(2026, 3, 3, 10, tzinfo=BERLIN)
WEEK = Hours(week=parse_week("Mon-Fri 09:00-17:00"), zone=BERLIN, holiday=lambda _: False)


def after(*earlier):
    """Return what a draft is checked against, where Ana wrote all this before."""
    written = tuple(Written(by="Ana", text=text, at=TUESDAY) for text in earlier)
    return Context(now=TUESDAY, zone=BERLIN, hours=WEEK, earlier=written)


FIRST, SORRY = after(), after("Hi Kim. Sorry about the delay, the report is running.")

DRAFTS = tomllib.loads(Path(__file__).with_name("drafts.toml").read_text(encoding="utf-8"))
RISKY = [
    *((text, Label.OVER_APOLOGY, FIRST) for text in DRAFTS["bare_apology"]),
    *((text, Label.OVER_APOLOGY, SORRY) for text in DRAFTS["second_sorry"]),
    *((text, Label.DEFENSIVE, FIRST) for text in DRAFTS["blame"]),
    *((text, Label.DISMISSIVE, FIRST) for text in DRAFTS["brushed_off"]),
    *((text, Label.OVER_PROMISE, FIRST) for text in DRAFTS["over_promised"]),
    *((text, Label.VAGUE_PROMISE, FIRST) for text in DRAFTS["no_time"]),
    *((text, Label.PLACEHOLDER, FIRST) for text in DRAFTS["unfilled"]),
    *((text, Label.JARGON, FIRST) for text in DRAFTS["jargon"]),
    *((text, Label.SAME_OPENING, after(before)) for before, text in DRAFTS["same_opening"]),
]


@pytest.mark.parametrize(("text", "label", "context"), RISKY)
def test_it_is_found_however_it_is_put(text, label, context):
    """Each risk is found in the words of any day, not only in those of a textbook."""
    assert label in {one.label for one in check(text, context)}


@pytest.mark.parametrize("text", DRAFTS["good"])
def test_a_warm_draft_is_left_alone(text):
    """Whoever helps, owns up, says no with a way on or names a time hears nothing."""
    assert check(text, FIRST) == ()


@pytest.mark.parametrize("template", shipped(), ids=lambda one: one.id)
def test_our_own_templates_read_well(template):
    """Who fills in a template that comes with Heard hears nothing against it."""
    assert check(example(template), FIRST) == ()


@given(
    st.lists(
        st.sampled_from([text for text, _, _ in RISKY] + DRAFTS["good"]), min_size=1, max_size=3
    ),
    st.sampled_from([FIRST, SORRY, *(after(before) for before, _ in DRAFTS["same_opening"])]),
    st.sampled_from([" ", "\n"]),
)
@hypothesis.example(["I feel terrible about this, Kim."], SORRY, " ")
@settings(max_examples=300, deadline=None)
def test_kinder_words_can_be_used_as_they_are(texts, context, between):
    """What is offered has no fault of the same kind, is whole, and has every day named."""
    for one in check(between.join(texts), context):
        assert one.label not in {left.label for left in check(one.kinder, context)}
        assert one.kinder.endswith((".", "?", "!", "Hi there,"))
        assert "{day}" not in one.kinder


@pytest.mark.parametrize(("text", "label", "context"), RISKY)
def test_kinder_words_of_each(text, label, context):
    """No kinder words bring another fault, whatever they replace."""
    for one in check(text, context):
        assert check(one.kinder, context) == (), label


@pytest.mark.parametrize(
    ("text", "kinder"),
    [
        ("As I said on Monday, the limit is 500 rows.", "The limit is 500 rows."),
        (
            "As I said, you should have used the new export.",
            "I can go through it with you step by step. Where shall we begin?",
        ),
        (
            "I'll add the second admin with you, and I'll update you here soon.",
            "I'll add the second admin with you, and I'll update you here by tomorrow.",
        ),
        ("I'll soon send you the file, Kim!", "I'll send you the file by tomorrow, Kim."),
        (
            "I'll fix it as soon as I can, thank you for waiting.",
            "I'll fix it by tomorrow, thank you for waiting.",
        ),
        (
            "I'll tell you when it's done.",
            "I'll tell you when it's done, and you will hear from me by tomorrow.",
        ),
        ("I'll look into it, thanks!", "I'll look into it by tomorrow, thanks."),
        ("Hi {name}, the file is there.", "Hi there, the file is there."),
    ],
)
def test_kinder_words_keep_the_writers_own(text, kinder):
    """Only what reads badly is taken out, and only what is missing is added."""
    assert check(text, FIRST)[0].kinder == kinder


def test_another_sorry_is_taken_out():
    """What follows a second sorry stands on its own."""
    (found,) = check("Sorry Kim, the file was empty. I've attached a new one.", SORRY)
    assert found.kinder == "The file was empty."


def test_how_often_is_said_in_words():
    """Nobody says "2 times" aloud."""
    (found,) = check("Sorry! The file was empty. Sorry about that.", FIRST)
    assert found.why == "It says sorry twice; once, with what happens next, says more."
    (found,) = check("Sorry! It was empty. I am sorry. My apologies, I've sent it.", FIRST)
    assert "sorry three times;" in found.why
