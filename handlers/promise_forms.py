"""The forms about promises: another date, the words to tell the customer, and one by hand."""

from __future__ import annotations

import json
from datetime import datetime
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import ActionsBlock, ButtonElement, InputBlock, PlainTextInputElement
from slack_sdk.models.views import View

from bot.core.ledger import Promise
from bot.core.moving import wording
from bot.core.reminders import FINE, Instead
from bot.core.replies import Register
from handlers import times
from handlers.ledger import local, outside
from handlers.markup import context, escape, place, section, verbatim

TRACK = "promise.track"
CHANGE, MOVE, TELL = "promise.change", "promise.move", "promise.tell"
REGISTER, COPY = "promise.register", "promise.copy"
WHAT, TEXT = "what", "text"
LONGEST = 3000


def change(promise: Promise, zone: ZoneInfo, answer_to: str) -> View:
    """Return the form that puts a date right; `answer_to` is where the question was asked."""
    facts = {"promise": promise.id, "answer_to": answer_to}
    return _dated(CHANGE, "Change the date", "Save", "When is it due?", facts, promise, zone)


def move(promise: Promise, zone: ZoneInfo, answer_to: str, *, tells: bool) -> View:
    """Return the form for a new date; where it `tells`, words for the customer come next."""
    head = "Which new date can you keep?"
    submit = "Next" if tells else "Save"
    facts = {"promise": promise.id, "answer_to": answer_to}
    return _dated(MOVE, "Move it", submit, head, facts, promise, zone)


def _dated(
    callback_id: str,
    title: str,
    submit: str,
    head: str,
    facts: dict[str, str],
    promise: Promise,
    zone: ZoneInfo,
) -> View:
    said = f"\n>{escape(promise.words)}" if promise.words else ""
    now = f" So far it is {local(promise.due, zone)}." if promise.due else ""
    return View(
        type="modal",
        callback_id=callback_id,
        private_metadata=json.dumps(facts),
        title=title,
        submit=submit,
        close="Cancel",
        blocks=[
            section(f"{head}{now}{said}"),
            *times.fields(promise.due if callback_id == CHANGE else None, zone),
        ],
    )


def tell(
    promise: Promise,
    due: datetime,
    zone: ZoneInfo,
    register: Register,
    instead: Instead = FINE,
) -> View:
    """Return the form with words for the customer; its buttons choose how formal they are.

    `instead` has dates that could be kept where that one is outside business hours.
    """
    there = due.astimezone(zone)
    where = "into their thread" if promise.thread else f"into {place(promise.channel)}"
    facts = {"promise": promise.id, "due": due.isoformat(), "register": register}
    registers = [
        ButtonElement(
            text=one.capitalize(),
            action_id=f"{REGISTER}.{one}",
            value=one,
            style="primary" if one is register else None,
        )
        for one in Register
    ]
    text = PlainTextInputElement(
        action_id=TEXT,
        multiline=True,
        initial_value=wording(register, promise.words, there),
        max_length=LONGEST,
    )
    return View(
        type="modal",
        callback_id=TELL,
        private_metadata=json.dumps(facts),
        title="Tell the customer",
        submit="Post",
        close="Cancel",
        blocks=[
            section(f"New date: *{local(due, zone)}*. How would you say it?"),
            *([context(outside(instead, zone))] if instead.dates else []),
            ActionsBlock(block_id=REGISTER, elements=registers),
            # Slack keeps what a field holds for as long as its id stays the same.
            InputBlock(
                block_id=f"{TEXT}.{register}",
                label="Your words, to change as you like",
                element=text,
            ),
            ActionsBlock(
                block_id=COPY,
                elements=[ButtonElement(text="Copy, and I post it", action_id=COPY, value="copy")],
            ),
            context(f"_Post_ puts it {where} under your name. The new date then counts."),
        ],
    )


def copy(head: str, text: str, title: str = "Tell the customer") -> View:
    """Return the words to be copied."""
    return View(
        type="modal",
        title=title,
        close="Done",
        blocks=[section(head), *verbatim(text)],
    )


def track(facts: dict[str, str], words: str, due: datetime | None, zone: ZoneInfo) -> View:
    what = PlainTextInputElement(
        action_id=WHAT, multiline=True, initial_value=words[:LONGEST] or None, max_length=LONGEST
    )
    return View(
        type="modal",
        callback_id=TRACK,
        private_metadata=json.dumps(facts),
        title="Track a promise",
        submit="Track",
        close="Cancel",
        blocks=[
            InputBlock(block_id=WHAT, label="What do you promise?", element=what),
            *times.fields(due, zone),
        ],
    )
