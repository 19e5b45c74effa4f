"""The last top-level messages of a channel, by which others are grouped and put in their place."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple, Self

from bot.core import readers
from bot.core.copies import replace
from bot.core.events import MessagePosted
from bot.core.model import COLLEAGUE, CUSTOMER, Channel, Role, Said, moment

RECENT = 8
"""Top-level messages remembered of a channel, to group by and to place what comes late."""
ROLES = {str(role): role for role in Role}


class Word(NamedTuple):
    """A top-level message of a channel, as far as later ones need to know of it."""

    ts: str
    by: str
    role: Role
    holding: bool = False
    asks: bool = False

    @classmethod
    def read(cls, text: str) -> Self:
        ts, told, by = text.split(" ", 2)
        role, *signs = told.split(",")
        return cls(ts, by, ROLES[role], "holding" in signs, "asks" in signs)

    def written(self) -> str:
        """Return it as one text: each message of a channel stores them all."""
        signs = ",holding" * self.holding + ",asks" * self.asks
        return f"{self.ts} {self.role}{signs} {self.by}"


def learnt(channel: Channel, message: MessagePosted, who: Role) -> Channel:
    """Return the channel with what its next message tells of it."""
    shared = channel.shared or message.shared
    customers = channel.customers or who is CUSTOMER
    if (shared, customers) == (channel.shared, channel.customers):
        return channel
    return replace(channel, shared=shared, customers=customers)


def is_known(channel: Channel, ts: str) -> bool:
    """Tell whether a message is among the last of its channel; most are newer than all of them."""
    latest = channel.latest
    return bool(latest) and ts <= _ts(latest[-1]) and any(_ts(one) == ts for one in latest)


def with_word(channel: Channel, message: MessagePosted, who: Role) -> Channel:
    """Return the channel with one more top-level message, in its place."""
    ours = who is COLLEAGUE
    word = Word(
        ts=message.ts,
        by=message.author.id,
        role=who,
        holding=ours and readers.is_holding(message.text),
        asks=ours and readers.turn(message.text, ours=True).asks,
    ).written()
    latest = channel.latest
    if not latest or _ts(latest[-1]) < message.ts:
        latest = (*latest[-RECENT + 1 :], word)
    else:
        others = (one for one in latest if _ts(one) != message.ts)
        latest = tuple(sorted((*others, word), key=_ts)[-RECENT:])
    read_to = max(message.ts, channel.read_to) if message.in_order else channel.read_to
    return replace(channel, latest=latest, read_to=read_to)


def without_past(channel: Channel, before: datetime) -> Channel:
    """Return the channel without the messages from before some time."""
    latest = tuple([one for one in channel.latest if moment(_ts(one)) >= before])
    return replace(channel, latest=latest)


def answers_after(channel: Channel, said: Said, thread: str) -> list[Word]:
    """Return the colleagues' words that answered a question which arrived only after them."""
    if thread != said.ts or not channel.latest or _ts(channel.latest[-1]) <= said.ts:
        return []
    answers: list[Word] = []
    for word in map(Word.read, channel.latest):
        if word.ts <= said.ts:
            continue
        if word.role is COLLEAGUE:
            answers.append(word)
        elif word.by != said.by and not answers:
            return []
    return answers


def _ts(word: str) -> str:
    return word.partition(" ")[0]
