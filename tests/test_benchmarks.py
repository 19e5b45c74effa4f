"""The benchmarks can be run; how fast anything is, no test asserts."""

import re
import subprocess
import sys

from tests.local import ROOT


def test_the_benchmarks_print_their_ratios():
    """A quick run of some prints a line for each thing measured, with what was found."""
    run = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks", "--quick", "handling", "listeners"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    found = re.findall(r"^(.+ CPU to .+?)  +[\d.]+ +[\d.]+\.\.[\d.]+", run.stdout, re.MULTILINE)
    assert len(found) == 3, run.stdout
    assert re.search(r"^fsyncs a message, one in flight +1 ", run.stdout, re.MULTILINE)


def test_a_benchmark_that_is_not_there_is_named():
    """A name that was mistyped does not look as if everything had been measured."""
    run = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks", "handlin"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 2
    assert "handlin" in run.stderr
