"""The states of a conversation, and which happening moves it to which.

A conversation is the fold of what happened in it, in the order in which it happened. So whatever
arrives late, twice, edited, deleted or undone is put in its place and folded again: the result
does not depend on how Slack delivered it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TypedDict

from bot.core.copies import replace
from bot.core.model import (
    ANSWERED,
    CUSTOMER,
    DISMISSED,
    RESOLVED,
    SNOOZED,
    WAITING,
    Act,
    Action,
    Conversation,
    Entry,
    LastWord,
    Outcome,
    Said,
    Snooze,
    State,
    Wait,
    Woken,
    moment,
)


def conversation_id(channel: str, thread: str) -> str:
    return f"{channel}:{thread}"


def channel_of(conversation: str) -> str:
    """Return the channel that a conversation's id names."""
    return conversation.partition(":")[0]


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
        promisers=conversation.promisers,
        due_at=conversation.due_at,
        version=conversation.version,
    )
    return follow(fresh, entries)


def follow(conversation: Conversation, entries: Iterable[Entry]) -> Conversation:
    """Return what a conversation without a past becomes."""
    for entry in sorted([e for e in entries if not e.withdrawn], key=order):
        conversation = step(conversation, entry)
    return conversation


class Changes(TypedDict, total=False):
    """What one entry changes of a conversation; what it leaves out stays."""

    state: State
    wait: Wait | None
    claimer: str
    claimed_at: datetime
    snooze: Snooze | None
    woken: Woken | None
    last_word: LastWord
    outcome: Outcome


NOTHING = Changes()


def step(conversation: Conversation, entry: Entry) -> Conversation:
    """Return the conversation after one entry that comes after all others."""
    if isinstance(entry, Act):
        changes = ACTS[entry.action](conversation, entry)
    elif entry.role is CUSTOMER:
        changes = _asked(conversation, entry) if _waits(conversation, entry) else NOTHING
    else:
        changes = _answered(conversation, entry)
    return replace(conversation, last_at=entry.at, last_key=entry.key, **changes)


def _waits(conversation: Conversation, said: Said) -> bool:
    """Tell whether a customer's message is for us to act on; to our question, even an "ok" is."""
    word = conversation.last_word
    asked = word is not None and word.asks and conversation.wait is None
    return said.needs_reply or (said.answers and asked)


def _asked(conversation: Conversation, said: Said) -> Changes:
    waiting, snooze = conversation.wait, conversation.snooze
    if waiting:
        upset = waiting.upset or said.upset
        wait = replace(waiting, chases=waiting.chases + 1, upset=upset)
    else:
        wait = Wait(since=said.at, ts=said.ts, by=said.by, excerpt=said.excerpt, upset=said.upset)
    return {
        "state": WAITING,
        "wait": wait,
        "snooze": None,
        "woken": Woken(by=snooze.by, at=said.at, asked=True) if snooze else conversation.woken,
    }


def _answered(conversation: Conversation, said: Said) -> Changes:
    word = LastWord(ts=said.ts, by=said.by, holding=said.holding, asks=said.asks)
    if conversation.wait is None:
        return {"last_word": word}
    return {**_ended(ANSWERED, said.by, said.at), "last_word": word}


def _ended(state: State, by: str, at: datetime) -> Changes:
    outcome = Outcome(state=state, by=by, at=at)
    return {"state": state, "wait": None, "snooze": None, "woken": None, "outcome": outcome}


def _resolved(_: Conversation, act: Act) -> Changes:
    return _ended(RESOLVED, act.by, act.at)


def _dismissed(_: Conversation, act: Act) -> Changes:
    return _ended(DISMISSED, act.by, act.at)


def _claimed(conversation: Conversation, act: Act) -> Changes:
    if conversation.claimer and not act.takeover:
        return NOTHING
    return {"claimer": act.by, "claimed_at": act.at}


def _snoozed(conversation: Conversation, act: Act) -> Changes:
    if conversation.state.closed or act.until is None:
        return NOTHING
    snooze = Snooze(by=act.by, at=act.at, until=act.until)
    return {"state": SNOOZED, "snooze": snooze, "woken": None}


def _woken(conversation: Conversation, act: Act) -> Changes:
    snooze = conversation.snooze
    if snooze is None or snooze.until > act.at:
        return NOTHING
    return {
        "state": WAITING if conversation.wait else ANSWERED,
        "snooze": None,
        "woken": Woken(by=snooze.by, at=act.at, asked=False),
    }


def _tracked(conversation: Conversation, act: Act) -> Changes:
    since, by = moment(act.said), conversation.customer
    asked = Wait(since=since, ts=act.said, by=by, excerpt=act.excerpt)
    return {"state": WAITING, "wait": conversation.wait or asked, "snooze": None}


ACTS: dict[Action, Callable[[Conversation, Act], Changes]] = {
    Action.CLAIM: _claimed,
    Action.RESOLVE: _resolved,
    Action.SNOOZE: _snoozed,
    Action.WAKE: _woken,
    Action.TRACK: _tracked,
    Action.DISMISS: _dismissed,
}
