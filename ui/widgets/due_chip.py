"""A due time to choose with one press, and any other one."""

from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QDateTime, QSize, QTimeZone
from PySide6.QtWidgets import QDateTimeEdit

from ui.translate import say
from ui.widgets.button import Button

_EDGE = 2


class DueChip(Button):
    """A check goes before it once chosen."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text, kind="chip", size="small")
        self.setCheckable(True)
        self.toggled.connect(self._mark)

    def sizeHint(self) -> QSize:
        """A little wider than a button (design 11.4)."""
        return super().sizeHint() + QSize(_EDGE, 0)

    def _mark(self) -> None:
        self.set_icon("check" if self.isChecked() else "")


class DuePicker(QDateTimeEdit):
    """Any time, by the establishment's clock; hidden until it is asked for."""

    def __init__(self, zone: ZoneInfo) -> None:
        super().__init__()
        self._zone = zone
        self.setTimeZone(QTimeZone(zone.key.encode()))
        self.setCalendarPopup(True)
        self.setDisplayFormat("ddd d MMM yyyy HH:mm")
        self.setAccessibleName(say("Autre échéance"))
        self.hide()

    def show_moment(self, moment: datetime) -> None:
        """Begin from this time (aware)."""
        zone = QTimeZone(self._zone.key.encode())
        self.setDateTime(QDateTime.fromMSecsSinceEpoch(round(moment.timestamp() * 1000), zone))

    def moment(self) -> datetime | None:
        """What is chosen (aware)."""
        chosen = self.dateTime().toPython()
        return chosen.replace(tzinfo=self._zone) if isinstance(chosen, datetime) else None
