"""A command's answer is found once, however often Slack asks for it."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from handlers.answers import MOST, Answers
from handlers.markup import say


def test_who_asks_meanwhile_waits_for_the_same_answer():
    """Slack asks again when it waited too long, that is, while the answer is being found."""
    answers, asked, go_on = Answers(), Event(), Event()
    found = iter([say("First"), say("Second")])

    def slowly():
        asked.set()
        go_on.wait(10)
        return next(found)

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(answers.once, "1", slowly)
        assert asked.wait(10)
        second = pool.submit(answers.once, "1", slowly)
        go_on.set()
        assert first.result(10) == second.result(10) == say("First")


def test_what_failed_is_tried_again():
    """A failure is no answer."""
    answers = Answers()
    with pytest.raises(ZeroDivisionError):
        answers.once("1", lambda: say(str(1 / 0)))
    assert answers.once("1", lambda: say("Done")) == say("Done")


def test_without_a_trigger_each_is_answered():
    """Where Slack does not say which it is, none is mistaken for another."""
    answers = Answers()
    assert answers.once("", lambda: say("1")) != answers.once("", lambda: say("2"))


def test_it_does_not_grow_for_ever():
    """The oldest are forgotten first."""
    answers = Answers()
    for number in range(MOST + 1):
        answers.once(str(number), lambda: None)
    assert answers.once("0", lambda: say("Anew")) == say("Anew")
    assert answers.once(str(MOST), lambda: say("Anew")) is None
