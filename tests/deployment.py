"""What the files for running Heard for good say, read as Docker and systemd read them."""

from __future__ import annotations

import json
import re
import shlex
from configparser import RawConfigParser
from typing import Any, NamedTuple

import yaml

from tests.local import ROOT, Json


class Instruction(NamedTuple):
    name: str
    text: str

    @property
    def command(self) -> list[str]:
        """Return what is run, which is written as a list: no shell stands before it."""
        found = json.loads(self.text[self.text.index("[") :])
        assert isinstance(found, list)
        return found


def dockerfile() -> list[list[Instruction]]:
    """Return the stages of the Dockerfile."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    whole = re.sub(r"\\\n", "", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE))
    stages: list[list[Instruction]] = []
    for line in filter(None, whole.splitlines()):
        one = Instruction(*line.split(maxsplit=1))
        if one.name == "FROM":
            stages.append([])
        stages[-1].append(one)
    return stages


def instructions(name: str) -> list[Instruction]:
    """Return those of one kind in the last stage, which is the one that runs."""
    return [one for one in dockerfile()[-1] if one.name == name]


def image_environment() -> dict[str, str]:
    """Return what is set in the container, if nobody sets anything."""
    pairs = [pair for one in instructions("ENV") for pair in shlex.split(one.text)]
    return {name: value for name, _, value in (pair.partition("=") for pair in pairs)}


def compose() -> Json:
    found: Json = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
    return found


def unit() -> dict[str, Any]:
    """Return the section of the systemd unit that says how to run Heard."""
    reader = RawConfigParser(strict=False, interpolation=None)
    reader.optionxform = str  # type: ignore[assignment,method-assign]
    reader.read(ROOT / "deploy" / "heard.service", encoding="utf-8")
    return dict(reader["Service"])
