"""Finds out whether a message whose answer was lost has arrived."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from slack_sdk import WebClient

from bot.core.outgoing import Outgoing
from handlers.calls import Answer, Result, call
from handlers.markup import Words

EVENT_TYPE = "heard_message"
"""Names the metadata by which a message is found again. It says nothing of its content."""
LOOK_BACK = timedelta(minutes=10)
SEARCHED = 5
"""Pages of history in which a message is looked for."""


def metadata(out: Outgoing) -> dict[str, Any]:
    """Return what a message carries to be found by."""
    return {"event_type": EVENT_TYPE, "event_payload": {"id": out.id}}


def find(client: WebClient, bot_user: str, out: Outgoing, channel: str, words: Words) -> Result:
    """Return DONE with the message's place, or NOT_DONE where it is surely not there."""
    oldest, cursor = f"{(out.at - LOOK_BACK).timestamp():.6f}", ""
    method, thread = "conversations.history", {}
    if out.thread and not out.only:
        method, thread = "conversations.replies", {"ts": out.thread}
    for _ in range(SEARCHED):
        more = {"cursor": cursor} if cursor else {}
        page = call(
            client,
            method,
            channel=channel,
            oldest=oldest,
            limit=100,
            include_all_metadata=True,
            **thread,
            **more,
        )
        if page.answer is not Answer.DONE:
            retry = page.answer is not Answer.NEVER
            return page._replace(answer=Answer.LOST if retry else Answer.NOT_DONE)
        for message in page.data.get("messages") or ():
            if _is_it(message, bot_user, out, words):
                return Result(Answer.DONE, {"channel": channel, "ts": message["ts"]})
        cursor = str((page.data.get("response_metadata") or {}).get("next_cursor") or "")
        if not cursor:
            break
    return Result(Answer.NOT_DONE)


def _is_it(message: dict[str, Any], bot_user: str, out: Outgoing, words: Words) -> bool:
    metadata = message.get("metadata") or {}
    if metadata.get("event_type") == EVENT_TYPE:
        return bool((metadata.get("event_payload") or {}).get("id") == out.id)
    return message.get("user") == bot_user and message.get("text") == words.text
