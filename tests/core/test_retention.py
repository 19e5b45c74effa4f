"""What is over is forgotten: its words after a day, all but figures after HEARD_RETENTION."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest

from bot.core.decision import Decisions
from bot.core.ledger import Standing
from bot.core.model import Change, Person, Role, Said, State
from bot.core.refusals import Damaged, Unknown
from bot.core.retention import AT_ONCE, Retention, leave
from tests.make import ACME, OTHER, at, lasting, policy, stamp

REPORT = "I'll send you the report by Wednesday"
TICK = "white_check_mark"


@pytest.fixture
def forgets(story):
    """Let some time pass, and then forget what is to be forgotten by then."""

    def after(text: str, **rules) -> None:
        story.now += lasting(text)
        retention = Retention(Decisions(story.store, policy(**rules)))
        for _ in range(100):
            retention.look(story.now)

    return after


def excerpts(story, ts: str) -> list[str]:
    """Return the words that are kept of a conversation."""
    log = story.store.log(story.conversation(ts).id)
    return [entry.excerpt for entry in log if entry.excerpt]


def kinds(store) -> dict[str, int]:
    """Count all that is stored."""
    counted = {name: len(table) for name, table in store._storage.tables.items()}
    return {name: number for name, number in counted.items() if number and name != "channels"}


# Words


def test_words_go_a_day_after_the_end(story, question, forgets):
    """What was said in a closed conversation is kept without its words; who did what when stays."""
    story.says("ana", "Under Billing", under=question)
    story.reacts("ben", TICK, question)
    before = [replace(entry, excerpt="") for entry in story.store.log(f"{ACME}:{question}")]
    forgets("23h59m")
    assert excerpts(story, question) == ["Where do I find the invoices?", "Under Billing"]
    forgets("1h")
    assert excerpts(story, question) == []
    assert list(story.store.log(f"{ACME}:{question}")) == before
    assert story.state(question) is State.RESOLVED


def test_words_stay_while_it_is_open(story, question, forgets):
    """Whoever waits, or was only answered, can still be read about."""
    story.says("ana", "Under Billing", under=question)
    other = story.says("emil", "And where are the receipts?", into=OTHER)
    forgets("80d")
    assert len(excerpts(story, question)) == 2
    assert story.desk.at(OTHER, other).wait.excerpt == "And where are the receipts?"


def test_a_wrong_tick_can_be_taken_back_in_time(story, question, forgets):
    """Within the day all is as it was, and later who waits is known without the words."""
    story.reacts("ben", TICK, question)
    forgets("20h")
    story.unreacts("ben", TICK, question)
    assert story.conversation(question).wait.excerpt == "Where do I find the invoices?"
    story.reacts("ben", TICK, question)
    forgets("2d")
    story.unreacts("ben", TICK, question)
    assert (story.waiting(), story.conversation(question).wait.excerpt) == (
        [("dana", question)],
        "",
    )


def test_words_that_come_later_go_as_well(story, question, forgets):
    """What is edited or said after the words have gone is forgotten when it is over in turn."""
    story.reacts("ben", TICK, question)
    forgets("2d")
    story.edits_to("dana", question, "Where do I find the invoice for May?")
    assert len(excerpts(story, question)) == 1
    forgets("2h")
    assert excerpts(story, question) == []
    story.says("dana", "It is not there, help!", under=question)
    forgets("2d")
    assert len(excerpts(story, question)) == 1
    story.reacts("ben", TICK, question)
    forgets("2d")
    assert excerpts(story, question) == []


def test_the_words_of_a_promise_go_a_day_after_it_ended(story, question, forgets):
    """Those of one that is still owed stay, whatever has become of the conversation."""
    ts = story.says("ana", REPORT, under=question)
    story.reacts("ben", "no_bell", question)
    forgets("7d")
    assert story.promise(ts).words == REPORT
    story.presses("ana", "Done", story.promise(ts))
    forgets("23h")
    assert story.promise(ts).words == REPORT
    forgets("2h")
    assert (story.promise(ts).words, story.promise(ts).since_words) == ("", "")
    assert story.promise(ts).standing is Standing.KEPT


def test_a_deleted_message_leaves_no_words(story, question):
    """What somebody took back is forgotten at once."""
    story.says("dana", "I found them, but the sum is wrong", under=question)
    story.deletes(question)
    assert excerpts(story, question) == ["I found them, but the sum is wrong"]


def test_a_reply_to_what_is_no_conversation_is_forgotten(story, forgets):
    """What came before its conversation waits for that for a day only."""
    thanks = story.says("dana", "Thanks!")
    story.says("ana", "With pleasure", under=thanks)
    found = story.says("dana", "Where is the invoice?")
    story.says("ana", "Under Billing", under=found)
    lost = story.writes()
    story.says("ana", "Here it is", under=lost)
    assert kinds(story.store)["entries"] == 4
    forgets("25h")
    assert [e.conversation for e in story.store.log(f"{ACME}:{found}")] == [f"{ACME}:{found}"] * 2
    assert kinds(story.store)["entries"] == 2
    assert not story.store.lapsed("early", story.now, 9)


# All but the figures


def test_what_is_long_over_becomes_figures(story, question, forgets):
    """How long it took, how much was said and promised, and no words and nobody."""
    story.later("20m")
    story.says("dana", "Any update?", under=question)
    story.later("10m")
    story.reacts("ana", "eyes", question)
    ts = story.says("ana", REPORT, under=question)
    story.presses("ana", "Done", story.promise(ts))
    story.reacts("ana", TICK, question)
    story.looks()
    story.desk.met(Person(id="UDANA", team="T0ACME", stranger=True), story.now)
    story.desk.met(Person(id="UANA", team="T0HOME"), story.now)
    forgets("89d23h")
    assert story.state(question) is State.RESOLVED
    forgets("2h")
    assert kinds(story.store) == {"tallies": 1, "people": 1, "facts": 1}
    [record] = story.store._storage.tables["tallies"].values()
    tally = story.store.tally(record["id"])
    assert tally.answered_at - tally.began_at > lasting("30m")
    assert tally.response == pytest.approx(1800, abs=1)
    assert (tally.channel, tally.ended) == (ACME, "resolved")
    assert (tally.messages, tally.chases, tally.claimed) == (3, 1, True)
    assert (tally.kept, tally.broken) == (1, 0)
    assert "DANA" not in str(record)
    assert "ANA" not in str(record)
    assert story.store.person("UANA")
    assert story.store.channel(ACME).latest == ()


def test_it_can_begin_again(story, question, forgets):
    """Whoever writes under what was forgotten opens it anew, and it has figures of its own."""
    story.reacts("ben", TICK, question)
    forgets("91d")
    with pytest.raises(Unknown):
        story.conversation(question)
    story.says("dana", "It is broken again, please help", under=question)
    assert story.waiting() == [("dana", story.conversation(question).wait.ts)]
    story.reacts("ben", TICK, question)
    forgets("91d")
    assert kinds(story.store)["tallies"] == 2


def test_what_is_forgotten_is_not_taken_in_again(story, question, forgets):
    """History may show it once more, and people edit it: nobody waits, and nothing is owed."""
    reply = story.says("dana", "I do not find it there, please help", under=question)
    ts = story.says("ana", REPORT, under=question)
    alone = story.says("ben", REPORT)
    story.presses("ben", "Done", story.promise(alone))
    story.reacts("ana", TICK, question)
    forgets("91d")
    asked = story.message("dana", "Where do I find the invoices?", question)
    again = story.message("dana", "I do not find it there, please help", reply, under=question)
    story.hears(asked, again, story.message("ben", REPORT, alone))
    story.edits_to("dana", question, "Where do I find all of the invoices?")
    story.edits_to("ana", ts, f"{REPORT}!", under=question)
    story.deletes(reply)
    assert (story.opened(), story.promises()) == ([], [])
    new = story.says("dana", "It is broken again, please help", under=question)
    story.hears(again)
    assert story.waiting() == [("dana", new)]


def test_what_is_still_owed_follows_its_message(story, forgets):
    """However old it is, and whatever else of that time is forgotten."""
    story.says("dana", "Thanks!")
    ts = story.says("ana", "I'll send you the report by 5 July")
    closed = story.says("dana", "Where are my invoices?")
    story.reacts("ben", TICK, closed)
    forgets("91d")
    story.edits_to("ana", ts, "I'll send you the report by 7 July")
    assert story.promise(ts).due == at("2026-07-07 17:00")


@pytest.mark.parametrize("open_", ["waiting", "snoozed", "promised", "held"])
def test_what_is_open_stays(story, question, forgets, open_):
    """However old, it stays while a customer waits, or something is owed to them."""
    if open_ == "snoozed":
        story.reacts("ana", "alarm_clock", question)
    if open_ == "promised":
        story.says("ana", "I'll send you the report by 5 July", under=question)
    if open_ == "held":
        story.reacts("ana", "eyes", question)
        story.says("ana", "Let me check", under=question)
    forgets("300d")
    assert story.conversation(question).customer == "UDANA"
    assert "tallies" not in kinds(story.store)


def test_what_was_answered_and_left_is_forgotten(story, question, forgets):
    """Nobody needs to resolve what the customer never came back to."""
    story.says("ana", "Under Billing", under=question)
    forgets("91d")
    assert kinds(story.store) == {"tallies": 1, "facts": 1}


def test_the_time_is_a_setting(story, question, forgets):
    """HEARD_RETENTION says for how long, in days of the calendar."""
    story.reacts("ben", TICK, question)
    forgets("6d", retention=timedelta(days=7))
    assert "tallies" not in kinds(story.store)
    forgets("1d1h", retention=timedelta(days=7))
    assert kinds(story.store)["tallies"] == 1


def test_a_promise_outside_of_any_conversation_is_forgotten(story, forgets):
    """One that was made by command, or where nobody had asked, becomes figures by itself."""
    story.says("dana", "Thanks!")
    story.says("ana", REPORT)
    story.enters("ben", "call Acme", "Thu 12:00")
    story.later("1m")
    story.enters("ben", "call Acme again", "2026-12-24 12:00")
    story.until("Fri 12:00")
    for promise in story.promises()[:2]:
        story.presses("ana", "Done", promise)
    forgets("91d")
    assert [promise.words for promise in story.promises()] == ["call Acme again"]
    assert kinds(story.store)["tallies"] == 2


def test_what_took_the_place_of_a_promise_stays_as_long_as_that(story, question, forgets):
    """No promise is owed again because the one that it was moved to has been forgotten."""
    first = story.says("ana", REPORT, under=question)
    second = story.says("ana", "I'll send you the report by Friday instead", under=question)
    assert story.promise(first).successor == story.promise(second).id
    story.presses("ana", "Done", story.promise(second))
    story.says("dana", "Where is the other report?", under=question)
    forgets("60d")
    story.reacts("ben", TICK, first)
    forgets("40d")
    assert story.promise(second).id
    story.says("ana", "Here you are", under=question)
    assert not story.promise(first).is_open
    forgets("60d")
    assert story.store.promises_in(f"{ACME}:{question}") == ()


def test_cards_go_with_what_they_are_about(story, forgets):
    """One about several conversations goes with the last of them."""
    asked = [story.says("dana", f"Where is invoice {n}?", into=f"C0{n}") for n in range(3)]
    for number in range(3):
        story.owned_by("ana", channel=f"C0{number}")
    story.later("32m")
    assert kinds(story.store)["cards"] == 1
    for number in range(2):
        story.reacts("ben", TICK, asked[number], into=f"C0{number}")
    story.looks()
    forgets("91d")
    assert (kinds(story.store)["cards"], kinds(story.store)["tallies"]) == (1, 2)
    story.reacts("ben", TICK, asked[2], into="C02")
    story.looks()
    forgets("91d")
    assert "cards" not in kinds(story.store)


def test_replaced_cards_go_by_their_age(story, question, forgets):
    """While a customer waits on and on, the cards that newer ones replaced are not kept."""
    story.later("3d")
    before = kinds(story.store)["cards"]
    forgets("95d")
    assert kinds(story.store)["cards"] < before
    assert story.store.cards(story.conversation(question).id)


def test_presses_are_remembered_for_as_long(story, question, forgets):
    """That a button counted once is forgotten with all else."""
    story.posts("ana", "Under Billing", under=question, press="V1")
    forgets("89d")
    assert story.desk.posting.is_posted("V1")
    forgets("2d")
    assert not story.desk.posting.is_posted("V1")


# How it is done


def many(story, number: int) -> str:
    """Have one of many questions, asked long ago, tracked and closed."""
    ts = stamp(story.now - timedelta(days=100, seconds=number))
    said = Said(conversation=f"{ACME}:{ts}", ts=ts, by="UDANA", role=Role.CUSTOMER)
    story.desk.store.commit(Change(entries=(said,)))
    story.tracks("ana", story.message("dana", "Where?", ts))
    story.reacts("ana", TICK, ts)
    return ts


def test_it_is_done_in_small_steps(story):
    """A look forgets a few things only, and there is nothing to do between the rounds."""
    for number in range(3 * AT_ONCE):
        many(story, number)
    retention = Retention(Decisions(story.store, policy()))
    sizes = []
    story.now += lasting("91d")
    for _ in range(60):
        retention.look(story.now)
        sizes.append(kinds(story.store).get("tallies", 0))
    steps = [after - before for before, after in pairwise(sizes)]
    assert max(steps) == AT_ONCE
    assert sizes[-1] == 3 * AT_ONCE


def test_not_all_begin_at_once(story, question):
    """Workspaces take their turns within the hour."""
    story.reacts("ben", TICK, question)
    story.now += lasting("2d")

    def begins(workspace: str) -> int:
        retention, minutes = Retention(Decisions(story.store, policy()), workspace), 0
        while not retention._left:
            retention.look(story.now + timedelta(minutes=minutes))
            minutes += 1
        return minutes

    begun = [begins(f"T{number}") for number in range(20)]
    assert max(begun) <= 61
    assert len(set(begun)) > 10


def test_what_changes_meanwhile_is_left_to_another_time(story, question):
    """A customer who writes at that very moment is not forgotten."""
    story.says("ana", "Under Billing", under=question)
    seen = story.conversation(question)

    class Late:
        """A store that tells of a conversation only when it has changed."""

        def __getattr__(self, name):
            return getattr(story.store, name)

        def idle(self, *_):
            return (seen,)

    story.now += lasting("91d")
    story.says("dana", "It is not there!", under=question)
    retention = Retention(Decisions(Late(), policy()))
    for _ in range(20):
        retention.look(story.now)
    assert story.waiting()
    assert "tallies" not in kinds(story.store)


def test_one_that_fails_holds_up_no_other(story, question):
    """What cannot be forgotten is told, and all else is."""
    story.reacts("ben", TICK, question)

    class Broken:
        """A store in which one table is damaged."""

        def __getattr__(self, name):
            return getattr(story.store, name)

        def wordy(self, *_):
            raise ValueError("damaged")

    story.now += lasting("91d")
    retention = Retention(Decisions(Broken(), policy()))
    with pytest.raises(ValueError, match="damaged"):
        retention.look(story.now)
    for _ in range(20):
        retention.look(story.now)
    assert kinds(story.store)["tallies"] == 1


def test_what_is_damaged_holds_up_nothing_that_comes_after_it(story):
    """What cannot be read stays until somebody has seen to it, and is told once an hour."""
    asked = [many(story, number) for number in range(2 * AT_ONCE)]

    class Broken:
        """A store in which one conversation's log is damaged."""

        def __getattr__(self, name):
            return getattr(story.store, name)

        def log(self, one):
            if one == f"{ACME}:{asked[0]}":
                raise Damaged("damaged")
            return story.store.log(one)

    story.now += lasting("91d")
    retention, told = Retention(Decisions(Broken(), policy())), 0
    for _ in range(60):
        try:
            retention.look(story.now)
        except Damaged:
            told += 1
    assert kinds(story.store)["tallies"] == len(asked) - 1
    assert 0 < told < 60


def test_a_clock_that_is_set_back_is_not_waited_for(story, question):
    """However far it goes back, the next look is within the hour."""
    retention = Retention(Decisions(story.store, policy()))
    for _ in range(20):
        retention.look(story.now + timedelta(days=30))
    story.reacts("ben", TICK, question)
    story.now += lasting("2d")
    for _ in range(20):
        retention.look(story.now)
    assert excerpts(story, question) == []


def test_a_workspace_that_was_left_is_forgotten(story, question):
    """Everything of it goes, bit by bit, once it was left for long enough; not before."""
    story.later("3h")
    story.store.commit(Change(facts=(("left", story.now.isoformat()),)))
    days = timedelta(days=90)
    assert not leave(story.store, days, story.now + lasting("89d"))
    assert story.waiting()
    while leave(story.store, days, story.now + lasting("91d")):
        pass
    assert (kinds(story.store), story.store.channels()) == ({}, ())


def test_a_workspace_that_came_back_stays(story, question):
    """Without the fact that it was left, nothing is touched."""
    assert not leave(story.store, timedelta(days=1), at("2030-01-01 12:00"))
    assert story.waiting()
