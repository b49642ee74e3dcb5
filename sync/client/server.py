"""The server as a console reaches it: one HTTP line for each thread that needs one."""

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any, TypeVar

import msgspec
import requests
import urllib3

from app.domain.relatives import Compared, RelativeRole
from app.queries.doubles import Doubles, ToDecide
from app.queries.earlier_calls import EarlierCalls
from app.queries.person_search import FoundPersons
from app.queries.reports import QueueReport
from sync.client.sockets import HeldAdapter, OpenSockets
from sync.protocol import PROTOCOL_VERSION, VERSION_HEADER
from sync.protocol.messages import (
    MAX_LINE_BYTES,
    SILENCE_SECONDS,
    CommandMessage,
    CommandState,
    Credentials,
    Enrolled,
    Session,
    SnapshotEnd,
    SnapshotLine,
    WaysIn,
)

CONNECT_S = 1.5
ANSWER_S = 10
SNAPSHOT_S = 30
UPGRADE = 426
_snapshot_line = msgspec.json.Decoder(SnapshotLine).decode
T = TypeVar("T")


class _Figures(msgspec.Struct, frozen=True):
    """What a console reads of a report."""

    queues: tuple[QueueReport, ...]


_session = msgspec.json.Decoder(Session).decode
_ways_in = msgspec.json.Decoder(WaysIn).decode
_enrolled = msgspec.json.Decoder(Enrolled).decode
_found = msgspec.json.Decoder(FoundPersons).decode
_figures = msgspec.json.Decoder(_Figures).decode
_doubles = msgspec.json.Decoder(Doubles).decode
_compared = msgspec.json.Decoder(Compared).decode
_earlier = msgspec.json.Decoder(EarlierCalls).decode
_to_decide = msgspec.json.Decoder(ToDecide).decode
_states = msgspec.json.Decoder(list[CommandState]).decode
_problem = msgspec.json.Decoder(dict[str, Any]).decode


class Unreachable(Exception):  # noqa: N818 - a wire that is away is no bug
    """The server did not answer, or not as a server does."""


class Garbled(Unreachable):
    """What answered does not speak as a server of ours does."""


class Apart(Unreachable):
    """This console and the server are too many versions away from each other."""


class Expired(Exception):  # noqa: N818 - the session is to be renewed
    """The token is no longer good."""


class Barred(Exception):  # noqa: N818 - the server's answer
    """The account may no longer hold anything here."""


class SignInRefused(Exception):  # noqa: N818 - the server's answer, shown as it is
    """Wrong name or password, with `tries_left` or the `pause` the server asks; or why by `code`."""

    def __init__(
        self,
        sentence: str,
        *,
        field: str = "",
        code: str = "",
        tries_left: int | None = None,
        pause: timedelta | None = None,
    ) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field
        self.code = code
        self.tries_left = tries_left
        self.pause = pause


class _Answer(msgspec.Struct, frozen=True):
    """One whole answer, as it came over the wire."""

    status: int
    body: bytes
    retry_after: str


class Event(msgspec.Struct, frozen=True):
    """One server-sent event."""

    name: str
    body: bytes


class ServerLine:
    """Requests to one server, made by one thread; `cut` may come from any."""

    def __init__(self, address: str, *, protocol: int = PROTOCOL_VERSION) -> None:
        self._address = address.rstrip("/")
        self._sockets = OpenSockets()
        self._http = requests.Session()
        self._http.trust_env = False
        for scheme in ("http://", "https://"):
            self._http.mount(scheme, HeldAdapter(self._sockets))
        self._http.headers[VERSION_HEADER] = str(protocol)

    def cut(self) -> None:
        """End what is under way, for good."""
        self._sockets.cut()

    def close(self) -> None:
        """Let the connections go; called by the thread that uses the line, or after it."""
        self._http.close()

    def sign_in(self, credentials: Credentials) -> Session:
        """A session for a password, a code or a refresh token. Raises `SignInRefused`, `Unreachable`."""
        answer = self._call("POST", "/v1/session", body=msgspec.json.encode(credentials))
        if answer.status in (400, 401, 403, UPGRADE, 429, 502):
            raise _refused(answer)
        return _read(answer, _session)

    def ways_in(self) -> WaysIn:
        """How one may sign in there. Raises `Unreachable`."""
        return _read(self._call("GET", "/v1/session"), _ways_in)

    def enrol(self, token: str) -> str:
        """This desk's own credential, for whoever is signed in. Raises `Barred`, `Expired`, `Unreachable`."""
        return _read(self._call("POST", "/v1/desks", allowed=f"Bearer {token}"), _enrolled).credential

    def send(self, commands: Iterable[CommandMessage], credential: str) -> list[CommandState]:
        """Hand commands over, by the desk's credential. Raises `Expired`, `Unreachable`."""
        return self._hand_over(commands, allowed=f"Desk {credential}", patience=ANSWER_S)

    def ask(self, command: CommandMessage, token: str, *, patience: float) -> CommandState:
        """Have one command run now for whoever is signed in. Raises `Expired`, `Unreachable`."""
        states = self._hand_over([command], allowed=f"Bearer {token}", patience=patience)
        if [state.id for state in states] != [command.id]:
            raise Unreachable("an answer without the command")
        return states[0]

    def search(self, typed: str, token: str, *, reason: str, patience: float) -> FoundPersons:
        """Whoever answers a line of typing. Raises `Barred`, `Expired`, `Unreachable`."""
        answer = self._call(
            "GET",
            "/v1/persons",
            allowed=f"Bearer {token}",
            patience=patience,
            params={"q": typed, "reason": reason},
        )
        return _read(answer, _found)

    def figures(self, first: date, last: date, token: str, *, patience: float) -> tuple[QueueReport, ...]:
        """The telephone's figures, queue by queue. Raises `Barred`, `Expired`, `Unreachable`."""
        answer = self._call(
            "GET",
            "/v1/reports/telephone",
            allowed=f"Bearer {token}",
            patience=patience,
            params={"since": first.isoformat(), "until": last.isoformat()},
        )
        return _read(answer, _figures).queues

    def voicemail(self, contact: str, token: str, *, patience: float) -> bytes:
        """What a caller said; empty when it can't be heard. Raises `Barred`, `Expired`, `Unreachable`."""
        path = f"/v1/voicemails/{contact}"
        answer = self._call("GET", path, allowed=f"Bearer {token}", patience=patience)
        if answer.status == 404:
            return b""
        _check(answer.status)
        return answer.body

    def doubles(self, person: str, token: str, *, reason: str, patience: float) -> Doubles | None:
        """A record beside those that may be of the same human; None of who is nobody here.

        Raises `Barred`, `Expired`, `Unreachable`.
        """
        path = f"/v1/persons/{person}/doubles"
        params = {"reason": reason}
        answer = self._call("GET", path, allowed=f"Bearer {token}", patience=patience, params=params)
        return None if answer.status == 404 else _read(answer, _doubles)

    def compare_relative(
        self, person: str, full_name: str, role: RelativeRole, token: str, *, reason: str, patience: float
    ) -> Compared | None:
        """Whether somebody is close to a person, as they say; None of who is nobody here.

        Raises `Barred`, `Expired`, `Unreachable`.
        """
        path = f"/v1/persons/{person}/relatives"
        params = {"name": full_name, "role": role.value, "reason": reason}
        answer = self._call("GET", path, allowed=f"Bearer {token}", patience=patience, params=params)
        return None if answer.status == 404 else _read(answer, _compared)

    def earlier_calls(self, contact: str, token: str, *, patience: float) -> EarlierCalls | None:
        """The calls of nobody that may be of a contact's person; None of one that is not there.

        Raises `Barred`, `Expired`, `Unreachable`.
        """
        path = f"/v1/contacts/{contact}/earlier-calls"
        answer = self._call("GET", path, allowed=f"Bearer {token}", patience=patience)
        return None if answer.status == 404 else _read(answer, _earlier)

    def to_decide(self, token: str, *, patience: float) -> ToDecide:
        """What waits for whoever decides of identities. Raises `Barred`, `Expired`, `Unreachable`."""
        return _read(
            self._call("GET", "/v1/doubles", allowed=f"Bearer {token}", patience=patience), _to_decide
        )

    def _hand_over(
        self, commands: Iterable[CommandMessage], *, allowed: str, patience: float
    ) -> list[CommandState]:
        body = msgspec.json.encode({"commands": list(commands)})
        answer = self._call("POST", "/v1/commands", body=body, allowed=allowed, patience=patience)
        return _read(answer, _states)

    def snapshot(self, token: str) -> Generator[SnapshotLine]:
        """The scope line by line, `SnapshotEnd` included. Raises `Barred`, `Expired`, `Unreachable`.

        A stream that ends without its last line is `Unreachable`.
        """
        with self._streamed("/v1/snapshot", token, patience=SNAPSHOT_S) as chunks:
            is_whole = False
            for line in _lines(chunks):
                is_whole = isinstance(line, SnapshotEnd)
                yield line
        if not is_whole:
            raise Unreachable("a snapshot was cut")

    def feed(self, cursor: str, token: str, *, scope: str) -> Generator[Event]:
        """The events after a cursor, until the feed ends. Raises `Barred`, `Expired`, `Unreachable`.

        Fifteen seconds of silence end it.
        """
        asked = {"after": cursor, "scope": scope}
        with self._streamed("/v1/feed", token, patience=SILENCE_SECONDS, params=asked) as chunks:
            yield from _events(chunks)

    @contextmanager
    def _streamed(
        self, path: str, token: str, *, patience: float, params: Mapping[str, str] | None = None
    ) -> Generator[Iterator[bytes]]:
        with _reached():
            answer = self._http.get(
                self._address + path,
                params=params,
                headers={"Authorization": f"Bearer {token}", "Accept-Encoding": "identity"},
                timeout=(CONNECT_S, patience),
                stream=True,
                allow_redirects=False,
            )
            with answer:
                _check(answer.status_code)
                yield answer.raw.stream(65536)

    def _call(
        self,
        method: str,
        path: str,
        *,
        body: bytes = b"",
        allowed: str = "",
        patience: float = ANSWER_S,
        params: Mapping[str, str] | None = None,
    ) -> _Answer:
        # What is never unpacked can't swell: no encoding is asked for, and none is undone.
        headers = {"Content-Type": "application/json", "Accept-Encoding": "identity"}
        if allowed:
            headers["Authorization"] = allowed
        with _reached():
            answer = self._http.request(
                method,
                self._address + path,
                params=params,
                data=body,
                headers=headers,
                timeout=(CONNECT_S, patience),
                stream=True,
                allow_redirects=False,
            )
            with answer:
                whole = _whole(answer.raw.stream(65536))
                return _Answer(answer.status_code, whole, answer.headers.get("Retry-After", ""))


@contextmanager
def _reached() -> Generator[None]:
    try:
        yield
    except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
        raise Unreachable(type(error).__name__) from error


def _whole(chunks: Iterable[bytes]) -> bytes:
    held = bytearray()
    for chunk in chunks:
        held += chunk
        if len(held) > MAX_LINE_BYTES:
            raise Garbled("an answer without an end")
    return bytes(held)


def _check(status: int) -> None:
    if status == 401:
        raise Expired
    if status == 403:
        raise Barred
    if status == UPGRADE:
        raise Apart("versions too far apart")
    if not 200 <= status < 300:
        raise Unreachable(f"status {status}")


def understood(body: bytes, decode: Callable[[bytes], T]) -> T:
    """What a body says. Raises `Garbled` for one of another shape, however deep."""
    try:
        return decode(body)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise Garbled("an answer of another shape") from error


def _read(answer: _Answer, decode: Callable[[bytes], T]) -> T:
    _check(answer.status)
    return understood(answer.body, decode)


def _refused(answer: _Answer) -> SignInRefused:
    try:
        problem = understood(answer.body, _problem)
    except Garbled:
        problem = {}
    tries_left = problem.get("tries_left")
    return SignInRefused(
        str(problem.get("detail", "")),
        field=str(problem.get("field", "")),
        code=str(problem.get("code", "")),
        tries_left=tries_left if isinstance(tries_left, int) else None,
        pause=_pause(answer.retry_after),
    )


def _pause(seconds_raw: str) -> timedelta | None:
    is_pause = seconds_raw.isascii() and seconds_raw.isdecimal() and len(seconds_raw) < 8
    return timedelta(seconds=int(seconds_raw)) if is_pause else None


def _lines(chunks: Iterable[bytes]) -> Generator[SnapshotLine]:
    """Cut lines of JSON out of a stream. Raises `Garbled` for what is none."""
    return (understood(block, _snapshot_line) for block in _blocks(chunks, b"\n"))


def _events(chunks: Iterable[bytes]) -> Generator[Event]:
    """Cut server-sent events out of a stream, as soon as each is whole."""
    return (_event(block) for block in _blocks(chunks, b"\n\n"))


def _blocks(chunks: Iterable[bytes], mark: bytes) -> Generator[bytes]:
    """What stands before each mark; raises `Garbled` when one is longer than ever needed."""
    held = bytearray()
    for chunk in chunks:
        seen = max(len(held) - len(mark) + 1, 0)
        held += chunk
        while (end := held.find(mark, seen)) >= 0:
            block = bytes(held[:end])
            del held[: end + len(mark)]
            seen = 0
            yield block
        if len(held) > MAX_LINE_BYTES:
            raise Garbled("a line without an end")


def _event(block: bytes) -> Event:
    fields: dict[bytes, bytes] = {}
    for line in block.split(b"\n"):
        name, _, value = line.partition(b":")
        if name in fields and name:
            # Ours has each field once: between two halves of events, bytes went missing on the way.
            raise Garbled("a garbled event")
        fields[name] = value.removeprefix(b" ")
    return Event(fields.get(b"event", b"message").decode(errors="replace"), fields.get(b"data", b""))
