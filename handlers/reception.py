"""Where all that Slack sends comes in: each finds its workspace there, and its listener."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from slack_bolt import App, BoltContext, BoltRequest, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient

from bot.core.refusals import will_pass
from handlers import buttons, commands, envelopes, modals, payloads, promises, replying, templates
from handlers.edge import Edge, Edges
from handlers.events import LISTENERS, anything
from handlers.payloads import Payload

logger = logging.getLogger(__name__)

TAKEN_IN = BoltResponse(status=HTTPStatus.OK)


class Reception(App):
    """Bolt's app, which gives listeners the edge of the workspace: an argument of that name.

    Events go straight to their listener. Bolt itself would try one listener after the other, and
    make up for each all that it may ask.
    """

    def __init__(self, edges: Edges, **options: Any) -> None:  # noqa: ANN401 - Bolt's
        super().__init__(**options)
        self._edges = edges

    def dispatch(self, req: BoltRequest) -> BoltResponse:
        """Have a listener do it; what comes from where Heard is not installed is left alone."""
        edge = self._edges.of(req.body)
        if edge is None and not envelopes.is_handshake(req.body):
            return TAKEN_IN
        if edge and req.body.get("event") is not None:
            return _heard(req.body, edge)
        if edge and envelopes.is_limited(req.body):
            edge.history.missed()
            logger.warning(
                "Slack left out events of %s, which are read from history",
                edge.installation.workspace,
            )
            return TAKEN_IN
        req.context["edge"] = edge
        return super().dispatch(req)


def _heard(body: Payload, edge: Edge) -> BoltResponse:
    """Take in an event; one that fails is left unacknowledged, and Slack sends it again."""
    try:
        LISTENERS.get(body["event"].get("type"), anything)(body, edge)
    except Exception as error:
        edge.history.missed(payloads.channel_id(body), payloads.message_ts(body))
        if will_pass(error):
            logger.error("an event was not taken in; Slack will send it again: %s", error)  # noqa: TRY400
        else:
            logger.exception("an event was not taken in; Slack will send it again")
        return BoltResponse(status=HTTPStatus.INTERNAL_SERVER_ERROR)
    return TAKEN_IN


def bolt(edges: Edges, client: WebClient, *, handshakes: bool = False) -> App:
    """Return Bolt's app with our listeners, which run before the acknowledgement.

    The client tells how Slack is called; its token is that of the workspace, each time.
    """
    app = Reception(
        edges,
        name="heard",  # else Bolt looks through the stack for one, which takes a while
        logger=logging.getLogger("slack_bolt"),
        client=client,
        authorize=_authorized,
        process_before_response=True,
        token_verification_enabled=False,
        request_verification_enabled=False,  # that is done before anything is read
        ssl_check_enabled=handshakes,
        url_verification_enabled=handshakes,
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
    )
    app.error(_failed)
    for surface in (commands, modals, promises, replying, templates, buttons):
        surface.register(app)
    return app


def _authorized(context: BoltContext) -> AuthorizeResult:
    ours = context["edge"].installation
    return AuthorizeResult(
        enterprise_id=ours.enterprise or None,
        team_id=ours.workspace,
        bot_user_id=ours.bot_user,
        bot_id=ours.bot_id,
        bot_token=ours.token,
    )


def _failed(error: Exception, body: dict[str, Any]) -> BoltResponse:
    number = secrets.token_hex(2)
    logger.error("failure %s", number, exc_info=error)
    return _sorry(body, number)


def _sorry(body: Mapping[str, Any], number: str) -> BoltResponse:
    """Answer a person whose command, click or form failed; a form stays open with its words."""
    text = f"Something went wrong on my side (number {number}). Please try again in a moment."
    blocks = (body.get("view") or {}).get("blocks") or ()
    fields = [block["block_id"] for block in blocks if block["type"] == "input"]
    if fields:
        answer = {"response_action": "errors", "errors": {fields[0]: text}}
    else:
        answer = {"response_type": "ephemeral", "text": text} if "command" in body else {}
    return BoltResponse(status=200, body=answer or "")
