"""The words that commitments are made of: who acts, by which verbs, and what is delivered."""

from __future__ import annotations

import re

ADVERB = (
    r"(?:\s(?:also|just|then|now|still|both|all|soon|again|first|too|indeed|at\sleast|already|only"
    r"|in\sturn|in\sany\scase|of\scourse|instead"
    r"|(?!reply\b|apply\b|supply\b|rely\b|fly\b|comply\b)\w{2,12}ly),?)*"
)
BE = r"(?:(?:'ve|'?m|'re|'s|\sam|\sare|\sis|\sbe|\shave|\sdo))?"
TEAM = (
    r"(?:team|engineers?|developers?|devs?|colleagues?|staff|folks|guys|department|crew|manager"
    r"|experts?|specialists?|ops|engineering|maintainers?|agents?|support)"
)
US = (
    rf"(?:i|we|(?:our|my)\s(?:[\w-]+\s){{0,3}}?{TEAM}|(?:our|my)\scolleague\s\w+"
    r"|(?:the\s)?(?:[\w-]+\s)?team|engineering"
    rf"|(?:someone|somebody|one|a\smember)\s(?:from|of|in|on)\s(?:us|(?:our|the|that)(?:\s\w+)?\s{TEAM})"
    r"|someone|somebody|an?\s(?:agent|technician|engineer|specialist|colleague|representative))"
)
"""Who acts for the company that writes."""
NOUN = (
    r"(?:(?:bug|hot)?fix|patch|release|version|build|beta|nightly|update|upgrade|feature|change|pr"
    r"|pull\srequest|refund|replacement|order|report|invoice|credit|documentation|doc|answer"
    r"|response|reply|result|image|package|binarie|binary|extension|installer|draft|quote|contract"
    r"|proposal|service|site|website|server|issue|bug|problem|error|ticket|case|request"
    r"|correction|improvement|rollout|deployment|migration|solution|support|functionality|option"
    r"|tutorial|example|page|link|guide|key|licen[cs]e|account|access|payment|parcel|file|export"
    r"|card|note|shipment|delivery|device|certificate|credential|token|post-?mortem|rca|dashboard|api|sdk|loading|reloading|review|decision|list|summary|numbers|data|work)(?:e?s)?"
)
"""What a customer may be waiting for."""
THING = (
    r"(?:it|this|that|these|those|they|there|everything|all|which"
    rf"|{NOUN}(?:\s(?:for|of|to|with|in|on|that|you|about|from)\s[^,;:!?]{{1,40}}?)?)"
)

ACTS = {
    *("activate", "add", "address", "adjust", "align", "allowlist", "analyse", "analyze"),
    *("announce", "answer", "appeal", "apply", "arrange", "ask", "assess", "assign", "assist"),
    *("attempt", "authorise", "authorize", "backfill", "begin", "benchmark", "bisect", "brief"),
    *("bring", "build", "bump", "call", "cancel", "chase", "chat", "check", "cherry-pick"),
    *("circle", "circulate", "clarify", "clean", "close", "collect", "come", "commit", "compare"),
    *("compile", "complete", "configure", "confirm", "connect", "consult", "contact", "continue"),
    *("convert", "coordinate", "copy", "correct", "create", "credit", "cut", "deactivate", "debug"),
    *("define", "delete", "deliver", "deploy", "design", "detail", "determine", "dial", "dig"),
    *("disable", "discuss", "dispatch", "dm", "do", "document", "double", "double-check"),
    *("downgrade", "download", "draft", "drop", "duplicate", "edit", "elevate", "email", "enable"),
    *("engage", "ensure", "escalate", "estimate", "evaluate", "examine", "exclude", "expand"),
    *("expedite", "explore", "export", "extend", "fax", "fetch", "figure", "file", "finalise"),
    *("finalize", "find", "finish", "fix", "flag", "follow", "format", "forward", "gather"),
    *("generate", "get", "give", "go", "grab", "grant", "hand", "handle", "have", "help", "hop"),
    *("hunt", "implement", "import", "improve", "include", "increase", "inform", "inquire"),
    *("inspect", "install", "integrate", "introduce", "investigate", "invite", "invoice"),
    *("involve", "isolate", "issue", "iterate", "join", "jump", "keep", "launch", "let", "liaise"),
    *("line", "list", "load", "locate", "log", "look", "loop", "lower", "mail", "make", "map"),
    *("mark", "measure", "mention", "merge", "message", "migrate", "monitor", "move", "narrow"),
    *("negotiate", "note", "notify", "nudge", "obtain", "open", "order", "organise", "organize"),
    *("outline", "own", "page", "pass", "patch", "pay", "peek", "phone", "pick", "ping", "play"),
    *("poke", "post", "prepare", "print", "prioritise", "prioritize", "proceed", "process"),
    *("profile", "promote", "propose", "provide", "provision", "publish", "pull", "push", "put"),
    *("query", "queue", "raise", "re-check", "re-run", "reach", "read", "reassign", "rebase"),
    *("rebuild", "recheck", "reconcile", "reconfigure", "record", "recreate", "rectify"),
    *("redeploy", "redirect", "redo", "reduce", "refactor", "refer", "refine", "reformat"),
    *("refresh", "refund", "regenerate", "regroup", "reimburse", "reindex", "reinstate", "reissue"),
    *("relabel", "relay", "release", "remedy", "remind", "remove", "rename", "reopen", "repair"),
    *("replace", "replicate", "reply", "report", "reproduce", "request", "rerun", "research"),
    *("resend", "reserve", "reset", "reship", "resolve", "respond", "restart", "restore", "retest"),
    *("retry", "return", "revert", "review", "revise", "revisit", "rewrite", "ring", "roll"),
    *("rollback", "rotate", "run", "scan", "schedule", "scope", "search", "see", "send", "set"),
    *("share", "ship", "sign", "simplify", "solve", "sort", "speak", "spin", "split", "start"),
    *("stop", "study", "submit", "summarise", "summarize", "supply", "surface", "swap", "switch"),
    *("sync", "tackle", "tag", "take", "talk", "target", "test", "text", "tidy", "trace", "track"),
    *(
        "train",
        "transfer",
        "translate",
        "transmit",
        "tweet",
        "trigger",
        "troubleshoot",
        "try",
        "tune",
    ),
    *("turn", "tweak", "unblock", "undo", "unlock", "update", "upgrade", "upload", "validate"),
    *("verify", "waive", "walk", "watch", "whip", "whitelist", "wipe", "wire", "work", "wrap"),
    *("write",),
}
"""What somebody does for a customer."""
NOT_LOOKING = {
    *("add", "announce", "begin", "do", "give", "help", "keep", "let", "mention", "note", "put"),
    *("remind", "set", "share"),
}
"""After "let me", these tell or offer something now."""
OFFERED = (
    "arrange|assist|be|chat|connect|discuss|do|go|help|join|make|schedule|set|speak|start|talk"
)
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
    r"(?:applied|back|built|correct|fine|working|closed|done|enabled|handled|in|launching|live|made|next|on|online|out|over"
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
