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
    MarkdownTextObject,
    Option,
    PlainTextInputElement,
    SectionBlock,
    StaticSelectElement,
)
from slack_sdk.models.views import View

from bot.core.choosing import Chosen
from bot.core.filling import preview
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
"""Characters of the customer's message that a form carries: Slack takes 3,000 of metadata."""
MOST_OPTIONS = 100
ALIVE = {"trigger_actions_on": ["on_character_entered"]}


def pick(place: Place, chosen: Chosen, templates: Sequence[Template]) -> View:
    """Return the form with what fits best, each with its reason, and all the others."""
    blocks: list[Block] = [*_quote(place)]
    if chosen.hint:
        blocks.append(context(escape(chosen.hint)))
    for number, choice in enumerate(chosen.choices):
        text = f"*{choice.template.title}*\n>{choice.first_line}"
        button = ButtonElement(
            text="Use this",
            action_id=f"{USE}.{number}",
            value=choice.template.id,
            style="primary" if number == 0 else None,
        )
        blocks += [
            SectionBlock(text=MarkdownTextObject(text=text[:3000]), accessory=button),
            context(f"Why: {escape(choice.why)}"),
        ]
    options = [
        Option(value=one.id, label=f"{one.title} ({one.register})"[:75])
        for one in templates[:MOST_OPTIONS]
    ]
    other = StaticSelectElement(action_id=OTHER, placeholder="Choose…", options=options)
    blocks += [DividerBlock(), SectionBlock(text="Or another one:", accessory=other)]
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
    findings: Sequence[Finding] = (),
    *,
    stopped: bool = False,
    missing: Mapping[str, str] | None = None,
) -> View:
    """Return the form with a template's slots, the message as it stands, and what it risks.

    `stopped` says that the findings are news, so nothing was posted; `missing` what to fill in.
    """
    marks = [Option(value=one, label=one.capitalize()) for one in Register]
    chosen = next(one for one in marks if one.value == template.register)
    said = "\n".join(f">{line}" for line in preview(template, values).split("\n"))
    blocks: list[Block] = [
        *_quote(place),
        SectionBlock(
            text=MarkdownTextObject(text=f"*{escape(template.title)}*"),
            accessory=StaticSelectElement(action_id=REGISTER, options=marks, initial_option=chosen),
        ),
        *(_slot(slot, template, values.get(slot.name, "")) for slot in template.slots),
        DividerBlock(),
        section(f"*As they will read it*\n{said}"),
        *(section(found(one)) for one in findings[:5]),
    ]
    for slot, says in (missing or {}).items():
        blocks.append(section(f":warning: *{escape(template.slot(slot).label)}*: {escape(says)}"))
    if stopped:
        blocks.append(section("*Not posted yet.* Please look at this; _Post_ again sends it."))
    elif not findings and all(values.get(name, "").strip() for name in template.mandatory):
        blocks.append(context(f":white_check_mark: {READS_WELL}"))
    buttons = [
        ButtonElement(text="Check it", action_id=LOOK, value="look"),
        ButtonElement(text="Copy: I post it", action_id=COPY, value="copy"),
    ]
    blocks.append(ActionsBlock(elements=buttons))
    return View(
        type="modal",
        callback_id=FILL,
        title="Your reply",
        submit="Post",
        close="Cancel",
        private_metadata=_metadata(place, template=template.id, seen=fingerprint(findings)),
        blocks=blocks,
    )


def found(finding: Finding) -> str:
    """Word a finding: why, and what could be said instead."""
    return f":warning: {escape(finding.why)}\nKinder: _{escape(finding.kinder)}_"


def fingerprint(findings: Sequence[Finding]) -> str:
    told = "|".join(f"{one.label}{one.why}" for one in findings)
    return hashlib.sha256(told.encode()).hexdigest()[:12] if findings else ""


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
    text = place.text if len(place.text) <= QUOTED else place.text[: QUOTED - 1] + "…"
    quoted = "\n".join(f">{escape(line)}" for line in text.split("\n"))
    who = f"{person(place.customer)} wrote:\n" if place.customer else ""
    return [section(f"{who}{quoted}")]


def _metadata(place: Place, **more: str) -> str:
    facts = asdict(place) | {"text": place.text[:QUOTED]} | more
    return json.dumps(facts, ensure_ascii=False)
