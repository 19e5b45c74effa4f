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
from storage.sql import opened
from storage.sql.database import Database
from storage.sql.migrations import migrate
from storage.sql.store import SqlStore
from tests.make import ACME, Story, policy
from tests.storage.examples import NOON, card, channel, conversation, minutes, outgoing, said

MANY = 3000
"""Rows among which a plan that looks through all of them is no good any more."""


class Listening(Database):
    """A database that notes what it is asked."""

    heard: list[tuple[str, object]]

    def ask(self, question, values):
        self.heard.append(self.spelt(question, values))
        return super().ask(question, values)


@pytest.fixture
def store(fresh_sql_url):
    """An empty store in a database."""
    database: Any = opened(fresh_sql_url(), migrate)
    parts = {part.name: getattr(database, part.name) for part in fields(database)}
    store = SqlStore(Listening(**parts))
    yield store
    store.close()


@pytest.fixture
def heard(store):
    """What the database is told from now on: statements with their values."""
    heard: list[tuple[str, object]] = []
    database = store._database
    database.heard = heard
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
    database = store._database
    explain = "EXPLAIN QUERY PLAN" if database.dialect == "sqlite" else "EXPLAIN"
    for ask in QUESTIONS:
        heard.clear()
        ask(store)
        [(statement, values)] = heard
        with database.asking.connect() as connection:
            rows = connection.exec_driver_sql(f"{explain} {statement}", values).all()
        plan = "\n".join(str(row[-1]) for row in rows)
        assert not READS_ALL.search(plan), plan
