"""The files for running Heard for good: as safe as they say, and in step with the program."""

import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from bot.__main__ import FAULTY_SETTINGS, _parser
from bot.config import Settings
from tests.deployment import compose, dockerfile, image_environment, instructions, unit
from tests.local import ROOT
from tests.web import free_port

OVER_HTTP = "gunicorn bot.wsgi:application"
LOCKS = ("requirements.txt", "requirements-server.txt", "requirements-dev.txt")


def pinned(lock: str) -> dict[str, str]:
    """Return the version of each package that a lock file names."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    return dict(re.findall(r"^([\w.-]+)==(\S+)", text, re.MULTILINE))


def test_each_lock_file_holds_the_one_before():
    """What is tested is what runs, in the container and without: the same versions everywhere."""
    base, server, dev = (pinned(lock).items() for lock in LOCKS)
    assert base
    assert base <= server <= dev


def test_the_container_has_what_servers_and_databases_need():
    """Whatever DATABASE_URL and the port for figures ask for is installed."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    needed = {
        re.split(r"[^\w-]", one)[0]
        for extra in ("http", "oauth", "sql", "server")
        for one in extras[extra]
    }
    assert needed <= set(pinned("requirements-server.txt"))


def test_the_image_is_made_of_pinned_parts():
    """A base with its version, and packages with their hashes; nothing is fetched besides."""
    for stage in dockerfile():
        assert re.match(r"python:3\.\d+-slim( |$)", stage[0].text)
        assert not [one for one in stage if one.name == "ADD"]
    runs = [one.text for stage in dockerfile() for one in stage if one.name == "RUN"]
    assert [text for text in runs if " install --no-cache-dir" in text]
    assert all("--require-hashes" in text for text in runs if " install --no-cache-dir" in text)
    assert not re.findall(r"\b(?:apt-get|apk|curl|wget|sudo)\b", "\n".join(runs))


def test_the_image_holds_all_of_heard_and_nothing_else():
    """The packages of the wheel, and the manifest that `check` reads; no .env, no tests."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    packages = project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    copied = [one.text.split()[0] for one in dockerfile()[0] if one.name == "COPY"]
    assert sorted(copied) == sorted([*packages, "manifest.json", "requirements-server.txt"])
    ignored, *sent = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()[1:]
    assert ignored == "*"
    assert sorted(one[2:] for one in sent if one.startswith("!/")) == sorted(copied)


def test_the_container_runs_as_nobody_special():
    """A user without rights, by number, so that whoever runs it can see that it is not root."""
    (user,) = instructions("USER")
    number, group = user.text.split(":")
    assert int(number) == int(group) > 1000
    (made,) = [one.text for one in instructions("RUN") if "useradd" in one.text]
    assert f"--uid {number}" in made
    assert f"--gid {group}" in made


def test_the_container_writes_to_its_volume_alone():
    """The store is kept in /data, and nothing else is written."""
    (volume,) = instructions("VOLUME")
    environment = image_environment()
    assert environment["DATABASE_URL"].startswith(f"tinydb:///{volume.text}/")
    assert environment["PYTHONDONTWRITEBYTECODE"]
    assert "--no-control-socket" in environment["GUNICORN_CMD_ARGS"]


def test_the_image_says_what_heard_understands():
    """What is set in the image are settings, and what it runs is a command."""
    given = image_environment()
    settings = Settings.from_env(given)
    assert settings.metrics_port == int(given["HEARD_METRICS_PORT"])
    (command,) = instructions("CMD")
    assert command.command[:3] == ["python", "-m", "bot"]
    assert _parser().parse_args(command.command[3:]).command == "run"
    (port,) = instructions("EXPOSE")
    assert f":{port.text}" in given["GUNICORN_CMD_ARGS"]


@pytest.mark.parametrize(("port", "code"), [("", 0), (str(free_port()), 1)])
def test_the_health_check_asks_where_there_is_somebody_to_ask(port: str, code: int):
    """It fails where nobody answers, and not where no port for figures is wanted."""
    (check,) = instructions("HEALTHCHECK")
    run = [sys.executable, *check.command[1:]]
    asked = subprocess.run(
        run, env={"HEARD_METRICS_PORT": port}, capture_output=True, check=False, timeout=20
    )
    assert asked.returncode == code


@pytest.mark.skipif(not shutil.which("hadolint"), reason="hadolint is not installed")
def test_hadolint_likes_the_dockerfile():
    """A linter that knows more about Dockerfiles than these tests do has nothing to say."""
    looked = subprocess.run(
        ["hadolint", ROOT / "Dockerfile"], capture_output=True, text=True, check=False
    )
    assert looked.returncode == 0, looked.stdout


def test_compose_keeps_heard_in_its_place():
    """No rights, nothing to write to but what goes with the container, and time to end."""
    heard = compose()["services"]["heard"]
    assert heard["read_only"]
    assert heard["tmpfs"] == "/tmp"  # noqa: S108 - inside the container
    assert heard["cap_drop"] == ["ALL"]
    assert heard["security_opt"] == ["no-new-privileges:true"]
    assert heard["restart"] == "unless-stopped"
    graceful = re.search(r"--graceful-timeout=(\d+)", image_environment()["GUNICORN_CMD_ARGS"])
    assert graceful
    assert int(heard["stop_grace_period"].rstrip("s")) >= 2 * int(graceful[1])


def test_compose_keeps_what_postgresql_has():
    """Its data is in a volume with a name, and Heard begins once it answers."""
    whole = compose()
    heard, postgres = whole["services"]["heard"], whole["services"]["postgres"]
    assert set(whole["volumes"]) == {postgres["volumes"][0].partition(":")[0]}
    assert heard["depends_on"]["postgres"]["condition"] == "service_healthy"
    assert postgres["healthcheck"]["test"][:2] == ["CMD", "pg_isready"]
    assert re.fullmatch(r"postgres:\d+", postgres["image"])


def test_compose_names_no_password():
    """It is in .env, which is nobody else's, and nothing starts without it."""
    services = compose()["services"]
    asked = services["postgres"]["environment"]["POSTGRES_PASSWORD"]
    assert asked == services["heard"]["environment"]["PGPASSWORD"]
    assert asked.startswith("${POSTGRES_PASSWORD:?")
    url = services["heard"]["environment"]["DATABASE_URL"]
    assert url == "postgresql://heard@postgres/heard"
    assert services["heard"]["env_file"] == ".env"


def test_compose_says_how_to_speak_http():
    """What stands in a comment is right once it is none, and the Dockerfile says the same."""
    text = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    assert f"# command: {OVER_HTTP}\n" in text
    assert f"# Socket Mode. Over HTTP: {OVER_HTTP}\n" in (ROOT / "Dockerfile").read_text()
    (port,) = instructions("EXPOSE")
    assert f'# ports: ["127.0.0.1:{port.text}:{port.text}"]\n' in text


def test_the_unit_starts_heard_anew_unless_that_is_of_no_use():
    """Whatever ends it, it is started again, but for what a person has to put right."""
    service = unit()
    assert service["Restart"] == "on-failure"
    assert service["RestartPreventExitStatus"] == str(FAULTY_SETTINGS)
    run = shlex.split(service["ExecStart"])
    assert run[0] == f"{service['WorkingDirectory']}/.venv/bin/python"
    assert run[1:3] == ["-m", "bot"]
    assert _parser().parse_args(run[3:]).command == "run"


def test_the_unit_lets_heard_write_where_it_says():
    """The file system can only be read, but for the folder that its first lines name."""
    service = unit()
    assert service["ProtectSystem"] == "strict"
    text = (ROOT / "deploy" / "heard.service").read_text(encoding="utf-8")
    (url,) = re.findall(r"DATABASE_URL=(\S+)", text)
    assert url.startswith(f"tinydb:////var/lib/{service['StateDirectory']}/")


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
def test_systemd_understands_the_unit(tmp_path: Path):
    """It knows every word of it."""
    text = (ROOT / "deploy" / "heard.service").read_text(encoding="utf-8")
    here = tmp_path / "heard.service"
    here.write_text(text.replace(unit()["ExecStart"].split()[0], "/bin/true"), encoding="utf-8")
    looked = subprocess.run(
        ["systemd-analyze", "verify", here], capture_output=True, text=True, check=False
    )
    assert looked.returncode == 0, looked.stderr
    assert not looked.stderr
