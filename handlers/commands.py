"""`/heard` and its words. Every answer is for the asker's eyes only."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from dataclasses import replace

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.core.model import Action, Channel, Conversation, State
from bot.core.refusals import Refusal
from handlers import (
    blocks,
    explanations,
    links,
    modals,
    payloads,
    promise_commands,
    refusals,
    replying,
    templates,
)
from handlers.asking import Asked, Command
from handlers.calls import Answer, call
from handlers.edge import Edge
from handlers.markup import Words, both, escape, person, place, say, when
from handlers.payloads import Payload
from handlers.roster import Unavailable

MENTION = re.compile(r"<@([A-Z0-9]+)(?:\|[^>]*)?>")


def register(app: App) -> None:
    app.command("/heard")(heard)


def heard(ack: Ack, body: Payload, client: WebClient, edge: Edge) -> None:
    """Answer in the acknowledgement itself: there is nothing to lose on the way."""
    word, _, rest = str(body.get("text") or "").strip().partition(" ")
    user = str(body.get("user_id") or "")
    asked = Asked(
        edge=edge,
        client=client,
        user=user,
        channel=str(body.get("channel_id") or ""),
        rest=rest.strip(),
        trigger=str(body.get("trigger_id") or ""),
    )
    words = _answer(word.lower(), asked)
    if words:
        ack(text=words.text, blocks=words.blocks, response_type="ephemeral")
    else:
        ack()


def _answer(word: str, asked: Asked) -> Words | None:
    try:
        if not asked.edge.is_colleague(asked.user):
            return say(refusals.CUSTOMER)
    except Unavailable:
        return say(refusals.WHO_ARE_YOU)
    command = COMMANDS.get(word)
    try:
        return command.answer(asked) if command else _unknown(word)
    except (Refusal, Unavailable) as refusal:
        return say(refusals.words(refusal))


def _unknown(word: str) -> Words:
    near = difflib.get_close_matches(word, [name for name in COMMANDS if name], n=1, cutoff=0.5)
    hint = f" Did you mean `/heard {near[0]}`?" if near else ""
    said = f"I do not know `{escape(word[:40])}`.{hint}"
    return both(say(said), say(help_text()))


def help_text() -> str:
    rows = (
        f"`/heard{' ' if command.usage else ''}{command.usage}`  {command.help}"
        for command in COMMANDS.values()
    )
    return "*What Heard can do*\n" + "\n".join(rows) + f"\n\n{REACTIONS}"


def _help(_: Asked) -> Words:
    return say(help_text())


def _here(asked: Asked) -> Words:
    desk, links_ = asked.edge.desk, asked.edge.links
    here = desk.here(asked.channel)
    ids = {conversation.id for conversation in here}
    mine = [c for c in desk.queue(claimer=asked.user) if c.id not in ids]
    first = blocks.listing("Open here", here, links_, empty="Nobody waits here.")
    second = blocks.listing("Claimed by you", mine[:5], links_, empty="")
    if mine:
        return both(first, second)
    hint = " `/heard help` shows what I can do."
    return first if here else say(f"Nobody waits here, and nothing waits for you.{hint}")


def _open(asked: Asked) -> Words:
    waiting = [c for c in asked.edge.desk.queue() if c.wait]
    return blocks.listing(
        "Waiting for us, the longest first",
        waiting,
        asked.edge.links,
        empty="Nobody waits anywhere. Well done.",
    )


def _mine(asked: Asked) -> Words:
    return blocks.listing(
        "Claimed by you",
        asked.edge.desk.queue(claimer=asked.user),
        asked.edge.links,
        empty="You have claimed nothing that is still open.",
    )


def _does(action: Action) -> Callable[[Asked], Words]:
    """Return the command that does something to the conversation meant by a link or a channel."""

    def answer(asked: Asked) -> Words:
        desk = asked.edge.desk
        link = links.read(asked.rest)
        if asked.rest and not link:
            return say(
                f"`/heard {action}` takes a link to a message (its menu: _Copy link_), or nothing"
                " for the one that waits here longest."
            )
        here = sorted(desk.here(asked.channel), key=lambda c: c.state is not State.WAITING)
        if not link and not here:
            return say(
                "Nobody waits here. For another conversation add the link to one of its messages:"
                f" `/heard {action} <link>`."
            )
        meant = desk.at(*link) if link else here[0]
        done = desk.act(meant.id, action, asked.user, asked.edge.now())
        said = say(f"{DONE[action]} {_about(done, asked)}")
        others = [c for c in here if c.id != meant.id]
        if link or not others:
            return said
        title = "Others wait here too"
        return both(said, blocks.listing(title, others, asked.edge.links, empty=""))

    return answer


def _about(conversation: Conversation, asked: Asked) -> str:
    link = asked.edge.links.message(conversation.channel, conversation.thread, conversation.thread)
    until = (
        f" Back {when(conversation.snooze.until)}, or as soon as they write again."
        if conversation.snooze
        else ""
    )
    who = person(conversation.customer)
    return f"<{link}|the conversation> with {who} in {place(conversation.channel)}.{until}"


def _in_channel(answer: Callable[[Asked], Words | None]) -> Callable[[Asked], Words | None]:
    """Return the command, which says no where there is no customers' channel to change."""

    def checked(asked: Asked) -> Words | None:
        where = place(asked.channel)
        if asked.channel.startswith("D"):
            return say("Direct messages are never watched. Use this in the customer's channel.")
        if asked.channel == asked.edge.desk.policy.triage:
            return say(f"{where} is the triage channel, which is never watched.")
        if not _is_member(asked):
            return say(f"I am not in {where} yet. Invite me with `/invite @Heard` first.")
        return answer(asked)

    return checked


def _is_member(asked: Asked) -> bool:
    """Tell whether the bot is in the channel, asking Slack where it does not know."""
    channel = asked.edge.desk.store.channel(asked.channel)
    if channel and channel.member:
        return True
    result = call(asked.client, "conversations.info", channel=asked.channel)
    facts = result.data.get("channel") or {}
    if facts.get("is_member"):
        asked.edge.desk.channels.listed(payloads.channel(facts), asked.edge.now())
        return True
    return not result.done and result.answer is not Answer.NEVER


def _watch(asked: Asked) -> Words:
    channel = asked.edge.desk.channels.change(
        asked.channel, asked.edge.now(), lambda channel: replace(channel, watched=True)
    )
    return say(f"I watch {place(channel.id)}: whoever waits here will not be forgotten.")


def _unwatch(asked: Asked) -> Words:
    waiting = len(asked.edge.desk.here(asked.channel))
    channel = asked.edge.desk.channels.change(
        asked.channel, asked.edge.now(), lambda channel: replace(channel, watched=False)
    )
    still = "1 customer still waits" if waiting == 1 else f"{waiting} customers still wait"
    left = f" {still} here, and nobody will be reminded." if waiting else ""
    return say(f"I no longer watch {place(channel.id)}.{left} `/heard watch` takes that back.")


def _owners(asked: Asked) -> Words:
    desk, where = asked.edge.desk, place(asked.channel)
    named = tuple(dict.fromkeys(MENTION.findall(asked.rest)))
    if not asked.rest:
        channel = desk.store.channel(asked.channel)
        owners = ", ".join(map(person, channel.owners)) if channel and channel.owners else ""
        how = "`/heard owners @ana @ben` names them, `/heard owners none` clears them."
        return say(
            f"{where} is owned by {owners}. {how}" if owners else f"Nobody owns {where}. {how}"
        )
    if not named and asked.rest.lower() != "none":
        return say(
            f"I cannot read owners in `{escape(asked.rest[:80])}`. Mention them, as in"
            " `/heard owners @ana @ben`, or say `/heard owners none`. Nothing was changed."
        )
    strangers = [one for one in named if not asked.edge.is_colleague(one)]
    if strangers:
        names = ", ".join(map(person, strangers))
        return say(f"{names} cannot be an owner: owners are colleagues. Nothing was changed.")
    desk.channels.change(
        asked.channel, asked.edge.now(), lambda channel: replace(channel, owners=named)
    )
    if not named:
        rest = "the triage channel" if desk.policy.triage else "the leads"
        return say(f"Nobody owns {where} now: its nudges go to {rest}.")
    return say(f"{where} is now owned by {', '.join(map(person, named))}: its nudges go to them.")


def _channel(asked: Asked) -> Words | None:
    desk = asked.edge.desk
    channel = desk.store.channel(asked.channel) or Channel(id=asked.channel)
    view = modals.channel(channel, desk.policy)
    opened = call(asked.client, "views.open", trigger_id=asked.trigger, view=view)
    if opened.done:
        return None
    return say("Slack could not open the form just now. Nothing was changed; please try again.")


def _why(asked: Asked) -> Words:
    link = links.read(asked.rest)
    if not link:
        return say(
            "Give me the link to a message (its menu: _Copy link_): `/heard why <link>`. I will say"
            " why I did, or did not, count it."
        )
    return say(explanations.why(*link, asked.edge))


DONE = {
    Action.CLAIM: "You have claimed",
    Action.RESOLVE: "Resolved:",
    Action.SNOOZE: "Snoozed:",
}
REACTIONS = (
    "You can also react to any message of a conversation: :eyes: claim, :white_check_mark:"
    " resolved (on a promise: kept), :alarm_clock: snooze, :pushpin: track as a request, :no_bell:"
    " not a request, :handshake: a promise of mine. Taking one off undoes it."
)
COMMANDS: dict[str, Command] = {
    "": Command("", "what waits here and for you", _here),
    "help": Command("help", "list what I can do", _help),
    "open": Command("open", "everybody who waits for us, the longest first", _open),
    "mine": Command("mine", "what you have claimed", _mine),
    "claim": Command("claim [link]", "take the one that waits here longest", _does(Action.CLAIM)),
    "resolve": Command(
        "resolve [link]", "close the one that waits here longest", _does(Action.RESOLVE)
    ),
    "snooze": Command(
        "snooze [link]", "put off the one that waits here longest", _does(Action.SNOOZE)
    ),
    "promise": Command(
        "promise <what> by <when>", "note what you promised", promise_commands.promise
    ),
    "promises": Command(
        "promises [mine | here | team]",
        "what we promised: yours, this channel's, the team's",
        promise_commands.promises,
    ),
    "reply": Command("reply [words | link]", "words that fit what they wrote", replying.reply),
    "check": Command("check <draft>", "what a draft risks, and kinder words", replying.check),
    "templates": Command(
        "templates", "the reply templates: look, add, edit, remove", templates.templates
    ),
    "watch": Command("watch", "watch this channel", _in_channel(_watch)),
    "unwatch": Command("unwatch", "stop watching this channel", _in_channel(_unwatch)),
    "owners": Command(
        "owners [@ana @ben | none]",
        "who is told first when somebody waits here",
        _in_channel(_owners),
    ),
    "channel": Command("channel", "this channel's own targets and hours", _in_channel(_channel)),
    "why": Command("why <link>", "why a message was, or was not, counted", _why),
}
