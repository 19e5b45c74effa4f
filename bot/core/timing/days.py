"""Words for a day, a week or a month: "tomorrow", "next Tuesday", "end of the month"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.core.timing.dates import DATE, MONTH, MONTHS, read_date
from bot.core.timing.durations import add_months
from bot.core.timing.timewords import Moment, Piece, Precision, rule

DAY = timedelta(days=1)
TUESDAY, WEDNESDAY, FRIDAY, SATURDAY, SUNDAY = 1, 2, 4, 5, 6
WEEKDAYS = {"mo": 0, "tu": 1, "te": 1, "we": 2, "th": 3, "fr": 4, "fi": 4, "sa": 5, "su": 6}
"""By their first letters, as people mistype them."""
WEEKDAY = (
    r"(?:(?P<which>this\scoming|this|next|coming|following|later\sthis)\s)?"
    r"(?P<name>mon|tues?|weds?|thu(?:rs?)?|fri|sat|sun|monday|t(?:ue|eu|u|use)s?day"
    r"|we(?:dn?e?s?|n(?:s|d|ds|des|nes)?)day|th(?:u|ur|urs|us|rus|ru)day|f(?:ri|ir)day"
    r"|sat(?:u|ur|er)day|sunday)(?P<week>\sweek(?=\W*\Z|\s(?:at|by)\b))?"
)
TIED = re.compile(r"(?:\b(?:by|on|until|till|before|next|this|coming|or|eod|cob|for)|[/–-])\s*\Z")
"""What goes before "sat" or "wed" if it is a day: both are words of their own."""
AS_NAME = re.compile(
    r"\s(?!morning|afternoon|evening|night|at|by|or|and|after|before|following|of|in|next)\w"
)
"""What follows "the Thursday" if it only tells a thing from others: "the Thursday call"."""
WEEKEND = (
    r"(?P<by>(?:before|by|until)\s)?(?:(?P<which>this\scoming|this|next|coming)\s)?(?:the\s)?"
    r"(?:coming\s)?week-?end"
)
STAGE = (
    r"(?:(?P<stage>end\sof|start\sof|beginning\sof|middle\sof|(?:first|second|latter)\shalf\sof"
    r"|early(?:\sin)?|mid(?:dle)?|late|later(?:\sin)?|towards\sthe\send\sof)[\s-])?"
)
WHICH = r"(?P<which>this|(?:the\s)?(?:next|coming|following)|the)\s"
WEEK = rf"{STAGE}{WHICH}(?:(?:business|working|work)\s)?week(?!s\b)|eow|end\sof\sweek"
MONTHLIKE = (
    rf"{STAGE}(?:{WHICH}(?P<unit>month|quarter|year)(?!s\b)|(?P<quarter>q[1-4])|(?P<month>{MONTH}))"
    r"(?:\s(?P<year>20\d\d))?|(?:end\sof\s|eo)(?P<end>m(?:onth)?|q(?:uarter)?|y(?:ear)?)"
)
MONTH_LEAD = re.compile(r"\b(?:in|by|before|until|during|this|next)\s\Z")
NTH = (
    r"(?P<the>the\s)?(?P<nth>[1-3]?\d)(?:st|nd|rd|th)(?:\sof\s(?P<which>this|next)\smonth)?"
    r"(?=\s*(?:[.,;!?)]|\Z|(?:and|or|at|by|so|but|for|in|with|as|latest)\b))"
)
LONGEST_ALONE = 40
"""In a text longer than this, "3/4" may be three quarters."""
NTH_LEAD = re.compile(r"\b(?:on|by|before|until|till)\s\Z")


def weekday_after(day: date, weekday: int) -> date:
    """Return the next such day after that one."""
    return day + DAY * ((weekday - day.weekday() - 1) % 7 + 1)


def _on(day: date, precision: Precision = Precision.DAY, *, loose: bool = False) -> Piece:
    return Piece(precision=precision, day=day, loose=loose)


def _today(_: re.Match[str], moment: Moment) -> Piece:
    return _on(moment.today)


def _tomorrow(match: re.Match[str], moment: Moment) -> Piece:
    return _on(moment.today + DAY * (2 if "after" in match[0] else 1))


def _weekday(match: re.Match[str], moment: Moment) -> Piece:
    name, which, today = match["name"], match["which"], moment.today
    before = match.string[max(0, match.start() - 8) : match.start()]
    named = before.endswith(("the ", "a ")) and AS_NAME.match(match.string, match.end())
    word = name in ("mon", "wed", "sat", "sun") and not (which or TIED.search(before))
    weekday = WEEKDAYS[name[:2]]
    if which == "next":
        day = today + DAY * (7 - today.weekday() + weekday)
    elif which in ("this", "later this") and weekday == today.weekday():
        day = today
    else:
        day = weekday_after(today, weekday) + DAY * 7 * bool(match["week"])
    return Piece(precision=Precision.DAY, day=day, weekday=not which, loose=bool(named or word))


def _weekend(match: re.Match[str], moment: Moment) -> Piece:
    today, later = moment.today, DAY * 7 * (match["which"] == "next")
    if match["by"]:
        return _on(weekday_after(today - DAY, FRIDAY) + later)
    return _on(weekday_after(today - DAY, SUNDAY) + later)


def _week(match: re.Match[str], moment: Moment) -> Piece | None:
    which, stage, today = match["which"] or "this", match["stage"] or "", moment.today
    if which == "the" and not stage and not match.string[: match.start()].endswith("within "):
        return None
    monday = today - DAY * today.weekday()
    if which not in ("this", "the") or today.weekday() >= SATURDAY:
        monday += 7 * DAY
    if stage.startswith(("early", "start", "beginning", "first")):
        return _on(max(monday + DAY * TUESDAY, today))
    if stage.startswith("mid"):
        return _on(max(monday + DAY * WEDNESDAY, today))
    return _on(monday + DAY * FRIDAY, Precision.WEEK)


def _month(match: re.Match[str], moment: Moment) -> Piece | None:
    which, stage = match["which"] or "", match["stage"] or ""
    before = match.string[max(0, match.start() - 8) : match.start()]
    if which == "the" and not stage and not before.endswith("within "):
        return None
    if (match["month"] or match["quarter"]) and not stage and not MONTH_LEAD.search(before):
        return None
    months = {"month": 1, "m": 1, "quarter": 3, "q": 3, "year": 12, "y": 12}
    length = months.get(match["unit"] or (match["end"] or "")[:1], 3 if match["quarter"] else 1)
    start = _start(match, moment.today, length)
    if which not in ("", "this", "the"):
        start = add_months(start, length)
    if stage.startswith("early") and length == 1:
        return _on(start + 9 * DAY, Precision.MONTH)
    if stage.startswith("mid") and length == 1:
        return _on(start + 14 * DAY, Precision.MONTH)
    return _on(add_months(start, length) - DAY, Precision.MONTH)


def _start(match: re.Match[str], today: date, length: int) -> date:
    """Return the first day of the month, quarter or year."""
    if match["quarter"]:
        first = 3 * int(match["quarter"][1]) - 2
    elif match["month"]:
        first = next(n for n, name in enumerate(MONTHS, 1) if name.startswith(match["month"][:3]))
    else:
        return today.replace(month=(today.month - 1) // length * length + 1, day=1)
    start = date(int(match["year"] or today.year), first, 1)
    over = not match["year"] and add_months(start, length) <= today
    return add_months(start, 12) if over else start


def _nth(match: re.Match[str], moment: Moment) -> Piece | None:
    nth, first = int(match["nth"]), moment.today.replace(day=1)
    lead = match["the"] and NTH_LEAD.search(match.string[max(0, match.start() - 8) : match.start()])
    for later in range(1 if match["which"] == "next" else 0, 3):
        start = add_months(first, later)
        day = start + DAY * (nth - 1)
        if day.month == start.month and day >= moment.today:
            return _on(day, loose=not lead)
    return None


def _date(match: re.Match[str], moment: Moment) -> Piece | None:
    words = match[0].removesuffix("s")
    fraction = words.count("/") == 1 and not re.search(
        r"\b(?:on|by|before|until|for|ships?|live|out|eta|due)\s\Z",
        match.string[: match.start()][-8:],
    )
    if words == "24/7" or (fraction and len(match.string) > LONGEST_ALONE):
        return None
    if not (day := read_date(words, moment.today, moment.zone.key)):
        return None
    return _on(day, loose=fraction)


RULES = (
    rule("today", r"(?:(?:later|some\s?time|earlier)\s)?today", _today),
    rule(
        "tom|tmr|tmw",
        r"(?:(?:the\s)?day\safter\s)?(?:tomm?orr?ow|tomm?orr?ows|tmrw|tmr|tmw|tomo)",
        _tomorrow,
    ),
    rule("day|mon|tue|wed|thu|fri|sat|sun", WEEKDAY, _weekday),
    rule("weekend|week-end", WEEKEND, _weekend),
    rule("week|eow", WEEK, _week),
    rule(
        "month|quarter|year|eom|eoq|eoy|q1|q2|q3|q4|" + "|".join(name[:3] for name in MONTHS),
        MONTHLIKE,
        _month,
    ),
    rule("st|nd|rd|th", NTH, _nth),
    rule("/|-|." + "".join(f"|{name[:3]}" for name in MONTHS), DATE, _date),
)
