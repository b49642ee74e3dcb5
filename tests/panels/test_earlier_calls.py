"""« Rattacher »: the earlier calls of a number are proposed once its caller is known, none by itself."""

from collections.abc import Callable
from datetime import timedelta

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.commands import AnyCommand, IdentifyCaller, WithdrawIdentification
from app.domain.errors import Refusal
from app.domain.words import CallerKind
from app.queries.earlier_calls import EarlierCall, EarlierCalls
from tests.panels.linked_calls import earlier_calls_of_martine
from tests.panels.mockup import MARTINE, hidden_number, opened_card
from tests.panels.seat import desk_of, seat_of
from tests.panels.still import StillClock, StillDesk
from ui.places import CALLS, HOME
from ui.theme import theme
from ui.viewmodels.call_page import CallPage
from ui.viewmodels.earlier_calls import MOST_ASKED, EarlierCallers, EarlierHere, Undo
from ui.workplace import Workplace

Shown = Callable[..., Workplace]
FOUND = earlier_calls_of_martine()
ATTACHED = [
    IdentifyCaller(contact="early-3", person=MARTINE),
    IdentifyCaller(contact="early-2", person=MARTINE, caller_kind=CallerKind.PATIENT),
]


@pytest.fixture
def shown(qtbot: QtBot, qapp: QApplication) -> Shown:
    theme.apply(qapp)

    def show(page: CallPage | None = None, found: EarlierCalls = FOUND) -> Workplace:
        place = seat_of(page or opened_card())
        qtbot.addWidget(place.window)
        desk_of(place).earlier = found
        place.window.show()
        with qtbot.waitActive(place.window):
            place.window.activateWindow()
        place.rail.place_chosen.emit(CALLS)
        place.call.look()
        qtbot.wait(200)
        desk_of(place).submitted.clear()
        return place

    return show


def _press(place: Workplace) -> None:
    held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(place.window.windowHandle(), Qt.Key.Key_R, held)


def test_a_known_caller_is_asked_of_and_nothing_is_attached_by_itself(shown: Shown) -> None:
    place = shown()
    bar = place.screen.earlier
    assert bar.isVisible()
    words = "3\u00a0appels sans patient de ce numéro\u00a0: auj. 08:02, hier 16:40, …"
    assert bar.bar.text.text() == words
    assert desk_of(place).submitted == []
    assert not bar.isAncestorOf(QApplication.focusWidget() or place.window)


def test_one_call_is_told_alone(shown: Shown) -> None:
    place = shown(found=EarlierCalls(person=MARTINE, calls=FOUND.calls[:1]))
    assert place.screen.earlier.bar.text.text() == "Un appel sans patient de ce numéro\u00a0: auj. 08:02"


def test_each_is_attached_as_it_was_and_one_annuler_takes_all_back(shown: Shown) -> None:
    place = shown()
    desk = desk_of(place)
    place.screen.earlier.attach.click()
    assert desk.submitted == ATTACHED
    assert (place.toast.text, place.screen.earlier.isHidden()) == ("3\u00a0appels rattachés.", True)
    place.toast.undone.emit()
    assert desk.submitted[2:] == [
        WithdrawIdentification(contact="early-3", act="1"),
        WithdrawIdentification(contact="early-2", act="2"),
    ]


def test_the_key_attaches_what_is_seen_and_shows_it_first_from_elsewhere(shown: Shown) -> None:
    place = shown()
    place.rail.place_chosen.emit(HOME)
    _press(place)
    assert desk_of(place).submitted == []
    assert place.screen.earlier.isVisible()
    _press(place)
    assert desk_of(place).submitted == ATTACHED
    _press(place)
    assert place.toast.text == "Aucun appel sans patient de ce numéro n’est à rattacher."
    assert desk_of(place).submitted == ATTACHED


def test_what_was_just_attached_is_not_proposed_again_before_the_rows_tell_it(
    shown: Shown, qtbot: QtBot
) -> None:
    place = shown()
    place.screen.earlier.attach.click()
    place.call.look()
    qtbot.wait(200)
    assert place.screen.earlier.isHidden()
    place.toast.undone.emit()
    qtbot.waitUntil(place.screen.earlier.isVisible, timeout=5_000)


def test_ignored_once_they_are_proposed_no_more(shown: Shown, qtbot: QtBot) -> None:
    place = shown()
    place.screen.earlier.leave.click()
    place.call.look()
    qtbot.wait(200)
    assert place.screen.earlier.isHidden()
    assert desk_of(place).submitted == []


@pytest.mark.parametrize("kind", CallerKind)
def test_whoever_speaks_for_another_is_proposed_nothing(shown: Shown, kind: CallerKind) -> None:
    place = shown()
    place.screen.band.caller_kind_chosen.emit(kind.value)
    assert place.screen.earlier.isVisible() is not kind.is_another
    _press(place)
    assert bool(desk_of(place).submitted) is not kind.is_another


def _unlinked() -> CallPage:
    page = opened_card()
    assert page.card is not None
    return CallPage(card=msgspec.structs.replace(page.card, is_linked=False))


@pytest.mark.parametrize("page", [hidden_number, _unlinked])
def test_nothing_is_proposed_before_the_call_is_somebodys(shown: Shown, page: Callable[[], CallPage]) -> None:
    place = shown(page())
    assert place.screen.earlier.isHidden()
    assert not any(isinstance(answer, EarlierHere) for answer in desk_of(place).told)


class RefusingDesk(StillDesk):
    """Says no to the first of the calls."""

    def submit(
        self,
        command: AnyCommand,
        then: Callable[[str], None] | None = None,
        refused: Callable[[Refusal], None] | None = None,
    ) -> None:
        if isinstance(command, IdentifyCaller) and command.contact == "early-3":
            assert refused is not None
            refused(Refusal("unknown_contact", "contact"))
            return
        super().submit(command, then, refused)


@pytest.mark.usefixtures("qapp")
def test_what_was_refused_is_said_and_the_others_can_be_taken_back() -> None:
    desk = RefusingDesk(CallPage())
    desk.earlier = FOUND
    callers = EarlierCallers(desk, clock=StillClock())
    told: list[object] = []

    def tell(count: int, undo: Undo) -> None:
        told.append((count, undo))

    def tell_refused(refusal: Refusal) -> None:
        told.append(refusal.code)

    callers.attached.connect(tell)
    callers.refused.connect(tell_refused)
    callers.look("call-2")
    callers.attach()
    undo = (WithdrawIdentification(contact="early-2", act="1"),)
    assert told == ["unknown_contact", (2, undo)]
    callers.look("call-2")
    assert [one.contact for one in callers.state.calls] == ["early-3"]


def _told(place: Workplace) -> list[str]:
    return [one.contact for one in place.attaching.earlier.state.calls]


def _ask_the_server(place: Workplace, told: EarlierCalls | None, *held: str) -> None:
    desk_of(place).earlier_elsewhere, desk_of(place).earlier_held = told, frozenset(held)
    place.attaching.earlier.look(place.call.contact)


def test_the_server_tells_those_of_days_that_this_desk_did_not_live_through(
    shown: Shown,
) -> None:
    place = shown()
    older = EarlierCall(contact="older", at=FOUND.calls[-1].at - timedelta(days=30))
    _ask_the_server(place, EarlierCalls(person=MARTINE, calls=(*FOUND.calls, older)), "early-1")
    assert _told(place) == [*(one.contact for one in FOUND.calls), "older"]
    place.screen.earlier.attach.click()
    assert desk_of(place).submitted[-1] == IdentifyCaller(
        contact="older", person=MARTINE, caller_kind=older.caller_kind
    )


def test_a_number_that_is_doubtful_elsewhere_proposes_nothing_here(shown: Shown) -> None:
    place = shown()
    assert place.screen.earlier.isVisible()
    _ask_the_server(place, EarlierCalls())
    assert place.screen.earlier.isHidden()


def test_one_that_is_held_here_and_somebody_s_by_now_is_not_proposed(shown: Shown) -> None:
    place = shown(found=EarlierCalls(person=MARTINE))
    _ask_the_server(place, FOUND, *(one.contact for one in FOUND.calls))
    assert _told(place) == []


def test_without_the_server_what_is_held_here_is_proposed_and_it_is_asked_a_few_times(
    shown: Shown,
) -> None:
    place = shown()
    desk_of(place).is_cut = True
    for _ in range(MOST_ASKED * 2):
        _ask_the_server(place, FOUND)
    assert place.screen.earlier.isVisible()
    assert len(desk_of(place).asked_earlier) == MOST_ASKED


def test_once_it_has_answered_the_server_is_asked_no_more_of_that_call(shown: Shown) -> None:
    place = shown()
    _ask_the_server(place, FOUND)
    asked = len(desk_of(place).asked_earlier)
    place.attaching.earlier.look(place.call.contact)
    assert len(desk_of(place).asked_earlier) == asked


def test_nothing_is_asked_of_a_number_that_is_doubtful_here(shown: Shown) -> None:
    place = shown(found=EarlierCalls())
    assert desk_of(place).asked_earlier == []


def test_what_was_told_of_another_person_is_not_proposed_for_this_one(shown: Shown) -> None:
    place = shown(found=EarlierCalls(person=MARTINE))
    _ask_the_server(place, FOUND)
    desk_of(place).earlier = EarlierCalls(person="another")
    _ask_the_server(place, None)
    assert _told(place) == []
