"""What the check says of a draft, with kinder words; and that a good draft reads well."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.hours import Hours, parse_week
from bot.core.tone import Context, Given, Label, Written, check
from bot.core.toning import blame, brushoffs, overpromises
from bot.core.toning.anchors import anchors
from bot.core.toning.rules import compiled

BERLIN = ZoneInfo("Europe/Berlin")
WEDNESDAY = datetime(2026, 3, 4, 10, 0, tzinfo=BERLIN)
WEEK = Hours(
    week=parse_week("Mon-Fri 09:00-17:00"),
    zone=BERLIN,
    holiday=lambda day: day == date(2026, 3, 6),
)
NOW = Context(now=WEDNESDAY, zone=BERLIN, hours=WEEK)

DEFENSIVE = [
    "As I explained on the call, exports only run at night.",
    "You should have read the setup guide.",
    "If you'd opened the ticket earlier we could have helped.",
    "Had you tested it in the sandbox you would have noticed.",
    "Your SLA only covers production incidents.",
    "You never replied to my question, so nothing happened.",
    "I already answered this yesterday.",
    "No other client has complained about this.",
    "This is clearly explained in the setup guide.",
    "The problem is on your side.",
    "That’s company policy.",
    "Did you not see the banner?",
    "We followed the process.",
    "You are the one who insisted on the early launch.",
    "You must have clicked the wrong button.",
    "Please stop tagging me.",
    "It was your colleague who approved the change.",
    "For the third time, it is under Settings.",
    "I am asking you for the second time which version it is.",
]
DISMISSIVE = [
    "Honestly, nobody needs that report.",
    "We don't do phone calls.",
    "Not our department, try the hardware vendor.",
    "You'll have to live with it for now.",
    "It's cosmetic, we won't fix it.",
    "Check the FAQ.",
    "There's nothing I can do.",
    "That feature isn't planned.",
    "I'm sorry you feel that way.",
    "You're better off asking on Stack Overflow.",
    "Just refresh the page.",
    "Good luck with that.",
    "No.",
    "It's only two days late.",
]
OVER_APOLOGY = [
    "We are so, so sorry, this is unforgivable, we feel awful about it.",
    "Sorry sorry sorry! I'm really sorry!",
    "Words cannot express how sorry we are for what happened.",
    "We apologise for any inconvenience caused.",
    "Sorry for the mix-up.",
    "So sorry! I restarted it. Sorry about that. Sorry again!",
]
VAGUE = [
    "I'll look into it and let you know.",
    "Our engineers are working on a fix.",
    "You'll have it soon!",
    "Someone from finance will reach out.",
    "Let me check with my manager.",
    "We are investigating.",
    "It's on our radar.",
]
JARGON = [
    "The p99 spiked because the shard was rebalancing.",
    "We had a split-brain in etcd, no quorum.",
    "The pods went into CrashLoopBackOff.",
    "CSM needs to loop in RevOps.",
]
PLACEHOLDER = [
    "Hi {{first_name}}, thanks for reaching out.",
    "Your order #XXXX shipped on Monday.",
    "Dear <CUSTOMER>, the outage is over.",
    "The refund of $___ was sent.",
    "See [insert link] for the steps.",
    "The new date is TBD.",
    "Hi , the report is ready.",
    "Version ?.?.? has it.",
    "Lorem ipsum dolor sit amet.",
    "Please see (link) for the steps.",
    "Hi %FIRSTNAME%, the report is ready.",
]
OVER_PROMISE = [
    "This will never happen again.",
    "I guarantee that it works tomorrow.",
    "It will be ready tomorrow, no matter what.",
]
CLEAN = [
    "You’re right: the export failed for the third time. I’ll ship the fix by noon tomorrow.",
    "You had every right to expect better from us. I will call you by 3pm today.",
    "I get why you’ve had enough: it broke again. I’ll send you the fix by noon tomorrow.",
    "Thanks for flagging this, Maria. The import now accepts semicolons; could you try again?",
    "You're right, the total was off. I've corrected invoice 2211 and attached it.",
    "I can see the export failed at 09:12. I'm restarting it and will write to you by 11:00.",
    "That's not possible on this plan, but you can schedule a weekly report. Shall I set one up?",
    "We can't refund last year's invoice. What I can do is credit this month in full.",
    "Sorry about the wait! The report is attached.",
    "You should have an invitation in your inbox now.",
    "You should have received it by 10:00; that was our delay, not yours.",
    "You shouldn't have to ask us twice. I've put this at the top of Ana's list for today.",
    "If you'd like, I can join a call tomorrow at 14:00.",
    "It was our mistake: we renewed the wrong plan. I've moved you back and refunded 49 EUR.",
    "The password link works for 30 minutes only; here is a new one: https://example.com/{id}",
    "Put your own bucket for `<bucket-name>`, then start it once more.",
    "The endpoint is /v1/customers/{id}; use the id from the list call.",
    "Yes, the API returns JSON, and the PDF is in the portal.",
    "The shard (one of the parts our database is split into) is back.",
    "I'm so sorry about this morning. Did the second upload arrive?",
    "I told you the 3rd, which was my mistake: the room is booked for the 5th.",
    "<@U0ANA> welcome aboard! Lea will call you on Tuesday at 10:00.",
    "You wrote:\n> as I said, you should have read the {docs}\nThank you, it is fixed.",
    "I can't guarantee Friday, but I'll tell you by Thursday noon where we are.",
    "Our logs start at 8:00. Could you tell me when you first saw it?",
    "No need to apologise! Your file is fine.",
    "",
    "👍",
]
RISKY = [
    *((text, Label.DEFENSIVE) for text in DEFENSIVE),
    *((text, Label.DISMISSIVE) for text in DISMISSIVE),
    *((text, Label.OVER_APOLOGY) for text in OVER_APOLOGY),
    *((text, Label.VAGUE_PROMISE) for text in VAGUE),
    *((text, Label.JARGON) for text in JARGON),
    *((text, Label.PLACEHOLDER) for text in PLACEHOLDER),
    *((text, Label.OVER_PROMISE) for text in OVER_PROMISE),
]


def labels(text, context=NOW):
    """Return what the check finds in a draft."""
    return {one.label for one in check(text, context)}


def only(text, label, context):
    """Return the one finding of that label."""
    (found,) = (one for one in check(text, context) if one.label is label)
    return found


@pytest.mark.parametrize(("text", "label"), RISKY)
def test_what_reads_badly(text, label):
    """Each risk is found, marked in the draft, and explained in a sentence."""
    assert labels(text) == {label}
    for one in check(text, NOW):
        assert text[slice(*one.words)].strip()
        assert re.fullmatch(r"[A-Z“].+\.", one.why)


@pytest.mark.parametrize("text", CLEAN)
def test_what_reads_well(text):
    """A good draft gets no criticism."""
    assert check(text, NOW) == ()


@pytest.mark.parametrize(("text", "label"), RISKY)
def test_kinder_words_are_kind(text, label):
    """The wording offered instead passes the same check, as it is."""
    for one in check(text, NOW):
        assert one.kinder
        assert check(one.kinder, NOW) == ()


def test_kinder_words_keep_the_writers_own():
    """What is good in the sentence stays; a promise gets the next day on which somebody works."""
    assert check("As I said, exports run at night.")[0].kinder == "Exports run at night."
    assert check("We'll fix the import soon.")[0].kinder == "We'll fix the import by tomorrow."
    thursday = Context(now=WEDNESDAY + timedelta(days=1), zone=BERLIN, hours=WEEK)
    assert check("We'll fix it shortly.", thursday)[0].kinder == "We'll fix it by Monday."
    assert check("Sorry!", thursday)[0].kinder.endswith("by Monday.")


def test_a_second_sorry():
    """Where a colleague apologised before, even a good apology is one too many."""
    before = Written(by="Ana", text="Hi Kim. Sorry about the delay! It runs.", at=WEDNESDAY)
    context = Context(now=WEDNESDAY, zone=BERLIN, earlier=(before,))
    text = "Sorry, Kim, the file was empty. I've attached a new one."
    assert labels(text) == set()
    found = only(text, Label.OVER_APOLOGY, context)
    assert "Ana" in found.why
    assert "“Sorry about the delay!”, Ana said on Wednesday 4 March" in found.why
    assert check(found.kinder, context) == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("I'll send the file on Friday.", "on Friday"),
        ("I'll send the file on Saturday.", "on Saturday"),
        ("I'll send the file tonight.", "tonight"),
        ("I'll send the file tomorrow at 7pm.", "tomorrow at 7pm"),
        ("I'll send the file by 10:05.", "by 10:05"),
        ("By Sunday I'll send the file.", "By Sunday"),
    ],
)
def test_a_time_that_cannot_be_kept(text, words):
    """A holiday, a weekend, an evening or the next minutes: a time that can be kept is offered."""
    found = only(text, Label.OVER_PROMISE, NOW)
    assert words.split()[-1] in text[slice(*found.words)]
    assert "by tomorrow" in found.kinder.lower()
    assert "send the file" in found.kinder
    assert check(found.kinder, NOW) == ()


def test_without_hours_any_day_will_do():
    """What is not known is not held against the draft."""
    assert check("I'll send the file on Saturday.", Context(now=WEDNESDAY)) == ()
    assert check("I'll send the file on Saturday.") == ()


FRIDAY_FIX = Given(
    by="Ben", words="we'll ship the fix by Monday", due=datetime(2026, 3, 9, 17, tzinfo=BERLIN)
)


@pytest.mark.parametrize(
    "text", ["The fix will be out on Tuesday.", "We'll ship it tomorrow.", "I'll patch it today."]
)
def test_another_date_than_a_colleague_gave(text):
    """Two colleagues must not tell a customer two things: whose date it is, and in which words."""
    context = Context(now=WEDNESDAY, zone=BERLIN, promises=(FRIDAY_FIX,))
    found = only(text, Label.CONTRADICTION, context)
    assert found.why.startswith("They were given another date by Ben, Monday 9 March: “we'll ship")
    assert check(found.kinder, context) == ()


@pytest.mark.parametrize(
    ("text", "author"),
    [
        ("The fix will be out on Monday.", ""),
        ("I'll send the invoice tomorrow.", ""),
        ("We need longer than Ben said: the fix moved, it will be out on Tuesday.", ""),
        ("The fix will be out on Tuesday.", "Ben"),
        ("The fix will be out soon.", ""),
    ],
)
def test_no_contradiction(text, author):
    """The same date, another matter, a change that is owned, or one's own promise is none."""
    context = Context(now=WEDNESDAY, zone=BERLIN, promises=(FRIDAY_FIX,), author=author)
    assert Label.CONTRADICTION not in labels(text, context)


def test_the_same_opening():
    """Who begins as before sounds like a script; a greeting alone is no opening."""
    before = Written(by="Ana", text="Hi Kim,\nI can see why this is urgent. It runs again.")
    context = Context(earlier=(before,))
    text = "Hello Kim,\nI can see why this is urgent. The file is there."
    found = only(text, Label.SAME_OPENING, context)
    assert text[slice(*found.words)] == "I can see why this is urgent."
    assert "Ana" in found.why
    assert check(found.kinder, context) == ()
    assert check("Hi Kim, the file is there.", context) == ()


def test_the_customers_own_terms_are_no_jargon():
    """Who writes of shards may be answered about shards."""
    text = "The shard was slow. It is fast again."
    assert labels(text) == {Label.JARGON}
    assert labels(text, Context(theirs="Is our shard slow?")) == set()


PIECES = (
    *("you", "should have", "read", "as I said", "sorry", "so", "again", ",", ".", "?", "\n", "{"),
    *("}", "{{name}}", "[", "[insert", "]", "<", "<NAME", ">", "XX", "TBD", "__", "??", "%", "we"),
    *("will", "soon", "by Friday", "not", "n't", "can't", "do", "your", "your-", "side", "shard"),
    *("the", "p99", "(", "which", "only", "just", "please", "because", "`", "```", "> ", '"', "🙏"),
    *("if", "had", "our policy", "is", "nothing", "else", "i", "can", "wrong", "then", "try", "é"),
)
TEXTS = st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join))
EARLIER = st.lists(st.builds(Written, by=st.just("Ana"), text=TEXTS), max_size=2).map(tuple)


@given(TEXTS, EARLIER, TEXTS)
def test_anything_can_be_checked(text, earlier, theirs):
    """No draft is too strange: all that is found is part of it, in order, with why and kinder."""
    context = Context(
        now=WEDNESDAY,
        zone=BERLIN,
        hours=WEEK,
        earlier=earlier,
        theirs=theirs,
        promises=(FRIDAY_FIX,),
    )
    found = check(text, context)
    for one in found:
        assert 0 <= one.words[0] < one.words[1] <= len(text)
        assert text[slice(*one.words)].strip()
        assert one.why
        assert one.kinder.strip()
    assert [one.words for one in found] == sorted(one.words for one in found)


@given(st.text(max_size=40), st.integers(min_value=6_000, max_value=40_000))
@settings(max_examples=20, deadline=None)
def test_only_so_much_is_read(text, length):
    """However long a draft is, no more than its first 6,000 characters are worked on."""
    draft = (text or " ") * (length // max(len(text), 1) + 1)
    assert check(draft) == check(draft[:6_000])


PATTERNS = [
    phrase.pattern
    for rules in (blame.RULES, blame.COLD, brushoffs.RULES, brushoffs.COLD, overpromises.VOWS)
    for rule in rules.all
    for phrase in rule.phrases.all
]


@given(st.data())
def test_no_phrase_is_missed_for_its_anchors(data):
    """What is looked for first is in all that a phrase matches, so nothing is passed over."""
    pattern = data.draw(st.sampled_from([one for one in PATTERNS if anchors(one)]))
    text = data.draw(st.from_regex(compiled(pattern)))
    match = compiled(pattern).search(text)
    assert match
    assert any(anchor in match[0] for anchor in anchors(pattern))
