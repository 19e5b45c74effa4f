"""The last top-level messages of a channel, by which others are grouped and put in their place."""

from __future__ import annotations

from bot.core import readers
from bot.core.copies import replace
from bot.core.events import MessagePosted
from bot.core.model import Channel, Role, Said, Word

RECENT = 8
"""Top-level messages remembered of a channel, to group by and to place what comes late."""


def learnt(channel: Channel, message: MessagePosted, who: Role) -> Channel:
    """Return the channel with what its next message tells of it."""
    shared = channel.shared or message.shared
    customers = channel.customers or who is Role.CUSTOMER
    if (shared, customers) == (channel.shared, channel.customers):
        return channel
    return replace(channel, shared=shared, customers=customers)


def is_known(channel: Channel, ts: str) -> bool:
    """Tell whether a message is among the last of its channel; most are newer than all of them."""
    words = channel.words
    return bool(words) and ts <= words[-1].ts and any(word.ts == ts for word in words)


def with_word(channel: Channel, message: MessagePosted, who: Role) -> Channel:
    """Return the channel with one more top-level message, in its place."""
    ours = who is Role.COLLEAGUE
    word = Word(
        ts=message.ts,
        by=message.author.id,
        role=who,
        holding=ours and readers.is_holding(message.text),
        asks=ours and readers.turn(message.text, ours=True).asks,
    )
    before = channel.words
    if not before or before[-1].ts < word.ts:
        words = (*before[-RECENT + 1 :], word)
    else:
        others = (one for one in before if one.ts != word.ts)
        words = tuple(sorted((*others, word), key=lambda one: one.ts)[-RECENT:])
    read_to = max(message.ts, channel.read_to) if message.in_order else channel.read_to
    return replace(channel, words=words, read_to=read_to)


def answers_after(channel: Channel, said: Said, thread: str) -> list[Word]:
    """Return the colleagues' words that answered a question which arrived only after them."""
    if thread != said.ts:
        return []
    answers: list[Word] = []
    for word in channel.words:
        if word.ts <= said.ts:
            continue
        if word.role is Role.COLLEAGUE:
            answers.append(word)
        elif word.by != said.by and not answers:
            return []
    return answers
