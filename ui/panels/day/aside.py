"""« Files en direct », « Consignes du jour » and « Attendus au guichet »."""

from datetime import datetime, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView

from app.domain.identity import age
from app.domain.words import NoticeTopic
from app.queries.board import QueueTile
from app.queries.day import Arrival
from app.queries.notices import Notice
from ui.discretion import called
from ui.link_words import dated_words, nothing_left
from ui.theme import Role
from ui.translate import say
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.row_list import Cell, ListRow, Mark, RowList
from ui.widgets.tag import TagKind
from ui.widgets.text import Text
from ui.wording import clock, local, percent, short_name, short_wait, short_when, since_words

WIDTH = 368
_LINE = 48
_QUEUES = 3
_NOTICES, _NOTICE = 220, 57
_TARGET = 0.80
_ADULT = 18


class QueueCard(Card):
    """The desk's own queues, three seen."""

    def __init__(self) -> None:
        super().__init__(say("Files en direct"), header=48)
        self.setFixedHeight(48 + _QUEUES * _LINE + 2)
        self._since = Text("", Role.CAPTION, "tertiary", weight=400)
        self.header.addStretch(1)
        self.header.addWidget(self._since)
        self.list = RowList(name=say("Files en direct"), gap=0, is_preselected=False)
        self.body.addWidget(self.list, 1)

    def present(
        self, tiles: tuple[QueueTile, ...], read_at: datetime, now: datetime, *, dated_at: datetime | None
    ) -> None:
        """Each queue now, or as it was at `dated_at`, since when the server is away."""
        live = say("il y a {span}").format(span=since_words(read_at, now))
        self._since.setText(live if dated_at is None else dated_words(dated_at))
        self.list.present(tuple(_queue(tile, now) for tile in tiles))


class NoticeCard(Card):
    """What the supervisor tells the desks, three at most; `chosen` carries one that may be changed."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__(say("Consignes du jour"), header=48)
        self.setFixedHeight(_NOTICES)
        self._by = Text("", Role.CAPTION, "tertiary", weight=400)
        self.header.addStretch(1)
        self.header.addWidget(self._by)
        self.write = Button(icon="plus", kind="ghost", size="small")
        self.write.setAccessibleName(say("Écrire une consigne"))
        self.write.setToolTip(say("Écrire une consigne"))
        self.write.hide()
        self.header.addWidget(self.write)
        self._notices: tuple[Notice, ...] = ()
        self.list = RowList(name=say("Consignes du jour"), is_preselected=False)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._empty = Text(say("Aucune consigne aujourd’hui."), Role.SMALL, "tertiary")
        self._empty.setContentsMargins(16, 16, 16, 0)
        self.body.addWidget(self._empty)
        self.body.addWidget(self.list, 1)

    def allow_writing(self) -> None:
        """Whoever sits here may tell and change them."""
        self.write.show()
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.opened.connect(self.chosen)

    def notice(self, key: str) -> Notice | None:
        """One that is shown."""
        return next((one for one in self._notices if one.notice == key), None)

    def present(self, notices: tuple[Notice, ...], now: datetime) -> None:
        """What is told now, the newest first."""
        self._notices = notices
        by = next((one.by_name for one in notices if one.by_name), "")
        self._by.setText(say("Cadre\u00a0: {name}").format(name=short_name(by)) if by else "")
        self._empty.setVisible(not notices)
        self.list.setVisible(bool(notices))
        self.list.present(tuple(_notice(one, now) for one in notices))


class ArrivalCard(Card):
    """Who is expected today, the next first; `opened` carries the person who has come."""

    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__(say("Attendus au guichet"), header=48)
        self._count = Text("", Role.CAPTION, "tertiary", weight=400)
        self.header.addStretch(1)
        self.header.addWidget(self._count)
        self.list = RowList(name=say("Attendus au guichet"), is_preselected=False)
        self.list.opened.connect(self._open)
        self._persons: dict[str, str] = {}
        self._empty = Text("", Role.SMALL, "tertiary")
        self._empty.setContentsMargins(16, 16, 16, 0)
        self._empty.hide()
        self.body.addWidget(self._empty)
        self.body.addWidget(self.list, 1)

    def present(self, arrivals: tuple[Arrival, ...], now: datetime, *, is_known: bool) -> None:
        """Those who have not come yet; unless `is_known`, that there is none says nothing."""
        self._empty.setText(say("Personne n’est plus attendu aujourd’hui.") if is_known else nothing_left())
        self._persons = {one.appointment: one.person for one in arrivals}
        self._count.setText(say("{count} à venir").format(count=len(arrivals)) if arrivals else "")
        self._empty.setVisible(not arrivals)
        self.list.setVisible(bool(arrivals))
        self.list.present(tuple(_arrival(one, now) for one in arrivals))

    def _open(self, appointment: str) -> None:
        self.opened.emit(self._persons[appointment])


def _notice(one: Notice, now: datetime) -> ListRow:
    icon, kind = _SIGNS[one.topic]
    until = say("Fin\u00a0: {at}").format(at=short_when(one.ends_at, now))
    whole = (one.title, one.text, until)
    return ListRow(
        key=one.notice,
        height=_NOTICE,
        spoken=", ".join(filter(None, whole)),
        hint="\n".join(filter(None, whole)),
        cells=(
            Cell(icon=icon, icon_kind=kind, width=28),
            Cell(words=one.title, below=one.text, weight=500),
        ),
    )


_SIGNS: dict[NoticeTopic, tuple[str, TagKind]] = {
    NoticeTopic.GENERAL: ("info", "neutral"),
    NoticeTopic.ABSENCE: ("stethoscope", "neutral"),
    NoticeTopic.DELAY: ("triangle-alert", "warning"),
    NoticeTopic.PLACE: ("building-2", "neutral"),
}


def _queue(tile: QueueTile, now: datetime) -> ListRow:
    longest = timedelta() if tile.longest_since is None else now - tile.longest_since
    level = tile.service_level.value
    is_low = level is not None and level < _TARGET
    goal = say("objectif 80 %") if is_low else say("sous 20 s")
    ink = "warning.text" if is_low else "text.primary"
    return ListRow(
        key=tile.queue,
        height=_LINE,
        cells=(
            Cell(
                words=tile.name,
                below=say("plus longue attente {wait}").format(wait=short_wait(longest)),
                weight=500,
                below_role=Role.CAPTION,
                below_ink="text.tertiary",
            ),
            _count(str(tile.waiting), say("en attente"), 64),
            _count(percent(level), goal, 96, ink=ink, below_ink=ink if is_low else ""),
        ),
    )


def _count(words: str, below: str, width: int, *, ink: str = "", below_ink: str = "") -> Cell:
    return Cell(
        words=words,
        below=below,
        width=width,
        role=Role.FIGURE,
        weight=600,
        ink=ink or "text.primary",
        below_role=Role.CAPTION,
        below_ink=below_ink or "text.tertiary",
        is_right=True,
    )


def _arrival(one: Arrival, now: datetime) -> ListRow:
    years = age(one.birth_date, local(now).date())
    is_minor = years is not None and (years.unit != "years" or years.count < _ADULT)
    what = f"{one.title}, {say('avec un parent')}" if is_minor else f"{one.title} {one.clinician}"
    missing = say("Manque\u00a0: {what}").format(what=one.missing) if one.missing else ""
    return ListRow(
        key=one.appointment,
        height=_LINE,
        hint=missing,
        cells=(
            Cell(words=clock(one.at), width=40, role=Role.SMALL, ink="text.secondary"),
            Cell(words=called(one.birth_name, one.first_given_name), below=what, weight=500),
            Cell(mark=_expected(one), width=-1),
        ),
    )


def _expected(one: Arrival) -> Mark:
    if one.missing:
        return Mark(say("Pièce manquante"), "file-text", "warning")
    return Mark(say("Attendu"), "clock")
