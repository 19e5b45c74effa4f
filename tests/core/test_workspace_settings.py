"""The settings of many workspaces: what they need, and what holds in which of them."""

import shlex
import subprocess
import sys

import pytest

from bot.config import ConfigError, Mode, Settings

SECRET = "0123456789abcdef0123456789abcdef"
KEY, OLD_KEY = "k" * 43 + "=", "o" * 43 + "="
MANY = {
    "SLACK_CLIENT_ID": "1234567890.1234567891",
    "SLACK_CLIENT_SECRET": SECRET,
    "SLACK_SIGNING_SECRET": SECRET,
    "HEARD_SECRET_KEY": KEY,
    "DATABASE_URL": "postgresql://heard@host/heard",
}


def test_many_workspaces_need_no_token():
    """With the app's own id and secret, an id is told with its workspace; old keys come later."""
    settings = Settings.from_env(
        {**MANY, "HEARD_SECRET_KEY": f"{KEY}, {OLD_KEY}", "HEARD_TRIAGE": "T0ONE:C0ONE"}, Mode.HTTP
    )
    assert (settings.client_id, settings.client_secret) == ("1234567890.1234567891", SECRET)
    assert settings.secret_keys == (KEY, OLD_KEY)
    assert Settings.from_env(MANY).secret_keys == (KEY,)


def test_each_workspace_has_its_own_people_and_channels():
    """What is named without a workspace holds in all of them, and what is their own comes first."""
    settings = Settings.from_env(
        {
            **MANY,
            "HEARD_TRIAGE": "T0ONE:C0ONE, T0TWO:C0TWO",
            "HEARD_LEADS": "T0ONE:U0LEA, T0TWO:U0KIM T0ONE:U0TOM",
            "HEARD_WATCH": "C0ALL, T0TWO:G0TWO",
            "HEARD_COLLEAGUES": "partner.example, T0TWO:@Own.Example",
            "HEARD_CUSTOMERS": "T0ONE:U0GUS",
            "HEARD_NUDGE_AFTER": "5m",
        }
    )
    one, two, other = (settings.policy_of(name) for name in ("T0ONE", "T0TWO", "T0XXX"))
    assert [policy.triage for policy in (one, two, other)] == ["C0ONE", "C0TWO", ""]
    assert [policy.leads for policy in (one, two, other)] == [("U0LEA", "U0TOM"), ("U0KIM",), ()]
    assert [policy.watch for policy in (one, two)] == [{"C0ALL"}, {"C0ALL", "G0TWO"}]
    assert two.colleagues == {"partner.example", "own.example"}
    assert other.colleagues == {"partner.example"}
    assert one.customers == {"U0GUS"}
    assert not two.customers
    assert one.targets == two.targets == settings.policy.targets
    assert settings.policy == other


def test_a_workspaces_own_triage_channel_comes_first():
    """Wherever one is expected, the workspace may be named; another's is of no matter."""
    settings = Settings.from_env({"HEARD_TRIAGE": "C0ALL T0ONE:C0ONE"})
    assert settings.policy_of("T0ONE").triage == "C0ONE"
    assert settings.policy_of("T0TWO").triage == "C0ALL"


@pytest.mark.parametrize(
    ("changed", "mode", "cure"),
    [
        ({"SLACK_CLIENT_SECRET": ""}, None, "SLACK_CLIENT_SECRET is not set, and SLACK_CLIENT_ID"),
        ({"SLACK_CLIENT_ID": ""}, None, "SLACK_CLIENT_ID is not set, and SLACK_CLIENT_SECRET"),
        ({"SLACK_CLIENT_ID": "A0123"}, None, "SLACK_CLIENT_ID is none: it has two numbers"),
        ({"SLACK_SIGNING_SECRET": ""}, None, "SLACK_SIGNING_SECRET is not set, and SLACK_CLIENT"),
        ({"SLACK_SIGNING_SECRET": ""}, Mode.HTTP, "SLACK_SIGNING_SECRET is not set, and HTTP"),
        ({}, Mode.SOCKET, "SLACK_CLIENT_ID is for HTTP: start it with --http"),
        ({"SLACK_BOT_TOKEN": "xoxb-1"}, Mode.HTTP, "SLACK_BOT_TOKEN for one: remove one"),
        ({"HEARD_SECRET_KEY": ""}, None, "HEARD_SECRET_KEY is not set, and encrypts all tokens"),
        ({"HEARD_SECRET_KEY": "secret"}, None, "no key: make one with python -c"),
        ({"HEARD_SECRET_KEY": f"{KEY},s3cret"}, None, "no key: make one with python -c"),
        ({"DATABASE_URL": ""}, None, "DATABASE_URL names a file of TinyDB, which is for one"),
        ({"HEARD_TRIAGE": "T0ONE:C1,C2"}, None, "HEARD_TRIAGE does not tell the workspace of C2"),
        ({"HEARD_LEADS": "U1 U2"}, None, "does not tell the workspace of U1, U2: write it before"),
        ({"HEARD_TRIAGE": "T1:C1 T1:C2"}, None, "takes one id of a workspace, and of T1; it has 2"),
        ({"HEARD_WATCH": "acme:C1"}, None, "write the id of a workspace before the colon"),
        ({"HEARD_CUSTOMERS": "T1:acme"}, None, "HEARD_CUSTOMERS has 'acme': write user ids"),
    ],
)
def test_many_workspaces_have_needs_of_their_own(changed, mode, cure):
    """What is missing, or does not go together, is told with its cure, and no secret with it."""
    with pytest.raises(ConfigError) as refused:
        Settings.from_env({**MANY, **changed}, mode)
    [fault] = refused.value.faults
    assert cure in fault
    assert fault.endswith(".")
    assert "s3cret" not in fault


def test_all_that_many_workspaces_lack_is_told_at_once():
    """Whoever has set nothing but the app's id reads the whole list the first time."""
    with pytest.raises(ConfigError) as refused:
        Settings.from_env(
            {
                "SLACK_CLIENT_ID": "1.2",
                "SLACK_BOT_TOKEN": "xoxb-1",
                "HEARD_TRIAGE": "C1",
                "HEARD_LEADS": "U1",
            },
            Mode.HTTP,
        )
    assert len(refused.value.faults) == 7


def test_the_key_that_a_fault_tells_to_make_is_one():
    """The command in the fault can be typed as it is."""
    with pytest.raises(ConfigError) as refused:
        Settings.from_env({"HEARD_SECRET_KEY": "none"})
    [fault] = refused.value.faults
    command = fault.partition("make one with ")[2].rstrip(".")
    made = subprocess.run(
        [sys.executable, *shlex.split(command)[1:]], capture_output=True, text=True, check=True
    )
    assert Settings.from_env({**MANY, "HEARD_SECRET_KEY": made.stdout}).secret_keys


def test_neither_secret_nor_key_is_shown():
    """Settings that are printed by mistake tell only what anybody may know."""
    shown = repr(Settings.from_env(MANY))
    assert MANY["SLACK_CLIENT_ID"] in shown
    assert not [one for one in (SECRET, KEY) if one in shown]
