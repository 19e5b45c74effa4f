"""Makes what the tests store: short to write, and different where nothing was asked for."""

from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

from bot.core.ledger import Fate, Promise, Turn, turned
from bot.core.model import (
    Act,
    Action,
    Change,
    Channel,
    Conversation,
    Entry,
    Role,
    Said,
    State,
    Wait,
)
from bot.core.outgoing import About, Card, Outgoing, Reason
from bot.core.ports import Store

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


def conversation(one="c1", *, thread="", waiting=None, **fields):
    """Make a conversation; `waiting` says for how many minutes the customer has been, at noon."""
    if waiting is not None:
        since = NOON - minutes(waiting)
        fields = {"state": State.WAITING, "wait": Wait(since=since, ts="1.0", by="UC"), **fields}
    facts = {"channel": "C1", "customer": "UC", **fields}
    return Conversation(id=one, thread=thread or f"{one}.root", **facts)


def said(conversation_id="c1", ts="1.000001", **fields):
    return Said(
        conversation=conversation_id, ts=ts, **{"by": "UC", "role": Role.CUSTOMER, **fields}
    )


def act(conversation_id="c1", key="reaction:1", **fields):
    facts = {"action": Action.CLAIM, "by": "U1", "at": NOON, **fields}
    return Act(conversation=conversation_id, key=key, **facts)


def about(conversation_id="c1"):
    return About(conversation=conversation_id, since=NOON, reason=Reason.OWNER, step=1)


def outgoing(one="o1", **fields):
    return Outgoing(id=one, **{"to": "U1", "at": NOON, "about": (about(),), **fields})


def card(one="k1", *conversations, ts="9.000001", **fields):
    subjects = tuple(map(about, conversations or ("c1",)))
    return Card(id=one, ts=ts, about=subjects, **{"channel": "D1", "to": "U1", **fields})


def promise(one="p1", *, due=None, turns=(), **fields):
    """Make a promise; `due` says in how many minutes it is, at noon."""
    at = NOON + minutes(due) if due is not None else None
    facts = {"channel": "C1", "conversation": "c1", "by": "U1", "words": "I will", **fields}
    made = Turn(key="made", fate=Fate.MADE, by=facts["by"], at=NOON - minutes(60), due=at)
    return turned(Promise(id=one, **facts), made, *turns)


def turn(fate, minute=0, **fields):
    return Turn(key=f"{fate}/{minute}", fate=fate, by="U2", at=NOON + minutes(minute), **fields)


def channel(one="C1", **fields):
    return Channel(id=one, **fields)


def put(store: Store, *things) -> None:
    """Commit some of conversations, entries, promises, channels, cards and messages together."""
    kinds: dict[type, str] = {
        Conversation: "conversations",
        Said: "entries",
        Act: "entries",
        Promise: "promises",
        Channel: "channels",
        Outgoing: "outbox",
        Card: "cards",
    }
    fields: dict[str, tuple] = {}
    for thing in things:
        fields[kinds[type(thing)]] = (*fields.get(kinds[type(thing)], ()), thing)
    store.commit(Change(**fields))


def version(store: Store, one: str) -> int:
    """Return a conversation's version, or 0 if there is none."""
    stored = store.conversation(one)
    return stored.version if stored else 0


def ids(found: tuple[Conversation | Promise | Outgoing | Card | Channel, ...]) -> list[str]:
    return [one.id for one in found]


def keys(entries: tuple[Entry, ...]) -> list[str]:
    return sorted(entry.key for entry in entries)


def in_threads(number, work):
    """Run work(0), work(1), … at the same time, and fail as the first of them that failed."""
    failures: list[BaseException] = []
    start = Barrier(number)

    def run(one):
        start.wait()
        try:
            work(one)
        except BaseException as failure:  # noqa: BLE001 - handed on below
            failures.append(failure)

    threads = [Thread(target=run, args=(one,)) for one in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
