"""French first: every text a person reads passes here, so that another language can replace it."""

from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple, TypeAlias

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

import resources

Language: TypeAlias = Literal["fr", "en"]
CONTEXT = "filrouge"
CATALOGUES = Path(resources.__path__[0]) / "i18n"
_LOCALES: dict[Language, QLocale] = {
    "fr": QLocale(QLocale.Language.French, QLocale.Country.France),
    "en": QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom),
}


class Tongue:
    """The language of this process, as the catalogues are Qt's."""

    def __init__(self) -> None:
        self.language: Language = "fr"
        self._catalogues: list[QTranslator] = []

    def choose(self, app: QCoreApplication, language: Language) -> None:
        """Speak it from now on; what is already on the screen stays as it was said."""
        for spoken in self._catalogues:
            app.removeTranslator(spoken)
        self._catalogues = [
            *_read(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)),
            *_read(language, str(CATALOGUES)),
        ]
        for spoken in self._catalogues:
            app.installTranslator(spoken)
        QLocale.setDefault(_LOCALES[language])
        self.language = language


class Named(NamedTuple):
    """The name of an act: as it is shown, and in each language, for it is looked for in both."""

    shown: str
    french: str
    english: str


tongue = Tongue()
"""The one language of this process, as its translators are Qt's."""


def say(french: str, sense: str = "") -> str:
    """The text in the language of the desk; placeholders are filled by the caller.

    `sense` tells apart two texts that French writes the same and another language doesn't.
    """
    return QCoreApplication.translate(CONTEXT, french, sense or None)


def named(french: str) -> Named:
    """The name of an act, in the language of the desk and in both."""
    english = _english().translate(CONTEXT, french) or french
    return Named(QCoreApplication.translate(CONTEXT, french), french, english)


def counted(count: int, *, one: str, many: str) -> str:
    """A text with its `{count}`, singular or plural as the language wants it: « 0 appel », “0 calls”."""
    is_one = abs(count) < 2 if tongue.language == "fr" else count == 1
    return (one if is_one else many).format(count=count)


@cache
def _english() -> QTranslator:
    """English beside what is spoken; it is not installed."""
    catalogue = QTranslator()
    catalogue.load("en", str(CATALOGUES))
    return catalogue


def _read(name: str, folder: str) -> list[QTranslator]:
    """The catalogue, if there is one: French itself needs none of ours."""
    catalogue = QTranslator()
    return [catalogue] if catalogue.load(name, folder) else []
