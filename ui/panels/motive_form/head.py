"""The top of the qualification panel, and the motives most asked for on the line."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from app.domain.motives import Motive
from app.domain.words import Direction
from ui.panels.motive_form.parts import Section
from ui.theme import Role
from ui.translate import say
from ui.viewmodels.motive_form_state import MotiveFormState
from ui.widgets.button import Button
from ui.widgets.card import clear, column, row, rule
from ui.widgets.icon import Icon
from ui.widgets.key_cap import KeyCap
from ui.widgets.select_chip import SelectChip
from ui.widgets.text import Text
from ui.wording import channel_icon, channel_word


class FormHead(QWidget):
    """What is qualified: title, draft kept or not, channel and service."""

    def __init__(self) -> None:
        super().__init__()
        self.kept = _kept()
        self.channel = SelectChip(icon="phone-incoming", name=say("Canal"))
        self.service = SelectChip(icon="building-2", name=say("Service"))
        title = row(spacing=8)
        self._title = Text(say("Qualifier l’appel"), Role.HEADING)
        title.addWidget(self._title)
        title.addWidget(KeyCap("F4"))
        title.addStretch(1)
        title.addWidget(self.kept)
        chips = row(spacing=8)
        chips.addWidget(self.channel, 1)
        chips.addWidget(self.service, 1)
        inner = column(spacing=6, margins=(16, 10, 16, 10))
        inner.addLayout(title)
        inner.addLayout(chips)
        lines = column()
        lines.addLayout(inner)
        lines.addWidget(rule())
        self.setLayout(lines)

    def say_over(self, *, is_over: bool) -> None:
        """Whether the call is over: its log is only to be finished then."""
        self._title.setText(say("Terminer la qualification") if is_over else say("Qualifier l’appel"))

    def present(self, state: MotiveFormState) -> None:
        """Show what the contact is, and whether its draft is safe."""
        self.kept.setVisible(state.is_kept)
        if state.subject is not None:
            channel = state.subject.channel
            icon = channel_icon(channel, Direction.INBOUND)
            self.channel.show_value(channel_word(channel), icon=icon)
            self.service.show_value(state.entry.service_name, choices=state.subject.house.services)


class _FrequentChip(Button):
    def __init__(self, motive: Motive) -> None:
        super().__init__(f"{motive.code} {motive.label}", kind="chip", size="small")

    def sizeHint(self) -> QSize:
        return super().sizeHint() + QSize(4, 0)


class Frequent(Section):
    """One press for the motives of most calls, while no motive is chosen."""

    picked = Signal(str)

    def __init__(self) -> None:
        super().__init__(say("Les plus fréquents sur cette ligne"))
        self._shown: tuple[Motive, ...] = ()
        self._line = row(spacing=6)
        self.body.addLayout(self._line)

    def present(self, state: MotiveFormState) -> None:
        """Offer them, as long as nothing is typed."""
        is_untouched = not (state.family or state.entry.words or state.motive)
        self.setVisible(bool(state.frequent) and is_untouched)
        if state.frequent != self._shown:
            self._shown = state.frequent
            self._fill()

    def set_compact(self, *, is_compact: bool) -> None:
        """One under the other on a narrow panel."""
        way = QBoxLayout.Direction
        self._line.setDirection(way.TopToBottom if is_compact else way.LeftToRight)

    def _fill(self) -> None:
        clear(self._line)
        for motive in self._shown:
            chip = _FrequentChip(motive)
            chip.clicked.connect(lambda _=False, code=motive.code: self.picked.emit(code))
            self._line.addWidget(chip, 0, Qt.AlignmentFlag.AlignLeft)
        self._line.addStretch(1)


def _kept() -> QWidget:
    kept = QWidget()
    line = row(spacing=4)
    line.addWidget(Icon("check", 14, "text.tertiary"))
    line.addWidget(Text(say("Brouillon enregistré"), Role.CAPTION, "tertiary", weight=400))
    kept.setLayout(line)
    return kept
