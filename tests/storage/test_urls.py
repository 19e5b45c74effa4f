"""A store is named by a URL."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot.core.refusals import StoreFailed
from storage import open_store
from tests.storage.examples import put, said

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("kind", ["tinydb", "sqlite"])
@pytest.mark.parametrize("absolute", [True, False])
def test_a_url_names_a_file(tmp_path, monkeypatch, kind, absolute):
    """Three slashes name it from the folder in which Heard is started, four in full."""
    monkeypatch.chdir(tmp_path)
    store = open_store(f"{kind}:///{tmp_path if absolute else ''}{'/' if absolute else ''}a/b.c")
    put(store, said())
    store.close()
    assert (tmp_path / "a" / "b.c").is_file()


@pytest.mark.parametrize(
    "url",
    [
        "",
        "heard.json",
        "tinydb:heard.json",
        "tinydb://host/x",
        "tinydb:///",
        "sqlite:///",
        "sqlite://x",
        "postgresql://host",
        "postgresql://host/",
        "mysql://heard:secret/@host/heard",
    ],
)
def test_another_url_is_refused_with_what_is_understood(url):
    """Whoever mistypes it reads what can be written instead, and never a password."""
    with pytest.raises(ValueError, match=r"tinydb:///heard.*sqlite:///heard.*postgresql://") as no:
        open_store(url)
    assert "secret" not in str(no.value)


def test_an_odd_address_is_not_quoted():
    """A port that is none may be the end of a password."""
    with pytest.raises(StoreFailed, match="%40 for @") as failure:
        open_store("postgresql://heard:pass:s3cret/heard")
    assert "s3cret" not in str(failure.value)


def test_a_database_is_imported_for_who_uses_it():
    """Naming the package loads no store, and another store no SQLAlchemy."""
    script = (
        "import sys, storage; assert 'tinydb' not in sys.modules; import storage.tiny;"
        "sys.exit('sqlalchemy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False).returncode == 0


@pytest.mark.parametrize(
    ("url", "lacking"),
    [("sqlite:///heard.db", "sqlalchemy"), ("postgresql://host/heard", "psycopg")],
)
def test_what_is_not_installed_is_named_with_its_cure(url, lacking):
    """Whoever has not installed the extra reads how to, from the settings and from the store."""
    script = f"""
import sys
sys.modules[{lacking!r}] = None  # as if it was not there
from bot.config import ConfigError, Settings
from bot.core.refusals import StoreFailed
from bot.core.refusals import StoreFailed
from storage import open_store
try:
    Settings.from_env({{"DATABASE_URL": {url!r}}})
except ConfigError as error:
    print(error)
try:
    open_store({url!r})
except StoreFailed as error:
    print(error)
"""
    run = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, check=False, capture_output=True, text=True
    )
    cure = f"{lacking} is not installed: pip install '.[sql]' in Heard's folder"
    told = [f"DATABASE_URL names a database, and {cure}.", cure]
    assert run.stdout.splitlines() == told, run.stderr
