"""Messages as Slack keeps them, and as it shows them to an app."""

from dataclasses import dataclass, field

from .cast import APP_ID, BOT_ID, BOT_PROFILE, BOT_USER, SLACKBOT, Json, team_of


@dataclass(slots=True, kw_only=True)
class Message:
    """One message; `sender` is a name the bot posted under instead of its own."""

    ts: str
    channel: str
    user: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    thread_ts: str | None = None
    broadcast: bool = False
    sender: str | None = None
    icon: str | None = None
    metadata: Json | None = None
    edited: str | None = None
    tombstone: bool = False
    client_msg_id: str | None = None
    parent_user: str | None = None
    reactions: dict[str, list[str]] = field(default_factory=dict)

    @property
    def is_reply(self) -> bool:
        return self.thread_ts is not None

    @property
    def at_top(self) -> bool:
        return not self.is_reply or self.broadcast

    @property
    def all_blocks(self) -> list[Json]:
        """Its own blocks, and those inside its attachments."""
        return self.blocks + [
            block for attachment in self.attachments for block in attachment.get("blocks", [])
        ]

    def shown(self) -> Json:
        """The message itself, as it stands inside an event or an answer."""
        if self.tombstone:
            return {
                "type": "message", "subtype": "tombstone", "user": SLACKBOT, "ts": self.ts,
                "text": "This message was deleted.", "hidden": True, "thread_ts": self.ts,
            }  # fmt: skip
        team = team_of(self.user).id
        shown: Json = {"type": "message", "text": self.text, "ts": self.ts, "team": team}
        shown |= self._author()
        if self.blocks:
            shown["blocks"] = self.blocks
        if self.attachments:
            shown["attachments"] = self.attachments
        if self.client_msg_id:
            shown["client_msg_id"] = self.client_msg_id
        if self.thread_ts:
            shown |= {"thread_ts": self.thread_ts, "parent_user_id": self.parent_user}
        if self.broadcast:
            shown["subtype"] = "thread_broadcast"
        if self.edited:
            shown["edited"] = {"user": self.user, "ts": self.edited}
        return shown

    def listed(self, *, metadata: bool = False) -> Json:
        """As conversations.history shows it: with reactions, and metadata if asked for."""
        listed = self.shown()
        if self.reactions:
            listed["reactions"] = [
                {"name": name, "users": list(users), "count": len(users)}
                for name, users in self.reactions.items()
            ]
        if metadata and self.metadata:
            listed["metadata"] = self.metadata
        return listed

    def _author(self) -> Json:
        if self.user != BOT_USER:
            return {"user": self.user}
        by_app: Json = {"bot_id": BOT_ID, "app_id": APP_ID}
        if not self.sender:
            return {**by_app, "user": BOT_USER, "bot_profile": BOT_PROFILE}
        # Posted under another name, it loses its user and gets a subtype, as in Slack.
        icons = {"icons": {"image_48": self.icon}} if self.icon else {}
        return {**by_app, "subtype": "bot_message", "username": self.sender, **icons}


@dataclass(slots=True, kw_only=True)
class Ephemeral:
    """Seen by one person only; never in the history."""

    ts: str
    channel: str
    to: str
    text: str
    blocks: list[Json]
    attachments: list[Json] = field(default_factory=list)
    thread_ts: str | None = None
    user: str = BOT_USER

    @property
    def all_blocks(self) -> list[Json]:
        return self.blocks + [
            block for attachment in self.attachments for block in attachment.get("blocks", [])
        ]
