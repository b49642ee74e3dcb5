"""What is promised: the due times as chips, any other time, and who keeps the promise."""

from datetime import datetime
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QMenu

from ui.panels.motive_form.parts import Section, strong
from ui.task_words import due_words
from ui.theme import Role, theme
from ui.translate import say
from ui.viewmodels.motive_form_state import MotiveFormState
from ui.widgets.button import Button, Link
from ui.widgets.card import row
from ui.widgets.due_chip import DueChip, DuePicker
from ui.widgets.icon import Icon
from ui.widgets.text import Text
from ui.wording import local

CHIPS = 3


class FollowUp(Section):
    """Shown while the outcome is « À suivre »."""

    due_chosen = Signal(object)
    owner_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__(say("Suite à donner : rappel"), key="F9")
        self._group = QButtonGroup(self)
        self._chips = [DueChip() for _ in range(CHIPS)]
        self._times: tuple[datetime, ...] = ()
        self._other = DueChip()
        self._other.setText(say("Autre"))
        self._other.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._picker = DuePicker()
        self._by = Text("", Role.SMALL, "secondary")
        self.change = Link(say("Changer"))
        self.change.setFixedHeight(Role.SMALL.line)
        self._owners: tuple[tuple[str, str], ...] = ()
        self._shown: tuple[MotiveFormState, bool] | None = None
        self.body.setSpacing(6)
        self.body.addLayout(self._chip_row())
        self.body.addWidget(self._picker)
        self.body.addLayout(self._owner_row())
        self._picker.editingFinished.connect(self._take_other)
        self.change.clicked.connect(self._open_owners)
        theme.changed.connect(self._dress)

    def present(self, state: MotiveFormState, *, is_compact: bool) -> None:
        """Show the times offered, the chosen one, and who keeps it."""
        self.setVisible(state.has_promise)
        self._times = state.due_choices
        for place, chip in enumerate(self._chips):
            self._show_chip(chip, place, state, is_compact=is_compact)
        if state.entry.due_at is not None:
            self._picker.hide()
            self._picker.show_moment(local(state.entry.due_at))
        self._shown = (state, is_compact)
        self._show_owner(state, is_compact=is_compact)

    def _dress(self) -> None:
        """The owner's name has a colour of the theme."""
        if self._shown is not None:
            state, is_compact = self._shown
            self._show_owner(state, is_compact=is_compact)

    def chips(self) -> list[Button]:
        """What is offered, in order."""
        return [chip for chip in (*self._chips, self._other) if not chip.isHidden()]

    def focus_due(self) -> None:
        """Put the keyboard on the due times (F9)."""
        checked = self._group.checkedButton() or self._chips[0]
        checked.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _chip_row(self) -> QHBoxLayout:
        line = row(spacing=6)
        for chip in (*self._chips, self._other):
            self._group.addButton(chip)
            line.addWidget(chip)
        for place, chip in enumerate(self._chips):
            chip.clicked.connect(lambda _=False, place=place: self.due_chosen.emit(self._times[place]))
        self._other.clicked.connect(self._ask_other)
        line.addStretch(1)
        return line

    def _owner_row(self) -> QHBoxLayout:
        line = row(spacing=6)
        line.addWidget(Icon("user-round", 14, "text.secondary"))
        line.addWidget(self._by, 1)
        line.addWidget(self.change)
        return line

    def _show_chip(self, chip: DueChip, place: int, state: MotiveFormState, *, is_compact: bool) -> None:
        chip.setVisible(place < len(state.due_choices))
        if place >= len(state.due_choices):
            return
        due = state.due_choices[place]
        now = state.at or due
        chip.setText(due_words(due, now, is_compact=is_compact))
        chip.setAccessibleName(due_words(due, now, is_compact=False))
        is_chosen = due == state.entry.due_at
        chip.setChecked(is_chosen)
        # One stop for Tab, on the chosen time; the arrows go to the others.
        chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus if is_chosen else Qt.FocusPolicy.ClickFocus)
        chip.updateGeometry()

    def _show_owner(self, state: MotiveFormState, *, is_compact: bool) -> None:
        subject, self._owners = state.subject, state.owners
        self.change.setVisible(len(self._owners) > 1)
        owner = strong(state.owner_name, ink="text.primary")
        follower = subject.followed_by if subject is not None else ""
        if not follower or follower == state.owner_name:
            self._by.set_rich(say("Par {owner}").format(owner=owner))
            return
        words = say("Par {owner}, suivi {who}") if is_compact else say("Par {owner}, suivi par {who}")
        who = short_name(follower) if is_compact else follower
        self._by.set_rich(words.format(owner=owner, who=escape(who)))

    def _ask_other(self) -> None:
        self._picker.show()
        self._picker.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_other(self) -> None:
        if self._picker.isVisible():
            chosen = self._picker.moment()
            if chosen is not None:
                self.due_chosen.emit(chosen)

    def _open_owners(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for owner, name in self._owners:
            menu.addAction(name, lambda owner=owner: self.owner_chosen.emit(owner))
        menu.popup(self.change.mapToGlobal(self.change.rect().bottomLeft()))


def short_name(name: str) -> str:
    """« Claire Morvan » to « C. Morvan »."""
    first, _, last = name.partition(" ")
    return f"{first[:1]}. {last}" if last else name
