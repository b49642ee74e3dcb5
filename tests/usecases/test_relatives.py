"""Who is close to a person: said, withdrawn, compared by name on the server, forgotten with the person."""

import msgspec
import pytest

from app.domain.commands import AnyCommand, ErasePerson
from app.domain.relative_commands import SayRelative, WithdrawRelative
from app.domain.relative_facts import RelativeNamed, RelativeSaid
from app.domain.relatives import Compared, Likeness, RelativeRole
from app.domain.words import Channel, ErasureGround
from app.queries.person_export import person_export
from app.queries.relatives import compare_relative
from app.store import tables
from app.store.bundles import read_bundle
from app.store.erasure import own_numbers
from app.store.reading import one_moment
from app.store.relatives import count_relatives
from sync.server.feed.told import Told, told_of
from tests.support.scene import MARTINE, MARTINES_NUMBER, PAUL, Scene

NUMBER = "06 39 98 00 42"
YANN = SayRelative(
    person=MARTINE,
    full_name=" Yann  Le Gall",
    role=RelativeRole.TRUSTED,
    number_raw=NUMBER,
    source=Channel.DESK,
    since="2026-11-20",
)


def _ok(scene: Scene, command: AnyCommand) -> str:
    settled = scene.run(command)
    assert settled.refusal == ""
    return settled.command_id


def _refused(scene: Scene, command: AnyCommand) -> tuple[str, str]:
    settled = scene.run(command)
    return settled.refusal, settled.field


def _compared(scene: Scene, name: str, role: RelativeRole = RelativeRole.TRUSTED) -> Compared:
    with one_moment(scene.engine) as connection:
        return compare_relative(connection, scene.establishment, MARTINE, name, role)


def _count(scene: Scene, *persons: str) -> int:
    with one_moment(scene.engine) as connection:
        return count_relatives(connection, scene.establishment, persons)


def test_a_relative_is_kept_with_source_day_and_author_and_the_name_apart(scene: Scene) -> None:
    act = _ok(scene, YANN)
    row = scene.get(tables.relative, person=MARTINE, id=act)
    assert (row.role, row.number, row.source) == ("trusted", "+33639980042", "desk")
    assert (row.since, row.by, row.said_at) == ("2026-11-20", "c.morvan", scene.clock.now())
    assert scene.get(tables.relative_name, person=MARTINE, id=act).full_name == "Yann Le Gall"
    assert _count(scene, MARTINE) == 1


def test_no_desk_is_told_the_name_neither_by_a_fact_nor_by_the_persons_rows(scene: Scene) -> None:
    settled = scene.run(YANN)
    told = [fact for fact in scene.facts(settled) if told_of(fact) is not Told.NOBODY]
    assert [type(fact) for fact in told] == [RelativeSaid]
    assert [fact for fact in scene.facts(settled) if isinstance(fact, RelativeNamed)]
    with one_moment(scene.engine) as connection:
        bundle = read_bundle(connection, scene.establishment, MARTINE, as_of=settled.position)
    assert len(bundle.rows["relative"]) == 1
    assert "Gall" not in repr((told, bundle))


@pytest.mark.parametrize(
    ("name", "role", "likeness"),
    [
        ("LE GALL Yann", RelativeRole.TRUSTED, Likeness.MATCHES),
        ("yann le-gall", RelativeRole.TRUSTED, Likeness.MATCHES),
        ("Yann Le Gall", RelativeRole.GUARDIAN, Likeness.DIFFERS),
        ("Le Gall", RelativeRole.TRUSTED, Likeness.DIFFERS),
        ("Yann", RelativeRole.TRUSTED, Likeness.DIFFERS),
        ("Yves Le Gall", RelativeRole.TRUSTED, Likeness.DIFFERS),
    ],
)
def test_a_name_and_a_role_match_together_or_not_at_all(
    scene: Scene, name: str, role: RelativeRole, likeness: Likeness
) -> None:
    act = _ok(scene, YANN)
    _ok(scene, SayRelative(person=PAUL, full_name="Yves Le Gall", role=RelativeRole.TRUSTED))
    compared = _compared(scene, name, role)
    assert compared.likeness is likeness
    assert compared.relative == (act if likeness is Likeness.MATCHES else "")


def test_what_a_carer_may_see_to_is_told_of_who_matches_alone(scene: Scene) -> None:
    carer = SayRelative(
        person=MARTINE, full_name="Lou Morel", role=RelativeRole.CARER, scope="rendez-vous, transports"
    )
    _ok(scene, carer)
    assert _compared(scene, "Lou Morel", RelativeRole.CARER).scope == "rendez-vous, transports"
    assert _compared(scene, "Lou Morel", RelativeRole.CURATOR).scope == ""


def test_do_not_inform_outranks_every_role(scene: Scene) -> None:
    _ok(scene, YANN)
    act = _ok(
        scene,
        SayRelative(
            person=MARTINE, full_name="Yann Le Gall", role=RelativeRole.TO_NOTIFY, is_not_informed=True
        ),
    )
    assert {_compared(scene, "Yann Le Gall", role).likeness for role in RelativeRole} == {
        Likeness.NOT_INFORMED
    }
    _ok(scene, WithdrawRelative(person=MARTINE, relative=act))
    assert _compared(scene, "Yann Le Gall").likeness is Likeness.MATCHES


def test_who_is_withdrawn_counts_no_more_and_stays_written(scene: Scene) -> None:
    act = _ok(scene, YANN)
    _ok(scene, WithdrawRelative(person=MARTINE, relative=act))
    assert (_count(scene, MARTINE), _compared(scene, "Yann Le Gall").likeness) == (0, Likeness.DIFFERS)
    assert scene.get(tables.relative, person=MARTINE, id=act).withdrawn_at == scene.clock.now()
    again = WithdrawRelative(person=MARTINE, relative=act)
    assert _refused(scene, again) == ("already_changed", "relative")


def test_what_cannot_be_written_is_refused_by_its_field(scene: Scene) -> None:
    person = msgspec.structs.replace(YANN, person=scene.new_id())
    name = msgspec.structs.replace(YANN, full_name=" - ")
    number = msgspec.structs.replace(YANN, number_raw="12 3x")
    day = msgspec.structs.replace(YANN, since="2026-11-25")
    assert _refused(scene, person) == ("unknown_person", "person")
    assert _refused(scene, name) == ("name_required", "full_name")
    assert _refused(scene, number) == ("number_unreadable", "number_raw")
    assert _refused(scene, day) == ("future_date", "since")
    assert scene.count(tables.relative) == 0


def test_who_is_forgotten_takes_everybody_close_along_and_no_one_elses(scene: Scene) -> None:
    _ok(scene, YANN)
    _ok(scene, SayRelative(person=PAUL, full_name="Lou Morel", role=RelativeRole.TRUSTED))
    _ok(scene, ErasePerson(person=MARTINE, ground=ErasureGround.REQUEST))
    assert [row.full_name for row in scene.rows(tables.relative_name)] == ["Lou Morel"]
    assert [row.person for row in scene.rows(tables.relative)] == [PAUL]
    assert b"Gall" not in b"".join(bytes(row.body) for row in scene.rows(tables.journal_body))


def test_an_access_request_hands_over_who_is_close(scene: Scene) -> None:
    _ok(scene, YANN)
    with one_moment(scene.engine) as connection:
        found = person_export(connection, scene.establishment, MARTINE)
    assert found is not None
    rows = {each.table: each.rows for each in found.sections}
    assert [row["full_name"] for row in rows["relative_name"]] == ["Yann Le Gall"]
    assert [(row["role"], row["number"]) for row in rows["relative"]] == [("trusted", "+33639980042")]


def test_what_was_dialled_from_a_number_close_to_another_is_not_ones_own(scene: Scene) -> None:
    with one_moment(scene.engine) as connection:
        assert own_numbers(connection, scene.establishment, MARTINE) == [MARTINES_NUMBER]
    _ok(scene, msgspec.structs.replace(YANN, person=PAUL, number_raw=MARTINES_NUMBER))
    with one_moment(scene.engine) as connection:
        assert own_numbers(connection, scene.establishment, MARTINE) == []
