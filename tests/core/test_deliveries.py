"""Words that plainly say that what was promised is done, and many that do not."""

import pytest

from bot.core.promising.deliveries import delivers


@pytest.mark.parametrize(
    "text",
    [
        "I've sent it",
        "Hi Dana! We have just shipped the fix.",
        "I just emailed you the invoice",
        "Done!",
        "Good news: fixed",
        "Here's the report",
        "Here you go",
        "The fix is live",
        "The new export has been deployed",
        "It's all set up now",
        "Please find the report attached",
        "As promised, the figures",
        "You can now download it",
        "We've rolled out the change. Anything else?",
        "Sorry for the wait. I\u2019ve uploaded the logs",
    ],
)
def test_plainly_done(text):
    """What says so without any reserve keeps a promise."""
    assert delivers(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Thanks for the report",
        "I've not sent it yet",
        "We haven't shipped it",
        "I have never sent it",
        "Nothing is fixed",
        "Once I've sent it, I'll tell you",
        "When the fix is live, you will see it",
        "If it's fixed, tell me",
        "It will be sent tomorrow",
        "It should be fixed",
        "Is it fixed?",
        "Have you sent it? Is it live?",
        "It's almost done",
        "It's half done",
        "The draft is attached",
        "I sent it yesterday, did it arrive?",
        "Last week we shipped another one",
        "You sent me the wrong file",
        "They have sent it to the bank",
        "Please send it",
        "I'm sending it",
        "I'll have it sent",
        "I am out of the office",
        "We are out of stock",
        "I was done with lunch",
        "> I've sent it",
        "`Done!`",
        '"It is fixed", they say',
        "He said done deals are rare",
        "x" * 5000,
        " " * 2100 + "I've sent it",
    ],
)
def test_not_plainly_done(text):
    """Whatever leaves a doubt keeps nothing: the promiser is asked when it is due."""
    assert not delivers(text)


@pytest.mark.parametrize(
    ("promised", "text", "kept"),
    [
        ("I'll send you the report by Friday", "Here's the report", True),
        ("I'll send you the report by Friday", "Hi Dana, I've just sent it over, sorry!", True),
        ("I'll send you the report by Friday", "Done!", True),
        ("I'll send you the report by Friday", "I've emailed you both reports", True),
        ("I'll send you the report by Friday", "As promised, the figures", True),
        ("I'll send you the report by Friday", "I've updated the ticket", False),
        ("I'll send you the report by Friday", "The new release is out", False),
        ("I'll send you the report by Friday", "We've added Emil to the channel", False),
        ("We'll ship the fix tomorrow", "The fix is live", True),
        ("We'll ship the fix tomorrow", "We've just shipped it", True),
        ("We'll ship the fix tomorrow", "Here's the invoice", False),
        ("I'll get back to you by noon", "It's fixed now", True),
        ("I'll get back to you by noon", "We've shipped the new export", False),
        ("I'll upload the LOGS", "I've uploaded the log", True),
    ],
)
def test_another_thing_is_done(promised, text, kept):
    """What names another thing keeps no promise; what names none keeps the only one."""
    assert delivers(text, promised) == kept
    assert delivers(text)
