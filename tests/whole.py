"""The whole bot in the test's process, for one workspace, as `SLACK_BOT_TOKEN` has it."""

from __future__ import annotations

from bot.app import Heard
from bot.config import Mode, Settings
from bot.core.ports import Clock, Store
from bot.single import Single
from bot.workspace import Workspace
from handlers import payloads
from handlers.edge import Edge
from handlers.history import History
from handlers.installations import Installation
from handlers.outbox import Courier
from tests.alone import Alone
from tests.local import AUTH


class WholeBot(Heard):
    """Heard with its one workspace at hand."""

    def __init__(
        self,
        settings: Settings,
        store: Store,
        clock: Clock,
        installation: Installation | None = None,
        mode: Mode = Mode.SOCKET,
    ) -> None:
        ours = installation or payloads.installation(AUTH, settings.bot_token)
        super().__init__(settings, Single(ours), Alone(store, ours.workspace), clock, mode)

    @property
    def workspace(self) -> Workspace:
        found = self.workspaces.find("")
        assert found
        return found

    @property
    def edge(self) -> Edge:
        return self.workspace.edge

    @property
    def history(self) -> History:
        return self.workspace.history

    @property
    def courier(self) -> Courier:
        return self.workspace.courier
