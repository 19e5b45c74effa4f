"""What people read about promises: noticed, due, overdue and listed, with their buttons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement

from bot.core.cards import PromiseLine
from bot.core.hours import describe
from bot.core.ledger import Promise, Standing
from bot.core.outgoing import NoteKind, Reason
from bot.core.reminders import Instead
from handlers.links import Links
from handlers.markup import Words, built, context, escape, person, place, say, section, when

RIGHT = "promise.right"
CHANGE = "promise.change"
DATE = "promise.date"
DONE = "promise.done"
MOVE = "promise.move"
DROP = "promise.drop"
GONE = {
    NoteKind.PROMISE_UNSAID: "Your message no longer says what you promised",
    NoteKind.PROMISE_DELETED: "Your message was deleted, in which you promised",
}
NOTICES = frozenset({NoteKind.PROMISED, *GONE})
ALONE = "promise.alone"
"""Names the buttons that have a private message to themselves: what comes of them replaces it."""
MANY = 5
"""So many other promises on one day are worth a word."""
LONGEST_LIST = 20
"""Promises in one message: each takes two blocks, and Slack allows 50."""
MOST_QUOTED = 3
OVERVIEW = 7
"""So that three lists fit into one message."""


def notice(kind: NoteKind, lines: Sequence[PromiseLine], zone: ZoneInfo) -> Words:
    """Tell who made a promise what was read of it; `zone` is theirs."""
    gone, texts, blocks = GONE.get(kind), list[str](), list[Block]()
    for line in lines[:LONGEST_LIST]:
        text, buttons = _gone(gone, line) if gone else _noticed(line, zone)
        texts.append(text)
        alone = ALONE if len(lines) == 1 else None
        blocks += [section(text), ActionsBlock(block_id=alone, elements=buttons)]
    return Words("\n".join(texts), built(blocks))


def _noticed(line: PromiseLine, zone: ZoneInfo) -> tuple[str, list[ButtonElement]]:
    promise = line.promise
    text = f":handshake: You promised {_whom(promise)}: _{_words(promise)}_\n{_due(line, zone)}"
    if line.others >= MANY:
        text += f" You have {line.others} other promises due that day."
    dates = [
        ButtonElement(
            text=local(at, zone),
            action_id=f"{DATE}.{number}",
            value=f"{promise.id}|{at.isoformat()}",
        )
        for number, at in enumerate(line.instead.dates)
    ]
    return text, [
        button("Right", RIGHT, promise, primary=not dates),
        *dates,
        button("Change", CHANGE, promise),
        button("Not a promise", DROP, promise),
    ]


def _due(line: PromiseLine, zone: ZoneInfo) -> str:
    due, could = line.promise.due, could_keep(line.instead.dates, zone)
    if due is None:
        return f"It has no date, so they cannot know when to expect it. {could}"
    if line.instead.dates:
        return f"Due {when(due)}, {_fault(line.instead)}. {could}"
    return f"Due {when(due)}. I will remind you before."


def outside(instead: Instead, zone: ZoneInfo) -> str:
    """Say so where a date is outside business hours: then there are others to give."""
    if not instead.dates:
        return ""
    return f"That is {_fault(instead)}. {could_keep(instead.dates, zone)}"


def _fault(instead: Instead) -> str:
    return "on a holiday" if instead.holiday else "outside business hours"


def could_keep(dates: Sequence[datetime], zone: ZoneInfo) -> str:
    return f"You could keep {' or '.join(f'*{local(at, zone)}*' for at in dates)}."


def _gone(how: str, line: PromiseLine) -> tuple[str, list[ButtonElement]]:
    promise = line.promise
    due = f", due {when(promise.due)}" if promise.due else ""
    text = (
        f":handshake: {how} {_whom(promise)}: _{_words(promise)}_{due}."
        " Does it still stand? Until you say otherwise, it does."
    )
    return text, [
        button("It stands", RIGHT, promise, primary=True),
        button("Done", DONE, promise),
        button("Not a promise", DROP, promise),
    ]


def owed(promises: Sequence[Promise]) -> Iterator[str]:
    """Quote what was promised, to whoever is to give news of it."""
    for promise in promises[:MOST_QUOTED]:
        due = f", due {when(promise.due)}" if promise.due else ""
        yield f">{person(promise.by)} promised: _{_words(promise)}_{due}"
    rest = len(promises) - MOST_QUOTED
    if rest > 0:
        yield f">… and {rest} more: `/heard promises here`"


def line(one: PromiseLine, links: Links) -> tuple[str, list[Block]]:
    """Word a promise on a card: what is due, why its reader is told, and what they can do."""
    promise = one.promise
    if not one.holds:
        to = f"{_to(promise)}{_where(promise)}"
        text = f"{_ending(one)} · promised{to}: _{_words(promise)}_{_opens(promise, links)}"
        return text, [section(text)]
    text = f"{_headline(one)}{_opens(promise, links)}\n>{_words(promise)}"
    if promise.since_words and one.about.reason is not Reason.BROKEN:
        text += f"\nSince then you wrote: _{escape(promise.since_words)}_ Was that it?"
    why = (
        f"You are told because it is overdue for {describe(one.rules.targets.escalate)};"
        f" {person(promise.by)} has been reminded"
        if one.about.reason in (Reason.BROKEN, Reason.FALLBACK)
        else "You are told because you promised it"
    )
    return f"{text} ({why})", [section(text), context(why), actions(promise)]


def _headline(one: PromiseLine) -> str:
    promise, due = one.promise, one.promise.due
    at, where = when(due) if due else "", _where(promise)
    if one.about.reason in (Reason.BROKEN, Reason.FALLBACK):
        to = f"{_to(promise)}{where}"
        return f"*{person(promise.by)}'s promise{to} is overdue since {at}.*"
    head = f"Overdue since {at}" if promise.standing is Standing.BROKEN else f"Due {at}"
    return f"*{head}:* you promised {_whom(promise)}{where}."


def _ending(one: PromiseLine) -> str:
    """Say how what a card is about came to its end."""
    promise, since = one.promise, one.about.since
    by, at = person(promise.ended_by), promise.ended_at
    clock = f", {when(at, beside=since)}" if at else ""
    match promise.standing:
        case Standing.KEPT:
            return f":white_check_mark: Kept by {by}{clock}{', late' if promise.late else ''}"
        case Standing.DROPPED:
            return f":no_bell: Not a promise, says {by}"
        case _ if promise.successor:
            late = ", after it was due" if promise.late else ""
            to = f" to {when(one.moved_to)}" if one.moved_to else ""
            return f":calendar: Moved{to}{late}"
        case _ if promise.due and promise.due != since:
            return f":calendar: Due {when(promise.due)} now"
    return ":hourglass: Overdue"


def _where(promise: Promise) -> str:
    return f" in {place(promise.channel)}" if promise.channel.startswith(("C", "G")) else ""


def _to(promise: Promise) -> str:
    return f" to {person(promise.to)}" if promise.to else ""


def _opens(promise: Promise, links: Links) -> str:
    ts, thread = promise.ts or promise.thread, promise.thread or promise.ts
    return f" <{links.message(promise.channel, ts, thread)}|Open>" if ts else ""


def _whom(promise: Promise) -> str:
    """Name the customer, after "promised"; there may be none."""
    return person(promise.to) if promise.to else "this"


def _words(promise: Promise) -> str:
    return escape(promise.words) or "what was promised"


def local(at: datetime, zone: ZoneInfo) -> str:
    """Say a moment where Slack does not translate it, as on a button."""
    there = at.astimezone(zone)
    return f"{there:%a} {there.day} {there:%b}, {there:%H:%M}"


def actions(promise: Promise, block_id: str | None = None) -> ActionsBlock:
    return ActionsBlock(
        block_id=block_id,
        elements=[
            button("Done", DONE, promise, primary=True),
            button("Move it", MOVE, promise),
            button("Not a promise", DROP, promise),
        ],
    )


def button(label: str, action: str, promise: Promise, *, primary: bool = False) -> ButtonElement:
    return ButtonElement(
        text=label, action_id=action, value=promise.id, style="primary" if primary else None
    )


def listing(
    title: str,
    promises: Sequence[Promise],
    links: Links,
    now: datetime,
    *,
    reader: str,
    most: int = LONGEST_LIST,
) -> Words:
    """List promises, what is overdue first, each with its buttons."""
    blocks: list[Block] = [section(f"*{title}*")]
    texts = []
    for promise in promises[:most]:
        text = f"{_listed(promise, now, reader)}{_opens(promise, links)}\n>{_words(promise)}"
        texts.append(text)
        blocks += [section(text), actions(promise)]
    rest = len(promises) - most
    if rest > 0:
        blocks.append(context(f"… and {rest} more."))
    return Words(f"{title}:\n" + "\n".join(texts), built(blocks))


def _listed(promise: Promise, now: datetime, reader: str) -> str:
    if promise.due is None:
        due = "*No date:*"
    elif promise.due <= now:
        due = f":red_circle: *Overdue since {when(promise.due)}:*"
    else:
        due = f"*Due {when(promise.due)}:*"
    who = "you" if promise.by == reader else person(promise.by)
    return f"{due} {who} promised {_whom(promise)}{_where(promise)}."


def entered(promise: Promise, hint: str = "") -> Words:
    """Confirm a promise that somebody typed, with its buttons."""
    told = settled(promise, hint)
    return Words(told.text, [*told.blocks, *built([actions(promise, ALONE)])])


def sections(
    named: Sequence[tuple[str, Sequence[Promise]]], links: Links, now: datetime, *, reader: str
) -> Iterator[Words]:
    most = OVERVIEW if len(named) > 1 else LONGEST_LIST
    for title, promises in named:
        if promises:
            yield listing(title, promises, links, now, reader=reader, most=most)


def settled(promise: Promise, hint: str = "") -> Words:
    """Say how a promise stands, after a button was pressed or a form was sent."""
    words, due = f"_{_words(promise)}_", when(promise.due) if promise.due else ""
    match promise.standing:
        case Standing.KEPT if promise.late:
            text = f":white_check_mark: Kept, if late: {words}. Thank you for seeing it through."
        case Standing.KEPT:
            text = f":white_check_mark: Kept, well done: {words}."
        case Standing.DROPPED:
            text = f":no_bell: Taken out of the ledger, as no promise: {words}."
        case Standing.BROKEN:
            text = f":red_circle: Overdue since {due}: {words}."
        case _ if due:
            text = f":handshake: Noted: {words}, due {due}. I will remind you in time."
        case _:
            text = f":handshake: Noted, without a date to remind you of: {words}."
    return say(f"{text}\n{hint}".strip())


def account(promise: Promise) -> str:
    """Say what was promised and how that stands, for who asks about its message."""
    due = f"due {when(promise.due)}" if promise.due else "without a date"
    by = f"by {person(promise.ended_by)}"
    match promise.standing:
        case Standing.KEPT:
            stands = f"kept {by}{', late' if promise.late else ''}"
        case Standing.DROPPED:
            stands = f"taken out of the ledger {by}"
        case _ if promise.successor:
            stands = f"given another date {by}{', late' if promise.late else ''}"
        case Standing.BROKEN:
            stands = "overdue"
        case _:
            stands = "still open"
    return f"_{_words(promise)}_, {due}: {stands}"
