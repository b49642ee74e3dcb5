"""Cuts the exchange's manager interface (AMI) into messages, whatever arrives on the wire."""

from collections import deque
from collections.abc import Iterable, Mapping

Message = Mapping[str, str]
"""One event or response: header to value, as received (untrusted)."""

_BLANK = b"\r\n\r\n"
_EVENT = b"Event: "
_GREETING = b"Asterisk Call Manager/"
MAX_MESSAGE = 65_536
"""The exchange's longest messages are below 4 KiB; a longer one is noise."""
_KEPT = 100


class MessageReader:
    """Bytes in, messages out; it never raises, and holds at most one unfinished message.

    `wanted` names the events that are decoded, the others are counted and dropped before
    decoding: they are most of the volume. Responses always pass.
    """

    def __init__(self, wanted: Iterable[str]) -> None:
        self.ignored = 0
        """Events that nobody asked for."""
        self.malformed = 0
        """Lines without a colon, and messages too long to be one."""
        self.malformed_raw: deque[bytes] = deque(maxlen=_KEPT)
        """The last of them, cut at 200 bytes, for whoever looks into it; never logged."""
        self._wanted = frozenset(name.encode() for name in wanted)
        self._pending = b""
        self._is_skipping = False

    @property
    def pending(self) -> int:
        """Bytes held of an unfinished message."""
        return len(self._pending)

    def feed(self, received: bytes) -> list[Message]:
        """The messages that these bytes complete, in their order."""
        *complete, self._pending = (self._pending + received).split(_BLANK)
        if complete and self._is_skipping:
            complete = complete[1:]
            self._is_skipping = False
        messages = [message for block in complete if (message := self._message(block))]
        self._bound()
        return messages

    def _message(self, block: bytes) -> Message | None:
        """The block as a message, or nothing when it is unwanted or empty."""
        if block.startswith(_EVENT):
            name = block[len(_EVENT) : block.find(b"\r\n")] if b"\r\n" in block else block[7:]
            if name not in self._wanted:
                self.ignored += 1
                return None
        if len(block) > MAX_MESSAGE:
            self._keep(block)
            return None
        return self._headers(block)

    def _headers(self, block: bytes) -> Message:
        """Header lines to a mapping; the first of two lines of one name counts."""
        headers: dict[str, str] = {}
        for line in block.split(b"\r\n"):
            name, colon, value = line.partition(b":")
            if colon:
                headers.setdefault(name.decode("utf-8", "replace"), value.strip().decode("utf-8", "replace"))
            elif line and not line.startswith(_GREETING):
                self._keep(line)
        return headers

    def _bound(self) -> None:
        """Drop an unfinished message that has grown past any real one."""
        if self._is_skipping:
            self._pending = self._pending[-3:]
        elif len(self._pending) > MAX_MESSAGE:
            self._keep(self._pending)
            self._pending = self._pending[-3:]
            self._is_skipping = True

    def _keep(self, raw: bytes) -> None:
        """Count what cannot be read, and keep its beginning."""
        self.malformed += 1
        self.malformed_raw.append(raw[:200])


def action(name: str, headers: Mapping[str, str]) -> bytes:
    """An action for the exchange; line breaks in a value cannot forge a second header."""
    lines = [f"Action: {name}"]
    lines += [f"{key}: {_one_line(value)}" for key, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def _one_line(value: str) -> str:
    """The value without anything that ends a line."""
    return value.replace("\r", " ").replace("\n", " ")
