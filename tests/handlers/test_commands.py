"""`/heard`: every word, typing errors, links, and who may use it."""

import pytest

from bot.core.model import State
from handlers import commands, refusals
from tests.local import (
    ACME,
    ANA,
    BEN,
    CLEO,
    DANA,
    GLOBEX,
    GUS,
    RANDOM,
    TRIAGE,
    click,
    command,
    deleted,
    link,
    message,
    new_ts,
    office,
    reaction,
    user,
)

WORDS = [word for word in commands.COMMANDS if word]


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


@pytest.mark.parametrize("word", ["", *WORDS])
@pytest.mark.parametrize("channel", [ACME, TRIAGE, RANDOM, "D0BEN"])
def test_every_word_is_answered_everywhere(heard, quiet, question, word, channel):
    """In a customer's channel, in triage, in a foreign channel, in a direct message: an answer."""
    answer = heard.asks(BEN, word, channel)
    if word == "templates" or (word, channel) in (("channel", ACME), ("reply", ACME)):
        assert answer == {}  # a form opened
    else:
        assert answer["text"]
        assert answer["blocks"]
    assert quiet() == []


@pytest.mark.parametrize("word", ["", *WORDS, "nonsense"])
@pytest.mark.parametrize("who", [GUS, DANA, "U0NOBODY", "USLACKBOT"])
def test_customers_are_refused_politely(heard, question, word, who):
    """Whatever a customer types gets the same kind refusal, without buttons, and does nothing."""
    before = heard.conversations(), heard.store.channels()
    answer = heard.asks(who, word)
    assert answer["text"] == refusals.CUSTOMER
    assert {block["type"] for block in answer["blocks"]} == {"section"}
    assert (heard.conversations(), heard.store.channels()) == before


@pytest.mark.parametrize("word", ["open", "owners <@U0CLEOAGNT1>", "claim", "nonsense"])
def test_who_cannot_be_looked_up_is_asked_to_try_again(heard, web, question, word):
    """While Slack does not say who asks, nothing is done and nothing is told."""
    web.next["users.info"] = [500]
    answer = heard.asks(BEN, word)
    assert answer["text"] == refusals.WHO_ARE_YOU
    assert only(heard).claimer == ""


def test_an_owner_who_cannot_be_looked_up_is_no_failure(heard, web, question):
    """While Slack does not say who the owner is, nothing is changed and the asker is told so."""
    heard.asks(BEN)
    web.next["users.info"] = [500]
    answer = heard.asks(BEN, f"owners <@{CLEO}>")
    assert "try again" in answer["text"]
    assert "went wrong" not in answer["text"]
    assert heard.store.channel(ACME).owners == ()


TYPOS = {
    "opne": "open", "clam": "claim", "resovle": "resolve", "snoze": "snooze", "helo": "help",
    "wathc": "watch", "unwathc": "unwatch", "onwers": "owners", "wy": "why", "min": "mine",
    "chanel": "channel",
}  # fmt: skip


@pytest.mark.parametrize(("typed", "meant"), TYPOS.items(), ids=TYPOS)
def test_a_typing_error_gets_the_nearest_word_and_the_help(heard, typed, meant):
    """An unknown word is never met with silence."""
    answer = heard.asks(BEN, typed)["text"]
    assert f"Did you mean `/heard {meant}`?" in answer
    assert "What Heard can do" in answer


@pytest.mark.parametrize(
    "typed", ["xyzzy", "🎉", "<@U0CLEOAGNT1>", "`rm`", "a" * 3000, "<!channel>"]
)
def test_nonsense_gets_the_help(heard, typed):
    """What resembles no word gets the help, and its own words back without harm."""
    answer = heard.asks(BEN, typed)["text"]
    assert "What Heard can do" in answer
    assert "<!channel>" not in answer


@pytest.mark.parametrize("typed", ["  OPEN  ", "Open", "open please", "open\u00a0"])
def test_words_may_be_typed_carelessly(heard, question, typed):
    """Capitals, spaces and politeness do not matter."""
    assert "Waiting for us" in heard.asks(BEN, typed)["text"]


def test_the_help_names_every_word(heard):
    """`help` lists all words, what they do, and the reactions."""
    text = heard.asks(BEN, "help")["blocks"][0]["text"]["text"]
    assert all(f"`/heard {word}" in text for word in WORDS)
    assert ":alarm_clock:" in text


def test_what_waits_here_and_for_me(heard, question):
    """`/heard` shows what waits in this channel, and what I claimed elsewhere."""
    other = message(GUS, channel=GLOBEX)
    heard.hears(other)
    heard.asks(BEN, "claim", GLOBEX)
    answer = heard.asks(BEN)["text"]
    assert DANA in answer
    assert GUS in answer
    assert GUS not in heard.asks(CLEO)["text"]


@pytest.mark.parametrize("word", ["claim", "resolve", "snooze"])
def test_without_a_link_it_is_the_longest_waiting(heard, question, word):
    """The channel's longest waiting conversation is meant; the others are listed with buttons."""
    heard.hears(message("U0OTHER", "And mine?", team="T0OTHER"))
    answer = heard.asks(BEN, word)
    first, second = heard.conversations()
    done = {"claim": first.claimer == BEN, "resolve": first.state is State.RESOLVED}
    assert done.get(word, first.state is State.SNOOZED)
    assert second.state is State.WAITING
    assert second.claimer == ""
    values = [e["value"] for b in answer["blocks"] if b["type"] == "actions" for e in b["elements"]]
    assert set(values) == {second.id}


LINKS = ["{0}", "<{0}>", "<{0}|this one>", "that: {0} please", "{0}?thread_ts=1.0&cid=C0ACMESHRD1"]


@pytest.mark.parametrize("shape", LINKS)
@pytest.mark.parametrize("place", [RANDOM, "D0BEN", TRIAGE])
def test_a_link_names_the_conversation_from_anywhere(heard, question, shape, place):
    """However Slack writes the link down, and wherever it is typed."""
    heard.asks(BEN, "claim " + shape.format(link(ACME, question)), place)
    assert only(heard).claimer == BEN


@pytest.mark.parametrize("word", ["claim", "resolve", "snooze", "why"])
@pytest.mark.parametrize(
    "rest",
    [
        link(ACME, "1700000000.000100"),
        link("C0NOWHERE", "1700000000.000100"),
        "https://example.com",
        "it",
        "<@U1>",
    ],
)
def test_a_link_to_nothing_known_is_answered(heard, question, word, rest):
    """A link that leads nowhere, or none at all, changes nothing and is explained."""
    answer = heard.asks(BEN, f"{word} {rest}")
    assert answer["text"]
    assert "went wrong" not in answer["text"]
    assert (only(heard).state, only(heard).claimer) == (State.WAITING, "")


def test_what_is_claimed_stays_claimed(heard, question):
    """A second claimer learns who has it; snoozing what is over is explained."""
    heard.asks(BEN, "claim")
    assert f"<@{BEN}> has that one already" in heard.asks(CLEO, "claim")["text"]
    assert only(heard).claimer == BEN
    heard.asks(BEN, "resolve")
    assert "nothing to snooze" in heard.asks(BEN, f"snooze {link(ACME, question)}")["text"]


@pytest.mark.parametrize("word", ["claim", "resolve", "snooze"])
def test_a_command_that_comes_twice_is_done_once(heard, question, word):
    """Slack may hand it over again: the next who waits is not taken for the first."""
    heard.hears(message(GUS, "And I?"))
    asked = command(BEN, word)
    first, again = heard.told(asked), heard.told(asked)
    assert first.body == again.body
    assert DANA in str(first.body)
    (changed,) = [
        one for one in heard.conversations() if one.claimer or one.state.closed or one.snooze
    ]
    assert changed.customer == DANA


def test_where_nobody_waits_it_says_so(heard):
    """An empty queue is said to be empty, for each of the lists."""
    assert "Nobody waits" in heard.asks(BEN)["text"]
    assert "Nobody waits" in heard.asks(BEN, "open")["text"]
    assert "nothing" in heard.asks(BEN, "mine")["text"]
    assert "Nobody waits" in heard.asks(BEN, "claim")["text"]


def test_watching_begins_and_ends(heard, question):
    """`unwatch` stops nudges and says who still waits; `watch` takes it back."""
    assert "1 customer still waits" in heard.asks(BEN, "unwatch")["text"]
    assert only(heard).due_at is None
    heard.asks(BEN, "watch")
    assert only(heard).due_at


@pytest.mark.parametrize("channel", ["D0BEN", TRIAGE, RANDOM])
@pytest.mark.parametrize("word", ["watch", "unwatch", "owners <@U0CLEOAGNT1>", "channel"])
def test_what_is_no_customers_channel_is_not_changed(heard, channel, word):
    """Direct messages, triage, and channels that Heard is not in are refused, and forgotten."""
    heard.asks(BEN, word, channel)
    assert heard.store.channel(channel) is None


def test_owners_are_named_listed_and_cleared(heard, question):
    """Owners are mentioned, with or without names; `owners` lists them, `none` clears them."""
    assert "Nobody owns" in heard.asks(BEN, "owners")["text"]
    heard.asks(BEN, f"owners <@{ANA}|ana> <@{CLEO}> <@{ANA}>")
    assert heard.store.channel(ACME).owners == (ANA, CLEO)
    assert f"<@{ANA}>, <@{CLEO}>" in heard.asks(BEN, "owners")["text"]
    heard.asks(BEN, "owners NONE")
    assert heard.store.channel(ACME).owners == ()


@pytest.mark.parametrize(
    "rest", [f"<@{GUS}>", f"<@{DANA}|dana>", f"<@{ANA}> <@{GUS}>", "<@U0NOBODY>"]
)
def test_customers_own_nothing(heard, rest):
    """Who is not a colleague cannot be an owner; then nothing is changed."""
    assert "cannot be" in heard.asks(BEN, f"owners {rest}")["text"]
    assert not (heard.store.channel(ACME) and heard.store.channel(ACME).owners)


@pytest.mark.parametrize("rest", ["@ana", "ana and ben", "<!subteam^S123|@support>", "<#C1>"])
def test_owners_that_cannot_be_read_are_not_guessed(heard, rest):
    """Names that Slack did not turn into mentions change nothing."""
    assert "cannot read" in heard.asks(BEN, f"owners {rest}")["text"]


def why(heard, ts, channel=ACME):
    """Ask why a message was, or was not, counted."""
    return heard.asks(BEN, f"why {link(channel, ts)}")["text"]


def test_why_a_request_counts(heard, question):
    """`why` tells what was understood, how the conversation stands, and what happened in it."""
    heard.hears(message(BEN, "Let me check", thread_ts=question), reaction(CLEO, "eyes", question))
    answer = why(heard, question)
    assert "needs a reply" in answer
    assert "*answered*" in answer
    assert f"<@{CLEO}>: claim" in answer


def test_why_thanks_do_not_count(heard, web):
    """A thank-you is fetched and explained."""
    thanks = message(DANA, "Thank you!")
    web.messages[ACME, thanks["event"]["ts"]] = thanks["event"]
    heard.hears(thanks)
    assert "only thanks" in why(heard, thanks["event"]["ts"])


def test_why_thanks_in_a_conversation_need_no_reply(heard, question):
    """In a known conversation it is counted as needing none."""
    thanks = message(DANA, "Thank you!", thread_ts=question)
    heard.hears(message(BEN, "Done", thread_ts=question), thanks)
    assert "needs no reply" in why(heard, thanks["event"]["ts"])


def test_why_a_colleagues_message_counts_as_an_answer(heard, question):
    """An answer is named as such."""
    answer = message(BEN, "Done", thread_ts=question)
    heard.hears(answer)
    assert "an answer by our colleague" in why(heard, answer["event"]["ts"])


def test_why_a_colleagues_message_counts_for_nothing(heard, web):
    """Where nobody waited there was nothing to answer."""
    said = message(BEN, "Good morning")
    web.messages[ACME, said["event"]["ts"]] = said["event"]
    heard.hears(said)
    assert "nobody was waiting" in why(heard, said["event"]["ts"])


def test_why_a_machines_message_counts_for_nothing(heard, web):
    """An app's message is not a person's."""
    said = message(BEN, "Build failed", bot_id="B1")
    web.messages[ACME, said["event"]["ts"]] = said["event"]
    heard.hears(message(DANA), said)
    assert "not a person's message" in why(heard, said["event"]["ts"])


def test_why_a_deleted_message_counts_no_more(heard):
    """A deletion is remembered as such."""
    asked = message(DANA)
    heard.hears(asked, deleted(asked))
    assert "deleted" in why(heard, asked["event"]["ts"])


def test_why_a_message_from_before_is_unknown(heard, web, question):
    """A request older than Heard's time is said to be trackable."""
    old = message(DANA, "Old question?", ts="1770000000.000100")["event"]
    web.messages[ACME, old["ts"]] = old
    assert ":pushpin:" in why(heard, old["ts"])


def test_why_nothing_counts_in_an_unwatched_channel(heard, question):
    """In a channel that is not watched, nothing is counted at all."""
    heard.asks(BEN, "unwatch")
    assert "do not watch" in why(heard, new_ts())
    assert "do not watch" in why(heard, new_ts(), RANDOM)


@pytest.mark.parametrize("how", [500, 429, {"ok": False, "error": "channel_not_found"}])
def test_why_needs_a_slack_that_answers(heard, web, question, how):
    """Where the message cannot be read, that is said."""
    web.next["conversations.replies"] = [how]
    assert "cannot read" in why(heard, new_ts())


def test_why_the_author_cannot_be_looked_up(heard, web, question):
    """Where Slack does not say who wrote it, the asker is asked to try again."""
    old = message(GUS, "Hello?", ts="1770000000.000100")["event"]
    web.messages[ACME, old["ts"]] = old
    heard.asks(BEN)
    web.next["users.info"] = [500]
    assert "try again" in why(heard, old["ts"])


def test_a_former_colleague_is_refused(web, clock):
    """HEARD_CUSTOMERS makes a member of ours a customer, who is refused."""
    web.users["U0LEFT"] = user("U0LEFT")
    heard = office(f"{web.url}api/", clock.now, HEARD_CUSTOMERS="U0LEFT")
    assert heard.asks("U0LEFT", "open")["text"] == refusals.CUSTOMER


def test_missing_fields_are_no_fault(heard, quiet):
    """A command without any of its fields is answered as a stranger's."""
    assert heard.told({"command": "/heard"}).status == 200
    assert quiet() == []


def test_a_click_by_somebody_without_an_id_is_refused(heard, web, question):
    """Nor does a click without a user do anything."""
    body = click(BEN, "conversation.claim", only(heard).id, f"{web.url}hook/1", user=None)
    assert heard.told(body).status == 200
    assert only(heard).claimer == ""
