"""`/heard reply`: words that name a template, a link that names a message, or neither."""

import json

import pytest

from handlers import refusals
from tests.handlers import forms
from tests.local import ACME, ANA, BEN, DANA, GLOBEX, RANDOM, TRIAGE, link, message, new_ts

ASKED = "The export fails with an error since this morning, can you look into it?"


@pytest.fixture
def question(heard):
    """A customer's question: Slack's event of it."""
    asked = message(DANA, ASKED, new_ts(-300))
    heard.hears(asked)
    return asked["event"]


def asks(heard, words, channel=ACME):
    """Type the command, and return what is answered."""
    return heard.asks(BEN, words, channel).get("text", "")


@pytest.mark.parametrize("channel", [RANDOM, GLOBEX, TRIAGE, "D0BENHEARD1", "G0GROUP0001"])
def test_where_nobody_waits_it_says_so(heard, web, question, channel):
    """Other ways to get there are told; no form opens."""
    said = asks(heard, "reply", channel)
    assert "Nobody waits here" in said
    assert "Suggest a reply" in said
    assert web.called("views.open") == []


@pytest.mark.parametrize("channel", [ACME, RANDOM, "D0BENHEARD1"])
def test_a_link_names_what_to_answer(heard, web, question, channel):
    """From anywhere, also once somebody has answered."""
    heard.hears(message(ANA, "Looking", thread_ts=question["ts"]))
    words = f"reply <{link(ACME, question['ts'])}>"
    assert not asks(heard, words, channel)
    view = forms.opened(web)
    assert json.loads(view["private_metadata"])["thread"] == question["ts"]
    assert "No template is called" not in forms.text(view)


def test_a_link_to_what_nobody_counted(heard, web, question):
    """It is told of, and no form opens."""
    words = f"reply {link(ACME, '1772000000.000100')}"
    assert asks(heard, words) == refusals.UNKNOWN


WORDS = {
    "reply sorry": ("apologise", "you asked for “sorry”"),
    "reply hand over": ("handover", "you asked for “hand”"),
    "reply DELAY": ("delay", "you asked for “delay”"),
    "reply <@U0CLEOAGNT1|cleo> no": ("no", "you asked for “no”"),
}


@pytest.mark.parametrize("words", WORDS)
def test_words_come_first(heard, web, question, words):
    """What is looked for is offered first, whatever they wrote."""
    situation, why = WORDS[words]
    asks(heard, words)
    choices = forms.offered(forms.opened(web))
    assert next(iter(choices)) == situation
    assert why in choices[situation]


@pytest.mark.parametrize("words", ["flibbertigibbet", "<!channel>", "x" * 3000, "a & b " * 500])
def test_words_that_name_no_template(heard, web, question, words):
    """It says so, and what there is; what fits is offered all the same."""
    asks(heard, f"reply {words}")
    view = forms.opened(web)
    assert "No template is called" in forms.text(view)
    assert len(forms.offered(view)) == 3
