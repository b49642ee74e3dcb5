"""« Fiche service »: when, where, whom to call, what we say and what we never say."""

from datetime import date, datetime, time

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.domain.directory import pairs_of, steps_of
from app.queries.directory import Sheet
from ui import wording
from ui.theme import Role
from ui.translate import say
from ui.widgets.button import Button
from ui.widgets.card import column, row, rule, surface
from ui.widgets.icon import Icon
from ui.widgets.scrolled import scrolled
from ui.widgets.tag import Tag
from ui.widgets.text import Elided, Text

WIDTH, NARROW = 392, 340
_CAPTION = 108


class DirectorySheet(QFrame):
    """The sheet of the chosen entry; its buttons act on it."""

    transfer_asked = Signal()
    announce_asked = Signal()
    message_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "side")
        self.set_narrow(is_narrow=False)
        self._lines = column()
        self.setLayout(self._lines)
        self._shown: Sheet | None = None
        self._body: QWidget | None = None
        self._has_call = True
        self._transfer: Button | None = None
        self._announce: Button | None = None
        self._show(_nothing())

    def set_narrow(self, *, is_narrow: bool) -> None:
        """Less wide, for the list's sake."""
        self.setFixedWidth(NARROW if is_narrow else WIDTH)

    def present(self, sheet: Sheet | None, now: datetime) -> None:
        """Show a sheet as it stands now; a sentence when none is chosen."""
        if self._shown == sheet:
            return
        self._shown = sheet
        self._transfer = self._announce = None
        self._show(_nothing() if sheet is None else self._whole(sheet, now))
        self.offer(has_call=self._has_call)

    def offer(self, *, has_call: bool) -> None:
        """With a call in hand the buttons give it, at once or announced; without one they call."""
        self._has_call = has_call
        if self._transfer is not None and self._announce is not None:
            words, icon = wording.reach_words(has_call=has_call)
            self._transfer.say(words, icon=icon)
            self._announce.setVisible(has_call)

    def _show(self, body: QWidget) -> None:
        if self._body is not None:
            self._lines.removeWidget(self._body)
            self._body.deleteLater()
        self._body = body
        self._lines.addWidget(body)

    def _whole(self, sheet: Sheet, now: datetime) -> QWidget:
        parts = column(spacing=14, margins=(16, 14, 16, 12))
        for part in _parts(sheet):
            parts.addWidget(part)
        parts.addStretch(1)
        parts.addWidget(Text(_signed(sheet), Role.CAPTION, "tertiary"))
        lines = column()
        lines.addWidget(_head(sheet, now))
        lines.addWidget(scrolled(parts), 1)
        lines.addLayout(self._announcing())
        lines.addWidget(rule())
        lines.addLayout(self._buttons())
        body = QWidget()
        body.setLayout(lines)
        return body

    def _announcing(self) -> QHBoxLayout:
        announce = Button(say("Annoncer d’abord"), icon="phone-call", key=say("Maj F8"), size="small")
        announce.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        announce.setToolTip(say("Vous parlez d’abord au correspondant ; l’appelant attend."))
        announce.clicked.connect(self.announce_asked)
        self._announce = announce
        line = row(spacing=0, margins=(16, 8, 16, 12))
        line.addWidget(announce)
        line.addStretch(1)
        return line

    def _buttons(self) -> QHBoxLayout:
        transfer = self._transfer = Button(
            say("Transférer"), icon="phone-forwarded", key="F8", kind="primary"
        )
        message = Button(say("Message"), icon="message-square-reply")
        transfer.clicked.connect(self.transfer_asked)
        message.clicked.connect(self.message_asked)
        foot = row(spacing=8, margins=(16, 12, 16, 12))
        for button in (transfer, message):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        transfer.setSizePolicy(transfer.sizePolicy().Policy.Expanding, transfer.sizePolicy().verticalPolicy())
        foot.addWidget(transfer, 1)
        foot.addWidget(message)
        return foot


def hours_words(hours: str) -> str:
    """« 1-5 08:00-12:00 13:00-18:00 » to « lun. à ven., 8 h à 12 h, 13 h à 18 h »."""
    days, *spans = hours.split()
    first, _, last = days.partition("-")
    names = wording.days()
    of_days = names[int(first) - 1]
    if last:
        of_days = say("{start} à {end}").format(start=of_days, end=names[int(last) - 1])
    told = [say("{start} à {end}").format(start=_hour(a), end=_hour(b)) for a, b in map(_span, spans)]
    return ", ".join((of_days, *told))


def closes_at(hours: str, now: datetime) -> time | None:
    """The day's last closing hour, while it is a day of opening and not passed; None when closed."""
    days, *spans = hours.split()
    first, _, last = days.partition("-")
    here = wording.local(now)
    if not int(first) <= here.isoweekday() <= int(last or first):
        return None
    cut = [tuple(map(time.fromisoformat, _span(span))) for span in spans]
    starts, ends = min(start for start, _ in cut), max(end for _, end in cut)
    return ends if starts <= here.time() < ends else None


def _span(text: str) -> tuple[str, str]:
    start, _, end = text.partition("-")
    return start, end


def _hour(clock: str) -> str:
    hour, _, minute = clock.partition(":")
    words = say("{hour}\u00a0h") if minute == "00" else say("{hour}\u00a0h\u00a0{minute}")
    return words.format(hour=int(hour), minute=minute)


def _nothing() -> QWidget:
    words = Text(say("La fiche de la ligne choisie s’affiche ici."), Role.SMALL, "tertiary").wrap()
    words.setContentsMargins(16, 16, 16, 16)
    return words


def _head(sheet: Sheet, now: datetime) -> QWidget:
    lines = column(margins=(16, 14, 16, 12))
    lines.addWidget(Text(say("Fiche service"), Role.CAPTION, "tertiary"))
    lines.addWidget(Text(sheet.name, Role.TITLE).wrap())
    tags = row(spacing=8, margins=(0, 4, 0, 0))
    if sheet.hours:
        closing = closes_at(sheet.hours, now)
        words = say("Ouvert jusqu’à {at}").format(at=f"{closing:%H:%M}") if closing else say("Fermé")
        tags.addWidget(Tag(words, icon="clock", kind="success" if closing else "neutral"))
    if sheet.extension:
        tags.addWidget(Tag(say("Poste {number}").format(number=sheet.extension)))
    if sheet.valid_until and date.fromisoformat(sheet.valid_until) < wording.local(now).date():
        tags.addWidget(Tag(say("À revoir"), icon="triangle-alert", kind="warning"))
    tags.addStretch(1)
    lines.addLayout(tags)
    head = surface("band")
    head.setLayout(lines)
    return head


def _parts(sheet: Sheet) -> list[QWidget]:
    parts: list[QWidget] = []
    facts = [(say("Horaires"), hours_words(sheet.hours) if sheet.hours else ""), (say("Accès"), sheet.access)]
    facts = [pair for pair in (*facts, *pairs_of(sheet.remarks)) if pair[1]]
    if facts:
        parts.append(_section("clock", say("Horaires et accès"), [_fact(*pair) for pair in facts]))
    if sheet.calls:
        calls = [_call(*pair) for pair in pairs_of(sheet.calls)]
        parts.append(_section("phone-forwarded", say("Qui appeler, quand"), calls))
    if sheet.say:
        said = Text(sheet.say, Role.SMALL).wrap()
        parts.append(_section("message-square-text", say("Ce que nous disons"), [said]))
    if sheet.never_say:
        parts.append(_never(sheet.never_say))
    if sheet.chain:
        parts.append(_section("route", say("Chaîne de secours"), [_chain(sheet.chain)]))
    if not parts:
        parts.append(Text(say("Aucune fiche n’est encore écrite ici."), Role.SMALL, "tertiary"))
    return parts


def _section(icon: str, title: str, inside: list[QWidget]) -> QWidget:
    lines = column()
    head = row(spacing=6, margins=(0, 0, 0, 4))
    head.addWidget(Icon(icon, 15, "text.tertiary"))
    head.addWidget(Text(title, Role.SMALL, weight=600), 1)
    lines.addLayout(head)
    for one in inside:
        lines.addWidget(one)
    part = QWidget()
    part.setLayout(lines)
    return part


def _fact(caption: str, words: str) -> QWidget:
    line = row(spacing=0, margins=(0, 2, 0, 2))
    left = Text(caption, Role.SMALL, "tertiary")
    left.setFixedWidth(_CAPTION)
    left.setAlignment(Qt.AlignmentFlag.AlignTop)
    line.addWidget(left)
    line.addWidget(Text(words, Role.SMALL, weight=500).wrap(), 1)
    part = QWidget()
    part.setLayout(line)
    return part


def _call(what: str, number: str) -> QWidget:
    line = row(spacing=8)
    line.addWidget(Elided(what, Role.SMALL), 1)
    line.addWidget(Text(number, Role.SMALL, weight=600))
    part = surface("band")
    part.setFixedHeight(28)
    part.setLayout(line)
    return part


def _never(words: str) -> QWidget:
    lines = column(spacing=3, margins=(12, 10, 12, 10))
    head = row(spacing=6)
    head.addWidget(Icon("ban", 15, "danger.text"))
    head.addWidget(Text(say("Ce que nous ne disons jamais"), Role.SMALL, "danger", weight=600), 1)
    lines.addLayout(head)
    lines.addWidget(Text(words, Role.SMALL, "danger").wrap())
    box = QFrame()
    box.setProperty("inset", "danger")
    box.setLayout(lines)
    return box


def _chain(chain: str) -> QWidget:
    line = row(spacing=6)
    for at, step in enumerate(steps_of(chain)):
        if at:
            line.addWidget(Icon("chevron-right", 14, "text.tertiary"))
        line.addWidget(Text(step, Role.SMALL, weight=600))
    line.addWidget(Text(say("20 s chacun"), Role.SMALL, "tertiary"))
    line.addStretch(1)
    part = QWidget()
    part.setLayout(line)
    return part


def _in_figures(day: str) -> str:
    return "/".join(reversed(day.split("-"))) or say("Non renseigné")


def _signed(sheet: Sheet) -> str:
    if not sheet.author:
        return ""
    words = say("{author}, {on}.").format(author=sheet.author, on=_in_figures(sheet.written_on))
    until = say("Valable jusqu’au {on}.").format(on=_in_figures(sheet.valid_until))
    return f"{words} {until}" if sheet.valid_until else words
