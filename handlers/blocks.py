"""What people read: core objects into Slack's words and Block Kit, and the ids of every button."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement

from bot.core.cards import Line, PromiseLine, View
from bot.core.hours import describe
from bot.core.model import Conversation, State, moment
from bot.core.nudges import ESCALATION, is_stale
from bot.core.outgoing import Reason
from handlers import ledger, reply_forms
from handlers.links import Links
from handlers.markup import Words, built, context, escape, person, place, say, section, when

CLAIM = "conversation.claim"
SNOOZE = "conversation.snooze"
DISMISS = "conversation.dismiss"
RESOLVE = "conversation.resolve"
LONGEST_LIST = 10
"""Conversations in one message: each takes three blocks, and Slack allows 50."""


@lru_cache(256)  # a card is worded when it is sent, and again to see whether it is still true
def card(view: View, links: Links) -> Words:
    """Word a nudge: who waits, since when, why its reader is told, and what they can do."""
    if view.replaced:
        return say("See the newer message about this below.")
    shown = view.lines[:LONGEST_LIST]
    if len(view.lines) == 1:
        text, parts = _line(view.lines[0], links)
        return Words(text, built(parts))
    head = _head(view)
    parts = [section(head)]
    for line in shown:
        parts += _line(line, links)[1]
    rest = len(view.lines) - len(shown)
    if rest:
        parts.append(context(f"… and {rest} more: `/heard open` lists them all."))
    text = f"{head}: " + "; ".join(_brief(line, links) for line in shown)
    return Words(text, built(parts))


def _head(view: View) -> str:
    open_ones = [line for line in view.lines if line.holds]
    promises = sum(isinstance(line, PromiseLine) for line in open_ones)
    if not open_ones:
        return "*All of these are done*"
    if len(open_ones) == 1:
        return "*One of your promises is due*" if promises else "*One conversation needs you*"
    if len(open_ones) == promises:
        return f"*{promises} of your promises are due*"
    return f"*{len(open_ones)} {'things' if promises else 'conversations'} need you*"


def _brief(line: Line | PromiseLine, links: Links) -> str:
    if isinstance(line, PromiseLine):
        return ledger.line(line, links)[0]
    return _headline(line.conversation, links)


def _line(line: Line | PromiseLine, links: Links) -> tuple[str, list[Block]]:
    if isinstance(line, PromiseLine):
        return ledger.line(line, links)
    if not line.holds:
        text = f"{_ending(line)} · {_subject(line, links)}"
        return text, [section(text)]
    conversation = line.conversation
    head = _urgency(line) + _headline(conversation, links, since=line.about.since)
    facts = " · ".join((_reason(line), *_facts(conversation, claim=not _names_claim(line))))
    quote = "\n".join(filter(None, (_quote(conversation), *ledger.owed(line.owed))))
    parts: list[Block] = [section(f"{head}\n{quote}".strip()), context(facts)]
    return f"{head} {quote} ({facts})", [*parts, actions(conversation, claims=not _is_mine(line))]


def _urgency(line: Line) -> str:
    about, rules = line.about, line.rules
    if about.reason is Reason.SNOOZER:
        woken = line.conversation.woken
        asked = woken is not None and woken.asked
        return "Back from snooze: they wrote again. " if asked else "Back from snooze, time is up. "
    if about.reason is Reason.UPDATE:
        return "Time for an update, even without news. "
    if about.step > ESCALATION:
        return "Still unanswered. "
    if about.step == ESCALATION:
        wait = line.conversation.wait
        target = rules.targets.escalate
        after = describe(target.half() if wait and wait.upset else target)
        return f"Unanswered for over {after}. "
    return ""


def _headline(conversation: Conversation, links: Links, since: datetime | None = None) -> str:
    wait = conversation.wait
    who = person(wait.by if wait else conversation.customer)
    link = links.message(
        conversation.channel, wait.ts if wait else conversation.thread, conversation.thread
    )
    where = f"in {place(conversation.channel)}"
    if conversation.state is State.SNOOZED and conversation.snooze:
        return f"*{who}* {where} is snoozed until {when(conversation.snooze.until)}. <{link}|Open>"
    if wait:
        return f"*{who} waits* {where} since {when(wait.since)}. <{link}|Open>"
    heard = f" last heard from us {when(since)}" if since else " has been answered"
    return f"*{who}* {where}{heard}. <{link}|Open>"


def _subject(line: Line, links: Links) -> str:
    conversation = line.conversation
    link = links.message(conversation.channel, conversation.thread, conversation.thread)
    is_update = line.about.reason is Reason.UPDATE
    wait = "had last heard from us" if is_update else "waited since"
    return (
        f"{person(conversation.customer)} in {place(conversation.channel)},"
        f" who {wait} {when(line.about.since)}. <{link}|Open>"
    )


def _reason(line: Line) -> str:  # noqa: PLR0911 - one sentence for each reason
    """Say why the reader is told."""
    conversation, rules = line.conversation, line.rules
    channel, claimer = place(conversation.channel), conversation.claimer
    match line.about.reason:
        case Reason.CLAIMER:
            return f"You are told because you claimed it{_at(conversation.claimed_at)}"
        case Reason.OWNER:
            return f"You are told because you own {channel}"
        case Reason.LEAD:
            return "You are told because you lead, and it took too long"
        case Reason.FALLBACK:
            return f"You are told because nobody nearer to {channel} can be"
        case Reason.SNOOZER:
            return "You are told because you snoozed it"
        case Reason.UPDATE if conversation.promisers and not claimer:
            return "You are told because you promised something that is still open"
        case Reason.UPDATE:
            return "You are told because you claimed it and there is more to come"
        case _:
            if _is_overdue_claim(line):
                since = _at(conversation.claimed_at)
                return f"{person(claimer)} claimed it{since} but did not answer: anyone may take it"
            if rules.owners:
                return f"{', '.join(map(person, rules.owners))} own {channel} and were told"
            return f"{channel} has no owners"


def _is_overdue_claim(line: Line) -> bool:
    """Tell whether the team is told because somebody claimed it and did not answer.

    Whoever claims it from the card that tells has not been slow.
    """
    about = line.about
    escalated = about.reason is Reason.TRIAGE and about.step >= ESCALATION
    return escalated and is_stale(line.conversation)


def _is_mine(line: Line) -> bool:
    """Tell whether the reader is told because they hold the claim."""
    return line.about.reason is Reason.CLAIMER


def _names_claim(line: Line) -> bool:
    """Tell whether the reason says already who has claimed it."""
    return line.about.reason in (Reason.CLAIMER, Reason.UPDATE) or _is_overdue_claim(line)


def _at(moment: datetime | None) -> str:
    return f" {when(moment)}" if moment else ""


def _facts(conversation: Conversation, *, claim: bool = True) -> Iterable[str]:
    if claim:
        yield (
            f"claimed by {person(conversation.claimer)}{_at(conversation.claimed_at)}"
            if conversation.claimer
            else "nobody has claimed it"
        )
    wait = conversation.wait
    if wait and wait.chases:
        yield "they wrote again" if wait.chases == 1 else f"they wrote {wait.chases} more times"
    if wait and wait.upset:
        yield "sounds upset or pressed"


def _quote(conversation: Conversation) -> str:
    wait = conversation.wait
    return f">{escape(wait.excerpt)}" if wait and wait.excerpt else ""


def _ending(line: Line) -> str:
    """Say how the wait that a card is about came to its end."""
    conversation, about = line.conversation, line.about
    outcome = conversation.outcome
    if conversation.state is State.SNOOZED and conversation.snooze:
        return (
            f":alarm_clock: Snoozed by {person(conversation.snooze.by)}"
            f" until {when(conversation.snooze.until)}"
        )
    if about.reason is Reason.UPDATE and not (outcome and outcome.at > about.since):
        return _updated(line)
    if outcome and outcome.at >= about.since:
        how = {
            State.ANSWERED: ":white_check_mark: Answered by",
            State.RESOLVED: ":white_check_mark: Resolved by",
            State.DISMISSED: ":no_bell: Not a request, says",
        }[outcome.state]
        return f"{how} {person(outcome.by)}, {when(outcome.at, beside=about.since)}"
    if conversation.claimer and conversation.wait:
        at = conversation.claimed_at
        return f":eyes: Claimed by {person(conversation.claimer)}" + (
            f", {when(at, beside=about.since)}" if at else ""
        )
    if conversation.wait and conversation.wait.since == about.since:
        return "Still waiting"
    return ":wastebasket: Nothing left to answer"


def _updated(line: Line) -> str:
    """Say why no update is asked for any more."""
    conversation, since = line.conversation, line.about.since
    word = conversation.last_word
    if conversation.wait:
        return ":speech_balloon: They wrote again"
    if word and moment(word.ts) > since:
        told = when(moment(word.ts), beside=since)
        return f":white_check_mark: Updated by {person(word.by)}, {told}"
    return ":white_check_mark: Nothing more is owed"


def actions(conversation: Conversation, *, claims: bool = True) -> ActionsBlock:
    """Return the buttons of one conversation; who has claimed it need not do so again."""
    claim = _button("Claim", CLAIM, conversation, primary=not conversation.claimer)
    buttons = [
        *([claim] if claims else []),
        _button("Reply help", reply_forms.HELP, conversation),
        _button("Snooze", SNOOZE, conversation),
        _button("Not a request", DISMISS, conversation),
        _button("Resolve", RESOLVE, conversation),
    ]
    return ActionsBlock(elements=buttons)


def _button(
    label: str, action: str, conversation: Conversation, *, primary: bool = False
) -> ButtonElement:
    return ButtonElement(
        text=label,
        action_id=action,
        value=conversation.id,
        style="primary" if primary else None,
    )


def listing(
    title: str, conversations: Sequence[Conversation], links: Links, *, empty: str
) -> Words:
    """List conversations, each with its buttons."""
    if not conversations:
        return say(empty)
    parts: list[Block] = [section(f"*{title}*")]
    lines = []
    for conversation in conversations[:LONGEST_LIST]:
        head = _headline(conversation, links)
        facts = " · ".join(_facts(conversation))
        lines.append(f"{head} {_quote(conversation)} ({facts})")
        parts += [
            section(f"{head}\n{_quote(conversation)}".strip()),
            context(facts),
            actions(conversation),
        ]
    rest = len(conversations) - LONGEST_LIST
    if rest > 0:
        parts.append(context(f"… and {rest} more."))
    return Words(f"{title}:\n" + "\n".join(lines), built(parts))
