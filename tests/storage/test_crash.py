"""A process that is killed at any moment has lost nothing that it said was stored."""

import random
import subprocess
import sys
from pathlib import Path

from tests.storage.committer import THREADS, opened
from tests.storage.examples import NOON

ROOT = Path(__file__).parents[2]
ROUNDS = {"tinydb": 40, "sqlite": 15, "postgresql": 12}


def test_no_kill_loses_or_halves_a_commit(fresh_url):
    """After each of many kills every reported commit is there, and each change whole or not."""
    url = fresh_url()
    rounds = ROUNDS[url.partition(":")[0]]
    chance = random.Random(20260302)
    reported = dict.fromkeys(range(THREADS), 0)
    for _ in range(rounds):
        command = [sys.executable, "-m", "tests.storage.committer", url]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as process:
            assert process.stdout
            lines = [process.stdout.readline() for _ in range(chance.randrange(300))]
            process.kill()
            lines += process.stdout.read().splitlines(keepends=True)
        assert process.returncode == -9
        for line in lines:
            if line.endswith(b"\n"):
                thread, number = map(int, line.split())
                reported[thread] = max(reported[thread], number)
        check(url, reported)
    assert min(reported.values()) > rounds


def check(url: str, reported: dict[int, int]) -> None:
    """See every reported commit, and each change whole or not at all."""
    store = opened(url)
    for thread, number in reported.items():
        one = f"c{thread}"
        conversation = store.conversation(one)
        stored = conversation.version if conversation else 0
        assert stored >= number, "a reported commit is lost"
        if conversation:
            assert conversation.last_key == store.fact(one) == str(stored)
            (promise,) = store.promises_in(one)
            assert promise.words == str(promise.version) == str(stored)
            entry = store.entry(one, f"{stored % 5}.0")
            assert entry
            assert entry.excerpt == str(stored)
            waiting = [out.to for out in store.outbox() if out.id.startswith(f"{one}.")]
            assert waiting == [str(stored)]
    looked_at = {promise.id for promise in store.promises_due(NOON, 9)}
    assert looked_at == {promise.id for promise in store.owed() if promise.version % 2}
    store.close()
