"""views.*: modals and the app's Home."""

from .cast import PEOPLE, Json
from .errors import SlackError
from .methods import Arguments, Method, Slack
from .views import View, accepted_modal


def open_view(slack: Slack, arguments: Arguments) -> Json:
    content = accepted_modal(arguments.parsed("view"))  # a faulty view spends no trigger
    return _done(slack, slack.views.open(_spent(slack, arguments), content))


def push_view(slack: Slack, arguments: Arguments) -> Json:
    content = accepted_modal(arguments.parsed("view"))
    return _done(slack, slack.views.push(_spent(slack, arguments), content))


def update_view(slack: Slack, arguments: Arguments) -> Json:
    view = slack.views.update(
        arguments.parsed("view"),
        view_id=arguments.get("view_id"),
        external_id=arguments.get("external_id"),
        token=arguments.get("hash"),
    )
    return _done(slack, view)


def publish_view(slack: Slack, arguments: Arguments) -> Json:
    user = arguments.needed("user_id")
    if not slack.grants.home:
        raise SlackError("not_enabled")
    if user not in PEOPLE:
        raise SlackError("user_not_found")
    return _done(slack, slack.views.publish(user, arguments.parsed("view")))


def _spent(slack: Slack, arguments: Arguments) -> str:
    return slack.triggers.spend(arguments.needed("trigger_id"))


def _done(slack: Slack, view: View) -> Json:
    slack.workspace.changed()
    return {"view": view.shown()}


METHODS = {
    "views.open": Method(open_view),
    "views.push": Method(push_view),
    "views.update": Method(update_view),
    "views.publish": Method(publish_view),
}
