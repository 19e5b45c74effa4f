"""What was written while the bot was away is read, once, and nothing from before its time."""

import threading

import pytest

from bot.core.model import State
from bot.core.retention import Retention
from handlers import events
from handlers.roster import Unavailable
from tests.local import (
    ACME,
    ANA,
    BEN,
    BOT,
    CLEO,
    DANA,
    GLOBEX,
    GUS,
    MONDAY,
    RANDOM,
    TRIAGE,
    Breakable,
    envelope,
    eventually,
    link,
    message,
    new_ts,
    office,
    stamp,
)

Q = "The export fails"


@pytest.fixture
def heard(slack):
    """Heard beside the demo's Slack, by whose clock it lives; it hears of nothing by itself."""
    return office(slack.demo.environment["SLACK_API_URL"], slack.demo.now, timeout=1)


@pytest.fixture
def started(heard):
    """Heard after its first start, with an empty past."""
    assert heard.catches_up()
    return heard


def test_the_past_before_its_time_is_not_heards(heard, slack):
    """A channel never seen before starts with the present."""
    slack.says(DANA, ACME, "Old question?")
    slack.demo.advance(60)
    assert heard.catches_up()
    assert heard.conversations() == []
    slack.says(DANA, ACME, Q)
    assert heard.catches_up()
    assert len(heard.waiting()) == 1


def test_top_level_messages_are_taken_in(started, slack):
    """Who wrote while Heard was away waits since then; thanks and machines do not."""
    first = slack.says(DANA, ACME, Q)
    slack.says(GUS, GLOBEX, "Thanks!")
    other = slack.says(GUS, GLOBEX, "Is it me?")
    slack.demo.advance(3600)
    assert started.catches_up()
    assert started.waiting() == [first]
    assert started.waiting(GLOBEX) == [other]


def test_answers_are_taken_in(started, slack):
    """A question and its answer, both missed, leave nobody waiting."""
    first = slack.says(DANA, ACME, Q)
    slack.says(BEN, ACME, "Here", thread_ts=first)
    slack.says(GUS, GLOBEX, Q)
    slack.says(CLEO, GLOBEX, "Here as well")
    assert started.catches_up()
    assert started.states() == [State.ANSWERED, State.ANSWERED]


def test_new_threads_are_taken_in_whole(started, slack):
    """A thread that began and went on meanwhile stands as it ended."""
    first = slack.says(DANA, ACME, Q)
    slack.says(BEN, ACME, "Here", thread_ts=first)
    last = slack.says(DANA, ACME, "That does not help", thread_ts=first)
    assert started.catches_up()
    assert started.waiting() == [last]


def known(heard, slack, *more):
    """Have a conversation known before the gap; return its first message."""
    first = slack.says(DANA, ACME, Q)
    for who, text in more:
        slack.says(who, ACME, text, thread_ts=first)
    slack.demo.advance(60)
    assert heard.catches_up()
    return first


def test_replies_in_open_threads_are_taken_in(started, slack):
    """History does not list replies, so known threads are looked through."""
    first = known(started, slack)
    slack.says(BEN, ACME, "Here", thread_ts=first)
    assert started.catches_up()
    assert started.states() == [State.ANSWERED]


def test_replies_in_answered_and_resolved_threads_are_taken_in(started, slack):
    """A customer's new word in what was over reopens it, also when nobody heard it at once."""
    first = known(started, slack, (BEN, "Here"))
    started.asks(BEN, f"resolve https://x.example/archives/{ACME}/p{first.replace('.', '')}")
    slack.demo.advance(86_400)
    again = slack.says(DANA, ACME, "It is broken again", thread_ts=first)
    assert started.catches_up()
    assert started.waiting() == [again]


def test_what_was_forgotten_is_not_read_again(started, slack):
    """The last message of a quiet channel is shown again at each look, however long it is over."""
    first = known(started, slack, (BEN, "Here"), (DANA, "That does not help"))
    started.asks(BEN, f"resolve {link(ACME, first)}")
    slack.demo.advance(91 * 86_400)
    retention = Retention(started.desk._decisions)
    for _ in range(9):
        retention.look(started.now())
    assert started.conversations() == []
    assert started.catches_up()
    assert started.conversations() == []


def test_a_broadcast_reply_counts_once(started, slack):
    """It is listed in the channel and in the thread, and is one message."""
    first = known(started, slack)
    slack.says(DANA, ACME, "Any news?", thread_ts=first, broadcast=True)
    assert started.catches_up()
    assert started.conversations()[0].wait.chases == 1


def test_edits_are_taken_in(started, slack):
    """What became a thank-you meanwhile waits no more; what is new stands as edited."""
    first = known(started, slack)
    slack.does(DANA, "edit", channel=ACME, ts=first, text="Thank you")
    other = slack.says(GUS, GLOBEX, "Thanks")
    slack.does(GUS, "edit", channel=GLOBEX, ts=other, text="Thanks, but how?")
    assert started.catches_up()
    assert started.waiting() == []
    assert started.waiting(GLOBEX) == [other]


def test_edited_replies_are_taken_in(started, slack):
    """The same in a thread."""
    first = known(started, slack, (BEN, "Here"))
    more = slack.says(DANA, ACME, "And that?", thread_ts=first)
    slack.demo.advance(60)
    assert started.catches_up()
    slack.does(DANA, "edit", channel=ACME, ts=more, text="Thank you")
    assert started.catches_up()
    assert started.waiting() == []


@pytest.mark.parametrize("with_thread", [False, True])
def test_deletions_are_taken_in(started, slack, with_thread):
    """A question that is gone, or a tombstone over its thread, waits no more."""
    first = known(started, slack)
    if with_thread:
        slack.says(DANA, ACME, "thx", thread_ts=first)
    slack.does(DANA, "delete", channel=ACME, ts=first)
    assert started.catches_up()
    assert started.waiting() == []


def test_deleted_replies_are_taken_in(started, slack):
    """A deleted chase is no chase, and a deleted new question in an answered thread is none."""
    first = known(started, slack, (BEN, "Here"), (DANA, "And that?"))
    assert started.waiting() != []
    last = started.waiting()[0]
    slack.does(DANA, "delete", channel=ACME, ts=last)
    assert started.catches_up()
    assert started.waiting() == []
    assert started.conversations()[0].thread == first


@pytest.mark.parametrize(
    ("name", "state", "claimer"),
    [
        ("white_check_mark", State.RESOLVED, ""),
        ("no_bell", State.DISMISSED, ""),
        ("eyes", State.WAITING, BEN),
        ("eyes::skin-tone-3", State.WAITING, BEN),
    ],
)
def test_reactions_are_taken_in(started, slack, name, state, claimer):
    """A reaction made meanwhile, on a known message and on a new one, counts; a customer's not."""
    first = known(started, slack)
    slack.demo.advance(3600)
    second = slack.says(GUS, GLOBEX, "And I?")
    for channel, ts in ((ACME, first), (GLOBEX, second)):
        slack.reacts(BEN, channel, ts, name)
    slack.reacts(DANA, ACME, first, "white_check_mark")
    slack.reacts(GUS, GLOBEX, second, "no_bell")
    assert started.catches_up()
    assert started.states() == [state, state]
    assert [one.claimer for one in started.conversations()] == [claimer, claimer]


def test_reactions_in_threads_are_taken_in(started, slack):
    """A tick on a reply of a known thread resolves it."""
    first = known(started, slack)
    more = slack.says(DANA, ACME, "Hello?", thread_ts=first)
    slack.reacts(CLEO, ACME, more, "white_check_mark")
    assert started.catches_up()
    assert started.states() == [State.RESOLVED]


def test_nothing_counts_twice(started, slack):
    """Reading the same history again and again, or beside the events, changes nothing."""
    first = known(started, slack, (DANA, "Any news?"))
    slack.reacts(BEN, ACME, first, "eyes")
    assert started.catches_up()
    before = started.conversations()
    assert before[0].wait.chases == 1
    for _ in range(3):
        assert started.catches_up()
    again = office(started.api, slack.demo.now, started.store)
    assert again.catches_up()
    assert started.conversations() == before


def test_all_pages_are_read(started, slack):
    """More than fits on a page is read to its end, in channels and threads."""
    first = slack.says(DANA, ACME, Q)
    for number in range(210):
        slack.says(BEN, ACME, f"Step {number}", thread_ts=first)
    last = slack.says(DANA, ACME, "That did not help", thread_ts=first)
    for number in range(205):
        slack.says(GUS, GLOBEX, f"Thanks {number}")
    assert started.catches_up()
    assert started.waiting() == [last]
    assert len(started.waiting(GLOBEX)) <= 1
    assert len(slack.calls("conversations.history")) >= 3
    assert len(slack.calls("conversations.replies")) >= 2


@pytest.mark.parametrize(
    "method", ["users.conversations", "conversations.history", "conversations.replies"]
)
@pytest.mark.parametrize("how", ["429", "500", "error:internal_error"])
def test_failures_are_waited_out(started, slack, method, how):
    """One failure of any of the methods is followed by another try, within the same turn."""
    first = known(started, slack)
    slack.says(BEN, ACME, "Here", thread_ts=first)
    slack.breaks(method, how)
    assert started.catches_up()
    assert started.states() == [State.ANSWERED]


def test_slack_is_left_alone_as_long_as_it_asks(slack):
    """A 429 is answered by a pause of the length that Slack names."""
    heard = office(slack.demo.environment["SLACK_API_URL"], slack.demo.now, timeout=1)
    slack.breaks("users.conversations", "429", 2)
    assert heard.catches_up()
    assert heard.pauses == [1.0, 1.0]


@pytest.mark.parametrize(
    "method", ["users.conversations", "conversations.history", "conversations.replies"]
)
def test_a_history_that_fails_is_tried_again(started, slack, method):
    """What could not be read at all is read the next time, with nothing lost in between."""
    first = known(started, slack)
    slack.says(DANA, ACME, "Thanks!")
    assert started.catches_up()
    slack.says(BEN, ACME, "Here", thread_ts=first)
    other = slack.says(GUS, GLOBEX, "And I?")
    slack.demo.advance(60)
    slack.breaks(method, "500", 99)
    assert not started.catches_up()
    assert started.history.is_behind()
    slack.breaks(method, "500", 0)
    assert _again(started)
    assert started.conversations()[0].state is State.ANSWERED
    assert started.waiting(GLOBEX) == [other]


def _again(heard):
    """Go on catching up, as the loop does, without another gap."""
    return heard.history.catch_up(lambda message: events.take_in(message, heard.edge))


def test_one_channel_that_cannot_be_read_does_not_hide_the_others(started, slack):
    """The others are read all the same; that one is tried again."""
    slack.says(DANA, ACME, Q)
    other = slack.says(GUS, GLOBEX, "And I?")
    slack.breaks("conversations.history", "error:channel_not_found")
    assert not started.catches_up()
    assert started.waiting(GLOBEX) == [other]
    assert _again(started)
    assert len(started.waiting()) == 1


def test_an_author_nobody_can_look_up_holds_nothing_up(started, slack):
    """While Slack does not say who wrote, the history is tried again, and the rest is read."""
    slack.says(GUS, GLOBEX, "Who am I?")
    slack.says(DANA, ACME, Q)
    slack.breaks("users.info", "500", 3)
    started.history.missed()
    for _ in range(5):
        try:
            if _again(started):
                break
        except Unavailable:
            continue  # the loop logs it and goes on
    assert not started.history.is_behind()
    assert len(started.waiting()) == 1
    assert len(started.waiting(GLOBEX)) == 1


def test_a_failing_store_leaves_the_gap_open(started, slack):
    """What could not be stored is read again."""
    slack.says(DANA, ACME, Q)
    started.store.fails = True
    with pytest.raises(Exception, match="disk is full"):
        started.catches_up()
    started.store.fails = False
    assert _again(started)
    assert len(started.waiting()) == 1


def test_a_restart_goes_on_where_it_was(slack, tmp_path):
    """Over a restart, on a file, the gap is closed from the last message that was read."""
    api = slack.demo.environment["SLACK_API_URL"]
    store = Breakable.in_file(tmp_path / "heard.json")
    first = office(api, slack.demo.now, store, timeout=1)
    assert first.catches_up()
    store.close()
    asked = slack.says(DANA, ACME, Q)
    slack.demo.advance(86_400)
    store = Breakable.in_file(tmp_path / "heard.json")
    second = office(api, slack.demo.now, store, timeout=1)
    assert second.catches_up()
    assert second.waiting() == [asked]
    store.close()


def test_a_channel_it_was_invited_to_meanwhile_starts_with_its_invitation(started, slack):
    """Heard is asked into a channel while it is away: it is a member, and the past stays past."""
    slack.says(BEN, RANDOM, "Old")
    slack.does(BEN, "command", channel=RANDOM, text="/invite @Heard")
    assert started.catches_up()
    assert started.store.channel(RANDOM).member
    assert started.conversations() == []


def test_a_channel_it_was_removed_from_meanwhile_is_left(started, slack):
    """Heard is removed while it is away: nobody is nudged about that channel any more."""
    known(started, slack)
    slack.does(BEN, "command", channel=ACME, text="/remove @Heard")
    assert started.catches_up()
    assert not started.store.channel(ACME).member
    assert started.conversations()[0].due_at is None


def test_the_triage_channel_is_not_read(started, slack):
    """Nor is any channel that somebody told Heard not to watch."""
    slack.does(BEN, "post", channel=TRIAGE, text="Hello")
    started.asks(ANA, "unwatch", GLOBEX)
    slack.says(GUS, GLOBEX, Q)
    assert started.catches_up()
    assert {call["arguments"]["channel"] for call in slack.calls("conversations.history")} <= {
        ACME,
        GLOBEX,
    }
    assert started.conversations() == []


def test_joining_a_channel_is_not_reading_its_past(started, slack):
    """The event of its own joining makes Heard look at the channel, from now on."""
    slack.says(DANA, ACME, "Old question?")
    slack.demo.advance(60)
    fresh = office(started.api, slack.demo.now, timeout=1)
    joined = {"type": "member_joined_channel", "user": BOT, "channel": ACME, "inviter": BEN}
    fresh.hears(envelope({**joined, "event_ts": new_ts()}))
    assert fresh.history.is_behind()
    assert _again(fresh)
    assert fresh.conversations() == []
    channel = fresh.store.channel(ACME)
    assert channel
    assert channel.read_to > stamp(MONDAY)


def test_what_others_heard_need_not_be_read(heard):
    """Where another process listened, nothing is missing, but for what was missed here since."""
    heard.history.missed()
    assert not heard.history.is_whole(ACME)
    assert heard.history.covered()
    assert heard.history.is_whole(ACME)
    assert not heard.history.is_behind()
    heard.history.missed(ACME, "1.0")
    assert not heard.history.covered()
    assert heard.history.is_behind()
    assert not heard.history.is_whole(ACME)
    assert heard.history.is_whole(GLOBEX)


def test_an_old_gap_is_read_whole(started, slack):
    """However long Heard was away, whoever wrote first meanwhile waits since then."""
    first = slack.says(DANA, ACME, Q)
    slack.demo.advance(10 * 86_400)
    assert started.catches_up()
    assert started.waiting() == [first]


def test_a_colleagues_deleted_answer_is_noticed(started, slack):
    """A question whose only answer was deleted meanwhile waits again."""
    first = known(started, slack)
    answer = slack.says(BEN, ACME, "Wrong window", thread_ts=first)
    slack.demo.advance(60)
    assert started.catches_up()
    slack.does(BEN, "delete", channel=ACME, ts=answer)
    assert started.catches_up()
    assert started.waiting() == [first]


def test_thanks_edited_into_a_question_are_noticed(started, slack):
    """So does a thank-you in an answered thread that was edited into a question meanwhile."""
    first = known(started, slack, (BEN, "Here"))
    thanks = slack.says(DANA, ACME, "Thanks!", thread_ts=first)
    slack.demo.advance(60)
    assert started.catches_up()
    slack.does(DANA, "edit", channel=ACME, ts=thanks, text="Thanks, but how?")
    assert started.catches_up()
    assert started.waiting() == [thanks]


def test_what_failed_beside_something_newer_is_found(started, slack):
    """A message that fails while a later one is stored is read, if it is never sent again."""
    started.edge.person(BEN)
    first, later = slack.says(GUS, GLOBEX, Q), slack.says(BEN, GLOBEX, "Good morning")
    slack.breaks("users.info", "hang")
    asking = threading.Thread(
        target=started.told, args=[message(GUS, Q, first, channel=GLOBEX)], daemon=True
    )
    asking.start()
    eventually(lambda: slack.calls("users.info")[-1:] and _asks_for(GUS, slack))
    started.hears(message(BEN, "Good morning", later, channel=GLOBEX))
    asking.join(5)
    assert started.store.about(GLOBEX, first) == ()
    assert started.history.is_behind()
    assert _again(started)
    assert started.store.about(GLOBEX, first)


def _asks_for(who, slack):
    return slack.calls("users.info")[-1]["arguments"].get("user") == who
