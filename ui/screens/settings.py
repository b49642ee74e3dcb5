"""« Réglages »: what is chosen for this desk, each saved as it changes and obeyed at once (design 4.14)."""

from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.queries.agent_states import OwnState
from ui.panels.own_settings.key_test import KeyTestCard, read_words
from ui.panels.own_settings.rows import ruled_by_the_house, setting, settings_card
from ui.panels.own_settings.sections import Section, SectionList
from ui.theme import Role
from ui.translate import say, tongue
from ui.viewmodels.own_settings import LOCKS, OwnSettings
from ui.widgets.button import Button
from ui.widgets.card import Card, column, row
from ui.widgets.icon import Icon
from ui.widgets.scrolled import fold, scrolled
from ui.widgets.segments import Segments
from ui.widgets.select import Select
from ui.widgets.text import Text

DESK, KEYS, NOTICES, LOOK, PRIVACY, LANGUAGE = "desk", "keys", "notices", "look", "privacy", "language"


class SettingsScreen(QWidget):
    """List at left, cards at right; a person's choice goes to `own`, and what stands is shown from it.

    `answer_keys` are the keys that may answer from another program, by id and words; where no such key is
    heard there are none, and no such line. `answer_chosen` tells a choice among them, `restored` that all
    was put back as shipped.
    """

    answer_chosen = Signal(str)
    restored = Signal()

    def __init__(
        self,
        own: OwnSettings,
        *,
        name: str,
        extension: str,
        answer_keys: tuple[tuple[str, str], ...],
        is_front_desk: bool,
    ) -> None:
        super().__init__()
        self.setObjectName("page")
        self._own, self._extension, self._name = own, extension, name
        self._is_front_desk = is_front_desk
        self.sections = SectionList(_sections())
        self.key_test = KeyTestCard()
        self.theme = Segments(
            [("light", say("Clair")), ("dark", say("Sombre")), ("system", say("Système"))], is_small=True
        )
        self.mini = Segments([("yes", say("Mini fenêtre")), ("no", say("Rien"))], is_small=True)
        self.answer = Select(say("Répondre depuis partout"), answer_keys) if answer_keys else None
        self.discreet = Segments(
            [("yes", say("après 60\u00a0s")), ("no", say("à la demande"))], is_small=True
        )
        can_lock = own.lock_after is not None and not own.is_lock_set
        self.lock = Select(say("Verrouillage"), _lock_choices()) if can_lock else None
        self.language = Segments([("fr", "Français"), ("en", "English")], is_small=True)
        self.restore = Button(say("Rétablir"))
        self._queues = Text("", Role.SMALL, weight=500)
        self.cards = self._make_cards()
        self._columns = row(spacing=16)
        self.setLayout(self._page())
        self._name_choices()
        self._connect()
        self._order()
        self.show_queues(())
        self._show()

    def show_queues(self, states: tuple[OwnState, ...]) -> None:
        """The queues of this desk, as the exchange told them."""
        names = ", ".join(one.queue_name for one in states)
        self._queues.setText(names or say("Aucune"))

    def show_answer_key(self, value: str) -> None:
        """Which key answers from another program."""
        if self.answer is not None:
            self.answer.choose(value)
        self._show()

    def take_keyboard(self) -> None:
        """A person came to the page: the arrows move in its list."""
        self.sections.first.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two columns where there is room."""
        super().resizeEvent(event)
        fold(self._columns, width=self.width())

    def _page(self) -> QHBoxLayout:
        across = row(spacing=16)
        across.addWidget(self.sections)
        for keys in ((DESK, KEYS, LOOK), (NOTICES, PRIVACY, LANGUAGE)):
            cards = column(spacing=16)
            for key in keys:
                if key in self.cards:
                    cards.addWidget(self.cards[key])
            cards.addStretch(1)
            self._columns.addLayout(cards, 1)
        across.addWidget(scrolled(self._columns), 1)
        page = column(spacing=16, margins=(20, 20, 20, 20))
        page.addLayout(self._head())
        page.addLayout(across, 1)
        whole = row(spacing=0)
        whole.addLayout(page)
        return whole

    def _head(self) -> QHBoxLayout:
        words = column()
        words.addWidget(Text(say("Réglages"), Role.TITLE))
        words.addWidget(Text(self._who(), tone="secondary"))
        head = row(spacing=12)
        head.addLayout(words, 1)
        saved = row(spacing=6)
        saved.addWidget(Icon("check", 14, "text.tertiary"))
        saved.addWidget(Text(say("Enregistrés au fur et à mesure"), Role.SMALL, "tertiary"))
        head.addLayout(saved)
        head.addWidget(self.restore)
        return head

    def _who(self) -> str:
        return f"{_desk_words(self._extension)}, {self._name}" if self._extension else self._name

    def _make_cards(self) -> dict[str, Card]:
        cards = {
            DESK: self._desk_card(),
            KEYS: self.key_test,
            LOOK: settings_card(say("Thème"), setting(say("Couleurs de la console"), "", self.theme)),
            NOTICES: settings_card(say("Notifications"), *self._notice_lines()),
            LANGUAGE: settings_card(
                say("Langue"),
                setting(
                    say("Langue de la console"), say("Au prochain démarrage de la console"), self.language
                ),
            ),
        }
        hidden = setting(say("Écran discret"), say("Noms masqués sans activité"), self.discreet)
        locks = [] if self._own.lock_after is None else [self._lock_line()]
        cards[PRIVACY] = settings_card(say("Confidentialité"), hidden, *locks)
        return cards

    def _desk_card(self) -> Card:
        extension = Text(self._extension or say("Aucun"), Role.SMALL, weight=500)
        return settings_card(
            say("Ce poste"),
            setting(
                say("Poste téléphonique"),
                say("Posé par l’administrateur"),
                extension,
                ruled_by_the_house(),
            ),
            setting(say("Files"), say("Posées par le cadre"), self._queues, ruled_by_the_house()),
        )

    def _notice_lines(self) -> list[QWidget]:
        lines: list[QWidget] = [setting(say("Autre logiciel au premier plan"), "", self.mini)]
        if self.answer is not None:
            note = say("Touche entendue de tous les logiciels")
            lines.append(setting(say("Répondre depuis partout"), note, self.answer))
        return lines

    def _lock_line(self) -> QWidget:
        note = say("1 à 15\u00a0min, l’appel continue")
        if self.lock is not None:
            return setting(say("Verrouillage"), note, self.lock)
        words = Text(_lock_words(_minutes(self._own)), Role.SMALL, weight=500)
        return setting(say("Verrouillage"), note, words, ruled_by_the_house())

    def _name_choices(self) -> None:
        self.theme.setAccessibleName(say("Thème"))
        self.mini.setAccessibleName(say("Autre logiciel au premier plan"))
        self.language.setAccessibleName(say("Langue de la console"))
        self.discreet.setAccessibleName(say("Écran discret"))

    def _connect(self) -> None:
        own = self._own
        self.sections.chosen.connect(self._go_to)
        self.key_test.caps.read_one.connect(self._show)
        self.theme.chosen.connect(own.choose_theme)
        self.mini.chosen.connect(self._let_mini_come)
        self.discreet.chosen.connect(own.choose_discreet)
        if self.lock is not None:
            self.lock.chosen.connect(own.choose_lock)
        self.language.chosen.connect(own.choose_language)
        if self.answer is not None:
            self.answer.chosen.connect(self.answer_chosen)
        self.restore.clicked.connect(self._restore)
        own.changed.connect(self._show)

    def _let_mini_come(self, value: str) -> None:
        self._own.let_mini_come(is_coming=value == "yes")

    def _restore(self) -> None:
        self._own.restore()
        self.restored.emit()

    def _order(self) -> None:
        """The list, then the choices as they are read, then « Rétablir »."""
        every = (
            self.sections.first,
            self.key_test.caps,
            self.theme.chosen_one,
            self.mini.chosen_one,
            self.answer,
            self.discreet.chosen_one,
            self.lock,
            self.language.chosen_one,
            self.restore,
        )
        for one, other in pairwise(stop for stop in every if stop is not None):
            QWidget.setTabOrder(one, other)

    def _choices(self) -> dict[str, QWidget]:
        """What takes the keyboard in each card, first to last; the desk's own has nothing to choose."""
        choices: dict[str, QWidget] = {KEYS: self.key_test.caps, LOOK: self.theme.chosen_one}
        choices |= {NOTICES: self.mini.chosen_one, PRIVACY: self.discreet.chosen_one}
        return choices | {LANGUAGE: self.language.chosen_one}

    def _go_to(self, key: str) -> None:
        choice = self._choices().get(key)
        if choice is not None:
            choice.setFocus()

    def _show(self) -> None:
        own = self._own
        self.theme.choose(own.theme)
        self.mini.choose("yes" if own.is_mini_coming else "no")
        language = own.language or tongue.language
        self.language.choose(language)
        self.discreet.choose("yes" if own.hides_names_alone(is_front_desk=self._is_front_desk) else "no")
        if self.lock is not None:
            self.lock.choose(str(_minutes(own)))
        says = self.sections.say
        says(PRIVACY, say("Écran discret") if own.lock_after is None else say("Écran discret, verrouillage"))
        says(DESK, _desk_words(self._extension) if self._extension else say("Aucun poste téléphonique"))
        says(KEYS, read_words(len(self.key_test.caps.read)))
        says(NOTICES, say("Mini fenêtre") if own.is_mini_coming else say("Rien"))
        says(LOOK, {"light": say("Clair"), "dark": say("Sombre")}.get(own.theme, say("Système")))
        says(LANGUAGE, "Français" if language == "fr" else "English")


def _sections() -> tuple[Section, ...]:
    return (
        Section(DESK, say("Ce poste"), "monitor"),
        Section(KEYS, say("Clavier"), "keyboard"),
        Section(NOTICES, say("Notifications"), "bell"),
        Section(LOOK, say("Thème"), "type"),
        Section(PRIVACY, say("Confidentialité"), "shield"),
        Section(LANGUAGE, say("Langue"), "languages"),
    )


def _desk_words(extension: str) -> str:
    return say("Poste {extension}").format(extension=extension)


def _minutes(own: OwnSettings) -> int:
    return round(own.lock_after.total_seconds() / 60) if own.lock_after is not None else 0


def _lock_choices() -> tuple[tuple[str, str], ...]:
    return tuple((minutes, _lock_words(int(minutes))) for minutes in LOCKS)


def _lock_words(minutes: int) -> str:
    return say("après {count}\u00a0min").format(count=minutes)
