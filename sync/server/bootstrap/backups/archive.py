"""The file of a backup: what it says of itself, the database, and the outside lines' settings."""

import gzip
import hashlib
import os
import shutil
import tarfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Literal

import msgspec

FORMAT = 1
ABOUT, DATABASE, CONNECTORS = "about.json", "database", "connectors.toml"
_PRIVATE = 0o600
_MOST_ABOUT_BYTES = 1_000_000
_MOST_CONNECTORS_BYTES = 1_000_000
_MOST_END_BYTES = 1 << 20
"""After its last file an archive fills its last record, of ten thousand bytes."""
_LONGEST_NAME = 40
SPARE_BYTES = 256 << 20
"""Left on a disk for what else lives on it: nothing that would take it is unpacked."""
_FAST = 1
_CHUNK = 1 << 20


class NoBackup(Exception):  # noqa: N818 - it is a sentence for standard error
    """The file can't be used as a backup; the message says why."""


class SavedHouse(msgspec.Struct, frozen=True):
    """Where an establishment's journal stood."""

    establishment: str
    position: int
    hash: str


class About(msgspec.Struct, frozen=True, kw_only=True):
    """What a backup says of itself; `digest` is the SHA-256 of its database."""

    made_at: datetime
    database: Literal["sqlite", "postgresql"]
    revision: str
    houses: tuple[SavedHouse, ...]
    digest: str
    format: int = FORMAT


class _Inside:
    """What a member holds: so many bytes of the archive, and no more."""

    def __init__(self, packed: gzip.GzipFile, size: int) -> None:
        self._packed, self._left = packed, size

    def read(self, size: int) -> bytes:
        """At most so many bytes, none at its end. Raises `EOFError` when the archive ends before."""
        piece = self._packed.read(min(size, self._left))
        if self._left and not piece:
            raise EOFError
        self._left -= len(piece)
        return piece


_FILES = (tarfile.REGTYPE, tarfile.AREGTYPE)


def _members(packed: gzip.GzipFile) -> Iterator[tuple[tarfile.TarInfo, _Inside]]:
    """The members of a backup, each read by its own 512 bytes, which name a file and its size.

    What else a tar may hold says how to read what follows: names and attributes of any length, files with
    holes, links. `tarfile` would follow it before it is asked, each version in its own way: it is refused.
    """
    while any(block := packed.read(tarfile.BLOCKSIZE)):
        member = tarfile.TarInfo.frombuf(block, "ascii", "surrogateescape")
        if member.type not in _FILES or member.size < 0:
            raise _no_place(member)
        inside = _Inside(packed, member.size)
        yield member, inside
        while inside.read(_CHUNK):
            """What nobody asked for is passed over."""
        packed.read(-member.size % tarfile.BLOCKSIZE)
    if len(block) != tarfile.BLOCKSIZE:
        raise EOFError


def digest_of(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def pack(target: BinaryIO, about: About, members: Mapping[str, Path]) -> None:
    """Write a backup; what it says of itself comes first."""
    with (
        gzip.GzipFile(fileobj=target, mode="wb", compresslevel=_FAST, mtime=0) as packed,
        # Its numbers fit the 512 bytes of a member, whatever the size.
        tarfile.open(fileobj=packed, mode="w|", format=tarfile.GNU_FORMAT) as tar,
    ):
        described = members[DATABASE].with_name(ABOUT)
        described.write_bytes(msgspec.json.encode(about))
        for name, path in {ABOUT: described, **members}.items():
            with path.open("rb") as file:
                member = tarfile.TarInfo(name)
                member.size, member.mode = path.stat().st_size, _PRIVATE
                tar.addfile(member, file)


def unpack(source: BinaryIO, folder: Path, check: Callable[[About], None]) -> About:
    """Lay a backup's files in a folder of its own; `check` hears what it says of itself before the rest.

    Raises `NoBackup` when it is none, is not whole, or would take the disk of that folder.
    """

    def lay(member: tarfile.TarInfo) -> BinaryIO:
        if member.size > shutil.disk_usage(folder).free - SPARE_BYTES:
            raise NoBackup(f"There is no room here for the {member.size >> 20} MiB of this backup.")
        return os.fdopen(_create(folder / member.name), "wb")

    return _read(source, lay, check)


def read_through(source: BinaryIO) -> About:
    """Read a backup to its end and keep nothing of it. Raises `NoBackup`."""
    return _read(source, lambda _member: Path(os.devnull).open("wb"), lambda _about: None)


_Lay = Callable[[tarfile.TarInfo], BinaryIO]


def _read(source: BinaryIO, lay: _Lay, check: Callable[[About], None]) -> About:
    try:
        with gzip.GzipFile(fileobj=source) as packed:
            members = _members(packed)
            about = _read_about(*next(members, (None, None)))
            check(about)
            digests: dict[str, str] = {}
            for member, inside in members:
                if member.name in digests:
                    raise NoBackup(f"`{_shown(member.name)}` is twice in this backup.")
                digests[member.name] = _lay(member, inside, lay)
            # Its own sum is checked at its very end.
            if len(packed.read(_MOST_END_BYTES)) == _MOST_END_BYTES:
                raise NoBackup("This backup goes on after its end.")
    except (EOFError, gzip.BadGzipFile, tarfile.TarError, zlib.error) as error:
        raise NoBackup("This file is no backup of Filrouge, or is not whole.") from error
    if digests.get(DATABASE) != about.digest:
        raise NoBackup("The database of this backup is not what was saved.")
    return about


def _lay(member: tarfile.TarInfo, inside: _Inside, lay: _Lay) -> str:
    is_too_long = member.name == CONNECTORS and member.size > _MOST_CONNECTORS_BYTES
    if member.name not in (DATABASE, CONNECTORS) or is_too_long:
        raise _no_place(member)
    digest = hashlib.sha256()
    with lay(member) as file:
        while piece := inside.read(_CHUNK):
            digest.update(piece)
            file.write(piece)
    return digest.hexdigest()


def _no_place(member: tarfile.TarInfo) -> NoBackup:
    return NoBackup(f"`{_shown(member.name)}` has no place in a backup.")


def _shown(word: str) -> str:
    """A word of somebody's file, as a terminal may show it: its beginning, and no order to that terminal."""
    return ascii(word)[1:-1][:_LONGEST_NAME]


def _read_about(first: tarfile.TarInfo | None, inside: _Inside | None) -> About:
    if first is None or inside is None or first.name != ABOUT:
        raise NoBackup("This file is no backup of Filrouge.")
    raw = inside.read(_MOST_ABOUT_BYTES)
    try:
        if (made := msgspec.json.decode(raw, type=_Format).format) != FORMAT:
            raise NoBackup(f"This backup was made by a newer version (format {made}).")
        about = msgspec.json.decode(raw, type=About)
        return msgspec.structs.replace(about, revision=_shown(about.revision))
    except (msgspec.DecodeError, RecursionError) as error:
        raise NoBackup("What this backup says of itself can't be read.") from error


class _Format(msgspec.Struct):
    format: int


def _create(path: Path) -> int:
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE)
