"""The directory, the roster and the service sheets of the fictitious hospital, as the mock-ups show them."""

from app.demo.calendar import Calendar
from app.demo.house import DEMO_AGENTS, service_names, slug
from app.demo.numbers import MOBILE
from app.demo.sheet import Sheet
from app.domain.directory import entry_id, searchable, shift_id
from app.domain.words import EntryKind
from app.store import tables
from app.store.tables import EPOCH, MICROSECOND

_SERVICE, _PERSON, _FUNCTION = EntryKind.SERVICE, EntryKind.PERSON, EntryKind.FUNCTION
_IRM = "Imagerie, IRM"
_GROUND = "rez-de-chaussée, bâtiment B"
_ENTRIES: tuple[tuple[EntryKind, str, str, str, str, str, str], ...] = (
    (_SERVICE, _IRM, _GROUND, "imagerie", "4312", "64312", ""),
    (_SERVICE, "Imagerie, scanner et radio", _GROUND, "imagerie", "4310", "64310", ""),
    (_PERSON, "Dr SALVI Anne", "Radiologue, imagerie", "imagerie", "4318", "64318", f"{MOBILE}4318"),
    (_PERSON, "PERRIN Élodie", "Secrétariat, imagerie", "imagerie", "4301", "", ""),
    (
        _FUNCTION,
        "Astreinte technique, imagerie",
        "24 h sur 24",
        "imagerie",
        "4390",
        "64390",
        f"{MOBILE}4390",
    ),
    (_PERSON, "Dr AUBRY Claire", "Anesthésiste", "chirurgie-ambulatoire", "4120", "64120", ""),
    (_PERSON, "Dr LENOIR Samuel", "Cardiologue", "", "4230", "64230", ""),
    (_PERSON, "Dr KADDOUR Yanis", "Orthopédie", "orthopedie", "4212", "64212", f"{MOBILE}4212"),
    (_PERSON, "Dr BASTIEN Hélène", "Urgentiste", "", "4015", "64015", ""),
    (
        _PERSON,
        "Dr MARCHETTI Luc",
        "Chirurgie ambulatoire",
        "chirurgie-ambulatoire",
        "4222",
        "64222",
        "",
    ),
    (_PERSON, "M. TESSIER Alain", "Direction", "", "4000", "64000", f"{MOBILE}4000"),
    (_FUNCTION, "Directeur de garde", "24 h sur 24", "", "4000", "64000", ""),
    (_FUNCTION, "Infirmière de consultation", "Orthopédie", "orthopedie", "4215", "64215", ""),
    (_SERVICE, "Urgences", "rez-de-chaussée, bâtiment A", "", "4015", "64015", ""),
    (_SERVICE, "Brancardage", "sous-sol, bâtiment A", "", "4080", "64080", ""),
)
"""Kind, name, detail, service, extension, DECT, mobile."""
_SHIFTS: tuple[tuple[str, str, str, str], ...] = (
    ("Pédiatrie", "Dr OLLIVIER Jade", "2026-11-23 20:00", "2026-11-24 08:00"),
    ("Pédiatrie", "Dr OLLIVIER Jade", "2026-11-24 13:00", "2026-11-24 20:00"),
    ("Anesthésie", "Dr AUBRY Claire", "2026-11-24 08:00", "2026-11-25 08:00"),
    ("Cardiologie", "Dr LENOIR Samuel", "2026-11-24 08:30", "2026-11-24 18:30"),
    ("Imagerie", "Dr SALVI Anne", "2026-11-24 08:30", "2026-11-24 18:30"),
    ("Orthopédie", "Dr KADDOUR Yanis", "2026-11-24 08:30", "2026-11-24 18:30"),
    ("Urgences", "Dr BASTIEN Hélène", "2026-11-24 08:00", "2026-11-24 20:00"),
    ("Directeur de garde", "M. TESSIER Alain", "2026-11-23 08:00", "2026-11-30 08:00"),
)
_POSTS = 1_284
"""What the mock-ups' last import counted."""


def write_directory(sheet: Sheet, calendar: Calendar) -> None:
    """Who can be reached, who is on duty around the anchor, and the sheet of the MRI unit."""
    named = {name for _, name, *_ in _ENTRIES}
    for entry in _ENTRIES:
        _entry(sheet, *entry)
    for name in sorted(set(service_names()) - named - {"Imagerie"}):
        _entry(sheet, _SERVICE, name, "", slug(name), "", "", "")
    for agent in DEMO_AGENTS:
        first, _, last = agent.name.partition(" ")
        name = f"{last.upper()} {first}"
        if name not in named:
            _entry(sheet, _PERSON, name, agent.service, agent.service, agent.extension, "", "")
    for shift in _SHIFTS:
        _shift(sheet, calendar, *shift)
    imported_at = calendar.at("2026-11-24 06:00")
    sheet.add(tables.directory_import, source="directory", count=_POSTS, imported_at=imported_at)
    _irm(sheet)


def _entry(
    sheet: Sheet,
    kind: EntryKind,
    name: str,
    detail: str,
    service: str,
    extension: str,
    dect: str,
    mobile: str,
) -> None:
    sheet.add(
        tables.directory_entry,
        id=entry_id(kind, name),
        kind=kind.value,
        name=name,
        detail=detail,
        service=service,
        extension=extension,
        dect=dect,
        mobile=mobile,
        words=searchable(f"{name} {detail}"),
    )


def _shift(sheet: Sheet, calendar: Calendar, specialty: str, who: str, start: str, end: str) -> None:
    starts_at = calendar.at(start)
    sheet.add(
        tables.duty_shift,
        id=shift_id(specialty, who, EPOCH + starts_at * MICROSECOND),
        specialty=specialty,
        who=who,
        starts_at=starts_at,
        ends_at=calendar.at(end),
    )


def _irm(sheet: Sheet) -> None:
    sheet.add(
        tables.service_sheet,
        entry=entry_id(_SERVICE, _IRM),
        hours="1-5 08:00-12:00 13:00-18:00",
        access="bâtiment B, rez-de-chaussée, porte 3",
        remarks="Parking | nord fermé ce matin, entrée rue des Tanneurs",
        calls=(
            "Rendez-vous, 8 h à 18 h | 4301\n"
            "Avis médical, 8 h à 18 h 30 | DECT 64318\n"
            "Soir et nuit | Urgences, 4015"
        ),
        say="« Le compte rendu part au médecin qui a demandé l’examen. Il vous l’explique. »",
        never_say="Un résultat, un délai ferme, la présence d’un patient.",
        chain="4312 > 4301 > Standard",
        author="É. Perrin",
        written_on="2026-11-02",
        valid_until="2027-01-31",
    )
