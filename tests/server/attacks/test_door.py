"""What comes before any route: headers on every answer, and bodies, heads and clients that are bounded."""

import asyncio
import contextlib
import socket
from collections.abc import Generator
from typing import Any
from urllib.parse import urlsplit

import pytest
import uvicorn
from litestar.types import Message, Receive, Scope, Send

from sync.protocol.messages import MAX_BODY_BYTES
from sync.server.asgi import MOST_BYTES
from sync.server.bootstrap.guard import Guarded, PatientHttp
from tests.server.serving import PATIENCE_S, TOKEN, Served

EVERY_ANSWER = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
TAKING = ("/v1/session", "/v1/commands", "/v1/desks", f"/hooks/cti/{TOKEN}", "/demo/line")


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/health/live", 200),
        ("GET", "/metrics", 200),
        ("GET", "/openapi.json", 200),
        ("GET", "/v1/snapshot", 200),
        ("GET", "/v1/persons", 400),
        ("GET", "/../../etc/passwd", 404),
        ("GET", "/v1/commands", 405),
        ("POST", "/v1/session", 400),
    ],
)
def test_every_answer_says_what_a_browser_may_do_with_it(
    served: Served, method: str, path: str, status: int
) -> None:
    answer = served.call(method, path, login="c.morvan")
    assert answer.status_code == status
    assert {name: answer.headers.get(name) for name in EVERY_ANSWER} == EVERY_ANSWER
    assert "Strict-Transport-Security" not in answer.headers
    assert "server" not in answer.headers


async def _headers_of(app: Guarded) -> dict[bytes, bytes]:
    sent: list[Any] = []

    async def send(message: Message) -> None:
        sent.append(message)

    await app({"type": "http"}, _nothing, send)  # pyright: ignore[reportArgumentType] - all that it reads
    return dict(sent[0]["headers"])


async def _nothing() -> Any: ...


async def _hello(_scope: Scope, _receive: Receive, send: Send) -> None:
    headers = [(b"cache-control", b"private"), (b"content-length", b"0")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"", "more_body": False})


@pytest.mark.parametrize("is_tls", [True, False], ids=["tls", "plain"])
def test_what_is_served_by_tls_stays_so_and_a_routes_own_word_stays(*, is_tls: bool) -> None:
    headers = asyncio.run(_headers_of(Guarded(_hello, is_tls=is_tls)))
    assert (b"strict-transport-security" in headers) == is_tls
    assert headers[b"cache-control"] == b"private"


@pytest.mark.parametrize("path", TAKING)
@pytest.mark.parametrize("is_streamed", [True, False], ids=["streamed", "at once"])
def test_a_body_that_is_too_long_is_refused_before_it_is_read(
    served: Served, path: str, *, is_streamed: bool
) -> None:
    most = {"/v1/commands": MAX_BODY_BYTES, f"/hooks/cti/{TOKEN}": 64 * 1024}.get(path, MOST_BYTES)
    body = b'{"login": "' + b"x" * most + b'"}'
    kind = {"Content-Type": "application/json"}
    sent: Any = iter([body[:most], body[most:]]) if is_streamed else body
    answer = served.call("POST", path, login="c.morvan", data=sent, headers=kind)
    if path == "/v1/desks":
        # It takes no body, and reads none.
        assert answer.status_code == 200
    else:
        assert (answer.status_code, answer.json()["field"]) == (413, "body")


@pytest.mark.parametrize("path", TAKING)
@pytest.mark.parametrize("shape", [b'{"login": %s}', b'{"nothing": %s}', b"%s", b'{"commands": [%s]}'])
def test_a_body_as_deep_as_it_is_long_breaks_nothing(served: Served, path: str, shape: bytes) -> None:
    deep = shape % (b"[" * 7_000 + b"]" * 7_000)
    kind = {"Content-Type": "application/json"}
    answer = served.call("POST", path, login="c.morvan", data=deep, headers=kind)
    assert answer.status_code < 500, answer.text


@pytest.mark.parametrize(
    "path",
    [
        "/v1/reports/..%2f..%2fetc%2fpasswd",
        "/v1/persons/..%2f..%2f?reason=x",
        "/openapi.json/..%2f..%2fsecret",
    ],
)
def test_no_path_leads_out_of_the_routes(served: Served, path: str) -> None:
    answer = served.call("GET", path, login="c.morvan")
    assert answer.status_code in (400, 404)
    assert answer.headers["content-type"] == "application/problem+json"


class _Impatient(PatientHttp):
    patience_s = 0.2
    most_head_bytes = 4096


@contextlib.contextmanager
def _impatient() -> Generator[tuple[uvicorn.Server, socket.socket]]:
    config = uvicorn.Config(Guarded(_hello, is_tls=False), http=_Impatient, lifespan="off", log_config=None)
    listening = socket.create_server(("127.0.0.1", 0))
    yield uvicorn.Server(config), listening
    listening.close()


async def _said_to(sent: list[bytes]) -> bytes:
    """All that the server says to whoever sends this and then nothing more."""
    with _impatient() as (server, listening):
        serving = asyncio.create_task(server.serve([listening]))
        reader, writer = await asyncio.open_connection(*listening.getsockname())
        try:
            async with asyncio.timeout(PATIENCE_S):
                for piece in sent:
                    writer.write(piece)
                    await writer.drain()
                return await reader.read()
        finally:
            writer.close()
            server.should_exit = True
            await serving


@pytest.mark.parametrize(
    "sent",
    [
        [],
        [b"GET / HT"],
        [b"GET / HTTP/1.1\r\nHost: x\r\nX-A: b\r\n"],
        [b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nab"],
    ],
    ids=["nothing", "a line", "a head", "a body"],
)
def test_whoever_never_ends_a_request_is_let_go(sent: list[bytes]) -> None:
    answer = asyncio.run(_said_to(sent))
    assert b"200" not in answer or sent[-1].startswith(b"POST")


def test_whoever_asks_at_once_is_answered_also_when_they_linger() -> None:
    # The control: the same server, and a whole request.
    assert b"200 OK" in asyncio.run(_said_to([b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"]))


def test_a_head_without_end_is_cut(served: Served) -> None:
    port = urlsplit(served.url).port
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S) as line:
        line.sendall(b"GET /health/live HTTP/1.1\r\nX-Long: ")
        with contextlib.suppress(ConnectionError):
            for _ in range(64):
                line.sendall(b"x" * 16 * 1024)
        with contextlib.suppress(ConnectionError):
            assert line.recv(64) == b""
