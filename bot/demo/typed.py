"""What a person typed, as Slack would write it down."""

import re
from html import escape

from .cast import BOT_NAME, BOT_USER, PEOPLE, Channel

# Slack keeps emoji as names; these are the ones that people use here.
EMOJI = {
    "👀": "eyes", "✅": "white_check_mark", "⏰": "alarm_clock", "📌": "pushpin",
    "🔕": "no_bell", "👍": "+1", "🤝": "handshake", "🙏": "pray", "🎉": "tada",
    "🙂": "slightly_smiling_face", "😀": "grinning", "❤️": "heart", "😡": "rage", "🔥": "fire",
    "👋": "wave", "⚠️": "warning",
}  # fmt: skip
HANDLES = {person.handle: person.id for person in PEOPLE.values()} | {BOT_NAME.lower(): BOT_USER}
MENTION = re.compile(r"(?<![\w<])@(\w+)")
CHANNEL = re.compile(r"(?<![\w<&])#([\w-]+)")
ADDRESS = re.compile(r"(?<![<|])https?://[^\s<>|]+")


def as_written(text: str, channels: list[Channel], *, named: bool = False) -> str:
    """Escaped, with mentions, channels and links marked; `named` adds `|name`, as commands have."""
    text = escape(text, quote=False)
    for symbol, name in EMOJI.items():
        text = text.replace(symbol, f":{name}:")
    by_name = {channel.name: channel.id for channel in channels if not channel.direct}

    def mention(found: re.Match[str]) -> str:
        handle = found[1].lower()
        if handle not in HANDLES:
            return found[0]
        return f"<@{HANDLES[handle]}|{handle}>" if named else f"<@{HANDLES[handle]}>"

    def channel(found: re.Match[str]) -> str:
        return f"<#{by_name[found[1]]}|{found[1]}>" if found[1] in by_name else found[0]

    text = ADDRESS.sub(r"<\g<0>>", text)
    return CHANNEL.sub(channel, MENTION.sub(mention, text))
