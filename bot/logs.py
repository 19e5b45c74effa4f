"""The log: what happened, where and when, and never what anybody wrote.

Whatever is not ours to word may quote a customer or hold a token: what libraries say, and what an
unforeseen error does. Of these the log tells the kind and the place.
"""

from __future__ import annotations

import logging
import sys
import threading
from traceback import format_tb
from types import TracebackType

from bot.config import ConfigError
from bot.core.refusals import StoreFailed

logger = logging.getLogger(__name__)

OURS = ("bot", "handlers", "storage")
WORDED = (ConfigError, StoreFailed, OSError, ImportError)
"""Errors whose words are known to name nothing but files, machines and settings."""

Raised = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def log(*, verbose: bool = False) -> None:
    """Log to standard error, unless somebody has decided otherwise; libraries only warn."""
    handler = logging.StreamHandler()
    handler.setFormatter(Discreet("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
    # Bolt warns that the token of the environment gives way to ours, as it should.
    logging.getLogger("slack_bolt").setLevel(logging.ERROR)
    logging.getLogger("slack_sdk.web").setLevel(logging.CRITICAL)  # we tell what came of a call
    for ours in OURS:
        logging.getLogger(ours).setLevel(logging.DEBUG if verbose else logging.INFO)
    sys.excepthook = _ended
    threading.excepthook = lambda its: _ended(its.exc_type, its.exc_value, its.exc_traceback)


class Discreet(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        if record.name.partition(".")[0] not in OURS:
            said = {"msg": f"see {record.filename}:{record.lineno}", "args": None}
            record = logging.makeLogRecord({**vars(record), **said, "exc_text": None})
        return super().format(record)

    def formatException(self, ei: Raised) -> str:  # noqa: N802 - as logging calls it
        told: list[str] = []
        error = ei[1]
        while error:
            trace = "".join(format_tb(error.__traceback__))
            told.append(f"Traceback (most recent call last):\n{trace}{_kind(error)}")
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\n\nand then:\n\n".join(reversed(told))


def _kind(error: BaseException) -> str:
    kind = type(error).__qualname__
    return f"{kind}: {error}" if isinstance(error, WORDED) else kind


def _ended(
    kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
) -> None:
    """Tell of an error that nobody has caught."""
    if error and not issubclass(kind, SystemExit):
        logger.critical("This was not foreseen", exc_info=(kind, error, trace))
