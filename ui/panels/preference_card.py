"""« Préférences et oppositions »: what a person says of one purpose by one channel, over the record (R16)."""

from datetime import date, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QWidget

from app.domain.consent import Choice, Informed, Preference, Purpose, needs_agreement
from app.domain.identity import read_birth_date
from app.domain.words import Channel
from app.queries.person_record import PersonRecord
from ui.preference_words import Stop, choice_word, informed_word, purpose_word, saying_words, stop_words
from ui.theme import Role, theme
from ui.translate import say
from ui.widgets.button import Button
from ui.widgets.floating_card import ReturningCard, captioned
from ui.widgets.segments import Segments
from ui.widgets.text import Text
from ui.wording import channel_word, local, when

WIDTH = 560
CHANNELS = (Channel.SMS, Channel.EMAIL, Channel.WHATSAPP, Channel.RCS, Channel.PHONE, Channel.LETTER)
_SOURCES = (Channel.PHONE, Channel.DESK, Channel.LETTER, Channel.EMAIL)
_UNTOLD = "no"
_DAY = "%d/%m/%Y"


class PreferenceCard(ReturningCard):
    """`said` carries the purpose, the channel, the choice, where it was said, and how one was informed."""

    said = Signal(object, object, object, object, object)
    lift_asked = Signal(object, object, object, str)
    """The numbers whose STOP the person takes back, the channel, where they said it, and the day (ISO)."""

    def __init__(self, parent: QWidget, *, can_lift: bool) -> None:
        super().__init__(
            parent, icon="shield-check", title=say("Préférences et oppositions"), key=say("Ctrl P")
        )
        self.setAccessibleName(self.title.text())
        self.setFixedWidth(WIDTH)
        self._can_lift = can_lift
        self._preferences: tuple[Preference, ...] = ()
        self._stops: tuple[Stop, ...] = ()
        self._now: datetime | None = None
        self.purpose = _segments([(one.value, purpose_word(one)) for one in Purpose], say("Finalité"))
        self.channel = _segments([(one.value, channel_word(one)) for one in CHANNELS], say("Canal"))
        self.choice = _segments([(one.value, choice_word(one)) for one in Choice], say("Choix"))
        self.source = _segments([(one.value, channel_word(one)) for one in _SOURCES], say("Dit par"))
        told = [(_UNTOLD, say("Non")), *((one.value, informed_word(one)) for one in Informed)]
        self.informed = _segments(told, say("Informé"))
        self.standing = Text("", Role.SMALL, "secondary").wrap()
        self.stopped = Text("", Role.SMALL, "danger").wrap()
        self.day = _day_field()
        self.day.textEdited.connect(self._judge)
        self.lift = Button(say("Lever le STOP"), key=say("Ctrl L"))
        self.leave = Button(say("Annuler"), key=say("Échap"), kind="ghost")
        self.save = Button(say("Enregistrer"), key=say("Ctrl Entrée"), kind="primary")
        for part in (self.purpose, self.channel):
            part.chosen.connect(self._show_standing)
        self.choice.chosen.connect(self._judge)
        self.leave.clicked.connect(self.hide)
        self.save.clicked.connect(self.confirm)
        self.lift.clicked.connect(self._lift)
        key = QShortcut(QKeySequence("Ctrl+L"), self)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key.activated.connect(self.lift.click)
        self._lay_out()

    def open_for(self, record: PersonRecord) -> None:
        """Ask, beginning with the reminders by SMS; the keyboard is on the purpose."""
        self.present(record)
        self.purpose.choose(Purpose.STAY)
        self.channel.choose(Channel.SMS)
        self.source.choose(Channel.PHONE)
        self.informed.choose(_UNTOLD)
        self.day.setText(local(record.read_at).strftime(_DAY))
        self._show_standing()
        self.come_up(self.purpose.chosen_one)

    def present(self, record: PersonRecord) -> None:
        """What is known may have changed under an open card."""
        self._preferences, self._now = record.preferences, record.read_at
        self._stops = record.stops
        if self.isVisible():
            self._show_standing()

    def confirm(self) -> None:
        """Save, once a choice is made."""
        if not self.save.isEnabled():
            return
        told = self.informed.value
        informed = None if told in ("", _UNTOLD) else Informed(told)
        choice, source = Choice(self.choice.value), Channel(self.source.value)
        self.hide()
        self.said.emit(Purpose(self.purpose.value), Channel(self.channel.value), choice, source, informed)

    def _show_standing(self) -> None:
        """What stands for this purpose and channel; nothing is chosen in somebody's place."""
        purpose, channel = self._chosen()
        known = [one for one in self._preferences if (one.purpose, one.channel) == (purpose, channel)]
        if known and self._now is not None:
            words = say("En vigueur\u00a0: {said}.").format(
                said=saying_words(known[0], when(known[0].said_at, self._now))
            )
        elif needs_agreement(purpose, channel):
            words = say("Rien n’est dit\u00a0: aucun envoi sans accord.")
        else:
            words = say("Rien n’est dit\u00a0: l’envoi est possible, la personne peut s’y opposer.")
        self.standing.setText(words)
        self.choice.clear()
        self._show_stop()
        self._judge()
        self.fit()

    def _chosen(self) -> tuple[Purpose, Channel]:
        return Purpose(self.purpose.value), Channel(self.channel.value)

    def _show_stop(self) -> None:
        """What the numbers said on this channel, and what may be done about it."""
        stops = self._stopped_here()
        self.stopped.setText(stop_words(stops, can_lift=self._can_lift) if stops else "")
        self.stopped.setVisible(bool(stops))
        # What silence would allow is not true of what a STOP ends.
        is_spoken = any((one.purpose, one.channel) == self._chosen() for one in self._preferences)
        self.standing.setVisible(is_spoken or not stops or not self._chosen()[0].is_automatic)
        for part in (self.lift, self.day_line):
            part.setVisible(bool(stops) and self._can_lift)

    def _stopped_here(self) -> list[Stop]:
        return [stop for stop in self._stops if stop[1] == self.channel.value]

    def _lift(self) -> None:
        """As the person asks, said there on that day."""
        if not (self.lift.isVisible() and self.lift.isEnabled()):
            return
        numbers = tuple(number for number, _, _ in self._stopped_here())
        source, channel, day = Channel(self.source.value), Channel(self.channel.value), self._said_on()
        self.hide()
        self.lift_asked.emit(numbers, channel, source, day)

    def _said_on(self) -> str:
        """ISO, or nothing when it can't be that day."""
        today = local(self._now).date() if self._now is not None else date.max
        told = read_birth_date(self.day.text(), today=today) or ""
        return "" if "-00" in told else told

    def _judge(self) -> None:
        self.save.setEnabled(bool(self.choice.value))
        self.lift.setEnabled(bool(self._said_on()))

    def _lay_out(self) -> None:
        for part in (self.purpose, self.channel):
            self.lines.addLayout(captioned(part.accessibleName(), part))
        self.lines.addWidget(self.standing)
        self.lines.addWidget(self.stopped)
        for part in (self.choice, self.source, self.informed):
            self.lines.addLayout(captioned(part.accessibleName(), part))
        self.day_line = QWidget()
        day = captioned(self.day.accessibleName(), self.day)
        day.setContentsMargins(0, 0, 0, 0)
        day.addStretch(2)
        self.day_line.setLayout(day)
        self.lines.addWidget(self.day_line)
        self.foot.addWidget(self.lift)
        self.foot.addStretch(1)
        self.foot.addWidget(self.leave)
        self.foot.addWidget(self.save)


def _day_field() -> QLineEdit:
    """The day it was said, as birth dates are typed."""
    field = QLineEdit()
    field.setFixedHeight(36)
    field.setMaximumWidth(140)
    field.setMaxLength(10)
    field.setFont(theme.font(Role.SMALL))
    field.setAccessibleName(say("Dit le"))
    return field


def _segments(choices: list[tuple[str, str]], name: str) -> Segments:
    made = Segments(choices, is_small=True, height=30, padding=8)
    made.setAccessibleName(name)
    return made
