"""Ways to stored records other than by their ids, kept true by every row that changes."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bot.core.conversations import channel_of
from bot.core.model import State
from storage import ages
from storage.records import Record, damaged
from storage.tables import Row, Tables
from storage.ways import Ages, DueTimes, Groups, Ways

_FOLLOWED = "conversations", "closed", "entries", "promises", "cards", "outbox"
_DAY = 86_400_000_000  # in microseconds
_QUEUED = {State.WAITING, State.SNOOZED}
_OPEN = {state for state in State if not state.closed}


def _traits(conversation: Record) -> tuple[object, ...]:
    """Return where it waits, whose it is, its day, when it is due, and since when it is over."""
    state, last_at = conversation.get("state"), conversation.get("last_at")
    queued = state in _QUEUED
    return (
        conversation["channel"] if queued else None,
        conversation.get("claimer") if state in _OPEN else None,
        None if last_at is None else last_at // _DAY,
        conversation.get("due_at"),
        None if queued else ages.idle(conversation),
        None if queued else ages.wordy(conversation),
    )


def _channel(conversation: str, record: Record | None) -> str:
    return record["channel"] if record else channel_of(conversation)


def _shown_on(card: Record | None) -> set[str]:
    if card is None or card.get("replaced"):
        return set()
    return {about.get("promise") or about["conversation"] for about in card["about"]}


class PromiseIndexes(Ways):
    def __init__(self, promises: dict[str, Record]) -> None:
        self.by: Groups[str] = Groups()  # open ones, by who owes them
        self.owed_in: Groups[str] = Groups()  # open ones, by channel
        self.within: Groups[str] = Groups()  # all, by conversation
        self.made_in: Groups[tuple[str, str]] = Groups()  # all, by channel and ts
        self.due = DueTimes(lambda one: (promises.get(one) or {}).get("wake_at"))
        self.ended = Ages(ages.ended, promises)
        self.wordy = Ages(ages.wordy_promise, promises)
        groups = self.by, self.owed_in, self.within, self.made_in
        super().__init__(_debt, *groups, self.due, self.ended, self.wordy)


def _debt(promise: Record) -> tuple[object, ...]:
    by, channel = promise["by"], promise["channel"]
    owed = (by, channel) if ages.is_open(promise) else (None, None)
    place = channel, promise.get("ts", "")
    due, ended = promise.get("wake_at"), ages.ended(promise)
    return (*owed, promise["conversation"], place, due, ended, ages.wordy_promise(promise))


class Indexes:
    def __init__(self, tables: Tables) -> None:
        for name in _FOLLOWED:
            tables.setdefault(name, {})
        self._tables = tables
        self._about: dict[tuple[str, str], tuple[str, ...]] = {}  # by channel and ts
        self._entries: dict[str, list[str]] = {}
        self.waiting: Groups[str] = Groups()  # by channel
        self.claimed: Groups[str] = Groups()  # by claimer
        self.days: Groups[int] = Groups()  # by the day of `last_at`
        self.cards: Groups[str] = Groups()  # by conversation
        self.card_at: dict[tuple[str, str], str] = {}
        self.last_outgoing = 0  # the place of the last one in the outbox
        self.promises = PromiseIndexes(tables["promises"])
        self.due = DueTimes(lambda one: (self.conversation(one) or {}).get("due_at"))
        both = tables["conversations"], tables["closed"]
        self.idle, self.wordy = Ages(ages.idle, *both), Ages(ages.wordy, *both)
        groups = self.waiting, self.claimed, self.days
        self._ways = Ways(_traits, *groups, self.due, self.idle, self.wordy)
        self.replaced = Ages(ages.replaced, tables["cards"])
        self._card_ages = Ways(lambda card: (ages.replaced(card),), self.replaced)
        self._followers = {
            "conversations": self._follow_conversation,
            "closed": self._follow_conversation,
            "entries": self._follow_entry,
            "promises": self.promises.follow,
            "cards": self._follow_card,
            "outbox": self._follow_outgoing,
        }
        for name in _FOLLOWED:
            for document_id, record in tables[name].items():
                try:
                    self.follow((name, document_id, None, record))
                except (KeyError, TypeError, ValueError, AttributeError) as error:
                    raise damaged(name, document_id, error) from error

    def follow(self, row: Row) -> None:
        """Take in a change that the tables have seen."""
        table, document_id, old, new = row
        if follower := self._followers.get(table):
            follower(document_id, old, new)

    def conversation(self, one: str) -> Record | None:
        return self._tables["conversations"].get(one) or self._tables["closed"].get(one)

    def about(self, channel: str, ts: str) -> Sequence[str]:
        """Return the conversations that a message belongs to, the latest thread first.

        It is a look at one thing at a time, so that no lock needs to be held.
        """
        found = self._about.get((channel, ts), ())
        if len(found) <= 1:
            return found
        threads = {one: (self.conversation(one) or {}).get("thread", "") for one in found}
        return sorted(threads, key=lambda one: (threads[one], one), reverse=True)

    def entries(self, conversation: str) -> Collection[str]:
        return self._entries.get(conversation, ())

    def since(self, last_at: int, limit: int) -> list[Record]:
        """Return the conversations in which something happened since then, the latest first."""
        found: list[Record] = []
        for day in sorted((day for day in self.days if day >= last_at // _DAY), reverse=True):
            records = (self.conversation(one) for one in self.days.of(day))
            that_day = [one for one in records if one and one["last_at"] >= last_at]
            found += sorted(that_day, key=lambda one: (-one["last_at"], one["id"]))
            if len(found) >= limit:
                break
        return found[:limit]

    def _follow_conversation(self, one: str, old: Record | None, new: Record | None) -> None:
        self._ways.follow(one, old, new)
        if old and new and old["channel"] == new["channel"] and old["thread"] == new["thread"]:
            return
        if new and not old and one not in self._entries:  # as most begin
            self._link(one, new["channel"], new["thread"])
            return
        links, now = self._links(one, old), self._links(one, new)
        for channel, ts in links - now:
            self._unlink(one, channel, ts)
        for channel, ts in now - links:
            self._link(one, channel, ts)

    def _follow_entry(self, one: str, old: Record | None, new: Record | None) -> None:
        record = new or old or {}
        conversation = record["conversation"]
        if old is None:
            self._entries.setdefault(conversation, []).append(one)
        if new is None:
            self._entries[conversation].remove(one)
        subject = self.conversation(conversation)
        if record["is"] != "said" or (subject and record["ts"] == subject["thread"]):
            return
        channel = _channel(conversation, subject)
        if old is None:
            self._link(conversation, channel, record["ts"])
        if new is None:
            self._unlink(conversation, channel, record["ts"])

    def _follow_card(self, one: str, old: Record | None, new: Record | None) -> None:
        self._card_ages.follow(one, old, new)
        for subject in _shown_on(old):
            self.cards.move(one, subject, None)
        for subject in _shown_on(new):
            self.cards.move(one, None, subject)
        if old:
            self.card_at.pop((old["channel"], old["ts"]), None)
        if new:
            self.card_at[new["channel"], new["ts"]] = one

    def _follow_outgoing(self, _: str, __: Record | None, new: Record | None) -> None:
        if new:
            self.last_outgoing = max(self.last_outgoing, new["nr"])

    def _links(self, one: str, record: Record | None) -> set[tuple[str, str]]:
        """Return the messages of a conversation, which may be in its log before there is one."""
        channel, entries = _channel(one, record), self._tables["entries"]
        found = {(channel, record["thread"])} if record else set()
        for entry in self.entries(one):
            said = entries.get(entry)
            if said and said["is"] == "said":
                found.add((channel, said["ts"]))
        return found

    def _link(self, conversation: str, channel: str, ts: str) -> None:
        found = self._about.get((channel, ts), ())
        if conversation not in found:
            self._about[channel, ts] = (*found, conversation)

    def _unlink(self, conversation: str, channel: str, ts: str) -> None:
        found = tuple(one for one in self._about.get((channel, ts), ()) if one != conversation)
        if found:
            self._about[channel, ts] = found
        else:
            self._about.pop((channel, ts), None)
