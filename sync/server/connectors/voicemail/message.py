"""Reads a message that an Asterisk's voicemail kept, from the two files it wrote.

The text file is an INI section `[message]`; `origtime` is when the caller began to speak, `msg_id` names the
message for ever. `category` is whatever the dial plan put in VM_CATEGORY: the call's Linkedid, which begins
with the second when the call came.
"""

import configparser
import io
import re
import wave
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from app.domain.ids import Id, derived_id
from sync.server.connectors import Malformed

_SECTION = "message"
_CALLER = re.compile(r"<([^<>]*)>\s*$")
_LINKEDID = re.compile(r"([0-9]{9,10})\.[0-9]+", re.ASCII)
_EPOCH = re.compile(r"[0-9]{9,10}", re.ASCII)
_LONGEST = 200
_LONGEST_TEXT = 64 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftMessage:
    """What was left; `message` is its name, `mailbox` as voicemail.conf writes it (`100@default`)."""

    message: Id
    mailbox: str
    number_raw: str
    spoken_at: datetime
    began_at: datetime | None


def read_left(line: str, mailbox: str, text_raw: bytes) -> LeftMessage:
    """What the text file says, or `Malformed`."""
    said = _section(text_raw)
    spoken_raw = said.get("origtime", "")
    if not _EPOCH.fullmatch(spoken_raw):
        raise Malformed("origtime", "`origtime` is not the seconds since 1970")
    name = said.get("msg_id", "") or "\n".join(f"{key}={value}" for key, value in sorted(said.items()))
    began = _LINKEDID.fullmatch(said.get("category", ""))
    return LeftMessage(
        message=derived_id("voicemail", line, mailbox, name),
        mailbox=mailbox,
        number_raw=_number(said.get("callerid", "")),
        spoken_at=datetime.fromtimestamp(int(spoken_raw), UTC),
        began_at=datetime.fromtimestamp(int(began[1]), UTC) if began else None,
    )


def read_length(audio: bytes) -> timedelta:
    """How long it lasts, or `Malformed` for what is not sound that every desk plays."""
    try:
        with wave.open(io.BytesIO(audio)) as sound:
            frames, rate, width = sound.getnframes(), sound.getframerate(), sound.getsampwidth()
            held = len(sound.readframes(frames))
    except (wave.Error, EOFError, RuntimeError) as error:
        raise _unplayable() from error
    if not held or not rate or width != _PCM_BYTES:
        raise _unplayable()
    return timedelta(seconds=held / (rate * width * sound.getnchannels()))


_PCM_BYTES = 2


def _unplayable() -> Malformed:
    return Malformed("audio", "`audio` is not a WAV file of 16 bits PCM: voicemail.conf needs `format = wav`")


def _section(text_raw: bytes) -> dict[str, str]:
    if len(text_raw) > _LONGEST_TEXT:
        raise Malformed("message", f"`message` is longer than {_LONGEST_TEXT} bytes")
    text = text_raw.decode("utf-8", "replace").replace("\0", "")
    reader = configparser.RawConfigParser(strict=False, comment_prefixes=(";",), empty_lines_in_values=False)
    try:
        reader.read_string(text)
        return dict(reader.items(_SECTION))
    except configparser.Error as error:
        raise Malformed("message", f"`message` has no section [{_SECTION}] as Asterisk writes it") from error


def _number(caller_raw: str) -> str:
    """Of `"Name" <number>` the number alone."""
    named = _CALLER.search(caller_raw)
    return (named[1] if named else caller_raw).strip()[:_LONGEST]
