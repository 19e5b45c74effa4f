"""Seals what nobody is to read in the database, with the keys of HEARD_SECRET_KEY."""

from __future__ import annotations

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from handlers.installed import Locked


class Vault:
    """Implements `handlers.installed.Vault`."""

    def __init__(self, keys: tuple[str, ...]) -> None:
        """Seal with the first key, and open with any."""
        self._first = Fernet(keys[0])
        self._all = MultiFernet([Fernet(key) for key in keys])

    def seal(self, text: str) -> str:
        return self._first.encrypt(text.encode()).decode()

    def open(self, sealed: str) -> str:
        try:
            return self._all.decrypt(sealed).decode()
        except InvalidToken:
            raise Locked from None

    def renewed(self, sealed: str) -> str:
        try:
            self._first.decrypt(sealed)
        except InvalidToken:
            return self.seal(self.open(sealed))
        return sealed
