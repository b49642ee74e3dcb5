"""A directory read again says only what changed, and every desk hears it."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.domain.commands import ImportDirectory, ImportDuty, PublishServiceSheet
from app.domain.directory import DirectoryEntry, DutyShift, ServiceSheet, entry_id, shift_id
from app.domain.facts import DirectoryEntryListed, DirectoryEntryRemoved, DirectoryImported, DutyShiftRemoved
from app.domain.words import EntryKind
from app.queries.directory import search_directory, service_sheet, who_is_on_duty
from app.store import tables
from tests.support.scene import MORNING, Scene

HOUR = timedelta(hours=1)


def entry(name: str, detail: str = "", kind: EntryKind = EntryKind.PERSON, **more: str) -> DirectoryEntry:
    return DirectoryEntry(id=entry_id(kind, name), kind=kind, name=name, detail=detail, **more)


IRM = entry("Imagerie, IRM", "rez-de-chaussée", EntryKind.SERVICE, extension="4312", dect="64312")
SALVI = entry("Dr SALVI Anne", "Radiologue, imagerie", dect="64318", mobile="0639980001")
PERRIN = entry("PERRIN Élodie", "Secrétariat, imagerie", extension="4301")
DIRECTOR = entry("Directeur de garde", "", EntryKind.FUNCTION, extension="4000")


def shift(specialty: str, who: str, starts: timedelta, ends: timedelta) -> DutyShift:
    starts_at, ends_at = MORNING + starts, MORNING + ends
    return DutyShift(
        id=shift_id(specialty, who, starts_at),
        specialty=specialty,
        who=who,
        starts_at=starts_at,
        ends_at=ends_at,
    )


def search(scene: Scene, text: str, kind: str = "") -> list[str]:
    with scene.engine.connect() as connection:
        found = search_directory(connection, scene.establishment, text, kind=kind, now=scene.clock.now())
    return [row.name for row in found.rows]


@pytest.fixture
def scene(engine: sa.Engine) -> Scene:
    here = Scene(engine)
    here.run(ImportDirectory(entries=(PERRIN, DIRECTOR, SALVI, IRM)), author="import")
    return here


def test_a_file_read_twice_lists_nothing_again(scene: Scene) -> None:
    settled = scene.run(ImportDirectory(entries=(PERRIN, DIRECTOR, SALVI, IRM)), author="import")
    assert [type(fact) for fact in scene.facts(settled)] == [DirectoryImported]


def test_what_a_file_no_longer_names_leaves_and_what_changed_is_set(scene: Scene) -> None:
    moved = entry("PERRIN Élodie", "Accueil", extension="4309")
    settled = scene.run(ImportDirectory(entries=(moved, DIRECTOR, IRM)), author="import")
    facts = scene.facts(settled)[:-1]
    assert [type(fact) for fact in facts] == [DirectoryEntryListed, DirectoryEntryRemoved]
    assert scene.get(tables.directory_entry, id=moved.id).extension == "4309"
    assert scene.find(tables.directory_entry, id=SALVI.id) is None


def test_an_import_is_told_to_every_desk(scene: Scene) -> None:
    settled = scene.run(ImportDirectory(entries=(IRM,)), author="import")
    assert scene.entry(settled).scope.is_for_all
    assert not scene.entry(settled).scope.persons


def test_a_search_begins_with_services_then_who_is_on_duty(scene: Scene) -> None:
    assert search(scene, "imag") == ["Imagerie, IRM", "Dr SALVI Anne", "PERRIN Élodie"]
    assert search(scene, "elo imag") == ["PERRIN Élodie"]
    assert search(scene, "imag", EntryKind.PERSON) == ["Dr SALVI Anne", "PERRIN Élodie"]


@pytest.mark.parametrize("text", ["", "i", " ", "%", "mag"])
def test_one_letter_or_the_middle_of_a_word_finds_nothing(scene: Scene, text: str) -> None:
    assert search(scene, text) == []


def test_a_hole_in_the_roster_comes_first_with_whom_to_call(scene: Scene) -> None:
    shifts = (
        shift("Imagerie", "Dr SALVI Anne", -HOUR, 8 * HOUR),
        shift("Pédiatrie", "Dr NOIR Jean", -9 * HOUR, -HOUR),
        shift("Pédiatrie", "Dr NOIR Jean", 3 * HOUR, 9 * HOUR),
    )
    scene.run(ImportDuty(shifts=shifts), author="import")
    with scene.engine.connect() as connection:
        duty = who_is_on_duty(connection, scene.establishment, now=scene.clock.now())
    hole, imaging = duty.rows
    assert (hole.specialty, hole.is_hole, hole.until, hole.instead) == (
        "Pédiatrie",
        True,
        MORNING + 3 * HOUR,
        "4000",
    )
    assert (imaging.who, imaging.number, imaging.until) == ("Dr SALVI Anne", "64318", MORNING + 8 * HOUR)
    assert duty.holes == 1


def test_a_roster_read_again_replaces_only_the_specialties_it_names(scene: Scene) -> None:
    scene.run(
        ImportDuty(shifts=(shift("Imagerie", "A", HOUR, 2 * HOUR), shift("Urgences", "B", HOUR, 2 * HOUR))),
        author="import",
    )
    settled = scene.run(ImportDuty(shifts=(shift("Imagerie", "C", HOUR, 2 * HOUR),)), author="import")
    removed = [fact for fact in scene.facts(settled) if isinstance(fact, DutyShiftRemoved)]
    assert [fact.shift for fact in removed] == [shift("Imagerie", "A", HOUR, 2 * HOUR).id]
    assert scene.count(tables.duty_shift) == 2


def test_a_sheet_is_read_with_its_entrys_number(scene: Scene) -> None:
    scene.run(
        PublishServiceSheet(sheet=ServiceSheet(entry=IRM.id, never_say="Un résultat.")), author="import"
    )
    with scene.engine.connect() as connection:
        sheet = service_sheet(connection, scene.establishment, IRM.id)
    assert sheet is not None
    assert (sheet.name, sheet.extension, sheet.never_say) == ("Imagerie, IRM", "4312", "Un résultat.")


def test_a_sheet_of_nothing_known_is_refused(scene: Scene) -> None:
    sheet = ServiceSheet(entry=entry_id(EntryKind.SERVICE, "Nulle part"))
    settled = scene.run(PublishServiceSheet(sheet=sheet), author="import")
    assert (settled.refusal, settled.field) == ("unknown_entry", "entry")
