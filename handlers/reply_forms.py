"""The forms that help with a reply: three that fit, and one to fill in."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    DividerBlock,
    InputBlock,
    Option,
    PlainTextInputElement,
    StaticSelectElement,
)
from slack_sdk.models.views import View

from bot.core import readers
from bot.core.replies import Kind, Register, Slot, Template
from bot.core.replying import Place
from bot.core.toning.findings import READS_WELL, Finding
from handlers.markup import context, escape, person, section

HELP = "reply.help"
USE, OTHER = "reply.use", "reply.other"
FILL, REGISTER, SLOT, LOOK, COPY = (
    "reply.fill",
    "reply.register",
    "reply.slot",
    "reply.look",
    "reply.copy",
)
QUOTED = 900
"""Characters of the customer's message that a form shows, and carries as far as there is room."""
MOST_CARRIED = 3000
"""Bytes of metadata: Slack takes so many characters, and does not say how it counts them."""
MOST_OPTIONS = 100
BRIEF = 60
"""Characters of the words that a finding is about."""
MOST_TOLD = 5
STOPPED = "*Not posted yet.* Please look at this; _Post_ again sends it."
CHANGED = "*Not posted yet.* Somebody has changed this template meanwhile: please read it again."
KEPT = "kept."
"""Begins what the metadata calls a slot that was filled in, and that this register lacks."""
ALIVE = {"trigger_actions_on": ["on_character_entered"]}


def pick(
    place: Place, chosen: readers.Chosen, templates: Sequence[Template], hint: str = ""
) -> View:
    """Return the form with what fits best, each with its reason, and all the others."""
    blocks: list[Block] = [*_quote(place)]
    if hint or chosen.hint:
        blocks.append(context(escape(hint or chosen.hint)))
    for number, choice in enumerate(chosen.choices):
        text = f"*{escape(choice.template.title)}*\n>{choice.first_line}"
        button = ButtonElement(
            text="Use this",
            action_id=f"{USE}.{number}",
            value=choice.template.id,
            style="primary" if number == 0 else None,
        )
        blocks += [section(text, button), context(f"Why: {escape(choice.why)}")]
    options = [
        Option(value=one.id, label=f"{one.title} ({one.register})"[:75])
        for one in templates[:MOST_OPTIONS]
    ]
    if options:
        other = StaticSelectElement(action_id=OTHER, placeholder="Choose…", options=options)
        blocks += [DividerBlock(), section("Or another one:", other)]
    else:
        blocks.append(section("There is no template left. `/heard templates` adds one."))
    return View(
        type="modal",
        title="Suggest a reply",
        close="Cancel",
        private_metadata=_metadata(place),
        blocks=blocks,
    )


def fill(
    place: Place,
    template: Template,
    values: Mapping[str, str],
    findings: Sequence[Finding] | None = None,
    *says: str,
) -> View:
    """Return the form with a template's slots, the message as it stands, and what it risks.

    There are no `findings` of what is not whole. Where the metadata stays as it was, so does all
    that the form shows.
    """
    marks = [Option(value=one, label=one.capitalize()) for one in Register]
    chosen = next(one for one in marks if one.value == template.register)
    said = "\n".join(f">{line}" for line in readers.preview(template, values).split("\n"))
    draft = readers.fill(template, values).plain if findings else ""
    blocks: list[Block] = [
        *_quote(place),
        section(
            f"*{escape(template.title)}*",
            StaticSelectElement(action_id=REGISTER, options=marks, initial_option=chosen),
        ),
        *(_slot(slot, template, values.get(slot.name, "")) for slot in template.slots),
        DividerBlock(),
        section(f"*As they will read it*\n{said}"),
        *map(section, (*told(findings or (), draft), *says)),
    ]
    if findings == () and not says:
        blocks.append(context(f":white_check_mark: {READS_WELL}"))
    buttons = [
        ButtonElement(text="Check it", action_id=LOOK, value="look"),
        ButtonElement(text="Copy", action_id=COPY, value="copy"),
    ]
    blocks.append(ActionsBlock(elements=buttons))
    shown = [block.to_dict() for block in blocks if not isinstance(block, InputBlock)]
    kept = {name: value for name, value in values.items() if value and name not in template.named}
    return View(
        type="modal",
        callback_id=FILL,
        title="Your reply",
        submit="Post",
        close="Cancel",
        private_metadata=_metadata(
            place,
            template=template.id,
            words=version(template),
            seen=fingerprint(findings or ()),
            shown=_hash(json.dumps(shown)),
            **{f"{KEPT}{name}": value for name, value in kept.items()},
        ),
        blocks=blocks,
    )


def told(findings: Sequence[Finding], draft: str) -> list[str]:
    """Word findings: which words, why, and what could be said instead."""
    worded = [
        f":warning: “{_brief(draft[slice(*one.words)])}”: {escape(one.why)}\n"
        f"Kinder: _{escape(one.kinder)}_"
        for one in findings[:MOST_TOLD]
    ]
    more = len(findings) - MOST_TOLD
    return [*worded, f"… and {more} more like these."] if more > 0 else worded


def missing(template: Template, faults: Mapping[str, str]) -> list[str]:
    return [
        f":warning: *{escape(template.slot(name).label)}*: {escape(says)}"
        for name, says in faults.items()
    ]


def fingerprint(findings: Sequence[Finding]) -> str:
    return _hash("|".join(f"{one.label}{one.why}" for one in findings)) if findings else ""


def version(template: Template) -> str:
    """Return what tells a template from what others make of it meanwhile."""
    return _hash(template.text)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()[:12]


def _slot(slot: Slot, template: Template, value: str) -> InputBlock:
    return InputBlock(
        block_id=slot.name,
        label=slot.label[0].upper() + slot.label[1:],
        hint=slot.hint,
        optional=slot.name not in template.mandatory,
        dispatch_action=True,
        element=PlainTextInputElement(
            action_id=SLOT,
            multiline=slot.kind is Kind.LINES,
            placeholder=f"{slot.example}",
            initial_value=value or None,
            max_length=slot.kind.longest,
            dispatch_action_config=ALIVE,
        ),
    )


def _quote(place: Place) -> list[Block]:
    if not place.text:
        return []
    quoted = "\n".join(f">{escape(line)}" for line in _short(place.text, QUOTED).split("\n"))
    who = f"{person(place.customer)} wrote:\n" if place.customer else ""
    return [section(f"{who}{quoted}")]


def _metadata(place: Place, **more: str) -> str:
    """Return what the form is about, with as much of the customer's message as has room."""
    about = asdict(place)
    for size in range(QUOTED, 0, -100):
        facts = about | {"text": _short(place.text, size)} | more
        written = json.dumps(facts, ensure_ascii=False)
        if len(written.encode(errors="replace")) <= MOST_CARRIED:
            return written
    rest = {name: fact for name, fact in more.items() if not name.startswith(KEPT)}
    return json.dumps(about | {"text": ""} | rest)


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def _brief(words: str) -> str:
    line = " ".join(words.split())
    return escape(line if len(line) <= BRIEF else f"{line[: BRIEF - 1]}…")
