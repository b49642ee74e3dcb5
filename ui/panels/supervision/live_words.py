"""How fresh the board is, in words: live figures, or the hour since which the server was not heard."""

from datetime import datetime
from typing import NamedTuple

from ui.link_words import dated_words
from ui.translate import say


class LiveWords(NamedTuple):
    """The same, as long as the screen and as the wall have room for."""

    full: str
    short: str


def live_words(read_at: datetime, now: datetime, *, dated_at: datetime | None) -> LiveWords:
    """« En direct, mis à jour il y a 2 s », or « Données de 10:12 » while the server is away."""
    if dated_at is not None:
        words = dated_words(dated_at)
        return LiveWords(words, words)
    seconds = max(0, int((now - read_at).total_seconds()))
    return LiveWords(
        say("En direct, mis à jour il y a {seconds}\u00a0s").format(seconds=seconds),
        say("En direct, il y a {seconds}\u00a0s").format(seconds=seconds),
    )
