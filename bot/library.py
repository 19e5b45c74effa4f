"""`templates export` and `import`: the team's reply templates as a file."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from bot import replies
from bot.core.decision import Decisions
from bot.core.policy import Policy
from bot.core.ports import Store
from bot.core.replying import Replying


def export(store: Store, policy: Policy) -> str:
    """Return the templates in force as TOML."""
    return replies.dumps(_replying(store, policy).templates())


def take(store: Store, policy: Policy, path: Path, now: datetime) -> tuple[int, int]:
    """Keep what a file changes or adds; return how many templates that is, and of how many.

    Templates that the file does not name stay as they are.

    Raises:
        BadReplies: with every fault there is; then nothing is kept.
    """
    replying = _replying(store, policy)
    known = {template.id: template for template in replying.templates()}
    loaded = replies.load(path)
    changed = [template for template in loaded if known.get(template.id) != template]
    for template in changed:
        replying.keep(template, "", now)
    return len(changed), len(loaded)


def _replying(store: Store, policy: Policy) -> Replying:
    return Replying(Decisions(store, policy), replies.shipped)
