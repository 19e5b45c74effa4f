"""The short private words that Heard says outside its cards."""

from __future__ import annotations

from collections.abc import Callable

from bot.core.outgoing import Note, NoteKind
from handlers.markup import Words, escape, person, place, quote, say

Facts = dict[str, str]


WHY = {
    "a_customer_would_read_it": "they count as a customer by now",
    "not_a_colleague": "you count as a customer by now",
    "missing_scope": "I am not allowed to post under your name; installing me anew cures that",
    "is_archived": "the channel is archived",
    "not_in_channel": "I am no longer in the channel",
    "channel_not_found": "the channel is gone, or I am no longer in it",
}
"""What Slack's errors, and our own, mean to those who did not write them."""


def words(note: Note) -> Words:
    text = NOTES[note.kind](note.facts)
    return quote(text, note.facts["text"]) if "text" in note.facts else say(text)


def _already_claimed(facts: Facts) -> str:
    return f"{person(facts['claimer'])} has this one already, so nothing changed. Thank you!"


def _taken_over(facts: Facts) -> str:
    return (
        f"{person(facts['by'])} took over the conversation in {place(facts['channel'])} that you"
        " had claimed: it was still waiting when it went back to the team."
    )


def _not_open(facts: Facts) -> str:
    return f"That conversation is {facts['state']}, so there is nothing to snooze."


def _not_a_customer(_: Facts) -> str:
    return "Only a customer's message can be tracked as a request, and that one is a colleague's."


def _invited(facts: Facts) -> str:
    channel = place(facts["channel"])
    if facts["triage"]:
        return (
            f"Thanks for inviting me. {channel} is the triage channel: what nobody owns comes here."
        )
    watching = (
        f"I watch {channel} from now on, and say nothing in it."
        if facts["watched"]
        else f"I watch {channel} once a customer writes there; `/heard watch` starts it now."
    )
    return (
        f"Thanks for inviting me. {watching} If a customer goes unanswered, its owners hear of it"
        " from me in private. Name them there with `/heard owners @ana @ben`."
    )


def _undelivered(facts: Facts) -> str:
    instead = " What they would have been told comes here instead." if facts.get("more") else ""
    return (
        f"I could not reach {_recipient(facts['to'])}: {_reason(facts['error'])}.{instead}"
        " Please check the owners and leads."
    )


def _not_yours(_: Facts) -> str:
    return (
        ":handshake: makes a promise of a message of your own, and that one is somebody else's. For"
        " a promise about it, choose _Track a promise_ in its menu."
    )


def _not_posted(facts: Facts) -> str:
    return (
        f"I could not post your words in {place(facts['channel'])}: {_reason(facts['error'])}."
        " Nothing is lost; here they are, for you to post:"
    )


def _coached(facts: Facts) -> str:
    return (
        f"Only you see this. “{escape(facts['words'])}”: {escape(facts['why'])}\n"
        f"Kinder: _{escape(facts['kinder'])}_"
    )


def _reason(error: str) -> str:
    return WHY.get(error, f"Slack says `{error}`")


def _recipient(to: str) -> str:
    return place(to) if to.startswith(("C", "G")) else person(to)


NOTES: dict[NoteKind, Callable[[Facts], str]] = {
    NoteKind.ALREADY_CLAIMED: _already_claimed,
    NoteKind.TAKEN_OVER: _taken_over,
    NoteKind.NOT_OPEN: _not_open,
    NoteKind.NOT_A_CUSTOMER: _not_a_customer,
    NoteKind.INVITED: _invited,
    NoteKind.UNDELIVERED: _undelivered,
    NoteKind.NOT_YOURS: _not_yours,
    NoteKind.NOT_POSTED: _not_posted,
    NoteKind.COACHED: _coached,
}
