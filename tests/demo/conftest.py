"""The demo as a visitor starts it: `python -m bot demo`, on any port that is free."""

import os
import re
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.local import ROOT


@dataclass
class Running:
    url: str
    process: subprocess.Popen
    log: Path

    def stops(self):
        """Press Ctrl-C; return the exit code and all that was logged."""
        self.process.send_signal(signal.SIGINT)
        code = self.process.wait(20)
        return code, self.log.read_text(encoding="utf-8")


@pytest.fixture
def started(tmp_path):
    """The demo, with the bot in it, and its story as it is on opening."""
    log = tmp_path / "demo.log"
    plain = {name: value for name, value in os.environ.items() if not name.startswith("HEARD_")}
    with (
        log.open("w", encoding="utf-8") as errors,
        subprocess.Popen(
            [sys.executable, "-W", "error", "-m", "bot", "demo", "--no-browser", "--port", "0"],
            cwd=ROOT,
            env=plain,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        ) as process,
    ):
        try:
            lines = process.stdout or ()
            address = next(found[0] for line in lines if (found := re.findall(r"http://\S+", line)))
            yield Running(address, process, log)
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGINT)
