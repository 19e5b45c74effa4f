"""A colleague's reply, posted to the customer because they pressed the button."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.core.decision import Decisions
from bot.core.events import MessagePosted
from bot.core.intake import Intake
from bot.core.ledger import moved
from bot.core.model import Change, Person, Role
from bot.core.outgoing import Note, NoteKind, Outgoing, Reply
from bot.core.people import role


class Posting:
    def __init__(self, decisions: Decisions, intake: Intake) -> None:
        self._decisions = decisions
        self._intake = intake

    def post(self, key: str, reply: Reply, channel: str, thread: str, now: datetime) -> None:
        """Have a reply posted; `key` names the press of the button, which counts once."""
        fact = f"posted/{key}"
        out = Outgoing(id=f"reply/{key}", to=channel, thread=thread, at=now, reply=reply)

        def decide() -> Change:
            if self._decisions.store.fact(fact):
                return Change()
            return Change(outbox=(out,), facts=((fact, now.isoformat()),))

        self._decisions.make(decide, now)

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
        )

        def decide() -> Change:
            change = self._intake.taken_in(message, now)
            return replace(self._moved(reply, message, change), sent=(out.id,))

        self._decisions.make(decide, now)

    def _moved(self, reply: Reply, message: MessagePosted, change: Change) -> Change:
        """Add that the date it tells is the new one of an earlier promise, whoever made that."""
        promises = {promise.id: promise for promise in change.promises}
        made = next((one for one in promises.values() if one.ts == message.ts), None)
        old = promises.get(reply.moves) or self._decisions.store.promise(reply.moves)
        if made is None or old is None:
            return change
        promises[old.id] = moved(old, made, reply.by)
        return replace(change, promises=tuple(promises.values()))

    def refused(self, out: Outgoing, reply: Reply, error: str, now: datetime) -> None:
        """Give the words back to who wrote them, where Slack does not take them."""
        facts = {"channel": out.to, "error": error, "text": reply.text}
        note = Note(kind=NoteKind.NOT_POSTED, facts=facts)
        told = Outgoing(id=f"{NoteKind.NOT_POSTED}/{out.id}", to=reply.by, at=now, note=note)
        self._decisions.make(lambda: Change(sent=(out.id,), outbox=(told,)), now)
