"""Three processes on one PostgreSQL share the work, and any of them may die at any moment."""

import random
import threading
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from itertools import pairwise
from statistics import median

from bot.core.ledger import Promise
from bot.core.model import Change
from bot.core.outgoing import Note, NoteKind, Outgoing
from bot.core.ports import Stores
from storage import open_stores
from tests.faults.conftest import Process
from tests.faults.sharing import LEASE
from tests.local import (
    ACME,
    BEN,
    CLEO,
    CUSTOMERS,
    DANA,
    GLOBEX,
    GUS,
    HOME,
    Json,
    Local,
    eventually,
)

PROCESSES, KILLS, NOTES = 3, 9, 25
SEED = 20261122
BEFORE = datetime(2026, 1, 1, tzinfo=UTC)
NUDGE_AFTER = 0.5
LATE = 5
"""Seconds after its time at which a nudge may arrive, and one lease more."""


class Team:
    """The processes, one of which is killed now and then."""

    def __init__(self, make: Callable[[], Process]) -> None:
        self._members = [make() for _ in range(PROCESSES)]
        self._started = 0
        for member in self._members:
            self._start(member)
        self._all_there()

    def loses(self, chance: random.Random) -> None:
        """Kill one, and start it again."""
        member = chance.choice(self._members)
        member.kill()
        self._start(member)
        self._all_there()

    def stops(self) -> list[int]:
        return [member.terminate() for member in self._members]

    @property
    def log(self) -> str:
        return self._members[0].log  # which they share

    def _start(self, member: Process) -> None:
        member.start_module("tests.faults.sharing")
        self._started += 1

    def _all_there(self) -> None:
        told = "Heard is connected and listening"
        eventually(lambda: self.log.count(told) == self._started, 20, "the connection of all")


class Customers:
    """Ask questions, slower than cards may be posted, while a colleague keeps promising."""

    def __init__(self, slack: Local) -> None:
        self._slack = slack
        self._enough = threading.Event()
        self._asking = threading.Thread(target=self._ask)
        self.root = slack.says(DANA, ACME, "Hello?")
        self.asked: dict[str, tuple[str, str]] = {}  # by their words: the channel, and the ts
        self.promised: list[str] = []
        self._asking.start()

    def stop(self) -> None:
        self._enough.set()
        self._asking.join()

    def _ask(self) -> None:
        number = 0
        while not self._enough.wait(0.65):
            who, channel = ((DANA, ACME), (GUS, GLOBEX))[number % 2]
            words = f"Question {number:03}."
            self.asked[words] = channel, self._slack.says(who, channel, words)
            number += 1
            if number % 3 == 0:
                words = f"I'll send you file {number} tomorrow"
                ts = self._slack.says(BEN, ACME, words, thread_ts=self.root)
                self.promised.append(ts)


def test_three_processes_lose_and_repeat_nothing(bot, slack, database, counted):
    """Under kill -9 all is kept and told once, in order, at Slack's pace, and hardly late."""
    url = database.fresh_url()
    team = Team(
        lambda: bot(
            DATABASE_URL=url,
            HEARD_NUDGE_AFTER=f"{NUDGE_AFTER}s",
            HEARD_ESCALATE_AFTER="1h",
            HEARD_GROUP_WINDOW="0.001s",
        )
    )
    slack.does(BEN, "command", channel=GLOBEX, text="/heard owners @ben")
    with closing(open_stores(url)) as stores:
        stores.of(HOME).commit(Change(outbox=tuple(map(noted, range(NOTES)))))
        customers = Customers(slack)
        chance, pause = random.Random(SEED), threading.Event()
        try:
            for _ in range(KILLS):
                pause.wait(chance.uniform(LEASE / 2, LEASE))
                team.loses(chance)
        finally:
            customers.stop()
        eventually(lambda: all(told(slack, customers).values()), 20, "a nudge about each question")
        eventually(lambda: stores.figures(slack.demo.now()).outbox == 0, 20, "an empty outbox")
        nudges = told(slack, customers)
        assert {len(times) for times in nudges.values()} == {1}
        late = []
        for words, [at] in nudges.items():
            since = due(customers, words)
            assert at - since < LATE + LEASE, words
            late.append(at - since)
        assert list(map(number_of, slack.direct(CLEO))) == list(range(NOTES))
        for channel in {one["channel"] for one in slack.posted()}:
            assert shortest_gap(slack.posted(channel)) > 0.8, channel
        is_all_kept(stores, customers)
    assert team.stops() == [0] * PROCESSES
    assert "Traceback" not in team.log
    are_alone(slack)
    delivered = Counter(one["attempts"] for one in slack.all()["deliveries"])
    counted(
        f"{PROCESSES} processes, {KILLS} killed; {len(late)} questions, each told once,"
        f" {median(late):.1f} s late, at most {max(late):.1f} s, with a lease of {LEASE:g} s;"
        f" {len(customers.promised)} promises; {NOTES} messages in order;"
        f" events by attempts: {dict(delivered)}"
    )


def noted(number: int) -> Outgoing:
    """Make one of many messages to one colleague, which are to arrive in their order."""
    note = Note(kind=NoteKind.NOT_OPEN, facts={"state": f"number {number}"})
    return Outgoing(id=f"note/{number}", to=CLEO, at=BEFORE, note=note)


def number_of(message: Json) -> int:
    """Tell which of them a message is."""
    return int(message["text"].split("number ")[1].split(",")[0])


def told(slack: Local, customers: Customers) -> dict[str, list[float]]:
    """Return at what times each question was told."""
    cards = [(float(one["ts"]), str(one["blocks"])) for one in slack.posted()]
    return {words: [ts for ts, text in cards if words in text] for words in customers.asked}


def due(customers: Customers, words: str) -> float:
    """Return when a question was to be told."""
    return float(customers.asked[words][1]) + NUDGE_AFTER


def shortest_gap(messages: list[Json]) -> float:
    """Return the least number of seconds between two messages."""
    times = sorted(float(one["ts"]) for one in messages)
    return min((after - before for before, after in pairwise(times)), default=float(LATE))


def is_all_kept(stores: Stores, customers: Customers) -> None:
    """See that each question waits once, and each promise was made once."""
    store = stores.of(HOME)
    found = {one.id: one for one in store.open()}
    made: tuple[Promise, ...] = store.promises_in(f"{ACME}:{customers.root}")
    assert sorted(one.ts for one in made) == customers.promised
    assert [one.is_open for one in sorted(made, key=lambda one: one.ts)].count(True) == 1
    assert found.pop(f"{ACME}:{customers.root}").promisers == (BEN,)
    assert set(found) == {f"{channel}:{ts}" for channel, ts in customers.asked.values()}
    assert not any(one.wait and one.wait.chases for one in found.values())


def are_alone(slack: Local) -> None:
    """See that no customer saw a word of it."""
    everything = slack.all()
    said = [one for one in everything["messages"] if one.get("bot_id")]
    assert not [one for one in said if one["channel"] in (ACME, GLOBEX)]
    assert not set(CUSTOMERS) & set(everything["directs"])
    assert all(note["to"] == BEN for note in everything["ephemerals"])
