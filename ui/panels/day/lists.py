"""« À rappeler » and « Derniers contacts »."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy

from app.domain.phone import display
from app.domain.words import Channel, Direction, Outcome
from app.queries.contact_rows import WRITTEN
from app.queries.day import DayContact
from app.queries.tasks import PromiseTask
from ui.discretion import altered, called, hidden, in_dots, joined
from ui.link_words import nothing_left
from ui.task_words import attempts_words, born_of, called_off, lasted_words, mine_of, name_of
from ui.theme import Role
from ui.translate import say
from ui.viewmodels.task_page import TaskPage
from ui.widgets.button import Link
from ui.widgets.card import Card
from ui.widgets.row_list import Action, Cell, ListRow, Mark, RowList
from ui.widgets.segments import Segments
from ui.widgets.tag import Tag
from ui.widgets.text import Text
from ui.wording import (
    capital,
    channel_icon,
    channel_word,
    clock,
    delay,
    local,
    motive_label,
    motive_of,
    short_name,
    short_when,
    small,
)

CALL_BACKS = 5
_LINE, _CONTACT = 56, 42
_SPOKEN = (Channel.PHONE, Channel.VIDEO)
_LONGEST = 25
"""Of a motive's whole name, in letters: a longer one goes by its short name."""


class CallBackCard(Card):
    """The promises soonest due; `opened` carries the one to call or to write to."""

    opened = Signal(str)
    all_asked = Signal()

    def __init__(self) -> None:
        super().__init__(say("À rappeler"), header=48)
        self._late = Tag(kind="danger")
        self._late.hide()
        self._all = Link(say("Toutes les tâches →"))
        self._all.clicked.connect(self.all_asked)
        self.header.addWidget(self._late)
        self.header.addStretch(1)
        self.header.addWidget(self._all)
        self.list = RowList(name=say("À rappeler"))
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.opened.connect(self.opened)
        self._empty = Text(say("Les fiches de ce poste arrivent."), tone="secondary")
        self._empty.setContentsMargins(16, 0, 16, 0)
        self.list.hide()
        self.body.addWidget(self.list)
        self.body.addWidget(self._empty)
        self.setFixedHeight(48 + CALL_BACKS * _LINE + 2)

    def present(self, page: TaskPage) -> None:
        """The first promises of this desk."""
        mine = mine_of(page)
        late = sum(task.due_at < page.now for task in mine)
        self._late.setVisible(late > 0)
        self._late.say(say("{count} en retard").format(count=late), icon="alarm-clock", kind="danger")
        self.list.present(tuple(_call_back(task, page.now) for task in mine[:CALL_BACKS]))
        self.list.setVisible(bool(mine))
        is_alone, up_to_date = page.house.is_alone, say("Tout est à jour : aucun rappel promis.")
        self._empty.setText(nothing_left() if is_alone else up_to_date)
        self._empty.setVisible(not mine)


class ContactCard(Card):
    """Every channel in one list; `opened` carries the contact to qualify."""

    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__(say("Derniers contacts"), header=48)
        self.kinds = Segments(_kinds(), is_small=True)
        self.kinds.choose("all")
        self.kinds.chosen.connect(self._show)
        self.header.addStretch(1)
        self.header.addWidget(self.kinds)
        self.list = RowList(name=say("Derniers contacts"), gap=10, is_preselected=False)
        self.list.opened.connect(self._open)
        self._empty = Text("", Role.SMALL, "tertiary")
        self._empty.setContentsMargins(16, 16, 16, 0)
        self._empty.hide()
        self.body.addWidget(self._empty)
        self.body.addWidget(self.list, 1)
        self._contacts: tuple[DayContact, ...] = ()
        self._now: datetime | None = None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)

    def present(self, contacts: tuple[DayContact, ...], now: datetime, *, is_known: bool) -> None:
        """The newest first; unless `is_known`, that there is none says nothing."""
        self._empty.setText(say("Aucun contact à montrer.") if is_known else nothing_left())
        self._contacts, self._now = contacts, now
        self._show()

    def _show(self, _kind: str = "") -> None:
        if self._now is not None:
            wanted = [one for one in self._contacts if _is_of(one, self.kinds.value)]
            self._empty.setVisible(not wanted)
            self.list.setVisible(bool(wanted))
            self.list.present(tuple(_contact(one, self._now) for one in wanted))

    def _open(self, contact: str) -> None:
        if any(one.contact == contact and _is_to_qualify(one) for one in self._contacts):
            self.opened.emit(contact)


def _kinds() -> list[tuple[str, str]]:
    return [
        ("all", say("Tous")),
        ("calls", say("Appels")),
        ("messages", say("Messages")),
        ("desk", say("Guichet")),
    ]


def _is_of(contact: DayContact, kind: str) -> bool:
    match kind:
        case "calls":
            return contact.channel in (*_SPOKEN, Channel.VOICEMAIL)
        case "messages":
            return contact.channel in WRITTEN
        case "desk":
            return contact.channel is Channel.DESK
        case _:
            return True


def _call_back(task: PromiseTask, now: datetime) -> ListRow:
    is_late = task.due_at < now
    is_call = task.channel is Channel.PHONE
    return ListRow(
        key=task.commitment,
        height=_LINE,
        action=Action(say("Rappeler"), "phone-outgoing", say("Entrée"))
        if is_call
        else Action(say("Écrire"), "send", say("Entrée")),
        cells=(
            Cell(
                words=short_when(task.due_at, now),
                below=small(delay(task.due_at, now)),
                width=104,
                weight=500,
                ink="danger.text" if is_late else "text.primary",
                below_role=Role.CAPTION,
                below_ink="danger.text" if is_late else "text.tertiary",
            ),
            Cell(words=name_of(task), aside=born_of(task), below=_promised(task), weight=600),
            Cell(
                words=channel_word(task.channel),
                below=attempts_words(task),
                width=120,
                role=Role.CAPTION,
                ink="text.tertiary",
                below_role=Role.CAPTION,
                below_ink="text.tertiary",
                is_right=True,
            ),
        ),
    )


def _promised(task: PromiseTask) -> str:
    """« Résultats d’IRM du genou. Promis par H. Lambert (standard) »."""
    words = altered(called_off(task), capital)
    if not task.by_place:
        return words
    by = say("Promis par {name} ({place})").format(name=short_name(task.by_name), place=small(task.by_place))
    return joined(". ", (words, by))


def _contact(one: DayContact, now: datetime) -> ListRow:
    is_today = local(one.at).date() == local(now).date()
    return ListRow(
        key=one.contact,
        height=_CONTACT,
        cells=(
            Cell(icon=channel_icon(one.channel, Direction.INBOUND, one.ending), width=28),
            Cell(
                words=clock(one.at) if is_today else short_when(one.at, now).split(" ")[0],
                width=40,
                role=Role.SMALL,
                ink="text.secondary",
            ),
            Cell(words=_who(one), width=176, weight=500),
            Cell(
                words=_motive(one.motive) or _untold(one),
                width=190,
                role=Role.SMALL,
                ink="text.secondary",
            ),
            Cell(words=_note(one), role=Role.SMALL, ink="text.tertiary"),
            Cell(mark=_mark(one), width=-1),
        ),
    )


def _motive(code: str) -> str:
    """« 12 Déplacer un rendez-vous », « 22 Pièces à fournir »."""
    motive = motive_of(code)
    if motive is None or len(motive.label) <= _LONGEST:
        return motive_label(code)
    return f"{code} {motive.short_label}"


def _who(one: DayContact) -> str:
    name = called(one.birth_name, one.first_given_name)
    return name or (in_dots(display(one.number)) if one.number else say("Numéro masqué"))


def _is_to_qualify(one: DayContact) -> bool:
    return not one.motive and one.is_over


def _untold(one: DayContact) -> str:
    return say("À qualifier") if one.is_over else say("En cours")


def _note(one: DayContact) -> str:
    if one.note:
        return hidden(" ".join(one.note.split()))
    return "" if one.motive else lasted_words(one)


def _mark(one: DayContact) -> Mark:
    if not one.is_over:
        return Mark(say("En cours"), "phone", "accent")
    if not one.motive:
        return Mark(say("À qualifier"), "pencil", "warning")
    marks: dict[str, Mark] = {
        Outcome.DEALT_WITH: Mark(say("Répondu"), "check", "success"),
        Outcome.FOLLOW_UP: Mark(say("À suivre"), "reply", "accent"),
        Outcome.TRANSFERRED: Mark(say("Transféré"), "arrow-right-left"),
        Outcome.NO_ACTION: Mark(say("Sans suite"), "ban"),
    }
    return marks.get(one.outcome, Mark(say("Sans réponse"), "circle-alert", "warning"))
