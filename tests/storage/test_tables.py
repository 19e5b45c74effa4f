"""Our table answers exactly as TinyDB's own does, and notes exactly what has changed."""

from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st
from tinydb import TinyDB, where
from tinydb.storages import MemoryStorage
from tinydb.table import Document, Table

from storage.tables import Database, LiveStorage, Row

ids = st.sampled_from(["a", "b", "c", "C1|1.5"])
documents = st.dictionaries(st.sampled_from("xyz"), st.integers(0, 3) | st.just([1]), max_size=3)
small = st.integers(0, 3)


class StockTable(Table):
    document_id_class = str  # type: ignore[assignment]


class StockDatabase(TinyDB):
    table_class = StockTable


def grow(document):
    """Change a document in place, and deeply, as TinyDB lets its callers do."""
    document["x"] = document.get("x", 0)
    document.setdefault("list", []).append(1)


operations = st.one_of(
    st.tuples(st.just("insert"), ids, documents),
    st.tuples(st.just("insert_multiple"), st.lists(st.tuples(ids, documents), max_size=3)),
    st.tuples(st.just("upsert"), ids, documents),
    st.tuples(st.just("update"), documents, st.none() | small),
    st.tuples(st.just("update_ids"), documents, st.lists(ids, max_size=3, unique=True)),
    st.tuples(st.just("grow"), small),
    st.tuples(st.just("remove"), small),
    st.tuples(st.just("remove_ids"), st.lists(ids, max_size=3, unique=True)),
    st.tuples(st.sampled_from(["search", "count", "get", "contains"]), small),
    st.tuples(st.just("get_id"), ids),
    st.tuples(st.sampled_from(["truncate", "all", "len", "drop_table", "drop_tables"])),
)


def perform(database: Any, operation: tuple) -> object:
    """Perform an operation through TinyDB's public API, and return its answer or its refusal."""
    table = database.table("things")
    act: dict[str, Any] = {
        "insert": lambda one, doc: table.insert(Document(doc, one)),
        "insert_multiple": lambda docs: table.insert_multiple(
            [Document(doc, one) for one, doc in docs]
        ),
        "upsert": lambda one, doc: table.upsert(Document(doc, one)),
        "update": lambda doc, x: table.update(doc, None if x is None else where("x") == x),
        "update_ids": lambda doc, some: table.update(doc, doc_ids=some),
        "grow": lambda x: table.update(grow, where("x") == x),
        "remove": lambda x: table.remove(where("x") == x),
        "remove_ids": lambda some: table.remove(doc_ids=some),
        "search": lambda x: table.search(where("x") == x),
        "count": lambda x: table.count(where("x") == x),
        "get": lambda x: table.get(where("x") == x),
        "contains": lambda x: table.contains(where("x") == x),
        "get_id": lambda one: table.get(doc_id=one),
        "truncate": table.truncate,
        "all": table.all,
        "len": lambda: len(table),
        "drop_table": lambda: database.drop_table("things"),
        "drop_tables": database.drop_tables,
    }
    try:
        return act[operation[0]](*operation[1:])
    except ValueError as refusal:
        return str(refusal)


@given(st.lists(operations, max_size=20))
@example([("insert", "a", {}), ("search", 0), ("update", {"x": 0}, None), ("search", 0)])
def test_it_answers_as_tinydb_does(steps):
    """Whatever is done, both answer the same and hold the same in the same order."""
    rows: list[Row] = []
    storage = LiveStorage({}, rows.append)
    ours, stock = Database(storage), StockDatabase(storage=MemoryStorage)
    replayed: dict[str, Any] = {}
    for step in steps:
        assert perform(ours, step) == perform(stock, step)
        assert list(ours.table("things")) == list(stock.table("things"))
        for _, document_id, old, new in rows:
            assert replayed.pop(document_id, None) == old
            if new is not None:
                replayed[document_id] = new
        rows.clear()
    assert replayed == storage.tables.get("things", {})


def test_one_document_costs_one_row():
    """However many documents there are, changing one is noted as one."""
    rows: list[Row] = []
    things = {str(number): {"x": number} for number in range(1000)}
    storage = LiveStorage({"things": things}, rows.append)
    Database(storage).table("things").update({"x": -1}, doc_ids=["7"])  # type: ignore[list-item]
    assert rows == [("things", "7", {"x": 7}, {"x": -1})]
