"""What Heard asks Slack for, as manifest.json says."""

from __future__ import annotations

import json
from pathlib import Path

MANIFEST = Path(__file__).parent.parent / "manifest.json"


def scopes(*, email: bool = True) -> frozenset[str]:
    """Return the scopes, of which those for e-mails are of use only where domains are named."""
    manifest = json.loads(MANIFEST.read_text(encoding="utf-8"))
    found = manifest["oauth_config"]["scopes"]
    return frozenset(found["bot"]) - (frozenset() if email else frozenset(found["bot_optional"]))
