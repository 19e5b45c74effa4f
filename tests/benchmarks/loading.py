"""The other end of `load.py`: starts it, tells it what to send, and hears what it says."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from queue import SimpleQueue
from threading import Thread

from tests.local import ROOT, Json

PATIENCE = 30


class Slack:
    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._heard: SimpleQueue[str] = SimpleQueue()
        Thread(target=self._listen, daemon=True).start()
        self.api = f"http://127.0.0.1:{self.hears()['port']}/api/"

    def hears(self) -> Json:
        """Return the next thing it says; raises queue.Empty where it says nothing for long."""
        fact: Json = json.loads(self._heard.get(timeout=PATIENCE))
        return fact

    def sends(self, bot: str, number: int, first: int) -> None:
        """Send messages to a bot; returns once all of them are acknowledged."""
        assert self._process.stdin
        self._process.stdin.write(f"{bot} {number} {first}\n")
        self._process.stdin.flush()
        assert "seconds" in self.hears()

    def _listen(self) -> None:
        assert self._process.stdout
        for line in self._process.stdout:
            self._heard.put(line)


@contextmanager
def slack() -> Iterator[Slack]:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks.load"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield Slack(process)
        finally:
            process.kill()
