"""chat.* and reactions.*: what the bot says, and takes back."""

from .blockkit import accepted_blocks
from .cast import BOT_USER, LIGHTHOUSE, Channel, Json
from .errors import SlackError
from .messages import Message
from .methods import Arguments, Method, Slack

LONGEST = 40_000
WRITE, CUSTOMIZE = "chat:write", "chat:write.customize"
LOOKS = ("username", "icon_url", "icon_emoji")


def post_message(slack: Slack, arguments: Arguments) -> Json:
    text, parts = _content(arguments)
    if any(map(arguments.text, LOOKS)) and slack.grants.lacks(CUSTOMIZE):
        provided = ",".join(sorted(slack.grants.scopes or ()))
        raise SlackError("missing_scope", needed=CUSTOMIZE, provided=provided)
    target = arguments.needed("channel")
    workspace = slack.workspace
    channel = workspace.direct(target) if target[0] in "UW" else joined(slack, target)
    message = workspace.post(
        channel,
        BOT_USER,
        text,
        thread_ts=arguments.text("thread_ts") or None,
        broadcast=arguments.flag("reply_broadcast"),
        metadata=arguments.parsed("metadata"),
        sender=arguments.text("username") or None,
        icon=arguments.text("icon_url") or None,
        **parts,
    )
    return {"channel": channel.id, "ts": message.ts, "message": message.shown()}


def update(slack: Slack, arguments: Arguments) -> Json:
    message = _own(slack, arguments, "cant_update_message")
    text, parts = _content(arguments)
    if "metadata" in arguments:
        parts["metadata"] = arguments.parsed("metadata")
    slack.workspace.edit(message, text, **parts)
    return {
        "channel": message.channel, "ts": message.ts, "text": text, "message": message.shown(),
    }  # fmt: skip


def delete(slack: Slack, arguments: Arguments) -> Json:
    message = _own(slack, arguments, "cant_delete_message")
    slack.workspace.delete(message)
    return {"channel": message.channel, "ts": message.ts}


def post_ephemeral(slack: Slack, arguments: Arguments) -> Json:
    channel, user = joined(slack, arguments.needed("channel")), arguments.needed("user")
    text, parts = _content(arguments)
    if user not in channel.members:
        raise SlackError("user_not_in_channel")
    thread_ts = arguments.text("thread_ts") or None
    root = slack.workspace.find(channel.id, thread_ts)
    if thread_ts and not (root and slack.workspace.replies(root)):
        # Taken, and never shown: Slack shows these only in threads that are there already.
        return {"message_ts": slack.workspace.clock.stamp()}
    note = slack.workspace.whisper(
        channel.id, user, text, parts.pop("blocks"), thread_ts=thread_ts, **parts
    )
    return {"message_ts": note.ts}


def get_permalink(slack: Slack, arguments: Arguments) -> Json:
    channel = joined(slack, arguments.needed("channel"), error="channel_not_found")
    message = slack.workspace.find(channel.id, arguments.text("message_ts"))
    if not message:
        raise SlackError("message_not_found")
    address = f"https://{LIGHTHOUSE.domain}.slack.com/archives/{channel.id}"
    link = f"{address}/p{message.ts.replace('.', '')}"
    if message.thread_ts:
        link += f"?thread_ts={message.thread_ts}&cid={channel.id}"
    return {"channel": channel.id, "permalink": link}


def add_reaction(slack: Slack, arguments: Arguments) -> Json:
    name = arguments.needed("name").strip(":")
    slack.workspace.react(_reacted(slack, arguments), BOT_USER, name, on=True)
    return {}


def remove_reaction(slack: Slack, arguments: Arguments) -> Json:
    name = arguments.needed("name").strip(":")
    slack.workspace.react(_reacted(slack, arguments), BOT_USER, name, on=False)
    return {}


def get_reactions(slack: Slack, arguments: Arguments) -> Json:
    message = _reacted(slack, arguments)
    return {"type": "message", "channel": message.channel, "message": message.listed()}


def joined(slack: Slack, channel_id: str, *, error: str = "not_in_channel") -> Channel:
    """A channel that the bot may act in."""
    channel = slack.workspace.channel(channel_id)
    if BOT_USER not in channel.members:
        raise SlackError(error)
    if channel.archived:
        raise SlackError("is_archived")
    return channel


def _content(arguments: Arguments) -> tuple[str, Json]:
    text = arguments.text("text")
    blocks = accepted_blocks(arguments.parsed("blocks"))
    attachments = arguments.parsed("attachments") or []
    for attachment in attachments:
        attachment["blocks"] = accepted_blocks(
            attachment.get("blocks"), error="invalid_attachments"
        )
    if len(text) > LONGEST:
        raise SlackError("msg_too_long")
    if not (text or blocks or attachments):
        raise SlackError("no_text")
    return text, {"blocks": blocks, "attachments": attachments}


def _own(slack: Slack, arguments: Arguments, error: str) -> Message:
    channel = slack.workspace.channel(arguments.needed("channel"))
    message = slack.workspace.find(channel.id, arguments.needed("ts"))
    if not message or message.tombstone:
        raise SlackError("message_not_found")
    if message.user != BOT_USER:
        raise SlackError(error)
    return message


def _reacted(slack: Slack, arguments: Arguments) -> Message:
    channel = joined(slack, arguments.needed("channel"))
    message = slack.workspace.find(channel.id, arguments.needed("timestamp"))
    if not message or message.tombstone:
        raise SlackError("message_not_found")
    return message


METHODS = {
    "chat.postMessage": Method(post_message, WRITE),
    "chat.update": Method(update, WRITE),
    "chat.delete": Method(delete, WRITE),
    "chat.postEphemeral": Method(post_ephemeral, WRITE),
    "chat.getPermalink": Method(get_permalink),
    "reactions.add": Method(add_reaction, "reactions:write"),
    "reactions.remove": Method(remove_reaction, "reactions:write"),
    "reactions.get": Method(get_reactions, "reactions:read"),
}
