"""Who was seen to elsewhere leaves the list of the desk whose call nobody took; no more is told to it."""

from datetime import timedelta

import msgspec
import pytest
import sqlalchemy as sa

from app.domain.commands import (
    IdentifyCaller,
    LinkContact,
    NoteContact,
    RegisterAnswer,
    RegisterOutgoingCall,
    RegisterVoicemail,
    WithdrawIdentification,
    WithdrawMotive,
)
from app.domain.facts import CallerFollowed
from app.domain.ids import Id
from app.domain.words import Channel, Direction
from app.queries.morning import read_morning
from app.store import tables
from sync.server.feed.desk import Desk as FeedDesk
from tests.support.scene import MARTINE, MARTINES_NUMBER, OTHER_QUEUE, QUEUE, SECRET, Scene
from tests.support.stores import engine
from tests.sync.evening import (
    EVENING,
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


def _leave_voice(scene: Scene, number: str = UNKNOWN) -> Id:
    contact = call(scene, QUEUE, number)
    scene.run(RegisterVoicemail(contact=contact, at=scene.clock.now()), author="line:test")
    return end_call(scene, contact)


def _try(scene: Scene, number: str = UNKNOWN) -> Id:
    """The switchboard calls; nobody answers."""
    contact = scene.new_id()
    scene.clock.move(timedelta(minutes=1))
    placed = RegisterOutgoingCall(
        contact=contact, line="line:test", extension="4001", number_raw=number, at=scene.clock.now()
    )
    scene.run(placed, author="line:test")
    return end_call(scene, contact)


def _followed(desk: Follower, contact: Id) -> object:
    asked = sa.select(tables.contact.c.followed_at).where(tables.contact.c.id == contact)
    with desk.engine.connect() as here:
        return here.execute(asked).scalar_one()


def test_who_was_spoken_with_elsewhere_since_is_no_longer_waiting_here(night: Scene, desk: Follower) -> None:
    left, spoken = end_call(night, call(night, QUEUE)), _leave_voice(night)
    assert in_the_morning(desk, night) == [(spoken, False)]
    speak(night)
    assert in_the_morning(desk, night) == []
    assert _followed(desk, left) == _followed(desk, spoken) is not None


def test_an_earlier_exchange_elsewhere_settles_nothing_that_was_left_after(
    night: Scene, desk: Follower
) -> None:
    speak(night)
    left = end_call(night, call(night, QUEUE))
    assert in_the_morning(desk, night) == [(left, False)]


def test_one_try_elsewhere_is_enough_for_who_gave_up_and_not_for_who_spoke(
    night: Scene, desk: Follower
) -> None:
    end_call(night, call(night, QUEUE))
    spoken = _leave_voice(night, "+33639980056")
    _try(night)
    _try(night, "+33639980056")
    assert in_the_morning(desk, night) == [(spoken, False)]


def test_a_voice_told_late_is_not_let_go_for_a_try(night: Scene, desk: Follower) -> None:
    left = end_call(night, call(night, QUEUE))
    _try(night)
    assert in_the_morning(desk, night) == []
    night.run(RegisterVoicemail(contact=left, at=night.clock.now()), author="line:test")
    assert in_the_morning(desk, night) == [(left, False)]


def test_an_answer_elsewhere_told_after_its_end_counts(night: Scene, desk: Follower) -> None:
    left = end_call(night, call(night, QUEUE))
    spoken = call(night, OTHER_QUEUE)
    at = night.clock.now()
    end_call(night, spoken)
    assert in_the_morning(desk, night) == [(left, False)]
    night.run(RegisterAnswer(contact=spoken, extension="4001", at=at), author="line:test")
    assert in_the_morning(desk, night) == []


def test_who_gave_up_again_after_being_seen_to_waits_again(night: Scene, desk: Follower) -> None:
    end_call(night, call(night, QUEUE))
    speak(night)
    again = end_call(night, call(night, QUEUE))
    assert in_the_morning(desk, night) == [(again, False)]


def test_an_emergency_stays_though_somebody_else_saw_to_the_caller(night: Scene, desk: Follower) -> None:
    qualify(night, speak(night))
    left = end_call(night, call(night, QUEUE))
    speak(night)
    assert in_the_morning(desk, night) == [(left, True)]
    now = EVENING + timedelta(hours=14)
    with desk.engine.connect() as here:
        (line,) = read_morning(here, night.establishment, services=["orthopedie"], now=now)
    assert line.is_followed


def test_who_spoke_elsewhere_of_an_emergency_is_marked_and_not_let_go(night: Scene, desk: Follower) -> None:
    left = end_call(night, call(night, QUEUE))
    spoken = speak(night)
    assert in_the_morning(desk, night) == []
    log = qualify(night, spoken)
    assert in_the_morning(desk, night) == [(left, True)]
    assert _followed(desk, left) is None
    night.run(WithdrawMotive(contact=spoken, log=log), author="h.lambert")
    assert in_the_morning(desk, night) == []


def test_a_call_nobody_took_elsewhere_is_an_answer_only_while_it_is_qualified(
    night: Scene, desk: Follower
) -> None:
    left = end_call(night, call(night, QUEUE))
    missed = end_call(night, call(night, OTHER_QUEUE))
    assert in_the_morning(desk, night) == [(left, False)]
    log = qualify(night, missed, "91")
    assert in_the_morning(desk, night) == []
    night.run(WithdrawMotive(contact=missed, log=log), author="h.lambert")
    assert in_the_morning(desk, night) == [(left, False)]


def test_another_exchange_stands_in_for_one_that_was_taken_back(night: Scene, desk: Follower) -> None:
    left = end_call(night, call(night, QUEUE))
    missed = end_call(night, call(night, OTHER_QUEUE))
    log = qualify(night, missed, "91")
    speak(night)
    night.run(WithdrawMotive(contact=missed, log=log), author="h.lambert")
    assert in_the_morning(desk, night) == []
    assert _followed(desk, left) is not None


def test_a_message_is_answered_elsewhere_by_whoever_s_number_it_is_answered_at(
    night: Scene, desk: Follower
) -> None:
    left = write(night)
    identify(night, hidden := call(night, OTHER_QUEUE, "anonymous"))
    answered = RegisterAnswer(contact=hidden, extension="4001", at=night.clock.now())
    night.run(answered, author="line:test")
    end_call(night, hidden)
    assert in_the_morning(desk, night) == []
    assert marked(desk, left) == (False, True)


def test_who_was_said_to_be_somebody_and_is_not_settles_nothing_of_theirs(
    night: Scene, desk: Follower
) -> None:
    left = write(night)
    wrong = [speak(night, "anonymous"), speak(night, "anonymous")]
    night.run(LinkContact(contact=wrong[1], other=wrong[0]), author="h.lambert")
    assert desk.follow()
    assert marked(desk, left) == (False, False)
    named = IdentifyCaller(contact=wrong[0], person=MARTINE)
    act = night.run(named, author="h.lambert").command_id
    assert desk.follow()
    assert marked(desk, left) == (False, True)
    night.run(WithdrawIdentification(contact=wrong[0], act=act), author="h.lambert")
    assert desk.follow()
    assert marked(desk, left) == (False, False)
    assert listed(desk, night) == [(left, False)]


def test_whose_number_it_is_still_counts_once_who_it_was_is_taken_back(night: Scene, desk: Follower) -> None:
    left = end_call(night, call(night, QUEUE))
    act = night.run(IdentifyCaller(contact=left, person=MARTINE)).command_id
    spoken = speak(night)
    other = night.run(IdentifyCaller(contact=spoken, person=MARTINE), author="h.lambert").command_id
    for contact, named in ((spoken, other), (left, act)):
        assert night.run(WithdrawIdentification(contact=contact, act=named), author="h.lambert").refusal == ""
        assert desk.follow()
        assert marked(desk, left) == (False, True)


def test_what_a_service_noted_that_it_sent_is_one_try(night: Scene, desk: Follower) -> None:
    end_call(night, call(night, QUEUE))
    spoken = _leave_voice(night, "+33639980056")
    noted: dict[str, Id] = {}
    for number in (UNKNOWN, "+33639980056"):
        night.clock.move(timedelta(minutes=1))
        noted[number] = night.new_id()
        sent = NoteContact(
            contact=noted[number],
            channel=Channel.PHONE,
            direction=Direction.OUTBOUND,
            service="standard",
            number_raw=number,
            happened_at=night.clock.now(),
        )
        assert night.run(sent, author="h.lambert").refusal == ""
    assert in_the_morning(desk, night) == [(spoken, False)]
    qualify(night, noted["+33639980056"], "91")
    assert in_the_morning(desk, night) == []


@pytest.mark.parametrize("number", [UNKNOWN, MARTINES_NUMBER])
def test_a_desk_is_told_that_somebody_saw_to_it_and_nothing_more(
    night: Scene, desk: Follower, number: str
) -> None:
    left = end_call(night, call(night, QUEUE, number))
    spoken = speak(night, number)
    qualify(night, spoken, "91")
    (told,) = [
        msgspec.json.decode(fact)
        for entry in told_to(night, SECRETARIES)
        for fact in entry.facts
        if CallerFollowed.__name__.encode() in bytes(fact)
    ]
    assert sorted(told) == ["contact", "followed_at", "kind", "service"]
    assert (told["contact"], told["service"]) == (left, "orthopedie")
    assert SAID not in str(told_to(night, SECRETARIES))
    assert desk.follow()
    with desk.engine.connect() as here:
        assert spoken not in here.execute(sa.select(tables.contact.c.id)).scalars().all()


@pytest.mark.parametrize("services", [{"orthopedie"}, {"standard"}], ids=["its own", "who holds the caller"])
def test_every_desk_that_holds_what_was_left_is_told_without_its_person(
    night: Scene, services: set[str]
) -> None:
    left = write(night)
    identify(night, speak(night, "anonymous"))
    holding = FeedDesk(login="x", services=frozenset(services), extension="", is_unaware=False)
    (told,) = [
        msgspec.json.decode(fact)
        for entry in told_to(night, holding)
        for fact in entry.facts
        if CallerFollowed.__name__.encode() in bytes(fact)
    ]
    assert (told["contact"], "person" in told) == (left, False)


def test_of_a_protected_person_a_desk_is_told_no_exchange(night: Scene) -> None:
    write(night, SECRET)
    hidden = call(night, OTHER_QUEUE, "anonymous")
    night.run(IdentifyCaller(contact=hidden, person=SECRET), author="h.lambert")
    night.run(RegisterAnswer(contact=hidden, extension="4001", at=night.clock.now()), author="line:test")
    end_call(night, hidden)
    every = b"".join(bytes(fact) for entry in told_to(night, UNAWARE) for fact in entry.facts)
    assert CallerFollowed.__name__.encode() not in every


def test_a_desk_that_begins_in_the_morning_knows_as_one_that_followed(night: Scene, desk: Follower) -> None:
    left = end_call(night, call(night, QUEUE))
    speak(night)
    fresh = Follower(night, SECRETARIES)
    assert listed(fresh, night) == in_the_morning(desk, night) == []
    assert _followed(fresh, left) == _followed(desk, left) is not None
    fresh.close()


def test_a_desk_of_neither_service_is_told_nothing(night: Scene) -> None:
    end_call(night, call(night, QUEUE))
    speak(night)
    elsewhere = FeedDesk(login="x", services=frozenset({"imagerie"}), extension="", is_unaware=False)
    facts = [bytes(fact) for entry in told_to(night, elsewhere) for fact in entry.facts]
    assert not any(CallerFollowed.__name__.encode() in fact for fact in facts)


def test_a_call_whose_save_was_undone_is_looked_up_as_one_that_was_left(night: Scene, desk: Follower) -> None:
    left = end_call(night, call(night, QUEUE))
    log = qualify(night, left, "91", service="orthopedie")
    speak(night)
    assert desk.follow()
    assert marked(desk, left) == (False, False)
    night.run(WithdrawMotive(contact=left, log=log), author="h.lambert")
    assert in_the_morning(desk, night) == []
    assert marked(desk, left) == (False, True)


def test_a_save_that_gives_an_exchange_to_another_service_says_who_saw_to_the_caller(
    night: Scene, desk: Follower
) -> None:
    left = end_call(night, call(night, QUEUE))
    missed = end_call(night, call(night, QUEUE))
    qualify(night, missed, "91", service="standard")
    assert desk.follow()
    assert marked(desk, left) == (False, True)
    qualify(night, missed, "91", service="orthopedie")
    assert desk.follow()
    assert marked(desk, left) == (False, False)


def test_a_conversation_that_goes_on_settles_nothing_until_it_is_over(night: Scene, desk: Follower) -> None:
    left, spoken = call(night, QUEUE), call(night, OTHER_QUEUE)
    night.run(RegisterAnswer(contact=spoken, extension="4001", at=night.clock.now()), author="line:test")
    end_call(night, left)
    assert in_the_morning(desk, night) == [(left, False)]
    end_call(night, spoken)
    assert in_the_morning(desk, night) == []


def test_a_call_that_is_qualified_while_it_waits_settles_once_it_is_known_whose_it_is(
    night: Scene, desk: Follower
) -> None:
    left = write(night, MARTINE)
    waiting = call(night, OTHER_QUEUE, UNKNOWN)
    qualify(night, waiting, motive="11")
    in_the_morning(desk, night)
    assert _followed(desk, left) is None
    identify(night, waiting, MARTINE)
    assert in_the_morning(desk, night) == []
    assert _followed(desk, left) is not None
