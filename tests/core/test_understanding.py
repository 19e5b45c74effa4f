"""What messages mean: who waits for an answer, who is upset, who only puts off."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.understanding import is_holding, understand


@pytest.mark.parametrize(
    "text",
    [
        "Thanks!",
        "thank you so much, team",
        "Thx guys :)",
        "Many thanks for the quick help",
        "ok",
        "OK, got it 👍",
        "Perfect, thank you",
        "great, that worked",
        "That’s perfect",
        "It works now",
        "No worries",
        "Have a nice weekend!",
        "noted, cheers",
        "Hey team, thanks again",
        "<@U0ANA> thanks",
        "👍",
        "🎉🎉 ❤️",
        ":+1:",
        ":white_check_mark: :tada:",
        ":thumbsup::skin-tone-3:",
        "  Thanks  \n",
    ],
)
def test_thanks_and_signs_need_no_reply(text):
    """Thanks, acknowledgements and signs of approval end a conversation; nobody waits."""
    words = understand(text)
    assert (words.needs_reply, words.upset) == (False, False)
    assert words.why in {"it is only a sign of approval", "it only thanks or acknowledges"}


@pytest.mark.parametrize(
    "text",
    [
        "Where is the menu?",
        "Could you send us the contract",
        "please add Emil to the workspace",
        "any news",
        "Thanks! How do I cancel the order?",
        "Thanks, but it fails on my side",
        "It works now, however slowly",
        "ok and where do I sign",
        "Great, unfortunately the other one is gone",
        "The numbers on page two differ from ours",
        "Hello",
        "hi team",
        "",
        "   ",
        "🤔",
        "👎",
        ":thinking_face:",
        "https://files.example/screenshot.png",
        "Invoice 4711",
        "ありがとう、でもまだ動きません",
        "thanks " * 40,
        "ok " * 17,
    ],
)
def test_all_else_needs_a_reply(text):
    """Questions, requests, news, greetings and whatever is not clear make a customer wait."""
    words = understand(text)
    assert (words.needs_reply, words.upset) == (True, False)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("This is ridiculous", "it is a strong complaint"),
        ("We are so fed up", "it is a strong complaint"),
        ("I am really disappointed by this", "it says that they are frustrated"),
        ("You are wasting our time", "it says that they are frustrated"),
        ("Still waiting for the file", "they have waited too often or too long"),
        ("It is the third time that I write", "they have waited too often or too long"),
        ("nobody answered on Monday", "they have waited too often or too long"),
        ("what the hell is this?!", "it sounds angry"),
        ("Hello???", "it sounds angry"),
        ("We will cancel our contract", "they think of leaving"),
        ("We are losing customers", "they think of leaving"),
        ("Our shop needs this ASAP", "it is urgent"),
        ("PRODUCTION IS DOWN", "it is urgent"),
        ("Thanks for nothing, this is unacceptable", "it is a strong complaint"),
    ],
)
def test_who_is_upset(text, why):
    """Complaints, frustration and urgency are heard, and whoever is upset needs a reply."""
    words = understand(text)
    assert (words.needs_reply, words.upset, words.why) == (True, True, why)


@pytest.mark.parametrize(
    ("text", "holding"),
    [
        ("Let me check", True),
        ("I'll look into it and come back to you", True),
        ("We are working on it", True),
        ("Checking, one moment", True),
        ("bear with me", True),
        ("On it!", True),
        ("We will keep you posted", True),
        ("It is under Billing", False),
        ("Fixed, please try again", False),
        ("Done. Anything else?", False),
        ("", False),
    ],
)
def test_what_only_puts_off(text, holding):
    """A holding reply says that more is to come; an answer does not."""
    assert is_holding(text) is holding


@given(st.text())
def test_anything_can_be_read(text):
    """No text of the world is too strange, and who is upset always waits."""
    words = understand(text)
    assert words.why
    assert words.needs_reply or not words.upset
    assert isinstance(is_holding(text), bool)


PIECES = ["thanks", "ok", "great", "guys", "so", "all", "for it", "for the", "it works", "I'll try"]
PIECES += [" ", "a", "zz", "for days", "wait", "?", "👍", ":+1:", "<@U1>", "@", "'", "let me", "\n"]


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=4), st.sampled_from(["", "q w e r"]))
def test_no_text_takes_long(pieces, end):
    """No message keeps Heard from its work, however it repeats itself, up to Slack's longest."""
    unit = " ".join(pieces) + " "
    for text in (unit * 4 + end, unit * 12 + end, (unit * 40_000)[:40_000] + end):
        begun = time.process_time()
        understand(text)
        is_holding(text)
        assert time.process_time() - begun < 0.5


def test_a_question_is_found_in_a_long_message():
    """A question somewhere in a page of text is a question."""
    assert understand("All is fine. " * 100 + "Is it?").why == "it asks for something"
