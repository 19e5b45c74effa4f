"""What all stores of many workspaces promise: the docstrings of `bot.core.ports.Stores`."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import text

from bot.core.ledger import Fate
from bot.core.model import Change
from bot.core.ports import Figures, Stores
from bot.core.refusals import StoreFailed
from storage import open_store, open_stores
from storage.parts import MemoryStores
from storage.sql.leases import PACE
from storage.sql.stores import SqlStores
from tests.local import eventually
from tests.storage.examples import (
    NOON,
    card,
    channel,
    conversation,
    ids,
    in_threads,
    minutes,
    outgoing,
    promise,
    put,
    said,
    turn,
)

Opening = Callable[..., SqlStores]


@pytest.fixture(params=["memory", "tinydb", "sqlite", "postgresql"])
def stores(request, urls) -> Iterator[Stores]:
    """All stores that there are, empty."""
    kind = request.param
    with closing(MemoryStores() if kind == "memory" else open_stores(urls(kind)())) as one:
        yield one


@pytest.fixture
def open_another(server) -> Iterator[Opening]:
    """Open, as if in another process, the same PostgreSQL again and again."""
    url = server.fresh_url()
    with ExitStack() as stack:

        def opened(lease: float = 30) -> SqlStores:
            stores = open_stores(url, lease)
            assert isinstance(stores, SqlStores)
            return stack.enter_context(closing(stores))

        yield opened


def taken(stores: Stores, now: datetime = NOON, limit: int = 99) -> set[str]:
    """Take what there is, and see that it is held."""
    found = set(stores.take(now, limit))
    assert all(map(stores.holds, found))
    return found


def expire(stores: SqlStores) -> None:
    """Have all leases end, as if long ago."""
    with stores._database.transaction() as connection:
        connection.execute(text("UPDATE workspaces SET until = 0"))


def test_a_workspace_has_one_store(stores):
    """Whoever asks for a workspace's part gets the same object, which knows what was put."""
    put(stores.of("T1"), conversation())
    assert stores.of("T1") is stores.of("T1")
    assert stores.of("T1").conversation("c1")
    assert stores.workspaces() == ("T1",)


def test_what_there_is_to_do_is_found(stores):
    """A due conversation, a due promise or a message to be sent makes a workspace one to take."""
    store = stores.of("T1")
    assert taken(stores) == set()
    waits = minutes(1)
    put(store, conversation(due_at=NOON + waits), outgoing(at=NOON + 3 * waits))
    put(store, promise(wake_at=NOON + 2 * waits))
    assert taken(stores) == set()
    assert taken(stores, NOON + waits) == {"T1"}
    put(store, replace(store.conversation("c1"), due_at=None))
    assert taken(stores, NOON + waits) == set()
    assert taken(stores, NOON + 2 * waits) == {"T1"}
    put(store, replace(store.promise("p1"), wake_at=None))
    assert taken(stores, NOON + 2 * waits) == set()
    assert taken(stores, NOON + 3 * waits) == taken(stores, NOON + 3 * waits) == {"T1"}
    store.commit(Change(sent=("o1",)))
    assert taken(stores, NOON + 3 * waits) == set()


def test_it_is_told_how_it_stands(stores):
    """Messages and open promises are counted, and since when the oldest waits that may go."""
    assert stores.figures(NOON) == Figures(0, None, 0, 0)
    late = promise("p2", due=-1)
    broken = promise("p3", turns=(turn(Fate.MISSED, due=NOON),))
    kept = promise("p4", due=-1, turns=(turn(Fate.KEPT),))
    put(stores.of("T1"), promise("p1"), promise("p5", due=1), late, broken, kept)
    put(stores.of("T1"), outgoing(at=NOON + minutes(1)))
    assert stores.figures(NOON) == Figures(1, None, 4, 1)
    put(stores.of("T1"), outgoing("o2", at=NOON - minutes(2)), outgoing("o3", at=NOON))
    assert stores.figures(NOON) == Figures(3, NOON - minutes(2), 4, 1)


@pytest.mark.parametrize("kind", ["memory", "sqlite", "postgresql"])
def test_many_workspaces_keep_apart(urls, kind):
    """The same ids in two of them are two things, and each is taken for its own sake."""
    with closing(MemoryStores() if kind == "memory" else open_stores(urls(kind)())) as stores:
        put(stores.of("T1"), conversation(customer="UC1"), outgoing())
        put(stores.of("T2"), conversation(customer="UC2", due_at=NOON))
        found = [stores.of(one).conversation("c1") for one in ("T1", "T2")]
        assert [one.customer for one in found if one] == ["UC1", "UC2"]
        assert stores.workspaces() == ("T1", "T2")
        assert taken(stores) == {"T1", "T2"}
        assert stores.figures(NOON).outbox == 1


def test_a_file_is_for_one_workspace(urls):
    """TinyDB is the first workspace's that is named, for ever; another is told to go elsewhere."""
    url = urls("tinydb")()
    with closing(open_store(url)) as store:
        put(store, conversation())
    for _ in range(2):
        with closing(open_stores(url)) as stores:
            stores.adopt("T1")
            assert stores.of("T1").conversation("c1")
            assert stores.of("") is stores.of("T1")
            assert stores.workspaces() == ("T1",)
            for ask in (stores.of, stores.adopt):
                with pytest.raises(StoreFailed, match=r"one workspace, which is T1.*T2.*another"):
                    ask("T2")


def test_what_was_stored_before_is_adopted(fresh_sql_url):
    """All that an older Heard stored becomes the one workspace's, and later ones go on from it."""
    url = fresh_sql_url()
    things = (conversation(due_at=NOON), said(), channel(), outgoing(), card())
    with closing(open_store(url)) as store:
        put(store, *things)
        store.commit(Change(facts=(("rules", "1"),)))
    for _ in range(2):
        with closing(open_stores(url)) as stores:
            stores.adopt("T1")
            ours: Any = stores.of("T1")
            assert stores.workspaces() == ("T1",)
            eventually(lambda: taken(stores) == {"T1"}, what="work to be done")
            assert ids(ours.cards("c1")) == ["k1"]
            assert ids(ours.outbox()) == ["o1"]
            assert (ours.channel("C1").version, ours.fact("rules")) == (1, "1")
            assert ours.about("C1", "1.000001") == ("c1",)
            assert stores.of("").conversation("c1") is None
            stores.of("").commit(Change(facts=(("alive_at", "1"),)))
    with closing(open_store(url)) as store:
        assert store.conversation("c1")


def test_two_pasts_are_not_mixed(fresh_sql_url):
    """A workspace that has something adopts nothing, and both stay as they are."""
    with closing(open_stores(fresh_sql_url())) as stores:
        put(stores.of(""), conversation(customer="UC1"))
        put(stores.of("T1"), conversation(customer="UC2"))
        with pytest.raises(StoreFailed, match=r"of workspace T1, .*Nothing was touched"):
            stores.adopt("T1")
        for workspace, customer in (("", "UC1"), ("T1", "UC2")):
            found = stores.of(workspace).conversation("c1")
            assert found
            assert found.customer == customer


def test_a_store_of_many_cannot_be_opened_as_one(fresh_sql_url):
    """Whoever needs to know which workspace is meant is told that there are several."""
    url = fresh_sql_url()
    with closing(open_stores(url)) as stores:
        stores.of("T1")
        stores.of("T2")
    with pytest.raises(StoreFailed, match="more than one workspace: T1, T2"):
        open_store(url)


def test_a_workspace_is_looked_after_by_one(open_another):
    """What one process has taken, another does not get, nor does it hold it."""
    one, other = open_another(), open_another()
    put(one.of("T1"), outgoing())
    assert taken(one) == {"T1"}
    assert taken(other) == set()
    put(other.of("T2"), outgoing())
    assert taken(other) == {"T2"}
    assert taken(one) == {"T1"}
    assert (one.holds("T2"), other.holds("T1"), one.holds("T3")) == (False, False, False)


def test_many_that_take_at_once_never_get_the_same(open_another):
    """Each workspace is somebody's, and nobody else's, however many ask for it together."""
    processes = [open_another() for _ in range(4)]
    for number in range(40):
        put(processes[0].of(f"T{number}"), outgoing())
    got: dict[int, set[str]] = {}

    def take(number: int) -> None:
        got[number] = set()
        for _ in range(4):
            got[number] |= taken(processes[number], limit=20)

    in_threads(4, take)
    assert sum(map(len, got.values())) == 40
    assert set.union(*got.values()) == {f"T{number}" for number in range(40)}


def test_no_more_is_taken_on_than_asked_for(open_another):
    """A process that has as many as it wanted leaves the others, and keeps its own."""
    one, other = open_another(), open_another()
    for workspace in ("T1", "T2", "T3"):
        put(one.of(workspace), outgoing())
    mine = taken(one, limit=2)
    assert len(mine) == 2
    assert taken(one, limit=2) == taken(one, limit=1) == mine
    assert taken(other, limit=2) == {"T1", "T2", "T3"} - mine


def test_where_there_are_too_many_all_have_their_turn(open_another):
    """A process that can look after one at a time gets round to each of them, again and again."""
    one = open_another(lease=0.3)
    for workspace in ("T1", "T2", "T3"):
        put(one.of(workspace), outgoing())
    turns: list[str] = []

    def all_twice() -> bool:
        found = one.take(NOON, 1)
        assert len(found) <= 1
        turns.extend(one for one in found if one != (turns or [""])[-1])
        return min(map(turns.count, ("T1", "T2", "T3"))) > 1

    eventually(all_twice, what="two turns for each")


def test_a_lease_ends_by_itself(open_another):
    """A process that no longer takes holds nothing after a while, and another goes on."""
    one, other = open_another(lease=0.5), open_another(lease=0.5)
    put(one.of("T1"), outgoing())
    assert taken(one) == {"T1"}
    eventually(lambda: "T1" in other.take(NOON, 9), what="the lease of who died")
    assert not one.holds("T1")
    assert other.holds("T1")
    eventually(lambda: not other.holds("T1"), what="the end of a lease")


def test_a_lease_is_made_longer_while_there_is_something_to_do(open_another):
    """Whoever goes on taking holds a workspace without a gap, for longer than one lease."""
    one, other = open_another(lease=0.5), open_another()
    put(one.of("T1"), outgoing())
    begun = one._leases._until.get("T1", 0)
    renewed: set[float] = set()

    def often() -> bool:
        assert taken(one) == {"T1"}
        assert taken(other) == set()
        renewed.add(one._leases._until["T1"])
        return len(renewed) > 5

    eventually(often, what="some renewals")
    assert min(renewed) > begun


def test_who_lost_a_lease_finds_out(open_another):
    """A process that was stopped for long does not go on where another has begun."""
    one, other = open_another(), open_another()
    put(one.of("T1"), outgoing())
    assert taken(one) == {"T1"}
    expire(one)
    assert taken(other) == {"T1"}
    assert taken(one) == set()
    assert not one.holds("T1")
    expire(one)
    assert taken(one) == {"T1"}


def test_who_closes_lets_go(open_another):
    """After a graceful stop others need not wait for the end of the lease, but for the pace."""
    one, other = open_another(), open_another()
    put(one.of("T1"), outgoing())
    assert taken(one) == {"T1"}
    one.close()
    assert not one.holds("T1")
    assert taken(other) == set()
    eventually(lambda: "T1" in other.take(NOON, 9), within=PACE + 5, what="a lease let go of")


def test_a_lease_goes_on_through_a_short_absence_of_the_database(server):
    """Where the database is away, taking says so; what is held is held for as long as it is."""
    with closing(open_stores(server.fresh_url())) as stores:
        put(stores.of("T1"), outgoing())
        assert taken(stores) == {"T1"}
        server.stop()
        try:
            with pytest.raises(StoreFailed):
                stores.take(NOON, 9)
            assert stores.holds("T1")
        finally:
            server.start()
        assert taken(stores) == {"T1"}


def test_what_follows_comes_after(open_another):
    """What was committed before a decision is sent before it, whichever process decided."""
    one, other = open_another(), open_another()
    for number in range(20):
        put((one, other)[number % 2].of("T1"), outgoing(f"o{number}"))
    assert ids(one.of("T1").outbox()) == [f"o{number}" for number in range(20)]
