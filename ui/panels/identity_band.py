"""The identity band: who it may be, whether the caller was verified, and who is speaking."""

from math import ceil

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from app.domain.words import CallerKind, IdentityStatus, NumberKind, Sex
from app.queries.caller_card import CallerCard, Traits
from ui.discretion import by_initials, called, hidden, in_dots
from ui.link_words import nobody_left
from ui.relative_words import calling_words, number_words, warned_words
from ui.theme import Role
from ui.translate import counted, say
from ui.widgets.button import Link
from ui.widgets.card import Trait, column, row
from ui.widgets.flow_row import FlowRow
from ui.widgets.icon import Icon
from ui.widgets.segments import Segments
from ui.widgets.tag import Tag
from ui.widgets.text import Elided, Text
from ui.wording import (
    birth_with_age,
    born,
    clock,
    known_elsewhere,
    listed,
    local,
    possible_patients,
    proof_word,
    sex_word,
    small,
    status_word,
    the_patient,
)

NOON = 12
OPEN, OPEN_DENSE, NOBODY = 119, 113, 81
"""Heights of the band, in pixels."""


class IdentityBand(QFrame):
    """Two faces: an open card with its traits, or nobody yet."""

    caller_kind_chosen = Signal(str)
    relative_asked = Signal()
    """Compare who speaks with those close to the person whose card is open."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "band")
        self._is_dense = False
        self._card = _OpenCard()
        self._nobody = _Nobody()
        self._faces = QStackedWidget()
        self._faces.addWidget(self._card)
        self._faces.addWidget(self._nobody)
        self.setLayout(column(margins=(0, 0, 0, 1)))
        around = self.layout()
        if around is not None:
            around.addWidget(self._faces)
        for kinds in (self._card.kinds, self._nobody.kinds):
            kinds.chosen.connect(self.caller_kind_chosen)
        self._card.relaid.connect(self._fit)
        self._card.relative.clicked.connect(self.relative_asked)
        self.relative, self.kinds = self._card.relative, self._card.kinds

    def present(self, card: CallerCard) -> None:
        """Show what the card knows of who is calling."""
        if card.opened is not None:
            self._card.render_card(card, card.opened)
            self._faces.setCurrentWidget(self._card)
        else:
            self._nobody.render_card(card)
            self._faces.setCurrentWidget(self._nobody)
        self._fit()

    def set_dense(self, *, is_dense: bool) -> None:
        """Less air on a small screen."""
        self._is_dense = is_dense
        self._card.set_dense(is_dense=is_dense)
        self._fit()

    def _fit(self) -> None:
        is_open = self._faces.currentWidget() is self._card
        open_height = OPEN_DENSE if self._is_dense else OPEN
        self.setFixedHeight(open_height + self._card.excess if is_open else NOBODY)


class _Name(Text):
    """As wide as the whole name; on two lines when the band is not, never cut (design 6.9)."""

    def __init__(self) -> None:
        super().__init__("", Role.NAME)
        self.setWordWrap(True)

    def sizeHint(self) -> QSize:
        """The whole name on one line."""
        return QSize(ceil(QFontMetricsF(self.font()).horizontalAdvance(self.text())) + 1, Role.NAME.line)

    def minimumSizeHint(self) -> QSize:
        """Nothing by itself: the row decides."""
        return QSize(0, Role.NAME.line)


class _OpenCard(QWidget):
    relaid = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._name = _Name()
        self._verified = Tag()
        self._status = Tag()
        self._doubt = Tag()
        self._mark = Tag()
        self._close = Tag()
        self.kinds = _caller_kinds([CallerKind.PATIENT, CallerKind.RELATIVE, CallerKind.PROFESSIONAL])
        self.relative = _relative_link()
        self.kinds.chosen.connect(self._offer)
        self._used = Trait(say("Nom utilisé"))
        self._born = Trait(say("Née le"))
        self._sex = Trait(say("Sexe"))
        self._place = Trait(say("Lieu de naissance"))
        self._ipp = Trait(say("N° patient (IPP)"))
        self._proofs = Trait("")
        self._names = FlowRow(spacing=12, line_spacing=6, least=28)
        self._lines = column()
        self._lines.addLayout(self._head())
        self._trait_line = self._traits()
        self._lines.addWidget(self._trait_line)
        self.setLayout(self._lines)
        self.set_dense(is_dense=False)

    def set_dense(self, *, is_dense: bool) -> None:
        """Less air between the traits and around them."""
        self._lines.setSpacing(8 if is_dense else 10)
        self._lines.setContentsMargins(20, 12 if is_dense else 14, 20, 9 if is_dense else 11)
        self._trait_line.set_spacing(24 if is_dense else 32)

    @property
    def excess(self) -> int:
        """How much more than one line each the name and the traits take."""
        return self._names.excess + self._trait_line.excess

    def render_card(self, card: CallerCard, traits: Traits) -> None:
        """Show the traits, always labelled, never cut."""
        self._name.setText(called(traits.birth_name, traits.first_given_name))
        self._show_tags(card, traits)
        self.kinds.set_text(CallerKind.PATIENT, the_patient(traits.sex))
        self.kinds.choose(card.caller_kind)
        self._offer(card.caller_kind)
        missing = say("Non renseigné")
        self._used.say(by_initials(traits.used_name) or missing)
        self._used.setVisible(bool(traits.used_name) and traits.used_name != traits.birth_name)
        self._born.say(birth_with_age(traits.birth_date, card.read_at), caption=born(traits.sex))
        self._sex.say(sex_word(traits.sex))
        self._place.say(hidden(traits.birth_place) or missing)
        self._ipp.say(in_dots(traits.ipp) or missing)
        self._show_proofs(card)
        self._names.refresh()
        self._trait_line.refresh()

    def _offer(self, kind: str) -> None:
        """Who says to be close is compared; who is the patient is not."""
        self.relative.setVisible(kind == CallerKind.RELATIVE)

    def _show_tags(self, card: CallerCard, traits: Traits) -> None:
        if card.verified_at is not None:
            self._verified.say(say("Appelant vérifié"), icon="shield-check", kind="success")
        else:
            self._verified.say(say("À vérifier"), icon="shield-question-mark", kind="warning")
        is_sure = traits.status is IdentityStatus.QUALIFIED
        icon = "badge-check" if is_sure else "circle-alert"
        self._status.say(status_word(traits.status), icon=icon, kind="outline")
        self._doubt.setVisible(bool(traits.doubt))
        if traits.doubt:
            self._doubt.say(_doubt_word(traits.doubt), icon="users-round", kind="warning")
        self._close.setVisible(bool(card.relatives))
        if card.relatives:
            kind = "danger" if any(one.is_not_informed for one in card.relatives) else "outline"
            self._close.say(_close_words(card), icon="users", kind=kind)
            self._close.setToolTip(calling_words(card.relatives))
        self._mark.setVisible(bool(traits.deceased_on))
        if traits.deceased_on:
            words = _deceased(traits.sex).format(day="/".join(reversed(traits.deceased_on.split("-"))))
            self._mark.say(words, icon="circle-alert", kind="danger")

    def _show_proofs(self, card: CallerCard) -> None:
        self._proofs.setVisible(card.verified_at is not None)
        if card.verified_at is not None:
            caption = say("Vérifié à {at}").format(at=clock(card.verified_at))
            self._proofs.say(listed([proof_word(proof) for proof in card.proofs]), caption=caption)

    def _head(self) -> QVBoxLayout:
        caption = Text("", Role.CAPTION, "tertiary")
        caption.set_rich(say("Nom de naissance, 1<sup>er</sup> prénom de naissance"))
        for part in (self._name, self._verified, self._status, self._doubt, self._mark, self._close):
            self._names.add(part)
        self._names.relaid.connect(self.relaid)
        left = column()
        left.addWidget(caption)
        left.addWidget(self._names)
        head = row(spacing=12)
        head.addLayout(left, 1)
        head.addLayout(_asked_who(self.kinds, self.relative))
        around = column()
        around.addLayout(head)
        return around

    def _traits(self) -> FlowRow:
        line = FlowRow(spacing=32, line_spacing=8, least=36)
        for trait in (self._used, self._born, self._sex, self._place, self._ipp, self._proofs):
            line.add(trait)
        line.relaid.connect(self.relaid)
        return line


class _Nobody(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._icon = Icon("user-search", 22, "text.secondary", disc=44)
        self._title = Text("", Role.NAME)
        self._detail = Elided("", tone="secondary")
        self.kinds = _caller_kinds(list(CallerKind))
        self.kinds.choose(CallerKind.UNKNOWN)
        words = column()
        words.addWidget(self._title)
        words.addWidget(self._detail)
        line = row(spacing=16, margins=(20, 16, 20, 15))
        line.addWidget(self._icon)
        line.addLayout(words, 1)
        line.addLayout(_asked_who(self.kinds))
        self.setLayout(line)

    def render_card(self, card: CallerCard) -> None:
        """Say how many may be calling, without opening any."""
        many = len(card.candidates)
        self._icon.show_icon("users-round" if many else "user-search", "text.secondary")
        if card.relatives:
            self._title.setText(number_words())
        else:
            self._title.setText(possible_patients(many) if many else say("Appelant à identifier"))
        self._detail.setText(_nobody_detail(card))
        self.kinds.choose(card.caller_kind)


def _nobody_detail(card: CallerCard) -> str:
    if card.relatives:
        return calling_words(card.relatives)
    if card.is_known_elsewhere:
        return known_elsewhere()
    if card.candidates:
        return say("Aucune fiche n’est ouverte")
    if card.is_erased:
        return nobody_left()
    if card.call.number_kind is not NumberKind.HIDDEN:
        return say("Aucun dossier pour ce numéro")
    others = card.call.hidden_calls_today
    if others == 0:
        return say("Aucun autre appel masqué aujourd’hui")
    words = counted(others, one=say("{count} autre appel masqué"), many=say("{count} autres appels masqués"))
    day = say("ce matin") if local(card.read_at).hour < NOON else say("aujourd’hui")
    return f"{words} {day}"


def _close_words(card: CallerCard) -> str:
    """With the role when one line holds it: never cut, and a warning stands alone."""
    words = warned_words(card.relatives)
    is_short = len(card.relatives) == 1 and words == number_words()
    return f"{words}, {small(calling_words(card.relatives))}" if is_short else words


def _caller_kinds(kinds: list[CallerKind]) -> Segments:
    words = {
        CallerKind.PATIENT: say("Le patient"),
        CallerKind.RELATIVE: say("Un proche"),
        CallerKind.PROFESSIONAL: say("Un professionnel"),
        CallerKind.RELAY: say("Un relais"),
        CallerKind.UNKNOWN: say("Ne sait pas"),
    }
    segments = Segments([(kind, words[kind]) for kind in kinds], is_small=True)
    segments.keep_focus_out()
    return segments


def _relative_link() -> Link:
    link = Link(say("Comparer un proche"))
    link.setToolTip(say("Ctrl Maj P"))
    link.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    link.setFixedHeight(Role.CAPTION.line)
    link.hide()
    return link


def _asked_who(kinds: Segments, link: Link | None = None) -> QVBoxLayout:
    asked = column(spacing=2)
    line = row(spacing=8)
    line.addWidget(Text(say("Qui appelle ?"), Role.CAPTION, "tertiary"))
    if link is not None:
        line.addStretch(1)
        line.addWidget(link)
    asked.addLayout(line)
    asked.addWidget(kinds)
    asked.setAlignment(Qt.AlignmentFlag.AlignTop)
    return asked


def _deceased(sex: str) -> str:
    return say("Décédée le {day}") if sex == Sex.FEMALE else say("Décédé le {day}")


def _doubt_word(doubt: str) -> str:
    return {
        "homonym": say("Homonyme"),
        "doubtful": say("Identité douteuse"),
        "fictitious": say("Identité fictive"),
    }.get(doubt, doubt)
