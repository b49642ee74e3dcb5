"""A console says the hours of where its house stands, and proposes those at which somebody is there."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.clock import TimeOrderedMint
from app.domain.holidays import Region
from app.domain.hours import suggested_soon
from app.domain.opening import Opening, Place
from app.queries.house import House
from tests.panels import mockup
from tests.panels.measure import words_in
from tests.panels.phone_book import KADDOUR
from tests.panels.seat import CLAIRE, desk_of, seat_of
from tests.panels.still import StillClock, StillDesk
from ui import wording
from ui.changes import ChangeFeed
from ui.house_time import house_time
from ui.places import TASKS
from ui.theme import theme
from ui.viewmodels.call_page import CallPage
from ui.viewmodels.house import HouseKnown
from ui.viewmodels.task_page import Due, due_of
from ui.widgets.due_chip import DuePicker
from ui.workplace import Workplace

REUNION = Place(zone="Indian/Reunion", region=Region.REUNION)
SPLIT = "1-5 08:00-12:00 13:00-14:30"
SERVICES = (("orthopedie", "Orthopédie"), ("standard", "Standard"))


def standing(place: Place, *, hours: str = "") -> House:
    """A house of two services, with the hours of the first."""
    openings = {"orthopedie": Opening(hours=hours, place=place), "standard": Opening(place=place)}
    return House(place=place, services=SERVICES, openings=openings)


@pytest.fixture(autouse=True)
def _in_paris_again() -> Iterator[None]:
    yield
    house_time.choose(Place())


@pytest.fixture
def overseas(qtbot: QtBot, qapp: QApplication) -> Workplace:
    """A console that opens in La Réunion, where it is three hours later."""
    theme.apply(qapp)
    desk = StillDesk(mockup.opened_card())
    desk.known = standing(REUNION, hours=SPLIT)
    place = Workplace(desk, ChangeFeed(), CLAIRE, clock=StillClock(), mint=TimeOrderedMint())
    qtbot.addWidget(place.window)
    place.window.resize(1440, 900)
    place.window.show()
    place.begin()
    return place


def test_every_hour_of_the_pages_is_the_houses(overseas: Workplace) -> None:
    overseas.rail.place_chosen.emit(TASKS)
    seen = words_in(overseas.tasks)
    assert "lundi 23 novembre, 21:00" in seen
    assert wording.clock(mockup.NOW) == "13:28"


def test_the_house_s_midnight_parts_today_from_tomorrow() -> None:
    now, due = (datetime(2026, 11, 24, hour, 30, tzinfo=UTC) for hour in (17, 20))
    assert (due_of(due, now), wording.when(due, now)) == (Due.TODAY, "aujourd’hui 21:30")
    house_time.choose(REUNION)
    assert due_of(due, now) is Due.TOMORROW
    assert wording.clock(due) == "00:30"
    assert wording.long_day(due) == "mercredi 25 novembre"


def test_any_other_time_is_chosen_by_the_house_s_clock(qtbot: QtBot) -> None:
    house_time.choose(Place(zone="America/Miquelon"))
    picker = DuePicker()
    qtbot.addWidget(picker)
    # The clock of Saint-Pierre-et-Miquelon goes back a week after that of Paris.
    for moment, shown in (("2026-10-31T15:00", "13:00"), ("2026-11-02T15:00", "12:00")):
        at = datetime.fromisoformat(f"{moment}+00:00")
        picker.show_moment(wording.local(at))
        assert picker.dateTime().toString("HH:mm") == shown
        assert picker.moment() == at


def test_what_is_proposed_for_a_task_is_within_the_hours_of_whoever_keeps_it(overseas: Workplace) -> None:
    page = overseas.to_do.state
    ours = suggested_soon(mockup.NOW, opening=page.house.opening_of("orthopedie"))
    assert page.times() == page.later_times() == ours
    assert [wording.clock(due) for due in ours] == ["14:28", "14:30", "10:00"]


def test_a_message_is_due_within_the_hours_of_whoever_receives_it(overseas: Workplace) -> None:
    composer = overseas.composer
    composer.open_for(KADDOUR, about="")
    assert [chip.text() for chip in composer.due.chips] == ["Auj. 17:00", "Demain 10:00"]
    hold = type(KADDOUR)(entry="a", kind=KADDOUR.kind, name="A", detail="", service="orthopedie")
    composer.open_for(hold, about="")
    assert [chip.text() for chip in composer.due.chips] == ["Auj. 14:30", "Demain 10:00"]


def test_late_in_the_day_one_time_is_left_to_propose(qtbot: QtBot, overseas: Workplace) -> None:
    desk = StillDesk(CallPage())
    known = HouseKnown(desk)
    desk.known = standing(REUNION, hours="1-5 08:00-13:00")
    with qtbot.waitSignal(known.state_changed):
        known.look()
    overseas.house.state = known.state
    hold = type(KADDOUR)(entry="a", kind=KADDOUR.kind, name="A", detail="", service="orthopedie")
    overseas.composer.open_for(hold, about="")
    shown = [chip.text() for chip in overseas.composer.due.chips if not chip.isHidden()]
    assert shown == ["Demain 10:00"]


def test_new_hours_reach_what_is_open_and_only_a_new_clock_wants_a_new_window(
    qtbot: QtBot, qapp: QApplication
) -> None:
    theme.apply(qapp)
    place = seat_of(mockup.opened_card())
    qtbot.addWidget(place.window)
    moved: list[str] = []
    place.house.moved.connect(lambda: moved.append(wording.clock(mockup.NOW)))
    desk_of(place).known = standing(Place(), hours=SPLIT)
    with qtbot.waitSignal(place.house.state_changed):
        place.house.look()
    assert place.form.state.subject is not None
    assert place.form.state.subject.house == place.to_do.state.house == desk_of(place).known
    assert moved == []
    desk_of(place).known = standing(REUNION, hours=SPLIT)
    with qtbot.waitSignal(place.house.moved):
        place.house.look()
    assert moved == ["13:28"]
