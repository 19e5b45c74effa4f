"""Who is told what, and when.

A wait has steps: the nudge, the escalation, then one repeat after another. What fell due while
nothing could be sent is not sent piece by piece: everybody concerned gets one message.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from bot.core.model import About, Conversation, Duration, Outgoing, Reason, State, Told, moment
from bot.core.policy import Rules

NUDGE, ESCALATION = 1, 2
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
TOGETHER = timedelta(seconds=1)
"""A direct message waits this long for others to the same person, to go out as one."""
DIGEST = 3
"""So many nudges due to one person at once come as one message."""


@dataclass(frozen=True, slots=True)
class Recipient:
    to: str
    reason: Reason


def schedule(conversation: Conversation, rules: Rules) -> Conversation:
    """Return the conversation with the moment at which it next needs the clock."""
    due = min(_dues(conversation, rules), default=None)
    return conversation if due == conversation.due_at else replace(conversation, due_at=due)


def _dues(conversation: Conversation, rules: Rules) -> Iterator[datetime]:
    if conversation.state is State.SNOOZED and conversation.snooze:
        yield conversation.snooze.until
    if _rousing(conversation):
        yield rules.hours.next_opening(_rousing_since(conversation))
    if conversation.state is State.WAITING and conversation.wait:
        yield step_at(conversation, _told(conversation) + 1, rules)
    if owes_update(conversation):
        yield _update_at(conversation, rules)


def step_at(conversation: Conversation, step: int, rules: Rules) -> datetime:
    """Return when a step of the present wait falls due, always within business hours."""
    wait = conversation.wait
    assert wait is not None  # noqa: S101 - the caller has seen it
    return rules.hours.add(wait.since, _after(step, rules, upset=wait.upset))


def _after(step: int, rules: Rules, *, upset: bool) -> timedelta:
    """Return how much business time passes before a step."""
    nudge, escalate, repeat = (
        rules.hours.length(_pressed(target, upset=upset))
        for target in (rules.targets.nudge, rules.targets.escalate, rules.targets.repeat)
    )
    return nudge if step <= NUDGE else escalate + (step - ESCALATION) * repeat


def _pressed(duration: Duration, *, upset: bool) -> Duration:
    return duration.half() if upset else duration


def _told(conversation: Conversation) -> int:
    """Return the last step of the present wait that was sent."""
    wait, nudged = conversation.wait, conversation.nudged
    return nudged.step if wait and nudged and nudged.since == wait.since else 0


def is_stale(conversation: Conversation) -> bool:
    """Tell whether the claim has gone back to the triage channel: others may take it over."""
    return bool(
        conversation.claimer
        and conversation.state is State.WAITING
        and _told(conversation) >= ESCALATION
    )


def _rousing(conversation: Conversation) -> bool:
    woken, roused = conversation.woken, conversation.roused
    return woken is not None and (roused is None or roused.since != woken.at)


def _rousing_since(conversation: Conversation) -> datetime:
    assert conversation.woken is not None  # noqa: S101 - the caller has seen it
    return conversation.woken.at


def owes_update(conversation: Conversation) -> bool:
    """Tell whether the customer was only put off, by someone who holds on to it."""
    word = conversation.last_word
    return bool(
        conversation.state is State.ANSWERED and conversation.claimer and word and word.holding
    )


def _updated(conversation: Conversation) -> int:
    word, updated = conversation.last_word, conversation.updated
    return updated.step if word and updated and updated.since == moment(word.ts) else 0


def _update_at(conversation: Conversation, rules: Rules) -> datetime:
    assert conversation.last_word is not None  # noqa: S101 - the caller has seen it
    every = rules.hours.length(rules.targets.update)
    said = moment(conversation.last_word.ts)
    return rules.hours.add(said, (_updated(conversation) + 1) * every)


def decide(
    conversation: Conversation, now: datetime, rules: Rules
) -> tuple[Conversation, list[Outgoing]]:
    """Return what is to be sent at `now`, and the conversation once it is.

    Outside business hours that is nothing, and the next opening is waited for.
    """
    if not rules.hours.is_open(now):
        return replace(conversation, due_at=rules.hours.next_opening(now)), []
    outgoing: list[Outgoing] = []
    roused = _rousing(conversation)
    if roused and conversation.woken:
        outgoing.append(
            _outgoing(
                conversation,
                Recipient(conversation.woken.by, Reason.SNOOZER),
                since=conversation.woken.at,
                step=NUDGE,
                now=now,
            )
        )
        conversation = replace(
            conversation, roused=Told(since=conversation.woken.at, step=NUDGE)
        )
    if conversation.state is State.WAITING and conversation.wait:
        since, before = conversation.wait.since, _told(conversation)
        reached = _reached(conversation, now, rules)
        outgoing += [
            _outgoing(conversation, recipient, since=since, step=reached, now=now)
            for recipient in _audience(conversation, before, reached, rules)
            if not (roused and recipient.reason in (Reason.CLAIMER, Reason.OWNER))
        ]
        if reached > before:
            conversation = replace(conversation, nudged=Told(since=since, step=reached))
    if owes_update(conversation) and _update_at(conversation, rules) <= now:
        assert conversation.last_word is not None  # noqa: S101 - owes_update has seen it
        said, step = moment(conversation.last_word.ts), _updated(conversation) + 1
        recipient = Recipient(conversation.claimer, Reason.UPDATE)
        outgoing.append(_outgoing(conversation, recipient, since=said, step=step, now=now))
        conversation = replace(conversation, updated=Told(since=said, step=step))
    return schedule(conversation, rules), outgoing


def _reached(conversation: Conversation, now: datetime, rules: Rules) -> int:
    """Return the last step that is due by now, however long nobody looked."""
    wait = conversation.wait
    assert wait is not None  # noqa: S101 - the caller has seen it
    passed = rules.hours.elapsed(wait.since, now)
    repeat = _after(ESCALATION + 1, rules, upset=wait.upset) - _after(
        ESCALATION, rules, upset=wait.upset
    )
    beyond = passed - _after(ESCALATION, rules, upset=wait.upset)
    if beyond >= timedelta(0):
        return max(_told(conversation), ESCALATION + beyond // repeat)
    if passed >= _after(NUDGE, rules, upset=wait.upset):
        return max(_told(conversation), NUDGE)
    return _told(conversation)


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
            recipients += _triage(rules)
    if reached > max(before, NUDGE):
        recipients += _triage(rules)
        recipients += [Recipient(lead, Reason.LEAD) for lead in rules.leads]
        if not recipients and conversation.claimer:
            recipients.append(Recipient(conversation.claimer, Reason.CLAIMER))
    return list({recipient.to: recipient for recipient in reversed(recipients)}.values())[::-1]


def _triage(rules: Rules) -> list[Recipient]:
    """Return the triage channel, or whoever is nearest where a team has not set one."""
    if rules.triage:
        return [Recipient(rules.triage, Reason.TRIAGE)]
    nearest = rules.leads or rules.owners or ((rules.invited_by,) if rules.invited_by else ())
    return [Recipient(person, Reason.FALLBACK) for person in nearest]


def _outgoing(
    conversation: Conversation, recipient: Recipient, *, since: datetime, step: int, now: datetime
) -> Outgoing:
    wait = f"{conversation.id}/{(since - EPOCH) // timedelta(microseconds=1)}"
    about = About(
        conversation=conversation.id, since=since, reason=recipient.reason, step=step
    )
    return Outgoing(
        id=f"{recipient.reason}/{wait}/{step}/{recipient.to}",
        to=recipient.to,
        at=now if recipient.reason is Reason.TRIAGE else now + TOGETHER,
        about=(about,),
    )


def digest(nudges: list[Outgoing]) -> Outgoing:
    """Return one message to a person in place of several."""
    about = tuple(about for nudge in nudges for about in nudge.about)
    return replace(nudges[0], id=f"digest/{nudges[0].id}", about=about)


def still_holds(about: About, conversation: Conversation, to: str) -> bool:
    """Tell whether a nudge that was decided is still true now that its turn has come."""
    if about.reason is Reason.UPDATE:
        word = conversation.last_word
        return owes_update(conversation) and word is not None and moment(word.ts) == about.since
    if about.reason is Reason.SNOOZER:
        return conversation.woken is not None and conversation.woken.at == about.since
    if conversation.state is not State.WAITING or not conversation.wait:
        return False
    if about.reason is Reason.OWNER and conversation.claimer not in ("", to):
        return False
    return conversation.wait.since == about.since
