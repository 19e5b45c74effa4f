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
