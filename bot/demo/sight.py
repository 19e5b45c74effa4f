"""What one person sees of the workspace, as the page draws it."""

from .cast import BOT_NAME, BOT_USER, LIGHTHOUSE, PEOPLE, SLACKBOT, Channel, Json, Person
from .manifest import Grants
from .messages import Ephemeral, Message
from .sockets import Sockets
from .story import Story
from .views import View, Views
from .workspace import Workspace

PLACES = {
    BOT_USER: {"id": BOT_USER, "name": BOT_NAME, "kind": "bot", "color": "#3d5a80"},
    SLACKBOT: {"id": SLACKBOT, "name": "Slackbot", "kind": "bot", "color": "#6b7280"},
}


class Sight:
    """Reads everything, changes nothing."""

    def __init__(
        self, workspace: Workspace, views: Views, sockets: Sockets, story: Story, grants: Grants
    ) -> None:
        self._workspace = workspace
        self._views = views
        self._sockets = sockets
        self._story = story
        self.grants = grants

    def of(self, person: Person) -> Json:
        view, home = self._views.top(person.id), self._views.homes.get(person.id)
        return {
            "me": person.id,
            "people": [self._person(each) for each in PEOPLE.values()] + list(PLACES.values()),
            "channels": [
                self._channel(channel, person) for channel in self._workspace.channels_of(person.id)
            ],
            "view": _view(view) if view else None,
            "home": _view(home) if home else None,
            "clock": {"now": self._workspace.clock.now().isoformat(), "zone": person.zone.key},
            "bot": {
                "connected": self._sockets.connected,
                "home": self.grants.home,
                "takes_messages": self.grants.takes_messages,
            },
            "steps": self._story.steps(),
            "commands": self.commands(person),
            "shortcuts": [
                {"name": name, "callback_id": callback_id}
                for name, callback_id in self.grants.shortcuts
                if self.commands(person)
            ],
        }

    def commands(self, person: Person) -> list[str]:
        """The app's own; none for Slack Connect members, where it is not installed."""
        return list(self.grants.commands) if person.team is LIGHTHOUSE else []

    def all(self, calls: list[Json]) -> Json:
        """Everything, for tests."""
        return {
            "messages": [
                each.listed(metadata=True) | {"channel": each.channel}
                for each in self._workspace.everything()
            ],
            "ephemerals": [
                _note(note) | {"to": note.to, "channel": note.channel}
                for note in self._workspace.ephemerals.values()
            ],
            "directs": {
                channel.members[0]: channel.id
                for channel in self._workspace.channels.values()
                if channel.direct
            },
            "views": {
                user: [view.shown() for view in stack]
                for user, stack in self._views.stacks.items()
            },
            "calls": calls,
            "deliveries": [
                {
                    "event_id": each.event_id, "type": each.type,
                    "attempts": each.attempts, "acknowledged": each.acknowledged,
                }
                for each in self._sockets.deliveries
            ],
            "now": self._workspace.clock.now().isoformat(),
        }  # fmt: skip

    def _person(self, person: Person) -> Json:
        return {
            "id": person.id, "name": person.name, "real_name": person.real_name,
            "title": person.title, "kind": "colleague" if person.colleague else "customer",
            "badge": person.badge, "color": person.color, "zone": person.zone.key,
            "unread": sum(
                self._workspace.unread(person.id, channel)
                for channel in self._workspace.channels_of(person.id)
            ),
        }  # fmt: skip

    def _channel(self, channel: Channel, person: Person) -> Json:
        workspace = self._workspace
        messages = [_message(each, workspace) for each in workspace.in_order(channel.id)]
        notes = [
            _note(note)
            for note in workspace.ephemerals.values()
            if (note.channel, note.to) == (channel.id, person.id)
        ]
        return {
            "id": channel.id, "name": channel.name, "topic": channel.topic,
            "direct": channel.direct, "shared": channel.ext_shared,
            "members": channel.members, "unread": workspace.unread(person.id, channel),
            "read": workspace.read.get((person.id, channel.id), ""),
            "messages": sorted(messages + notes, key=lambda each: str(each["ts"])),
        }  # fmt: skip


def _message(message: Message, workspace: Workspace) -> Json:
    thread = [] if message.is_reply else workspace.replies(message)
    return {
        "ts": message.ts, "user": message.user, "sender": message.sender, "icon": message.icon,
        "text": "" if message.tombstone else message.text,
        "blocks": [] if message.tombstone else message.blocks,
        "attachments": message.attachments, "thread_ts": message.thread_ts,
        "broadcast": message.broadcast, "edited": bool(message.edited),
        "deleted": message.tombstone, "ephemeral": False,
        "reactions": [{"name": n, "users": users} for n, users in message.reactions.items()],
        "replies": len(thread),
        "repliers": [
            {"user": user, "sender": sender}
            for user, sender in dict.fromkeys((each.user, each.sender) for each in thread)
        ],
        "last_reply": thread[-1].ts if thread else None,
    }  # fmt: skip


def _note(note: Ephemeral) -> Json:
    return {
        "ts": note.ts, "user": note.user, "text": note.text, "blocks": note.blocks,
        "attachments": note.attachments, "thread_ts": note.thread_ts, "ephemeral": True,
        "broadcast": False, "reactions": [], "replies": 0, "repliers": [],
    }  # fmt: skip


def _view(view: View) -> Json:
    shown = view.shown()
    return {
        **{part: shown[part] for part in ("id", "hash", "title", "submit", "close", "blocks")},
        "root_view_id": view.root,
        "previous_view_id": view.previous,
        "values": view.values,
        "errors": view.errors,
        "trouble": view.trouble,
    }
