"""Writing down who has no file: five answers as told, none of them checked yet (design 4.4)."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.domain.words import Sex
from ui.house_time import house_time
from ui.theme import Role
from ui.translate import say
from ui.viewmodels.caller_search import ToldPerson, wrong_fields
from ui.widgets.button import Button
from ui.widgets.card import Card, column, row, rule
from ui.widgets.key_cap import KeyCap
from ui.widgets.labelled_field import LabelledField
from ui.widgets.segments import Segments
from ui.widgets.text import Text

_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ProvisionalForm(Card):
    """A card in the place of the results; `told` carries what was typed once every field can be kept.

    `typing` carries it at each key, and when the sex is chosen.
    """

    told = Signal(object)
    typing = Signal(object)
    left = Signal()

    def __init__(self, *, now: Callable[[], datetime]) -> None:
        super().__init__(say("Contact provisoire"))
        self._now = now
        self._needs_number = True
        self.name = LabelledField(say("Nom de naissance"), width=200, name=say("Nom de naissance"))
        self.first = LabelledField(
            say("1<sup>er</sup> prénom de naissance"), width=200, name=say("Premier prénom de naissance")
        )
        self.born = LabelledField(
            say("Date de naissance"),
            width=150,
            hint=say("00 si jour ou mois inconnu"),
            name=say("Date de naissance"),
        )
        self.number = LabelledField(say("Téléphone"), width=170, name=say("Téléphone"))
        self.sex = Segments([(Sex.FEMALE, "F"), (Sex.MALE, "M"), (Sex.UNDETERMINED, say("Indét."))])
        self.sex.setAccessibleName(say("Sexe"))
        self._below_sex = Text("", Role.CAPTION, "danger")
        self.cancel = Button(say("Annuler"), key=say("Échap"), kind="ghost")
        self.save = Button(say("Créer et rattacher"), key=say("Ctrl Entrée"), kind="primary")
        self._lay_out()
        self._connect()
        self.hide()

    def open(self, told: ToldPerson, *, needs_number: bool) -> None:
        """Show it, filled with what was already typed; the keyboard goes to the first field to fill.

        Who speaks for somebody may know no number of theirs.
        """
        self._needs_number = needs_number
        for field, text in self._texts(told):
            field.field.setText(text)
            field.say_wrong("")
        self.number.say_hint("" if needs_number else say("Le sien, s’il est connu"))
        self.sex.clear()
        self.sex.choose(told.sex)
        self._below_sex.setText("")
        self.show()
        empty = next((field for field, text in self._texts(told) if not text), self.name)
        empty.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def submit(self) -> None:
        """Tell what was typed, or say under each field what is wrong with it."""
        told = self._told()
        wrong = wrong_fields(told, house_time.day(self._now()), needs_number=self._needs_number)
        for name, field in self._fields().items():
            field.say_wrong(_words(name) if name in wrong else "")
        self._below_sex.setText(say("À demander.") if "sex" in wrong else "")
        if not wrong:
            self.hide()
            self.told.emit(told)
        elif wrong[0] in self._fields():
            self._fields()[wrong[0]].field.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Keep nothing."""
        self.hide()
        self.left.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From any field, Ctrl+Entrée creates and Échap leaves."""
        if isinstance(event, QKeyEvent) and event.type() in (
            QEvent.Type.KeyPress,
            QEvent.Type.ShortcutOverride,
        ):
            act = self._act_of(event)
            if act is not None:
                event.accept()
                if event.type() is QEvent.Type.KeyPress and not event.isAutoRepeat():
                    act()
                return True
        return super().eventFilter(watched, event)

    def _act_of(self, event: QKeyEvent) -> Callable[[], None] | None:
        if event.key() == Qt.Key.Key_Escape:
            return self.leave
        is_confirmed = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        return self.submit if event.key() in _ENTERS and is_confirmed else None

    def _connect(self) -> None:
        for field in self._fields().values():
            field.field.installEventFilter(self)
            field.edited.connect(self._on_edited)
        self.sex.chosen.connect(self._on_edited)
        self.cancel.clicked.connect(self.leave)
        self.save.clicked.connect(self.submit)

    def _on_edited(self, _what: str) -> None:
        self.typing.emit(self._told())

    def _fields(self) -> dict[str, LabelledField]:
        return {
            "birth_name": self.name,
            "first_given_name": self.first,
            "birth_date": self.born,
            "number": self.number,
        }

    def _texts(self, told: ToldPerson) -> tuple[tuple[LabelledField, str], ...]:
        return (
            (self.name, told.birth_name_raw),
            (self.first, told.first_given_name_raw),
            (self.born, told.birth_date_raw),
            (self.number, told.number_raw),
        )

    def _told(self) -> ToldPerson:
        return ToldPerson(
            birth_name_raw=self.name.text(),
            first_given_name_raw=self.first.text(),
            birth_date_raw=self.born.text(),
            sex=self.sex.value,
            number_raw=self.number.text(),
        )

    def _lay_out(self) -> None:
        self.header.addWidget(KeyCap(say("Ctrl Maj N")))
        self.header.addStretch(1)
        self.body.setContentsMargins(0, 0, 0, 0)
        for line in ((self.name, self.first), (self.born, self._sex_field(), self.number)):
            across = row(spacing=12, margins=(16, 14, 16, 0))
            for field in line:
                across.addWidget(field, 1000)
            across.addStretch(1)
            self.body.addLayout(across)
        self.body.addSpacing(14)
        self.body.addWidget(rule())
        self.body.addWidget(self._foot())

    def _sex_field(self) -> QWidget:
        field = QWidget()
        lines = column(spacing=4)
        lines.addWidget(Text(say("Sexe"), Role.SMALL, weight=600))
        lines.addWidget(self.sex)
        lines.addWidget(self._below_sex)
        lines.addStretch(1)
        field.setLayout(lines)
        field.setMaximumWidth(200)
        return field

    def _foot(self) -> QWidget:
        foot = QWidget()
        line = row(spacing=8, margins=(16, 12, 16, 12))
        words = say("Identité au statut provisoire, à vérifier au guichet.")
        line.addWidget(Text(words, Role.SMALL, "secondary"), 1)
        line.addWidget(self.cancel)
        line.addWidget(self.save)
        foot.setLayout(line)
        return foot


def _words(field: str) -> str:
    return {
        "birth_name": say("À demander, tel que dit."),
        "first_given_name": say("À demander, tel que dit."),
        "birth_date": say("Date à redemander."),
        "number": say("Un numéro à rappeler."),
    }[field]
