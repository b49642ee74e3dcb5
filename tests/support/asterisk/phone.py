"""A desk's telephone in the test's own process: it answers, holds, transfers, and obeys the exchange."""

import re
import secrets
import select
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

_LOOPBACK = "127.0.0.1"
_PATIENCE_S = 30.0
_TAG = re.compile(r";tag=([^;>\s]+)")
_VOICE = re.compile(r"^m=audio (\d+)", re.MULTILINE)
_URI = re.compile(r"<([^>]+)>")


@dataclass(frozen=True, slots=True)
class _Said:
    """One SIP message, request or response."""

    start: str
    headers: tuple[tuple[str, str], ...]

    @property
    def method(self) -> str:
        """The method it is about, for a response too."""
        return self.first("CSeq").split()[-1]

    @property
    def status(self) -> int:
        """The response's code; 0 for a request."""
        return int(self.start.split()[1]) if self.start.startswith("SIP/2.0") else 0

    def first(self, name: str) -> str:
        """The first header so named; empty when there is none."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")

    def copied(self, *names: str) -> list[str]:
        """The headers so named, as lines."""
        wanted = {name.lower() for name in names}
        return [f"{key}: {value}" for key, value in self.headers if key.lower() in wanted]


@dataclass(slots=True)
class Dialog:
    """One call of a phone: what it takes to speak in it."""

    call_id: str
    ours: str
    theirs: str
    """Our and their address with its tag, as From and To carry them."""
    target: str
    invite: _Said | None = None
    voice_port: int = 0
    is_up: bool = False
    is_over: bool = False
    is_rung: bool = False
    """Whether it rings at whom we call."""
    direction: str = "sendrecv"
    """What we said last of the voice; `sendonly` is a caller on hold."""
    turn: int = 1
    statuses: dict[str, int] = field(default_factory=dict[str, int])
    """The last final answer to each method we sent."""


class Phone:
    """One extension on a port of its own; every act returns when the exchange has answered it."""

    def __init__(
        self,
        extension: str,
        *,
        port: int,
        exchange_port: int,
        answers_after: float | None = None,
        rings_after: float = 0,
    ) -> None:
        self.extension = extension
        self.dialogs: list[Dialog] = []
        self._port = port
        self._exchange = (_LOOPBACK, exchange_port)
        self._answers_after = answers_after
        self._answers_at: dict[str, float] = {}
        self._rings_after = rings_after
        self._rings_at: dict[str, float] = {}
        self._wire = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._wire.bind((_LOOPBACK, port))
        self.heard = 0
        """How many packets of voice came."""
        self._voice = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._voice.bind((_LOOPBACK, 0))
        self._changed = threading.Condition()
        self._is_closed = False
        self._thread = threading.Thread(target=self._run, name=f"phone {extension}", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Hang up everything and let go of the port."""
        for dialog in self.dialogs:
            if dialog.is_up and not dialog.is_over:
                self._ask("BYE", dialog)
        self._is_closed = True
        self._thread.join(_PATIENCE_S)
        self._wire.close()
        self._voice.close()

    def until(self, is_so: Callable[[], bool]) -> None:
        """Wait until something is true of this phone; fail after half a minute."""
        with self._changed:
            if not self._changed.wait_for(is_so, _PATIENCE_S):
                raise AssertionError(f"The phone {self.extension} waited in vain.")

    @property
    def ringing(self) -> list[Dialog]:
        """The calls that ring here."""
        return [each for each in self.dialogs if each.invite and not each.is_up and not each.is_over]

    @property
    def talking(self) -> list[Dialog]:
        """The calls in conversation here, the oldest first."""
        return [each for each in self.dialogs if each.is_up and not each.is_over]

    def answer(self) -> Dialog:
        """Take the call that rings, or that will."""
        self.until(lambda: bool(self.ringing or self.talking))
        if not self.ringing:
            return self.talking[-1]
        dialog = self.ringing[0]
        self._take(dialog)
        return dialog

    def hold(self, dialog: Dialog | None = None) -> None:
        """Put the far end on hold."""
        self._renegotiate(dialog or self.talking[-1], "sendonly")

    def retrieve(self, dialog: Dialog | None = None) -> None:
        """Come back to it."""
        self._renegotiate(dialog or self.talking[-1], "sendrecv")

    def hang_up(self, dialog: Dialog | None = None) -> None:
        """End a conversation."""
        chosen = dialog or self.talking[-1]
        self._ask("BYE", chosen)
        chosen.is_over = True

    def dial(self, to: str) -> Dialog:
        """Call a number; returns when somebody answers."""
        dialog = self.begin_to_dial(to)
        self.until(lambda: dialog.is_up)
        return dialog

    def begin_to_dial(self, to: str) -> Dialog:
        """Call a number; returns at once."""
        tag = secrets.token_hex(4)
        target = f"sip:{to}@{_LOOPBACK}:{self._exchange[1]}"
        dialog = Dialog(
            call_id=secrets.token_hex(8),
            ours=f"<sip:{self.extension}@{_LOOPBACK}>;tag={tag}",
            theirs=f"<{target}>",
            target=target,
        )
        self.dialogs.append(dialog)
        self._ask("INVITE", dialog, body=self._media("sendrecv"))
        return dialog

    def speak(self, dialog: Dialog, *, seconds: float) -> None:
        """Say something into the line, twenty milliseconds at a time."""
        for turn in range(int(seconds * 50)):
            header = b"\x80\x08" + turn.to_bytes(2, "big") + (turn * 160).to_bytes(4, "big") + b"\0\0\0\1"
            self._voice.sendto(header + bytes(range(80)) * 2, (_LOOPBACK, dialog.voice_port))
            time.sleep(0.02)

    def transfer(self, to: str) -> None:
        """Send the caller to an extension at once, without announcing it."""
        self._refer(self.talking[0], f"<sip:{to}@{_LOOPBACK}:{self._exchange[1]}>")

    def transfer_announced(self, *, caller: Dialog, other: Dialog) -> None:
        """Join the two conversations of this phone, and leave them."""
        tags = (_tag(other.theirs), _tag(other.ours))
        replaces = f"{other.call_id}%3Bto-tag%3D{tags[0]}%3Bfrom-tag%3D{tags[1]}"
        address = _URI.findall(other.theirs)[0]
        self._refer(caller, f"<{address}?Replaces={replaces}>")

    def _refer(self, dialog: Dialog, to: str) -> None:
        self._ask("REFER", dialog, headers=[f"Refer-To: {to}", f"Referred-By: {dialog.ours.split(';')[0]}"])
        self.until(lambda: dialog.statuses.get("REFER", 0) >= 200)

    def _renegotiate(self, dialog: Dialog, direction: str) -> None:
        dialog.statuses.pop("INVITE", None)
        self._offer(dialog, direction)
        self.until(lambda: dialog.statuses.get("INVITE", 0) >= 200)

    def _offer(self, dialog: Dialog, direction: str) -> None:
        dialog.direction = direction
        self._ask("INVITE", dialog, body=self._media(direction))

    def _run(self) -> None:
        while not self._is_closed:
            readable, _, _ = select.select([self._wire, self._voice], [], [], 0.02)
            if self._voice in readable:
                self._voice.recv(2048)
                self.heard += 1
            if self._wire in readable:
                text = self._wire.recv(65_536).decode()
                if text.strip():
                    self._hear(_parsed(text))
                    self._note_voice(text)
            self._do_what_is_due()
            with self._changed:
                self._changed.notify_all()

    def _do_what_is_due(self) -> None:
        now = time.monotonic()
        for dialog in self.ringing:
            if now > self._rings_at.get(dialog.call_id, float("inf")):
                self._say_it_rings(dialog)
            if now > self._answers_at.get(dialog.call_id, float("inf")):
                self._take(dialog)

    def _note_voice(self, text: str) -> None:
        port = _VOICE.search(text)
        dialog = next((each for each in self.dialogs if each.call_id in text), None)
        if port and dialog is not None:
            dialog.voice_port = int(port[1])

    def _hear(self, said: _Said) -> None:
        dialog = next((each for each in self.dialogs if each.call_id == said.first("Call-ID")), None)
        if said.status:
            if dialog is not None:
                self._hear_answer(said, dialog)
        elif said.method == "INVITE" and dialog is None:
            self._ring(said)
        elif said.method != "ACK":
            self._obey(said, dialog)

    def _hear_answer(self, said: _Said, dialog: Dialog) -> None:
        if said.method == "INVITE" and 100 < said.status < 300:
            dialog.theirs = said.first("To")
            dialog.is_rung = True
        if said.status < 200:
            return
        if said.method == "INVITE":
            if said.status < 300:
                dialog.target = _URI.findall(said.first("Contact"))[0]
                dialog.is_up = True
            self._ask("ACK", dialog)
        dialog.statuses[said.method] = said.status

    def _ring(self, invite: _Said) -> None:
        dialog = Dialog(
            call_id=invite.first("Call-ID"),
            ours=f"{invite.first('To')};tag={secrets.token_hex(4)}",
            theirs=invite.first("From"),
            target=_URI.findall(invite.first("Contact"))[0],
            invite=invite,
        )
        if self._answers_after is not None:
            self._answers_at[dialog.call_id] = time.monotonic() + self._answers_after
        self._reply(invite, dialog, "100 Trying")
        self._rings_at[dialog.call_id] = time.monotonic() + self._rings_after
        if not self._rings_after:
            self._say_it_rings(dialog)
        self.dialogs.append(dialog)

    def _say_it_rings(self, dialog: Dialog) -> None:
        """Until a phone says so, the exchange gives it no order about the call."""
        assert dialog.invite is not None
        del self._rings_at[dialog.call_id]
        self._reply(dialog.invite, dialog, "180 Ringing")

    def _take(self, dialog: Dialog) -> None:
        assert dialog.invite is not None
        self._reply(dialog.invite, dialog, "200 OK", body=self._media("sendrecv"))
        dialog.is_up = True

    def _obey(self, said: _Said, dialog: Dialog | None) -> None:
        """What the exchange asks inside a call; an order it sends in a NOTIFY is carried out."""
        is_media = said.method in ("INVITE", "UPDATE") and dialog is not None
        self._reply(said, dialog, "200 OK", body=self._media("sendrecv") if is_media else "")
        if dialog is None:
            return
        if said.method == "CANCEL" and dialog.invite is not None:
            self._reply(dialog.invite, dialog, "487 Request Terminated")
        if said.method in ("CANCEL", "BYE"):
            dialog.is_over = True
        match said.first("Event") if said.method == "NOTIFY" else "":
            case "talk" if not dialog.is_up:
                self._take(dialog)
            case "talk":
                self._offer(dialog, "sendrecv")
            case "hold":
                self._offer(dialog, "sendonly")
            case _:
                return

    def _ask(self, method: str, dialog: Dialog, *, headers: list[str] | None = None, body: str = "") -> None:
        if method != "ACK":
            dialog.turn += 1
        lines = [
            f"{method} {dialog.target} SIP/2.0",
            f"Via: SIP/2.0/UDP {_LOOPBACK}:{self._port};branch=z9hG4bK{secrets.token_hex(6)}",
            f"From: {dialog.ours}",
            f"To: {dialog.theirs}",
            f"Call-ID: {dialog.call_id}",
            f"CSeq: {dialog.turn} {method}",
            *(headers or []),
        ]
        self._send(lines, body)

    def _reply(self, said: _Said, dialog: Dialog | None, status: str, *, body: str = "") -> None:
        to = dialog.ours if dialog is not None else said.first("To")
        copied = said.copied("Via", "From", "Call-ID", "CSeq", "Record-Route")
        self._send([f"SIP/2.0 {status}", *copied, f"To: {to}"], body)

    def _send(self, lines: list[str], body: str) -> None:
        lines += [f"Contact: <sip:{self.extension}@{_LOOPBACK}:{self._port}>", "Max-Forwards: 70"]
        lines += ["Content-Type: application/sdp"] if body else []
        lines += [f"Content-Length: {len(body)}", "", body]
        self._wire.sendto("\r\n".join(lines).encode(), self._exchange)

    def _media(self, direction: str) -> str:
        turn = time.monotonic_ns() % 1_000_000
        lines = ["v=0", f"o=phone 1 {turn} IN IP4 {_LOOPBACK}", "s=-", f"c=IN IP4 {_LOOPBACK}", "t=0 0"]
        lines += [
            f"m=audio {self._voice.getsockname()[1]} RTP/AVP 8",
            "a=rtpmap:8 PCMA/8000",
            f"a={direction}",
            "",
        ]
        return "\r\n".join(lines)


def _tag(address: str) -> str:
    return _TAG.findall(address)[0]


def _parsed(text: str) -> _Said:
    start, *lines = text.partition("\r\n\r\n")[0].split("\r\n")
    headers = [tuple(part.strip() for part in line.split(":", 1)) for line in lines if ":" in line]
    return _Said(start, tuple((name, value) for name, value in headers))
