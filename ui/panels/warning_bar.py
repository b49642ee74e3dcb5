"""The warning bar: the one thing that must be seen first, if there is one."""

from datetime import datetime
from typing import Literal, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.words import Sex
from app.queries.caller_card import Repeat, Traits
from app.queries.glance import PromiseInView
from ui.translate import counted, say
from ui.widgets.button import Link
from ui.widgets.card import Notice, column
from ui.wording import day_when, lead


class _Warning(NamedTuple):
    kind: Literal["warning", "danger"]
    icon: str
    lead: str
    words: str
    leads_to_case: bool = False


class Warned(NamedTuple):
    """Whose card or record it stands over, and what is known of that person."""

    traits: Traits | None
    repeat: Repeat | None
    promise: PromiseInView | None


class WarningBar(QWidget):
    """At most one, by priority: restricted, deceased, doubtful identity, recontact, overdue promise.

    `case_asked` carries the demand that it is about, or nothing when none is known.
    """

    case_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._bars = {
            "warning": Notice("warning", icon="triangle-alert"),
            "danger": Notice("danger", icon="triangle-alert"),
        }
        self._links: dict[str, Link] = {}
        self._case = ""
        lines = column()
        for kind, bar in self._bars.items():
            link = Link(say("Voir la demande"), tone=f"{kind}.text", is_underlined=True)
            link.clicked.connect(self._ask_case)
            link.setFocusPolicy(link.focusPolicy().NoFocus)
            bar.line.addWidget(link)
            self._links[kind] = link
            lines.addWidget(bar)
        self.setLayout(lines)

    def present(self, about: Warned, now: datetime) -> None:
        """Show the first that applies, or nothing at all."""
        warning = _first(about, now)
        self._case = about.repeat.case if about.repeat is not None else ""
        self.setVisible(warning is not None)
        for kind, bar in self._bars.items():
            bar.setVisible(warning is not None and warning.kind == kind)
        if warning is None:
            return
        bar = self._bars[warning.kind]
        bar.icon.show_icon(warning.icon, f"{warning.kind}.text")
        bar.text.set_rich(f"<span style='font-weight:600'>{lead(warning.lead)}</span> {warning.words}")
        self._links[warning.kind].setVisible(warning.leads_to_case)

    def _ask_case(self) -> None:
        self.case_asked.emit(self._case)


def _first(about: Warned, now: datetime) -> _Warning | None:
    if about.traits is None:
        return None
    return _of_identity(about.traits) or _of_repeat(about, now) or _of_promise(about.promise, now)


def _of_identity(traits: Traits) -> _Warning | None:
    if traits.protection:
        words = say("ni présence, ni état de santé. Chaque ouverture est tracée.")
        return _Warning("danger", "lock", say("Dossier restreint"), words)
    if traits.deceased_on:
        day = "/".join(reversed(traits.deceased_on.split("-")))
        words = say("le {day}. Aucun message ne part. Proches : motif 75.").format(day=day)
        lead = say("Décédée") if traits.sex == Sex.FEMALE else say("Décédé")
        return _Warning("danger", "triangle-alert", lead, words)
    if traits.doubt == "homonym":
        words = say("demandez le lieu de naissance avant de rattacher.")
        return _Warning("warning", "users-round", say("Homonyme"), words)
    if traits.doubt:
        words = say("comparez chaque trait avec ce que dit l’appelant.")
        return _Warning("warning", "circle-alert", say("Identité à vérifier"), words)
    return None


def _of_repeat(about: Warned, now: datetime) -> _Warning | None:
    repeat, promise = about.repeat, about.promise
    if repeat is None:
        return None
    days = counted(repeat.days, one=say("{count}\u00a0jour"), many=say("{count}\u00a0jours"))
    words = say("{nth}<sup>e</sup> contact en {days}").format(nth=repeat.contacts, days=days)
    if repeat.channels > 1:
        words += say(", par {count}\u00a0canaux").format(count=repeat.channels)
    kept = f" {_broken(promise, now)}" if promise is not None and promise.due_at < now else ""
    return _Warning("warning", "repeat", say("Recontact"), f"{words}.{kept}", leads_to_case=True)


def _of_promise(promise: PromiseInView | None, now: datetime) -> _Warning | None:
    if promise is None or promise.due_at >= now:
        return None
    return _Warning("warning", "alarm-clock", say("En retard"), _broken(promise, now), leads_to_case=True)


def _broken(promise: PromiseInView, now: datetime) -> str:
    return say("Rappel promis {day}, non tenu.").format(day=day_when(promise.due_at, now))
