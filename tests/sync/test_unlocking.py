"""A desk that locked is opened by whoever sits there, also without the server, and guessed by nobody."""

from datetime import timedelta

import pytest

from app.clock import AnchoredClock
from sync.client.proof import proof_of
from sync.client.server import SignInRefused
from sync.client.unlocking import PAUSE, TRIES, Opener
from tests.server.serving import PASSWORD
from tests.support.proxy import Proxy
from tests.support.scene import MORNING
from tests.sync.people import DeskClock, SitDown, note_of, proxy, served, sit_down, store

__all__ = ["proxy", "served", "sit_down", "store"]


def test_a_password_is_known_again_and_another_is_not() -> None:
    proof = Opener(proof_of(PASSWORD), AnchoredClock(MORNING))
    assert [proof.is_right(one) for one in (PASSWORD, "un autre", "", PASSWORD)] == [True, False, False, True]
    assert PASSWORD not in str(vars(proof))


def test_who_guesses_waits_also_with_the_right_one() -> None:
    clock = DeskClock(MORNING)
    proof = Opener(proof_of(PASSWORD), clock)
    for left in reversed(range(TRIES)):
        assert not proof.is_right("une autre")
        assert proof.tries_left == left
    assert not proof.is_right(PASSWORD)
    assert timedelta(0) < proof.pause() <= PAUSE
    clock.ahead = PAUSE + timedelta(seconds=1)
    assert proof.is_right(PASSWORD)
    assert proof.tries_left == TRIES


def test_who_signed_in_elsewhere_has_no_password_here() -> None:
    proof = Opener(None, AnchoredClock(MORNING))
    assert (proof.knows, proof.is_right("")) == (False, False)


def test_without_the_server_the_right_password_opens_and_a_wrong_one_is_counted_here(
    sit_down: SitDown, proxy: Proxy
) -> None:
    person = sit_down("c.morvan")
    proxy.cut()
    person.until(lambda: not person.links[-1].is_online, "never offline")
    with pytest.raises(SignInRefused) as told:
        person.console.unlock("une autre")
    assert (told.value.tries_left, told.value.pause) == (TRIES - 1, None)
    person.console.unlock(PASSWORD)
    for _ in range(TRIES):
        with pytest.raises(SignInRefused) as told:
            person.console.unlock("une autre")
    assert told.value.pause is not None
    proxy.restore()


def test_with_the_server_a_wrong_password_is_counted_there_and_what_is_done_after_is_proved(
    sit_down: SitDown,
) -> None:
    person = sit_down("s.haddad")
    with pytest.raises(SignInRefused) as told:
        person.console.unlock("une autre")
    assert told.value.tries_left is not None
    person.console.unlock(PASSWORD)
    command_id = person.console.submit(note_of(person.console)).result(8)
    person.until_settled(command_id)
