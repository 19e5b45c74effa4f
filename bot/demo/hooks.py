"""The `response_url` of each interaction: five answers within thirty minutes."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from .blockkit import accepted_blocks
from .cast import BOT_USER, Json
from .errors import SlackError
from .messages import Ephemeral, Message
from .workspace import Workspace

MOST_USES = 5
OPEN_FOR = timedelta(minutes=30)


@dataclass(slots=True, kw_only=True)
class Hook:
    """Where an answer goes: back to one person in one channel, about one message if any."""

    user: str
    channel: str
    about: Message | Ephemeral | None
    thread_ts: str | None
    until: datetime
    uses: int = 0


class Hooks:
    """All the addresses given out."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._hooks: dict[str, Hook] = {}
        self.base = ""

    def new(
        self,
        user: str,
        channel: str,
        about: Message | Ephemeral | None = None,
        thread_ts: str | None = None,
    ) -> str:
        key = uuid4().hex
        until = self._workspace.clock.now() + OPEN_FOR
        self._hooks[key] = Hook(
            user=user, channel=channel, about=about, thread_ts=thread_ts, until=until
        )
        return f"{self.base}/hooks/{key}"

    def answer(self, key: str, said: Json) -> None:
        hook = self._hooks.get(key)
        if not hook:
            raise SlackError("invalid_url")
        if hook.uses >= MOST_USES:
            raise SlackError("used_url")
        if self._workspace.clock.now() > hook.until:
            raise SlackError("expired_url")
        self.say(hook, said)
        hook.uses += 1

    def acknowledged_with(self, user: str, channel: str, said: Json) -> None:
        """A slash command's acknowledgement may carry its answer."""
        if said.get("text") or said.get("blocks"):
            now = self._workspace.clock.now()
            self.say(Hook(user=user, channel=channel, about=None, thread_ts=None, until=now), said)

    def say(self, hook: Hook, said: Json) -> None:
        blocks = accepted_blocks(said.get("blocks"))
        text, workspace = str(said.get("text") or ""), self._workspace
        if said.get("delete_original"):
            self._delete(hook)
            return
        if not text and not blocks:
            raise SlackError("no_text")
        if said.get("replace_original") and hook.about:
            self._replace(hook.about, text, blocks)
            return
        thread_ts = said.get("thread_ts") or hook.thread_ts
        if said.get("response_type") == "in_channel":
            channel = workspace.channel(hook.channel)
            workspace.post(channel, BOT_USER, text, thread_ts=thread_ts, blocks=blocks)
        else:
            workspace.whisper(hook.channel, hook.user, text, blocks, thread_ts=thread_ts)

    def _replace(self, about: Message | Ephemeral, text: str, blocks: list[Json]) -> None:
        if isinstance(about, Message):
            self._workspace.edit(about, text, blocks=blocks)
        else:
            self._workspace.rewrite(about, text, blocks)

    def _delete(self, hook: Hook) -> None:
        if isinstance(hook.about, Message):
            self._workspace.delete(hook.about)
        elif hook.about:
            self._workspace.ephemerals.pop(hook.about.ts, None)
            self._workspace.changed()
