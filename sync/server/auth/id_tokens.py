"""Judges what an identity provider says of somebody: an ID token is believed whole or not at all."""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import msgspec
from joserfc import jws, jwt
from joserfc.errors import ClaimError, JoseError
from joserfc.jwk import Key

ALGORITHMS = ("RS256", "PS256", "ES256")
"""Signed with a key that the provider alone has; `at_hash` is then always half a SHA-256."""
SKEW = timedelta(seconds=60)
OLDEST = timedelta(minutes=10)
"""It was made for the exchange that has just been."""
MOST_BYTES = 16 * 1024


class NotBelieved(Exception):  # noqa: N818 - what the provider said proves nothing
    """The token proves nothing; `reason` names what is wrong with it, and holds nothing of it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Expected(msgspec.Struct, frozen=True, kw_only=True):
    """What the one token that is good now must say; `acr` when the house asks for a strength."""

    issuer: str
    client_id: str
    nonce: str
    now: datetime
    acr: str = ""


FindKey = Callable[[str | None], Key | None]
"""The provider's key of a name; the only one when a token names none."""


def read_id_token(token: str, find_key: FindKey, expected: Expected, *, access_token: str) -> dict[str, Any]:
    """What the provider says of whoever signed in. Raises `NotBelieved`."""
    claims = _signed(token, find_key)
    try:
        _registry(expected).validate(claims)
    except ClaimError as error:
        raise NotBelieved(f"claims: {error.claim}") from error
    _check_audience(claims, expected.client_id)
    if claims["iat"] < (expected.now - OLDEST).timestamp():
        raise NotBelieved("claims: too old")
    if "at_hash" in claims and not _is_half_hash(claims["at_hash"], access_token):
        raise NotBelieved("claims: at_hash")
    return claims


def _signed(token: str, find_key: FindKey) -> dict[str, Any]:
    if len(token) > MOST_BYTES:
        raise NotBelieved("too long")
    try:
        headers = jws.extract_compact(token.encode()).headers()
        # Before any key: « none », and a secret made of what everybody may read, have no key here.
        if headers.get("alg") not in ALGORITHMS:
            raise NotBelieved("algorithm")
        key = find_key(headers.get("kid"))
        if key is None:
            raise NotBelieved("unknown key")
        return jwt.decode(token, key, algorithms=ALGORITHMS).claims
    except (JoseError, UnicodeEncodeError, binascii.Error, ValueError, RecursionError) as error:
        raise NotBelieved(f"signature: {type(error).__name__}") from error


def _registry(expected: Expected) -> jwt.JWTClaimsRegistry:
    must: dict[str, jwt.ClaimsOption] = {
        "iss": {"essential": True, "value": expected.issuer},
        "aud": {"essential": True, "value": expected.client_id},
        "nonce": {"essential": True, "value": expected.nonce},
        "azp": {"value": expected.client_id},
    }
    must |= {name: jwt.ClaimsOption(essential=True) for name in ("sub", "exp", "iat")}
    if expected.acr:
        must["acr"] = {"essential": True, "value": expected.acr}
    now, skew = int(expected.now.timestamp()), int(SKEW.total_seconds())
    return jwt.JWTClaimsRegistry(now=now, leeway=skew, **must)


def _check_audience(claims: dict[str, Any], client_id: str) -> None:
    """Ours alone: whoever else may use it could hand it to us. A list of one is the same."""
    for name, only in (("aud", [client_id]), ("nonce", None), ("azp", None)):
        said = claims.get(name)
        if isinstance(said, list) and said != only:
            raise NotBelieved(f"claims: {name}")


def _is_half_hash(said: object, access_token: str) -> bool:
    half = hashlib.sha256(access_token.encode()).digest()[:16]
    wanted = base64.urlsafe_b64encode(half).rstrip(b"=").decode()
    return isinstance(said, str) and hmac.compare_digest(said.encode(), wanted.encode())
