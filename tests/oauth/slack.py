"""A Slack in which people install apps, and a browser to do it with."""

from __future__ import annotations

import base64
import json
import re
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from html import unescape
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from urllib.parse import parse_qs, parse_qsl, urlsplit

from sqlalchemy import func, select

from handlers.pages import INSTALL, REDIRECT
from storage.sql.database import Database
from storage.sql.schema import facts, slack_bots, slack_installations
from tests.local import Json

CLIENT = ("1234567890.1234567891", "c0ffee00c0ffee00c0ffee00c0ffee00")
APP = "A0HEARDAPP1"
CUSTOMERS = "T0CUSTOMER"
"""The workspace of the customers, whose names begin with Dana's."""


@dataclass
class Place:
    """A workspace, or an organisation, as its installation is told of."""

    id: str
    name: str
    enterprise: str = ""
    more: Json = field(default_factory=dict)

    @property
    def bot(self) -> str:
        return f"U{self.id[1:]}BOT"


class Market(ThreadingHTTPServer):
    """A Slack that gives a token for each code, and says whose it is until it is revoked."""

    daemon_threads = True

    def __init__(self) -> None:
        self.codes: dict[str, Place] = {}
        self.tokens: dict[str, Place] = {}
        self.calls: list[tuple[str, str, Json]] = []
        """Method, token and arguments."""
        self.is_broken = False
        self.refusal = "account_inactive"
        self._numbers = count(1)
        super().__init__(("127.0.0.1", 0), _Counter)

    @property
    def api(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/api/"

    def allows(self, place: Place) -> str:
        """Return the code with which Slack sends somebody back who said yes."""
        code = f"c0de{next(self._numbers)}.secret"
        self.codes[code] = place
        return code

    def broken(self) -> Market:
        """Be broken from now on."""
        self.is_broken = True
        return self

    def removes(self, place: Place) -> None:
        for token, one in list(self.tokens.items()):
            if one.id == place.id:
                del self.tokens[token]

    def token(self, place: Place) -> str:
        """Return the newest token of a workspace."""
        return [token for token, one in self.tokens.items() if one.id == place.id][-1]

    def called(self, method: str) -> list[tuple[str, Json]]:
        """Return the tokens with which a method was called, and its arguments."""
        return [(token, arguments) for name, token, arguments in self.calls if name == method]

    def answer(self, method: str, credentials: str, arguments: Json) -> Json:
        kind, _, secret = credentials.partition(" ")
        token = secret if kind == "Bearer" else ""
        self.calls.append((method, token, arguments))
        if method == "oauth.v2.access":
            if base64.b64decode(secret).decode() != ":".join(CLIENT):
                return {"ok": False, "error": "bad_client_secret"}
            return self._access(self.codes.pop(str(arguments.get("code")), None))
        place = self.tokens.get(token)
        if place is None:
            return {"ok": False, "error": self.refusal}
        return self.usual(method, place, arguments)

    def usual(self, method: str, place: Place, arguments: Json) -> Json:
        if method == "auth.test":
            url = f"https://{place.name.lower()}.slack.com/"
            return {"ok": True, "team_id": place.id, "bot_id": f"B{place.id}", "url": url}
        if method == "chat.postMessage":
            return {
                "ok": True,
                "channel": arguments["channel"],
                "ts": f"{next(self._numbers)}.000001",
            }
        if method == "conversations.info":
            channel = str(arguments["channel"])
            return {"ok": True, "channel": {"id": channel, "name": channel.lower()}}
        if method == "users.info":
            one = str(arguments["user"])
            team = CUSTOMERS if one.startswith("U0DANA") else place.id
            return {"ok": True, "user": {"id": one, "team_id": team}}
        return {"ok": True}

    def _access(self, place: Place | None) -> Json:
        if place is None:
            return {"ok": False, "error": "invalid_code"}
        token = f"xoxb-{place.id}-{next(self._numbers)}-{'s' * 200}"
        self.tokens[token] = place
        return {
            "ok": True,
            "access_token": token,
            "token_type": "bot",
            "scope": "commands",
            "bot_user_id": place.bot,
            "app_id": APP,
            "team": {"id": place.id, "name": place.name},
            "enterprise": {"id": place.enterprise, "name": "Org"} if place.enterprise else None,
            "authed_user": {"id": f"U{place.id[1:]}ADMIN"},
            "is_enterprise_install": False,
            **place.more,
        }


class _Counter(BaseHTTPRequestHandler):
    server: Market

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        if "json" in (self.headers.get("Content-Type") or ""):
            arguments: Json = json.loads(raw or "{}")
        else:
            arguments = dict(parse_qsl(raw))
        method = self.path.removeprefix("/api/")
        answer = self.server.answer(method, self.headers.get("Authorization") or "", arguments)
        if self.server.is_broken:
            return  # hangs up
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name
        """Say nothing."""


@contextmanager
def market() -> Iterator[Market]:
    with Market() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@dataclass(frozen=True)
class Shown:
    status: int
    page: str
    headers: dict[str, str]

    @property
    def link(self) -> str:
        """Where its one button leads."""
        (found,) = re.findall(r'<a href="([^"]+)"', self.page)
        return unescape(found)

    @property
    def state(self) -> str:
        (found,) = parse_qs(urlsplit(self.link).query)["state"]
        return found


@dataclass
class Browser:
    """Somebody's, which keeps the last cookie that it was given."""

    port: int
    cookie: str = ""

    def opens(self, path: str) -> Shown:
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=20)) as line:
            line.request("GET", path, headers={"Cookie": self.cookie} if self.cookie else {})
            answer = line.getresponse()
            shown = Shown(answer.status, answer.read().decode(), dict(answer.getheaders()))
        if given := shown.headers.get("Set-Cookie"):
            self.cookie = given.partition(";")[0]
        return shown

    def begins(self) -> Shown:
        return self.opens(INSTALL)

    def returns(self, state: str, code: str) -> Shown:
        """Come back from Slack."""
        return self.opens(f"{REDIRECT}?code={code}&state={state}")

    def installs(self, slack: Market, place: Place) -> Shown:
        return self.returns(self.begins().state, slack.allows(place))


def nothing_is_kept(database: Database) -> bool:
    with database.transaction() as connection:
        return not any(
            connection.scalar(select(func.count()).select_from(table))
            for table in (slack_bots, slack_installations, facts)
        )


def no_secret_in(*texts: str) -> bool:
    whole = " ".join(texts)
    return not [one for one in ("xoxb-", "xoxe-", "c0de", CLIENT[1]) if one in whole]
