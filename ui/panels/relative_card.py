"""« Comparer un proche »: a name and a role as told, and yes or no; who else is close is never shown (R4)."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from app.domain.relatives import Compared, Likeness, RelativeRole
from app.domain.words import Channel
from ui.relative_words import answer_words, role_word
from ui.theme import Role, theme
from ui.translate import say
from ui.widgets.button import Button
from ui.widgets.card import column
from ui.widgets.floating_card import ReturningCard, captioned
from ui.widgets.segments import Segments
from ui.widgets.select import Select
from ui.widgets.text import Text, Tone
from ui.widgets.tick_box import TickBox
from ui.wording import channel_word

WIDTH = 560
_LEAST_NAME, _MOST_NAME = 2, 200
_SOURCES = (Channel.PHONE, Channel.DESK, Channel.LETTER, Channel.EMAIL)
_TONES: Mapping[Likeness, Tone] = {
    Likeness.MATCHES: "success",
    Likeness.DIFFERS: "primary",
    Likeness.NOT_INFORMED: "danger",
}


class RelativeCard(ReturningCard):
    """Who does not match may be written down; who matches may be withdrawn: nobody is chosen in a list."""

    compare_asked = Signal(str, object)
    """The name and the role, as told."""
    said = Signal()
    withdrawal_asked = Signal(str)
    """The id of who matches."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, icon="users", title=say("Comparer un proche"), key=say("Ctrl Maj P"))
        self.setAccessibleName(self.title.text())
        self.setFixedWidth(WIDTH)
        self._relative = ""
        self.name = _field(say("Nom dit"))
        roles = tuple((one.value, role_word(one)) for one in RelativeRole)
        self.role = Select(say("Rôle"), roles)
        self.role.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.answer = Text("", Role.SMALL, weight=600).wrap()
        self.number = _field(say("Numéro"))
        self.scope = _field(say("Autorisé à"))
        sources = [(one.value, channel_word(one)) for one in _SOURCES]
        self.source = Segments(sources, is_small=True, height=30, padding=8)
        self.source.setAccessibleName(say("Dit par"))
        self.is_not_informed = TickBox(say("Ne pas informer"))
        self.withdraw = Button(say("Retirer ce proche"), key=say("Ctrl L"))
        self.save = Button(say("Enregistrer"), key=say("Ctrl S"))
        self.leave = Button(say("Annuler"), key=say("Échap"), kind="ghost")
        self.compare = Button(say("Comparer"), key=say("Ctrl Entrée"), kind="primary")
        self._lay_out()
        self._connect()

    def open_now(self) -> None:
        """Ask, with nothing told yet; the keyboard is on the name."""
        for field in (self.name, self.number, self.scope):
            field.clear()
        self.is_not_informed.setChecked(False)
        self.source.choose(Channel.PHONE)
        self.role.choose(RelativeRole.TRUSTED)
        self.begin_again()
        self.come_up(self.name)

    @property
    def told(self) -> tuple[str, RelativeRole]:
        """The name and the role as they are now."""
        return " ".join(self.name.text().split()), RelativeRole(self.role.value)

    def confirm(self) -> None:
        """Ask the server."""
        if self.compare.isEnabled():
            self.compare.setEnabled(False)
            self.compare_asked.emit(*self.told)

    def present(self, told: tuple[str, RelativeRole], compared: Compared) -> None:
        """Show the answer, unless something else was told meanwhile."""
        if told != self.told:
            return
        self._relative = compared.relative
        self.answer.set_tone(_TONES[compared.likeness])
        self.answer.setText(answer_words(compared))
        self.answer.show()
        self._offer(can_save=compared.likeness is Likeness.DIFFERS)

    def begin_again(self, _typed: str = "") -> None:
        """Whatever was answered counts no more; what was typed stays."""
        self._relative = ""
        self.answer.hide()
        self._offer(can_save=False)

    def _offer(self, *, can_save: bool) -> None:
        self.compare.setEnabled(len(self.told[0]) >= _LEAST_NAME and self.answer.isHidden())
        self.more.setVisible(can_save)
        self.save.setVisible(can_save)
        self.scope_line.setVisible(self.role.value == RelativeRole.CARER)
        self.withdraw.setVisible(bool(self._relative))
        self.fit()

    def _choose(self, role: str) -> None:
        self.role.choose(role)
        self.begin_again()

    def _withdraw(self) -> None:
        self.withdrawal_asked.emit(self._relative)

    def _connect(self) -> None:
        self.name.textEdited.connect(self.begin_again)
        self.role.chosen.connect(self._choose)
        self.leave.clicked.connect(self.hide)
        self.compare.clicked.connect(self.confirm)
        self.save.clicked.connect(self.said)
        self.withdraw.clicked.connect(self._withdraw)
        for key, button in (("Ctrl+S", self.save), ("Ctrl+L", self.withdraw)):
            held = QShortcut(QKeySequence(key), self)
            held.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            held.activated.connect(partial(_click, button))

    def _lay_out(self) -> None:
        for part in (self.name, self.role):
            self.lines.addLayout(captioned(_caption(part), part))
        self.lines.addWidget(self.answer)
        self.more, self.scope_line = QWidget(), QWidget()
        scope = captioned(self.scope.accessibleName(), self.scope)
        scope.setContentsMargins(0, 0, 0, 0)
        self.scope_line.setLayout(scope)
        inside = column(spacing=8)
        inside.addLayout(captioned(self.number.accessibleName(), self.number))
        inside.addWidget(self.scope_line)
        inside.addLayout(captioned(self.source.accessibleName(), self.source))
        tick = column()
        tick.addWidget(self.is_not_informed, 0, Qt.AlignmentFlag.AlignLeft)
        inside.addLayout(captioned("", tick))
        self.more.setLayout(inside)
        self.lines.addWidget(self.more)
        for part in (self.withdraw, self.save):
            self.foot.addWidget(part)
        self.foot.addStretch(1)
        self.foot.addWidget(self.leave)
        self.foot.addWidget(self.compare)


def _click(button: Button) -> None:
    """What is not offered is not done by its key either."""
    if button.isVisible():
        button.click()


def _caption(part: QWidget) -> str:
    return part.accessibleName().partition(",")[0] or say("Rôle")


def _field(name: str) -> QLineEdit:
    field = QLineEdit()
    field.setFixedHeight(36)
    field.setMaxLength(_MOST_NAME)
    field.setFont(theme.font(Role.BODY))
    field.setAccessibleName(name)
    return field
