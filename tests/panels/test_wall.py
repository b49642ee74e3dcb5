"""04b: where its zones stand, every text, nobody's name, and how one leaves it."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise

import msgspec
import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.periods import Period
from app.domain.words import Role
from app.queries.board import Board
from tests.panels.measure import far_off, words_in
from tests.panels.mockup import NOW
from tests.panels.seat import CLAIRE, NATHALIE, seat_of
from tests.panels.still import StillClock, StillDesk
from tests.panels.supervision_mockup import TEAMS, supervision
from ui.places import SUPERVISION
from ui.screens.wall import Wall
from ui.theme import theme
from ui.translate import tongue
from ui.viewmodels.call_page import CallPage
from ui.viewmodels.supervision import LiveBoard
from ui.widgets.magnified import Magnified, Words
from ui.workplace import Workplace
from ui.workplace.supervising import screen_words

TEXTS = (
    "Accueil téléphonique",
    "CH Saint-Aurélien, mardi 24 novembre",
    "En direct, il y a 2 s",
    "10:28",
    *("Standard", "Secr. orthopédie", "Imagerie", "Chirurgie ambul.", "Cardiologie", "Admissions"),
    *("Sous l’objectif", "À l’objectif", "Critique"),
    *("5, en attente, plus longue, 2:36", "3, en attente, plus longue, 0:48"),
    *("QS 20 s, 74 %", "QS 20 s, 58 %", "Abandons, 12,8 %", "Abandons, 6,1 %"),
    *("Agents libres, 0 sur 3", "Agents libres, 1 sur 1"),
    *("2, disponibles", "6, en appel", "1, en post-appel", "1, au guichet", "1, indisponible"),
)
LONG = "Secrétariat de chirurgie orthopédique et traumatologique"


@pytest.fixture
def seat(qtbot: QtBot, qapp: QApplication) -> Workplace:
    """A supervisor's console, on its page."""
    theme.apply(qapp)
    place = seat_of(CallPage(), NATHALIE)
    qtbot.addWidget(place.window)
    place.window.show()
    place.rail.place_chosen.emit(SUPERVISION)
    return place


@pytest.fixture
def live(qapp: QApplication) -> LiveBoard:
    """The mock-up's board, read when it is followed."""
    theme.apply(qapp)
    return LiveBoard(StillDesk(CallPage()), services=(), clock=StillClock())


@pytest.fixture
def wall(live: LiveBoard, qtbot: QtBot) -> Wall:
    """The wall, as large as its mock-up."""
    made = Wall(live, house="CH Saint-Aurélien", now=lambda: NOW)
    qtbot.addWidget(made)
    made.resize(1440, 900)
    made.show()
    return made


@pytest.fixture
def english(qapp: QApplication) -> Iterator[None]:
    tongue.choose(qapp, "en")
    yield
    tongue.choose(qapp, "fr")


def show(live: LiveBoard, board: Board) -> None:
    live.state = msgspec.structs.replace(live.state, board=board)
    live.state_changed.emit()


def board_of(count: int, **changes: object) -> Board:
    """The mock-up's board with so many queues."""
    known = supervision().board
    assert known is not None
    tiles = tuple(
        msgspec.structs.replace(known.tiles[number % 6], queue=f"q{number}", **changes)
        for number in range(count)
    )
    return msgspec.structs.replace(known, tiles=tiles)


def test_every_zone_is_where_the_mock_up_has_it(wall: Wall) -> None:
    zones = [
        (wall.head, (32, 28, 1376, 56)),
        (wall.tiles[0], (32, 104, 448, 313)),
        (wall.tiles[2], (960, 104, 448, 313)),
        (wall.tiles[4], (496, 433, 448, 313)),
        (wall.seats, (32, 766, 1376, 106)),
    ]
    assert [fault for zone, at in zones if (fault := far_off(zone, at))] == []


def test_every_text_of_the_mock_up_is_there(wall: Wall) -> None:
    seen = words_in(wall)
    assert [words for words in TEXTS if words not in seen] == []


def test_the_wall_names_nobody_though_its_board_does(live: LiveBoard, wall: Wall) -> None:
    assert live.state.board is not None
    assert live.state.board.named is not None
    seen = words_in(wall)
    assert [name for seated in TEAMS.values() for name, _ in seated if name in seen] == []


@pytest.mark.parametrize("size", [(1440, 900), (1920, 1080), (3840, 2160), (1024, 768)])
def test_nothing_is_cut_nor_lies_on_something_else(
    live: LiveBoard, wall: Wall, size: tuple[int, int]
) -> None:
    wall.resize(*size)
    for queues in (1, 3, 4, 6, 14):
        show(live, board_of(queues, name=LONG, waiting=128, longest_since=NOW - timedelta(minutes=75)))
        assert faults_of(wall) == []


@pytest.mark.usefixtures("english")
def test_nothing_is_cut_in_english(live: LiveBoard, wall: Wall) -> None:
    show(live, board_of(6, name=LONG, waiting=128, longest_since=NOW - timedelta(minutes=75)))
    assert faults_of(wall) == []


def faults_of(wall: Wall) -> list[str]:
    """Words outside their part of the wall, or over one another."""
    faults: list[str] = []
    for part in wall.findChildren(Magnified):
        if not part.isVisible():
            continue
        words = [piece for piece in part.pieces() if isinstance(piece, Words)]
        whole = QRectF(0, 0, part.drawn.width() + 1, part.drawn.height())
        faults += [one.text for one in words if not whole.contains(one.box)]
        for number, one in enumerate(words):
            faults += [
                f"{one.text} / {other.text}" for other in words[:number] if one.box.intersects(other.box)
            ]
    return faults


def test_queues_that_do_not_fit_take_turns(live: LiveBoard, qtbot: QtBot) -> None:
    at = [NOW]
    wall = Wall(live, house="CH", now=lambda: at[0])
    qtbot.addWidget(wall)
    wall.resize(1440, 900)
    wall.show()
    seen: list[str] = []
    for seconds in range(0, 30, 10):
        at[0] = NOW + timedelta(seconds=seconds)
        show(live, board_of(14))
        seen.append(wall.head.accessibleName().split(", files ")[1][:9])
    assert len(set(seen)) == 3
    assert {"1 à 6 sur", "7 à 12 su", "13 à 14 s"} == set(seen)


def test_without_the_server_the_figures_are_dated(live: LiveBoard, wall: Wall) -> None:
    live.hear_link(is_offline=True)
    assert "Données de 10:28" in words_in(wall)
    assert "En direct" not in words_in(wall)
    live.hear_link(is_offline=False)
    assert "En direct" in words_in(wall)


def test_escape_leaves_it_and_the_page_rests_no_sooner(seat: Workplace) -> None:
    seat.supervising.open_wall(QGuiApplication.screens()[0])
    wall = seat.supervising.wall
    assert wall is not None
    assert wall.geometry() == QGuiApplication.screens()[0].geometry()
    seat.rail.place_chosen.emit("home")
    assert seat.supervising.live.is_followed
    QTest.keyClick(wall, Qt.Key.Key_Escape)
    assert seat.supervising.wall is None
    assert not seat.supervising.live.is_followed


def test_the_button_of_the_page_opens_it_and_the_console_takes_it_along(seat: Workplace) -> None:
    assert seat.supervising.screen is not None
    seat.supervising.screen.wall.click()
    wall = seat.supervising.wall
    assert wall is not None
    assert wall.isFullScreen()
    seat.window.close()
    assert not wall.isVisible()


@pytest.mark.usefixtures("qapp")
def test_several_screens_are_told_apart() -> None:
    (screen,) = QGuiApplication.screens()
    words = screen_words([screen, screen], screen)
    assert [one.replace("\u00a0", " ") for one in words] == [
        f"Écran {number}, {screen.geometry().width()} × {screen.geometry().height()}, celui de la console"
        for number in (1, 2)
    ]


def test_who_may_see_no_queue_has_none(qtbot: QtBot) -> None:
    place = seat_of(CallPage(), msgspec.structs.replace(CLAIRE, role=Role.ADMINISTRATOR))
    qtbot.addWidget(place.window)
    place.supervising.toggle_wall()
    assert place.supervising.wall is None


def test_what_is_chosen_on_the_page_is_on_the_wall(live: LiveBoard, wall: Wall) -> None:
    live.choose_queues(frozenset(["Imagerie", "Admissions"]))
    live.choose_period(Period.MORNING)
    seen = words_in(wall)
    assert "mardi 24 novembre, ce matin" in seen
    assert "Imagerie, Critique" in seen
    assert "Standard" not in seen


def test_fewer_queues_are_larger(live: LiveBoard, wall: Wall) -> None:
    widths: list[int] = []
    for count in (6, 4, 1):
        show(live, board_of(count))
        widths.append(wall.tiles[0].width())
    assert all(one < other for one, other in pairwise(widths))
