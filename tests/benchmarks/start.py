"""How soon the bot is connected, and how much memory it takes then, compared to a bare one."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from threading import Event

from tests.benchmarks import loading
from tests.benchmarks.ratios import spread
from tests.benchmarks.table import Row, Scale
from tests.local import ROOT, SETTINGS

SETTLED = 1.5
"""Seconds after which a bot that has connected is at rest."""


@dataclass(frozen=True, slots=True)
class Started:
    seconds: float
    megabytes: float


def rows(scale: Scale) -> Iterator[Row]:
    bare, ours = [], []
    with loading.slack() as slack:
        for _ in range(scale.processes):
            bare.append(started(slack, ["tests.benchmarks.bare", slack.api]))
            ours.append(started(slack, ["bot", "run"]))
    pairs = list(zip(bare, ours, strict=True))
    costs = f"{median(b.seconds for b in bare):.2f} / {median(o.seconds for o in ours):.2f} s"
    ratios = spread([our.seconds / its.seconds for its, our in pairs])
    yield Row("until connected: to a bare Bolt bot", ratios, "1.5", costs)
    costs = f"{median(b.megabytes for b in bare):.0f} / {median(o.megabytes for o in ours):.0f} MB"
    ratios = spread([our.megabytes / its.megabytes for its, our in pairs])
    yield Row("memory at rest: to a bare Bolt bot", ratios, "1.5", costs)


def started(slack: loading.Slack, command: list[str], url: str = "") -> Started:
    """Start a bot, on the store that a URL names if there is one."""
    with TemporaryDirectory() as folder:
        environment = {
            **SETTINGS,
            "PATH": os.environ.get("PATH", ""),
            "PYTHONPATH": str(ROOT),
            "SLACK_API_URL": slack.api,
            "DATABASE_URL": url or f"tinydb:///{Path(folder) / 'heard.json'}",
        }
        begun = time.perf_counter()
        with subprocess.Popen(
            [sys.executable, "-m", *command],
            cwd=folder,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as process:
            try:
                slack.hears()
                seconds = time.perf_counter() - begun
                Event().wait(SETTLED)
                return Started(seconds, _memory(process.pid))
            finally:
                process.terminate()


def _memory(process: int) -> float:
    """Return the megabytes that a process holds."""
    answer = subprocess.run(
        ["ps", "-o", "rss=", "-p", str(process)], capture_output=True, check=True, text=True
    )
    return int(answer.stdout) / 1024
