"""What was done or refused, told at the bottom right of the page without taking the keyboard."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.domain.errors import Refusal
from ui.refusal_words import refusal_words
from ui.translate import say
from ui.widgets.toast import Toast
from ui.wording import motive_label


class Notices(QObject):
    """One toast for the whole window; `undo_asked` carries the id of the save to take back."""

    undo_asked = Signal(str)

    def __init__(self, host: QWidget, *, beside: QWidget) -> None:
        super().__init__()
        self._undo: Callable[[], None] = _nothing
        self.toast = Toast(host, undo=say("Annuler", "défaire"), beside=beside)
        self.toast.undone.connect(self._undo_last)

    def tell_saved(self, motive: str, log: str) -> None:
        """A call was qualified; the save can be taken back by its id."""
        words = say("Appel qualifié, {motive}").format(motive=motive_label(motive))
        self.tell(words, partial(self.undo_asked.emit, log))

    def tell(self, words: str, undo: Callable[[], None] | None = None) -> None:
        """Something was done; `undo` takes it back, where it can be."""
        self._undo = undo or _nothing
        self.toast.say(words, can_undo=undo is not None)

    def take_back(self) -> None:
        """« Annuler », while it is on the screen (Ctrl+Z)."""
        if not self.toast.take_back():
            self.warn(say("Rien à annuler."))

    def _undo_last(self) -> None:
        self._undo()

    def refuse(self, refusal: Refusal) -> None:
        """A rule said no."""
        self.warn(refusal_words(refusal.code))

    def warn(self, words: str) -> None:
        """Say what a person should know now."""
        self.toast.warn(words)

    def remark(self, words: str) -> None:
        """Say what no act of this person gave rise to, once the answer to their last one was read."""
        self.toast.remark(words)


def _nothing() -> None:
    """Nothing was done yet."""
