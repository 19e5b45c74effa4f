"""Help with a reply: what fits, what the words risk, and how the team changes its templates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.core import readers
from bot.core.conversations import conversation_id, order
from bot.core.decision import Decisions
from bot.core.ledger import Standing
from bot.core.model import Change, Conversation, Person, Role, Said
from bot.core.people import zone
from bot.core.refusals import Unknown
from bot.core.replies import Edit, Kept, Register, Slot, Template, in_force
from bot.core.toning.findings import Context, Finding, Given, Written
from bot.core.values import value

UNSURE = frozenset({"question", "unclear"})
"""Kinds that say too little: then a template is chosen by the words alone."""
YOU = "you"


@value
class Place:
    """Where a reply goes, and what it answers."""

    channel: str
    thread: str
    """The `ts` under which it is posted."""
    customer: str = ""
    text: str = ""
    """What the customer wrote."""

    @property
    def conversation(self) -> str:
        return conversation_id(self.channel, self.thread)


class Replying:
    def __init__(self, decisions: Decisions, shipped: Callable[[], tuple[Template, ...]]) -> None:
        self._decisions = decisions
        self._store = decisions.store
        self._shipped = shipped

    # What to say

    def place(self, conversation: Conversation) -> Place:
        """Return where a conversation is answered, with what waits there for an answer."""
        asked = self._asked(conversation)
        return Place(
            channel=conversation.channel,
            thread=conversation.thread,
            customer=asked.by if asked else conversation.customer,
            text=asked.excerpt if asked else "",
        )

    def suggest(self, place: Place, now: datetime, words: str = "") -> readers.Chosen:
        """Return the three templates that fit best, in the channel's register."""
        understood = readers.understand(place.text)
        asked = readers.Asked(
            text=place.text,
            kind="" if understood.kind in UNSURE else str(understood.kind),
            needs_reply=understood.needs_reply,
            upset=understood.upset,
        )
        standing = self._standing(place, now)
        return readers.choose(
            self.templates(), asked, standing, self.register(place.channel), words
        )

    def check(self, draft: str, place: Place, by: Person, now: datetime) -> tuple[Finding, ...]:
        """Return what a draft of somebody's risks, there and then."""
        rules = self._decisions.rules(self._decisions.channel(place.channel))
        promises = self._store.promises_in(place.conversation)
        context = Context(
            now=now,
            zone=zone(by, self._decisions.policy),
            hours=rules.hours,
            closing=rules.closing,
            author=YOU,
            earlier=tuple(
                Written(by=self._name(said.by, by), text=said.excerpt, at=said.at)
                for said in self._ours(place.conversation)
            ),
            promises=tuple(
                Given(by=self._name(promise.by, by), words=promise.words, due=promise.due)
                for promise in promises
                if promise.is_open and promise.due
            ),
            theirs=place.text,
        )
        return readers.check(draft, context)

    def register(self, channel_id: str) -> Register:
        """Return how formal we are in a channel."""
        return Register(self._decisions.channel(channel_id).register or Register.NEUTRAL)

    # The templates

    def templates(self) -> tuple[Template, ...]:
        """Return the templates in force."""
        return in_force(self._shipped(), self._store.templates())

    def template(self, template_id: str) -> Template:
        """Return one template.

        Raises:
            Unknown: it has been taken away.
        """
        found = next((one for one in self.templates() if one.id == template_id), None)
        if found is None:
            raise Unknown(template_id)
        return found

    def once(self, template_id: str) -> Template:
        """Return a template, one that was taken away too.

        Raises:
            Unknown: there has never been one of that id.
        """
        past = (edit.template for edit in reversed(self.history(template_id)))
        known = (*past, *(one for one in self._shipped() if one.id == template_id))
        found = next((template for template in known if template), None)
        if found is None:
            raise Unknown(template_id)
        return found

    def in_register(self, template: Template, register: str) -> Template:
        """Return what is said in the same situation in another register, if there is anything."""
        same = (one for one in self.templates() if one.situation == template.situation)
        return next((one for one in same if one.register == register), template)

    def slots(self, template_id: str = "") -> tuple[Slot, ...]:
        """Return all that a template can ask for, each once, as that template words it."""
        every = (*self.templates(), *self._shipped())
        own = [one for one in every if one.id == template_id]
        named: dict[str, Slot] = {}
        for slot in (slot for one in (*own, *every) for slot in one.slots):
            named.setdefault(slot.name, slot)
        return tuple(named.values())

    def history(self, template_id: str) -> tuple[Edit, ...]:
        """Return the team's changes of a template, the newest last."""
        return next((k.edits for k in self._store.templates() if k.id == template_id), ())

    def keep(self, template: Template, by: str, now: datetime) -> None:
        """Add a template, or change it; what it was before is kept."""
        self._edit(template.id, Edit(template=template, by=by, at=now), now)

    def remove(self, template_id: str, by: str, now: datetime) -> None:
        """Take a template away; its words are kept.

        Raises:
            Unknown: there is none.
        """
        self.template(template_id)
        self._edit(template_id, Edit(template=None, by=by, at=now), now)

    def _edit(self, template_id: str, edit: Edit, now: datetime) -> None:
        def decide() -> Change:
            known = {kept.id: kept for kept in self._store.templates()}
            before = known.get(template_id) or Kept(id=template_id, edits=())
            return Change(templates=(replace(before, edits=(*before.edits, edit)),))

        self._decisions.make(decide, now)

    def _asked(self, conversation: Conversation) -> Said | None:
        """Return the last thing that the customer wrote."""
        log = sorted(self._store.log(conversation.id), key=order, reverse=True)
        theirs = (one for one in log if isinstance(one, Said) and one.role is Role.CUSTOMER)
        return next((one for one in theirs if not one.withdrawn), None)

    def _ours(self, conversation_id: str) -> list[Said]:
        log = sorted(self._store.log(conversation_id), key=order)
        said = (one for one in log if isinstance(one, Said) and not one.withdrawn)
        return [one for one in said if one.role is Role.COLLEAGUE and one.excerpt]

    def _name(self, person_id: str, reader: Person) -> str:
        """Name somebody within a sentence for who reads it."""
        if person_id == reader.id:
            return YOU
        known = self._store.person(person_id)
        return (known and known.name) or "a colleague"

    def _standing(self, place: Place, now: datetime) -> readers.Standing:
        conversation = self._store.conversation(place.conversation)
        owed = [one for one in self._store.promises_in(place.conversation) if one.is_open]
        ours = self._ours(place.conversation)
        wait = conversation.wait if conversation else None
        hours = self._decisions.rules(self._decisions.channel(place.channel)).hours
        return readers.Standing(
            answered=bool(conversation and conversation.last_word),
            chases=wait.chases if wait else 0,
            promised=bool(owed),
            overdue=any(one.standing is Standing.BROKEN for one in owed),
            apologised=any(readers.apologises(said.excerpt) for said in ours),
            out_of_hours=not hours.is_open(now),
        )
