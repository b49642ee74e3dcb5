"""The qualification panel is pressed with a real keyboard's keys, and measured against the mock-ups."""

from collections.abc import Iterator
from datetime import datetime

import msgspec
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFrame, QWidget
from pytestqt.qtbot import QtBot

from app.demo.calendar import ZONE as PARIS
from app.domain.commands import LogMotive
from app.domain.words import Outcome
from app.queries.glance import OpenCase
from app.queries.house import House
from ui.panels.motive_form import MotiveFormPanel
from ui.panels.motive_form.follow_up import short_name
from ui.task_words import due_words
from ui.theme import theme
from ui.viewmodels.motive_form import MotiveForm
from ui.viewmodels.motive_form_state import Subject
from ui.widgets.card import column, surface
from ui.widgets.text import Text

CONTACT = "00000000-0000-7000-8000-000000000001"
NOW = datetime(2026, 11, 24, 10, 28, tzinfo=PARIS)
MRI = OpenCase(
    case="00000000-0000-7000-8000-00000000aaaa",
    title="Résultats d’IRM du genou",
    service_name="Orthopédie",
    motive="31",
    opened_at=NOW,
)
KNOWN = Subject(
    contact=CONTACT,
    service="orthopedie",
    service_name="Orthopédie",
    has_person=True,
    is_verified=True,
    open_cases=(MRI,),
    house=House(
        services=(("orthopedie", "Orthopédie"), ("archives", "Archives")),
        agents={"orthopedie": (("c.morvan", "Claire Morvan"), ("dr", "Dr Kaddour"))},
    ),
    followed_by="Claire Morvan",
)
SHARED = Subject(contact=CONTACT, service="orthopedie", service_name="Orthopédie", frequent=("61", "71"))
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


class Anchor:
    def now(self) -> datetime:
        return NOW


class Counter:
    def __init__(self) -> None:
        self.count = 0

    def new_id(self) -> str:
        self.count += 1
        return f"00000000-0000-7000-8000-{self.count:012d}"


class Bench:
    """A panel in the side of a window, with what it saved."""

    def __init__(self, *, width: int, height: int) -> None:
        self.form = MotiveForm(clock=Anchor(), mint=Counter())
        self.panel = MotiveFormPanel(self.form)
        self.saved: list[LogMotive] = []
        self.form.saved.connect(self.saved.append)
        self.side: QFrame = surface("side")
        inner = column()
        inner.addWidget(self.panel)
        self.side.setLayout(inner)
        self.side.resize(width, height)

    def zone(self, widget: QWidget) -> tuple[int, int, int, int]:
        at = widget.mapTo(self.side, QPoint(0, 0))
        return at.x(), at.y(), widget.width(), widget.height()

    def texts(self) -> list[str]:
        return [text.text() for text in self.panel.findChildren(Text) if text.isVisible()]


@pytest.fixture
def bench(qtbot: QtBot, qapp: QApplication) -> Iterator[Bench]:
    yield from _benches(qtbot, qapp, width=392, height=792)


@pytest.fixture
def narrow(qtbot: QtBot, qapp: QApplication) -> Iterator[Bench]:
    yield from _benches(qtbot, qapp, width=360, height=612)


def _benches(qtbot: QtBot, qapp: QApplication, *, width: int, height: int) -> Iterator[Bench]:
    theme.apply(qapp)
    made = Bench(width=width, height=height)
    qtbot.addWidget(made.side)
    made.side.show()
    made.side.activateWindow()
    qtbot.waitUntil(made.side.isActiveWindow, timeout=20_000)
    yield made
    made.side.close()


def settle(bench: Bench) -> None:
    """What the mock-up shows: 31, today at 17:00, a note."""
    bench.form.start(KNOWN)
    bench.form.pick("31")
    bench.form.choose_owner("dr")
    bench.form.choose_due(NOW.replace(hour=17, minute=0))
    bench.form.write_note("Voit son kiné jeudi, souhaite la réponse avant.")
    bench.form.mark_kept()
    QTest.qWait(1)


def azerty(widget: QWidget, sign: str, place: int) -> None:
    """Press a key of the digit row, as the system of this machine tells it."""
    code = ord(sign.upper())
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, code, Qt.KeyboardModifier.NoModifier, place, place, 0, sign)
        QApplication.sendEvent(widget, event)


def in_hand() -> QWidget:
    focused = QApplication.focusWidget()
    assert focused is not None
    return focused


def near(found: tuple[int, ...], drawn: tuple[int, ...]) -> bool:
    return all(abs(mine - theirs) <= 6 for mine, theirs in zip(found, drawn, strict=True))


def test_four_keys_qualify_a_call(bench: Bench) -> None:
    bench.form.start(KNOWN)
    bench.panel.focus_motive()
    QTest.keyClick(in_hand(), Qt.Key.Key_3)
    QTest.keyClick(in_hand(), Qt.Key.Key_1)
    QTest.keyClick(in_hand(), Qt.Key.Key_Return, CTRL)
    assert [(one.motive, one.outcome, one.case) for one in bench.saved] == [
        ("31", Outcome.FOLLOW_UP, MRI.case)
    ]


@pytest.mark.parametrize("places", [(12, 10), (0, 0)], ids=["by place", "by symbol"])
def test_four_keys_of_an_azerty_keyboard_qualify_a_call(bench: Bench, places: tuple[int, int]) -> None:
    bench.form.start(KNOWN)
    bench.panel.focus_motive()
    azerty(in_hand(), '"', places[0])
    azerty(in_hand(), "&", places[1])
    QTest.keyClick(in_hand(), Qt.Key.Key_Enter, CTRL)
    assert [one.motive for one in bench.saved] == ["31"]


def test_an_accent_after_a_letter_is_a_letter(bench: Bench) -> None:
    bench.form.start(SHARED)
    bench.panel.focus_motive()
    QTest.keyClicks(in_hand(), "t")
    azerty(in_hand(), "é", 11)
    assert bench.form.state.entry.words == "té"
    assert bench.panel.motive.text() == "té"


def test_words_then_enter_pick_a_motive(bench: Bench) -> None:
    bench.form.start(SHARED)
    bench.panel.focus_motive()
    QTest.keyClicks(in_hand(), "tran")
    QTest.keyClick(in_hand(), Qt.Key.Key_Return)
    assert bench.panel.motive.text() == "25"
    QTest.keyClick(in_hand(), Qt.Key.Key_Return, CTRL)
    assert [one.motive for one in bench.saved] == ["25"]


def test_backspace_goes_back_one_level(bench: Bench) -> None:
    bench.form.start(KNOWN)
    bench.panel.focus_motive()
    QTest.keyClicks(in_hand(), "31")
    QTest.keyClick(in_hand(), Qt.Key.Key_Backspace)
    assert bench.panel.motive.text() == "3"
    QTest.keyClick(in_hand(), Qt.Key.Key_Backspace)
    assert bench.panel.families.isVisible()


def test_a_letter_after_a_motive_starts_words(bench: Bench) -> None:
    bench.form.start(KNOWN)
    bench.panel.focus_motive()
    QTest.keyClicks(in_hand(), "31a")
    assert bench.form.state.entry.words == "a"


def test_a_third_digit_is_not_written(bench: Bench) -> None:
    bench.form.start(KNOWN)
    bench.panel.focus_motive()
    QTest.keyClicks(in_hand(), "314")
    assert bench.panel.motive.text() == "31"


@pytest.mark.parametrize(
    ("key", "outcome"),
    [
        (Qt.Key.Key_R, Outcome.DEALT_WITH),
        (Qt.Key.Key_S, Outcome.FOLLOW_UP),
        (Qt.Key.Key_T, Outcome.TRANSFERRED),
        (Qt.Key.Key_U, Outcome.NO_ACTION),
    ],
)
def test_alt_and_a_letter_choose_the_outcome_at_once(bench: Bench, key: Qt.Key, outcome: Outcome) -> None:
    bench.form.start(KNOWN)
    bench.form.pick("14" if outcome is not Outcome.DEALT_WITH else "31")
    bench.panel.focus_motive()
    QTest.keyClick(in_hand(), key, ALT)
    QTest.keyClick(in_hand(), Qt.Key.Key_Return, CTRL)
    assert [one.outcome for one in bench.saved] == [outcome]


def test_another_due_time_is_a_tab_and_an_arrow_away(bench: Bench) -> None:
    bench.form.start(KNOWN)
    bench.panel.focus_motive()
    QTest.keyClicks(in_hand(), "14")
    QTest.keyClick(in_hand(), Qt.Key.Key_S, ALT)
    QTest.keyClick(in_hand(), Qt.Key.Key_Tab)
    QTest.keyClick(in_hand(), Qt.Key.Key_Right)
    QTest.keyClick(in_hand(), Qt.Key.Key_Return, CTRL)
    promise = bench.saved[0].commitment
    assert promise is not None
    assert promise.due_at == datetime(2026, 11, 25, 10, tzinfo=PARIS)


def test_a_letter_on_the_outcomes_begins_the_note(bench: Bench) -> None:
    settle(bench)
    bench.panel.status.findChildren(QAbstractButton)[1].setFocus()
    for sign in " a!":
        QTest.keyClicks(in_hand(), sign)
    assert bench.form.state.entry.note == "Voit son kiné jeudi, souhaite la réponse avant.a!"
    assert bench.form.state.entry.outcome is Outcome.FOLLOW_UP


def test_the_note_that_is_begun_is_in_sight(narrow: Bench) -> None:
    narrow.side.resize(360, 420)
    narrow.form.start(KNOWN)
    narrow.form.pick("31")
    QTest.qWait(1)
    narrow.panel.status.findChildren(QAbstractButton)[1].setFocus()
    QTest.keyClicks(in_hand(), "a")
    _, top, _, height = narrow.zone(narrow.panel.note)
    _, foot, _, _ = narrow.zone(narrow.panel.save)
    assert narrow.panel.note.hasFocus()
    assert top + height < foot


def test_saving_from_the_note_adds_no_line(bench: Bench) -> None:
    settle(bench)
    bench.panel.note.setFocus()
    QTest.keyClick(in_hand(), Qt.Key.Key_Return, CTRL)
    assert bench.saved[0].note == "Voit son kiné jeudi, souhaite la réponse avant."


def test_with_shift_the_next_call_is_asked_for(bench: Bench) -> None:
    asked: list[bool] = []
    bench.form.next_wanted.connect(lambda: asked.append(True))
    settle(bench)
    bench.panel.focus_motive()
    QTest.keyClick(in_hand(), Qt.Key.Key_Return, CTRL | SHIFT)
    assert (len(bench.saved), asked) == (1, [True])


def test_a_save_without_a_motive_says_why_and_goes_to_the_field(bench: Bench) -> None:
    bench.form.start(KNOWN)
    bench.panel.note.setFocus()
    QTest.keyClick(in_hand(), Qt.Key.Key_Return, CTRL)
    assert bench.saved == []
    assert "Sans motif, l’appel reste À qualifier." in bench.texts()
    assert bench.panel.motive.hasFocus()


def test_showing_a_contact_takes_no_focus(bench: Bench) -> None:
    bench.panel.note.setFocus()
    bench.form.start(KNOWN)
    bench.form.pick("31")
    bench.form.start(SHARED)
    assert bench.panel.note.hasFocus()


def test_the_draft_is_told_once_after_the_last_key(bench: Bench, qtbot: QtBot) -> None:
    told: list[bytes] = []
    bench.panel.draft_changed.connect(told.append)
    bench.form.start(KNOWN)
    with qtbot.waitSignal(bench.panel.draft_changed, timeout=20_000):
        bench.form.pick("31")
        bench.form.write_note("V")
        bench.form.write_note("Vo")
    assert told == [bench.form.draft()]


def test_the_last_keys_are_kept_when_another_call_comes(bench: Bench) -> None:
    told: list[str] = []
    bench.panel.draft_changed.connect(lambda: told.append(bench.form.state.entry.contact))
    bench.form.start(KNOWN)
    bench.form.pick("31")
    bench.form.start(msgspec.structs.replace(SHARED, contact="00000000-0000-7000-8000-000000000002"))
    assert told == [CONTACT]


def test_a_saved_contact_leaves_no_draft(bench: Bench) -> None:
    told: list[bytes] = []
    bench.panel.draft_changed.connect(told.append)
    settle(bench)
    assert bench.form.save()
    QTest.qWait(250)
    assert told == []


def test_the_settled_panel_stands_as_drawn(bench: Bench) -> None:
    settle(bench)
    panel = bench.panel
    assert near(bench.zone(panel.head), (1, 0, 391, 79))
    assert near(bench.zone(panel.cases), (17, 93, 359, 68))
    assert near(bench.zone(panel.motive), (17, 196, 359, 36))
    assert near(bench.zone(panel.box), (17, 238, 359, 160))
    assert near(bench.zone(panel.guidance), (17, 409, 359, 52))
    assert near(bench.zone(panel.status), (17, 496, 359, 36))
    assert near(bench.zone(panel.follow_up), (17, 543, 359, 76))
    assert near(bench.zone(panel.note), (17, 654, 359, 54))
    assert near(bench.zone(panel.save), (17, 744, 236, 36))
    assert near(bench.zone(panel.next), (261, 744, 115, 36))


def test_the_settled_panel_says_what_is_drawn(bench: Bench) -> None:
    settle(bench)
    texts = bench.texts()
    assert {"Qualifier l’appel", "Brouillon enregistré", "Motif", "Statut", "Note", "facultatif"} <= set(
        texts
    )
    assert "Suite à donner\u00a0: rappel" in texts
    assert "Le patient peut lire cette note." in texts
    assert bench.panel.follow_row.text() == "Suite de «\u00a0Résultats d’IRM du genou\u00a0»"
    assert bench.panel.follow_row.isChecked()
    assert [chip.text() for chip in bench.panel.follow_up.chips()] == [
        "12:00",
        "Auj. 17:00",
        "Demain 10:00",
        "Autre",
    ]
    assert any("Dr Kaddour" in text and "suivi par Claire Morvan" in text for text in texts)


def test_the_families_stand_as_drawn(bench: Bench) -> None:
    bench.form.start(SHARED)
    QTest.qWait(1)
    panel = bench.panel
    assert near(bench.zone(panel.motive), (17, 117, 359, 36))
    assert near(bench.zone(panel.families), (17, 161, 359, 283))
    assert near(bench.zone(panel.frequent), (17, 458, 359, 52))
    assert near(bench.zone(panel.status), (17, 548, 359, 36))
    assert near(bench.zone(panel.note), (17, 622, 359, 52))
    assert not panel.follow_up.isVisible()
    assert not panel.cases.isVisible()


def test_a_narrow_panel_gives_up_the_grid(narrow: Bench) -> None:
    settle(narrow)
    panel = narrow.panel
    assert not panel.box.isVisible()
    assert near(narrow.zone(panel.motive), (17, 191, 327, 36))
    assert near(narrow.zone(panel.guidance), (17, 235, 327, 52))
    assert near(narrow.zone(panel.note), (17, 477, 327, 36))
    assert narrow.zone(panel.save)[1] == 564
    assert panel.follow_up.chips()[1].text() == "17:00"
    assert any("suivi C. Morvan" in text for text in narrow.texts())


def test_the_note_grows_to_four_lines(bench: Bench) -> None:
    bench.form.start(KNOWN)
    bench.form.write_note("un\ndeux\ntrois")
    assert bench.panel.note.height() == 72
    bench.form.write_note("\n".join("abcdefgh"))
    assert bench.panel.note.height() == 90


@pytest.mark.parametrize(
    ("due", "words"),
    [
        ("2026-11-24T12:00", "12:00"),
        ("2026-11-24T17:00", "Auj. 17:00"),
        ("2026-11-25T10:00", "Demain 10:00"),
        ("2026-11-26T10:00", "Jeu. 10:00"),
        ("2026-12-24T17:00", "24\u00a0déc. 17:00"),
    ],
)
def test_a_due_time_is_said_shortly(due: str, words: str) -> None:
    moment = datetime.fromisoformat(due).replace(tzinfo=PARIS)
    assert due_words(moment, NOW, is_compact=False) == words


def test_a_name_may_be_shortened() -> None:
    assert (short_name("Claire Morvan"), short_name("Standard")) == ("C. Morvan", "Standard")
