"""« Comparer deux dossiers » (07b): read side by side, decided by who may, proposed by the others."""

from collections.abc import Callable

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.double_commands import (
    MergePersons,
    RejectDouble,
    SignalDouble,
    UnmergePersons,
    WithdrawRejection,
)
from app.domain.errors import Refusal
from app.domain.rights_commands import Correction, Rectified, RectifyPerson
from app.domain.words import Channel
from app.queries.doubles import Doubles
from tests.panels.doubles_mockup import KEPT, OTHER, TWIN, doubles_of_martine
from tests.panels.measure import words_in
from tests.panels.mockup import MARTINE
from tests.panels.seat import CLAIRE, NATHALIE, desk_of, seat_of
from ui.panels.comparison import ComparisonCard
from ui.theme import theme
from ui.viewmodels.call_page import CallPage
from ui.viewmodels.double_pair import Detail
from ui.workplace import Person, Workplace

Sit = Callable[[Person], Workplace]


@pytest.fixture
def sit(qtbot: QtBot, qapp: QApplication) -> Sit:
    """Somebody at a record that is open."""
    theme.apply(qapp)

    def sit_down(person: Person) -> Workplace:
        here = seat_of(CallPage(), person)
        qtbot.addWidget(here.window)
        here.window.resize(1440, 900)
        here.window.show()
        here.top_bar.search_asked.emit()
        here.records.screen.search.person_chosen.emit(MARTINE)
        desk_of(here).submitted.clear()
        return here

    return sit_down


@pytest.fixture
def place(sit: Sit) -> Workplace:
    return sit(NATHALIE)


def _card(place: Workplace) -> ComparisonCard:
    return place.records.comparing.card


def _press(place: Workplace, key: Qt.Key, *held: Qt.KeyboardModifier) -> None:
    modifiers = Qt.KeyboardModifier.NoModifier
    for one in held:
        modifiers |= one
    QTest.keyClick(place.window.windowHandle(), key, modifiers)


def _open(place: Workplace) -> ComparisonCard:
    _press(place, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier)
    return _card(place)


def _decide(place: Workplace) -> None:
    _press(place, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_both_records_are_read_side_by_side_with_what_a_merge_would_join(place: Workplace) -> None:
    said = words_in(_open(place))
    for words in (
        "Ressemblance forte, 4 traits sur 5",
        "Dossier conservé, IPP 00418276",
        "Identique",
        "Incomplet",
        "Le refus l’emporte",
        "Refusé le 4 mars",
        "06 39 98 62 18",
    ):
        assert words in said
    assert "13 contacts + 1 contact, 5 demandes + 1 demande, 1 promesse" in said.replace("\u00a0", " ")
    assert desk_of(place).compared == [(MARTINE, "doubles")]


def test_nothing_is_merged_before_the_traits_were_said_to_be_compared(place: Workplace) -> None:
    card = _open(place)
    _decide(place)
    assert (desk_of(place).submitted, card.merge.isEnabled()) == ([], False)
    card.tick.click()
    _decide(place)
    assert desk_of(place).submitted == [MergePersons(person=TWIN, into=MARTINE, is_compared=True)]
    assert not card.isVisible()


def test_the_keyboard_alone_ticks_and_decides_and_a_merge_is_taken_back(place: Workplace) -> None:
    before = place.window.focusWidget()
    card = _open(place)
    _press(place, Qt.Key.Key_Tab)
    assert card.radios[Detail.PREFERRED][0].hasFocus()
    _press(place, Qt.Key.Key_Tab)
    assert card.tick.hasFocus()
    _press(place, Qt.Key.Key_Space)
    _decide(place)
    assert place.window.focusWidget() is before
    place.notices.take_back()
    assert desk_of(place).submitted == [
        MergePersons(person=TWIN, into=MARTINE, is_compared=True),
        UnmergePersons(person=TWIN),
    ]


def test_a_detail_taken_of_the_other_is_kept_with_the_merge_and_given_back_with_it(place: Workplace) -> None:
    other = msgspec.structs.replace(OTHER, preferred_channel=Channel.SMS)
    alike = doubles_of_martine().doubles[0]
    desk_of(place).alike = Doubles(kept=KEPT, doubles=(msgspec.structs.replace(alike, side=other),))
    card = _open(place)
    kept, taken = card.radios[Detail.PREFERRED]
    kept.setFocus()
    _press(place, Qt.Key.Key_Right)
    assert taken.isChecked()
    card.tick.click()
    card.merge.click()
    place.notices.take_back()
    chosen = [one for one in desk_of(place).submitted if isinstance(one, RectifyPerson)]
    assert [one.corrections for one in chosen] == [
        (
            Correction(field=Rectified.PREFERRED_CHANNEL, value="sms"),
            Correction(field=Rectified.PREFERRED_HOURS, value=""),
        ),
        (
            Correction(field=Rectified.PREFERRED_CHANNEL, value="phone"),
            Correction(field=Rectified.PREFERRED_HOURS, value="le matin"),
        ),
    ]
    assert {one.person for one in chosen} == {MARTINE}


def test_a_refusal_has_no_choice_beside_it(place: Workplace) -> None:
    assert set(_open(place).radios) == {Detail.PREFERRED}


def test_who_may_not_decide_proposes_once_the_traits_are_compared(sit: Sit) -> None:
    place = sit(CLAIRE)
    card = _open(place)
    assert not card.reject.isVisible()
    _decide(place)
    assert desk_of(place).submitted == []
    card.tick.click()
    _decide(place)
    assert desk_of(place).submitted == [SignalDouble(person=MARTINE, other=TWIN, is_compared=True)]
    assert "un référent décidera" in place.toast.text


def test_two_humans_are_kept_apart_and_a_doubt_is_signalled(place: Workplace) -> None:
    _open(place).reject.click()
    _open(place).propose.click()
    assert desk_of(place).submitted == [
        RejectDouble(person=MARTINE, other=TWIN),
        SignalDouble(person=MARTINE, other=TWIN),
    ]


def test_two_humans_kept_apart_by_mistake_are_so_no_more_by_annuler(place: Workplace) -> None:
    _open(place).reject.click()
    assert place.toast.text == "Ces deux dossiers ne seront plus proposés."
    place.toast.undone.emit()
    assert desk_of(place).submitted == [
        RejectDouble(person=MARTINE, other=TWIN),
        WithdrawRejection(person=MARTINE, other=TWIN, act="1"),
    ]


@pytest.mark.parametrize("is_compared", [False, True])
def test_who_decides_reads_whether_whoever_signalled_it_had_compared_the_traits(
    place: Workplace, *, is_compared: bool
) -> None:
    alike = msgspec.structs.replace(
        doubles_of_martine().doubles[0], is_signalled=True, is_compared=is_compared
    )
    desk_of(place).alike = Doubles(kept=KEPT, doubles=(alike,))
    words = words_in(_open(place))
    assert "signalé" in words
    assert ("signalé, traits comparés" in words) is is_compared


def test_what_was_merged_is_parted_from_the_record(place: Workplace) -> None:
    merged = msgspec.structs.replace(OTHER, is_merged=True)
    desk_of(place).alike = Doubles(kept=KEPT, merged=(merged,))
    card = _open(place)
    assert (card.merge.isVisible(), card.tick.isVisible()) == (False, False)
    card.part.click()
    assert desk_of(place).submitted == [UnmergePersons(person=TWIN)]
    assert "Dossiers séparés" in place.toast.text


def test_a_refused_merge_says_why_and_leaves_the_choice_as_it_was(place: Workplace) -> None:
    desk_of(place).no = Refusal("persons_merged", "person")
    card = _open(place)
    card.tick.click()
    card.merge.click()
    assert "déjà regroupé" in place.toast.text
    assert (card.isVisible(), card.tick.isChecked(), card.merge.isEnabled()) == (True, True, True)


def test_the_surer_identity_is_kept_whichever_record_is_open(place: Workplace) -> None:
    alike = msgspec.structs.replace(doubles_of_martine().doubles[0], side=KEPT)
    desk_of(place).alike = Doubles(kept=OTHER, doubles=(alike,))
    card = _open(place)
    card.tick.click()
    card.merge.click()
    assert desk_of(place).submitted[0] == MergePersons(person=TWIN, into=MARTINE, is_compared=True)


def test_an_answer_that_comes_late_takes_no_key_and_one_for_nobody_is_dropped(place: Workplace) -> None:
    desk = desk_of(place)
    desk.is_slow = True
    card = _open(place)
    assert "Recherche" in words_in(card)
    here = place.window.focusWidget()
    desk.withheld.pop()()
    assert place.window.focusWidget() is here
    _press(place, Qt.Key.Key_Escape)
    assert place.records.screen.head.isVisible()
    _open(place)
    _press(place, Qt.Key.Key_Escape)
    desk.withheld.pop()()
    assert not card.isVisible()


def test_without_anybody_alike_it_says_so(place: Workplace) -> None:
    desk_of(place).alike = Doubles(kept=KEPT)
    card = _open(place)
    assert "Aucun autre dossier" in words_in(card)
    assert not card.merge.isVisible()


def test_without_the_server_it_says_so(place: Workplace) -> None:
    desk_of(place).is_cut = True
    card = _open(place)
    assert "demande le serveur" in words_in(card)
    assert not card.merge.isVisible()


def test_of_several_each_is_seen_in_turn_with_its_own_tick(place: Workplace) -> None:
    alike = doubles_of_martine().doubles[0]
    third = msgspec.structs.replace(alike, side=msgspec.structs.replace(OTHER, person="third"))
    desk_of(place).alike = Doubles(kept=KEPT, doubles=(alike, third))
    card = _open(place)
    card.tick.click()
    _press(place, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert (card.tick.isChecked(), card.next.text()) == (False, "Suivant, 2 sur 2")
    _press(place, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert card.tick.isChecked()
