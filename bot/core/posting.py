"""A colleague's reply, posted to the customer because they pressed the button."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.core.decision import Decisions
from bot.core.events import MessagePosted
from bot.core.intake import Intake
from bot.core.model import Action, Change, Conversation, Person, Role, State, moment
from bot.core.outgoing import Note, NoteKind, Outgoing, Reply
from bot.core.people import role

Act = Callable[[str, Action, str, datetime], Conversation]


class Posting:
    def __init__(self, decisions: Decisions, intake: Intake, act: Act) -> None:
        self._decisions = decisions
        self._intake = intake
        self._act = act

    def post(self, key: str, reply: Reply, channel: str, thread: str, now: datetime) -> None:
        """Have a reply posted; `key` names the press of the button, which counts once."""
        fact = f"posted/{key}"
        out = Outgoing(id=f"reply/{key}", to=channel, thread=thread, at=now, reply=reply)

        def decide() -> Change:
            if self._decisions.store.fact(fact):
                return Change()
            return Change(outbox=(out,), facts=((fact, now.isoformat()),))

        self._decisions.make(decide, now)

    def is_posted(self, key: str) -> bool:
        """Tell whether that press of the button has counted."""
        return bool(self._decisions.store.fact(f"posted/{key}"))

    def may_post(self, person: Person) -> bool:
        return role(person, self._decisions.policy) is Role.COLLEAGUE

    def delivered(
        self, out: Outgoing, reply: Reply, author: Person, ts: str, now: datetime
    ) -> None:
        """Take in the reply as if its author had typed it."""
        message = MessagePosted(
            channel=out.to,
            ts=ts,
            author=author,
            text=reply.text,
            thread=out.thread,
            due=reply.due,
            moves=reply.moves,
            by_form=True,
        )
        self._decisions.make(
            lambda: replace(self._intake.taken_in(message, now), sent=(out.id,)), now
        )
        for one in self._decisions.store.about(out.to, ts) if reply.resolves else ():
            conversation = self._decisions.store.conversation(one)
            if conversation and conversation.state is State.ANSWERED:
                self._act(one, Action.RESOLVE, author.id, moment(ts))

    def refused(self, out: Outgoing, reply: Reply, error: str, now: datetime) -> None:
        """Give the words back to who wrote them, where Slack does not take them."""
        facts = {"channel": out.to, "error": error, "text": reply.text}
        note = Note(kind=NoteKind.NOT_POSTED, facts=facts)
        told = Outgoing(id=f"{NoteKind.NOT_POSTED}/{out.id}", to=reply.by, at=now, note=note)
        self._decisions.make(lambda: Change(sent=(out.id,), outbox=(told,)), now)
