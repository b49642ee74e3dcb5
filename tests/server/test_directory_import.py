"""A directory file is imported line by line: what is wrong is told, counted, and costs no other."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.domain.commands import ImportDirectory, ImportDuty, PublishServiceSheet
from app.domain.opening import Place
from sync.server.bootstrap.directory_files import ReadFile, UnreadableFile, read_directory_file

SERVICES = {"Imagerie": "imagerie", "Orthopédie": "orthopedie"}
DIRECTORY = """type;nom;detail;service;poste;dect;mobile
service;Imagerie, IRM;rez-de-chaussée;Imagerie;4312;64312;
licorne;Mme X;;;4000;;
personne;;sans nom;;4001;;
personne;Dr SALVI Anne;Radiologue, imagerie;imagerie;4318;64318;06 39 98 00 01
fonction;Astreinte;24 h sur 24;Neurologie;4390;;
personne;PERRIN Élodie;;Imagerie;quatre;;
"""
ROSTER = """specialite,nom,debut,fin,poste
Imagerie,Dr SALVI Anne,2026-11-24 08:00,2026-11-24 18:30,
Urgences,Dr BASTIEN,2026-11-24 20:00,2026-11-24 08:00,
Urgences,Dr BASTIEN,hier,2026-11-24 08:00,
"""
CALENDAR = """BEGIN:VCALENDAR\r
VERSION:2.0\r
BEGIN:VEVENT\r
CATEGORIES:Imagerie\r
SUMMARY:Dr SALVI Anne\r
DTSTART;TZID=Europe/Paris:20261124T080000\r
DTEND;TZID=Europe/Paris:20261124T183000\r
END:VEVENT\r
BEGIN:VEVENT\r
SUMMARY:sans spécialité\r
DTSTART:20261124T080000Z\r
DTEND:20261124T090000Z\r
END:VEVENT\r
BEGIN:VEVENT\r
CATEGORIES:Urgences\r
SUMMARY:Dr BASTIEN\r
DTSTART:n'importe quoi\r
DTEND:20261124T090000Z\r
END:VEVENT\r
END:VCALENDAR\r
"""
SHEETS = """service;horaires;acces;jamais;chaine
Imagerie, IRM;1-5 08:00-12:00;porte 3;Un résultat.;4312 > 4301
;1-5 08:00-12:00;;;
"""


def read(folder: Path, text: str, *, place: Place | None = None) -> ReadFile:
    path = folder / "file.txt"
    path.write_bytes(text.encode())
    return read_directory_file(path, services=SERVICES, zone=(place or Place()).clock)


def told(done: ReadFile) -> list[tuple[int, str]]:
    return [(one.line, one.field) for one in done.wrong]


def test_a_directory_is_read_and_each_wrong_line_named(tmp_path: Path) -> None:
    done = read(tmp_path, DIRECTORY)
    (command,) = done.commands
    assert isinstance(command, ImportDirectory)
    assert [entry.name for entry in command.entries] == ["Imagerie, IRM", "Dr SALVI Anne"]
    assert command.entries[1].mobile == "0639980001"
    assert told(done) == [(3, "type"), (4, "nom"), (6, "service"), (7, "poste")]


def test_a_roster_is_read_in_the_hospitals_time(tmp_path: Path) -> None:
    done = read(tmp_path, ROSTER)
    (command,) = done.commands
    assert isinstance(command, ImportDuty)
    assert [shift.starts_at for shift in command.shifts] == [datetime(2026, 11, 24, 7, tzinfo=UTC)]
    assert told(done) == [(3, "fin"), (4, "debut")]


@pytest.mark.parametrize("text", [ROSTER, CALENDAR.replace(";TZID=Europe/Paris", "")])
def test_an_hour_without_a_zone_is_one_of_where_the_house_stands(tmp_path: Path, text: str) -> None:
    (command,) = read(tmp_path, text, place=Place(zone="Indian/Reunion")).commands
    assert isinstance(command, ImportDuty)
    assert [shift.starts_at for shift in command.shifts] == [datetime(2026, 11, 24, 4, tzinfo=UTC)]


def test_a_calendar_is_a_roster_too(tmp_path: Path) -> None:
    done = read(tmp_path, CALENDAR)
    (command,) = done.commands
    assert isinstance(command, ImportDuty)
    (shift,) = command.shifts
    assert (shift.specialty, shift.who) == ("Imagerie", "Dr SALVI Anne")
    assert shift.ends_at == datetime(2026, 11, 24, 17, 30, tzinfo=UTC)
    assert told(done) == [(9, "CATEGORIES"), (14, "DTSTART")]


def test_sheets_are_published_one_by_one(tmp_path: Path) -> None:
    done = read(tmp_path, SHEETS)
    (command,) = done.commands
    assert isinstance(command, PublishServiceSheet)
    assert (command.sheet.hours, command.sheet.never_say) == ("1-5 08:00-12:00", "Un résultat.")
    assert told(done) == [(3, "service")]


@pytest.mark.parametrize("text", ["", "a;b;c\n1;2;3\n", "\x00"])
def test_another_file_is_refused_by_a_sentence(tmp_path: Path, text: str) -> None:
    with pytest.raises(UnreadableFile, match=r"file\.txt is no directory"):
        read(tmp_path, text)


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "sync.server", *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "FILROUGE_DATA_DIR": str(folder)},
        check=False,
    )


def test_the_program_imports_the_rest_and_says_what_it_left_out(tmp_path: Path) -> None:
    run(tmp_path, "migrate", "--establishment", "essai", "--name", "Essai")
    path = tmp_path / "annuaire.csv"
    path.write_text(DIRECTORY.replace(";Imagerie;", ";;").replace(";imagerie;", ";;"))
    done = run(tmp_path, "import", str(path), "--json")
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert (answer["what"], answer["imported"], len(answer["left_out"])) == ("directory", 2, 4)
    assert "line 3: type" in done.stderr
    empty = run(tmp_path, "import", str(Path(__file__)))
    assert (empty.returncode, empty.stderr.count("\n")) == (1, 1)
