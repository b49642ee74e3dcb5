# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownParameterType=false, reportMissingParameterType=false
# pyright: reportIncompatibleVariableOverride=false, reportAttributeAccessIssue=false, reportReturnType=false
# pyright: reportUnknownLambdaType=false, reportUntypedBaseClass=false, reportMissingTypeArgument=false, reportIncompatibleMethodOverride=false
"""A real OpenID provider on loopback, served by Authlib: it refuses what a hospital's would refuse."""

import base64
import hashlib
import html
import json
import re
import secrets
import threading
import time
from collections.abc import Callable
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from typing import Any, ClassVar
from urllib.parse import parse_qsl, urlencode, urlsplit

import requests
from authlib.oauth2.rfc6749 import (
    AuthorizationServer,
    ClientMixin,
    InvalidRequestError,
    JsonRequest,
    OAuth2Request,
    grants,
)
from authlib.oauth2.rfc6749.requests import BasicOAuth2Payload
from authlib.oauth2.rfc6750 import BearerTokenGenerator
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oauth2.rfc9207 import IssuerParameter
from authlib.oidc.core import AuthorizationCodeMixin, OpenIDCode, UserInfo
from joserfc import jws, jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "filrouge", "un secret: d’essai & rien d’autre"
PASSWORD = "le mot de passe du domaine"
CODE_LIFE_S = 60
PATIENCE_S = 20
LOOPBACK = re.compile(r"http://127\.0\.0\.1:\d+/")
Forge = Callable[["Identity", dict[str, Any]], str]


class _Reply:
    def __init__(self, status: int, body: str, headers: dict[str, str]) -> None:
        self.status, self.body, self.headers = status, body, headers
        self.location = headers.get("Location", "")


class _Request(OAuth2Request):
    """A request as Authlib reads it; TLS is said to end before us, as behind a proxy."""

    def __init__(self, method: str, path: str, headers: dict[str, str], fields: dict[str, str]) -> None:
        super().__init__(method, f"https://provider.example{path}", headers=headers)
        self.payload = BasicOAuth2Payload(fields)
        self._fields = fields

    @property
    def form(self) -> dict[str, str]:
        return self._fields

    @property
    def args(self) -> dict[str, str]:
        return self._fields


class _Client(ClientMixin):
    id_token_signed_response_alg = "RS256"

    def get_client_id(self) -> str:
        return CLIENT

    def get_default_redirect_uri(self) -> None:
        return None

    def get_allowed_scope(self, scope: str) -> str:
        return " ".join(one for one in scope.split() if one in ("openid", "profile", "email"))

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return LOOPBACK.fullmatch(redirect_uri) is not None

    def check_client_secret(self, client_secret: str) -> bool:
        return secrets.compare_digest(client_secret.encode(), SECRET.encode())

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return method == "client_secret_basic"

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type == "authorization_code"


class _Code(AuthorizationCodeMixin):
    def __init__(self, request: Any, login: str) -> None:
        told = request.payload.data
        self.redirect_uri, self.scope, self.login = told["redirect_uri"], request.scope, login
        self.nonce = told.get("nonce", "")
        self.code_challenge, self.code_challenge_method = told["code_challenge"], "S256"
        self.made_at = time.time()

    def get_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_scope(self) -> str:
        return self.scope

    def get_nonce(self) -> str:
        return self.nonce

    def get_auth_time(self) -> int:
        return int(self.made_at)

    def get_acr(self) -> str:
        return "mot de passe"


class _ByCode(grants.AuthorizationCodeGrant):
    TOKEN_ENDPOINT_AUTH_METHODS: ClassVar[list[str]] = ["client_secret_basic"]

    def save_authorization_code(self, code: str, request: Any) -> None:
        self.server.codes[code] = _Code(request, request.user)

    def query_authorization_code(self, code: str, client: Any) -> Any:
        found = self.server.codes.get(code)
        return found if found is not None and time.time() - found.made_at < CODE_LIFE_S else None

    def delete_authorization_code(self, authorization_code: Any) -> None:
        for code in [key for key, one in self.server.codes.items() if one is authorization_code]:
            del self.server.codes[code]

    def authenticate_user(self, authorization_code: Any) -> str:
        return authorization_code.login


class _S256(CodeChallenge):
    SUPPORTED_CODE_CHALLENGE_METHOD: ClassVar[list[str]] = ["S256"]

    def validate_code_challenge(self, grant: Any, redirect_uri: str) -> None:
        if grant.request.payload.data.get("code_challenge_method") != "S256":
            raise InvalidRequestError("S256 is required.")
        super().validate_code_challenge(grant, redirect_uri)


class _IdToken(OpenIDCode):
    def __init__(self, identity: "Identity") -> None:
        super().__init__(require_nonce=True)
        self._identity = identity

    def exists_nonce(self, nonce: str, request: Any) -> bool:
        is_used = nonce in self._identity.nonces
        self._identity.nonces.add(nonce)
        return is_used

    def get_client_claims(self, client: Any) -> dict[str, Any]:
        return {"iss": self._identity.issuer, "aud": [CLIENT]}

    def get_encode_header(self, client: Any) -> dict[str, str]:
        return {"alg": "RS256", "kid": str(self._identity.key.kid)}

    def resolve_client_private_key(self, client: Any) -> RSAKey:
        return self._identity.key

    def generate_user_info(self, user: str, scope: str) -> UserInfo:
        return UserInfo(**self._identity.persons[user])

    def encode_id_token(self, token: dict[str, Any], request: Any) -> str:
        honest = super().encode_id_token(token, request)
        if self._identity.forge is None:
            return honest
        claims = json.loads(jws.extract_compact(honest.encode()).payload)
        return self._identity.forge(self._identity, claims)


class _Issuer(IssuerParameter):
    def __init__(self, identity: "Identity") -> None:
        self._identity = identity

    def get_issuer(self) -> str:
        return self._identity.issuer


class _Authority(AuthorizationServer):
    def __init__(self, identity: "Identity") -> None:
        super().__init__(scopes_supported=["openid", "profile", "email"])
        self.codes: dict[str, _Code] = {}
        self.register_token_generator("default", BearerTokenGenerator(lambda **_: secrets.token_urlsafe(24)))
        self.register_grant(_ByCode, [_IdToken(identity), _S256(required=True)])
        _Issuer(identity)(self)

    def query_client(self, client_id: str) -> _Client | None:
        return _Client() if client_id == CLIENT else None

    def save_token(self, token: Any, request: Any) -> None:
        """Nothing here is opened by the access token."""

    def send_signal(self, name: str, *args: Any, **kwargs: Any) -> None:
        """Nobody listens."""

    def create_oauth2_request(self, request: _Request) -> _Request:
        return request

    def create_json_request(self, request: Any) -> JsonRequest:
        raise NotImplementedError

    def handle_response(self, status: int, body: Any, headers: Any) -> _Reply:
        said = body if isinstance(body, str) else json.dumps(body)
        return _Reply(status, said, dict(headers))


class Identity:
    """The provider while it runs: `persons` by login with their claims; `forge` makes it lie.

    `rotate` gives it another signing key. `asked` are the paths that were asked of it.
    """

    def __init__(self, *, calls_itself: str = "") -> None:
        self.key = key_of(0)
        self._rotations = count(1)
        self.nonces: set[str] = set()
        self.forge: Forge | None = None
        self.persons: dict[str, dict[str, Any]] = {}
        self.asked: list[str] = []
        self.is_away = False
        self._authority = _Authority(self)
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), _pages_of(self))
        self.url = f"http://127.0.0.1:{self._http.server_address[1]}/realms/essai"
        self.issuer = calls_itself or self.url
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()

    @property
    def section(self) -> str:
        """What an administrator writes in connectors.toml."""
        return (
            f'[openid]\nname = "Compte de l’hôpital"\nissuer = "{self.url}"\n'
            f'client_id = "{CLIENT}"\nsecret = "{SECRET}"\n'
        )

    def know(self, login: str, **claims: Any) -> None:
        """Somebody has an account there."""
        self.persons[login] = {"sub": f"sub-{login}", "preferred_username": login, **claims}

    def rotate(self) -> None:
        """Sign with another key from now on; the one before is no longer published."""
        self.key = key_of(next(self._rotations))

    def close(self) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def answer(self, method: str, path: str, headers: dict[str, str], fields: dict[str, str]) -> _Reply:
        self.asked.append(path)
        if self.is_away:
            return _Reply(503, "", {})
        match path.removeprefix("/realms/essai"):
            case "/.well-known/openid-configuration":
                return _as_json(self._document())
            case "/keys":
                return _as_json({"keys": [self.key.as_dict(private=False, use="sig", alg="RS256")]})
            case "/authorize":
                return self._authorize(method, path, headers, fields)
            case "/token":
                return self._authority.create_token_response(_Request(method, path, headers, fields))
            case _:
                return _Reply(404, "", {})

    def _document(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/keys",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
            "code_challenge_methods_supported": ["S256"],
            "authorization_response_iss_parameter_supported": True,
        }

    def _authorize(self, method: str, path: str, headers: dict[str, str], fields: dict[str, str]) -> _Reply:
        login, password = fields.pop("username", ""), fields.pop("password", "")
        if method == "GET" or password != PASSWORD or login not in self.persons:
            return _login_form(fields)
        request = _Request("GET", path, headers, fields)
        grant = self._authority.get_authorization_grant(request)
        return self._authority.create_authorization_response(request, grant_user=login, grant=grant)


def question(authorize: str, *, verifier: str, nonce: str, redirect: str, **other: str) -> str:
    """Where a console sends the browser of whoever signs in."""
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    asked = {
        "response_type": "code",
        "client_id": CLIENT,
        "scope": "openid profile",
        "redirect_uri": redirect,
        "state": "an unguessable state",
        "nonce": nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    return f"{authorize}?{urlencode(asked | other)}"


def walk(address: str, login: str, *, password: str = PASSWORD) -> str:
    """What a person does in a browser: the form, then where the provider sends the browser back."""
    form = requests.get(address, timeout=PATIENCE_S)
    assert form.status_code == 200, form.text
    hidden = re.findall(r'name="([^"]+)" value="([^"]*)"', form.text)
    fields = {name: html.unescape(value) for name, value in hidden}
    typed = fields | {"username": login, "password": password}
    answer = requests.post(address.partition("?")[0], data=typed, timeout=PATIENCE_S, allow_redirects=False)
    assert answer.status_code == 302, answer.text
    return answer.headers["Location"]


def brought_back(location: str) -> dict[str, str]:
    """What a redirection says to whom it leads."""
    return dict(parse_qsl(urlsplit(location).query))


def signed(key: Any, claims: dict[str, Any], **header: str) -> str:
    """Claims as a token of a key, as somebody who has it would make it."""
    said = {"alg": "RS256", "kid": str(key.kid)} | header
    return jwt.encode(said, claims, key, [said["alg"]])


@cache
def key_of(_number: int) -> RSAKey:
    """A signing key, made once a run: they take long to find."""
    return RSAKey.generate_key(2048, auto_kid=True)


def _as_json(said: dict[str, Any]) -> _Reply:
    return _Reply(200, json.dumps(said), {"Content-Type": "application/json"})


def _login_form(fields: dict[str, str]) -> _Reply:
    hidden = "".join(
        f'<input type="hidden" name="{html.escape(name)}" value="{html.escape(value)}">'
        for name, value in fields.items()
    )
    return _Reply(200, f"<form method=post>{hidden}</form>", {"Content-Type": "text/html; charset=utf-8"})


def _pages_of(identity: Identity) -> type[BaseHTTPRequestHandler]:
    class Pages(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer("GET", urlsplit(self.path).query)

        def do_POST(self) -> None:
            self._answer("POST", self.rfile.read(int(self.headers["Content-Length"])).decode())

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            """Say nothing."""

        def _answer(self, method: str, fields_raw: str) -> None:
            fields = dict(parse_qsl(fields_raw))
            reply = identity.answer(method, urlsplit(self.path).path, dict(self.headers), fields)
            body = reply.body.encode()
            self.send_response(reply.status)
            for name, value in (reply.headers | {"Content-Length": str(len(body))}).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

    return Pages
