"""What somebody reads in their browser who installs Heard in a workspace."""

from __future__ import annotations

from html import escape
from http import HTTPStatus
from typing import NamedTuple

INSTALL, REDIRECT = "/slack/install", "/slack/oauth_redirect"
HEADERS = (
    ("Cache-Control", "no-store"),
    ("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'"),
    ("Referrer-Policy", "no-referrer"),  # the address that Slack sends people to has a secret in it
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
)
HTML = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,">
<title>{title}</title>
<style>
body {{ font: 1.1rem/1.5 system-ui, sans-serif; color: #1d2a2a; background: #f4f6f5;
  max-width: 34rem; margin: 12vh auto; padding: 0 1.5rem }}
a {{ display: inline-block; padding: .5rem 1.2rem; border-radius: .4rem; color: #fff;
  background: #1f5f5b; text-decoration: none }}
</style>
</head>
<body>
<h1>{title}</h1>
{body}
</body>
</html>
"""


class Sheet(NamedTuple):
    title: str
    words: str
    """A paragraph each line."""
    link: tuple[str, str]
    """What it says, and where it leads."""
    status: HTTPStatus = HTTPStatus.OK

    def html(self) -> str:
        said, where = self.link
        words = [f"<p>{escape(one)}</p>" for one in self.words.splitlines()]
        words.append(f'<p><a href="{escape(where)}">{escape(said)}</a></p>')
        return HTML.format(title=escape(self.title), body="\n".join(words))


def begin(address: str) -> Sheet:
    return Sheet(
        "Add Heard to Slack",
        "In the channels that you share with your customers, Heard notices who waits for an answer,"
        " and tells the right one of you in private.\n"
        "Slack shows you next what Heard asks for, and lets you choose the workspace.",
        ("Add to Slack", address),
    )


def done(name: str, workspace: str, app: str) -> Sheet:
    return Sheet(
        f"Heard is in {name}",
        "Now invite it to the channels that you share with customers: type /invite @heard there.\n"
        "And tell whoever runs Heard your triage channel and your leads. The id of this workspace,"
        f" which they need too, is {workspace}.",
        ("Open Slack", f"https://slack.com/app_redirect?app={app}&team={workspace}"),
    )


def _again(title: str, words: str, status: HTTPStatus = HTTPStatus.BAD_REQUEST) -> Sheet:
    return Sheet(title, words, ("Begin again", INSTALL), status)


CANCELLED = _again(
    "You said no, and that is fine",
    "Heard is not in your workspace. Should you think better of it, you can begin again.",
    HTTPStatus.OK,
)
TOO_LATE = _again(
    "That took too long",
    "Nothing was installed. An installation has to be finished within ten minutes, once, and in the"
    " browser in which it was begun.",
)
NOT_CONFIRMED = _again(
    "Slack did not confirm it",
    "Nothing was installed. Please begin again. If it comes to the same, tell whoever runs Heard:"
    " its log says why.",
)
NOT_KEPT = _again(
    "Heard could not make a note of it",
    "Its database cannot be reached, so nothing was kept. Please begin again in a few minutes.",
    HTTPStatus.SERVICE_UNAVAILABLE,
)
WHOLE_ORGANISATION = _again(
    "One workspace at a time, please",
    "Heard does not support being installed for a whole organisation, so nothing was kept. Please"
    " remove it from the organisation's apps, begin again, and choose a single workspace.",
    HTTPStatus.FORBIDDEN,
)
EXPIRING = _again(
    "Heard needs a bot's token that lasts",
    "Nothing was kept. Whoever runs Heard has to make its app at Slack anew from manifest.json,"
    " which asks for a bot and for no token rotation.",
)
