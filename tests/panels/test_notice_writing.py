"""A supervisor tells the desks something until an hour, and takes it back; a receptionist reads."""

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.commands import PublishNotice, WithdrawNotice
from app.domain.words import NoticeTopic
from app.queries.notices import Notice, read_notices
from tests.panels.mockup import NOW, paris
from tests.panels.phone_book import ask_hospital
from tests.panels.seat import CLAIRE, NATHALIE, desk_of, seat_of
from ui.panels.day.notice_form import NoticeForm
from ui.places import HOME
from ui.theme import theme
from ui.viewmodels.call_page import CallPage
from ui.workplace import Person, Workplace


def _open(qtbot: QtBot, qapp: QApplication, person: Person) -> Workplace:
    theme.apply(qapp)
    here = seat_of(CallPage(), person)
    qtbot.addWidget(here.window)
    here.window.resize(1440, 900)
    here.window.show()
    here.rail.place_chosen.emit(HOME)
    qtbot.waitUntil(lambda: bool(here.home.notices.list.rows))
    return here


@pytest.fixture
def place(qtbot: QtBot, qapp: QApplication) -> Workplace:
    """A supervisor's day."""
    return _open(qtbot, qapp, NATHALIE)


def _told() -> tuple[Notice, ...]:
    told: tuple[Notice, ...] = ask_hospital(partial(read_notices, services=("orthopedie",), now=NOW))
    return told


def _form(place: Workplace) -> NoticeForm:
    return place.notice_writing.form


def test_a_notice_is_published_from_the_keyboard_until_the_evening(place: Workplace) -> None:
    place.home.notices.write.click()
    form = _form(place)
    form.what.setText("Scanner en panne")
    form.text.setText("Proposer un autre jour.")
    form.topic.press(NoticeTopic.DELAY)
    QTest.keyClick(form.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    sent = desk_of(place).submitted[-1]
    assert isinstance(sent, PublishNotice)
    assert (sent.service, sent.title, sent.text) == (
        "orthopedie",
        "Scanner en panne",
        "Proposer un autre jour.",
    )
    assert (sent.topic, sent.ends_at) == (NoticeTopic.DELAY, paris(11, 24, 18, 0))
    assert (form.isVisible(), form.what.text()) == (False, "")


def test_one_without_a_title_is_not_sent_and_what_is_put_away_stays(place: Workplace) -> None:
    place.home.notices.write.click()
    form = _form(place)
    before = list(desk_of(place).submitted)
    form.publish.click()
    form.text.setText("Proposer un autre jour.")
    form.leave.click()
    place.home.notices.write.click()
    assert (desk_of(place).submitted, form.text.text()) == (before, "Proposer un autre jour.")


def test_a_known_one_is_changed_or_taken_back(place: Workplace) -> None:
    first = _told()[0]
    form, rows = _form(place), place.home.notices.list
    rows.opened.emit(first.notice)
    assert (form.what.text(), form.until.moment()) == (first.title, first.ends_at)
    form.what.setText("Dr Vasseur de retour")
    form.publish.click()
    sent = desk_of(place).submitted[-1]
    assert isinstance(sent, PublishNotice)
    assert (sent.notice, sent.title, sent.ends_at) == (first.notice, "Dr Vasseur de retour", first.ends_at)
    rows.opened.emit(first.notice)
    form.withdraw.click()
    assert desk_of(place).submitted[-1] == WithdrawNotice(notice=first.notice)
    place.home.notices.write.click()
    assert (form.what.text(), form.withdraw.isVisible()) == ("", False)


def test_a_receptionist_reads_them_and_writes_none(qtbot: QtBot, qapp: QApplication) -> None:
    place = _open(qtbot, qapp, CLAIRE)
    assert not place.home.notices.write.isVisible()
    place.home.notices.list.opened.emit(_told()[0].notice)
    assert not _form(place).isVisible()
