"""Which changes the bot is told of, and the envelope they travel in."""

import base64
import json
from dataclasses import dataclass
from uuid import uuid4

from .cast import APP_ID, BOT_USER, LIGHTHOUSE, VERIFICATION_TOKEN, Channel, Json, team_of
from .manifest import Grants
from .sockets import Sockets


@dataclass(frozen=True, slots=True)
class Events:
    """Told of every change; passes on what the app subscribed to, where the bot is a member."""

    sockets: Sockets
    grants: Grants

    def publish(self, event: Json, channel: Channel | None) -> None:
        if channel and BOT_USER not in channel.members:
            return
        if self.grants.hears(event, channel):
            self.sockets.send_event(event_callback(event, channel))


def event_callback(event: Json, channel: Channel | None) -> Json:
    shared = bool(channel and channel.ext_shared)
    context = {"et": event["type"], "tid": LIGHTHOUSE.id, "aid": APP_ID}
    if channel:
        context["cid"] = channel.id
    coded = base64.b64encode(json.dumps(context, separators=(",", ":")).encode()).decode()
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": LIGHTHOUSE.id,
        # In a shared channel Slack has been seen to put the other side here.
        "context_team_id": team_of(event.get("user", "")).id if shared else LIGHTHOUSE.id,
        "api_app_id": APP_ID,
        "event": event,
        "type": "event_callback",
        "event_id": f"Ev{uuid4().hex[:11].upper()}",
        "event_time": int(float(event["event_ts"])),
        "authorizations": [
            {
                "enterprise_id": None, "team_id": LIGHTHOUSE.id, "user_id": BOT_USER,
                "is_bot": True, "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": shared,
        "event_context": "4-" + coded.rstrip("="),
    }  # fmt: skip
