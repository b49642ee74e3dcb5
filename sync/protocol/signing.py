"""What proves who did something at a shared desk: a tag that only that person's sitting could make."""

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from app.store.columns import EPOCH, MICROSECOND
from sync.protocol.messages import CommandMessage

PUBLIC_KEY_BYTES = 32


class SittingKey:
    """A sitting's own key: made where somebody sits down, in memory there, and never sent."""

    def __init__(self) -> None:
        self._private = Ed25519PrivateKey.generate()

    @property
    def public(self) -> str:
        """What checks its tags and makes none, in hexadecimal: all that the server is told."""
        return self._private.public_key().public_bytes_raw().hex()

    def tag_of(self, message: CommandMessage) -> str:
        """Its tag of a command: of all that is said but when it was sent."""
        return self._private.sign(_said(message)).hex()


def is_public_key(text: str) -> bool:
    """Whether a text is what `SittingKey.public` gives."""
    return len(_bytes(text)) == PUBLIC_KEY_BYTES


def is_tagged(public_key: str, message: CommandMessage) -> bool:
    """Whether a command carries the tag of the sitting whose public key this is."""
    try:
        checker = Ed25519PublicKey.from_public_bytes(_bytes(public_key))
        checker.verify(_bytes(message.tag), _said(message))
    except (InvalidSignature, ValueError):
        return False
    return True


def _said(message: CommandMessage) -> bytes:
    made_at = (message.made_at - EPOCH) // MICROSECOND
    said = (message.id, message.kind, made_at, message.author, message.sitting)
    return msgspec.json.encode(said) + bytes(message.body)


def _bytes(text: str) -> bytes:
    """What a hexadecimal text says; nothing when it is none."""
    try:
        return bytes.fromhex(text)
    except ValueError:
        return b""
