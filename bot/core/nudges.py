"""Who is told what, and when.

A wait has steps: the nudge, the escalation, then one repeat after another. What fell due while
nothing could be sent is not sent piece by piece: everybody concerned gets one message.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from bot.core.copies import replace
from bot.core.model import (
    ANSWERED,
    EPOCH,
    SNOOZED,
    WAITING,
    Conversation,
    LastWord,
    Told,
    Wait,
    Woken,
    moment,
)
from bot.core.outgoing import About, Outgoing, Reason
from bot.core.policy import Rules

NUDGE, ESCALATION = 1, 2
TOGETHER = timedelta(seconds=1)
"""A direct message waits this long for others to the same person, to go out as one."""
DIGEST = 3
"""So many nudges due to one person at once come as one message."""


Decided = tuple[Conversation, list[Outgoing]]


class Recipient(NamedTuple):
    to: str
    reason: Reason


def schedule(conversation: Conversation, rules: Rules) -> Conversation:
    """Return the conversation with the moment at which it next needs the clock."""
    due = _due(conversation, rules)
    return conversation if due == conversation.due_at else replace(conversation, due_at=due)


def _due(conversation: Conversation, rules: Rules) -> datetime | None:
    due = _due_in_state(conversation, rules)
    woken = _unheeded(conversation)
    if woken is None:
        return due
    rousing = rules.hours.next_opening(woken.at)
    return min(due, rousing) if due else rousing


def _due_in_state(conversation: Conversation, rules: Rules) -> datetime | None:
    wait, snooze = conversation.wait, conversation.snooze
    if conversation.state is WAITING and wait:
        after = _after(_told(conversation, wait) + 1, rules, upset=wait.upset)
        return rules.hours.add(wait.since, after)
    if conversation.state is SNOOZED and snooze:
        return snooze.until
    word = _owed(conversation)
    return _update_at(conversation, word, rules) if word else None


def _after(step: int, rules: Rules, *, upset: bool) -> timedelta:
    """Return how much business time passes before a step."""
    targets = rules.targets
    if step <= NUDGE:
        length = rules.hours.length(targets.nudge)
    else:
        length = rules.hours.length(targets.escalate)
        length += (step - ESCALATION) * rules.hours.length(targets.repeat)
    return length / 2 if upset else length


def _told(conversation: Conversation, wait: Wait) -> int:
    """Return the last step of a wait that was sent."""
    nudged = conversation.nudged
    return nudged.step if nudged and nudged.since == wait.since else 0


def is_stale(conversation: Conversation) -> bool:
    """Tell whether the claim has gone back to the triage channel: others may take it over."""
    wait, nudged, since = conversation.wait, conversation.nudged, conversation.claimed_at
    if conversation.state is not WAITING or not (wait and nudged and since):
        return False
    return _told(conversation, wait) >= ESCALATION and since <= nudged.at


def _unheeded(conversation: Conversation) -> Woken | None:
    """Return the waking that nobody has been told of."""
    woken, roused = conversation.woken, conversation.roused
    return woken if woken and (roused is None or roused.since != woken.at) else None


def _owed(conversation: Conversation) -> LastWord | None:
    """Return the last word, if more is owed: something promised, or what it put off."""
    word = conversation.last_word
    if word is None or conversation.state is not ANSWERED:
        return None
    put_off = conversation.claimer and word.holding
    return word if put_off or conversation.promisers else None


def _updates(conversation: Conversation, word: LastWord) -> int:
    """Return how often an update was asked for since that word."""
    updated = conversation.updated
    return updated.step if updated and updated.since == moment(word.ts) else 0


def _update_at(conversation: Conversation, word: LastWord, rules: Rules) -> datetime:
    every = rules.hours.length(rules.targets.update)
    return rules.hours.add(moment(word.ts), (_updates(conversation, word) + 1) * every)


def decide(conversation: Conversation, now: datetime, rules: Rules) -> Decided:
    """Return what is to be sent at `now`, and the conversation once it is.

    Outside business hours that is nothing, and the next opening is waited for.
    """
    if not rules.hours.is_open(now):
        return replace(conversation, due_at=rules.hours.next_opening(now)), []
    roused, waking = _rouse(conversation, now)
    stepped, nudges = _step(roused, now, rules)
    if waking:
        nudges = [nudge for nudge in nudges if nudge.to != waking[0].to]  # told by the waking
    updated, updates = _update(stepped, now, rules)
    return schedule(updated, rules), [*waking, *nudges, *updates]


def _rouse(conversation: Conversation, now: datetime) -> Decided:
    woken = _unheeded(conversation)
    if woken is None:
        return conversation, []
    to = Recipient(woken.by, Reason.SNOOZER)
    told = Told(since=woken.at, step=NUDGE, at=now)
    return replace(conversation, roused=told), [_outgoing(conversation, to, told, now)]


def _step(conversation: Conversation, now: datetime, rules: Rules) -> Decided:
    wait = conversation.wait
    if conversation.state is not WAITING or wait is None:
        return conversation, []
    before = _told(conversation, wait)
    reached = max(before, _reached(wait, now, rules))
    told = Told(since=wait.since, step=reached, at=now)
    if told.step == before:
        return conversation, []
    audience = _audience(conversation, before, told.step, rules)
    nudges = [_outgoing(conversation, to, told, now) for to in audience]
    return replace(conversation, nudged=told), nudges


def _update(conversation: Conversation, now: datetime, rules: Rules) -> Decided:
    word = _owed(conversation)
    if word is None or _update_at(conversation, word, rules) > now:
        return conversation, []
    every = rules.hours.length(rules.targets.update)
    reached = rules.hours.elapsed(moment(word.ts), now) // every
    step = max(reached, _updates(conversation, word) + 1)
    told = Told(since=moment(word.ts), step=step, at=now)
    debtors = (conversation.claimer,) if conversation.claimer else conversation.promisers
    nudges = [_outgoing(conversation, Recipient(one, Reason.UPDATE), told, now) for one in debtors]
    return replace(conversation, updated=told), nudges


def _reached(wait: Wait, now: datetime, rules: Rules) -> int:
    """Return the last step that is due by now, however long nobody looked."""
    passed = rules.hours.elapsed(wait.since, now)
    nudge, escalation, repeat = (
        _after(step, rules, upset=wait.upset) for step in (NUDGE, ESCALATION, ESCALATION + 1)
    )
    if passed >= escalation:
        return ESCALATION + (passed - escalation) // (repeat - escalation)
    return NUDGE if passed >= nudge else 0


def _audience(
    conversation: Conversation, before: int, reached: int, rules: Rules
) -> list[Recipient]:
    """Return who is told of the steps after `before` up to `reached`, each once."""
    recipients: list[Recipient] = []
    if before < NUDGE <= reached:
        if conversation.claimer:
            recipients.append(Recipient(conversation.claimer, Reason.CLAIMER))
        elif rules.owners:
            recipients += [Recipient(owner, Reason.OWNER) for owner in rules.owners]
        else:
            recipients += triage(rules)
    if reached > max(before, NUDGE):
        recipients += triage(rules)
        recipients += [Recipient(lead, Reason.LEAD) for lead in rules.leads]
        if not recipients and conversation.claimer:
            recipients.append(Recipient(conversation.claimer, Reason.CLAIMER))
    return list({recipient.to: recipient for recipient in reversed(recipients)}.values())[::-1]


def triage(rules: Rules) -> list[Recipient]:
    """Return the triage channel, or whoever is nearest where a team has not set one."""
    if rules.triage:
        return [Recipient(rules.triage, Reason.TRIAGE)]
    nearest = rules.leads or rules.owners or ((rules.invited_by,) if rules.invited_by else ())
    return [Recipient(person, Reason.FALLBACK) for person in nearest]


def _outgoing(
    conversation: Conversation, recipient: Recipient, told: Told, now: datetime
) -> Outgoing:
    wait = f"{conversation.id}/{(told.since - EPOCH) // timedelta(microseconds=1)}"
    about = About(
        conversation=conversation.id, since=told.since, reason=recipient.reason, step=told.step
    )
    return Outgoing(
        id=f"{recipient.reason}/{wait}/{told.step}/{recipient.to}",
        to=recipient.to,
        at=now if recipient.reason is Reason.TRIAGE else now + TOGETHER,
        about=(about,),
    )


def digest(nudges: list[Outgoing]) -> Outgoing:
    """Return one message to a person in place of several; the last word on each matter counts."""
    about = {(one.subject, one.reason): one for nudge in nudges for one in nudge.about}
    return replace(nudges[0], id=f"digest/{nudges[0].id}", about=tuple(about.values()))


def still_holds(about: About, conversation: Conversation, to: str) -> bool:
    """Tell whether a nudge that was decided is still true now that its turn has come."""
    if about.reason is Reason.UPDATE:
        word = _owed(conversation)
        return word is not None and moment(word.ts) == about.since
    if about.reason is Reason.SNOOZER:
        return conversation.woken is not None and conversation.woken.at == about.since
    if conversation.state is not WAITING or not conversation.wait:
        return False
    if about.reason is Reason.OWNER and conversation.claimer not in ("", to):
        return False
    return conversation.wait.since == about.since
