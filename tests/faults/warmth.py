"""Imported by the process that others are forked from: does once what is slow the first time."""

import gc
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg  # noqa: F401 - else each process would load it anew

from storage import open_store
from tests.faults.recording import Recorder
from tests.local import BEN, DANA, answering, message, office, stamp


def now() -> datetime:
    return datetime.now(UTC)


def work(url: str) -> None:
    with answering(Recorder(now)) as slack:
        store = open_store(url)
        heard = office(f"{slack.url}api/", now, store, HEARD_NUDGE_AFTER="0.000001s")
        question = stamp(now())
        heard.hears(message(DANA, "Where is it?", question))
        heard.delivers()
        heard.hears(message(BEN, "I'll send it tomorrow", stamp(now()), thread_ts=question))
        heard.delivers()
        store.close()


with TemporaryDirectory() as folder:
    for scheme in ("tinydb", "sqlite"):
        work(f"{scheme}:///{Path(folder) / scheme}")
gc.freeze()  # else each process would copy it all to look through it
