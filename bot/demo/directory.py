"""auth.*, users.*, team.*, bots.*, apps.*: who is who, and where to connect."""

from .cast import (
    ACME,
    APP_ID,
    APP_TOKEN,
    BOT_ID,
    BOT_NAME,
    BOT_PROFILE,
    BOT_USER,
    LIGHTHOUSE,
    PEOPLE,
    Json,
    slack_user,
)
from .conversations import paged
from .errors import SlackError
from .methods import Arguments, Method, Slack


def api_test(_slack: Slack, arguments: Arguments) -> Json:
    if arguments.text("error"):
        raise SlackError(arguments.text("error"), args=dict(arguments))
    return {"args": dict(arguments)}


def auth_test(_slack: Slack, _arguments: Arguments) -> Json:
    return {
        "url": f"https://{LIGHTHOUSE.domain}.slack.com/", "team": LIGHTHOUSE.name,
        "team_id": LIGHTHOUSE.id, "user": BOT_NAME.lower(), "user_id": BOT_USER,
        "bot_id": BOT_ID, "is_enterprise_install": False,
    }  # fmt: skip


def open_connection(slack: Slack, _arguments: Arguments) -> Json:
    return {"url": slack.new_socket()}


def user_info(slack: Slack, arguments: Arguments) -> Json:
    user = arguments.needed("user")
    if user not in {*PEOPLE, BOT_USER}:
        raise SlackError("user_not_found")
    return {"user": _user(slack, user)}


def list_users(slack: Slack, arguments: Arguments) -> Json:
    """Slack Connect members are not in it, as in Slack."""
    home = [person.id for person in PEOPLE.values() if person.team is LIGHTHOUSE]
    return paged(arguments, "members", [_user(slack, user) for user in [*home, BOT_USER]])


def team_info(_slack: Slack, arguments: Arguments) -> Json:
    asked = arguments.text("team") or LIGHTHOUSE.id
    team = next((team for team in (LIGHTHOUSE, ACME) if team.id == asked), None)
    if not team:
        raise SlackError("team_not_found")
    return {"team": {"id": team.id, "name": team.name, "domain": team.domain, "icon": {}}}


def bot_info(_slack: Slack, arguments: Arguments) -> Json:
    if arguments.text("bot") not in ("", BOT_ID):
        raise SlackError("bot_not_found")
    return {"bot": BOT_PROFILE | {"app_id": APP_ID}}


def _user(slack: Slack, user: str) -> Json:
    """Without the e-mail address, unless the app may read it."""
    shown = slack_user(user, slack.workspace.clock.now())
    if slack.grants.lacks("users:read.email"):
        shown["profile"].pop("email", None)
    return shown


METHODS = {
    "api.test": Method(api_test, token=""),
    "auth.test": Method(auth_test),
    "apps.connections.open": Method(open_connection, token=APP_TOKEN),
    "users.info": Method(user_info, "users:read"),
    "users.list": Method(list_users, "users:read"),
    "team.info": Method(team_info, "team:read"),
    "bots.info": Method(bot_info, "users:read"),
}
