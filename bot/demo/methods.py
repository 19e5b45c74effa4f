"""What a Web API method is: a function of the workspace and its arguments, and who may call it."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .cast import BOT_TOKEN, Json
from .errors import SlackError
from .manifest import Grants
from .views import Triggers, Views
from .workspace import Workspace


class Arguments(dict[str, Any]):
    """A method's arguments, however they were sent."""

    def text(self, name: str) -> str:
        value = self.get(name)
        return "" if value is None else str(value)

    def needed(self, name: str) -> str:
        if not self.text(name):
            missing = [f"[ERROR] missing required field: {name}"]
            raise SlackError("invalid_arguments", response_metadata={"messages": missing})
        return self.text(name)

    def flag(self, name: str) -> bool:
        return self.text(name).lower() in ("1", "true")

    def number(self, name: str, default: int) -> int:
        text = self.text(name)
        return int(text) if text.isdigit() else default

    def parsed(self, name: str) -> Any:
        """Blocks, views and the like come as JSON text, or as they are in a JSON body."""
        value = self.get(name)
        if not isinstance(value, str) or not value:
            return value or None
        try:
            return json.loads(value)
        except ValueError:
            raise SlackError(f"invalid_{name}" + "_format" * (name == "blocks")) from None


@dataclass(frozen=True, slots=True, kw_only=True)
class Slack:
    """What the methods work on."""

    workspace: Workspace
    views: Views
    triggers: Triggers
    grants: Grants
    new_socket: Callable[[], str]


Run = Callable[[Slack, Arguments], Json]


@dataclass(frozen=True, slots=True)
class Method:
    """One method; scopes separated by commas are alternatives."""

    run: Run
    scope: str = ""
    token: str = BOT_TOKEN
