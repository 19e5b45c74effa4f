"""What people read keeps within Slack's limits and harms nobody, however much there is to say."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.cards import Line, View
from bot.core.conversations import opened
from bot.core.model import Channel, Outcome, Snooze, State, Wait, Woken
from bot.core.outgoing import About, Note, NoteKind, Reason
from bot.core.policy import rules
from handlers import blocks, ledger, markup, modals, notes
from handlers.links import Links
from tests.local import ACME, ANA, BEN, CLEO, DANA, MONDAY, URL, message, new_ts

LINKS = Links(URL)
LIMITS = {"section": 3000, "context": 3000, "header": 150, "button": 75}


def check(words, most=50):
    """Fail where Slack would refuse or cut something."""
    assert 1 <= len(words.text) <= 40_000
    assert 1 <= len(words.blocks) <= most
    for block in words.blocks:
        assert len(block.get("block_id", "")) <= 255
        kind = block["type"]
        if kind == "section":
            assert 1 <= len(block["text"]["text"]) <= 3000
        elif kind == "context":
            assert 1 <= len(block["elements"]) <= 10
            assert all(1 <= len(element["text"]) <= 3000 for element in block["elements"])
        elif kind == "actions":
            assert 1 <= len(block["elements"]) <= 25
            assert len({e["action_id"] for e in block["elements"]}) == len(block["elements"])
            assert all(len(e["text"]["text"]) <= 75 for e in block["elements"])
            assert all(len(e["value"]) <= 2000 for e in block["elements"])
        else:
            pytest.fail(f"an unexpected block: {kind}")


def conversation(number=1, excerpt="Where is it?", **fields):
    """Make a waiting conversation."""
    ts = f"{1772445600 + number}.000100"
    wait = Wait(since=MONDAY, ts=ts, by=DANA, excerpt=excerpt, chases=number % 3, upset=True)
    facts = {"state": State.WAITING, "wait": wait, **fields}
    return replace(opened(ACME, ts, DANA), **facts)


def line(policy, number=1, reason=Reason.TRIAGE, step=2, **fields):
    """Make a line of a card."""
    channel = Channel(id=ACME, owners=tuple(fields.pop("owners", ())))
    holds = fields.pop("holds", True)
    one = conversation(number, **fields)
    about = About(conversation=one.id, since=MONDAY, reason=reason, step=step)
    facts = rules(policy, channel)
    return Line(about=about, conversation=one, channel=channel, rules=facts, holds=holds)


NASTY = [
    "<!channel> & <@U0BENAGENT1> " * 120,
    "&" * 3000,
    "*_~`>" * 600,
    "\u202e" * 3000,
    "a" * 3000,
]


@pytest.mark.parametrize("excerpt", NASTY)
@pytest.mark.parametrize("many", [1, 3, 10, 11, 1000])
@pytest.mark.parametrize("holds", [True, False])
def test_a_card_fits_whatever_is_on_it(heard, excerpt, many, holds):
    """One conversation or a thousand, with quotes of 3,000 characters: Slack takes it."""
    lines = tuple(line(heard.policy, n, excerpt=excerpt, holds=holds) for n in range(many))
    check(blocks.card(View(to=ANA, lines=lines), LINKS))


@pytest.mark.parametrize("reason", Reason)
@pytest.mark.parametrize("step", [1, 2, 7])
@pytest.mark.parametrize("claimer", ["", BEN])
def test_every_reason_has_its_words(heard, reason, step, claimer):
    """Each card says who waits, why its reader is told, and has buttons."""
    one = line(
        heard.policy, 1, reason, step, claimer=claimer, claimed_at=MONDAY, owners=[ANA, CLEO]
    )
    words = blocks.card(View(to=ANA, lines=(one,)), LINKS)
    check(words)
    assert DANA in words.text
    assert [block["type"] for block in words.blocks] == ["section", "context", "actions"]


def test_a_card_names_hundreds_of_owners_within_the_limit(heard):
    """A channel with very many owners still has a card."""
    one = line(heard.policy, 1, owners=[f"U{n:010}" for n in range(400)])
    check(blocks.card(View(to=ANA, lines=(one,)), LINKS))


ENDINGS = {
    "answered": {"outcome": Outcome(state=State.ANSWERED, by=BEN, at=MONDAY)},
    "resolved": {"outcome": Outcome(state=State.RESOLVED, by=BEN, at=MONDAY)},
    "dismissed": {"outcome": Outcome(state=State.DISMISSED, by=BEN, at=MONDAY)},
    "snoozed": {
        "state": State.SNOOZED,
        "snooze": Snooze(by=BEN, at=MONDAY, until=MONDAY + timedelta(hours=1)),
    },
    "claimed": {"claimer": BEN, "claimed_at": MONDAY},
    "gone": {"wait": None, "state": State.DISMISSED},
    "woken": {"woken": Woken(by=BEN, at=MONDAY, asked=True)},
}


@pytest.mark.parametrize("facts", ENDINGS.values(), ids=ENDINGS)
def test_every_ending_has_its_words_and_no_buttons(heard, facts):
    """A card about what is over says how it ended, and offers nothing more."""
    words = blocks.card(View(to=ANA, lines=(line(heard.policy, holds=False, **facts),)), LINKS)
    check(words)
    assert all(block["type"] != "actions" for block in words.blocks)


def test_a_replaced_card_points_to_the_newer_one(heard):
    """An older card of the same conversation is short and has no buttons."""
    words = blocks.card(View(to=ANA, lines=(line(heard.policy),), replaced=True), LINKS)
    assert len(words.blocks) == 1


@pytest.mark.parametrize("many", [0, 1, 10, 11, 1000])
@pytest.mark.parametrize("excerpt", NASTY)
def test_a_list_fits_however_long(many, excerpt):
    """Two lists one below the other, as `/heard` shows them, fit into one message."""
    some = [conversation(n, excerpt[:160]) for n in range(many)]
    first = blocks.listing("Open here", some, LINKS, empty="Nobody.")
    second = blocks.listing("Claimed by you", some[:5], LINKS, empty="Nothing.")
    check(first)
    check(markup.both(first, second))


def test_the_queue_of_a_thousand_is_listed(heard):
    """With 1,000 conversations waiting, every list is within the limits."""
    for number in range(1000):
        customer = f"U0CUSTOM{number:04}"
        said = message(customer, "Why? " * 600, new_ts(number * 400), team="T0OTHER")
        heard.hears(said)
    assert len(heard.waiting()) == 1000
    heard.asks(BEN, "claim")
    for word in ("", "open", "mine", "claim", "resolve", "snooze"):
        answer = heard.asks(CLEO, word)
        check(markup.Words(answer["text"], answer["blocks"]))
    assert "more" in heard.asks(CLEO, "open")["blocks"][-1]["elements"][0]["text"]


def test_a_quote_pings_nobody(heard):
    """A customer's words are shown as they wrote them, and mention nobody."""
    heard.hears(message(DANA, "<!channel> see <https://x.example|here> &amp; *now* &lt;3"))
    answer = heard.asks(BEN, "open")
    assert "<!channel>" not in str(answer)
    assert "<https://x.example" not in str(answer)


@pytest.mark.parametrize("words", ["Is a &lt; b &amp; c?", "What is &amp;lt; for?"])
def test_a_quote_is_escaped_once(heard, words):
    """Slack escapes what people write; readers see the signs, not their codes."""
    heard.hears(message(DANA, words))
    quote = heard.asks(BEN, "open")["blocks"][1]["text"]["text"].splitlines()[-1]
    assert quote == f">{words}"


FACTS = {
    NoteKind.ALREADY_CLAIMED: {"claimer": BEN},
    NoteKind.TAKEN_OVER: {"by": BEN, "channel": ACME},
    NoteKind.NOT_OPEN: {"state": "resolved"},
    NoteKind.NOT_A_CUSTOMER: {},
    NoteKind.INVITED: {"channel": ACME, "watched": "yes", "triage": ""},
    NoteKind.UNDELIVERED: {"to": BEN, "error": "account_inactive", "more": "yes"},
    NoteKind.NOT_YOURS: {},
    NoteKind.COACHED: {"words": "As I said", "why": "It scolds.", "kinder": "Here it is again."},
    NoteKind.NOT_POSTED: {"channel": ACME, "error": "is_archived", "text": "We are on it."},
}


@pytest.mark.parametrize("kind", set(NoteKind) - ledger.NOTICES)
def test_every_note_has_its_words(kind):
    """Each short private word is a sentence that fits."""
    check(notes.words(Note(kind=kind, facts=FACTS[kind])))


def test_the_form_fits(heard):
    """The channel's form, with everything filled in, is within the limits."""
    channel = Channel(id=ACME, targets=heard.policy.targets, hours="Mon-Fri 09:00-17:00, " * 99)
    view = modals.channel(channel, heard.policy).to_dict()
    assert len(view["title"]["text"]) <= 24
    assert len(view["blocks"]) <= 100
    for block in view["blocks"]:
        assert len(block["label"]["text"]) <= 2000
        assert len(block["element"].get("initial_value", "")) <= 3000


def test_a_moment_is_told_in_the_readers_zone():
    """Slack's date token says it; without a client that knows it, UTC is named."""
    assert markup.when(MONDAY) == (
        "<!date^1772445600^{date_short_pretty} at {time}|2026-03-02 10:00 UTC>"
    )
