"""A real PostgreSQL of the tests' own: on a private port and folder, as an ordinary user."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest

from tests.local import eventually

PASSWORD = "s3cret/p@ss"
CONFIGURATION = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "200",
}


class Server:
    """Starts and stops as often as a test likes, and keeps what is in it."""

    def __init__(self, programs: Path, folder: Path, settings: dict[str, str]) -> None:
        self._programs = programs
        self._settings = {**CONFIGURATION, **settings}
        self._data = folder / "data"
        self._folder = folder
        self._numbers = count(1)
        self._process: subprocess.Popen[bytes] | None = None
        self.port = _free_port()
        (folder / "password").write_text(PASSWORD)
        if os.getuid() == 0:
            for path in (folder, folder / "password"):
                shutil.chown(path, "nobody")
        made = self._run("initdb", "-D", self._data, "-U", "heard", "-A", "scram-sha-256")
        assert made.wait() == 0, self.log
        self.start()

    @property
    def process(self) -> int:
        """The id of its main process, which has one child for each connection."""
        assert self._process
        return self._process.pid

    @property
    def log(self) -> str:
        return (self._folder / "log").read_text(errors="replace")

    def start(self) -> None:
        settings = {**self._settings, "port": str(self.port)}
        options = [f"-c{name}={value}" for name, value in settings.items()]
        self._process = self._run("postgres", "-D", self._data, *options)
        eventually(self._answers, 30, "the start of PostgreSQL")

    def stop(self) -> None:
        """Stop at once, whoever is connected."""
        if self._process:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait()
            self._process = None

    def url(self, database: str = "postgres", schema: str = "") -> str:
        options = f"?options=-csearch_path%3D{schema}" if schema else ""
        place = f"127.0.0.1:{self.port}/{database}"
        return f"postgresql://heard:{quote(PASSWORD, safe='')}@{place}{options}"

    def fresh_url(self) -> str:
        """Name a schema in which there is nothing: it is made sooner than a whole database."""
        name = f"heard_{next(self._numbers)}"
        self.execute(f"CREATE SCHEMA {name}")
        return self.url(schema=name)

    def execute(self, statement: str) -> None:
        with psycopg.connect(self.url(), autocommit=True, connect_timeout=5) as connection:
            connection.execute(statement.encode())

    def _answers(self) -> bool:
        assert self._process
        assert self._process.poll() is None, self.log
        try:
            self.execute("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    def _run(self, program: str, *arguments: str | Path) -> subprocess.Popen[bytes]:
        """Start a program as an ordinary user; it ends with us, however we end."""
        ordinary = ["setpriv", "--pdeathsig=QUIT"]
        if os.getuid() == 0:
            group = str(pwd.getpwnam("nobody").pw_gid)
            ordinary += ["--reuid=nobody", f"--regid={group}", "--clear-groups"]
        if program == "initdb":
            arguments = (*arguments, f"--pwfile={self._folder / 'password'}", "--no-sync")
        with (self._folder / "log").open("ab") as log:
            return subprocess.Popen(
                [*ordinary, self._programs / program, *arguments],
                cwd=self._folder,
                env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
                stdout=log,
                stderr=log,
            )


def installed() -> Path | None:
    """Return where the programs of the newest PostgreSQL are, if there is one."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_version)
    programs = found[-1].parent if found else Path(shutil.which("initdb") or "nowhere").parent
    return programs if (programs / "postgres").exists() and shutil.which("setpriv") else None


@contextmanager
def running(programs: Path, **settings: str) -> Iterator[Server]:
    with tempfile.TemporaryDirectory(prefix="heard-postgres-") as folder:
        server = Server(programs, Path(folder), settings)
        try:
            yield server
        finally:
            server.stop()


@contextmanager
def postgres() -> Iterator[Server]:
    """Run a server; where there is none to run, skip the test, or fail it in CI."""
    programs = installed()
    if programs is None:
        reason = "PostgreSQL is not installed: sudo apt-get install postgresql"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with running(programs, fsync="off") as server:  # the processes are killed, never the machine
        yield server


def _version(program: Path) -> int:
    name = program.parts[4]
    return int(name) if name.isdecimal() else 0


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port
