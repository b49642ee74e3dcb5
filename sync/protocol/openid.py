"""What ties a sign-in at an identity provider to the console that began it, said the same on both ends."""

import base64
import hashlib

VERIFIER_BYTES = 48


def nonce_of(verifier: str, sitting_key: str) -> str:
    """The nonce that the provider signs: it binds the ID token to the very key that will sign commands.

    Whoever steals the code on its way can't sit down with a key of their own.
    """
    return _digest(f"filrouge nonce\0{verifier}\0{sitting_key}")


def challenge_of(verifier: str) -> str:
    """PKCE's S256 (RFC 7636): what the provider is told of the secret beforehand."""
    return _digest(verifier)


def _digest(text: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
