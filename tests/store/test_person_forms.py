"""A person's forms follow the names."""

import sqlalchemy as sa

from app.store import tables
from app.store.person_forms import put_person
from app.store.rows import Rows
from tests.support.scene import MARTINE, Scene


def forms(connection: sa.Connection, scene: Scene) -> set[tuple[str, str, str]]:
    chosen = sa.select(tables.person_form).filter_by(establishment=scene.establishment, person=MARTINE)
    return {(row.kind, row.form, row.other) for row in connection.execute(chosen)}


def test_a_name_that_changes_is_found_under_the_new_one_alone(scene: Scene) -> None:
    with scene.engine.begin() as connection:
        rows = Rows(connection, scene.establishment, position=7)
        put_person(rows, id=MARTINE, used_name="LE GALL")
        assert forms(connection, scene) == {
            ("birth", "dubreuil", "martine"),
            ("used", "legall", "martine"),
            ("used", "gall", "martine"),
            ("given", "martine", "dubreuil"),
        }
        put_person(rows, id=MARTINE, birth_name="MORIN", used_name="", birth_date="1958-03-14")
        assert forms(connection, scene) == {("birth", "morin", "martine"), ("given", "martine", "morin")}
        own = {"establishment": scene.establishment, "person": MARTINE}
        born = sa.select(tables.person_form.c.birth_date).filter_by(**own)
        assert set(connection.execute(born).scalars()) == {"1958-03-14"}
