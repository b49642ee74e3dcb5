"""What a desk knows of its house: where it stands, its services, and when each is open."""

from PySide6.QtCore import QObject, Signal

from app.queries.house import House, read_house
from ui.house_time import house_time
from ui.tasks import Desk
from ui.viewmodels.pace import Pace

_BEAT_MS = 60_000


class HouseKnown(QObject):
    """Read before all else, so that nothing is said by another clock, then again as it changes.

    `moved` when what is on the screen was said by another clock than the house's.
    """

    state_changed = Signal()
    moved = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.state = House()
        self._desk = desk
        self._is_begun = False
        self._pace = Pace(self, self._read, beat_ms=_BEAT_MS)

    def look(self) -> None:
        """Read it, now or when the second is over."""
        self._pace.ask()

    def _read(self) -> None:
        self._desk.ask(read_house, self._keep)

    def _keep(self, found: House) -> None:
        has_moved = house_time.choose(found.place) and self._is_begun
        self._is_begun = True
        if found != self.state:
            self.state = found
            self.state_changed.emit()
        if has_moved:
            self.moved.emit()
