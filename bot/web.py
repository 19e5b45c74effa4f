"""What Heard answers over HTTP: Slack's requests, whether all is well, and figures."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from typing import NamedTuple
from wsgiref.types import StartResponse, WSGIEnvironment

from handlers.http import Answer

logger = logging.getLogger(__name__)

SEEN = ("GET", "HEAD")
"""How to ask for a page that nothing comes of; uptime checks leave out the body."""


class Page(NamedTuple):
    methods: tuple[str, ...]
    answer: Callable[[WSGIEnvironment], Answer]


class Front:
    """A WSGI application; any server may run it."""

    def __init__(self, pages: Mapping[str, Page]) -> None:
        self._pages = pages

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        status, text, headers = self._answer(environ)
        body = text.encode()
        length = ("Content-Length", str(len(body)))
        start_response(f"{status.value} {status.phrase}", [*headers, length])
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    def _answer(self, environ: WSGIEnvironment) -> Answer:
        page = self._pages.get(environ.get("PATH_INFO", ""))
        if page is None:
            return Answer(HTTPStatus.NOT_FOUND)
        if environ["REQUEST_METHOD"] not in page.methods:
            allowed = ("Allow", ", ".join(page.methods))
            return Answer(HTTPStatus.METHOD_NOT_ALLOWED, headers=(allowed,))
        try:
            return page.answer(environ)
        except Exception:  # a server's own log would quote it
            logger.exception("a request to %s failed", environ["PATH_INFO"])
            return Answer(HTTPStatus.INTERNAL_SERVER_ERROR)
