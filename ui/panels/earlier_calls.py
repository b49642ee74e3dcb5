"""« Rattacher »: one calm line for the earlier calls of nobody that may be this caller's."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.queries.earlier_calls import EarlierCalls
from ui.translate import counted, say
from ui.viewmodels.key_map import cap
from ui.widgets.button import Button
from ui.widgets.card import Notice, column
from ui.wording import short_when

_TOLD = 2
"""How many of them are told by their time."""


class EarlierCallsBar(QWidget):
    """Asks, and takes neither the keyboard nor a decision: hidden where there is nothing to attach."""

    attach_asked = Signal()
    leaving_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.bar = Notice("accent", icon="phone-incoming")
        self.attach = Button(say("Rattacher"), key=cap("Ctrl+Shift+R"), size="small")
        self.leave = Button(say("Ignorer"), kind="ghost", size="small")
        self.attach.clicked.connect(self.attach_asked)
        self.leave.clicked.connect(self.leaving_asked)
        for button in (self.attach, self.leave):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setAutoRepeat(False)
            self.bar.line.addWidget(button)
        lines = column()
        lines.addWidget(self.bar)
        self.setLayout(lines)
        self.hide()

    def present(self, found: EarlierCalls, now: datetime) -> None:
        """Say how many there are, and when; none, and it is not there."""
        self.setVisible(bool(found.calls))
        if found.calls:
            self.bar.text.setText(_words(found, now))


def _words(found: EarlierCalls, now: datetime) -> str:
    count = len(found.calls)
    how_many = counted(
        count,
        one=say("Un appel sans patient de ce numéro"),
        many=say("{count}\u00a0appels sans patient de ce numéro"),
    )
    times = [short_when(call.at, now) for call in found.calls[:_TOLD]]
    told = ", ".join([*times, "…"] if count > _TOLD else times)
    return say("{calls}\u00a0: {times}").format(calls=how_many, times=told)
