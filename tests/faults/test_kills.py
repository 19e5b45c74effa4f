"""Killed again and again in the middle of work, Heard loses nothing and says nothing twice."""

import random
import threading
from collections import Counter
from datetime import UTC, datetime

from bot.core.ledger import Standing
from bot.core.model import State
from storage import open_store
from tests.local import ACME, BEN, CUSTOMERS, DANA, GLOBEX, GUS, eventually

KILLS = 3
PENDING = 8
"""Slack takes a card a second."""
SEED = 20261121


def test_killed_at_any_moment_it_loses_and_repeats_nothing(bot, slack, connected, url, counted):
    """Under kill -9 each question is nudged about exactly once, each promise is made once."""
    chance = random.Random(SEED)
    process = bot(
        DATABASE_URL=url,
        HEARD_NUDGE_AFTER="0.5s",
        HEARD_ESCALATE_AFTER="1h",
        HEARD_GROUP_WINDOW="0.001s",
    ).start()
    connected()
    slack.does(BEN, "command", channel=GLOBEX, text="/heard owners @ben")
    root = slack.says(DANA, ACME, "Hello?")
    asked: dict[str, str] = {}
    promised: list[str] = []
    enough = threading.Event()

    def ask() -> None:
        """Keep asking, no faster than cards may be posted, and promising."""
        number = 0
        while not enough.wait(0.35):
            if list(_told(slack, asked).values()).count(0) > PENDING:
                continue
            who, channel = ((DANA, ACME), (GUS, GLOBEX))[number % 2]
            words = f"Question {number:03}."
            asked[words] = f"{channel}:{slack.says(who, channel, words)}"
            number += 1
            if number % 3 == 0:
                words = f"I'll send you file {number} tomorrow"
                promised.append(slack.says(BEN, ACME, words, thread_ts=root))

    asking = threading.Thread(target=ask)
    asking.start()
    pause = threading.Event()
    try:
        for _ in range(KILLS):
            pause.wait(chance.uniform(0.05, 1.2))
            process.kill()
            process.start()
            connected()
    finally:
        enough.set()
        asking.join()
    eventually(lambda: all(_told(slack, asked).values()), 60, "a nudge about every question")
    assert process.terminate() == 0
    assert set(_told(slack, asked).values()) == {1}
    assert "Traceback" not in process.log
    store = open_store(url)
    found = {one.id: one for one in store.touched(datetime(2020, 1, 1, tzinfo=UTC), 9999)}
    made = store.promises_in(f"{ACME}:{root}")
    store.close()
    assert [one.ts for one in made] == promised
    assert [one.standing for one in made] == [*[Standing.MOVED] * (len(made) - 1), Standing.OPEN]
    assert found.pop(f"{ACME}:{root}").promisers == (BEN,)
    assert set(found) == set(asked.values())
    assert {one.state for one in found.values()} == {State.WAITING}
    assert not any(one.wait and one.wait.chases for one in found.values())
    _check_leaks(slack.all())
    counted(
        f"{KILLS} kills of the whole bot on {url.partition(':')[0]}: {len(asked)} questions and"
        f" {len(promised)} promises, none lost; each nudge sent once; none leaked"
    )


def _check_leaks(everything):
    """See that no customer was told anything."""
    assert not [
        m for m in everything["messages"] if m.get("bot_id") and m["channel"] in (ACME, GLOBEX)
    ]
    assert not set(CUSTOMERS) & set(everything["directs"])
    assert all(note["to"] == BEN for note in everything["ephemerals"])


def _told(slack, asked):
    """Count the messages about each question."""
    texts = [str(one["blocks"]) for one in slack.posted()]
    return Counter({words: sum(words in text for text in texts) for words in asked})
