"""What has happened before the visitor arrives, and the steps that they are invited to take."""

from datetime import timedelta

from .cast import ANA, BEN, BOT_USER, CLEO, COLLEAGUES, DANA, GUS, Json, Person
from .messages import Message
from .workspace import Workspace

ACME_SHARED, GLOBEX, RANDOM = "C0ACMESHRD1", "C0GLOBEX001", "C0RANDOM001"

SECOND_ADMIN = "Can I add a second admin to our account before the audit on Thursday?"
OKTA = "And for that audit: can all of us sign in with Okta?"
PROMISE = "Good question! I'll ask our security team and get back to you in 3 hours."
FED_UP = (
    "Is anybody reading this? It is the second time I ask, and the audit is on Thursday."
    " I'm honestly frustrated."
)
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
    (22, ACME_SHARED, DANA, NIGHTLY_EXPORT),
    (20, GLOBEX, GUS, SECOND_ADMIN),
    (13, GLOBEX, GUS, OKTA),
    (9, GLOBEX, ANA, PROMISE),
    (4, GLOBEX, GUS, FED_UP),
]  # fmt: skip
WAIT = timedelta(minutes=30)
THREADS = {PROMISE: OKTA, FED_UP: SECOND_ADMIN}
"""What was written in the thread of what."""
UNREAD = (NIGHTLY_EXPORT, FED_UP)


class Story:
    """Played once, when the bot first connects, so that its events flow to it."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._said: dict[str, Message] = {}

    @property
    def has_begun(self) -> bool:
        return bool(self._said)

    def begin(self) -> None:
        workspace, now, said = self._workspace, self._workspace.clock.now(), self._said
        for minutes, channel_id, person, text in LINES:
            at = now - timedelta(minutes=minutes)
            root = said[THREADS[text]].ts if text in THREADS else None
            channel = workspace.channels[channel_id]
            said[text] = workspace.post(channel, person.id, text, thread_ts=root, at=at)
            if text not in UNREAD:
                self._read_by_all(channel_id, said[text])

    def claim(self) -> None:
        self._workspace.react(self._said[SECOND_ADMIN], BEN.id, "eyes", on=True)

    def steps(self) -> list[Json]:
        """The guide: each step, and whether it has been taken."""
        workspace, question = self._workspace, self._said.get(NIGHTLY_EXPORT)
        told = self._told_since(question) if question else []
        claimed = bool(question and set(question.reactions.get("eyes", [])) & set(COLLEAGUES))
        asked = self._asked(question) if question else ""
        posted = self._posted()
        private = [each for each in told if asked and each.ts > asked and each.channel[0] == "D"]
        read = workspace.read
        taken = {
            "You are *Ana*. Look at *#acme-shared*: Dana is waiting.":
                (ANA.id, ACME_SHARED) in read,
            "Press *+30 min*: Heard speaks up in *#triage*.": bool(told),
            "Be *Ben*, and put 👀 on Dana's message: the card knows.": claimed,
            f"Write in her thread: “{TO_TRY}” Only you see Heard's note.": bool(asked),
            "Gus is upset. Under Apps, in *Heard*, press *Reply help* on his card, and *Post*.":
                bool(posted),
            "Type */heard promises*: your “by when” is there.":
                bool(posted) and self._answered_after(posted),
            "Press *+2 h*: *Heard* reminds you.": bool(private),
            "Press *Done*, or *Move it* and post the words.": any(each.edited for each in private),
            "Be *Dana* or *Gus*: they see your words, nothing else.":
                bool(asked and read.get((DANA.id, ACME_SHARED), "") > asked)
                or bool(posted and read.get((GUS.id, GLOBEX), "") > posted),
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

    def _posted(self) -> str:
        """When somebody's own words were first posted for them to Gus."""
        upset = self._said.get(SECOND_ADMIN)
        replies = self._workspace.replies(upset) if upset else []
        return min((each.ts for each in replies if each.sender), default="")

    def _answered_after(self, moment: str) -> bool:
        """Whether a command was answered: that is for its asker's eyes, and in no thread."""
        notes = (note for note in self._workspace.ephemerals.values() if not note.thread_ts)
        return any(note.user == BOT_USER and note.ts > moment for note in notes)

    def _read_by_all(self, channel_id: str, message: Message) -> None:
        for user in self._workspace.channels[channel_id].members:
            if user in COLLEAGUES or message.user == user:
                self._workspace.read[user, channel_id] = message.ts
