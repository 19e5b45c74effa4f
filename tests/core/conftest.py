"""Where most stories begin: a team with a triage channel and a lead, and Dana, who has asked."""

import pytest

from tests.make import Story, policy


@pytest.fixture
def story() -> Story:
    return Story(rules=policy(leads=("ULEA",)))


@pytest.fixture
def question(story: Story) -> str:
    return story.says("dana", "Where do I find the invoices?")
