"""The benchmarks: `python -m tests.benchmarks [--quick | --write] [NAME …]`, all without a name.

Trust the ratios, taken in one run, and no absolute figure alone. Nothing fails because it is slow.
"""

from __future__ import annotations

import argparse
import logging
import time
from importlib import import_module

from tests.benchmarks import document
from tests.benchmarks.table import FULL, QUICK, heading, lines

NAMES = (
    "handling",
    "growth",
    "sockets",
    "listeners",
    "ticks",
    "databases",
    "reading",
    "calls",
    "start",
    "stores",
    "due",
    "memory",
    "replays",
)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(NAMES)}")
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--quick", action="store_true", help="less of everything, and less exact")
    how.add_argument("--write", action="store_true", help="put the tables into docs/scaling.md")
    arguments = parser.parse_args()
    if unknown := set(arguments.names) - set(NAMES):
        parser.error(f"no benchmark is named {', '.join(sorted(unknown))}")
    logging.disable(logging.WARNING)  # no connection is to be written about
    scale, start = QUICK if arguments.quick else FULL, time.perf_counter()
    print(heading(), flush=True)
    for name in arguments.names or NAMES:
        benchmark = import_module(f"tests.benchmarks.{name}")
        if hasattr(benchmark, "rows"):
            for line in lines(benchmark.rows(scale)):
                print(line, flush=True)
            continue
        for table in benchmark.tables(scale):
            print(f"\n{table}\n", flush=True)
            if arguments.write:
                document.write([table])
    print(f"\n{time.perf_counter() - start:.0f} s; the no-op is Bolt's App with its defaults.")


if __name__ == "__main__":
    main()
