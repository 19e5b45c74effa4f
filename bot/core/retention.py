"""What is kept of what is over, and for how long: first the words go, then all but the figures.

The words of a closed conversation stay for a day, in which a ✅ too many can be taken back. All
else stays for as long as the team has decided, from the last thing that happened.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar
from zlib import crc32

from bot.core import counting
from bot.core.copies import replace
from bot.core.decision import Decisions
from bot.core.intake import EARLY
from bot.core.ledger import Promise
from bot.core.model import Change, Channel, Conversation, Entry, Person, Role, Said
from bot.core.outgoing import Card
from bot.core.people import role
from bot.core.ports import Store
from bot.core.recent import without_past
from bot.core.refusals import Damaged, Stale

WORDS = timedelta(days=1)
EVERY = timedelta(hours=1)
AT_ONCE = 20
"""Things that are forgotten in one step, each in a change of its own."""
PASSING = ("posted", "coached")
"""Begin the names of facts that matter for a while."""

T = TypeVar("T")
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
        self._fault: Damaged | None = None

    def look(self, now: datetime) -> None:
        """Take one small step towards what is to be forgotten by now, if it is time to.

        Raises:
            Damaged: something could not be read; all else was done.
        """
        if not self._left:
            if self._next is None:
                self._next = now + self._wait
            if self._next - EVERY <= now < self._next:  # a clock set back is not waited for
                return
            self._next = now + EVERY
            self._left = [
                self._words, self._promised_words, self._early,
                self._conversations, self._promises, self._cards, self._facts,
            ]  # fmt: skip
        step = self._left.pop(0)
        if step(now):
            self._left.append(step)
        fault, self._fault = self._fault, None
        if fault:
            raise fault

    # Words

    def _words(self, now: datetime) -> bool:
        found = self._store.wordy(now - WORDS, AT_ONCE)
        return self._forgotten(found, self._without_words)

    def _without_words(self, conversation: Conversation) -> Change:
        log = self._store.log(conversation.id)
        return Change(
            conversations=(replace(conversation, blanked=conversation.rested_at),),
            entries=tuple(replace(entry, excerpt="") for entry in log if entry.excerpt),
        )

    def _promised_words(self, now: datetime) -> bool:
        found = self._store.wordy_promises(now - WORDS, AT_ONCE)
        return self._forgotten(found, _without_its_words)

    def _early(self, now: datetime) -> bool:
        """Forget the replies to what has turned out to be no conversation."""

        def gone(name: str) -> Change:
            home = name.partition("/")[2]
            log = () if self._store.conversation(home) else self._store.log(home)
            return Change(facts=((name, ""),), erased=log)

        return self._forgotten(self._store.lapsed(EARLY, now - WORDS, AT_ONCE), gone)

    # All but the figures

    def _before(self, now: datetime) -> datetime:
        return now - self._decisions.policy.retention

    def _conversations(self, now: datetime) -> bool:
        before = self._before(now)
        found = self._store.idle(before, AT_ONCE)
        return self._forgotten(found, partial(self._counted, before))

    def _counted(self, before: datetime, conversation: Conversation) -> Change:
        """Return the change that leaves nothing but figures of a conversation."""
        log = self._store.log(conversation.id)
        promises = forgettable(self._store.promises_in(conversation.id), before)
        channel = self._decisions.channel(conversation.channel)
        hours = self._decisions.rules(channel).hours
        said = [entry.ts for entry in log if isinstance(entry, Said)]
        return Change(
            channels=self._quieter(conversation.channel, before, max(said, default="")),
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

        def gone(promise: Promise) -> Change:
            home = self._store.promises_in(promise.conversation) or (promise,)
            together = forgettable(home, before)
            if promise.id not in {one.id for one in together}:  # gone by now, or it has to stay
                return Change()
            cards = self._cards_about([one.id for one in together])
            return Change(
                channels=self._quieter(promise.channel, before, max(one.ts for one in together)),
                tallies=(counting.of_promises(together),),
                erased=(*together, *cards),
            )

        return self._forgotten(self._store.ended(before, AT_ONCE), gone)

    def _cards(self, now: datetime) -> bool:
        found = self._store.replaced_cards(self._before(now), AT_ONCE)
        return self._forgotten(found, lambda card: Change(erased=(card,)))

    def _facts(self, now: datetime) -> bool:
        before = self._before(now)
        names = [one for kind in PASSING for one in self._store.lapsed(kind, before, AT_ONCE)]
        return self._forgotten(names, lambda name: Change(facts=((name, ""),)))

    def _quieter(self, channel_id: str, before: datetime, forgotten: str) -> tuple[Channel, ...]:
        """Return a channel that knows nothing of its past, nor takes it in again, if it changes."""
        channel = self._store.channel(channel_id)
        if channel is None:
            return ()
        forgotten = max(forgotten, channel.forgotten)
        after = replace(without_past(channel, before), forgotten=forgotten)
        return (after,) if after != channel else ()

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

    def _forgotten(self, found: Sequence[T], change: Callable[[T], Change]) -> bool:
        """Forget one by one; what has changed meanwhile, or is damaged, is left to another time."""
        done = 0
        for one in found:
            try:
                decided = change(one)
                self._store.commit(decided)
            except Stale:
                continue
            except Damaged as fault:
                self._fault = fault
                continue
            done += bool(decided)
        return len(found) >= AT_ONCE and done > 0


def _without_its_words(promise: Promise) -> Change:
    return Change(promises=(replace(promise, words="", since_words=""),))


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
