"""Slack's events: each becomes one call to the desk, stored before it is acknowledged."""

from __future__ import annotations

import logging
import re
from dataclasses import replace

from slack_bolt import App

from bot.core.desk import REACTIONS
from bot.core.events import ChannelJoined, MessageDeleted, MessagePosted, Reacted
from bot.core.keeping import PROMISED
from bot.core.model import Channel, moment
from handlers import payloads
from handlers.edge import Edge
from handlers.payloads import Message, Payload

logger = logging.getLogger(__name__)

KNOWN = frozenset({*REACTIONS, PROMISED})
LOOKED_UP = frozenset({"pushpin", PROMISED})
"""Reactions that count on messages which Heard has no note of."""
REMOVED = ("channel_left", "group_left", "channel_archive", "group_archive")
REMOVED_FOR_GOOD = ("channel_deleted", "group_deleted")
RENAMED = ("channel_rename", "group_rename")
SHARED = ("channel_shared", "channel_unshared", "channel_unarchive", "group_unarchive")


def register(app: App) -> None:
    """Messages come first: each listener tried in vain costs time, and they are most events."""
    app.event("message")(message)
    app.event("reaction_added")(reaction)
    app.event("reaction_removed")(reaction)
    app.event("member_joined_channel")(joined)
    app.event("member_left_channel")(left)
    app.event("user_change")(person_changed)
    for name in (*REMOVED, *REMOVED_FOR_GOOD):
        app.event(name)(removed)
    for name in RENAMED:
        app.event(name)(renamed)
    for name in SHARED:
        app.event(name)(shared)
    app.event("channel_id_changed")(moved)
    app.event(re.compile(""))(anything)


def message(body: Payload, edge: Edge) -> None:
    said = payloads.message(body)
    if isinstance(said, Message):
        take_in(said, edge)
    elif isinstance(said, payloads.Deletion):
        deleted = MessageDeleted(
            channel=said.channel, ts=said.ts, at=said.at, author=said.user, thread=said.thread
        )
        edge.desk.intake.deleted(deleted, edge.now())
    elif isinstance(said, payloads.Rename):
        _rename(said.channel, said.name, edge)


def take_in(said: Message, edge: Edge) -> None:
    """Take in a message, and the reactions that history shows on it.

    History does not tell when they were made: whatever was said after the message counts as later.
    """
    posted = _posted(said, edge)
    edge.desk.intake.posted(posted, edge.now())
    for name, user in said.reactions:
        if name in KNOWN:
            _react(payloads.Reaction(said.channel, said.ts, name, user, None, added=True), edge)


def _posted(said: Message, edge: Edge) -> MessagePosted:
    return MessagePosted(
        channel=said.channel,
        ts=said.ts,
        author=edge.roster.person(said.user, said.teams),
        text=said.text,
        thread=said.thread,
        edited=said.edited,
        shared=said.shared,
        in_order=edge.history.is_whole(said.channel),
    )


def reaction(body: Payload, edge: Edge) -> None:
    found = payloads.reaction(body)
    if found and found.name in KNOWN:
        _react(found, edge)


def _react(found: payloads.Reaction, edge: Edge) -> None:
    reacted = Reacted(
        channel=found.channel,
        ts=found.ts,
        name=found.name,
        by=edge.person(found.user),
        at=found.at or moment(found.ts),
        added=found.added,
    )
    if edge.desk.reacted(reacted, edge.now()):
        return
    if found.name not in LOOKED_UP or not found.added:
        logger.info(":%s: on %s in %s: no conversation", found.name, found.ts, found.channel)
        return
    said = edge.history.message(found.channel, found.ts)
    if said and found.name == PROMISED:
        if found.at is None and said.user != found.user:
            return  # history shows it at each look, and whose it is was said already
        edge.desk.promises.vouched(_posted(said, edge), reacted, edge.now())
    elif said:
        edge.desk.track(_posted(said, edge), reacted, edge.now())


def joined(body: Payload, context: dict[str, str], edge: Edge) -> None:
    event = body["event"]
    if event.get("user") != context.get("bot_user_id"):
        return
    inviter = str(event.get("inviter") or "")
    edge.desk.channels.joined(
        ChannelJoined(
            channel=payloads.channel_id(body),
            inviter=edge.person(inviter) if inviter else None,
            shared=bool(body.get("is_ext_shared_channel")),
        ),
        edge.now(),
    )
    edge.history.missed(payloads.channel_id(body))


def left(body: Payload, context: dict[str, str], edge: Edge) -> None:
    if body["event"].get("user") == context.get("bot_user_id"):
        removed(body, edge)


def removed(body: Payload, edge: Edge) -> None:
    _change(body, edge, member=False)


def renamed(body: Payload, edge: Edge) -> None:
    _rename(payloads.channel_id(body), payloads.channel_name(body), edge)


def _rename(channel_id: str, name: str, edge: Edge) -> None:
    if channel_id and name and edge.desk.store.channel(channel_id):
        edge.desk.channels.change(
            channel_id, edge.now(), lambda channel: replace(channel, name=name)
        )


def shared(body: Payload, edge: Edge) -> None:
    """A channel was shared, unshared or unarchived: its listing tells how it is now."""
    edge.history.missed(payloads.channel_id(body))


def moved(body: Payload, edge: Edge) -> None:
    """A private channel that is about to be shared gets another id."""
    event = body["event"]
    old, new = str(event.get("old_channel_id")), str(event.get("new_channel_id"))
    edge.desk.channels.moved(old, new, edge.now())
    edge.history.missed(new)


def person_changed(body: Payload, edge: Edge) -> None:
    """Slack tells of every status that anybody sets; only people met before matter."""
    person = payloads.person(body["event"].get("user") or {})
    if person.id and edge.desk.store.person(person.id):
        edge.desk.met(person, edge.now())


def anything(body: Payload) -> None:
    """Acknowledge what Heard was not asked for, or Slack sends it again and again."""
    logger.debug("an event of type %s is not used", (body.get("event") or {}).get("type"))


def _change(body: Payload, edge: Edge, *, member: bool) -> None:
    channel_id = payloads.channel_id(body)
    if channel_id and edge.desk.store.channel(channel_id):

        def edit(channel: Channel) -> Channel:
            return replace(channel, member=member)

        edge.desk.channels.change(channel_id, edge.now(), edit)
