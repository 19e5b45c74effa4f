"""The benchmarks can be run; how fast anything is, no test asserts."""

import re
import subprocess
import sys

import pytest

from storage.sql.postgres import CONNECTIONS
from tests.benchmarks import due, memory, replays, stores
from tests.benchmarks.document import SCALING, Table, write
from tests.benchmarks.table import FULL
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


@pytest.mark.parametrize("benchmark", [stores, due, memory, replays])
def test_the_scaling_page_has_the_tables_of_the_benchmarks(benchmark):
    """Each table is there once, under the head that a full run prints and replaces."""
    title = Table(benchmark.head(FULL), ()).title
    assert SCALING.read_text(encoding="utf-8").splitlines().count(title) == 1


def test_the_scaling_page_counts_the_connections():
    """Who sets max_connections reads how many a process opens at most: both its pools, full."""
    most = 2 * (CONNECTIONS["pool_size"] + CONNECTIONS["max_overflow"])
    assert f"each process opens up to {most} to the database" in SCALING.read_text(encoding="utf-8")


def test_a_table_takes_the_place_of_the_one_with_its_head(tmp_path):
    """All else on the page stays as it was."""
    path = tmp_path / "page.md"
    path.write_text("# Page\n\n| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |\n\nMore.\n")
    write([Table(("a", "b"), (("5", "6"),))], path)
    assert path.read_text() == "# Page\n\n| a | b |\n|---|---|\n| 5 | 6 |\n\nMore.\n"


def test_the_month_can_be_replayed():
    """A quick run prints the table of the replay, with figures for each kind of workspace."""
    run = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks", "--quick", "replays"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert re.search(r"^\| late, p99 \|( [\d.]+ s \|){4}$", run.stdout, re.MULTILINE), run.stdout
