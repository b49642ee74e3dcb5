"""Beside the list: what is needed to act on the chosen task, and the acts."""

from collections.abc import Callable
from datetime import datetime
from html import escape

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QMenu, QSizePolicy, QVBoxLayout, QWidget

from app.domain.phone import display
from app.domain.words import Reach
from app.queries.task_detail import TaskDetail
from app.queries.tasks import DemandTask, DoneTask, PromiseTask, UntracedTask
from app.queries.timeline import TimelineEntry
from ui.contact_words import entry_text, entry_title
from ui.discretion import altered, discretion, filled, in_dots, joined
from ui.task_words import (
    born_of,
    done_words,
    lasted_words,
    late_words,
    name_of,
    since_words,
    what_of,
)
from ui.theme import Role
from ui.translate import say
from ui.viewmodels.task_page import Task, TaskPage
from ui.widgets.button import Button
from ui.widgets.card import Card, column, row, rule, surface
from ui.widgets.icon import Icon
from ui.widgets.scrolled import scrolled
from ui.widgets.tag import Tag
from ui.widgets.text import Elided, Text
from ui.wording import (
    capital,
    channel_icon,
    channel_word,
    clock,
    day_when,
    long_day,
    motive_label,
    short_name,
    short_when,
    small,
    the_patient,
    when,
)

WIDTH, NARROW = 396, 320
_CAPTION = 104
_FIELDS, _ENTRIES = 6, 3


class TaskSide(Card):
    """`acted` names what a person chose: a way of keeping, a time with its reason, an owner, another act."""

    called = Signal()
    qualify_asked = Signal()
    kept = Signal(str)
    postponed = Signal(object, str)
    assigned = Signal(str)
    taken = Signal()
    released = Signal()
    given_up = Signal()
    reopened = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._page: TaskPage | None = None
        self._menu = QMenu(self)
        self._late = Tag()
        self._more = Button(icon="ellipsis", kind="ghost", size="small")
        self._more.setAccessibleName(say("Autres actions"))
        self._what = Text("", Role.FIGURE).wrap()
        self._who = Elided("", weight=500)
        self._born = Text("", Role.SMALL, "tertiary")
        self._fields = [_Field() for _ in range(_FIELDS)]
        self._news = _News()
        self._entries = [_Entry() for _ in range(_ENTRIES)]
        self._last = Text(say("Derniers contacts de la demande"), Role.CAPTION, "tertiary")
        self._make_acts()
        self._lay_out()
        self.set_narrow(is_narrow=False)

    def present(self, page: TaskPage) -> None:
        """Show what stands beside the chosen task."""
        self._page = page
        task = page.task
        self._inside.setVisible(task is not None)
        self._foot.setVisible(task is not None)
        if task is None:
            return
        self._show_head(task, page)
        self._show_fields(_fields(task, page))
        detail = page.detail or TaskDetail()
        self._news.present(detail.news, page.now)
        self._show_entries(detail, page.now)
        self._show_acts(task, detail)

    def set_narrow(self, *, is_narrow: bool) -> None:
        """Less wide, its acts in words alone."""
        self.setFixedWidth(NARROW if is_narrow else WIDTH)
        for button, icon in self._icons.items():
            button.set_icon("" if is_narrow else icon)

    def ask_how(self) -> None:
        """Ask how the promise was followed up."""
        if self.keep.isVisible():
            self._menu.clear()
            for how, words in _ways().items():
                self._add(words, lambda how=how: self.kept.emit(how.value))
            self._pop(self.keep)

    def ask_when(self) -> None:
        """Ask to when, and why."""
        page = self._page
        if page is None or not self.postpone.isVisible():
            return
        self._menu.clear()
        for due_at in page.later_times():
            reasons = self._menu.addMenu(capital(when(due_at, page.now)))
            for why in _reasons():
                action = reasons.addAction(why)
                action.triggered.connect(lambda _=False, at=due_at, why=why: self.postponed.emit(at, why))
        self._pop(self.postpone)

    def _ask_whom(self) -> None:
        page = self._page
        if page is None:
            return
        self._menu.clear()
        self._add(say("Tout le service"), lambda: self.assigned.emit(page.me.service))
        for owner, name in page.owners:
            self._add(name, lambda owner=owner: self.assigned.emit(owner))
        self._pop(self.assign)

    def _ask_more(self) -> None:
        task = self._page.task if self._page is not None else None
        self._menu.clear()
        if isinstance(task, PromiseTask):
            if task.taken_by:
                self._add(say("Ne plus m’en occuper"), self.released.emit)
            else:
                self._add(say("Je m’en occupe"), self.taken.emit)
            self._add(say("Clôturer, injoignable"), self.given_up.emit)
            self._pop(self._more)

    def _add(self, words: str, act: Callable[[], object]) -> None:
        self._menu.addAction(words).triggered.connect(lambda _=False: act())

    def _pop(self, button: Button) -> None:
        height = self._menu.sizeHint().height()
        self._menu.popup(button.mapToGlobal(QPoint(0, -height - 4 if button is not self._more else 32)))

    def _show_head(self, task: Task, page: TaskPage) -> None:
        match task:
            case PromiseTask():
                is_late = task.due_at < page.now
                kind = "danger" if is_late else "neutral"
                self._late.say(late_words(task.due_at, page.now), icon="alarm-clock", kind=kind)
                self._what.setText(what_of(task))
            case DemandTask():
                self._late.say(capital(since_words(task.opened_at, page.now)), icon="inbox", kind="accent")
                self._what.setText(task.title)
            case UntracedTask():
                self._late.say(say("À qualifier"), icon="pencil", kind="warning")
                self._what.setText(
                    say("{channel} de {at}").format(
                        channel=channel_word(task.channel), at=short_when(task.at, page.now)
                    )
                )
            case DoneTask():
                self._late.say(done_words(task), icon="check", kind="success")
                self._what.setText(what_of(task))
        self._more.setVisible(isinstance(task, PromiseTask))
        self._who.setText(name_of(task))
        sex = f", {task.sex}" if task.sex and task.person else ""
        self._born.setText(joined("", (born_of(task), sex)))

    def _show_fields(self, pairs: list[tuple[str, str]]) -> None:
        said = [pair for pair in pairs if pair[1]]
        for place, field in enumerate(self._fields):
            field.setVisible(place < len(said))
            if place < len(said):
                field.present(*said[place])

    def _show_entries(self, detail: TaskDetail, now: datetime) -> None:
        self._last.setVisible(bool(detail.last))
        for place, line in enumerate(self._entries):
            line.setVisible(place < len(detail.last))
            if place < len(detail.last):
                line.present(detail.last[place], now)

    def _show_acts(self, task: Task, detail: TaskDetail) -> None:
        words = (
            filled(say("Appeler le {number}"), number=in_dots(display(detail.number)))
            if detail.number
            else ""
        )
        is_untraced = isinstance(task, UntracedTask)
        self.qualify.setVisible(is_untraced)
        for button, is_for_it in ((self.call, not is_untraced), (self.call_first, is_untraced)):
            button.setVisible(bool(detail.number) and is_for_it and not isinstance(task, DoneTask))
            if words and button.text() != words:
                button.setText(words)
                discretion.name(button, words)
        for button in (self.keep, self.postpone, self.assign):
            button.setVisible(isinstance(task, PromiseTask))
        self.reopen.setVisible(isinstance(task, DoneTask))

    def _make_acts(self) -> None:
        self.call = Button("", icon="phone-outgoing", key=say("Entrée"), kind="primary", size="large")
        self.call_first = Button("", icon="phone-outgoing", size="large")
        self.qualify = Button(
            say("Qualifier"), icon="pencil", key=say("Entrée"), kind="primary", size="large"
        )
        self.keep, self.postpone = Button(say("Tenue")), Button(say("Reporter"))
        self.assign = Button(say("Confier"))
        self._icons = {self.keep: "check", self.postpone: "calendar-clock", self.assign: "forward"}
        self.reopen = Button(say("Rouvrir"), icon="history")
        self.keep.setToolTip(say("Dire comment, Ctrl E"))
        self.postpone.setToolTip(say("Donner une autre heure, Ctrl D"))
        for button in (
            self.call,
            self.call_first,
            self.qualify,
            self.keep,
            self.postpone,
            self.assign,
            self.reopen,
        ):
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.call.clicked.connect(self.called)
        self.call_first.clicked.connect(self.called)
        self.qualify.clicked.connect(self.qualify_asked)
        self.keep.clicked.connect(self.ask_how)
        self.postpone.clicked.connect(self.ask_when)
        self.assign.clicked.connect(self._ask_whom)
        self.reopen.clicked.connect(self.reopened)
        self._more.clicked.connect(self._ask_more)

    def _lay_out(self) -> None:
        self._inside = QWidget()
        inside = column()
        inside.addLayout(self._head())
        inside.addWidget(rule())
        fields = column(margins=(16, 10, 16, 10))
        for field in self._fields:
            fields.addWidget(field)
        inside.addLayout(fields)
        self._below = rule()
        inside.addWidget(self._below)
        inside.addWidget(self._news)
        last = column(margins=(16, 10, 16, 10))
        last.addWidget(self._last)
        last.addSpacing(2)
        for entry in self._entries:
            last.addWidget(entry)
        inside.addLayout(last)
        self._inside.setLayout(inside)
        around = column()
        around.addWidget(self._inside)
        around.addStretch(1)
        self.body.addWidget(scrolled(around), 1)
        self._foot = self._acts()
        self.body.addWidget(self._foot)

    def _head(self) -> QVBoxLayout:
        head = column(margins=(16, 16, 16, 12))
        tags = row(spacing=8)
        tags.addWidget(self._late)
        tags.addStretch(1)
        tags.addWidget(self._more)
        self._more.setFixedSize(28, 28)
        head.addLayout(tags)
        head.addSpacing(8)
        head.addWidget(self._what)
        head.addSpacing(4)
        who = row(spacing=8)
        who.addWidget(self._who)
        who.addWidget(self._born)
        who.addStretch(1)
        self._who.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        head.addLayout(who)
        return head

    def _acts(self) -> QFrame:
        foot = surface("plain")
        lines = column()
        lines.addWidget(rule())
        inside = column(spacing=8, margins=(15, 12, 15, 11))
        for button in (self.call, self.qualify, self.call_first):
            inside.addWidget(button)
        across = row(spacing=8)
        for button in (self.keep, self.postpone, self.assign, self.reopen):
            across.addWidget(button, 1)
        inside.addLayout(across)
        lines.addLayout(inside)
        foot.setLayout(lines)
        return foot


class _Field(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._caption = Text("", Role.SMALL, "tertiary")
        self._caption.setFixedWidth(_CAPTION)
        self._caption.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._value = Text("", Role.SMALL, weight=500).wrap()
        line = row(spacing=0, margins=(0, 5, 0, 5))
        line.addWidget(self._caption)
        line.addWidget(self._value, 1)
        self.setLayout(line)

    def present(self, caption: str, value: str) -> None:
        """Show a labelled value."""
        self._caption.setText(caption)
        self._value.setText(value)


class _News(QFrame):
    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "ringing")
        self._words = Text("", Role.SMALL, "accent").wrap()
        line = row(spacing=8, margins=(16, 10, 16, 10))
        icons = column()
        icons.addSpacing(1)
        icons.addWidget(Icon("info", 16, "accent.text"))
        icons.addStretch(1)
        line.addLayout(icons)
        line.addWidget(self._words, 1)
        self.setLayout(line)

    def present(self, news: TimelineEntry | None, now: datetime) -> None:
        """What came since the promise, or nothing at all."""
        self.setVisible(news is not None)
        if news is not None:
            head = escape(f"{entry_title(news)}, {when(news.at, now)}.")
            words = joined(" ", (head, altered(entry_text(news), escape)))
            self._words.set_rich(joined(" ", (f"<b>{say('Du nouveau.')}</b>", words)))


class _Entry(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._icon = Icon("phone", 15, "text.secondary", disc=28)
        self._title = Elided("", Role.SMALL, weight=500)
        self._at = Text("", Role.CAPTION, "tertiary", weight=400)
        self._text = Elided("", Role.SMALL, "secondary")
        above = row(spacing=8)
        above.addWidget(self._title, 1)
        above.addWidget(self._at)
        lines = column()
        lines.addLayout(above)
        lines.addWidget(self._text)
        line = row(spacing=12, margins=(0, 6, 0, 6))
        discs = column()
        discs.addWidget(self._icon)
        discs.addStretch(1)
        line.addLayout(discs)
        line.addLayout(lines, 1)
        self.setLayout(line)

    def present(self, entry: TimelineEntry, now: datetime) -> None:
        """Show one contact."""
        self._icon.show_icon(channel_icon(entry.channel, entry.direction, entry.ending), "text.secondary")
        self._title.setText(entry_title(entry))
        self._at.setText(short_when(entry.at, now))
        self._text.setText(say("Sans réponse") if entry.is_unanswered else entry_text(entry))


def _fields(task: Task, page: TaskPage) -> list[tuple[str, str]]:
    """Caption and value of each line; one without a value is left out."""
    detail = page.detail or TaskDetail()
    called = [(say("Téléphone"), _phone(detail)), (say("Préférence"), small(detail.preferred_hours))]
    match task:
        case PromiseTask():
            return [
                (say("Promis à"), _promised(task, detail, page.now)),
                (say("Échéance"), _due(task.due_at, page.now)),
                (say("Responsable"), _owner(task, page)),
                *called,
                (say("Demande"), _demand(detail, page.now)),
            ]
        case DemandTask():
            return [
                (say("Motif"), motive_label(task.motive)),
                (say("Service"), task.service_name),
                *called,
            ]
        case UntracedTask():
            return [(say("Reçu"), when(task.at, page.now)), (say("Durée"), lasted_words(task)), *called]
        case DoneTask():
            return [(say("Par"), task.by_name), (say("À"), when(task.closed_at, page.now))]


def _promised(task: PromiseTask, detail: TaskDetail, now: datetime) -> str:
    at = when(detail.said_at or task.made_at, now)
    by = say("par {name}, {at}").format(name=short_name(task.by_name), at=at)
    return f"{small(the_patient(task.sex))}, {by}" if task.person else by


def _due(due_at: datetime, now: datetime) -> str:
    """« hier, lundi 23 novembre, 18:00 »."""
    near, day = day_when(due_at, now), long_day(due_at)
    return f"{near}, {day}, {clock(due_at)}" if near.isalpha() or "’" in near else f"{day}, {clock(due_at)}"


def _owner(task: PromiseTask, page: TaskPage) -> str:
    if task.owner == page.me.login:
        return f"{task.owner_name}, {small(page.me.service_name)}"
    return task.owner_name


def _phone(detail: TaskDetail) -> str:
    if not detail.number:
        return say("Non renseigné")
    shared = say("partagé par {count} patients").format(count=detail.sharing) if detail.sharing > 1 else ""
    return joined(", ", (in_dots(display(detail.number)), shared))


def _demand(detail: TaskDetail, now: datetime) -> str:
    return f"{detail.demand}, {since_words(detail.opened_at, now)}" if detail.demand else ""


def _ways() -> dict[Reach, str]:
    return {
        Reach.SPOKEN: say("La personne a été jointe"),
        Reach.MESSAGE: say("Message envoyé"),
        Reach.VOICEMAIL: say("Répondeur : compte comme un essai"),
        Reach.NO_ANSWER: say("Pas de réponse : compte comme un essai"),
    }


def _reasons() -> tuple[str, ...]:
    return (say("Attend une réponse"), say("À la demande de la personne"), say("Manque de temps"))
