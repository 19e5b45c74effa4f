"""Events are acknowledged once they are durable, and nobody waits for the disk meanwhile."""

import base64
import hashlib
import re
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from threading import Thread
from time import monotonic

import pytest

from bot.app import authenticate
from bot.config import Settings
from handlers.connection import WORKERS, Connection
from tests.disk import Disk
from tests.local import ACME, BEN, DANA, SETTINGS, Local, eventually
from tests.whole import WholeBot


@pytest.fixture
def disk() -> Disk:
    """A disk that is in order, to begin with."""
    return Disk()


@pytest.fixture
def bot(slack: Local, disk: Disk) -> Iterator[WholeBot]:
    """Connect the whole bot to the demo's Slack, on a disk that the test holds up."""
    settings = Settings.from_env({**slack.demo.environment, "HEARD_HOURS": "always"})
    installation = authenticate(settings, lambda _: False)
    assert installation
    heard = WholeBot(settings, disk.store(), slack.demo, installation)
    heard.connection.open()
    eventually(slack.connected, what="the connection")
    yield heard
    disk.free.set()
    heard.stop()


def entries(bot: WholeBot) -> int:
    """Count the messages of the one conversation there is."""
    store = bot.edge.desk.store
    return sum(len(store.log(one.id)) for one in store.open())


def ask(slack: Local, number: int) -> None:
    """Let a customer write so many messages."""
    for one in range(number):
        slack.says(DANA, ACME, f"Where is number {one}?")


def unanswered(slack: Local) -> list[str]:
    """Return of what kind the events are that were not acknowledged."""
    return [one["type"] for one in slack.unanswered()]


def test_a_slow_disk_holds_up_acknowledgements_only(bot, slack, disk):
    """More events than there are threads are all taken in, and acknowledged once it has written."""
    disk.hold()
    ask(slack, 2 * WORKERS)
    eventually(lambda: entries(bot) == 2 * WORKERS, what="all messages in memory")
    assert unanswered(slack) == ["message"] * 2 * WORKERS
    disk.free.set()
    eventually(lambda: not unanswered(slack), what="the acknowledgements")
    assert {one["attempts"] for one in slack.all()["deliveries"]} == {1}


def test_what_the_disk_refused_is_not_acknowledged(bot, slack, disk, quiet):
    """None of a batch that failed is acknowledged or remembered; sent again, each counts once."""
    bot.history.catch_up(lambda _: None)
    disk.hold()
    ask(slack, 5)
    eventually(lambda: entries(bot) == 5, what="all messages in memory")
    disk.full = True
    disk.free.set()
    eventually(lambda: entries(bot) == 0, what="that they are undone")
    eventually(lambda: len(quiet()) >= 5, what="a word about each in the log")
    assert unanswered(slack) == ["message"] * 5
    assert bot.history.is_behind()
    disk.full = False
    eventually(lambda: not unanswered(slack), 10, "the second attempt")
    assert entries(bot) == 5
    assert {one["attempts"] for one in slack.all()["deliveries"]} == {2}


def test_what_was_accepted_is_acknowledged_before_the_end(bot, slack, disk):
    """Told to stop, the bot hangs up only once what it took in is durable and acknowledged."""
    disk.hold()
    ask(slack, 5)
    eventually(lambda: entries(bot) == 5, what="all messages in memory")
    stopping = Thread(target=bot.stop)
    stopping.start()
    disk.free.set()
    stopping.join()
    eventually(lambda: not unanswered(slack), what="the acknowledgements")
    assert not slack.connected()


def test_who_does_something_is_answered_once_it_is_durable(bot, slack, disk):
    """A command waits for the disk: what it answers is so, and stays so."""
    ask(slack, 1)
    eventually(lambda: entries(bot) == 1, what="the message")
    answers: list[object] = []
    disk.hold()
    words = "/heard claim"

    def claim() -> None:
        answers.append(slack.does(BEN, "command", channel=ACME, text=words))

    claiming = Thread(target=claim)
    claiming.start()
    assert disk.busy.wait(5)
    assert answers == []
    disk.free.set()
    claiming.join()
    assert len(answers) == 1


def test_silence_makes_it_connect_anew(bot, slack):
    """Where no ping is answered, and the SDK does not notice, another connection is opened."""
    greetings: list[str] = []

    def missed(channel_id: str = "", since: str = "") -> None:
        greetings.append(channel_id)

    token, store = SETTINGS["SLACK_APP_TOKEN"], bot.edge.desk.store
    connection = Connection(bot.app, token, store, missed, silence=0.3)
    connection.open()
    client = connection._handler.client
    client.current_app_monitor.shutdown()  # it is what pings
    first = client.session_id()
    eventually(lambda: greetings, what="the greeting")
    connection.check()
    assert client.session_id() == first
    eventually(lambda: connection.silence() > 0.3, what="the silence")
    connection.check()
    assert client.session_id() != first
    eventually(lambda: len(greetings) == 2, what="another greeting")
    assert connection.silence() < 0.3
    connection.close()


@pytest.fixture
def mute(web) -> Iterator[list[float]]:
    """A Slack that takes every connection, and answers one ping; when, is in the list."""
    taken, spoke = ExitStack(), list[float]()

    def takes(door: socket.socket) -> None:
        while True:
            try:
                line = taken.enter_context(door.accept()[0])
            except OSError:  # it is closed
                return
            (key,) = re.findall(rb"Sec-WebSocket-Key: (\S+)", line.recv(4096))
            accepted = hashlib.sha1(key + b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11").digest()  # noqa: S324 - RFC 6455
            head = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
            answer = b"Connection: Upgrade\r\nSec-WebSocket-Accept: %b\r\n\r\n"
            line.sendall(head + answer % base64.b64encode(accepted))
            if not spoke:
                line.sendall(pong(line.recv(4096)))
                spoke.append(monotonic())

    with taken, socket.create_server(("127.0.0.1", 0)) as door:
        link = {"ok": True, "url": f"ws://127.0.0.1:{door.getsockname()[1]}/link"}
        web.next["apps.connections.open"] = [link] * 9
        thread = Thread(target=takes, args=(door,))
        thread.start()
        yield spoke
        door.shutdown(socket.SHUT_RDWR)
        thread.join()


def pong(ping: bytes) -> bytes:
    """Return the answer to a ping, which is as short as that and masked by four bytes."""
    mask, said = ping[2:6], ping[6:]
    return bytes([0x8A, len(said), *(one ^ mask[i % 4] for i, one in enumerate(said))])


def test_a_connection_alone_is_no_sign_of_life(mute, web, heard):
    """Where Slack takes one connection after another and is silent on all, that adds up."""
    connection = Connection(
        heard.app, SETTINGS["SLACK_APP_TOKEN"], heard.store, heard.history.missed, silence=0.2
    )
    connection.open()

    def tried_again() -> bool:
        connection.check()
        return len(web.called("apps.connections.open")) > 3

    eventually(tried_again, 20, what="more tries")
    assert connection.silence() > (monotonic() - mute[0]) / 2
    connection.close()
