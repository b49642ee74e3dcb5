"""« Relier à un autre appel »: calls of nobody known are compared, linked by a person, and parted again."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.commands import LinkContact, UnlinkContact, WithdrawIdentification
from app.queries.linkable_calls import Links
from tests.panels.linked_calls import links_of_the_morning
from tests.panels.measure import words_in
from tests.panels.mockup import hidden_number
from tests.panels.seat import desk_of, seat_of
from ui.places import CALLS
from ui.theme import theme
from ui.widgets.late_keys import GRACE_MS
from ui.workplace import Workplace


@pytest.fixture
def shown(qtbot: QtBot, qapp: QApplication) -> Callable[[Links], Workplace]:
    theme.apply(qapp)

    def show(links: Links) -> Workplace:
        place = seat_of(hidden_number())
        qtbot.addWidget(place.window)
        desk_of(place).links = links
        place.call.look()
        qtbot.waitUntil(lambda: place.linking.same.state == links, timeout=20_000)
        place.window.resize(1440, 900)
        place.window.show()
        with qtbot.waitActive(place.window):
            place.window.activateWindow()
        place.rail.place_chosen.emit(CALLS)
        desk_of(place).submitted.clear()
        return place

    return show


def _way(place: Workplace) -> str:
    return place.screen.search.ways.words["link"].text()


def test_the_way_out_says_how_many_calls_are_without_a_patient(shown: Callable[[Links], Workplace]) -> None:
    place = shown(links_of_the_morning())
    assert "Deux appels masqués de ce matin sont sans patient. Même personne\u00a0?" in _way(place)
    one = shown(Links(others=links_of_the_morning().others[:1]))
    assert "Un appel masqué de ce matin est sans patient. Même personne\u00a0?" in _way(one)


def test_a_call_that_rings_is_painted_before_what_it_may_be_linked_to_is_read(
    qtbot: QtBot, qapp: QApplication
) -> None:
    theme.apply(qapp)
    place = seat_of(hidden_number())
    qtbot.addWidget(place.window)
    assert place.call.state.card is not None
    assert place.linking.same.state == Links()
    qtbot.waitUntil(lambda: place.linking.same.state == links_of_the_morning(), timeout=20_000)


def test_without_another_call_there_is_nothing_to_compare(shown: Callable[[Links], Workplace]) -> None:
    place = shown(Links())
    assert "Aucun autre appel d’aujourd’hui n’est sans patient." in _way(place)
    assert not place.screen.search.ways.buttons["link"].isEnabled()


def test_the_calls_are_compared_and_none_is_chosen_beforehand(shown: Callable[[Links], Workplace]) -> None:
    place = shown(links_of_the_morning())
    search = place.screen.search
    search.ways.buttons["link"].click()
    said = words_in(search.same)
    for words in ("09:52", "61 Joindre un médecin", "Julie Renard", "À qualifier"):
        assert words in said
    assert search.ways.isHidden()
    QTest.keyClick(search.same.cancel, Qt.Key.Key_Return)
    assert desk_of(place).submitted == []


def test_the_arrows_choose_a_call_enter_links_it_and_annuler_parts_it(
    shown: Callable[[Links], Workplace], qtbot: QtBot
) -> None:
    place = shown(links_of_the_morning())
    same = place.screen.search.same
    place.screen.search.ways.buttons["link"].click()
    QTest.keyClick(same.cancel, Qt.Key.Key_Down)
    QTest.keyClick(same.rows[0].button, Qt.Key.Key_Down)
    assert place.window.focusWidget() is same.rows[1].button
    qtbot.wait(GRACE_MS + 50)
    same.rows[1].button.click()
    linked = LinkContact(contact="call-3", other="hidden-1")
    assert desk_of(place).submitted == [linked]
    assert place.toast.text == "Relié à l’appel de 08:47."
    assert not place.screen.search.ways.isHidden()
    place.toast.undone.emit()
    assert desk_of(place).submitted == [linked, UnlinkContact(contact="call-3", act="1")]


def test_a_linked_call_says_so_and_can_be_parted(shown: Callable[[Links], Workplace]) -> None:
    place = shown(Links(linked=links_of_the_morning().others[0], act="act-1"))
    assert "Relié à l’appel de 09:52. 61 Joindre un médecin" in _way(place)
    button = place.screen.search.ways.buttons["link"]
    assert button.text() == "Délier"
    button.click()
    assert desk_of(place).submitted == [UnlinkContact(contact="call-3", act="act-1")]


def test_echap_leaves_the_calls_and_links_nothing(shown: Callable[[Links], Workplace]) -> None:
    place = shown(links_of_the_morning())
    same = place.screen.search.same
    place.screen.search.ways.buttons["link"].click()
    QTest.keyClick(same.cancel, Qt.Key.Key_Escape)
    assert same.isHidden()
    assert not place.screen.search.ways.isHidden()
    assert desk_of(place).submitted == []


def test_a_caller_attached_by_mistake_is_detached_by_annuler(shown: Callable[[Links], Workplace]) -> None:
    place = shown(Links())
    place.screen.search.person_chosen.emit("nguyen-1")
    assert place.toast.text == "Appel rattaché."
    QTest.keyClick(place.window.windowHandle(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert desk_of(place).submitted[-1] == WithdrawIdentification(contact="call-3", act="2")
    assert place.toast.isHidden()


def test_ctrl_z_in_a_field_takes_back_what_was_typed_there(shown: Callable[[Links], Workplace]) -> None:
    place = shown(Links())
    field = place.screen.search.name.field
    field.setFocus()
    QTest.keyClicks(field, "NGU")
    taken: list[str] = []
    place.notices.tell("Fait.", lambda: taken.append("back"))
    QTest.keyClick(place.window.windowHandle(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (field.text(), taken) == ("", [])
    place.window.rest_focus()
    QTest.keyClick(place.window.windowHandle(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert taken == ["back"]


def test_ctrl_z_without_anything_to_take_back_says_so(shown: Callable[[Links], Workplace]) -> None:
    place = shown(Links())
    place.toast.hide()
    QTest.keyClick(place.window.windowHandle(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert place.toast.text == "Rien à annuler."
