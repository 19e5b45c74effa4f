"""Delivers what was decided: at Slack's pace, through its failures, and once."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from time import monotonic

from slack_sdk import WebClient

from bot.core.cards import Cards, Later, View
from bot.core.outgoing import Card, Note, Outgoing, Reply
from bot.core.posting import Posting
from bot.core.refusals import will_pass
from handlers import arrivals, blocks, ledger, notes
from handlers.calls import Answer, Result, call
from handlers.failures import Failures
from handlers.links import Links
from handlers.markup import Words, escape
from handlers.pace import Pace, lane
from handlers.roster import Roster, Unavailable

logger = logging.getLogger(__name__)

LONGEST_WAIT = timedelta(minutes=5)
NOT_TO_BE_OPENED = frozenset({"missing_scope", "unknown_method"})
"""Without im:write Slack opens direct messages only when something is posted to the person."""
PEOPLE = ("U", "W")
"""Begin the ids of people."""


class Courier:
    """Sends what is pending in one workspace. Used by one thread at a time."""

    overdue: datetime | None = None
    """Since when something should be gone that the last turn has left behind."""

    def __init__(
        self,
        cards: Cards,
        posting: Posting,
        client: WebClient,
        links: Links,
        roster: Roster,
        bot_user: str,
        seconds: Callable[[], float] = monotonic,
    ) -> None:
        """`seconds` tells how long a turn takes."""
        self._cards = cards
        self._posting = posting
        self._roster = roster
        self._client = client
        self._links = links
        self._bot_user = bot_user
        self._pace = Pace(seconds)
        self._failures = Failures()
        self._direct: dict[str, str] = {}
        self._goes_on: Callable[[], bool] = lambda: True

    def deliver(self, now: datetime, goes_on: Callable[[], bool] = lambda: True) -> None:
        """Send what may go now; before each message it is asked whether the turn goes on."""
        self._goes_on = goes_on
        self._pace.begin()
        pending = self._cards.pending()
        self._failures.keep(pending)
        done: set[str] = set()
        for out in pending:
            if out.at > now or out.id in done or self._pace.is_busy(out, now):
                continue
            if not goes_on():
                break
            one = out
            try:
                one = self._cards.gather(out, tuple(o for o in pending if o.id not in done), now)
                if one is not out:
                    done |= {o.id for o in pending if o.to == out.to and o.about and not o.unsure}
                self._send(one, now)
            except Unavailable as unavailable:
                self._pause(one, Result(Answer.NOT_DONE, error=str(unavailable)), now)
            except Exception as error:  # one message that fails must not hold up all the others
                if will_pass(error):
                    raise
                logger.exception("the message %s failed; it is tried again later", one.id)
                self._pace.pause(one.id, now, LONGEST_WAIT)
            done.add(out.id)
        left = self._cards.pending() if done else pending
        self.overdue = self._failures.overdue_since(left, now)

    def _send(self, out: Outgoing, now: datetime) -> None:
        if out.reply:
            self._reply(out, out.reply, now)
            return
        card = self._cards.card(out.edits) if out.edits else None
        reader = card.to if card else out.only or out.to
        if not self._is_ours_alone(reader):
            logger.error("a customer would read what is sent to %s, so nothing is", reader)
            if out.edits:
                self._cards.dropped(out, now)
            else:
                self._cards.undeliverable(out, "a_customer_would_read_it", now)
            return
        if out.edits:
            self._edit(out, now)
            return
        view: View | None = None
        if out.note:
            words = self._noted(out, out.note, now)
        else:
            composed = self._cards.compose(out, now)
            if isinstance(composed, Later):
                self._failures.forget(out)
                self._cards.put_back(out, now, wait=composed.at - now)
                return
            view = composed
            words = blocks.card(view, self._links) if view else None
        if words is None:
            self._cards.dropped(out, now)
        elif out.only:
            self._whisper(out, words, now)
        else:
            self._post(out, view, words, now)

    def _noted(self, out: Outgoing, note: Note, now: datetime) -> Words | None:
        """Word a note; None where what it is about is settled by now."""
        if note.kind not in ledger.NOTICES:
            return notes.words(note)
        lines = self._cards.noted(out, now)
        reader = self._roster.person(out.only or out.to)
        return ledger.notice(note.kind, lines, self._cards.zone(reader)) if lines else None

    def _reply(self, out: Outgoing, reply: Reply, now: datetime) -> None:
        """Post what a colleague has pressed the button for, under their own name."""
        by = self._roster.person(reply.by)
        if not self._posting.may_post(by):
            self._posting.refused(out, reply, "not_a_colleague", now)
            return
        look = {"username": by.name, "icon_url": by.picture}
        # Without blocks, whose paragraphs are shorter than what people write.
        words = Words(escape(reply.text), [])
        self._post(out, None, words, now, {k: v for k, v in look.items() if v})

    def _is_ours_alone(self, to: str) -> bool:
        """Tell whether no customer reads what is sent there, to a channel or to a person.

        Who leads, owns a channel or has claimed something may have become a guest since.
        """
        if to.startswith(PEOPLE):
            self._roster.person(to)
        return not self._cards.is_exposed(to)

    def _post(
        self,
        out: Outgoing,
        view: View | None,
        words: Words,
        now: datetime,
        look: dict[str, str] | None = None,
    ) -> None:
        channel = self._channel(out, now)
        if not channel:
            return
        if out.unsure:
            found = arrivals.find(self._client, self._bot_user, out, channel, words)
            if found.answer is Answer.NOT_DONE:
                self._send(replace(out, unsure=False), now)
            else:
                self._posted(out, view, words, found, now)
            return
        tried = self._cards.trying(out, now)
        if not self._goes_on():  # we were held up, and whoever has the turn may have sent it
            return
        result = call(
            self._client,
            "chat.postMessage",
            channel=channel,
            text=words.text,
            blocks=words.blocks or None,
            unfurl_links=False,
            unfurl_media=False,
            metadata=arrivals.metadata(out),
            **({"thread_ts": out.thread} if out.thread else {}),
            **(look or {}),
        )
        self._pace.rest(out.to, now)
        self._posted(tried, view, words, result, now)

    def _posted(
        self, out: Outgoing, view: View | None, words: Words, result: Result, now: datetime
    ) -> None:
        if result.answer is not Answer.DONE:
            self._failed(out, result, now)
        elif out.reply:
            author, ts = self._roster.person(out.reply.by), str(result.data["ts"])
            self._posting.delivered(out, out.reply, author, ts, now)
        elif view is None:
            self._cards.dropped(out, now)
        else:
            card = Card(
                id=out.id,
                channel=str(result.data["channel"]),
                ts=str(result.data["ts"]),
                to=out.to,
                about=tuple(line.about for line in view.lines),
                shown=words.fingerprint,
            )
            self._cards.delivered(out, card, now)

    def _whisper(self, out: Outgoing, words: Words, now: datetime) -> None:
        """Post for one person's eyes. What may have been shown is not shown again."""
        if out.unsure:
            self._cards.dropped(out, now)
            return
        tried = self._cards.trying(out, now)
        result = call(
            self._client,
            "chat.postEphemeral",
            channel=out.to,
            user=out.only,
            text=words.text,
            blocks=words.blocks,
            **({"thread_ts": out.thread} if out.thread else {}),
        )
        if result.answer is Answer.NOT_DONE:
            self._failed(tried, result, now)
        else:
            self._cards.dropped(out, now)

    def _edit(self, out: Outgoing, now: datetime) -> None:
        """Bring a card up to date, unless it shows the right thing already."""
        card, view = self._cards.card(out.edits), self._cards.compose(out, now)
        if card is None or not isinstance(view, View):
            self._cards.dropped(out, now)
            return
        words = blocks.card(view, self._links)
        shown = words.fingerprint
        if shown == card.shown:
            self._cards.dropped(out, now)
            self._look_again(out, shown, now)
            return
        result = call(
            self._client,
            "chat.update",
            channel=card.channel,
            ts=card.ts,
            text=words.text,
            blocks=words.blocks,
        )
        if result.answer in (Answer.DONE, Answer.NEVER):
            self._cards.shown(out, shown, now)
            self._pace.rest(out.to, now)
            self._look_again(out, shown, now)
        else:
            self._pause(out, result, now)

    def _look_again(self, out: Outgoing, shown: str, now: datetime) -> None:
        """Keep what was decided meanwhile: it took the place of the edit that is done with."""
        after = self._cards.compose(out, now)
        if isinstance(after, View) and blocks.card(after, self._links).fingerprint != shown:
            self._cards.again(out, now)

    def _channel(self, out: Outgoing, now: datetime) -> str:
        """Return the channel to post to: for a person, the direct messages with them."""
        if out.to.startswith(("C", "G", "D")):
            return out.to
        if out.to not in self._direct:
            result = call(self._client, "conversations.open", users=out.to)
            if result.error in NOT_TO_BE_OPENED:
                return out.to
            if not result.done:
                self._failed(out, result, now)
                return ""
            self._direct[out.to] = str(result.data["channel"]["id"])
        return self._direct[out.to]

    def _failed(self, out: Outgoing, result: Result, now: datetime) -> None:
        if result.answer is Answer.NEVER:
            logger.warning("a message to %s cannot be delivered: %s", out.to, result.error)
            if out.reply:
                self._posting.refused(out, out.reply, result.error, now)
            else:
                self._cards.undeliverable(out, result.error, now)
            return
        wait = self._pause(out, result, now)
        if result.answer is Answer.NOT_DONE:
            self._cards.put_back(out, now, wait=wait)

    def _pause(self, out: Outgoing, result: Result, now: datetime) -> timedelta:
        """Leave a message alone for a while; a limit concerns all that goes the same way."""
        failures = self._failures.add(out, now)
        wait = result.wait or min(timedelta(seconds=2 ** min(failures - 1, 10)), LONGEST_WAIT)
        self._pace.pause(lane(out) if result.wait else out.id, now, wait)
        logger.info("trying again in %.0f s: %s", wait.total_seconds(), result.error)
        return wait
