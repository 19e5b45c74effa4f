"""Reads from Slack's history what Heard missed, and hands it to the same intake as events."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from slack_sdk import WebClient

from bot.core.desk import Desk
from bot.core.events import MessageDeleted
from bot.core.model import Channel, Conversation, Said
from bot.core.people import is_watched
from bot.core.refusals import Damaged
from handlers import payloads
from handlers.calls import REFUSED_TOKEN, Answer, call
from handlers.payloads import Message

logger = logging.getLogger(__name__)

PAGE = 200
"""As large as Slack recommends."""
KNOWN_THREADS = timedelta(days=14)
THREADS = 500
"""Threads looked through after a gap, the last touched first."""
UNWATCHED = timedelta(days=3)
"""How far back a channel without customers is searched for a first one."""
TRIES = 5

TakeIn = Callable[[Message], None]


class Unreadable(Exception):  # noqa: N818 - it says what the history is
    """Slack would not let this be read now."""


class History:
    """Keeps count of which channels have no gap, and closes the gaps of the others.

    A gap opens with each new connection and with each event that could not be taken in.
    """

    def __init__(
        self,
        client: WebClient,
        desk: Desk,
        now: Callable[[], datetime],
        wait: Callable[[float], bool],
    ) -> None:
        self._client = client
        self._desk = desk
        self._now = now
        self._wait = wait
        self._whole: set[str] | None = set()
        """None for all but those that are torn."""
        self._torn: set[str] = set()
        self._failed: dict[str, str] = {}
        self._gap = 0
        self._closed = 0
        self._lock = threading.Lock()

    def missed(self, channel_id: str = "", since: str = "") -> None:
        """Note that events of a channel, or of all, may have been missed.

        `since` is the `ts` of one that failed: later ones may have been taken in meanwhile.
        """
        with self._lock:
            self._gap += 1
            if not channel_id:
                self._whole = set()
            elif self._whole is None:
                self._torn.add(channel_id)
            else:
                self._whole.discard(channel_id)
            if channel_id and since:
                self._failed[channel_id] = min(since, self._failed.get(channel_id, since))

    def is_whole(self, channel_id: str) -> bool:
        whole = self._whole
        return channel_id not in self._torn if whole is None else channel_id in whole

    def is_behind(self) -> bool:
        return self._closed != self._gap

    def covered(self) -> bool:
        """Count what was before as heard by others; False where a gap has opened since."""
        with self._lock:
            if self._gap > 1:
                return False
            self._whole, self._closed = None, self._gap
            return True

    def catch_up(self, take_in: TakeIn) -> bool:
        """Read all that was missed; False where something is to be tried again."""
        gap, started, listed = self._gap, self._now(), True
        try:
            channels = self._joined()
        except Unreadable as error:
            logger.warning("the channels cannot be listed now: %s", error)
            channels, listed = [c for c in self._desk.store.channels() if c.member], False
        behind = [c for c in channels if not self.is_whole(c.id) and self._may_matter(c)]
        read_to: dict[str, str] = {}
        for channel in behind:
            try:
                read_to[channel.id] = self._read(channel, started, take_in)
            except Unreadable as error:
                logger.warning("the history of %s cannot be read now: %s", channel.id, error)
        unread = self._read_threads(behind, take_in)
        for channel in behind:
            if channel.id in read_to and channel.id not in unread:
                self._now_whole(channel, read_to[channel.id], gap)
        complete = listed and len(read_to) == len(behind) and not unread
        if complete:
            self._closed = gap
        return complete

    def message(self, channel: str, ts: str) -> Message | None:
        """Return one message, wherever in the channel it is; None where it is gone.

        Raises:
            Unreadable: Slack did not say.
        """
        found = self._item(channel, ts)
        shared = self._desk.channels.is_shared(channel)
        return payloads.spoken(found, channel, shared=shared) if found else None

    def _item(self, channel: str, ts: str) -> Mapping[str, Any] | None:
        """Return what stands there, whoever said it; None where it is gone."""
        asks: tuple[tuple[str, dict[str, Any]], ...] = (
            ("conversations.replies", {"ts": ts, "limit": 1}),
            ("conversations.history", {"latest": ts, "oldest": ts, "inclusive": True, "limit": 1}),
        )
        for method, arguments in asks:
            result = call(self._client, method, channel=channel, **arguments)
            if not result.done and result.error not in GONE:
                raise Unreadable(f"{method}: {result.error}")
            for one in result.data.get("messages") or ():
                if one.get("ts") == ts:
                    return None if payloads.is_gone(one) else dict(one)
        return None

    def _joined(self) -> list[Channel]:
        """List the channels that the bot is in, and remember which it is no longer in."""
        seen: dict[str, Channel] = {}
        for item in self._pages(
            "users.conversations",
            "channels",
            types="public_channel,private_channel",
            exclude_archived=True,
        ):
            facts = payloads.channel(item)
            try:
                seen[facts.id] = self._desk.channels.listed(facts, self._now())
            except Damaged as fault:
                logger.error("the history of %s cannot be read: %s", facts.id, fault)  # noqa: TRY400
        for channel in self._desk.store.channels():
            if channel.member and channel.id not in seen and self._has_left(channel.id):
                self._desk.channels.change(
                    channel.id, self._now(), lambda channel: replace(channel, member=False)
                )
        return list(seen.values())

    def _has_left(self, channel_id: str) -> bool:
        """Tell whether the bot is really gone from a channel that it was in."""
        result = call(self._client, "conversations.info", channel=channel_id)
        facts = result.data.get("channel") or {}
        if result.done:
            return bool(facts.get("is_archived")) or facts.get("is_member") is False
        return result.answer is Answer.NEVER and result.error == "channel_not_found"

    def _read(self, channel: Channel, started: datetime, take_in: TakeIn) -> str:
        """Take in a channel's history since it was last whole; return up to where that goes.

        A channel never read before starts with the present: its past is not Heard's.
        """
        if not channel.read_to:
            return f"{(started - timedelta(seconds=1)).timestamp():.6f}"
        oldest = min(channel.read_to, self._failed.get(channel.id, channel.read_to))
        if not is_watched(channel, self._desk.policy):
            oldest = max(oldest, f"{(started - UNWATCHED).timestamp():.6f}")
        found = list(
            self._pages(
                "conversations.history",
                "messages",
                channel=channel.id,
                oldest=oldest,
                inclusive=True,
            )
        )
        newest = channel.read_to
        for item in sorted(found, key=lambda item: str(item.get("ts") or "")):
            message = payloads.spoken(item, channel.id, shared=channel.shared)
            newest = max(newest, str(item.get("ts") or ""))
            if message:
                take_in(message)
                if message.replies:
                    self._read_thread(channel, message.ts, oldest, take_in)
        return newest

    def _may_matter(self, channel: Channel) -> bool:
        """Tell whether a customer may have written there: also where none has before."""
        return channel.watched is not False and channel.id != self._desk.policy.triage

    def _read_threads(self, channels: list[Channel], take_in: TakeIn) -> set[str]:
        """Take in the replies of known conversations: history does not show them.

        Return the channels in which something could not be read.
        """
        listed = {channel.id: channel for channel in channels}
        recent = self._desk.store.touched(self._now() - KNOWN_THREADS, THREADS)
        waiting = [c for channel in channels for c in self._desk.here(channel.id)]
        unread: set[str] = set()
        for conversation in {c.id: c for c in (*waiting, *recent)}.values():
            channel = listed.get(conversation.channel)
            if channel is None or not channel.read_to:
                continue
            try:
                self._reread(conversation, channel, take_in)
            except Unreadable as error:
                logger.warning("a thread in %s cannot be read now: %s", channel.id, error)
                unread.add(channel.id)
        return unread

    def _reread(self, conversation: Conversation, channel: Channel, take_in: TakeIn) -> None:
        """Bring a conversation up to date, with what was edited and deleted meanwhile."""
        last = conversation.wait or conversation.last_word
        since = min(channel.read_to, last.ts) if last else channel.read_to
        found = self._read_thread(channel, conversation.thread, since, take_in)
        for entry in self._desk.store.log(conversation.id):
            if not isinstance(entry, Said) or entry.withdrawn or entry.ts in found:
                continue
            if entry.ts >= since and self._item(channel.id, entry.ts) is None:
                at = f"{self._now().timestamp():.6f}"
                deleted = MessageDeleted(channel=channel.id, ts=entry.ts, at=at)
                self._desk.intake.deleted(deleted, self._now())

    def _read_thread(self, channel: Channel, thread: str, since: str, take_in: TakeIn) -> set[str]:
        """Take in a thread; return the ids of what stands in it."""
        standing = set()
        try:
            items = list(
                self._pages(
                    "conversations.replies",
                    "messages",
                    channel=channel.id,
                    ts=thread,
                    oldest=since,
                    inclusive=True,
                )
            )
        except Gone:
            return set()
        for item in items:
            message = payloads.spoken(item, channel.id, shared=channel.shared)
            if not payloads.is_gone(item):
                standing.add(str(item.get("ts") or ""))  # a reply that we posted stands too
            if message and message.ts >= since:
                take_in(message)
        return standing

    def _now_whole(self, channel: Channel, read_to: str, gap: int) -> None:
        if read_to > channel.read_to:
            self._desk.channels.change(
                channel.id,
                self._now(),
                lambda now: replace(now, read_to=max(read_to, now.read_to)),
            )
        with self._lock:
            if gap == self._gap:
                self._torn.discard(channel.id)
                if self._whole is not None:
                    self._whole.add(channel.id)
                self._failed.pop(channel.id, None)

    def _pages(self, method: str, field: str, **arguments: str | bool) -> Iterator[dict[str, Any]]:
        cursor = ""
        while True:
            more = {"cursor": cursor} if cursor else {}
            answer = self._call(method, {"limit": PAGE, **arguments, **more})
            yield from answer.get(field) or ()
            cursor = str((answer.get("response_metadata") or {}).get("next_cursor") or "")
            if not cursor:
                return

    def _call(self, method: str, arguments: dict[str, Any]) -> Mapping[str, Any]:
        """Ask Slack, as patiently as it wants."""
        for attempt in range(TRIES):
            result = call(self._client, method, **arguments)
            if result.done:
                return result.data
            if result.error in GONE:
                raise Gone(result.error)
            pause = result.wait.total_seconds() if result.wait else 2.0**attempt
            is_over = result.answer is Answer.NEVER or result.error in REFUSED_TOKEN
            if is_over or self._wait(pause):
                break
        raise Unreadable(f"{method}: {result.error}")


class Gone(Unreadable):
    """The thread or the channel is no longer there."""


GONE = frozenset({"thread_not_found", "message_not_found"})
