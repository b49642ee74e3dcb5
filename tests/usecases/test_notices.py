"""« Consignes du jour »: who may tell a service's desks what, how many at once, and until when."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.dispatch import Settled
from app.domain.commands import PublishNotice, WithdrawNotice
from app.domain.facts import NoticePublished, NoticeWithdrawn
from app.domain.ids import Id
from app.domain.words import NoticeTopic, Role
from app.queries.notices import Notice, read_notices
from app.store import tables
from sync.server.auth.judging import MAY_RUN
from tests.support.scene import Scene

HOUR = timedelta(hours=1)
SUPERVISOR, ADMINISTRATOR = "n.bourdin", "a.dmin"


@pytest.fixture
def scene(engine: sa.Engine) -> Scene:
    here = Scene(engine)
    accounts = ((SUPERVISOR, "supervisor", "orthopedie"), (ADMINISTRATOR, "administrator", ""))
    with engine.begin() as connection:
        for login, role, services in accounts:
            row = {"login": login, "role": role, "services": services}
            connection.execute(sa.insert(tables.account), row | {"establishment": here.establishment})
    return here


def publish(
    scene: Scene,
    title: str,
    *,
    service: str = "orthopedie",
    lasting: timedelta = HOUR,
    author: str = SUPERVISOR,
    notice: Id = "",
) -> Settled:
    body = PublishNotice(
        notice=notice or scene.new_id(),
        service=service,
        topic=NoticeTopic.DELAY,
        title=title,
        ends_at=scene.clock.now() + lasting,
    )
    scene.clock.move(timedelta(seconds=1))
    return scene.run(body, author=author)


def told(scene: Scene, *services: str) -> tuple[Notice, ...]:
    with scene.engine.connect() as connection:
        return read_notices(
            connection, scene.establishment, services=services or ("orthopedie",), now=scene.clock.now()
        )


def titles(scene: Scene, *services: str) -> list[str]:
    return [one.title for one in told(scene, *services)]


def test_a_notice_is_told_to_its_service_until_its_end(scene: Scene) -> None:
    settled = publish(scene, "IRM : retard")
    assert [type(fact) for fact in scene.facts(settled)] == [NoticePublished]
    assert scene.entry(settled).scope.is_for_all
    assert (titles(scene), titles(scene, "standard")) == (["IRM : retard"], [])
    scene.clock.move(HOUR)
    assert titles(scene) == []


def test_three_stand_the_newest_first_and_a_fourth_waits_for_room(scene: Scene) -> None:
    for title in ("un", "deux"):
        publish(scene, title)
    publish(scene, "trois", lasting=2 * HOUR)
    refused = publish(scene, "quatre")
    assert (refused.refusal, refused.field) == ("full_notices", "service")
    assert titles(scene) == ["trois", "deux", "un"]
    assert publish(scene, "ailleurs", service="standard", author=ADMINISTRATOR).refusal == ""
    scene.clock.move(HOUR)
    kinds = [type(fact) for fact in scene.facts(publish(scene, "quatre"))]
    assert kinds == [NoticeWithdrawn, NoticeWithdrawn, NoticePublished]
    assert titles(scene) == ["quatre", "trois"]


def test_a_known_one_is_told_otherwise_and_taken_back(scene: Scene) -> None:
    notice = scene.new_id()
    publish(scene, "Parking nord", notice=notice)
    publish(scene, "Parking sud", notice=notice)
    assert titles(scene) == ["Parking sud"]
    scene.run(WithdrawNotice(notice=notice), author=SUPERVISOR)
    assert titles(scene) == []
    assert scene.run(WithdrawNotice(notice=notice), author=SUPERVISOR).refusal == "unknown_notice"


def test_a_supervisor_writes_for_its_own_services_and_an_administrator_for_all(scene: Scene) -> None:
    refused = publish(scene, "Standard saturé", service="standard")
    assert (refused.refusal, refused.field) == ("not_allowed", "service")
    theirs = scene.new_id()
    publish(scene, "Standard saturé", service="standard", author=ADMINISTRATOR, notice=theirs)
    assert scene.run(WithdrawNotice(notice=theirs), author=SUPERVISOR).refusal == "not_allowed"
    moved = publish(scene, "Standard libre", author=ADMINISTRATOR, notice=theirs)
    assert (moved.refusal, moved.field) == ("unknown_notice", "notice")
    assert titles(scene, "standard") == ["Standard saturé"]


@pytest.mark.parametrize(
    ("service", "lasting", "refusal", "field"),
    [("inconnu", HOUR, "unknown_service", "service"), ("orthopedie", -HOUR, "past_end", "ends_at")],
)
def test_what_cannot_be_told_is_refused_by_its_field(
    scene: Scene, service: str, lasting: timedelta, refusal: str, field: str
) -> None:
    settled = publish(scene, "Rien", service=service, lasting=lasting)
    assert (settled.refusal, settled.field, titles(scene)) == (refusal, field, [])


def test_only_supervisors_and_administrators_may_send_it() -> None:
    assert MAY_RUN[PublishNotice] == MAY_RUN[WithdrawNotice] == {Role.SUPERVISOR, Role.ADMINISTRATOR}
