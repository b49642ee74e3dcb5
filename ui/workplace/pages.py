"""Which page is shown: what each place of the rail opens, made at once or at its first use."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ui.main_window import MainWindow
from ui.places import pages_to_come
from ui.widgets.rail import Rail


class Pages(QObject):
    """Every place opens a page; one that is not built yet opens a sentence. `gone` tells to which place."""

    gone = Signal(str)

    def __init__(self, window: MainWindow, rail: Rail) -> None:
        super().__init__()
        self._window = window
        self._rail = rail
        self.here, self._before = "", ""
        self._opens: dict[str, Callable[[], QWidget]] = {}
        for place, page in pages_to_come().items():
            self.put(place, page)

    def put(self, place: str, page: QWidget) -> None:
        """This page is what the place opens from now on."""
        self._window.add_page(page)
        self._opens[place] = lambda: page

    def put_over(self, place: str, page: QWidget, *, when: Callable[[], bool]) -> None:
        """This page comes before the one of the place, when there is something to show on it."""
        under = self._opens[place]
        self._window.add_page(page)
        self._opens[place] = lambda: page if when() else under()

    def put_at_first_use(self, place: str, make: Callable[[], QWidget]) -> None:
        """This page is made when the place is opened for the first time."""

        def make_and_put() -> QWidget:
            page = make()
            self.put(place, page)
            return page

        self._opens[place] = make_and_put

    def go(self, place: str) -> None:
        """Show a place's page, and the place in the rail; a place that the rail does not have stays shut."""
        if not self._rail.has(place):
            return
        if place != self.here:
            self.here, self._before = place, self.here
        self._rail.choose(place)
        self._window.show_page(self._opens[place]())
        self.gone.emit(place)

    @property
    def before(self) -> str:
        """The place where one was before this one, or nothing."""
        return self._before
