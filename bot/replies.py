"""Reply templates as TOML: read with every fault at once, each with its line, and written."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import fields
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import tomli_w

from bot.core.replies import Kind, Register, Slot, Template, asked_for, flaws, slot_flaws

SHIPPED = Path(__file__).with_name("replies.toml")
OWN = ("id", "situation", "register", "title", "text")
ABOUT = tuple(field.name for field in fields(Slot) if field.name != "name")
LONG_STRING = re.compile(r'"""(?:\\.|[^\\])*?"""|\'\'\'.*?\'\'\'', re.DOTALL)
TEMPLATE = re.compile(r"^[ \t]*\[\[[ \t]*templates[ \t]*\]\]", re.MULTILINE)

Described = dict[str, dict[str, str]]
"""What is said about slots, by their names."""
LineOf = Callable[[str], int]


class BadReplies(Exception):  # noqa: N818 - it says what they are
    """The templates cannot be used; `faults` has one sentence for each, with its line."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(dict.fromkeys(faults))
        super().__init__("\n".join(self.faults))


@lru_cache(maxsize=1)
def shipped() -> tuple[Template, ...]:
    """Return the templates to begin with."""
    return load(SHIPPED)


def load(path: Path) -> tuple[Template, ...]:
    """Read a file.

    Raises:
        BadReplies: with every fault there is.
    """
    try:
        source = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadReplies([f"{path} cannot be read: {error}"]) from None
    return loads(source, path.name, known={} if path == SHIPPED else None)


def loads(
    source: str, name: str = "the templates", known: Described | None = None
) -> tuple[Template, ...]:
    """Read templates; slots that they do not describe are those of the shipped file.

    Raises:
        BadReplies: with every fault there is.
    """
    try:
        table = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        raise BadReplies([f"{name}: {error}"]) from None
    reader = _Reader(_Lines(source), name)
    templates = reader.read(table, _described(shipped()) if known is None else known)
    if reader.faults:
        raise BadReplies(reader.faults)
    return templates


def dumps(templates: Iterable[Template]) -> str:
    """Write templates so that they read back equal."""
    templates = tuple(templates)
    shared = _described(templates)
    rows: list[dict[str, Any]] = []
    for template in templates:
        row: dict[str, Any] = {key: str(getattr(template, key)) for key in OWN}
        for slot in template.slots:
            common = shared[slot.name]
            if own := {key: text for key, text in _about(slot).items() if text != common[key]}:
                row.setdefault("slots", {})[slot.name] = own
        rows.append(row)
    return tomli_w.dumps({"slots": shared, "templates": rows}, multiline_strings=True)


def _described(templates: Iterable[Template]) -> Described:
    found: Described = {}
    for template in templates:
        for slot in template.slots:
            found.setdefault(slot.name, _about(slot))
    return found


def _about(slot: Slot) -> dict[str, str]:
    return {key: str(getattr(slot, key)) for key in ABOUT}


class _Lines:
    """Knows on which line something is written, which the parsed values do not tell."""

    def __init__(self, source: str) -> None:
        # What looks like a header in a long string is none.
        self._source = LONG_STRING.sub(lambda long: re.sub(r"[^\n]", "_", long[0]), source)
        self._begins = [match.start() for match in TEMPLATE.finditer(self._source)]

    def of_template(self, index: int, key: str = "") -> int:
        """Return the line of a template's key or slot, or where it begins; 0 if unknown."""
        if index >= len(self._begins):
            return 0
        begin, end = [*self._begins, len(self._source)][index : index + 2]
        named = rf"(?:\[?[ \t]*(?:templates\.)?slots\.)?{re.escape(key)}\b"
        return (key and self._of(named, begin, end)) or self._at(begin)

    def of_slot(self, name: str) -> int:
        return self._of(rf"\[[ \t]*slots\.{re.escape(name)}[ \t]*\]", 0, len(self._source))

    def _of(self, pattern: str, begin: int, end: int) -> int:
        found = re.compile(rf"^[ \t]*{pattern}", re.MULTILINE).search(self._source, begin, end)
        return self._at(found.start()) if found else 0

    def _at(self, position: int) -> int:
        return self._source.count("\n", 0, position) + 1


class _Reader:
    """Turns parsed TOML into templates and collects what is wrong with it."""

    def __init__(self, lines: _Lines, name: str) -> None:
        self.faults: list[str] = []
        self._lines = lines
        self._name = name

    def read(self, table: dict[str, Any], known: Described) -> tuple[Template, ...]:
        self._report_unknown(table, ("slots", "templates"), "the file", partial(_always, 0))
        shared = known | self._described(table.get("slots", {}), known, self._lines.of_slot)
        for name, about in shared.items():
            for flaw in slot_flaws(_slot(name, about)):
                self._report(self._lines.of_slot(name), flaw.says)
        rows = table.get("templates")
        if not isinstance(rows, list) or not rows:
            self._report(0, "there is no template: each begins with [[templates]]")
            return ()
        found: dict[str, Template] = {}
        for index, row in enumerate(rows):
            template = self._template(index, row, shared)
            if template and template.id in found:
                line = self._lines.of_template(index, "id")
                self._report(line, f"{template.id} is the id of another template too")
            elif template:
                found[template.id] = template
        return tuple(found.values())

    def _template(self, index: int, row: object, shared: Described) -> Template | None:
        line_of = partial(self._lines.of_template, index)
        if not isinstance(row, dict):
            self._report(line_of(), f"template {index + 1} is no table")
            return None
        where = str(row.get("id") or f"template {index + 1}")
        overrides = self._described(row.pop("slots", {}), shared, line_of)
        values = self._strings(row, OWN, where, line_of)
        for key in OWN:
            if key not in row:
                self._report(line_of(), f"{where} has no {key}")
        register = values.pop("register", "")
        if register and register not in set(Register):
            registers = ", ".join(Register)
            self._report(line_of("register"), f"{where}: the register is one of {registers}")
            register = ""
        if len(values) < len(OWN) - 1:
            return None
        about = shared | overrides
        names = dict.fromkeys((*asked_for(values["text"]), *overrides))
        slots = tuple(_slot(name, about[name]) for name in names if name in about)
        how = Register(register or Register.NEUTRAL)  # any will do to find the other faults
        template = Template(register=how, slots=slots, **values)
        for flaw in flaws(template):
            if flaw.field not in shared or flaw.field in overrides:
                self._report(line_of(flaw.field), f"{where}: {flaw.says}")
        return template

    def _described(self, rows: object, known: Described, line_of: LineOf) -> Described:
        """Read what is said about slots, on top of what is known of them."""
        found: Described = {}
        for name, row in rows.items() if isinstance(rows, dict) else ():
            line = line_of(name)
            about = self._strings(row, ABOUT, f"the slot {name}", partial(_always, line))
            if about.get("kind", Kind.CLAUSE) not in set(Kind):
                kinds = ", ".join(Kind)
                self._report(line, f"the kind of the slot {name} is one of {kinds}")
                del about["kind"]
            found[name] = known.get(name, {}) | about
        return found

    def _strings(
        self, row: object, allowed: tuple[str, ...], where: str, line_of: LineOf
    ) -> dict[str, str]:
        rows = row if isinstance(row, dict) else {}
        self._report_unknown(rows, allowed, where, line_of)
        for key in allowed:
            if not isinstance(rows.get(key, ""), str):
                self._report(line_of(key), f"{where}: {key} must be in quotation marks")
        return {key: rows[key] for key in allowed if isinstance(rows.get(key), str)}

    def _report_unknown(
        self, row: dict[str, Any], allowed: tuple[str, ...], where: str, line_of: LineOf
    ) -> None:
        for key in row:
            if key not in allowed:
                self._report(
                    line_of(key), f"{where} has {key}, but only {', '.join(allowed)} count"
                )

    def _report(self, line: int, says: str) -> None:
        place = f"{self._name}, line {line}" if line else self._name
        self.faults.append(f"{place}: {says}.")


def _always(line: int, _: str) -> int:
    return line


def _slot(name: str, about: dict[str, str]) -> Slot:
    told = {key: about.get(key, "") for key in ABOUT if key != "kind"}
    return Slot(name=name, kind=Kind(about.get("kind", Kind.CLAUSE)), **told)
