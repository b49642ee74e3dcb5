"""« 4e contact en 4 jours, par 3 canaux », on the card of a call: whose contacts count, and whose do not."""

from datetime import timedelta

from app.domain.commands import IdentifyCaller, JoinCase, LogMotive, PartCase
from app.domain.ids import Id
from app.domain.words import Channel, Outcome
from app.queries.caller_card import Repeat, caller_card
from tests.support.scene import JEANNE, MARTINE, PAUL, SHARED_NUMBER, Scene
from tests.usecases.test_cases import call, demand, written

DAY = timedelta(days=1)


def _badge(scene: Scene, contact: Id) -> tuple[int, int, int] | None:
    """Contacts, days and channels, as the bar says them."""
    with scene.engine.connect() as connection:
        card = caller_card(connection, scene.establishment, contact, extension="4101", now=scene.clock.now())
    assert card is not None
    found: Repeat | None = card.repeat
    return None if found is None else (found.contacts, found.days, found.channels)


def _hidden(scene: Scene) -> Id:
    contact = scene.ring("anonymous")
    scene.clock.move(timedelta(minutes=1))
    return contact


def test_a_hidden_call_counts_once_its_caller_is_said_and_not_before(scene: Scene) -> None:
    demand(scene, call(scene), motive="31")
    scene.clock.move(DAY)
    contact = _hidden(scene)
    assert _badge(scene, contact) is None
    scene.run(IdentifyCaller(contact=contact, person=MARTINE))
    assert _badge(scene, contact) == (2, 2, 1)


def test_earlier_hidden_calls_count_once_they_are_linked(scene: Scene) -> None:
    first = _hidden(scene)
    scene.run(IdentifyCaller(contact=first, person=MARTINE))
    demand(scene, first, motive="31")
    scene.clock.move(DAY)
    assert _badge(scene, call(scene)) == (2, 2, 1)


def test_who_shares_the_number_chases_nothing(scene: Scene) -> None:
    demand(scene, call(scene, PAUL), motive="31")
    scene.clock.move(DAY)
    contact = scene.ring(SHARED_NUMBER)
    scene.run(IdentifyCaller(contact=contact, person=JEANNE))
    assert _badge(scene, contact) is None


def test_channels_are_counted_as_they_are_joined_and_no_more_once_parted(scene: Scene) -> None:
    letter = written(scene, Channel.LETTER)
    scene.clock.move(DAY)
    first = call(scene)
    knee, _ = demand(scene, first, motive="31")
    scene.clock.move(DAY)
    contact = call(scene)
    assert _badge(scene, contact) == (2, 2, 1)
    act = scene.run(JoinCase(case=knee, contacts=(letter,))).command_id
    assert _badge(scene, contact) == (3, 3, 2)
    scene.run(PartCase(case=knee, act=act))
    assert _badge(scene, contact) == (2, 2, 1)


def test_two_demands_joined_are_chased_as_one(scene: Scene) -> None:
    first, second = call(scene), call(scene)
    knee, _ = demand(scene, first, motive="31")
    plea, _ = demand(scene, second, motive="93")
    scene.clock.move(DAY)
    contact = call(scene)
    assert _badge(scene, contact) == (2, 2, 1)
    scene.run(JoinCase(case=knee, joined=plea))
    assert _badge(scene, contact) == (3, 2, 1)


def test_what_led_to_nothing_is_not_chased(scene: Scene) -> None:
    knee, _ = demand(scene, call(scene), motive="31")
    silent = call(scene)
    scene.run(
        LogMotive(contact=silent, motive="97", outcome=Outcome.NO_ACTION, service="orthopedie", case=knee)
    )
    scene.clock.move(DAY)
    assert _badge(scene, call(scene)) == (2, 2, 1)


def test_a_week_later_it_is_another_matter(scene: Scene) -> None:
    demand(scene, call(scene), motive="31")
    scene.clock.move(8 * DAY)
    assert _badge(scene, call(scene)) is None
