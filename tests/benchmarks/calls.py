"""How often Slack is asked something because of an event, counted by a local Slack."""

from __future__ import annotations

from collections.abc import Iterator

from slack_bolt import App

from storage.tiny import TinyStore
from tests.benchmarks import messages
from tests.benchmarks.bots import heard, slack, stopping
from tests.benchmarks.table import Row, Scale
from tests.local import ANA, COLLEAGUES, GUS, Json, envelope, message, reaction


def rows(scale: Scale) -> Iterator[Row]:
    with slack() as server:
        bot = heard(f"{server.url}api/", TinyStore.in_memory())
        with stopping(bot):
            people = (*COLLEAGUES, GUS)
            _hear(bot.app, [message(one, "Hello, I am new here") for one in people])
            met = len(server.calls)
            events = [one for number in range(scale.slice) for one in _events(number)]
            _hear(bot.app, events)
    yield Row("Web API calls on meeting a person of our own, once", met / len(people))
    yield Row("Web API calls an event after that", (len(server.calls) - met) / len(events), "0")


def _events(number: int) -> list[Json]:
    """Return a customer's request, a colleague's reply and reaction, and somebody who joins."""
    asked = messages.event(number)
    where, ts = asked["event"]["channel"], asked["event"]["ts"]
    item = {"type": "message", "channel": where, "ts": ts}
    return [
        asked,
        reaction(ANA, "eyes", ts, item=item),
        message(COLLEAGUES[number % 3], "Let me check", channel=where, thread_ts=ts),
        message(GUS, "It fails for me as well", channel=where),
        envelope({"type": "member_joined_channel", "user": GUS, "channel": where}),
    ]


def _hear(app: App, bodies: list[Json]) -> None:
    for body in bodies:
        assert app.dispatch(messages.request(body)).status == 200
