"""Who wrote: colleagues, customers of every kind, and machines."""

import pytest

from bot.core.model import State
from tests.local import (
    ACME,
    ACME_TEAM,
    ANA,
    BEN,
    CLEO,
    DANA,
    GLOBEX,
    GUS,
    HOME,
    MONDAY,
    edited,
    message,
    new_ts,
    office,
    user,
)

CUSTOMERS = {
    "another team": user("U1", ACME_TEAM),
    "an enterprise instead of a team": user(
        "U1", "", enterprise_id="E0GRID", profile={"team": "E0GRID"}
    ),
    "no team at all": {"id": "U1", "profile": {}},
    "only the enterprise's user": {"id": "U1", "enterprise_user": {"enterprise_id": "E0GRID"}},
    "a stranger of our own team id": user("U1", is_stranger=True),
    "a guest": user("U1", is_restricted=True),
    "a guest of a single channel": user("U1", is_restricted=True, is_ultra_restricted=True),
    "nothing but an id": {"id": "U1"},
}


@pytest.mark.parametrize("facts", CUSTOMERS.values(), ids=CUSTOMERS)
def test_who_is_not_surely_ours_is_a_customer(heard, web, facts):
    """Whatever Slack leaves out of a user, who is not surely a colleague waits for an answer."""
    web.users["U1"] = facts
    heard.hears(message("U1", team=None))
    assert heard.states() == [State.WAITING]


def test_a_user_slack_does_not_know_is_a_customer(heard):
    """Who cannot be looked up, for good, is a customer: when unsure, they are still waiting."""
    heard.hears(message("U0NOBODY", team=None))
    assert heard.states() == [State.WAITING]


@pytest.mark.parametrize("field", ["team", "user_team", "source_team"])
def test_a_team_in_the_event_is_enough(heard, web, field):
    """An author of another team is a customer without Slack being asked."""
    teams: dict = {"team": None, field: ACME_TEAM}
    heard.hears(message("U0NOBODY", **teams))
    assert heard.states() == [State.WAITING]
    assert web.called("users.info") == []


def test_a_team_in_the_profile_is_enough(heard, web):
    """A foreign team in `user_profile` makes a customer, also an enterprise's id."""
    heard.hears(message("U0NOBODY", team=None, user_profile={"name": "x", "team": "E0GRID"}))
    assert heard.states() == [State.WAITING]
    assert web.called("users.info") == []


def test_our_team_beside_a_foreign_one_does_not_make_a_colleague(heard):
    """As in a mention, where `team` is ours and `user_team` the author's: values count."""
    heard.hears(message("U0NOBODY", team=HOME, user_team=ACME_TEAM, source_team=ACME_TEAM))
    assert heard.states() == [State.WAITING]


@pytest.mark.parametrize("field", ["user_team", "source_team"])
def test_our_own_people_carry_those_fields_too(heard, field):
    """The presence of a team in the event of a colleague does not make them a customer."""
    heard.hears(message(DANA), message(BEN, "Looking", **{field: HOME}))
    assert heard.states() == [State.ANSWERED]


def test_the_envelope_does_not_say_who_wrote(heard):
    """`team_id` and `context_team_id` of the envelope name either side, so they do not count."""
    foreign = {"team_id": ACME_TEAM, "context_team_id": ACME_TEAM}
    heard.hears({**message(BEN, "Hello there?", team=None), **foreign})
    assert heard.conversations() == []
    heard.hears({**message(GUS, team=None), "context_team_id": HOME})
    assert heard.states() == [State.WAITING]


def test_a_guest_is_a_customer_in_a_channel_that_is_not_shared(heard):
    """The first message of a guest makes their channel watched."""
    heard.hears(message(GUS, channel=GLOBEX, is_ext_shared_channel=False))
    assert heard.waiting(GLOBEX)


def test_a_colleague_in_an_unshared_channel_is_none_of_our_business(heard):
    """Where no customer ever wrote, colleagues are not listened to."""
    heard.hears(message(BEN, channel="C0OURS", is_ext_shared_channel=False))
    assert heard.conversations() == []
    assert heard.store.channel("C0OURS") is None


def test_settings_turn_guests_into_colleagues_and_members_into_customers(web, clock):
    """HEARD_COLLEAGUES and HEARD_CUSTOMERS take user ids and e-mail domains."""
    web.users["U0AGENCY"] = user(
        "U0AGENCY", is_restricted=True, profile={"email": "x@Agency.example"}
    )
    heard = office(
        f"{web.url}api/",
        clock.now,
        HEARD_COLLEAGUES="agency.example",
        HEARD_CUSTOMERS=CLEO,
    )
    heard.hears(message(CLEO), message("U0AGENCY", "One moment"))
    (only,) = heard.conversations()
    assert (only.customer, only.state) == (CLEO, State.ANSWERED)


def test_a_setting_may_name_a_colleague_at_another_team(web, clock):
    """A member of another organisation whose e-mail is named is a colleague."""
    web.users["U0FREE"] = user("U0FREE", ACME_TEAM, profile={"email": "x@agency.example"})
    heard = office(f"{web.url}api/", clock.now, HEARD_COLLEAGUES="agency.example")
    heard.hears(message(DANA), message("U0FREE", "On it", team=ACME_TEAM))
    assert heard.states() == [State.ANSWERED]


MACHINES = {
    "an app without a subtype": {"bot_id": "B1", "bot_profile": {"name": "Pager"}},
    "a classic bot": {"subtype": "bot_message", "bot_id": "B1", "user": None},
    "a webhook": {"subtype": "bot_message", "bot_id": "B1", "username": "hook"},
    "a workflow": {
        "subtype": "bot_message",
        "bot_id": "B1",
        "bot_profile": {"is_workflow_bot": True},
    },
    "Slackbot": {"user": "USLACKBOT", "team": None},
}


@pytest.mark.parametrize("fields", MACHINES.values(), ids=MACHINES)
def test_a_machine_neither_asks_nor_answers(heard, fields):
    """Apps, webhooks, workflows and Slackbot open no conversation and end no wait."""
    heard.hears(message(DANA, "Machine?", **fields))
    assert heard.conversations() == []
    first = message(DANA)
    heard.hears(first, message(BEN, "We will be back soon", **fields))
    heard.hears(message(BEN, "Auto-reply", thread_ts=first["event"]["ts"], **fields))
    assert heard.states() == [State.WAITING]


def test_a_bot_user_without_a_bot_id_is_a_machine(heard, web):
    """A message of a user that Slack calls a bot counts for nothing either."""
    web.users["U0ROBOT"] = user("U0ROBOT", is_bot=True)
    heard.hears(message(DANA), message("U0ROBOT", "Beep"))
    assert heard.states() == [State.WAITING]


def test_a_guest_who_becomes_a_member_is_a_colleague(heard):
    """A changed user counts from then on; one never met is not remembered for changing."""
    heard.hears(message(GUS, "Hello?"))
    change = {"type": "user_change", "user": user(GUS), "event_ts": new_ts()}
    heard.hears({**message(GUS), "event": change})
    heard.hears(message(GUS, "I work here now"))
    assert heard.states() == [State.ANSWERED]
    other = {"type": "user_change", "user": user("U0OTHER"), "event_ts": new_ts()}
    heard.hears({**message(GUS), "event": other})
    assert heard.store.person("U0OTHER") is None


def test_people_are_looked_up_once(heard, web):
    """Slack is asked about a person once, however much they write."""
    heard.hears(*(message(ANA, f"Note {n}") for n in range(5)))
    assert web.called("users.info") == [{"user": ANA}]


def test_an_edit_by_an_app_is_not_a_persons(heard):
    """A change of an app's message, such as a card, is ignored."""
    card = message(BEN, "Card", bot_id="B1")
    heard.hears(message(DANA), edited(card, "Card, now different"))
    assert heard.states() == [State.WAITING]


def test_direct_messages_are_never_read(heard):
    """What is written to Heard in private, by anybody, opens nothing."""
    for kind, channel in (("im", "D0DANA"), ("mpim", "G0GROUP"), ("app_home", "D0DANA")):
        heard.hears(message(DANA, channel=channel, channel_type=kind))
    heard.hears(message(DANA, channel="D0DANA", channel_type=None))
    assert heard.conversations() == []


def test_the_triage_channel_is_never_watched(heard):
    """Not even a customer in it opens a conversation."""
    heard.hears(message(GUS, channel=heard.policy.triage))
    assert heard.conversations() == []


def test_now_is_when_the_message_was_written(heard):
    """The wait begins at the message's own time, not at its arrival."""
    heard.hears(message(DANA, ts="1772444000.000100"))
    (only,) = heard.conversations()
    assert only.wait.since < MONDAY
    assert only.channel == ACME
