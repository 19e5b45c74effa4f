"""The tables of an older Heard catch up, together or not at all; those of a newer are refused."""

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from bot.core.ledger import Fate
from bot.core.model import Change, State
from bot.core.refusals import StoreFailed
from storage import open_store, open_stores, records
from storage.sql import connect, kinds, open_sql, schema
from storage.sql.migrations import FOLDER, upgrade, version
from tests.storage.examples import (
    NOON,
    card,
    conversation,
    ids,
    in_threads,
    minutes,
    outgoing,
    promise,
    put,
    said,
    turn,
)

OUTBOX = "INSERT INTO outbox (id, workspace, record) VALUES (:id, :workspace, :record)"
NEXT = """
import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{last}"


def upgrade():
    op.add_column("people", sa.Column("mood", sa.Text))
    {more}
"""


@pytest.fixture
def later(tmp_path):
    """Return the migrations of a Heard that is a version ahead."""

    def make(more: str = "pass") -> Path:
        folder = tmp_path / "later"
        shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
        script = NEXT.format(last=schema.VERSION, more=more)
        (folder / "versions" / "v9999.py").write_text(script)
        return folder

    return make


def test_the_migrations_make_the_tables_that_the_code_expects(fresh_sql_url):
    """From nothing, all of them together end where the schema is, to the last index."""
    store = open_sql(fresh_sql_url())
    with store._database.transaction() as connection:
        assert version(connection) == schema.VERSION
        found = inspect(connection)
        for table in schema.metadata.sorted_tables:
            indexes = {one["name"]: one["column_names"] for one in found.get_indexes(table.name)}
            for index in table.indexes:
                assert indexes[index.name] == [column.name for column in index.columns], index
            key = found.get_pk_constraint(table.name)["constrained_columns"]
            assert key == [column.name for column in table.primary_key]
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, schema.metadata) == []
    store.close()


@pytest.mark.parametrize("first", ["0001", "0002", "0003", "0004"])
def test_a_store_of_any_version_is_read(fresh_sql_url, first):
    """What was written by the first Heard with such tables, or by any later one, is still there."""
    url = fresh_sql_url()
    database = connect(url)
    row = {"id": "C1", "record": '{"id":"C1","name":"acme","version":4}'}
    with database.transaction() as connection:
        upgrade(connection, "", "it", first)
        assert version(connection) == first
        connection.execute(text("INSERT INTO channels VALUES (:id, '', 4, :record)"), row)
    database.close()
    store: Any = open_store(url)
    assert (store.channel("C1").name, store.channel("C1").version) == ("acme", 4)
    put(store, conversation(), said(), replace(store.channel("C1"), name="Acme"))
    assert store.channel("C1").version == 5
    store.close()


def test_what_was_to_be_sent_is_sent_in_its_time(fresh_sql_url):
    """The outbox of an older Heard goes on, each message when it is time, a damaged one at once."""
    url = fresh_sql_url()
    database = connect(url)
    later = replace(outgoing("o1"), at=NOON + minutes(5))
    records = (json.dumps(kinds.OUTGOING.write(later)), '{"id": "o2"}', '{"id')
    with database.transaction() as connection:
        upgrade(connection, "", "it", "0001")
        for number, record in enumerate(records, 1):
            row = {"id": f"o{number}", "workspace": f"T{number}", "record": record}
            connection.execute(text(OUTBOX), row)
    database.close()
    stores = open_stores(url)
    assert stores.workspaces() == ("T1", "T2", "T3")
    assert set(stores.take(NOON, 9)) == {"T2", "T3"}
    assert set(stores.take(NOON + minutes(5), 9)) == {"T1", "T2", "T3"}
    assert stores.of("T1").outbox() == (later,)
    stores.close()


def test_what_is_over_is_found_in_an_older_store(fresh_sql_url):
    """What was stored before anything was forgotten is found as if it was stored today."""
    url = fresh_sql_url()
    turns = (turn(Fate.KEPT),)
    lived = Change(
        conversations=(
            conversation("a", state=State.RESOLVED, last_at=NOON),
            conversation("b", state=State.ANSWERED, last_at=NOON),
            conversation("c", thread="1.5"),
            *(conversation(f"w{n}", waiting=n, promisers=("U1",)) for n in range(1500)),
        ),
        promises=(promise("p1"), promise("p2", turns=turns), promise("p3", words="", turns=turns)),
        cards=(card("k1"), card("k2", ts="2.0", replaced=True)),
        facts=(("posted/V1", NOON.isoformat()), ("rules", "1")),
    )
    store: Any = open_sql(url)
    store.commit(lived)
    added: dict[str, tuple[str, ...]] = {"promises": ("ended", "wordy"), "cards": ("replaced",)}
    added |= {"conversations": ("idle", "wordy"), "facts": ("kind", "text")}
    with store._database.transaction() as connection:
        for table, columns in added.items():
            for column in columns:
                connection.execute(text(f"DROP INDEX IF EXISTS {table}_by_{column}"))
                connection.execute(text(f"ALTER TABLE {table} DROP COLUMN {column}"))
        connection.execute(text("DROP TABLE tallies"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0003'"))
    store.close()
    store = open_sql(url)
    later = NOON + minutes(99)
    assert ids(store.idle(later, 9)) == ["c", "a", "b"]
    assert ids(store.wordy(later, 9)) == ["c", "a"]
    assert ids(store.ended(later, 9)) == ["p2", "p3"]
    assert ids(store.wordy_promises(later, 9)) == ["p2"]
    assert ids(store.replaced_cards(later, 9)) == ["k2"]
    assert store.lapsed("posted", later, 9) == ("posted/V1",)
    store.close()


def test_the_tables_of_a_newer_heard_are_left_alone(fresh_sql_url, later):
    """Who goes back to an older Heard is told so, and finds everything as it was."""
    url = fresh_sql_url()
    store = open_sql(url)
    put(store, conversation(), outgoing())
    with store._database.transaction() as connection:
        upgrade(connection, schema.VERSION, "it", folder=later())
    store.close()
    for _ in range(2):
        with pytest.raises(StoreFailed, match=r"newer Heard .*version 9999.*Nothing") as refused:
            open_store(url)
        assert f"up to {schema.VERSION}" in str(refused.value)
    database = connect(url)
    with database.transaction() as connection:
        assert version(connection) == "9999"
        assert connection.scalar(text("SELECT count(*) FROM conversations")) == 1
    database.close()


def test_a_migration_that_fails_leaves_no_trace(fresh_sql_url, later):
    """Whether all of it worked or it was cut short, the tables are those of one version."""
    store = open_sql(fresh_sql_url())
    put(store, conversation())
    broken = later(more="raise ValueError('cut short')")
    with pytest.raises(ValueError, match="cut short"), store._database.transaction() as connection:
        upgrade(connection, schema.VERSION, "it", folder=broken)
    with store._database.transaction() as connection:
        assert version(connection) == schema.VERSION
        assert "mood" not in {one["name"] for one in inspect(connection).get_columns("people")}
    assert store.conversation("c1")
    store.close()


def test_many_may_start_at_once(server):
    """Of several processes that begin with an empty database one makes the tables."""
    url = server.fresh_url()
    stores = []
    in_threads(6, lambda _: stores.append(open_store(url)))
    put(stores[0], conversation())
    assert all(store.conversation("c1") for store in stores)
    for store in stores:
        store.close()


def test_a_new_form_of_records_comes_with_a_migration():
    """Whoever changes how records are written says here that older ones were seen to."""
    assert (schema.VERSION, records.VERSION) == ("0004", 1)
