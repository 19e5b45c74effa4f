"""A process for the tests to kill: commits as fast as it can, and reports each commit on stdout.

Each of its threads has a conversation, an entry, a promise, an outgoing message and a fact, which
every commit of it changes together and numbers alike.
"""

import os
import sys
from dataclasses import replace
from pathlib import Path
from threading import Thread

from bot.core.model import Change, State
from bot.core.ports import Store
from storage import open_store
from storage.tiny import TinyStore
from tests.storage.examples import NOON, conversation, outgoing, promise, said

THREADS = 4
FOLD_AFTER = 5000  # about every twentieth commit


def opened(url: str) -> Store:
    """Open a store, one in a file so that it folds again and again."""
    scheme, _, path = url.partition(":///")
    return TinyStore.in_file(Path(path), FOLD_AFTER) if scheme == "tinydb" else open_store(url)


def commit_forever(store: Store, thread: int) -> None:
    one = f"c{thread}"
    while True:
        seen = store.conversation(one) or conversation(one)
        owed = store.promise(one) or promise(one, conversation=one)
        number = seen.version + 1
        state = State.RESOLVED if number % 3 else State.ANSWERED  # moves between tables
        change = Change(
            conversations=(replace(seen, state=state, last_key=str(number)),),
            promises=(replace(owed, words=str(number), wake_at=NOON if number % 2 else None),),
            entries=(said(one, f"{number % 5}.0", excerpt=str(number)),),
            outbox=(outgoing(f"{one}.{number}", to=str(number)),),
            sent=(f"{one}.{number - 1}",),
            facts=((one, str(number)),),
        )
        store.commit(change)
        os.write(1, b"%d %d\n" % (thread, number))


if __name__ == "__main__":
    store = opened(sys.argv[1])
    for index in range(THREADS):
        Thread(target=commit_forever, args=(store, index)).start()
