"""The clock on the house's wall: every day and hour that this console says or counts by is of it."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from app.domain.opening import Place


class HouseTime:
    """Where the house stands, told by the replica (`ui/viewmodels/house.py`); Paris until then."""

    def __init__(self) -> None:
        self._place = Place()

    @property
    def zone(self) -> ZoneInfo:
        """Its time zone."""
        return self._place.clock

    def choose(self, place: Place) -> bool:
        """Say the hours of this place from now on; whether its clock is another one than before."""
        is_other = place.zone != self._place.zone
        self._place = place
        return is_other

    def local(self, at: datetime) -> datetime:
        """A moment (aware) as the house's clock shows it."""
        return at.astimezone(self.zone)

    def day(self, at: datetime) -> date:
        """The day that a moment (aware) is of, there."""
        return self.local(at).date()


house_time = HouseTime()
"""The one clock of this process: a console is of one house, and its words are asked for everywhere."""
