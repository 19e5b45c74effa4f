"""What is written in a channel: which conversation it belongs to, and what it does there."""

from datetime import timedelta

import pytest

from bot.core.model import Action, State
from tests.make import ACME, HOME, OTHER, TRIAGE, Story, person, policy

QUESTION = "Where do I find the invoices?"


# Opening


def test_a_question_opens_a_conversation(story):
    """Who asks at top level waits for us from then on."""
    question = story.says("dana", QUESTION)
    assert story.state(question) is State.WAITING
    assert story.waiting() == [("dana", question)]
    assert story.conversation(question).wait.excerpt == QUESTION


@pytest.mark.parametrize("words", ["Thanks!", "got it", "👍", ":+1:"])
def test_what_needs_no_reply_opens_nothing(story, words):
    """Thanks and thumbs are no requests, at top level or in a thread."""
    thanks = story.says("dana", words)
    announced = story.says("ana", "We have moved to a new office")
    story.says("dana", words, under=thanks)
    story.says("dana", words, under=announced)
    assert story.opened() == []


@pytest.mark.parametrize("words", ["ok", "sure", "👍"])
def test_what_answers_our_question_makes_the_customer_wait(story, words):
    """After "Shall I restart it?" an "ok" is for us to act on; after an answer it is the end."""
    question = story.says("dana", QUESTION)
    story.says("ana", "Under Billing.", under=question)
    story.says("dana", words, under=question)
    assert story.waiting() == []
    story.says("ana", "Shall I move them to the first page?", under=question)
    ok = story.says("dana", words, under=question)
    assert story.waiting() == [("dana", ok)]


def test_our_offer_of_further_help_asks_for_nothing(story):
    """Nobody waits after "Anything else?" and "Thanks"."""
    question = story.says("dana", QUESTION)
    story.says("ana", "Under Billing. Is there anything else?", under=question)
    story.says("dana", "Great, thanks!", under=question)
    assert story.waiting() == []


def test_customers_may_talk_among_themselves(story):
    """What names a colleague of theirs first opens nothing; what names one of ours does."""
    story.desk.met(person("emil"), story.now)
    story.desk.met(person("ana"), story.now)
    story.says("dana", "@emil have you seen this?", named="UEMIL")
    assert story.waiting() == []
    asked = story.says("dana", "@ana have you seen this?", named="UANA")
    assert story.waiting() == [("dana", asked)]


def test_an_unclear_message_opens_a_conversation(story):
    """When unsure, the customer is still waiting: even a picture without words waits."""
    unclear = story.says("dana", "The dashboard, Tuesday")
    story.later("10m")
    picture = story.says("dana", "")
    assert story.waiting() == [("dana", unclear), ("dana", picture)]


def test_a_long_message_is_cut_short(story):
    """An excerpt is one line of words, at most as long as a card bears."""
    question = story.says("dana", "Is it\n\n down?  " + "It is slow. " * 50)
    excerpt = story.conversation(question).wait.excerpt
    assert excerpt.startswith("Is it down? It is slow.")
    assert excerpt.endswith("…")
    assert len(excerpt) <= 160


# Grouping


def test_more_within_the_window_joins(story):
    """What the same customer adds within five minutes of their last message is the same request."""
    question = story.says("dana", QUESTION)
    story.later("4m")
    more = story.says("dana", "And the receipts?")
    story.later("4m59s")
    most = story.says("dana", "And the refunds?")
    assert story.opened() == [question]
    assert story.conversation(most) == story.conversation(more) == story.conversation(question)
    assert story.conversation(question).wait.chases == 2


def test_more_after_the_window_is_another_request(story):
    """After five minutes it is a conversation of its own."""
    question = story.says("dana", QUESTION)
    story.later("5m1s")
    other = story.says("dana", "And the receipts?")
    assert story.opened() == [question, other]


def test_the_window_is_a_setting():
    """A team decides how close together messages belong together."""
    story = Story(rules=policy(group_window=timedelta(seconds=10)))
    question = story.says("dana", QUESTION)
    story.later("11s")
    other = story.says("dana", "And the receipts?")
    assert story.opened() == [question, other]


def test_other_customers_in_between_do_not_matter(story):
    """Two customers who talk at the same time have a conversation each."""
    danas = story.says("dana", QUESTION)
    emils = story.says("emil", "Our exports fail")
    more = story.says("dana", "And the receipts?")
    assert story.opened() == [danas, emils]
    assert story.conversation(more).thread == danas


def test_a_word_of_thanks_in_between_does_not_matter(story):
    """What needs no reply belongs to nothing, and what follows it joins the question before."""
    question = story.says("dana", QUESTION)
    story.says("emil", "thanks")
    more = story.says("dana", "And the receipts?")
    assert story.conversation(more).thread == question


def test_thanks_join_what_they_follow(story):
    """Thanks right after a question are part of its conversation, and no chase."""
    question = story.says("dana", QUESTION)
    thanks = story.says("dana", "thank you!")
    assert story.conversation(thanks).thread == question
    assert story.conversation(question).wait.chases == 0


def test_after_a_colleague_at_top_level_it_is_another_request(story):
    """Once a colleague has spoken in the channel, the next question stands for itself."""
    question = story.says("dana", QUESTION)
    story.says("ana", "Under Billing")
    other = story.says("dana", "And the receipts?")
    assert story.opened() == [question, other]
    assert (story.state(question), story.state(other)) == (State.ANSWERED, State.WAITING)


def test_after_a_colleague_in_the_thread_it_is_another_request(story):
    """Once a colleague has spoken in its thread, the next question stands for itself."""
    question = story.says("dana", QUESTION)
    story.says("ana", "Under Billing", under=question)
    other = story.says("dana", "And the receipts?")
    assert story.opened() == [question, other]


def test_a_colleague_in_another_thread_does_not_matter(story):
    """A colleague who answers somebody else has not come in between."""
    emils = story.says("emil", "Our exports fail")
    question = story.says("dana", QUESTION)
    story.says("ana", "Try again", under=emils)
    more = story.says("dana", "And the receipts?")
    assert story.conversation(more).thread == question


def test_a_robot_in_between_does_not_matter(story):
    """A bot is nobody who could have spoken in between."""
    question = story.says("dana", QUESTION)
    story.says("robot", "We are out of office")
    assert story.conversation(story.says("dana", "And the receipts?")).thread == question


def test_more_reopens_what_was_resolved_within_the_window(story):
    """What joins a resolved conversation opens it again: nobody has spoken in between."""
    question = story.says("dana", QUESTION)
    story.reacts("ana", "white_check_mark", on=question)
    more = story.says("dana", "And the receipts?")
    assert story.opened() == [question]
    assert story.waiting() == [("dana", more)]


# Threads


def test_a_thread_belongs_to_its_first_message(story):
    """What a customer writes in a thread is part of that conversation, whoever writes it."""
    question = story.says("dana", QUESTION)
    story.later("1h")
    chase = story.says("emil", "We wonder about that, too", under=question)
    assert story.conversation(chase).thread == question
    assert story.waiting() == [("dana", question)]
    assert story.conversation(question).wait.chases == 1


def test_a_thread_under_a_message_that_had_joined(story):
    """A thread under any message of a conversation is part of the conversation."""
    question = story.says("dana", QUESTION)
    more = story.says("dana", "And the receipts?")
    story.says("ana", "Under Billing", under=more)
    assert story.state(question) is State.ANSWERED


def test_a_question_under_our_own_message_opens_a_conversation(story):
    """A customer who replies to an announcement waits for us in its thread."""
    announced = story.says("ana", "The exports will be faster from tomorrow on")
    question = story.says("dana", "Also for us?", under=announced)
    assert story.conversation(question).thread == announced
    assert story.waiting() == [("dana", question)]
    story.says("ben", "Yes", under=announced)
    assert story.waiting() == []


def test_a_thread_under_an_answer_at_top_level(story):
    """A reply to what answered at top level belongs to the conversation that was answered."""
    question = story.says("dana", QUESTION)
    answer = story.says("ana", "Under Billing")
    story.says("dana", "I cannot see it there", under=answer)
    assert story.state(question) is State.WAITING
    assert story.opened() == [question]


def test_a_question_in_the_thread_of_thanks(story):
    """What starts under a message that was no request is a conversation of that thread."""
    thanks = story.says("dana", "Thanks!")
    question = story.says("dana", "But where do I sign?", under=thanks)
    assert story.conversation(question).thread == thanks
    assert story.waiting() == [("dana", question)]


# Answers


def test_a_colleague_answers_in_the_thread(story):
    """A colleague's message in the thread answers it, and nothing else."""
    danas = story.says("dana", QUESTION)
    emils = story.says("emil", "Our exports fail")
    story.says("ana", "Under Billing", under=danas)
    assert (story.state(danas), story.state(emils)) == (State.ANSWERED, State.WAITING)


def test_a_colleague_answers_at_top_level(story):
    """It answers the newest waiting conversation and all others of the same customer."""
    first = story.says("dana", QUESTION)
    story.later("10m")
    emils = story.says("emil", "Our exports fail")
    story.later("10m")
    newest = story.says("dana", "How do I add a colleague?")
    story.says("ana", "Both under Settings")
    assert [story.state(one) for one in (first, emils, newest)] == [
        State.ANSWERED,
        State.WAITING,
        State.ANSWERED,
    ]


def test_an_answer_at_top_level_belongs_to_its_channel(story):
    """Nobody in another channel has been answered."""
    here = story.says("dana", QUESTION)
    there = story.says("emil", "Our exports fail", into=OTHER)
    story.says("ana", "Under Billing")
    assert story.state(here) is State.ANSWERED
    assert story.state(there, OTHER) is State.WAITING


@pytest.mark.parametrize("where", ["thread", "top level"])
def test_robots_answer_nothing(story, where):
    """Bots, workflows and auto-replies are neither customers nor colleagues."""
    question = story.says("dana", QUESTION)
    story.says("robot", "We got your message!", under=question if where == "thread" else "")
    story.says("robot", "Is anybody there?")
    assert story.waiting() == [("dana", question)]
    assert story.opened() == [question]


def test_a_colleague_who_talks_to_nobody(story):
    """Where nobody waits, a colleague's message opens and answers nothing."""
    story.says("ana", "Good morning! Could you all read the news?")
    story.says("dana", "Thanks")
    assert story.opened() == []


# Chasing, and coming back


def test_a_chase_is_counted_and_the_clock_goes_on(story):
    """Asking again neither starts the clock anew nor is lost."""
    question = story.says("dana", QUESTION)
    story.later("20m")
    story.says("dana", "Any update?", under=question)
    story.says("dana", "Hello?", under=question)
    wait = story.conversation(question).wait
    assert (wait.ts, wait.chases) == (question, 2)


@pytest.mark.parametrize(
    ("words", "state"), [("Any update?", State.WAITING), ("thanks", State.SNOOZED)]
)
def test_a_chase_wakes_a_snoozed_conversation(story, words, state):
    """Who asks again is not left to the alarm clock; who thanks is."""
    question = story.says("dana", QUESTION)
    story.reacts("ana", "alarm_clock", on=question)
    story.says("dana", words, under=question)
    assert story.state(question) is state


@pytest.mark.parametrize("end", [Action.RESOLVE, Action.SNOOZE, Action.DISMISS, None])
@pytest.mark.parametrize("words", ["It fails again", "got it"])
def test_what_was_dealt_with_comes_back(story, end, words):
    """A new message reopens it, whatever became of it, unless the message needs no reply."""
    question = story.says("dana", QUESTION)
    story.says("ana", "Under Billing", under=question)
    if end:
        story.does("ana", end, question)
    before = story.state(question)
    story.says("dana", words, under=question)
    assert story.state(question) is (before if words == "got it" else State.WAITING)


# People


@pytest.mark.parametrize(
    ("facts", "opens"),
    [
        ({"team": HOME}, False),
        ({"team": HOME, "guest": True}, True),
        ({"team": HOME, "stranger": True}, True),
        ({"team": "T0ACME"}, True),
        ({"team": "T0ACME", "stranger": True}, True),
        ({"team": ""}, True),
        ({"team": "", "known": False}, True),
        ({"team": "T0ACME", "enterprise": "E0ACME"}, True),
        ({"team": "T0SISTER", "enterprise": "E0HOME"}, False),
        ({"team": "T0ACME", "bot": True}, False),
        ({"team": HOME, "bot": True, "guest": True}, False),
    ],
)
def test_who_is_a_customer(facts, opens):
    """Whoever is not surely a full member of our own workspace is a customer; bots are neither."""
    story = Story(rules=policy(home=frozenset({HOME, "E0HOME"})))
    story.says("somebody", QUESTION, author=person("somebody", **facts))
    assert len(story.opened()) == opens


@pytest.mark.parametrize(
    ("facts", "colleagues", "customers", "opens"),
    [
        ({"guest": True}, {"USOMEBODY"}, set(), False),
        ({"guest": True, "email": "Kim@Partner.Example"}, {"partner.example"}, set(), False),
        ({"guest": True, "email": "kim@sub.partner.example"}, {"partner.example"}, set(), True),
        ({"guest": True, "email": "kim@notpartner.example"}, {"partner.example"}, set(), True),
        ({"stranger": True, "team": "T0ACME"}, {"USOMEBODY"}, set(), False),
        ({}, set(), {"USOMEBODY"}, True),
        ({"email": "kim@acme.example"}, set(), {"acme.example"}, True),
        ({"email": "kim@acme.example"}, {"USOMEBODY"}, {"acme.example"}, True),
        ({"email": ""}, set(), {"acme.example"}, False),
        ({"bot": True}, set(), {"USOMEBODY"}, False),
    ],
)
def test_a_team_says_who_is_who(facts, colleagues, customers, opens):
    """HEARD_COLLEAGUES and HEARD_CUSTOMERS name people by id or domain; the latter prevails."""
    rules = policy(colleagues=frozenset(colleagues), customers=frozenset(customers))
    story = Story(rules=rules)
    story.says("somebody", QUESTION, author=person("somebody", **facts))
    assert len(story.opened()) == opens


# Which channels count


def test_only_watched_channels_count():
    """A channel among colleagues is not watched, and never the triage channel."""
    story = Story()
    story.says("ana", "Could somebody water the plants?")
    story.says("dana", QUESTION, into=TRIAGE)
    assert story.opened() == []
    assert story.store.channel(ACME) is None


def test_a_named_channel_is_watched_from_the_start():
    """HEARD_WATCH has Heard follow a channel in which no customer has written yet."""
    story = Story(rules=policy(watch=frozenset({ACME})))
    story.says("ana", "Welcome!", in_order=True)
    assert story.read_to()
    assert story.desk.why(ACME, "1.0").watched


def test_how_far_was_read_is_remembered(story):
    """Only what comes in order moves the mark up to which all was taken in, and only forward."""
    first = story.says("dana", QUESTION, in_order=True)
    missed = story.writes()
    assert story.read_to() == first
    story.says("emil", "Our exports fail")
    story.says("emil", "thanks", under=first)
    assert story.read_to() == first
    last = story.says("emil", "And the imports, too", in_order=True)
    story.hears(story.message("dana", "Or not?", missed, in_order=True))
    assert story.read_to() == last


# Edits and deletions


def test_a_question_edited_into_thanks(story):
    """An edited message counts as it now stands: the wait ends, and begins again."""
    question = story.says("dana", QUESTION)
    story.edits_to("dana", question, "Thanks!")
    assert story.waiting() == []
    story.edits_to("dana", question, "Where are the receipts?")
    assert story.waiting() == [("dana", question)]
    assert story.conversation(question).wait.excerpt == "Where are the receipts?"


def test_thanks_edited_into_a_question(story):
    """What opened nothing when it came may open a conversation since its edit."""
    thanks = story.says("dana", "Thanks!")
    story.edits_to("dana", thanks, "Thanks! But where is it?")
    assert story.waiting() == [("dana", thanks)]


def test_an_answer_edited_into_a_holding_reply(story):
    """A colleague's edit counts, too."""
    question = story.says("dana", QUESTION)
    answer = story.says("ana", "Under Billing", under=question)
    story.edits_to("ana", answer, "Let me check", under=question)
    assert story.conversation(question).last_word.holding


def test_an_answer_at_top_level_edited(story):
    """An edit counts in every conversation that the message answered."""
    first = story.says("dana", QUESTION)
    story.later("10m")
    second = story.says("dana", "How do I add a colleague?")
    answer = story.says("ana", "Under Billing")
    story.edits_to("ana", answer, "Let me check")
    assert all(story.conversation(one).last_word.holding for one in (first, second))


def test_old_edits_and_links_change_nothing(story):
    """An edit that was overtaken by a later one, or a link that unfolds, changes nothing."""
    question = story.says("dana", QUESTION)
    earlier, later = story.writes(), story.writes()
    story.hears(story.message("dana", "And the receipts?", question, edited=later))
    story.hears(story.message("dana", "Thanks", question, edited=earlier))
    story.hears(story.message("dana", "Thanks", question))
    assert story.conversation(question).wait.excerpt == "And the receipts?"


def test_deleting_the_only_question_ends_the_wait(story):
    """Nobody is owed an answer to what is gone; told twice, it is gone once."""
    question = story.says("dana", QUESTION)
    story.deletes(question)
    story.deletes(question)
    story.edits_to("dana", question, "Where is it?")
    assert story.waiting() == []
    assert story.state(question) is State.DISMISSED


def test_deleting_the_first_of_two_questions(story):
    """The clock starts at the first unanswered message that is left."""
    question = story.says("dana", QUESTION)
    story.later("2m")
    more = story.says("dana", "And the receipts?")
    story.deletes(question)
    assert story.waiting() == [("dana", more)]


def test_deleting_the_answer(story):
    """An answer that is gone has answered nobody."""
    first = story.says("dana", QUESTION)
    story.later("10m")
    second = story.says("dana", "How do I add a colleague?")
    answer = story.says("ana", "Under Billing")
    story.deletes(answer, by="ana")
    assert story.waiting() == [("dana", first), ("dana", second)]


def test_deleting_what_is_not_known(story):
    """What never counted may go without a trace."""
    thanks = story.says("dana", "Thanks!")
    story.deletes(thanks)
    story.later("1h")
    story.deletes(thanks)
    story.deletes(thanks, author="")
    story.deletes("1.000001", channel=OTHER)
    assert story.opened() == []


# Late, reordered, repeated


def test_the_same_message_twice(story):
    """Slack may tell of a message again, at once or after a hundred others."""
    question, answer, thanks = story.writes(), story.writes(), story.writes()
    told = [
        story.message("dana", QUESTION, question),
        story.message("ana", "Under Billing", answer),
        story.message("dana", "Thanks!", thanks),
    ]
    story.hears(*told, *told)
    for number in range(20):
        story.says("emil", f"Is report {number} late?")
        story.later("10m")
    story.hears(*told)
    assert story.state(question) is State.ANSWERED
    assert story.conversation(question).wait is None
    assert len(story.opened()) == 21


@pytest.mark.parametrize("thread", [True, False])
def test_a_deletion_that_overtakes_its_message(story, thread):
    """A message that arrives after its deletion is not waited upon."""
    announced = story.says("ana", "We have moved")
    story.sets(customers=True)
    question = story.writes()
    under = announced if thread else ""
    story.deletes(question, thread=under)
    story.hears(story.message("dana", QUESTION, question, under=under))
    assert story.waiting() == []


def test_an_edit_that_overtakes_its_message(story):
    """The original words that arrive after the edited ones change nothing."""
    question, edit = story.writes(), story.writes()
    story.hears(
        story.message("dana", QUESTION, question, edited=edit),
        story.message("dana", "Thanks", question),
    )
    assert story.conversation(question).wait.excerpt == QUESTION


def test_a_reply_that_overtakes_its_question(story):
    """A colleague's reply in the thread has answered the question that arrives after it."""
    story.sets(customers=True)
    question, reply = story.writes(), story.writes()
    story.hears(
        story.message("ana", "Under Billing", reply, under=question),
        story.message("dana", QUESTION, question),
    )
    assert story.state(question) is State.ANSWERED


def test_an_answer_at_top_level_that_overtakes_its_question(story):
    """A colleague's answer in the channel has answered the question that arrives after it."""
    story.sets(customers=True)
    question, answer = story.writes(), story.writes()
    story.hears(
        story.message("ana", "Under Billing", answer), story.message("dana", QUESTION, question)
    )
    assert story.state(question) is State.ANSWERED
    assert story.opened() == [question]


def test_an_answer_to_somebody_else_overtakes_a_question(story):
    """An answer that was meant for the newest request has not answered one that is late."""
    story.sets(customers=True)
    danas, emils, answer = story.writes(), story.writes(), story.writes()
    story.hears(
        story.message("emil", "Our exports fail", emils),
        story.message("ana", "Try again", answer),
        story.message("dana", QUESTION, danas),
    )
    assert (story.state(danas), story.state(emils)) == (State.WAITING, State.ANSWERED)


def test_a_late_answer_at_top_level(story):
    """An answer that arrives late has answered what was asked before it, and nothing after."""
    question, answer = story.says("dana", QUESTION), story.writes()
    story.later("10m")
    other = story.says("emil", "Our exports fail")
    story.hears(story.message("ana", "Under Billing", answer))
    assert (story.state(question), story.state(other)) == (State.ANSWERED, State.WAITING)


def test_a_customers_reply_that_overtakes_the_question(story):
    """A thread's second message may arrive before its first; both are one conversation."""
    question, more = story.writes(), story.writes()
    story.hears(
        story.message("dana", "And the receipts?", more, under=question),
        story.message("dana", QUESTION, question),
    )
    assert story.opened() == [question]
    assert story.waiting() == [("dana", question)]


def test_an_old_thread_of_our_own(story):
    """A colleague who goes on with an old thread of nobody's opens and keeps nothing."""
    announced = story.says("ana", "We have moved")
    story.says("dana", "Thanks")
    story.later("2h")
    story.says("ana", "Here is a map", under=announced)
    assert story.opened() == []
    assert story.store.log(f"{ACME}:{announced}") == ()


# Why


def test_why_a_message_counts(story):
    """Heard explains what it made of a message, with all that happened since."""
    question = story.says("dana", QUESTION)
    story.reacts("ana", "eyes", on=question)
    why = story.desk.why(ACME, question)
    assert why.watched
    assert why.said
    assert why.said.why == "it asks something"
    assert why.conversation == story.conversation(question)
    assert [entry.by for entry in why.history] == ["UDANA", "UANA"]


def test_why_a_message_does_not_count(story):
    """Of what was not counted there is nothing to tell but the channel."""
    thanks = story.says("dana", "Thanks!")
    why = story.desk.why(ACME, thanks)
    assert (why.watched, why.said, why.conversation, why.history) == (True, None, None, ())
