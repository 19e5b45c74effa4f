"""`move-store`: everything goes from one store into another, whatever happens on the way."""

import random
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from typing import Any

import pytest

from bot.core.ledger import Fate, Promise, Standing, Turn
from bot.core.model import Change, Person, State
from bot.core.refusals import StoreFailed
from bot.core.replies import Edit, Kept
from bot.core.tallies import Tally
from storage import open_store, open_stores
from storage.moving import contents, move
from tests.local import ROOT
from tests.postgres import PASSWORD
from tests.storage.examples import (
    NOON,
    act,
    card,
    channel,
    conversation,
    ids,
    minutes,
    outgoing,
    put,
    said,
)

KINDS = ("tinydb", "sqlite", "postgresql")
MANY = 3000
LATER = NOON + minutes(999)


def silent(*_: object) -> None:
    """Hear of the progress."""


@pytest.fixture(params=[(one, other) for one in KINDS for other in KINDS], ids="-to-".join)
def journey(request, urls):
    """Name a store, and an empty one of whatever kind."""
    origin, target = request.param
    return urls(origin)(), urls(target)()


def lived(url: str, many: int = 7) -> None:
    """Fill a store with some of everything, changed again and again."""
    store = open_store(url)
    turns = (Turn(key="made", fate=Fate.MADE, by="U1", at=NOON),)
    owed = Promise(id="p1", channel="C1", conversation="c1", by="U1", words="Zoë", turns=turns)
    store.commit(
        Change(
            conversations=tuple(
                conversation(f"c{n}", waiting=n, due_at=NOON + minutes(n)) for n in range(many)
            ),
            entries=(said("c1", excerpt="Où ? 👋 \ud83d \x00"), act(), said("c2", "1.0")),
            promises=(owed, replace(owed, id="p2", ts="1.0", due=NOON, wake_at=NOON)),
            channels=(channel(owners=("U1",)), channel("C2")),
            people=(Person(id="U1", name="Ada"),),
            outbox=tuple(outgoing(f"o{n}") for n in random.Random(1).sample(range(many), many)),
            cards=(card("k1", "c1", "c2"), card("k2", "c1", ts="2.0", replaced=True)),
            templates=(Kept(id="t", edits=(Edit(template=None, by="U1", at=NOON),)),),
            facts=(("rules", "1"), ("cursor", "2"), ("posted/V1", NOON.isoformat())),
            tallies=(Tally(id="f1", channel="C1", began_at=NOON, last_at=NOON, response=0.5),),
        )
    )
    done = replace(owed, version=1, standing=Standing.KEPT)
    put(store, conversation("c2", state=State.RESOLVED, version=1), outgoing("o1", unsure=True))
    store.commit(Change(promises=(done,), sent=("o2",), facts=(("cursor", ""),)))
    store.close()


def everything(store: Any) -> dict[str, object]:
    """Ask for all that is in it."""
    conversations = [store.conversation(f"c{number}") for number in range(7)]
    return {
        "conversations": conversations,
        "waiting": store.waiting("C1"),
        "due": store.due(NOON + minutes(9), 99),
        "logs": [sorted(store.log(one.id), key=str) for one in conversations if one],
        "about": store.about("C1", "1.000001"),
        "owed": store.owed(),
        "promises": [store.promise("p1"), *store.promises_at("C1", "1.0")],
        "channels": store.channels(),
        "person": store.person("U1"),
        "outbox": store.outbox(),
        "cards": [store.cards("c1"), store.cards("c2"), store.card_at("D1", "2.0")],
        "templates": store.templates(),
        "facts": [store.fact("rules"), store.fact("cursor")],
        "tallies": store.tally("f1"),
        "over": [store.idle(LATER, 9), store.wordy(LATER, 9), store.ended(LATER, 9)],
        "lapsed": [store.replaced_cards(LATER, 9), store.lapsed("posted", LATER, 9)],
    }


def asked(url: str) -> dict[str, object]:
    """Open a store, and ask for all that is in it."""
    store = open_store(url)
    found = everything(store)
    store.close()
    return found


def test_everything_is_moved(journey):
    """Every answer of the new store is that of the old one, and life goes on there."""
    origin, target = journey
    lived(origin)
    told: list[tuple[str, int, int]] = []
    moved = move(origin, target, lambda *progress: told.append(progress))
    assert (moved["conversations"], moved["outbox"], moved["facts"]) == (7, 6, 2)
    assert ("entries copied", 3, 3) in told
    assert ("entries compared", 3, 3) in told
    before = asked(origin)
    assert asked(target) == before
    assert before["conversations"] != [None] * 7
    store: Any = open_store(target)
    put(store, replace(store.conversation("c1"), claimer="U2"), outgoing("last"))
    assert store.conversation("c1").version == 2
    assert ids(store.outbox())[-1] == "last"
    store.close()


def test_moving_again_changes_nothing(journey):
    """Once everything is there, moving finds that out; and never writes over anything else."""
    origin, target = journey
    lived(origin)
    assert move(origin, target, silent) == move(origin, target, silent)
    store = open_store(target)
    store.commit(Change(facts=(("rules", "2"),)))
    before = everything(store)
    store.close()
    with pytest.raises(StoreFailed, match=r"holds something else already.*Nothing was touched"):
        move(origin, target, silent)
    assert asked(target) == before


def test_a_move_that_is_killed_can_be_made_again(journey):
    """Killed anywhere, it leaves the old store as it was, and no half of a new one to use."""
    origin, target = journey
    lived(origin, MANY)
    chance = random.Random(20260302)
    command = [sys.executable, "-m", "bot", "move-store", origin, target]
    for _ in range(3):
        with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE) as process:
            assert process.stderr
            process.stderr.read(chance.randrange(1, 76))
            process.kill()
    if not target.startswith("tinydb"):  # which is filled at once, if at all
        with pytest.raises(StoreFailed, match=r"only a part .*move-store.* again"):
            open_store(target)
        store = open_store(origin)
        store.commit(Change(sent=("o3",)))
        store.close()
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert "All is there, and alike: 3,000 conversations, 3 entries" in run.stdout
    assert "DATABASE_URL" in run.stdout
    assert "conversations copied: 3,000 of 3,000\n" in run.stderr
    assert PASSWORD not in run.stdout + run.stderr
    assert asked(target) == asked(origin)


def test_half_a_store_is_finished_from_where_it_comes_from(urls):
    """What was begun with one store is not gone on with from another, moved on, or looked into."""
    one, other, target = (urls("sqlite")() for _ in range(3))
    lived(one)
    lived(other)

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        move(one, target, stop)
    for origin, into in ((other, target), (target, urls("tinydb")())):
        with pytest.raises(StoreFailed, match="is half filled from"):
            move(origin, into, silent)
    with pytest.raises(StoreFailed, match="is half filled from"):
        contents(target, there=True)
    move(one, target, silent)
    assert asked(target) == asked(one)


def test_all_workspaces_are_moved(urls):
    """A database goes over with all its workspaces, and not into a store that is for one."""
    origin, target = urls("sqlite")(), urls("postgresql")()
    with closing(open_stores(origin)) as stores:
        for workspace in ("T1", "T2"):
            things = (conversation(customer=workspace, due_at=NOON), card(), said())
            put(stores.of(workspace), *things)
    move(origin, target, silent)
    with closing(open_stores(target)) as stores:
        assert set(stores.take(NOON, 9)) == set(stores.workspaces()) == {"T1", "T2"}
        for workspace in ("T1", "T2"):
            stored = stores.of(workspace).conversation("c1")
            assert stored
            assert stored.customer == workspace
            assert ids(stores.of(workspace).cards("c1")) == ["k1"]
    tiny = urls("tinydb")()
    with pytest.raises(StoreFailed, match="TinyDB is for one workspace"):
        move(origin, tiny, silent)
    assert asked(tiny) == asked(urls("tinydb")())


def test_one_workspace_keeps_its_name(journey):
    """Whatever a store's one workspace is called, it is called so in the next."""
    origin, target = journey
    with closing(open_stores(origin)) as stores:
        stores.adopt("T1")
        put(stores.of("T1"), conversation(), outgoing())
        stores.of("T1").commit(Change(facts=(("rules", "1"),)))
    assert move(origin, target, silent)["facts"] == 1
    assert move(origin, target, silent) == move(target, origin, silent)
    with closing(open_stores(target)) as stores:
        assert stores.workspaces() == ("T1",)
        assert stores.take(NOON, 9) == ("T1",)
        assert stores.of("T1").fact("rules") == "1"
        stores.adopt("T1")
        assert stores.of("T1").conversation("c1")


def test_a_store_that_is_not_there_is_not_made(urls, tmp_path):
    """A mistyped name is told, rather than an empty store moved."""
    for kind in ("tinydb", "sqlite"):
        with pytest.raises(StoreFailed, match=r"There is no .*typo"):
            move(f"{kind}:///{tmp_path}/typo", urls("tinydb")(), silent)
    assert list(tmp_path.iterdir()) == []


def test_a_url_that_names_nothing_is_refused(tmp_path):
    """The command line says what can be written, and ends with 2."""
    command = [sys.executable, "-m", "bot", "move-store", f"tinydb:///{tmp_path}/x", "heard.db"]
    run = subprocess.run(
        [*command[:-2], *command[:-3:-1]], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 2
    assert "postgresql://user:password@host/database" in run.stderr
