"""The frame: rail, top bar, call strip, page and side panel. It knows nothing of hospitals."""

from PySide6.QtCore import QCoreApplication, QEvent, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget

from ui.widgets.card import column, row
from ui.widgets.rail import Rail

WIDE_FROM = 1366
LAYOUT_ROUNDS = 2


class MainWindow(QMainWindow):
    """Holds what it is given in its places; `closed` when a person closes it."""

    closed = Signal()

    def __init__(self, *, title: str, rail: Rail, top_bar: QWidget) -> None:
        super().__init__()
        self.setWindowTitle(title)
        self.setMinimumSize(1024, 640)
        self.stand_in: QWidget | None = None
        """What stands in its place while nothing of it may be seen: the lock."""
        self.rail = rail
        self.pages = QStackedWidget()
        self._bar = row(spacing=0)
        self._strip = row(spacing=0)
        self._main = column()
        self.top_bar = top_bar
        self._main.addWidget(top_bar)
        self._main.addLayout(self._bar)
        self._main.addLayout(self._strip)
        self._main.addWidget(self.pages, 1)
        frame = QWidget()
        self._frame = frame
        frame.setObjectName("page")
        across = row(spacing=0)
        across.addWidget(rail)
        across.addLayout(self._main, 1)
        frame.setLayout(across)
        self.setCentralWidget(frame)

    @property
    def frame(self) -> QWidget:
        """All that it holds: what may be covered."""
        return self._frame

    def set_banner(self, banner: QWidget) -> None:
        """Place what may stand for the top bar, as high as it, hidden."""
        banner.hide()
        self._main.insertWidget(0, banner)
        self._banner = banner

    def show_banner(self, *, is_shown: bool) -> None:
        """The banner or the top bar, never both: nothing below moves."""
        self.top_bar.setVisible(not is_shown)
        self._banner.setVisible(is_shown)
        self._banner.raise_()

    def set_bar(self, bar: QWidget) -> None:
        """Place what says that something is wrong with the wire, which shows and hides itself."""
        self._bar.addWidget(bar)

    def copy(self, words: str) -> None:
        """Put words where a person can paste them elsewhere."""
        QApplication.clipboard().setText(words)

    def set_strip(self, strip: QWidget) -> None:
        """Place the call strip, which shows and hides itself."""
        self._strip.addWidget(strip)

    def add_page(self, page: QWidget) -> None:
        """Place a page, not shown yet."""
        self.pages.addWidget(page)

    def show_page(self, page: QWidget) -> None:
        """Show a page without touching the keyboard's focus elsewhere."""
        self.pages.setCurrentWidget(page)

    def lay_out(self) -> None:
        """Give everything its place now.

        Qt answers a layout's request to its parent after the painting that already waits: the page
        would be painted once askew, then a second time. What a round asks of the floor above is
        answered by the next one.
        """
        for _ in range(LAYOUT_ROUNDS):
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)

    def is_behind(self) -> bool:
        """Whether another program is in front, or the window put away."""
        front = self._front()
        return front.isVisible() and (front.isMinimized() or QApplication.activeWindow() is None)

    def bring_back(self) -> None:
        """In front again: only when a person asks for it."""
        front = self._front()
        if front.isMinimized():
            front.showNormal()
        front.raise_()
        front.activateWindow()

    def point(self) -> None:
        """Have the desktop point at it, wherever the keyboard is."""
        QApplication.alert(self._front())

    def _front(self) -> QWidget:
        return self.stand_in or self

    def toggle_full_screen(self) -> None:
        """The whole screen, or a window again."""
        self.showNormal() if self.isFullScreen() else self.showFullScreen()

    def keyboard_place(self) -> QWidget | None:
        """The widget that has this window's keyboard, if any (Qt's stub forgets that none may)."""
        return self.focusWidget()

    def give_keyboard_back(self) -> None:
        """Put the keyboard where it was last on the page that is shown."""
        field = _last_field(self.pages)
        if field is not None:
            field.setFocus()

    def rest_focus(self) -> None:
        """Put the keyboard on the frame: on nothing that a key could trigger."""
        self._frame.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words beside the icons from 1366 pixels."""
        super().resizeEvent(event)
        self.rail.set_wide(is_wide=self.width() >= WIDE_FROM)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Say that the window goes."""
        super().closeEvent(event)
        self.closed.emit()


def _last_field(pages: QStackedWidget) -> QWidget | None:
    """Qt remembers, page by page, which had the keyboard (its stub forgets that none may)."""
    page = pages.currentWidget()
    return None if page is None else page.focusWidget()
