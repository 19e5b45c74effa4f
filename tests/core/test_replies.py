"""Reply templates: what makes one sound, and what becomes of what is typed into it."""

import html
import re
import unicodedata
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example as given_example
from hypothesis import given
from hypothesis import strategies as st

from bot.core.filling import NotFilled, example, fill, preview
from bot.core.promises import notice
from bot.core.refusals import Refusal
from bot.core.replies import LONGEST, Gap, Kind, Register, Slot, Template, flaws, parts
from bot.core.when import read_due

BERLIN = ZoneInfo("Europe/Berlin")
WEDNESDAY = datetime(2026, 3, 4, 10, 0, tzinfo=BERLIN)
ISSUE = Slot(
    name="issue",
    label="what they told you",
    hint="In your own words.",
    example="the lamp stays dark",
)
NAME = Slot(name="name", label="name", hint="As they sign.", example="Sam", kind=Kind.NAME)
ACTION = Slot(
    name="action",
    label="what you will do",
    hint="The next step.",
    example="test the fuse",
    kind=Kind.VERB,
)
WHEN = Slot(name="when", label="by when", hint="A time.", example="Friday", kind=Kind.TIME)
NOTES = Slot(name="notes", label="notes", hint="Lines.", example="One.\nTwo.", kind=Kind.LINES)
PLAN = Template(
    id="plan.neutral",
    situation="plan",
    register=Register.NEUTRAL,
    title="A plan",
    text="Hello, {name?}. You say that {issue}.\nI will {action} and write to you {when}.",
    slots=(NAME, ISSUE, ACTION, WHEN),
)
LIST = replace(PLAN, text="You say that {issue}:\n{notes}\nIs that all?", slots=(ISSUE, NOTES))
TYPED = {
    "name": "Kim",
    "issue": "the heating is cold",
    "action": "send a plumber",
    "when": "tomorrow 3pm",
}


def typed(**values):
    """Return the plain message that comes of the values."""
    return fill(PLAN, TYPED | values).plain


def refused(**values) -> dict[str, str]:
    """Return what is said about the values."""
    with pytest.raises(NotFilled) as refusal:
        fill(PLAN, TYPED | values)
    assert isinstance(refusal.value, Refusal)
    return refusal.value.faults


def test_it_reads_as_one_message():
    """What was typed stands in its sentence, and the time is told as what was promised."""
    filled = fill(PLAN, TYPED)
    assert filled.plain == (
        "Hello, Kim. You say that the heating is cold.\n"
        "I will send a plumber and write to you by tomorrow 3pm."
    )
    assert filled.text == filled.plain
    assert filled.when == "by tomorrow 3pm"
    assert fill(LIST, {"issue": "it is late", "notes": "a"}).when == ""


@pytest.mark.parametrize(
    ("slot", "value", "reads"),
    [
        ("issue", "The heating is cold.", "You say that the heating is cold.\n"),
        ("issue", "the heating is cold :tada:.", "You say that the heating is cold :tada:.\n"),
        ("issue", "as follows:", "You say that as follows.\n"),
        ("issue", "that  the heating\n is cold…", "You say that the heating is cold.\n"),
        ("issue", "Because it's cold", "You say that it's cold.\n"),
        ("issue", "Salesforce is down", "You say that Salesforce is down.\n"),
        ("issue", "IT is down", "You say that IT is down.\n"),
        ("issue", "> it is cold", "You say that it is cold.\n"),
        ("issue", "is it cold?", "You say that is it cold?.\n"),
        ("action", "Send a plumber.", "I will send a plumber and"),
        ("action", "I will send a plumber", "I will send a plumber and"),
        ("action", "I’ll Send a plumber", "I will send a plumber and"),
        ("action", "to send a plumber", "I will send a plumber and"),
        ("action", "SSH into it", "I will SSH into it and"),
        ("when", "by Friday noon", "write to you by Friday noon."),
        ("when", "Friday noon", "write to you by Friday noon."),
        ("when", "In two hours.", "write to you in two hours."),
        ("when", "this afternoon", "write to you this afternoon."),
        ("when", "end of day", "write to you by end of day."),
        ("name", "", "Hello. You say"),
        ("name", "  ", "Hello. You say"),
        ("name", "Kim\nLee", "Hello, Kim Lee. You say"),
    ],
)
def test_what_is_typed_goes_on_with_its_sentence(slot, value, reads):
    """A capital, a full stop, or words that the sentence has said already do no harm."""
    assert reads in typed(**{slot: value})


def test_lines_stay_lines_where_they_may():
    """Only a slot for several lines keeps them, and drops empty ones."""
    filled = fill(LIST, {"issue": "a\nb", "notes": " First.\r\n\r\n\tSecond,  third. "})
    assert filled.plain == "You say that a b:\nFirst.\nSecond, third.\nIs that all?"


@pytest.mark.parametrize("empty", ["", " \n", "...", "?!", "\u200b", "\u3164", "\u2800", "\x00"])
def test_nothing_goes_out_with_a_gap(empty):
    """Blanks in any disguise, and dots, are no words; the hint says what is wanted."""
    assert refused(issue=empty) == {"issue": "It is empty. In your own words."}
    assert refused(issue=empty, when=empty).keys() == {"issue", "when"}


def test_what_is_missing_is_missing():
    """Values that were never given are refused like empty ones; those of no slot are ignored."""
    with pytest.raises(NotFilled, match="issue: It is empty") as refusal:
        fill(PLAN, {"nonsense": "x"})
    assert refusal.value.faults.keys() == {"issue", "action", "when"}


@pytest.mark.parametrize("left", ["the lamp stays dark", " The lamp stays dark. "])
def test_an_example_is_no_answer(left):
    """What was left as its example is refused; but a Friday can be meant, and a Sam can be one."""
    assert refused(issue=left) == {"issue": "It is still the example: say it in your own words."}
    assert "Sam" in typed(name="Sam", when="Friday")


def test_too_much_is_said_not_cut():
    """A text that does not fit is refused with its size, and stays where it was typed."""
    assert refused(issue="x" * 10_000) == {
        "issue": "It has 10,000 characters, and 300 fit: please shorten it."
    }
    long = replace(LIST, text="{issue} {notes} " + "word " * 480)
    with pytest.raises(NotFilled) as refusal:
        fill(long, {"issue": "it is late", "notes": "a & " * 240})
    (says,) = refusal.value.faults.values()
    assert refusal.value.faults.keys() == {"notes"}
    assert re.fullmatch(r"The whole is too long by [\d,]+ characters\.", says)


def test_a_preview_shows_its_gaps():
    """What is still missing is shown by its name; what may be missing is not."""
    assert preview(PLAN, {}) == (
        "Hello. You say that ‹what they told you›.\n"
        "I will ‹what you will do› and write to you ‹by when›."
    )
    assert preview(PLAN, TYPED) == fill(PLAN, TYPED).text
    assert "You say that the lamp stays dark." in example(PLAN)


def test_a_preview_fits_a_block():
    """Far too much is shown as far as it fits, without half an entity at its end."""
    shown = preview(replace(LIST, text="{issue} {notes}{notes}"), {"notes": "a<&> " * 190})
    assert len(shown) <= LONGEST
    assert shown.endswith("…")
    assert not re.search(r"&\w*…", shown)


@pytest.mark.parametrize(
    "value",
    [
        "<!channel> is down",
        "<!here|here> is down",
        "<@U0ANA> is down",
        "<#C0ABC> is down",
        "<https://example.com|a link> is down",
        "&lt;!channel&gt; is down",
        "@channel is down",
        "(@here) is down",
    ],
)
def test_nobody_is_pinged(value):
    """Markup is shown as it was typed, and a bare @here is taken apart."""
    text = fill(PLAN, TYPED | {"issue": value}).text
    assert "<" not in text
    assert ">" not in text
    assert not re.search(r"@\w", text)
    assert html.unescape(text).replace("\u2060", "").count(value) == 1


def test_an_address_is_left_alone():
    """Only a mention is taken apart."""
    assert "ana@example.com" in typed(issue="ana@example.com gets no mail")


def test_writing_from_right_to_left_stays_readable_in_its_place():
    """It is isolated, so that the sentence around it keeps its order; overrides are taken out."""
    assert "that \u2068מחר לא\u2069." in typed(issue="מחר לא")
    assert "that gnp.exe stops." in typed(issue="\u202egnp.exe\u2066 stops")


@pytest.mark.parametrize(
    ("value", "reads"),
    [
        ("`/etc/hosts` is empty", "`/etc/hosts` is empty"),
        ("```x``` fails", "```x``` fails"),
        ("it prints ```", "it prints '''"),
        ("it prints `", "it prints '"),
    ],
)
def test_code_ends_where_it_was_typed(value, reads):
    """Code may be named; a mark that is left open would make code of what follows."""
    assert reads in typed(issue=value)


PIECES = st.sampled_from(
    [
        *("{issue}", "{name?}", "{", "}", "{0}", "{0.__class__}", "%s", "$issue", "${x}", "\\1"),
        *("<!channel>", "<!here>", "<@U1>", "<#C1>", "@here", "@everyone", "&lt;!channel&gt;"),
        *("\u202e", "\u2066", "\u2067", "\u2068", "\u2069", "\u200f", "\u061c", "\ud800", "\x00"),
        *(
            "עברית",
            "مرحبا",
            "`",
            "```",
            "\n> ",
            "\r\n",
            "\u2028",
            "*",
            "_",
            "~",
            "ﷺ",
            "İ",
            "👩‍👩‍👧",
        ),
        *("that ", "I will ", "by ", "The ", "...", "x" * 10_000, "&" * 250),
    ]
)
HOSTILE = st.text(st.characters(codec=None), max_size=40) | st.lists(PIECES, max_size=6).map(
    "".join
)


@given(st.fixed_dictionaries(dict.fromkeys(("name", "issue", "action", "when"), HOSTILE)))
@given_example(dict.fromkeys(("name", "issue", "action", "when"), "{issue} {action} a"))
def test_nothing_breaks_out_of_its_slot(values):
    """Whatever is typed, the words around it stand in order, nobody is pinged, or it is refused."""
    preview(PLAN, values).encode()
    try:
        filled = fill(PLAN, values)
    except NotFilled:
        return
    assert len(filled.text) <= LONGEST
    assert not re.search(r"[<>]|&(?!(?:amp|lt|gt);)|(?<![\w.+-])@\w", filled.text)
    filled.text.encode()
    assert html.unescape(filled.text) == filled.plain
    pattern = r"Hello(?:, (.*))?\. You say that (.+)\.\nI will (.+) and write to you (.+)\."
    match = re.fullmatch(pattern, filled.plain)
    assert match
    for value in filter(None, match.groups()):
        assert isolated(value)
        assert value.count("```") % 2 == 0
    assert preview(PLAN, values) == filled.text


def isolated(value: str) -> bool:
    """Tell whether the direction of writing is the same after the value as before it."""
    marks = re.findall("[\u202a-\u202e\u2066-\u2069]", value)
    turns = any(unicodedata.bidirectional(letter) in ("R", "AL", "AN") for letter in value)
    return marks == (["\u2068", "\u2069"] if turns else [])


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"id": "A plan"}, "the id must be a short lower-case name"),
        ({"situation": ""}, "the situation must be a short lower-case name"),
        ({"title": " "}, "the title must have 1 to 75 characters"),
        ({"title": "x" * 76}, "the title must have 1 to 75 characters"),
        ({"text": "{issue}{name}{action}{when}"}, "the text has no words of its own"),
        ({"text": PLAN.text + " {"}, "a { or } stands alone"),
        ({"text": PLAN.text + " {Issue}"}, "a { or } stands alone"),
        ({"text": PLAN.text + "\u202e"}, "the text has invisible characters"),
        ({"text": PLAN.text + "x" * 3_000}, "characters with its examples; Slack takes 3,000"),
        ({"text": PLAN.text + " {mood}"}, "{mood} is no known slot"),
        ({"text": "You say {issue}. I {action} {when}."}, "the slot name is nowhere in the text"),
        ({"text": PLAN.text.replace("{issue}", "{issue?}")}, "{issue} is missing"),
        ({"slots": (NAME, ISSUE, ACTION, replace(WHEN, hint=""))}, "the slot when has no hint"),
        ({"slots": (NAME, ISSUE, ACTION, replace(WHEN, label=" "))}, "the slot when has no label"),
        (
            {"slots": (NAME, ISSUE, ACTION, replace(WHEN, example="x" * 61))},
            "the example of the slot when has over 60 characters",
        ),
    ],
)
def test_what_is_wrong_with_a_template(changed, says):
    """A template that could not be used is told of, with what to do."""
    assert not list(flaws(PLAN))
    (flaw,) = flaws(replace(PLAN, **changed))
    assert says in flaw.says


def test_a_text_is_words_and_gaps():
    """The text is read into its parts once, and each slot is known by its name."""
    assert parts("Hi {name?}, {issue}") == (
        "Hi ",
        Gap("name", optional=True),
        ", ",
        Gap("issue", optional=False),
        "",
    )
    assert PLAN.mandatory == {"issue", "action", "when"}
    assert PLAN.slot("when") is WHEN


def test_the_promise_in_it_is_read_as_one():
    """What is posted promises the time that was typed, however the time is put."""
    for when in ("Friday", "in two hours", "end of day", "on Thursday at 10:30"):
        (one,) = notice(typed(when=when), WEDNESDAY, BERLIN)
        due = read_due(when, WEDNESDAY, BERLIN)
        assert one.due
        assert due
        assert one.due.at == due.at
