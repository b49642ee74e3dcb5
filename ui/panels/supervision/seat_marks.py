"""What both faces of « Agents » share: the word, icon and ink of each state, and the note under them."""

from typing import NamedTuple

from PySide6.QtWidgets import QWidget

from ui.theme import Role
from ui.translate import say
from ui.widgets.card import column, row
from ui.widgets.icon import Icon
from ui.widgets.text import Note, Tone

SEATS_WIDTH = 308
"""Of the card, in pixels."""


class SeatMark(NamedTuple):
    """How a state is shown: the ink is the icon's, the tone the word's."""

    words: str
    icon: str
    ink: str
    tone: Tone


def seat_marks() -> dict[str, SeatMark]:
    """By the field of `Seats` that counts it, then empty for who is offline; no colour tells of speed."""
    return {
        "free": SeatMark(say("Disponible"), "circle-check", "success.text", "success"),
        "ringing": SeatMark(say("Ça sonne"), "phone-incoming", "accent.text", "accent"),
        "in_call": SeatMark(say("En appel"), "phone-call", "accent.text", "accent"),
        "held": SeatMark(say("En attente"), "pause", "accent.text", "accent"),
        "wrap_up": SeatMark(say("Post-appel"), "notebook-pen", "warning.text", "warning"),
        "at_desk": SeatMark(say("Guichet"), "concierge-bell", "text.tertiary", "secondary"),
        "unavailable": SeatMark(say("Indisponible"), "circle", "text.tertiary", "secondary"),
        "unknown": SeatMark(say("État inconnu"), "circle-question-mark", "text.tertiary", "tertiary"),
        "": SeatMark(say("Hors ligne"), "cloud-off", "text.tertiary", "tertiary"),
    }


class SeatNote(QWidget):
    """What one may know of the list above."""

    def __init__(self, words: str) -> None:
        super().__init__()
        line = row(spacing=8, margins=(14, 8, 14, 10))
        mark = column()
        mark.addWidget(Icon("info", 14, "text.tertiary"))
        mark.addStretch(1)
        line.addLayout(mark)
        room = SEATS_WIDTH - 2 - 14 - 8 - 2 * 14
        line.addWidget(Note(words, Role.CAPTION, "tertiary", width=room), 1)
        self.setLayout(line)
