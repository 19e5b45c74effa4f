"""`/heard` and its words. Every answer is for the asker's eyes only."""

from __future__ import annotations

from collections.abc import Callable

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.core.model import Action, Conversation, State
from bot.core.refusals import Refusal
from handlers import (
    blocks,
    channel_commands,
    explanations,
    links,
    promise_commands,
    refusals,
    replying,
    templates,
)
from handlers.asking import Asked, Command
from handlers.channel_commands import in_channel
from handlers.edge import Edge
from handlers.markup import Words, both, escape, person, place, say, when
from handlers.payloads import Payload
from handlers.roster import Unavailable


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
    words = edge.answers.once(asked.trigger, lambda: _answer(word.lower(), asked))
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
    import difflib  # noqa: PLC0415 - only for who has mistyped

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
    "watch": Command("watch", "watch this channel", in_channel(channel_commands.watch)),
    "unwatch": Command(
        "unwatch", "stop watching this channel", in_channel(channel_commands.unwatch)
    ),
    "owners": Command(
        "owners [@ana @ben | none]",
        "who is told first when somebody waits here",
        in_channel(channel_commands.owners),
    ),
    "channel": Command(
        "channel", "this channel's own targets and hours", in_channel(channel_commands.channel)
    ),
    "why": Command("why <link>", "why a message was, or was not, counted", _why),
}
