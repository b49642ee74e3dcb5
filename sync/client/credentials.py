"""Where the key of a desk's files comes from: the system's keyring, or nowhere."""

import secrets
from collections.abc import Callable
from functools import partial
from typing import Protocol

import keyring
from keyring.errors import KeyringError

KEY_BYTES = 32
_APPLICATION = "filrouge"
_CLEAR_TEXT = ("keyrings.alt", "keyring.backends.fail", "keyring.backends.null")


class NoKeyring(Exception):  # noqa: N818 - the console then asks a person
    """This machine has no keyring that keeps a secret."""


class KeyRing:
    """The key of one desk's files where something keeps it: two of them while it is being changed.

    `read` gives what is kept, empty at first, and `write` replaces it at once or not at all; both may
    raise `NoKeyring`. Keys are in hexadecimal, the one under way second.
    """

    def __init__(self, read: Callable[[], str], write: Callable[[str], None]) -> None:
        self._read = read
        self._write = write

    def key(self) -> bytes:
        """The key in use, made at the first time."""
        return bytes.fromhex(self._kept()[0])

    def under_way(self) -> bytes:
        """The key of a change that did not end; empty when there is none."""
        return bytes.fromhex(" ".join(self._kept()[1:]))

    def begin(self) -> bytes:
        """A new key, kept beside the one in use until `settle`."""
        made = secrets.token_bytes(KEY_BYTES)
        self._write(f"{self._kept()[0]} {made.hex()}")
        return made

    def settle(self, key: bytes) -> None:
        """This one is in use, and no other is kept."""
        self._write(key.hex())

    def _kept(self) -> list[str]:
        kept = self._read().split()
        if not kept:
            kept = [secrets.token_hex(KEY_BYTES)]
            self._write(kept[0])
        return kept


class KeyStore(Protocol):
    """Gives the key of a desk's files."""

    def key_of(self, desk: str) -> bytes:
        """The 32 bytes that open this desk's files, made at the first time."""
        ...

    def ring_of(self, desk: str) -> KeyRing | None:
        """Where that key can be changed; None where a person holds it."""
        ...


class SystemKeyring:
    """The keyring of the session (Secret Service, Windows Credential Locker, Keychain)."""

    def key_of(self, desk: str) -> bytes:
        """The kept key. Raises `NoKeyring` when the machine keeps none, or keeps them in clear."""
        return self.ring_of(desk).key()

    def ring_of(self, desk: str) -> KeyRing:
        """Its entry of the keyring."""
        return KeyRing(partial(_read_entry, desk), partial(_write_entry, desk))


def _read_entry(desk: str) -> str:
    if type(keyring.get_keyring()).__module__.startswith(_CLEAR_TEXT):
        raise NoKeyring
    try:
        return keyring.get_password(_APPLICATION, desk) or ""
    except KeyringError as error:
        raise NoKeyring from error


def _write_entry(desk: str, keys: str) -> None:
    try:
        keyring.set_password(_APPLICATION, desk, keys)
    except KeyringError as error:
        raise NoKeyring from error


class Throwaway:
    """A key in memory only: what the demonstration writes can't be read afterwards."""

    def __init__(self) -> None:
        self._kept = secrets.token_hex(KEY_BYTES)

    def key_of(self, desk: str) -> bytes:
        """The same key as long as the process lives and nothing changes it."""
        return self.ring_of(desk).key()

    def ring_of(self, desk: str) -> KeyRing:
        """What is in memory."""
        return KeyRing(lambda: self._kept, self._keep)

    def _keep(self, keys: str) -> None:
        self._kept = keys
