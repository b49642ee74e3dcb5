"""Three dates let supervision name agents: an administrator sets them, every desk hears, all are past."""

from datetime import date, timedelta

import pytest

from app.domain.commands import SetNaming, SetPlace
from app.domain.facts import NamingSet
from app.domain.holidays import Region
from app.domain.naming import STEPS, Naming
from app.domain.words import Role
from app.store import tables
from app.store.naming import read_naming
from sync.server.auth.judging import MAY_RUN
from tests.support.scene import MORNING, Scene

TODAY = MORNING.date()
DATED = {step: TODAY - timedelta(days=number) for number, step in enumerate(STEPS)}


def known(scene: Scene) -> Naming:
    with scene.engine.connect() as connection:
        return read_naming(connection, scene.establishment)


def test_the_dates_are_every_desks_and_the_journal_says_who_set_them(scene: Scene) -> None:
    assert known(scene) == Naming()
    settled = scene.run(SetNaming(**DATED), author="filrouge-server")
    assert known(scene) == Naming(**DATED)
    entry = scene.entry(settled)
    assert (entry.author, entry.scope.is_for_all) == ("filrouge-server", True)
    assert entry.facts == (NamingSet(**DATED),)


def test_a_date_left_out_is_not_dated_any_more(scene: Scene) -> None:
    scene.run(SetNaming(**DATED))
    scene.run(SetNaming(**DATED | {"informed_on": None}))
    assert known(scene) == Naming(**DATED | {"informed_on": None})


@pytest.mark.parametrize("step", STEPS)
def test_a_date_to_come_is_refused_by_its_field_and_changes_nothing(scene: Scene, step: str) -> None:
    scene.run(SetNaming(**DATED))
    settled = scene.run(SetNaming(**DATED | {step: TODAY + timedelta(days=1)}))
    assert (settled.refusal, settled.field) == ("future_date", step)
    assert known(scene) == Naming(**DATED)


def test_today_is_that_of_the_place(scene: Scene) -> None:
    scene.clock.move(timedelta(hours=12))
    tomorrow = SetNaming(**DATED | {"analysed_on": TODAY + timedelta(days=1)})
    assert scene.run(tomorrow).refusal == "future_date"
    scene.run(SetPlace(zone="Pacific/Noumea", region=Region.MAINLAND))
    assert scene.run(tomorrow).refusal == ""


@pytest.mark.parametrize("step", STEPS)
def test_agents_may_be_named_by_all_three_dates_and_by_no_fewer(step: str) -> None:
    assert Naming(**DATED).opinion(TODAY) == DATED["consulted_on"]
    for missing in (None, TODAY + timedelta(days=1)):
        assert Naming(**DATED | {step: missing}).opinion(TODAY) is None


def test_nothing_is_named_before_the_last_of_the_three() -> None:
    last = date(2026, 6, 30)
    dated = Naming(consulted_on=date(2026, 6, 12), informed_on=last, analysed_on=date(2026, 6, 15))
    assert dated.opinion(last - timedelta(days=1)) is None
    assert dated.opinion(last) == date(2026, 6, 12)


def test_only_an_administrator_sets_them_from_a_desk(scene: Scene) -> None:
    assert MAY_RUN[SetNaming] == {Role.ADMINISTRATOR}
    assert scene.find(tables.naming) is None
