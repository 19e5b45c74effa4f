"""The states of a conversation, and which happening moves it to which.

A conversation is the fold of what happened in it, in the order in which it happened. So whatever
arrives late, twice, edited, deleted or undone is put in its place and folded again: the result
does not depend on how Slack delivered it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

from bot.core.model import (
    Act,
    Action,
    Conversation,
    Entry,
    LastWord,
    Outcome,
    Role,
    Said,
    Snooze,
    State,
    Wait,
    Woken,
    moment,
)


def conversation_id(channel: str, thread: str) -> str:
    return f"{channel}:{thread}"


def opened(channel: str, thread: str, customer: str) -> Conversation:
    """Return a conversation in which nothing has counted yet."""
    return Conversation(
        id=conversation_id(channel, thread), channel=channel, thread=thread, customer=customer
    )


def order(entry: Entry) -> tuple[datetime, str]:
    return entry.at, entry.key


def add(
    conversation: Conversation, entry: Entry, log: Callable[[], Iterable[Entry]]
) -> Conversation:
    """Return the conversation with one more or one changed entry.

    `log` gives the stored entries; it is asked only where the entry is not the newest.
    """
    newest = conversation.last_at is None or (conversation.last_at, conversation.last_key) < order(
        entry
    )
    if newest and not entry.withdrawn:
        return step(conversation, entry)
    return fold(conversation, [*(e for e in log() if e.key != entry.key), entry])


def fold(conversation: Conversation, entries: Iterable[Entry]) -> Conversation:
    """Return what the entries make of it; how far its nudges went stays."""
    fresh = replace(
        opened(conversation.channel, conversation.thread, conversation.customer),
        nudged=conversation.nudged,
        updated=conversation.updated,
        roused=conversation.roused,
        due_at=conversation.due_at,
        version=conversation.version,
    )
    for entry in sorted((e for e in entries if not e.withdrawn), key=order):
        fresh = step(fresh, entry)
    return fresh


def step(conversation: Conversation, entry: Entry) -> Conversation:
    """Return the conversation after one entry that comes after all others."""
    if isinstance(entry, Act):
        after = ACTS[entry.action](conversation, entry)
    elif entry.role is Role.CUSTOMER:
        after = _asked(conversation, entry) if entry.needs_reply else conversation
    else:
        after = _answered(conversation, entry)
    return replace(after, last_at=entry.at, last_key=entry.key)


def _asked(conversation: Conversation, said: Said) -> Conversation:
    waiting = conversation.wait
    snooze = conversation.snooze
    return replace(
        conversation,
        state=State.WAITING,
        wait=replace(waiting, chases=waiting.chases + 1, upset=waiting.upset or said.upset)
        if waiting
        else Wait(since=said.at, ts=said.ts, by=said.by, excerpt=said.excerpt, upset=said.upset),
        snooze=None,
        woken=Woken(by=snooze.by, at=said.at, asked=True) if snooze else conversation.woken,
    )


def _answered(conversation: Conversation, said: Said) -> Conversation:
    word = LastWord(ts=said.ts, by=said.by, holding=said.holding)
    if conversation.wait is None:
        return replace(conversation, last_word=word)
    return replace(_ended(conversation, State.ANSWERED, said.by, said.at), last_word=word)


def _ended(conversation: Conversation, state: State, by: str, at: datetime) -> Conversation:
    return replace(
        conversation,
        state=state,
        wait=None,
        snooze=None,
        woken=None,
        outcome=Outcome(state=state, by=by, at=at),
    )


def _claimed(conversation: Conversation, act: Act) -> Conversation:
    if conversation.claimer and conversation.claimer != act.by and not act.takeover:
        return conversation
    return replace(conversation, claimer=act.by, claimed_at=act.at)


def _snoozed(conversation: Conversation, act: Act) -> Conversation:
    if conversation.state.closed or act.until is None:
        return conversation
    return replace(
        conversation,
        state=State.SNOOZED,
        snooze=Snooze(by=act.by, at=act.at, until=act.until),
        woken=None,
    )


def _woken(conversation: Conversation, act: Act) -> Conversation:
    snooze = conversation.snooze
    if snooze is None or snooze.until > act.at:
        return conversation
    return replace(
        conversation,
        state=State.WAITING if conversation.wait else State.ANSWERED,
        snooze=None,
        woken=Woken(by=snooze.by, at=act.at, asked=False),
    )


def _tracked(conversation: Conversation, act: Act) -> Conversation:
    if conversation.wait:
        return replace(conversation, state=State.WAITING, snooze=None)
    return replace(
        conversation,
        state=State.WAITING,
        wait=Wait(
            since=moment(act.said),
            ts=act.said,
            by=conversation.customer,
            excerpt=act.excerpt,
        ),
        snooze=None,
    )


ACTS: dict[Action, Callable[[Conversation, Act], Conversation]] = {
    Action.CLAIM: _claimed,
    Action.RESOLVE: lambda c, act: _ended(c, State.RESOLVED, act.by, act.at),
    Action.SNOOZE: _snoozed,
    Action.WAKE: _woken,
    Action.TRACK: _tracked,
    Action.DISMISS: lambda c, act: _ended(c, State.DISMISSED, act.by, act.at),
}
