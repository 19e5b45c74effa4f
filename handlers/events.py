"""Slack's events: each becomes one call to the desk, stored before it is acknowledged."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus
from typing import Any

from slack_bolt import App, BoltRequest, BoltResponse

from bot.core.desk import REACTIONS
from bot.core.events import ChannelJoined, MessageDeleted, MessagePosted, Reacted
from bot.core.marking import PROMISED
from bot.core.model import Channel, Role, moment
from handlers import payloads
from handlers.edge import Edge
from handlers.payloads import Message, Payload

logger = logging.getLogger(__name__)

KNOWN = frozenset({*REACTIONS, PROMISED})
LOOKED_UP = frozenset({"pushpin", PROMISED})
"""Reactions that count on messages which Heard has no note of."""
RETRIES = timedelta(minutes=10)
"""So long Slack goes on to hand over an event."""
TAKEN_IN = BoltResponse(status=HTTPStatus.OK)


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
        if name in KNOWN and not _means_nothing(name, user, posted, edge):
            _react(payloads.Reaction(said.channel, said.ts, name, user, None, added=True), edge)


def _means_nothing(name: str, user: str, on: MessagePosted, edge: Edge) -> bool:
    """Tell of a reaction that would be answered with a no: history shows it at each look."""
    if name == PROMISED:
        return user != on.author.id
    return name in LOOKED_UP and edge.desk.role(on.author) is not Role.CUSTOMER


def _posted(said: Message, edge: Edge) -> MessagePosted:
    return MessagePosted(
        channel=said.channel,
        ts=said.ts,
        author=edge.roster.person(said.user, said.teams),
        text=said.text,
        named=said.named,
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
    if not found.added or not (found.name in LOOKED_UP or _may_be_early(found, edge)):
        logger.info(":%s: on %s in %s: no conversation", found.name, found.ts, found.channel)
        return
    said = edge.history.message(found.channel, found.ts)
    if not said:
        return
    if found.name == PROMISED:
        edge.desk.promises.vouched(_posted(said, edge), reacted, edge.now())
    elif found.name in LOOKED_UP:
        edge.desk.track(_posted(said, edge), reacted, edge.now())
    else:
        edge.desk.intake.posted(_posted(said, edge), edge.now())
        edge.desk.reacted(reacted, edge.now())


def _may_be_early(found: payloads.Reaction, edge: Edge) -> bool:
    """Tell whether the event of the message may still be on its way."""
    return edge.now() - moment(found.ts) < RETRIES


def joined(body: Payload, edge: Edge) -> None:
    event = body["event"]
    if event.get("user") != edge.bot_user:
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


def left(body: Payload, edge: Edge) -> None:
    if body["event"].get("user") == edge.bot_user:
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


def anything(body: Payload, edge: Edge) -> None:  # noqa: ARG001 - as all are called
    """Acknowledge what Heard was not asked for, or Slack sends it again and again."""
    logger.debug("an event of type %s is not used", (body.get("event") or {}).get("type"))


def _change(body: Payload, edge: Edge, *, member: bool) -> None:
    channel_id = payloads.channel_id(body)
    if channel_id and edge.desk.store.channel(channel_id):

        def edit(channel: Channel) -> Channel:
            return replace(channel, member=member)

        edge.desk.channels.change(channel_id, edge.now(), edit)


LISTENERS: dict[str, Callable[[Payload, Edge], None]] = {
    "message": message,
    "reaction_added": reaction,
    "reaction_removed": reaction,
    "member_joined_channel": joined,
    "member_left_channel": left,
    "user_change": person_changed,
    "channel_left": removed,
    "group_left": removed,
    "channel_archive": removed,
    "group_archive": removed,
    "channel_deleted": removed,
    "group_deleted": removed,
    "channel_rename": renamed,
    "group_rename": renamed,
    "channel_shared": shared,
    "channel_unshared": shared,
    "channel_unarchive": shared,
    "group_unarchive": shared,
    "channel_id_changed": moved,
}


class Reception(App):
    """Bolt's app, but events go straight to their listener.

    Bolt itself would try one listener after the other, and make up for each all that it may ask.
    """

    def __init__(self, edge: Edge, **options: Any) -> None:  # noqa: ANN401 - Bolt's
        super().__init__(**options)
        self._edge = edge

    def dispatch(self, req: BoltRequest) -> BoltResponse:
        """An event that fails is left unacknowledged, and Slack sends it again."""
        event = req.body.get("event")
        if event is None:
            return super().dispatch(req)
        try:
            LISTENERS.get(event.get("type"), anything)(req.body, self._edge)
        except Exception:
            self._edge.history.missed(payloads.channel_id(req.body), payloads.message_ts(req.body))
            logger.exception("an event was not taken in; Slack will send it again")
            return BoltResponse(status=HTTPStatus.INTERNAL_SERVER_ERROR)
        return TAKEN_IN
