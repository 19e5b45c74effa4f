"""What is said to a database: little for each event, and nothing that looks through everything."""

import re
from collections import Counter
from dataclasses import fields
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, text

from bot.core.ledger import Fate, Promise, Turn
from bot.core.model import Change, Person
from bot.core.tallies import Tally
from storage import LEASE
from storage.sql import opened
from storage.sql.database import Database
from storage.sql.migrations import migrate
from storage.sql.store import SqlStore
from storage.sql.stores import SqlStores
from tests.make import ACME, Story, policy
from tests.storage.examples import NOON, card, channel, conversation, minutes, outgoing, put, said

MANY = 3000
"""Rows among which a plan that looks through all of them is no good any more."""


class Listening(Database):
    """A database that notes what it is asked."""

    heard: list[tuple[str, object]]

    def rows(self, question, values):
        self.heard.append(self.spelt(question, values))
        return super().rows(question, values)


@pytest.fixture
def stores(fresh_sql_url):
    """The stores of some workspaces in a database, one of them there already."""
    database: Any = opened(fresh_sql_url(), migrate)
    parts = {part.name: getattr(database, part.name) for part in fields(database)}
    database = Listening(**parts)
    database.heard = []
    stores = SqlStores(database, LEASE)
    stores.of("T1")
    yield stores
    stores.close()


@pytest.fixture
def store(stores):
    """The empty store of that workspace."""
    return stores.of("T1")


@pytest.fixture
def heard(store):
    """What the database is told from now on: statements with their values."""
    database = store._database
    heard: list[tuple[str, object]] = database.heard
    heard.clear()
    changing = database.changing
    event.listen(changing, "before_cursor_execute", lambda *told: heard.append(told[2:4]))
    event.listen(changing, "commit", lambda _: heard.append(("COMMIT", ())))
    if database.dialect == "postgresql":  # to SQLite it is said like any statement
        event.listen(changing, "begin", lambda _: heard.append(("BEGIN", ())))
    return heard


def verbs(heard: list[tuple[str, object]]) -> Counter:
    """Count what was said, by its first word."""
    return Counter(statement.split()[0] for statement, _ in heard)


def test_an_event_takes_few_round_trips(store, heard):
    """A customer's message is one transaction of three statements, after a few questions."""
    story = Story(rules=policy(leads=("ULEA",)), store=store)
    story.says("dana", "Where do I find the invoices?")
    story.later("10m")
    heard.clear()
    story.says("dana", "And where are the receipts, please?")
    told = verbs(heard)
    assert told["BEGIN"] == told["COMMIT"] == 1
    assert told["INSERT"] + told["UPDATE"] + told["DELETE"] == 3
    assert told["SELECT"] <= 10
    assert len(store.waiting(ACME)) == 2


def everything_about(*ids, read=0):
    """Make a change with a thing of every kind for each of some ids."""
    return Change(
        conversations=tuple(conversation(one, version=read) for one in ids),
        entries=tuple(said(one) for one in ids),
        channels=tuple(channel(one, version=read) for one in ids),
        people=tuple(Person(id=one) for one in ids),
        outbox=tuple(outgoing(one) for one in ids),
        sent=ids,
        cards=tuple(card(one, one) for one in ids),
        facts=tuple((one, "1") for one in ids),
    )


def test_many_things_take_no_more_statements_than_one(store, heard):
    """However much a change holds, all of a kind is sent in one go."""
    lengths = []
    for read in (0, 1):
        for ids in (["c1"], [f"c1:{number}" for number in range(200)]):
            heard.clear()
            store.commit(everything_about(*ids, read=read))
            lengths.append(len(heard))
    assert set(lengths) == {10 + len(("BEGIN", "COMMIT"))}


def filled(store: SqlStore) -> None:
    """Fill a store with a past in which most is over."""
    numbers = range(MANY)
    conversations = [
        conversation(
            f"c{n}",
            channel=f"C{n % 20}",
            last_at=NOON - minutes(n),
            **({"waiting": n, "claimer": f"U{n % 50}", "due_at": NOON} if n % 50 == 0 else {}),
        )
        for n in numbers
    ]
    turns = (Turn(key="made", fate=Fate.MADE, by="U1", at=NOON),)
    promises = [
        Promise(
            id=f"p{n}",
            channel=f"C{n % 20}",
            conversation=f"c{n}",
            by=f"U{n % 50}",
            words="",
            ts=f"{n}.0",
            turns=turns,
            wake_at=NOON if n % 50 == 0 else None,
        )
        for n in numbers
    ]
    store.commit(
        Change(
            conversations=tuple(conversations),
            entries=tuple(said(f"c{n}", f"{n}.1") for n in numbers),
            promises=tuple(promises),
            cards=tuple(card(f"k{n}", f"c{n}", ts=f"{n}.2") for n in numbers),
            outbox=tuple(outgoing(f"o{n}") for n in numbers),
            channels=tuple(channel(f"C{n}") for n in numbers),
            people=tuple(Person(id=f"U{n}") for n in numbers),
            facts=tuple((f"f/{n}", "1") for n in numbers),
            tallies=tuple(
                Tally(id=f"f{n}", channel="C1", began_at=NOON, last_at=NOON) for n in numbers
            ),
        )
    )
    if store._database.dialect == "postgresql":  # which finds out by itself before long
        with store._database.transaction() as connection:
            connection.execute(text("ANALYZE"))


QUESTIONS = (
    lambda store: store.conversation("c7"),
    lambda store: store.about("C7", "7.1"),
    lambda store: store.log("c7"),
    lambda store: store.entry("c7", "7.1"),
    lambda store: store.waiting("C0"),
    lambda store: store.open(limit=9),
    lambda store: store.open(claimer="U0"),
    lambda store: store.touched(NOON - timedelta(days=9), 9),
    lambda store: store.due(NOON, 9),
    lambda store: store.promise("p7"),
    lambda store: store.promises_at("C7", "7.0"),
    lambda store: store.promises_in("c7"),
    lambda store: store.owed(limit=9),
    lambda store: store.owed(by="U7", limit=9),
    lambda store: store.owed(channel="C7", limit=9),
    lambda store: store.owed(by="U7", channel="C7", limit=9),
    lambda store: store.promises_due(NOON, 9),
    lambda store: store.channel("C7"),
    lambda store: store.person("U7"),
    lambda store: store.outbox(9),
    lambda store: store.cards("c7"),
    lambda store: store.card_at("D1", "7.2"),
    lambda store: store.card("k7"),
    lambda store: store.fact("rules"),
    lambda store: store.tally("f7"),
    lambda store: store.idle(NOON, 9),
    lambda store: store.wordy(NOON, 9),
    lambda store: store.ended(NOON, 9),
    lambda store: store.wordy_promises(NOON, 9),
    lambda store: store.replaced_cards(NOON, 9),
    lambda store: store.lapsed("f", NOON, 9),
)
READS_ALL = re.compile(r"Seq Scan|SCAN (?!anon_1)|PRIMARY KEY \(workspace=\?\)")


def test_every_question_goes_by_an_index(store, heard):
    """No look-up reads a table, or all of a workspace, from end to end."""
    filled(store)
    for ask in QUESTIONS:
        heard.clear()
        ask(store)
        [told] = heard
        plan = planned(store, told)
        assert not READS_ALL.search(plan), plan


def planned(store: SqlStore, told: tuple[str, Any]) -> str:
    """Return how the database would go about a statement."""
    explain = "EXPLAIN QUERY PLAN" if store._database.dialect == "sqlite" else "EXPLAIN"
    with store._database.asking.connect() as connection:
        rows = connection.exec_driver_sql(f"{explain} {told[0]}", told[1]).all()
    return "\n".join(str(row[-1]) for row in rows)


TIMES = {"conversations": "due_at", "promises": "wake_at", "outbox": "at"}


def test_who_has_something_to_do_is_told_by_an_index(stores, store, heard):
    """Neither a long past nor one workspace's backlog makes the look for all others a long one."""
    filled(store)
    put(stores.of("T2"), outgoing())
    heard.clear()
    stores.take(NOON - timedelta(days=9), 9)
    stores.take(NOON, 9)
    nothing, some, every = heard[:3]
    assert nothing[0] == some[0] != every[0]
    plan = planned(store, some)
    assert all(f"{table}_next_{time}" in plan for table, time in TIMES.items()), plan
    plan = planned(store, every)
    assert all(f"{table}_by_{time}" in plan for table, time in TIMES.items()), plan


def test_what_is_due_in_one_workspace_is_found_among_its_own(store, heard):
    """Its rounds do not read what is due in the others."""
    filled(store)
    for look, index in ((store.due, "by_due_at"), (store.promises_due, "by_wake_at")):
        heard.clear()
        look(NOON, 9)
        assert index in planned(store, heard[0])


def test_looking_for_work_takes_one_round_trip(stores, store, heard):
    """Nothing is written while there is nothing to do, nor again while a lease is young."""
    put(stores.of("T2"), outgoing(at=NOON))
    heard.clear()
    for minute in (-2, -1):
        assert stores.take(NOON + minutes(minute), 9) == ()
    assert verbs(heard) == {"SELECT": 2}
    heard.clear()
    assert stores.take(NOON, 9) == ("T2",)
    assert len(heard) == 1 + (store._database.dialect == "postgresql")
    heard.clear()
    assert stores.take(NOON, 9) == ("T2",)
    assert verbs(heard) == {"SELECT": 1}


def test_asking_for_a_store_again_costs_nothing(stores, heard):
    """A workspace that is known is not looked for in the database."""
    heard.clear()
    assert stores.of("T1") is stores.of("T1")
    assert not heard
