"""A template becomes a message: what is typed stays inside its slot, and can ping nobody.

The text is read once, into words and gaps; what is put into a gap is never read again.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping

from bot.core.refusals import Refusal
from bot.core.replies import HIDDEN, LONGEST, Gap, Kind, Slot, Template, parts
from bot.core.values import value

BREAK = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
MENTION = re.compile(r"(?<![\w.+-])@(?=\w)")
INERT = "@\u2060"
"""Slack does not link a bot's "@here", unless it is asked to; with this it could not."""
CODE = re.compile(r"(```.+?```|`[^`\n]+`)|`", re.DOTALL)
QUOTE = re.compile(r"^[ \t>]*>[ \t]*", re.MULTILINE)
TAIL = re.compile(r"(:[a-z+][\w+-]*:)?[\s.,;:…]*\Z")
"""The marks that end what was typed, though not the last one of an emoji."""
ISOLATED = "\u2068{}\u2069".format
BEFORE = {
    Kind.CLAUSE: re.compile(r"(?:that|because)\s+", re.IGNORECASE),
    Kind.VERB: re.compile(r"(?:(?:i|we|you)(?:'ll|'ve|\s(?:will|can|have))|to)\s+", re.IGNORECASE),
}
"""What the sentence has said already."""
SAYS_HOW = re.compile(
    r"(?:by|in|on|at|within|before|until|till|after|around|between|no\slater|not\slater|first\sthing"
    r"|later|this|today|tonight|as|soon|shortly|now|right)\b",
    re.IGNORECASE,
)
"""A time that begins so goes on with a sentence by itself; any other needs "by"."""
CAPITAL = {
    Kind.CLAUSE: re.compile(
        r"(?:The|An?|Your|Our|My|Their|Its|This|That|These|Those|There|You|We|They|It|All|Some"
        r"|Every|Each|No|When|After|Since|How|What|Why|Where|Whether)\b"
    ),
    Kind.VERB: re.compile(r"[A-Z][a-z]+\b"),
    Kind.TIME: SAYS_HOW,
}
"""First words that are written small within a sentence; another may be a name."""
LEADING_TAKEN = re.compile(r",?\s*\Z")
"""What an optional slot takes along when it stays empty: "Hello {name?}," is then "Hello,"."""


class NotFilled(Refusal):
    """Something has to be put right in the form; `faults` says what, by slot."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__(" ".join(f"{slot}: {says}" for slot, says in faults.items()))
        self.faults = dict(faults)


@value
class Filled:
    template: Template
    text: str
    """Ready for Slack."""
    plain: str
    """As it reads, to be copied."""
    when: str
    """What was promised; empty where the template promises nothing."""


def fill(template: Template, values: Mapping[str, str]) -> Filled:
    """Return the message, once every slot is filled in by somebody.

    Raises:
        NotFilled: a slot is empty, or was left as its example, or is too long.
    """
    typed = {slot.name: values.get(slot.name, "") for slot in template.slots}
    faults: dict[str, str] = {}
    for slot in template.slots:
        needed = slot.name in template.mandatory
        if fault := _fault(slot, typed[slot.name], needed=needed):
            faults[slot.name] = fault
    if faults:
        raise NotFilled(faults)
    clean = {slot.name: _clean(typed[slot.name], slot.kind) for slot in template.slots}
    plain = _joined(template, clean.__getitem__)
    text = escaped(plain)
    if len(text) > LONGEST and clean:
        longest = max(clean, key=lambda name: len(clean[name]))
        raise NotFilled({longest: f"The whole is too long by {len(text) - LONGEST:,} characters."})
    when = next((clean[slot.name] for slot in template.slots if slot.kind is Kind.TIME), "")
    return Filled(template=template, text=text, plain=plain, when=when)


def preview(template: Template, values: Mapping[str, str]) -> str:
    """Return the message so far, for Slack: what is still missing is shown as ‹its label›."""

    def shown(name: str) -> str:
        slot = template.slot(name)
        value = values.get(name, "").strip()[: slot.kind.longest]
        if name in template.mandatory and not _has_words(value):
            return f"‹{slot.label}›"
        return _clean(value, slot.kind)

    text = escaped(_joined(template, shown))
    return text if len(text) <= LONGEST else re.sub(r"&\w*\Z", "", text[: LONGEST - 1]) + "…"


def example(template: Template) -> str:
    """Return the message with the examples of its slots, for Slack."""
    return preview(template, {slot.name: slot.example for slot in template.slots})


def first_line(template: Template) -> str:
    """Return how the message begins, with its gaps shown."""
    return preview(template, {}).partition("\n")[0]


def escaped(text: str) -> str:
    """Return a text as Slack has to be given it, so that none of it is markup."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _joined(template: Template, value_of: Callable[[str], str]) -> str:
    said = ""
    for part in parts(template.text):
        if isinstance(part, Gap):
            value = value_of(part.slot)
            said = said + value if value else LEADING_TAKEN.sub("", said)
        else:
            said += part
    return said.strip()


def _fault(slot: Slot, typed: str, *, needed: bool) -> str:
    if (size := len(typed.strip())) > slot.kind.longest:
        return f"It has {size:,} characters, and {slot.kind.longest:,} fit: please shorten it."
    if needed and not _has_words(typed):
        return f"It is empty. {slot.hint}"
    is_prose = slot.kind not in (Kind.NAME, Kind.TIME)
    example_said = _clean(slot.example, slot.kind)
    if is_prose and _clean(typed, slot.kind).casefold() == example_said.casefold():
        return "It is still the example: say it in your own words."
    return ""


def _has_words(typed: str) -> bool:
    return any(map(str.isalnum, HIDDEN.sub("", typed)))


def _clean(typed: str, kind: Kind) -> str:
    """Return what was typed so that it reads well in its sentence and stays in its place."""
    value = HIDDEN.sub("", BREAK.sub("\n", typed))
    value = QUOTE.sub("", value)
    if kind is Kind.LINES:
        value = re.sub(r"[^\S\n]+", " ", value).strip()
        value = re.sub(r"\s*\n\s*", "\n", value)
    else:
        value = TAIL.sub(lambda tail: tail[1] or "", " ".join(value.split()))
    value = CODE.sub(lambda code: code[1] or "'", value)
    value = MENTION.sub(INERT, _continued(value, kind))
    turns = any(unicodedata.bidirectional(letter) in ("R", "AL", "AN") for letter in value)
    return ISOLATED(value) if turns else value


def _continued(value: str, kind: Kind) -> str:
    """Return a phrase as the sentence goes on with it: without what was said, in lower case."""
    if said := kind in BEFORE and BEFORE[kind].match(value.replace("’", "'")):
        value = value[said.end() :]
    if kind is Kind.TIME and value and not SAYS_HOW.match(value):
        return f"by {value}"
    capital = CAPITAL.get(kind)
    if capital and capital.match(value):
        return value[0].lower() + value[1:]
    return value
