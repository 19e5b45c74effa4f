"""The words by which customers show that they are in a hurry."""

from __future__ import annotations

from bot.core.listening.signs import Kind, Sign

HASTE = (
    Sign(
        Kind.REQUEST,
        1,
        "it is urgent",
        """
        urgent/urgently/urgency/asap/immediately/emergency/p1/p0/sev1/sev0/showstopper | as soon
        as possible | right now/away | time critical/sensitive | high/top/highest priority |
        production/prod/site/website/shop/store/service/everything/system/platform (is/are/was/
        went/completely/still) down | (is/are/completely) down for/in everyone/all/production/
        us/customers | outage | blocked/blocking/blocks us/our/me/production/the/by | (am/are/
        is) blocked | business/mission critical | losing money/customers/orders/data | before
        the end of today | within the hour | cannot/can not wait/work
        """,
    ),
    Sign(
        Kind.UNCLEAR,
        -2,
        "it is not urgent",
        """
        not/no/nothing/less/longer (that/so/super/very/really/particularly/too) urgent/asap/
        immediately/emergency/urgency | no rush/hurry | not … blocked/blocking | no longer
        blocked/blocking/urgent/down
        """,
    ),
)
