"""The files beneath a store: private, durable, of one process, and clear when they fail."""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Iterable
from pathlib import Path

from bot.core.refusals import StoreFailed, StoreInUse

PRIVATE = 0o600

_CURES = {
    errno.ENOSPC: "Free some space on its disk.",
    errno.EDQUOT: "Free some space in this user's quota.",
    errno.EFBIG: "Raise the limit on the size of files.",
    errno.EACCES: "Let the user that Heard runs as read and write it, and its folder.",
    errno.EPERM: "Let the user that Heard runs as read and write it, and its folder.",
    errno.EROFS: "Mount its disk for writing, or name a file on another one.",
    errno.EISDIR: "A folder is in its place: move that away, or name another file.",
    errno.ENOTDIR: "A file is where its folder should be: move that away, or name another one.",
    errno.EEXIST: "A file is where its folder should be: move that away, or name another one.",
    errno.EBUSY: "Mount its folder rather than the file alone.",
}


def failed(path: Path, deed: str, error: OSError) -> StoreFailed:
    """Say what could not be done to a file, and what to do about it."""
    cure = _CURES.get(error.errno or 0, "See to its disk.")
    return StoreFailed(f"{path} cannot be {deed} ({error.strerror or error}). {cure}")


def open_private(path: Path) -> int:
    """Open a file for reading and writing that its owner alone may read; it is made if absent."""
    try:
        opened = os.open(path, os.O_RDWR | os.O_CREAT, PRIVATE)
        os.fchmod(opened, PRIVATE)
    except OSError as error:
        raise failed(path, "opened", error) from error
    return opened


def hold(path: Path) -> int:
    """Keep every other process away from a store for as long as the returned file is open."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise failed(path.parent, "made", error) from error
    lock = open_private(path)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.ftruncate(lock, 0)
        os.pwrite(lock, b"%d\n" % os.getpid(), 0)
    except BlockingIOError:
        owner = os.pread(lock, 20, 0).decode(errors="replace").strip() or "unknown"
        os.close(lock)
        raise StoreInUse(
            f"{path.with_suffix('')} is in use by another Heard (process {owner}). "
            "Stop that one first, or name another file for this one."
        ) from None
    except OSError as error:
        os.close(lock)
        raise failed(path, "locked", error) from error
    return lock


def read(path: Path) -> bytes | None:
    """Return what is in a file, or None if there is none."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise failed(path, "read", error) from error


def replace(path: Path, chunks: Iterable[bytes]) -> int:
    """Put a new file in a file's place: at each moment there is the whole old one or the new.

    Returns:
        The new file, open for reading and writing.
    """
    new = path.with_name(f"{path.name}.new")
    try:
        opened = os.open(new, os.O_RDWR | os.O_CREAT | os.O_TRUNC, PRIVATE)
        try:
            os.fchmod(opened, PRIVATE)
            with open(opened, "wb", closefd=False) as file:
                file.writelines(chunks)
            os.fsync(opened)
            new.replace(path)
        except BaseException:
            os.close(opened)
            new.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise failed(path, "written", error) from error
    return opened


def sync_folder(path: Path) -> None:
    """Make it durable which file is in a file's place."""
    try:
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except OSError as error:
        raise failed(path.parent, "written", error) from error
