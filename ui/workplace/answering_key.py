"""The key that answers from another program (design 10.1), heard while somebody sits here."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from ui.system_keys import Hear, HeardKey, KeyNotTaken
from ui.system_keys.named import function_key
from ui.translate import say
from ui.viewmodels.key_map import cap
from ui.viewmodels.own_settings import kept_file

USUAL = "Ctrl+Shift+F3"
OFFERED = (USUAL, "Ctrl+Shift+F6", "Ctrl+Shift+F9", "Ctrl+Shift+F12")
_KEPT = "keys/answer"


class AnsweringKey(QObject):
    """`listen` while somebody sits here; `changed` tells the key that answers now, empty when none does.

    Which one is kept for the account of the system, as where the mini window was put. A desktop that
    lets nobody hear a key has None for `hear`: nothing is offered there.
    """

    changed = Signal(str)

    def __init__(
        self, hear: Hear | None, *, pressed: Callable[[], None], warn: Callable[[str], None]
    ) -> None:
        super().__init__()
        self._hear, self._pressed, self._warn = hear, pressed, warn
        self._kept = kept_file()
        self._heard: HeardKey | None = None
        self.name = ""
        """The key that answers, as Qt writes it; empty while none does."""

    def listen(self) -> None:
        """Take the key chosen here; one that another program has is said, and nothing else stops."""
        key = function_key(self.chosen)
        if self._heard is not None or self._hear is None or key is None:
            return
        try:
            self._heard = self._hear(key, self._pressed)
        except KeyNotTaken as refused:
            self._warn(_refused_words(key.name, is_taken=refused.is_taken))
            return
        self._tell(key.name)

    def stop(self) -> None:
        """Give the key back to the other programs."""
        heard, self._heard = self._heard, None
        if heard is not None:
            heard.close()
            self._tell("")

    def choose(self, name: str) -> None:
        """Answer with another key from now on, or with none."""
        self._kept.setValue(_KEPT, name)
        self.stop()
        self.listen()

    def menu(self, parent: QWidget) -> QMenu | None:
        """The choice, as it stands; None where no key is heard from another program."""
        if self._hear is None:
            return None
        menu = QMenu(say("Répondre depuis un autre logiciel"), parent)
        one_of = QActionGroup(menu)
        for name, words in self.choices():
            choice = menu.addAction(words)
            choice.setCheckable(True)
            choice.setChecked(name == self.chosen)
            choice.triggered.connect(lambda _=False, name=name: self.choose(name))
            one_of.addAction(choice)
        return menu

    def choices(self) -> tuple[tuple[str, str], ...]:
        """The keys that are offered and « Aucune touche », with their words; none where no key is heard."""
        if self._hear is None:
            return ()
        return (*((name, cap(name)) for name in OFFERED), ("", say("Aucune touche")))

    @property
    def chosen(self) -> str:
        """The key chosen here, whether it is heard now or not; empty for none."""
        kept = self._kept.value(_KEPT, USUAL)
        return kept if kept in (*OFFERED, "") else USUAL

    def _tell(self, name: str) -> None:
        self.name = name
        self.changed.emit(name)


def _refused_words(name: str, *, is_taken: bool) -> str:
    if is_taken:
        words = say(
            "Un autre logiciel se sert déjà de {key}\u00a0: elle ne répondra pas d’ici. "
            "Une autre se choisit sous votre nom, en bas à gauche."
        )
    else:
        words = say("Ce poste ne laisse pas entendre {key} depuis un autre logiciel.")
    return words.format(key=cap(name))
