"""`filrouge-server person …`: what a person asks of what is held of them."""

import argparse
import os
from pathlib import Path
from typing import Any

import msgspec
import sqlalchemy as sa

from app.clock import MachineClock, TimeOrderedMint
from app.domain.commands import ErasePerson
from app.domain.rights_commands import Correction, ExportPerson, Rectified, RectifyPerson, Withheld
from app.domain.words import ErasureGround
from app.queries.person_export import PersonExport, person_export, withhold
from app.settings import Settings
from app.store import tables
from app.store.opening import read_place
from app.store.reading import one_moment, read_house_words
from sync.server.bootstrap import house
from sync.server.bootstrap.backups.typed import remember
from sync.server.bootstrap.rights.words import Letter, Reader, shipped_words
from sync.server.bootstrap.telling import Failed, add_command, print_data
from sync.server.bootstrap.typed_commands import ADMINISTRATOR, leave_trace, run_typed

EXPORTS = "exports"
"""Where exports go unless told otherwise, in the data directory."""
_REFUSED = {
    "reason_required": "must say why, in ten letters or more",
    "value_unreadable": "can't say that",
}


def add_rights(commands: Any) -> Any:
    """`person …`; answers where more of its actions are added."""
    persons = commands.add_parser("person", help="a person's rights over their data").add_subparsers(
        required=True, metavar="ACTION"
    )
    parser = add_command(
        persons, "export", _export, "Hand over all that is held of a person: a PDF and its data (JSON)."
    )
    parser.add_argument("id")
    parser.add_argument("--reason", required=True, help="why, kept in the journal and the access log")
    parser.add_argument(
        "--out", type=Path, help="a directory, or a file in .pdf or .json (default: the data directory)"
    )
    parser.add_argument(
        "--withhold",
        nargs=2,
        action="append",
        default=[],
        metavar=("ID", "WHY"),
        help="keep back the words of one thing that are about somebody else; may be repeated",
    )
    parser = add_command(persons, "rectify", _rectify, "Put right what is held of a person.")
    parser.add_argument("id")
    fields = ", ".join(field.value for field in Rectified)
    parser.add_argument(
        "--set", action="append", required=True, metavar="FIELD=VALUE", help=f"may be repeated; {fields}"
    )
    parser.add_argument("--reason", required=True, help="why, kept in the journal")
    parser = add_command(persons, "accesses", _accesses, "List who read a person's record: when, why, where.")
    parser.add_argument("id")
    parser = add_command(persons, "erase", _erase, "Forget a person; the journal still verifies.")
    parser.add_argument("id")
    parser.add_argument("--ground", required=True, choices=[ground.value for ground in ErasureGround])
    return persons


def _erase(options: argparse.Namespace, settings: Settings) -> None:
    settled = run_typed(
        settings, ErasePerson(person=options.id, ground=ErasureGround(options.ground)), author=ADMINISTRATOR
    )
    if settled.refusal:
        raise Failed(f"There is no person {options.id}.")
    remember(settings)
    print_data(options, {"erased": options.id, "position": settled.position}, f"{options.id} is forgotten.")


def _rectify(options: argparse.Namespace, settings: Settings) -> None:
    corrections = tuple(map(_correction, options.set))
    body = RectifyPerson(person=options.id, corrections=corrections, reason=options.reason)
    settled = run_typed(settings, body, author=ADMINISTRATOR)
    if settled.refusal == "unknown_person":
        raise Failed(f"There is no person {options.id}.")
    if settled.refusal:
        name = f"--{settled.field}" if settled.field == "reason" else settled.field
        raise Failed(f"`{name}` {_REFUSED[settled.refusal]}: nothing was put right.")
    data = {"rectified": options.id, "position": settled.position}
    print_data(options, data, f"{options.id} is put right.")


def _correction(text: str) -> Correction:
    name, separator, value = text.partition("=")
    if not separator or name not in list(Rectified):
        raise Failed(f"`--set` {name} is not a field to put right: nothing was put right.")
    try:
        return msgspec.convert({"field": name, "value": value}, Correction)
    except msgspec.ValidationError as wrong:
        raise Failed(f"`{name}` {wrong}: nothing was put right.") from wrong


def _accesses(options: argparse.Namespace, settings: Settings) -> None:
    """As the person may be told: no agent's name (rules R25)."""
    found, reader, _ = _read(options.id, settings)
    leave_trace(settings, "person accesses", options.id)
    rows = next(each.rows for each in found.sections if each.table == "access_log")
    shown = ("at", "act", "service", "reason")
    lines = ["\t".join(reader.value("access_log", name, row.get(name, "")) for name in shown) for row in rows]
    print_data(options, rows, "\n".join(lines))


def _export(options: argparse.Namespace, settings: Settings) -> None:
    """Read, trace, then write: nothing leaves without its trace."""
    targets = _targets(options.out or settings.data_dir / EXPORTS)
    parts = tuple(Withheld(id=name, reason=why) for name, why in options.withhold)
    found, reader, name = _read(options.id, settings)
    export, unknown = withhold(found, parts)
    if unknown:
        raise Failed(f"`--withhold` {unknown[0]} is in nothing that is held of this person.")
    body = ExportPerson(person=options.id, reason=options.reason, withheld=parts)
    settled = run_typed(settings, body, author=ADMINISTRATOR)
    if settled.refusal:
        raise Failed(f"`--{settled.field}` {_REFUSED[settled.refusal]}: nothing was handed over.")
    letter = Letter(house=name, made_at=MachineClock().now(), reason=options.reason.strip(), withheld=parts)
    for target in targets:
        _write(target, _content(target, export, letter, reader))
    counts = {section.table: len(section.rows) for section in export.sections}
    data = {"files": [str(each) for each in targets], "rows": counts, "position": settled.position}
    print_data(options, data, "\n".join(map(str, targets)))


def _read(person: str, settings: Settings) -> tuple[PersonExport, Reader, str]:
    """What is held, who says its values, and the house's name, all of one moment."""
    engine = house.open_store(settings)
    establishment = house.only_establishment(engine)
    with one_moment(engine) as connection:
        found = person_export(connection, establishment, person)
        if found is None:
            raise Failed(f"There is no person {person}.")
        return found, *_reader(connection, establishment)


def _targets(out: Path) -> list[Path]:
    """The files to write: named by chance, for a name says nothing of a patient."""
    if out.suffix in (".pdf", ".json"):
        return [out]
    if out.suffix and not out.is_dir():
        raise Failed("`--out` is a directory, or a file in .pdf or .json.")
    name = f"export-{TimeOrderedMint().new_id()[-12:]}"
    return [out / f"{name}.pdf", out / f"{name}.json"]


def _reader(connection: sa.Connection, establishment: str) -> tuple[Reader, str]:
    """Who says the values, and the house's name."""
    names = {
        row.id: row.name
        for table in (tables.queue, tables.service)
        for row in connection.execute(sa.select(table).filter_by(establishment=establishment))
    }
    words = read_house_words(connection, establishment)
    return Reader(read_place(connection, establishment).clock, names), words.get("name", establishment)


def _content(target: Path, export: PersonExport, letter: Letter, reader: Reader) -> bytes:
    if target.suffix == ".pdf":
        # The setter of pages is slow to load, and nothing else needs it.
        from sync.server.bootstrap.rights.document import write_document

        return write_document(export, letter, reader)
    data = {
        "format": "filrouge-person-export/1",
        "establishment": letter.house,
        "made_at": letter.made_at,
        "reason": letter.reason,
        "persons": export.ids,
        "held": {section.table: section.rows for section in export.sections},
        "left_out": shipped_words().left_out,
        "withheld": letter.withheld,
    }
    return msgspec.json.format(msgspec.json.encode(data), indent=2)


def _write(target: Path, content: bytes) -> None:
    """A new file that its owner alone reads; what is already there is never written over."""
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
