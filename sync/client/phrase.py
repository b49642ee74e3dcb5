"""A desk without a keyring: its files lie under a phrase, which whoever opens the console types."""

import secrets
from pathlib import Path

from app.store.disk import sync_file, sync_folder
from sync.client.credentials import KEY_BYTES, KeyRing, KeyStore, NoKeyring
from sync.client.proof import SALT_BYTES, slow_digest
from sync.client.rekeying import opens

SHORTEST = 12
"""Letters of a phrase: who carries the disk away may try as many as they like."""


class PhraseNeeded(Exception):  # noqa: N818 - a person is asked, then it is tried again
    """The files of `desk` can't be opened, or begun where `is_new`, without a phrase."""

    def __init__(self, desk: str, *, is_new: bool) -> None:
        super().__init__(desk)
        self.desk = desk
        self.is_new = is_new


class WrongPhrase(Exception):  # noqa: N818 - a person is asked once more
    """It does not open what is there."""


class DeskKeys:
    """The system's keyring; where there is none, a phrase that is never kept.

    A desk begun under the one stays so: `desk.salt` beside its files says which. A keyring that does not
    answer any more is waited for, since it alone has the key.
    """

    def __init__(self, folder: Path, keyring: KeyStore) -> None:
        self._folder = folder
        self._keyring = keyring
        self._typed: dict[str, bytes] = {}

    def key_of(self, desk: str) -> bytes:
        """The key. Raises `PhraseNeeded` until `give` was called, and `NoKeyring`."""
        if desk in self._typed:
            return self._typed[desk]
        if self._salt(desk).exists():
            raise PhraseNeeded(desk, is_new=not self._is_begun(desk))
        try:
            return self._keyring.key_of(desk)
        except NoKeyring:
            if self._is_begun(desk):
                raise
            raise PhraseNeeded(desk, is_new=True) from None

    def ring_of(self, desk: str) -> KeyRing | None:
        """None under a phrase: its key can't be changed without whoever knows it."""
        return None if desk in self._typed else self._keyring.ring_of(desk)

    def give(self, desk: str, phrase: str) -> None:
        """What was typed, chosen at the first time. Takes a tenth of a second. Raises `WrongPhrase`."""
        key = slow_digest(phrase, self._kept_salt(desk), size=KEY_BYTES)
        if self._is_begun(desk) and not opens(self._precious(desk), key):
            raise WrongPhrase
        self._typed[desk] = key

    def _kept_salt(self, desk: str) -> bytes:
        path = self._salt(desk)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            made = path.with_suffix(".new")
            made.write_bytes(secrets.token_bytes(SALT_BYTES))
            sync_file(made)
            made.replace(path)
            sync_folder(path.parent)
        return path.read_bytes()

    def _is_begun(self, desk: str) -> bool:
        return self._precious(desk).exists()

    def _precious(self, desk: str) -> Path:
        return self._folder / desk / "desk.db"

    def _salt(self, desk: str) -> Path:
        return self._folder / desk / "desk.salt"
