"""What `/heard` does to a channel: watch it, name its owners, give it rules of its own."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from bot.core.model import Channel
from handlers import modals, payloads, refusals
from handlers.asking import Asked
from handlers.calls import Answer, call
from handlers.markup import Words, escape, person, place, say

MENTION = re.compile(r"<@([A-Z0-9]+)(?:\|[^>]*)?>")


def in_channel(answer: Callable[[Asked], Words | None]) -> Callable[[Asked], Words | None]:
    """Return the command, which says no where there is no customers' channel to change."""

    def checked(asked: Asked) -> Words | None:
        where = place(asked.channel)
        if asked.channel.startswith("D"):
            return say("Direct messages are never watched. Use this in the customer's channel.")
        if asked.channel == asked.edge.desk.policy.triage:
            return say(f"{where} is the triage channel, which is never watched.")
        if not _is_member(asked):
            return say(f"I am not in {where} yet. Invite me with `/invite @Heard` first.")
        return answer(asked)

    return checked


def _is_member(asked: Asked) -> bool:
    """Tell whether the bot is in the channel, asking Slack where it does not know."""
    channel = asked.edge.desk.store.channel(asked.channel)
    if channel and channel.member:
        return True
    result = call(asked.client, "conversations.info", channel=asked.channel)
    facts = result.data.get("channel") or {}
    if facts.get("is_member"):
        asked.edge.desk.channels.listed(payloads.channel(facts), asked.edge.now())
        return True
    return not result.done and result.answer is not Answer.NEVER


def watch(asked: Asked) -> Words:
    channel = asked.edge.desk.channels.change(
        asked.channel, asked.edge.now(), lambda channel: replace(channel, watched=True)
    )
    return say(f"I watch {place(channel.id)}: whoever waits here will not be forgotten.")


def unwatch(asked: Asked) -> Words:
    waiting = len(asked.edge.desk.here(asked.channel))
    channel = asked.edge.desk.channels.change(
        asked.channel, asked.edge.now(), lambda channel: replace(channel, watched=False)
    )
    still = "1 customer still waits" if waiting == 1 else f"{waiting} customers still wait"
    left = f" {still} here, and nobody will be reminded." if waiting else ""
    return say(f"I no longer watch {place(channel.id)}.{left} `/heard watch` takes that back.")


def owners(asked: Asked) -> Words:
    desk, where = asked.edge.desk, place(asked.channel)
    named = tuple(dict.fromkeys(MENTION.findall(asked.rest)))
    if not asked.rest:
        channel = desk.store.channel(asked.channel)
        owners = ", ".join(map(person, channel.owners)) if channel and channel.owners else ""
        how = "`/heard owners @ana @ben` names them, `/heard owners none` clears them."
        return say(
            f"{where} is owned by {owners}. {how}" if owners else f"Nobody owns {where}. {how}"
        )
    if not named and asked.rest.lower() != "none":
        return say(
            f"I cannot read owners in `{escape(asked.rest[:80])}`. Mention them, as in"
            " `/heard owners @ana @ben`, or say `/heard owners none`. Nothing was changed."
        )
    strangers = [one for one in named if not asked.edge.is_colleague(one)]
    if strangers:
        names = ", ".join(map(person, strangers))
        return say(f"{names} cannot be an owner: owners are colleagues. Nothing was changed.")
    desk.channels.change(
        asked.channel, asked.edge.now(), lambda channel: replace(channel, owners=named)
    )
    if not named:
        rest = "the triage channel" if desk.policy.triage else "the leads"
        return say(f"Nobody owns {where} now: its nudges go to {rest}.")
    return say(f"{where} is now owned by {', '.join(map(person, named))}: its nudges go to them.")


def channel(asked: Asked) -> Words | None:
    desk = asked.edge.desk
    settings = desk.store.channel(asked.channel) or Channel(id=asked.channel)
    view = modals.channel(settings, desk.policy)
    opened = call(asked.client, "views.open", trigger_id=asked.trigger, view=view)
    return None if opened.done else say(refusals.NOT_OPENED)
