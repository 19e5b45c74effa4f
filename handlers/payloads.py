"""The only file that knows the shapes of Slack's payloads, but for what is around them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from bot.core.model import Channel, Person, moment
from handlers.installations import Installation
from handlers.markup import plain

Payload = Mapping[str, Any]

PERSONAL = frozenset({"im", "mpim", "app_home"})
SPOKEN = frozenset({None, "file_share", "thread_broadcast", "me_message"})
"""The subtypes of messages that a person wrote."""
RENAMED = frozenset({"channel_name", "group_name"})
"""In a shared channel a rename comes as one of these messages instead of as an event."""
NAMED_FIRST = re.compile(r"\s*(?:(?:hi|hey|hello)[ ,]+)?<@(\w+)", re.IGNORECASE)
SLACKBOT = "USLACKBOT"


class Message(NamedTuple):
    """A person's message before it is known who they are."""

    channel: str
    ts: str
    user: str
    text: str
    thread: str
    edited: str
    teams: frozenset[str]
    """What is told of the author's team or enterprise; empty where Slack does not tell."""
    shared: bool
    named: str = ""
    """The person whom it names first, before anything else."""
    reactions: tuple[tuple[str, str], ...] = ()
    """Names and the people who reacted, where it was read from history."""
    replies: bool = False


class Deletion(NamedTuple):
    channel: str
    ts: str
    at: str
    user: str
    thread: str


class Rename(NamedTuple):
    channel: str
    name: str


def message(body: Payload) -> Message | Deletion | Rename | None:
    """Read a message event; None for what nobody said: bots, joins, topics, hidden changes."""
    event = body.get("event") or {}
    channel, subtype = event.get("channel"), event.get("subtype")
    if not isinstance(channel, str) or event.get("channel_type") in PERSONAL:
        return None
    if channel.startswith("D"):
        return None
    shared = bool(body.get("is_ext_shared_channel"))
    if subtype == "message_changed":
        return _changed(event, channel, shared=shared)
    if subtype == "message_deleted":
        return _deleted(event, channel)
    if subtype in RENAMED:
        return Rename(channel, str(event.get("name") or ""))
    return spoken(event, channel, shared=shared)


def spoken(event: Payload, channel: str, *, shared: bool) -> Message | None:
    """Read what a person said, from an event or from history.

    Most apps post without a subtype, so it is their `bot_id` that tells them from people.
    """
    user, ts = event.get("user"), event.get("ts")
    if event.get("subtype") not in SPOKEN or event.get("bot_id") or not _is_ts(ts):
        return None
    if not isinstance(user, str) or not user or user == SLACKBOT:
        return None
    thread, text = str(event.get("thread_ts") or ""), str(event.get("text") or "")
    named = NAMED_FIRST.match(text) if "<@" in text else None
    return Message(
        channel=channel,
        ts=str(ts),
        user=user,
        text=plain(text),
        named=named[1] if named else "",
        thread=thread if _is_ts(thread) and thread != ts else "",
        edited=str((event.get("edited") or {}).get("ts") or ""),
        teams=_teams(event),
        shared=shared,
        reactions=_reactions(event["reactions"]) if event.get("reactions") else (),
        replies=bool(event.get("reply_count")),
    )


def _reactions(given: Iterable[Payload]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (_bare(str(reaction.get("name"))), str(one))
        for reaction in given
        for one in reaction.get("users") or ()
    )


def _changed(event: Payload, channel: str, *, shared: bool) -> Message | Deletion | None:
    """Read an edit. Unfurled links come as changes too, with the same text as before.

    A customer's deletion of a thread's first message in a shared channel comes as a change to a
    tombstone.
    """
    after, before = event.get("message") or {}, event.get("previous_message") or {}
    if is_gone(after):
        author = str(before.get("user") or "")
        ts = str(after.get("ts") or before.get("ts") or "")
        at = str(event.get("event_ts") or event.get("ts") or ts)
        return Deletion(channel, ts, at, author, "") if _is_ts(ts) else None
    if before and after.get("text") == before.get("text"):
        return None
    said = spoken(after, channel, shared=shared)
    at = str(event.get("event_ts") or event.get("ts") or "")
    return said._replace(edited=said.edited or at) if said else None


def is_gone(item: Payload) -> bool:
    """Tell whether only the place is left of a message that has replies."""
    return item.get("subtype") == "tombstone"


def _deleted(event: Payload, channel: str) -> Deletion | None:
    before = event.get("previous_message") or {}
    ts = str(event.get("deleted_ts") or before.get("ts") or "")
    if not _is_ts(ts):
        return None
    person = "" if before.get("bot_id") else str(before.get("user") or "")
    thread = str(before.get("thread_ts") or "")
    at = str(event.get("event_ts") or event.get("ts") or ts)
    return Deletion(channel, ts, at, person, thread if thread != ts else "")


def _teams(event: Payload) -> frozenset[str]:
    """Return all that an event tells of its author's team or enterprise.

    In Slack Connect a message's `team` is its author's, a mention's is ours; the others are there
    for our own people too. So it is their values that count, not their presence.
    """
    profile = event.get("user_profile") or {}
    told = (
        event.get("team"),
        event.get("user_team"),
        event.get("source_team"),
        profile.get("team"),
    )
    return frozenset(map(str, filter(None, told)))


class Reaction(NamedTuple):
    channel: str
    ts: str
    name: str
    user: str
    at: datetime | None
    added: bool


def reaction(body: Payload) -> Reaction | None:
    event = body.get("event") or {}
    item = event.get("item") or {}
    user, channel, ts = event.get("user"), item.get("channel"), item.get("ts")
    if not (isinstance(user, str) and isinstance(channel, str) and _is_ts(ts)):
        return None
    stamp = event.get("event_ts")
    return Reaction(
        channel=channel,
        ts=str(ts),
        name=_bare(str(event.get("reaction") or "")),
        user=user,
        at=moment(str(stamp)) if _is_ts(stamp) else None,
        added=event.get("type") == "reaction_added",
    )


def _bare(name: str) -> str:
    """Drop the skin tone of "thumbsup::skin-tone-2"."""
    return name.strip(":").partition("::")[0]


def person(user: Payload) -> Person:
    """Read a user object. Those of other organisations are abridged, some without a team id."""
    profile = user.get("profile") or {}
    enterprise = user.get("enterprise_user") or {}
    return Person(
        id=str(user.get("id") or ""),
        name=str(
            profile.get("display_name") or user.get("real_name") or profile.get("real_name") or ""
        ),
        team=str(user.get("team_id") or profile.get("team") or ""),
        enterprise=str(enterprise.get("enterprise_id") or user.get("enterprise_id") or ""),
        email=str(profile.get("email") or ""),
        zone=str(user.get("tz") or ""),
        picture=str(profile.get("image_72") or ""),
        guest=bool(user.get("is_restricted") or user.get("is_ultra_restricted")),
        stranger=bool(user.get("is_stranger")),
        bot=bool(user.get("is_bot")) or user.get("id") == SLACKBOT,
    )


def channel(item: Payload) -> Channel:
    """Read a channel object, as far as Slack knows of it."""
    return Channel(
        id=str(item.get("id") or ""),
        name=str(item.get("name") or ""),
        shared=bool(item.get("is_ext_shared")),
    )


def channel_id(body: Payload) -> str:
    """Return the channel of an event about a channel: some name its id, some carry the object."""
    channel = (body.get("event") or {}).get("channel")
    return str(channel.get("id") or "") if isinstance(channel, Mapping) else str(channel or "")


def message_ts(body: Payload) -> str:
    """Return the `ts` of the message that an event is about, if it is about one."""
    event = body.get("event") or {}
    ts = (event.get("item") or event).get("ts")
    return str(ts) if _is_ts(ts) else ""


def channel_name(body: Payload) -> str:
    channel = (body.get("event") or {}).get("channel")
    return str(channel.get("name") or "") if isinstance(channel, Mapping) else ""


def installation(auth: Payload, token: str) -> Installation:
    """Read what `auth.test` answers about a token."""
    return Installation(
        workspace=str(auth.get("team_id") or ""),
        enterprise=str(auth.get("enterprise_id") or ""),
        bot_user=str(auth.get("user_id") or ""),
        bot_id=str(auth.get("bot_id") or ""),
        token=token,
        url=str(auth.get("url") or "https://slack.com/"),
    )


def clicked(body: Payload) -> tuple[str, str]:
    """Return the id of a button or a menu, and the value that it stands for."""
    action = (body.get("actions") or [{}])[0]
    chosen = action.get("selected_option") or {}
    return str(action.get("action_id") or ""), str(action.get("value") or chosen.get("value") or "")


def clicked_at(body: Payload) -> str:
    """Return when it was, as Slack stamps it."""
    return str((body.get("actions") or [{}])[0].get("action_ts") or "")


def block(body: Payload) -> str:
    """Return the id of the block in which a button was pressed."""
    return str((body.get("actions") or [{}])[0].get("block_id") or "")


def is_private(body: Payload) -> bool:
    """Tell whether a click was on a message that only its reader sees."""
    return bool((body.get("container") or {}).get("is_ephemeral"))


def user(body: Payload) -> str:
    """Return who clicked, sent a form or chose a shortcut."""
    return str((body.get("user") or {}).get("id") or "")


def facts(body: Payload) -> dict[str, str]:
    """Return what a form carries of what it is about."""
    found: dict[str, str] = json.loads(body["view"]["private_metadata"])
    return found


class Shortcut(NamedTuple):
    """The message in whose menu a shortcut was chosen."""

    channel: str
    ts: str
    thread: str
    user: str
    text: str


def shortcut(body: Payload) -> Shortcut:
    message = body.get("message") or {}
    ts = str(body.get("message_ts") or message.get("ts"))
    thread = str(message.get("thread_ts") or "")
    return Shortcut(
        channel=str((body.get("channel") or {}).get("id") or ""),
        ts=ts,
        thread=thread if thread != ts else "",
        user=str(message.get("user") or ""),
        text=plain(str(message.get("text") or "")),
    )


def _is_ts(ts: object) -> bool:
    if not isinstance(ts, str):
        return False
    seconds, dot, micros = ts.partition(".")
    return bool(dot) and seconds.isdigit() and micros.isdigit() and len(seconds) <= 11  # noqa: PLR2004
