"""The log tells what happened and where, in words that are ours."""

import logging
import subprocess
import sys

import pytest

from bot.core.refusals import StoreFailed
from bot.logs import Discreet

WORD = "Zanzibar"


def shown(name: str, words: str, error: BaseException | None = None) -> str:
    """Return what the log shows of something that a part of the program says."""
    caught = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord(name, logging.ERROR, "/lib/client.py", 251, words, None, caught)
    return Discreet("%(levelname)s %(name)s: %(message)s").format(record)


def failed(error: Exception, after: Exception | None = None) -> Exception:
    """Raise an error as a program does, while it sees to another."""
    try:
        if after:
            try:
                raise after
            except type(after):
                raise error  # noqa: B904 - the one before is its context
        raise error
    except type(error) as raised:
        return raised


def test_what_we_say_is_shown():
    """Our own words are chosen with care."""
    assert shown("handlers.outbox", "3 left") == "ERROR handlers.outbox: 3 left"


@pytest.mark.parametrize("name", ["slack_sdk.web.base_client", "slack_bolt", "bottle", "waitress"])
def test_what_a_library_says_is_not_quoted(name):
    """It may repeat what Slack sent; where it speaks is enough to find out what about."""
    said = shown(name, f"Failed to decode: {WORD}", failed(ValueError(WORD)))
    assert said.startswith(f"ERROR {name}: see client.py:251\n")
    assert WORD not in said
    assert "ValueError" in said


def test_an_unforeseen_error_is_not_quoted():
    """Its kind and its place are shown, and so are those of the errors before it."""
    said = shown("bot.app", "failure 1", failed(KeyError(WORD), after=ValueError(WORD)))
    assert WORD not in said
    assert said.index("ValueError") < said.index("and then") < said.index("KeyError")
    assert said.count("in failed") == 2


@pytest.mark.parametrize("error", [StoreFailed("the disk is full"), OSError(28, "No space left")])
def test_errors_about_files_and_machines_are_quoted(error):
    """Whoever looks after Heard has to know what is full, and nobody's words are in it."""
    assert shown("bot.app", "failure 1", failed(error)).endswith(f"{type(error).__name__}: {error}")


@pytest.mark.parametrize(
    "fault",
    [f"raise ValueError('{WORD}')", f"Thread(target=int, args=['{WORD}'], name='{WORD}').start()"],
)
def test_what_nobody_caught_is_not_quoted_either(fault):
    """Neither at the end of the program nor at that of a thread."""
    program = f"from threading import Thread\nfrom bot.logs import log\nlog()\n{fault}"
    ended = subprocess.run(
        [sys.executable, "-"], input=program, capture_output=True, text=True, check=False
    )
    assert "CRITICAL bot.logs: This was not foreseen\n" in ended.stderr
    assert "ValueError" in ended.stderr
    assert WORD not in ended.stderr
