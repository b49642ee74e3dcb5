"""A number of somebody close: as what is told, about whom may be asked, and nobody is opened by it (R4)."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.domain.relatives import Calling, RelativeRole
from app.queries.caller_card import CallerCard, caller_card
from app.store import tables
from tests.queries.conftest import HOUSE, NOW, merge, person_named, ring

NUMBER = "+33639980042"
TRUSTED = Calling(role=RelativeRole.TRUSTED)


def _close(
    connection: sa.Connection, person: str, role: RelativeRole = RelativeRole.TRUSTED, **given: object
) -> None:
    row = {"establishment": HOUSE, "person": person, "id": f"{person} {role}", "role": role, "number": NUMBER}
    connection.execute(sa.insert(tables.relative).values(row | given))


def _card(connection: sa.Connection, *, candidates: str = "", person: str | None = None) -> CallerCard:
    contact = ring(connection, number=NUMBER, candidates=candidates)
    card = caller_card(connection, HOUSE, contact, extension="4101", now=NOW, person=person)
    assert card is not None
    return card


@pytest.fixture
def martine(reading: sa.Connection) -> str:
    return person_named(reading, "DUBREUIL", "Martine")


def test_the_only_one_to_whom_a_number_is_close_is_listed_and_not_opened(
    reading: sa.Connection, martine: str
) -> None:
    _close(reading, martine)
    card = _card(reading)
    assert card.relatives == (TRUSTED,)
    assert [one.person for one in card.candidates] == [martine]
    assert (card.opened, card.glance) == (None, None)


def test_a_person_at_the_desk_opens_whom_the_relative_calls_about(
    reading: sa.Connection, martine: str
) -> None:
    _close(reading, martine)
    card = _card(reading, person=martine)
    assert card.opened is not None
    assert (card.opened.person, card.relatives, card.is_linked) == (martine, (TRUSTED,), False)


def test_ones_own_number_goes_before_a_relatives(reading: sa.Connection, martine: str) -> None:
    gerard = person_named(reading, "LEROUX", "Gérard")
    _close(reading, martine)
    card = _card(reading, candidates=gerard)
    assert card.opened is not None
    assert (card.opened.person, card.relatives) == (gerard, ())


def test_who_is_withdrawn_is_nobody_and_who_is_not_to_be_informed_is_said(
    reading: sa.Connection, martine: str
) -> None:
    _close(reading, martine, withdrawn_at=NOW - timedelta(days=1))
    _close(reading, martine, RelativeRole.TO_NOTIFY, not_informed="1")
    assert _card(reading).relatives == (Calling(role=RelativeRole.TO_NOTIFY, is_not_informed=True),)


def test_who_is_close_to_a_protected_person_is_an_unknown_name(reading: sa.Connection) -> None:
    _close(reading, person_named(reading, "AUBERT", "Jeanne"))
    card = _card(reading)
    assert (card.candidates, card.relatives, card.opened) == ((), (), None)


def test_what_was_said_of_a_merged_record_is_of_the_one_kept(reading: sa.Connection, martine: str) -> None:
    gerard = person_named(reading, "LEROUX", "Gérard")
    _close(reading, gerard)
    merge(reading, gerard, into=martine)
    card = _card(reading)
    assert ([one.person for one in card.candidates], card.relatives) == ([martine], (TRUSTED,))
