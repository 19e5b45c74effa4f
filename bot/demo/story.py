"""What has happened before the visitor arrives, and the steps that they are invited to take."""

from datetime import timedelta

from .cast import ANA, BEN, BOT_USER, CLEO, COLLEAGUES, DANA, GUS, Json, Person
from .messages import Message
from .workspace import Workspace

ACME_SHARED, GLOBEX, RANDOM = "C0ACMESHRD1", "C0GLOBEX001", "C0RANDOM001"

NIGHTLY_EXPORT = (
    "Our nightly export stopped at 2 am and the dashboard shows yesterday's numbers."
    " Can someone have a look?"
)

# Minutes before the demo's clock, oldest first: where, who, what.
LINES: list[tuple[int, str, Person, str]] = [
    (1510, RANDOM, CLEO, "Is the good coffee machine fixed?"),
    (1504, RANDOM, BEN, "It is. We do not speak of what was inside."),
    (1290, GLOBEX, ANA, "Welcome, Gus! This channel reaches all of us, ask away."),
    (1284, GLOBEX, GUS, "Thank you, great to be here!"),
    (55, ACME_SHARED, ANA, "Morning Dana! The June report is in your inbox."),
    (53, ACME_SHARED, DANA, "Thanks, got it!"),
    (48, GLOBEX, GUS, "Can I add a second admin to our account before the audit on Thursday?"),
    (22, ACME_SHARED, DANA, NIGHTLY_EXPORT),
]  # fmt: skip


class Story:
    """Played once, when the bot first connects, so that its events flow to it."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self.question: Message | None = None
        self.played = False

    def play(self) -> None:
        if self.played:
            return
        self.played = True
        workspace, now = self._workspace, self._workspace.clock.now()
        for minutes, channel_id, person, text in LINES:
            channel = workspace.channels[channel_id]
            at = now - timedelta(minutes=minutes)
            message = workspace.post(channel, person.id, text, at=at)
            if person is GUS:
                last_of_gus = message
            if channel_id in (RANDOM, GLOBEX) or person is not DANA:
                self._read_by_all(channel_id, message)
        workspace.react(last_of_gus, BEN.id, "eyes", on=True)
        self.question = message

    def steps(self) -> list[Json]:
        """The guide: each step, and whether it has been taken."""
        workspace, question = self._workspace, self.question
        told = [
            each
            for each in workspace.everything()
            if each.user == BOT_USER and each.channel not in (ACME_SHARED, GLOBEX)
        ]
        claimed = bool(question and set(question.reactions.get("eyes", [])) & set(COLLEAGUES))
        answered = any(
            each.user in COLLEAGUES and question and each.ts > question.ts
            for each in workspace.in_order(ACME_SHARED)
        )
        taken = {
            "You are *Ana*. Look at *#acme-shared*: Dana is waiting.":
                (ANA.id, ACME_SHARED) in workspace.read,
            "Press *+30 min*. See what Heard says in *#triage*, or to you.": bool(told),
            "Be *Ben*, and put 👀 on Dana's message: it is yours now.": claimed,
            "Look at the card again: it knows.": any(each.edited for each in told),
            "Answer Dana in her thread, and the card comes to rest.": answered,
        }  # fmt: skip
        return [{"text": text, "done": done} for text, done in taken.items()]

    def _read_by_all(self, channel_id: str, message: Message) -> None:
        for user in self._workspace.channels[channel_id].members:
            if user in COLLEAGUES or message.user == user:
                self._workspace.read[user, channel_id] = message.ts
