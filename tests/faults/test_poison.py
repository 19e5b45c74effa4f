"""Records that cannot be read, or that make the deciding code fail: all the others go on."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import text

from bot.core.ledger import Fate, Promise, Turn
from bot.core.model import Change
from bot.core.outgoing import Note, NoteKind, Outgoing
from storage import open_store
from storage.records import Record
from storage.sql import connect
from tests.local import ACME, BEN, DANA, GLOBEX, TRIAGE, eventually

EARLIER = datetime.now(UTC) - timedelta(hours=1)
SECRET = "Zanzibar"
"""In all words, so in no log."""


def test_a_poisoned_record_holds_up_no_other(url, bot, slack, connected):
    """Each is named without words and left as it is; whatever else there is, is done."""
    settings = {"DATABASE_URL": url, "HEARD_GROUP_WINDOW": "0.000001s"}
    process = bot(**settings, HEARD_NUDGE_AFTER="0.5s").start()
    connected()
    asked = {
        words: slack.says(DANA, ACME, f"{words}: where is {SECRET}?")
        for words in ("Unreadable", "Undecidable", "Shown", "Sound")
    }
    eventually(lambda: len(slack.posted(TRIAGE)) == len(asked), 20, "a card for each")
    assert process.terminate() == 0
    poisoned = _poison(url, asked)
    before = {one: _raw(url, *one) for one in poisoned}
    slack.says(DANA, ACME, "Hello?", thread_ts=asked["Unreadable"])
    slack.says(DANA, ACME, f"Missed: {SECRET}?")
    missed = {one["event_id"] for one in slack.unanswered()}
    process = bot(**settings, HEARD_NUDGE_AFTER="0.6s", HEARD_ESCALATE_AFTER="2s").start()
    connected()
    slack.says(BEN, ACME, "Here", thread_ts=asked["Shown"])
    eventually(lambda: _posted(slack, "Missed:"), 30, "what was missed")
    eventually(lambda: _posted(slack, "Sound:", "Unanswered for over"), 30, "an escalation")
    eventually(lambda: "Sound promise" in str(slack.direct(BEN)), 30, "a reminder")
    assert {one["event_id"] for one in slack.unanswered()} <= missed
    assert process.terminate() == 0
    assert {one: _raw(url, *one) for one in poisoned} == before
    for _, one in poisoned:
        assert 0 < process.log.count(one) < 9, one
    assert SECRET not in process.log


def _poison(url: str, asked: dict[str, str]) -> list[tuple[str, str]]:
    """Spoil a record of each kind in each way; return where they are."""
    store = open_store(url)
    note = Note(kind=NoteKind.PROMISED)
    store.commit(
        Change(
            promises=tuple(map(_promise, ("Unreadable", "Undecidable", "Sound"))),
            outbox=tuple(
                Outgoing(id=f"{how}/out", to=BEN, at=EARLIER, note=note)
                for how in ("Unreadable", "Undecidable")
            ),
        )
    )
    (card,) = store.cards(f"{ACME}:{asked['Shown']}")
    store.close()
    spoilt: dict[tuple[str, str], Callable[[Record], Record]] = {
        ("conversations", f"{ACME}:{asked['Unreadable']}"): lambda _: {"state": "asleep"},
        ("conversations", f"{ACME}:{asked['Undecidable']}"): lambda one: {
            "nudged": {**one["nudged"], "step": "one"}
        },
        ("promises", "Unreadable/promise"): lambda _: {"standing": "asleep"},
        ("promises", "Undecidable/promise"): lambda one: {
            "reminded": {"due": one["due"], "step": "one"}
        },
        ("outbox", "Unreadable/out"): lambda _: {"note": {"kind": "asleep"}},
        ("outbox", "Undecidable/out"): lambda _: {"to": 7},
        ("channels", GLOBEX): lambda _: {"owners": 7},
        ("cards", card.id): lambda one: {"about": [{**one["about"][0], "reason": "asleep"}]},
    }
    for (table, one), change in spoilt.items():
        record = _raw(url, table, one)
        _write(url, table, one, {**record, **change(record)})
    return list(spoilt)


def _promise(name: str) -> Promise:
    made = Turn(key="made", fate=Fate.MADE, by=BEN, at=EARLIER, due=EARLIER)
    return Promise(
        id=f"{name}/promise",
        channel=ACME,
        conversation="",
        by=BEN,
        words=f"{name} promise about {SECRET}",
        turns=(made,),
        due=EARLIER,
        wake_at=EARLIER,
    )


def _raw(url: str, table: str, one: str) -> Record:
    """Return a record as it is stored."""
    scheme, _, path = url.partition(":///")
    if scheme == "tinydb":
        open_store(url).close()  # which brings all of it into the file
        record: Record = json.loads(Path(path).read_text())[table][one]
        return record
    with closing(connect(url)) as database, database.transaction() as connection:
        query = text(f"SELECT record FROM {table} WHERE id = :id")  # noqa: S608 - of our own
        return dict(json.loads(connection.scalar(query, {"id": one}) or ""))


def _write(url: str, table: str, one: str, record: Record) -> None:
    scheme, _, path = url.partition(":///")
    if scheme == "tinydb":
        content = json.loads(Path(path).read_text())
        content[table][one] = record
        Path(path).write_text(json.dumps(content))
        return
    with closing(connect(url)) as database, database.transaction() as connection:
        query = text(f"UPDATE {table} SET record = :record WHERE id = :id")  # noqa: S608
        connection.execute(query, {"id": one, "record": json.dumps(record)})


def _posted(slack, *words):
    """Return the cards that say these words."""
    cards = [str(one["blocks"]) for one in slack.posted(TRIAGE)]
    return [card for card in cards if all(word in card for word in words)]
