"""`filrouge-server registre`: the record of processing, written from the rules and the settings."""

import argparse
from collections.abc import Iterator
from importlib import resources
from typing import Any

import msgspec

from app.domain.consent import BASES, Basis, LegalForm, Purpose
from app.domain.retention import RULES, Rule
from app.settings import Settings
from app.store.opening import read_legal_form, read_place
from app.store.reading import read_house_words
from sync.server.bootstrap import house
from sync.server.bootstrap.lines import read_connectors
from sync.server.bootstrap.rights.words import shipped_words
from sync.server.bootstrap.telling import add_command, print_data


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """What the record of processing is written from; `lines` are the outside lines, by their kind."""

    house: str
    zone: str
    database: str
    is_encrypted_wire: bool
    lines: dict[str, tuple[str, ...]]
    form: LegalForm = LegalForm.PUBLIC
    rules: tuple[Rule, ...] = RULES


def add_registre(commands: Any) -> None:
    """`registre`."""
    add_command(commands, "registre", _registre, "Write the record of processing (Markdown, in French).")


def _registre(options: argparse.Namespace, settings: Settings) -> None:
    record = _read(settings)
    print_data(options, record, written(record))


def _read(settings: Settings) -> Record:
    engine = house.open_store(settings)
    establishment = house.only_establishment(engine)
    connectors = read_connectors(settings)
    with engine.connect() as connection:
        words = read_house_words(connection, establishment)
        zone = read_place(connection, establishment).zone
        form = read_legal_form(connection, establishment)
    return Record(
        house=words.get("name", establishment),
        zone=zone,
        form=form,
        database=engine.dialect.name,
        is_encrypted_wire=settings.tls_cert is not None,
        lines={
            "Asterisk (AMI)": tuple(line.line for line in connectors.asterisk),
            "Standard qui publie ses appels (CTI)": tuple(line.line for line in connectors.cti),
        },
    )


def written(record: Record) -> str:
    """The record, as Markdown."""
    page = (resources.files("resources") / "rights" / "registre.md").read_text("utf-8")
    rules = (
        f"| {rule.what} | {rule.since} | {duration(rule)} | {rule.basis} | {rule.done} |"
        for rule in record.rules
    )
    lines = (f"- {kind}\u00a0: {', '.join(names) or 'aucune'}" for kind, names in record.lines.items())
    return page.format(
        house=record.house,
        rules="\n".join(rules),
        form=_FORMS[record.form],
        bases="\n".join(_bases(record.form)),
        lines="\n".join(lines),
        database=record.database,
        zone=record.zone,
        wire="par ce serveur (TLS)" if record.is_encrypted_wire else "à assurer devant ce serveur",
    )


def _bases(form: LegalForm) -> Iterator[str]:
    """A line of the table for each purpose: by what law, and what must be said first."""
    words = shipped_words().values
    for purpose, basis in BASES[form].items():
        is_agreed = purpose is Purpose.SATISFACTION
        first = "accord préalable" if is_agreed else "information\u00a0; accord préalable pour WhatsApp"
        named = words["purpose"][purpose], words["basis"][basis], _ARTICLES[basis]
        yield f"| {named[0]} | {named[1]} ({named[2]}) | {first} |"


_FORMS = {LegalForm.PUBLIC: "établissement public", LegalForm.PRIVATE: "établissement privé"}
_ARTICLES = {
    Basis.PUBLIC_INTEREST: "art. 6.1 e",
    Basis.CARE: "art. 6.1 e et 9.2 h",
    Basis.CONTRACT: "art. 6.1 b et 9.2 h",
    Basis.LEGITIMATE_INTEREST: "art. 6.1 f",
    Basis.CONSENT: "art. 6.1 a",
}


def duration(rule: Rule) -> str:
    """How long, in words."""
    if rule.months:
        return f"{rule.months}\u00a0mois"
    return f"{rule.days}\u00a0jours" if rule.days else "tant que la personne est connue"
