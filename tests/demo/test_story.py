"""The story of the demo, walked as a visitor would: over its API, and in a real browser."""

import os
import shutil
from types import SimpleNamespace
from typing import cast

import pytest

from bot.demo import DemoSlack
from tests.local import (
    ACME,
    ANA,
    BEN,
    CLEO,
    CUSTOMERS,
    DANA,
    GLOBEX,
    TRIAGE,
    Local,
    eventually,
)

BROWSER = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), ""
)
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]


PROMISE = "I'll get back to you in 3 hours."
WORDS = {
    "What they told you": "you have asked us twice for a second admin",
    "What it costs them": "your audit is on Thursday",
    "What you will do": "set it up with you",
    "By when": "in 3 hours",
}
APOLOGY = {
    "issue": "you had to ask us twice for a second admin",
    "cause": "your first message was left lying",
    "action": "set it up with you",
    "when": "in 3 hours",
}


def _local(started):
    """What people do in it; its address is all that is needed of a demo in another process."""
    return Local(cast("DemoSlack", SimpleNamespace(url=started.url)))


def _question(slack, words):
    """What a customer asked, once the bot has taken in all that there is."""
    said = [m for m in slack.all()["messages"] if words in m["text"] and not m.get("bot_id")]
    return said[0] if said and not slack.unanswered() else None


def _card(slack, *words):
    """The one card in the triage channel that says all of it, as it now stands."""
    found = [m for m in slack.posted(TRIAGE) if all(word in m["text"] for word in words)]
    return found[0] if len(found) == 1 else None


def _press(slack, who, message, label):
    """Press the button with that label in a message, as somebody who sees it."""
    for block in message["blocks"]:
        for each in block.get("elements", ()):
            if each["type"] == "button" and each["text"]["text"] == label:
                place = {"block_id": block["block_id"], "action_id": each["action_id"]}
                where = {"channel": message["channel"], "ts": message["ts"], **place}
                return slack.does(who, "click", **where)
    return pytest.fail(f"there is no button {label}")


def _told(slack, who, words):
    """What the bot told somebody in private, in such words."""
    return next((m for m in slack.direct(who) if words in m["text"]), {})


def _form(slack, who, title):
    """The form that somebody has before them, if that is its title."""
    open_ = slack.all()["views"].get(who)
    return open_[-1] if open_ and open_[-1]["title"]["text"] == title else None


def test_a_question_becomes_a_nudge_and_is_answered(started):
    """The nudge comes when the clock moves, and says who has it, and then who answered."""
    slack = _local(started)
    asked = eventually(lambda: _question(slack, "nightly export"))
    eventually(lambda: slack.direct(BEN), what="the nudge about what Ben has claimed")
    slack.does(ANA, "clock", advance=1800)
    card = eventually(lambda: _card(slack, DANA, "waits", "nobody has claimed it"))
    slack.reacts(BEN, ACME, asked["ts"], "eyes")
    eventually(lambda: _card(slack, DANA, f"claimed by <@{BEN}>"))
    slack.reacts(CLEO, ACME, asked["ts"], "eyes")
    told = eventually(lambda: [e for e in slack.all()["ephemerals"] if e["to"] == CLEO])
    assert f"<@{BEN}> has this one already" in told[0]["text"]
    slack.says(BEN, ACME, "The disk was full. It runs again.", thread_ts=asked["ts"])
    answered = eventually(lambda: _card(slack, "Answered by", f"<@{BEN}>"))
    assert answered["ts"] == card["ts"]
    assert not [m for m in slack.posted() if m["channel"] in (ACME, GLOBEX)]
    code, log = started.stops()
    assert code == 0
    assert "Traceback" not in log
    assert "ERROR" not in log


def test_a_night_passes_in_silence(started):
    """What falls due after hours is told when the next morning begins."""
    slack = _local(started)
    eventually(lambda: _question(slack, "nightly export"))
    for _ in range(4):
        slack.does(ANA, "clock", advance=7200)
    asked = slack.says(DANA, ACME, "One more thing: can we get invoices by mail?")
    eventually(lambda: not slack.unanswered())
    slack.does(ANA, "clock", advance=3600)
    before = len(slack.posted(TRIAGE))
    slack.does(ANA, "clock", to="next_morning")
    slack.does(ANA, "clock", advance=1800)
    eventually(lambda: _card(slack, "invoices by mail"))
    assert asked
    assert len(slack.posted(TRIAGE)) > before


def test_a_promise_is_moved_in_the_agents_own_words(started):
    """The customer reads them once, under the agent's name, and nothing else of Heard."""
    slack = _local(started)
    asked = eventually(lambda: _question(slack, "nightly export"))
    slack.says(BEN, ACME, PROMISE, thread_ts=asked["ts"])
    eventually(lambda: [e for e in slack.all()["ephemerals"] if e["to"] == BEN])
    slack.does(BEN, "clock", advance=7200)
    reminder = eventually(lambda: _told(slack, BEN, "get back to you"))
    _press(slack, BEN, reminder, "Move it")
    form = eventually(lambda: _form(slack, BEN, "Move it"))
    when = {"when_words": {"when_words": "Monday 3pm"}}
    slack.does(BEN, "submit", view_id=form["id"], values=when)
    words = eventually(lambda: _form(slack, BEN, "Tell the customer"))
    slack.does(BEN, "submit", view_id=words["id"], values={})
    said = eventually(lambda: slack.posted(ACME))
    moved = eventually(lambda: _told(slack, BEN, "Moved to"))
    assert moved["ts"] == reminder["ts"]
    assert [(m["username"], m["thread_ts"]) for m in said] == [("Ben", asked["ts"])]
    assert "Monday" in said[0]["text"]
    assert slack.posted(ACME) == said
    assert slack.posted(GLOBEX) == []
    assert not [e for e in slack.all()["ephemerals"] if e["to"] in CUSTOMERS]


def _shown(slack, words):
    """What Ben's form shows, once it says these words."""
    shown = str(_form(slack, BEN, "Your reply"))
    return shown if words in shown else ""


def test_a_second_apology_is_pointed_out_before_it_is_posted(started):
    """Sending the form shows the first one, and posts nothing; sending it again posts it once."""
    slack = _local(started)
    upset = eventually(lambda: _question(slack, "second time I ask"))
    slack.says(BEN, GLOBEX, "I'm sorry that you had to wait, Gus.", thread_ts=upset["thread_ts"])
    eventually(lambda: not slack.unanswered())
    slack.does(BEN, "shortcut", channel=GLOBEX, ts=upset["ts"], callback_id="reply.suggest")
    form = eventually(lambda: _form(slack, BEN, "Suggest a reply"))
    others = {"block_id": form["blocks"][-1]["block_id"], "action_id": "reply.other"}
    slack.does(BEN, "click", view_id=form["id"], **others, selected="apologise.neutral")
    form = eventually(lambda: _form(slack, BEN, "Your reply"))
    sent = {"view_id": form["id"], "values": {k: {"reply.slot": v} for k, v in APOLOGY.items()}}
    slack.does(BEN, "submit", **sent)
    shown = eventually(lambda: _shown(slack, "Not posted yet"), what="the finding")
    assert "I'm sorry that you had to wait" in shown
    assert slack.posted(GLOBEX) == []
    slack.does(BEN, "submit", **sent)
    said = eventually(lambda: slack.posted(GLOBEX))
    assert [(m["username"], m["thread_ts"]) for m in said] == [("Ben", upset["thread_ts"])]
    assert APOLOGY["cause"] in said[0]["text"]
    slack.does(BEN, "command", channel=GLOBEX, text="/heard promises")
    assert APOLOGY["action"] in str(slack.all()["ephemerals"][-1]["blocks"])
    assert not [e for e in slack.all()["ephemerals"] if e["to"] in CUSTOMERS]


@pytest.fixture
def page(started):
    """The demo's page in a real browser, as Ana sees it."""
    if not BROWSER:
        if os.environ.get("CI"):
            pytest.fail("CI installs a browser, but there is none")
        pytest.skip("there is no Chromium here: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=BROWSER, args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.set_default_timeout(15_000)
        page.goto(started.url)
        yield page
        browser.close()


@pytest.mark.browser
def test_a_visitor_sees_all_of_it(page):
    """A customer writes, the clock moves, the nudge appears, and 👀 changes its card."""
    page.get_by_test_id("be-dana").click()
    page.get_by_test_id("composer-text").fill("Our invoices are missing. Can you help?")
    page.get_by_test_id("composer-text").press("Enter")
    asked = page.get_by_test_id("message").filter(has_text="invoices are missing")
    asked.wait_for()
    page.get_by_test_id("be-ana").click()
    page.get_by_test_id("advance-30m").click()
    page.get_by_test_id("channel-triage").click()
    card = page.get_by_test_id("message").filter(has_text="Our invoices are missing")
    card.get_by_role("button", name="Claim").wait_for()
    page.get_by_test_id("be-ben").click()
    page.get_by_test_id("channel-acme-shared").click()
    asked.hover()
    asked.get_by_test_id("react-eyes").click()
    page.get_by_test_id("channel-triage").click()
    card.filter(has_text="claimed by @Ben").wait_for()
    page.get_by_test_id("be-dana").click()
    page.get_by_test_id("channel-triage").wait_for(state="detached")


@pytest.mark.browser
def test_a_visitor_keeps_a_promise(page):
    """Its author agrees to it, is reminded, and keeps it; the customer sees no app in all of it."""
    page.get_by_test_id("be-ben").click()
    asked = page.get_by_test_id("message").filter(has_text="nightly export")
    asked.hover()
    asked.get_by_test_id("react-eyes").click()
    asked.get_by_test_id("reply-in-thread").click()
    page.get_by_test_id("thread-text").fill(PROMISE)
    page.get_by_test_id("thread-text").press("Enter")
    note = page.get_by_test_id("message").filter(has_text="Only visible to you")
    note.get_by_role("button", name="Right").click()
    note.filter(has_text="I will remind you").filter(has_not_text="You promised").wait_for()
    page.get_by_test_id("advance-2h").click()
    page.get_by_test_id("channel-heard").click()
    card = page.get_by_test_id("message").filter(has_text=PROMISE.rstrip("."))
    card.get_by_role("button", name="Done").click()
    card.filter(has_text="Kept by @Ben").wait_for()
    page.get_by_test_id("be-dana").click()
    asked.get_by_test_id("open-thread").click()
    page.get_by_test_id("thread").get_by_text(PROMISE).wait_for()
    assert not page.get_by_test_id("message").filter(has_text="APP").count()
    for taken in ("Only you see Heard's note", "Heard reminds you", "Done", "nothing else"):
        page.locator("#steps [data-done=true]").filter(has_text=taken).wait_for()


@pytest.mark.browser
def test_a_visitor_answers_somebody_upset(page):
    """What is typed stays and shows in the message; the customer reads that message alone."""
    page.get_by_test_id("be-ben").click()
    page.get_by_test_id("channel-heard").click()
    card = page.get_by_test_id("message").filter(has_text="second admin")
    card.get_by_role("button", name="Reply help").click()
    form = page.get_by_test_id("modal")
    form.get_by_text("second time I ask").wait_for()
    form.get_by_role("button", name="Use this").first.click()
    for label, words in WORDS.items():
        form.get_by_label(label).press_sequentially(words, delay=20)
    shown = form.locator("blockquote").filter(has_text="update you here in 3 hours")
    shown.wait_for()
    assert "Gus" in (said := shown.inner_text())
    for label, words in WORDS.items():
        assert form.get_by_label(label).input_value() == words
        assert words in said
    page.keyboard.type(" or less")
    shown.filter(has_text="in 3 hours or less").wait_for()
    form.get_by_label("By when").fill(WORDS["By when"])
    page.get_by_test_id("modal-submit").click()
    form.wait_for(state="hidden")
    page.get_by_test_id("channel-globex").click()
    page.get_by_test_id("composer-text").fill("/heard promises")
    page.get_by_test_id("composer-text").press("Enter")
    answer = page.get_by_test_id("message").filter(has_text="Your promises")
    answer.get_by_text(WORDS["What you will do"]).wait_for()
    page.get_by_test_id("be-gus").click()
    asked = page.get_by_test_id("message").filter(has_text="second admin")
    asked.get_by_test_id("open-thread").click()
    reply = page.get_by_test_id("thread").get_by_test_id("message").last
    assert reply.locator("header strong").inner_text() == "Ben"
    assert reply.locator(".body").inner_text() == said
    assert page.get_by_test_id("message").filter(has_text="APP").count() == 1
    assert not page.get_by_test_id("message").filter(has_text="Only visible to you").count()
    for taken in ("Gus is upset", "/heard promises", "nothing else"):
        page.locator("#steps [data-done=true]").filter(has_text=taken).wait_for()
