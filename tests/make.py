"""Makes what tests talk about, and tells stories: a team, its customers, and what happens to them.

The people are Ana, Ben, Cleo and Lea of the team, Dana and Emil, who are customers of another
organisation, Gus, a guest, and a robot. Everybody is called by name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from bot.core.cards import Cards, Later, Line, PromiseLine
from bot.core.decision import Decisions
from bot.core.desk import Desk
from bot.core.events import ChannelJoined, Entered, MessageDeleted, MessagePosted, Reacted
from bot.core.hours import Holiday, Hours, no_holiday, parse_duration, parse_week
from bot.core.ledger import Promise
from bot.core.model import Act, Action, Channel, Conversation, Person, Role, Said, State, moment
from bot.core.outgoing import Card, Note, Outgoing, Reason, Reply
from bot.core.policy import Policy
from bot.core.rounds import Rounds
from bot.core.targets import OwnTargets, Targets
from storage.tiny import TinyStore

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
HOME = "T0HOME"
ACME, OTHER, TRIAGE = "C0ACME", "C0OTHER", "C0TRIAGE"
OFFICE = "Mon-Fri 09:00-17:00"


def at(text: str, zone: str = "UTC") -> datetime:
    """Read "Mon 09:30", of the week of 2 March 2026, "next Mon 09:30", or "2026-12-24 09:30"."""
    first, _, clock = text.rpartition(" ")
    if first[:1].isdigit():
        return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    weeks, _, day = first.rpartition("next ")
    days = DAYS.index(day) + 7 * (len(weeks) // len("next ") + ("next " in first))
    hour, minute, *second = map(int, clock.split(":"))
    here = (MONDAY + timedelta(days=days)).replace(hour=hour, minute=minute, tzinfo=ZoneInfo(zone))
    return here.replace(second=second[0] if second else 0).astimezone(UTC)


def lasting(text: str) -> timedelta:
    """Read "31m" or "1d2h" as time on the wall: a day has 24 hours."""
    duration = parse_duration(text)
    return timedelta(days=duration.days, seconds=duration.seconds)


def stamp(moment: datetime) -> str:
    """Return the `ts` that Slack gives to a message of that moment."""
    return f"{moment.timestamp():.6f}"


def hours(week: str = OFFICE, zone: str = "UTC", holidays: tuple[str, ...] = ()) -> Hours:
    closed = {date.fromisoformat(day) for day in holidays}
    holiday: Holiday = closed.__contains__ if closed else no_holiday
    return Hours(
        week=parse_week(week), zone=ZoneInfo(zone), holiday=holiday, calendar=" ".join(holidays)
    )


def targets(**durations: str) -> Targets:
    """Make targets from `nudge="30m"`, `escalate="2h"`, `repeat="4h"` and `update="2d"`."""
    return Targets(**{name: parse_duration(text) for name, text in durations.items()})


def own_targets(**durations: str) -> OwnTargets:
    """Make what a channel has of its own, in the same way."""
    return OwnTargets(**{name: parse_duration(text) for name, text in durations.items()})


def policy(week: str = OFFICE, zone: str = "UTC", **fields) -> Policy:
    facts = {"triage": TRIAGE, "home": frozenset({HOME}), "hours": hours(week, zone), **fields}
    return Policy(**facts)


def user(name: str) -> str:
    """Return the user id of somebody called by name; ids and channels stay what they are."""
    return name if name.isupper() or not name else f"U{name.upper()}"


def name_of(user_id: str) -> str:
    return "triage" if user_id == TRIAGE else user_id.removeprefix("U").lower()


def person(name: str, **fields) -> Person:
    """Make somebody of the cast; who is not in it is a colleague."""
    known: dict[str, dict] = {
        "dana": {"team": "T0ACME", "stranger": True},
        "emil": {"team": "T0ACME", "stranger": True},
        "gus": {"team": HOME, "guest": True},
        "robot": {"team": HOME, "bot": True},
    }
    facts = {"name": name.capitalize(), **known.get(name, {"team": HOME}), **fields}
    return Person(id=user(name), **facts)


def said(by: str, when: datetime, **fields) -> Said:
    """Make a message of a conversation; Dana, Emil and Gus are customers."""
    role = Role.CUSTOMER if by in {"dana", "emil", "gus"} else Role.COLLEAGUE
    facts = {"needs_reply": role is Role.CUSTOMER, "role": role, **fields}
    return Said(conversation=f"{ACME}:1", ts=stamp(when), by=user(by), **facts)


def act(action: Action, by: str, when: datetime, **fields) -> Act:
    facts = {"key": f"{action}/{by}/{stamp(when)}", "said": stamp(MONDAY), **fields}
    if action is Action.SNOOZE:
        facts.setdefault("until", when + timedelta(hours=1))
    return Act(conversation=f"{ACME}:1", action=action, by=user(by), at=when, **facts)


@dataclass(frozen=True, slots=True)
class Letter:
    """A private message, or a message in the triage channel, as it arrived."""

    id: str
    to: str
    at: datetime
    lines: tuple[Line | PromiseLine, ...] = field(default=(), repr=False)
    note: Note | None = None
    seen_in: str = ""
    """The channel in which only its reader sees it."""

    @property
    def reasons(self) -> tuple[Reason, ...]:
        return tuple(line.about.reason for line in self.lines)

    @property
    def about(self) -> tuple[str, ...]:
        return tuple(line.conversation.thread for line in self.lines if isinstance(line, Line))

    @property
    def promises(self) -> tuple[str, ...]:
        return tuple(line.promise.id for line in self.lines if isinstance(line, PromiseLine))


class Story:
    """What happens, told line by line, with a clock that is moved by hand.

    Heard makes its rounds and delivers whenever something is due, as long as it is up.
    """

    def __init__(
        self,
        start: str = "Mon 10:00",
        rules: Policy | None = None,
        store: TinyStore | None = None,
    ) -> None:
        self.now = at(start)
        self.store = store or TinyStore.in_memory()
        self.reopened(rules or policy())
        self.edits: list[str] = []
        self.posted: list[str] = []
        self._unread: list[Letter] = []
        self._numbers = count(1)
        self._broken: set[str] = set()

    def reopened(self, rules: Policy) -> None:
        """Start Heard anew on the same store, by other rules."""
        decisions = Decisions(self.store, rules)
        self.desk, self.rounds, self.cards = Desk(decisions), Rounds(decisions), Cards(decisions)
        self.rounds.reschedule(self.now)

    # What people do

    def says(self, who: str, text: str, *, under: str = "", into: str = ACME, **fields) -> str:
        """Post a message, in a thread with `under`, and return its `ts`."""
        ts = self.writes()
        self.hears(self.message(who, text, ts, under=under, into=into, **fields))
        return ts

    def writes(self) -> str:
        """Return the `ts` of a message that Heard has not been told of yet."""
        return stamp(self.now + timedelta(microseconds=next(self._numbers)))

    def message(
        self, who: str, text: str, ts: str, *, under: str = "", into: str = ACME, **fields
    ) -> MessagePosted:
        author = person(who)
        facts = {"author": author, "thread": under, "channel": into, **fields}
        return MessagePosted(ts=ts, text=text, **facts)

    def hears(self, *messages: MessagePosted | MessageDeleted) -> None:
        """Have Slack tell Heard of messages, in this order."""
        for message in messages:
            if isinstance(message, MessagePosted):
                self.desk.intake.posted(message, self.now)
            else:
                self.desk.intake.deleted(message, self.now)

    def edits_to(self, who: str, ts: str, text: str, **fields) -> None:
        self.hears(self.message(who, text, ts, edited=self.writes(), **fields))

    def deletes(self, ts: str, *, by: str = "dana", **fields) -> None:
        facts = {"channel": ACME, "author": user(by), **fields}
        self.hears(MessageDeleted(ts=ts, at=self.writes(), **facts))

    def reacts(self, who: str, emoji: str, on: str, *, into: str = ACME, **fields) -> bool:
        facts = {"at": self.now + timedelta(microseconds=next(self._numbers)), **fields}
        reaction = Reacted(channel=into, ts=on, name=emoji, by=person(who), **facts)
        return self.desk.reacted(reaction, self.now)

    def unreacts(self, who: str, emoji: str, on: str, **fields) -> bool:
        return self.reacts(who, emoji, on, added=False, **fields)

    def tracks(self, who: str, on: MessagePosted) -> None:
        """Put 📌 on a message which has to be fetched first."""
        reaction = Reacted(
            channel=on.channel, ts=on.ts, name="pushpin", by=person(who), at=self.now
        )
        self.desk.track(on, reaction, self.now)

    def does(self, who: str, action: Action, on: str, into: str = ACME) -> Conversation:
        """Press a button about the conversation of a message."""
        next(self._numbers)  # so that what follows comes after it
        return self.desk.act(self.desk.at(into, on).id, action, user(who), self.now)

    def shakes(self, who: str, on: MessagePosted, **fields) -> None:
        """Put 🤝 on a message which has to be fetched first."""
        facts = {"channel": on.channel, "ts": on.ts, "name": "handshake", "by": person(who)}
        reaction = Reacted(**{**facts, "at": moment(self.writes()), **fields})
        if not self.desk.reacted(reaction, self.now) and reaction.added:
            self.desk.promises.vouched(on, reaction, self.now)

    def presses(self, who: str, button: str, on: Promise, due: str = "") -> Promise:
        """Press *Done* or *Not a promise*, or give a date after *Change* or *Move it*."""
        next(self._numbers)  # so that what follows comes after it
        does, by = self.desk.promises, user(who)
        match button:
            case "Done":
                return does.kept(on.id, by, self.now)
            case "Not a promise":
                return does.dropped(on.id, by, self.now)
            case "Change":
                return does.dated(on.id, by, at(due), self.now)
        return does.moved(on.id, by, at(due), self.now)

    def enters(self, who: str, words: str, due: str = "", **fields) -> Promise:
        """Promise something by command, or of a message with `ts`."""
        facts = {"channel": ACME, "due": at(due) if due else None, **fields}
        return self.desk.promises.enter(Entered(by=user(who), words=words, **facts), self.now)

    def posts(
        self, who: str, text: str, due: str = "", *, under: str = "", press: str = "", **fields
    ) -> None:
        """Have Heard post a reply in somebody's name; the same press of a button counts once."""
        reply = Reply(by=user(who), text=text, due=at(due) if due else None, **fields)
        self.desk.posting.post(press or self.writes(), reply, ACME, under, self.now)
        self._deliver()

    def sets(self, channel: str = ACME, **fields) -> None:
        """Change what is agreed for a channel."""
        self.desk.channels.change(channel, self.now, lambda c: replace(c, **fields))

    def owned_by(self, *owners: str, channel: str = ACME) -> None:
        self.sets(channel, owners=tuple(map(user, owners)))

    def invites(self, who: str | None, into: str = ACME, **fields) -> Channel:
        inviter = person(who) if who else None
        return self.desk.channels.joined(
            ChannelJoined(channel=into, inviter=inviter, **fields), self.now
        )

    # What time does

    def later(self, text: str) -> None:
        self.until(self.now + lasting(text))

    def until(self, moment: datetime | str) -> None:
        """Let time pass while Heard is up, which does what is due the moment it is."""
        end = at(moment) if isinstance(moment, str) else moment
        self.looks()
        while (due := self._next()) is not None and due <= end:
            self.now = max(self.now, due)
            self.looks()
        self.now = end
        self.looks()

    def down_until(self, moment: str) -> None:
        """Let time pass while Heard is not running, then start it."""
        self.now = at(moment)
        self.looks()
        self.later("2s")

    def looks(self) -> None:
        """Make one round and deliver what may go."""
        for conversation in self.rounds.due(self.now):
            self.rounds.attend(conversation, self.now)
        for promise in self.rounds.promises_due(self.now):
            self.rounds.remind(promise, self.now)
        self._deliver()

    def undeliverable_to(self, who: str) -> None:
        """Let Slack refuse all messages to somebody from now on."""
        self._broken.add(user(who))

    def _next(self) -> datetime | None:
        never = datetime.max.replace(tzinfo=UTC)
        dues = [c.due_at for c in self.store.due(never, 1)]
        dues += [promise.wake_at for promise in self.store.promises_due(never, 1)]
        coming = [out.at for out in self.store.outbox()]
        return min((due for due in (*dues, *coming) if due and due > self.now), default=None)

    def _deliver(self) -> None:
        """Do what the courier does, without Slack."""
        done: set[str] = set()
        for out in self.cards.pending():
            if out.at > self.now or out.id in done:
                continue
            rest = tuple(o for o in self.cards.pending() if o.id not in done)
            one = self.cards.gather(out, rest, self.now)
            done |= {o.id for o in rest} - {o.id for o in self.cards.pending()} | {out.id, one.id}
            self._send(one)

    def _send(self, out: Outgoing) -> None:
        if out.edits:
            self.edits.append(out.edits)
            self.cards.shown(out, "new", self.now)
            return
        if out.reply:
            self.posted.append(out.reply.text)
            author = person(name_of(out.reply.by))
            self.desk.posting.delivered(out, out.reply, author, self.writes(), self.now)
            return
        view = None if out.note else self.cards.compose(out, self.now)
        if isinstance(view, Later):
            self.cards.put_back(out, self.now, wait=view.at - self.now)
        elif view is None and not out.note:
            self.cards.dropped(out, self.now)
        elif out.to in self._broken:
            self.cards.undeliverable(out, "account_inactive", self.now)
        else:
            lines = view.lines if view else ()
            self._unread.append(
                Letter(
                    id=out.id,
                    to=name_of(out.only or out.to),
                    at=self.now,
                    lines=lines,
                    note=out.note,
                    seen_in=out.to if out.only else "",
                )
            )
            if view:
                tried = self.cards.trying(out, self.now)
                self.cards.delivered(tried, self._card(out, lines), self.now)
            else:
                self.cards.dropped(out, self.now)

    def _card(self, out: Outgoing, lines: tuple[Line | PromiseLine, ...]) -> Card:
        channel = out.to if out.to.startswith("C") else f"D{out.to}"
        return Card(
            id=out.id,
            channel=channel,
            ts=self.writes(),
            to=out.to,
            about=tuple(line.about for line in lines),
        )

    # What is to be seen

    def conversation(self, ts: str, channel: str = ACME) -> Conversation:
        return self.desk.at(channel, ts)

    def state(self, ts: str, channel: str = ACME) -> State:
        return self.conversation(ts, channel).state

    def waiting(self, channel: str = ACME) -> list[tuple[str, str]]:
        """Return who waits for us, since which message."""
        queue = self.desk.here(channel)
        return [(name_of(c.wait.by), c.wait.ts) for c in queue if c.wait]

    def read_to(self, channel: str = ACME) -> str:
        known = self.store.channel(channel)
        return known.read_to if known else ""

    def opened(self) -> list[str]:
        """Return the first messages of all conversations, oldest first."""
        return sorted(c.thread for c in self.store.touched(MONDAY - timedelta(days=99), 999))

    def promises(self) -> list[Promise]:
        """Return the whole ledger, in the order of its ids."""
        shelf = self.store._shelves.promises
        return [*shelf.those(sorted(shelf.table.ids()))]

    def promise(self, on: str = "", number: int = 0) -> Promise:
        """Return a promise of a message; without one, the only promise that there is."""
        known = self.store.promises_at(ACME, on) if on else self.promises()
        assert on or len(known) == 1, known
        return known[number]

    def expect(self, who: str) -> Letter:
        """Take the next unread letter to somebody off the pile."""
        mine = [letter for letter in self._unread if letter.to == who]
        assert mine, f"nothing for {who}, but {self._unread}"
        self._unread.remove(mine[0])
        return mine[0]

    def expect_nudge(self, who: str, about: str, *, why: Reason | str = "", at: str = "") -> Letter:
        """Expect that the next letter to somebody is about the conversation of a message."""
        letter = self.expect(who)
        assert letter.about == (self._thread(about),), letter
        assert not why or letter.reasons == (why,), letter
        self._came(letter, at)
        return letter

    def expect_reminder(
        self, who: str, *about: Promise, why: Reason | str = "reminder", at: str = ""
    ) -> Letter:
        """Expect that the next letter to somebody is about these promises."""
        letter = self.expect(who)
        assert letter.promises == tuple(one.id for one in about), letter
        assert letter.reasons == (why,) * len(about), letter
        self._came(letter, at)
        return letter

    def expect_note(self, who: str, kind: str, at: str = "", **facts: str) -> Letter:
        letter = self.expect(who)
        assert letter.note, letter
        assert letter.note.kind == kind, letter
        assert facts.items() <= letter.note.facts.items(), letter
        self._came(letter, at)
        return letter

    def expect_silence(self) -> None:
        """Expect that nobody was told anything else so far."""
        assert not self._unread, self._unread

    def _thread(self, ts: str) -> str:
        known = (one for c in self.store.channels() for one in self.store.about(c.id, ts))
        return next(known).partition(":")[2]

    @staticmethod
    def _came(letter: Letter, moment: str) -> None:
        if moment:
            early = timedelta(seconds=2)
            assert at(moment) <= letter.at < at(moment) + early, f"came at {letter.at}"


def letters(story: Story) -> Iterator[Letter]:
    """Yield what was told so far and not looked at, and take it off the pile."""
    while story._unread:
        yield story._unread.pop(0)
