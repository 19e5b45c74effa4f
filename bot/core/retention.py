"""What is kept of what is over, and for how long: first the words go, then all but the figures.

The words of a closed conversation stay for a day, in which a ✅ too many can be taken back. All
else stays for as long as the team has decided, from the last thing that happened.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from zlib import crc32

from bot.core import counting
from bot.core.copies import replace
from bot.core.decision import Decisions
from bot.core.intake import EARLY
from bot.core.ledger import Promise
from bot.core.model import Change, Channel, Conversation, Entry, Person, Role, Said, moment
from bot.core.outgoing import Card
from bot.core.people import role
from bot.core.ports import Store
from bot.core.refusals import Stale

WORDS = timedelta(days=1)
EVERY = timedelta(hours=1)
AT_ONCE = 20
"""Things that are forgotten in one step, each in a change of its own."""
PASSING = ("posted", "coached")
"""Begin the names of facts that matter for a while."""

Step = Callable[[datetime], bool]
"""Tells whether there is more of the same to do at once."""


class Retention:
    def __init__(self, decisions: Decisions, spread: str = "") -> None:
        """Those with different `spread` do not all do their work at the same minute."""
        self._decisions = decisions
        self._store = decisions.store
        self._wait = timedelta(seconds=crc32(spread.encode()) % EVERY.total_seconds())
        self._next: datetime | None = None
        self._left: list[Step] = []

    def look(self, now: datetime) -> None:
        """Take one small step towards what is to be forgotten by now, if it is time to."""
        if not self._left:
            if self._next is None:
                self._next = now + self._wait
            if now < self._next:
                return
            self._next = now + EVERY
            self._left = [
                self._words, self._promised_words, self._early,
                self._conversations, self._promises, self._cards, self._facts,
            ]  # fmt: skip
        step = self._left.pop(0)
        if step(now):
            self._left.append(step)

    # Words

    def _words(self, now: datetime) -> bool:
        found = self._store.wordy(now - WORDS, AT_ONCE)
        return self._forgotten(map(self._without_words, found))

    def _without_words(self, conversation: Conversation) -> Change:
        log = self._store.log(conversation.id)
        return Change(
            conversations=(replace(conversation, blanked=conversation.rested_at),),
            entries=tuple(replace(entry, excerpt="") for entry in log if entry.excerpt),
        )

    def _promised_words(self, now: datetime) -> bool:
        found = self._store.wordy_promises(now - WORDS, AT_ONCE)
        blank = (replace(promise, words="", since_words="") for promise in found)
        return self._forgotten(Change(promises=(promise,)) for promise in blank)

    def _early(self, now: datetime) -> bool:
        """Forget the replies to what has turned out to be no conversation."""

        def gone(name: str) -> Change:
            home = name.partition("/")[2]
            log = () if self._store.conversation(home) else self._store.log(home)
            return Change(facts=((name, ""),), erased=log)

        return self._forgotten(map(gone, self._store.lapsed(EARLY, now - WORDS, AT_ONCE)))

    # All but the figures

    def _before(self, now: datetime) -> datetime:
        return now - self._decisions.policy.retention

    def _conversations(self, now: datetime) -> bool:
        before = self._before(now)
        found = self._store.idle(before, AT_ONCE)
        return self._forgotten(self._counted(conversation, before) for conversation in found)

    def _counted(self, conversation: Conversation, before: datetime) -> Change:
        """Return the change that leaves nothing but figures of a conversation."""
        log = self._store.log(conversation.id)
        promises = forgettable(self._store.promises_in(conversation.id), before)
        channel = self._decisions.channel(conversation.channel)
        hours = self._decisions.rules(channel).hours
        quieter = _without_past(channel, before)
        return Change(
            channels=(quieter,) if quieter != channel else (),
            tallies=(counting.of_conversation(conversation, log, promises, hours),),
            erased=(
                *log,
                *promises,
                *self._cards_about([conversation.id, *(one.id for one in promises)]),
                *self._customers(conversation, log),
                conversation,
            ),
        )

    def _promises(self, now: datetime) -> bool:
        """Forget promises that belong to no conversation, or to one that goes on and on."""
        before = self._before(now)

        def gone() -> Iterator[Change]:
            seen: set[str] = set()
            for promise in self._store.ended(before, AT_ONCE):
                home = self._store.promises_in(promise.conversation) or (promise,)
                together = [] if promise.id in seen else forgettable(home, before)
                seen |= {one.id for one in together}
                if together:
                    cards = self._cards_about([one.id for one in together])
                    yield Change(
                        tallies=(counting.of_promises(together),), erased=(*together, *cards)
                    )

        return self._forgotten(gone())

    def _cards(self, now: datetime) -> bool:
        found = self._store.replaced_cards(self._before(now), AT_ONCE)
        return self._forgotten(Change(erased=(card,)) for card in found)

    def _facts(self, now: datetime) -> bool:
        before = self._before(now)
        names = [one for kind in PASSING for one in self._store.lapsed(kind, before, AT_ONCE)]
        return self._forgotten(Change(facts=((name, ""),)) for name in names)

    def _cards_about(self, gone: list[str]) -> Iterator[Card]:
        """Yield the cards that are about nothing else that is still known."""
        cards = {card.id: card for subject in gone for card in self._store.cards(subject)}
        for card in cards.values():
            others = set(card.subjects).difference(gone)
            if not any(self._store.conversation(one) or self._store.promise(one) for one in others):
                yield card

    def _customers(self, conversation: Conversation, log: Iterable[Entry]) -> Iterator[Person]:
        """Yield the customers who were in it: Slack is asked anew about who writes again."""
        ids = {entry.by for entry in log if isinstance(entry, Said)} | {conversation.customer}
        for one in sorted(ids):
            person = self._store.person(one)
            if person and role(person, self._decisions.policy) is Role.CUSTOMER:
                yield person

    def _forgotten(self, changes: Iterable[Change]) -> bool:
        """Commit changes one by one; what has changed meanwhile is left to another time."""
        done = 0
        for change in changes:
            try:
                self._store.commit(change)
            except Stale:
                continue
            done += 1
        return done >= AT_ONCE


def forgettable(promises: Iterable[Promise], before: datetime) -> list[Promise]:
    """Return those that ended before, but for those that have taken the place of one that stays."""
    known = sorted(promises, key=lambda one: one.made_at)
    going = {one.id: one for one in known if not one.is_open and one.turned_at < before}
    for one in known:
        if one.id not in going:
            going.pop(one.successor, None)
    return list(going.values())


def leave(store: Store, retention: timedelta, now: datetime) -> bool:
    """Forget a little of a workspace that Heard was removed from long ago.

    Returns:
        Whether there is more to forget.
    """
    left = store.fact("left")
    if not left or datetime.fromisoformat(left) > now - retention:
        return False
    return store.clear(limit=10 * AT_ONCE)


def _without_past(channel: Channel, before: datetime) -> Channel:
    recent = tuple(word for word in channel.recent if moment(word.ts) >= before)
    return channel if recent == channel.recent else replace(channel, recent=recent)
