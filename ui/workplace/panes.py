"""F6 goes from pane to pane in the order of design 10.3, with a ring around the one that has the keyboard."""

from PySide6.QtCore import QObject, QPoint, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ui.main_window import MainWindow
from ui.screens.call import CallScreen
from ui.theme import theme
from ui.widgets.card import Card

_SAME_LINE = 24


class PaneRing(QWidget):
    """Two pixels around a pane, as long as the keyboard is in it; it takes no click and no key."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._pane: QWidget | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def put(self, pane: QWidget) -> None:
        """Draw it around this pane."""
        self._pane = pane
        self.setGeometry(pane.rect().translated(pane.mapTo(self.window(), QPoint())))
        self.show()
        self.raise_()

    def follow(self, now: QObject | None) -> None:
        """The keyboard went elsewhere: so does the ring."""
        if self._pane is not None and not (isinstance(now, QWidget) and _holds(self._pane, now)):
            self._pane = None
            self.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("focus.ring"), 2))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)


class Panes:
    """The panes that are seen now: those of the frame, then those of the page."""

    def __init__(self, window: MainWindow, frame: tuple[QWidget, ...]) -> None:
        self._window, self._frame = window, frame
        self.ring = PaneRing(window)
        window.windowHandle().focusObjectChanged.connect(self.ring.follow)

    def step(self, by: int) -> None:
        """Go to the next pane, or to the one before."""
        page = self._window.pages.currentWidget()
        every = (*self._frame, *(_panes_of(page) if page else ()))
        panes = [pane for pane in every if pane.isVisible()]
        here = self._window.keyboard_place()
        held = [at for at, pane in enumerate(panes) if here is not None and _holds(pane, here)]
        start = held[0] if held else (-1 if by > 0 else 0)
        pane = panes[(start + by) % len(panes)]
        (_first_in(pane) or pane).setFocus(Qt.FocusReason.OtherFocusReason)
        self.ring.put(pane)


def _panes_of(page: QWidget) -> list[QWidget]:
    if isinstance(page, CallScreen):
        inside = (page.band, page.chooser, page.warning, page.glance, page.timeline)
        return [*inside, page.candidates, page.search, page.side]
    cards: list[QWidget] = [card for card in page.findChildren(Card) if not _is_in_a_card(card)]
    places = {card: card.mapTo(page, QPoint()) for card in cards}
    return sorted(cards, key=lambda card: (places[card].y() // _SAME_LINE, places[card].x()))


def _holds(pane: QWidget, one: QWidget) -> bool:
    return one is pane or pane.isAncestorOf(one)


def _is_in_a_card(card: QWidget) -> bool:
    around = card.parentWidget()
    return around is not None and (isinstance(around, Card) or _is_in_a_card(around))


def _first_in(pane: QWidget) -> QWidget | None:
    """The first widget in it that Tab would reach."""
    by_tab = Qt.FocusPolicy.TabFocus.value
    fit = (one for one in pane.findChildren(QWidget) if one.focusPolicy().value & by_tab)
    return next((one for one in fit if one.isEnabled() and one.isVisibleTo(pane)), None)
