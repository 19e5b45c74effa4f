"""The buttons of the cards and lists."""

from __future__ import annotations

import re

from slack_bolt import Ack, App, Respond

from bot.core.model import Action
from bot.core.refusals import Refusal
from handlers import blocks, payloads, refusals
from handlers.edge import Edge
from handlers.markup import when
from handlers.payloads import Payload
from handlers.roster import Unavailable

ACTIONS = {
    blocks.CLAIM: Action.CLAIM,
    blocks.SNOOZE: Action.SNOOZE,
    blocks.DISMISS: Action.DISMISS,
    blocks.RESOLVE: Action.RESOLVE,
}
DONE = {
    Action.CLAIM: "You have claimed it. If it goes unanswered, you are told first.",
    Action.SNOOZE: "Snoozed. It is back {until}, or as soon as they write again.",
    Action.DISMISS: "Taken off the list: not a request.",
    Action.RESOLVE: "Resolved.",
}


def register(app: App) -> None:
    for action_id in ACTIONS:
        app.action(action_id)(pressed)
    for surface in (app.action, app.shortcut, app.view, app.view_closed):
        surface(re.compile(""))(unknown)


def pressed(ack: Ack, body: Payload, respond: Respond, edge: Edge) -> None:
    """Do it, and say so in private; the card shows it a moment later by itself."""
    text = _done(body, edge)
    ack()
    edge.later(lambda: respond(text=text, response_type="ephemeral", replace_original=False))


def _done(body: Payload, edge: Edge) -> str:
    action_id, conversation_id = payloads.clicked(body)
    user = str((body.get("user") or {}).get("id") or "")
    try:
        if not edge.is_colleague(user):
            return refusals.CUSTOMER
    except Unavailable:
        return refusals.WHO_ARE_YOU
    action = ACTIONS[action_id]
    try:
        conversation = edge.desk.act(conversation_id, action, user, edge.now())
    except Refusal as refusal:
        return refusals.words(refusal)
    until = when(conversation.snooze.until) if conversation.snooze else ""
    return DONE[action].format(until=until)


def unknown(ack: Ack) -> None:
    """Acknowledge what an older Heard, or a newer manifest, shows to people."""
    ack()
