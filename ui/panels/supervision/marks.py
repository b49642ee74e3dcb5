"""How a queue's state is said and coloured, on a tile of the screen and of the wall."""

from datetime import timedelta
from typing import NamedTuple

from app.domain.indicators import QueueState, Share
from app.queries.board import QueueTile
from ui.translate import say
from ui.widgets.tag import TagKind
from ui.widgets.text import Tone

_TARGET, _FLOOR, _MOST_ABANDONED = 0.80, 0.65, 0.10
_LONG = timedelta(seconds=120)


class QueueMark(NamedTuple):
    """A word, an icon and a colour: never the colour alone."""

    words: str
    icon: str
    kind: TagKind


def mark_of(state: QueueState) -> QueueMark:
    """Whether a queue keeps its targets."""
    return {
        QueueState.ON_TARGET: QueueMark(say("À l’objectif"), "check", "success"),
        QueueState.BELOW_TARGET: QueueMark(say("Sous l’objectif"), "triangle-alert", "warning"),
        QueueState.CRITICAL: QueueMark(say("Critique"), "siren", "danger"),
    }[state]


def level_tone(level: Share) -> Tone:
    """Amber under the target, red under the floor."""
    value = 1.0 if level.value is None else level.value
    return "danger" if value < _FLOOR else "warning" if value < _TARGET else "primary"


def abandon_tone(rate: Share) -> Tone:
    """Red from the most that may give up."""
    return "danger" if (rate.value or 0) >= _MOST_ABANDONED else "primary"


def wait_tone(longest: timedelta) -> Tone:
    """Red from two minutes."""
    return "danger" if longest >= _LONG else "primary"


def free_words(tile: QueueTile) -> str:
    """« 2 sur 5 »; « – sur 5 » where nobody is known to be free."""
    free = "–" if tile.free is None else str(tile.free)
    return say("{free} sur {seats}").format(free=free, seats=tile.seats)
