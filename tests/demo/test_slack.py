"""The demo is a Slack to the bot: as strict, as late and as forgetful as the real one."""

# ruff: noqa: S310 - every address is the demo's own

import http.client
import json
import threading
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from queue import Queue

import pytest
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.demo import DemoSlack

ANA, BEN, DANA, GUS = "U0ANALEAD01", "U0BENAGENT1", "U0DANAACME1", "U0GUSGUEST1"
ACME, GLOBEX, TRIAGE, RANDOM = "C0ACMESHRD1", "C0GLOBEX001", "C0TRIAGE001", "C0RANDOM001"
PATIENCE = 8
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class Visitor:
    """What a person does in the page, and what a test looks up behind it."""

    def __init__(self, demo):
        self.demo = demo

    def look(self, path):
        with urllib.request.urlopen(f"{self.demo.url}demo/{path}") as answer:
            return json.load(answer)

    def awaits(self, true):
        """What it gave, asked again whenever the demo says that something changed."""
        with urllib.request.urlopen(f"{self.demo.url}demo/events", timeout=PATIENCE) as changes:
            while not (found := true()):
                changes.readline()
        return found

    def sees(self, who, channel):
        channels = {each["id"]: each for each in self.look(f"state?as={who}")["channels"]}
        return channels[channel]["messages"]

    def does(self, who, action, **body):
        request = urllib.request.Request(
            f"{self.demo.url}demo/{action}",
            data=json.dumps({"as": who, **body}).encode(),
            headers={"Content-Type": "application/json"},
        )
        try:
            with urllib.request.urlopen(request) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as refused:
            with refused:
                return json.load(refused)

    def says(self, who, channel, text, **more):
        return self.does(who, "post", channel=channel, text=text, **more)["ts"]


class Bot:
    """A tiny Bolt app that keeps what it is told."""

    def __init__(self, demo):
        self.client = web_client(demo)
        self.app = App(client=self.client)
        self.news = threading.Condition()
        self.heard, self.retries, self.failures = [], [], 0
        self.app.middleware(self.stumble)
        for kind in ("message", "reaction_added", "member_joined_channel"):
            self.app.event(kind)(self.keep)
        self.handler = SocketModeHandler(self.app, demo.environment["SLACK_APP_TOKEN"])

    def stumble(self, next_):
        if self.failures:
            self.failures -= 1
            message = "so that nothing is acknowledged"
            raise RuntimeError(message)
        next_()

    def keep(self, event, request):
        with self.news:
            self.heard.append(event)
            self.retries.append(request.headers.get("x-slack-retry-num"))
            self.news.notify_all()

    def awaits(self, true):
        with self.news:
            assert self.news.wait_for(true, timeout=PATIENCE), self.heard

    def texts(self):
        return [event.get("text") for event in self.heard]


def web_client(demo, token=None):
    """As the bot connects; or with another token."""
    token = token or demo.environment["SLACK_BOT_TOKEN"]
    return WebClient(token=token, base_url=demo.environment["SLACK_API_URL"])


def refused(call, **arguments):
    """The answer of a call that has to fail."""
    with pytest.raises(SlackApiError) as caught:
        call(**arguments)
    return caught.value.response


@pytest.fixture
def demo():
    """A demo without its story, on a Monday morning."""
    with DemoSlack(story=False, now=MONDAY) as running:
        yield running


@pytest.fixture
def visitor(demo):
    """Someone with the page open."""
    return Visitor(demo)


@pytest.fixture
def client(demo):
    """The Web API, without a socket."""
    return web_client(demo)


@pytest.fixture(scope="module")
def closing():
    """Closes the clients all at once at the end: each takes a second, and some of them three."""
    with ThreadPoolExecutor() as executor:
        yield executor


@pytest.fixture
def bot(demo, visitor, closing):
    """A bot that is connected."""
    made = Bot(demo)
    made.handler.connect()
    visitor.awaits(lambda: visitor.look(f"state?as={ANA}")["bot"]["connected"])
    yield made
    demo.stop()
    closing.submit(made.handler.close)


def section(text="hello"):
    """A block with words."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def button(**more):
    """An element to press."""
    return {"type": "button", "text": {"type": "plain_text", "text": "Go"}, **more}


def modal(*blocks, **more):
    """A form."""
    title = {"type": "plain_text", "text": "A form"}
    return {"type": "modal", "callback_id": "form", "title": title, "blocks": list(blocks), **more}


NAME_INPUT = {
    "type": "input", "block_id": "name", "label": {"type": "plain_text", "text": "Name"},
    "element": {"type": "plain_text_input", "action_id": "typed"},
}  # fmt: skip


def test_a_wrong_token_or_method_is_refused(demo, client):
    """No token, a wrong one, or a method that does not exist: each gets Slack's own code."""
    assert refused(web_client(demo, "xoxb-wrong").auth_test)["error"] == "invalid_auth"
    bare = WebClient(base_url=demo.environment["SLACK_API_URL"])
    assert refused(bare.auth_test)["error"] == "not_authed"
    assert refused(client.api_call, api_method="chat.shout")["error"] == "unknown_method"
    assert client.auth_test()["url"] == "https://lighthouse.slack.com/"


@pytest.mark.parametrize(
    "blocks",
    [
        [section()] * 51,
        [section("x" * 3001)],
        [section("")],
        [{"type": "sectoin"}],
        [{**section(), "colour": "red"}],
        [{**section(), "block_id": "same"}, {**section(), "block_id": "same"}],
        [{"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}],
        [{"type": "actions", "elements": [button()] * 26}],
        [{"type": "actions", "elements": [button(value="x" * 2001)]}],
        [{"type": "actions", "elements": [button(action_id="a"), button(action_id="a")]}],
    ],
)
def test_blocks_beyond_slacks_limits_are_refused(client, blocks):
    """Each block that Slack would refuse is refused here, and the answer says where it is."""
    answer = refused(client.chat_postMessage, channel=TRIAGE, text="x", blocks=blocks)
    assert answer["error"] == "invalid_blocks"
    assert "json-pointer" in answer["response_metadata"]["messages"][0]


def test_the_bot_acts_only_where_it_is_a_member_and_on_its_own(client, visitor):
    """Posting outside its channels, to outsiders, or over other people's words is refused."""
    assert refused(client.chat_postMessage, channel=RANDOM, text="x")["error"] == "not_in_channel"
    assert refused(client.chat_postMessage, channel="C404", text="x")["error"] == (
        "channel_not_found"
    )
    whisper = {"channel": TRIAGE, "user": DANA, "text": "x"}
    assert refused(client.chat_postEphemeral, **whisper)["error"] == "user_not_in_channel"
    theirs = visitor.says(DANA, ACME, "hello")
    update = {"channel": ACME, "ts": theirs, "text": "x"}
    assert refused(client.chat_update, **update)["error"] == "cant_update_message"
    empty = client.api_call
    assert refused(empty, api_method="chat.postMessage", params={"channel": TRIAGE})["error"] == (
        "no_text"
    )
    assert refused(client.chat_postMessage, channel=TRIAGE, text="x" * 40_001)["error"] == (
        "msg_too_long"
    )


def test_posting_too_fast_is_rate_limited(client):
    """A burst of five passes in one channel; the sixth gets a 429 that says when to try again."""
    for _ in range(5):
        client.chat_postMessage(channel=TRIAGE, text="x")
    answer = refused(client.chat_postMessage, channel=TRIAGE, text="x")
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "1")
    assert client.chat_postMessage(channel=ACME, text="x")["ok"]


def test_history_and_replies_page_as_in_slack(client, visitor):
    """History is newest first, without replies, page by page; replies begin at the root."""
    first, second = visitor.says(DANA, ACME, "one"), visitor.says(DANA, ACME, "two")
    reply = visitor.says(ANA, ACME, "a reply", thread_ts=first)
    shown = visitor.says(ANA, ACME, "a broadcast", thread_ts=first, broadcast=True)
    page = client.conversations_history(channel=ACME, limit=2)
    assert [each["ts"] for each in page["messages"]] == [shown, second]
    cursor = page["response_metadata"]["next_cursor"]
    rest = client.conversations_history(channel=ACME, limit=2, cursor=cursor)
    assert [(each["ts"], each["reply_count"]) for each in rest["messages"]] == [(first, 2)]
    thread = client.conversations_replies(channel=ACME, ts=first)
    assert [each["ts"] for each in thread["messages"]] == [first, reply, shown]
    alone = client.conversations_replies(channel=ACME, ts=reply)
    assert [each["text"] for each in alone["messages"]] == ["a reply"]
    assert refused(client.conversations_replies, channel=ACME, ts="1.2")["error"] == (
        "thread_not_found"
    )


def test_a_deleted_root_leaves_a_tombstone_while_it_has_replies(client, visitor):
    """A deleted message is gone from history, but a thread's root stays as a tombstone."""
    alone, root = visitor.says(DANA, ACME, "alone"), visitor.says(DANA, ACME, "root")
    visitor.says(ANA, ACME, "reply", thread_ts=root)
    for ts in (alone, root):
        visitor.does(DANA, "delete", channel=ACME, ts=ts)
    messages = client.conversations_history(channel=ACME)["messages"]
    assert [each["subtype"] for each in messages] == ["tombstone"]


def test_metadata_comes_back_as_it_was_posted(client):
    """What the bot attached to its message is in the history when asked for, and only then."""
    metadata = {"event_type": "nudge", "event_payload": {"key": "k1"}}
    client.chat_postMessage(channel=TRIAGE, text="x", metadata=metadata)
    asked = client.conversations_history(channel=TRIAGE, include_all_metadata=True)
    assert asked["messages"][0]["metadata"] == metadata
    assert "metadata" not in client.conversations_history(channel=TRIAGE)["messages"][0]


def test_customers_look_like_customers(client):
    """A Connect member is abridged and of another team; a guest is ours and restricted."""
    home = client.auth_test()["team_id"]
    dana, gus = (client.users_info(user=user)["user"] for user in (DANA, GUS))
    assert dana["team_id"] != home
    assert "email" not in dana["profile"]
    assert (gus["team_id"], gus["is_restricted"]) == (home, True)
    assert DANA not in [each["id"] for each in client.users_list()["members"]]
    assert client.conversations_info(channel=ACME)["channel"]["is_ext_shared"]


def test_the_bot_hears_what_is_said_where_it_is_a_member(bot, visitor):
    """Messages arrive with the author's team and thread; those of other channels do not."""
    root = visitor.says(DANA, ACME, "help <me> & @ana 👀")
    visitor.says(BEN, RANDOM, "unheard")
    visitor.says(ANA, ACME, "on it", thread_ts=root)
    visitor.does(BEN, "react", channel=ACME, ts=root, name="eyes", on=True)
    bot.awaits(lambda: len(bot.heard) == 3)
    said = {event.get("text"): event for event in bot.heard}
    first, reply = said[f"help &lt;me&gt; &amp; <@{ANA}> :eyes:"], said["on it"]
    assert first["team"] == "T0ACMECORP1"
    assert (reply["thread_ts"], reply["parent_user_id"]) == (root, DANA)
    assert said[None]["item_user"] == DANA


def test_an_event_found_no_socket_is_delivered_again_a_minute_later(bot, demo, visitor):
    """With nobody to take it an event waits for its retry, by the demo's clock."""
    visitor.does(ANA, "hold", on=True)
    visitor.says(DANA, ACME, "are you there?")
    visitor.awaits(lambda: visitor.look("all")["deliveries"][0]["attempts"] == 2)
    visitor.does(ANA, "hold", on=False)
    assert bot.heard == []
    demo.advance(61)
    bot.awaits(lambda: bot.texts() == ["are you there?"])
    assert bot.retries == [["2"]]


def test_an_unacknowledged_event_comes_again_with_the_same_id(bot, visitor):
    """After three seconds without an acknowledgement the same event is sent at once again."""
    bot.failures = 1
    visitor.says(DANA, ACME, "once more")
    bot.awaits(lambda: bot.texts() == ["once more"])
    assert bot.retries == [["1"]]
    delivery = visitor.awaits(
        lambda: [d for d in visitor.look("all")["deliveries"] if d["acknowledged"]]
    )
    assert (len(delivery), delivery[0]["attempts"]) == (1, 2)


def test_the_answer_in_a_commands_acknowledgement_is_for_its_asker_alone(bot, visitor):
    """A command's text arrives with mentions escaped, and one person sees its answer."""
    bot.app.command("/heard")(lambda ack, command: ack(f"You said {command['text']}"))
    assert visitor.does(ANA, "command", channel=ACME, text="/heard owners @ben")["acked"]
    answer = visitor.sees(ANA, ACME)[-1]
    assert (answer["text"], answer["ephemeral"]) == (f"You said owners <@{BEN}|ben>", True)
    assert visitor.sees(BEN, ACME) == visitor.sees(DANA, ACME) == []
    assert "not installed" in visitor.does(DANA, "command", channel=ACME, text="/heard")["error"]
    assert "error" in visitor.does(ANA, "command", channel=ACME, text="/nothing")


def test_a_command_without_a_bot_fails_for_the_person(visitor):
    """A command that reaches nobody is not retried: its person reads that it failed."""
    assert not visitor.does(GUS, "command", channel=GLOBEX, text="/heard")["acked"]
    answer = visitor.sees(GUS, GLOBEX)[-1]["text"]
    assert answer == "/heard failed with the error `dispatch_failed`"


def test_an_ephemeral_message_is_replaced_through_its_response_url(bot, client, visitor):
    """A click in an ephemeral message brings no message, and its response_url rewrites that one."""
    bodies = []

    def agreed(ack, body, respond):
        ack()
        bodies.append(body)
        respond(text="Noted", replace_original=True)

    bot.app.action("right")(agreed)
    blocks = [{"type": "actions", "block_id": "b", "elements": [button(action_id="right")]}]
    note = client.chat_postEphemeral(channel=ACME, user=ANA, text="?", blocks=blocks)
    click = {"channel": ACME, "ts": note["message_ts"], "block_id": "b", "action_id": "right"}
    assert "error" in visitor.does(BEN, "click", **click)
    assert visitor.does(ANA, "click", **click)["acked"]
    visitor.awaits(lambda: [each["text"] for each in visitor.sees(ANA, ACME)] == ["Noted"])
    assert bodies[0]["container"]["is_ephemeral"]
    assert "message" not in bodies[0]


def test_a_note_in_a_thread_is_shown_only_if_the_thread_is_there(client, visitor):
    """Before anybody has replied Slack takes an ephemeral message and shows it to nobody."""
    root = visitor.says(DANA, ACME, "Hello?")
    note = {"channel": ACME, "user": ANA, "text": "Psst", "thread_ts": root}
    assert client.chat_postEphemeral(**note)["ok"]
    assert [each["text"] for each in visitor.sees(ANA, ACME)] == ["Hello?"]
    visitor.says(BEN, ACME, "Yes?", thread_ts=root)
    client.chat_postEphemeral(**note)
    assert [each["text"] for each in visitor.sees(ANA, ACME)] == ["Hello?", "Yes?", "Psst"]


def test_a_response_url_serves_five_times(bot, visitor):
    """The sixth answer through one response_url is refused."""
    answers: Queue[int] = Queue()

    def talkative(ack, respond):
        ack()
        for number in range(6):
            answers.put(respond(text=f"{number}").status_code)

    bot.app.command("/heard")(talkative)
    visitor.does(ANA, "command", channel=ACME, text="/heard")
    assert [answers.get(timeout=PATIENCE) for _ in range(6)] == [200] * 5 + [404]


def test_a_form_opens_once_per_trigger_and_shows_its_errors(bot, visitor):
    """A trigger opens one view; a refused form keeps its errors, an accepted one closes."""
    second: Queue[SlackResponse] = Queue()

    def opens(ack, body, client):
        ack()
        submit = {"type": "plain_text", "text": "Save"}
        view = modal(NAME_INPUT, submit=submit)
        client.views_open(trigger_id=body["trigger_id"], view=view)
        second.put(refused(client.views_open, trigger_id=body["trigger_id"], view=view))

    def submitted(ack, view):
        name = view["state"]["values"]["name"]["typed"]["value"]
        ack() if name == "Ada" else ack(response_action="errors", errors={"name": "Not her"})

    bot.app.command("/heard")(opens)
    bot.app.view("form")(submitted)
    visitor.does(ANA, "command", channel=ACME, text="/heard")
    form = visitor.awaits(lambda: visitor.look(f"state?as={ANA}")["view"])
    for value, fault in (("", "Please complete this required field."), ("Bob", "Not her")):
        values = {"name": {"typed": value}}
        visitor.does(ANA, "submit", view_id=form["id"], values=values)
        assert visitor.look(f"state?as={ANA}")["view"]["errors"] == {"name": fault}
    visitor.does(ANA, "submit", view_id=form["id"], values={"name": {"typed": "Ada"}})
    assert visitor.look(f"state?as={ANA}")["view"] is None
    assert second.get(timeout=PATIENCE)["error"] == "exchanged_trigger_id"


def test_a_form_is_updated_as_it_was_seen(bot, visitor):
    """The hash of what is no longer shown is refused; sending the form may bring its next page."""
    submit = {"type": "plain_text", "text": "Next"}

    def opens(ack, body, client):
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=modal(NAME_INPUT, submit=submit))

    bot.app.command("/heard")(opens)
    bot.app.view("form")(lambda ack: ack(response_action="update", view=modal(section("Two"))))
    visitor.does(ANA, "command", channel=ACME, text="/heard")
    form = visitor.awaits(lambda: visitor.look(f"state?as={ANA}")["view"])
    again = {"view_id": form["id"], "view": modal(section(), NAME_INPUT, submit=submit)}
    assert bot.client.views_update(**again, hash=form["hash"])["ok"]
    answer = refused(bot.client.views_update, **again, hash=form["hash"])
    assert answer["error"] == "hash_conflict"
    visitor.does(ANA, "submit", view_id=form["id"], values={"name": {"typed": "Ada"}})
    second = visitor.look(f"state?as={ANA}")["view"]
    assert (second["id"], second["blocks"][0]["text"]["text"]) == (form["id"], "Two")


def test_what_is_typed_is_told_and_outlives_an_update(bot, visitor):
    """The app is told what all fields hold; each keeps it for as long as it keeps its ids."""
    submit = {"type": "plain_text", "text": "Send"}
    other = {**NAME_INPUT, "block_id": "other"}

    def opens(ack, body, client):
        ack()
        client.views_open(
            trigger_id=body["trigger_id"], view=modal(NAME_INPUT, other, submit=submit)
        )

    def typed(ack, action, body, client):
        ack()
        values = body["view"]["state"]["values"]
        told = section(f"{action['value']}, {values['other']['typed']['value']}")
        there = {"view_id": body["view"]["id"], "hash": body["view"]["hash"]}
        client.views_update(**there, view=modal(NAME_INPUT, told, submit=submit))

    bot.app.command("/heard")(opens)
    bot.app.action("typed")(typed)
    visitor.does(ANA, "command", channel=ACME, text="/heard")
    form = visitor.awaits(lambda: visitor.look(f"state?as={ANA}")["view"])
    values = {"name": {"typed": "Ada"}, "other": {"typed": "Bob"}}
    field = {"block_id": "name", "action_id": "typed", "selected": "Ada"}
    visitor.does(ANA, "click", view_id=form["id"], values=values, **field)
    shown = visitor.awaits(
        lambda: (view := visitor.look(f"state?as={ANA}")["view"])["hash"] != form["hash"] and view
    )
    assert shown["blocks"][1]["text"]["text"] == "Ada, Bob"
    assert shown["values"] == {"name": {"typed": "Ada"}}


def test_views_are_checked_before_they_open(client):
    """What Slack would not open is refused with the place named, inputs without a button too."""
    long_title = {**modal(section()), "title": {"type": "plain_text", "text": "x" * 25}}
    secretive = modal(section(), private_metadata="x" * 3001)
    picker = {"type": "datepicker", "action_id": "day", "initial_date": "24 December"}
    dated = modal({"type": "actions", "elements": [picker]})
    for view in (long_title, secretive, dated, modal(NAME_INPUT), modal(*[section()] * 101)):
        answer = refused(client.views_open, trigger_id="1.1.none", view=view)
        assert answer["error"] == "invalid_arguments"
        assert answer["response_metadata"]["messages"]


def test_the_clock_starts_where_it_is_told_and_only_moves_on(demo, visitor):
    """The demo's time is real time from the given moment on, and can be moved forward only."""
    assert MONDAY <= demo.now() < MONDAY.replace(minute=1)
    demo.advance(1800)
    assert demo.now() >= MONDAY.replace(minute=30)
    assert "error" in visitor.does(ANA, "clock", advance=-5)
    morning = visitor.does(ANA, "clock", to="next_morning")["now"]
    assert morning.startswith("2026-03-03T08:00:05")


def test_a_lost_answer_was_carried_out_and_other_faults_were_not(client, visitor):
    """After a fault of kind "lost" the message is there; after a 500 or a 429 it is not."""
    client.retry_handlers.clear()
    visitor.does(ANA, "faults", method="chat.postMessage", how="lost", times=1)
    with pytest.raises(http.client.RemoteDisconnected):
        client.chat_postMessage(channel=TRIAGE, text="said, but unanswered")
    for how, code in (("500", 500), ("429", 429), ("error:fatal_error", 200)):
        visitor.does(ANA, "faults", method="chat.postMessage", how=how, times=1)
        assert refused(client.chat_postMessage, channel=TRIAGE, text="no").status_code == code
    assert [each["text"] for each in visitor.look("all")["messages"]] == ["said, but unanswered"]


def test_after_a_cut_connection_the_bot_comes_back(bot, visitor):
    """Sockets dropped without a word, or asked to refresh, are opened again by the bot."""
    visitor.does(ANA, "disconnect", reason="refresh_requested")
    visitor.awaits(
        lambda: len([c for c in visitor.look("all")["calls"] if "connections" in c["method"]]) == 2
    )
    visitor.says(DANA, ACME, "still there?")
    bot.awaits(lambda: bot.texts() == ["still there?"])


def test_inviting_the_bot_tells_it(bot, visitor):
    """Typing /invite @Heard makes it a member, and it hears that first."""
    visitor.does(BEN, "command", channel=RANDOM, text="/invite @Heard")
    bot.awaits(lambda: bot.heard)
    (joined,) = bot.heard
    assert (joined["type"], joined["inviter"]) == ("member_joined_channel", BEN)


def test_the_story_waits_for_the_bot(closing):
    """Nothing is said until the bot connects; then a guest and a Connect member wait."""
    with DemoSlack(now=MONDAY) as demo:
        visitor = Visitor(demo)
        assert visitor.look("all")["messages"] == []
        bot = Bot(demo)
        bot.handler.connect()
        bot.awaits(lambda: len(bot.heard) == 10)
        assert "nightly export" in visitor.sees(DANA, ACME)[-1]["text"]
        claimed, asked, promise, upset = visitor.sees(GUS, GLOBEX)[-4:]
        assert claimed["reactions"] == [{"name": "eyes", "users": [BEN]}]
        assert promise["thread_ts"] == asked["ts"]
        assert upset["thread_ts"] == claimed["ts"]
        assert [each["id"] for each in visitor.look(f"state?as={DANA}")["channels"]] == [ACME]
    closing.submit(bot.handler.close)


def test_other_sites_cannot_reach_it(demo):
    """A foreign Host or Origin is refused, so no other page in the browser can use the demo."""
    for name, value in (("Host", "evil.example"), ("Origin", "https://evil.example")):
        request = urllib.request.Request(f"{demo.url}demo/all", headers={name: value})
        with pytest.raises(urllib.error.HTTPError) as caught:
            urllib.request.urlopen(request)
        with caught.value as answer:
            assert answer.code == 403


def test_it_stops_at_once_and_starts_only_on_a_free_port(bot, demo):
    """A taken port is an OSError; stopping with the bot and a page connected is quick and clean."""
    with pytest.raises(OSError, match="address already in use"):
        DemoSlack(port=int(demo.url.split(":")[2].strip("/"))).start()
    with urllib.request.urlopen(f"{demo.url}demo/events?as={ANA}") as stream:
        assert stream.readline() == b"data: changed\n"
        began = time.monotonic()
        demo.stop()
        demo.stop()
    assert time.monotonic() - began < 2
