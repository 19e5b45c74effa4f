"""Reactions: what each does, whose count, and what comes twice, late or without its fields."""

import pytest

from bot.core.ledger import Standing
from bot.core.model import Action, State
from bot.core.outgoing import Card, Reason
from tests.local import (
    ACME,
    ANA,
    BEN,
    BOT,
    CLEO,
    DANA,
    GUS,
    TRIAGE,
    message,
    new_ts,
    reaction,
)


@pytest.fixture
def question(heard):
    """A customer's question, taken in; its `ts`."""
    asked = message(DANA)
    heard.hears(asked)
    return asked["event"]["ts"]


def only(heard):
    """Return the one conversation there is."""
    (conversation,) = heard.conversations()
    return conversation


OUTCOMES = {
    "white_check_mark": State.RESOLVED,
    "alarm_clock": State.SNOOZED,
    "no_bell": State.DISMISSED,
    "pushpin": State.WAITING,
    "eyes": State.WAITING,
}


@pytest.mark.parametrize(("name", "state"), OUTCOMES.items(), ids=OUTCOMES)
def test_each_reaction_does_what_it_says(heard, question, name, state):
    """A colleague's reaction moves the conversation, and taking it off undoes that."""
    heard.hears(reaction(BEN, name, question))
    assert only(heard).state is state
    assert only(heard).claimer == (BEN if name == "eyes" else "")
    heard.hears(reaction(BEN, name, question, added=False))
    assert (only(heard).state, only(heard).claimer) == (State.WAITING, "")


@pytest.mark.parametrize("name", ["eyes::skin-tone-2", "eyes::skin-tone-6", ":eyes:"])
def test_skin_tones_do_not_matter(heard, question, name):
    """A toned reaction is the same reaction, also when it is taken off in another tone."""
    heard.hears(reaction(BEN, name, question))
    assert only(heard).claimer == BEN
    heard.hears(reaction(BEN, "eyes", question, added=False))
    assert only(heard).claimer == ""


@pytest.mark.parametrize("who", [DANA, GUS, BOT, "U0NOBODY", "USLACKBOT"])
@pytest.mark.parametrize("name", OUTCOMES)
def test_only_colleagues_reactions_count(heard, question, who, name):
    """Customers' and machines' reactions are ignored, without an answer."""
    heard.hears(reaction(who, name, question))
    assert (only(heard).state, only(heard).claimer) == (State.WAITING, "")
    assert heard.store.outbox() == ()


@pytest.mark.parametrize("name", ["tada", "+1", "white_tick", "", "eyes2"])
def test_other_reactions_are_just_reactions(heard, web, question, name):
    """An emoji that means nothing to Heard costs not even a question to Slack."""
    web.calls.clear()
    heard.hears(reaction(BEN, name, question))
    assert only(heard).state is State.WAITING
    assert web.calls == []


def test_a_reaction_without_the_messages_author_counts(heard, question):
    """`item_user` is missing where no user wrote the message; nobody needs it."""
    claim = reaction(BEN, "eyes", question)
    del claim["event"]["item_user"]
    heard.hears(claim)
    assert only(heard).claimer == BEN


def test_a_reaction_on_any_message_of_the_conversation_counts(heard, question):
    """A later message, an answer and a grouped message lead to the same conversation."""
    more, answer = message(DANA, "And this?"), message(BEN, "Hm", thread_ts=question)
    heard.hears(more, answer, reaction(CLEO, "eyes", answer["event"]["ts"]))
    assert only(heard).claimer == CLEO
    heard.hears(reaction(CLEO, "white_check_mark", more["event"]["ts"]))
    assert only(heard).state is State.RESOLVED


def test_the_second_claimer_is_told_who_has_it(heard, question):
    """First come, first served; the other learns in private who has it, once."""
    first, late = reaction(BEN, "eyes", question), reaction(CLEO, "eyes", question)
    heard.hears(first, late, late, {**late, "event_id": "Ev0AGAIN"})
    assert only(heard).claimer == BEN
    (note,) = heard.store.outbox()
    assert (note.to, note.only) == (ACME, CLEO)


def test_one_who_gives_up_leaves_it_to_the_next(heard, question):
    """The second claimer has it as soon as the first takes 👀 off."""
    heard.hears(reaction(BEN, "eyes", question), reaction(CLEO, "eyes", question))
    heard.hears(reaction(BEN, "eyes", question, added=False))
    assert only(heard).claimer == CLEO


def test_taking_off_before_putting_on_is_off(heard, question):
    """A removal that overtakes its reaction wins."""
    on = reaction(BEN, "eyes", question)
    off = reaction(BEN, "eyes", question, added=False)
    heard.hears(off, on)
    assert only(heard).claimer == ""


def test_putting_on_again_claims_again(heard, question):
    """On, off and on is on, whatever is delivered twice in between."""
    on, off = reaction(BEN, "eyes", question), reaction(BEN, "eyes", question, added=False)
    again = reaction(BEN, "eyes", question)
    heard.hears(on, off, on, again, off)
    assert only(heard).claimer == BEN


def test_a_snooze_of_what_is_over_is_answered_in_private(heard, question):
    """⏰ on a resolved conversation changes nothing, and its author is told why."""
    heard.hears(reaction(BEN, "white_check_mark", question))
    heard.hears(reaction(CLEO, "alarm_clock", question))
    assert only(heard).state is State.RESOLVED
    assert [out.only for out in heard.store.outbox()] == [CLEO]


@pytest.mark.parametrize("name", ["eyes", "white_check_mark", "alarm_clock", "no_bell"])
def test_a_reaction_that_overtakes_its_message_counts(heard, web, name):
    """Where the message's own event comes later, history has it already."""
    known, asked = message(ANA, "Hi"), message(DANA)
    stamp = asked["event"]["ts"]
    web.messages[ACME, stamp] = asked["event"]
    heard.hears(known, reaction(BEN, name, stamp), asked)
    assert only(heard).state is OUTCOMES[name]
    assert only(heard).claimer == (BEN if name == "eyes" else "")


def test_a_kept_promise_that_overtakes_its_message_is_kept(heard, web, question):
    """✅ may come before the message that promises something."""
    promised = message(BEN, "I'll send it tomorrow", thread_ts=question)
    stamp = promised["event"]["ts"]
    web.messages[ACME, stamp] = promised["event"]
    heard.hears(reaction(BEN, "white_check_mark", stamp), promised)
    assert [one.standing for one in heard.store.promises_at(ACME, stamp)] == [Standing.KEPT]


def test_a_reaction_on_an_old_unknown_message_costs_no_question(heard, web):
    """What was written before Heard's time is not its business."""
    heard.hears(message(ANA, "Hi"))
    web.calls.clear()
    heard.hears(reaction(ANA, "eyes", "1770000000.000100"))
    assert web.calls == []


def test_a_pushpin_tracks_what_was_no_request(heard, web):
    """📌 on a customer's thanks, which is fetched first, makes a request of it."""
    thanks = message(DANA, "Thanks!")
    stamp = thanks["event"]["ts"]
    web.messages[ACME, stamp] = thanks["event"]
    heard.hears(thanks, reaction(BEN, "pushpin", stamp))
    assert heard.waiting() == [stamp]


def test_a_pushpin_on_a_message_from_before_heards_time(heard, web):
    """📌 on a message that Heard never heard of tracks it."""
    old = message(DANA, "Old question?", ts="1770000000.000100")["event"]
    web.messages[ACME, old["ts"]] = old
    heard.hears(message(BEN, "Hello"), reaction(BEN, "pushpin", old["ts"]))
    assert heard.waiting() == [old["ts"]]


def test_a_pushpin_on_a_colleagues_message_is_answered_in_private(heard, web):
    """Only a customer's message can be a request; who tried is told so."""
    said = message(BEN, "Note to us", ts=new_ts())["event"]
    web.messages[ACME, said["ts"]] = said
    heard.hears(message(ANA, "Hi"), reaction(BEN, "pushpin", said["ts"]))
    assert heard.conversations() == []
    assert [out.only for out in heard.store.outbox()] == [BEN]


def test_a_pushpin_on_what_is_gone_is_no_fault(heard, quiet):
    """A message deleted meanwhile, or an app's, is left alone."""
    heard.hears(message(ANA, "Hi"), reaction(BEN, "pushpin", new_ts()))
    assert heard.conversations() == []
    assert quiet() == []


def test_a_pushpin_waits_for_a_slack_that_is_down(heard, web):
    """Where the message cannot be read now, the reaction is not acknowledged, and works later."""
    thanks = message(DANA, "Thanks!")
    stamp = thanks["event"]["ts"]
    pin = reaction(BEN, "pushpin", stamp)
    heard.hears(thanks)
    web.next["conversations.replies"] = [500]
    assert heard.told(pin).status != 200
    web.messages[ACME, stamp] = thanks["event"]
    heard.hears(pin)
    assert heard.waiting() == [stamp]


@pytest.mark.parametrize(
    "fields",
    [
        {"item": None},
        {"item": {"type": "file", "file": "F1"}},
        {"item": {"type": "message", "channel": ACME}},
        {"user": None},
        {"event_ts": None},
        {"reaction": None},
    ],
    ids=str,
)
def test_missing_fields_are_no_fault(heard, question, quiet, fields):
    """A reaction that lacks what it should have is acknowledged."""
    heard.hears(reaction(BEN, "eyes", question, **fields))
    assert quiet() == []


def test_a_reaction_on_a_card_counts_for_its_conversation(heard, clock, question):
    """👀 on a nudge in the triage channel claims what the nudge is about."""
    clock.later(3600)
    (due,) = heard.rounds.due(clock.now())
    heard.rounds.attend(due, clock.now())
    (nudge,) = heard.store.outbox()
    assert nudge.about[0].reason is Reason.TRIAGE
    card = Card(id=nudge.id, channel=TRIAGE, ts=new_ts(), to=TRIAGE, about=nudge.about)
    heard.cards.delivered(nudge, card, clock.now())
    on_card = reaction(
        CLEO, "eyes", card.ts, item={"type": "message", "channel": TRIAGE, "ts": card.ts}
    )
    heard.hears(on_card)
    assert only(heard).claimer == CLEO
    assert heard.desk.act(only(heard).id, Action.RESOLVE, CLEO, clock.now()).state is State.RESOLVED
