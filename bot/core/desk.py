"""What people can do with a conversation, by reaction, button and command, and what they ask."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.core import marking
from bot.core.channels import Channels
from bot.core.conversations import add, opened, order
from bot.core.decision import Decisions
from bot.core.events import MessagePosted, Reacted
from bot.core.excerpts import excerpt_of
from bot.core.intake import Intake
from bot.core.keeping import Keeping
from bot.core.ledger import Promise
from bot.core.model import Act, Action, Change, Channel, Conversation, Person, Role, Said, moment
from bot.core.nudges import is_stale
from bot.core.outgoing import Note, NoteKind, Outgoing
from bot.core.people import is_watched, role
from bot.core.posting import Posting
from bot.core.refusals import AlreadyClaimed, NotOpen, Unknown
from bot.core.replies import Template
from bot.core.replying import Replying
from bot.core.values import value

REACTIONS = {
    "eyes": Action.CLAIM,
    "white_check_mark": Action.RESOLVE,
    "alarm_clock": Action.SNOOZE,
    "pushpin": Action.TRACK,
    "no_bell": Action.DISMISS,
}
INSTANT = timedelta(microseconds=1)


@value
class Explanation:
    """Why a message was, or was not, counted."""

    channel: Channel
    watched: bool
    said: Said | None
    conversation: Conversation | None
    history: tuple[Said | Act, ...] = ()
    promises: tuple[Promise, ...] = ()
    """What was read in it as a promise."""


class Desk:
    """What the edges call. Every method that changes something has stored it when it returns."""

    def __init__(
        self, decisions: Decisions, templates: Callable[[], tuple[Template, ...]] = tuple
    ) -> None:
        self._decisions = decisions
        self.store = decisions.store
        self.policy = decisions.policy
        self.replying = Replying(decisions, templates)
        self.intake = Intake(decisions)
        self.promises = Keeping(decisions)
        self.posting = Posting(decisions, self.intake, self.act)
        self.channels = Channels(decisions)

    def role(self, person: Person) -> Role:
        return role(person, self.policy)

    # What people do with a conversation

    def act(self, conversation_id: str, action: Action, by: str, now: datetime) -> Conversation:
        """Do what a button or a command asks for.

        Raises:
            AlreadyClaimed: a colleague has it, and holds on to it.
            NotOpen: it is resolved or dismissed, so it cannot be snoozed.
            Unknown: there is no such conversation.
        """

        def decide() -> Change:
            conversation = self._found(conversation_id)
            at = max(now, (conversation.last_at or now) + INSTANT)
            act = self._act(conversation, action, by, at, key=f"{action}/{by}/{at.isoformat()}")
            if action is Action.CLAIM and _taken(conversation, act):
                raise AlreadyClaimed(conversation.claimer)
            if action is Action.SNOOZE and conversation.state.closed:
                raise NotOpen(conversation.state)
            return self._entered(conversation, act, now)

        self._decisions.make(decide, now)
        return self._found(conversation_id)

    def reacted(self, reaction: Reacted, now: datetime) -> bool:
        """Do what a reaction asks for, or undo it; False where the message is not known."""
        if self.role(reaction.by) is not Role.COLLEAGUE:
            return True
        if reaction.name in marking.REACTIONS and self.promises.reacted(reaction, now):
            return True
        action = REACTIONS.get(reaction.name)
        if action is None:
            return reaction.name != marking.PROMISED
        conversation_id = self._meant(reaction.channel, reaction.ts)
        if not conversation_id:
            return False
        self._decisions.make(lambda: self._reacted(conversation_id, action, reaction, now), now)
        return True

    def track(self, message: MessagePosted, reaction: Reacted, now: datetime) -> None:
        """Track a message as a request, whatever Heard thought of it when it came.

        One that is older than the wait of its thread is not taken in as if it had gone unanswered
        since: Heard was not told what came between.
        """
        home = self._home(message.channel, message.thread or message.ts)
        wait = self._found(home).wait if home else None
        if not (wait and moment(message.ts) < wait.since):
            self.intake.posted(message, now)
        if self.reacted(reaction, now) or not reaction.added:
            return
        if self.role(message.author) is not Role.CUSTOMER:
            self._decisions.make(
                lambda: Change(outbox=(self._note(reaction, NoteKind.NOT_A_CUSTOMER, {}, now),)),
                now,
            )
            return

        def decide() -> Change:
            blank = opened(message.channel, message.thread or message.ts, message.author.id)
            conversation = self.store.conversation(home or blank.id) or blank
            said = Said(
                conversation=conversation.id,
                ts=message.ts,
                by=message.author.id,
                role=Role.CUSTOMER,
                excerpt=excerpt_of(message.text),
                needs_reply=False,
                why="it was not counted until a colleague tracked it",
                edited=message.edited,
            )
            act = self._reaction(conversation, Action.TRACK, reaction)
            act = replace(act, said=said.ts, excerpt=said.excerpt)
            change = self._entered(conversation, act, now)
            return replace(change, entries=(said, *change.entries))

        self._decisions.make(decide, now)

    def _reacted(
        self, conversation_id: str, action: Action, reaction: Reacted, now: datetime
    ) -> Change:
        conversation = self._found(conversation_id)
        act = self._reaction(conversation, action, reaction)
        known = self.store.entry(conversation.id, act.key)
        if isinstance(known, Act) and not _supersedes(reaction, known):
            return Change()
        said = self.store.entry(conversation.id, act.said)
        if action is Action.TRACK and isinstance(said, Said) and said.role is not Role.CUSTOMER:
            return Change(outbox=(self._note(reaction, NoteKind.NOT_A_CUSTOMER, {}, now),))
        if not reaction.added:
            act = replace(known if isinstance(known, Act) else act, withdrawn=_stamp(reaction.at))
        change = self._entered(conversation, act, now)
        claimer = change.conversations[0].claimer
        if reaction.added and action is Action.CLAIM and claimer != act.by:
            note = self._note(reaction, NoteKind.ALREADY_CLAIMED, {"claimer": claimer}, now)
            change = replace(change, outbox=(*change.outbox, note))
        elif reaction.added and action is Action.SNOOZE and conversation.state.closed:
            note = self._note(reaction, NoteKind.NOT_OPEN, {"state": str(conversation.state)}, now)
            change = replace(change, outbox=(note,))
        return change

    def _reaction(self, conversation: Conversation, action: Action, reaction: Reacted) -> Act:
        at = max(reaction.at, moment(reaction.ts) + INSTANT)
        key = f"{reaction.ts}/{reaction.name}/{reaction.by.id}"
        on_card = self.store.entry(conversation.id, reaction.ts) is None
        said = "" if on_card else reaction.ts
        return self._act(conversation, action, reaction.by.id, at, key=key, said=said)

    def _act(
        self,
        conversation: Conversation,
        action: Action,
        by: str,
        at: datetime,
        *,
        key: str,
        said: str = "",
    ) -> Act:
        rules = self._decisions.rules(self._decisions.channel(conversation.channel))
        entry = self.store.entry(conversation.id, said) if said else None
        return Act(
            conversation=conversation.id,
            key=key,
            action=action,
            by=by,
            at=at,
            said=said or conversation.thread,
            excerpt=entry.excerpt if isinstance(entry, Said) and action is Action.TRACK else "",
            until=rules.hours.add(at, rules.hours.length(self.policy.snooze))
            if action is Action.SNOOZE
            else None,
            takeover=action is Action.CLAIM and is_stale(conversation),
        )

    def _entered(self, conversation: Conversation, act: Act, now: datetime) -> Change:
        after = add(conversation, act, lambda: self.store.log(conversation.id))
        lost = conversation.claimer
        notes: tuple[Outgoing, ...] = ()
        if lost and act.takeover and after.claimer == act.by != lost:
            note = Note(
                kind=NoteKind.TAKEN_OVER,
                facts={"by": act.by, "channel": conversation.channel, "ts": conversation.thread},
            )
            notes = (Outgoing(id=f"taken/{act.key}", to=lost, at=now, note=note),)
        kept = self.promises.settled(act) if act.action is Action.RESOLVE else ()
        return Change(conversations=(after,), entries=(act,), promises=kept, outbox=notes)

    def _note(
        self, reaction: Reacted, kind: NoteKind, facts: dict[str, str], now: datetime
    ) -> Outgoing:
        """Answer a reaction, for the eyes of who reacted only."""
        where = {"channel": reaction.channel, "ts": reaction.ts}
        direct = reaction.channel.startswith("D")
        return Outgoing(
            id=f"note/{kind}/{reaction.channel}/{reaction.ts}/{reaction.by.id}/{_stamp(reaction.at)}",
            to=reaction.by.id if direct else reaction.channel,
            only="" if direct else reaction.by.id,
            at=now,
            note=Note(kind=kind, facts={**where, **facts}),
        )

    def _meant(self, channel: str, ts: str) -> str:
        """Return the conversation that a message, or a card about it, belongs to."""
        home = self._home(channel, ts)
        if home:
            return home
        card = self.store.card_at(channel, ts)
        return card.about[0].conversation if card and len(card.about) == 1 else ""

    def _home(self, channel: str, ts: str) -> str:
        ids = self.store.about(channel, ts)
        return next((one for one in ids if self.store.conversation(one)), "")

    def _found(self, conversation_id: str) -> Conversation:
        conversation = self.store.conversation(conversation_id)
        if conversation is None:
            raise Unknown(conversation_id)
        return conversation

    def met(self, person: Person, now: datetime) -> None:
        """Remember what Slack says of a person; what is known already costs nothing."""

        def decide() -> Change:
            return Change() if self.store.person(person.id) == person else Change(people=(person,))

        self._decisions.make(decide, now)

    # What people ask

    def here(self, channel_id: str) -> tuple[Conversation, ...]:
        return self.store.waiting(channel_id)

    def queue(self, claimer: str = "", limit: int = 1000) -> tuple[Conversation, ...]:
        return self.store.open(claimer=claimer, limit=limit)

    def at(self, channel_id: str, ts: str) -> Conversation:
        """Return the conversation that a message belongs to.

        Raises:
            Unknown: there is none.
        """
        return self._found(self._meant(channel_id, ts))

    def why(self, channel_id: str, ts: str) -> Explanation:
        channel = self._decisions.channel(channel_id)
        ids = self.store.about(channel_id, ts)
        said = self.store.entry(ids[0], ts) if ids else None
        log = sorted(self.store.log(ids[0]), key=order) if ids else []
        return Explanation(
            channel=channel,
            watched=is_watched(channel, self.policy),
            said=said if isinstance(said, Said) else None,
            conversation=self.store.conversation(ids[0]) if ids else None,
            history=tuple(log),
            promises=self.store.promises_at(channel_id, ts),
        )


def _taken(conversation: Conversation, act: Act) -> bool:
    return conversation.claimer not in ("", act.by) and not act.takeover


def _supersedes(reaction: Reacted, known: Act) -> bool:
    """Tell whether a reaction says something newer than what is known of it."""
    last = known.withdrawn or _stamp(known.at)
    return _stamp(reaction.at) > last or (
        not reaction.added and not known.withdrawn and _stamp(reaction.at) >= last
    )


def _stamp(at: datetime) -> str:
    return f"{at.timestamp():.6f}"
