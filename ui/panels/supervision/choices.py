"""What a supervisor chooses to see: some queues or every one, and a part of today."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from app.domain.periods import Period
from app.queries.board import Chosen
from ui.translate import say
from ui.widgets.button import Button


def period_word(period: Period) -> str:
    """« Aujourd’hui », « Dernière heure », « Ce matin », « Cet après-midi »."""
    return {
        Period.TODAY: say("Aujourd’hui"),
        Period.LAST_HOUR: say("Dernière heure"),
        Period.MORNING: say("Ce matin"),
        Period.AFTERNOON: say("Cet après-midi"),
    }[period]


class _Choice(Button):
    """Says what is chosen, and opens the list of what may be."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(trailing="chevron-down", parent=parent)
        self.clicked.connect(self._pop)

    def offer(self) -> QMenu:
        """The list, what is chosen ticked."""
        raise NotImplementedError

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _show(self, words: str) -> None:
        self.setText(words)
        self.setAccessibleName(words)

    def _pop(self) -> None:
        self.offer().popup(self.mapToGlobal(self.rect().bottomLeft()))


class QueueChoice(_Choice):
    """« Toutes les files »: ticking one shows it alone, ticking others adds them."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._choices: tuple[tuple[str, str], ...] = ()
        self._queues: frozenset[str] = frozenset()
        self.present((), Chosen())

    def present(self, choices: tuple[tuple[str, str], ...], chosen: Chosen) -> None:
        """Say which of these queues, pairs of an id and a name, are shown."""
        self._choices, self._queues = choices, chosen.queues
        names = [name for queue, name in choices if queue in chosen.queues]
        if not names:
            self._show(say("Toutes les files"))
        elif len(names) == 1:
            self._show(names[0])
        else:
            self._show(say("{count}\u00a0files").format(count=len(names)))

    def offer(self) -> QMenu:
        """Every queue, then each."""
        menu = self._menu()
        self._add(menu, say("Toutes les files"), frozenset(), is_ticked=not self._queues)
        menu.addSeparator()
        for queue, name in self._choices:
            self._add(menu, name, self._queues ^ {queue}, is_ticked=queue in self._queues)
        return menu

    def _add(self, menu: QMenu, words: str, queues: frozenset[str], *, is_ticked: bool) -> None:
        everything = len(queues) == len(self._choices)
        act = menu.addAction(words, lambda: self.chosen.emit(frozenset() if everything else queues))
        act.setCheckable(True)
        act.setChecked(is_ticked)


class PeriodChoice(_Choice):
    """« Aujourd’hui », or a part of it."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._period = Period.TODAY
        self.present(Chosen())

    def present(self, chosen: Chosen) -> None:
        """Say of what part of today the figures are."""
        self._period = chosen.period
        self._show(period_word(chosen.period))

    def offer(self) -> QMenu:
        """The four."""
        menu = self._menu()
        for period in Period:
            act = menu.addAction(period_word(period), lambda period=period: self.chosen.emit(period))
            act.setCheckable(True)
            act.setChecked(period is self._period)
        return menu
