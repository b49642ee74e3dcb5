"""A sign-in in the system's browser (RFC 8252): this desk waits on loopback for where it is sent back."""

import hmac
import html
import secrets
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from socketserver import TCPServer
from urllib.parse import parse_qs, urlencode, urlsplit

from sync.client.server import SignInRefused
from sync.protocol.messages import Granted, OpenIdWay
from sync.protocol.openid import VERIFIER_BYTES, challenge_of, nonce_of
from sync.protocol.signing import SittingKey

PATIENCE_S = 300.0
"""How long somebody may take at the provider: a forgotten card, a second factor."""
BEAT_S = 0.2
ONE_REQUEST_S = 5.0
LONGEST_CODE = 4096


class AtProvider:
    """One sign-in under way: a browser opens `address`, `wait` answers what it brought back, once.

    The code alone is worth nothing: its `verifier` never left here, and the provider signs for `key`.
    """

    def __init__(self, way: OpenIdWay, *, page: str) -> None:
        self.key = SittingKey()
        self._way, self._page = way, page
        self._verifier = secrets.token_urlsafe(VERIFIER_BYTES)
        self._state = secrets.token_urlsafe(32)
        self._query: dict[str, str] | None = None
        self._cancelled = ""
        self._listening = _Listening(self)
        self._redirect = f"http://127.0.0.1:{self._listening.server_address[1]}/"

    @property
    def address(self) -> str:
        """Where the system's browser is to go."""
        asked = {
            "response_type": "code",
            "client_id": self._way.client_id,
            "scope": self._way.scope,
            "redirect_uri": self._redirect,
            "state": self._state,
            "nonce": nonce_of(self._verifier, self.key.public),
            "code_challenge": challenge_of(self._verifier),
            "code_challenge_method": "S256",
        }
        asked |= {"acr_values": self._way.acr} if self._way.acr else {}
        joint = "&" if urlsplit(self._way.authorize).query else "?"
        return f"{self._way.authorize}{joint}{urlencode(asked)}"

    def wait(self, patience_s: float = PATIENCE_S) -> Granted:
        """What the browser brought back; nothing listens any more afterwards. Raises `SignInRefused`."""
        until = time.monotonic() + patience_s
        try:
            while self._query is None and not self._cancelled and time.monotonic() < until:
                self._listening.handle_request()
        finally:
            self._listening.server_close()
        return self._granted()

    def cancel(self, *, because: str = "cancelled") -> None:
        """Nobody waits any more; from any thread."""
        self._cancelled = self._cancelled or because

    def take(self, query_raw: str) -> bool:
        """What a browser says when it comes; False when it does not come from this sign-in."""
        query = {name: values[0] for name, values in parse_qs(query_raw).items() if len(values) == 1}
        is_ours = hmac.compare_digest(query.get("state", "").encode(), self._state.encode())
        if not is_ours or self._query is not None:
            return False
        self._query = query
        return True

    @property
    def page(self) -> str:
        """What whoever signed in reads in the browser."""
        return self._page

    def _granted(self) -> Granted:
        if self._query is None:
            raise SignInRefused("", code=self._cancelled or "too_long")
        # Two providers must not be taken for each other (RFC 9207): one that names itself is the one asked.
        if self._query.get("iss", self._way.issuer) != self._way.issuer:
            raise SignInRefused("", code="other_provider")
        code = self._query.get("code", "")
        if not 0 < len(code) <= LONGEST_CODE:
            raise SignInRefused("", code="not_granted")
        return Granted(code=code, verifier=self._verifier, redirect=self._redirect)


class _Listening(HTTPServer):
    """On loopback alone, on a port of its own; one request after the other, each bounded."""

    timeout = BEAT_S
    allow_reuse_address = False

    def __init__(self, attempt: AtProvider) -> None:
        self.attempt = attempt
        super().__init__(("127.0.0.1", 0), _Page)

    def server_bind(self) -> None:
        """Without the name of this machine, which may take seconds to find."""
        TCPServer.server_bind(self)

    def handle_error(self, request: object, client_address: object) -> None:
        """Who leaves before the end breaks nothing, and nothing of it is written down."""
        del request, client_address


class _Page(BaseHTTPRequestHandler):
    timeout = ONE_REQUEST_S
    server: _Listening  # pyright: ignore[reportIncompatibleVariableOverride] - the only one it serves

    def do_GET(self) -> None:
        path, _, query_raw = self.path.partition("?")
        if path == "/" and self.server.attempt.take(query_raw):
            self._say(200, self.server.attempt.page)
        else:
            self._say(404, "")

    def version_string(self) -> str:
        return "Filrouge"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name that http.server has
        """The code is in what would be written."""

    def _say(self, status: int, words: str) -> None:
        body = f"<!doctype html><meta charset=utf-8><title>Filrouge</title><p>{html.escape(words)}</p>"
        said = body.encode()
        self.send_response(status)
        for name, value in {
            "Content-Type": "text/html; charset=utf-8",
            "Content-Length": str(len(said)),
            "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
            "Referrer-Policy": "no-referrer",
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
            "Connection": "close",
        }.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(said)
