"""A due time to choose with one press, and any other one."""

from datetime import UTC, datetime, tzinfo

from PySide6.QtCore import QDateTime, QSize, Qt, QTimeZone, Signal
from PySide6.QtWidgets import QButtonGroup, QDateTimeEdit, QWidget

from ui.translate import say
from ui.widgets.button import Button
from ui.widgets.card import column, row

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
    """Any time, by the clock of the one it begins from; hidden until it is asked for."""

    def __init__(self) -> None:
        super().__init__()
        self._zone: tzinfo | None = UTC
        self.setCalendarPopup(True)
        self.setDisplayFormat("ddd d MMM yyyy HH:mm")
        self.setAccessibleName(say("Autre échéance"))
        self.hide()

    def show_moment(self, moment: datetime) -> None:
        """Begin from this time (aware), and stay in its time zone."""
        self._zone = moment.tzinfo
        zone = QTimeZone(str(self._zone).encode())
        self.setTimeZone(zone)
        self.setDateTime(QDateTime.fromMSecsSinceEpoch(round(moment.timestamp() * 1000), zone))

    def moment(self) -> datetime | None:
        """What is chosen (aware)."""
        chosen = self.dateTime().toPython()
        return chosen.replace(tzinfo=self._zone) if isinstance(chosen, datetime) else None


class DueChoice(QWidget):
    """A few moments to choose with one press, and « Autre »; `grown` when it needs more room.

    `chosen` tells that another moment is.
    """

    grown = Signal()
    chosen = Signal()

    def __init__(self, *, count: int) -> None:
        super().__init__()
        self._dues: tuple[datetime, ...] = ()
        self.chips = [DueChip() for _ in range(count)]
        self.other = DueChip(say("Autre"))
        self.picker = DuePicker()
        self._group = QButtonGroup(self)
        line = row(spacing=6)
        for chip in (*self.chips, self.other):
            self._group.addButton(chip)
            line.addWidget(chip)
        line.addStretch(1)
        lines = column(spacing=6)
        lines.addLayout(line)
        lines.addWidget(self.picker)
        self.setLayout(lines)
        self.other.clicked.connect(self._ask_other)
        self._group.buttonClicked.connect(self._tell)
        self.picker.dateTimeChanged.connect(self._tell_other)

    def offer(self, offered: dict[datetime, str]) -> None:
        """Each moment (aware, by the clock shown) under its words; the first is chosen."""
        self._dues = tuple(offered)
        for chip in self.chips[len(offered) :]:
            chip.hide()
        for chip, words in zip(self.chips, offered.values(), strict=False):
            chip.show()
            chip.setText(words)
            chip.updateGeometry()
        self.chips[0].setChecked(True)
        self.picker.hide()
        self.picker.show_moment(self._dues[0])

    def choose(self, moment: datetime) -> None:
        """This moment (aware) is chosen: its own chip where it is offered, « Autre » where it is not."""
        if moment in self._dues:
            self.chips[self._dues.index(moment)].setChecked(True)
        else:
            self.show_other(moment)

    def show_other(self, moment: datetime) -> None:
        """This moment (aware) is chosen, whatever was offered."""
        self.other.setChecked(True)
        self.picker.show_moment(moment)
        self.picker.show()

    def moment(self) -> datetime | None:
        """What is chosen (aware)."""
        if self.other.isChecked():
            return self.picker.moment()
        offered = zip(self.chips, self._dues, strict=False)
        return next((due for chip, due in offered if chip.isChecked()), None)

    def _tell(self) -> None:
        self.chosen.emit()

    def _tell_other(self) -> None:
        if self.other.isChecked():
            self.chosen.emit()

    def _ask_other(self) -> None:
        self.picker.show()
        self.grown.emit()
        self.picker.setFocus(Qt.FocusReason.OtherFocusReason)
