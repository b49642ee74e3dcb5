"""An identity provider, or whoever speaks in its place, says what is not so: nobody is believed by halves."""

import base64
import hashlib
import hmac
import json
import secrets
import time
from collections.abc import Generator
from typing import Any

import pytest
from joserfc.jwk import ECKey, RSAKey

from app.clock import MachineClock
from sync.protocol.messages import Granted
from sync.protocol.openid import nonce_of
from sync.server.auth.id_tokens import NotBelieved
from sync.server.auth.providers import Provider
from tests.server.trusting import chosen
from tests.support.identity import (
    CLIENT,
    Forge,
    Identity,
    brought_back,
    key_of,
    question,
    signed,
    walk,
)

REDIRECT = "http://127.0.0.1:5997/"
KEY = "cd" * 32


@pytest.fixture(scope="module")
def liar() -> Generator[Identity]:
    """A provider that may be made to lie."""
    made = Identity()
    made.know("c.morvan")
    yield made
    made.close()


@pytest.fixture(scope="module")
def provider(liar: Identity) -> Provider:
    """It, as the server sees it."""
    return Provider(chosen(liar), MachineClock())


def _vouched(provider: Provider, liar: Identity, forge: Forge) -> str:
    verifier = secrets.token_urlsafe(48)
    nonce = nonce_of(verifier, KEY)
    address = question(provider.authorize(), verifier=verifier, nonce=nonce, redirect=REDIRECT)
    code = brought_back(walk(address, "c.morvan"))["code"]
    liar.forge = forge
    return provider.vouch(Granted(code=code, verifier=verifier, redirect=REDIRECT), sitting_key=KEY).login


def _without(name: str) -> Forge:
    return lambda who, claims: signed(who.key, {key: value for key, value in claims.items() if key != name})


def _with(**other: Any) -> Forge:
    return lambda who, claims: signed(who.key, claims | other)


def _ago(name: str, seconds: int) -> Forge:
    return lambda who, claims: signed(who.key, claims | {name: int(time.time()) - seconds})


def _unsigned(_who: Identity, claims: dict[str, Any]) -> str:
    return f"{_part({'alg': 'none'})}.{_part(claims)}."


def _by_public_key(who: Identity, claims: dict[str, Any]) -> str:
    """The old trick: the provider's public key, which anybody has, taken for a shared secret."""
    said = f"{_part({'alg': 'HS256', 'kid': who.key.kid})}.{_part(claims)}"
    tag = hmac.digest(who.key.as_pem(private=False), said.encode(), hashlib.sha256)
    return f"{said}.{base64.urlsafe_b64encode(tag).rstrip(b'=').decode()}"


def _part(said: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(said).encode()).rstrip(b"=").decode()


def _by_another_key(who: Identity, claims: dict[str, Any]) -> str:
    return signed(_with_its_name(who), claims)


def _by_its_own_key(who: Identity, claims: dict[str, Any]) -> str:
    """A token that brings the key it wants to be judged by."""
    own = ECKey.generate_key("P-256", {"kid": str(who.key.kid)})
    said: Any = own.as_dict(private=False)
    return signed(own, claims, alg="ES256", jwk=said)


def _altered(who: Identity, claims: dict[str, Any]) -> str:
    head, _, tag = signed(who.key, claims).split(".")
    return f"{head}.{_part(claims | {'preferred_username': 'n.bourdin'})}.{tag}"


LIES: dict[str, Forge] = {
    "another nonce": _with(nonce="of somebody else"),
    "no nonce": _without("nonce"),
    "a nonce among others": lambda who, claims: signed(who.key, claims | {"nonce": [claims["nonce"], "x"]}),
    "for another client": _with(aud="portail"),
    "for another client too": _with(aud=[CLIENT, "portail"]),
    "no audience": _without("aud"),
    "another party": _with(azp="portail"),
    "another issuer": _with(iss="https://sso.autre.example"),
    "no issuer": _without("iss"),
    "out of date": _ago("exp", 61),
    "no end": _without("exp"),
    "an end that is no number": _with(exp="demain"),
    "made long ago": _ago("iat", 601),
    "made in the future": _ago("iat", -120),
    "not yet": _ago("nbf", -120),
    "no subject": _without("sub"),
    "for another access token": _with(at_hash="AAAAAAAAAAAAAAAAAAAAAA"),
    "not signed": _unsigned,
    "signed with what is public": _by_public_key,
    "signed by nobody known": _by_another_key,
    "with its own key": _by_its_own_key,
    "altered": _altered,
    "not a token": lambda _who, _claims: "rien.du.tout",
    "endless": _with(note="x" * 20_000),
    "no login": _without("preferred_username"),
    "a login that is no word": _with(preferred_username=["n.bourdin"]),
}


def _with_its_name(who: Identity) -> RSAKey:
    """Another key that bears the name of the provider's."""
    other = key_of(-1).as_dict(private=True) | {"kid": str(who.key.kid)}
    return RSAKey.import_key(other)


@pytest.mark.parametrize("lie", LIES, ids=lambda lie: lie.replace(" ", "-"))
def test_what_is_not_so_is_believed_by_nobody(provider: Provider, liar: Identity, lie: str) -> None:
    with pytest.raises(NotBelieved) as told:
        _vouched(provider, liar, LIES[lie])
    assert "c.morvan" not in told.value.reason


def test_what_is_so_is_believed_however_it_was_made(provider: Provider, liar: Identity) -> None:
    """The lies above are refused for what they say, not for how they are made."""
    by_hand = _with(aud=CLIENT, azp=CLIENT, exp=int(time.time()) - 50)
    assert _vouched(provider, liar, by_hand) == "c.morvan"
