"""Numbers and persons as keyed hashes: known to be there, and nothing more without the key (rules R24)."""

import hmac
import re
import struct
from collections.abc import Iterable, Iterator

_PAIR = struct.Struct(">qI")
"""A number's mark (63 bits), then its person's (32 bits), which tells apart those who share a number."""


_KEY = re.compile("[0-9a-f]{64}")


def is_key(secret_raw: str) -> bool:
    """Whether a text is a key in hexadecimal."""
    return _KEY.fullmatch(secret_raw) is not None


def mark_of_number(key: bytes, e164: str) -> int:
    """HMAC-SHA-256, cut so that among a million numbers an unknown one is taken for known never."""
    return int.from_bytes(_digest(key, f"number {e164}")[:8]) >> 1


def as_of_relative(e164: str) -> str:
    """What is marked of the number of somebody close, apart from whose own number it is."""
    return f"~{e164}"


def mark_of_person(key: bytes, person: str) -> int:
    """Only ever compared among those who share a number."""
    return int.from_bytes(_digest(key, f"person {person}")[:4])


def pack(key: bytes, pairs: Iterable[tuple[str, str]]) -> bytes:
    """Numbers and persons as they travel: twelve bytes each."""
    return b"".join(
        _PAIR.pack(mark_of_number(key, e164), mark_of_person(key, person)) for e164, person in pairs
    )


def is_packed(packed: bytes) -> bool:
    """Whether it holds whole pairs, and nothing else."""
    return len(packed) % _PAIR.size == 0


def unpack(packed: bytes) -> Iterator[tuple[int, int]]:
    """The marks of numbers and persons; a piece too short at the end is left out."""
    whole = len(packed) - len(packed) % _PAIR.size
    return _PAIR.iter_unpack(packed[:whole])


def _digest(key: bytes, text: str) -> bytes:
    return hmac.digest(key, text.encode(), "sha256")
