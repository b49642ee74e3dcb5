"""The house's identity provider: found by its issuer, asked to exchange a code, its keys kept for a while."""

import threading
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

import msgspec
from joserfc.errors import JoseError
from joserfc.jwk import Key, KeySet

from app.domain.words import Role
from app.ports import Clock
from sync.protocol.messages import Granted
from sync.protocol.openid import nonce_of
from sync.server.auth.id_tokens import Expected, NotBelieved, read_id_token
from sync.server.auth.provider_wire import Away, ask, error_of, is_safe_address, read

KEPT = timedelta(hours=1)
"""How long what the provider publishes is believed without asking again."""
SOONEST = timedelta(seconds=30)
"""A key nobody knows, or a provider that was away, is asked again, and not oftener: anybody may make us."""
AT_ONCE = 4
"""A provider that hangs keeps these threads, and none of those that answer everybody else."""


class Chosen(msgspec.Struct, frozen=True, kw_only=True):
    """A provider as the house set it: which claim is the login, and the roles its groups give, if they do."""

    name: str
    issuer: str
    client_id: str
    secret: str
    scopes: tuple[str, ...]
    login_claim: str
    groups_claim: str
    roles: Mapping[str, Role]
    acr: str


class Vouched(msgspec.Struct, frozen=True, kw_only=True):
    """Whom the provider vouches for; `subject` is the provider's own name of that person, for good."""

    login: str
    subject: str
    roles: frozenset[Role] | None
    """Those its groups give; None when the house's own count."""


class _Published(msgspec.Struct, frozen=True, kw_only=True):
    """What a provider says of itself."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    token_endpoint_auth_methods_supported: tuple[str, ...] = ("client_secret_basic",)


class _Tokens(msgspec.Struct, frozen=True, kw_only=True):
    id_token: str
    access_token: str = ""


_published = msgspec.json.Decoder(_Published).decode
_tokens = msgspec.json.Decoder(_Tokens).decode
_any = msgspec.json.Decoder(dict[str, Any]).decode


class Provider:
    """One provider, asked from any thread; `clock` is the machine's, as the provider's is."""

    def __init__(self, chosen: Chosen, clock: Clock) -> None:
        self.chosen = chosen
        self._clock = clock
        self.threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="openid")
        self._lock = threading.Lock()
        self._published: tuple[_Published, datetime] | None = None
        self._away: tuple[str, datetime] | None = None
        self._keys: tuple[KeySet, datetime] | None = None

    def authorize(self) -> str:
        """Where a browser begins. Raises `Away`."""
        return self._document().authorization_endpoint

    def vouch(self, granted: Granted, *, sitting_key: str) -> Vouched:
        """Exchange the code that a browser brought back. Raises `Away`, `NotBelieved`."""
        tokens = self._exchange(granted)
        expected = Expected(
            issuer=self.chosen.issuer,
            client_id=self.chosen.client_id,
            nonce=nonce_of(granted.verifier, sitting_key),
            now=self._clock.now(),
            acr=self.chosen.acr,
        )
        claims = read_id_token(tokens.id_token, self._key, expected, access_token=tokens.access_token)
        return Vouched(login=self._login(claims), subject=claims["sub"], roles=self._roles(claims))

    def troubles(self) -> list[str]:
        """What would keep people out, as sentences; the provider is asked now."""
        try:
            self._document()
            self._fetch_keys()
        except Away as away:
            return [str(away)]
        return []

    def _login(self, claims: Mapping[str, Any]) -> str:
        login = claims.get(self.chosen.login_claim)
        if not isinstance(login, str) or not login.strip():
            raise NotBelieved("claims: login")
        if self.chosen.login_claim == "email" and claims.get("email_verified") is not True:
            raise NotBelieved("claims: e-mail not verified")
        return login.strip()

    def _roles(self, claims: Mapping[str, Any]) -> frozenset[Role] | None:
        if not self.chosen.roles:
            return None
        groups = claims.get(self.chosen.groups_claim)
        try:
            named = msgspec.convert(groups, list[str])
        except msgspec.ValidationError:
            named = []
        return frozenset(role for group, role in self.chosen.roles.items() if group in named)

    def _document(self) -> _Published:
        with self._lock:
            now = self._clock.now()
            if self._published is not None and now - self._published[1] <= KEPT:
                return self._published[0]
            if self._away is not None and now - self._away[1] <= SOONEST:
                raise Away(self._away[0])
            try:
                found = self._discover()
            except Away as away:
                self._away = (str(away), now)
                raise
            self._published = (found, now)
            return found

    def _discover(self) -> _Published:
        issuer = self.chosen.issuer
        found = read(
            ask("GET", f"{issuer.rstrip('/')}/.well-known/openid-configuration"), _published, "discovery"
        )
        if found.issuer != issuer:
            raise Away(f"The provider calls itself {found.issuer}, and `issuer` is {issuer}.")
        for address in (found.authorization_endpoint, found.token_endpoint, found.jwks_uri):
            if not is_safe_address(address):
                raise Away(f"The provider names {address}, which is neither https nor this machine.")
        return found

    def _exchange(self, granted: Granted) -> _Tokens:
        document = self._document()
        form = {
            "grant_type": "authorization_code",
            "code": granted.code,
            "redirect_uri": granted.redirect,
            "code_verifier": granted.verifier,
        }
        # RFC 6749 2.3.1: both are form-encoded before they are joined.
        basic: tuple[str, str] | None = (quote(self.chosen.client_id, ""), quote(self.chosen.secret, ""))
        if not self.chosen.secret or not _takes_basic(document):
            basic = None
            form |= {"client_id": self.chosen.client_id}
            form |= {"client_secret": self.chosen.secret} if self.chosen.secret else {}
        answer = ask("POST", document.token_endpoint, form=form, basic=basic)
        if answer.status_code in (400, 401, 403):
            raise NotBelieved(f"the code was refused: {error_of(answer.content)}")
        return read(answer, _tokens, "token")

    def _key(self, kid: str | None) -> Key | None:
        """A key by its name; one that is not known yet is looked for once more, if that was not just done."""
        if self._keys is None or self._clock.now() - self._keys[1] > KEPT:
            self._fetch_keys()
        found = self._known_key(kid)
        if found is None and self._keys is not None and self._clock.now() - self._keys[1] > SOONEST:
            self._fetch_keys()
            found = self._known_key(kid)
        return found

    def _known_key(self, kid: str | None) -> Key | None:
        keys = [] if self._keys is None else list(self._keys[0])
        if kid is None:
            return keys[0] if len(keys) == 1 else None
        return next((key for key in keys if key.kid == kid), None)

    def _fetch_keys(self) -> None:
        answer = ask("GET", self._document().jwks_uri)
        listed = read(answer, _any, "keys").get("keys")
        signing = [
            one for one in _dicts(listed) if one.get("use", "sig") == "sig" and one.get("kty") != "oct"
        ]
        try:
            self._keys = (KeySet.import_key_set({"keys": signing}), self._clock.now())
        except (JoseError, ValueError, TypeError, KeyError) as error:
            raise Away("The provider publishes no key that can be used.") from error


def _takes_basic(document: _Published) -> bool:
    offered = document.token_endpoint_auth_methods_supported
    return "client_secret_basic" in offered or "client_secret_post" not in offered


def _dicts(listed: Any) -> list[dict[str, Any]]:
    try:
        return msgspec.convert(listed, list[dict[str, Any]])
    except msgspec.ValidationError:
        return []
