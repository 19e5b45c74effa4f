"""Which way the arrows point: `handlers -> bot.core <- storage`, read from the imports."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.core import readers

ROOT = Path(__file__).parents[1]
SLACK = {"slack_bolt", "slack_sdk"}
ALLOWED = {  # folder: which modules it may import besides the standard library, by their beginnings
    "bot/core": {"bot.core", "dateparser"},
    "bot/demo": {"bot.demo", "aiohttp"},
    "handlers": {"bot.core", "handlers", *SLACK},
    "storage": {"bot.core", "storage", "tinydb", "orjson", "sqlalchemy", "alembic"},
}
CLOCKS = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time"}
PATCHES = {"mock", "unittest.mock", "pytest_mock", "monkeypatch.setattr", "time.sleep"}


def sources(*folders: str) -> list[Path]:
    """Return all Python files in some folders."""
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


def imports(path: Path) -> Iterator[str]:
    """Yield the full name of all that a file imports, wherever in it."""
    package = path.relative_to(ROOT).parent.parts
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) + 1 - node.level] if node.level else ()
            base = ".".join((*above, *filter(None, [node.module])))
            yield from (f"{base}.{alias.name}" for alias in node.names)


def is_within(name: str, allowed: set[str]) -> bool:
    """Tell whether a dotted name is one of these, or of something in one of them."""
    return any(f"{name}.".startswith(f"{one}.") for one in allowed)


def naming(modules: set[str], *folders: str) -> set[str]:
    """Return the files that import one of these modules."""
    return {
        path.relative_to(ROOT).as_posix()
        for path in sources(*folders)
        if any(is_within(name, modules) for name in imports(path))
    }


def attributes(path: Path) -> Iterator[str]:
    """Yield all that a file takes from something, such as `time.sleep`."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute):
            yield ast.unparse(node)


def loaded() -> set[str]:
    """Return the modules that are there before Heard connects."""
    seen = "import bot.__main__, bot.serving, sys; print(*sys.modules)"
    found = subprocess.run(
        [sys.executable, "-c", seen], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(found.stdout.split())


@pytest.mark.parametrize("folder", ALLOWED)
def test_a_folder_imports_only_what_it_may(folder: str):
    """The core knows neither Slack nor the disk, those two not each other, the demo none of us."""
    found = {
        f"{path.relative_to(ROOT)} imports {name}"
        for path in sources(folder)
        for name in imports(path)
        if name.partition(".")[0] not in sys.stdlib_module_names
        and not is_within(name, ALLOWED[folder])
    }
    assert sources(folder)
    assert not found


def test_only_written_dates_need_dateparser():
    """It takes long to import and reads much that is no date: one file guards it."""
    assert naming({"dateparser"}, "bot", "handlers", "storage") == {"bot/core/timing/dates.py"}


def test_only_storage_knows_the_databases():
    """Another kind of store can be added without looking anywhere else."""
    assert not naming({"tinydb", "sqlalchemy", "alembic", "psycopg"}, "bot", "handlers")


def test_what_comes_with_an_extra_is_needed_by_one_file_each():
    """Heard starts without them; those files are imported late."""
    assert naming({"waitress"}, "bot", "handlers", "storage") == {"bot/server.py"}
    assert naming({"prometheus_client"}, "bot", "handlers", "storage") == {"bot/metrics.py"}
    assert naming({"cryptography"}, "bot", "handlers", "storage") == {"bot/vault.py"}
    assert not {"waitress", "prometheus_client", "cryptography", "sqlalchemy"} & loaded()


def test_what_reads_messages_is_not_needed_to_connect():
    """It is loaded once Heard is connected, and dateparser with the first date that is written."""
    assert not {*readers.HOMES.values(), "bot.replies", "dateparser", "dotenv"} & loaded()


def test_slack_is_spoken_at_the_edge_only():
    """Slack's libraries are named by the handlers, and where all is plugged together or checked."""
    assert naming(SLACK, "bot", "storage") <= {"bot/app.py", "bot/checkup.py"}


def test_the_core_is_told_the_time():
    """No rule looks at a clock of its own, so that every rule can be tested at any moment."""
    found = {
        f"{path.name}: {name}"
        for path in sources("bot/core")
        for name in (*attributes(path), *imports(path))
        if ".".join(name.split(".")[-2:]) in CLOCKS
    }
    assert not found


def test_nothing_is_patched_and_nothing_sleeps_in_tests():
    """Tests hand in doubles and look at what came of it; they wait for events, not for a while."""
    found = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in sources("tests")
        for name in (*attributes(path), *imports(path))
        if is_within(name, PATCHES)
    }
    assert not found
