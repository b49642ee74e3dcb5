"""Who is calling from a hidden or unknown number: what is said is typed, what is found compared."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from app.queries.linkable_calls import Links
from app.queries.person_search import FoundPersons, PersonQuestion
from ui import wording
from ui.house_time import house_time
from ui.panels.caller_search.found_card import FoundCard
from ui.panels.caller_search.provisional import ProvisionalForm
from ui.panels.caller_search.same_caller import SameCallerCard, link_words
from ui.theme import Role
from ui.translate import say
from ui.viewmodels.caller_search import ToldPerson, Typed, birth_date_of, is_date_wrong, question_of
from ui.viewmodels.person_search import Reach
from ui.widgets.button import Button
from ui.widgets.card import Card, column, row
from ui.widgets.key_cap import KeyCap
from ui.widgets.labelled_field import LabelledField
from ui.widgets.text import Elided
from ui.widgets.ways_out import Way, WaysOut

PAUSE_MS = 80
WIDE_FROM = 800
LOW_WIDE, LOW_NARROW = 680, 780
RESULTS_HEIGHT = 270
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class CallerSearch(QWidget):
    """Fields, results and ways out; nothing is chosen until the arrows or a click choose it."""

    question_changed = Signal(object)
    person_chosen = Signal(str)
    provisional_asked = Signal()
    continue_asked = Signal()
    link_wanted = Signal(str)
    part_wanted = Signal()
    person_told = Signal(object)
    widening_asked = Signal()
    glass_asked = Signal(object)
    typing = Signal(object)

    def __init__(self, *, now: Callable[[], datetime], act: str = "") -> None:
        super().__init__()
        self._now = now
        self._asked: PersonQuestion | None = None
        self._is_date_left = False
        self._sex = ""
        self.born = LabelledField(
            say("Date de naissance"), width=136, hint=say("jjmmaaaa suffit"), name=say("Date de naissance")
        )
        self.name = LabelledField(
            say("Nom de naissance"), width=146, hint=say("3 lettres suffisent"), name=say("Nom de naissance")
        )
        self.first = LabelledField(
            say("1<sup>er</sup> prénom de naissance"), width=176, name=say("Premier prénom de naissance")
        )
        self.number = LabelledField(say("ou téléphone, IPP"), width=150, name=say("Téléphone ou IPP"))
        self.erase = Button(say("Effacer"), icon="x", kind="ghost")
        self.results = FoundCard(act or say("Rattacher"))
        self.form = ProvisionalForm(now=now)
        self.same = SameCallerCard()
        self.ways = _ways()
        self._links = Links()
        self._shelf = QWidget()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._connect()
        self._lay_out()

    def present(self, found: FoundPersons, now: datetime, reach: Reach = Reach.DESK) -> None:
        """Show the answer to the question asked last; nothing when it was taken back since.

        What the server adds comes below, and no row moves under the hand.
        """
        if self._asked is None:
            return
        if reach is Reach.DESK:
            self.results.show_found(found, now)
        else:
            self.results.add_found(found, now, reach)
        if not self.same.isHidden():
            self.results.hide()
        self._fit()

    def clear(self) -> None:
        """Empty every field; what was found goes with them."""
        for field in self._fields():
            field.field.clear()
        self.form.hide()
        self.same.hide()
        self.ways.show()
        self._is_date_left, self._sex = False, ""
        self._read()
        self._pause.stop()
        self._ask()

    def ask_again(self) -> None:
        """What is known changed: whoever answers the question may be others now."""
        if self._asked is not None and not self.results.isHidden():
            self.question_changed.emit(self._asked)

    def listed(self) -> tuple[str, ...]:
        """The persons shown now."""
        return () if self.results.isHidden() else tuple(line.person for line in self.results.rows)

    def present_links(self, links: Links) -> None:
        """Say how many calls of nobody known may be this caller's, or which one it was linked to."""
        if not self.same.isHidden() and links.others != self._links.others:
            self.same.leave()
        self._links = links
        is_linked = links.linked is not None
        self.ways.tell(
            "link",
            link_words(links, self._now()),
            act=say("Délier") if is_linked else say("Comparer"),
            is_open=is_linked or bool(links.others),
        )

    def open_provisional(self, number: str = "", *, needs_number: bool = True) -> None:
        """Ask for what a provisional person needs, in the place of the results."""
        self.same.hide()
        self.results.hide()
        self.ways.hide()
        self.form.open(self._told(number), needs_number=needs_number)

    def focus_search(self) -> None:
        """Put the keyboard in the first field, its text ready to be replaced."""
        self.born.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.born.field.selectAll()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The ways out stay in view: on a small window their words give room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        least = LOW_WIDE if self.width() >= WIDE_FROM else LOW_NARROW
        unused = RESULTS_HEIGHT if self.results.isHidden() else 0
        self.ways.show_words(is_roomy=self.height() >= least - unused)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From any field, the arrows choose a row and Enter attaches the chosen one."""
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None:
            self.results.choose_next(step)
            return True
        if event.key() not in _ENTERS:
            return False
        if not event.isAutoRepeat():
            self.results.attach()
        return True

    def _connect(self) -> None:
        for field in self._fields():
            field.edited.connect(self._on_edited)
            field.field.installEventFilter(self)
        self.born.edited.connect(self._on_date_edited)
        self.born.field.editingFinished.connect(self._on_date_left)
        self.erase.clicked.connect(self.clear)
        self.erase.clicked.connect(self.focus_search)
        self._pause.timeout.connect(self._ask)
        self.results.attached.connect(self.person_chosen)
        self.results.widened.connect(self.widening_asked)
        self.results.glass_asked.connect(self._ask_glass)
        self.ways.chosen.connect(self._leave)
        self.form.told.connect(self.person_told)
        self.form.told.connect(self.ways.show)
        self.form.typing.connect(self._tell_form)
        self.form.left.connect(self._leave_form)
        self.same.linked.connect(self._link)
        self.same.left.connect(self._leave_form)

    def _lay_out(self) -> None:
        lines = column(spacing=16, margins=(20, 16, 20, 16))
        lines.addWidget(self._search_card())
        lines.addWidget(self.results, 1000)
        lines.addWidget(self.form)
        lines.addWidget(self.same, 1000)
        inside = column()
        inside.addWidget(self.ways)
        self._shelf.setLayout(inside)
        lines.addWidget(self._shelf)
        lines.addStretch(1)
        self.setLayout(lines)

    def _search_card(self) -> Card:
        card = Card(say("Rechercher le patient"))
        card.body.setContentsMargins(0, 0, 0, 0)
        card.header.addWidget(KeyCap("F2"))
        prompt = Elided(
            say("« Quels sont vos nom de naissance, prénom et date de naissance ? »"), Role.SMALL, "secondary"
        )
        prompt.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        card.header.addWidget(prompt, 1)
        line = row(spacing=12, margins=(16, 14, 16, 10))
        for field in self._fields():
            line.addWidget(field, 1000)
        beside = column(margins=(0, 22, 0, 0))
        beside.addWidget(self.erase)
        beside.addStretch(1)
        line.addLayout(beside)
        line.addStretch(1)
        card.body.addLayout(line)
        return card

    def _told(self, number: str = "") -> ToldPerson:
        typed = self._typed()
        return ToldPerson(
            birth_name_raw=typed.birth_name_raw,
            first_given_name_raw=typed.first_given_name_raw,
            birth_date_raw=typed.birth_date_raw,
            sex=typed.sex,
            number_raw=typed.number_raw or number,
        )

    def _ask_glass(self) -> None:
        self.glass_asked.emit(self._told())

    def _fields(self) -> tuple[LabelledField, ...]:
        return self.born, self.name, self.first, self.number

    def _typed(self) -> Typed:
        return Typed(
            birth_date_raw=self.born.text(),
            birth_name_raw=self.name.text(),
            first_given_name_raw=self.first.text(),
            number_raw=self.number.text(),
            sex=self._sex,
            is_date_left=self._is_date_left,
        )

    def _on_date_edited(self, text: str) -> None:
        self._is_date_left = False
        if text.strip()[:1].isalpha():
            self._move_to_name(text)
        self._on_edited("")

    def _move_to_name(self, text: str) -> None:
        """No date begins with a letter: who says the name first is not made to look for the field."""
        self.born.field.clear()
        self.name.field.setText(text)
        self.name.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_date_left(self) -> None:
        self._is_date_left = True
        born = birth_date_of(self._typed(), house_time.day(self._now()))
        if born:
            self.born.field.setText(wording.birth(born))
        self._search()

    def keep_to_search(self) -> None:
        """Without a call there is no other way out, and nothing to break the glass for."""
        self._shelf.hide()
        self.results.glass.hide()

    def restore(self, typed: Typed) -> None:
        """Bring back what was typed before, unless something is typed already."""
        if self._typed().is_empty:
            before = (
                typed.birth_date_raw,
                typed.birth_name_raw,
                typed.first_given_name_raw,
                typed.number_raw,
            )
            for field, text in zip(self._fields(), before, strict=True):
                field.field.setText(text)
            self._sex = typed.sex
            self._search()

    def _on_edited(self, _text: str) -> None:
        """Another name, maybe another person: the sex that was told before is asked again."""
        self._sex = ""
        self._search()

    def _search(self) -> None:
        if not self.same.isHidden():
            self.same.hide()
            self.ways.show()
        self.typing.emit(self._typed())
        self._read()
        self._pause.start()

    def _tell_form(self, told: ToldPerson) -> None:
        """Who has no file is kept as what was sought: that is what fills the form again."""
        is_dialled = self.form.number.field.isModified()
        self.typing.emit(
            Typed(
                birth_date_raw=told.birth_date_raw,
                birth_name_raw=told.birth_name_raw,
                first_given_name_raw=told.first_given_name_raw,
                number_raw=told.number_raw if is_dialled else self.number.text(),
                sex=told.sex,
            )
        )

    def _read(self) -> None:
        is_wrong = is_date_wrong(self._typed(), house_time.day(self._now()))
        self.born.say_wrong(say("Date impossible, à redemander.") if is_wrong else "")

    def _ask(self) -> None:
        question = question_of(self._typed(), house_time.day(self._now()))
        if question == self._asked:
            return
        self._asked = question
        self.results.forget()
        self._fit()
        if question is not None:
            self.question_changed.emit(question)

    def _leave_form(self) -> None:
        self.typing.emit(self._typed())
        self.ways.show()
        self.results.setVisible(self._asked is not None and bool(self.results.rows))
        self.focus_search()

    def _leave(self, way: str) -> None:
        if way == "link":
            self._compare()
        else:
            {"provisional": self.provisional_asked, "continue": self.continue_asked}[way].emit()

    def _compare(self) -> None:
        """Show the calls beside this one in the place of the results; linked already, take it back."""
        if self._links.linked is not None:
            self.part_wanted.emit()
        elif self._links.others:
            self.results.hide()
            self.ways.hide()
            self.same.open(self._links)

    def _link(self, other: str) -> None:
        self.same.leave()
        self.link_wanted.emit(other)


def _ways() -> WaysOut:
    return WaysOut(
        say("Aucun dossier ne correspond ?"),
        (
            Way(
                name="provisional",
                icon="user-plus",
                title=say("Créer un contact provisoire"),
                words=say(
                    "Nom, prénom, date de naissance et téléphone tels que dits au téléphone. "
                    "Identité au statut provisoire, à vérifier au guichet."
                ),
                act=say("Créer"),
                key=say("Ctrl Maj N"),
            ),
            Way(
                name="continue",
                icon="user-x",
                title=say("Continuer sans identifier"),
                words=say(
                    "Renseignement général, erreur de numéro, professionnel. "
                    "L’appel est compté, sans dossier."
                ),
                act=say("Continuer"),
            ),
            Way(
                name="link",
                icon="link",
                title=say("Relier à un autre appel"),
                words=say("La même personne a pu appeler déjà, sans être identifiée."),
                act=say("Comparer"),
            ),
        ),
    )
