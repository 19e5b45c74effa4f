"""The templates that come with Heard: how they read, what they promise, and how a file is read."""

import re
import tomllib
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.core.filling import example, fill, first_line, preview
from bot.core.promises import notice
from bot.core.replies import LONGEST, Kind, Register, Template, flaws
from bot.core.tone import check
from bot.core.when import read_due
from bot.replies import SHIPPED, BadReplies, dumps, load, loads, shipped

BERLIN = ZoneInfo("Europe/Berlin")
WEDNESDAY = datetime(2026, 3, 4, 10, 0, tzinfo=BERLIN)
ALL = shipped()
SITUATIONS = {
    *("acknowledge", "clarify", "apologise", "delay", "no", "bug", "fixed", "handover", "holding"),
    *("moving", "calm", "feedback", "close", "out_of_hours"),
}
CLICHES = (
    *(
        "any inconvenience",
        "inconvenience caused",
        "important to us",
        "valued customer",
        "hesitate",
    ),
    *("we value your", "reach out", "rest assured", "at your earliest", "as per", "kindly"),
    *("thank you for your patience", "bear with", "thank you for contacting", "we strive"),
    *("unfortunately", "we regret to", "please be advised", "as soon as possible", "touch base"),
    *("going forward", "happy to help", "apologies for", "understand your frustration"),
    *("as i said", "you should have", "our policy", "not our", "calm down", "simply", "asap"),
)
WHENS = (
    *("tomorrow 3pm", "Friday", "by Monday noon", "on Thursday at 10:30", "in two hours"),
    *("this afternoon", "End of day", "EOD", "tonight", "today", "next Tuesday", "next week"),
    *("within 2 business days", "first thing tomorrow", "later today", "3 p.m.", "before 5pm"),
)
ACTIONS = (
    "run your export again, row by row, with the new limit",
    "ask our data team and send you the file",
    "Call you.",
    "be at my desk and look at what failed on Monday",
)
BAD = """\
colour = "red"

[slots.issue]
label = "what they told you"
hint = ""
example = "it is late"

[slots.mood]
kind = "colour"

[[templates]]
id = "a"
situation = "a"
register = "posh"
title = "A"
text = "{issue}"

[[templates]]
id = "b"
situation = "b"
register = "formal"
title = "B"
text = \"\"\"
Hello
[[templates]]
{whoops} {\"\"\"
slots.option.hint = "x"

[[templates]]
id = "c"
size = 3
register = "formal"
title = 4
text = "hm"

[[templates]]
id = "b"
situation = "b"
register = "formal"
title = "B"
text = "Hello {issue}"

[templates.slots.issue]
example = ""
"""


def examples(template: Template) -> dict[str, str]:
    """Return a value for each slot, which nobody has left as its example."""
    return {
        slot.name: slot.example if slot.kind in (Kind.NAME, Kind.TIME) else f"{slot.example}, too"
        for slot in template.slots
    }


def ids(template: Template) -> str:
    """Name a template in the list of tests."""
    return template.id


def test_every_situation_has_its_words_in_every_register():
    """Fourteen situations, each formal, neutral and informal, named as they are listed."""
    named = [(template.situation, template.register) for template in ALL]
    assert sorted(named) == sorted((name, tone) for name in SITUATIONS for tone in Register)
    assert all(template.id == f"{template.situation}.{template.register}" for template in ALL)


@pytest.mark.parametrize("template", ALL, ids=ids)
def test_it_renders(template):
    """With and without a name it is one short message, without a gap or a mark left over."""
    for values in (examples(template), examples(template) | {"name": ""}):
        plain = fill(template, values).plain
        assert 40 < len(plain) < 600 < LONGEST
        assert not re.search(r"[{}‹›]|\s,|\s\.|,,|,:|,!|,\.| {2}|\.\.|\A\W|\n\n", plain)
        assert plain.endswith((".", "?", "!"))
        assert not list(flaws(template))


@pytest.mark.parametrize("template", ALL, ids=ids)
def test_it_passes_its_own_check(template):
    """Filled in, it reads well: nothing is found in words that we suggest ourselves."""
    for values in (examples(template), examples(template) | {"name": ""}):
        assert check(fill(template, values).plain) == ()


@pytest.mark.parametrize("template", ALL, ids=ids)
def test_it_says_what_they_said_and_what_comes_next(template):
    """What the customer told us is never left out, nor is what we do, did, ask or offer."""
    assert "issue" in template.mandatory
    next_step = {"action", "option", "done", "colleague"} & template.mandatory
    assert next_step or "thread" in template.text


@pytest.mark.parametrize("template", ALL, ids=ids)
def test_it_speaks_plainly(template):
    """No phrase that customers have read a hundred times, no shouting, no American spelling."""
    text = template.text.lower().replace("’", "'")
    assert not [phrase for phrase in CLICHES if phrase in text]
    assert text.count("!") <= (template.register is Register.INFORMAL)
    assert not re.search(r"\b\w+(?:ize|izing|avor|olor)\b", text)
    assert text.count("sorry") <= 1
    assert "'" not in template.text
    assert '"' not in template.text


@pytest.mark.parametrize("template", ALL, ids=ids)
def test_its_register_is_heard(template):
    """Formal words are written in full; only informal ones are said in passing."""
    shortened = re.search(r"\w’(?:s|ll|m|re|ve|t|d)\b", template.text)
    assert not (shortened and template.register is Register.FORMAL)
    assert "!" not in template.text or template.register is Register.INFORMAL


def test_no_two_begin_alike():
    """A customer who gets several of them never reads the same beginning twice."""
    openings = [
        " ".join(re.findall(r"[\w’]+", re.sub(r"\{\w+\??\}", "", template.text).lower())[:2])
        for template in ALL
    ]
    assert len(set(openings)) == len(ALL)
    assert len({first_line(template) for template in ALL}) == len(ALL)


@pytest.mark.parametrize("when", WHENS)
@pytest.mark.parametrize("template", [one for one in ALL if "when" in one.mandatory], ids=ids)
def test_its_time_is_a_promise(template, when):
    """However the time is put, what is posted promises it, and nothing else."""
    filled = fill(template, examples(template) | {"when": when})
    (one,) = notice(filled.plain, WEDNESDAY, BERLIN)
    due = read_due(when, WEDNESDAY, BERLIN)
    assert one.due
    assert due
    assert one.due.at == due.at
    assert filled.when.lower().endswith(when.lower().rstrip("."))


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("template", [one for one in ALL if "when" in one.mandatory], ids=ids)
def test_it_promises_whatever_is_done(template, action):
    """The time is promised in the template's own words, so it is read whatever the action is."""
    values = examples(template) | {"action": action, "when": "Friday noon"}
    due = notice(fill(template, values).plain, WEDNESDAY, BERLIN)[-1].due
    assert due
    assert f"{due.at.astimezone(BERLIN):%a %H:%M}" == "Fri 12:00"


@pytest.mark.parametrize("template", [one for one in ALL if "when" not in one.mandatory], ids=ids)
def test_no_time_no_promise(template):
    """Where nobody is asked for a time, nothing is promised without one."""
    assert not notice(fill(template, examples(template)).plain, WEDNESDAY, BERLIN)


def test_we_say_by_when_wherever_we_act():
    """Only a question, a no, a thank-you and a farewell go without a time."""
    timeless = {template.situation for template in ALL if "when" not in template.mandatory}
    assert timeless == {"clarify", "no", "feedback", "close"}


def test_a_preview_of_each_shows_every_gap():
    """The list shows what will be asked for, and the examples show how it may read."""
    for template in ALL:
        shown = preview(template, {})
        assert shown.count("‹") >= len(template.mandatory)
        assert "‹" not in example(template)


def test_what_is_written_reads_back():
    """Exported templates are the same once they are imported, own hints and examples included."""
    changed = [
        replace(template, text=f'“A" \\\n\n\t{template.text}\'\'\'"""', title="Ä")
        for template in ALL
    ]
    for templates in (ALL, (*ALL[:3], *changed[3:])):
        written = dumps(templates)
        assert loads(written) == templates
        assert loads(written, known={}) == templates


def test_an_export_can_be_read_by_people():
    """A message of two lines is two lines of the file, and each slot is described once."""
    written = dumps(ALL)
    assert 'text = """\nGot it, {name?}: {issue}.\nI’ll {action}, then' in written
    assert written.count("[slots.when]") == 1
    assert tomllib.loads(written)["slots"].keys() == {
        slot.name for template in ALL for slot in template.slots
    }


def test_an_import_may_leave_out_what_is_known():
    """A file of one template uses the slots that everybody knows."""
    (one,) = loads(
        '[[templates]]\nid = "x"\nsituation = "x"\nregister = "formal"\ntitle = "X"\n'
        'text = "You say that {issue}."'
    )
    assert one.slots == (ALL[0].slot("issue"),)


def test_a_bad_file_is_told_in_full():
    """Every fault is told at once, each with its line and its cure."""
    with pytest.raises(BadReplies) as refusal:
        loads(BAD, "ours.toml")
    assert str(refusal.value).splitlines() == [
        "ours.toml: the file has colour, but only slots, templates count.",
        "ours.toml, line 8: the kind of the slot mood is one of clause, verb, time, name, lines.",
        "ours.toml, line 3: the slot issue has no hint.",
        "ours.toml, line 8: the slot mood has no label.",
        "ours.toml, line 8: the slot mood has no hint.",
        "ours.toml, line 8: the slot mood has no example.",
        "ours.toml, line 14: a: the register is one of formal, neutral, informal.",
        "ours.toml, line 16: a: the text has no words of its own.",
        "ours.toml, line 23: b: a { or } stands alone: a slot is written {issue}, or {name?}.",
        "ours.toml, line 23: b: {whoops} is no known slot.",
        "ours.toml, line 27: b: the slot option is nowhere in the text: write {option}.",
        "ours.toml, line 23: b: {issue} is missing: what the customer said makes it an answer.",
        "ours.toml, line 31: c has size, but only id, situation, register, title, text count.",
        "ours.toml, line 33: c: title must be in quotation marks.",
        "ours.toml, line 29: c has no situation.",
        "ours.toml, line 43: b: the slot issue has no hint.",
        "ours.toml, line 43: b: the slot issue has no example.",
        "ours.toml, line 37: b is the id of another template too.",
    ]


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("x = ", "the templates: Invalid value"),
        ("[[templates]]\ntext = 3x", "line 2"),
        ("", "there is no template"),
        ("templates = 3", "there is no template"),
        ("templates = [3]", "template 1 is no table"),
        ("slots = 4\ntemplates = [{}]", "template 1 has no id"),
    ],
)
def test_a_file_of_another_shape_is_refused(source, says):
    """What is no list of templates is told of in a sentence, not as a fault of ours."""
    with pytest.raises(BadReplies, match=re.escape(says)):
        loads(source)


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    """Neither a missing file nor one in another encoding passes for templates."""
    with pytest.raises(BadReplies, match=r"none\.toml cannot be read"):
        load(tmp_path / "none.toml")
    other = tmp_path / "other.toml"
    other.write_bytes("text = 'ä'".encode("latin-1"))
    with pytest.raises(BadReplies, match=r"other\.toml cannot be read"):
        load(other)


def test_a_copy_of_the_shipped_file_reads_the_same(tmp_path):
    """Whoever changes the file may begin with a copy of it."""
    copy = tmp_path / "ours.toml"
    copy.write_text(Path(SHIPPED).read_text(encoding="utf-8"), encoding="utf-8")
    assert load(copy) == ALL
