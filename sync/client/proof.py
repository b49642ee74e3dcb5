"""What shows later that a password is the same one, and does not show which."""

import hashlib
import hmac
import secrets
from collections.abc import Generator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

import msgspec

SALT_BYTES = 16
_DIGEST_BYTES = 32


class Proof(msgspec.Struct, frozen=True):
    """A slow digest under a salt of its own, for a desk's encrypted file and for a sitting's memory."""

    salt: bytes
    derived: bytes

    def is_of(self, password: str) -> bool:
        """Takes as long as it took to make."""
        return hmac.compare_digest(slow_digest(password, self.salt), self.derived)


def proof_of(password: str) -> Proof:
    """Takes a tenth of a second and 32 MiB, on purpose."""
    salt = secrets.token_bytes(SALT_BYTES)
    return Proof(salt, slow_digest(password, salt))


@contextmanager
def proving(password: str) -> Generator[Future[Proof]]:
    """The proof of a password, made while the server is asked about it: the digest lets other threads run."""
    with ThreadPoolExecutor(1, thread_name_prefix="proof") as beside:
        yield beside.submit(proof_of, password)


def slow_digest(typed: str, salt: bytes, *, size: int = _DIGEST_BYTES) -> bytes:
    """`size` bytes of what a person types: a tenth of a second and 32 MiB for each guess."""
    return hashlib.scrypt(typed.encode(), salt=salt, n=2**15, r=8, p=1, maxmem=2**26, dklen=size)
