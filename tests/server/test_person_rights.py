"""What an administrator types for a person's rights, and what is printed of it."""

import json
import re
import stat
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from app.domain.consent import Purpose
from app.domain.retention import RULES
from app.domain.rights_commands import Withheld
from app.domain.words import Channel
from app.queries.person_export import PersonExport, Section
from app.store.engine import open_database
from app.store.migrations import migrate
from sync.server.bootstrap.rights.document import write_document
from sync.server.bootstrap.rights.registre import duration
from sync.server.bootstrap.rights.words import Letter, Reader
from tests.server.serving import run_program
from tests.support.scene import MARTINE, Scene

WHY = "Demande écrite du 20 novembre"


def _document(note: str, times: int = 1) -> bytes:
    row = {"at": datetime(2026, 11, 20, 9, tzinfo=UTC), "channel": "phone", "note": note}
    export = PersonExport(ids=("p",), sections=(Section(table="contact", rows=(row,) * times),))
    letter = Letter(
        house="Hôpital d’essai",
        made_at=datetime(2026, 11, 24, tzinfo=UTC),
        reason=WHY,
        withheld=(Withheld(id="x", reason="Parle de sa voisine"),),
    )
    return write_document(export, letter, Reader(ZoneInfo("Europe/Paris"), {}))


def _pages(document: bytes) -> int:
    return len(re.findall(rb"/Type /Page\b", document))


def test_a_document_has_its_fonts_inside_and_as_many_pages_as_it_takes() -> None:
    short, long = _document("Œuvre à l’hôpital « Été »"), _document("mot " * 1500, times=4)
    for document in (short, long):
        assert document.startswith(b"%PDF-")
        assert b"/FontFile2" in document
        assert b"Inter-SemiBold" in document
    assert _pages(short) == 1
    assert _pages(long) > 5


@pytest.mark.parametrize("note", ["<b>gras", "</para>&amp;<img src='x'/>", "a\0b\x07c", "mot" * 2000, "{}"])
def test_what_was_written_is_never_taken_for_markup(note: str) -> None:
    assert _pages(_document(note)) >= 1


@pytest.fixture
def held(tmp_path: Path) -> Path:
    """A server's directory where a small hospital is."""
    engine = open_database(f"sqlite:///{tmp_path / 'filrouge.db'}")
    migrate(engine)
    Scene(engine)
    engine.dispose()
    return tmp_path


def test_all_that_is_held_goes_to_two_files_that_their_owner_alone_reads(held: Path) -> None:
    status, out, err = run_program(held, "person", "export", MARTINE, "--reason", WHY, "--json")
    assert (status, err) == (0, "")
    files = [Path(name) for name in json.loads(out)["files"]]
    assert [each.suffix for each in files] == [".pdf", ".json"]
    assert [stat.S_IMODE(each.stat().st_mode) for each in files] == [0o600, 0o600]
    assert not any(MARTINE[:8] in str(each) or "artine" in str(each) for each in files)
    told = json.loads(files[1].read_text("utf-8"))
    assert told["held"]["person"][0]["first_given_name"] == "Martine"
    assert told["left_out"]["agents"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((MARTINE, "--reason", "oui"), "`--reason` must say why, in ten letters or more: nothing was handed"),
        (("x" * 8, "--reason", WHY), "There is no person xxxxxxxx."),
        ((MARTINE, "--reason", WHY, "--withhold", "y", WHY), "`--withhold` y is in nothing that is held"),
        ((MARTINE, "--reason", WHY, "--out", "a.doc"), "`--out` is a directory, or a file in .pdf or .json."),
    ],
)
def test_what_cannot_be_handed_over_is_one_sentence_and_no_file(
    held: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    status, out, err = run_program(held, "person", "export", *arguments)
    assert (status, out) == (1, "")
    assert err.startswith(sentence)
    assert not (held / "exports").exists()


def test_a_file_that_is_there_is_not_written_over(held: Path) -> None:
    target = held / "mine.json"
    target.write_text("mine")
    status, _, err = run_program(held, "person", "export", MARTINE, "--reason", WHY, "--out", str(target))
    assert (status, err) == (1, "File exists.\n")
    assert target.read_text() == "mine"


def test_what_is_put_right_and_who_read_it_are_told_by_two_commands(held: Path) -> None:
    asked = ("rectify", MARTINE, "--set", "postcode=76000", "--set", "birth_date=1958-03-14", "--reason", WHY)
    assert run_program(held, "person", *asked)[0] == 0
    assert run_program(held, "person", "export", MARTINE, "--reason", WHY)[0] == 0
    status, out, _ = run_program(held, "person", "accesses", MARTINE, "--json")
    (read,) = json.loads(out)
    assert (status, read["act"], read["reason"], "by" in read, "author" in read) == (
        0,
        "exported",
        WHY,
        False,
        False,
    )


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("colour=red", "`--set` colour is not a field to put right: nothing was put right.\n"),
        ("sex=X", "`sex` can't say that: nothing was put right.\n"),
    ],
)
def test_what_cannot_be_put_right_is_named(held: Path, said: str, sentence: str) -> None:
    answer = run_program(held, "person", "rectify", MARTINE, "--set", said, "--reason", WHY)
    assert answer == (1, "", sentence)


def test_what_a_person_opposes_is_typed_by_purpose_and_channel(held: Path) -> None:
    asked = ("oppose", MARTINE, "--purpose", "stay", "--channel", "sms", "--channel", "rcs", "--reason", WHY)
    status, out, err = run_program(held, "person", *asked, "--json")
    told = json.loads(out)
    assert (status, err, told["purposes"], told["channels"]) == (0, "", ["stay"], ["sms", "rcs"])
    status, out, _ = run_program(
        held, "person", "export", MARTINE, "--reason", WHY, "--out", str(held / "mine.json")
    )
    kept = json.loads((held / "mine.json").read_text("utf-8"))["held"]["preference"]
    assert [(row["channel"], row["choice"], row["basis"]) for row in kept] == [
        ("rcs", "opposed", "care"),
        ("sms", "opposed", "care"),
    ]
    assert (kept[0]["source"], kept[0]["reason"]) == ("letter", WHY)


def test_who_names_no_purpose_and_no_channel_opposes_them_all(held: Path) -> None:
    status, out, _ = run_program(held, "person", "oppose", MARTINE, "--reason", WHY, "--json")
    told = json.loads(out)
    assert (status, told["purposes"], told["channels"]) == (0, list(Purpose), list(Channel))


@pytest.mark.parametrize(
    ("arguments", "status", "sentence"),
    [
        ((MARTINE, "--reason", "non"), 1, "`--reason` must say why, in ten letters or more: nothing was"),
        (("x" * 8, "--reason", WHY), 1, "There is no person xxxxxxxx."),
        ((MARTINE, "--channel", "pigeon", "--reason", WHY), 2, "usage: filrouge-server person oppose"),
    ],
)
def test_what_cannot_be_opposed_is_named(
    held: Path, arguments: tuple[str, ...], status: int, sentence: str
) -> None:
    answer = run_program(held, "person", "oppose", *arguments)
    assert answer[:2] == (status, "")
    assert answer[2].startswith(sentence)


def test_the_legal_bases_of_the_record_are_those_of_the_houses_form(held: Path) -> None:
    _, public, _ = run_program(held, "registre")
    assert "établissement public" in public
    assert "Mission d’intérêt public (art. 6.1 e)" in public
    assert run_program(held, "legal-form", "private")[0] == 0
    _, private, _ = run_program(held, "registre")
    assert "établissement privé" in private
    assert "Intérêt légitime (art. 6.1 f)" in private
    assert "Mission d’intérêt public (" not in private


def test_the_record_of_processing_says_every_rule_and_every_line(held: Path) -> None:
    (held / "connectors.toml").write_text('[[cti]]\nline = "standard-cti"\ntoken = "0123456789abcdefghij"\n')
    status, out, _ = run_program(held, "registre")
    assert status == 0
    assert out.startswith(
        "# Registre des activités de traitement\u00a0: mémoire des échanges, Centre hospitalier"
    )
    assert all(rule.what in out and duration(rule) in out for rule in RULES)
    assert "standard-cti" in out
    assert "{" not in out
