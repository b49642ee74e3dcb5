"""The bar under the top bar while the server is away (mock-up 09b)."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QWidget

from ui.theme import theme
from ui.translate import say
from ui.viewmodels.sending import SendingPage
from ui.widgets.button import Button
from ui.widgets.card import row
from ui.widgets.icon import Icon
from ui.widgets.tag import Tag
from ui.widgets.text import Elided, Text
from ui.wording import clock

HEIGHT = 48


class OfflineBar(QFrame):
    """Hidden while the server is heard; it takes no key and moves nothing but the page below it."""

    look_asked = Signal()
    again_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEIGHT)
        self._since = Text("", tone="warning", weight=600)
        self._words = Elided(
            say("Continuez à qualifier\u00a0: vos saisies sont gardées ici, chiffrées."), tone="warning"
        )
        self._waiting = Tag("", icon="cloud-upload", kind="onwarning")
        self.look = Button(say("Voir les envois"), size="small")
        self.again = Button(say("Réessayer"), icon="refresh-cw", size="small")
        line = row(spacing=10, margins=(20, 0, 20, 0))
        line.addWidget(Icon("cloud-off", 18, "warning.text"))
        line.addWidget(self._since)
        line.addWidget(self._words, 1)
        for part in (self._waiting, self.look, self.again):
            line.addWidget(part)
        self.setLayout(line)
        for button, signal in ((self.look, self.look_asked), (self.again, self.again_asked)):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(signal)
        self.hide()

    def present(self, page: SendingPage) -> None:
        """Say since when, and how much waits."""
        if page.offline_since is not None:
            self._since.setText(say("Hors ligne depuis {at}.").format(at=clock(page.offline_since)))
        count = len(page.waiting)
        waiting = say("{count}\u00a0en attente").format(count=count)
        self._waiting.setVisible(bool(count))
        self._waiting.say(waiting, icon="cloud-upload", kind="onwarning")
        self.setVisible(page.offline_since is not None)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """An amber band, with its line below."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("warning.soft"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.blend("warning.base", share=0.35))
