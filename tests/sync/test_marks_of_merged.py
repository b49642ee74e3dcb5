"""What is told of whoever was left unanswered follows a merge, its undoing, and what is sorted after it."""

import pytest

from app.domain.double_commands import MergePersons, SettleTriage, UnmergePersons
from app.domain.ids import Id
from tests.support.scene import JEANNE, MARTINE, PAUL, QUEUE, Scene
from tests.support.stores import engine
from tests.sync.evening import (
    SECRETARIES,
    call,
    desk,
    end_call,
    identify,
    marked,
    night,
    qualify,
    speak,
    write,
)
from tests.sync.test_each_command import Follower

__all__ = ["desk", "engine", "night"]

PAIRS = pytest.mark.parametrize(("absorbed", "kept"), [(PAUL, JEANNE), (JEANNE, PAUL)])
HEARD = pytest.mark.parametrize(
    ("motive", "marks"), [("00", (True, False)), ("91", (False, True))], ids=["an emergency", "seen to"]
)
NONE = (False, False)


def spoken_with(scene: Scene, person: Id) -> Id:
    """By the switchboard, from a hidden number."""
    return identify(scene, speak(scene, "anonymous"), person)


def merge(scene: Scene, desk: Follower, absorbed: Id = PAUL, kept: Id = JEANNE) -> None:
    assert scene.run(MergePersons(person=absorbed, into=kept), author="n.bourdin").refusal == ""
    assert desk.follow()


def part(scene: Scene, desk: Follower, absorbed: Id = PAUL) -> None:
    assert scene.run(UnmergePersons(person=absorbed), author="n.bourdin").refusal == ""
    assert desk.follow()


@PAIRS
@HEARD
def test_what_was_heard_of_one_record_is_told_of_the_other_while_they_are_one(
    night: Scene, desk: Follower, absorbed: Id, kept: Id, motive: str, marks: tuple[bool, bool]
) -> None:
    left = write(night, PAUL)
    qualify(night, spoken_with(night, JEANNE), motive)
    assert desk.follow()
    assert marked(desk, left) == NONE
    merge(night, desk, absorbed, kept)
    assert marked(desk, left) == marks
    part(night, desk, absorbed)
    assert marked(desk, left) == NONE


def test_a_third_record_of_the_same_human_counts_before_and_after(night: Scene, desk: Follower) -> None:
    merge(night, desk, MARTINE, JEANNE)
    left = write(night, MARTINE)
    qualify(night, spoken_with(night, PAUL))
    merge(night, desk)
    assert marked(desk, left) == (True, False)
    part(night, desk, MARTINE)
    assert marked(desk, left) == NONE


def test_what_is_known_by_the_number_stays_when_two_records_are_parted(night: Scene, desk: Follower) -> None:
    left = identify(night, end_call(night, call(night, QUEUE)), PAUL)
    identify(night, speak(night), JEANNE)
    merge(night, desk)
    part(night, desk)
    assert marked(desk, left) == (False, True)


def test_an_exchange_sorted_after_the_parting_tells_of_whose_it_is(night: Scene, desk: Follower) -> None:
    merge(night, desk)
    left = write(night, PAUL)
    qualify(night, spoken := spoken_with(night, JEANNE))
    assert desk.follow()
    assert marked(desk, left) == (True, False)
    part(night, desk)
    assert marked(desk, left) == NONE
    assert night.run(SettleTriage(item=spoken, person=PAUL), author="n.bourdin").refusal == ""
    assert desk.follow()
    assert marked(desk, left) == (True, False)


def test_a_desk_that_begins_after_a_merge_knows_as_one_that_followed(night: Scene, desk: Follower) -> None:
    left = write(night, PAUL)
    qualify(night, spoken_with(night, JEANNE))
    merge(night, desk)
    fresh = Follower(night, SECRETARIES)
    assert marked(fresh, left) == marked(desk, left) == (True, False)
    fresh.close()
