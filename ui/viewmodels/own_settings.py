"""What was chosen for this desk: kept for the account of the system, obeyed at once and after a restart."""

from datetime import timedelta

from PySide6.QtCore import QObject, QSettings, Signal

from ui.theme import Choice, theme
from ui.translate import Language

LOCKS = tuple(str(minutes) for minutes in range(1, 16))
"""After how many minutes a desk may lock (design 18)."""
_THEME, _MINI, _LOCK, _LANGUAGE = "look/theme", "mini/comes", "lock/minutes", "look/language"
_DISCREET = "privacy/discreet"


class OwnSettings(QObject):
    """`changed` tells that something else holds from now on.

    `shipped_theme` and `lock_after` hold where nothing was chosen. A lock that `is_lock_set` by the
    establishment is not chosen here, nor is one of a desk that never locks, whose `lock_after` is None.
    What is kept and is none of the choices counts for nothing.
    """

    changed = Signal()

    def __init__(
        self,
        *,
        shipped_theme: Choice = "system",
        lock_after: timedelta | None = None,
        is_lock_set: bool = False,
    ) -> None:
        super().__init__()
        self._kept = kept_file()
        self._shipped_theme: Choice = shipped_theme
        self._shipped_lock, self.is_lock_set = lock_after, is_lock_set

    @property
    def theme(self) -> Choice:
        """Always light, always dark, or as the desk is."""
        kept = self._kept.value(_THEME)
        match kept:
            case "system" | "light" | "dark":
                return kept
            case _:
                return self._shipped_theme

    @property
    def is_mini_coming(self) -> bool:
        """Whether the mini window comes at a ring while another program is in front."""
        return self._kept.value(_MINI) != "no"

    def hides_names_alone(self, *, is_front_desk: bool) -> bool:
        """Whether names go after a minute without anybody: at a front desk, unless it was chosen."""
        kept = self._kept.value(_DISCREET)
        return kept == "yes" if kept in ("yes", "no") else is_front_desk

    @property
    def lock_after(self) -> timedelta | None:
        """How long nobody is here before the desk locks; None where it never does."""
        kept = str(self._kept.value(_LOCK))
        if self.is_lock_set or self._shipped_lock is None or kept not in LOCKS:
            return self._shipped_lock
        return timedelta(minutes=int(kept))

    @property
    def language(self) -> Language | None:
        """What the console speaks from its next start on, if it was chosen."""
        return kept_language()

    def choose_theme(self, value: str) -> None:
        """Dress every window so from now on."""
        self._keep(_THEME, value)
        theme.choose(self.theme)

    def let_mini_come(self, *, is_coming: bool) -> None:
        """Show a ring over another program in the mini window, or not at all."""
        self._keep(_MINI, "yes" if is_coming else "no")

    def choose_discreet(self, value: str) -> None:
        """Hide the names after a minute without anybody, "yes", or only when asked, "no"."""
        self._keep(_DISCREET, value)

    def choose_lock(self, minutes: str) -> None:
        """Lock after so many of `LOCKS` without anybody."""
        self._keep(_LOCK, minutes)

    def choose_language(self, language: str) -> None:
        """Speak it from the next start on."""
        self._keep(_LANGUAGE, language)

    def restore(self) -> None:
        """As shipped, or as the installation sets it."""
        for name in (_THEME, _MINI, _LOCK, _LANGUAGE, _DISCREET):
            self._kept.remove(name)
        theme.choose(self.theme)
        self.changed.emit()

    def _keep(self, name: str, value: str) -> None:
        self._kept.setValue(name, value)
        self.changed.emit()


def kept_language() -> Language | None:
    """What was chosen here, known before there is any window."""
    kept = kept_file().value(_LANGUAGE)
    match kept:
        case "fr" | "en":
            return kept
        case _:
            return None


def kept_file() -> QSettings:
    """What this account of the system chose for its console, whoever sits here: nothing of a person."""
    return QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "Filrouge", "console")
