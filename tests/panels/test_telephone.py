"""The console moves the phone: each key asks once, what was not done is said, nothing takes the keyboard."""

from datetime import timedelta

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.domain.commands import (
    AnswerCall,
    AnyCommand,
    CancelTransfer,
    CompleteTransfer,
    DialNumber,
    HangUpCall,
    HoldCall,
    MuteCall,
    RetrieveCall,
    TransferCall,
    UnmuteCall,
)
from app.domain.errors import Refusal
from app.domain.words import CallState, LineAct, LineActState, LineRefusal, TransferKind
from app.queries.caller_card import Transfer
from app.queries.phone_acts import PhoneAct
from app.usecases.desk import ON_PHONE
from tests.panels import mockup
from tests.panels.measure import words_in
from tests.panels.seat import desk_of, seat_of
from ui.places import CALLS, DIRECTORY
from ui.refusal_words import refusal_words
from ui.theme import theme
from ui.viewmodels.call_page import CallPage
from ui.widgets.button import Button
from ui.workplace import Workplace

CALL = "call-2"
NOTE = "Voit son kiné jeudi."
_PLAIN, _SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier


def _page(**call: object) -> CallPage:
    page = mockup.opened_card()
    assert page.card is not None
    moved = msgspec.structs.replace(page.card.call, **call)
    return msgspec.structs.replace(page, card=msgspec.structs.replace(page.card, call=moved))


def _act(what: LineAct, state: LineActState, refusal: LineRefusal | None = None, act: str = "1") -> PhoneAct:
    return PhoneAct(act=act, what=what, contact=CALL, to="4312", state=state, refusal=refusal)


@pytest.fixture
def place(qtbot: QtBot, qapp: QApplication) -> Workplace:
    """Martine Dubreuil is on the phone."""
    theme.apply(qapp)
    here = seat_of(mockup.opened_card())
    qtbot.addWidget(here.window)
    here.window.resize(1440, 900)
    here.window.show()
    here.rail.place_chosen.emit("calls")
    here.window.activateWindow()
    return here


def _move(place: Workplace, page: CallPage, *acts: PhoneAct) -> None:
    """What the exchange told since."""
    desk = desk_of(place)
    desk.page, desk.acts = page, acts
    place.call.look()
    place.phone.look()


def _press(place: Workplace, key: Qt.Key, modifiers: Qt.KeyboardModifier = _PLAIN) -> None:
    QTest.keyClick(place.window.windowHandle(), key, modifiers)


def _asked(place: Workplace) -> list[AnyCommand]:
    return [command for command in desk_of(place).submitted if isinstance(command, ON_PHONE)]


def _button(root: QWidget, words: str) -> Button:
    return next(
        button for button in root.findChildren(Button) if button.text() == words and button.isVisible()
    )


def _look_up_imaging(place: Workplace) -> None:
    _press(place, Qt.Key.Key_F8)
    QTest.keyClicks(place.directory.results.field, "imag")


def test_f7_holds_then_comes_back(place: Workplace) -> None:
    _press(place, Qt.Key.Key_F7)
    _move(place, _page(state=CallState.HELD))
    assert _button(place.strip, "Reprendre").isEnabled()
    _press(place, Qt.Key.Key_F7)
    assert _asked(place) == [HoldCall(contact=CALL), RetrieveCall(contact=CALL)]


def test_f3_answers_a_call_that_rings_and_only_goes_to_one_that_was_answered(place: Workplace) -> None:
    _press(place, Qt.Key.Key_F3)
    assert _asked(place) == []
    _move(place, _page(state=CallState.RINGING))
    _press(place, Qt.Key.Key_F3)
    assert _asked(place) == [AnswerCall(contact=CALL)]


def test_f4_answers_nothing(place: Workplace) -> None:
    _move(place, _page(state=CallState.RINGING))
    _press(place, Qt.Key.Key_F4)
    assert _asked(place) == []


@pytest.mark.parametrize("state", [CallState.IN_CALL, CallState.HELD, CallState.DIALLING])
def test_hanging_up_is_a_click_and_no_key(place: Workplace, state: CallState) -> None:
    _move(place, _page(state=state))
    button = _button(place.strip, "Raccrocher")
    assert button.key == ""
    assert button.focusPolicy() is Qt.FocusPolicy.NoFocus
    button.click()
    assert _asked(place) == [HangUpCall(contact=CALL)]


def test_three_keys_transfer_with_what_was_noted(place: Workplace) -> None:
    place.form.write_note(NOTE)
    _look_up_imaging(place)
    _press(place, Qt.Key.Key_F8)
    assert _asked(place) == [TransferCall(contact=CALL, to="4312", transfer=TransferKind.BLIND, note=NOTE)]
    assert place.window.focusWidget() is place.directory.results.field


def test_an_announced_call_is_given_with_f8_and_taken_back_with_f7(place: Workplace) -> None:
    _look_up_imaging(place)
    _press(place, Qt.Key.Key_F8, _SHIFT)
    assert _asked(place) == [TransferCall(contact=CALL, to="4312", transfer=TransferKind.ATTENDED)]
    _move(place, _page(state=CallState.HELD), _act(LineAct.ANNOUNCE, LineActState.DONE))
    assert "Transfert annoncé" in words_in(place.strip)
    assert "au 4312" in words_in(place.strip)
    assert "Raccrocher" not in words_in(place.strip)
    _press(place, Qt.Key.Key_F7)
    _press(place, Qt.Key.Key_F8)
    assert _asked(place)[1:] == [CancelTransfer(contact=CALL), CompleteTransfer(contact=CALL)]


def test_a_click_cuts_the_microphone_and_the_next_one_opens_it(place: Workplace) -> None:
    mute = _button(place.strip, "Muet")
    mute.click()
    assert not mute.isChecked()
    done = msgspec.structs.replace(_act(LineAct.MUTE, LineActState.DONE), settled_at=mockup.NOW)
    _move(place, mockup.opened_card(), done)
    assert mute.isChecked()
    assert "Micro coupé" in words_in(place.strip)
    _move(place, _page(state=CallState.HELD), done)
    assert "En attente" in words_in(place.strip)
    mute.click()
    assert _asked(place) == [MuteCall(contact=CALL), UnmuteCall(contact=CALL)]
    _move(place, mockup.opened_card(), _act(LineAct.UNMUTE, LineActState.DONE, act="2"), done)
    assert not mute.isChecked()
    assert "En communication" in words_in(place.strip)


def test_a_call_that_was_given_and_came_back_is_heard_again(place: Workplace) -> None:
    done = msgspec.structs.replace(_act(LineAct.MUTE, LineActState.DONE), settled_at=mockup.NOW)
    for seconds, is_muted in ((-1, True), (1, False)):
        given = Transfer(by="Claire Morvan", at=mockup.NOW + timedelta(seconds=seconds), to="4312")
        _move(place, _page(transfer=given), done)
        assert place.phone.state.is_muted is is_muted


def test_a_microphone_cut_before_an_announcement_can_be_opened_during_it(place: Workplace) -> None:
    announced = _act(LineAct.ANNOUNCE, LineActState.DONE, act="2")
    _move(place, _page(state=CallState.HELD), announced)
    assert "Muet" not in words_in(place.strip)
    _move(place, _page(state=CallState.HELD), announced, _act(LineAct.MUTE, LineActState.DONE))
    assert _button(place.strip, "Muet").isChecked()


@pytest.mark.parametrize(
    "last",
    [
        _act(LineAct.CANCEL, LineActState.DONE, act="2"),
        _act(LineAct.COMPLETE, LineActState.REFUSED, LineRefusal.CALL_GONE, act="2"),
        _act(LineAct.RETRIEVE, LineActState.DONE, act="2"),
    ],
)
def test_an_announcement_that_is_over_is_not_given(place: Workplace, last: PhoneAct) -> None:
    _move(place, mockup.opened_card(), last, _act(LineAct.ANNOUNCE, LineActState.DONE))
    assert place.phone.state.announced == ""
    _press(place, Qt.Key.Key_F8)
    assert _asked(place) == []
    assert place.directory.isVisible()


def test_the_other_party_who_hangs_up_first_brings_the_caller_back(place: Workplace) -> None:
    done = _act(LineAct.ANNOUNCE, LineActState.DONE)
    announced = msgspec.structs.replace(done, settled_at=mockup.NOW)
    waiting = _page(state=CallState.HELD, held_since=mockup.NOW + timedelta(seconds=0.2))
    _move(place, waiting, announced)
    assert place.phone.state.announced == "4312"
    _move(place, _page(state=CallState.IN_CALL), announced)
    assert "En communication" in words_in(place.strip)
    assert _button(place.strip, "Raccrocher").isEnabled()
    held_by_hand = _page(state=CallState.HELD, held_since=mockup.NOW + timedelta(minutes=1))
    _move(place, held_by_hand, announced)
    assert place.phone.state.announced == ""
    _press(place, Qt.Key.Key_F8)
    assert _asked(place) == []


def test_an_announcement_not_yet_made_is_not_given(place: Workplace) -> None:
    _move(place, mockup.opened_card(), _act(LineAct.ANNOUNCE, LineActState.ASKED))
    assert place.phone.state.announced == ""


def test_a_call_given_away_stays_to_be_qualified_and_obeys_no_more(place: Workplace) -> None:
    place.form.write_note(NOTE)
    given = Transfer(by="Claire Morvan", at=mockup.NOW, to="4312")
    _move(place, _page(state=CallState.RINGING, extension="4312", is_given=True, transfer=given))
    seen = words_in(place.strip)
    assert "Transféré" in seen
    assert "au 4312" in seen
    for words in ("Attente", "Raccrocher", "Répondre"):
        assert words not in seen
    assert place.screen.isVisible()
    assert place.form.state.entry.note == NOTE
    for key in (Qt.Key.Key_F3, Qt.Key.Key_F7):
        _press(place, key)
    assert _asked(place) == []


def _given_to(extension: str, **call: object) -> CallPage:
    given = Transfer(by="Claire Morvan", at=mockup.NOW, to="4312", note="Voit son kiné jeudi.")
    return _page(extension=extension, transfer=given, **call)


GIVEN = "Transféré par Claire Morvan : Voit son kiné jeudi."


def test_who_takes_a_given_call_reads_who_gave_it_and_what_was_noted(place: Workplace) -> None:
    _move(place, _given_to("4103"))
    assert GIVEN in words_in(place.strip)
    rows = place.screen.timeline.view.model()
    shown = [str(rows.index(at, 0).data(Qt.ItemDataRole.AccessibleTextRole)) for at in range(rows.rowCount())]
    assert any(GIVEN.rstrip(".") in each.replace("\u00a0", " ") for each in shown)


@pytest.mark.parametrize(("typed", "page"), [("", CALLS), ("imag", DIRECTORY)])
def test_a_given_call_that_nobody_took_pops_again_and_leaves_who_writes_alone(
    place: Workplace, typed: str, page: str
) -> None:
    popped: list[str] = []
    place.call.rang.connect(popped.append)
    _move(place, _given_to("4312", state=CallState.RINGING, is_given=True))
    place.rail.place_chosen.emit(DIRECTORY)
    QTest.keyClicks(place.directory.results.field, typed)
    place.directory.results.field.setFocus()
    _move(place, _given_to("4103", state=CallState.RINGING))
    assert popped == [CALL]
    assert GIVEN in words_in(place.strip)
    assert "Répondre" in words_in(place.strip)
    assert place.directory.isVisible() is (page == DIRECTORY)


def test_without_a_call_f8_calls_the_chosen_row(place: Workplace, qtbot: QtBot) -> None:
    _move(place, _page(state=CallState.ENDED, ended_at=mockup.NOW))
    _look_up_imaging(place)
    qtbot.waitUntil(lambda: "Message" in words_in(place.directory.sheet))
    assert _button(place.directory.sheet, "Appeler").key == "F8"
    assert "Annoncer d’abord" not in words_in(place.directory)
    assert "appeler" in words_in(place.directory.results)
    _press(place, Qt.Key.Key_F8)
    assert _asked(place) == [DialNumber(number_raw="4312")]


def test_a_desk_of_an_exchange_that_only_tells_is_told_what_to_dial_before_anything_is_asked(
    place: Workplace,
) -> None:
    desk_of(place).is_only_told = True
    place.phone.dial("+33639981234")
    assert _asked(place) == []
    assert place.toast.text == f"{refusal_words('no_line')} Composez le 06 39 98 12 34."


@pytest.mark.parametrize("line", ["standard", ""])
def test_calling_depends_on_the_desk_s_own_line_not_on_that_of_the_contact_in_hand(
    place: Workplace, line: str
) -> None:
    _move(place, _page(line=line, state=CallState.ENDED, ended_at=mockup.NOW))
    place.phone.dial("4312")
    assert _asked(place) == [DialNumber(number_raw="4312")]


def test_without_the_server_the_buttons_say_why_and_f8_says_what_to_dial(place: Workplace) -> None:
    place.show_link("Hors ligne", is_offline=True)
    for words in ("Attente", "Raccrocher"):
        button = _button(place.strip, words)
        assert not button.isEnabled()
        assert button.toolTip() == refusal_words("needs_server")
    _look_up_imaging(place)
    _press(place, Qt.Key.Key_F8)
    assert _asked(place) == []
    assert "Composez le 4312." in place.toast.text
    place.show_link("À jour", is_offline=False)
    assert _button(place.strip, "Attente").isEnabled()
    assert _button(place.strip, "Attente").toolTip() == ""


def test_a_call_of_no_exchange_says_so(place: Workplace) -> None:
    _move(place, _page(line=""))
    assert _button(place.strip, "Attente").toolTip() == refusal_words("no_line")
    _press(place, Qt.Key.Key_F7)
    assert _asked(place) == []
    assert place.toast.text == refusal_words("no_line")


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (CallState.RINGING, ["Répondre"]),
        (CallState.IN_CALL, ["Muet", "Attente", "Raccrocher"]),
        (CallState.HELD, ["Muet", "Reprendre", "Raccrocher"]),
        (CallState.DIALLING, ["Raccrocher"]),
    ],
)
def test_a_call_of_an_exchange_that_only_tells_offers_none_of_the_phone_s_buttons(
    place: Workplace, state: CallState, words: list[str]
) -> None:
    for line, is_on, why in (("standard", True, ""), ("", False, refusal_words("no_line"))):
        _move(place, _page(line=line, state=state))
        buttons = [_button(place.strip, each) for each in words]
        assert [(each.isEnabled(), each.toolTip()) for each in buttons] == [(is_on, why)] * len(words)
        for each in buttons:
            each.click()
        assert len(_asked(place)) == len(words)


def test_the_banner_does_not_offer_to_answer_a_call_of_an_exchange_that_only_tells(place: Workplace) -> None:
    place.panel.note.setFocus()
    QTest.keyClicks(place.panel.note, "rappeler")
    for line, is_on in (("standard", True), ("", False)):
        _move(place, _page(contact="call-3", line=line, state=CallState.RINGING))
        answer = _button(place.banner, "Répondre")
        assert (answer.isEnabled(), answer.toolTip()) == (is_on, "" if is_on else refusal_words("no_line"))
        assert place.banner.look.isEnabled()


def test_a_rule_s_no_is_said(place: Workplace) -> None:
    desk_of(place).no = Refusal("not_your_call", "contact")
    _press(place, Qt.Key.Key_F7)
    assert place.toast.text == refusal_words("not_your_call")


@pytest.mark.parametrize("refusal", LineRefusal)
def test_each_no_of_the_exchange_is_said_once_in_a_sentence_of_its_own(
    place: Workplace, refusal: LineRefusal
) -> None:
    said: list[str] = []
    place.phone.refused.connect(said.append)
    _press(place, Qt.Key.Key_F7)
    act = str(len(desk_of(place).submitted))
    refused = _act(LineAct.HOLD, LineActState.REFUSED, refusal, act=act)
    _move(place, mockup.opened_card(), refused)
    _move(place, mockup.opened_card(), refused)
    assert said == [refusal]
    assert place.toast.text == refusal_words(refusal)
    assert refusal.value not in refusal_words(refusal)


def test_an_exchange_out_of_reach_is_said_on_the_buttons_until_it_answers(place: Workplace) -> None:
    _press(place, Qt.Key.Key_F7)
    act = str(len(desk_of(place).submitted))
    away = _act(LineAct.HOLD, LineActState.REFUSED, LineRefusal.UNREACHABLE, act=act)
    _move(place, mockup.opened_card(), away)
    hold = _button(place.strip, "Attente")
    assert hold.isEnabled()
    assert hold.toolTip() == refusal_words(LineRefusal.UNREACHABLE)
    _press(place, Qt.Key.Key_F7)
    act = str(len(desk_of(place).submitted))
    _move(place, mockup.opened_card(), _act(LineAct.HOLD, LineActState.DONE, act=act), away)
    assert hold.toolTip() == ""


def test_the_strip_away_from_the_call_names_who_is_open_and_leads_back(place: Workplace) -> None:
    assert "Revenir à l’appel" not in words_in(place.strip)
    place.rail.place_chosen.emit(DIRECTORY)
    assert "DUBREUIL Martine" in words_in(place.strip)
    _button(place.strip, "Revenir à l’appel").click()
    assert place.screen.isVisible()
    assert _asked(place) == []


@pytest.mark.parametrize("words", ["Attente", "Raccrocher"])
def test_a_click_on_the_strip_leaves_the_keyboard_in_the_note(place: Workplace, words: str) -> None:
    place.panel.note.setFocus()
    QTest.mouseClick(_button(place.strip, words), Qt.MouseButton.LeftButton)
    assert len(_asked(place)) == 1
    assert place.window.focusWidget() is place.panel.note
