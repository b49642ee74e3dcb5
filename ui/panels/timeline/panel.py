"""The card of the history: its count, its filters and its rows."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial

import msgspec
from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QMenu, QWidget

from app.domain.commands import JoinCase
from app.domain.words import Channel
from app.queries.timeline import Timeline
from ui.panels.timeline.joining import ways_to_join
from ui.panels.timeline.model import TimelineModel
from ui.panels.timeline.rows import Filter, Row, channels_of, filtered, rows_of
from ui.panels.timeline.view import TimelineView
from ui.panels.timeline.words import contacts
from ui.theme import Role
from ui.translate import say
from ui.widgets.button import Button, Link
from ui.widgets.card import Card, column
from ui.widgets.text import Text
from ui.wording import channel_word


class TimelinePanel(Card):
    """Shows a `Timeline`; `case_wanted` carries the demand a person wants to open.

    `join_wanted` carries the `JoinCase` that a person chose, and the title of the demand joined.
    """

    case_wanted = Signal(str)
    join_wanted = Signal(object, str)

    def __init__(self) -> None:
        super().__init__(say("Historique"))
        self._timeline: Timeline | None = None
        self._now: datetime | None = None
        self._filter = Filter()
        self._unfolded: dict[str, bool] = {}
        self._model = TimelineModel()
        self.count = Text("", Role.SMALL, "tertiary")
        self.channel = Button("", trailing="chevron-down", size="small")
        self.period = Button("", trailing="chevron-down", size="small")
        self.search = Button("", icon="search", size="small")
        self.search.setAccessibleName(say("Chercher dans l’historique"))
        self.search.setToolTip(say("Chercher dans l’historique, Ctrl+F"))
        self.words = QLineEdit()
        self.view = TimelineView(self._model)
        self.nothing = self._no_result()
        self._lay_out()
        self._listen()
        self._say_filters()

    def present(self, timeline: Timeline, now: datetime) -> None:
        """Show the history of one person at a time; folds and filters are of that person."""
        if self._timeline is None or timeline.person != self._timeline.person:
            self._filter, self._unfolded = Filter(), {}
            self._show_words(is_open=False)
            self._say_filters()
            self.view.scrollToTop()
        self._timeline, self._now = timeline, now
        self.count.setText(contacts(timeline.total))
        self._refresh()

    def _refresh(self) -> None:
        if self._timeline is None or self._now is None:
            return
        groups = filtered(self._timeline, self._filter, self._now)
        rows = rows_of(groups, self._now, unfolded=self._unfolded)
        self.view.show_rows(rows)
        is_empty = not rows
        self.nothing.setVisible(is_empty)
        self.view.setVisible(not is_empty)

    def _lay_out(self) -> None:
        self.header.addWidget(self.count)
        self.header.addStretch(1)
        for part in (self.words, self.channel, self.period, self.search):
            self.header.addWidget(part)
        self.search.setFixedWidth(28)
        self.words.setFixedWidth(180)
        self.words.setPlaceholderText(say("Un mot de l’historique"))
        self.words.setProperty("bare", "true")
        self.words.hide()
        self.body.addWidget(self.view, 1)
        self.body.addWidget(self.nothing, 1)

    def _listen(self) -> None:
        self.channel.clicked.connect(self._open_channels)
        self.period.clicked.connect(self._open_periods)
        self.search.clicked.connect(self._turn_search)
        self.words.textEdited.connect(self._to_words)
        self.view.case_wanted.connect(self.case_wanted)
        self.view.folded.connect(self._turn)
        self.view.join_wanted.connect(self._open_joining)
        find = QShortcut(QKeySequence("Ctrl+F"), self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self._open_search)

    def show_case(self, case: str) -> None:
        """Put the keyboard on a demand, unfolded; on the history when none is named."""
        if case and not self._model.is_unfolded(case):
            self._turn(case)
        self.view.go_to(case)
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _turn(self, case: str) -> None:
        self._unfolded[case] = not self._model.is_unfolded(case)
        self._refresh()
        self.view.go_to(case)

    def _open_channels(self) -> None:
        used = channels_of(self._timeline) if self._timeline is not None else ()
        acts = {say("Tous les canaux"): self._to_channel(None)}
        acts |= {channel_word(channel): self._to_channel(channel) for channel in used}
        self._open_menu(self.channel, acts)

    def _open_periods(self) -> None:
        acts = {
            _months(): lambda: self._to_period(whole=False),
            _whole(): lambda: self._to_period(whole=True),
        }
        self._open_menu(self.period, acts)

    def _open_joining(self, row: Row, at: QPoint) -> None:
        """The menu of what this row can be joined to (« Relier »); none when nothing else is open."""
        ways = [] if self._timeline is None else ways_to_join(self._timeline, row)
        if not ways:
            return
        menu = QMenu(self.view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for words, command in ways:
            menu.addAction(words, partial(self._join, command))
        menu.popup(at)

    def _join(self, command: JoinCase) -> None:
        groups = self._timeline.groups if self._timeline is not None else ()
        title = next((group.title for group in groups if group.case == command.case), "")
        self.join_wanted.emit(command, title)

    def _open_menu(self, button: Button, acts: Mapping[str, Callable[[], None]]) -> None:
        menu = QMenu(button)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for words, act in acts.items():
            menu.addAction(words, act)
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def _to_channel(self, channel: Channel | None) -> Callable[[], None]:
        return lambda: self._narrow(msgspec.structs.replace(self._filter, channel=channel))

    def _to_period(self, *, whole: bool) -> None:
        self._narrow(msgspec.structs.replace(self._filter, is_whole=whole))

    def _to_words(self, words: str) -> None:
        self._narrow(msgspec.structs.replace(self._filter, words=words.strip()))

    def widen(self) -> None:
        """Take the filters off."""
        self.words.clear()
        self._narrow(Filter(is_whole=True))

    def _narrow(self, wanted: Filter) -> None:
        self._filter = wanted
        self._say_filters()
        self._refresh()

    def _say_filters(self) -> None:
        channel = self._filter.channel
        self.channel.setText(channel_word(channel) if channel is not None else say("Tous les canaux"))
        self.period.setText(_whole() if self._filter.is_whole else _months())
        for button in (self.channel, self.period):
            button.setAccessibleName(button.text())
            button.updateGeometry()

    def _turn_search(self) -> None:
        self._show_words(is_open=self.words.isHidden())

    def _open_search(self) -> None:
        self._show_words(is_open=True)

    def _show_words(self, *, is_open: bool) -> None:
        self.words.setVisible(is_open)
        if is_open:
            self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif self.words.text():
            self.words.clear()
            self._to_words("")

    def _no_result(self) -> QWidget:
        lines = column(spacing=4, margins=(16, 16, 16, 16))
        lines.addWidget(Text(say("Aucun contact avec ces filtres."), Role.BODY, "secondary"))
        widen = Link(say("Enlever les filtres"))
        widen.clicked.connect(self.widen)
        lines.addWidget(widen)
        lines.addStretch(1)
        around = QWidget()
        around.setLayout(lines)
        around.hide()
        return around


def _months() -> str:
    return say("12\u00a0mois")


def _whole() -> str:
    return say("Tout")
