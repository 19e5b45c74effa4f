"""What the app was granted: scopes, events, commands and shortcuts, read from its manifest."""

import json
from dataclasses import dataclass
from pathlib import Path

from .cast import Channel, Json

MANIFEST = Path(__file__).parents[2] / "manifest.json"
MESSAGE_EVENTS = {"channel": "message.channels", "im": "message.im"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Grants:
    """None stands for everything: there was no manifest to read."""

    scopes: frozenset[str] | None = None
    events: frozenset[str] | None = None
    commands: tuple[str, ...] = ("/heard",)
    escaping: frozenset[str] = frozenset({"/heard"})
    shortcuts: tuple[tuple[str, str], ...] = ()
    home: bool = True
    takes_messages: bool = True

    def lacks(self, needed: str) -> bool:
        """True if none of the scopes named (comma separated alternatives) was granted."""
        if not needed or self.scopes is None:
            return False
        return not self.scopes.intersection(needed.split(","))

    def hears(self, event: Json, channel: Channel | None) -> bool:
        name = event["type"]
        if name == "message" and channel:
            name = MESSAGE_EVENTS[channel.type]
        return self.events is None or name in self.events


def read_grants(path: Path = MANIFEST) -> Grants:
    if not path.is_file():
        return Grants()
    manifest = json.loads(path.read_text(encoding="utf-8"))
    features, settings = manifest.get("features", {}), manifest.get("settings", {})
    commands, app_home = features.get("slash_commands", []), features.get("app_home", {})
    return Grants(
        scopes=frozenset(manifest.get("oauth_config", {}).get("scopes", {}).get("bot", [])),
        events=frozenset(settings.get("event_subscriptions", {}).get("bot_events", [])),
        commands=tuple(each["command"] for each in commands),
        escaping=frozenset(each["command"] for each in commands if each.get("should_escape")),
        shortcuts=tuple(
            (each["name"], each["callback_id"])
            for each in features.get("shortcuts", [])
            if each["type"] == "message"
        ),
        home=app_home.get("home_tab_enabled", False),
        takes_messages=not app_home.get("messages_tab_read_only_enabled", True),
    )
