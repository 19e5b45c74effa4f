"""The words of a message, spelt in one way: "I'll", "ill be", "thx" and "pls" in full."""

from __future__ import annotations

import re

STOP, COMMA, ASKS, SHOUTS = ".", ",", "?", "!"
NAME, LINK, CODE, NUMBER = "@", "<link>", "`", "#"
MARKS = frozenset({STOP, COMMA, ASKS, SHOUTS, NAME, LINK, CODE})
GREETINGS = frozenset(
    ("hi", "hello", "hey", "heya", "hiya", "howdy", "morning", "afternoon", "evening", "greetings")
)
SMALL = GREETINGS.union(
    ("a", "again", "all", "am", "an", "and", "are", "as", "at", "be", "by", "dear", "everyone"),
    ("folks", "for", "from", "good", "guys", "i", "in", "is", "it", "just", "me", "my", "now"),
    ("of", "on", "our", "so", "team", "that", "the", "there", "this", "to", "was", "we", "with"),
    ("yeah", "yes", "you", "your"),
)
"""Words that tell nothing by themselves."""
FENCED = re.compile(r"```.*?(?:```|\Z)", re.DOTALL)
INLINE = re.compile(r"`[^`\n]+`")
QUOTED = re.compile(r"^[ \t]*(?:>|&gt;)[^\n]*", re.MULTILINE)
SKIN = re.compile(r":skin-tone-\d:|[\U0001f3fb-\U0001f3ff\ufe0f\u200b\u200d]")
TOKEN = re.compile(
    r"""[a-z0-9]++(?![^.,?!\n]) | [.,?!]\Z  # most, found at once
      | <[@!#][^<>\s]{1,99}> | @\w[\w.-]* | <?https?://[^\s>]+>?
      | ` | :[a-z+-][a-z0-9_+'-]*: | [:;]'?-?[()D/|pP](?!\w) | <3
      | [^\W_]+(?:'[^\W_]+)*
      | [?!]+ | [.\u2026;\n]+ | [,:()\u2013\u2014]
      | [\u2600-\u27bf\u2b50\U0001f000-\U0001faff]""",
    re.VERBOSE,
)
STOPS, COMMAS = ".\u2026;\n", frozenset(",:()\u2013\u2014")
SHORT = {"ll": "will", "m": "am", "re": "are", "ve": "have", "s": "is", "d": "would"}
SPELT = {
    "ill": "i will",
    "im": "i am",
    "ive": "i have",
    "its": "it is",
    "thats": "that is",
    "theres": "there is",
    "whats": "what is",
    "cannot": "can not",
    "can't": "can not",
    "cant": "can not",
    "won't": "will not",
    "wont": "will not",
    "dont": "do not",
    "doesnt": "does not",
    "didnt": "did not",
    "isnt": "is not",
    "wasnt": "was not",
    "arent": "are not",
    "havent": "have not",
    "hasnt": "has not",
    "couldnt": "could not",
    "wouldnt": "would not",
    "shouldnt": "should not",
    "gonna": "going to",
    "wanna": "want to",
    "u": "you",
    "ur": "your",
    "r": "are",
    "pls": "please",
    "plz": "please",
    "thx": "thanks",
    "thnx": "thanks",
    "tnx": "thanks",
    "thanx": "thanks",
    "thankyou": "thanks",
    "ty": "thanks",
    "tysm": "thanks",
    "tyvm": "thanks",
    "okay": "ok",
    "okey": "ok",
    "oki": "ok",
    "okk": "ok",
    "k": "ok",
    "kk": "ok",
    "lmk": "let me know",
    "noone": "no one",
    "nobody": "no one",
    "everytime": "every time",
    "alright": "all right",
    "nvm": "never mind",
    "nevermind": "never mind",
    "np": "no problem",
    "brb": "be right back",
    "wtf": "what the hell",
    "&": "and",
    **dict.fromkeys(("two", "three", "four", "five", "six", "seven", "eight", "nine"), NUMBER),
    **dict.fromkeys(("ten", "twelve", "several", "multiple", "dozen", "many", "couple"), NUMBER),
}
SPELLINGS = {short: full.split() for short, full in SPELT.items()}
HASHTAG = re.compile(r"#(?=[a-zA-Z])(\w+)")
HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")


def words_of(text: str) -> list[str]:
    """Return the words and marks of a text; it begins and ends with a full stop."""
    words = [STOP]
    for piece in _bare(text).split(" "):
        if piece.isalpha() and piece not in SPELLINGS:  # most are
            words.append(piece)
            continue
        for token in TOKEN.findall(piece):
            if token in SPELLINGS:
                words += SPELLINGS[token]
            elif token.isalpha() or token in MARKS:
                words.append(token)
            elif "'" in token and token[0].isalpha():
                words += _in_full(token)
            else:
                words.append(_mark(token))
    words.append(STOP)
    return words


def _bare(text: str) -> str:
    """Leave out quotations, code and skin tones, and spell all in small letters."""
    if "#" in text:
        text = HASHTAG.sub(lambda tag: " . " + HUMP.sub(" ", tag[1]), text)
    if ":skin" in text or not text.isascii():
        text = SKIN.sub("", text.replace("\u2019", "'"))
    text = text.lower()
    if "`" in text:
        text = INLINE.sub(" code ", FENCED.sub(" \0 ", text)).replace("\0", CODE)
    if ">" in text or "&gt;" in text:
        text = QUOTED.sub("", text)
    return text


def _in_full(word: str) -> tuple[str, ...]:
    if word.endswith("n't"):
        return word[:-3], "not"
    stem, _, end = word.rpartition("'")
    return stem, SHORT.get(end, end)


def _mark(token: str) -> str:
    """Return what stands for a number, a name, a link or a punctuation; a picture is itself."""
    if token[0] in "?!":
        mark = ASKS if "?" in token else SHOUTS
    elif token[0].isdigit():
        mark = "#th" if ORDINAL.fullmatch(token) else NUMBER
    elif token.startswith(("@", "<@", "<!", "<#")):
        mark = NAME
    elif "://" in token:
        mark = LINK
    elif not token.strip(STOPS):
        mark = STOP
    else:
        mark = COMMA if token in COMMAS else token
    return mark
