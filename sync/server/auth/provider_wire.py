"""Asks an identity provider over HTTP: bounded, never sent on elsewhere, and nothing of it written down."""

import ipaddress
import ssl
from collections.abc import Callable, Mapping
from typing import Any, TypeVar
from urllib.parse import urlsplit

import msgspec
import requests
import truststore
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError

from app.logs import log

CONNECT_S, ANSWER_S = 3.05, 10
MOST_BYTES = 512 * 1024
T = TypeVar("T")


class Away(Exception):  # noqa: N818 - a provider that is away is no bug
    """The provider does not answer, or not as one; the message is for the administrator."""


class Answer(msgspec.Struct, frozen=True):
    """What came back, whatever its status."""

    status_code: int
    content: bytes


class _Trusting(HTTPAdapter):
    """Trusts what the system trusts: hospitals have authorities of their own."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        super().init_poolmanager(*args, ssl_context=context, **kwargs)


def is_safe_address(address: str) -> bool:
    """Whether what is said there cannot be overheard: https, or this very machine."""
    parts = urlsplit(address)
    if parts.username is not None or not parts.hostname:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(parts.hostname))


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def ask(
    method: str,
    address: str,
    *,
    form: Mapping[str, str] | None = None,
    basic: tuple[str, str] | None = None,
) -> Answer:
    """One request, never sent on elsewhere, its answer bounded. Raises `Away`."""
    with requests.Session() as http:
        http.trust_env = False
        http.mount("https://", _Trusting())
        try:
            with http.request(
                method,
                address,
                data=form,
                auth=basic,
                headers={"Accept": "application/json"},
                timeout=(CONNECT_S, ANSWER_S),
                allow_redirects=False,
                stream=True,
            ) as answer:
                content = answer.raw.read(MOST_BYTES + 1, decode_content=True)
        except (requests.RequestException, HTTPError, OSError) as error:
            log("auth").warning("the identity provider does not answer", error=type(error).__name__)
            raise Away(f"The provider does not answer at {address} ({type(error).__name__}).") from error
    if len(content) > MOST_BYTES:
        raise Away(f"The provider’s answer at {address} is too long.")
    return Answer(answer.status_code, content)


def read(answer: Answer, decode: Callable[[bytes], T], what: str) -> T:
    """The body as what it should be. Raises `Away`."""
    if answer.status_code != 200:
        raise Away(f"The provider answers {answer.status_code} where its {what} should be.")
    try:
        return decode(answer.content)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise Away(f"The provider’s {what} can’t be read: {error}.") from error


def error_of(content: bytes) -> str:
    """The code of OAuth, when it is one: words of the provider's are not ours to write down."""
    try:
        said = msgspec.json.decode(content, type=dict[str, Any]).get("error")
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return "unreadable"
    known = ("invalid_request", "invalid_client", "invalid_grant", "unauthorized_client", "invalid_scope")
    return said if said in known else "other"
