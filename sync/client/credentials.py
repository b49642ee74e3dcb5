"""Where the key of a desk's files comes from: the system's keyring, a person, or nowhere."""

import hashlib
import secrets
from collections.abc import Callable
from typing import Protocol

import keyring
from keyring.errors import KeyringError

KEY_BYTES = 32
_APPLICATION = "filrouge"
_CLEAR_TEXT = ("keyrings.alt", "keyring.backends.fail", "keyring.backends.null")


class NoKeyring(Exception):  # noqa: N818 - the console then asks a person
    """This machine has no keyring that keeps a secret."""


class KeyStore(Protocol):
    """Gives the key of a desk's files."""

    def key_of(self, desk: str) -> bytes:
        """The 32 bytes that open this desk's files, made at the first time."""
        ...


class SystemKeyring:
    """The keyring of the session (Secret Service, Windows Credential Locker, Keychain)."""

    def key_of(self, desk: str) -> bytes:
        """The kept key. Raises `NoKeyring` when the machine keeps none, or keeps them in clear."""
        if type(keyring.get_keyring()).__module__.startswith(_CLEAR_TEXT):
            raise NoKeyring
        try:
            kept = keyring.get_password(_APPLICATION, desk)
            return bytes.fromhex(kept) if kept else self._make(desk)
        except KeyringError as error:
            raise NoKeyring from error

    def _make(self, desk: str) -> bytes:
        key = secrets.token_bytes(KEY_BYTES)
        keyring.set_password(_APPLICATION, desk, key.hex())
        return key


class AskedEachTime:
    """A passphrase that whoever opens the console types; derived once, slowly."""

    def __init__(self, ask: Callable[[], str]) -> None:
        self._ask = ask

    def key_of(self, desk: str) -> bytes:
        """The key of what was typed; a wrong passphrase opens nothing."""
        return hashlib.scrypt(
            self._ask().encode(),
            salt=f"{_APPLICATION}:{desk}".encode(),
            n=2**15,
            r=8,
            p=1,
            maxmem=2**26,
            dklen=KEY_BYTES,
        )


class Throwaway:
    """A key in memory only: what the demonstration writes can't be read afterwards."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(KEY_BYTES)

    def key_of(self, desk: str) -> bytes:
        """The same key as long as the process lives."""
        return self._key
