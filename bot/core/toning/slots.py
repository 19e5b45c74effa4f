"""Template text that nobody filled in: {name}, [insert link], <NAME>, XX, TBD, "Hi ,"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.core.prose import LINK, QUOTED
from bot.core.toning.findings import Finding, Label, excerpt
from bot.core.toning.rules import sentence_at

NOT_WRITTEN = re.compile(
    r"```.*?(?:```|\Z)|`[^`\n]*`|<(?:[@#!][^<>\n]{1,200}|(?:https?|mailto|tel):[^<>\n]{1,2000})>"
    r"|\[[^\[\]\n]{1,200}\](?=\(|:\s?http)",
    re.DOTALL,
)
"""Code, what Slack makes of mentions and links, and the words of a Markdown link."""
WHOSE = (
    r"(?:the|your|their|our|my|customer'?s?|client'?s?|user'?s?|agent'?s?|first|last|full|company"
    r"|account|contact|order|ticket|issue|product|invoice|case|due|start|end|project|support|team"
    r"|document|file|report|event|meeting|feature|release|specific|relevant|brief|short|expected"
    r"|exact|new|support|root)"
)
WHAT = (
    r"(?:(?:user|first|last|company|customer|agent|product)?names?|customers?|clients?|users?"
    r"|agents?|compan(?:y|ies)|organi[sz]ation|dates?|times?|time\s?frame|day|week|month|deadline"
    r"|when|eta|links?|url|issues?|problem|topic|subject|tickets?|case|order|invoice|number|no|id"
    r"|ref|reference|amount|price|product|plan|feature|reason|cause|action|next\ssteps?|details?"
    r"|description|summary|team|department|signature|title|version|e-?mail|phone|address|option"
    r"|workaround|solution|steps?|role|manager|sender|greeting|channel|region|percentage|duration"
    r"|hours?|quantity|city|country|job|position|discount|x|y|n)"
)
SLOT = rf"(?:{WHOSE}[\s_.-]){{0,3}}{WHAT}(?:[\s_.-]?(?:id|number|no|here|name|goes\shere|1|2))?"
TO_DO = (
    r"(?:insert|add|enter|fill(?:\s?in)?|put|paste|attach|include|replace|choose|select|pick"
    r"|delete|specify|mention|confirm|describe|explain|your|tbd|tbc|todo|tk|xx+|placeholder"
    r"|optional|if\sapplicable|here|edit\sthis|personali[sz]e|link\sto|name\sof|date\sof|amend"
    r"|update\sthis)\b"
)
CAPITALS = r"[A-Z][A-Z0-9]*(?:[_ -][A-Z0-9]+)+"
GREETING = r"(?:\A|\n)[ \t]{0,4}(?:(?i:hi|hello|hey|dear|good\smorning|good\safternoon))\s"


def _pattern(text: str, *, any_case: bool = True) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE if any_case else 0)


SLOTS: tuple[tuple[tuple[str, ...], re.Pattern[str]], ...] = (
    (("{",), _pattern(r"(?<![\w/\\=:])[$#%]?\{{1,3}\s*[%=]?\s*[a-z][\w.' |-]{0,40}?\s*%?\}{1,3}")),
    (
        ("[",),
        _pattern(
            rf"\[{{1,2}}(?=\s?[a-z.…_?])\s?(?:{SLOT}|{TO_DO}[^\[\]\n]{{0,80}}|\.{{2,}}|…|_+"
            rf"|\?+)\s?\]{{1,2}}"
        ),
    ),
    (("[",), _pattern(rf"\[{CAPITALS}\]", any_case=False)),
    (
        ("<", "&lt;"),
        _pattern(
            rf"(?:<|&lt;){{1,2}}[%=\s]{{0,3}}(?:{SLOT}|{TO_DO}[^<>&\n]{{0,80}})[%\s]{{0,2}}(?:>"
            rf"|&gt;){{1,2}}"
        ),
    ),
    (
        ("<", "&lt;"),
        _pattern(r"(?:<|&lt;)[A-Z][A-Z0-9]*(?:[_ -][A-Z0-9]+)*(?:>|&gt;)", any_case=False),
    ),
    (("«",), _pattern(r"«[^«»\n]{1,40}»")),
    (("‹",), _pattern(r"‹[^‹›\n]{1,60}›")),
    (
        ("<", "&lt;"),
        _pattern(
            r"(?:<|&lt;)(?:what|when|who|whom|whose|how|why|where|which|which|my|your|the|their"
            r"|our)\s[^<>&\n]{1,60}(?:>|&gt;)"
        ),
    ),
    (
        ("(",),
        _pattern(
            r"\(\s?(?:(?:insert|fill\s?in|enter|paste|add)\s[^()\n]{1,60}|(?:your|customer|client"
            r"|agent|company|first)\s?name|name|date|time|link|url|number|tbd|tbc"
            r"|todo\b[^()\n]{0,60}|xx+)\s?\)"
        ),
    ),
    (
        ("%", "|*", "@@", "##", "||", "__", "$"),
        _pattern(
            r"%[a-z_]{3,30}%|%\(\w{1,30}\)s|(?<![\d\w%])%[sd]\b|\*\|\w{1,30}\|\*|@@\w{1,30}@@"
            r"|##\w{1,30}##|\|\|\w{1,30}\|\||(?<!\w)__[a-z]{2,20}(?:_[a-z]+)*__"
            r"|(?<!\w)\$[a-z_]{0,20}name\b"
        ),
    ),
    (("lorem", "dolor"), _pattern(r"lorem ipsum|dolor sit amet")),
    (
        (" as ", " one", "here", " text", " copy", "wording", "not send", "to self"),
        _pattern(
            r"\b(?:delete|strike|amend) (?:as|where|if) (?:appropriate|applicable|necessary"
            r"|needed)\b|\b(?:choose|select|pick|delete) one\b(?= ?[)\]:,]|\s*\Z)"
            r"|\binsert (?:\w+ ){1,4}here\b|\b(?:name|link|date|text|number|url"
            r"|reason) (?:goes )?here(?=\s?[\])>])|\b(?:sample|dummy|placeholder|filler"
            r"|boilerplate) (?:text|copy)\b|\bfinal (?:text|wording|copy) (?:to (?:come|follow)"
            r"|pending)\b|\bdo not send\b|\bnote to self\b"
        ),
    ),
    (
        ("null", "undefined", "none", "nan", "name", "user", "customer", "client", "xx"),
        _pattern(
            rf"{GREETING}(?:null|undefined|none|nan|(?:user|first|customer|client|your)?[ _]?name"
            rf"|user|customer|client|x{{2,}}|y{{2,}})"
            r"(?=\s*[,!.:\n-]|\Z)"
        ),
    ),
    (
        (" ,", " .", "  "),
        _pattern(
            rf"{GREETING}*,|\b(?:by|until|before|(?:number|version|name|link|date|amount|price"
            rf"|total)\sis)"
            r"\s+[.,](?=\s|\Z)"
        ),
    ),
    (
        ("_",),
        _pattern(
            r"\b(?:CUSTOMER|USER|CLIENT|AGENT|FIRST|LAST|COMPANY|YOUR|ORDER|TICKET|INSERT|ACCOUNT"
            r"|PRODUCT|INVOICE)_[A-Z][A-Z_]*\b",
            any_case=False,
        ),
    ),
    (
        ("dd", "yy", "hh:"),
        _pattern(
            r"\b(?:(?:DD|dd)[/. -](?:MM|mm)|(?:MM|mm)[/.-](?:DD|dd))(?:[/. -](?:YY|yy){1,2})?\b"
            r"|\bYYYY-MM-DD\b|\bHH:MM\b|\bhh:mm\b",
            any_case=False,
        ),
    ),
    (
        ("tb", "to-do", "todo", "fixme", "tktk", "to be "),
        _pattern(
            r"\b(?:TBD|TBC|TBA|TODO|FIXME|TKTK|TK(?=:))\b|\bto be (?:filled (?:in|out)"
            r"|inserted)\b",
            any_case=False,
        ),
    ),
    (
        ("x",),
        _pattern(
            r"(?<![\w'/.-])#?(?:X{2,}|x{3,})(?:[:/.,-][Xx]{2,})*(?![\w'-])"
            r"|(?<![\w.'-])[Xx](?:\.[XxYyZz]){1,2}(?![\w.-])|[€$£]\s?X+\b"
            r"|(?<![\w-])X(?:-Y)? (?:minutes|hours|days|weeks|months|pm|am|business|working"
            r"|percent|%)",
            any_case=False,
        ),
    ),
    (
        (" n ",),
        _pattern(
            r"\b(?:in|within|for|about|next|take) N (?:minutes|hours|days|weeks|months|business"
            r"|working)\b",
            any_case=False,
        ),
    ),
    (
        ("??", "?.?", "?/?", "?:?", "?-?"),
        _pattern(
            r"(?<!\?)\?{1,4}(?:[./:-]\?{1,4}){1,4}|(?<!\S)#?\?{2,9}(?=\s+[\w]|[,.]|\s?%)"
            r"|(?<=\b(?:by|on|at|is|in)\s)\?{2,9}|(?<=#)\?{2,9}"
        ),
    ),
    (
        ("__", "....", "----"),
        _pattern(
            r"(?<!\S)_{3,}(?=[,.!?:]|[ ]\w)|(?<=\w[ :])_{3,}|(?<=[$€£#])_{2,}"
            r"|(?<=\w\s)\.{5,}(?=\s\w)|(?<=\w\s)-{4,}(?=[ .,]\w)"
        ),
    ),
    (
        ("/", "sir or"),
        _pattern(
            r"\b(?:sir\s?(?:/|or)\s?madam|mr\.?\s?/\s?mrs|mr\.?\s?/\s?ms|he\s?/\s?she|(?:his"
            r"|him)\s?/\s?her)\b"
        ),
    ),
)
GREETED = re.compile(r"\W*(hi|hello|hey|good\s(?:morning|afternoon|evening))\b", re.IGNORECASE)
EXPLAINED = re.compile(
    r"\b(?:replac\w+|substitut\w+|format|syntax|parameters?|variables?|placeholders?|curly"
    r"|quer(?:y|ies)|where|regex|pattern|type|written\sas|looks\slike|such\sas|e\.g|for\sexample"
    r"|template|command|run|field|path|endpoint|config\w*|env\w*)\b",
    re.IGNORECASE,
)
"""A sentence that tells the reader what to put there."""
MASKS = re.compile(
    r"[\[<](?:code|image|cut|edit(?:ed)?|link|number|secret|solved|redacted|email)[\]>]"
)
NOT_ONES_OWN = ("`", ">", "&gt;", "http", "www.", "wrote:", " message", "](", "<", "]:")
MOST = 5
KINDS = (
    (
        re.compile(
            r"name|customer|client|user|null|undefined|sir|madam|dear|\bhi\b|hello|hey",
            re.IGNORECASE,
        ),
        "Hi there,",
    ),
    (
        re.compile(r"date|time|when|eta|day|week|dd|hh|deadline|hour|by ", re.IGNORECASE),
        "You will hear from me by {day}.",
    ),
    (re.compile(r"link|url", re.IGNORECASE), "I will send you the link by {day}."),
    (
        re.compile(r"number|\bid|ref|ticket|order|invoice|amount|price|[€$£#]", re.IGNORECASE),
        "I will send you the number by {day}.",
    ),
)
ELSE = "I will send you the details by {day}."


def placeholders(text: str) -> Iterator[Finding]:
    lower = text.lower()
    own = _own(text, lower)
    found: list[tuple[int, int]] = []
    for hints, pattern in SLOTS:
        if not any(map(lower.__contains__, hints)):
            continue
        for match in pattern.finditer(own):
            start, end = _trimmed(own, *match.span())
            if MASKS.fullmatch(own, start, end) or any(s < end and start < e for s, e in found):
                continue
            if not _is_explained(own, start, end):
                found.append((start, end))
            if len(found) >= MOST:
                break
    for start, end in found[:MOST]:
        slot = text[start:end]
        kinder = next((words for kind, words in KINDS if kind.search(slot)), ELSE)
        greeting = _without_name(text, start, end)
        yield Finding(
            label=Label.PLACEHOLDER,
            words=(start, end),
            why=f"“{excerpt(slot, 40)}” is not filled in yet.",
            kinder=greeting or kinder,
            otherwise="Hi there," if greeting else "",
        )


def _without_name(text: str, start: int, end: int) -> str:
    """Return the sentence with a greeting that needs no name; empty if it greets nobody there."""
    greeting = GREETED.match(text, text.rfind("\n", 0, start) + 1, end)
    if not greeting or greeting.end() < start - 1:
        return ""
    _, last = sentence_at(text, end - 1)
    comma = "," if text[end - 1] == "," else ""
    return f"{greeting[1]} there{comma}{text[end:last].rstrip()}"


def _own(text: str, lower: str) -> str:
    """Return the text with code, links, mentions and quotes blanked out."""
    if not any(map(lower.__contains__, NOT_ONES_OWN)):
        return text
    for pattern in (QUOTED, NOT_WRITTEN, LINK):
        text = pattern.sub(lambda match: " " * len(match[0]), text)
    return text


def _trimmed(own: str, start: int, end: int) -> tuple[int, int]:
    part = own[start:end]
    return start + len(part) - len(part.lstrip()), start + len(part.rstrip())


def _is_explained(own: str, start: int, end: int) -> bool:
    """Tell whether its sentence tells the reader what to do with it."""
    before = own[max(0, own.rfind("\n", 0, start) + 1, start - 120) : start]
    after = own[end : end + 80].partition("\n")[0]
    return EXPLAINED.search(before) is not None or EXPLAINED.search(after) is not None
