"""The messages that customers send in the benchmarks: all distinct, each found by its number."""

from __future__ import annotations

from typing import Any

from slack_bolt import BoltRequest

from tests.local import ACME_TEAM, BOT, HOME

CHANNELS = 200
FIRST = 1_790_000_000
"""The `ts` of the first message in seconds; what stores are filled with is older."""
TEXTS = (
    "Our nightly export stopped at 2 am and the dashboard shows old numbers. Can someone look?",
    "Hi team, we cannot log in since this morning, it says the session has expired",
    "The invoice of May lists 42 seats, but we only have 38",
    "Is there a way to add a second webhook for the same project?",
    "We still have not heard back about the migration, and this is urgent for us",
    (
        "One more thing: the staging workspace needs the new certificate as well. Our security team"
        " asks for it to be in place before the audit, so that nobody has to sign an exception. The"
        " old one is attached to ticket 4711; the domain is the same as before."
    ),
    "Deploys to eu-west-1 fail with `502 Bad Gateway` about every third time",
    "Thanks, that works now!",
)
ASK, OTHER_ASK, REPLY = range(3)


def channel(number: int) -> str:
    return f"C0CHANNEL{number % CHANNELS:03}"


def event(number: int) -> dict[str, Any]:
    """Make the envelope of a message: two of three are new requests, the third is a reply.

    A channel gets one of them every 200 seconds, and neighbours get different kinds.
    """
    turn, place = divmod(number, CHANNELS)
    kind = (turn + place) % 3
    thread = {"thread_ts": _ts(number - CHANNELS)} if kind == REPLY and turn else {}
    customer = turn - (kind == REPLY)
    return {
        "token": "verification",
        "team_id": HOME,
        "api_app_id": "A0HEARDAPP1",
        "type": "event_callback",
        "event_id": f"Ev{number:011}",
        "event_time": FIRST + number,
        "event_context": f"4-{number}",
        "authorizations": [
            {"enterprise_id": None, "team_id": HOME, "user_id": BOT, "is_bot": True}
        ],
        "is_ext_shared_channel": True,
        "event": {
            "type": "message",
            "user": f"U0CUSTOMER{place:03}{customer % 5}",
            "team": ACME_TEAM,
            "user_team": ACME_TEAM,
            "source_team": ACME_TEAM,
            "text": TEXTS[number % len(TEXTS)],
            "ts": _ts(number),
            "event_ts": _ts(number),
            "channel": channel(number),
            "channel_type": "channel",
            "client_msg_id": f"7c6f0a52-0000-4000-8000-{number:012}",
            **thread,
        },
    }


def request(body: dict[str, Any]) -> BoltRequest:
    """Wrap a payload as Bolt's Socket Mode adapter does."""
    return BoltRequest(mode="socket_mode", body=body)


def _ts(number: int) -> str:
    return f"{FIRST + number}.{number % 1_000_000:06}"
