"""The words that commitments are made of: who acts, by which verbs, and what is delivered."""

from __future__ import annotations

import re

ADVERB = (
    r"(?:\s(?:also|just|then|now|still|both|all|soon|again|first|too|indeed|at\sleast|already|only"
    r"|in\sturn|in\sany\scase|of\scourse|instead"
    r"|(?!reply\b|apply\b|supply\b|rely\b|fly\b|comply\b)\w{2,12}ly),?)*"
)
BE = r"(?:(?:'ve|'m|'re|'s|\sam|\sare|\sis|\sbe|\shave|\sdo))?"
TEAM = (
    r"(?:team|engineers?|developers?|devs?|colleagues?|staff|folks|guys|department|crew|manager"
    r"|experts?|specialists?|ops|engineering|maintainers?|agents?|support)"
)
US = (
    rf"(?:i|we|(?:our|my)\s(?:[\w-]+\s){{0,3}}?{TEAM}|(?:our|my)\scolleague\s\w+"
    r"|(?:the\s)?(?:[\w-]+\s)?team|engineering"
    rf"|(?:someone|somebody|one|a\smember)\s(?:from|of|in|on)\s(?:us|(?:our|the|that)(?:\s\w+)?\s{TEAM})"
    r"|someone|somebody|an\sagent)"
)
"""Who acts for the company that writes."""
NOUN = (
    r"(?:(?:bug|hot)?fix|patch|release|version|build|beta|nightly|update|upgrade|feature|change|pr"
    r"|pull\srequest|refund|replacement|order|report|invoice|credit|documentation|doc|answer"
    r"|response|reply|result|image|package|binarie|binary|extension|installer|draft|quote|contract"
    r"|proposal|service|site|website|server|issue|bug|problem|error|ticket|case|request"
    r"|correction|improvement|rollout|deployment|migration|solution|support|functionality|option"
    r"|tutorial|example|page|link|guide|key|licen[cs]e|account|access|payment|parcel|file|export"
    r"|dashboard|api|sdk|loading|reloading|review|decision|list|summary|numbers|data|work)(?:e?s)?"
)
"""What a customer may be waiting for."""
THING = (
    r"(?:it|this|that|these|those|they|everything|all|which"
    rf"|{NOUN}(?:\s(?:for|of|to|with|in|on|that|you|about|from)\s[^,;:!?]{{1,40}}?)?)"
)

ACTS = {
    *("activate", "add", "address", "adjust", "analyse", "analyze", "announce", "answer"),
    *("arrange", "ask", "assign", "attempt", "backfill", "begin", "benchmark", "bring", "build"),
    *("bump", "call", "cancel", "chase", "check", "circle", "clean", "close", "come", "compare"),
    *("complete", "confirm", "connect", "consult", "contact", "continue", "correct", "create"),
    *("credit", "cut", "debug", "deliver", "deploy", "dig", "disable", "discuss", "dm", "do"),
    *("document", "double", "double-check", "download", "draft", "email", "enable", "escalate"),
    *("expedite", "explore", "extend", "fetch", "figure", "file", "find", "finish", "fix"),
    *("flag", "follow", "forward", "get", "give", "go", "grab", "handle", "have", "help", "hop"),
    *("implement", "improve", "include", "inspect", "investigate", "jump", "keep", "let", "log"),
    *("look", "loop", "mail", "make", "measure", "mention", "merge", "message", "migrate"),
    *("monitor", "move", "note", "nudge", "open", "order", "pass", "patch", "pick", "ping"),
    *("post", "prepare", "process", "profile", "provide", "publish", "pull", "push", "put"),
    *("query", "queue", "raise", "reach", "read", "reassign", "rebuild", "record", "redo"),
    *("refactor", "reformat", "refund", "regroup", "reindex", "reissue", "relay", "release"),
    *("remind", "remove", "rename", "reopen", "reply", "report", "reproduce", "rerun", "reset"),
    *("reship", "resolve", "respond", "restart", "restore", "return", "revert", "review"),
    *("ring", "roll", "rotate", "run", "scan", "schedule", "search", "see", "send", "set"),
    *("share", "ship", "sign", "sort", "speak", "start", "study", "submit", "swap", "switch"),
    *("sync", "tackle", "tag", "take", "talk", "test", "text", "trace", "transfer", "translate"),
    *("trigger", "try", "tweak", "unblock", "update", "upload", "verify", "watch", "work"),
    "write",
}
"""What somebody does for a customer."""
NOT_LOOKING = {
    *("add", "announce", "begin", "do", "give", "help", "keep", "let", "mention", "note", "put"),
    *("remind", "set", "share"),
}
"""After "let me", these tell or offer something now."""
OFFERED = "arrange|be|connect|discuss|do|go|help|make|schedule|set|speak|start|talk"
"""After "I can", these are about being free."""
NOT_ACTING = (
    r"(?:asking|assuming|attending|being|celebrating|closing|driving|expecting|experiencing|facing"
    r"|flying|getting(?!\s(?:it|this|that|you|back|the))|going|hanging|having|heading|holding|hoping"
    r"|hosting|joining|leaving|logging|looking\s(?:for|forward)|managing|meeting|missing|moving\sto"
    r"|needing|offering|presenting|receiving|referring|reporting|running\s(?:late|into|out)|saying"
    r"|seeing|signing|speaking|taking|talking|thinking|travell?ing|trying|using|waiting|wanting"
    r"|wondering|working\sfrom)\b"
)
"""After "I am", these tell of a state or an absence, not of work that will be done."""
MADE = (
    r"(?:added|addressed|announced|available|backported|changed|completed?|corrected|credited"
    r"|delivered|deployed|finali[sz]ed|finished|fixed|implemented|improved|included|integrated"
    r"|investigated|issued|looked\s(?:at|into)|merged|patched|posted|processed|provided|published"
    r"|pushed|ready|refunded|released|replaced|resolved|restored|reviewed|rolled\sout|sent|shipped"
    r"|solved|sorted|tackled|updated|uploaded)\b"
)
"""What somebody of ours has to do before it is so."""
PRESENT = (
    r"(?:applied|back|built|closed|done|enabled|handled|in|launching|live|made|next|on|online|out|over"
    r"|picked\sup|running|supported|there|up|with\syou|\d\d?|at|around|before|by|later|soon|this"
    r"|today|tomorrow|tonight|within)\b"
)


def one_of(words: set[str]) -> str:
    """Return a pattern for one of the words."""
    return rf"(?:{'|'.join(sorted(words, reverse=True))})\b"


def after(pattern: str) -> re.Pattern[str]:
    """Return a pattern for the words that follow the modal, adverbs aside."""
    return re.compile(rf"{ADVERB}\s?(?:{pattern})", re.VERBOSE)


def at_end(pattern: str) -> re.Pattern[str]:
    """Return a pattern for whoever is named last before the modal, adverbs aside."""
    return re.compile(rf"(?<![\w'-])(?P<who>{pattern}){BE}{ADVERB}\s?\Z")
