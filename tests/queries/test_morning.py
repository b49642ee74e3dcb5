"""The morning list: one line per caller of what the night left, until somebody saw to it (rules R30)."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from app.domain.commands import (
    IdentifyCaller,
    KeepVoicemail,
    LogMotive,
    NoteContact,
    RegisterAnswer,
    RegisterEnd,
    RegisterVoicemail,
)
from app.domain.double_commands import MergePersons
from app.domain.ids import Id
from app.domain.words import Channel, Direction, Ending, Outcome
from app.queries.morning import LeftCaller, begins_at, read_morning
from app.store import tables
from tests.support.scene import (
    JEANNE,
    MARTINE,
    MARTINES_NUMBER,
    PAUL,
    SECRET,
    SECRETS_NUMBER,
    SHARED_NUMBER,
    Scene,
)
from tests.support.stores import engine

__all__ = ["engine", "night"]

EVENING = datetime(2026, 11, 23, 19, tzinfo=UTC)
UNKNOWN = "+33639980055"


@pytest.fixture
def night(engine: sa.Engine) -> Scene:
    """Monday evening; the desk, open from 8 to 18, has closed."""
    scene = Scene(engine)
    opened = sa.update(tables.service).where(
        tables.service.c.establishment == scene.establishment, tables.service.c.id == "orthopedie"
    )
    with engine.begin() as connection:
        connection.execute(opened.values(hours="1-5 08:00-18:00"))
    scene.clock.move(EVENING - scene.clock.now())
    return scene


def _morning(scene: Scene) -> tuple[LeftCaller, ...]:
    """At 9:26 UTC on Tuesday, unless it is later."""
    scene.clock.move(max(EVENING + timedelta(hours=14) - scene.clock.now(), timedelta()))
    with scene.engine.connect() as connection:
        services = ("orthopedie", "standard")
        return read_morning(connection, scene.establishment, services=services, now=scene.clock.now())


def _give_up(scene: Scene, number: str, *, has_words: bool = False) -> Id:
    contact = scene.ring(number)
    scene.clock.move(timedelta(minutes=1))
    if has_words:
        scene.run(RegisterVoicemail(contact=contact, at=scene.clock.now()), author="line:test")
    ended = RegisterEnd(contact=contact, ending=Ending.ABANDONED, at=scene.clock.now())
    scene.run(ended, author="line:test")
    return contact


def _note(
    scene: Scene,
    channel: Channel,
    *,
    person: Id | None = None,
    number: str = "",
    direction: Direction = Direction.INBOUND,
) -> Id:
    contact = scene.new_id()
    noted = NoteContact(
        contact=contact,
        channel=channel,
        direction=direction,
        service="orthopedie",
        person=person,
        number_raw=number,
        happened_at=scene.clock.now(),
    )
    scene.run(noted)
    return contact


def _qualify(scene: Scene, contact: Id, motive: str = "91") -> None:
    scene.run(LogMotive(contact=contact, motive=motive, outcome=Outcome.DEALT_WITH, service="orthopedie"))


def test_a_caller_is_one_line_however_often_and_by_whatever_channel(night: Scene) -> None:
    _give_up(night, MARTINES_NUMBER)
    _give_up(night, MARTINES_NUMBER, has_words=True)
    _note(night, Channel.SMS, person=MARTINE, number=MARTINES_NUMBER)
    last = _note(night, Channel.PORTAL, person=MARTINE)
    other = _give_up(night, UNKNOWN)
    martine, unknown = _morning(night)
    assert (martine.contact, martine.number, martine.first_given_name) == (last, MARTINES_NUMBER, "Martine")
    assert (martine.calls, martine.voicemails, martine.messages) == (1, 1, 2)
    assert (unknown.contact, unknown.number, unknown.calls) == (other, UNKNOWN, 1)


@pytest.mark.parametrize(
    ("services", "expected"),
    [
        (["standard"], datetime(2026, 11, 23, 23, tzinfo=UTC)),
        (["orthopedie"], datetime(2026, 11, 23, 17, tzinfo=UTC)),
        (["orthopedie", "standard"], datetime(2026, 11, 23, 17, tzinfo=UTC)),
    ],
)
def test_a_desk_that_begins_in_the_morning_is_told_the_calls_since_its_last_closing(
    night: Scene, services: list[str], expected: datetime
) -> None:
    night.clock.move(timedelta(hours=14))
    with night.engine.connect() as connection:
        now = night.clock.now()
        assert begins_at(connection, night.establishment, services=services, now=now) == expected


def test_a_hidden_call_answered_since_settles_no_other_hidden_call(night: Scene) -> None:
    left = _give_up(night, "anonymous")
    other = night.ring("anonymous")
    night.clock.move(timedelta(seconds=10))
    answered = RegisterAnswer(contact=other, extension="101", at=night.clock.now())
    night.run(answered, author="line:test")
    _qualify(night, other)
    assert [one.contact for one in _morning(night)] == [left]


def test_hidden_numbers_are_each_a_caller_and_protected_persons_are_absent(night: Scene) -> None:
    _give_up(night, "")
    _give_up(night, "")
    _note(night, Channel.SMS, person=SECRET)
    assert [one.number for one in _morning(night)] == ["", ""]
    night.lift(SECRET)
    assert len(_morning(night)) == 3


def test_what_came_while_the_desk_was_open_is_not_of_the_night(night: Scene) -> None:
    night.clock.move(timedelta(hours=-3))
    _give_up(night, UNKNOWN)
    night.clock.move(timedelta(hours=16))
    _give_up(night, SHARED_NUMBER)
    assert _morning(night) == ()


def test_a_service_that_never_closes_has_no_morning_list(night: Scene) -> None:
    contact = night.new_id()
    noted = NoteContact(
        contact=contact, channel=Channel.SMS, service="standard", happened_at=night.clock.now()
    )
    night.run(noted, author="h.lambert")
    assert _morning(night) == ()


def test_an_emergency_comes_first(night: Scene) -> None:
    _give_up(night, UNKNOWN)
    _qualify(night, _give_up(night, SHARED_NUMBER), "00")
    night.clock.move(timedelta(hours=1))
    _give_up(night, SHARED_NUMBER)
    assert [(one.number, one.is_emergency) for one in _morning(night)] == [
        (SHARED_NUMBER, True),
        (UNKNOWN, False),
    ]


def test_to_qualify_the_newest_sees_to_the_whole_caller_and_to_qualify_an_older_one_does_not(
    night: Scene,
) -> None:
    first, _, newest = (_give_up(night, UNKNOWN) for _ in range(3))
    _qualify(night, first)
    assert [one.calls for one in _morning(night)] == [2]
    _qualify(night, newest)
    assert _morning(night) == ()


def test_a_number_that_gave_up_is_called_back_once_but_who_spoke_waits_until_reached(night: Scene) -> None:
    _give_up(night, UNKNOWN)
    _give_up(night, SHARED_NUMBER, has_words=True)
    assert len(_morning(night)) == 2
    for number in (UNKNOWN, SHARED_NUMBER):
        _note(night, Channel.PHONE, number=number, direction=Direction.OUTBOUND)
    (spoke,) = _morning(night)
    assert (spoke.number, spoke.voicemails) == (SHARED_NUMBER, 1)
    again = night.ring(SHARED_NUMBER)
    night.run(RegisterAnswer(contact=again, extension="4101", at=night.clock.now()), author="line:test")
    assert _morning(night) == ()


def test_a_number_that_several_share_has_as_many_possible_callers_and_no_name(night: Scene) -> None:
    contact = _give_up(night, SHARED_NUMBER)
    (shared,) = _morning(night)
    assert (shared.possible, shared.birth_name, shared.number) == (2, "", SHARED_NUMBER)
    night.run(IdentifyCaller(contact=contact, person=PAUL))
    (paul,) = _morning(night)
    assert (paul.possible, paul.first_given_name) == (0, "Paul")


def test_the_only_one_of_a_number_is_named_to_be_verified_and_a_protected_one_never(night: Scene) -> None:
    _give_up(night, MARTINES_NUMBER)
    _give_up(night, SECRETS_NUMBER)
    _give_up(night, UNKNOWN)
    told = {one.number: (one.possible, one.first_given_name) for one in _morning(night)}
    assert told == {MARTINES_NUMBER: (1, "Martine"), SECRETS_NUMBER: (0, ""), UNKNOWN: (0, "")}


def test_the_newest_voicemail_that_can_be_played_is_the_callers(night: Scene) -> None:
    first = _give_up(night, UNKNOWN, has_words=True)
    kept = KeepVoicemail(contact=first, left_at=night.clock.now(), lasted=timedelta(seconds=14))
    night.run(kept, author="line:test")
    last = _give_up(night, UNKNOWN, has_words=True)
    (caller,) = _morning(night)
    assert (caller.contact, caller.voicemails) == (last, 2)
    assert (caller.spoken, caller.lasts) == (first, timedelta(seconds=14))


@pytest.mark.parametrize(("number", "merged"), [(MARTINES_NUMBER, MARTINE), (SHARED_NUMBER, PAUL)])
def test_who_called_and_was_merged_since_is_named_as_the_record_kept(
    night: Scene, number: str, merged: Id
) -> None:
    _give_up(night, number)
    night.run(MergePersons(person=merged, into=JEANNE), author="n.bourdin")
    (left,) = _morning(night)
    kept = night.get(tables.person, id=JEANNE)
    assert (left.possible, left.birth_name) == (1, kept.birth_name)
    assert left.first_given_name == kept.first_given_name


@pytest.mark.parametrize("is_merged", [False, True])
def test_a_person_reached_by_another_number_is_not_waited_for_any_more(
    night: Scene, *, is_merged: bool
) -> None:
    hidden = _give_up(night, "anonymous")
    night.run(IdentifyCaller(contact=hidden, person=MARTINE))
    _note(night, Channel.PORTAL, person=PAUL)
    assert {one.first_given_name for one in _morning(night)} == {"Martine", "Paul"}
    if is_merged:
        night.run(MergePersons(person=MARTINE, into=JEANNE), author="n.bourdin")
    again = night.ring(UNKNOWN)
    night.run(IdentifyCaller(contact=again, person=JEANNE if is_merged else MARTINE))
    night.run(RegisterAnswer(contact=again, extension="4101", at=night.clock.now()), author="line:test")
    assert [one.first_given_name for one in _morning(night)] == ["Paul"]


def test_who_was_reached_settles_no_line_that_another_may_have_left(night: Scene) -> None:
    named = _give_up(night, SHARED_NUMBER)
    night.run(IdentifyCaller(contact=named, person=PAUL))
    unnamed = _give_up(night, SHARED_NUMBER)
    _morning(night)
    reached = _note(night, Channel.DESK, person=PAUL)
    _qualify(night, reached)
    assert [one.contact for one in _morning(night)] == [unnamed]
