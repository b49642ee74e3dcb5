"""What was joined from the call page is told, and « Annuler » parts it."""

from pytestqt.qtbot import QtBot

from app.domain.commands import JoinCase, PartCase
from tests.panels.mockup import opened_card
from tests.panels.seat import desk_of, seat_of


def test_a_join_is_told_and_annuler_parts_it_by_its_command(qtbot: QtBot) -> None:
    place = seat_of(opened_card())
    qtbot.addWidget(place.window)
    desk = desk_of(place)
    desk.submitted.clear()
    asked = JoinCase(case="mri", contacts=("letter",))
    place.screen.timeline.join_wanted.emit(asked, "Résultats d’IRM du genou")
    assert place.toast.text == "Relié à «\u00a0Résultats d’IRM du genou\u00a0»"
    place.toast.undone.emit()
    assert desk.submitted == [asked, PartCase(case="mri", act="1")]
