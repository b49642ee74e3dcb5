"""The journal can prove: a chain whose first altered entry is named."""

import hashlib
from collections.abc import Callable

import msgspec
import pytest
import sqlalchemy as sa

from app.domain.commands import NoteContact, OpenPerson
from app.domain.words import Channel
from app.store import journal, tables
from app.store.journal import FirstFault
from tests.support.scene import MARTINE, MORNING, Scene

Spoil = Callable[[sa.Connection, str], object]


def _note(scene: Scene, text: str = "bonjour", person: str | None = MARTINE) -> int:
    command = NoteContact(
        contact=scene.new_id(),
        channel=Channel.DESK,
        service="orthopedie",
        person=person,
        text=text,
        happened_at=MORNING,
    )
    return scene.run(command).position


def _verify(scene: Scene) -> FirstFault | None:
    with scene.engine.connect() as connection:
        return journal.verify(connection, scene.establishment)


def _of(table: sa.Table, establishment: str, position: int) -> sa.ColumnElement[bool]:
    return sa.and_(table.c.establishment == establishment, table.c.position == position)


def _set_header(position: int, **values: object) -> Spoil:
    def spoil(connection: sa.Connection, establishment: str) -> object:
        table = tables.journal
        return connection.execute(
            sa.update(table).where(_of(table, establishment, position)).values(**values)
        )

    return spoil


def _drop(table: sa.Table, position: int) -> Spoil:
    def spoil(connection: sa.Connection, establishment: str) -> object:
        return connection.execute(sa.delete(table).where(_of(table, establishment, position)))

    return spoil


def _set_body(position: int, **values: object) -> Spoil:
    def spoil(connection: sa.Connection, establishment: str) -> object:
        table = tables.journal_body
        chosen = sa.and_(_of(table, establishment, position), table.c.ordinal == 0)
        return connection.execute(sa.update(table).where(chosen).values(**values))

    return spoil


def _swap_authors_and_rehash(connection: sa.Connection, establishment: str) -> object:
    """A forger who knows the format: the entry itself is right again, the next one betrays it."""
    table = tables.journal
    _set_header(3, author="somebody.else")(connection, establishment)
    chosen = sa.select(table).where(_of(table, establishment, 3))
    row = connection.execute(chosen).mappings().one()
    header = {name: row[name] for name in sorted(map(str, row)) if name != "hash"}
    forged = hashlib.sha256(msgspec.json.encode(header)).hexdigest()
    return _set_header(3, hash=forged)(connection, establishment)


def test_an_untouched_journal_verifies_from_its_first_entry(scene: Scene) -> None:
    assert _verify(scene) is None
    assert [_note(scene) for _ in range(5)] == [1, 2, 3, 4, 5]
    assert _verify(scene) is None


@pytest.mark.parametrize(
    ("spoil", "first"),
    [
        (_set_header(3, author="somebody.else"), 3),
        (_set_header(3, at=MORNING.replace(year=2025)), 3),
        (_set_header(3, refusal="unknown_contact"), 3),
        (_set_header(3, scope="{}"), 3),
        (_set_header(3, digest="0"), 3),
        (_set_header(3, hash="0"), 3),
        (_set_header(3, previous="0"), 3),
        (_set_body(3, body=b'{"kind":"ContactNoted"}'), 3),
        (_set_body(3, salt=b"0" * 16), 3),
        (_drop(tables.journal_body, 3), 3),
        (_drop(tables.journal, 3), 4),
        (_swap_authors_and_rehash, 4),
    ],
    ids=[
        *("author", "time", "refusal", "scope", "digest", "hash", "previous"),
        *("fact", "salt", "fact removed", "entry removed", "entry forged whole"),
    ],
)
def test_the_first_altered_entry_is_named(scene: Scene, spoil: Spoil, first: int) -> None:
    for number in range(6):
        _note(scene, text=f"note {number}")
    with scene.engine.begin() as connection:
        spoil(connection, scene.establishment)
    fault = _verify(scene)
    assert fault is not None
    assert fault.position == first


def test_a_body_cannot_pass_from_one_entry_to_another(scene: Scene) -> None:
    _note(scene, text="first")
    _note(scene, text="second")
    with scene.engine.begin() as connection:
        _drop(tables.journal_body, 2)(connection, scene.establishment)
        chosen = sa.update(tables.journal_body).where(_of(tables.journal_body, scene.establishment, 1))
        connection.execute(chosen.values(position=2))
    fault = _verify(scene)
    assert fault is not None
    assert fault.position == 1


def test_the_chained_header_holds_nothing_that_was_said(scene: Scene) -> None:
    _note(scene, text="douleur au genou")
    row = scene.get(tables.journal, position=1)
    assert "douleur" not in repr(row)
    with scene.engine.connect() as connection:
        found = sa.select(tables.journal_body.c.body).filter_by(establishment=scene.establishment)
        assert b"douleur" in b"".join(bytes(body) for body in connection.execute(found).scalars())


def test_the_same_fact_twice_leaves_two_different_marks(scene: Scene) -> None:
    """Without the salt an erased body could be guessed from its digest."""
    contact = scene.new_id()
    command = OpenPerson(person=MARTINE, contact=contact)
    scene.run(command)
    scene.run(command)
    first, second = (scene.get(tables.journal, position=at).digest for at in (1, 2))
    assert first != second


def test_a_body_names_whom_it_is_about_or_else_its_contact_so_that_it_can_be_erased(scene: Scene) -> None:
    _note(scene, person=MARTINE)
    _note(scene, person=None)
    (contact,) = (row.id for row in scene.rows(tables.contact) if row.person is None)
    bodies = scene.rows(tables.journal_body)
    assert {(row.position, row.subject) for row in bodies} == {(1, MARTINE), (2, contact)}


def test_an_unknown_fact_is_kept_raw_and_the_reader_goes_on(scene: Scene) -> None:
    _note(scene)
    _note(scene)
    with scene.engine.begin() as connection:
        _set_body(2, body=b'{"kind":"FromTheFuture","x":1}')(connection, scene.establishment)
        first, second = journal.read_entries(connection, scene.establishment, after=0, most=10)
    assert [bytes(raw) for raw in second.unknown_facts] == [b'{"kind":"FromTheFuture","x":1}']
    assert first.unknown_facts == ()
    assert first.facts != ()


def test_entries_are_read_in_order_and_by_pages(scene: Scene) -> None:
    for _ in range(5):
        _note(scene)
    with scene.engine.connect() as connection:
        pages = [
            [
                entry.position
                for entry in journal.read_entries(connection, scene.establishment, after=at, most=2)
            ]
            for at in (0, 2, 4, 5)
        ]
    assert pages == [[1, 2], [3, 4], [5], []]
