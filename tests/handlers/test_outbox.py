"""Delivery: at Slack's pace, through its failures, once, and only what is still true."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.model import Action, Change
from bot.core.outgoing import Note, NoteKind, Outgoing
from handlers.markup import person as mention
from handlers.markup import when
from tests.local import (
    ACME,
    ANA,
    BEN,
    CLEO,
    DANA,
    GLOBEX,
    GUS,
    NUMBERS,
    TRIAGE,
    Breakable,
    Clock,
    envelope,
    message,
    new_ts,
    office,
    stamp,
    user,
)

HOUR = 3600
TEXT = "The export fails"


@pytest.fixture
def clock() -> Clock:
    """A clock that stands still until it is moved."""
    return Clock()


@pytest.fixture
def heard(slack, clock):
    """Heard beside the demo's Slack."""
    return office(
        slack.demo.environment["SLACK_API_URL"], clock.now, timeout=0.3, HEARD_GROUP_WINDOW="0.001s"
    )


def asks(heard, who=DANA, text=TEXT, channel=ACME, **fields):
    """Take in a question of forty minutes ago; return the id of its conversation."""
    ts = new_ts(next(NUMBERS) % 9000 / 100 - 2400)
    heard.hears(message(who, text, ts, channel=channel, **fields))
    return f"{channel}:{ts}"


def owned(heard, *owners, channel=ACME):
    """Name the owners of a channel."""
    heard.desk.channels.change(channel, heard.now(), lambda c: replace(c, owners=owners))


def goes_on(heard, clock, seconds=30, step=1.0):
    """Let some time pass, delivering all the while."""
    for _ in range(int(seconds / step)):
        clock.later(step)
        heard.delivers()


def cards(slack, channel=TRIAGE):
    """Return the nudges in a channel that still stand."""
    return [one for one in slack.posted(channel) if "waits" in one["text"]]


def test_a_nudge_arrives_once(heard, slack, clock):
    """What is due goes to the triage channel, with its buttons, and not again."""
    asks(heard)
    goes_on(heard, clock)
    (card,) = slack.posted()
    assert card["channel"] == TRIAGE
    assert TEXT in card["text"]
    assert heard.store.outbox() == ()


def test_one_message_a_second_in_a_channel(heard, slack, clock):
    """Four cards to one channel take four seconds, however often the outbox is looked at."""
    for _ in range(4):
        asks(heard)
    sent = []
    for _ in range(40):
        heard.delivers(clock.later(0.1))
        sent.append(len(slack.calls("chat.postMessage")))
    assert sent[0] == 1
    assert all(after - before <= 1 for before, after in zip(sent, sent[9:], strict=False))
    assert sent[-1] == 4


def test_channels_do_not_wait_for_each_other(heard, slack, clock):
    """Different readers are told in the same second."""
    owned(heard, ANA, BEN, CLEO)
    asks(heard)
    asks(heard, GUS, channel=GLOBEX)
    heard.delivers()
    clock.later(1)
    heard.delivers()
    assert {one["channel"][0] for one in slack.posted()} == {"C", "D"}
    assert len(slack.posted()) == 4


def test_a_slow_turn_keeps_the_pace(heard, slack, clock):
    """What took long to leave is followed a second after that, not after the turn began."""
    asks(heard)
    asks(heard, GUS, channel=GLOBEX)
    heard.makes_rounds(clock.now())
    seconds = iter([0.0, 5.0])
    courier = heard.another_courier(lambda: next(seconds, 5.0))
    courier.deliver(clock.now())
    courier.deliver(clock.later(5.5))
    assert len(cards(slack)) == 1
    courier.deliver(clock.later(0.5))
    assert len(cards(slack)) == 2


def test_a_limit_is_honoured(heard, slack, clock):
    """After a 429 nothing goes that way for as long as Slack asks, and then it does, once."""
    asks(heard)
    slack.breaks("chat.postMessage", "429")
    heard.delivers()
    heard.delivers(clock.later(0.5))
    assert len(slack.calls("chat.postMessage")) == 1
    goes_on(heard, clock, 5)
    assert len(cards(slack)) == 1
    assert len(slack.calls("chat.postMessage")) == 2


def test_one_limited_reader_does_not_stop_the_others(heard, slack, clock):
    """A limit in one channel leaves the others alone."""
    asks(heard)
    slack.breaks("chat.postMessage", "429")
    heard.delivers()
    owned(heard, BEN, channel=GLOBEX)
    asks(heard, GUS, channel=GLOBEX)
    heard.delivers()
    heard.delivers(clock.later(1.1))
    assert cards(slack, "D" + BEN[1:])


@pytest.mark.parametrize("how", ["500", "lost", "hang"])
@pytest.mark.parametrize("owner", ["", BEN])
def test_a_lost_answer_is_looked_for_before_it_is_posted_again(heard, slack, clock, how, owner):
    """Whether or not Slack carried it out: there is one message in the end."""
    owned(heard, *filter(None, [owner]))
    asks(heard)
    heard.rounds.attend(heard.rounds.due(clock.now())[0], clock.now())
    clock.later(2)
    slack.breaks("chat.postMessage", how)
    heard.courier.deliver(clock.now())
    assert len(slack.calls("chat.postMessage")) == 1
    goes_on(heard, clock, 8)
    assert len(cards(slack, "D" + owner[1:] if owner else TRIAGE)) == 1
    assert len(slack.calls("chat.postMessage")) == (1 if how == "lost" else 2)
    assert heard.store.outbox() == ()
    (only,) = heard.conversations()
    assert len(heard.store.cards(only.id)) == 1


def test_a_lost_note_is_not_said_twice(heard, slack, clock):
    """The same for short private words, which are found again too."""
    note = Note(kind=NoteKind.INVITED, facts={"channel": ACME, "watched": "yes", "triage": ""})
    out = Outgoing(id="invited/1", to=BEN, at=clock.now(), note=note)
    heard.store.commit(Change(outbox=(out,)))
    slack.breaks("chat.postMessage", "lost")
    goes_on(heard, clock, 8)
    assert len(slack.direct(BEN)) == 1
    assert heard.store.outbox() == ()


def test_while_the_search_fails_nothing_is_posted_again(heard, slack, clock):
    """An unsure message is not posted again as long as history cannot be read."""
    asks(heard)
    slack.breaks("chat.postMessage", "lost")
    slack.breaks("conversations.history", "500", 3)
    goes_on(heard, clock, 4)
    assert len(slack.calls("chat.postMessage")) == 1
    goes_on(heard, clock, 60)
    assert len(cards(slack)) == 1


def test_a_message_is_found_beneath_many_others(heard, slack, clock):
    """The search goes through pages, in a channel where others post a lot meanwhile."""
    asks(heard)
    slack.breaks("chat.postMessage", "lost")
    heard.delivers()
    for number in range(150):
        slack.says(BEN, TRIAGE, f"Chatter {number}")
    goes_on(heard, clock, 5)
    assert len(cards(slack)) == 1
    assert len(slack.calls("conversations.history")) >= 2


@pytest.mark.parametrize("error", ["channel_not_found", "is_archived", "restricted_action"])
def test_what_slack_will_never_do_is_given_up(heard, slack, clock, error):
    """A permanent error for the triage channel is recorded, and not tried for ever."""
    asks(heard)
    slack.breaks("chat.postMessage", f"error:{error}", 99)
    goes_on(heard, clock, 20)
    assert len(slack.calls("chat.postMessage")) == 1
    assert heard.store.outbox() == ()


@pytest.mark.parametrize("error", ["user_not_found", "user_disabled", "users_not_found"])
def test_what_an_owner_cannot_be_told_goes_to_triage(heard, slack, clock, error):
    """A reader who is gone is named in the triage channel, which gets the nudge itself."""
    owned(heard, BEN)
    asks(heard)
    slack.breaks("conversations.open", f"error:{error}", 99)
    goes_on(heard, clock, 20)
    texts = [one["text"] for one in slack.posted(TRIAGE)]
    assert any(f"<@{BEN}>" in text and "could not reach" in text for text in texts)
    assert sum(TEXT in text for text in texts) == 1
    assert slack.direct(BEN) == []
    assert heard.store.outbox() == ()


def test_a_lead_who_is_gone_holds_nobody_up(slack, clock):
    """An id that is nobody's in HEARD_LEADS still lets the other leads be told."""
    api = slack.demo.environment["SLACK_API_URL"]
    heard = office(api, clock.now, timeout=0.3, HEARD_LEADS=f"U0GONE,{ANA}")
    asks(heard)
    clock.later(3 * HOUR)
    goes_on(heard, clock, 20)
    assert len(cards(slack, "D" + ANA[1:])) == 1
    assert any("U0GONE" in one["text"] for one in slack.posted(TRIAGE))


@pytest.mark.parametrize("error", ["invalid_auth", "token_revoked", "internal_error"])
def test_a_passing_error_is_waited_for(heard, slack, clock, error):
    """What Slack says of itself or of the token passes; the nudge waits and arrives once."""
    asks(heard)
    slack.breaks("chat.postMessage", f"error:{error}", 2)
    goes_on(heard, clock, 30)
    assert len(cards(slack)) == 1


class Crash(BaseException):
    """The process ends here."""


@pytest.mark.parametrize("arrived", [True, False])
def test_a_crash_between_trying_and_knowing_posts_once(heard, slack, clock, arrived):
    """A new bot on the same store looks for what the old one was about to post."""
    asks(heard)

    def crash(change):
        if not arrived and any(out.unsure for out in change.outbox):
            raise Crash
        if arrived and change.cards:
            raise Crash

    heard.store.before = crash
    with pytest.raises(Crash):
        heard.delivers()
    heard.store.before = lambda _: None
    assert len(slack.posted()) == arrived
    heard.courier = heard.another_courier()
    goes_on(heard, clock, 5)
    assert len(cards(slack)) == 1


def test_a_crash_right_before_posting_posts_once(heard, slack, clock):
    """What is marked as tried but never left is found missing, and posted."""
    asks(heard)
    for one in heard.rounds.due(clock.now()):
        heard.rounds.attend(one, clock.now())
    (out,) = heard.store.outbox()
    heard.cards.trying(out, clock.now())
    goes_on(heard, clock, 5)
    assert len(cards(slack)) == 1


def test_a_restart_repeats_nothing(heard, slack, clock, tmp_path):
    """A bot on a file, started anew after everything was sent, sends nothing."""
    store = Breakable.in_file(tmp_path / "heard.json")
    first = office(heard.api, clock.now, store, timeout=0.3)
    asks(first)
    goes_on(first, clock, 5)
    store.close()
    again = Breakable.in_file(tmp_path / "heard.json")
    second = office(heard.api, clock.now, again, timeout=0.3)
    goes_on(second, clock, 5)
    again.close()
    assert len(slack.posted()) == 1
    assert slack.calls("chat.update") == []


DONE = {
    "answered": lambda heard, one: heard.hears(
        message(BEN, "Here", thread_ts=one.partition(":")[2])
    ),
    "resolved": lambda heard, one: heard.desk.act(one, Action.RESOLVE, BEN, heard.now()),
    "dismissed": lambda heard, one: heard.desk.act(one, Action.DISMISS, BEN, heard.now()),
    "snoozed": lambda heard, one: heard.desk.act(one, Action.SNOOZE, BEN, heard.now()),
}


@pytest.mark.parametrize("end", DONE.values(), ids=DONE)
def test_what_is_no_longer_true_is_not_sent(heard, slack, clock, end):
    """A nudge that was decided, and whose reason is gone before it could leave, is dropped."""
    owned(heard, BEN)
    one = asks(heard)
    heard.rounds.attend(one, clock.now())
    assert heard.store.outbox()
    end(heard, one)
    clock.later(2)
    heard.courier.deliver(clock.now())
    assert slack.posted() == []
    assert heard.store.outbox() == ()


def test_a_turn_may_end_before_any_message(heard, slack, clock):
    """It is asked before each: what is left goes out in the next turn, and nothing twice."""
    owned(heard, ANA, BEN)
    heard.rounds.attend(asks(heard), clock.now())
    clock.later(2)
    goes_on = iter([True, True, False])
    heard.courier.deliver(clock.now(), lambda: next(goes_on))
    assert len(slack.posted()) == 1
    assert heard.courier.overdue
    heard.courier.deliver(clock.now())
    assert [len(slack.direct(one)) for one in (ANA, BEN)] == [1, 1]


def test_who_was_held_up_repeats_nothing(heard, slack, clock):
    """A process that stood still before a message left, while another sent it, keeps silent."""
    heard.rounds.attend(asks(heard), clock.now())
    stood_still = []

    def stand_still():
        stood_still.append(True)
        heard.another_courier().deliver(clock.now())

    while_storing(heard, lambda change: any(out.unsure for out in change.outbox), stand_still)
    heard.courier.deliver(clock.now(), lambda: not stood_still)
    goes_on(heard, clock, 5)
    assert len(slack.posted()) == 1
    assert heard.store.outbox() == ()


def test_an_owner_is_not_told_of_what_another_claimed(heard, slack, clock):
    """A claim that comes before the owners' nudge leaves silences the owners."""
    owned(heard, ANA)
    one = asks(heard)
    heard.rounds.attend(one, clock.now())
    heard.desk.act(one, Action.CLAIM, BEN, clock.now())
    clock.later(2)
    heard.courier.deliver(clock.now())
    assert slack.direct(ANA) == []


@pytest.mark.parametrize("many", [2, 3, 12])
def test_many_nudges_to_one_person_come_as_one(heard, slack, clock, many):
    """Three or more that are due to one person at once are one message, two are two."""
    owned(heard, BEN)
    for number in range(many):
        asks(heard, text=f"Question {number}?")
    goes_on(heard, clock, 8)
    messages = slack.direct(BEN)
    assert len(messages) == (2 if many == 2 else 1)
    assert heard.store.outbox() == ()
    if many > 2:
        assert f"{many} conversations need you" in messages[0]["text"]


def test_a_digest_whose_answer_was_lost_is_found_again(heard, slack, clock):
    """One message for many is posted once, too, also over a restart."""
    owned(heard, BEN)
    for number in range(4):
        asks(heard, text=f"Question {number}?")
    heard.delivers()
    slack.breaks("chat.postMessage", "lost")
    heard.delivers(clock.later(2))
    heard.courier = heard.another_courier()
    goes_on(heard, clock, 8)
    assert len(slack.direct(BEN)) == 1


def test_cards_in_triage_stay_apart(heard, slack, clock):
    """In the triage channel each conversation keeps a card of its own."""
    for _ in range(3):
        asks(heard)
    goes_on(heard, clock, 8)
    assert len(cards(slack)) == 3


def test_a_card_is_kept_true_in_place(heard, slack, clock):
    """Claimed, answered: the card says so itself, and no other message is posted."""
    one = asks(heard)
    goes_on(heard, clock, 3)
    heard.desk.act(one, Action.CLAIM, BEN, clock.now())
    goes_on(heard, clock, 3)
    assert f"claimed by <@{BEN}>" in slack.posted()[0]["text"]
    heard.hears(message(BEN, "Here", thread_ts=one.partition(":")[2]))
    goes_on(heard, clock, 3)
    (card,) = slack.posted()
    assert f"Answered by <@{BEN}>" in card["text"]
    assert all(block["type"] != "actions" for block in card["blocks"])


def test_an_edit_that_shows_nothing_new_is_not_made(heard, slack, clock):
    """What changes nothing on the card costs no call."""
    one = asks(heard)
    goes_on(heard, clock, 3)
    heard.desk.act(one, Action.TRACK, BEN, clock.now())
    goes_on(heard, clock, 3)
    assert slack.calls("chat.update") == []
    assert heard.store.outbox() == ()


@pytest.mark.parametrize("how", ["429", "500", "lost", "hang", "error:internal_error"])
def test_a_failed_edit_is_made_again(heard, slack, clock, how):
    """Through any passing failure the card is true in the end."""
    one = asks(heard)
    goes_on(heard, clock, 3)
    heard.desk.act(one, Action.RESOLVE, BEN, clock.now())
    slack.breaks("chat.update", how)
    goes_on(heard, clock, 8)
    assert "Resolved by" in slack.posted()[0]["text"]
    assert heard.store.outbox() == ()


@pytest.mark.parametrize(
    "error", ["message_not_found", "edit_window_closed", "cant_update_message"]
)
def test_an_edit_that_slack_refuses_is_given_up(heard, slack, clock, error):
    """A card that was deleted or cannot be edited is not tried for ever."""
    one = asks(heard)
    goes_on(heard, clock, 3)
    heard.desk.act(one, Action.RESOLVE, BEN, clock.now())
    slack.breaks("chat.update", f"error:{error}", 99)
    goes_on(heard, clock, 8)
    assert len(slack.calls("chat.update")) == 1
    assert heard.store.outbox() == ()


def while_storing(heard, matches, do):
    """Do something right before a matching change is stored, as another thread might."""

    def before(change):
        if matches(change):
            heard.store.before = lambda _: None
            do()

    heard.store.before = before


@pytest.mark.parametrize("action", [Action.CLAIM, Action.TRACK])
def test_an_edit_decided_while_another_is_under_way_is_not_lost(heard, slack, clock, action):
    """What changes while a card is edited, or found right already, is on it a moment later."""
    one = asks(heard)
    goes_on(heard, clock, 3)
    heard.desk.act(one, action, BEN, clock.now())
    while_storing(
        heard,
        lambda change: any(sent.startswith("edit/") for sent in change.sent),
        lambda: heard.desk.act(one, Action.RESOLVE, CLEO, clock.now()),
    )
    goes_on(heard, clock, 5)
    assert f"Resolved by <@{CLEO}>" in slack.posted()[0]["text"]


def test_a_card_of_who_became_a_customer_is_left_alone(heard, slack, clock):
    """What was told to a colleague says no more once they are a guest, and nobody hears of that."""
    one = asks(heard)
    owned(heard, BEN)
    heard.desk.act(one, Action.CLAIM, BEN, clock.now())
    clock.later(1800)
    goes_on(heard, clock, 3)
    (card,) = slack.direct(BEN)
    guest = replace(heard.edge.person(BEN), guest=True)
    heard.desk.met(guest, clock.now())
    before = len(slack.posted())
    heard.desk.act(one, Action.RESOLVE, CLEO, clock.now())
    goes_on(heard, clock, 5)
    assert slack.direct(BEN) == [card]
    assert len(slack.posted()) == before
    assert heard.cards.pending() == ()


def test_a_change_while_the_card_is_posted_is_not_lost(heard, slack, clock):
    """What changes while the card itself is on its way is on it a moment later."""
    one = asks(heard)
    while_storing(
        heard,
        lambda change: any(out.unsure for out in change.outbox),
        lambda: heard.desk.act(one, Action.CLAIM, BEN, clock.now()),
    )
    goes_on(heard, clock, 5)
    assert f"claimed by <@{BEN}>" in slack.posted()[0]["text"]


def test_a_late_card_blames_nobody_who_claims_it_now(heard, slack, clock):
    """Who takes what was escalated has claimed it; only once it is said again, they were slow."""
    one = asks(heard)
    clock.later(2 * 3600)
    goes_on(heard, clock, 3)
    heard.desk.act(one, Action.CLAIM, BEN, clock.now())
    goes_on(heard, clock, 3)
    card = slack.posted()[-1]["text"]
    assert f"claimed by <@{BEN}>" in card
    assert "did not answer" not in card
    clock.later(4 * 3600)
    goes_on(heard, clock, 3)
    assert f"<@{BEN}> claimed it" in slack.posted()[-1]["text"]
    assert "did not answer: anyone may take it" in slack.posted()[-1]["text"]


def test_a_newer_card_takes_the_older_ones_place(heard, slack, clock):
    """An escalation to the same channel makes the first card point to it."""
    asks(heard)
    goes_on(heard, clock, 3)
    clock.later(3 * HOUR)
    goes_on(heard, clock, 5)
    older, newer = slack.posted(TRIAGE)
    assert "See the newer message" in older["text"]
    assert "Unanswered for" in newer["text"]


def test_a_reminder_can_be_answered_after_hours(slack, clock):
    """Due in the evening, its card says from then on that it is overdue, and keeps its buttons."""
    api = slack.demo.environment["SLACK_API_URL"]
    heard = office(api, clock.now, HEARD_HOURS="Mon-Fri 09:00-17:00")
    asks(heard)
    heard.hears(message(BEN, "I'll call you tonight", new_ts()))
    clock.later(6 * HOUR)
    goes_on(heard, clock, 5)
    (card,) = slack.direct(BEN)
    assert "*Due" in card["text"]
    clock.later(5 * HOUR)
    goes_on(heard, clock, 5)
    (card,) = slack.direct(BEN)
    assert "*Overdue since" in card["text"]
    assert card["blocks"][-1]["type"] == "actions"


def test_an_update_ends_the_wish_for_one(heard, slack, clock):
    """The card says who gave it and when, not who answered days before."""
    one = asks(heard)
    thread = one.partition(":")[2]
    heard.desk.act(one, Action.CLAIM, BEN, clock.now())
    heard.hears(message(BEN, "We are still looking into it.", new_ts(), thread_ts=thread))
    clock.later(49 * HOUR)
    goes_on(heard, clock, 5)
    (card,) = slack.direct(BEN)
    assert "Time for an update" in card["text"]
    heard.hears(message(CLEO, "We are still on it.", stamp(clock.now()), thread_ts=thread))
    goes_on(heard, clock, 5)
    (card,) = slack.direct(BEN)
    assert f"Updated by <@{CLEO}>, <!date^{clock.now().timestamp() - 5:.0f}^" in card["text"]


def test_who_is_to_give_an_update_reads_what_was_promised(heard, slack, clock):
    """With its due time; a new date changes the card, and so does the end of it."""
    thread = asks(heard).partition(":")[2]
    heard.hears(message(BEN, "I'll send &lt;it&gt; in 5 days", new_ts(), thread_ts=thread))
    (promise,) = heard.store.owed()
    clock.later(49 * HOUR)
    goes_on(heard, clock, 5)
    (card,) = slack.direct(BEN)
    quoted = f">{mention(BEN)} promised: _I'll send &lt;it&gt; in 5 days_, due "
    assert f"{quoted}{when(promise.due)}" in card["text"]
    assert quoted in card["blocks"][0]["text"]["text"]
    later = clock.now() + timedelta(days=9)
    heard.desk.promises.dated(promise.id, BEN, later, clock.now())
    goes_on(heard, clock, 5)
    (card,) = slack.direct(BEN)
    assert f"{quoted}{when(later)}" in card["text"]


def test_many_promises_are_not_all_quoted(heard, slack, clock):
    """Three, what is due first before the others, and where to find the rest."""
    thread = asks(heard).partition(":")[2]
    parts = (f"I'll send part {number} in {9 - number} days." for number in range(5))
    heard.hears(message(BEN, " ".join(parts), new_ts(), thread_ts=thread))
    owed = heard.store.owed()
    assert len(owed) == 5
    clock.later(49 * HOUR)
    goes_on(heard, clock, 5)
    (card,) = slack.direct(BEN)
    _, *quoted = card["blocks"][0]["text"]["text"].splitlines()
    assert [f"part {4 - number}" in line for number, line in enumerate(quoted[:3])] == [True] * 3
    assert quoted[3:] == [">… and 2 more: `/heard promises here`"]


def test_no_update_is_asked_for_what_is_no_longer_owed(heard, slack, clock):
    """Once what was promised is done, or they wrote again, the card says so."""
    one = asks(heard)
    thread = one.partition(":")[2]
    heard.hears(message(BEN, "I'll send it in 5 days", new_ts(), thread_ts=thread))
    clock.later(49 * HOUR)
    goes_on(heard, clock, 5)
    (promise,) = heard.store.owed()
    heard.desk.promises.kept(promise.id, BEN, clock.now())
    heard.hears(message(DANA, "Thanks!", stamp(clock.now()), thread_ts=thread))
    goes_on(heard, clock, 5)
    (card,) = slack.direct(BEN)
    assert card["text"].startswith(":white_check_mark: Nothing more is owed")
    heard.hears(message(DANA, "Where is it?", stamp(clock.now()), thread_ts=thread))
    goes_on(heard, clock, 5)
    (card,) = slack.direct(BEN)
    assert card["text"].startswith(":speech_balloon: They wrote again")


def whisper(clock, to=ACME, only=CLEO):
    """Make a note for one person's eyes."""
    note = Note(kind=NoteKind.ALREADY_CLAIMED, facts={"claimer": BEN})
    return Outgoing(id="note/1", to=to, only=only, at=clock.now(), note=note)


def test_a_whisper_is_for_its_reader_only(heard, slack, clock):
    """An ephemeral goes to one person, and nobody else sees anything."""
    heard.store.commit(Change(outbox=(whisper(clock),)))
    goes_on(heard, clock, 3)
    (note,) = slack.all()["ephemerals"]
    assert (note["to"], note["channel"]) == (CLEO, ACME)
    assert slack.posted() == []


@pytest.mark.parametrize("how", ["lost", "hang", "500", "error:user_not_in_channel"])
def test_a_whisper_is_said_at_most_once(heard, slack, clock, how):
    """What may have been shown, and cannot be looked for, is not shown again."""
    heard.store.commit(Change(outbox=(whisper(clock),)))
    slack.breaks("chat.postEphemeral", how)
    goes_on(heard, clock, 8)
    assert len(slack.calls("chat.postEphemeral")) == 1
    assert heard.store.outbox() == ()


def test_a_limited_whisper_is_said_later(heard, slack, clock):
    """A 429 had certainly no effect, so it is said once Slack allows it."""
    heard.store.commit(Change(outbox=(whisper(clock),)))
    slack.breaks("chat.postEphemeral", "429")
    goes_on(heard, clock, 8)
    assert len(slack.all()["ephemerals"]) == 1


def test_a_whisper_interrupted_by_a_crash_is_dropped(heard, slack, clock):
    """One that was tried before a crash is not repeated."""
    heard.store.commit(Change(outbox=(replace(whisper(clock), unsure=True),)))
    goes_on(heard, clock, 3)
    assert slack.calls("chat.postEphemeral") == []
    assert heard.store.outbox() == ()


def test_nothing_leaves_outside_business_hours(slack, clock):
    """A nudge decided before closing time, and delayed, waits for the morning."""
    api = slack.demo.environment["SLACK_API_URL"]
    heard = office(api, clock.now, timeout=0.3, HEARD_HOURS="Mon-Fri 09:00-17:00")
    clock.at = clock.at.replace(hour=16, minute=59, second=58)
    ts = new_ts(6.5 * HOUR)
    heard.hears(message(DANA, TEXT, ts))
    owned(heard, BEN)
    slack.breaks("chat.postMessage", "429", 3)
    goes_on(heard, clock, 30)
    assert slack.posted() == []
    clock.later(16 * HOUR)
    goes_on(heard, clock, 5)
    assert len(slack.direct(BEN)) == 1


def test_a_clock_set_back_does_not_silence(heard, slack, clock):
    """Pauses that lie in the far future, after the clock was set back, are not waited for."""
    asks(heard)
    goes_on(heard, clock, 3)
    later = clock.now() + timedelta(days=1)
    heard.courier._pace.pause(TRIAGE, later, timedelta(seconds=1))
    asks(heard)
    goes_on(heard, clock, 3)
    assert len(cards(slack)) == 2


def test_nothing_is_posted_where_customers_read(slack, clock):
    """A triage channel that is shared gets nothing, and whoever leads is told in private."""
    api = slack.demo.environment["SLACK_API_URL"]
    heard = office(api, clock.now, timeout=0.3, HEARD_TRIAGE=GLOBEX, HEARD_LEADS=ANA)
    heard.hears(message(DANA, "Who reads this?", channel=GLOBEX))
    heard.desk.channels.change(GLOBEX, clock.now(), lambda c: replace(c, shared=True))
    asks(heard)
    clock.later(3 * HOUR)
    goes_on(heard, clock, 10)
    assert slack.posted(GLOBEX) == []
    assert slack.direct(ANA)


@pytest.mark.parametrize("customer", [DANA, GUS])
@pytest.mark.parametrize("setting", ["HEARD_LEADS", "owner", "inviter"])
def test_no_customer_is_ever_told(slack, clock, setting, customer):
    """A lead, an owner or an inviter who turns out to be a customer gets no message."""
    api = slack.demo.environment["SLACK_API_URL"]
    leads = customer if setting == "HEARD_LEADS" else ""
    heard = office(api, clock.now, timeout=0.3, HEARD_TRIAGE="", HEARD_LEADS=leads)
    heard.edge.person(customer)
    asks(heard)
    if setting == "owner":
        owned(heard, customer)
    if setting == "inviter":
        heard.desk.channels.change(ACME, clock.now(), lambda c: replace(c, invited_by=customer))
    clock.later(3 * HOUR)
    goes_on(heard, clock, 5)
    assert slack.direct(customer) == []


def test_one_message_that_cannot_be_worded_holds_nobody_up(heard, slack, clock):
    """A fault in one message leaves the others to be delivered."""
    broken = Outgoing(id="a", to=BEN, at=clock.now(), note=Note(kind=NoteKind.NOT_OPEN))
    heard.store.commit(Change(outbox=(broken,)))
    asks(heard)
    for one in heard.rounds.due(clock.now()):
        heard.rounds.attend(one, clock.now())
    for _ in range(5):
        clock.later(1)
        heard.courier.deliver(clock.now())
    assert len(cards(slack)) == 1


def test_a_claimer_who_became_a_customer_is_told_nothing(heard, slack, clock):
    """Who claimed as a colleague and is a guest by now gets no nudge; the triage channel does."""
    one = asks(heard)
    heard.desk.act(one, Action.CLAIM, CLEO, clock.now())
    guest = {"type": "user_change", "user": user(CLEO, is_restricted=True), "event_ts": new_ts()}
    heard.edge.person(CLEO)
    heard.hears(envelope(guest))
    goes_on(heard, clock, 10)
    assert slack.direct(CLEO) == []
    assert len(cards(slack)) == 1


@pytest.mark.parametrize("customer", [DANA, GUS])
def test_a_lead_who_was_never_met_may_be_a_customer(slack, clock, customer):
    """A wrong id in HEARD_LEADS leads to no message to a customer, even if they never wrote."""
    api = slack.demo.environment["SLACK_API_URL"]
    heard = office(api, clock.now, timeout=0.3, HEARD_LEADS=f"{customer},{ANA}")
    asks(heard, "U0OTHER", team="T0OTHER")
    clock.later(3 * HOUR)
    goes_on(heard, clock, 5)
    assert slack.direct(ANA)
    assert slack.direct(customer) == []
