"""What is written for people is true: settings, commands, reactions, scopes, examples and links."""

import json
import os
import re
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.config import SETTINGS
from bot.core.desk import REACTIONS
from bot.core.marking import PROMISED
from bot.demo import DemoSlack
from bot.environment import MANY, NEW_KEY, OVER_HTTP, TOKENS
from handlers import commands, events, promise_forms, replying
from handlers.http import PATH
from handlers.pages import INSTALL, REDIRECT
from tests.deployment import unit

ROOT = Path(__file__).parents[1]
MARKDOWN = sorted(
    path for path in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")) if path.is_file()
)
README = (ROOT / "README.md").read_text(encoding="utf-8")
CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
MANIFEST = json.loads((ROOT / "manifest.json").read_text(encoding="utf-8"))
SCOPES = MANIFEST["oauth_config"]["scopes"]
SUBSCRIBED = MANIFEST["settings"]["event_subscriptions"]["bot_events"]
EXAMPLES = [
    (command, output.strip())
    for block in re.findall(r"^```console\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)
    for command, output in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE)
]
DEMO = "python -m bot demo"


def section(title: str) -> str:
    """Return what stands under a heading of the README, up to the next heading."""
    return README.split(f"# {title}\n", 1)[1].split("\n#", 1)[0]


def table(title: str) -> list[list[str]]:
    """Return the cells of the table under a heading, without its head."""
    rows = [line for line in section(title).splitlines() if line.startswith("|")]
    assert rows, f"there is no table under {title!r}"
    return [
        [cell.strip().replace(r"\|", "|") for cell in re.split(r"(?<!\\)\|", row)[1:-1]]
        for row in rows[2:]
    ]


def headings(path: Path) -> set[str]:
    """Return the anchors that a page has for its headings."""
    titles = re.findall(r"^#+ (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title).lower().replace(" ", "-") for title in titles}


def run(command: str, folder: Path, environment: dict[str, str]) -> subprocess.Popen[str]:
    """Start what a reader would type, with this Python and nobody's settings."""
    return subprocess.Popen(  # noqa: S602 - the README's own examples, with their pipes
        command.replace("python ", f"{shlex.quote(sys.executable)} "),
        shell=True,
        cwd=folder,
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "PYTHONUTF8": "1",
            **environment,
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def test_the_readme_lists_the_settings():
    """Each setting has its row, in the order of the code, with its default and its help."""
    assert table("Settings") == [
        [f"`{one.name}`", f"`{one.default}`" if one.default else "", one.help] for one in SETTINGS
    ]


def test_env_example_lists_the_settings():
    """Copied as it is, the file changes nothing: what has a default is commented out."""
    written = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert written.partition("\n\n")[2] == "\n".join(
        f"# {one.help}\n{'#' if one.default else ''}{one.name}={one.default}\n" for one in SETTINGS
    )


def test_the_readme_lists_the_commands():
    """Each word after /heard has its row, with the words that `/heard help` has for it."""
    assert table("Commands") == [
        [f"`{f'/heard {one.usage}'.strip()}`", one.help] for one in commands.COMMANDS.values()
    ]


def test_help_lists_the_commands():
    """What the README tells can be read in Slack, too."""
    for usage, what in table("Commands"):
        assert f"{usage}  {what}" in commands.help_text()


def test_the_readme_lists_the_reactions():
    """Each reaction that does something has its row, and no other."""
    named = [re.findall(r"`(\w+)`", reaction) for reaction, _ in table("Reactions")]
    assert named == [[name] for name in (*REACTIONS, PROMISED)]


def test_help_lists_the_reactions():
    """Who forgets them finds them in `/heard help`."""
    assert set(re.findall(r":(\w+):", commands.help_text())) == {*REACTIONS, PROMISED}


def test_the_manifest_subscribes_to_what_is_listened_for():
    """No event without a listener, no listener without its event."""
    assert {name.partition(".")[0] for name in SUBSCRIBED} == set(events.LISTENERS)
    assert len(set(SUBSCRIBED)) == len(SUBSCRIBED)


def test_direct_messages_are_not_subscribed_to():
    """Heard is not told what anybody writes to it, for it would not read it."""
    kinds = {name for name in SUBSCRIBED if name.startswith("message.")}
    assert kinds == {"message.channels", "message.groups"}


def test_the_manifest_keeps_to_the_limits():
    """Slack refuses a manifest with texts that are too long or lists that are too large."""
    about, features = MANIFEST["display_information"], MANIFEST["features"]
    assert len(about["name"]) <= 35
    assert len(about["description"]) <= 140
    assert 174 <= len(about["long_description"]) <= 4000
    assert len(features["bot_user"]["display_name"]) <= 80
    assert len(features["slash_commands"]) <= 50
    for command in features["slash_commands"]:
        assert len(command["command"]) <= 32
        assert len(command["description"]) <= 2000
        assert len(command["usage_hint"]) <= 1000
    assert len(SUBSCRIBED) <= 100
    assert len(SCOPES["bot"]) <= 255
    assert set(SCOPES["bot_optional"]) <= set(SCOPES["bot"])


def test_the_manifest_suits_what_heard_is():
    """Socket Mode, buttons, mentions as ids, tokens that last, and no Home, for there is none."""
    features, settings = MANIFEST["features"], MANIFEST["settings"]
    assert settings["socket_mode_enabled"]
    assert settings["interactivity"]["is_enabled"]
    assert not settings["token_rotation_enabled"]
    assert features["app_home"]["messages_tab_enabled"]
    assert not features["app_home"]["home_tab_enabled"]
    assert all(command["should_escape"] for command in features["slash_commands"])


def test_the_manifest_has_the_shortcuts():
    """Both are in the menus of messages, by the names that the README and the help use."""
    shortcuts = MANIFEST["features"]["shortcuts"]
    assert {one["name"]: one["callback_id"] for one in shortcuts} == {
        "Suggest a reply": replying.SUGGEST,
        "Track a promise": promise_forms.TRACK,
    }
    for one in shortcuts:
        assert one["type"] == "message"
        assert len(one["name"]) <= 24
        assert len(one["description"]) <= 150
        assert one["name"] in README


def test_the_usage_hint_names_words_that_exist():
    """What Slack shows while somebody types /heard is no dead end."""
    hint = MANIFEST["features"]["slash_commands"][0]["usage_hint"]
    assert set(re.findall(r"\w+", hint)) <= set(commands.COMMANDS)


def test_the_readme_explains_every_scope():
    """Whoever has to approve the app reads what each permission is for."""
    rows = table("What it asks Slack for")
    assert sorted(scope.strip("`") for scope, _ in rows) == sorted(SCOPES["bot"])
    optional = [scope.strip("`") for scope, why in rows if why.startswith("optional")]
    assert optional == SCOPES["bot_optional"]


@pytest.mark.parametrize("cure", [TOKENS, OVER_HTTP, MANY])
def test_the_section_that_faults_point_to_exists(cure: str):
    """A fault says where the cure is written."""
    (title,) = re.findall(r"'(.+)'", cure)
    assert section(title)


def test_the_readme_names_slacks_address():
    """What is to be entered at Slack is where Heard listens."""
    assert f"https://your-address{PATH}" in section("Over HTTP")
    for path in (INSTALL, REDIRECT):
        assert f"https://your-address{path}" in section("Many workspaces")


def test_the_readme_makes_the_key_that_faults_ask_for():
    """One command, wherever it is shown."""
    assert NEW_KEY in section("Many workspaces")


@pytest.mark.parametrize("path", MARKDOWN, ids=lambda path: path.name)
def test_every_make_target_exists(path: Path):
    """What we ask people to type can be typed."""
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    code = "\n".join(re.findall(r"`[^`]+`|^```.*?^```", path.read_text(), re.DOTALL | re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z-]+)", code)) <= targets


@pytest.mark.parametrize("path", MARKDOWN, ids=lambda path: path.name)
def test_every_link_leads_somewhere(path: Path):
    """Files and pictures that are linked are there, and so are the headings."""
    links = re.findall(r"\]\(([^)\s]+)", path.read_text(encoding="utf-8"))
    for link in links:
        file, _, heading = link.partition("#")
        if not file.startswith("https://"):
            target = path.parent / file if file else path
            assert target.exists(), link
            assert not heading or heading in headings(target), link


@pytest.mark.parametrize("path", MARKDOWN, ids=lambda path: path.name)
def test_no_document_names_anybodys_machine(path: Path):
    """No folders of one machine, but where the systemd unit has Heard; no package registry."""
    text = path.read_text(encoding="utf-8").replace(unit()["WorkingDirectory"], "")
    folders = r"(?<![\w.])/(?:etc|home|mnt|opt|root|srv|tmp|usr|Users|var|work)/"
    assert not re.findall(rf"{folders}|pypi|pythonhosted|npmjs|registry\.|index-url", text)


def test_the_changelog_begins_with_what_is_unreleased():
    """Keep a Changelog: the next release is on top, and says something."""
    titles = re.findall(r"^## (.*)$", CHANGELOG, re.MULTILINE)
    assert titles[0] == "[Unreleased]"
    assert re.search(r"^- ", CHANGELOG.split("## [Unreleased]")[1], re.MULTILINE)


def test_every_command_has_an_example():
    """run, demo, check and inspect are shown with what they print."""
    shown = {command.split("python -m bot ")[1].split()[0] for command, _ in EXAMPLES}
    assert shown == {"run", "demo", "check", "inspect"}
    assert all(output for _, output in EXAMPLES)


@pytest.mark.parametrize(("command", "output"), [one for one in EXAMPLES if one[0] != DEMO])
def test_an_example_prints_what_the_readme_says(command: str, output: str, tmp_path: Path):
    """The README's examples were run, and `check` against the demo's Slack."""
    with DemoSlack() as slack:
        environment = slack.environment if command.endswith("check") else {}
        printed, _ = run(command, tmp_path, environment).communicate(timeout=30)
    assert printed.strip() == output


def test_the_demo_starts_as_the_readme_says(tmp_path: Path):
    """It names the page's address first, and ends with Ctrl-C."""
    (expected,) = [output for command, output in EXAMPLES if command == DEMO]
    demo = run(f"exec {DEMO} --no-browser --port 0", tmp_path, {})
    assert demo.stdout
    with demo.stdout:
        said = next(line.strip() for line in demo.stdout if line.startswith("The demo"))
        demo.send_signal(signal.SIGINT)
        demo.stdout.read()
    assert demo.wait(timeout=30) == 0
    assert re.sub(r":\d+/", ":8765/", said) == expected
