"""The forms in which a team looks after its reply templates."""

from __future__ import annotations

import json
from collections.abc import Sequence

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    DividerBlock,
    InputBlock,
    Option,
    OverflowMenuElement,
    PlainTextInputElement,
    SectionBlock,
    StaticSelectElement,
)
from slack_sdk.models.views import View

from bot.core import readers
from bot.core.replies import LONGEST, LONGEST_LABEL, Edit, Register, Slot, Template
from handlers.markup import context, escape, person, section, when

LIST, EDIT, REMOVE = "templates.list", "templates.edit", "templates.remove"
REGISTER, MENU, ADD = "templates.register", "templates.menu", "templates.add"
SEE, CHANGE, TAKE_AWAY = "see", "change", "take_away"
CHOICES = {SEE: "Preview", CHANGE: "Edit", TAKE_AWAY: "Remove"}
TITLE, SITUATION, HOW, TEXT = "title", "situation", "register", "text"
MOST_SHOWN = 90
"""Slack takes 100 blocks in a form."""
MOST_TOLD = 10
MOST_QUOTED = 500
LONGEST_SITUATION = 40
ACTION_ID = "value"


def listing(templates: Sequence[Template], register: Register) -> View:
    """Return the form with all templates of one register."""
    options = [Option(value=one, label=one.capitalize()) for one in Register]
    blocks: list[Block] = [
        SectionBlock(
            text="Words for the moments that matter. What you change here holds for everybody.",
            accessory=StaticSelectElement(
                action_id=REGISTER,
                options=options,
                initial_option=next(one for one in options if one.value == register),
            ),
        ),
        ActionsBlock(elements=[ButtonElement(text="Add one", action_id=ADD, value=register)]),
        DividerBlock(),
    ]
    mine = [template for template in templates if template.register is register]
    for template in mine[:MOST_SHOWN]:
        menu = [Option(value=f"{do}|{template.id}", label=label) for do, label in CHOICES.items()]
        text = f"*{escape(template.title)}*\n{readers.first_line(template)}"
        blocks.append(section(text, OverflowMenuElement(action_id=MENU, options=menu)))
    return View(
        type="modal",
        callback_id=LIST,
        title="Reply templates",
        close="Done",
        private_metadata=json.dumps({"register": register}),
        blocks=blocks,
    )


def seen(template: Template, history: Sequence[Edit]) -> View:
    """Return a template with the examples of its slots, and what became of it."""
    shown = "\n".join(f">{line}" for line in readers.example(template).split("\n"))
    blocks: list[Block] = [section(f"*{escape(template.title)}* ({template.register})\n{shown}")]
    for edit in reversed(history[-MOST_TOLD:]):
        what = "Written" if edit.template else "Removed"
        by = person(edit.by) if edit.by else "the command line"
        blocks.append(context(f"{what} by {by}, {when(edit.at)}"))
        if edit.template:
            blocks.append(context(f"```{escape(edit.template.text[:MOST_QUOTED])}```"))
    return View(type="modal", title="Preview", close="Back", blocks=blocks)


def edit(template: Template | None, register: Register, slots: Sequence[Slot]) -> View:
    """Return the form for a template, or for a new one."""
    options = [Option(value=one, label=one.capitalize()) for one in Register]
    chosen = template.register if template else register
    known = ", ".join(f"`{{{slot.name}}}` {escape(slot.label)}" for slot in slots)
    return View(
        type="modal",
        callback_id=EDIT,
        title="Edit a template" if template else "Add a template",
        submit="Save",
        close="Cancel",
        private_metadata=json.dumps({"id": template.id if template else ""}),
        blocks=[
            _field(TITLE, "Title", template.title if template else "", most=LONGEST_LABEL),
            _field(
                SITUATION,
                "Situation",
                template.situation if template else "",
                most=LONGEST_SITUATION,
                hint="One word in small letters, the same in all registers: delay, bug, handover",
            ),
            InputBlock(
                block_id=HOW,
                label="How formal it is",
                element=StaticSelectElement(
                    action_id=ACTION_ID,
                    options=options,
                    initial_option=next(one for one in options if one.value == chosen),
                ),
            ),
            _field(
                TEXT,
                "Words",
                template.text if template else "",
                most=LONGEST,
                hint="Write {issue} for what they told you, {name?} for what may stay empty.",
                multiline=True,
            ),
            context(f"Slots: {known}"[:2000]),
        ],
    )


def remove(template: Template, problem: str = "") -> View:
    return View(
        type="modal",
        callback_id=REMOVE,
        title="Remove a template",
        submit="Remove",
        close="Keep it",
        private_metadata=json.dumps({"id": template.id}),
        blocks=[
            section(
                f"Remove *{escape(template.title)}* ({template.register})? Nobody will be offered"
                " it any more. Its words stay in the history."
            ),
            *([section(problem)] if problem else []),
        ],
    )


def _field(
    name: str, label: str, value: str, *, most: int, hint: str = "", multiline: bool = False
) -> InputBlock:
    return InputBlock(
        block_id=name,
        label=label,
        hint=hint or None,
        element=PlainTextInputElement(
            action_id=ACTION_ID,
            initial_value=value or None,
            max_length=most,
            multiline=multiline,
        ),
    )
