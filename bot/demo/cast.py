"""Who is in the demo: the people, channels and the app, with ids such as Slack gives."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """A workspace: ours, or the one of a Slack Connect customer."""

    id: str
    name: str
    domain: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Someone whose place a visitor can take."""

    id: str
    name: str
    real_name: str
    title: str
    zone: ZoneInfo
    team: Team
    color: str
    guest: bool = False

    @property
    def handle(self) -> str:
        return self.name.lower()

    @property
    def colleague(self) -> bool:
        return self.team is LIGHTHOUSE and not self.guest

    @property
    def badge(self) -> str | None:
        """What the page writes beside a customer's name."""
        if self.guest:
            return "guest"
        return None if self.colleague else self.team.name


LIGHTHOUSE = Team(id="T0LGHTHSE01", name="Lighthouse", domain="lighthouse")
ACME = Team(id="T0ACMECORP1", name="Acme", domain="acme-corp")
BERLIN = ZoneInfo("Europe/Berlin")

ANA = Person(
    id="U0ANALEAD01", name="Ana", real_name="Ana Moreira", title="Support lead",
    zone=ZoneInfo("Europe/Lisbon"), team=LIGHTHOUSE, color="#7c4dab",
)  # fmt: skip
BEN = Person(
    id="U0BENAGENT1", name="Ben", real_name="Ben Köhler", title="Support",
    zone=BERLIN, team=LIGHTHOUSE, color="#1f7a68",
)  # fmt: skip
CLEO = Person(
    id="U0CLEOAGNT1", name="Cleo", real_name="Cleo Harris", title="Support",
    zone=ZoneInfo("America/New_York"), team=LIGHTHOUSE, color="#b5541c",
)  # fmt: skip
DANA = Person(
    id="U0DANAACME1", name="Dana", real_name="Dana Whitfield", title="Data analyst",
    zone=ZoneInfo("Europe/London"), team=ACME, color="#2b66b1",
)  # fmt: skip
GUS = Person(
    id="U0GUSGUEST1", name="Gus", real_name="Gus Lindqvist", title="IT at Globex",
    zone=ZoneInfo("Europe/Stockholm"), team=LIGHTHOUSE, color="#8a6d0b", guest=True,
)  # fmt: skip

PEOPLE = {person.id: person for person in (ANA, BEN, CLEO, DANA, GUS)}
COLLEAGUES = tuple(person.id for person in PEOPLE.values() if person.colleague)

APP_ID = "A0HEARDAPP1"
BOT_ID = "B0HEARDAPP1"
BOT_USER = "U0HEARDBOT1"
BOT_NAME = "Heard"
SLACKBOT = "USLACKBOT"
BOT_TOKEN = "xoxb-demo-heard"  # noqa: S105 - opens nothing but this demo
APP_TOKEN = "xapp-demo-heard"  # noqa: S105
VERIFICATION_TOKEN = "demo-verification"  # noqa: S105

BOT_PROFILE: Json = {
    "id": BOT_ID, "app_id": APP_ID, "user_id": BOT_USER, "name": BOT_NAME, "deleted": False,
    "updated": 1767225600, "team_id": LIGHTHOUSE.id, "icons": {},
}  # fmt: skip


@dataclass(slots=True, kw_only=True)
class Channel:
    """A channel, or the direct messages between one person and the bot."""

    id: str
    name: str
    members: list[str]
    topic: str = ""
    ext_shared: bool = False
    direct: bool = False
    archived: bool = False

    @property
    def type(self) -> str:
        return "im" if self.direct else "channel"


def channels() -> list[Channel]:
    """A fresh copy of the channels as the demo begins."""
    agents = list(COLLEAGUES)
    return [
        Channel(
            id="C0ACMESHRD1", name="acme-shared", members=[*agents, DANA.id, BOT_USER],
            topic="Acme and Lighthouse, shared through Slack Connect", ext_shared=True,
        ),
        Channel(
            id="C0GLOBEX001", name="globex", members=[*agents, GUS.id, BOT_USER],
            topic="Globex, with Gus as our guest",
        ),
        Channel(
            id="C0TRIAGE001", name="triage", members=[*agents, BOT_USER],
            topic="For us only: what needs somebody",
        ),
        Channel(
            id="C0RANDOM001", name="random", members=agents, topic="Heard is not in here",
        ),
    ]  # fmt: skip


def team_of(user: str) -> Team:
    return PEOPLE[user].team if user in PEOPLE else LIGHTHOUSE


def slack_user(user: str, moment: datetime) -> Json:
    """What users.info says; abridged for a Slack Connect member, as Slack does."""
    if user == BOT_USER:
        return _bot_user()
    person = PEOPLE[user]
    profile = {"real_name": person.real_name, "display_name": person.name, "team": person.team.id}
    common: Json = {
        "id": person.id, "team_id": person.team.id, "name": person.handle, "deleted": False,
        "real_name": person.real_name, "is_bot": False, "tz": person.zone.key,
    }  # fmt: skip
    if person.team is not LIGHTHOUSE:
        return {**common, "is_stranger": False, "profile": profile}
    offset = moment.astimezone(person.zone).utcoffset()
    domain = "globex.example" if person.guest else "lighthouse.example"
    return {
        **common,
        "tz_offset": int(offset.total_seconds()) if offset else 0,
        "is_admin": person is ANA,
        "is_owner": False,
        "is_restricted": person.guest,
        "is_ultra_restricted": person.guest,
        "is_app_user": False,
        "profile": {**profile, "title": person.title, "email": f"{person.handle}@{domain}"},
    }


def _bot_user() -> Json:
    return {
        "id": BOT_USER, "team_id": LIGHTHOUSE.id, "name": BOT_NAME.lower(), "deleted": False,
        "real_name": BOT_NAME, "is_bot": True, "is_restricted": False,
        "is_ultra_restricted": False, "tz": "America/Los_Angeles",
        "profile": {
            "real_name": BOT_NAME, "display_name": BOT_NAME, "team": LIGHTHOUSE.id,
            "bot_id": BOT_ID, "api_app_id": APP_ID,
        },
    }  # fmt: skip
