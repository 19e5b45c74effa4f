"""The command line: run, demo, check, inspect, templates, move-store, forget, export."""

from __future__ import annotations

import argparse
import errno
import gc
import os
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from pathlib import Path

from bot.config import ConfigError, Mode, Settings
from bot.core.refusals import StoreFailed
from bot.logs import log

AUTHORS = ("customer", "agent", "draft")
FAULTY_STORE, FAULTY_SETTINGS = 1, 2
FULL = "there is no space for what it writes"
UNTOLD = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EFBIG: FULL,
    errno.EPIPE: "nobody reads what it writes",
}
NO_TOKENS = """\
Heard has no tokens yet: SLACK_BOT_TOKEN and SLACK_APP_TOKEN are not set.

  To try it now, without any Slack account:   python -m bot demo
  To connect it to your Slack: 'Connect it to Slack' in README.md says where the two tokens are;
  put them into a file named .env (see .env.example), then start again.
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    The exit code is 0; 1 for the store, output that is lost or a silent Slack; 2 for settings and
    tokens.
    """
    gc.set_threshold(10_000, 20, 20)  # what is loaded stays: looking through it takes a while
    arguments = _parser().parse_args(argv)
    log(verbose=arguments.verbose)
    try:
        return _obey(arguments)
    except ConfigError as error:
        faults = "\n".join(f"  • {fault}" for fault in error.faults)
        print(f"The settings are not right:\n{faults}", file=sys.stderr)
        return FAULTY_SETTINGS
    except StoreFailed as error:
        print(f"The store cannot be used: {error}", file=sys.stderr)
        return FAULTY_STORE
    except KeyboardInterrupt:
        return 0
    except OSError as error:
        if error.errno not in UNTOLD:
            raise
        _say_no_more()
        print(f"{arguments.command}: {UNTOLD[error.errno]}.", file=sys.stderr)
        return FAULTY_STORE


def _obey(arguments: argparse.Namespace) -> int:
    if sys.stdout is None and arguments.command != "run":  # as `>&-` has it
        raise BrokenPipeError(errno.EPIPE, "closed")
    code = COMMANDS[arguments.command](arguments, surroundings())
    if sys.stdout:
        sys.stdout.flush()  # while somebody can still be told that it is lost
    return code


def _say_no_more() -> None:
    """Let the rest of the output go nowhere."""
    if sys.stdout:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def surroundings() -> dict[str, str]:
    """Return what is set in `.env`, and in the environment, which comes first."""
    if not Path(".env").exists():
        return dict(os.environ)
    from dotenv import dotenv_values

    written = {name: value or "" for name, value in dotenv_values(".env").items()}
    return {**written, **os.environ}


def _run(arguments: argparse.Namespace, environment: Mapping[str, str]) -> int:
    mode = Mode.HTTP if arguments.http else Mode.SOCKET
    settings = Settings.from_env(environment, mode)
    if not (settings.bot_token or settings.client_id):
        print(NO_TOKENS, file=sys.stderr)
        return FAULTY_SETTINGS
    from bot.serving import serve

    return serve(settings, mode, _stopping())


def _stopping() -> threading.Event:
    """Return an event that Ctrl-C, or a supervisor's SIGTERM, sets."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    return stop


def _demo(arguments: argparse.Namespace, environment: Mapping[str, str]) -> int:
    from bot.demo import DemoSlack
    from bot.serving import serve

    try:
        demo = DemoSlack(port=arguments.port)
        demo.start()
    except OSError as error:
        print(
            f"Port {arguments.port} cannot be used ({error.strerror}). Another demo may be running;"
            " choose another port: python -m bot demo --port 8001",
            file=sys.stderr,
        )
        return 1
    stop = _stopping()
    own = {name: value for name, value in environment.items() if name.startswith("HEARD_")}
    with ExitStack() as stack:
        stack.callback(demo.stop)
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="heard-demo-"))
        store = {"DATABASE_URL": f"tinydb:///{Path(folder) / 'heard.json'}"}
        settings = Settings.from_env({**own, **demo.environment, **store})
        print(f"\nThe demo is at {demo.url}   (Ctrl-C stops it)\n", flush=True)
        if not arguments.no_browser:
            import webbrowser

            webbrowser.open(demo.url)
        return serve(settings, Mode.SOCKET, stop, demo)


def _check(_: argparse.Namespace, environment: Mapping[str, str]) -> int:
    settings = Settings.from_env(environment)
    if not (settings.bot_token or settings.client_id):
        print(NO_TOKENS, file=sys.stderr)
        return FAULTY_SETTINGS
    from bot.checkup import check

    faults = 0
    for finding in check(settings):
        print(finding, flush=True)
        faults += bool(finding.fault)
    print("\nAll is in order." if not faults else f"\n{faults} to put right.")
    return 1 if faults else 0


def _inspect(arguments: argparse.Namespace, _: Mapping[str, str]) -> int:
    from bot import inspection

    if not arguments.jsonl:
        text = arguments.text if arguments.text is not None else sys.stdin.read()
        print(inspection.explain(text, arguments.author, datetime.now(UTC)))
        return 0
    try:
        for line in inspection.inspect(sys.stdin, datetime.now(UTC)):
            print(line, flush=True)
    except inspection.Unreadable as error:
        print(f"inspect: {error}", file=sys.stderr)
        return FAULTY_SETTINGS
    return 0


def _templates(arguments: argparse.Namespace, environment: Mapping[str, str]) -> int:
    from bot import library
    from bot.replies import BadReplies
    from storage import open_store

    settings = Settings.from_env(environment)
    store = open_store(settings.database_url)
    try:
        if arguments.file is None:
            print(library.export(store, settings.policy), end="")
            return 0
        changed, read = library.take(
            store, settings.policy, Path(arguments.file), datetime.now(UTC)
        )
        print(f"New or changed, and kept now: {changed} of {read} templates.")
    except BadReplies as bad:
        print(f"Nothing was kept.\n{bad}", file=sys.stderr)
        return FAULTY_SETTINGS
    finally:
        store.close()
    return 0


def _move_store(arguments: argparse.Namespace, _: Mapping[str, str]) -> int:
    from storage.moving import move

    def tell(what: str, number: int, size: int) -> None:
        end = "\n" if number == size else "\r"
        print(f"{what}: {number:,} of {size:,}", end=end, file=sys.stderr, flush=True)

    try:
        moved = move(arguments.origin, arguments.target, tell)
    except ValueError as error:
        print(f"move-store: {error}.", file=sys.stderr)
        return FAULTY_SETTINGS
    found = ", ".join(f"{number:,} {kind}" for kind, number in moved.items() if number)
    print(f"All is there, and alike: {found or 'nothing at all'}.")
    print("Now name the new store in DATABASE_URL, and start Heard. The old one is as it was.")
    return 0


def _forget(arguments: argparse.Namespace, environment: Mapping[str, str]) -> int:
    from bot.forgetting import forget

    settings = Settings.from_env(environment)
    return forget(settings.database_url, arguments.who, sure=arguments.yes)


def _export(arguments: argparse.Namespace, environment: Mapping[str, str]) -> int:
    from storage import export
    from storage.moving import contents

    settings = Settings.from_env(environment)
    with closing(contents(settings.database_url, there=True, frozen=True)) as store:
        lines = 0
        for lines, line in enumerate(export.lines(store, arguments.workspace), 1):  # noqa: B007
            sys.stdout.buffer.write(line.encode(errors="backslashreplace") + b"\n")
    if arguments.workspace and not lines:
        print(f"There is nothing of {arguments.workspace} in {store.name}.", file=sys.stderr)
        return FAULTY_STORE
    return 0


COMMANDS = {
    "run": _run,
    "demo": _demo,
    "check": _check,
    "inspect": _inspect,
    "templates": _templates,
    "move-store": _move_store,
    "forget": _forget,
    "export": _export,
}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bot", description="Heard: no customer message goes unheard."
    )
    parser.add_argument("--verbose", action="store_true", help="log more; never message text")
    parser.set_defaults(command="run", http=False)
    commands = parser.add_subparsers(metavar="command")

    def command(name: str, description: str) -> argparse.ArgumentParser:
        one = commands.add_parser(name, help=description, description=description)
        one.set_defaults(command=name)
        return one

    run = command("run", "run the bot (this is what happens without a command)")
    run.add_argument("--http", action="store_true", help="over HTTP instead of Socket Mode")
    demo = command("demo", "a local Slack in the browser with the bot in it; no account needed")
    demo.add_argument("--port", type=int, default=8765, help="0 takes any that is free")
    demo.add_argument("--no-browser", action="store_true", help="only print the page's address")
    command("check", "are tokens, scopes, channels and the store in order")
    inspect = command("inspect", "what Heard understands of a message, and why")
    inspect.add_argument("text", nargs="?", help="the message; standard input without it")
    inspect.add_argument(
        "--as", dest="author", choices=AUTHORS, default="customer", help="who wrote it"
    )
    inspect.add_argument("--jsonl", action="store_true", help="JSON lines in, JSON lines out")
    _about_the_store(command)
    return parser


def _about_the_store(command: Callable[[str, str], argparse.ArgumentParser]) -> None:
    templates = command("templates", "the reply templates as a TOML file; stop the bot before")
    which = templates.add_subparsers(required=True, metavar="export|import")
    which.add_parser("export", help="print them").set_defaults(file=None)
    take = which.add_parser("import", help="keep what a file changes or adds")
    take.add_argument("file")
    moving = command("move-store", "copy all that Heard remembers; stop the bot before")
    moving.add_argument("origin", metavar="FROM", help="the store's URL, as in DATABASE_URL")
    moving.add_argument("target", metavar="TO", help="an empty one's")
    forget = command("forget", "erase a person or a channel; stop the bot before")
    forget.add_argument(
        "who", help="the id: U0123ABCD or C0123ABCD, T0123ABCD:U0123ABCD among several workspaces"
    )
    forget.add_argument("--yes", action="store_true", help="do not ask")
    export = command("export", "all that Heard remembers, as JSON lines; stop the bot before")
    export.add_argument("--workspace", default="", help="of this one only: T0123ABCD")


if __name__ == "__main__":
    sys.exit(main())
