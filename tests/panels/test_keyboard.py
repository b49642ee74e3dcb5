"""Every key of the map does what it says; the help and the palette list the same map."""

from collections.abc import Callable
from itertools import chain

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.domain.commands import NoteContact, OpenPerson
from app.domain.errors import Refusal
from app.domain.words import CallState, Channel, NumberKind, Outcome, Role
from app.queries.caller_card import CallerCard, CallLine
from tests.panels import mockup
from tests.panels.key_table import (
    ARRIVES,
    DOES,
    ELSEWHERE,
    in_the_directory,
    on_tasks,
    press,
    press_azerty,
    settle,
)
from tests.panels.measure import far_off, words_in
from tests.panels.seat import desk_of, seat_of
from ui.panels.key_help import KeyHelp
from ui.panels.palette import PalettePanel
from ui.places import CALLS, DIRECTORY, HOME, places
from ui.theme import theme
from ui.viewmodels.call_page import CallPage
from ui.viewmodels.key_map import all_acts, key_map
from ui.viewmodels.palette import found_acts
from ui.workplace import Workplace


@pytest.fixture
def show(qtbot: QtBot, qapp: QApplication) -> Callable[[CallPage], Workplace]:
    theme.apply(qapp)

    def show(page: CallPage) -> Workplace:
        here = seat_of(page)
        qtbot.addWidget(here.window)
        here.window.resize(1440, 900)
        here.window.show()
        here.window.activateWindow()
        here.rail.place_chosen.emit(HOME)
        here.window.rest_focus()
        return here

    return show


@pytest.fixture
def place(show: Callable[[CallPage], Workplace]) -> Workplace:
    here = show(mockup.opened_card())
    desk_of(here).no = Refusal("line_unreachable")  # nothing is waited for once the test is over
    return here


@pytest.fixture
def idle(show: Callable[[CallPage], Workplace]) -> Workplace:
    return show(CallPage())


def noted(channel: Channel) -> CallPage:
    """What is in hand once an exchange was written down."""
    call = CallLine(
        contact="noted-1",
        state=CallState.ENDED,
        number="",
        number_kind=NumberKind.HIDDEN,
        channel=channel,
        queue_name="",
        service="orthopedie",
        service_name="Orthopédie",
        arrived_at=mockup.NOW,
    )
    return CallPage(card=CallerCard(call=call, read_at=mockup.NOW))


def begin_again(place: Workplace) -> None:
    """As at first: on the day, nothing open, nothing asked, the keyboard on nothing."""
    for dialog in (place.keyboard.help, place.keyboard.palette):
        dialog.leave()
    place.screen.verify.cancel()
    place.toast.hide()
    place.window.showNormal()
    place.tasks.list.finder.hide()
    place.form.choose_outcome(Outcome.DEALT_WITH)
    place.rail.place_chosen.emit(HOME)
    place.window.rest_focus()
    desk_of(place).submitted.clear()


def does_its_own(place: Workplace, key: str) -> bool:
    """Not done before, done after."""
    begin_again(place)
    prepare, is_done = DOES[key]
    prepare(place)
    is_early = is_done(place)
    press(place, key)
    return bool(is_done(place)) and not is_early


def test_every_key_does_what_the_map_says(place: Workplace) -> None:
    assert [key for key in DOES if not does_its_own(place, key)] == []


def test_a_key_that_does_nothing_is_found(place: Workplace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(DOES, "F4", (settle, lambda place: place.tasks.isVisible()))
    assert not does_its_own(place, "F4")


def test_a_key_that_is_to_come_says_so_on_the_screen(idle: Workplace) -> None:
    for key in ARRIVES:
        begin_again(idle)
        if not idle.keyboard.is_built(key):
            press(idle, key)
            assert "arrive" in idle.toast.text


def test_every_key_of_the_map_is_held_to_its_word() -> None:
    assert {act.key for act in all_acts()} == {*DOES, *ARRIVES}


def test_every_line_without_a_key_of_its_own_is_held_elsewhere() -> None:
    lines = (line for section in chain.from_iterable(key_map()) for line in section.rows if not line.acts)
    assert {line.caps[0] for line in lines} == set(ELSEWHERE)


def test_the_sections_open_by_the_place_of_the_key_on_azerty(idle: Workplace) -> None:
    here = [one.key for one in chain.from_iterable(places(Role.RECEPTIONIST))]
    press_azerty(idle, 3, Qt.KeyboardModifier.NoModifier)
    assert idle.pages.here == HOME
    opened: list[str] = []
    for number in range(1, 10):
        press_azerty(idle, number, Qt.KeyboardModifier.ControlModifier)
        opened.append(idle.pages.here)
    assert opened == here


@pytest.mark.parametrize(("key", "channel"), [("Ctrl+N", Channel.PHONE), ("Ctrl+G", Channel.DESK)])
def test_a_new_contact_is_written_down_and_searched_for(idle: Workplace, key: str, channel: Channel) -> None:
    desk_of(idle).page = noted(channel)
    press(idle, key)
    assert [one.channel for one in desk_of(idle).submitted if isinstance(one, NoteContact)] == [channel]
    assert idle.screen.search.born.field.hasFocus()
    assert idle.form.state.subject is not None
    assert idle.form.state.subject.channel is channel
    assert "masqué" not in words_in(idle.strip)


def test_f6_goes_round_every_pane_and_back(place: Workplace) -> None:
    place.rail.place_chosen.emit(CALLS)
    seen: list[QWidget] = []
    for _ in range(20):
        press(place, "F6")
        here = QApplication.focusWidget()
        assert here is not None
        if here in seen:
            break
        seen.append(here)
    for pane in (place.top_bar, place.rail, place.strip, place.screen.band, place.panel):
        assert any(one is pane or pane.isAncestorOf(one) for one in seen)
    press(place, "Shift+F6")
    assert QApplication.focusWidget() is seen[-1]


def test_the_ring_around_a_pane_leaves_with_the_keyboard(place: Workplace) -> None:
    press(place, "F6")
    assert place.keyboard.ring.isVisible()
    place.window.rest_focus()
    assert not place.keyboard.ring.isVisible()


def test_ctrl_k_comes_before_a_field_that_would_delete(place: Workplace) -> None:
    place.rail.place_chosen.emit(DIRECTORY)
    field = place.directory.results.field
    field.setText("kaddour")
    field.setFocus()
    field.setCursorPosition(2)
    press(place, "Ctrl+K")
    assert (field.text(), place.keyboard.palette.isVisible()) == ("kaddour", True)
    press(place, "Escape")
    assert field.hasFocus()
    assert (field.cursorPosition(), field.selectedText()) == (2, "")


def typed(place: Workplace, words: str) -> str:
    """What the palette lists for these words."""
    if not place.keyboard.palette.isVisible():
        press(place, "Ctrl+K")
    place.keyboard.palette.field.setText(words)
    return words_in(place.keyboard.palette)


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("", "F1"),
        ("promis", "F9"),
        ("call-back", "F9"),
        ("refresh", "F5"),
        ("reglages", "Ctrl+9"),
        ("OUVRIR RÉGL", "Ctrl+,"),
        ("actualisr", "F5"),
        ("apvr", "Ctrl+I"),
        ("f12", "F12"),
        ("ctrl maj m", "Ctrl+Shift+M"),
        ("xyzzy", ""),
    ],
)
def test_an_act_is_found_by_either_name_by_its_key_and_with_a_mistake(words: str, key: str) -> None:
    assert next((act.key for act in found_acts(all_acts(), words)), "") == key


def test_the_palette_lists_patients_and_the_directory_beside_acts(place: Workplace) -> None:
    assert "Née le 14/03/1958" in typed(place, "dubreuil")
    assert "Dr KADDOUR Yanis" in typed(place, "kadd")
    assert "Orthopédie" in typed(place, "ortho")
    assert "Rien ne porte ce nom." in typed(place, "zzzz")


def test_an_act_chosen_in_the_palette_is_done_where_the_keyboard_was(place: Workplace) -> None:
    place.front.qualify()
    typed(place, "sans suite")
    press(place, "Return")
    assert place.form.state.entry.outcome is Outcome.NO_ACTION
    assert not place.keyboard.palette.isVisible()


def test_a_key_of_a_list_says_where_it_acts_when_it_is_chosen_elsewhere(place: Workplace) -> None:
    typed(place, "reporter")
    press(place, "Return")
    assert "agit dans la liste" in place.toast.text


def test_a_service_chosen_in_the_palette_is_ready_for_f8(place: Workplace) -> None:
    typed(place, "kaddour")
    press(place, "Return")
    assert place.directory.entry is not None
    assert "KADDOUR" in place.directory.entry.name


def test_a_patient_chosen_without_a_call_is_read_as_f2_reads(idle: Workplace) -> None:
    typed(idle, "dubreuil martine")
    press(idle, "Return")
    (read,) = [one for one in desk_of(idle).submitted if isinstance(one, OpenPerson)]
    assert (bool(read.person), read.reason) == (True, "search")
    assert not [one for one in desk_of(idle).submitted if isinstance(one, NoteContact)]
    assert idle.records.screen.head.isVisible()


def test_a_call_that_rings_takes_nothing_from_an_open_palette(idle: Workplace) -> None:
    press(idle, "Ctrl+K")
    idle.keyboard.rest()
    ringing = mockup.shared_number()
    desk_of(idle).page = ringing
    idle.call.look()
    assert idle.keyboard.palette.field.hasFocus()
    assert idle.banner.isVisible()
    assert idle.home.isVisible()


def test_another_key_closes_the_dialog_and_does_its_own(place: Workplace) -> None:
    press(place, "F1")
    press(place, "Ctrl+K")
    assert not place.keyboard.help.isVisible()
    press(place, "Ctrl+F8")
    assert not place.keyboard.palette.isVisible()
    assert in_the_directory(place)


def test_no_letter_alone_does_anything(idle: Workplace) -> None:
    before = list(desk_of(idle).submitted)
    QTest.keyClicks(idle.window, "abcdefghijklmnopqrstuvwxyz")
    assert desk_of(idle).submitted == before
    assert idle.pages.here == HOME


def test_the_list_finds_its_rows_as_one_types(idle: Workplace) -> None:
    on_tasks(idle)
    press(idle, "Ctrl+F")
    QTest.keyClicks(idle.tasks.list.finder, "kowal")
    assert "KOWALCZYK" in next(
        row.cells[1].words + row.cells[0].words
        for row in idle.tasks.list.rows
        if row.key == idle.tasks.list.key
    )
    press(idle, "Escape")
    assert idle.tasks.list.hasFocus()


def test_the_help_stands_as_drawn_and_has_every_word(place: Workplace) -> None:
    press(place, "F1")
    assert far_off(place.keyboard.help.card, (130, 134, 1180, 632)) == ""
    seen = words_in(place.keyboard.help)
    words = [
        line.words for section in chain.from_iterable(key_map()) for line in section.rows if line.is_listed
    ]
    assert len(words) > 35
    assert [
        each for each in (*words, "Pendant l’appel", "ou", "puis") if each.replace("\u00a0", " ") not in seen
    ] == []
    assert "Ouvrir les réglages" not in seen


def test_the_help_narrows_as_one_types(place: Workplace) -> None:
    press(place, "F1")
    QTest.keyClicks(place.keyboard.help.field, "reglages")
    seen = words_in(place.keyboard.help)
    assert "Ouvrir les réglages" in seen
    assert "Mini fenêtre" not in seen


def test_the_help_and_the_palette_are_built_when_they_are_first_asked_for(idle: Workplace) -> None:
    def built() -> list[int]:
        return [len(idle.window.findChildren(kind)) for kind in (KeyHelp, PalettePanel)]

    assert (built(), QApplication.activeWindow()) == ([0, 0], idle.window)
    for key, there in (("F1", [1, 0]), ("Ctrl+K", [1, 1]), ("F1", [1, 1]), ("Ctrl+K", [1, 1])):
        press(idle, key)
        assert (built(), QApplication.activeWindow()) == (there, idle.window)
    assert (idle.keyboard.help.isVisible(), idle.keyboard.palette.isVisible()) == (False, True)
