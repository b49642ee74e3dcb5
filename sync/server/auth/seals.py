"""Seals what may not lie readable on a disk, with a key that is not in the database."""

import hashlib
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
_NONCE_BYTES = 12


class Broken(Exception):  # noqa: N818 - it says what was found
    """What was sealed was changed, moved to another name, or sealed with another key."""


class Seal:
    """AES-GCM with one key; `about` names what is sealed, and must be the same to open it."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)
        self.name = hashlib.sha256(b"filrouge seal\0" + key).hexdigest()[:16]
        """Tells one key from another, and nothing of it."""

    def close(self, plain: bytes, *, about: str) -> bytes:
        """What may be stored."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, plain, about.encode())

    def open(self, sealed: bytes, *, about: str) -> bytes:
        """What it was, or `Broken`."""
        try:
            return self._cipher.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], about.encode())
        except (InvalidTag, ValueError) as error:
            raise Broken from error
