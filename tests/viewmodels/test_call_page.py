"""The call in hand: what is traced, linked and told when a person acts."""

from collections.abc import Callable
from typing import TypeVar

import msgspec
import pytest
import sqlalchemy as sa

from app.clock import TimeOrderedMint
from app.domain.commands import (
    IdentifyCaller,
    LogMotive,
    NoteContact,
    OpenPerson,
    WithdrawIdentification,
    WithdrawMotive,
)
from app.domain.words import CallerKind, CallState, Outcome, Proof
from tests.panels.mockup import GERARD, INES, MARTINE, opened_card, shared_number
from tests.panels.still import StillClock, StillDesk
from ui.viewmodels.call_page import CallInHand, CallPage

pytestmark = pytest.mark.usefixtures("qapp")

T = TypeVar("T")


def _hand(page: CallPage) -> tuple[CallInHand, StillDesk]:
    desk = StillDesk(page)
    hand = CallInHand(
        desk, extension="4103", service="orthopedie", clock=StillClock(), mint=TimeOrderedMint()
    )
    return hand, desk


class LateDesk(StillDesk):
    """Answers when it is told to, in the order of the questions."""

    def __init__(self, page: CallPage) -> None:
        super().__init__(page)
        self._later: list[Callable[[], None]] = []

    def ask(self, query: Callable[[sa.Connection, str], T], then: Callable[[T], None]) -> None:
        """Kept until `answer`."""
        self._later.append(lambda: super(LateDesk, self).ask(query, then))

    def answer(self) -> None:
        """The oldest question."""
        self._later.pop(0)()


def _motive(contact: str) -> LogMotive:
    return LogMotive(
        contact=contact, motive="31", outcome=Outcome.DEALT_WITH, service="orthopedie", over=None
    )


def _unlinked(page: CallPage) -> CallPage:
    assert page.card is not None
    return msgspec.structs.replace(page, card=msgspec.structs.replace(page.card, is_linked=False))


def _ringing(page: CallPage) -> CallPage:
    assert page.card is not None
    call = msgspec.structs.replace(page.card.call, state=CallState.RINGING, answered_at=None)
    return msgspec.structs.replace(page, card=msgspec.structs.replace(page.card, call=call))


def test_a_call_rings_once_however_often_it_is_read() -> None:
    hand, _ = _hand(shared_number())
    rang: list[str] = []
    hand.rang.connect(rang.append)
    hand.look()
    hand.look()
    assert rang == ["call-2d"]


def test_a_save_says_which_one_it_replaces() -> None:
    page = opened_card()
    assert page.card is not None
    call = msgspec.structs.replace(page.card.call, log="log-1")
    hand, desk = _hand(CallPage(card=msgspec.structs.replace(page.card, call=call)))
    hand.look()
    hand.save(_motive("call-2"))
    hand.save(_motive("another"))
    saves = [command for command in desk.submitted if isinstance(command, LogMotive)]
    assert [save.over for save in saves] == ["log-1", None]


def test_a_ring_shown_is_not_a_read() -> None:
    hand, desk = _hand(_ringing(opened_card()))
    hand.look()
    assert desk.submitted == []


def test_a_ring_that_nobody_answered_is_not_a_read() -> None:
    ringing = _ringing(opened_card())
    assert ringing.card is not None
    call = msgspec.structs.replace(ringing.card.call, state=CallState.ENDED)
    hand, desk = _hand(CallPage(card=msgspec.structs.replace(ringing.card, call=call)))
    hand.look()
    assert desk.submitted == []


def test_an_answered_call_with_an_open_card_is_one_traced_read() -> None:
    hand, desk = _hand(opened_card())
    hand.look()
    hand.look()
    assert desk.submitted == [OpenPerson(person=MARTINE, contact="call-2")]


def test_a_missed_call_that_is_taken_up_to_be_qualified_is_a_read() -> None:
    missed = _ringing(opened_card())
    assert missed.card is not None
    call = msgspec.structs.replace(missed.card.call, state=CallState.ENDED)
    hand, desk = _hand(CallPage(card=msgspec.structs.replace(missed.card, call=call)))
    told: list[str] = []
    hand.take_up("call-2", lambda: told.append(hand.contact))
    assert told == ["call-2"]
    assert desk.submitted == [OpenPerson(person=MARTINE, contact="call-2")]


def test_what_was_read_before_a_contact_was_taken_up_does_not_take_its_place() -> None:
    desk = LateDesk(opened_card())
    hand = CallInHand(
        desk, extension="4103", service="orthopedie", clock=StillClock(), mint=TimeOrderedMint()
    )
    hand.look()
    hand.take_up("call-9", lambda: None)
    hand.look()
    desk.answer()
    assert hand.contact == "call-9"
    other = opened_card().card
    assert other is not None
    line = msgspec.structs.replace(other.call, contact="call-9", state=CallState.ENDED)
    desk.page = CallPage(card=msgspec.structs.replace(other, call=line))
    desk.answer()
    desk.answer()
    assert hand.state == desk.page
    assert hand.contact == "call-9"


def test_opening_one_of_several_is_traced_and_the_others_were_proposed() -> None:
    hand, desk = _hand(shared_number())
    hand.look()
    hand.open_person(GERARD)
    opened, identified = desk.submitted
    assert opened == OpenPerson(person=GERARD, contact="call-2d", proposed=(MARTINE, INES))
    assert isinstance(identified, IdentifyCaller)
    assert (identified.person, identified.proofs) == (GERARD, ())


def test_nobody_is_opened_without_a_call() -> None:
    hand, desk = _hand(CallPage())
    hand.look()
    hand.open_person(GERARD)
    assert desk.submitted == []


def test_a_save_links_the_contact_to_the_open_card_first() -> None:
    hand, desk = _hand(_unlinked(opened_card()))
    hand.look()
    desk.submitted.clear()
    hand.save(_motive("call-2"))
    assert [type(command) for command in desk.submitted[:2]] == [IdentifyCaller, LogMotive]


def test_a_save_of_a_linked_contact_is_one_command() -> None:
    hand, desk = _hand(opened_card())
    hand.look()
    desk.submitted.clear()
    hand.save(_motive("call-2"))
    assert desk.submitted == [_motive("call-2")]


def test_a_save_is_told_with_its_motive() -> None:
    hand, _ = _hand(opened_card())
    hand.look()
    told: list[str] = []

    def tell(motive: str, _log: str) -> None:
        told.append(motive)

    hand.saved.connect(tell)
    hand.save(_motive("call-2"))
    assert told == ["31"]


@pytest.mark.parametrize("kind", list(CallerKind))
def test_who_speaks_travels_with_the_identification(kind: CallerKind) -> None:
    hand, desk = _hand(opened_card())
    hand.look()
    hand.choose_caller_kind(kind)
    hand.verify((Proof.BIRTH_NAME, Proof.POSTCODE))
    identified = desk.submitted[-1]
    assert isinstance(identified, IdentifyCaller)
    assert identified.caller_kind is kind
    assert identified.proofs == (Proof.BIRTH_NAME, Proof.POSTCODE)


def test_a_number_told_by_a_soft_phone_is_noted_as_a_contact() -> None:
    hand, desk = _hand(CallPage())
    hand.note_number("06 39 98 41 07")
    (noted,) = desk.submitted
    assert isinstance(noted, NoteContact)
    assert (noted.number_raw, noted.happened_at) == ("06 39 98 41 07", StillClock().now())
    assert hand.contact == noted.contact


def test_a_save_of_the_call_before_links_nobody_to_the_next_one() -> None:
    hand, desk = _hand(_ringing(_unlinked(opened_card())))
    hand.look()
    desk.submitted.clear()
    hand.save(_motive("call-before"))
    assert desk.submitted == [_motive("call-before")]


def test_whoever_is_opened_is_told_with_the_command_that_takes_it_back() -> None:
    hand, desk = _hand(shared_number())
    hand.look()
    told: list[WithdrawIdentification] = []

    def keep(person: str, undo: WithdrawIdentification) -> None:
        assert person == GERARD
        told.append(undo)

    hand.identified.connect(keep)
    hand.open_person(GERARD)
    (undo,) = told
    assert undo == WithdrawIdentification(contact="call-2d", act="2")
    hand.take_back(undo)
    assert desk.submitted[-1] == undo


def test_the_same_person_opened_again_is_no_news() -> None:
    hand, _ = _hand(opened_card())
    hand.look()
    told: list[str] = []

    def keep(person: str, _undo: WithdrawIdentification) -> None:
        told.append(person)

    hand.identified.connect(keep)
    hand.open_person(MARTINE)
    assert told == []


def test_undoing_a_save_undoes_the_link_that_it_made() -> None:
    hand, desk = _hand(_unlinked(opened_card()))
    hand.look()
    assert hand.state.card is not None
    contact = hand.state.card.call.contact
    hand.save(_motive(contact))
    linked, log = (str(len(desk.submitted) - 1), str(len(desk.submitted)))
    hand.withdraw(log)
    assert desk.submitted[-2:] == [
        WithdrawMotive(contact=contact, log=log),
        WithdrawIdentification(contact=contact, act=linked),
    ]
