"""conversations.*: channels, their members, and what was said in them, page by page."""

import base64
import binascii
from decimal import Decimal, InvalidOperation
from typing import Any

from .cast import ACME, BOT_USER, LIGHTHOUSE, Channel, Json
from .chat import joined
from .errors import SlackError
from .messages import Message
from .methods import Arguments, Method, Slack
from .workspace import Workspace

READ = "channels:read,groups:read,im:read,mpim:read"
HISTORY = "channels:history,groups:history,im:history,mpim:history"
MOST = 999


def info(slack: Slack, arguments: Arguments) -> Json:
    channel = slack.workspace.channel(arguments.needed("channel"))
    more: Json = {}
    if arguments.flag("include_num_members"):
        more["num_members"] = len(channel.members)
    if channel.ext_shared:
        more |= {
            "conversation_host_id": LIGHTHOUSE.id,
            "connected_team_ids": [ACME.id],
            "internal_team_ids": [],
            "shared_team_ids": [LIGHTHOUSE.id, ACME.id],
        }
    return {"channel": _shown(channel) | more}


def list_channels(slack: Slack, arguments: Arguments) -> Json:
    return paged(arguments, "channels", _listed(slack, arguments, everywhere=True))


def list_own_channels(slack: Slack, arguments: Arguments) -> Json:
    return paged(arguments, "channels", _listed(slack, arguments, everywhere=False))


def members(slack: Slack, arguments: Arguments) -> Json:
    channel = slack.workspace.channel(arguments.needed("channel"))
    return paged(arguments, "members", channel.members)


def open_direct(slack: Slack, arguments: Arguments) -> Json:
    users = arguments.text("users").split(",")
    if len(users) != 1:
        raise SlackError("method_not_supported_for_channel_type")
    channel = slack.workspace.direct(users[0].strip())
    return {"channel": _shown(channel) if arguments.flag("return_im") else {"id": channel.id}}


def history(slack: Slack, arguments: Arguments) -> Json:
    """Newest first; replies only if they were broadcast."""
    channel = joined(slack, arguments.needed("channel"))
    inside = _between(arguments)
    messages = [
        each
        for each in reversed(slack.workspace.in_order(channel.id))
        if each.at_top and inside(each)
    ]
    listed = [_with_thread(slack.workspace, each, arguments) for each in messages]
    answer = paged(arguments, "messages", listed)
    return answer | {"has_more": bool(_cursor(answer)), "pin_count": 0}


def replies(slack: Slack, arguments: Arguments) -> Json:
    """Oldest first, the root before all; a reply's own ts gives that reply alone."""
    channel = joined(slack, arguments.needed("channel"))
    asked = slack.workspace.find(channel.id, arguments.needed("ts"))
    if not asked:
        raise SlackError("thread_not_found")
    inside = _between(arguments)
    thread = [] if asked.is_reply else slack.workspace.replies(asked)
    messages = [asked, *(each for each in thread if inside(each))]
    listed = [_with_thread(slack.workspace, each, arguments) for each in messages]
    answer = paged(arguments, "messages", listed)
    return answer | {"has_more": bool(_cursor(answer))}


def paged(arguments: Arguments, key: str, items: list[Any]) -> Json:
    """One page, and the cursor of the next."""
    limit = arguments.number("limit", 100) or 100
    if limit > MOST:
        raise SlackError("invalid_limit")
    start = _offset(arguments.text("cursor"))
    following = start + limit
    cursor = base64.b64encode(f"next:{following}".encode()).decode()
    more = following < len(items)
    page = items[start:following]
    return {key: page, "response_metadata": {"next_cursor": cursor if more else ""}}


def _offset(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        return int(base64.b64decode(cursor, validate=True).decode().removeprefix("next:"))
    except (binascii.Error, ValueError):
        raise SlackError("invalid_cursor") from None


def _cursor(answer: Json) -> str:
    return str(answer["response_metadata"]["next_cursor"])


def _between(arguments: Arguments) -> Any:
    try:
        oldest = Decimal(arguments.text("oldest") or 0)
        latest = Decimal(arguments.text("latest") or "Infinity")
    except InvalidOperation:
        name = "invalid_ts_oldest" if arguments.text("oldest") else "invalid_ts_latest"
        raise SlackError(name) from None
    inclusive = arguments.flag("inclusive")

    def inside(message: Message) -> bool:
        ts = Decimal(message.ts)
        return oldest <= ts <= latest if inclusive else oldest < ts < latest

    return inside


def _with_thread(workspace: Workspace, message: Message, arguments: Arguments) -> Json:
    """A root tells of its thread."""
    listed = message.listed(metadata=arguments.flag("include_all_metadata"))
    thread = [] if message.is_reply else workspace.replies(message)
    if thread:
        users = list(dict.fromkeys(each.user for each in thread))
        listed |= {
            "thread_ts": message.ts, "reply_count": len(thread), "reply_users": users,
            "reply_users_count": len(users), "latest_reply": thread[-1].ts,
            "is_locked": False, "subscribed": False,
        }  # fmt: skip
    return listed


def _listed(slack: Slack, arguments: Arguments, *, everywhere: bool) -> list[Json]:
    kinds = (arguments.text("types") or "public_channel").split(",")
    user = arguments.text("user") or BOT_USER
    return [
        _shown(channel)
        for channel in slack.workspace.channels.values()
        if ("im" if channel.direct else "public_channel") in kinds
        and (user in channel.members or (everywhere and not channel.direct))
        and not (channel.archived and arguments.flag("exclude_archived"))
    ]


def _shown(channel: Channel) -> Json:
    if channel.direct:
        user = next(member for member in channel.members if member != BOT_USER)
        return {
            "id": channel.id, "is_im": True, "is_channel": False, "is_group": False,
            "is_mpim": False, "is_archived": False, "is_org_shared": False,
            "context_team_id": LIGHTHOUSE.id, "created": 1767225600, "user": user,
        }  # fmt: skip
    return {
        "id": channel.id, "name": channel.name, "name_normalized": channel.name,
        "created": 1767225600, "creator": LIGHTHOUSE.id, "context_team_id": LIGHTHOUSE.id,
        "is_channel": True, "is_group": False, "is_im": False, "is_mpim": False,
        "is_private": False, "is_general": False, "is_archived": channel.archived,
        "is_shared": channel.ext_shared, "is_ext_shared": channel.ext_shared,
        "is_org_shared": False, "is_pending_ext_shared": False, "pending_shared": [],
        "is_member": BOT_USER in channel.members, "previous_names": [], "unlinked": 0,
        "topic": {"value": channel.topic, "creator": "", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
    }  # fmt: skip


METHODS = {
    "conversations.info": Method(info, READ),
    "conversations.list": Method(list_channels, READ),
    "users.conversations": Method(list_own_channels, READ),
    "conversations.members": Method(members, READ),
    "conversations.open": Method(open_direct, "im:write,channels:manage,groups:write,mpim:write"),
    "conversations.history": Method(history, HISTORY),
    "conversations.replies": Method(replies, HISTORY),
}
