"""The words that turn a sentence to the future: "will", "plan to", "should", "let me", "ETA"."""

from __future__ import annotations

import re

WILL = r"(?P<will>'ll(?!\w)|\b(?:will|shall|gonna)(?!\w)|\b(?:going|about)\sto(?!\w))"
DOES = r"(?<=[iew])(?P<short>'m|'re)(?=\s\w+ing\b)"
ALONE = r"""
      (?P<idiom>leave\s(?:it|this|that)\s(?:with|to)\s(?:me|us) | consider\s(?:it|this)\sdone
        | you\shave\s(?:my|our)\sword | count\son\s(?:me|us)
        | (?:i'm|we're|i\sam|we\sare)\son\s(?:it|this))
    | (?P<outlook>(?:plan(?:ning|s)?|aim(?:ing|s)?|intend(?:ing|s)?|hop(?:e|ing)|expect(?:ing|s)?
        |prepar(?:e|ing)|scheduled|set|on\strack)\sto
        | planning\son | (?:aim(?:ing)?|hop(?:e|ing)|shooting|on\strack)\sfor
        | targeting | tentatively)
    | (?P<should>should)
    | (?P<expect>expect)(?=\s(?:an?|the|it|this|to\shear|more|our|some|another)\b)
    | (?P<wait>(?:give|gimme|allow)\s?(?:me|us)?\s(?:(?:just|about|like|maybe|up\sto)\s)?
          (?:an?|one|two|three|five|ten|fifteen|twenty|thirty|some|\d+|until|till)(?=[\s-]\w)
        | (?:one|1|just\sa|gimme\sa|a\squick)\s(?:sec|second|moment|min|minute|mo)
        | bear(?:ing)?\swith\s(?:me|us) | brb)
    | (?P<let>(?:let|allow)\s(?:me|us)|lemme)
    | (?P<ill>ill)(?=\s(?:check|look|get|let|send|take|have|do|try|fix|ask|find|come)\b)"""
WITH_A_TIME = r"""
      (?P<aimed>(?:our|my|the)\s(?:current\s)?(?:plan|goal|target|aim|intention)\sis
        | (?:we|i)\s(?:owe|need(?=\s(?:until|till|another|about|an?\s|some\smore|two|three|\d)))
        | back(?=\s(?:in|by|at|within|to)\s[^,.]{0,40}\b(?:with|to\syou)\b))
    | (?P<effort>(?:try|trying|want|looking|working|continue|continuing)\s(?:to|on)|try(?=\s\w))
    | (?P<can>can)
    | (?P<eta>eta)
    | (?P<slated>(?:scheduled|planned|expected|slated|targeted|set)\s(?:to|for|on|by)
        | due\s(?:to|out)
        | (?:scheduled|planned|slotted|booked|pencill?ed|lined)\s(?:\w+\s){1,4}?(?:for|on))
    | (?P<now>(?:am|are|is))(?=\s\w+ing\b)"""
MODAL = re.compile(rf"{WILL}|\b(?:{ALONE})(?!\w)", re.VERBOSE)
MODAL_WITH_A_TIME = re.compile(rf"{WILL}|{DOES}|\b(?:{ALONE}|{WITH_A_TIME})(?!\w)", re.VERBOSE)
CUES = (
    *("'ll", "will", "shall", "gonna", "going to", "about to", "should", "let me", "let us"),
    *("allow", "plan", "aim", "intend", "hope", "hoping", "expect", "prepar", "schedul"),
    *("set to", "on track", "shooting", "target", "tentative", "give", "gimme", "one sec"),
    *("one mo", "one min", "1 sec", "1 min", "just a", "a quick", "brb", "lemme", "ill "),
    *("bear", "leave", "consider", "my word", "our word", "count on", "on it", "on this"),
)
CUES_WITH_A_TIME = (
    *("i can", "we can", "team can", "'m ", "'re ", "we are ", "i am ", "coming", "landing"),
    *("shipping", "rolling", "following", "arriving", "going ", "eta", "try", "want"),
    *("looking", "working", "continu", "goal", "intention", "owe", "need", "back ", "slated"),
    *("due ", "slotted", "booked", "pencil", "lined"),
)
"""Without one of these no modal can match; looking for them costs far less."""


def may_commit(words: str, *, timed: bool) -> bool:
    """Tell quickly whether the words can commit at all; most do not."""
    return any(map(words.__contains__, CUES)) or (
        timed and any(map(words.__contains__, CUES_WITH_A_TIME))
    )
