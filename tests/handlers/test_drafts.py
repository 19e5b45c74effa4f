"""`/heard check`: what a draft risks, which words of it, and what could be said instead."""

import pytest

from bot.core.model import Person
from bot.core.tone import READS_WELL
from bot.demo.blockkit import accepted_blocks
from handlers import refusals
from tests.local import ACME, BEN, CLEO, DANA, GUS, HOME, RANDOM, message, new_ts, user

ASKED = "The export fails since this morning, can you look into it?"
SORRY = "Sorry about the failed export! We're restarting it now."
SHIP = "We'll ship the fix by Wednesday"


@pytest.fixture(autouse=True)
def named(web):
    """Let Slack know our people by their names."""
    for one, name in ((BEN, "Ben"), (CLEO, "Cleo")):
        web.users[one] = user(one, profile={"display_name": name})


@pytest.fixture
def thread(heard):
    """A customer's question, answered by Cleo with an apology and a date, and asked again."""
    asked = message(DANA, ASKED, new_ts(-300))
    ts = asked["event"]["ts"]
    heard.hears(
        asked,
        message(CLEO, SORRY, new_ts(-200), thread_ts=ts),
        message(CLEO, SHIP, new_ts(-190), thread_ts=ts),
        message(DANA, "And what about last month?", new_ts(-100), thread_ts=ts),
    )
    return ts


def checks(heard, draft, who=BEN, channel=ACME):
    """Ask for a check, and return what is answered, which Slack would take."""
    answer = heard.asks(who, f"check {draft}", channel)
    accepted_blocks(answer["blocks"])
    assert answer["text"]
    return "\n".join(one["text"]["text"] for one in answer["blocks"])


@pytest.mark.parametrize("channel", [ACME, RANDOM, "D0BENHEARD1"])
def test_a_good_draft_reads_well(heard, channel):
    """Nothing is criticised for its own sake, wherever it is asked."""
    said = checks(heard, "I found the cause; you will hear from me by 3pm tomorrow.", BEN, channel)
    assert said == f":white_check_mark: {READS_WELL}"


def test_no_draft_is_asked_for(heard):
    """Who types nothing learns what to type."""
    assert "/heard check <draft>" in checks(heard, "")
    assert "/heard check <draft>" in checks(heard, "  ")


@pytest.mark.parametrize("who", [DANA, GUS])
def test_only_colleagues_may_ask(heard, who):
    """A customer reads a polite no."""
    assert checks(heard, "As I said", who) == refusals.CUSTOMER


MARKED = {
    "As I said, it is fixed.": ">*As I said*, it is fixed.",
    "*As I said*, it is fixed.": ">*As I said*, it is fixed.",
    "Hi\n\nAs I said, it is fixed.": ">Hi\n>\n>*As I said*, it is fixed.",
    "<@U0DANAACME1|dana> As I said, &lt;b&gt;": ">@dana *As I said*, &lt;b&gt;",
    "<!channel> as I said, see <https://a.example|here>": ">@channel *as I said*, see here",
    "_As I said_, `x < y` & ~no~": ">_*As I said*_, `x &lt; y` &amp; ~no~",
}


@pytest.mark.parametrize("draft", MARKED)
def test_the_words_are_marked(heard, draft):
    """They stand out in the draft, which pings nobody; and each has its reason and its cure."""
    shown, reason = checks(heard, draft).split("\n:warning: ", 1)
    assert shown == MARKED[draft]
    assert "Kinder: _" in reason


def test_all_that_is_found_is_told(heard):
    """Each finding has its own paragraph."""
    said = checks(heard, "As I said, that's not our problem. I'll look into it soon.")
    assert said.count(":warning:") == said.count("Kinder: _") == 4


def test_marks_across_lines(heard):
    """Slack's bold ends with its line."""
    shown = checks(heard, "You should have\nread the guide.").split("\n:warning:")[0]
    assert all(line.count("*") % 2 == 0 for line in shown.split("\n"))
    assert "*You should have*" in shown or "*You should have" not in shown


@pytest.mark.parametrize("draft", ["As I said, no. ", "Thanks & so on. ", "x", "\n", "说了。"])
def test_a_draft_of_4000_characters(heard, draft):
    """Slack takes fifty paragraphs of 3,000 characters each."""
    said = checks(heard, (draft * 4000)[:4000])
    assert said.count(":warning:") <= 5
    assert "As I said" not in draft or "*As I said*" in said


# What is known of the conversation that waits here


def test_a_second_apology_quotes_the_first(heard, thread):
    """With who gave it, and when; by name, not by id."""
    said = checks(heard, "Sorry for that! The fix is live by 5pm on Wednesday.")
    assert "“Sorry about the failed export!”, Cleo said on Monday 2 March" in said


def test_ones_own_apology_counts_too(heard, thread):
    """Then it is "you" who said so."""
    said = checks(heard, "Sorry for that! The fix is live by 5pm on Wednesday.", CLEO)
    assert "“Sorry about the failed export!”, you said on" in said


def test_another_date_than_a_colleague_gave(heard, thread):
    """Two colleagues do not tell a customer two different things."""
    said = checks(heard, "We'll ship the fix on Friday.")
    assert "They were given another date by Cleo, Wednesday 4 March: “We'll ship the fix" in said
    assert "Kinder: _As Cleo wrote, it will be Wednesday 4 March._" in said


def test_ones_own_date_may_be_another(heard, thread):
    """Who gave a date may give a new one."""
    assert "another date" not in checks(heard, "We'll ship the fix on Friday.", CLEO)


def test_the_same_opening_reads_like_a_script(heard, thread):
    """The customer has read those words before."""
    said = checks(heard, "Sorry about the failed export! It runs again at 5pm on Wednesday.")
    assert "the same words as what Cleo wrote on Monday 2 March" in said


def test_who_has_no_name_is_a_colleague(heard, web, thread):
    """Nobody is called by an id."""
    web.users.pop(CLEO)
    heard.desk.met(Person(id=CLEO, team=HOME), heard.now())
    assert ", a colleague said on" in checks(heard, "Sorry for that! It is live by 5pm tomorrow.")


def test_elsewhere_the_draft_speaks_for_itself(heard, thread):
    """Where nobody waits, nothing was said before."""
    said = checks(heard, "Sorry for that! The fix is live by 5pm on Wednesday.", BEN, RANDOM)
    assert READS_WELL in said
