"""Which templates are offered for what a customer wrote, and what is said about the choice."""

import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.choosing import KEYWORDS, MOST, Chosen, choose
from bot.core.replies import Register, Template
from bot.core.signs import KINDS, SIGNS, Asked, Standing
from bot.replies import shipped

ALL = shipped()
SITUATIONS = {template.situation for template in ALL}
PROBLEM = "something does not work for them"


def chosen(
    text: str = "",
    standing: Standing | None = None,
    register: Register = Register.NEUTRAL,
    words: str = "",
    **asked,
) -> Chosen:
    """Return what is chosen of the shipped templates."""
    return choose(ALL, Asked(text=text, **asked), standing or Standing(), register, words)


def situations(found: Chosen) -> list[str]:
    """Return what they are for, the best first."""
    return [choice.template.situation for choice in found.choices]


@pytest.mark.parametrize(
    ("text", "first", "among"),
    [
        # questions
        ("Where do I change the billing address?", "acknowledge clarify", "acknowledge clarify"),
        ("How do we add a second administrator?", "acknowledge clarify", "acknowledge clarify"),
        ("What is the difference between the two plans?", "acknowledge clarify", "acknowledge"),
        ("Is there a limit on how many seats we can invite?", "acknowledge clarify", "clarify"),
        ("Which regions do you host data in?", "acknowledge clarify", "acknowledge handover"),
        # problems
        (
            "Since this morning each upload ends in a 502.",
            "acknowledge bug",
            "bug acknowledge clarify",
        ),
        (
            "The report shows last year's figures, that is wrong",
            "acknowledge bug",
            "bug acknowledge",
        ),
        (
            "Our calendar sync stopped after we renamed the team.",
            "acknowledge bug",
            "bug acknowledge",
        ),
        (
            "We get a timeout when we open the third tab",
            "acknowledge bug",
            "bug acknowledge clarify",
        ),
        ("Kim cannot log in with the new password since Tuesday", "acknowledge bug", "bug clarify"),
        ("it doesn't work", "clarify bug", "clarify bug"),
        ("app crashed again", "clarify bug", "clarify bug"),
        # chasing
        ("Any news on the import?", "holding", "holding delay"),
        ("Hi team, just checking in on this one", "holding", "holding delay"),
        ("We are still waiting for the corrected certificate.", "holding", "holding delay"),
        ("You said we would have it on Monday.", "holding", "holding delay"),
        ("Where are we with the migration?", "holding", "holding delay"),
        ("bumping this", "holding", "holding delay"),
        # complaints
        ("Frankly, this is not acceptable for what we pay.", "apologise calm", "apologise calm"),
        ("I am very disappointed with how this went.", "apologise calm", "apologise calm"),
        ("This is the third time the totals are wrong!", "apologise calm", "apologise calm bug"),
        ("Nobody tells us anything, we lost a full day", "apologise calm", "apologise calm"),
        ("We feel let down: you have let us down twice", "apologise calm", "apologise calm"),
        # what may not exist, and exceptions
        ("It would be great if rows could be coloured.", "no feedback", "no feedback"),
        ("Do you support single sign-on with our provider?", "no", "no acknowledge"),
        ("Any plans for a dark mode?", "no feedback", "no feedback"),
        ("Could you add an option to sort by owner?", "no feedback acknowledge", "no"),
        ("Could you waive the fee for March?", "no", "no handover"),
        ("We'd need you to extend our trial by a month please", "no", "no acknowledge handover"),
        ("We were charged twice and want a refund", "handover apologise", "apologise handover"),
        # requests
        ("Please raise our quota to 50 seats.", "acknowledge", "acknowledge no clarify"),
        ("Can you send me the signed contract?", "acknowledge", "acknowledge no clarify"),
        # somebody else
        ("Can I speak to a manager about this?", "handover", "handover acknowledge"),
        ("Who is the right person for security questions?", "handover", "handover"),
        ("Could you escalate this to your technical team?", "handover", "handover"),
        # is it fixed?
        ("Has the bug with the filters been fixed?", "fixed bug", "fixed bug"),
        ("Is the patch released?", "fixed", "fixed"),
        # all is well
        ("Thank you so much, Ana!", "close", "close feedback"),
        ("That did the trick, everything is back. Cheers!", "close", "close feedback"),
        ("It's working again, you can close this", "close", "close"),
        ("Our team loves the new dashboard, great work", "feedback", "feedback close"),
        ("Some feedback from our side: the menu is hard to find", "feedback", "feedback"),
        ("The export works fine now, thanks for the quick help", "close", "close"),
        # hardly a word
        ("Hello!", "clarify", "clarify acknowledge"),
        ("Good morning team", "clarify", "clarify acknowledge"),
        ("", "acknowledge", "acknowledge clarify"),
        ("اهلا", "acknowledge", "acknowledge clarify"),
    ],
)
def test_what_a_customer_wrote(text, first, among):
    """The best choice is one that fits, and all that should be offered are among the three."""
    found = situations(chosen(text))
    assert found[0] in first.split()
    assert set(among.split()) <= set(found)


@pytest.mark.parametrize(
    ("kind", "first"),
    [
        ("question", {"acknowledge", "clarify"}),
        ("problem", {"acknowledge", "bug"}),
        ("complaint", {"apologise", "calm"}),
        ("chase", {"holding", "delay"}),
        ("thanks", {"close"}),
        ("resolved", {"close"}),
        ("acknowledgement", {"close"}),
        ("request", {"acknowledge"}),
        ("info", {"acknowledge"}),
        ("greeting", {"clarify"}),
        ("praise", {"feedback"}),
        ("nothing we know", {"acknowledge"}),
    ],
)
def test_what_has_been_understood_counts(kind, first):
    """A kind that is known is believed; one that is not leaves it to the words."""
    found = chosen("We moved the file to the other folder", kind=kind)
    assert situations(found)[0] in first


@pytest.mark.parametrize(
    ("text", "standing", "first", "why"),
    [
        ("Any update?", Standing(overdue=True), "delay", "they chase, and your promise is overdue"),
        (
            "Any update?",
            Standing(promised=True, chases=1),
            "holding",
            "they chase, and they have asked before",
        ),
        (
            "Where is the report?",
            Standing(out_of_hours=True),
            "out_of_hours",
            "it is outside your hours",
        ),
        ("ok", Standing(promised=True), "moving", "you have promised something"),
        ("Thanks!", Standing(answered=True), "close", "they say thanks"),
        ("The third tab never opens and shows an error", Standing(answered=True), "bug", PROBLEM),
    ],
)
def test_how_the_conversation_stands_counts(text, standing, first, why):
    """A promise, a chase and the hour change what fits, and the choice says so."""
    best = chosen(text, standing).choices[0]
    assert best.template.situation == first
    assert best.why == why


def test_upset_comes_first():
    """Whoever is upset is met as a person, before the bug is."""
    found = chosen("The export fails and our launch is today", upset=True)
    assert situations(found)[0] == "calm"
    assert "they are upset" in found.choices[0].why


def test_a_second_apology_is_not_offered():
    """Having said sorry once, an agent is offered what helps more."""
    text = "This is unacceptable, it fails every time"
    assert "apologise" in situations(chosen(text, upset=True))
    assert "apologise" not in situations(chosen(text, Standing(apologised=True), upset=True))


def test_a_message_that_needs_no_answer_can_be_closed():
    """Where nothing is left to do, closing is on top."""
    assert situations(chosen("👍", needs_reply=False))[0] == "close"


@pytest.mark.parametrize("register", Register)
def test_the_channels_register_is_kept(register):
    """A formal channel is offered formal words only."""
    found = chosen("Any update?", register=register)
    assert {choice.template.register for choice in found.choices} == {register}


def test_a_situation_without_the_register_is_offered_in_the_nearest():
    """Better neutral words than none; better any than none at all."""
    kept = [
        template
        for template in ALL
        if template.id not in ("delay.formal", "holding.formal", "holding.neutral")
    ]
    found = choose(kept, Asked(text="Any update?"), Standing(), Register.FORMAL)
    ids = {choice.template.id for choice in found.choices}
    assert {"delay.neutral", "holding.informal"} <= ids


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("delay", "delay"),
        ("honest no", "no"),
        ("no", "no"),
        ("sorry", "apologise"),
        ("apolog", "apologise"),
        ("the handover", "handover"),
        ("hand over", "handover"),
        ("postpone", "moving"),
        ("Angry!", "calm"),
        ("out of hours", "out_of_hours"),
        ("weekend", "out_of_hours"),
        ("fixed", "fixed"),
        ("thanks close", "close"),
        ("bug.neutral", "bug"),
        ("suggestion", "feedback"),
        ("status", "holding"),
    ],
)
def test_words_are_looked_for(words, first):
    """`/heard reply delay` offers that first, whatever the customer wrote, and says why."""
    found = chosen("Any update?", words=words)
    assert situations(found)[0] == first
    assert found.choices[0].why.startswith("you asked for “")
    assert not found.hint


def test_words_that_fit_nothing_say_so():
    """Nobody who looks for something is left with silence."""
    found = chosen("Any update?", words="Zebra")
    assert situations(found) == situations(chosen("Any update?"))
    assert found.hint.startswith("No template is called “Zebra”; these fit best. There are: ")
    assert "an honest no" in found.hint


def test_a_templates_own_name_is_found():
    """What a team adds is offered by its name, and for its own situation."""
    own = Template(
        id="invoice.ours",
        situation="invoice",
        register=Register.NEUTRAL,
        title="A corrected invoice",
        text="As you say, {issue}.",
        slots=ALL[0].slots[1:2],
    )
    found = choose((*ALL, own), Asked(), Standing(), Register.NEUTRAL, "corrected")
    assert found.choices[0].template is own
    twin = choose((own, *ALL), Asked(), Standing(), Register.NEUTRAL, "invoice.ours")
    assert twin.choices[0].template is own


def test_the_better_of_two_for_one_situation_is_offered():
    """Of two templates for a situation, the one that was asked for wins; else the first."""
    (plain,) = (template for template in ALL if template.id == "delay.neutral")
    other = replace(plain, id="delay.parcel", title="A parcel is late")
    asked = Asked(text="Any update?")
    both = (*ALL, other)
    first = choose(both, asked, Standing(overdue=True), Register.NEUTRAL).choices[0]
    assert first.template is plain
    assert choose(both, asked, Standing(), Register.NEUTRAL, "parcel").choices[0].template is other


def test_the_first_line_shows_its_gaps():
    """The list shows how each begins, and what has to be filled in."""
    lines = {one.template.id: one.first_line for one in chosen("Thanks!").choices}
    assert lines["close.neutral"] == (
        "Great to hear that ‹what they told you›. Thank you for working through this with us."
    )


def test_every_situation_is_known_to_all_tables():
    """No sign speaks for a situation that there is not, and each can be found by a word."""
    assert set(KEYWORDS) == SITUATIONS
    assert {name for sign in SIGNS.values() for name in sign.points} == SITUATIONS
    assert set(SIGNS) >= KINDS


@given(
    st.text(max_size=300),
    st.builds(
        Standing,
        answered=st.booleans(),
        chases=st.integers(0, 5),
        promised=st.booleans(),
        overdue=st.booleans(),
        apologised=st.booleans(),
        out_of_hours=st.booleans(),
    ),
    st.sampled_from(sorted(KINDS)) | st.text(max_size=9),
    st.booleans(),
    st.text(max_size=40),
)
def test_there_are_always_three_different_ones(text, standing, kind, upset, words):
    """Whatever is written and looked for, three situations are offered, each with a reason."""
    found = chosen(text, standing, words=words, kind=kind, upset=upset)
    assert len(set(situations(found))) == MOST
    assert all(choice.why and choice.first_line for choice in found.choices)


@pytest.mark.parametrize(
    "text", ["please update " * 3_000, "is the " + "a " * 20_000, "i" * 40_000]
)
def test_a_long_message_is_read_quickly(text):
    """Forty thousand characters cost hardly more than a line does."""
    began = time.process_time()
    chosen(text)
    assert time.process_time() - began < 0.2
