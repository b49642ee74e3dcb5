"""A console sat down at as a picture has it, for what must hold of every screen."""

from collections.abc import Callable
from typing import TypeAlias

from PySide6.QtTest import QTest

from tests.panels.pictures import AT_THE_DESK, PICTURES, SETTLE_MS
from tests.panels.seat import NATHALIE, seat_of
from ui.places import CALLS, SUPERVISION
from ui.viewmodels.call_page import CallPage
from ui.workplace import Workplace

Picture: TypeAlias = tuple[str, Callable[[], CallPage], tuple[int, int], Callable[[Workplace], None] | None]
SCREENS = [one for one in PICTURES if not one[0].endswith(("-sombre", "-discret"))]


def sit(picture: Picture) -> Workplace:
    """A console as one picture has it; what its desk tells it is kept."""
    name, page, size, prepare = picture
    is_board = name.startswith("04")
    place = seat_of(page(), NATHALIE if is_board or name.startswith("07b") else AT_THE_DESK)
    place.window.resize(*size)
    place.window.show()
    place.rail.place_chosen.emit(SUPERVISION if is_board else CALLS)
    if prepare is not None:
        QTest.qWait(SETTLE_MS // 2)
        prepare(place)
    QTest.qWait(SETTLE_MS)
    return place
