"""A store is named by a URL."""

import subprocess
import sys
from pathlib import Path

import pytest

from storage import open_store
from tests.storage.examples import put, said

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("absolute", [True, False])
def test_a_url_names_a_file(tmp_path, monkeypatch, absolute):
    """Three slashes name it from the folder in which Heard is started, four in full."""
    monkeypatch.chdir(tmp_path)
    store = open_store(f"tinydb:///{tmp_path if absolute else ''}{'/' if absolute else ''}a/b.json")
    put(store, said())
    store.close()
    assert (tmp_path / "a" / "b.json").is_file()


@pytest.mark.parametrize(
    "url", ["", "heard.json", "tinydb:heard.json", "tinydb://host/x", "tinydb:///", "sqlite:///x"]
)
def test_another_url_is_refused_with_what_is_understood(url):
    """Whoever mistypes it reads what can be written instead."""
    with pytest.raises(ValueError, match="tinydb:///heard"):
        open_store(url)


def test_tinydb_is_imported_for_who_uses_it():
    """Naming the package loads no store."""
    script = "import sys, storage; sys.exit('tinydb' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False).returncode == 0
