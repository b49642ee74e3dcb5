"""What proves who did something at a shared desk: a tag that only that person's sitting could make."""

import hashlib
import hmac

import msgspec

from app.store.columns import EPOCH, MICROSECOND
from sync.protocol.messages import CommandMessage


def tag_of(key: str, message: CommandMessage) -> str:
    """The tag of a command under a sitting's key: of all that is said but when it was sent."""
    made_at = (message.made_at - EPOCH) // MICROSECOND
    said = (message.id, message.kind, made_at, message.author, message.sitting)
    text = msgspec.json.encode(said) + bytes(message.body)
    return hmac.new(bytes.fromhex(key), text, hashlib.sha256).hexdigest()


def is_tagged(key: str, message: CommandMessage) -> bool:
    """Whether a command carries the tag that this sitting makes."""
    return hmac.compare_digest(tag_of(key, message).encode(), message.tag.encode("utf-8", "replace"))
