"""Files and messages that somebody made to break whoever reads them: read, or refused by a sentence."""

import gzip
import io
import struct
import tarfile
import tempfile
from contextlib import suppress
from datetime import UTC
from pathlib import Path

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sync.server.bootstrap.backups.archive import (
    ABOUT,
    CONNECTORS,
    DATABASE,
    About,
    NoBackup,
    digest_of,
    pack,
    unpack,
)
from sync.server.bootstrap.directory_files import ReadFile, UnreadableFile, read_directory_file
from sync.server.connectors import Malformed
from sync.server.connectors.voicemail.message import read_left, read_length
from tests.support.scene import MORNING

_few = settings(max_examples=60, derandomize=True, database=None)
_NUMBER = st.sampled_from([0, 1, 2, 8000, 2**15, 2**16 - 1])
_LONG = st.sampled_from([0, 1, 16, 8000, 2**31, 2**32 - 1])


def _chunk(name: bytes, body: bytes, told: int) -> bytes:
    return name + struct.pack("<L", told) + body


@st.composite
def _sounds(draw: st.DrawFn) -> bytes:
    """WAV files whose numbers lie, whose chunks are nested or whose end is missing."""
    form = struct.pack("<HHLLHH", 1, draw(_NUMBER), draw(_LONG), draw(_LONG), draw(_NUMBER), 16)
    fmt = _chunk(b"fmt ", form, draw(st.sampled_from([16, len(form) + 4, 2**32 - 1])))
    data = _chunk(b"data", b"\0\1" * 40, draw(st.sampled_from([80, 0, 81, 2**32 - 1])))
    other = _chunk(draw(st.sampled_from([b"LIST", b"RIFF", b"fmt "])), b"RIFF" * 4, draw(_LONG))
    parts = draw(st.permutations([fmt, data, other]))
    whole = _chunk(b"RIFF", b"WAVE" + b"".join(parts), draw(st.sampled_from([200, 4, 2**32 - 1])))
    return whole[: draw(st.integers(0, len(whole)))] if draw(st.booleans()) else whole


def _wav(*, rate: int) -> bytes:
    form = struct.pack("<HHLLHH", 1, 1, rate, rate * 2, 2, 16)
    return _chunk(b"RIFF", b"WAVE" + _chunk(b"fmt ", form, 16) + _chunk(b"data", b"\0\1" * 40, 80), 124)


@given(audio=st.one_of(_sounds(), st.binary(max_size=80)))
@example(audio=_wav(rate=0))
@_few
def test_a_sound_of_any_shape_has_a_length_or_is_refused(audio: bytes) -> None:
    with suppress(Malformed):
        assert read_length(audio).total_seconds() > 0


def test_a_sound_that_is_one_has_its_length() -> None:
    # The control: what is made above is read when it tells the truth.
    assert read_length(_wav(rate=8000)).total_seconds() == 0.005


_INI = st.sampled_from(
    [
        "[message]",
        "[",
        "origtime=1732440000",
        "origtime=99999999999",
        "callerid=<0639984101>",
        "category=1732440000.1",
    ]
)


@given(lines=st.lists(st.one_of(_INI, st.text(max_size=30)), max_size=8), mailbox=st.text(max_size=10))
@example(lines=["[message]", "origtime=99999999999"], mailbox="100")
@_few
def test_what_a_voicemail_says_of_itself_is_read_or_refused_by_its_field(
    lines: list[str], mailbox: str
) -> None:
    text = "\n".join(lines).encode("utf-8", "surrogatepass")
    with suppress(Malformed):
        assert read_left("pbx", mailbox, text).spoken_at.year < 2300


def test_a_voicemail_that_says_too_much_of_itself_is_refused_before_it_is_read() -> None:
    with pytest.raises(Malformed, match="longer"):
        read_left("pbx", "100", b"[message]\norigtime=1732440000\n" + b"a=1\n" * 100_000)


_HEADS = st.sampled_from(
    [
        "type;nom;poste",
        "specialite;nom;debut;fin",
        "service;horaires",
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261124T080000Z\nDTEND:20261124T180000Z",
    ]
)
_CELLS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        [
            "RRULE:FREQ=SECONDLY;COUNT=999999999",
            "DTSTART;TZID=Nowhere/Land:99991231T235959",
            "DTEND:00010101T000000Z",
            "DURATION:P99999999999999W",
            "RDATE:" + ",".join(["20261124T080000Z"] * 200),
            "SUMMARY:" + "x" * 5000,
            "END:VEVENT",
            "END:VCALENDAR",
            '"',
            ";" * 500,
            "9999-12-31T23:59",
            "0001-01-01T00:00+14:00",
        ]
    ),
)


def _read_file(content: bytes) -> ReadFile | None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file.csv"
        path.write_bytes(content)
        try:
            return read_directory_file(path, services={"Imagerie": "imagerie"}, zone=UTC)
        except UnreadableFile:
            return None


@given(head=_HEADS, cells=st.lists(_CELLS, max_size=8), glue=st.sampled_from([";", "\n", "\n;"]))
@_few
def test_a_file_of_any_shape_is_imported_or_refused_line_by_line(
    head: str, cells: list[str], glue: str
) -> None:
    _read_file((head + "\n" + glue.join(cells)).encode("utf-8", "surrogatepass"))


def test_a_cell_longer_than_any_is_refused_by_a_sentence() -> None:
    assert _read_file(b"type;nom;poste\n" + b"x" * 140_000) is None


@given(content=st.binary(max_size=300))
@_few
def test_a_file_of_any_bytes_is_refused_by_a_sentence(content: bytes) -> None:
    _read_file(content)


def _about(digest: str = "0" * 64) -> About:
    return About(made_at=MORNING, database="sqlite", revision="1", houses=(), digest=digest)


def _packed(*members: tuple[tarfile.TarInfo, bytes]) -> bytes:
    out = io.BytesIO()
    with (
        gzip.GzipFile(fileobj=out, mode="wb", mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w|") as tar,
    ):
        about = tarfile.TarInfo(ABOUT)
        said = msgspec.json.encode(_about())
        about.size = len(said)
        tar.addfile(about, io.BytesIO(said))
        for member, content in members:
            tar.addfile(member, io.BytesIO(content))
    return out.getvalue()


def _member(
    name: str, content: bytes = b"", *, kind: bytes = tarfile.REGTYPE, to: str = ""
) -> tuple[tarfile.TarInfo, bytes]:
    member = tarfile.TarInfo(name)
    member.size, member.type, member.linkname = len(content), kind, to
    return member, content


HOSTILE = {
    "a path out": (_member("../outside", b"x"),),
    "a path from the root": (_member("/outside-of-it", b"x"),),
    "a link to a file": (_member(DATABASE, kind=tarfile.SYMTYPE, to="/etc/passwd"),),
    "a hard link": (_member(CONNECTORS, kind=tarfile.LNKTYPE, to="../outside"),),
    "a device": (_member(DATABASE, kind=tarfile.CHRTYPE),),
    "a directory": (_member(DATABASE, kind=tarfile.DIRTYPE),),
    "what it says, twice": (_member(ABOUT, b"{}"),),
    "another database": (_member(DATABASE, b"not what was saved"),),
    "two databases": (_member(DATABASE, b"one"), _member(DATABASE, b"two")),
    "no database": (),
}


@pytest.mark.parametrize("members", HOSTILE.values(), ids=HOSTILE)
def test_an_archive_lays_nothing_but_its_two_files_where_it_is_told(
    members: tuple[tuple[tarfile.TarInfo, bytes], ...], tmp_path: Path
) -> None:
    folder = tmp_path / "inside"
    folder.mkdir()
    with pytest.raises(NoBackup):
        unpack(io.BytesIO(_packed(*members)), folder, lambda _about: None)
    assert {each.name for each in tmp_path.rglob("*")} <= {"inside", DATABASE, CONNECTORS}
    assert not any(each.is_symlink() for each in folder.iterdir())


@given(at=st.integers(0, 2000), by=st.integers(1, 255), cut=st.booleans())
@_few
def test_an_archive_with_any_byte_changed_or_cut_is_refused_or_the_same(at: int, by: int, cut: bool) -> None:  # noqa: FBT001
    with tempfile.TemporaryDirectory() as home:
        saved = Path(home) / "saved"
        saved.write_bytes(bytes(range(256)) * 8)
        out, folder = io.BytesIO(), Path(home) / "inside"
        folder.mkdir()
        pack(out, _about(digest_of(saved)), {DATABASE: saved})
        raw = bytearray(out.getvalue())
        place = at % len(raw)
        spoilt = (
            bytes(raw[:place])
            if cut
            else bytes(raw[:place]) + bytes([raw[place] ^ by]) + bytes(raw[place + 1 :])
        )
        try:
            unpack(io.BytesIO(spoilt), folder, lambda _about: None)
        except NoBackup:
            return
        assert (folder / DATABASE).read_bytes() == saved.read_bytes()
