"""04: where its zones stand, every text, who may open it, and nothing drawn while it is hidden."""

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import msgspec
import pytest
import sqlalchemy as sa
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot

from app.domain.periods import Period
from app.queries.board import Board, Seats
from tests.panels.measure import far_off, words_in
from tests.panels.phone_book import ask_hospital
from tests.panels.seat import CLAIRE, NATHALIE, desk_of, seat_of
from tests.panels.still import StillClock
from tests.panels.supervision_mockup import QUEUES, TEAMS, supervision
from ui.panels.supervision.marks import free_words
from ui.panels.supervision.seats import SeatsCard
from ui.places import HOME, SUPERVISION
from ui.screens.supervision import SupervisionScreen
from ui.theme import theme
from ui.viewmodels.call_page import CallPage
from ui.viewmodels.supervision import LiveBoard
from ui.widgets.text import Text
from ui.workplace import Workplace

TEXTS = (
    "Supervision",
    "En direct, mis à jour il y a 2 s",
    "Toutes les files",
    "Aujourd’hui",
    "Affichage mural",
    "F11",
    "Standard",
    "Secr. orthopédie",
    "Imagerie",
    "Chirurgie ambul.",
    "Cardiologie",
    "Admissions",
    "Sous l’objectif",
    "À l’objectif",
    "Critique",
    "en attente",
    "plus longue",
    "0:48",
    "2:36",
    "1:04",
    "QS 20 s",
    "74 %",
    "58 %",
    "Abandons",
    "6,1 %",
    "12,8 %",
    "5,0 %",
    "Agents libres",
    "0 sur 3",
    "1 sur 1",
    "Attente ressentie",
    "0:52",
    "menu compris",
    "Appelants perdus",
    "3,1 %",
    "14 sur 452",
    "DMC",
    "3:05",
    "16 au 22 nov.",
    "Identification",
    "88 %",
    "des contacts",
    "Recontact 7 j",
    "15 %",
    "9 au 15 nov.",
    "Dernière heure",
    "par 5 min",
    "Décrochés",
    "Pics d’appels",
    "moyenne sur 4 semaines, par heure",
    "lun. 42 118 131",
    "sam. 12 30 34",
    "Recontact par motif",
    "cohorte close, 9 au 15 nov.",
    "Motif d’origine",
    "Contacts",
    "24 h",
    "72 h",
    "7 jours",
    "31 Résultats d’imagerie",
    "412",
    "21 %",
    "+4 pts",
    "31 %",
    "−2 pts",
    "stable",
    "−1 pt",
    "Recontact par canal",
    "Définitions",
    "Canal d’origine",
    "Multicontact",
    "Téléphone",
    "2 841",
    "Portail",
    "E-mail",
    "WhatsApp",
    "41 %",
    "Agents",
    "11 connectés",
    "par équipe",
    *("2 \n libres", "6 \n en appel", "1 \n post-appel", "2 \n autres"),
    *(f"{team} \n" for team in TEAMS),
    *(name for seated in TEAMS.values() for name, _ in seated),
    *("Disponible", "En appel", "En attente", "Post-appel", "Guichet", "Indisponible", "Hors ligne"),
    "Ordre alphabétique, sans durée. Noms visibles : avis du CSE du 12/06/2026",
    "information des agents et analyse d’impact datées.",
)


class HospitalDesk:
    """Answers from the demonstration's own calls."""

    def ask(self, query: Callable[[sa.Connection, str], Any], then: Callable[[Any], None]) -> None:
        """At once."""
        then(ask_hospital(query))

    def figures(self, *_asked: object) -> None:
        """The server says nothing."""


def pick(menu: QMenu, words: str) -> None:
    """Choose a line of a menu."""
    (act,) = [act for act in menu.actions() if act.text() == words]
    act.trigger()


@pytest.fixture
def seat(qtbot: QtBot, qapp: QApplication) -> Iterator[Workplace]:
    """A supervisor's console, on its screen."""
    theme.apply(qapp)
    place = seat_of(CallPage(), NATHALIE)
    place.window.resize(1440, 900)
    place.window.show()
    place.rail.place_chosen.emit(SUPERVISION)
    qtbot.waitUntil(lambda: screen_of(place).seats.width() == 308)
    yield place
    place.window.close()
    place.window.deleteLater()
    qtbot.wait(1)


def screen_of(place: Workplace) -> SupervisionScreen:
    assert place.supervising.screen is not None
    return place.supervising.screen


def test_supervision_stands_where_the_mock_up_puts_it(seat: Workplace, qtbot: QtBot) -> None:
    screen = screen_of(seat)
    zones: list[tuple[QWidget, tuple[int, int, int, int]]] = [
        (screen.tiles.tiles[0], (220, 120, 285, 132)),
        (screen.tiles.tiles[2], (815, 120, 285, 132)),
        (screen.tiles.tiles[4], (517, 264, 285, 132)),
        (screen.strip, (220, 408, 880, 58)),
        (screen.hour, (220, 478, 426, 184)),
        (screen.peaks, (658, 478, 442, 184)),
        (screen.by_motive, (220, 674, 426, 210)),
        (screen.by_channel, (658, 674, 442, 210)),
        (screen.seats, (1112, 120, 308, 764)),
    ]
    qtbot.waitUntil(lambda: not [fault for zone, at in zones if (fault := far_off(zone, at))], timeout=20_000)


def test_every_text_of_the_mock_up_is_there(seat: Workplace) -> None:
    seen = words_in(seat.window)
    assert [words for words in TEXTS if words not in seen] == []


def names_in(seat: Workplace) -> list[str]:
    """The agents whose name is anywhere on the page, seen or hidden."""
    held = {label.text() for label in screen_of(seat).findChildren(QLabel)}
    return [name for seated in TEAMS.values() for name, _ in seated if name in held]


def show(seat: Workplace, board: Board) -> None:
    live = seat.supervising.live
    live.state = msgspec.structs.replace(live.state, board=board)
    live.state_changed.emit()


def test_who_is_of_no_known_state_is_never_said_to_be_free(qtbot: QtBot, qapp: QApplication) -> None:
    theme.apply(qapp)
    board, card = supervision(is_named=False).board, SeatsCard()
    qtbot.addWidget(card)
    assert board is not None
    card.present(board)
    card.show()
    assert "État inconnu" not in words_in(card)
    card.present(msgspec.structs.replace(board, seats=Seats(unknown=3)))
    assert "État inconnu \n 3" in words_in(card)
    none_known = msgspec.structs.replace(board.tiles[0], free=None, seats=3)
    assert free_words(none_known) == "– sur 3"


def test_counts_of_two_digits_are_whole_over_the_agents(qtbot: QtBot, qapp: QApplication) -> None:
    theme.apply(qapp)
    board, card = supervision().board, SeatsCard()
    qtbot.addWidget(card)
    assert board is not None
    many = Seats(free=14, in_call=14, wrap_up=14, at_desk=7, unavailable=7)
    card.present(msgspec.structs.replace(board, seats=many))
    card.show()

    def are_whole() -> bool:
        parts = [text for text in card.findChildren(Text) if text.isVisible() and text.text() == "14"]
        rights = [text.mapTo(card, text.rect().bottomRight()).x() for text in parts]
        is_wide = all(text.width() >= text.sizeHint().width() for text in card.findChildren(Text)[:12])
        return len(parts) == 4 and max(rights) < card.width() and is_wide

    qtbot.waitUntil(are_whole, timeout=20_000)
    assert [
        said for said in ("libres", "en appel", "post-appel", "autres") if said not in words_in(card)
    ] == []


def test_no_agent_is_named_where_the_board_names_nobody(seat: Workplace, qtbot: QtBot) -> None:
    assert len(names_in(seat)) == 12
    desk_of(seat).names_agents = False
    seat.supervising.live.choose_period(Period.MORNING)
    qtbot.waitUntil(lambda: names_in(seat) == [], timeout=20_000)
    words = words_in(screen_of(seat).seats)
    assert [said for said in ("11 postes", "par état", "sans nom ni durée") if said not in words] == []


def test_a_state_that_changes_moves_nobody(seat: Workplace) -> None:
    known = seat.supervising.live.state.board
    assert known is not None
    assert known.named is not None
    lines = seat_lines(seat)
    changed = tuple(
        msgspec.structs.replace(
            team, seats=tuple(msgspec.structs.replace(one, place="free") for one in team.seats)
        )
        for team in known.named.teams
    )
    show(seat, msgspec.structs.replace(known, named=msgspec.structs.replace(known.named, teams=changed)))
    assert [name for name, _ in seat_lines(seat)] == [name for name, _ in lines]
    assert {state for _, state in seat_lines(seat)} == {"Disponible"}


def seat_lines(seat: Workplace) -> list[tuple[str, str]]:
    """Each name and its state, from the top."""
    states = {"Disponible", "En appel", "En attente", "Post-appel", "Guichet", "Indisponible", "Hors ligne"}
    said = [line.strip() for line in words_in(screen_of(seat).seats).splitlines()]
    return [(name, state) for name, state in pairwise(said) if state in states]


def test_a_manager_reads_names_and_nobody_else_does() -> None:
    for is_manager in (True, False):
        live = LiveBoard(HospitalDesk(), services=("imagerie",), clock=StillClock(), is_manager=is_manager)  # pyright: ignore[reportArgumentType]
        live.follow(live)
        board = live.state.board
        live.leave(live)
        assert board is not None
        assert (board.named is not None) == is_manager


def test_whoever_supervises_is_the_manager(seat: Workplace) -> None:
    assert seat.supervising.is_for_all
    assert seat.supervising.live.is_manager


def test_who_receives_is_no_manager(qtbot: QtBot, qapp: QApplication) -> None:
    theme.apply(qapp)
    place = seat_of(CallPage(), CLAIRE)
    qtbot.addWidget(place.window)
    assert not place.supervising.live.is_manager


def test_hidden_it_asks_nothing_and_draws_nothing(seat: Workplace) -> None:
    screen = screen_of(seat)
    seat.rail.place_chosen.emit(HOME)
    asked, drawn = desk_of(seat).asked_of_the_board, screen.hour.bars.redraws
    for _ in range(5):
        seat.supervising.live.look()
    screen.hour.present(())
    assert (desk_of(seat).asked_of_the_board, screen.hour.bars.redraws) == (asked, drawn)


def test_the_same_figures_are_not_drawn_again(seat: Workplace) -> None:
    screen, known = screen_of(seat), supervision().board
    assert known is not None
    drawn = screen.hour.bars.redraws
    screen.hour.present(known.hour)
    assert screen.hour.bars.redraws == drawn
    screen.hour.present(known.hour[1:])
    assert screen.hour.bars.redraws == drawn + 1


def test_a_burst_of_changes_is_asked_once_then_once_more(seat: Workplace, qtbot: QtBot) -> None:
    asked = desk_of(seat).asked_of_the_board
    qtbot.waitUntil(lambda: desk_of(seat).asked_of_the_board > asked, timeout=20_000)
    asked = desk_of(seat).asked_of_the_board
    for _ in range(50):
        seat.supervising.live.look()
    assert desk_of(seat).asked_of_the_board == asked
    qtbot.waitUntil(lambda: desk_of(seat).asked_of_the_board == asked + 1, timeout=20_000)


def test_others_see_the_queues_of_their_own_services(qtbot: QtBot, qapp: QApplication) -> None:
    theme.apply(qapp)
    place = seat_of(CallPage(), CLAIRE)
    qtbot.addWidget(place.window)
    place.window.show()
    place.rail.place_chosen.emit(SUPERVISION)
    assert place.supervising.screen is not None
    assert not place.supervising.is_for_all


def test_a_queue_is_chosen_then_another_then_all_again(seat: Workplace) -> None:
    screen = screen_of(seat)
    for words, shown, said in (
        ("Imagerie", ["Imagerie"], "Imagerie"),
        ("Admissions", ["Imagerie", "Admissions"], "2 files"),
        ("Imagerie", ["Admissions"], "Admissions"),
        ("Toutes les files", [name for name, *_ in QUEUES], "Toutes les files"),
    ):
        pick(screen.queues.offer(), words)
        board = seat.supervising.live.state.board
        assert board is not None
        assert [tile.name for tile in board.tiles] == shown
        assert screen.queues.text().replace("\u00a0", " ") == said
    assert [tile.isVisible() for tile in screen.tiles.tiles] == [True] * len(QUEUES)


def test_a_part_of_the_day_is_chosen_and_ticked(seat: Workplace) -> None:
    screen = screen_of(seat)
    pick(screen.period.offer(), "Ce matin")
    assert screen.period.text() == "Ce matin"
    assert [act.text() for act in screen.period.offer().actions() if act.isChecked()] == ["Ce matin"]


def test_what_is_chosen_is_asked_of_the_calls() -> None:
    live = LiveBoard(HospitalDesk(), services=("orthopedie", "imagerie"), clock=StillClock())  # pyright: ignore[reportArgumentType]
    live.follow(live)
    whole = live.state.board
    assert whole is not None
    (queue, name), *others = whole.choices
    assert others
    live.choose_queues(frozenset([queue]))
    live.choose_period(Period.MORNING)
    board = live.state.board
    live.leave(live)
    assert board is not None
    assert [(tile.queue, tile.name) for tile in board.tiles] == [(queue, name)]
    assert board.choices == whole.choices
