"""Who is a colleague and who is a customer."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot.core.ledger import Promise
from bot.core.model import BOT, COLLEAGUE, CUSTOMER, Channel, Person, Role
from bot.core.policy import Policy


def role(person: Person, policy: Policy) -> Role:
    """Tell what a person is to us; who is not surely a colleague is a customer.

    Guests carry our own team id, and members of other organisations sometimes none at all.
    """
    if person.bot:
        return BOT
    if _named(person, policy.customers):
        return CUSTOMER
    if _named(person, policy.colleagues):
        return COLLEAGUE
    elsewhere = policy.home.isdisjoint((person.team, person.enterprise))
    if person.guest or person.stranger or elsewhere:
        return CUSTOMER
    return COLLEAGUE


def _named(person: Person, names: frozenset[str]) -> bool:
    """Names are user ids or e-mail domains."""
    if not names:
        return False
    domain = person.email.rpartition("@")[2].lower()
    return person.id in names or (bool(domain) and domain in names)


def zone(person: Person, policy: Policy) -> ZoneInfo:
    """Return the time zone in which somebody names times; where it is not known, the team's."""
    try:
        return ZoneInfo(person.zone) if person.zone else policy.hours.zone
    except (KeyError, OSError, ValueError):
        return policy.hours.zone


def is_watched(channel: Channel, policy: Policy) -> bool:
    if channel.id == policy.triage or not channel.member:
        return False
    if channel.watched is not None:
        return channel.watched
    return channel.shared or channel.customers or channel.id in policy.watch


def is_followed(promise: Promise, channel: Channel, policy: Policy) -> bool:
    """Tell whether somebody is reminded: of what was read in a channel, while it is watched."""
    return promise.by_hand or is_watched(channel, policy)
