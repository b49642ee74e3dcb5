"""The messages « Merci de rappeler » of the fictitious hospital: to read, read, done, overdue, handed on."""

from typing import Any

import msgspec

from app.demo.calendar import Calendar
from app.demo.house import SHORT_NAME
from app.demo.people import ident
from app.demo.sheet import Row, Sheet
from app.domain.words import CallState, Channel, Direction, NoteState
from app.store import tables

_ORTHO = "orthopedie"
_TAG = 0xFFFFFF
_COLLEAGUE = "Cabinet Dr Salmon"


class _Message(msgspec.Struct, frozen=True, kw_only=True):
    """One message; moments are the mock-ups', `about` the birth name whose last exchange it is about."""

    to: str
    text: str
    left: str
    due: str
    by: str = "c.morvan"
    about: str = ""
    read: tuple[str, str] = ("", "")
    done: tuple[str, str] = ("", "")
    handed_on: tuple[int, str, str] = (0, "", "")
    """How many steps, to whom, when."""


_MESSAGES: tuple[_Message, ...] = (
    _Message(
        to="Dr KADDOUR Yanis",
        text="Merci de rappeler la patiente avant 17 h",
        about="DUBREUIL",
        left="2026-11-24 10:24",
        due="2026-11-24 17:00",
        read=("Dr KADDOUR Yanis", "2026-11-24 10:25"),
    ),
    _Message(
        to="Infirmière de consultation",
        text="Question sur un traitement, à rappeler",
        about="BENSALEM",
        left="2026-11-24 10:19",
        due="2026-11-24 17:00",
        read=("L. Costa", "2026-11-24 10:24"),
    ),
    _Message(
        to="Admissions",
        text="Mutuelle à reprendre avec le patient",
        about="MARTIN",
        left="2026-11-24 10:07",
        due="2026-11-24 12:00",
    ),
    _Message(
        to="Dr MARCHETTI Luc",
        text="Confrère à rappeler, avis demandé",
        about=_COLLEAGUE,
        left="2026-11-23 17:32",
        due="2026-11-24 10:00",
        handed_on=(2, "", "2026-11-24 10:15"),
    ),
    _Message(
        to="Brancardage",
        text="Fauteuil à prévoir à l’entrée sud",
        about="ROUSSEL",
        left="2026-11-24 09:20",
        due="2026-11-24 10:15",
        done=("K. Diop", "2026-11-24 09:41"),
    ),
    _Message(
        to="MORVAN Claire",
        text="Le service d’imagerie souhaite un bon d’IRM signé",
        about="DUBREUIL",
        left="2026-11-24 09:58",
        due="2026-11-24 12:00",
        by="e.perrin",
    ),
    _Message(
        to="MORVAN Claire",
        text="Rappeler le patient pour son bon de transport",
        about="FONTAINE",
        left="2026-11-23 16:40",
        due="2026-11-24 10:00",
        by="s.haddad",
        read=("c.morvan", "2026-11-24 08:31"),
        handed_on=(1, "HADDAD Samira", "2026-11-24 10:00"),
    ),
    _Message(
        to="HADDAD Samira",
        text="Confirmer l’heure d’arrivée",
        about="DIALLO",
        left="2026-11-24 08:55",
        due="2026-11-24 11:00",
        by="h.lambert",
        read=("s.haddad", "2026-11-24 09:02"),
    ),
    _Message(
        to="Orthopédie",
        text="Famille sans nouvelles depuis hier, à rappeler",
        left="2026-11-24 09:48",
        due="2026-11-24 16:00",
        by="h.lambert",
    ),
    _Message(
        to="Orthopédie",
        text="Copie du compte rendu opératoire à envoyer",
        about="KOWALCZYK",
        left="2026-11-23 18:05",
        due="2026-11-25 12:00",
        by="f.noel",
    ),
    _Message(
        to="BOURDIN Nathalie",
        text="Planning des consultations de décembre à valider",
        left="2026-11-24 08:20",
        due="2026-11-24 18:00",
        by="j.caron",
        read=("n.bourdin", "2026-11-24 08:45"),
    ),
    _Message(
        to="Dr KADDOUR Yanis",
        text="Ordonnance de kinésithérapie à renouveler",
        about="NGUYEN",
        left="2026-11-24 09:34",
        due="2026-11-24 10:30",
        by="s.haddad",
        read=("Dr KADDOUR Yanis", "2026-11-24 09:50"),
        done=("Dr KADDOUR Yanis", "2026-11-24 10:02"),
    ),
)


def write_call_backs(sheet: Sheet, calendar: Calendar) -> None:
    """Lay the messages, after the named persons and the directory."""
    _colleague(sheet, calendar)
    entries = {row["name"]: row for row in sheet.rows[tables.directory_entry]}
    services = {row["id"]: row["service"] for row in sheet.rows[tables.agent]}
    for rank, message in enumerate(_MESSAGES):
        about = _last_exchange(sheet, message.about, before=calendar.at(message.left))
        by_service = services[message.by]
        recipient = entries[message.to]
        row = _lay(sheet, calendar, message, recipient, by_service)
        row["id"] = ident("f2", _TAG, rank)
        if about is not None:
            row["contact"], row["person"] = about["id"], about["person"]
        for service in (row["recipient_service"], by_service):
            _hold(sheet, row["person"], service)


def _lay(sheet: Sheet, calendar: Calendar, message: _Message, recipient: Row, by_service: str) -> Row:
    steps, handed_to, handed_at = message.handed_on
    state = NoteState.DONE if message.done[0] else NoteState.READ if message.read[0] else NoteState.SENT
    return sheet.add(
        tables.call_back_note,
        recipient=recipient["id"],
        recipient_name=recipient["name"],
        recipient_service=recipient["service"] or by_service,
        text=message.text,
        state=state,
        due_at=calendar.at(message.due),
        by=message.by,
        by_service=by_service,
        left_at=calendar.at(message.left),
        read_by=message.read[0],
        read_at=_moment(calendar, message.read[1]),
        done_by=message.done[0],
        done_at=_moment(calendar, message.done[1]),
        steps=steps,
        escalated_to=handed_to,
        escalated_service=_ORTHO if handed_to else "",
        escalated_at=_moment(calendar, handed_at),
    )


def _colleague(sheet: Sheet, calendar: Calendar) -> None:
    """A doctor of the town who wrote about nobody known here."""
    sheet.add(
        tables.contact,
        id=ident("c2", _TAG, 0),
        channel=Channel.MSSANTE,
        direction=Direction.INBOUND,
        service=_ORTHO,
        state=CallState.ENDED,
        at=calendar.at("2026-11-23 17:20"),
        subject=_COLLEAGUE,
        body=f"Demande d’avis à un chirurgien du {SHORT_NAME}.",
    )


def _last_exchange(sheet: Sheet, name: str, *, before: int) -> Row | None:
    """The last one with the person of this birth name, or of this subject."""
    names = {row["id"]: row["birth_name"] for row in sheet.rows[tables.person]}
    its = [
        row
        for row in sheet.rows[tables.contact]
        if name and name == names.get(row["person"], row["subject"]) and row["at"] <= before
    ]
    return max(its, key=lambda row: row["at"], default=None)


def _hold(sheet: Sheet, person: Any, service: str) -> None:
    held = {(row["person"], row["service"]) for row in sheet.rows[tables.person_scope]}
    if person and (person, service) not in held:
        sheet.add(tables.person_scope, person=person, service=service)


def _moment(calendar: Calendar, wall: str) -> int | None:
    return calendar.at(wall) if wall else None
