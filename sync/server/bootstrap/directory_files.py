"""Reads the directory, the roster and the sheets from files: what can't be read is told line by line."""

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, tzinfo
from functools import partial
from pathlib import Path
from typing import TypeAlias, TypeVar

import icalendar
import msgspec

from app.domain.commands import AnyCommand, ImportDirectory, ImportDuty, PublishServiceSheet
from app.domain.directory import DirectoryEntry, DutyShift, ServiceSheet, entry_id, shift_id
from app.domain.motives import plain
from app.domain.words import EntryKind

_KINDS = {"service": EntryKind.SERVICE, "personne": EntryKind.PERSON, "fonction": EntryKind.FUNCTION}
Line: TypeAlias = Mapping[str, str]
T = TypeVar("T")


class WrongLine(msgspec.Struct, frozen=True):
    """One line that was left out: where it stands, which field, and what is wrong with it."""

    line: int
    field: str
    reason: str


class ReadFile(msgspec.Struct, frozen=True, kw_only=True):
    """What a file gives: commands to run, how many lines they hold, and what was left out."""

    what: str
    commands: tuple[AnyCommand, ...] = ()
    count: int = 0
    wrong: tuple[WrongLine, ...] = ()


class UnreadableFile(Exception):  # noqa: N818 - it is a sentence for who imports
    """The file is none of those known; the message is a sentence."""


class _Wrong(Exception):  # noqa: N818 - it becomes a line told
    def __init__(self, field: str, reason: str) -> None:
        super().__init__(field)
        self.field, self.reason = field, reason


def read_directory_file(path: Path, *, services: Mapping[str, str], zone: tzinfo) -> ReadFile:
    """Read a directory, a roster or sheets, known by their first line; `services` are ids by name.

    An hour without a zone is one of the establishment's `zone`.

    CSV in UTF-8, with commas, semicolons or tabs; iCalendar for a roster, where an event's
    categories name the specialty and its summary who is on duty. Raises `UnreadableFile`.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableFile(f"{path.name} is not text in UTF-8 (byte {error.start}).") from error
    if text.lstrip().startswith("BEGIN:VCALENDAR"):
        return _roster(_events(text, zone))
    by_name = {plain(name): service for name, service in services.items()}
    return _table(path.name, text, by_name, zone)


def _table(name: str, text: str, services: Mapping[str, str], zone: tzinfo) -> ReadFile:
    first = text.partition("\n")[0]
    mark = max(";,\t", key=first.count)
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=mark, restval="")
    columns = {plain(column or "").strip() for column in rows.fieldnames or ()}
    try:
        lines = [(rows.line_num, _named(row)) for row in rows]
    except csv.Error as error:
        raise UnreadableFile(f"{name} is no table after its line {rows.line_num}: {error}.") from error
    if {"type", "nom", "poste"} <= columns:
        read, wrong = _each(lines, lambda line: _entry(line, services))
        command = ImportDirectory(entries=tuple(read))
        return ReadFile(what="directory", commands=(command,) if read else (), count=len(read), wrong=wrong)
    if {"specialite", "nom", "debut", "fin"} <= columns:
        return _roster((at, lambda line=line: _shift(line, zone)) for at, line in lines)
    if {"service", "horaires"} <= columns:
        sheets, wrong = _each(lines, _sheet)
        told = tuple(PublishServiceSheet(sheet=sheet) for sheet in sheets)
        return ReadFile(what="sheets", commands=told, count=len(told), wrong=wrong)
    raise UnreadableFile(
        f"{name} is no directory (type, nom, poste…), roster (specialite, nom, debut, fin) "
        "or service sheets (service, horaires…): its first line names none of them."
    )


def _named(row: Mapping[str, object]) -> Line:
    return {plain(str(name or "")).strip(): str(value or "").strip() for name, value in row.items()}


def _each(
    lines: Iterable[tuple[int, Line]], read: Callable[[Line], T]
) -> tuple[list[T], tuple[WrongLine, ...]]:
    return _gather((at, lambda line=line: read(line)) for at, line in lines)


def _gather(
    lines: Iterable[tuple[int, Callable[[], T]]],
) -> tuple[list[T], tuple[WrongLine, ...]]:
    """What could be read, and what could not with its line and field."""
    read: list[T] = []
    wrong: list[WrongLine] = []
    for at, act in lines:
        try:
            read.append(act())
        except _Wrong as fault:
            wrong.append(WrongLine(at, fault.field, fault.reason))
        except msgspec.ValidationError as fault:
            wrong.append(WrongLine(at, _field(fault), str(fault).partition(" - ")[0]))
    return read, tuple(wrong)


def _roster(lines: Iterable[tuple[int, Callable[[], DutyShift]]]) -> ReadFile:
    shifts, wrong = _gather(lines)
    commands = (ImportDuty(shifts=tuple(shifts)),) if shifts else ()
    return ReadFile(what="duty", commands=commands, count=len(shifts), wrong=wrong)


def _entry(line: Line, services: Mapping[str, str]) -> DirectoryEntry:
    kind = _KINDS.get(plain(line["type"]))
    if kind is None:
        raise _Wrong("type", "is none of service, personne, fonction")
    service = line.get("service", "")
    if service and plain(service) not in services:
        raise _Wrong("service", "is no service of this establishment")
    known = {
        "id": entry_id(kind, _needed(line, "nom")),
        "kind": kind,
        "name": line["nom"],
        "detail": line.get("detail", ""),
        "service": services.get(plain(service), ""),
        "extension": _number(line, "poste"),
        "dect": _number(line, "dect"),
        "mobile": _number(line, "mobile"),
    }
    return msgspec.convert(known, DirectoryEntry)


def _shift(line: Line, zone: tzinfo) -> DutyShift:
    specialty, who = _needed(line, "specialite"), _needed(line, "nom")
    starts_at, ends_at = (_moment(line, field, zone) for field in ("debut", "fin"))
    return _made_shift(specialty, who, starts_at, ends_at, _number(line, "poste"))


def _made_shift(
    specialty: str, who: str, starts_at: datetime, ends_at: datetime, number: str = ""
) -> DutyShift:
    if ends_at <= starts_at:
        raise _Wrong("fin", "is not after debut")
    known = {
        "id": shift_id(specialty, who, starts_at),
        "specialty": specialty,
        "who": who,
        "number": number,
        "starts_at": starts_at,
        "ends_at": ends_at,
    }
    return msgspec.convert(known, DutyShift)


def _sheet(line: Line) -> ServiceSheet:
    known = {name: line.get(column, "") for name, column in _SHEET.items()}
    for name in ("remarks", "calls"):
        known[name] = known[name].replace(" / ", "\n")
    entry = entry_id(EntryKind.SERVICE, _needed(line, "service"))
    return msgspec.convert({"entry": entry, **known}, ServiceSheet)


_SHEET = {
    "hours": "horaires",
    "access": "acces",
    "remarks": "remarques",
    "calls": "qui appeler",
    "say": "nous disons",
    "never_say": "jamais",
    "chain": "chaine",
    "author": "auteur",
    "written_on": "ecrite le",
    "valid_until": "valable jusqu'au",
}
"""The fields of a sheet and the columns of its file."""


def _events(text: str, zone: tzinfo) -> Iterable[tuple[int, Callable[[], DutyShift]]]:
    """Each event by itself with the line it begins at: one that can't be read loses no other."""
    begun, block = 0, list[str]()
    for at, line in enumerate(text.splitlines(), start=1):
        if line == "BEGIN:VEVENT":
            begun, block = at, []
        block.append(line)
        if line == "END:VEVENT" and begun:
            yield begun, partial(_event, "\r\n".join(block), zone)
            begun = 0


def _event(text: str, zone: tzinfo) -> DutyShift:
    try:
        event = icalendar.Event.from_ical(text)
        told = {name: event.get(name) for name in ("SUMMARY", "CATEGORIES", "RRULE", "LOCATION")}
        starts, ends = event.decoded("DTSTART", None), event.decoded("DTEND", None)
    except ValueError as error:
        raise _Wrong("VEVENT", "can't be read") from error
    if told["RRULE"] is not None:
        raise _Wrong("RRULE", "repeats; export each shift by itself")
    if told["CATEGORIES"] is None:
        raise _Wrong("CATEGORIES", "is empty: the specialty")
    specialty = told["CATEGORIES"].to_ical().decode().replace("\\,", ",").strip()
    who = str(told["SUMMARY"] or "").strip()
    if not who:
        raise _Wrong("SUMMARY", "is empty: who is on duty")
    number = str(told["LOCATION"] or "").strip()
    starts_at, ends_at = _aware(starts, "DTSTART", zone), _aware(ends, "DTEND", zone)
    return _made_shift(specialty, who, starts_at, ends_at, number)


def _aware(moment: object, field: str, zone: tzinfo) -> datetime:
    if not isinstance(moment, datetime):
        raise _Wrong(field, "is no day and hour")
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _needed(line: Line, field: str) -> str:
    if not line.get(field):
        raise _Wrong(field, "is empty")
    return line[field]


def _number(line: Line, field: str) -> str:
    text = "".join(line.get(field, "").split())
    if text and not text.lstrip("+").isdecimal():
        raise _Wrong(field, "is no number")
    return text


def _moment(line: Line, field: str, zone: tzinfo) -> datetime:
    try:
        return _aware(datetime.fromisoformat(_needed(line, field)), field, zone)
    except ValueError as error:
        raise _Wrong(field, "is no day and hour such as 2026-11-24 08:00") from error


def _field(fault: msgspec.ValidationError) -> str:
    return str(fault).rpartition("$.")[2].rstrip("`") or "line"
