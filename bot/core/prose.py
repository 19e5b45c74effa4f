"""What of a message is its writer's own words: not quotes, code, links, names or emoji."""

from __future__ import annotations

import re
from collections.abc import Iterator

MARKED = re.compile(
    r"""(?=[`"“~<@:*_•])(?:
        ```.*?(?:```|\Z) | `[^`\n]*`
      | "[^"\n]{1,300}" | “[^“”\n]{1,300}”
      | (?<![\w~])~(?=\S)[^~\n]{1,300}(?<=\S)~(?![\w~])
      | <[^<>\n]{1,2000}> | @[\w.-]*\w | :[a-z][a-z0-9_+-]*:(?!\d) | [*_~•]+ )""",
    re.VERBOSE | re.DOTALL,
)
QUOTED = re.compile(
    r"""^[ \t]*(?:>|&gt;)[^\n]*
      | ^[ \t]*(?:on\ [^\n]{5,100}\ wrote:|-+\ ?(?:original|forwarded)\ message\b)(?s:.*)""",
    re.VERBOSE | re.MULTILINE,
)
LINK = re.compile(r"\bhttps?://[^\s>|]+|\bwww\.[^\s>|]+")
WRAPPED = re.compile(r"(?<=[^\n]{40})(?<![.!?:;\s])\n(?=[ \t]?[a-z(])")
END = re.compile(r"[.!?…]+[)'\s]*(?=\s|\Z)|\n|;\s")
ABBREVIATION = re.compile(r"\b(?:e\.g|i\.e|etc|approx|a\.m|p\.m|vs|mr|mrs|ms|dr|no|[b-hj-z])\.\Z")


LONGEST_SENTENCE = 500


def own_words(text: str) -> str:
    """Return the text in lower case, as long as it was, with all else blanked out."""
    lower = (WRAPPED.sub(" ", text) if "\n" in text else text).lower()
    if len(lower) != len(text):
        lower = "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)
    words = lower.replace("\u2019", "'").replace("\u00a0", " ")
    if ">" in words or "&gt;" in words or "wrote:" in words or " message" in words:
        words = QUOTED.sub(_blank, words)
    if "http" in words or "www." in words:
        words = LINK.sub(_blank, words)
    return MARKED.sub(_blank, words)


def _blank(match: re.Match[str]) -> str:
    return " " * (match.end() - match.start())


def sentences(words: str) -> Iterator[tuple[int, int]]:
    """Yield where each sentence of `own_words` begins, and where its closing mark ends.

    What goes on for too long is cut, so that a rule which looks at a whole sentence is quick.
    """
    for begin, end in _marked(words):
        for start in range(begin, end, LONGEST_SENTENCE):
            yield start, min(start + LONGEST_SENTENCE, end)


def _marked(words: str) -> Iterator[tuple[int, int]]:
    begin = 0
    for end in END.finditer(words):
        if end[0][0] == "." and ABBREVIATION.search(
            words[max(begin, end.start() - 8) : end.start() + 1]
        ):
            continue
        if words[begin : end.end()].strip():
            yield begin, end.end()
        begin = end.end()
    if words[begin:].strip():
        yield begin, len(words)
