"""One decision: made again where somebody was quicker, and made whole or not at all."""

import pytest

from bot.core.model import Change
from bot.core.refusals import Stale, StoreFailed
from storage.tiny import TinyStore
from tests.make import Story

QUESTION = "Where do I find the invoices?"


class Contended(TinyStore):
    """A store in which others are quicker a few times."""

    losses = 0

    def commit(self, change: Change) -> None:
        if self.losses:
            self.losses -= 1
            raise Stale
        super().commit(change)


class Full(TinyStore):
    def commit(self, change: Change) -> None:
        raise StoreFailed("no space left: make some")


@pytest.fixture
def story() -> Story:
    """Begin a story in which others may be quicker."""
    return Story(store=Contended.in_memory())


def test_who_was_overtaken_decides_again(story):
    """A change that comes too late is decided anew on what is there by then."""
    story.store.losses = 3
    question = story.says("dana", QUESTION)
    assert story.waiting() == [("dana", question)]


def test_losing_for_ever_is_a_fault(story):
    """Whoever never gets through says so instead of trying without end."""
    story.store.losses = 1000
    with pytest.raises(Stale):
        story.says("dana", QUESTION)
    assert story.opened() == []
    assert story.store.losses > 0


def test_a_round_that_was_overtaken_waits_for_the_next(story):
    """A round leaves alone what changed under its hands, and the next one sees to it."""
    question = story.says("dana", QUESTION)
    story.store.losses = 1
    story.later("31m")
    story.expect_nudge("triage", question)
    story.expect_silence()


def test_what_cannot_be_stored_is_not_done():
    """Where the store fails, the caller knows it, and Slack will tell of the message again."""
    with pytest.raises(StoreFailed, match="make some"):
        Story(store=Full.in_memory())
