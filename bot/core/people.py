"""Who is a colleague and who is a customer."""

from __future__ import annotations

from bot.core.model import Channel, Person, Role
from bot.core.policy import Policy


def role(person: Person, policy: Policy) -> Role:
    """Tell what a person is to us; who is not surely a colleague is a customer.

    Guests carry our own team id, and members of other organisations sometimes none at all.
    """
    if person.bot:
        return Role.BOT
    if _named(person, policy.customers):
        return Role.CUSTOMER
    if _named(person, policy.colleagues):
        return Role.COLLEAGUE
    if person.guest or person.stranger or not {person.team, person.enterprise} & policy.home:
        return Role.CUSTOMER
    return Role.COLLEAGUE


def _named(person: Person, names: frozenset[str]) -> bool:
    """Names are user ids or e-mail domains."""
    domain = person.email.rpartition("@")[2].lower()
    return person.id in names or (bool(domain) and domain in names)


def is_watched(channel: Channel, policy: Policy) -> bool:
    if channel.id == policy.triage or not channel.member:
        return False
    if channel.watched is not None:
        return channel.watched
    return channel.shared or channel.customers or channel.id in policy.watch
