"""The house's hours and place are set by its administrator, and heard by every desk."""

from collections.abc import Mapping

import pytest

from app.domain.commands import SetOpeningHours, SetPlace
from app.domain.facts import OpeningHoursSet, PlaceSet
from app.domain.holidays import Region
from app.domain.opening import Opening, Place
from app.domain.words import Role
from app.queries.house import read_house
from app.store import tables
from sync.server.auth.judging import MAY_RUN
from tests.support.scene import OTHER_QUEUE, QUEUE, Scene

SPLIT = "1-5 08:00-12:00 13:00-18:00"


def known(scene: Scene) -> Mapping[str, Opening]:
    with scene.engine.connect() as connection:
        return read_house(connection, scene.establishment).openings


def test_hours_and_place_are_every_desks(scene: Scene) -> None:
    assert known(scene)["orthopedie"] == Opening()
    hours = scene.run(SetOpeningHours(service="orthopedie", hours=SPLIT))
    place = scene.run(SetPlace(zone="Indian/Reunion", region=Region.REUNION))
    assert known(scene)["orthopedie"] == Opening(
        hours=SPLIT, place=Place(zone="Indian/Reunion", region=Region.REUNION)
    )
    assert scene.facts(hours) == (OpeningHoursSet(service="orthopedie", hours=SPLIT),)
    assert scene.facts(place) == (PlaceSet(zone="Indian/Reunion", region=Region.REUNION),)
    assert all(scene.entry(one).scope.is_for_all for one in (hours, place))


def test_a_queue_has_its_own_hours_and_gives_them_up(scene: Scene) -> None:
    scene.run(SetOpeningHours(service="orthopedie", queue=QUEUE, hours=SPLIT))
    assert (scene.get(tables.queue, id=QUEUE).hours, known(scene)["orthopedie"].hours) == (SPLIT, "")
    scene.run(SetOpeningHours(service="orthopedie", queue=QUEUE, hours=""))
    assert scene.get(tables.queue, id=QUEUE).hours == ""


@pytest.mark.parametrize(
    ("command", "refusal", "field"),
    [
        (SetOpeningHours(service="orthopedie", hours="lundi"), "unreadable_hours", "hours"),
        (SetOpeningHours(service="inconnu", hours=SPLIT), "unknown_service", "service"),
        (SetOpeningHours(service="orthopedie", queue=OTHER_QUEUE, hours=SPLIT), "unknown_queue", "queue"),
        (SetPlace(zone="Europe/Atlantis", region=Region.MAINLAND), "unknown_zone", "zone"),
    ],
)
def test_what_cannot_be_set_is_refused_by_its_field(
    scene: Scene, command: SetOpeningHours | SetPlace, refusal: str, field: str
) -> None:
    settled = scene.run(command)
    assert (settled.refusal, settled.field) == (refusal, field)


def test_only_an_administrator_sets_them_from_a_desk() -> None:
    assert MAY_RUN[SetOpeningHours] == MAY_RUN[SetPlace] == {Role.ADMINISTRATOR}
