"""TinyDB's tables, kept in memory, which note each change instead of writing everything anew."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, MutableMapping
from copy import deepcopy
from functools import cached_property, partial
from typing import Any

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Table

from storage.records import Record

Tables = dict[str, dict[str, Record]]
Row = tuple[str, str, Record | None, Record | None]
"""A table's name, a document's id, and the document before and after; None where there is none.

A document is never changed in place, so a row keeps its word, and a copy of a table may be shallow.
"""


class LiveStorage(Storage):
    """Holds the tables, and tells of each change once they show it."""

    def __init__(self, tables: Tables, tell: Callable[[Row], object]) -> None:
        self.tables = tables
        self._tell = tell

    def read(self) -> Tables:
        """Return the documents themselves, and a list of the tables that TinyDB may take apart."""
        return dict(self.tables)

    def write(self, data: Tables) -> None:
        for name in {**self.tables, **data}:
            old, new = self.tables.get(name, {}), data.get(name, {})
            for document_id in {**old, **new}:
                self.put(name, document_id, new.get(document_id))

    def put(self, table: str, document_id: str, new: Record | None) -> None:
        documents = self.tables.setdefault(table, {})
        old = documents.get(document_id)
        if old == new:
            return
        if new is None:
            del documents[document_id]
        else:
            documents[document_id] = new
        self._tell((table, document_id, old, new))

    def snapshot(self) -> Tables:
        return {name: dict(documents) for name, documents in self.tables.items()}


class LiveTable(Table):
    """Touches one document for one document's change, where TinyDB's own copies the table twice.

    `record` and `put` are bound once: each message calls them a dozen times.
    """

    document_id_class = str  # type: ignore[assignment]
    _storage: LiveStorage

    @cached_property
    def record(self) -> Callable[[str], Record | None]:
        """Returns the document of an id, which is not to be changed."""
        return self._documents.get

    def records(self, document_ids: Iterable[str]) -> list[Record]:
        documents = self._documents
        return [documents[one] for one in document_ids if one in documents]

    def ids(self) -> Collection[str]:
        return self._documents

    @cached_property
    def put(self) -> Callable[[str, Record | None], None]:
        """Inserts or replaces a document, which is not to be changed from now on; None removes."""
        return partial(self._storage.put, self._name)

    @cached_property
    def _documents(self) -> dict[str, Record]:
        return self._storage.tables.setdefault(self._name, {})

    def _read_table(self) -> dict[str, Mapping[Any, Any]]:
        return self._documents  # type: ignore[return-value]

    def _update_table(self, updater: Callable[[Any], None]) -> None:
        draft = _Draft(self._documents)
        updater(draft)
        for document_id, document in draft.touched.items():
            self.put(document_id, document)


class Database(TinyDB):
    table_class = LiveTable

    def __init__(self, storage: LiveStorage) -> None:
        super().__init__(storage=lambda: storage)
        self._live = storage

    def table(self, name: str, **options: Any) -> Table:  # noqa: ANN401 - as TinyDB has it
        """Return a table that keeps no results of searches: each change would outdate them."""
        return super().table(name, **{"cache_size": 0, **options})

    def live(self, name: str) -> LiveTable:
        self._live.tables.setdefault(name, {})
        table = self.table(name)
        assert isinstance(table, LiveTable)  # noqa: S101 - by `table_class` above
        return table


class _Draft(MutableMapping[str, Record]):
    """A table while TinyDB changes it: hands out copies, and remembers of which."""

    def __init__(self, stored: dict[str, Record]) -> None:
        self._stored = stored
        self.touched: dict[str, Record | None] = {}

    def __getitem__(self, document_id: str) -> Record:
        if document_id not in self.touched:
            self.touched[document_id] = deepcopy(self._stored[document_id])
        document = self.touched[document_id]
        if document is None:
            raise KeyError(document_id)
        return document

    def __setitem__(self, document_id: str, document: Record) -> None:
        self.touched[document_id] = document

    def __delitem__(self, document_id: str) -> None:
        if document_id not in self:
            raise KeyError(document_id)
        self.touched[document_id] = None

    def __contains__(self, document_id: object) -> bool:
        if document_id in self.touched:
            return self.touched[str(document_id)] is not None
        return document_id in self._stored

    def __iter__(self) -> Iterator[str]:
        return (one for one in {**self._stored, **self.touched} if one in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def clear(self) -> None:
        self.touched = dict.fromkeys(self._stored)
