"""What every store promises to many threads at once."""

from dataclasses import replace

from bot.core.model import State, Wait
from bot.core.refusals import Stale
from tests.storage.examples import NOON, channel, conversation, in_threads, outgoing, put, said


def test_no_thread_loses_what_another_did(store):
    """Of changes made to one conversation at the same time none is lost, and one sees one's own."""
    put(store, conversation(waiting=0))

    def chase(number):
        for step in range(20):
            while True:
                seen = store.conversation("c1")
                wait = Wait(since=NOON, ts="1.0", by="UC", chases=seen.wait.chases + 1)
                mine = said(ts=f"{number}.{step}")
                try:
                    put(store, replace(seen, wait=wait), mine)
                except Stale:
                    continue
                break
            assert store.conversation("c1").version > seen.version
            assert store.entry("c1", mine.key) == mine

    in_threads(10, chase)
    assert store.conversation("c1").wait.chases == 200
    assert store.conversation("c1").version == 201
    assert len(store.log("c1")) == 200


def test_reading_while_others_write_sees_whole_changes(store):
    """Whoever looks meanwhile sees a conversation in one table, and both halves of a change."""
    put(store, conversation(waiting=1), channel())

    def work(number):
        for step in range(100):
            if number:
                assert store.conversation("c1") is not None
                assert all(one.wait for one in store.waiting("C1"))
                store.due(NOON, 5)
                store.outbox()
                continue
            seen = store.conversation("c1")
            state = State.RESOLVED if seen.state is State.WAITING else State.WAITING
            put(store, replace(seen, state=state, due_at=NOON), outgoing(f"o{step}"))

    in_threads(4, work)
    assert store.conversation("c1").version == 101
    assert len(store.outbox()) == 100
