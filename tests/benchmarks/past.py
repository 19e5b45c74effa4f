"""Stores with a past: conversations as they are after weeks of work, some of them closed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import islice
from pathlib import Path

from bot.core.conversations import conversation_id, follow, opened
from bot.core.copies import replace
from bot.core.decision import Decisions
from bot.core.model import (
    Act,
    Action,
    Change,
    Channel,
    Conversation,
    Entry,
    Role,
    Said,
    moment,
)
from bot.core.policy import Policy
from bot.core.ports import Store
from bot.core.recent import Word
from storage.tiny import TinyStore
from tests.benchmarks.messages import CHANNELS, TEXTS, channel

FIRST = 1_789_000_000
"""The first conversation of the past, in seconds; each second another one begins."""
NEVER = 1 << 40
AT_ONCE, QUICKLY = 1000, 25_000
Fill = Callable[[Store, int, Policy], None]


def filled(path: Path, size: int, policy: Policy, fill: Fill) -> TinyStore:
    """Return a store as it is after a start, with so many conversations."""
    store = TinyStore.in_file(path, fold_after=NEVER)
    fill(store, size, policy)
    store.close()
    return TinyStore.in_file(path)


def fill(store: Store, size: int, policy: Policy, *, open_of_ten: int = 3) -> None:
    """Fill a store with conversations, and all that was said in them."""
    decisions = Decisions(store, policy)
    store.commit(Change(channels=tuple(map(_channel, range(CHANNELS)))))
    for first in range(0, size, AT_ONCE):
        numbers = range(first, min(first + AT_ONCE, size))
        store.commit(_change(decisions, [(n, n % 10 < open_of_ten) for n in numbers]))


def fill_open(store: Store, size: int, policy: Policy) -> None:
    """Fill a store with open conversations alone, each due a second after the one before."""
    store.commit(Change(channels=tuple(map(_channel, range(CHANNELS)))))
    copies = _copies(_change(Decisions(store, policy), [(0, True)]).conversations[0], size)
    while some := tuple(islice(copies, QUICKLY)):
        store.commit(Change(conversations=some))


def _copies(first: Conversation, size: int) -> Iterator[Conversation]:
    assert first.wait
    assert first.due_at
    for number in range(size):
        ts, where = _ts(number), channel(number)
        at = moment(ts)
        yield replace(
            first,
            id=conversation_id(where, ts),
            channel=where,
            thread=ts,
            customer=_customer(number),
            wait=replace(first.wait, since=at, ts=ts, by=_customer(number)),
            last_at=at,
            last_key=ts,
            due_at=first.due_at + (at - first.wait.since),
        )


def _change(decisions: Decisions, numbers: list[tuple[int, bool]]) -> Change:
    channels = [replace(_channel(number), version=1) for number in range(CHANNELS)]
    conversations, entries = [], []
    for number, is_open in numbers:
        where = channels[number % CHANNELS]
        log = list(_log(number, where.id, is_open=is_open))
        one = follow(opened(where.id, _ts(number), log[0].by), log)
        conversations.append(decisions.due(one, where))
        entries += log
    return Change(conversations=tuple(conversations), entries=tuple(entries))


def _log(number: int, where: str, *, is_open: bool) -> Iterator[Entry]:
    thread = _ts(number)
    one, at = conversation_id(where, thread), moment(thread)
    customer, colleague = _customer(number), f"U0COLLEAGUE{number % 9}"
    text = TEXTS[number % 4]  # nobody is upset, so that all are due as long after they began
    yield Said(conversation=one, ts=thread, by=customer, role=Role.CUSTOMER, excerpt=text)
    if not is_open:
        claim, resolve = (
            Act(conversation=one, key=f"{thread}/{do}", action=do, by=colleague, at=later)
            for do, later in (
                (Action.CLAIM, at + timedelta(minutes=3)),
                (Action.RESOLVE, at + timedelta(minutes=9)),
            )
        )
        ts = f"{int(thread[:10]) + 300}{thread[10:]}"
        yield from (
            claim,
            Said(conversation=one, ts=ts, by=colleague, role=Role.COLLEAGUE, needs_reply=False),
            resolve,
        )


def _channel(number: int) -> Channel:
    words = (Word(ts=_ts(n), by="U0CUSTOMER", role=Role.CUSTOMER) for n in range(8))
    return Channel(
        id=channel(number),
        name=f"ext-customer-{number}",
        shared=True,
        customers=True,
        latest=tuple(word.written() for word in words),
        read_to=_ts(10),
    )


def _customer(number: int) -> str:
    return f"U0CUSTOMER{number % CHANNELS:03}0"


def _ts(number: int) -> str:
    return f"{FIRST + number}.{number % 1_000_000:06}"
