"""What messages mean: who waits for an answer, who is upset, who only puts off."""

import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.listening.phrases import GAP, Phrasebook, phrases_of
from bot.core.listening.signs import Kind, Sign
from bot.core.listening.words import words_of
from bot.core.understanding import (
    BOOK,
    Turn,
    is_holding,
    turn,
    understand,
)

OUR_QUESTION = (Turn(ours=True, asks=True),)
OUR_ANSWER = (Turn(ours=True),)


@pytest.mark.parametrize(
    ("kind", "texts"),
    [
        (
            Kind.THANKS,
            [
                "Thanks!",
                "thank you so much, team",
                "Thx guys :)",
                "Many thanks for the quick help",
                "Perfect, thank you",
                "noted, cheers",
                "Hey team, thanks again",
                "<@U0ANA> thanks",
                "  Thanks  \n",
                "We appreciate your help with the move",
                "ty!",
            ],
        ),
        (
            Kind.ACKNOWLEDGEMENT,
            [
                "ok",
                "OK, got it 👍",
                "That’s perfect",
                "No worries",
                "Makes total sense",
                "ah i see, good to know",
                "sounds good",
                "👍",
                "🎉🎉 ❤️",
                ":+1:",
                ":white_check_mark: :tada:",
                ":thumbsup::skin-tone-3:",
                "👍🏽",
            ],
        ),
        (
            Kind.RESOLVED,
            [
                "great, that worked",
                "It works now",
                "It is gone. Thanks again!",
                "Thanks! The error is gone, it works again",
                "Never mind, found it in the docs",
                "I figured it out, my bad",
                "Sorry, wrong channel",
                "Thank you, the problem was our proxy",
                "no further questions from our side",
            ],
        ),
        (
            Kind.WILL_ACT,
            [
                "I'll try it tonight",
                "Let me check with Emil",
                "ok great, we will give that a go tomorrow",
                "Thanks, I'll let you know",
                "brb",
            ],
        ),
        (
            Kind.PRAISE,
            ["Great work!", "the new page looks amazing", "Have a nice weekend!", "Well done"],
        ),
        (Kind.CHATTER, ["You can solve this by using a second key", "Hope this helps"]),
    ],
)
def test_what_needs_no_reply(kind, texts):
    """Thanks, acknowledgements, good news, plans of their own and praise make nobody wait."""
    for text in texts:
        words = understand(text)
        assert (words.needs_reply, words.upset, words.kind) == (False, False, kind), text


@pytest.mark.parametrize(
    ("kind", "texts"),
    [
        (
            Kind.QUESTION,
            [
                "Where is the menu?",
                "ok and where do I sign",
                "Is there a way to add a second key",
                "Not sure how to set up SSO",
                "Thanks! How do I cancel the order?",
                "All is fine. " * 100 + "Is it?",
            ],
        ),
        (
            Kind.REQUEST,
            [
                "Could you send us the contract",
                "please add Emil to the workspace",
                "Great, we would like to add 20 seats",
                "Let me know if you need anything else from us",
            ],
        ),
        (
            Kind.PROBLEM,
            [
                "Thanks, but it fails on my side",
                "The page does not load",
                "Great, the export works. The import does not.",
                "ok, same error",
                "I found a bug in the calendar",
                "Done. It is still not there",
                "It is gone again!",
                "Thanks, but now they're all gone again",
                "The button has disappeared again",
            ],
        ),
        (Kind.CHASE, ["any news", "Any update on this?", "Following up on my mail", "bump"]),
        (
            Kind.INFO,
            ["Done.", "Here it is", "Thanks, log attached", "Our order number is 4711"],
        ),
        (Kind.GREETING, ["Hello", "hi team", "Good morning everyone"]),
        (
            Kind.UNCLEAR,
            [
                "It works now, however only in Graz",
                "Great, unfortunately the other one is gone",
                "The numbers on page two differ from ours",
                "yes",
                "",
                "   ",
                "🤔",
                "👎",
                ":thinking_face:",
                "https://files.example/screenshot.png",
                "Invoice 4711",
                "ありがとう、でもまだ動きません",
                "ok, the red one is at the office in Graz",
            ],
        ),
    ],
)
def test_what_needs_a_reply(kind, texts):
    """Questions, requests, news, greetings and whatever is not clear make a customer wait."""
    for text in texts:
        words = understand(text)
        assert (words.needs_reply, words.upset, words.kind) == (True, False, kind), text


@pytest.mark.parametrize(
    ("why", "texts"),
    [
        (
            "it is a strong complaint",
            [
                "This is ridiculous",
                "We are so fed up",
                "Thank you, but this is unacceptable",
                "your service is a joke",
            ],
        ),
        (
            "it says that they are displeased",
            [
                "I am really disappointed by this",
                "You are wasting our time",
                "With all due respect, we see it differently",
                "We are not happy with this",
            ],
        ),
        (
            "they have waited or asked too often",
            [
                "Still waiting for the file",
                "It is the third time that I write",
                "nobody answered on Monday",
                "Is anyone actually reading this?",
                "We have been waiting for two weeks",
            ],
        ),
        (
            "something promised or expected did not come",
            [
                "We were promised an answer by Monday",
                "You said it would be fixed",
                "We expected better from you",
                "that is not an answer to my question",
            ],
        ),
        (
            "they think of leaving, or of going higher",
            [
                "We will cancel our contract",
                "We are losing customers",
                "I need to speak to your manager",
            ],
        ),
        (
            "it sounds sarcastic",
            ["Oh great, another outage", "Thanks for nothing", "So much for the uptime"],
        ),
        (
            "it asks how this can be",
            ["How hard can it be?", "Why would anyone do that", "why does this keep happening?"],
        ),
        ("it sounds angry", ["The file is gone 😡"]),
        ("its words hint at displeasure", ["Your last release broke everything. Again."]),
    ],
)
def test_who_is_upset(why, texts):
    """Anger, impatience and sarcasm are heard, polite ones too, and who is upset needs a reply."""
    for text in texts:
        words = understand(text)
        assert (words.needs_reply, words.upset, words.kind) == (True, True, Kind.COMPLAINT), text
        assert words.why == why, text


@pytest.mark.parametrize(
    "text",
    [
        "The job failed with a fatal error: out of memory",
        "All requests return 500, our customers cannot log in",
        "Any update on this? Thanks!",
        "Just following up on my question from Monday",
        "I broke my sandbox again haha",
        "What is the worst case latency?",
        "How do I cancel a subscription?",
        "wow, that was fast, thank you!!!",
        "The order was cancelled by the scheduler",
        "I hate to bother you, could you send the link?",
        "DISREGARD, found it",
    ],
)
def test_who_is_not_upset(text):
    """An alarming report, a polite chase, a joke about oneself and joy are no displeasure."""
    assert not understand(text).upset


@pytest.mark.parametrize(
    ("text", "pressed"),
    [
        ("Our shop needs this ASAP", True),
        ("PRODUCTION IS DOWN", True),
        ("We are blocked by this", True),
        ("This is unacceptable, fix it immediately", True),
        ("No rush, it is not urgent", False),
        ("Where is the menu?", False),
        ("Thanks for the urgent fix, it works now", False),
    ],
)
def test_who_is_in_a_hurry(text, pressed):
    """Urgency is told apart from displeasure, and is over with the wait."""
    assert understand(text).pressed is pressed


@pytest.mark.parametrize(
    ("text", "after_question", "after_answer"),
    [
        ("ok", True, False),
        ("sure", True, False),
        ("👍", True, False),
        ("Done, thanks", True, True),
        ("us-east-1", True, True),
        ("Thanks!", False, False),
        ("Let me check", False, False),
        ("It works now, thank you", False, False),
    ],
)
def test_an_answer_to_our_question_makes_us_the_next(text, after_question, after_answer):
    """A mere "ok" answers what we asked, so that it is our turn; else it ends the matter."""
    assert understand(text, OUR_QUESTION).needs_reply is after_question
    assert understand(text, OUR_ANSWER).needs_reply is after_answer
    assert understand(text, (*OUR_QUESTION, Turn(ours=False))).needs_reply is after_answer


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Shall I restart it?", True),
        ("I restarted it.", False),
        ("It was `a ? b : c`.", False),
        ("Is there anything else that I can do?", False),
    ],
)
def test_what_we_asked(text, asks):
    """A question mark in code, or with an offer to help further, asks for nothing."""
    assert turn(text, ours=True) == Turn(ours=True, asks=asks)


def test_customers_talk_among_themselves():
    """What is meant for a colleague of theirs needs no reply, unless it tells of trouble too."""
    assert not understand("<@U0EMIL> have you seen this?", aside=True).needs_reply
    assert understand("<@U0EMIL> it fails again, can you see why?", aside=True).needs_reply
    assert understand("<@U0EMIL> this is unacceptable", aside=True).needs_reply


def test_a_why_is_one_plain_clause():
    """What `/heard why` shows after a colon is a clause of words, without its full stop."""
    for text in ("ok", "Hi", "", "Where?", "asap please", "ridiculous", "You can use a key"):
        why = understand(text).why
        assert why.startswith(("it ", "its ", "they ", "something ")), why
        assert not why.endswith(".")
        assert len(why) < 60


def test_every_phrase_can_be_found():
    """Each is made of words as they are spelt in full, of one at least, and gaps are inside."""
    for sign in itertools.chain(*BOOK.chapters):
        for phrase in phrases_of(sign):
            certain = [part for part in phrase if not part.startswith("(") and part != GAP]
            assert certain, (sign.why, phrase)
            assert GAP not in (phrase[0], phrase[-1]), (sign.why, phrase)
            assert all(part.count("(") == part.count(")") for part in phrase if part[0] == "(")


def _read(text, *chapters):
    book = Phrasebook(*chapters)
    return [
        [(sign.why, start, end) for sign, start, end in found]
        for found in book.read(words_of(text))
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("red apple, very ripe", [("fruit", 1, 3), ("fruit", 4, 6)]),
        ("no red apple", [("none", 1, 4)]),
        ("no such old big pear", [("fruit", 1, 6)]),
        ("no. a pear", []),
        ("no such very old big pear", []),
        ("no no, a pear", []),
        ("plum . seed", [("stone", 1, 3), ("stone", 2, 4)]),
        ("plum seed plum", [("stone", 1, 4)]),
    ],
)
def test_the_longest_phrase_counts(text, found):
    """Of those at one word; a gap spans three words, but no mark, and two may share a mark."""
    fruit = Sign(Kind.INFO, 1, "fruit", "red/green apple | (very) ripe | no … pear")
    none = Sign(Kind.INFO, 1, "none", "no red apple/\n pear")
    stone = Sign(Kind.INFO, 1, "stone", "plum . | . seed | plum seed plum | seed plum")
    assert _read(text, (fruit, none, stone)) == [found]


def test_the_later_of_two_phrases_counts():
    """Of two that are as long, whichever way they go."""
    first = Sign(Kind.INFO, 1, "first", "a b | c … e")
    second = Sign(Kind.INFO, 1, "second", "a (x) b | c d e")
    assert _read("a b c d e", (first, second)) == [[("second", 1, 3), ("second", 3, 6)]]


def test_chapters_are_read_apart():
    """What is found for one question hides nothing that another one looks for."""
    whole = Sign(Kind.INFO, 1, "whole", "a … c d")
    inner = Sign(Kind.INFO, 1, "inner", "b | d")
    assert _read("a b c d", (whole,), (inner,)) == [
        [("whole", 1, 5)],
        [("inner", 2, 3), ("inner", 4, 5)],
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("I'll see", ". i will see ."),
        ("It doesn’t, can't", ". it does not , can not ."),
        ("thx u pls", ". thanks you please ."),
        ("#NotCool", ". . not cool ."),
        ("2 of 3rd", ". # of #th ."),
        ("<@U1> see https://a.example/x?y", ". @ see <link> ."),
        ("why?! `a?` ```b?```", ". why ? code ` ."),
        ("> quoted?\nmine", ". . mine ."),
    ],
)
def test_words_are_spelt_in_one_way(text, words):
    """However a customer writes them, the signs have to know one spelling."""
    assert " ".join(words_of(text)) == words


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


@given(st.text(), st.booleans(), st.booleans())
def test_anything_can_be_read(text, asks, aside):
    """No text of the world is too strange, and who is upset or pressed always waits."""
    words = understand(text, (turn(text, ours=True), Turn(ours=True, asks=asks)), aside=aside)
    assert words.why
    assert words.needs_reply or not (words.upset or words.pressed)
    assert words.upset is (words.kind is Kind.COMPLAINT)
    assert isinstance(is_holding(text), bool)


@given(st.text())
def test_a_question_from_us_never_ends_a_wait(text):
    """Whatever needs a reply by itself needs one after our question too."""
    assert understand(text, OUR_QUESTION).needs_reply or not understand(text).needs_reply


PIECES = ["thanks", "ok", "great", "guys", "so", "all", "for it", "for the", "it works", "I'll try"]
PIECES += [" ", "a", "zz", "for days", "wait", "?", "👍", ":+1:", "<@U1>", "@", "'", "let me", "\n"]
PIECES += ["no", "not", "you", "was told", "`", "<", ">", "#", "still", "how", "!"]


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=4), st.sampled_from(["", "q w e r"]))
def test_no_text_takes_long(pieces, end):
    """No message keeps Heard from its work, however it repeats itself, up to Slack's longest."""
    unit = " ".join(pieces) + " "
    for text in (unit * 4 + end, unit * 12 + end, (unit * 40_000)[:40_000] + end):
        begun = time.process_time()
        understand(text, (turn(text, ours=True),))
        is_holding(text)
        assert time.process_time() - begun < 0.5


@pytest.mark.parametrize("smile", [":)", ";)", ":-)", "👍"])
def test_a_smile_is_no_question(smile):
    """A smiley alone needs no reply."""
    assert not understand(smile).needs_reply
