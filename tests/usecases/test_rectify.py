"""The right to have what is wrong put right: both ends say the same, and what was said before is kept."""

import pytest

from app.domain.facts import AnyFact
from app.domain.rights_commands import Correction, Rectified, RectifyPerson
from app.domain.rights_facts import PersonRectified
from app.store import tables
from tests.support.scene import MARTINE, Scene

WHY = "Demande écrite du 20 novembre"


def _rectify(scene: Scene, field: Rectified, value: str, reason: str = WHY) -> tuple[str, str]:
    settled = scene.run(
        RectifyPerson(person=MARTINE, corrections=(Correction(field=field, value=value),), reason=reason)
    )
    return settled.refusal, settled.field


def _facts(scene: Scene, *corrections: Correction) -> tuple[AnyFact, ...]:
    return scene.facts(scene.run(RectifyPerson(person=MARTINE, corrections=corrections, reason=WHY)))


def test_what_is_put_right_is_found_under_its_new_name_and_what_it_said_is_kept(scene: Scene) -> None:
    (fact,) = _facts(
        scene,
        Correction(field=Rectified.USED_NAME, value="Le Gall"),
        Correction(field=Rectified.BIRTH_DATE, value="1958-03-15"),
        Correction(field=Rectified.FIRST_GIVEN_NAME, value="Martine"),
    )
    assert isinstance(fact, PersonRectified)
    assert [(each.field, each.before, each.after) for each in fact.changes] == [
        ("used_name", "", "LE GALL"),
        ("birth_date", "", "1958-03-15"),
    ]
    assert (fact.reason, fact.by) == (WHY, "c.morvan")
    row = scene.get(tables.person, id=MARTINE)
    assert (row.used_name, row.birth_date, row.birth_name) == ("LE GALL", "1958-03-15", "DUBREUIL")
    assert scene.count(tables.person_form, person=MARTINE, form="legall") == 1


def test_what_already_says_so_changes_nothing(scene: Scene) -> None:
    assert _facts(scene, Correction(field=Rectified.BIRTH_NAME, value="Dubreuil")) == ()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (Rectified.BIRTH_DATE, "15/03/1958"),
        (Rectified.BIRTH_DATE, "2958-03-15"),
        (Rectified.SEX, "X"),
        (Rectified.BIRTH_NAME, "  "),
        (Rectified.PREFERRED_CHANNEL, "pigeon"),
    ],
)
def test_a_value_that_cannot_be_is_refused_by_its_field(scene: Scene, field: Rectified, value: str) -> None:
    before = scene.get(tables.person, id=MARTINE)
    assert _rectify(scene, field, value) == ("value_unreadable", field.value)
    assert scene.get(tables.person, id=MARTINE) == before


def test_without_a_reason_or_a_person_nothing_is_put_right(scene: Scene) -> None:
    assert _rectify(scene, Rectified.SEX, "F", "oui") == ("reason_required", "reason")
    nobody = RectifyPerson(
        person=scene.new_id(), corrections=(Correction(field=Rectified.SEX, value="F"),), reason=WHY
    )
    assert scene.run(nobody).refusal == "unknown_person"
