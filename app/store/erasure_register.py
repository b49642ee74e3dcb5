"""Remembers outside the database who was erased: a restored backup would bring them back."""

import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import msgspec
import sqlalchemy as sa

from app.domain.words import ErasureGround
from app.store import journal
from app.store.prepared import Prepared, in_slots, slots
from app.store.tables import person

_encode = msgspec.json.Encoder().encode


class Erased(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who was forgotten: an identifier and nothing else of the person."""

    establishment: str
    person: str
    ground: ErasureGround
    erased_at: datetime


_decode = msgspec.json.Decoder(Erased).decode


class ErasureRegister:
    """A file of one line an erasure, only ever added to; it goes with no backup."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self, establishment: str) -> dict[str, Erased]:
        """The erasures of an establishment, by person; a line that was cut short is none."""
        if not self._path.exists():
            return {}
        lines = filter(None, map(_read_line, self._path.read_bytes().splitlines()))
        return {one.person: one for one in lines if one.establishment == establishment}

    def add(self, erasures: Iterable[Erased]) -> None:
        """Keep those not kept yet; on the disk when this returns."""
        wanted = list(erasures)
        kept = {name: self.read(name) for name in {one.establishment for one in wanted}}
        if missing := [one for one in wanted if one.person not in kept[one.establishment]]:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            opened = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            with os.fdopen(opened, "wb") as file:
                # Begins a line of its own, whatever a power cut left of the one before.
                file.write(b"".join(b"\n" + _encode(one) for one in missing) + b"\n")
                file.flush()
                os.fsync(file.fileno())


def _read_line(line: bytes) -> Erased | None:
    try:
        return _decode(line)
    except msgspec.DecodeError:
        return None


def declared_erasures(connection: sa.Connection, establishment: str) -> list[Erased]:
    """Who was erased by a decision; whom time alone let go may come back, and is let go by time again."""
    return [
        Erased(establishment=establishment, person=fact.person, ground=fact.ground, erased_at=fact.erased_at)
        for fact in journal.read_erasures(connection, establishment)
        if fact.ground is not ErasureGround.RETENTION
    ]


def back_again(connection: sa.Connection, establishment: str, register: ErasureRegister) -> list[Erased]:
    """Those of the register whom the database holds nevertheless."""
    erased = register.read(establishment)
    present = [
        row.id
        for some in in_slots(sorted(erased))
        for row in _PRESENT.all(connection, establishment=establishment, **some)
    ]
    return [erased[one] for one in present]


_PRESENT = Prepared(
    sa.select(person.c.id).where(
        person.c.establishment == sa.bindparam("establishment"), person.c.id.in_(slots())
    )
)
STATEMENTS = (_PRESENT,)
