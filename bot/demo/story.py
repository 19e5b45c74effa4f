"""What has happened before the visitor arrives, and the steps that they are invited to take."""

from datetime import timedelta

from .cast import ANA, BEN, BOT_USER, CLEO, COLLEAGUES, DANA, GUS, Json, Person
from .messages import Message
from .workspace import Workspace

ACME_SHARED, GLOBEX, RANDOM = "C0ACMESHRD1", "C0GLOBEX001", "C0RANDOM001"

SECOND_ADMIN = "Can I add a second admin to our account before the audit on Thursday?"
OKTA = "And for that audit: can all of us sign in with Okta?"
PROMISE = "Good question! I'll ask our security team and get back to you in 3 hours."
TO_TRY = "I'll get back to you in 3 hours."
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
    (48, GLOBEX, GUS, SECOND_ADMIN),
    (28, GLOBEX, GUS, OKTA),
    (22, ACME_SHARED, DANA, NIGHTLY_EXPORT),
    (9, GLOBEX, ANA, PROMISE),
]  # fmt: skip
WAIT = timedelta(minutes=30)
THREADS = {PROMISE: OKTA}
"""What was written in the thread of what."""


class Story:
    """Played once, when the bot first connects, so that its events flow to it."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._said: dict[str, Message] = {}

    def play(self) -> None:
        if self._said:
            return
        workspace, now, said = self._workspace, self._workspace.clock.now(), self._said
        for minutes, channel_id, person, text in LINES:
            at = now - timedelta(minutes=minutes)
            root = said[THREADS[text]].ts if text in THREADS else None
            channel = workspace.channels[channel_id]
            said[text] = workspace.post(channel, person.id, text, thread_ts=root, at=at)
            if channel_id in (RANDOM, GLOBEX) or person is not DANA:
                self._read_by_all(channel_id, said[text])
        workspace.react(said[SECOND_ADMIN], BEN.id, "eyes", on=True)

    def steps(self) -> list[Json]:
        """The guide: each step, and whether it has been taken."""
        workspace, question = self._workspace, self._said.get(NIGHTLY_EXPORT)
        told = self._told_since(question) if question else []
        claimed = bool(question and set(question.reactions.get("eyes", [])) & set(COLLEAGUES))
        asked = self._asked(question) if question else ""
        private = [each for each in told if asked and each.ts > asked and each.channel[0] == "D"]
        taken = {
            "You are *Ana*. Look at *#acme-shared*: Dana is waiting.":
                (ANA.id, ACME_SHARED) in workspace.read,
            "Press *+30 min*: Heard speaks up in *#triage*.": bool(told),
            "Be *Ben*, and put 👀 on Dana's message: it is yours now.": claimed,
            "Look at the card again: it knows.": any(each.edited for each in told),
            f"Write in her thread: “{TO_TRY}” Only you see Heard's note.": bool(asked),
            "Press *+2 h*: under Apps, *Heard* reminds you.": bool(private),
            "Press *Done*, or *Move it* and post the words.": any(each.edited for each in private),
            "Be *Dana*: she sees your words, nothing else.":
                bool(asked) and workspace.read.get((DANA.id, ACME_SHARED), "") > asked,
        }  # fmt: skip
        return [{"text": text, "done": done} for text, done in taken.items()]

    def _told_since(self, question: Message) -> list[Message]:
        """What the bot told colleagues once somebody had waited for long enough."""
        long = float(question.ts) + WAIT.total_seconds()
        return [
            each
            for each in self._workspace.everything()
            if each.user == BOT_USER
            and each.channel not in (ACME_SHARED, GLOBEX)
            and float(each.ts) > long
        ]

    def _asked(self, question: Message) -> str:
        """When a colleague who had answered was first told something for their eyes only."""
        answers = [each.ts for each in self._workspace.replies(question) if each.user in COLLEAGUES]
        notes = [
            note.ts
            for note in self._workspace.ephemerals.values()
            if note.thread_ts == question.ts and answers and note.ts > answers[0]
        ]
        return min(notes, default="")

    def _read_by_all(self, channel_id: str, message: Message) -> None:
        for user in self._workspace.channels[channel_id].members:
            if user in COLLEAGUES or message.user == user:
                self._workspace.read[user, channel_id] = message.ts
