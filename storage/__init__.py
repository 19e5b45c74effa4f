"""Remembers: implements the core's `Store`."""

from __future__ import annotations

from pathlib import Path

from bot.core.ports import Store


def open_store(url: str) -> Store:
    """Open the store that a URL names, and begin it if there is none.

    Raises:
        ValueError: the URL is not understood.
        StoreFailed: it cannot be used; the text says why, and what to do.
    """
    scheme, separator, path = url.partition(":///")
    if scheme != "tinydb" or not separator or not path.strip("/"):
        raise ValueError(
            f"{url!r} names no store. Understood are tinydb:///heard.json, a file named from the "
            "folder in which Heard is started, and tinydb:////srv/heard.json, one named in full"
        )
    from storage.tiny import TinyStore  # noqa: PLC0415 - TinyDB only for who uses it

    return TinyStore.in_file(Path(path))
