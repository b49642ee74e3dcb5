"""The head of a person's record: names, status and traits, always labelled (design 6)."""

from PySide6.QtWidgets import QWidget

from app.domain.words import IdentityStatus
from app.queries.person_record import PersonRecord
from ui.discretion import by_initials, called, hidden, in_dots
from ui.theme import Role
from ui.translate import say
from ui.widgets.button import Button
from ui.widgets.card import Trait, column, row, surface
from ui.widgets.flow_row import FlowRow
from ui.widgets.tag import Tag
from ui.widgets.text import Text
from ui.wording import birth_with_age, born, sex_word, status_word

HEIGHT = 119


class RecordHead(QWidget):
    """Who it is; a contact with this person begins here, or one goes back to the search."""

    def __init__(self) -> None:
        super().__init__()
        self._name = Text("", Role.NAME)
        self._status = Tag()
        self._traits = [Trait("") for _ in range(5)]
        self._line = FlowRow(spacing=32, line_spacing=8, least=36)
        self.back = Button(say("Revenir"), key=say("Échap"), kind="ghost")
        self.contact = Button(say("Nouveau contact"), icon="plus", key="Ctrl N")
        self.setFixedHeight(HEIGHT)
        self._lay_out()

    def present(self, record: PersonRecord) -> None:
        """Show the traits, never cut."""
        traits, missing = record.traits, say("Non renseigné")
        self._name.setText(called(traits.birth_name, traits.first_given_name))
        is_sure = traits.status is IdentityStatus.QUALIFIED
        icon = "badge-check" if is_sure else "circle-alert"
        self._status.say(status_word(traits.status), icon=icon, kind="outline")
        said = (
            (say("Nom utilisé"), by_initials(traits.used_name) or missing),
            (born(traits.sex), birth_with_age(traits.birth_date, record.read_at)),
            (say("Sexe"), sex_word(traits.sex)),
            (say("Lieu de naissance"), hidden(traits.birth_place) or missing),
            (say("N° patient (IPP)"), in_dots(traits.ipp) or missing),
        )
        for trait, (caption, value) in zip(self._traits, said, strict=True):
            trait.say(value, caption=caption)
        self._line.refresh()

    def _lay_out(self) -> None:
        caption = Text("", Role.CAPTION, "tertiary")
        caption.set_rich(say("Nom de naissance, 1<sup>er</sup> prénom de naissance"))
        names = row(spacing=12)
        for part in (self._name, self._status):
            names.addWidget(part)
        names.addStretch(1)
        left = column()
        left.addWidget(caption)
        left.addLayout(names)
        head = row(spacing=8)
        head.addLayout(left, 1)
        for button in (self.back, self.contact):
            head.addWidget(button)
        for trait in self._traits:
            self._line.add(trait)
        lines = column(spacing=10, margins=(20, 14, 20, 11))
        lines.addLayout(head)
        lines.addWidget(self._line)
        band = surface("band")
        band.setLayout(lines)
        around = column()
        around.addWidget(band)
        self.setLayout(around)
