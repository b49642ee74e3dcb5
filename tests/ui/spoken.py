"""Another language for the time of a test."""

from collections.abc import Generator
from contextlib import contextmanager

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from ui.translate import Language, tongue


@contextmanager
def speaking(app: QApplication, language: Language) -> Generator[None]:
    """Speak it, then French again."""
    before = QLocale()
    tongue.choose(app, language)
    yield
    tongue.choose(app, "fr")
    QLocale.setDefault(before)
