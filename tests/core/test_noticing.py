"""What colleagues' messages do to the ledger: promised, edited, deleted, moved, delivered."""

import pytest

from bot.core.events import MessageDeleted
from bot.core.ledger import Standing
from bot.core.model import moment
from tests.make import ACME, Story, at, lasting, letters

REPORT, CALL = "I'll send you the report by Wednesday", "I'll call you on Friday"
BOTH = f"{REPORT}. {CALL}."
OPEN, KEPT, MOVED, BROKEN = Standing.OPEN, Standing.KEPT, Standing.MOVED, Standing.BROKEN


def now(story: Story) -> list[tuple[str, Standing]]:
    """Return what was promised, and how it stands."""
    return [(one.words, one.standing) for one in story.promises()]


# Made


def test_a_promise_is_written_down(story, question):
    """Who, to whom, the words, where, and until when."""
    reply = story.says("ana", f"Sorry! {REPORT}. Best, Ana", under=question)
    promise = story.promise(reply)
    assert (promise.by, promise.to, promise.words) == ("UANA", "UDANA", REPORT)
    assert (promise.channel, promise.thread, promise.ts) == (ACME, question, reply)
    assert (promise.due, promise.made_at) == (at("Wed 17:00"), moment(reply))
    assert story.conversation(question).promisers == ("UANA",)
    story.looks()
    story.expect_note("ana", "promised", promises=promise.id)
    story.expect_silence()


def test_two_in_one_message(story, question):
    """A message with two promises gives two, side by side, and one word about both."""
    reply = story.says("ana", BOTH, under=question)
    assert now(story) == [(REPORT, OPEN), (CALL, OPEN)]
    both = " ".join(one.id for one in story.promises())
    story.looks()
    assert story.expect_note("ana", "promised", promises=both).seen_in == ACME
    story.expect_silence()
    assert story.promise(reply, 1).due == at("Fri 17:00")


def test_a_dozen_in_one_message_keep_their_order(story, question):
    """Also where there are more than ten, each is found again when the message is edited."""
    text = "\n".join(f"I'll send report {number} by Friday." for number in range(12))
    reply = story.says("ana", text, under=question)
    story.edits_to("ana", reply, text, under=question)
    words = [one.words for one in story.store.promises_at(ACME, reply)]
    assert words == [f"I'll send report {number} by Friday" for number in range(12)]


@pytest.mark.parametrize("who", ["dana", "gus", "robot"])
def test_only_colleagues_promise(story, question, who):
    """What customers and bots announce is no promise of ours."""
    story.says(who, REPORT, under=question)
    assert story.promises() == []


def test_only_watched_channels_are_read(story):
    """Where nobody asked Heard to listen, it reads nothing."""
    story.says("ana", REPORT, into="C0INTERNAL")
    story.sets(customers=True, watched=False)
    story.says("ana", REPORT)
    assert story.promises() == []


@pytest.mark.parametrize(("late", "told"), [("14m", True), ("16m", False), ("3d", False)])
def test_who_promised_is_asked_on_the_spot_only(story, question, late, told):
    """What is read long after it was written is noted, and nobody is asked about it any more."""
    message = story.message("ana", REPORT, story.writes(), under=question)
    story.now += lasting(late)
    story.hears(message)
    story.looks()
    assert story.promise().due == at("Wed 17:00")
    assert [one.note.kind for one in letters(story) if one.note] == ["promised"] * told


def test_let_me_check_is_not_asked_about(story, question):
    """Nobody has to confirm that they will check; it is owed all the same."""
    story.says("ana", "Let me check", under=question)
    assert now(story) == [("Let me check", OPEN)]
    assert story.conversation(question).promisers == ("UANA",)
    story.expect_silence()


def test_a_form_says_when(story, question):
    """What was posted from a form is due when that says, and nobody is asked about it."""
    story.posts("ana", "You will hear from me. Sorry!", "Wed 12:00", under=question)
    assert story.promise().due == at("Wed 12:00")
    story.expect_silence()


# Edited and deleted


@pytest.mark.parametrize(
    ("before", "after", "ledger"),
    [
        (REPORT, REPORT.replace("Wednesday", "Thursday"), [("Thu 17:00", OPEN)]),
        (REPORT, f"Hi! {REPORT}", [("Wed 17:00", OPEN)]),
        (REPORT, BOTH, [("Wed 17:00", OPEN), ("Fri 17:00", OPEN)]),
        (REPORT, f"{CALL}. {REPORT}.", [("Wed 17:00", OPEN), ("Fri 17:00", OPEN)]),
        (BOTH, CALL, [("Wed 17:00", OPEN), ("Fri 17:00", OPEN)]),
        (BOTH, f"{CALL}. {REPORT}.", [("Wed 17:00", OPEN), ("Fri 17:00", OPEN)]),
        ("Under Billing", REPORT, [("Wed 17:00", OPEN)]),
        (REPORT, "I'll send you the report soon", [(None, OPEN)]),
        ("Let me check", REPORT, [("Wed 17:00", OPEN)]),
        (REPORT, "Never mind", [("Wed 17:00", OPEN)]),
    ],
)
def test_an_edit_changes_what_it_says(story, question, before, after, ledger):
    """Another date is taken over, a promise is added; one that is gone waits for an answer."""
    reply = story.says("ana", before, under=question)
    story.later("1m")
    story.edits_to("ana", reply, after, under=question)
    assert [(one.due, one.standing) for one in story.promises()] == [
        (at(due) if due else None, standing) for due, standing in ledger
    ]
    assert not any(one.at_once for one in story.promises())


@pytest.mark.parametrize(
    ("before", "after", "kinds"),
    [
        (REPORT, REPORT.replace("Wednesday", "Thursday"), ["promised"]),
        (REPORT, f"{REPORT}!", []),
        (REPORT, BOTH, ["promised"]),
        (BOTH, CALL, ["promise_unsaid"]),
        (BOTH, "I'll call you on Saturday", ["promised", "promise_unsaid"]),
        (REPORT, "Never mind", ["promise_unsaid"]),
        ("Under Billing", REPORT, ["promised"]),
    ],
)
def test_who_edits_is_asked_about_what_changed(story, question, before, after, kinds):
    """They are told of another date and of what is new, and asked about what is gone, only."""
    reply = story.says("ana", before, under=question)
    story.looks()
    list(letters(story))
    story.edits_to("ana", reply, after, under=question)
    story.looks()
    assert [letter.note.kind for letter in letters(story) if letter.note] == kinds


def test_a_date_put_right_survives_an_edit(story, question):
    """Who corrects a typo has not meant to change the date, which they had put right by hand."""
    reply = story.says("ana", REPORT, under=question)
    story.presses("ana", "Change", story.promise(), "Thu 12:00")
    story.edits_to("ana", reply, REPORT.replace("report", "full report"), under=question)
    assert story.promise().due == at("Thu 12:00")
    story.edits_to("ana", reply, REPORT.replace("Wednesday", "Friday"), under=question)
    assert story.promise().due == at("Fri 17:00")


def test_a_deletion_asks(story, question):
    """What was promised in a deleted message stands until its promiser says what is so."""
    reply = story.says("ana", BOTH, under=question)
    story.presses("ana", "Done", story.promise(reply, 1))
    story.looks()
    list(letters(story))
    gone = MessageDeleted(channel=ACME, ts=reply, at=story.writes(), author="UANA", thread=question)
    story.hears(gone)
    story.looks()
    story.expect_note("ana", "promise_deleted", promises=story.promise(reply).id)
    assert now(story) == [(REPORT, OPEN), (CALL, KEPT)]
    story.hears(gone)
    story.looks()
    story.expect_silence()


# Followed by other messages


def test_a_newer_date_moves_the_older(story, question):
    """In time it is moved; once its time has passed it is broken, and the newer one is open."""
    story.says("ana", "I'll send it by 3pm", under=question)
    story.later("1h")
    story.says("ana", REPORT, under=question)
    first, second = story.promises()
    assert (first.standing, first.successor, first.late) == (MOVED, second.id, False)
    story.until("Thu 10:00")
    story.says("ana", CALL, under=question)
    assert [one.standing for one in story.promises()] == [MOVED, BROKEN, OPEN]
    assert story.promises()[1].late


@pytest.mark.parametrize(
    ("who", "text", "elsewhere"),
    [("ben", CALL, False), ("ana", "I'll let you know soon", False), ("ana", CALL, True)],
)
def test_what_does_not_move_it(story, question, who, text, elsewhere):
    """Nobody else, nothing without a date, and nothing in another conversation."""
    story.says("ana", REPORT, under=question)
    other = story.says("emil", "And where is mine?") if elsewhere else question
    story.says(who, text, under=other)
    assert [one.standing for one in story.promises()] == [OPEN, OPEN]


@pytest.mark.parametrize(
    ("who", "text", "standing"),
    [
        ("ana", "It is under Billing", KEPT),
        ("ben", "It is under Billing", KEPT),
        ("ana", "It's fixed now", KEPT),
        ("ana", "Thanks!", OPEN),
        ("ana", "ok", OPEN),
        ("ana", "Still looking into it", OPEN),
        ("ana", "I'll let you know soon", OPEN),
        ("dana", "Any update?", OPEN),
    ],
)
def test_the_next_real_answer_is_what_was_checked(story, question, who, text, standing):
    """After "let me check" any colleague's answer will do; thanks and more putting off do not."""
    story.says("ana", "Let me check", under=question)
    story.says(who, text, under=question)
    assert story.promises()[0].standing is standing


@pytest.mark.parametrize(
    ("asked", "answered", "standing"),
    [("thread", "top", OPEN), ("top", "top", KEPT), ("top", "thread", KEPT)],
)
def test_an_answer_is_one_where_it_was_asked(story, question, asked, answered, standing):
    """News to the whole channel is no answer to who waits in a thread."""
    where = {"thread": question, "top": ""}
    story.says("ana", "Let me check", under=where[asked])
    story.later("6m")
    story.says("ana", "The new release is out today", under=where[answered])
    assert story.promise().standing is standing


def test_an_answer_to_somebody_else(story, question):
    """Who waits for what was checked is not answered by what another customer is told."""
    story.says("ana", "Let me check")
    story.says("emil", "Where is the manual?")
    story.says("ana", "The manual is under Help")
    assert story.promise().standing is OPEN


def test_plainly_delivered(story, question):
    """The only promise is kept by who says so, late where it is; which of two, nobody can tell."""
    story.says("ana", "I'll send it by 3pm", under=question)
    story.until("Mon 15:01")
    done = story.says("ana", "I've just sent it", under=question)
    assert (story.promise().standing, story.promise().late) == (KEPT, True)
    assert story.conversation(question).promisers == ()
    story.deletes(done, by="ana", thread=question)
    assert story.promise().is_open
    assert story.conversation(question).promisers == ("UANA",)
    story.says("ana", CALL, under=story.says("emil", "Will you call?"))
    story.says("ana", "Done!")
    assert [one.is_open for one in story.promises()] == [True, True]
    assert [one.since_words for one in story.promises()] == ["Done!", "Done!"]


def test_not_delivered_after_all(story, question):
    """An edit counts as it now stands: what it no longer says is owed again, and back again."""
    story.says("ana", REPORT, under=question)
    reply = story.says("ana", "I've sent it", under=question)
    story.edits_to("ana", reply, "I've not sent it yet", under=question)
    assert story.promise().standing is OPEN
    assert story.promise().since_words == "I've not sent it yet"
    story.edits_to("ana", reply, "I've sent it just now", under=question)
    assert story.promise().standing is KEPT


@pytest.mark.parametrize("text", ["I've sent it", "Here it is"])
def test_only_who_promised_delivers(story, question, text):
    """A colleague's delivery may be of something else: the promiser is asked when it is due."""
    story.says("ana", REPORT, under=question)
    story.says("ben", text, under=question)
    assert (story.promise().standing, story.promise().since) == (OPEN, "")
