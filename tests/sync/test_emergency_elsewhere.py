"""An emergency written elsewhere is told to the desk whose call nobody took, and nothing else of it is."""

from datetime import timedelta

import msgspec
import pytest
import sqlalchemy as sa

from app.domain.commands import (
    IdentifyCaller,
    RegisterVoicemail,
    WithdrawIdentification,
    WithdrawMotive,
)
from app.domain.facts import EmergencyHeard
from app.domain.ids import Id
from app.store import tables
from sync.server.feed.desk import Desk as FeedDesk
from tests.support.scene import MARTINE, MARTINES_NUMBER, QUEUE, SECRET, Scene
from tests.support.stores import engine
from tests.sync.evening import (
    SAID,
    SECRETARIES,
    UNAWARE,
    UNKNOWN,
    call,
    desk,
    end_call,
    identify,
    in_the_morning,
    listed,
    marked,
    night,
    qualify,
    speak,
    told_to,
    write,
)
from tests.sync.test_each_command import Follower

__all__ = ["desk", "engine", "night"]


def _name(scene: Scene, contact: Id) -> Id:
    """The identification's id."""
    return scene.run(IdentifyCaller(contact=contact, person=MARTINE), author="h.lambert").command_id


def test_who_was_an_emergency_elsewhere_and_gave_up_here_is_first_in_the_morning(
    night: Scene, desk: Follower
) -> None:
    other = end_call(night, call(night, QUEUE, "+33639980056"))
    qualify(night, speak(night))
    left = end_call(night, call(night, QUEUE))
    assert in_the_morning(desk, night) == [(left, True), (other, False)]


def test_what_is_written_after_the_caller_gave_up_here_is_told_too(night: Scene, desk: Follower) -> None:
    spoken = speak(night)
    left = end_call(night, call(night, QUEUE))
    assert in_the_morning(desk, night) == [(left, False)]
    qualify(night, spoken)
    assert in_the_morning(desk, night) == [(left, True)]


def test_an_emergency_that_was_none_is_told_as_none(night: Scene, desk: Follower) -> None:
    spoken = speak(night)
    log = qualify(night, spoken)
    left = end_call(night, call(night, QUEUE))
    assert in_the_morning(desk, night) == [(left, True)]
    night.run(WithdrawMotive(contact=spoken, log=log), author="h.lambert")
    assert in_the_morning(desk, night) == [(left, False)]


def test_another_motive_or_another_night_is_no_emergency_of_this_one(night: Scene, desk: Follower) -> None:
    night.clock.move(-timedelta(days=2))
    qualify(night, speak(night))
    night.clock.move(timedelta(days=2))
    qualify(night, speak(night, "+33639980057"), "91")
    left = [end_call(night, call(night, QUEUE, number)) for number in (UNKNOWN, "+33639980057")]
    assert in_the_morning(desk, night) == [(one, False) for one in left]


def test_a_hidden_number_has_no_other_call(night: Scene, desk: Follower) -> None:
    qualify(night, speak(night, "anonymous"))
    left = end_call(night, call(night, QUEUE, "anonymous"))
    assert in_the_morning(desk, night) == [(left, False)]


@pytest.mark.parametrize("number", [UNKNOWN, MARTINES_NUMBER])
def test_a_desk_is_told_the_emergency_and_nothing_of_what_was_said(
    night: Scene, desk: Follower, number: str
) -> None:
    spoken = speak(night, number)
    end_call(night, call(night, QUEUE, number))
    qualify(night, spoken)
    *_, last = told_to(night, SECRETARIES)
    assert [msgspec.json.decode(fact)["kind"] for fact in last.facts] == [EmergencyHeard.__name__]
    assert SAID not in str(told_to(night, SECRETARIES))
    assert desk.follow()
    with desk.engine.connect() as here:
        assert spoken not in here.execute(sa.select(tables.contact.c.id)).scalars().all()


def test_who_hid_the_number_elsewhere_and_wrote_here_is_known_by_who_it_was(
    night: Scene, desk: Follower
) -> None:
    before = write(night)
    log = qualify(night, spoken := identify(night, speak(night, "anonymous")))
    (left,) = in_the_morning(desk, night)
    assert left == (before, True)
    after = write(night)
    assert in_the_morning(desk, night) == [(after, True)]
    night.run(WithdrawMotive(contact=spoken, log=log), author="h.lambert")
    assert in_the_morning(desk, night) == [(after, False)]


def test_who_hid_the_number_and_left_a_voice_is_an_emergency_once_known(night: Scene, desk: Follower) -> None:
    spoke = call(night, QUEUE, "anonymous")
    night.run(RegisterVoicemail(contact=spoke, at=night.clock.now()), author="line:test")
    identify(night, end_call(night, spoke))
    qualify(night, identify(night, speak(night, "anonymous")))
    assert in_the_morning(desk, night) == [(spoke, True)]
    assert marked(desk, spoke) == (True, False)


def test_who_hid_the_number_here_is_an_emergency_once_known_later(night: Scene, desk: Follower) -> None:
    spoke = call(night, QUEUE, "anonymous")
    night.run(RegisterVoicemail(contact=spoke, at=night.clock.now()), author="line:test")
    qualify(night, identify(night, speak(night, "anonymous")))
    act = _name(night, end_call(night, spoke))
    assert desk.follow()
    assert marked(desk, spoke) == (True, False)
    night.run(WithdrawIdentification(contact=spoke, act=act), author="h.lambert")
    assert desk.follow()
    assert marked(desk, spoke) == (False, False)


def test_who_hid_the_number_elsewhere_is_an_emergency_here_once_known_later(
    night: Scene, desk: Follower
) -> None:
    spoken = speak(night, "anonymous")
    left = write(night)
    qualify(night, spoken)
    assert desk.follow()
    assert marked(desk, left) == (False, False)
    identify(night, spoken)
    assert desk.follow()
    assert marked(desk, left) == (True, False)


def test_a_message_of_a_number_that_was_an_emergency_elsewhere_is_one(night: Scene, desk: Follower) -> None:
    qualify(night, speak(night))
    left = write(night, number=UNKNOWN)
    assert in_the_morning(desk, night) == [(left, True)]


def test_of_a_protected_person_a_desk_is_told_no_emergency(night: Scene) -> None:
    write(night, SECRET)
    spoken = speak(night, "anonymous")
    night.run(IdentifyCaller(contact=spoken, person=SECRET), author="h.lambert")
    qualify(night, spoken)
    assert b"EmergencyHeard" not in b"".join(
        bytes(fact) for entry in told_to(night, UNAWARE) for fact in entry.facts
    )


def test_a_desk_that_begins_in_the_morning_knows_as_one_that_followed(night: Scene, desk: Follower) -> None:
    qualify(night, speak(night))
    left = end_call(night, call(night, QUEUE))
    fresh = Follower(night, SECRETARIES)
    assert listed(fresh, night) == in_the_morning(desk, night) == [(left, True)]
    fresh.close()


def test_a_desk_of_neither_service_is_told_nothing(night: Scene) -> None:
    qualify(night, speak(night))
    end_call(night, call(night, QUEUE))
    elsewhere = FeedDesk(login="x", services=frozenset({"imagerie"}), extension="", is_unaware=False)
    assert [
        fact for entry in told_to(night, elsewhere) for fact in entry.facts if b"Emergency" in bytes(fact)
    ] == []
