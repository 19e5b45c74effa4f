"""What the file and the journal look like, and how everything is read from them again.

Only the last line of a journal can be spoilt by a crash, and nobody was told that it is stored: it
is left out. Whatever else is wrong was not our doing, so it is named and nothing is touched.
"""

from __future__ import annotations

import json
import logging
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zlib import crc32

import orjson

from bot.core.refusals import StoreFailed
from bot.core.values import value
from storage import disk
from storage.records import VERSION, Record
from storage.tables import Tables

META = "meta"

Changes = dict[str, dict[str, Any]]
"""By table and id the document as it now is; None where it was removed."""
Written = dict[str, dict[str, bytes]]
"""The same, each as `written` returns it."""

_LINE = re.compile(rb'\{"crc":"([0-9a-f]{8})",("seq":([0-9]+),"tables":(.*)\})\n', re.DOTALL)
_START = re.compile(rb'\{"crc":"[0-9a-f]{8}","seq":[0-9]+,"tables":')
_CURE = (
    "Nothing was touched. Put a copy from a backup in its place, or move both away to begin anew"
)

_encode = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode
_log = logging.getLogger(__name__)


@value
class Stored:
    tables: Tables
    seq: int
    """The number of the last line, whether it is in the journal still or in the file."""
    file_size: int | None
    journal_size: int


def written(document_id: str, document: Record | None) -> bytes:
    """Write down one change of a line: at once, while the document is in the processor's cache."""
    change = {document_id: document}
    try:
        return orjson.dumps(change)[1:-1]
    except orjson.JSONEncodeError:  # it takes no half of a character, which Slack may send
        return _encode(change).encode()[1:-1]


def line(seq: int, changes: Written) -> bytes:
    tables = [b'"%b":{%b}' % (one.encode(), b",".join(changes[one].values())) for one in changes]
    body = b'"seq":%d,"tables":{%b}}' % (seq, b",".join(tables))
    return b'{"crc":"%08x",%b\n' % (crc32(body), body)


def file(tables: Tables, seq: int) -> Iterator[bytes]:
    """Write all tables down, a document a line."""
    meta = {"1": {"version": VERSION, "seq": seq}}
    yield b'{"%b":%b' % (META.encode(), _encode(meta).encode())
    for name, documents in tables.items():
        yield b",\n%b:{" % _encode(name).encode()
        comma = b"\n"
        for document_id, document in documents.items():
            yield b"%b%b:%b" % (comma, _encode(document_id).encode(), _encode(document).encode())
            comma = b",\n"
        yield b"}"
    yield b"}\n"


def recover(path: Path, journal: Path) -> Stored:
    content, log = disk.read(path), disk.read(journal) or b""
    if content is None and log:
        raise StoreFailed(f"{path} is missing, and {journal} goes on from it. {_CURE}.")
    tables, seq = ({}, 0) if content is None else _parse(path, content)
    for number, changes in _lines(journal, log):
        if number > seq + 1:
            raise StoreFailed(f"{journal} does not go on from {path}: lines are missing. {_CURE}.")
        if number > seq:
            _apply(tables, changes)
            seq = number
    size = None if content is None else len(content)
    return Stored(tables=tables, seq=seq, file_size=size, journal_size=len(log))


def _parse(path: Path, content: bytes) -> tuple[Tables, int]:
    try:
        tables = json.loads(content)
        meta = tables.pop(META)["1"]
        version, seq = int(meta["version"]), int(meta["seq"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        fault = f"{path} is damaged, or not Heard's ({type(error).__name__}). {_CURE}."
        raise StoreFailed(fault) from error
    if version > VERSION:
        raise StoreFailed(
            f"{path} was written by a newer Heard (format {version}, and this one knows up to "
            f"{VERSION}). Nothing was touched. Run that one, or name another file for this one."
        )
    if not all(map(_is_table, tables.values())):
        raise StoreFailed(f"{path} is damaged: it holds something that is no table. {_CURE}.")
    return tables, seq


def _is_table(value: Any) -> bool:  # noqa: ANN401 - a file may hold anything
    return isinstance(value, dict) and all(isinstance(one, dict) for one in value.values())


def _lines(journal: Path, log: bytes) -> Iterator[tuple[int, Changes]]:
    start, before = 0, None
    while start < len(log):
        end = log.find(b"\n", start) + 1 or len(log)
        found = _LINE.fullmatch(log, start, end)
        if not found or int(found[1], 16) != crc32(found[2]):
            # A start inside of it: two lines have run into one, and the first was stored.
            if end < len(log) or _START.search(log, start + 1):
                raise StoreFailed(f"{journal} is damaged at byte {start}. {_CURE}.")
            _log.warning("%s ended in a change cut short by a crash, left out", journal)
            return
        number = int(found[3])
        if before is not None and number != before + 1:
            raise StoreFailed(f"{journal} lacks a line at byte {start}. {_CURE}.")
        yield number, json.loads(found[4], object_pairs_hook=_shared)
        start, before = end, number


def _shared(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Make a dictionary whose keys take memory once, however many lines they are in."""
    return {sys.intern(key): value for key, value in pairs}


def _apply(tables: Tables, changes: Changes) -> None:
    for name, documents in changes.items():
        table = tables.setdefault(name, {})
        for document_id, document in documents.items():
            if document is None:
                table.pop(document_id, None)
            else:
                table[document_id] = document
