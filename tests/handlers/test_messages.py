"""What was written: new, edited, deleted, twice, late, in threads, with and without words."""

import pytest

from bot.core.model import State
from handlers import payloads
from tests.local import (
    ACME,
    BEN,
    BOT,
    CLEO,
    DANA,
    GLOBEX,
    GUS,
    changed,
    deleted,
    edited,
    envelope,
    message,
    new_ts,
    reaction,
)


def ts(body):
    """Return the `ts` of the message in a payload."""
    return body["event"]["ts"]


WORDS = {
    "a question": "Where do I find the invoice?",
    "right to left": "متى سيعمل التصدير؟ \u202bשלום\u202c",  # noqa: RUF001 - it is Hebrew
    "emoji and joiners": "The 👩‍👩‍👧‍👦 page is 💥 since today 🇩🇪",
    "combining marks": "Z̷̡̛a̵l̶g̷o̸ everywhere, help",
    "only a picture's worth of nothing": "",
    "code": "```Traceback (most recent call last): ...```",
    "a null byte": "It says \x00 here",
    "half a surrogate": "Broken \ud83d text",
}


@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
def test_a_customer_waits_whatever_the_words(heard, words):
    """Any script, picture or oddity that is not plainly a thank-you opens a conversation."""
    heard.hears(message(DANA, words))
    assert heard.states() == [State.WAITING]
    assert heard.asks(BEN, "open")["blocks"]


@pytest.mark.parametrize("unit", ["word ", "ok ", "thanks ", "?", "x", "still no ", "a-", "\n"])
def test_forty_thousand_characters_are_taken_in_at_once(heard, unit):
    """The longest message there is opens one conversation, well before Slack sends it again."""
    heard.hears(message(DANA, (unit * 40_000)[:40_000] + "!"))
    assert heard.states() == [State.WAITING]
    assert len(heard.conversations()[0].wait.excerpt) <= 160


SPOKEN = {
    "with a file": {"subtype": "file_share", "text": "", "files": [{"id": "F1"}]},
    "with a file that Connect hides": {
        "subtype": "file_share",
        "text": "",
        "files": [{"id": "F1", "mode": "file_access", "file_access": "check_file_info"}],
    },
    "with /me": {"subtype": "me_message"},
    "as root of its own thread": {"thread_ts": "1772445600.999999", "ts": "1772445600.999999"},
}


@pytest.mark.parametrize("fields", SPOKEN.values(), ids=SPOKEN)
def test_a_person_speaks_in_several_ways(heard, fields):
    """Files without words, /me and roots of threads are messages like any other."""
    heard.hears(message(DANA, **fields))
    assert heard.states() == [State.WAITING]


def test_a_colleague_answers_with_a_picture(heard):
    """A screenshot in the thread answers."""
    first = message(DANA)
    heard.hears(
        first, message(BEN, "", subtype="file_share", files=[{"id": "F1"}], thread_ts=ts(first))
    )
    assert heard.states() == [State.ANSWERED]


UNSPOKEN = (
    "channel_join", "group_join", "channel_leave", "channel_topic", "channel_purpose",
    "channel_archive", "pinned_item", "reminder_add", "ekm_access_denied", "message_replied",
    "reply_broadcast", "channel_convert_to_private", "file_comment", "something_new",
)  # fmt: skip


@pytest.mark.parametrize("subtype", UNSPOKEN)
def test_what_nobody_said_counts_for_nothing(heard, subtype):
    """Joins, topics and the like neither ask nor answer, whoever they are of."""
    heard.hears(message(DANA, subtype=subtype))
    assert heard.conversations() == []
    heard.hears(message(DANA), message(BEN, subtype=subtype))
    assert heard.states() == [State.WAITING]


def test_a_reply_shown_in_the_channel_too_stays_a_reply(heard):
    """A broadcast reply belongs to its thread, not to the newest conversation."""
    first, second = message(DANA), message("U0OTHER", "And mine?", team="T0OTHER")
    root = {"type": "message", "user": DANA, "ts": ts(first)}
    heard.hears(
        first,
        second,
        message(BEN, "Fixed", subtype="thread_broadcast", thread_ts=ts(first), root=root),
    )
    assert heard.waiting() == [ts(second)]


def test_a_broadcast_that_comes_twice_counts_once(heard):
    """The second copy of a broadcast chases nobody."""
    first = message(DANA)
    chase = message(DANA, "Any news?", subtype="thread_broadcast", thread_ts=ts(first))
    copy = {**chase, "event_id": "Ev0COPY", "event": {**chase["event"], "subtype": None}}
    heard.hears(first, chase, copy)
    assert heard.conversations()[0].wait.chases == 1


def test_a_mention_is_not_counted_beside_its_message(heard):
    """`app_mention` tells of the same message again, so it changes nothing."""
    said = message(DANA, f"<@{BOT}> is anybody there?")
    twin = {**said, "event_id": "Ev0TWIN", "event": {**said["event"], "type": "app_mention"}}
    heard.hears(twin, said, twin)
    (only,) = heard.conversations()
    assert only.wait.chases == 0


def test_the_same_event_again_changes_nothing(heard):
    """Retries, with their headers, and copies under another event id count once."""
    said = message(DANA)
    heard.hears(said)
    before = heard.conversations()
    again = heard.told(said, **{"x-slack-retry-num": ["1"], "x-slack-retry-reason": ["timeout"]})
    assert again.status == 200
    heard.hears({**said, "event_id": "Ev0OTHER"})
    assert heard.conversations() == before


def test_a_retry_alone_is_taken_in(heard):
    """An event whose first delivery never arrived is not ignored for being a retry."""
    assert heard.told(message(DANA), **{"x-slack-retry-num": ["3"]}).status == 200
    assert heard.states() == [State.WAITING]


def test_the_same_time_in_another_channel_is_another_message(heard):
    """A `ts` is unique in its channel only."""
    heard.hears(message(DANA, ts="1772445600.000001"))
    heard.hears(message(DANA, ts="1772445600.000001", channel=GLOBEX))
    assert heard.states() == [State.WAITING, State.WAITING]


def test_an_answer_that_overtakes_its_question_ends_the_wait(heard):
    """The order of delivery does not matter, at top level and in a thread."""
    first, second = message(DANA), message(BEN, "Here it is")
    third = message(DANA, "And this?", thread_ts=ts(first))
    fourth = message(BEN, "That as well", thread_ts=ts(first))
    heard.hears(fourth, third, second, first)
    assert heard.waiting() == []


def test_an_edit_counts_as_it_now_stands(heard):
    """A thank-you that becomes a question opens a conversation; the other way round it ends one."""
    thanks = message(DANA, "Thanks!")
    heard.hears(thanks)
    assert heard.conversations() == []
    question = message(DANA, "Where is the invoice?")
    heard.hears(question, edited(question, "Thank you"))
    assert heard.waiting() == []


def test_thanks_edited_into_a_question_open_a_conversation(heard):
    """What is edited into a request is one, although it was none when it was written."""
    thanks = message(DANA, "Thanks!")
    heard.hears(thanks, edited(thanks, "Thanks, but how do I undo that?"))
    assert heard.waiting() == [ts(thanks)]


def test_an_edit_without_its_mark_is_taken_in(heard):
    """Not every change carries `edited`: the words decide."""
    question = message(DANA)
    heard.hears(question, edited(question, "Thank you", edited=None))
    assert heard.waiting() == []


def test_an_edit_without_the_words_before_is_taken_in(heard):
    """Where Slack does not tell what a message said before, its new words count."""
    question = message(DANA)
    after = {**question["event"], "text": "Thank you", "edited": {"user": DANA, "ts": new_ts(1)}}
    heard.hears(question, changed(after))
    assert heard.waiting() == []


def test_an_edit_delivered_twice_or_late_does_not_bring_old_words_back(heard):
    """The newest edit wins, in whatever order they come."""
    question = message(DANA)
    first, second = edited(question, "Really, where is it?"), edited(question, "Thank you")
    heard.hears(question, second, first, second)
    assert heard.waiting() == []


def test_an_edit_that_overtakes_its_message_is_taken_in(heard):
    """A message first heard of by its edit stands as edited."""
    question = message(DANA, "Thanks")
    heard.hears(edited(question, "Where is the invoice?"), question)
    assert heard.waiting() == [ts(question)]


def test_unfurled_links_are_no_edit(heard):
    """A change with the same words, as links unfurl or files are processed, is no new message."""
    question = message(DANA, "See https://example.com")
    heard.hears(question)
    before = heard.conversations()
    unfurled = {**question["event"], "attachments": [{"text": "Example"}]}
    heard.hears(changed(unfurled, question["event"]))
    assert heard.conversations() == before


def test_unfurled_links_open_nothing_for_what_was_resolved(heard):
    """A link that unfurls after the conversation is over does not reopen it."""
    question = message(DANA, "See https://example.com")
    heard.hears(question, reaction(BEN, "white_check_mark", ts(question)))
    unfurled = {**question["event"], "attachments": [{"text": "Example"}]}
    heard.hears(changed(unfurled, question["event"]))
    assert heard.states() == [State.RESOLVED]


def test_a_deleted_question_ends_the_wait(heard):
    """Deleting the only unanswered message leaves nothing to answer."""
    question = message(DANA)
    heard.hears(question, deleted(question))
    assert heard.waiting() == []


def test_a_customers_deletion_comes_as_a_tombstone(heard):
    """The first message of a thread in a shared channel turns into a tombstone of Slackbot's."""
    question = message(DANA)
    stone = {
        "type": "message",
        "subtype": "tombstone",
        "text": "This message was deleted.",
        "user": "USLACKBOT",
        "ts": ts(question),
        "thread_ts": ts(question),
        "hidden": True,
    }
    heard.hears(question, message(BEN, "Hm?", thread_ts=ts(question)))
    heard.hears(message(DANA, "I mean this", thread_ts=ts(question)))
    heard.hears(changed(stone, question["event"]))
    assert len(heard.waiting()) == 1
    other = message(DANA, "And that?", ts=new_ts(900))
    stone = {**stone, "ts": ts(other), "thread_ts": ts(other)}
    heard.hears(other, changed(stone))
    assert ts(other) not in heard.waiting()


def test_a_deletion_without_the_message_before_is_taken_in(heard):
    """`deleted_ts` alone says which message is gone."""
    question = message(DANA)
    heard.hears(question, deleted(question, previous_message=None))
    assert heard.waiting() == []


def test_a_deletion_that_overtakes_its_message_is_remembered(heard):
    """A message that is gone before it is heard of opens nothing."""
    before, question = message(BEN, "Good morning"), message(DANA)
    heard.hears(before, deleted(question), question)
    assert heard.waiting() == []


def test_a_colleagues_deleted_answer_is_no_answer(heard):
    """Who deletes their answer leaves the customer waiting, since the question."""
    question = message(DANA)
    answer = message(BEN, "Wrong window", thread_ts=ts(question))
    heard.hears(question, answer, deleted(answer))
    assert heard.waiting() == [ts(question)]


def test_a_rename_in_a_shared_channel_is_a_message(heard):
    """The new name is remembered, also where it comes as an event of its own."""
    heard.hears(message(DANA), message(BEN, subtype="channel_name", name="acme-new", old_name="a"))
    assert heard.store.channel(ACME).name == "acme-new"
    renamed = {"type": "channel_rename", "channel": {"id": ACME, "name": "acme-newer"}}
    heard.hears(envelope({**renamed, "event_ts": new_ts()}))
    assert heard.store.channel(ACME).name == "acme-newer"
    assert heard.states() == [State.WAITING]


BARE = {
    "no channel": {"channel": None},
    "no user": {"user": None},
    "no ts": {"ts": None},
    "a ts that is none": {"ts": "yesterday"},
    "no text": {"text": None},
    "a thread that is none": {"thread_ts": ""},
    "null where lists should be": {"files": None, "reactions": None, "blocks": None},
    "null where objects should be": {"edited": None, "user_profile": None, "bot_profile": None},
}


@pytest.mark.parametrize("fields", BARE.values(), ids=BARE)
def test_missing_fields_are_no_fault(heard, quiet, fields):
    """An event that lacks what it should have is acknowledged, and logged as no error."""
    heard.hears(message(DANA, **fields))
    assert quiet() == []


@pytest.mark.parametrize("subtype", ["message_changed", "message_deleted", "channel_name", None])
def test_an_empty_message_is_no_fault(heard, quiet, subtype):
    """Even an event with nothing in it but its kind is acknowledged."""
    heard.hears(envelope({"type": "message", "subtype": subtype, "channel": ACME}))
    heard.hears(envelope({"type": "message", "subtype": subtype}))
    assert quiet() == []


EVENTS = (
    "team_join", "app_home_opened", "emoji_changed", "tokens_revoked", "app_uninstalled",
    "channel_left", "group_left", "channel_archive", "channel_deleted", "group_deleted",
    "channel_rename", "channel_shared", "channel_unshared", "group_unarchive", "user_change",
    "channel_id_changed", "member_joined_channel", "member_left_channel", "reaction_added",
    "reaction_removed", "function_executed", "not.thought.of.yet",
)  # fmt: skip


@pytest.mark.parametrize("kind", EVENTS)
def test_any_kind_of_event_is_acknowledged(heard, quiet, kind):
    """Kinds without a use, and used ones without their fields, are acknowledged quietly."""
    heard.hears(envelope({"type": kind}), envelope({"type": kind, "channel": None, "user": None}))
    assert quiet() == []


def test_a_channel_that_was_left_is_watched_no_more(heard):
    """Nobody is nudged about a channel that Heard was removed from, until it is back."""
    first = message(DANA)
    heard.hears(first, envelope({"type": "channel_left", "channel": ACME, "actor_id": BEN}))
    assert heard.conversations()[0].due_at is None
    heard.hears(message(DANA, "Anyone?"))
    assert heard.conversations()[0].wait.chases == 0
    joined = {"type": "member_joined_channel", "user": BOT, "channel": ACME, "inviter": BEN}
    heard.hears(envelope({**joined, "event_ts": new_ts()}))
    assert heard.conversations()[0].due_at


def test_somebody_elses_joining_and_leaving_is_theirs(heard):
    """Only the bot's own membership counts."""
    heard.hears(message(DANA))
    for kind in ("member_left_channel", "member_joined_channel"):
        heard.hears(envelope({"type": kind, "user": CLEO, "channel": ACME, "team": "T1"}))
    assert heard.store.channel(ACME).member
    assert heard.store.outbox() == ()


def test_a_channel_keeps_its_waiting_customers_under_its_new_id(heard):
    """A private channel that is about to be shared gets another id, with all that waits in it."""
    first = message(DANA)
    heard.hears(first)
    heard.hears(
        envelope({"type": "channel_id_changed", "old_channel_id": ACME, "new_channel_id": "C0NEW"})
    )
    assert heard.waiting(ACME) == []
    assert heard.waiting("C0NEW") == [ts(first)]
    heard.hears(message(BEN, "Here", channel="C0NEW", thread_ts=ts(first)))
    assert heard.waiting("C0NEW") == []


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (f"<@{DANA}> have you seen this?", DANA),
        (f"hi <@{DANA}|dana>, look", DANA),
        (f"I told <@{DANA}> so", ""),
        ("have you seen this?", ""),
    ],
)
def test_the_person_named_first_is_known(text, named):
    """Whom a message is meant for is read before its markup is taken away."""
    said = payloads.spoken(
        {"user": GUS, "ts": "1772445600.000001", "text": text}, ACME, shared=True
    )
    assert said is not None
    assert said.named == named
