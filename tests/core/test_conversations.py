"""The states of a conversation: every transition, and what holds whatever happens."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.conversations import add, fold, opened, order
from bot.core.model import Act, Action, Conversation, Entry, Said, State
from tests.make import ACME, MONDAY, act, at, name_of, said, stamp

ASKED, THANKED, ANSWERED, HELD_OFF = "asked", "thanked", "answered", "held off"
CLAIM, RESOLVE, SNOOZE, WAKE, TRACK, DISMISS = Action
WAITING, IS_ANSWERED, SNOOZED, RESOLVED, DISMISSED = State


def entry(what, number: int, by: str = "") -> Entry:
    """Make what happens in a given minute after ten; a snooze lasts until the next day."""
    when = at("Mon 10:00") + timedelta(minutes=number)
    if isinstance(what, Action):
        late = timedelta(days=1) if what is WAKE else timedelta(0)
        until = at("Tue 10:00") if what is SNOOZE else None
        return act(what, by or "ana", when + late, until=until)
    asked = what in {ASKED, THANKED}
    return said(
        by or ("dana" if asked else "ana"),
        when,
        needs_reply=what is ASKED,
        holding=what is HELD_OFF,
    )


def told(*happened) -> Conversation:
    """Return the conversation in which this happened, a minute apart."""
    conversation = opened(ACME, stamp(MONDAY), "UDANA")
    log = [entry(what, number) for number, what in enumerate(happened)]
    for before in log:
        conversation = add(conversation, before, lambda: log)
    assert conversation == fold(conversation, log)
    return conversation


@pytest.mark.parametrize(
    ("happened", "state"),
    [
        # what customers write
        ([ASKED], WAITING),
        ([ASKED, ASKED], WAITING),
        ([ASKED, THANKED], WAITING),
        ([THANKED], DISMISSED),
        ([ASKED, ANSWERED, ASKED], WAITING),
        ([ASKED, ANSWERED, THANKED], IS_ANSWERED),
        ([ASKED, SNOOZE, ASKED], WAITING),
        ([ASKED, SNOOZE, THANKED], SNOOZED),
        ([ASKED, RESOLVE, ASKED], WAITING),
        ([ASKED, RESOLVE, THANKED], RESOLVED),
        ([ASKED, DISMISS, ASKED], WAITING),
        ([ASKED, DISMISS, THANKED], DISMISSED),
        # what colleagues write
        ([ASKED, ANSWERED], IS_ANSWERED),
        ([ASKED, HELD_OFF], IS_ANSWERED),
        ([ASKED, ANSWERED, ANSWERED], IS_ANSWERED),
        ([ASKED, SNOOZE, ANSWERED], IS_ANSWERED),
        ([ASKED, RESOLVE, ANSWERED], RESOLVED),
        ([ASKED, DISMISS, ANSWERED], DISMISSED),
        ([ANSWERED], DISMISSED),
        # claims move nothing
        ([ASKED, CLAIM], WAITING),
        ([ASKED, ANSWERED, CLAIM], IS_ANSWERED),
        ([ASKED, SNOOZE, CLAIM], SNOOZED),
        ([ASKED, RESOLVE, CLAIM], RESOLVED),
        ([ASKED, DISMISS, CLAIM], DISMISSED),
        # resolved
        ([ASKED, RESOLVE], RESOLVED),
        ([ASKED, ANSWERED, RESOLVE], RESOLVED),
        ([ASKED, SNOOZE, RESOLVE], RESOLVED),
        ([ASKED, DISMISS, RESOLVE], RESOLVED),
        # snoozed and woken
        ([ASKED, SNOOZE], SNOOZED),
        ([ASKED, SNOOZE, SNOOZE], SNOOZED),
        ([ASKED, ANSWERED, SNOOZE], SNOOZED),
        ([ASKED, RESOLVE, SNOOZE], RESOLVED),
        ([ASKED, DISMISS, SNOOZE], DISMISSED),
        ([ASKED, SNOOZE, WAKE], WAITING),
        ([ASKED, ANSWERED, SNOOZE, WAKE], IS_ANSWERED),
        ([ASKED, ANSWERED, SNOOZE, ASKED], WAITING),
        ([ASKED, WAKE], WAITING),
        ([ASKED, RESOLVE, WAKE], RESOLVED),
        # tracked
        ([TRACK], WAITING),
        ([THANKED, TRACK], WAITING),
        ([ASKED, TRACK], WAITING),
        ([ASKED, ANSWERED, TRACK], WAITING),
        ([ASKED, SNOOZE, TRACK], WAITING),
        ([ASKED, ANSWERED, SNOOZE, TRACK], WAITING),
        ([ASKED, RESOLVE, TRACK], WAITING),
        ([ASKED, DISMISS, TRACK], WAITING),
        ([TRACK, ANSWERED], IS_ANSWERED),
        # not a request
        ([ASKED, DISMISS], DISMISSED),
        ([ASKED, ANSWERED, DISMISS], DISMISSED),
        ([ASKED, SNOOZE, DISMISS], DISMISSED),
        ([ASKED, RESOLVE, DISMISS], DISMISSED),
    ],
)
def test_transitions(happened, state):
    """Each happening moves a conversation to the state that was agreed, and to no other."""
    assert told(*happened).state is state


@pytest.mark.parametrize(
    ("before", "action"),
    [
        ([ASKED], CLAIM),
        ([ASKED], RESOLVE),
        ([ASKED, ANSWERED], RESOLVE),
        ([ASKED], SNOOZE),
        ([ASKED, ANSWERED], SNOOZE),
        ([THANKED], TRACK),
        ([ASKED, ANSWERED], TRACK),
        ([ASKED], DISMISS),
        ([ASKED, SNOOZE], RESOLVE),
        ([ASKED, ASKED], DISMISS),
    ],
)
def test_undoing(before, action):
    """What is taken back leaves everything as if it had never been done."""
    log = [entry(what, number) for number, what in enumerate([*before, action])]
    done = told(*before, action)
    undone = add(done, replace(log[-1], withdrawn=stamp(at("Mon 11:00"))), lambda: log)
    assert undone == told(*before)
    assert undone != done


@pytest.mark.parametrize(
    ("happened", "withdrawn", "left"),
    [
        ([ASKED], 0, []),
        ([ASKED, ASKED], 0, [1]),
        ([ASKED, ASKED], 1, [0]),
        ([ASKED, ANSWERED], 1, [0]),
        ([ASKED, ANSWERED, ASKED], 2, [0, 1]),
        ([ASKED, ANSWERED, ASKED], 1, [0, 2]),
        ([ASKED, SNOOZE, ASKED], 2, [0, 1]),
        ([ASKED, CLAIM], 0, [1]),
    ],
)
def test_deleting(happened, withdrawn, left):
    """A deleted message counts no more, and all else counts as it did."""
    log = [entry(what, number) for number, what in enumerate(happened)]
    gone = replace(log[withdrawn], withdrawn=stamp(at("Mon 12:00")))
    after = add(told(*happened), gone, lambda: log)
    assert after == fold(opened(ACME, stamp(MONDAY), "UDANA"), [log[n] for n in left])


def test_deleting_the_only_question_ends_the_wait():
    """Nobody waits where nothing is asked."""
    question = entry(ASKED, 0)
    after = add(told(ASKED), replace(question, withdrawn="9.0"), lambda: [question])
    assert (after.state, after.wait, after.last_at) == (DISMISSED, None, None)


def test_deleting_the_first_question_starts_the_clock_at_the_second():
    """The clock starts at the first unanswered message that still stands."""
    log = [entry(ASKED, 0), entry(ASKED, 5)]
    after = add(fold(told(), log), replace(log[0], withdrawn="9.0"), lambda: log)
    assert after.wait
    assert after.wait.since == at("Mon 10:05")
    assert after.wait.chases == 0


def test_an_edited_message_counts_as_it_now_stands():
    """Thanks that became a question makes the customer wait, and the other way round."""
    thanks = entry(THANKED, 0)
    assert isinstance(thanks, Said)
    asking = replace(thanks, needs_reply=True, edited="2.0")
    waiting = add(told(THANKED), asking, lambda: [thanks])
    assert waiting.state is WAITING
    assert add(waiting, replace(thanks, edited="3.0"), lambda: [asking]).state is DISMISSED


def test_the_clock_starts_at_the_first_unanswered_message():
    """What comes after it while the customer waits is a chase, which is counted."""
    wait = told(ANSWERED, ASKED, THANKED, ASKED, ASKED).wait
    assert wait
    assert (wait.since, wait.chases, name_of(wait.by)) == (at("Mon 10:01"), 2, "dana")


def test_an_answer_starts_the_clock_anew():
    """After an answer the next question is the first again."""
    wait = told(ASKED, ASKED, ANSWERED, ASKED).wait
    assert wait
    assert (wait.since, wait.chases) == (at("Mon 10:03"), 0)


def test_once_upset_the_wait_stays_urgent():
    """A calm word after an angry one does not slow us down."""
    calm = entry(ASKED, 0)
    angry = said("dana", at("Mon 10:01"), upset=True)
    for log in ([calm, angry], [angry, entry(ASKED, 2)]):
        wait = fold(told(), log).wait
        assert wait
        assert wait.upset
    answered = fold(told(), [angry, entry(ANSWERED, 3), entry(ASKED, 4)])
    assert answered.wait
    assert not answered.wait.upset


def test_the_first_claim_stands():
    """First come, first served, in the order in which they claimed; undone, the next one has it."""
    first, second = entry(CLAIM, 1, "ana"), entry(CLAIM, 2, "ben")
    log = [entry(ASKED, 0), second, first]
    assert fold(told(), log).claimer == "UANA"
    assert fold(told(), log).claimed_at == at("Mon 10:01")
    undone = [log[0], second, replace(first, withdrawn="9.0")]
    assert fold(told(), undone).claimer == "UBEN"


def test_a_takeover_replaces_the_claim():
    """A stale claim goes to who takes it over; undone, it goes back."""
    log = [entry(ASKED, 0), entry(CLAIM, 1, "ana")]
    takeover = act(CLAIM, "ben", at("Mon 13:00"), takeover=True)
    assert fold(told(), [*log, takeover]).claimer == "UBEN"
    assert fold(told(), [*log, replace(takeover, withdrawn="9.0")]).claimer == "UANA"


@pytest.mark.parametrize(
    ("happened", "asked"), [([ASKED, SNOOZE, WAKE], False), ([ASKED, SNOOZE, ASKED], True)]
)
def test_who_had_snoozed_it_is_to_be_told_why_it_is_back(happened, asked):
    """Its time is up, or the customer wrote again."""
    woken = told(*happened).woken
    assert woken
    assert (name_of(woken.by), woken.asked) == ("ana", asked)


@pytest.mark.parametrize("what", [ANSWERED, RESOLVE, DISMISS, SNOOZE])
def test_what_is_dealt_with_is_no_longer_back(what):
    """Once something was done about it, nobody needs to hear why it came back."""
    assert told(ASKED, SNOOZE, ASKED, what).woken is None


def test_it_does_not_wake_before_its_time():
    """A waking that belongs to an earlier snooze leaves a later one alone."""
    early = act(WAKE, "ana", at("Mon 10:30"))
    assert fold(told(), [entry(ASKED, 0), entry(SNOOZE, 1), early]).state is SNOOZED


def test_how_it_ended_is_remembered():
    """The last wait's end says how, by whom and when."""
    outcome = told(ASKED, ANSWERED, ASKED, RESOLVE).outcome
    assert outcome
    assert (outcome.state, name_of(outcome.by), outcome.at) == (RESOLVED, "ana", at("Mon 10:03"))


def test_the_last_word_is_remembered():
    """Whatever a colleague said last is the last word, a holding reply or not."""
    held, answered = told(ASKED, HELD_OFF), told(ASKED, HELD_OFF, ANSWERED)
    assert held.last_word
    assert held.last_word.holding
    assert answered.last_word
    assert not answered.last_word.holding
    assert told(ASKED, RESOLVE, HELD_OFF).last_word


KINDS = (ASKED, THANKED, ANSWERED, HELD_OFF, *Action)


@st.composite
def logs(draw) -> list[Entry]:
    """Anything that may happen, in the order in which it did, some of it taken back."""
    happened = draw(
        st.lists(
            st.tuples(
                st.sampled_from(KINDS),
                st.sampled_from(["ana", "ben"]),
                st.booleans(),
                st.sampled_from([False, False, False, True]),
            ),
            max_size=9,
        )
    )
    log = []
    for number, (kind, by, twist, gone) in enumerate(happened):
        one = entry(kind, number, by if isinstance(kind, Action) else "")
        if isinstance(one, Act):
            until = one.at + timedelta(minutes=2) if kind is SNOOZE else None
            one = replace(one, at=at("Mon 10:00") + timedelta(minutes=number), until=until)
            one = replace(one, takeover=twist and kind is CLAIM, key=f"{kind}/{by}/{number}")
        else:
            one = replace(one, upset=twist)
        log.append(replace(one, withdrawn=stamp(at("Mon 12:00")) if gone else ""))
    return log


def replayed(arrivals: list[Entry]) -> Conversation:
    """Take in entries as they arrive, each replacing what was known of it."""
    conversation = opened(ACME, stamp(MONDAY), "UDANA")
    known: dict[str, Entry] = {}
    for arrival in arrivals:
        conversation = add(conversation, arrival, lambda: list(known.values()))
        known[arrival.key] = arrival
    return conversation


@given(logs())
def test_every_state_is_consistent(log):
    """No sequence of events leads to a state that contradicts itself."""
    conversation = opened(ACME, stamp(MONDAY), "UDANA")
    for one in sorted(log, key=order):
        conversation = add(conversation, one, lambda: log)
        assert isinstance(conversation.state, State)
        assert (conversation.snooze is not None) == (conversation.state is SNOOZED)
        if conversation.state is WAITING:
            assert conversation.wait
            assert conversation.last_at
            assert conversation.wait.since <= conversation.last_at
        elif conversation.state is not SNOOZED:
            assert conversation.wait is None
            assert conversation.woken is None or conversation.state is IS_ANSWERED
        assert bool(conversation.claimer) == (conversation.claimed_at is not None)
        ended = conversation.outcome
        if conversation.state.closed and ended:
            assert ended.state is conversation.state


@given(logs(), st.randoms(use_true_random=False))
def test_the_order_of_arrival_does_not_matter(log, random):
    """However entries arrive, the result is that of the order in which they happened."""
    arrivals = random.sample(log, len(log))
    assert replayed(arrivals) == fold(told(), log)


@given(logs(), st.randoms(use_true_random=False))
def test_what_is_taken_back_late_is_put_right(log, random):
    """An entry that stood for a while and is then taken back leaves no trace."""
    arrivals = [replace(one, withdrawn="") for one in log]
    random.shuffle(arrivals)
    taken_back = [one for one in log if one.withdrawn]
    random.shuffle(taken_back)
    assert replayed([*arrivals, *taken_back]) == fold(told(), log)


@given(logs(), st.randoms(use_true_random=False))
def test_duplicates_change_nothing(log, random):
    """What is told twice, at once or much later, counts once."""
    repeated = random.choices(log, k=3) if log else []
    assert replayed([*log, *repeated]) == replayed(log)
