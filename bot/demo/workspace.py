"""What is in the workspace, who may see it, and which events a change to it causes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import uuid4

from .cast import (
    BOT_NAME,
    BOT_USER,
    COLLEAGUES,
    LIGHTHOUSE,
    PEOPLE,
    Channel,
    Json,
    channels,
    team_of,
)
from .clock import Clock
from .errors import SlackError
from .messages import Ephemeral, Message

Publish = Callable[[Json, Channel], None]


@dataclass(slots=True)
class Workspace:
    """Touched only in the server's own thread."""

    clock: Clock
    publish: Publish = lambda _event, _channel: None
    changed: Callable[[], None] = lambda: None
    channels: dict[str, Channel] = field(
        default_factory=lambda: {channel.id: channel for channel in channels()}
    )
    messages: dict[str, dict[str, Message]] = field(default_factory=dict)
    ephemerals: dict[str, Ephemeral] = field(default_factory=dict)
    read: dict[tuple[str, str], str] = field(default_factory=dict)

    def channel(self, channel_id: object) -> Channel:
        found = self.channels.get(str(channel_id))
        if not found:
            raise SlackError("channel_not_found")
        return found

    def direct(self, user: str) -> Channel:
        """The direct messages between this person and the bot, opened if need be."""
        if user not in PEOPLE:
            raise SlackError("user_not_found")
        channel_id = "D" + user[1:]
        return self.channels.setdefault(
            channel_id,
            Channel(id=channel_id, name=BOT_NAME, members=[user, BOT_USER], direct=True),
        )

    def channels_of(self, user: str) -> list[Channel]:
        if user in COLLEAGUES:
            self.direct(user)
        return [channel for channel in self.channels.values() if user in channel.members]

    def find(self, channel_id: str, ts: object) -> Message | None:
        return self.messages.get(channel_id, {}).get(str(ts))

    def in_order(self, channel_id: str) -> list[Message]:
        return sorted(self.messages.get(channel_id, {}).values(), key=lambda each: each.ts)

    def replies(self, root: Message) -> list[Message]:
        return [each for each in self.in_order(root.channel) if each.thread_ts == root.ts]

    def everything(self) -> Iterator[Message]:
        for channel_id in self.channels:
            yield from self.in_order(channel_id)

    def post(
        self,
        channel: Channel,
        user: str,
        text: str,
        *,
        thread_ts: str | None = None,
        broadcast: bool = False,
        at: datetime | None = None,
        **parts: Any,
    ) -> Message:
        root = self.find(channel.id, thread_ts) if thread_ts else None
        if thread_ts and not root:
            raise SlackError("thread_not_found")
        message = Message(
            ts=self.clock.stamp(at),
            channel=channel.id,
            user=user,
            text=text,
            # A reply to a reply lands in the same thread: threads do not nest.
            thread_ts=(root.thread_ts or root.ts) if root else None,
            broadcast=broadcast and root is not None,
            parent_user=root.user if root else None,
            client_msg_id=None if user == BOT_USER else str(uuid4()),
            **parts,
        )
        self.messages.setdefault(channel.id, {})[message.ts] = message
        event = message.shown() | {"event_ts": message.ts}
        if message.broadcast and root:
            event["root"] = root.shown()
        self._tell(channel, event)
        if f"<@{BOT_USER}>" in text and user != BOT_USER and not channel.direct:
            self._tell_of_mention(channel, message)
        return message

    def edit(self, message: Message, text: str, **parts: Any) -> None:
        before = message.shown()
        message.text, message.edited = text, self.clock.stamp()
        for part, value in parts.items():
            setattr(message, part, value)
        self._tell_changed(message, message.shown(), before)

    def delete(self, message: Message) -> None:
        before = message.shown()
        if self.replies(message):
            message.tombstone, message.reactions = True, {}
            self._tell_changed(message, message.shown(), before)
            return
        del self.messages[message.channel][message.ts]
        stamp = self.clock.stamp()
        self._tell(
            self.channels[message.channel],
            {
                "type": "message", "subtype": "message_deleted", "hidden": True,
                "deleted_ts": message.ts, "previous_message": before,
                "ts": stamp, "event_ts": stamp,
            },
        )  # fmt: skip

    def react(self, message: Message, user: str, name: str, *, on: bool) -> None:
        users = message.reactions.setdefault(name, [])
        if (user in users) == on:
            raise SlackError("already_reacted" if on else "no_reaction")
        if on:
            users.append(user)
        else:
            users.remove(user)
        if not users:
            del message.reactions[name]
        event = {
            "type": "reaction_added" if on else "reaction_removed",
            "user": user,
            "reaction": name,
            "item": {"type": "message", "channel": message.channel, "ts": message.ts},
            "event_ts": self.clock.stamp(),
        }
        if not message.sender:  # posted under another name, a message has no user
            event["item_user"] = message.user
        self.publish(event, self.channels[message.channel])
        self.changed()

    def whisper(
        self, channel_id: str, to: str, text: str, blocks: list[Json], **parts: Any
    ) -> Ephemeral:
        note = Ephemeral(
            ts=self.clock.stamp(), channel=channel_id, to=to, text=text, blocks=blocks, **parts
        )
        self.ephemerals[note.ts] = note
        self.changed()
        return note

    def rewrite(self, note: Ephemeral, text: str, blocks: list[Json]) -> None:
        self.ephemerals[note.ts] = replace(note, text=text, blocks=blocks)
        self.changed()

    def join(self, channel: Channel, user: str, inviter: str) -> None:
        channel.members.append(user)
        self.publish(self._membership("member_joined_channel", channel, user, inviter), channel)
        self.changed()

    def leave(self, channel: Channel, user: str, actor: str) -> None:
        event = self._membership("member_left_channel", channel, user)
        if user == BOT_USER:
            event = {
                "type": "channel_left", "channel": channel.id, "actor_id": actor,
                "event_ts": self.clock.stamp(),
            }  # fmt: skip
        # Told before the list shrinks: the one that leaves hears of it.
        self.publish(event, channel)
        channel.members.remove(user)
        self.changed()

    def mark_read(self, user: str, channel_id: str) -> None:
        self.read[user, channel_id] = self.clock.stamp()
        self.changed()

    def unread(self, user: str, channel: Channel) -> int:
        since = self.read.get((user, channel.id), "")
        fresh = [
            each
            for each in self.messages.get(channel.id, {}).values()
            if each.ts > since and each.user != user and not each.tombstone
        ]
        notes = [
            note
            for note in self.ephemerals.values()
            if note.channel == channel.id and note.to == user and note.ts > since
        ]
        return len(fresh) + len(notes)

    def _membership(
        self, kind: str, channel: Channel, user: str, inviter: str | None = None
    ) -> Json:
        event: Json = {
            "type": kind, "user": user, "channel": channel.id, "channel_type": "C",
            "team": team_of(user).id, "event_ts": self.clock.stamp(),
        }  # fmt: skip
        return {**event, "inviter": inviter} if inviter else event

    def _tell(self, channel: Channel, event: Json) -> None:
        self.publish(event | {"channel": channel.id, "channel_type": channel.type}, channel)
        self.changed()

    def _tell_changed(self, message: Message, after: Json, before: Json) -> None:
        stamp = self.clock.stamp()
        team = team_of(message.user).id
        if not message.tombstone:
            after |= {"source_team": team, "user_team": team}
        self._tell(
            self.channels[message.channel],
            {
                "type": "message", "subtype": "message_changed", "hidden": True,
                "message": after, "previous_message": before, "ts": stamp, "event_ts": stamp,
            },
        )  # fmt: skip

    def _tell_of_mention(self, channel: Channel, message: Message) -> None:
        # Slack names our own team here, and the author's beside it.
        team = team_of(message.user).id
        mention = message.shown() | {
            "type": "app_mention", "channel": channel.id, "event_ts": message.ts,
            "team": LIGHTHOUSE.id, "user_team": team, "source_team": team,
        }  # fmt: skip
        self.publish(mention, channel)
