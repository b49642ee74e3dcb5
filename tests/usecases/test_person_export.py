"""The right of access: all that is held is handed over or named, and handing over leaves a trace."""

import msgspec
import pytest
import sqlalchemy as sa

from app.domain.commands import (
    AnyCommand,
    IdentifyCaller,
    LogMotive,
    OpenPerson,
    Promise,
)
from app.domain.rights_commands import ExportPerson, Withheld
from app.domain.rights_facts import PersonExported
from app.domain.words import Outcome
from app.queries.person_export import REMOVED, PersonExport, person_export, withhold
from app.store import tables
from app.store.kept_messages import keep_message
from app.store.personal import AGENTS, HANDED_OVER, LEFT_OUT, OTHERS, WORDS
from sync.server.bootstrap.rights.words import shipped_words
from tests.support.scene import JEANNE, MARTINE, MARTINES_NUMBER, PAUL, SHARED_NUMBER, Scene

SAID = "ne veut plus être rappelée"
WHY = "Demande écrite du 20 novembre"
OF_SOMEBODY = frozenset(
    (
        *("person", "subject", "same_as", "person_before", "candidates", "contact", "commitment"),
        *("case_id", "number", "scope", "old"),
    )
)
"""Columns that may hold something of a person; a column of bytes may hold anything."""


def _may_be_personal(table: sa.Table) -> bool:
    is_raw = any(isinstance(column.type, sa.LargeBinary) for column in table.c)
    return table is tables.person or is_raw or bool(OF_SOMEBODY & set(table.c.keys()))


def _undeclared(every: tuple[sa.Table, ...]) -> list[str]:
    return [t.name for t in every if _may_be_personal(t) and t not in (*HANDED_OVER, *LEFT_OUT)]


def test_every_table_that_may_hold_something_of_a_person_is_handed_over_or_named() -> None:
    assert _undeclared((*tables.SHARED, *tables.SERVER)) == []
    assert not set(HANDED_OVER) & set(LEFT_OUT)
    assert {table.name for table in LEFT_OUT} < set(shipped_words().left_out)


def test_a_new_table_that_is_neither_is_found() -> None:
    apart = sa.MetaData()
    added = sa.Table("added", apart, sa.Column("id", sa.Text), sa.Column("person", sa.Text))
    blind = sa.Table("blind", apart, sa.Column("id", sa.Text), sa.Column("what", sa.LargeBinary))
    assert _undeclared((added, blind)) == ["added", "blind"]


@pytest.mark.parametrize("table", HANDED_OVER, ids=lambda table: table.name)
def test_every_column_is_printed_or_in_the_data_or_not_told(table: sa.Table) -> None:
    words = shipped_words().sections[table.name]
    printed = {*words.head, *words.lines}
    not_told = AGENTS | OTHERS | {"establishment", "position"}
    named = printed | set(words.only_json) | not_told
    if table is not tables.access_log:
        assert printed <= set(table.c.keys())
    assert set(table.c.keys()) <= named
    assert printed <= set(shipped_words().labels)


def _live(scene: Scene, person: str = MARTINE, number: str = MARTINES_NUMBER) -> str:
    contact = scene.ring(number)
    told: list[AnyCommand] = [
        IdentifyCaller(contact=contact, person=person),
        LogMotive(
            contact=contact,
            motive="11",
            outcome=Outcome.FOLLOW_UP,
            service="orthopedie",
            case=scene.new_id(),
            case_title="Rendez-vous",
            note=SAID,
            commitment=Promise(
                commitment=scene.new_id(), due_at=scene.clock.now(), owner="c.morvan", what=SAID
            ),
        ),
        OpenPerson(person=person, contact=contact, proposed=(PAUL,)),
    ]
    for each in told:
        assert scene.run(each).refusal == ""
    return contact


def _export(scene: Scene, person: str = MARTINE) -> PersonExport:
    with scene.engine.connect() as connection:
        found = person_export(connection, scene.establishment, person)
    assert found is not None
    return found


def _rows(export: PersonExport, table: sa.Table) -> tuple[dict[str, object], ...]:
    return next(section.rows for section in export.sections if section.table == table.name)


def test_all_that_was_said_is_in_it_and_nothing_of_another_nor_of_the_agents(scene: Scene) -> None:
    contact = _live(scene)
    other = _live(scene, PAUL, SHARED_NUMBER)
    keep_message(
        scene.engine,
        scene.establishment,
        f"from={MARTINES_NUMBER[1:]}".encode(),
        line="cti",
        field="event",
        at=scene.clock.now(),
    )
    export = _export(scene)
    (row,) = _rows(export, tables.contact)
    assert (row["id"], row["note"], row["number"]) == (contact, SAID, MARTINES_NUMBER)
    filled = (tables.case, tables.commitment, tables.access_log, tables.journal_body, tables.kept_message)
    assert all(_rows(export, table) for table in filled)
    text = msgspec.json.encode(export).decode()
    assert text.count(SAID) >= 4
    for hidden in (PAUL, JEANNE, other, SHARED_NUMBER, "c.morvan", "Morvan"):
        assert hidden not in text


def test_a_human_recorded_twice_is_handed_over_whole(scene: Scene) -> None:
    for person in (PAUL, JEANNE):
        _live(scene, person, SHARED_NUMBER)
    with scene.engine.begin() as connection:
        chosen = sa.update(tables.person).filter_by(establishment=scene.establishment, id=PAUL)
        connection.execute(chosen.values(same_as=JEANNE))
    export = _export(scene, PAUL)
    assert export.ids == (JEANNE, PAUL)
    assert len(_rows(export, tables.person)) == len(_rows(export, tables.contact)) == 2


def test_nobody_is_handed_over_for_who_is_unknown(scene: Scene) -> None:
    with scene.engine.connect() as connection:
        assert person_export(connection, scene.establishment, scene.new_id()) is None


def test_the_words_about_a_third_person_are_withheld_wherever_they_stand(scene: Scene) -> None:
    contact, kept = _live(scene), _live(scene)
    stranger = scene.new_id()
    parts = [Withheld(id=name, reason="Parle de sa voisine") for name in (contact, stranger)]
    export, unknown = withhold(_export(scene), parts)
    assert unknown == [stranger]
    notes = {row["id"]: row["note"] for row in _rows(export, tables.contact)}
    assert notes == {contact: REMOVED, kept: SAID}
    about = [
        row
        for section in export.sections
        for row in section.rows
        if contact in row.values() and set(row) & WORDS
    ]
    assert len(about) >= 3
    assert SAID not in repr(about)


def test_handing_over_is_traced_with_its_reason(scene: Scene) -> None:
    withheld = (Withheld(id=scene.new_id(), reason="Parle de sa voisine"),)
    settled = scene.run(
        ExportPerson(person=MARTINE, reason=f" {WHY} ", withheld=withheld), author="filrouge-server"
    )
    (fact,) = scene.facts(settled)
    assert isinstance(fact, PersonExported)
    assert (fact.reason, fact.by, fact.withheld) == (WHY, "filrouge-server", withheld)
    read = scene.get(tables.access_log, person=MARTINE)
    assert (read.act, read.author, read.reason, read.at) == (
        "exported",
        "filrouge-server",
        WHY,
        scene.clock.now(),
    )
    assert [row["act"] for row in _rows(_export(scene), tables.access_log)] == ["exported"]


@pytest.mark.parametrize(
    ("reason", "why", "field"),
    [("oui", "Parle de sa voisine", "reason"), (WHY, "bof", "withheld")],
)
def test_what_gives_no_reason_is_refused_by_its_field(
    scene: Scene, reason: str, why: str, field: str
) -> None:
    parts = (Withheld(id=scene.new_id(), reason=why),)
    settled = scene.run(ExportPerson(person=MARTINE, reason=reason, withheld=parts))
    assert (settled.refusal, settled.field) == ("reason_required", field)
    assert scene.count(tables.access_log) == 0
